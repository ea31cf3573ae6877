//! 附页 — the pages of a PDF that a document shows as they are: a form, a drawing, a page that was scanned. Each becomes a drawing, so
//! that the printed file stays one for the archive, which may hold no other file's pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use serde::Serialize;

use crate::document::Figure;

/// A document shows no more pages of one file.
const MOST: usize = 200;

/// A page as a drawing (SVG), with its width and height in points.
pub(in crate::pdf) type Drawn = (String, (f64, f64));

/// Whether bytes are those of a PDF.
pub(in crate::pdf) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The pages of a PDF.
///
/// # Errors
///
/// Why it cannot be shown as it is, in words that follow the file's name.
pub(in crate::pdf) fn drawn(bytes: &[u8]) -> Result<Vec<Drawn>, String> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|_| "打不开：坏了，或者加了密".to_owned())?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err("里没有页".to_owned());
    }
    if pages.len() > MOST {
        return Err(format!("有{}页，最多{MOST}页", pages.len()));
    }
    let (foreign, broken) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let settings = InterpreterSettings {
        // Asked where a face does not lie in the file: no other face is that page as its author saw it.
        font_resolver: {
            let foreign = Arc::clone(&foreign);
            Arc::new(move |_| {
                foreign.store(true, Ordering::Relaxed);
                None
            })
        },
        warning_sink: {
            let broken = Arc::clone(&broken);
            Arc::new(move |_| broken.store(true, Ordering::Relaxed))
        },
        ..InterpreterSettings::default()
    };
    let cache = RenderCache::new();
    let mut drawn = Vec::with_capacity(pages.len());
    for (page, number) in pages.iter().zip(1..) {
        let (width, height) = page.render_dimensions();
        let drawing = convert(page, &cache, &settings, &SvgRenderSettings::default());
        if foreign.load(Ordering::Relaxed) {
            return Err(format!("第{number}页的字体没有嵌在文件里，印出来不是原样"));
        }
        if broken.load(Ordering::Relaxed) {
            return Err(format!("第{number}页有读不了的字体或图片"));
        }
        drawn.push((drawing, (f64::from(width), f64::from(height))));
    }
    Ok(drawn)
}

/// A page of another file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SheetPart<'a> {
    /// Its virtual path.
    path: &'a str,
    alt: String,
    /// Its width, where its height is 1.
    ratio: f64,
}

impl<'a> SheetPart<'a> {
    /// The pages that a figure shows.
    pub(super) fn all(figure: &'a Figure, sheets: &'a [(String, (f64, f64))]) -> Vec<Self> {
        let words = if figure.alt.is_empty() { "附页" } else { &figure.alt };
        let count = sheets.len();
        let part = |((path, (width, height)), number): (&'a (String, (f64, f64)), usize)| Self {
            path,
            alt: format!("{words}（共{count}页，第{number}页）"),
            ratio: width / height.max(1.0),
        };
        sheets.iter().zip(1..).map(part).collect()
    }
}
