//! 主送机关 — whom the document is for: none where it is for everybody, one where something is asked of a higher office (条例第九条
//! （八）、第十五条（一）；GB/T 9704—2012, 7.3.2, 10.2).

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, Format, Genre};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let genre = document.genre;
    let in_colophon = document.colophon.as_ref().and_then(|colophon| colophon.addressee.as_deref());
    let addressee = if document.addressee.is_empty() { in_colophon.unwrap_or_default() } else { &document.addressee };
    let for_all = matches!(
        genre,
        Genre::Order
            | Genre::Communique
            | Genre::Announcement
            | Genre::PublicNotice
            | Genre::Resolution
            | Genre::Minutes
            | Genre::Catalogue
    );
    let finding = |message: String, help: &str| vec![Diagnostic::error(Code::Addressee, message).help(help.to_owned())];
    if for_all && !addressee.is_empty() {
        return finding(format!("{}是公布性的，没有主送机关", genre.name()), "删去“主送”");
    }
    let to_someone =
        matches!(genre, Genre::Report | Genre::Request | Genre::Reply | Genre::Letter | Genre::Motion | Genre::Notice);
    if to_someone && addressee.is_empty() && document.format != Format::Plain {
        return finding(format!("{}没有主送机关", genre.name()), "加“主送”（条例第九条（八））");
    }
    let several = addressee.contains(['，', '、', '；']);
    if genre == Genre::Request && several {
        return finding(
            format!("请示主送了不止一个机关：{addressee}"),
            "请示原则上主送一个上级机关，需要时抄送其他机关（条例第十五条（一））",
        );
    }
    Vec::new()
}
