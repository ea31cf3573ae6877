//! 文件属性 — what a file says of its document: title, authors, keywords, summary.

use typst::model::DocumentInfo;

use crate::document::Document;

/// Who a file says has written its document: those whose names stand at its head, else its issuer.
pub(super) fn authors(document: &Document) -> Vec<&str> {
    let issuers = &document.masthead.issuers;
    if issuers.is_empty() { vec![&document.record.issuer] } else { issuers.iter().map(String::as_str).collect() }
}

/// Writes into a file what it says of its document, where its layouts did not: in the layouts it would be a rule for every line, and typst
/// would know no line of one letter again in the next.
pub(in crate::pdf) fn describe(info: &mut DocumentInfo, document: &Document) {
    let record = &document.record;
    info.title.get_or_insert_with(|| document.title.as_str().into());
    info.description.get_or_insert_with(|| record.summary.as_str().into());
    if info.author.is_empty() {
        info.author = authors(document).into_iter().map(Into::into).collect();
    }
    if info.keywords.is_empty() {
        info.keywords = record.keywords.iter().map(|word| word.as_str().into()).collect();
    }
}
