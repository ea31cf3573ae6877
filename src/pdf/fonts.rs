//! 字体 — the faces at hand: which families there are, which characters they have, how wide those are.

use std::borrow::Cow;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

/// All faces, in the order in which they were given.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    /// The face of digits and Latin letters, for the width of what stands in tables.
    latin: Option<FontInstance>,
}

/// One face, as `hongtou fonts` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Its family, as layouts call it.
    pub family: String,
    /// Its weight, 100 to 900.
    pub weight: u16,
    /// How many characters it has.
    pub characters: usize,
}

/// The family whose widths stand for all half-width characters.
const LATIN: &str = "liberation serif";

impl Fonts {
    /// The faces of font files; a file that is no font is left out, and the second value counts those.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = Cow<'static, [u8]>>) -> (Self, usize) {
        let mut faces = Vec::new();
        let mut broken = 0;
        for file in files {
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(file)));
            broken += usize::from(faces.len() == before);
        }
        let book = FontBook::from_fonts(&faces);
        let latin = book.select(LATIN, FontVariant::default()).and_then(|index| faces.get(index).cloned());
        let latin =
            latin.map(|font| font.instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default()));
        (Self { book: LazyHash::new(book), faces, latin }, broken)
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// Whether any face has the character. typst looks through all of them before it draws a box.
    #[must_use]
    pub fn has(&self, character: char) -> bool {
        self.faces.iter().any(|face| face.info().coverage.contains(character as u32))
    }

    /// The families, in lower case, as the layouts compare them.
    #[must_use]
    pub fn families(&self) -> Vec<String> {
        self.book.families().map(|(name, _)| name.to_lowercase()).collect()
    }

    /// All faces.
    #[must_use]
    pub fn faces(&self) -> Vec<Face> {
        let face = |font: &Font| Face {
            family: font.info().family.clone(),
            weight: font.info().variant.weight.to_number(),
            characters: font.info().coverage.iter().count(),
        };
        self.faces.iter().map(face).collect()
    }

    /// The width of a character in ems: one for what is Chinese, the Latin face's own for the rest.
    #[must_use]
    pub fn width(&self, character: char) -> f64 {
        if unicode_width::UnicodeWidthChar::width(character) == Some(2) {
            return 1.0;
        }
        if u32::from(character) >= 0x2000 {
            return if character == '\u{200b}' { 0.0 } else { 1.0 };
        }
        self.latin
            .as_ref()
            .and_then(|face| face.x_advance(face.ttf().glyph_index(character)?.0))
            .map_or(1.0, typst::layout::Em::get)
    }

    /// The width of a text on one line, in ems.
    #[must_use]
    pub fn text_width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.width(character)).sum()
    }
}
