//! 说明页 — a page of text that belongs to a list and is no document: the explanation of one enterprise's awards.

use serde::Serialize;

use crate::calendar::Day;

use super::{Block, Document, Download, Fact, Grant, Status};

/// The column of announcements of awards.
pub const AWARDS: &str = "奖励公告";

/// An explanation, complete and final.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Article {
    /// Its folder in the output: `awards/2023/91410181MA0000015M`.
    pub path: String,
    /// The column in which it is listed.
    pub column: String,
    /// How final it is.
    pub status: Status,
    /// The day of the notice that published it last.
    pub published: Option<Day>,
    /// Its title, as its page is called.
    pub title: String,
    /// The facts of its head: 统一社会信用代码, 金额合计 …
    pub facts: Vec<Fact>,
    /// The pages above it.
    pub crumbs: Vec<Crumb>,
    /// Its text.
    pub body: Vec<Block>,
    /// Files of the same content.
    pub downloads: Vec<Download>,
    /// The grants that it explains.
    pub grants: Vec<Grant>,
}

impl Article {
    /// The page `name` below that of a document, whose folder is given: as final and as public as the document; `about` follows its title.
    #[must_use]
    pub fn below(document: &Document, folder: &str, name: &str, about: &str, body: Vec<Block>) -> Self {
        Self {
            path: format!("{folder}/{name}"),
            column: document.record.column.clone(),
            status: document.status,
            published: document.record.published,
            title: format!("《{}》{about}", document.title),
            facts: Vec::new(),
            crumbs: vec![Crumb { title: document.title.clone(), path: folder.to_owned() }],
            body,
            downloads: Vec::new(),
            grants: Vec::new(),
        }
    }
}

/// A page above another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// The words of the link.
    pub title: String,
    /// Its folder, relative to the output folder's root.
    pub path: String,
}
