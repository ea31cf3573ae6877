//! 隐私审核 — nothing that is published names a person's mobile number, ID number, bank account or home
//! (《政府信息公开条例》第十五条、第十七条; 《个人信息保护法》第二十五条). What is found stops the build.

use super::published::{Origin, of_article, of_dataset, of_document};
use crate::diag::{Code, Diagnostic};
use crate::document::{Article, Dataset, Document};
use crate::personal::{PersonalKind, covered, find};
use crate::source::Edit;

/// What a document would give away.
#[must_use]
pub fn document(document: &Document, origin: Origin<'_>) -> Vec<Diagnostic> {
    lines(&document.title, of_document(document).iter().map(String::as_str), origin)
}

/// What a list would give away.
#[must_use]
pub fn dataset(dataset: &Dataset, origin: Origin<'_>) -> Vec<Diagnostic> {
    lines(&dataset.title, of_dataset(dataset).iter().map(String::as_str), origin)
}

/// What a page of explanation would give away.
#[must_use]
pub fn article(article: &Article, origin: Origin<'_>) -> Vec<Diagnostic> {
    lines(&article.title, of_article(article).iter().map(String::as_str), origin)
}

/// What these lines, published under `title`, would give away.
#[must_use]
pub fn lines<'t>(title: &str, texts: impl IntoIterator<Item = &'t str>, origin: Origin<'_>) -> Vec<Diagnostic> {
    let mut seen: Vec<(PersonalKind, &str)> = Vec::new();
    let mut findings = Vec::new();
    for text in texts {
        for (kind, range) in find(text) {
            let words = text.get(range).unwrap_or("");
            // The same number in a row and in its cell is one finding.
            if seen.contains(&(kind, words)) {
                continue;
            }
            seen.push((kind, words));
            findings.push(finding(title, kind, words, origin));
        }
    }
    findings
}

/// The finding covers the number too: a log of the build must not become the leak.
fn finding(title: &str, kind: PersonalKind, words: &str, origin: Origin<'_>) -> Diagnostic {
    let covered = covered(kind, words);
    let finding = Diagnostic::error(Code::Privacy, format!("《{title}》要公开{kind} {covered}"))
        .help("删去，或在模板里用“脱敏”助手；确需公开的取得本人单独同意后改用办公电话等方式");
    match origin.place(words) {
        Some(place) => finding.at(place).offer("遮去", vec![Edit { place, text: covered }]),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DataRecord, DatasetKind, Fact, Field, FieldKind, Inline, Status};
    use crate::source::{Place, Source, Sources};

    fn list(head: &str, cell: &str) -> Dataset {
        let (charts, grants, downloads) = (Vec::new(), Vec::new(), Vec::new());
        Dataset {
            path: "awards/2023".into(),
            kind: DatasetKind::Awards,
            status: Status::Sample,
            published: None,
            title: "名单".into(),
            facts: vec![Fact { label: "咨询电话".into(), text: "0371-67186253".into() }],
            intro: Vec::new(),
            fields: vec![Field { name: head.into(), kind: FieldKind::Text, filter: false, options: Vec::new() }],
            records: vec![DataRecord { id: "1".into(), cells: vec![vec![Inline::text(cell)]], link: None, held: None }],
            total: None,
            downloads,
            edition: None,
            charts,
            grants,
            called: Vec::new(),
            issued_by: Vec::new(),
            expires: None,
        }
    }

    #[test]
    fn a_list_stops_the_build_for_a_mobile_number_but_not_for_a_credit_code() {
        let mut sources = Sources::default();
        sources.add(Source::new("data/a.yaml", "甲"));
        let file = sources.add(Source::new("data/b.yaml", "电话: 13812345678\n"));
        let origin = Origin { file: None, sources: &sources };
        let findings = dataset(&list("联系方式", "13812345678"), origin);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "《名单》要公开手机号码 138****5678");
        assert_eq!(findings[0].place, Some(Place::new(file, 8..19)));
        // A person may have it covered; no program does that by itself.
        let remedy = findings[0].remedy.as_deref().unwrap();
        assert_eq!((remedy.asks, remedy.edits[0].text.as_str()), (Some("遮去"), "138****5678"));
        assert!(findings[0].slips().is_empty());
        assert_eq!(dataset(&list("统一社会信用代码", "91410181MA0000015M"), origin), []);
        assert_eq!(dataset(&list("家庭住址", "示例市示例路1号"), origin).len(), 1);
    }
}
