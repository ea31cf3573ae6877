//! 标题 — 发文机关名称、事由和文种 (条例第九条（七）), without a stop at its end (GB/T 15834—2011, B.4).

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, Format, Genre};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let title = document.title.trim();
    let mut findings = Vec::new();
    if let Some(mark) = title.chars().next_back().filter(|end| "。，；：、．.,;:".contains(*end)) {
        findings.push(
            Diagnostic::warning(Code::Title, format!("标题末尾有“{mark}”"))
                .help("标题末尾不用点号（GB/T 15834—2011，B.4）"),
        );
    }
    // An order and the minutes are named by their mark, a list by what it lists.
    let own = matches!(document.format, Format::Order | Format::Minutes);
    if own || matches!(document.genre, Genre::Catalogue | Genre::Publicity) || title.is_empty() {
        return findings;
    }
    let bare =
        title.strip_suffix('）').and_then(|words| words.rfind('（').and_then(|at| words.get(..at))).unwrap_or(title);
    let name = document.genre.name();
    let kin = document.genre == Genre::Letter && bare.ends_with("复函");
    if !bare.ends_with(name) && !kin {
        findings.push(
            Diagnostic::warning(Code::Title, format!("标题没有以文种“{name}”结尾"))
                .help("标题由发文机关名称、事由和文种组成（条例第九条（七））"),
        );
    }
    findings
}
