//! 打包 — everything that is open as data in one file, with what it is and under which terms it may be used.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::names::NAMES;
use super::opendata;
use crate::parallel::{parallel, threads};
use crate::site::contents::Site;
use crate::site::output::Page;

/// Where it lies.
pub(in crate::site) const PATH: &str = "opendata/opendata.zip";

/// The bundle; `None` where there are no lists.
pub(in crate::site) fn page(site: &Site) -> Option<Page> {
    if site.datasets.is_empty() {
        return None;
    }
    let mut zip = packed("README.txt", readme(site).as_bytes())?;
    for dataset in site.datasets {
        // Each file is packed alone: those of ten thousand awards take a second each.
        let packed = parallel(&opendata::whole(dataset), threads(), |(name, bytes)| {
            packed(&format!("{}/{name}", dataset.path), &bytes(site.identity, dataset))?.finish_into_readable().ok()
        });
        for file in packed {
            zip.merge_archive(file?).ok()?;
        }
    }
    Some(Page::new(PATH, zip.finish().ok()?.into_inner()))
}

/// A file as an archive of its own, which is still open.
fn packed(path: &str, bytes: &[u8]) -> Option<ZipWriter<Cursor<Vec<u8>>>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of day: the same data are the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    zip.start_file(path, options).ok()?;
    zip.write_all(bytes).ok()?;
    Some(zip)
}

fn readme(site: &Site) -> String {
    let identity = site.identity;
    let mut text = format!("{}　开放数据\r\n{}\r\n\r\n", identity.name, identity.address("opendata/index.html"));
    match &identity.license {
        Some(license) => text.push_str(&format!("许可：{}\r\n{}\r\n\r\n", license.name, license.address)),
        None => text.push_str("许可：没有写明，使用前请与主办单位联系。\r\n\r\n"),
    }
    text.push_str("文件\r\n");
    for dataset in site.datasets {
        let day = dataset.published.map(|day| format!("，{}发布", day.iso())).unwrap_or_default();
        text.push_str(&format!("{}/　{}，{}条{day}\r\n", dataset.path, dataset.title, dataset.records.len()));
    }
    text.push_str(
        "\r\nCSV 是 UTF-8（带 BOM），行尾 CRLF；金额以元为单位，不带千位分隔符。\r\n\r\n字段　英文名　说明\r\n",
    );
    for (chinese, english, what) in NAMES {
        text.push_str(&format!("{chinese}　{english}　{what}\r\n"));
    }
    text
}
