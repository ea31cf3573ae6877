//! 文种与格式 — a 函 on the letter page, an order and the minutes on theirs, and nothing else there (GB/T 9704—2012, 10).

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, Format, Genre};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let genre = document.genre;
    let finding = |message: String, help: &str| vec![Diagnostic::error(Code::Format, message).help(help.to_owned())];
    match (genre, document.format) {
        (Genre::Letter, Format::Document) => finding(
            "函用了带“文件”二字的红头".to_owned(),
            "函用信函格式（GB/T 9704—2012，10.1）：删去“格式”，或写 格式: 信函",
        ),
        (Genre::Order, format) if format != Format::Order => {
            finding("命令（令）没有用命令格式".to_owned(), "删去“格式”，或写 格式: 命令（GB/T 9704—2012，10.2）")
        }
        (Genre::Minutes, format) if !matches!(format, Format::Minutes | Format::Plain) => {
            finding("纪要没有用纪要格式".to_owned(), "删去“格式”，或写 格式: 纪要（GB/T 9704—2012，10.3）")
        }
        (genre, Format::Order) if genre != Genre::Order => {
            finding(format!("{}用了命令（令）格式", genre.name()), "命令格式只用于命令（令）：改“格式”或“文种”")
        }
        (genre, Format::Minutes) if genre != Genre::Minutes => {
            finding(format!("{}用了纪要格式", genre.name()), "纪要格式只用于纪要：改“格式”或“文种”")
        }
        _ => Vec::new(),
    }
}
