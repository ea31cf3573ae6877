//! 工作区 — the only reader of files: the whole workspace, once, with places, into what the stages take.

mod agenda;
mod drawing;
mod files;
mod followup;
mod holidays;
mod index_numbers;
mod issued;
mod papers;
mod pending;
mod unseen;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::assets::{self, FaceFile};
use crate::award::{Case, Cases};
use crate::calendar::{Calendar, Year};
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::document::Outline;
use crate::doing::doing;
use crate::draft::explanation::Detail;
use crate::draft::markdown::{self, Ground};
use crate::draft::{Notice, PublicationEntry};
use crate::followup::{FollowUp, Openness};
use crate::pdf::{Faces, Settings};
use crate::policy::readings::{self, Reading};
use crate::policy::reference::unclear;
use crate::policy::{Policy, Rules, binding, declared, names, quotes, soundness, versions};
use crate::record::Record;
use crate::register::{
    Catalogue, DeclarationYear, Enterprise, LedgerEntry, LedgerYear, Office, OtherPolicy, Reduction, ReductionYear,
    Register, Schema, Several,
};
use crate::site::Identity;
use crate::source::{FileId, Place, Source, Sources};
use crate::yaml::{self, Located};

use files::Reader;

pub use agenda::Due;
pub use files::{
    files_below, files_in, find_root, is_filled, is_no_file, is_there, is_within, read_at_most, read_text, real_path,
    stamp,
};
pub use index_numbers::{INDEX_NUMBERS, IndexNumbers, Numbering};
pub use issued::registry;
pub use papers::Paper;

/// Everything that the workspace says.
#[derive(Debug)]
pub struct Project {
    /// The workspace's folder.
    pub root: PathBuf,
    /// All texts, for the places of findings.
    pub sources: Sources,
    /// The office that issues.
    pub office: Office,
    /// The site's identity.
    pub identity: Option<Identity>,
    /// Words that a title may not break inside of: the office's own (词表) and the set phrases of `templates/phrases.yaml`.
    pub words: Vec<String>,
    /// The working days.
    pub calendar: Calendar,
    /// The facts.
    pub register: Register,
    /// The policies.
    pub policies: Vec<Policy>,
    /// The cases by which the policies' rules are checked.
    pub cases: Vec<Case>,
    /// What becomes of the policies: tasks, progress, indicators.
    pub followup: FollowUp,
    /// The notices, the policies' own texts among them, by slug.
    pub notices: BTreeMap<String, Notice>,
    /// What was issued.
    pub record: Record,
    /// How much of the awards is public (公开范围).
    pub disclosure: Scope,
    /// 二维码: whether open documents bear the address of their page as a code.
    pub codes: bool,
    /// 限度: how much a document may cost.
    pub bounds: Bounds,
    /// 双人办理: whether who wrote a document last may not issue it in the workbench.
    pub two_hands: bool,
    /// 索引号 given so far.
    pub index_numbers: IndexNumbers,
    /// Layouts, notice templates, starters and page templates by their path below `templates/`.
    pub templates: BTreeMap<String, FileId>,
    /// The faces, by file name.
    pub fonts: BTreeMap<String, FaceFile>,
    /// What the office does otherwise than the standard's figures on the printed page.
    pub page: Settings,
    /// Which faces play which role; `None` where the file that says so has something wrong in it.
    pub faces: Option<Faces>,
    /// Pictures, by their path in the workspace.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// `data/office.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeFile {
    #[serde(rename = "机关")]
    office: Office,
    #[serde(rename = "网站")]
    identity: Identity,
    #[serde(rename = "公开范围", default)]
    disclosure: Scope,
    #[serde(rename = "二维码", default)]
    codes: bool,
    #[serde(rename = "区县", default)]
    districts: Option<Several>,
    #[serde(rename = "行业", default)]
    industries: Option<Several>,
    #[serde(rename = "词表", default)]
    words: Vec<String>,
    #[serde(rename = "限度", default)]
    bounds: Bounds,
    #[serde(rename = "双人办理", default)]
    two_hands: bool,
}

/// 限度 — how much a document may cost before the program stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bounds {
    /// How many seconds one file or one document may take; tables are given more, a second for fifty rows.
    #[serde(rename = "每件秒数")]
    pub seconds: u32,
    /// How many megabytes of memory the program may hold.
    #[serde(rename = "内存兆字节")]
    pub megabytes: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        // Unoptimised code is given ten times as long.
        Self { seconds: if cfg!(debug_assertions) { 300 } else { 30 }, megabytes: 6144 }
    }
}

