//! 列 — which column is which item: by the heads that are known, and by what a person said once (`--map`), kept in `data/imports/`.

use super::super::Failure;
use super::super::arguments::{Import, ImportKind};
use super::kind;
use crate::diag::Report;
use crate::disk::{make_folders, write_file};
use crate::exchange::form::{Field, Heads};
use crate::exchange::head::Head;
use crate::exchange::intake::Intake;
use crate::exchange::kinds::Ground;
use crate::exchange::table::Mapping;
use crate::exchange::workbook::Workbook;
use crate::project::{Project, is_there, read_text};
use crate::source::{FileId, Source};
use crate::yaml;

/// The heads that are known, by kind of table.
const HEADS: &str = "imports.yaml";

/// How the columns of a file are understood.
pub(super) struct Columns {
    /// What its tables are.
    pub(super) kind: ImportKind,
    heads: Heads,
    mapping: Mapping,
}

/// The heads that a workspace knows.
pub(in crate::cli) fn heads(project: &Project) -> Result<Heads, Failure> {
    let source = project.templates.get(HEADS).and_then(|file| project.sources.get(*file));
    source.map_or_else(|| Ok(Heads::default()), readable)
}

impl Columns {
    /// What is known of the columns of a workbook, and what a person says of them now.
    pub(super) fn of(project: &Project, workbook: &Workbook, options: &Import, file: &str) -> Result<Self, Failure> {
        let heads = heads(project)?;
        let kind = kind::named(options)?.or_else(|| kind::guess(workbook, project, &heads)).ok_or_else(|| {
            Failure::Other(format!(
                "看不出 {file} 是什么表；写明 --as 申报、企业、目录、台账 或 放假，列名特别的再写 --map 列=项"
            ))
        })?;
        let mut columns = Self { kind, heads, mapping: Mapping::new() };
        let path = columns.path();
        let place = project.root.join(&path);
        if is_there(&place) {
            columns.mapping = readable(&Source::new(&path, read_text(&place)?))?;
        }
        for pair in &options.mapping {
            let (column, item) = pair
                .split_once(['=', '＝'])
                .ok_or_else(|| Failure::Other(format!("--map {pair} 应写作 列=项，如 --map 产品全称=产品.名称")))?;
            columns.mapping.insert(column.trim().to_owned(), item.trim().to_owned());
        }
        let form = kind::form(project, kind, &columns.ground(project), options)?;
        if let Some((column, item)) = columns.mapping.iter().find(|(_, item)| form.named(item).is_none()) {
            let known: Vec<String> = form.fields.iter().map(Field::name).collect();
            let place = if options.mapping.iter().any(|pair| pair.contains(item)) { "--map" } else { path.as_str() };
            let known = known.join("、");
            return Err(Failure::Other(format!("{place} 里“{column}”是“{item}”，没有这一项；可以写：{known}")));
        }
        Ok(columns)
    }

    /// What tables are read with.
    pub(super) fn ground<'a>(&'a self, project: &'a Project) -> Ground<'a> {
        Ground { register: &project.register, heads: &self.heads, mapping: &self.mapping }
    }

    /// Where what a person said is kept.
    fn path(&self) -> String {
        format!("data/imports/{}.yaml", kind::name(self.kind))
    }

    /// Keeps what was said for the next time: by heads, for letters change from table to table.
    pub(super) fn keep(&self, project: &Project, options: &Import) -> Result<(), Failure> {
        let is_letter = |column: &str| column.len() <= 3 && column.bytes().all(|b| b.is_ascii_uppercase());
        let lasting: Vec<_> = self.mapping.iter().filter(|(column, _)| !is_letter(column)).collect();
        if options.mapping.is_empty() || lasting.is_empty() {
            return Ok(());
        }
        let place = project.root.join(self.path());
        let mut text =
            String::from("# 导入时说明过的列：表头写的 → data/ 里的项；由 hongtou import --map 写，可以改。\n");
        for (column, item) in lasting {
            text.push_str(&format!("{}: {}\n", yaml::scalar(column), yaml::scalar(item)));
        }
        if let Some(folder) = place.parent() {
            make_folders(folder)?;
        }
        Ok(write_file(&place, text.as_bytes())?)
    }
}

/// Whether each column that a person named now is there.
pub(super) fn check_named(intake: &Intake, options: &Import) -> Result<(), Failure> {
    let is_there = |said: &str| {
        let letter = format!("!{said}列");
        let words = Head::of(said).words;
        intake.understood.iter().any(|column| {
            column.head == said || column.column.ends_with(&letter) || Head::of(&column.head).words == words
        })
    };
    let said = options.mapping.iter().filter_map(|pair| pair.split_once(['=', '＝'])).map(|(column, _)| column.trim());
    let lacking: Vec<&str> = said.filter(|column| !is_there(column)).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let known: Vec<&str> = intake.understood.iter().map(|column| column.head.as_str()).collect();
    Err(Failure::Unknown(format!("表里没有“{}”这一列；有的是：{}", lacking.join("”“"), known.join("、"))))
}

/// A file of columns, which is right or is not used.
fn readable<T: serde::de::DeserializeOwned>(source: &Source) -> Result<T, Failure> {
    let (read, found): (Option<T>, Report) = yaml::read(FileId(0), source);
    read.filter(|_| !found.has_errors()).ok_or_else(|| {
        let first = found.findings().first();
        let line =
            first.and_then(|finding| finding.place).map_or(1, |place| source.line_column(place.start as usize).0);
        let message = first.map(|finding| finding.message.as_str()).unwrap_or_default();
        Failure::Other(format!("{} 第{line}行：{message}；改正它，或删去这个文件", source.path()))
    })
}
