//! 栏目 — the columns of the site: each lists its documents by year, newest first (国办发〔2017〕47号).

use serde::{Deserialize, Serialize};

use crate::document::{Document, Genre};

use super::link::{self, Link};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// 栏目名称, `ColumnName`.
    #[serde(rename(deserialize = "名称"))]
    pub name: String,
    /// Its folder under `columns/`: small letters, digits and `-`.
    #[serde(rename(deserialize = "地址"))]
    pub slug: String,
    /// 栏目描述, `ColumnDescription`.
    #[serde(rename(deserialize = "描述"))]
    pub description: String,
    /// 栏目关键词, `ColumnKeywords`.
    #[serde(rename(deserialize = "关键词"))]
    pub keywords: String,
    /// 栏目类别, `ColumnType`.
    #[serde(rename(deserialize = "类别"))]
    pub kind: String,
}

/// The columns that documents and lists go into by themselves, by name.
pub(super) const NOTICES: &str = "通知公告";
const PUBLICITY: &str = "公示";
pub(super) const POLICIES: &str = "政策文件";
pub(super) const CATALOGUES: &str = "指导目录";
const DISCLOSURE: &str = "政府信息公开";
pub(super) const AWARDS: &str = crate::document::AWARDS;

/// The columns of a site whose `office.yaml` names none.
#[must_use]
pub fn usual() -> Vec<Column> {
    let column = |name: &str, slug: &str, description: &str, kind: &str| Column {
        name: name.to_owned(),
        slug: slug.to_owned(),
        description: description.to_owned(),
        keywords: format!("{name},信息公开"),
        kind: kind.to_owned(),
    };
    vec![
        column(NOTICES, "notices", "通知、公告、通告、函和纪要", "信息公开,通知公告"),
        column(PUBLICITY, "publicity", "拟认定、拟奖励事项的公示", "信息公开,公示"),
        column(POLICIES, "policies", "本机关制定和执行的政策文件", "信息公开,政策文件"),
        column(CATALOGUES, "catalogues", "产品、材料和人才的指导目录", "信息公开,指导目录"),
        column(DISCLOSURE, "disclosure", "公开指南、公开制度、年度报告和依申请公开", "信息公开,政府信息公开专栏"),
        column(AWARDS, "awards", "奖励名单、金额和逐项说明", "信息公开,奖励公告"),
    ]
}

impl Column {
    /// Its folder below the output folder, which also holds the pages of its years and its feeds.
    pub(super) fn folder(&self) -> String {
        format!("columns/{}", self.slug)
    }

    /// Its page, below the output folder.
    pub(super) fn path(&self) -> String {
        link::page(&self.folder())
    }

    pub(super) fn link(&self) -> Link {
        Link { title: self.name.clone(), path: self.path() }
    }

    /// The name of the column in which a document is listed: what it says itself, else what its genre suggests.
    pub(super) fn of(document: &Document) -> &str {
        if !document.record.column.is_empty() {
            return &document.record.column;
        }
        match document.genre {
            Genre::Publicity => PUBLICITY,
            Genre::Catalogue => CATALOGUES,
            Genre::Opinion | Genre::Explanation | Genre::Decision | Genre::Order | Genre::Resolution => POLICIES,
            _ => NOTICES,
        }
    }
}
