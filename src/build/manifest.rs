//! 清单 — every file of the output with its sources and its SHA-256, so that a publisher can prove what was published.

#![expect(clippy::disallowed_methods, reason = "the output lists what it is made of")]

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Artifact, Room};
use crate::digest::hex;

/// The name of the manifest in a room.
pub const MANIFEST: &str = "manifest.json";

/// What of a manifest is read again.
#[derive(Deserialize)]
struct Paths {
    #[serde(rename = "文件")]
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "路径")]
    path: String,
    #[serde(rename = "SHA-256")]
    digest: String,
}

/// The files that the manifest in a room's folder lists, by their paths below it, with their SHA-256; and the manifest, which does not
/// list itself.
fn listed(room: &Path) -> impl Iterator<Item = (String, Option<String>)> + use<> {
    let bytes = std::fs::read(room.join(MANIFEST)).ok();
    let paths = bytes.and_then(|bytes| serde_json::from_slice::<Paths>(&bytes).ok());
    let files = |paths: Paths| paths.files.into_iter().map(|file| (file.path, Some(file.digest)));
    paths.into_iter().flat_map(move |paths| files(paths).chain([(MANIFEST.to_owned(), None)]))
}

/// The same of both rooms of an output, by their paths below it.
pub(super) fn listed_in(output: &Path) -> Vec<(String, Option<String>)> {
    let of = |room: Room| {
        let name = room.folder();
        listed(&output.join(name)).map(move |(path, digest)| (format!("{name}/{path}"), digest))
    };
    Room::BOTH.into_iter().flat_map(of).collect()
}

/// `manifest.json`.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    #[serde(rename = "程序")]
    program: &'static str,
    /// The seal of the register's last entry: the register that the site was made from, whole.
    #[serde(rename = "登记簿", skip_serializing_if = "Option::is_none")]
    register: Option<&'a str>,
    #[serde(rename = "文件")]
    files: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    #[serde(rename = "路径")]
    path: &'a str,
    #[serde(rename = "字节")]
    size: usize,
    #[serde(rename = "SHA-256")]
    digest: String,
    #[serde(rename = "来源", skip_serializing_if = "<[String]>::is_empty")]
    sources: &'a [String],
}

impl<'a> Manifest<'a> {
    /// The manifest of files; `register` is the seal of the register that they were made from.
    pub fn of(artifacts: &'a [Artifact], register: Option<&'a str>) -> Self {
        let files = artifacts.iter().map(|artifact| Entry {
            path: &artifact.path,
            size: artifact.content.size(),
            digest: hex(&artifact.digest),
            sources: &artifact.sources,
        });
        Self { program: concat!("hongtou ", env!("CARGO_PKG_VERSION")), register, files: files.collect() }
    }

    /// As a file.
    pub fn bytes(&self) -> Vec<u8> {
        // Strings and numbers always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