/// 公开范围 — how much is public beside the documents themselves.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Of the awards: 名单, 名单和条款, 全部计算.
    #[serde(rename = "奖励", default)]
    pub awards: Detail,
    /// Of what becomes of a policy: 不公开, 分解, 进展.
    #[serde(rename = "执行", default)]
    pub followup: Openness,
}

impl Project {
    /// Reads the workspace. What cannot be read is found and left out; the rest stands.
    #[must_use]
    pub fn load(root: &Path, readings: &[Reading]) -> (Self, Report) {
        Self::load_with(root, readings, &BTreeMap::new())
    }

    /// Reads the workspace as it would be with other texts in some of its files, by their path.
    #[must_use]
    pub fn load_with(root: &Path, readings: &[Reading], texts: &BTreeMap<&str, &str>) -> (Self, Report) {
        let mut reader = Reader::new(root, texts);
        let office: Option<OfficeFile> = reader.required("data/office.yaml").and_then(|file| reader.yaml(file));
        let bounds = office.as_ref().map(|file| file.bounds).unwrap_or_default();
        let two_hands = office.as_ref().is_some_and(|file| file.two_hands);
        let codes = office.as_ref().is_some_and(|file| file.codes);
        let (office, identity, words, disclosure, vocabulary) = match office {
            Some(file) => {
                (file.office, Some(file.identity), file.words, file.disclosure, (file.districts, file.industries))
            }
            None => (Office::default(), None, Vec::new(), Scope::default(), (None, None)),
        };
        let page = reader.optional("data/layout.yaml").unwrap_or_default();
        let calendar = holidays::read(&mut reader);
        let enterprises: Vec<Enterprise> =
            reader.yaml_folder::<Vec<_>>("data/enterprises").into_iter().flat_map(|(_, list)| list).collect();
        let broken = reader.codes_in("data/enterprises/");
        let schema = Schema::new(reader.optional("data/facts.yaml"));
        let declarations = reader.declarations(&schema);
        let ledger: Vec<(String, LedgerYear)> = reader.yaml_folder("data/ledger");
        let reductions: Vec<(String, ReductionYear)> = reader.yaml_folder("data/reductions");
        reader.report.extend(named_otherwise(&declarations, &ledger, &reductions));
        reader.gaps("data/declarations", declarations.iter().map(|(_, year)| &year.year));
        reader.gaps("data/ledger", ledger.iter().map(|(_, year)| &year.year));
        let catalogues = catalogues(&mut reader);
        let (mut register, found) = Register::of(
            schema,
            enterprises,
            &broken,
            declarations.into_iter().map(|(_, year)| year).collect(),
            ledger.into_iter().map(|(_, year)| year).collect(),
            catalogues,
        );
        reader.report.absorb(found);
        let listings = reader.yaml_folder("data/lists").into_iter().collect();
        reader.report.absorb(register.take_listings(listings));
        register.take_reductions(reductions.into_iter().map(|(_, year)| year).collect());
        reader.report.absorb(register.check_vocabulary(vocabulary.0.as_ref(), vocabulary.1.as_ref()));
        let mut notices = BTreeMap::new();
        let (policies, cases) = policies(&mut reader, &register, readings, &mut notices);
        followup::check_listings(&register, &policies, &mut reader.report);
        let followup = followup::read(&mut reader, &policies, &register, vocabulary.0.as_ref());
        for (slug, file) in reader.folder("data/notices", "md") {
            if let Some(notice) = reader.notice(file) {
                match notices.get(&slug) {
                    Some(_) => reader.report.push(
                        Diagnostic::error(Code::Duplicate, format!("已有名为“{slug}”的公文"))
                            .at(Place::head(file))
                            .help("改一个文件名"),
                    ),
                    None => {
                        notices.insert(slug, notice);
                    }
                }
            }
        }
        followup::check_urged(&followup, &notices, &mut reader);
        let (index_numbers, found) = IndexNumbers::new(reader.optional(INDEX_NUMBERS).unwrap_or_default());
        reader.report.absorb(found);
        index_numbers.hand_out(&mut notices, &mut reader.report);
        let record = issued::read(&mut reader);
        reader.report.absorb(Self::hand_out_numbers(&record, &mut notices));
        reader.report.absorb(Self::shared_numbers(&record, &notices));
        check_declared_clauses(&register, &policies, &mut reader.report);
        let templates = reader.templates();
        let faces = templates.get("layout/faces.yaml").and_then(|file| reader.yaml(*file));
        let words = words.into_iter().chain(phrases(&mut reader, &templates)).collect();
        let fonts = reader.fonts();
        let pictures = reader.pictures("data/pictures");
        let Reader { sources, report, .. } = reader;
        let root = root.to_owned();
        let mut project = Self {
            root,
            sources,
            office,
            identity,
            words,
            calendar,
            register,
            policies,
            cases,
            followup,
            notices,
            record,
            disclosure,
            codes,
            bounds,
            two_hands,
            index_numbers,
            templates,
            fonts,
            page,
            faces,
            pictures,
        };
        project.pictures.extend(project.drawings());
        (project, report)
    }

