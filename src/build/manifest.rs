//! 清单 — every file of the output with its sources and its SHA-256, so that a publisher can prove what was published.

use serde::Serialize;

use super::Artifact;
use crate::digest::hex;

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
