//! 已印发的 — the record as it lies in `data/issued/`: the register and the frozen versions, each file held against its sum.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Project;
use super::files::{Reader, names_in, read_bytes};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::digest::sha256;
use crate::document::{Genre, Number};
use crate::record::{Frozen, ISSUED, MANIFEST, Manifest, REGISTER, Record, Registration, Registry, version_folder};
use crate::source::Place;
use crate::yaml::Located;

/// Reads the record. What was touched is found; what can still be read stands.
pub(super) fn read(reader: &mut Reader<'_>) -> Record {
    let mut record = Record::default();
    let (errors, _) = reader.report.count();
    if reader.exists(REGISTER) {
        register(reader, &mut record);
    } else if let Some(first) = reader.folders(ISSUED).first() {
        let message = format!("{REGISTER} 不见了，可是有印发过的公文（{first}）");
        reader.report.push(
            Diagnostic::error(Code::Registration, message)
                .help("从备份恢复发文登记簿；确实一件也没有印发过的，删去 data/issued"),
        );
    }
    record.damaged = reader.report.count().0 > errors;
    if !record.damaged
        && let Some(seal) = last_built(reader)
        && !record.registry.holds(&seal)
    {
        let message = "生成 output/site 时发文登记簿里有的办理，现在没有了：登记簿短了，或换过";
        reader
            .report
            .push(Diagnostic::error(Code::Registration, message).help(
                "从备份恢复 data/issued；确要用现在的登记簿（例如恢复了更早的备份），核对以后删去 output 文件夹",
            ));
        record.damaged = true;
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    let entries = record.registry.located().to_vec();
    for entry in &entries {
        let Registration { slug, version, manifest, .. } = &entry.value;
        let Some(sum) = manifest else { continue };
        let folder = version_folder(slug, *version);
        if !known.insert(folder.clone()) {
            continue;
        }
        if let Some(frozen) = version_of(reader, &folder, sum, entry.place, slug, *version) {
            record.insert(slug, *version, frozen);
        }
    }
    for folder in reader.folders(ISSUED) {
        let versions = reader.folders(&format!("{ISSUED}/{folder}"));
        for path in versions.iter().map(|version| format!("{ISSUED}/{folder}/{version}")) {
            if !known.contains(&path) {
                let message = format!("{path} 没有登记：印发中途停下留下的，或是改了名的定本");
                reader.report.push(
                    Diagnostic::warning(Code::Registration, message)
                        .help("是改了名的，改回原来的名称；是中途停下的，再印发一次就会清理"),
                );
            }
        }
    }
    record.touched = reader.report.count().0 > errors;
    record
}

/// The seal of the register that the last site was made from.
fn last_built(reader: &Reader<'_>) -> Option<String> {
    #[derive(Deserialize)]
    struct Built {
        #[serde(rename = "登记簿")]
        register: Option<String>,
    }
    let manifest = read_bytes(&reader.root().join("output/site/manifest.json"))?;
    serde_json::from_slice::<Built>(&manifest).ok()?.register
}

/// The register of a workspace by itself; an empty one where it cannot be read.
#[must_use]
pub fn registry(root: &Path) -> Registry {
    let mut record = Record::default();
    let none = BTreeMap::new();
    let mut reader = Reader::new(root, &none);
    if reader.exists(REGISTER) {
        register(&mut reader, &mut record);
    }
    record.registry
}

/// Reads the register. One that was opened and holds nothing yet has a head and no entries.
fn register(reader: &mut Reader<'_>, record: &mut Record) {
    let Some(file) = reader.required(REGISTER) else { return };
    record.text = reader.sources.get(file).map(|source| source.text().to_owned());
    if record.text.as_deref() == Some(Registry::HEAD) {
        return;
    }
    let entries = reader.yaml::<Vec<Located<Registration>>>(file).unwrap_or_default();
    let (registry, found) = Registry::new(entries);
    reader.report.absorb(found);
    record.registry = registry;
}

/// A number as it is told apart: a 第×号 is counted in each 文种 by itself.
fn counted(number: &Number, genre: Genre) -> String {
    match number {
        Number::Document { .. } => number.to_string(),
        Number::Serial { .. } => format!("{}{number}", genre.name()),
    }
}

/// One version, if its manifest and its document are what the register says.
fn version_of(
    reader: &mut Reader<'_>,
    folder: &str,
    sum: &str,
    place: Place,
    slug: &str,
    version: u16,
) -> Option<Frozen> {
    let touched = |what: &str, how: &str| {
        Diagnostic::error(Code::Registration, format!("{folder}/{what} {how}"))
            .at(place)
            .help("定本写入后不改动：从备份恢复原来的文件")
    };
    let root = reader.root().to_owned();
    let read = |name: &str| read_bytes(&root.join(folder).join(name));
    let Some(bytes) = read(MANIFEST) else {
        reader.report.push(touched(MANIFEST, "不见了，或读不了"));
        return None;
    };
    let manifest: Option<Manifest> = serde_json::from_slice(&bytes).ok();
    let manifest = manifest.filter(|manifest| manifest.slug == slug && manifest.version == version);
    let Some(manifest) = manifest.filter(|_| sha256(&bytes) == sum) else {
        reader.report.push(touched(MANIFEST, "与登记的校验值不符，被改动过"));
        return None;
    };
    let mut document = None;
    for listed in &manifest.files {
        match read(&listed.path) {
            None => reader.report.push(touched(&listed.path, "不见了，或读不了")),
            Some(bytes) if sha256(&bytes) != listed.digest => {
                reader.report.push(touched(&listed.path, "与登记的校验值不符，被改动过"));
            }
            Some(bytes) if listed.path == Frozen::FILE => document = Some(bytes),
            Some(_) => {}
        }
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).chain([MANIFEST]).collect();
    for name in names_in(&root.join(folder)).iter().filter(|name| !listed.contains(name.as_str())) {
        reader.report.push(touched(name, "不是印发时的文件"));
    }
    match serde_json::from_slice(&document?) {
        Ok(frozen) => Some(frozen),
        Err(error) => {
            let message = format!("{folder}/{} 读不懂：{error}", Frozen::FILE);
            let help = format!("它由 {} 写成；用那个版本的程序读", manifest.program);
            reader.report.push(Diagnostic::error(Code::Registration, message).at(place).help(help));
            None
        }
    }
}

impl Project {
    /// A file of a frozen version, as it was issued; `None` where it was touched: what is not what was issued is never shown.
    #[must_use]
    pub fn issued_file(&self, entry: &Registration, name: &str) -> Option<Vec<u8>> {
        let manifest = self.issued_manifest(entry)?;
        let listed = manifest.files.iter().find(|file| file.path == name)?;
        let folder = self.root.join(version_folder(&entry.slug, entry.version));
        read_bytes(&folder.join(name)).filter(|bytes| sha256(bytes) == listed.digest)
    }

    /// The manifest of a frozen version; `None` where it was touched.
    #[must_use]
    pub fn issued_manifest(&self, entry: &Registration) -> Option<Manifest> {
        let manifest = read_bytes(&self.root.join(version_folder(&entry.slug, entry.version)).join(MANIFEST))?;
        let untouched = Some(sha256(&manifest)) == entry.manifest;
        untouched.then(|| serde_json::from_slice(&manifest).ok()).flatten()
    }

    /// Where the letters of a version lie: outside the record, where the office keeps them.
    #[must_use]
    pub fn letters_folder(&self, slug: &str, version: u16) -> PathBuf {
        let archive = self.root.join(self.office.archive.as_deref().unwrap_or("archive"));
        archive.join(slug).join(version.to_string())
    }

    /// The document that is meant by its name, its 发文字号, or a part of its title: of the workspace and of the record.
    ///
    /// # Errors
    ///
    /// The names and titles of those that could be meant, where it is not exactly one.
    pub fn document_named(&self, asked: &str) -> Result<String, Vec<(String, String)>> {
        let asked = asked.trim();
        let stem = Path::new(asked).file_stem().and_then(|stem| stem.to_str()).unwrap_or(asked);
        let titles = self.titles();
        if let Some((slug, _)) = titles.iter().find(|(slug, _)| slug == stem || slug == asked) {
            return Ok(slug.clone());
        }
        let numbered = self
            .notices
            .iter()
            .filter(|(_, notice)| notice.head.number.as_ref().is_some_and(|number| number.to_string() == asked));
        let registered = self
            .record
            .registry
            .versions()
            .filter(|entry| entry.number.as_ref().is_some_and(|number| number.to_string() == asked));
        let mut meant: BTreeSet<String> =
            numbered.map(|(slug, _)| slug.clone()).chain(registered.map(|entry| entry.slug.clone())).collect();
        if meant.is_empty() {
            meant = titles.iter().filter(|(_, title)| title.contains(asked)).map(|(slug, _)| slug.clone()).collect();
        }
        match (meant.pop_first(), meant.is_empty()) {
            (Some(slug), true) => Ok(slug),
            (first, _) => {
                meant.extend(first);
                Err(titles.into_iter().filter(|(slug, _)| meant.contains(slug)).collect())
            }
        }
    }

    /// The last 顺序号 of the office's own numbers in a year, of what was issued and of what is being drafted.
    #[must_use]
    pub fn last_serial(&self, year: Year) -> u32 {
        let drafted = self.notices.values().filter_map(|notice| notice.head.number.as_ref());
        let issued = self.record.registry.versions().filter_map(|entry| entry.number.as_ref());
        let serials = drafted.chain(issued).filter_map(|number| match number {
            Number::Document { code, year: of, serial } if *of == year.0 && code.starts_with(&self.office.code) => {
                Some(*serial)
            }
            _ => None,
        });
        serials.max().unwrap_or(0)
    }

    /// The names of all documents that there are, those among them whose file cannot be read.
    #[must_use]
    pub fn document_names(&self) -> BTreeSet<String> {
        let files = self.sources.iter().filter_map(|source| {
            let path = source.path().strip_prefix("data/notices/")?;
            path.strip_suffix(".md").map(str::to_owned)
        });
        files.chain(self.titles().into_iter().map(|(slug, _)| slug)).collect()
    }

    /// Every document by its name, with its title: notices, catalogues, what was issued.
    #[must_use]
    pub fn titles(&self) -> Vec<(String, String)> {
        let notices = self.notices.iter().map(|(slug, notice)| {
            let arguments = &notice.head.arguments;
            let year = arguments.get("年度").and_then(serde_json::Value::as_str).unwrap_or_default();
            let said = arguments.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
            let title = said.fold(notice.head.title.value.replace("{{年度}}", year), |title, (name, value)| {
                title.replace(&format!("{{{{参数.{name}}}}}"), value)
            });
            (slug.clone(), title.lines().map(str::trim).collect())
        });
        let catalogues = self.register.catalogues.iter();
        let catalogues = catalogues.map(|(slug, one)| (slug.clone(), format!("{}（{}）", one.name.value, one.edition)));
        let mut titles: Vec<(String, String)> = notices.chain(catalogues).collect();
        for (slug, issued) in self.record.registry.documents() {
            if !titles.iter().any(|(known, _)| known == slug) {
                titles.push((slug.to_owned(), issued.latest.title.clone()));
            }
        }
        titles
    }

    /// No two documents bear one 发文字号 or one 索引号, whether they were issued or are still being drafted.
    pub(super) fn shared_numbers(record: &Record, notices: &BTreeMap<String, crate::draft::Notice>) -> Report {
        let mut report = Report::default();
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for entry in record.registry.versions() {
            let number = entry.number.as_ref().map(|number| counted(number, entry.genre));
            let numbers = number.into_iter().chain(entry.index_number.clone());
            owners.extend(numbers.map(|number| (number, entry.slug.as_str())));
        }
        for (slug, notice) in notices {
            let head = &notice.head;
            let number = head.number.iter().map(|number| (Code::Number, "发文字号", counted(number, head.genre)));
            let index = head.index_number.iter().map(|number| (Code::IndexNumber, "索引号", number.clone()));
            for (code, what, number) in number.chain(index) {
                let owner = *owners.entry(number.clone()).or_insert(slug);
                if owner != slug {
                    report.push(
                        Diagnostic::error(code, format!("{what}{number}已经是“{owner}”的"))
                            .at(head.title.place)
                            .help(format!("一件公文一个{what}：改其中一件，或删去它，印发时自动编")),
                    );
                }
            }
        }
        report
    }

    /// Gives the documents that were issued the number, the 索引号 and the day under which they were: so that composing them again
    /// gives what was issued, unless the data changed.
    pub(super) fn hand_out_numbers(record: &Record, notices: &mut BTreeMap<String, crate::draft::Notice>) -> Report {
        let mut report = Report::default();
        for (slug, notice) in notices {
            let Some(issued) = record.registry.of(slug) else { continue };
            let head = &mut notice.head;
            let entry = issued.latest;
            if let (Some(own), Some(kept)) = (&head.number, &entry.number)
                && own != kept
            {
                let message = format!("公文写的发文字号是{own}，印发的是{kept}");
                report.push(
                    Diagnostic::error(Code::Number, message)
                        .at(head.title.place)
                        .help("印发后文号不改：改回来，或删去“发文字号”，以发文登记簿为准"),
                );
            }
            head.number = head.number.take().or_else(|| entry.number.clone());
            head.dated = head.dated.or(entry.dated);
            head.index_number = head.index_number.take().or_else(|| entry.index_number.clone());
        }
        report
    }
}
