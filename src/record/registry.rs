//! 发文登记簿 — the register of issued documents, `data/issued/register.yaml`: one entry an act, in the order in which they were
//! done. Each entry is sealed: its 校验值 is the SHA-256 of the seal before it, of its own words, and of the manifest of what was
//! frozen, so that an entry that is changed, moved or taken out breaks the seals behind it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::REGISTER;
use crate::award::Selection;
use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report};
use crate::digest::sha256;
use crate::document::{Disclosure, Document, Genre, Number, RelationKind, Status};
use crate::yaml::{Located, scalar};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// 印发: the first version.
    #[serde(rename = "印发")]
    Issued,
    /// 更正: a further version takes the place of the last one.
    #[serde(rename = "更正")]
    Corrected,
    /// 撤回: the text is no longer shown.
    #[serde(rename = "撤回")]
    Withdrawn,
}

impl Act {
    /// The word that the register writes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Issued => "印发",
            Self::Corrected => "更正",
            Self::Withdrawn => "撤回",
        }
    }
}

/// An entry of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The document's name: the stem of its file.
    #[serde(rename = "公文")]
    pub slug: String,
    /// The version that the act made or, for 撤回, the last one.
    #[serde(rename = "版本")]
    pub version: u16,
    /// What was done.
    #[serde(rename = "行为")]
    pub act: Act,
    /// The day of the act.
    #[serde(rename = "日期")]
    pub on: Day,
    /// 发文字号.
    #[serde(rename = "文号", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// 索引号.
    #[serde(rename = "索引号", default, skip_serializing_if = "Option::is_none")]
    pub index_number: Option<String>,
    /// 标题.
    #[serde(rename = "标题")]
    pub title: String,
    /// 文种.
    #[serde(rename = "文种")]
    pub genre: Genre,
    /// 主送.
    #[serde(rename = "主送", default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// 成文日期.
    #[serde(rename = "成文日期", default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// 公开属性.
    #[serde(rename = "公开属性")]
    pub disclosure: Disclosure,
    /// 状态: 定稿, or 样例 for a sample, which keeps its mark.
    #[serde(rename = "状态")]
    pub status: Status,
    /// The awards that it publishes.
    #[serde(rename = "奖励", default, skip_serializing_if = "Option::is_none")]
    pub awarded: Option<Selection>,
    /// How many letters were issued at once (每户一份).
    #[serde(rename = "份数", default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<usize>,
    /// What a 更正 corrects, or why it was withdrawn.
    #[serde(rename = "说明", default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// SHA-256 of the manifest of what was frozen.
    #[serde(rename = "清单", default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
    /// The seal.
    #[serde(rename = "校验值", default)]
    pub seal: String,
}

impl Registration {
    /// The seal that it must bear behind an entry with the seal `before`.
    fn sealed(&self, before: &str) -> String {
        let own = Self { seal: String::new(), ..self.clone() };
        // Texts, days and numbers always have a JSON form.
        sha256(format!("{before}\n{}", serde_json::to_string(&own).unwrap_or_default()).as_bytes())
    }

    /// The entry as lines of the register.
    fn text(&self) -> String {
        let mut lines = vec![
            format!("公文: {}", scalar(&self.slug)),
            format!("版本: {}", self.version),
            format!("行为: {}", self.act.name()),
            format!("日期: {}", self.on.iso()),
        ];
        let mut optional = |key: &str, value: Option<String>| {
            lines.extend(value.map(|value| format!("{key}: {}", scalar(&value))));
        };
        optional("文号", self.number.as_ref().map(ToString::to_string));
        optional("索引号", self.index_number.clone());
        optional("标题", Some(self.title.clone()));
        optional("文种", Some(self.genre.name().to_owned()));
        optional("主送", self.addressee.clone());
        lines.extend(self.dated.map(|day| format!("成文日期: {}", day.iso())));
        lines.push(format!("公开属性: {}", self.disclosure.name()));
        lines.push(format!("状态: {}", self.status.name()));
        if let Some(Selection { year, policy, batch }) = &self.awarded {
            let policy = policy.as_ref().map(|policy| format!(", 政策: {}", scalar(policy))).unwrap_or_default();
            let batch = batch.map(|batch| format!(", 批次: {batch}")).unwrap_or_default();
            lines.push(format!("奖励: {{ 年度: {year}{policy}{batch} }}"));
        }
        lines.extend(self.letters.map(|count| format!("份数: {count}")));
        lines.extend(self.note.as_ref().map(|note| format!("说明: {}", scalar(note))));
        lines.extend(self.manifest.as_ref().map(|sum| format!("清单: \"{sum}\"")));
        lines.push(format!("校验值: \"{}\"", self.seal));
        lines.iter().enumerate().fold(String::new(), |mut out, (index, line)| {
            out.push_str(if index == 0 { "- " } else { "  " });
            out.push_str(line);
            out.push('\n');
            out
        })
    }
}

