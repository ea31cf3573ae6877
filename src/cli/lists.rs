//! `hongtou lists` — the lists that are kept of enterprises: who is on them on a day; whom the clause that fills a list would add.

use std::path::PathBuf;

use super::arguments::{Common, Lists, SheetFormat};
use super::destination::{format_of, say, write_sheets};
use super::table::{Align, table};
use super::{Ending, Failure};
use crate::award::{Outcome, assess};
use crate::calendar::{Day, Year};
use crate::diag::nearest;
use crate::followup::sheets;
use crate::project::Project;
use crate::register::Listing;

pub(super) fn run(common: &Common, options: &Lists) -> Result<Ending, Failure> {
    let mut opened = common.open(&[])?;
    opened.show();
    let project = &opened.project;
    let format = format_of(&project.root, options.format, options.output.as_deref(), SheetFormat::Table)?;
    if format == SheetFormat::Xlsx {
        let asked = options.name.as_deref();
        let asked = asked.ok_or_else(|| Failure::Unknown("写成 Excel 的，写明哪一个名单".to_owned()))?;
        let listing = named(project, asked)?;
        if options.propose.is_some() {
            return Err(Failure::Unknown("提出列入的企业写成可以加进名单的文字，不写成 Excel".to_owned()));
        }
        let path = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", listing.name.value)));
        write_sheets(&project.root, &path, &[sheets::listing(listing, &project.register, opened.on)])?;
        return Ok(Ending::of(&opened.report));
    }
    let text = match (&options.name, options.propose) {
        (None, _) => overview(project, opened.on),
        (Some(name), None) => members(project, named(project, name)?, opened.on),
        (Some(name), Some(year)) => proposed(project, named(project, name)?, year, opened.on)?,
    };
    say(&project.root, options.output.as_ref(), &text)?;
    Ok(Ending::of(&opened.report))
}

/// The list of a file's name or of its own.
fn named<'p>(project: &'p Project, asked: &str) -> Result<&'p Listing, Failure> {
    let listings = &project.register.listings;
    let own = || listings.values().find(|listing| listing.name.value == asked);
    listings.get(asked).or_else(own).ok_or_else(|| {
        let near = nearest(asked, listings.keys().map(String::as_str));
        let hint = near.map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        Failure::Unknown(format!("没有名单“{asked}”{hint}\n全部名单：hongtou lists"))
    })
}

fn overview(project: &Project, on: Day) -> String {
    let rows: Vec<Vec<String>> = project
        .register
        .listings
        .iter()
        .map(|(stem, listing)| {
            let of = match (&listing.title, listing.graded) {
                (Some(title), _) => format!("称号：{}", title.value),
                (None, Some(year)) => format!("{}年亩均评价", year.value),
                (None, None) => String::new(),
            };
            vec![stem.clone(), listing.name.value.clone(), of, listing.on(on).count().to_string()]
        })
        .collect();
    let head = [("名单", Align::Left), ("名称", Align::Left), ("用作", Align::Left), ("在册", Align::Right)];
    table(&head, &rows)
}

fn members(project: &Project, listing: &Listing, on: Day) -> String {
    let name = |entry: &crate::register::Listed| {
        let enterprise = project.register.enterprise(entry.enterprise.value);
        enterprise.map(|enterprise| enterprise.name.value.clone()).unwrap_or_default()
    };
    let rows: Vec<Vec<String>> = listing
        .entries
        .iter()
        .map(|entry| {
            vec![
                name(entry),
                entry.grade.as_ref().map(|grade| grade.value.clone()).unwrap_or_default(),
                entry.from.value.iso(),
                entry.last().map(Day::iso).unwrap_or_default(),
                if entry.holds(on) { "在册".to_owned() } else { entry.reason.clone().unwrap_or_default() },
                entry.document.value.clone(),
            ]
        })
        .collect();
    let head = ["企业", "等级", "列入", "到", "现在", "文件"].map(|name| (name, Align::Left));
    format!("{}\n\n{}\n\n{on}在册{}家", listing.name.value, table(&head, &rows), listing.on(on).count())
}

/// The lines that would put those on a list whom its clause lists for a year and who are not on it.
fn proposed(project: &Project, listing: &Listing, year: Year, on: Day) -> Result<String, Failure> {
    let basis = listing.basis.as_ref().ok_or_else(|| {
        Failure::Unknown(format!("名单“{}”没有写依据哪个政策的哪个条款，不能由它提出", listing.name.value))
    })?;
    let assessments = assess(&project.register, &project.policies, year);
    let fits = assessments.iter().filter(|one| {
        one.outcome == Outcome::Listed
            && one.policy.slug == basis.policy.value
            && one.rule.clause.value == basis.clause.value
    });
    let code = |one: &&crate::award::Assessment<'_>| one.enterprise.code.value;
    let new = fits.filter(|one| !listing.on(on).any(|entry| entry.enterprise.value == code(one)));
    let lines: Vec<String> = new
        .map(|one| {
            let (code, name) = (one.enterprise.code.value, &one.enterprise.name.value);
            let before = listing.entries.iter().rfind(|entry| entry.enterprise.value == code);
            let before = before.and_then(|entry| Some((entry.last()?.tomorrow(), entry.reason.as_deref()?)));
            let before = before.map(|(left, reason)| format!("，{left}退出：{reason}")).unwrap_or_default();
            format!("  - {{ 企业: {code}, 列入: {}, 文件: 待填 }}   # {name}{before}", on.iso())
        })
        .collect();
    Ok(if lines.is_empty() {
        format!("{year}年度符合条款{}的企业都在“{}”里", basis.clause.value, listing.name.value)
    } else {
        format!(
            "# {year}年度符合条款{}、还不在“{}”里的：择优以后加进“条目”\n{}",
            basis.clause.value,
            listing.name.value,
            lines.join("\n")
        )
    })
}
