//! 页面的 SVG — a sheet as a picture that any browser shows: text as text where the reader has the faces, or as the outlines of its
//! glyphs, which need none.

use std::collections::BTreeSet;

use base64::Engine;
use maud::{Markup, PreEscaped, html};

use super::drawing::{Drawing, GlyphKey, Item, Sheet, Stroke, Thing, short};

/// How the letters of a page are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As text in its face, each character at its place: small, can be found and selected; the reader needs the faces.
    Text,
    /// As outlines: the same picture everywhere.
    Outlines,
    /// As references to outlines that whoever shows the page holds already, each under its [`glyph_name`].
    References,
}

impl Drawing {
    /// The sheet of that number (from 0) as SVG; `None` where there is no such sheet.
    #[must_use]
    pub fn svg(&self, sheet: usize, letters: Letters) -> Option<String> {
        let number = sheet + 1;
        let sheet = self.sheets.get(sheet)?;
        let (width, height) = (short(sheet.width), short(sheet.height));
        let markup = html! {
            svg xmlns="http://www.w3.org/2000/svg" width={ (width) "pt" } height={ (height) "pt" } viewBox={ "0 0 " (width) " " (height) } {
                "\n"
                @if letters == Letters::Outlines { (self.outlines_of(sheet)) }
                rect width=(width) height=(height) fill="#fff" {}
                "\n"
                @for (at, item) in sheet.items.iter().enumerate() { (seen(item, &format!("clip-{number}-{at}"), letters)) "\n" }
            }
            "\n"
        };
        Some(markup.into_string())
    }

    /// The outlines of the glyphs of a sheet, each once.
    fn outlines_of(&self, sheet: &Sheet) -> Markup {
        let runs = sheet.items.iter().filter_map(|item| match &item.what {
            Thing::Run { family, weight, glyphs, .. } => Some((family, *weight, glyphs)),
            _ => None,
        });
        let keys: BTreeSet<GlyphKey> = runs
            .flat_map(|(family, weight, glyphs)| glyphs.iter().map(move |(id, ..)| (family.clone(), weight, *id)))
            .collect();
        let outlines =
            keys.iter().filter_map(|key| Some((key, self.outlines.get(key).filter(|path| !path.is_empty())?)));
        html! {
            defs {
                @for (key, path) in outlines { path id=(glyph_name(key)) d=(path) {} "\n" }
            }
            "\n"
        }
    }
}

/// The name of a glyph's outline: its face by its letters and digits alone.
#[must_use]
pub fn glyph_name((family, weight, glyph): &GlyphKey) -> String {
    let face: String = family.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{face}-{weight}-{glyph}")
}

/// An item, as far as it is seen; `clip` is a name that nothing else on any page has.
fn seen(item: &Item, clip: &str, letters: Letters) -> Markup {
    match item.window.filter(|_| matches!(item.what, Thing::Shape { .. } | Thing::Picture { .. })) {
        Some([left, top, right, bottom]) => html! {
            clipPath id=(clip) {
                rect x=(short(left)) y=(short(top)) width=(short(right - left)) height=(short(bottom - top)) {}
            }
            g clip-path={ "url(#" (clip) ")" } { (drawn(item, letters)) }
        },
        None => drawn(item, letters),
    }
}

fn drawn(item: &Item, letters: Letters) -> Markup {
    let at = format!("matrix({})", item.at.map(share).join(" "));
    match &item.what {
        Thing::Run { family, weight, size, colour, text, glyphs } => match letters {
            Letters::Text => {
                let first = |range: &std::ops::Range<u16>| {
                    text.get(usize::from(range.start)..usize::from(range.end))
                        .and_then(|cluster| cluster.chars().next())
                };
                let places: Vec<String> = glyphs.iter().map(|(_, x, _)| short(*x)).collect();
                let characters: String = glyphs.iter().filter_map(|(_, _, range)| first(range)).collect();
                html! {
                    text transform=(at) x=(places.join(" ")) font-family={ "'" (family) "'" } font-weight=(weight)
                        font-size=(short(*size)) fill=(colour) xml:space="preserve" { (characters) }
                }
            }
            Letters::Outlines | Letters::References => {
                let scale = size / 1000.0;
                html! {
                    g transform={ (at) " scale(" (share(scale)) ")" } fill=(colour) {
                        @for (glyph, x, _) in glyphs {
                            use href={ "#" (glyph_name(&(family.clone(), *weight, *glyph))) } x=(short(x / scale)) {}
                        }
                    }
                }
            }
        },
        Thing::Shape { path, fill, stroke } => html! {
            path transform=(at) d=(path) fill=(fill.as_deref().unwrap_or("none")) stroke=[stroke.as_ref().map(|stroke| &stroke.colour)]
                stroke-width=[stroke.as_ref().map(|stroke| short(stroke.width))] stroke-linecap=[stroke.as_ref().map(|stroke| stroke.cap)]
                stroke-dasharray=[stroke.as_ref().and_then(dashes)] {}
        },
        Thing::Picture { bytes, mime, size: (width, height) } => {
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            html! {
                image transform=(at) width=(short(*width)) height=(short(*height)) preserveAspectRatio="none"
                    href={ "data:" (mime) ";base64," (PreEscaped(data)) } {}
            }
        }
        Thing::Link { href, size: (width, height) } => html! {
            a href=(href) { rect transform=(at) width=(short(*width)) height=(short(*height)) fill="#fff" fill-opacity="0" {} }
        },
    }
}

fn dashes(stroke: &Stroke) -> Option<String> {
    let lengths: Vec<String> = stroke.dashes.iter().map(|length| short(*length)).collect();
    (!lengths.is_empty()).then(|| lengths.join(" "))
}

/// A number with digits enough for the share of a sheet's width.
fn share(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
