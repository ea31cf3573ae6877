//! 打包 — everything that is open as data in one file, with what it is and under which terms it may be used.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::names::NAMES;
use super::opendata;
use crate::document::Dataset;
use crate::parallel::{parallel, threads};
use crate::site::contents::Site;
use crate::site::output::{Output, Page};

/// Where it lies.
pub(in crate::site) const PATH: &str = "opendata/opendata.zip";

/// How many records the files of a stretch hold, which is packed alone.
const TOGETHER: usize = 2000;

/// The bundle; `None` where there are no lists. By `data` the data of each list are known again: of the same lists the same is packed.
pub(in crate::site) fn page(site: &Site, output: &Output, data: Option<&[String]>) -> Option<Page> {
    if site.datasets.is_empty() {
        return None;
    }
    let mut zip = packed([("README.txt".to_owned(), readme(site).into_bytes())])?;
    let files = files(site.datasets, data);
    // The list of a year's awards takes a second for each of its files, those of one enterprise's years take nothing.
    let stretches: Vec<&[File<'_>]> = files.chunk_by(|one, next| one.stretch == next.stretch).collect();
    let archives = parallel(&stretches, threads(), |files| {
        let written = files.iter().map(|file| {
            let path = format!("{}/{}", file.dataset.path, file.name);
            (path, (file.bytes)(site.identity, file.dataset))
        });
        output.bytes_of(of(output, files), || Some(packed(written)?.finish().ok()?.into_inner()))
    });
    for archive in archives {
        zip.merge_archive(ZipArchive::new(Cursor::new(archive?)).ok()?).ok()?;
    }
    Some(Page::new(PATH, zip.finish().ok()?.into_inner()))
}

/// By what the archive of a stretch is known again. That of a single file, of a large list, is another one whenever anything is.
fn of(output: &Output, files: &[File<'_>]) -> Option<String> {
    let of = files.iter().map(|file| Some((file.data?, &file.name))).collect::<Option<Vec<_>>>();
    of.filter(|of| of.len() > 1).and_then(|of| output.of(&(PATH, of)))
}

/// A file of a list, and the number of its stretch.
struct File<'a> {
    dataset: &'a Dataset,
    /// By what the data of the list are known again.
    data: Option<&'a String>,
    name: String,
    bytes: opendata::Bytes,
    stretch: usize,
}

/// The files of lists, in their order.
fn files<'a>(datasets: &'a [Dataset], data: Option<&'a [String]>) -> Vec<File<'a>> {
    let mut records = 0;
    let files = datasets.iter().enumerate().flat_map(|(at, dataset)| {
        let data = data.and_then(|data| data.get(at));
        opendata::whole(dataset).into_iter().map(move |(name, bytes)| (dataset, data, name, bytes))
    });
    let numbered = files.map(|(dataset, data, name, bytes)| {
        let stretch = records / TOGETHER;
        records += dataset.records.len().max(1);
        File { dataset, data, name, bytes, stretch }
    });
    numbered.collect()
}

/// Files as an archive, which is still open.
fn packed(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Option<ZipWriter<Cursor<Vec<u8>>>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of day: the same data are the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (path, bytes) in files {
        zip.start_file(path, options).ok()?;
        zip.write_all(&bytes).ok()?;
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read;
    use std::sync::Mutex;

    use super::*;
    use crate::digest::digest_of_json;
    use crate::site::Sink;
    use crate::site::sample::{dataset, with_site};

    /// Remembers what it is told, and counts what it is asked for and knows.
    #[derive(Default)]
    struct Memory {
        told: Mutex<BTreeMap<String, Vec<u8>>>,
        known: Mutex<usize>,
    }

    impl Sink for Memory {
        fn put(&self, _: Page) {}

        fn remembers(&self) -> bool {
            true
        }

        fn told(&self, of: &str) -> Option<Vec<u8>> {
            let told = self.told.lock().unwrap().get(of).cloned();
            *self.known.lock().unwrap() += usize::from(told.is_some());
            told
        }

        fn tell(&self, of: &str, told: &[u8]) {
            self.told.lock().unwrap().insert(of.to_owned(), told.to_vec());
        }
    }

    fn bundle(datasets: &[Dataset], sink: &Memory) -> Vec<u8> {
        let data: Vec<String> = datasets.iter().map(|dataset| digest_of_json(dataset).unwrap()).collect();
        with_site(|site| page(&Site { datasets, ..*site }, &Output::new(sink), Some(&data)).unwrap().bytes)
    }

    /// Of many lists only the stretch is packed again in which one is another, and the bytes are those of one that nobody remembers.
    #[test]
    fn what_was_packed_before_is_the_same_as_what_is_packed_now() {
        let list = |number: usize| Dataset { path: format!("awards/enterprises/{number}"), ..dataset() };
        let many = 3 * TOGETHER / dataset().records.len();
        let mut lists: Vec<Dataset> = (0..many).map(list).collect();
        let memory = Memory::default();
        assert_eq!(bundle(&lists, &memory), bundle(&lists, &Memory::default()));
        let packed = memory.told.lock().unwrap().len();
        assert!(packed > 5 && *memory.known.lock().unwrap() == 0);
        lists[many / 2].records[0].id = "换了一个".to_owned();
        let again = bundle(&lists, &memory);
        assert_eq!(again, bundle(&lists, &Memory::default()));
        assert_eq!(*memory.known.lock().unwrap(), packed - 1);
        let mut zip = ZipArchive::new(Cursor::new(again)).unwrap();
        let mut text = String::new();
        let name = format!("awards/enterprises/{}/{}.json", many / 2, many / 2);
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("换了一个") && zip.len() > 3 * many);
    }
}
