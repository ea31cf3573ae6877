//! What calamine does not tell of a sheet: which part it is, which rows and columns are hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::Package;
use super::super::relations;
use super::super::tags::{Tag, tags};

/// The part that says which sheets there are.
pub(in super::super) const WORKBOOK: &str = "xl/workbook.xml";

/// The rows and columns of a sheet that are not shown.
pub(super) type Hidden = (BTreeSet<u32>, BTreeSet<u32>);

/// The part of each sheet, by its name.
pub(in super::super) fn parts(package: &mut Package<'_>) -> BTreeMap<String, String> {
    let relations = relations::of(package, WORKBOOK);
    let text = package.text(WORKBOOK).unwrap_or_default();
    let sheets = tags(&text).filter(|tag| tag.begins() && tag.name() == "sheet");
    let part = |tag: Tag<'_>| {
        let (name, id) = (tag.attribute("name")?, tag.attribute("id")?);
        Some((name, relations.iter().find(|relation| relation.id == id)?.part.clone()))
    };
    sheets.filter_map(part).collect()
}

/// What is hidden on each sheet, by its name.
pub(super) fn hidden(package: &mut Package<'_>) -> BTreeMap<String, Hidden> {
    let parts = parts(package);
    parts.into_iter().filter_map(|(name, part)| Some((name, hidden_in(&package.text(&part)?)))).collect()
}

fn hidden_in(text: &str) -> Hidden {
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    let mut last = 0;
    for tag in tags(text).filter(Tag::begins) {
        match tag.name() {
            "col" if tag.flag("hidden") => {
                if let (Some(min), Some(max)) = (tag.number("min"), tag.number("max")) {
                    columns.extend(min.saturating_sub(1)..max.min(16_384));
                }
            }
            "row" => {
                last = tag.number("r").unwrap_or(last + 1);
                if tag.flag("hidden") {
                    rows.insert(last.saturating_sub(1));
                }
            }
            _ => {}
        }
    }
    (rows, columns)
}
