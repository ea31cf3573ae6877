//! 插图 — a picture among the text: how wide it is printed, and the words for those who do not see it.

use serde::Serialize;

use crate::document::Figure;

use super::super::grid::WIDTH;
use super::picture::{Kind, Picture};

/// How much of the type area's height a picture may take, in millimetres: two thirds.
const MOST_HEIGHT: f64 = 150.0;
/// A pixel in millimetres: 96 to the inch.
const PIXEL: f64 = 25.4 / 96.0;

/// A picture on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FigurePart<'a> {
    /// Its virtual path.
    path: &'a str,
    alt: &'a str,
    caption: Option<&'a str>,
    /// In millimetres.
    width: f64,
}

/// How wide and how high a picture is printed, in millimetres.
pub(in crate::pdf) fn printed_size(picture: &Picture) -> (f64, f64) {
    let (width, height) = picture.size;
    let natural = if matches!(picture.kind, Kind::Svg | Kind::Pdf) { WIDTH } else { width * PIXEL };
    let printed = natural.min(WIDTH).min(width / height.max(1.0) * MOST_HEIGHT);
    (printed, printed * height / width.max(1.0))
}

impl<'a> FigurePart<'a> {
    /// As wide as the type area, but no picture of pixels larger than it is, and none higher than two thirds of the page.
    pub(super) fn of(figure: &'a Figure, picture: &'a Picture) -> Self {
        let (width, _) = printed_size(picture);
        let caption = figure.caption.as_deref();
        // A file for everyone has words for each picture (PDF/UA-1, 7.3).
        let words = [Some(figure.alt.as_str()), caption].into_iter().flatten().find(|words| !words.is_empty());
        Self { path: &picture.path, alt: words.unwrap_or("图"), caption, width }
    }
}