    /// The templates below a folder of `templates/`, by their path below it.
    pub fn templates_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, FileId, &'a Source)> {
        self.templates.iter().filter_map(move |(path, file)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name, *file, self.sources.get(*file)?))
        })
    }

    /// Whether any layout is not the program's own.
    #[must_use]
    pub fn has_own_layouts(&self) -> bool {
        self.templates_in("layout").any(|(name, ..)| self.has_own("layout", name))
    }

    /// Whether a template below a folder of `templates/` is not the program's own.
    #[must_use]
    pub fn has_own(&self, folder: &str, name: &str) -> bool {
        let path = format!("{folder}/{name}");
        let text = self.templates.get(&path).and_then(|file| self.sources.get(*file)).map(Source::text);
        text.is_some_and(|text| assets::template(&path).is_none_or(|own| own.as_ref() != text.as_bytes()))
    }

    /// What of `data/office.yaml` still says what the sample says: key and value.
    #[must_use]
    pub fn placeholders(&self) -> Vec<(String, String)> {
        let lines = |text: &str| -> Vec<(String, String)> {
            let own = text.lines().take_while(|line| !line.starts_with("词表"));
            let pairs = own.filter_map(|line| line.trim().split_once(": "));
            pairs.map(|(key, value)| (key.to_owned(), value.trim().trim_matches('"').to_owned())).collect()
        };
        let sample = assets::sample().into_iter().find(|(path, _)| path == "office.yaml");
        let sample = sample.map(|(_, bytes)| lines(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
        let office = self.sources.at("data/office.yaml");
        let own = office.map(|source| lines(source.text())).unwrap_or_default();
        // Many an office is called 市工信局 by its city; all else is the sample's alone.
        own.into_iter().filter(|line| line.0 != "简称" && sample.contains(line)).collect()
    }

    /// The years for which something was declared.
    pub fn years(&self) -> impl Iterator<Item = Year> {
        self.register.declarations.keys().copied()
    }
}

/// A file whose name says another year than the file itself: one of the two is a slip, and money would go to the wrong year.
fn misnamed(stem: &str, year: &Located<Year>, form: &str) -> Diagnostic {
    Diagnostic::error(Code::Contradiction, format!("文件名是{stem}.yaml，里面写的年度是{}", year.value))
        .at(year.place)
        .help(format!("核对年度；文件名{form}"))
}

/// Files of years whose name is not that of their year.
fn named_otherwise(
    declarations: &[(String, DeclarationYear)],
    ledger: &[(String, LedgerYear)],
    reductions: &[(String, ReductionYear)],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (stem, year) in declarations {
        let rest = stem.strip_prefix(&year.year.value.to_string());
        if rest.is_none_or(|rest| !rest.is_empty() && !rest.starts_with('-')) {
            found.push(misnamed(stem, &year.year, "以年度开头，如 2023.yaml、2023-2.yaml"));
        }
    }
    let other = |stem: &str, year: &Located<Year>| stem != year.value.to_string();
    for (stem, year) in ledger.iter().filter(|(stem, year)| other(stem, &year.year)) {
        found.push(misnamed(stem, &year.year, "就是年度，如 2023.yaml"));
    }
    for (stem, year) in reductions.iter().filter(|(stem, year)| other(stem, &year.year)) {
        found.push(misnamed(stem, &year.year, "就是年度，如 2024.yaml"));
    }
    found
}

fn catalogues(reader: &mut Reader) -> BTreeMap<String, Catalogue> {
    let read: Vec<(String, Catalogue)> = reader.yaml_folder("data/catalogues");
    let mut catalogues = BTreeMap::new();
    for (slug, catalogue) in read {
        let (catalogue, found) = catalogue.check();
        reader.report.absorb(found);
        catalogues.insert(slug, catalogue);
    }
    catalogues
}

/// Reads `data/policies/<slug>/`: `policy.md`, a document like any other, `rules.yaml`, and `cases.yaml` where there is one.
fn policies(
    reader: &mut Reader,
    register: &Register,
    tried: &[Reading],
    notices: &mut BTreeMap<String, Notice>,
) -> (Vec<Policy>, Vec<Case>) {
    let (mut policies, mut cases) = (Vec::new(), Vec::new());
    let mut unset: Vec<&Reading> = tried.iter().collect();
    let mut offered: Vec<String> = Vec::new();
    for slug in reader.folders("data/policies") {
        let folder = format!("data/policies/{slug}");
        let notice = reader.required(&format!("{folder}/policy.md")).and_then(|file| reader.notice(file));
        let tree = reader.required(&format!("{folder}/rules.yaml")).and_then(|file| reader.tree(file));
        if let Some(notice) = &notice {
            notices.insert(slug.clone(), notice.clone());
        }
        let (Some(notice), Some(mut tree)) = (notice, tree) else { continue };
        if !tried.is_empty() {
            offered.extend(readings::open(&mut tree).iter().map(ToString::to_string));
            unset.retain(|reading| !readings::set(&mut tree, reading));
        }
        let quotes = quotes::take(&mut tree);
        let Some(mut rules) = reader.decode::<Rules>(&tree) else { continue };
        rules.quotes = quotes;
        rules.name_catalogues(register);
        binding::note_figures(&mut rules, &tree);
        let (parsed, _) = markdown::parse(&notice.text, Ground::File(notice.file, notice.offset));
        let slug_of = slug.clone();
        let policy = Policy {
            slug,
            title: notice.head.title.value.clone(),
            number: notice.head.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            day: notice.head.dated,
            outline: Outline::of(&parsed.body),
            rules,
        };
        reader.report.absorb(binding::bind(&policy));
        reader.report.absorb(quotes::check(&policy));
        reader.report.absorb(names::check_names(&policy, register));
        reader.report.absorb(soundness::check_soundness(&policy));
        let of = policy.slug.clone();
        if let Some(notice) = notices.get_mut(&slug_of) {
            // A policy's page says when its time is over, whether or not its text has a key for it.
            let place = notice.head.title.place;
            let publication =
                notice.head.publication.get_or_insert_with(|| Located { value: PublicationEntry::default(), place });
            publication.value.expires = publication.value.expires.or(Some(policy.last_day()));
        }
        policies.push(policy);
        let path = format!("{folder}/cases.yaml");
        let tree = reader.exists(&path).then(|| reader.required(&path)).flatten().and_then(|file| reader.tree(file));
        let found: Option<Cases> = tree.and_then(|mut tree| {
            Cases::normalise(&mut tree, &register.schema);
            reader.decode(&tree)
        });
        if let Some(found) = found {
            cases.extend(found.cases.into_iter().map(|case| case.of_policy(&of)));
        }
    }
    reader.report.absorb(versions::check_versions(&policies));
    reader.report.absorb(declared::check_declared(&policies, register));
    for Reading { of, question, choice } in unset {
        let of = of.as_deref().map(|of| format!("{of}.")).unwrap_or_default();
        let message = format!("没有“{of}{question}={choice}”这种理解");
        let help = format!("可以换的有：\n{}", offered.join("\n"));
        reader.report.push(Diagnostic::error(Code::Reading, message).help(help));
    }
    (policies, cases)
}

/// What a declaration or the ledger names must be one rule, or one clause, of one policy.
/// The set phrases of official language, which no title parts (`templates/phrases.yaml`).
fn phrases(reader: &mut Reader<'_>, templates: &BTreeMap<String, FileId>) -> Vec<String> {
    let lists: Option<BTreeMap<String, Vec<String>>> =
        templates.get("phrases.yaml").and_then(|file| reader.yaml(*file));
    lists.unwrap_or_default().into_values().flatten().collect()
}

fn check_declared_clauses(register: &Register, policies: &[Policy], report: &mut Report) {
    let others = register.declarations.values().flatten().flat_map(|declaration| &declaration.other_policies);
    let booked = register.ledger.values().flatten();
    let reduced = register.reductions.values().flatten().flat_map(Reduction::clauses);
    let named = others.map(OtherPolicy::clause).chain(booked.map(LedgerEntry::clause)).chain(reduced);
    for finding in named.filter_map(|named| unclear(&named, policies)) {
        report.push(finding);
    }
}

impl Reader<'_> {
    fn notice(&mut self, file: FileId) -> Option<Notice> {
        let source = self.sources.get(file)?;
        let _doing = doing(format!("读 {} ", source.path()));
        let (notice, found) = Notice::read(file, source);
        self.report.absorb(found);
        notice
    }

    /// A year that the years before and after it have, and that is not there itself, was lost: what was paid in it would be paid
    /// again.
    fn gaps<'y>(&mut self, folder: &str, years: impl Iterator<Item = &'y Located<Year>>) {
        // What lies there and could not be read was told already.
        let told = self.is_faulty(folder);
        let years: BTreeMap<Year, Place> = years.map(|year| (year.value, year.place)).collect();
        let lost = years.iter().zip(years.keys().skip(1)).filter(|((one, _), next)| next.0 > one.0 + 1 && !told);
        for ((one, place), _) in lost {
            let message = format!("没有 {folder}/{}.yaml，可是前后的年度都有", one.0 + 1);
            let help = "从备份恢复它；那一年确实没有的，放一个只写年度、内容为空的文件";
            self.report.push(Diagnostic::error(Code::File, message).at(*place).help(help));
        }
    }

    /// Whether anything is wrong with what lies in a folder.
    fn is_faulty(&self, folder: &str) -> bool {
        self.report.findings().iter().any(|finding| {
            let source = finding.place.and_then(|place| self.sources.get(place.file));
            finding.severity == Severity::Error && source.is_some_and(|source| source.path().starts_with(folder))
        })
    }

    fn tree(&mut self, file: FileId) -> Option<yaml::Node> {
        let source = self.sources.get(file)?;
        let _doing = doing(format!("读 {} ", source.path()));
        let (tree, found) = yaml::parse(file, source.text());
        self.report.absorb(found);
        self.report.extend(tree.iter().flat_map(|tree| unseen::escaped(tree, source.text())));
        tree
    }

    fn decode<T: DeserializeOwned>(&mut self, tree: &yaml::Node) -> Option<T> {
        let (value, found) = yaml::decode(tree);
        self.report.absorb(found);
        value
    }

    fn yaml<T: DeserializeOwned>(&mut self, file: FileId) -> Option<T> {
        let tree = self.tree(file)?;
        self.decode(&tree)
    }

    /// A file that need not be there.
    fn optional<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let file = self.exists(path).then(|| self.required(path)).flatten()?;
        self.yaml(file)
    }

    /// The declarations, each in the form that the schema gives it.
    fn declarations(&mut self, schema: &Schema) -> Vec<(String, DeclarationYear)> {
        let mut years = Vec::new();
        for (stem, file) in self.folder("data/declarations", "yaml") {
            let Some(mut tree) = self.tree(file) else { continue };
            schema.normalise_year(&mut tree);
            years.extend(self.decode(&tree).map(|year| (stem, year)));
        }
        years
    }

    fn yaml_folder<T: DeserializeOwned>(&mut self, folder: &str) -> Vec<(String, T)> {
        let files = self.folder(folder, "yaml");
        files.into_iter().filter_map(|(stem, file)| Some((stem, self.yaml(file)?))).collect()
    }

    /// Everything in the files of a folder that is as long as a 统一社会信用代码, whatever else is wrong with what stands around it.
    fn codes_in(&self, folder: &str) -> BTreeSet<String> {
        let texts = self.sources.iter().filter(|source| source.path().starts_with(folder)).map(Source::text);
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
        words.filter(|word| word.len() == 18).map(str::to_owned).collect()
    }

    /// The templates of the program, each replaced by the workspace's own where it has one.
    fn templates(&mut self) -> BTreeMap<String, FileId> {
        let mut templates = BTreeMap::new();
        for (path, bytes) in assets::templates() {
            if let Ok(text) = std::str::from_utf8(&bytes) {
                templates.insert(path.clone(), self.sources.add(Source::new(format!("templates/{path}"), text)));
            }
        }
        for (path, file) in self.tree_of_texts("templates") {
            templates.insert(path, file);
        }
        templates
    }

    /// The faces of the program, each replaced by the workspace's own where it has one.
    fn fonts(&mut self) -> BTreeMap<String, FaceFile> {
        let mut fonts: BTreeMap<_, _> = assets::fonts().collect();
        fonts.extend(self.pictures("fonts").into_iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("fonts/")?.to_owned();
            Some((name, FaceFile::Own(bytes.into())))
        }));
        fonts
    }
}
