//! 字库 — the faces at hand: which families there are, which characters they have, how wide those are.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInfo, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

use super::role::{Faces, Role};
use crate::assets::FaceFile;
use crate::doing::doing;

/// All faces, in the order in which they were given.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Slot>,
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
pub type FontFile = (String, FaceFile);

/// What is known of the shipped faces without reading them, by the names of their files: a test holds it against them.
static KNOWN: LazyLock<BTreeMap<String, Vec<FontInfo>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../fonts/faces.json")).unwrap_or_default());

/// A face, which is read when it is first asked for.
struct Slot {
    info: FontInfo,
    file: FaceFile,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Slot {
    /// Those of a file; none where it is no font.
    fn of(file: FaceFile) -> Vec<Self> {
        if let FaceFile::Shipped(shipped) = file
            && let Some(known) = KNOWN.get(shipped.name())
        {
            let slot = |(index, info): (u32, &FontInfo)| Self {
                info: info.clone(),
                file: file.clone(),
                index,
                font: OnceLock::new(),
            };
            return (0..).zip(known).map(slot).collect();
        }
        if faces_claimed(file.bytes()) > MOST_FACES {
            return Vec::new();
        }
        let slot = |font: Font| Self {
            info: font.info().clone(),
            file: file.clone(),
            index: font.index(),
            font: Some(font).into(),
        };
        Font::iter(bytes_of(&file)).map(slot).collect()
    }

    fn font(&self) -> Option<&Font> {
        self.font.get_or_init(|| Font::new(bytes_of(&self.file), self.index)).as_ref()
    }
}

fn bytes_of(file: &FaceFile) -> Bytes {
    match file {
        FaceFile::Shipped(shipped) => Bytes::new(shipped.bytes()),
        FaceFile::Own(bytes) => Bytes::new(Arc::clone(bytes)),
    }
}

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
            let own = Slot::of(file);
            if own.is_empty() {
                broken.push(name);
            }
            faces.extend(own);
        }
        let book = FontBook::from_infos(faces.iter().map(|slot| slot.info.clone()));
        let latin = roles
            .of(Role::Latin)
            .families(&families(&book), pinned)
            .first()
            .and_then(|family| book.select(&family.to_lowercase(), FontVariant::default()))
            .and_then(|index| faces.get(index)?.font().cloned());
        let latin =
            latin.map(|font| font.instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default()));
        let mut covered = vec![0_u64; (char::MAX as usize >> 6) + 1];
        let script = roles.of(Role::Script);
        let whole = faces.iter().map(|slot| &slot.info).filter(|info| !script.has(&info.family));
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
        self.faces.get(index)?.font().cloned()
    }

    /// The SHA-256 of all faces in their order.
    pub(in crate::pdf) fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        for face in &self.faces {
            digest.update(face.index.to_le_bytes());
            // The faces of one file share its bytes.
            if face.index == 0 {
                digest.update(face.file.digest());
            }
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
        let mut faces =
            self.faces.iter().map(|slot| &slot.info).filter(|info| info.family.eq_ignore_ascii_case(family));
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
        let face = |info: &FontInfo| Face {
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            characters: info.coverage.iter().count(),
        };
        self.faces.iter().map(|slot| face(&slot.info)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    /// What is known of the shipped faces is what stands in them; `HONGTOU_FACES=1` writes it anew.
    #[test]
    fn the_shipped_faces_are_known() {
        let infos = |file: FaceFile| Font::iter(bytes_of(&file)).map(|font| font.info().clone()).collect::<Vec<_>>();
        let all: BTreeMap<String, Vec<FontInfo>> = assets::fonts().map(|(name, file)| (name, infos(file))).collect();
        if std::env::var_os("HONGTOU_FACES").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/faces.json");
            std::fs::write(path, serde_json::to_string(&all).unwrap() + "\n").unwrap();
            return;
        }
        assert!(all.values().all(|infos| !infos.is_empty()));
        assert!(*KNOWN == all, "fonts/faces.json 不是现在的字体：HONGTOU_FACES=1 cargo test --lib shipped_faces");
    }
}
