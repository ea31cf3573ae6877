//! `hongtou compare` — two editions of a catalogue, in the workspace or in a table, or two versions of a document: what was added, changed, removed.

use std::path::Path;

use similar::{ChangeTag, DiffTag, TextDiff};

use super::arguments::{Common, Compare, FindingFormat};
use super::import::kind::named_catalogue;
use super::import::{columns, read};
use super::opened::Opened;
use super::{Ending, Failure, documents, findings, listing, print, render};
use crate::exchange::compared::{Difference, Edition, differences, sheet};
use crate::exchange::kinds::Ground;
use crate::exchange::kinds::catalogues::{self, Edition as Taken};
use crate::exchange::table::Mapping;
use crate::exchange::workbook;
use crate::grid::{Column, Datum, Grid, Shape};
use crate::project::is_there;

/// What files of tables end in.
const TABLES: [&str; 5] = ["xlsx", "xlsm", "xls", "ods", "csv"];

pub(super) fn run(common: &Common, options: &Compare) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let project = &opened.project;
    let known = |asked: &str| project.register.catalogues.contains_key(asked) && !asked.contains('@');
    let ending = |asked: &str| Path::new(asked).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    // A table that is not there is asked for as a table all the same.
    let is_table = |asked: &str| {
        ending(asked).is_some_and(|ending| TABLES.contains(&ending.as_str()) || is_there(Path::new(asked)))
    };
    if [&options.old, &options.new].into_iter().all(|asked| known(asked) || is_table(asked)) {
        return editions(&opened, options);
    }
    let (old, new) = (version(&opened, &options.old)?, version(&opened, &options.new)?);
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&old, &new);
    let same = diff.ops().iter().all(|op| op.tag() == DiffTag::Equal);
    if let Some(path) = options.output.as_ref().filter(|_| !same) {
        listing::write(
            &opened,
            path,
            &lines(&format!("文字比较\n（旧：{}；新：{}）", options.old, options.new), &diff),
        )?;
        return Ok(Ending::Fine);
    }
    let mut count = 0;
    for change in diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal) {
        count += 1;
        let mark = if change.tag() == ChangeTag::Delete { '-' } else { '+' };
        print::out(&format!("{mark} {}", change.value()));
    }
    print::error(&if count == 0 { "两版的文字一样".to_owned() } else { format!("{count}行不同") });
    Ok(Ending::Fine)
}

/// The lines that are different, the old ones beside the new ones that stand in their place.
fn lines(title: &str, diff: &TextDiff<'_, '_, '_, str>) -> Grid {
    let mut rows = Vec::new();
    for op in diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
        let of = |tag: ChangeTag| {
            let lines = diff.iter_changes(op).filter(move |change| change.tag() == tag);
            lines.map(|change| change.value().to_owned()).collect::<Vec<_>>()
        };
        let (old, new) = (of(ChangeTag::Delete), of(ChangeTag::Insert));
        rows.extend((0..old.len().max(new.len())).map(|at| {
            let cell = |lines: &[String]| lines.get(at).map(Datum::text).unwrap_or_default();
            vec![cell(&old), cell(&new)]
        }));
    }
    Grid {
        name: "比较".to_owned(),
        title: title.to_owned(),
        columns: ["原来的文字", "现在的文字"].map(|head| Column::new(head, Shape::Long)).to_vec(),
        rows,
        ..Grid::default()
    }
}

/// The words of a document: as it is now, or of one of its versions (公文@2).
fn version(opened: &Opened, asked: &str) -> Result<Vec<String>, Failure> {
    let project = &opened.project;
    let (name, number) = asked.split_once('@').map_or((asked, None), |(name, number)| (name, Some(number)));
    let slug = documents::named(project, name)?;
    if let Some(number) = number {
        let frozen = number.parse().ok().and_then(|number| project.record.version(&slug, number));
        let document = frozen.and_then(|frozen| frozen.document.as_ref());
        let document = document.ok_or_else(|| Failure::Unknown(format!("“{slug}”没有第{number}版")))?;
        return Ok(document.words());
    }
    let (workshop, mut report) = opened.workshop();
    match render::drafted(project, &workshop, &slug, &mut report)? {
        Some(made) => Ok(made.document.words()),
        None => {
            findings::show(&mut report, &project.sources, FindingFormat::Text);
            Err(Failure::Other(format!("“{slug}”有错误，不能比较")))
        }
    }
}

fn editions(opened: &Opened, options: &Compare) -> Result<Ending, Failure> {
    let project = &opened.project;
    let named = [&options.old, &options.new].into_iter().find(|asked| project.register.catalogues.contains_key(*asked));
    let like = options.of.as_deref().or(named.map(String::as_str));
    let (_, like) = named_catalogue(project, like)?;
    let heads = columns::heads(project)?;
    let edition = |asked: &str| -> Result<Edition, Failure> {
        if let Some(catalogue) = project.register.catalogues.get(asked) {
            return Ok(Edition::of(catalogue));
        }
        let name = Path::new(asked).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = read(Path::new(asked), &name)?;
        let workbook = workbook::open(&name, &bytes).map_err(|error| Failure::Other(format!("{name}：{error}")))?;
        let mapping = Mapping::new();
        let ground = Ground { register: &project.register, heads: &heads, mapping: &mapping };
        let taken = Taken { of: "", name: Some(""), from: None, repair: options.repair };
        let intake = catalogues::read(&workbook, &ground, like, taken, "");
        for finding in &intake.findings {
            let at = finding.at.as_ref().map(ToString::to_string).unwrap_or_default();
            print::error(&format!("{name} {at}：{}", finding.diagnostic.message));
        }
        let values = |at: usize| {
            intake
                .targets
                .get(at)
                .into_iter()
                .flat_map(|target| &target.records)
                .map(|record| &record.value)
                .collect::<Vec<_>>()
        };
        let (more, records) = (values(0), values(1));
        if records.is_empty() {
            return Err(Failure::Other(format!("{name} 里没有认出目录的条目")));
        }
        Ok(Edition::read(&Edition::of(like), &more, &records))
    };
    let found = differences(&edition(&options.old)?, &edition(&options.new)?);
    let Some(path) = options.output.as_ref().filter(|_| !found.is_empty()) else {
        found.iter().for_each(told);
        print::error(&if found.is_empty() { "两版一样".to_owned() } else { format!("{}处不同", found.len()) });
        return Ok(Ending::Fine);
    };
    let name = |asked: &str| Path::new(asked).file_name().map(|name| name.to_string_lossy().into_owned());
    let [old, new] = [&options.old, &options.new].map(|asked| name(asked).unwrap_or_default());
    let title = format!("{}\n两版比较（旧：{old}；新：{new}）", like.name.value);
    listing::write(opened, path, &sheet(&title, &found))?;
    Ok(Ending::Fine)
}

fn told(one: &Difference) {
    let head = [one.what, &one.id, &one.name, &one.field];
    print::out(&head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  "));
    for (mark, text) in [("-", &one.old), ("+", &one.new)] {
        if !text.is_empty() {
            print::out(&format!("   {mark} {text}"));
        }
    }
}
