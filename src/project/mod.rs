//! 工作区 — the only reader of files: the whole workspace, once, with places, into what the stages take.

mod files;
mod index_numbers;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::assets;
use crate::award::{Case, Cases};
use crate::calendar::{Calendar, HolidayYear, Year};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::Outline;
use crate::draft::Notice;
use crate::draft::markdown::{self, Ground};
use crate::pdf::{Faces, Settings};
use crate::policy::readings::{Reading, set};
use crate::policy::{Policy, Rules, binding, names, soundness, versions};
use crate::register::{Catalogue, Enterprise, Office, Register};
use crate::site::Identity;
use crate::source::{FileId, Place, Source, Sources};
use crate::yaml;

use files::Reader;

pub use files::{find_root, is_filled, is_there, read_text, stamp};
pub use index_numbers::{INDEX_NUMBERS, IndexNumbers, Numbering};

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
    /// Words that a title may not break inside of.
    pub words: Vec<String>,
    /// The working days.
    pub calendar: Calendar,
    /// The facts.
    pub register: Register,
    /// The policies.
    pub policies: Vec<Policy>,
    /// The cases by which the policies' rules are checked.
    pub cases: Vec<Case>,
    /// The notices, the policies' own texts among them, by slug.
    pub notices: BTreeMap<String, Notice>,
    /// 索引号 given so far.
    pub index_numbers: IndexNumbers,
    /// Layouts, notice templates, starters and page templates by their path below `templates/`.
    pub templates: BTreeMap<String, FileId>,
    /// The faces, by file name.
    pub fonts: BTreeMap<String, Cow<'static, [u8]>>,
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
    #[serde(rename = "词表", default)]
    words: Vec<String>,
}

impl Project {
    /// Reads the workspace. What cannot be read is found and left out; the rest stands.
    #[must_use]
    pub fn load(root: &Path, readings: &[Reading]) -> (Self, Report) {
        let mut reader = Reader::new(root);
        let office: Option<OfficeFile> = reader.required("data/office.yaml").and_then(|file| reader.yaml(file));
        let (office, identity, words) = match office {
            Some(file) => (file.office, Some(file.identity), file.words),
            None => (Office::default(), None, Vec::new()),
        };
        let page = reader.optional("data/layout.yaml").unwrap_or_default();
        let calendar =
            Calendar::new(reader.yaml_folder::<HolidayYear>("data/calendar").into_iter().map(|(_, year)| year));
        let enterprises: Vec<Enterprise> =
            reader.yaml_folder::<Vec<_>>("data/enterprises").into_iter().flat_map(|(_, list)| list).collect();
        let broken = reader.values_of("data/enterprises/", "统一社会信用代码");
        let declarations = reader.yaml_folder("data/declarations");
        let ledger = reader.yaml_folder("data/ledger");
        let catalogues = catalogues(&mut reader);
        let (register, found) = Register::new(
            enterprises,
            &broken,
            declarations.into_iter().map(|(_, year)| year).collect(),
            ledger.into_iter().map(|(_, year)| year).collect(),
            catalogues,
        );
        reader.report.absorb(found);
        let mut notices = BTreeMap::new();
        let (policies, cases) = policies(&mut reader, &register, readings, &mut notices);
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
        let (index_numbers, found) = IndexNumbers::new(reader.optional(INDEX_NUMBERS).unwrap_or_default());
        reader.report.absorb(found);
        index_numbers.hand_out(&mut notices, &mut reader.report);
        check_declared_clauses(&register, &policies, &mut reader.report);
        let templates = reader.templates();
        let faces = templates.get("layout/faces.yaml").and_then(|file| reader.yaml(*file));
        let fonts = reader.fonts();
        let pictures = reader.pictures("data/pictures");
        let Reader { sources, report, .. } = reader;
        let root = root.to_owned();
        (
            Self {
                root,
                sources,
                office,
                identity,
                words,
                calendar,
                register,
                policies,
                cases,
                notices,
                index_numbers,
                templates,
                fonts,
                page,
                faces,
                pictures,
            },
            report,
        )
    }

