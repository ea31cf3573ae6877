//! 签发人 — what goes to a higher office names who signed it off, and nothing else does (条例第九条（六）；GB/T 9704—2012, 7.2.6).

use crate::diag::{Code, Diagnostic};
use crate::document::{Direction, Document, Format, Genre};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let (genre, names) = (document.genre, &document.masthead.signatories);
    let upwards = genre.direction() == Direction::Up;
    if upwards && names.is_empty() && document.format != Format::Plain {
        return vec![
            Diagnostic::error(Code::Signatory, format!("{}是上行文，没有签发人", genre.name()))
                .help("加“签发人”（条例第九条（六）：上行文应当标注签发人姓名）"),
        ];
    }
    // A 意见 may go up, and then names its 签发人.
    if !upwards && !names.is_empty() && genre != Genre::Opinion {
        return vec![
            Diagnostic::error(Code::Signatory, format!("{}不是上行文，却标了签发人", genre.name()))
                .help("删去“签发人”（GB/T 9704—2012，7.2.6）"),
        ];
    }
    let issuers = document.masthead.issuers.len();
    if !names.is_empty() && issuers > 1 && names.len() != issuers {
        return vec![
            Diagnostic::warning(Code::Signatory, format!("联合行文的机关有{issuers}个，签发人有{}个", names.len()))
                .help("按发文机关顺序逐个列出签发人（GB/T 9704—2012，7.2.6）"),
        ];
    }
    Vec::new()
}
