//! 二维码 — an address as a picture that a telephone reads from paper (GB/T 18284, ISO/IEC 18004).

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// The modules around the code that must stay white.
const QUIET: usize = 4;

/// A code as the path of an SVG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// How wide it is with its white border, in modules.
    size: usize,
    /// Its black modules, a stroke for each run of them in a row.
    path: String,
}

impl Qr {
    /// The code of an address; `None` for one that is too long for any.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&Color::Dark) {
                    // Writing to a string does not fail.
                    let _ = write!(path, "M{} {}h{}", x + QUIET, y + QUIET, run.len());
                }
                x += run.len();
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }

    /// As a drawing of its own. Its strokes lie on the middle of their rows.
    #[must_use]
    pub fn svg(&self) -> String {
        let Self { size, path } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 {size} {size}\">\
             <path transform=\"translate(0 .5)\" d=\"{path}\" fill=\"none\" stroke=\"#000\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runs_are_the_modules_of_the_code() {
        let address = "https://www.example.gov.cn/notices/gongshi-2023/";
        let qr = Qr::of(address).unwrap();
        let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).unwrap();
        let mut drawn = vec![false; code.width() * code.width()];
        for run in qr.path.split('M').skip(1) {
            let (place, length) = run.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y, length): (usize, usize, usize) =
                (x.parse().unwrap(), y.parse().unwrap(), length.parse().unwrap());
            let from = (y - QUIET) * code.width() + x - QUIET;
            drawn[from..from + length].fill(true);
        }
        let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        assert_eq!(drawn, dark);
        assert!(Qr::of(&"长".repeat(5000)).is_none());
    }
}
