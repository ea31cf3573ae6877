//! 图片 — a picture that the press holds: its kind and its size, by the readers that typst has for it.

use std::io::Cursor;

use image::codecs::{jpeg::JpegDecoder, png::PngDecoder};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat};
use typst::foundations::Bytes;
use typst::visualize::SvgImage;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

/// A picture that the press holds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) struct Picture {
    pub(in crate::pdf) kind: Kind,
    /// Its virtual path.
    pub(in crate::pdf) path: String,
    /// Its width and height in pixels or SVG units, as it is seen: a photograph may be stored lying on its side.
    pub(in crate::pdf) size: (f64, f64),
    /// Of a PDF its pages: the virtual path and the size of each.
    pub(in crate::pdf) sheets: Vec<(String, (f64, f64))>,
}

/// The kinds of pictures that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Kind {
    Png,
    Jpeg,
    Svg,
    /// A file of pages, shown one after the other.
    Pdf,
}

impl Kind {
    /// The ending of its name, by which typst knows the kind.
    fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            // The pages of a file are drawings.
            Self::Svg | Self::Pdf => "svg",
        }
    }
}

impl Picture {
    /// The picture of that number, as its bytes say; `None` where they are none that can be printed.
    pub(in crate::pdf) fn read(bytes: &Bytes, number: usize) -> Option<Self> {
        let (kind, size) = match image::guess_format(bytes) {
            Ok(ImageFormat::Png) => (Kind::Png, pixels(PngDecoder::new(Cursor::new(bytes.as_slice())).ok()?)?),
            Ok(ImageFormat::Jpeg) if !is_of_plates(bytes) => {
                (Kind::Jpeg, pixels(JpegDecoder::new(Cursor::new(bytes.as_slice())).ok()?)?)
            }
            Ok(_) => return None,
            Err(_) => {
                let drawing = SvgImage::new(bytes.clone()).ok()?;
                (Kind::Svg, (drawing.width(), drawing.height()))
            }
        };
        Some(Self { kind, path: format!("/pictures/{number}.{}", kind.ending()), size, sheets: Vec::new() })
    }

    /// The pages of the file of that number, with those sizes.
    pub(in crate::pdf) fn of_pages(number: usize, sizes: impl Iterator<Item = (f64, f64)>) -> Self {
        let path = |page| format!("/pictures/{number}-{page}.{}", Kind::Pdf.ending());
        let sheets: Vec<_> = sizes.zip(1..).map(|(size, page)| (path(page), size)).collect();
        let first = sheets.first().cloned().unwrap_or_default();
        Self { kind: Kind::Pdf, path: first.0, size: first.1, sheets }
    }

    /// Why it cannot be printed though its head can be read.
    pub(in crate::pdf) fn wrong(&self, bytes: &Bytes) -> Option<String> {
        let (width, height) = self.size;
        if matches!(self.kind, Kind::Svg | Kind::Pdf) {
            return None;
        }
        if width * height > MOST_PIXELS {
            return Some(format!("有{width}×{height}个像素，太大了（最多一亿个）"));
        }
        let decoded = match self.kind {
            Kind::Jpeg => image::load_from_memory_with_format(bytes, ImageFormat::Jpeg),
            _ => image::load_from_memory_with_format(bytes, ImageFormat::Png),
        };
        decoded.err().map(|_| "坏了，解不出来".to_owned())
    }
}

/// A hundred megapixels: a page at 1,200 dots an inch.
const MOST_PIXELS: f64 = 1e8;

/// Width and height of a picture of pixels, as a camera that was held upright saw it.
fn pixels(mut decoder: impl ImageDecoder) -> Option<(f64, f64)> {
    let (width, height) = decoder.dimensions();
    let turned = matches!(
        decoder.orientation().ok()?,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (height, width) } else { (width, height) };
    Some((f64::from(width), f64::from(height)))
}

/// Whether a JPEG is made for the four plates of a printer: an archive file has no profile for them.
fn is_of_plates(bytes: &[u8]) -> bool {
    let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().is_ok() && matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(bytes: &[u8]) -> Option<(Kind, (f64, f64))> {
        Picture::read(&Bytes::new(bytes.to_vec()), 0).map(|picture| (picture.kind, picture.size))
    }

    /// An SVG, however its author or program writes XML.
    #[test]
    fn drawings_have_their_size() {
        for drawing in [
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"/>"#,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 20'/>",
            "<?xml version='1.0'?>\n<!-- <svg> -->\n<s:svg xmlns:s='http://www.w3.org/2000/svg'\n  viewBox = '0,0,60,20' />",
            "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'/>",
            "<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%' viewBox='0 0 60 20'/>",
        ] {
            assert_eq!(size(drawing.as_bytes()), Some((Kind::Svg, (60.0, 20.0))), "{drawing}");
        }
    }

    #[test]
    fn photographs_have_the_size_that_is_seen() {
        assert_eq!(size(include_bytes!("pictures/tuya.png")), Some((Kind::Png, (12.0, 6.0))));
        assert_eq!(size(include_bytes!("pictures/zhaopian.jpg")), Some((Kind::Jpeg, (16.0, 8.0))));
        // A telephone that was held upright: 16 × 8 on its side.
        assert_eq!(size(include_bytes!("pictures/shupai.jpg")), Some((Kind::Jpeg, (8.0, 16.0))));
    }

    #[test]
    fn what_cannot_be_printed_is_none() {
        let whole = include_bytes!("pictures/zhaopian.jpg");
        for other in [include_bytes!("pictures/sise.jpg").as_slice(), b"GIF89a", b"", b"<svg", b"<html/>", &whole[..20]]
        {
            assert_eq!(size(other), None, "{:?}", &other[..other.len().min(8)]);
        }
    }
}
