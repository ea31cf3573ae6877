//! 版式文件 — the pages as PDF/A-2a and PDF/UA-1: tagged, with bookmarks, language, title, author and date, and the same
//! bytes every time.

use typst::diag::SourceResult;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::calendar::Day;

/// Minutes east of Greenwich: 北京时间.
const BEIJING: i32 = 8 * 60;

/// The PDF of the pages, of the given name and day.
pub(in crate::pdf) fn export(pages: &PagedDocument, slug: &str, on: Day, archival: bool) -> SourceResult<Vec<u8>> {
    let standards: &[PdfStandard] =
        if archival { &[PdfStandard::A_2a, PdfStandard::Ua_1] } else { &[PdfStandard::Ua_1] };
    let number = |n: i8| u8::try_from(n).unwrap_or(1);
    let moment = Datetime::from_ymd_hms(i32::from(on.year().0), number(on.month()), number(on.day()), 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Custom(format!("hongtou/{slug}")),
        creator: Smart::Custom(Some(concat!("hongtou ", env!("CARGO_PKG_VERSION")).into())),
        timestamp: moment.and_then(|moment| Timestamp::new_local(moment, BEIJING)),
        standards: PdfStandards::new(standards).unwrap_or_default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options)
}
