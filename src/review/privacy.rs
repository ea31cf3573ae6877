//! 隐私审核 — nothing that is published names a person's mobile number, ID number, bank account or home
//! (《政府信息公开条例》第十五条、第十七条; 《个人信息保护法》第二十五条). What is found stops the build.

use crate::diag::Diagnostic;
use crate::document::{Article, Block, Dataset, Document, lines, plain};
use crate::personal::{Kind, find, mask};
use crate::source::{FileId, Place};

/// The file from which a text was made, so that a finding can name its place there.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'a str,
}

/// What a document would give away. `origin` is the file of its words, if they come from one.
#[must_use]
pub fn document(document: &Document, origin: Option<Origin<'_>>) -> Vec<Diagnostic> {
    let mut texts = document.words();
    texts.extend(labelled(&document.body));
    texts.extend(document.attachments.iter().flat_map(|attachment| labelled(&attachment.body)));
    texts.extend(document.record.keywords.iter().cloned());
    texts.push(document.record.summary.clone());
    texts.extend(document.record.publication.withdrawn.as_ref().map(|withdrawal| withdrawal.reason.clone()));
    texts.extend(document.record.publication.change.clone());
    texts.extend(document.record.publication.period.as_ref().and_then(|period| period.objection.clone()));
    check(&document.title, &texts, origin)
}

/// What a list would give away.
#[must_use]
pub fn dataset(dataset: &Dataset) -> Vec<Diagnostic> {
    let mut texts: Vec<String> = vec![dataset.title.clone()];
    texts.extend(dataset.facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text)));
    texts.extend(lines(&dataset.intro));
    for record in &dataset.records {
        let cells = dataset.fields.iter().zip(&record.cells);
        texts.extend(cells.map(|(field, cell)| format!("{}：{}", field.name, plain(cell))));
    }
    check(&dataset.title, &texts, None)
}

/// What a page of explanation would give away.
#[must_use]
pub fn article(article: &Article) -> Vec<Diagnostic> {
    let mut texts = vec![article.title.clone()];
    texts.extend(article.facts.iter().map(|fact| format!("{}：{}", fact.label, fact.text)));
    texts.extend(lines(&article.body));
    texts.extend(labelled(&article.body));
    check(&article.title, &texts, None)
}

/// The cells of tables after the words of their heads: under 住址 an address needs no further word to be one.
fn labelled(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = table.columns.iter().zip(&row.cells);
                    out.extend(cells.map(|(column, cell)| format!("{}：{}", plain(&column.name), plain(&cell.text))));
                }
            }
            Block::List { items } => out.extend(items.iter().flat_map(|item| labelled(item))),
            _ => {}
        }
    }
    out
}

fn check(title: &str, texts: &[String], origin: Option<Origin<'_>>) -> Vec<Diagnostic> {
    let mut seen: Vec<(Kind, &str)> = Vec::new();
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
fn finding(title: &str, kind: Kind, words: &str, origin: Option<Origin<'_>>) -> Diagnostic {
    let covered = if kind == Kind::Home { "（住址略）".to_owned() } else { mask(words) };
    let finding = Diagnostic::error("隐私", format!("《{title}》要公开{kind} {covered}"))
        .help("删去，或在模板里用“脱敏”助手；确需公开的取得本人单独同意后改用办公电话等方式");
    let place = origin.and_then(|origin| {
        let start = origin.text.find(words)?;
        Some(Place::new(origin.file, start..start + words.len()))
    });
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DataRecord, DatasetKind, Fact, Field, FieldKind, Inline, Status};

    fn list(head: &str, cell: &str) -> Dataset {
        let (charts, grants, downloads) = (Vec::new(), Vec::new(), Vec::new());
        Dataset {
            path: "awards/2023".into(),
            kind: DatasetKind::Awards,
            status: Status::Sample,
            title: "名单".into(),
            facts: vec![Fact { label: "咨询电话".into(), text: "0371-67186253".into() }],
            intro: Vec::new(),
            fields: vec![Field { name: head.into(), kind: FieldKind::Text, filter: false }],
            records: vec![DataRecord { id: "1".into(), cells: vec![vec![Inline::text(cell)]], link: None }],
            total: None,
            downloads,
            edition: None,
            charts,
            grants,
        }
    }

    #[test]
    fn a_list_stops_the_build_for_a_mobile_number_but_not_for_a_credit_code() {
        let findings = dataset(&list("联系方式", "13812345678"));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "《名单》要公开手机号码 138****5678");
        assert_eq!(dataset(&list("统一社会信用代码", "91410181MA0000015M")), []);
        assert_eq!(dataset(&list("家庭住址", "示例市示例路1号")).len(), 1);
    }
}
