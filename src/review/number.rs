//! 发文字号 — of the form that the format wants, an order's 第×号; its year is that of the document (条例第九条（五）；GB/T 9704—2012,
//! 7.2.5, 10.2). Whether there is one is asked when the document is issued, which gives it.

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, Format, Number};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let number = &document.masthead.number;
    let mut findings = Vec::new();
    match (document.format, number) {
        (Format::Order, Some(Number::Document { .. })) => findings.push(
            Diagnostic::error(Code::Number, "令号写成了发文字号").help("命令（令）编“第×号”（GB/T 9704—2012，10.2）"),
        ),
        (Format::Document | Format::Letter, Some(Number::Serial { .. })) => findings.push(
            Diagnostic::error(Code::Number, "发文字号没有机关代字和年份")
                .help("写作 郑政办〔2022〕56号（条例第九条（五））"),
        ),
        (Format::Document | Format::Letter, Some(Number::Document { code, .. })) if code.is_empty() => findings.push(
            Diagnostic::error(Code::Number, "发文字号没有机关代字").help("写作 郑政办〔2022〕56号（条例第九条（五））"),
        ),
        _ => {}
    }
    let year = match number {
        Some(Number::Document { year, .. }) => Some(*year),
        Some(Number::Serial { year, .. }) => *year,
        None => None,
    };
    if let (Some(year), Some(dated)) = (year, document.closing.dated)
        && dated.year().0 != year
    {
        findings.push(
            Diagnostic::warning(Code::Number, format!("发文字号是{year}年的，成文日期是{dated}"))
                .help("发文字号的年份应当是发文的年份"),
        );
    }
    findings
}
