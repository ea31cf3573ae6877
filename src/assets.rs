//! 内置文件 — what the binary carries with it: layouts, templates, faces, the sample workspace. A file of the same name in
//! the workspace takes the place of a layout, template or face.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "data/"]
struct Sample;

/// Where the workbench's own files lie below `templates/`.
const DESK: &str = "workbench/";

/// A file: its path below its folder, and its bytes.
pub type Asset = (String, Cow<'static, [u8]>);

fn all<E: RustEmbed>() -> Vec<Asset> {
    let mut paths: Vec<String> = E::iter().map(Cow::into_owned).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| E::get(&path).map(|file| (path, file.data))).collect()
}

/// The layouts, notice templates, starters and page templates: `layout/main.typ`, `notices/奖励公示.md.hbs`, `site/…`.
#[must_use]
pub fn templates() -> Vec<Asset> {
    let mut templates = all::<Templates>();
    templates.retain(|(path, _)| !path.starts_with(DESK));
    templates
}

/// One of them.
#[must_use]
pub fn template(path: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(path).map(|file| file.data)
}

/// A script or style of the workbench's own pages, which no workspace replaces.
#[must_use]
pub fn of_desk(name: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(&format!("{DESK}{name}")).map(|file| file.data)
}

/// A face that the program carries; where it is packed, it is unpacked when it is first read.
#[derive(Debug)]
pub struct Shipped {
    name: &'static str,
    /// The SHA-256 of the file, which is known before it is unpacked.
    digest: [u8; 32],
    packed: &'static [u8],
    plain: OnceLock<Vec<u8>>,
}

include!(concat!(env!("OUT_DIR"), "/faces.rs"));

/// How a zstd frame begins (RFC 8878, 3.1.1).
const PACKED: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

impl Shipped {
    const fn new(name: &'static str, digest: [u8; 32], packed: &'static [u8]) -> Self {
        Self { name, digest, packed, plain: OnceLock::new() }
    }

    /// The name of its file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The file.
    pub fn bytes(&'static self) -> &'static [u8] {
        if !self.packed.starts_with(&PACKED) {
            return self.packed;
        }
        // What was packed when the program was built unpacks.
        self.plain.get_or_init(|| zstd::decode_all(self.packed).unwrap_or_default())
    }
}

/// A file of faces.
#[derive(Debug, Clone)]
pub enum FaceFile {
    /// One that the program carries.
    Shipped(&'static Shipped),
    /// One of the workspace.
    Own(Arc<[u8]>),
}

impl FaceFile {
    /// What stands in it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Shipped(shipped) => shipped.bytes(),
            Self::Own(bytes) => bytes,
        }
    }

    /// The SHA-256 of that.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        match self {
            Self::Shipped(shipped) => shipped.digest,
            Self::Own(bytes) => Sha256::digest(bytes).into(),
        }
    }
}

/// The faces, by the names of their files.
pub fn fonts() -> impl Iterator<Item = (String, FaceFile)> {
    FACES.iter().map(|shipped| (shipped.name.to_owned(), FaceFile::Shipped(shipped)))
}

/// The sample workspace's `data/`.
#[must_use]
pub fn sample() -> Vec<Asset> {
    all::<Sample>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_face_is_true_of_its_bytes() {
        for (name, face) in fonts() {
            let sum: [u8; 32] = Sha256::digest(face.bytes()).into();
            assert_eq!(face.digest(), sum, "{name}");
        }
    }
}
