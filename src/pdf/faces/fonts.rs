//! 字库 — the faces at hand: which families there are, which characters they have, how wide those are.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

use super::role::{Faces, Role};
use crate::doing::doing;

/// All faces, in the order in which they were given.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    /// One bit for each code point that some face has, but for those that are there to be set smaller.
    covered: Vec<u64>,
    /// The widths of the characters below [`LATIN_END`] in the face of digits and Latin letters, in ems.
    latin: Vec<f64>,
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

/// A font file: its name, and what stands in it.
pub type FontFile = (String, Cow<'static, [u8]>);

/// No collection has as many faces; a file that says so is no font, and would be looked through for hours.
const MOST_FACES: u32 = 256;

/// How many faces a file says it has (OpenType, TTC header).
fn faces_claimed(file: &[u8]) -> u32 {
    let count = file.strip_prefix(b"ttcf").and_then(|rest| rest.get(4..8)?.try_into().ok());
    count.map_or(1, u32::from_be_bytes)
}

/// Latin, Greek, Cyrillic: what is not Chinese ends here.
const LATIN_END: u32 = 0x2000;

impl Fonts {
    /// The faces of font files by their names; a file that is no font is left out, and the second value names those. Widths of
    /// digits and Latin letters are those of the first family at hand that the role of 西文 prefers, or only of the shipped one if `pinned`.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = FontFile>, roles: &Faces, pinned: bool) -> (Self, Vec<String>) {
        let mut faces = Vec::new();
        let mut broken = Vec::new();
        for (name, file) in files {
            let _doing = doing(format!("读字体 fonts/{name} "));
            let before = faces.len();
            if faces_claimed(&file) <= MOST_FACES {
                faces.extend(Font::iter(Bytes::new(file)));
            }
            if faces.len() == before {
                broken.push(name);
            }
        }
        let book = FontBook::from_fonts(&faces);
        let latin = roles
            .of(Role::Latin)
            .families(&families(&book), pinned)
            .first()
            .and_then(|family| book.select(&family.to_lowercase(), FontVariant::default()))
            .and_then(|index| faces.get(index).cloned());
        let latin =
            latin.map(|font| font.instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default()));
        let mut covered = vec![0_u64; (char::MAX as usize >> 6) + 1];
        let script = roles.of(Role::Script);
        let whole = faces.iter().map(Font::info).filter(|info| !script.has(&info.family));
        for point in whole.flat_map(|info| info.coverage.iter()) {
            if let Some(word) = covered.get_mut(point as usize >> 6) {
                *word |= 1 << (point & 63);
            }
        }
        let latin = (0..LATIN_END).map(|point| latin_width(latin.as_ref(), point)).collect();
        (Self { book: LazyHash::new(book), faces, covered, latin }, broken)
    }

    pub(in crate::pdf) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(in crate::pdf) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// The SHA-256 of all faces in their order.
    pub(in crate::pdf) fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        let mut before: Option<&Bytes> = None;
        for face in &self.faces {
            digest.update(face.index().to_le_bytes());
            // The faces of one file share its bytes.
            if before.is_none_or(|before| before.as_ptr() != face.data().as_ptr()) {
                digest.update(face.data());
            }
            before = Some(face.data());
        }
        digest.finalize().into()
    }

    /// Whether any face has the character. typst looks through all of them before it draws a box.
    #[must_use]
    pub fn has(&self, character: char) -> bool {
        let point = character as u32;
        self.covered.get(point as usize >> 6).is_some_and(|word| word >> (point & 63) & 1 == 1)
    }

    /// Whether a face of that family has the character.
    #[must_use]
    pub(in crate::pdf) fn covers(&self, family: &str, character: char) -> bool {
        let mut faces = self.faces.iter().map(Font::info).filter(|info| info.family.eq_ignore_ascii_case(family));
        faces.any(|info| info.coverage.contains(character as u32))
    }

    /// The families, in lower case, as the layouts compare them.
    #[must_use]
    pub fn families(&self) -> Vec<String> {
        families(&self.book)
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
        let above = if character == '\u{200b}' { 0.0 } else { 1.0 };
        self.latin.get(character as usize).copied().unwrap_or(above)
    }

    /// The width of a text on one line, in ems.
    #[must_use]
    pub fn text_width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.width(character)).sum()
    }
}

fn families(book: &FontBook) -> Vec<String> {
    book.families().map(|(name, _)| name.to_lowercase()).collect()
}

/// The width of a code point in the Latin face; one em where it has none.
fn latin_width(face: Option<&FontInstance>, point: u32) -> f64 {
    let advance = |face: &FontInstance| face.x_advance(face.ttf().glyph_index(char::from_u32(point)?)?.0);
    face.and_then(advance).map_or(1.0, typst::layout::Em::get)
}