    /// The templates below a folder of `templates/`, by their path below it.
    pub fn templates_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, FileId, &'a Source)> {
        self.templates.iter().filter_map(move |(path, file)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name, *file, self.sources.get(*file)?))
        })
    }

    /// The years for which something was declared.
    pub fn years(&self) -> impl Iterator<Item = Year> {
        self.register.declarations.keys().copied()
    }
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
    readings: &[Reading],
    notices: &mut BTreeMap<String, Notice>,
) -> (Vec<Policy>, Vec<Case>) {
    let (mut policies, mut cases) = (Vec::new(), Vec::new());
    let mut unset: Vec<&Reading> = readings.iter().collect();
    for slug in reader.folders("data/policies") {
        let folder = format!("data/policies/{slug}");
        let notice = reader.required(&format!("{folder}/policy.md")).and_then(|file| reader.notice(file));
        let tree = reader.required(&format!("{folder}/rules.yaml")).and_then(|file| reader.tree(file));
        if let Some(notice) = &notice {
            notices.insert(slug.clone(), notice.clone());
        }
        let (Some(notice), Some(mut tree)) = (notice, tree) else { continue };
        unset.retain(|reading| !set(&mut tree, reading));
        let Some(mut rules) = reader.decode::<Rules>(&tree) else { continue };
        rules.name_catalogues(register);
        binding::note_figures(&mut rules, &tree);
        let (parsed, _) = markdown::parse(&notice.text, Ground::File(notice.file, notice.offset));
        let policy = Policy {
            slug,
            title: notice.head.title.value.clone(),
            number: notice.head.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            outline: Outline::of(&parsed.body),
            rules,
        };
        reader.report.absorb(binding::bind(&policy));
        reader.report.absorb(names::check_names(&policy, register));
        reader.report.absorb(soundness::check_soundness(&policy));
        policies.push(policy);
        if let Some(found) = reader.optional::<Cases>(&format!("{folder}/cases.yaml")) {
            cases.extend(found.cases);
        }
    }
    reader.report.absorb(versions::check_versions(&policies));
    for reading in unset {
        let clause = reading.clause.as_deref().map(|clause| format!("条款{clause}的规则里")).unwrap_or_default();
        let message = format!("{clause}没有写“{}”，不能换一种理解", reading.question);
        reader.report.push(Diagnostic::error(Code::Reading, message).help("先在 rules.yaml 里写明现在选的理解"));
    }
    (policies, cases)
}

/// A clause that a declaration or the ledger names must exist in some policy.
fn check_declared_clauses(register: &Register, policies: &[Policy], report: &mut Report) {
    let others = register
        .declarations
        .values()
        .flatten()
        .flat_map(|declaration| &declaration.other_policies)
        .map(|other| &other.clause);
    let granted = register.ledger.values().flatten().map(|grant| &grant.clause);
    for clause in others.chain(granted) {
        if !policies.iter().any(|policy| policy.outline.clause(&clause.value).is_some()) {
            let known: Vec<&str> = policies
                .iter()
                .flat_map(|policy| &policy.rules.rules)
                .map(|rule| rule.clause.value.0.as_str())
                .collect();
            let near = crate::diag::nearest(&clause.value.0, known.iter().copied());
            let help = near
                .map_or_else(|| format!("有规则的条款是：{}", known.join("、")), |near| format!("是不是“{near}”？"));
            report.push(
                Diagnostic::error(Code::Clause, format!("没有一项政策有条款“{}”", clause.value))
                    .at(clause.place)
                    .help(help),
            );
        }
    }
}

impl Reader<'_> {
    fn notice(&mut self, file: FileId) -> Option<Notice> {
        let source = self.sources.get(file)?;
        let (notice, found) = Notice::read(file, source);
        self.report.absorb(found);
        notice
    }

    fn tree(&mut self, file: FileId) -> Option<yaml::Node> {
        let source = self.sources.get(file)?;
        let (tree, found) = yaml::parse(file, source.text(), 0);
        self.report.absorb(found);
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

    fn yaml_folder<T: DeserializeOwned>(&mut self, folder: &str) -> Vec<(String, T)> {
        let files = self.folder(folder, "yaml");
        files.into_iter().filter_map(|(stem, file)| Some((stem, self.yaml(file)?))).collect()
    }

    /// Everything that is written under a key in the files of a folder, right or wrong.
    fn values_of(&self, folder: &str, key: &str) -> BTreeSet<String> {
        let lines = self
            .sources
            .iter()
            .filter(|source| source.path().starts_with(folder))
            .flat_map(|source| source.text().lines());
        let values = lines.filter_map(|line| {
            let value = line.trim_start_matches(['-', ' ']).strip_prefix(key)?.trim_start_matches([':', ' ']);
            Some(value.split(' ').next()?.trim_matches(['"', '\'']).to_owned())
        });
        values.collect()
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
    fn fonts(&mut self) -> BTreeMap<String, Cow<'static, [u8]>> {
        let mut fonts: BTreeMap<_, _> = assets::fonts().into_iter().collect();
        fonts.extend(self.pictures("fonts").into_iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("fonts/")?.to_owned();
            Some((name, Cow::Owned(bytes)))
        }));
        fonts
    }
}
