//! 版记 — who gets a copy and who printed it (条例第九条（十六）（十七）；第十五条（一）；GB/T 9704—2012, 7.4, 10.1).

use crate::diag::{Code, Diagnostic};
use crate::document::{Direction, Document, Format};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let Some(colophon) = &document.colophon else {
        if document.format == Format::Document {
            findings.push(
                Diagnostic::warning(Code::Colophon, "文件格式的公文没有版记")
                    .help("删去“版记: 否”（GB/T 9704—2012，7.4）"),
            );
        }
        return findings;
    };
    if document.format == Format::Letter && (colophon.printed_by.is_some() || colophon.printed_on.is_some()) {
        findings.push(
            Diagnostic::warning(Code::Colophon, "信函格式的版记写了印发机关或者印发日期，不会印出来")
                .help("信函格式不加印发机关和印发日期（GB/T 9704—2012，10.1）"),
        );
    }
    if let (Some(printed), Some(dated)) = (colophon.printed_on, document.closing.dated)
        && printed < dated
    {
        findings.push(
            Diagnostic::error(Code::PrintedOn, format!("印发日期{printed}早于成文日期{dated}")).help("改其中一个日期"),
        );
    }
    let names = || {
        colophon.copies_to.iter().flat_map(|line| line.split(['，', '、', '。', '；'])).filter(|name| !name.is_empty())
    };
    for (index, name) in names().enumerate() {
        if names().skip(index + 1).any(|other| other == name) {
            findings.push(Diagnostic::warning(Code::CopiesTo, format!("抄送写了两次“{name}”")).help("留一个"));
        }
        if document.genre.direction() == Direction::Up && document.addressee == name {
            findings.push(Diagnostic::warning(Code::CopiesTo, format!("“{name}”既主送又抄送")).help("从抄送中删去"));
        }
    }
    findings
}
