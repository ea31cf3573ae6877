//! 公文目次 — every document in a line: state, number, title, day, version.

use super::Project;
use crate::calendar::Day;

/// A document in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// 草稿, 定稿, 已印发, 已更正, 已撤回, or 目录 for a catalogue that was not issued.
    pub state: &'static str,
    /// 发文字号.
    pub number: Option<String>,
    /// Its title, on one line.
    pub title: String,
    /// The day on which it was issued, or the day that it bears.
    pub day: Option<Day>,
    /// Its version, where it was issued.
    pub version: Option<u16>,
    /// Its name.
    pub slug: String,
}

impl Paper {
    /// Whether a word stands in it anywhere.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        let day = self.day.map(Day::iso).unwrap_or_default();
        let own = [self.state, self.number.as_deref().unwrap_or_default(), &self.title, &day, &self.slug];
        own.iter().any(|text| text.contains(word))
    }
}

impl Project {
    /// All documents, the newest first.
    #[must_use]
    pub fn papers(&self) -> Vec<Paper> {
        let paper = |(slug, title): (String, String)| {
            let notice = self.notices.get(&slug);
            let issued = self.record.registry.of(&slug);
            let state = match (&issued, notice) {
                (Some(issued), _) if issued.withdrawn.is_some() => "已撤回",
                (Some(issued), _) if issued.latest.version > 1 => "已更正",
                (Some(_), _) => "已印发",
                (None, Some(notice)) => notice.head.status.name(),
                (None, None) => "目录",
            };
            let number = issued.and_then(|issued| issued.latest.number.as_ref());
            let number = number.or_else(|| notice.and_then(|notice| notice.head.number.as_ref()));
            let day = issued.map(|issued| issued.latest.on);
            let title = issued.map_or(title, |issued| issued.latest.title.clone());
            Paper {
                state,
                number: number.map(ToString::to_string),
                title: title.replace('\n', ""),
                day: day.or_else(|| notice.and_then(|notice| notice.head.dated)),
                version: issued.map(|issued| issued.latest.version),
                slug,
            }
        };
        let mut papers: Vec<Paper> = self.titles().into_iter().map(paper).collect();
        papers.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.slug.cmp(&b.slug)));
        papers
    }
}
