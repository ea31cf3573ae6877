//! The drawing of a page holds what its print shows.

use image::GrayImage;

use super::super::{Drawing, Letters, Thing};
use super::samples::*;

const PPI: f32 = 72.0;

/// A page as SVG and as PDF, both as grey pixels.
fn both(drawing: &Drawing, pdf: &[u8], page: usize) -> (GrayImage, GrayImage) {
    let svg = drawing.svg(page, Letters::Outlines).unwrap();
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
    // An SVG's point is a 72nd, its pixel a 96th of an inch.
    let scale = PPI / 96.0;
    let size = tree.size().to_int_size().scale_by(scale).unwrap();
    let mut pixels = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let one = image::load_from_memory(&pixels.encode_png().unwrap()).unwrap().to_luma8();
    let other = image::load_from_memory(&super::super::picture(pdf, page, PPI).unwrap()).unwrap().to_luma8();
    (one, other)
}

/// How far two pictures differ on average, of 255, where both are.
fn difference(one: &GrayImage, other: &GrayImage) -> f64 {
    let (width, height) = (one.width().min(other.width()), one.height().min(other.height()));
    let apart = |x, y| f64::from(one.get_pixel(x, y).0[0].abs_diff(other.get_pixel(x, y).0[0]));
    let sum: f64 = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| apart(x, y)).sum();
    sum / (f64::from(width) * f64::from(height))
}

#[test]
fn a_drawn_page_looks_like_the_printed_one() {
    for document in [notice(), letter(), order(), minutes(), request()] {
        let pdf = press().print(&document, day()).0.unwrap().pdf;
        let drawing = press().drawing(&document).unwrap();
        for page in 0..drawing.sheets.len() {
            let (one, other) = both(&drawing, &pdf, page);
            let apart = difference(&one, &other);
            assert!(apart < 1.0, "{} page {page}: {apart}", document.title);
        }
        // What is displaced is seen.
        let mut moved = drawing.clone();
        moved.sheets[0].items.iter_mut().for_each(|item| item.at[4] += 4.0);
        let (one, other) = both(&moved, &pdf, 0);
        assert!(difference(&one, &other) > 1.0, "{}", document.title);
    }
}

/// A page as text is a few kilobytes, and its words stand in it as they are.
#[test]
fn a_page_as_text_is_small_and_readable() {
    let drawing = press().drawing(&notice()).unwrap();
    let svg = drawing.svg(0, Letters::Text).unwrap();
    assert!(svg.len() < 20_000, "{} bytes", svg.len());
    let first = drawing.sheets[0].items.iter().find_map(|item| match &item.what {
        Thing::Run { text, .. } if text.chars().count() > 8 => Some(text.clone()),
        _ => None,
    });
    assert!(svg.contains(&first.unwrap()));
    let mut reader = quick_xml::Reader::from_str(&svg);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}