/// The register.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    entries: Vec<Located<Registration>>,
}

/// What the register says of one document.
#[derive(Debug, Clone, Copy)]
pub struct Issued<'r> {
    /// The entry of its first version.
    pub first: &'r Registration,
    /// The entry of its latest version.
    pub latest: &'r Registration,
    /// The entry of its withdrawal.
    pub withdrawn: Option<&'r Registration>,
}

impl Registry {
    /// What the file holds before the first act.
    pub const HEAD: &str = "# 发文登记簿：由 hongtou issue 和 withdraw 写入，一次办理一条，写入后不改、不删。\n";

    /// Takes the entries as the file has them; what was changed behind the program's back is found.
    #[must_use]
    pub fn new(entries: Vec<Located<Registration>>) -> (Self, Report) {
        let mut report = Report::default();
        let mut before = "";
        for (index, entry) in entries.iter().enumerate() {
            if entry.value.sealed(before) != entry.value.seal {
                let message =
                    format!("发文登记簿第{}条与它的校验值不符：这一条或它前面的被改动、删去或换了次序", index + 1);
                report.push(Diagnostic::error(Code::Registration, message).at(entry.place).help(format!(
                    "登记簿写入后不改动：从备份恢复 {REGISTER}；更正用 hongtou issue --correct，撤回用 hongtou withdraw"
                )));
                // What follows is sealed over this one: one mistake, one finding.
                break;
            }
            before = &entry.value.seal;
        }
        (Self { entries }, report)
    }

    /// All entries, in the order of the acts.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Registration> {
        self.entries.iter().map(|entry| &entry.value)
    }

    /// The entries with their places in the register.
    #[must_use]
    pub fn located(&self) -> &[Located<Registration>] {
        &self.entries
    }

    /// The entries that froze something: each version of each document.
    pub fn versions(&self) -> impl Iterator<Item = &Registration> {
        self.entries().filter(|entry| entry.act != Act::Withdrawn)
    }

    /// The seal of the last entry: what vouches for all entries before it.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.entries().next_back().map(|last| last.seal.as_str())
    }

    /// Whether an entry bears this seal: whether what was once the register is still part of it.
    #[must_use]
    pub fn holds(&self, seal: &str) -> bool {
        self.entries().any(|entry| entry.seal == seal)
    }

    /// What it says of a document.
    #[must_use]
    pub fn of(&self, slug: &str) -> Option<Issued<'_>> {
        let of_document = || self.entries().filter(move |entry| entry.slug == slug);
        let mut versions = of_document().filter(|entry| entry.act != Act::Withdrawn);
        let first = versions.next()?;
        let latest = versions.next_back().unwrap_or(first);
        Some(Issued { first, latest, withdrawn: of_document().find(|entry| entry.act == Act::Withdrawn) })
    }

    /// Every issued document by its name.
    #[must_use]
    pub fn documents(&self) -> BTreeMap<&str, Issued<'_>> {
        let names = self.entries().map(|entry| entry.slug.as_str());
        names.filter_map(|slug| Some((slug, self.of(slug)?))).collect()
    }

    /// Another document that bears a number. A 第×号 is counted in each 文种 by itself.
    #[must_use]
    pub fn other_with(&self, number: &Number, genre: Genre, slug: &str) -> Option<&Registration> {
        let mut others = self.versions().filter(|entry| entry.slug != slug && entry.number.as_ref() == Some(number));
        others.find(|entry| matches!(number, Number::Document { .. }) || entry.genre == genre)
    }

    /// The last 顺序号 of a 代字 in a year.
    #[must_use]
    pub fn last_serial(&self, code: &str, year: i16) -> u32 {
        let serials = self.versions().filter_map(|entry| match &entry.number {
            Some(Number::Document { code: known, year: of, serial }) if known == code && *of == year => Some(*serial),
            _ => None,
        });
        serials.max().unwrap_or(0)
    }

    /// The register's text with one more entry, sealed; `text` is the file as it is.
    #[must_use]
    pub fn with(&self, mut entry: Registration, text: Option<&str>) -> String {
        entry.seal = entry.sealed(self.head().unwrap_or_default());
        let mut out = text.unwrap_or(Self::HEAD).to_owned();
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&entry.text());
        out
    }

    /// The day from which a document is repealed by another issued one.
    #[must_use]
    pub fn repealed<'d>(slug: &str, issued: impl Iterator<Item = &'d Document>) -> Option<Day> {
        let repeals = issued.filter(|other| {
            let mut relations = other.record.publication.relations.iter();
            relations.any(|relation| relation.kind == RelationKind::Repeals && relation.to == slug)
        });
        let days = repeals.filter_map(|other| other.record.publication.effective.or(other.record.dated));
        days.min()
    }
}
