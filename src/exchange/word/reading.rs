//! 读的时候 — what is known while a draft is read: its styles and numbers, the changes and comments that are open, what was told.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::manuscript::{Change, Changes, Edit, Picture, Run};
use super::numbering::Numbering;
use super::styles::Styles;

/// The changes as they are met: neighbours of one hand are one.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) all: Vec<Change>,
    open: bool,
}

impl Met {
    /// Whatever comes next is another change than the one before, unless it goes on where that one ended.
    pub(super) fn begin(&mut self) {
        self.open = false;
    }

    pub(super) fn note(&mut self, edit: Edit, author: &str, text: &str) {
        // Where a text was moved from is the same change as where it went.
        if edit == Edit::MovedAway || text.is_empty() {
            return;
        }
        match self.all.last_mut().filter(|last| self.open && last.edit == edit && last.author == author) {
            Some(last) => last.text.push_str(text),
            None => self.all.push(Change { author: author.to_owned(), edit, text: text.to_owned() }),
        }
        self.open = true;
    }
}

/// Where a text stands among the changes that were made to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// What was done with it last, and by whom.
    pub(super) edit: Option<(Edit, String)>,
    /// Whether it was inserted and deleted again: it is in neither version.
    pub(super) undone: bool,
    /// Whether the change is listed elsewhere: of a whole row.
    pub(super) listed: bool,
}

/// What is gathered of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) runs: Vec<Run>,
    /// Its pictures, by their places among all.
    pub(super) pictures: Vec<usize>,
    pub(super) size: u32,
}

/// A field that is open: it may reach over several paragraphs.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) code: String,
    /// Whether its result has begun.
    pub(super) result: bool,
    /// What its result says so far.
    pub(super) words: String,
}

/// What is known while a document is read.
pub(super) struct Reading<'a> {
    pub(super) mode: Changes,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The targets of relations: parts, addresses.
    pub(super) targets: BTreeMap<String, String>,
    pub(super) footnotes: BTreeMap<String, String>,
    pub(super) endnotes: BTreeMap<String, String>,
    pub(super) changes: Met,
    pub(super) open_comments: BTreeMap<String, String>,
    pub(super) commented: BTreeMap<String, String>,
    pub(super) hidden: String,
    /// The lines of a 版记 that stands in a frame at the foot of its page.
    pub(super) colophon: Vec<String>,
    /// How many changes are of the look alone.
    pub(super) formatted: usize,
    /// What runs have that say nothing of it: bold, size in half points.
    pub(super) bold: bool,
    pub(super) size: u32,
    pub(super) in_contents: bool,
    /// Fields that are open.
    pub(super) fields: Vec<Field>,
    /// Whether a paragraph had words of a field that is left out.
    pub(super) in_field: bool,
    pub(super) contents: usize,
    pub(super) numbered: usize,
    pub(super) remarks: Vec<String>,
    pub(super) pictures: Vec<Picture>,
    pub(super) package: &'a mut Package<'a>,
}

impl Reading<'_> {
    pub(super) fn remark(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The place of a picture among the pictures.
    pub(super) fn image(&mut self, target: &str) -> usize {
        let name = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        if let Some(known) = self.pictures.iter().position(|picture| picture.name == name) {
            return known;
        }
        let bytes = self.package.part(&name).unwrap_or_default();
        self.pictures.push(Picture { name, bytes });
        self.pictures.len() - 1
    }
}
