//! What calamine does not tell of a sheet: which rows and columns are hidden.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::package::Package;

/// The rows and columns of a sheet that are not shown.
pub(super) type Hidden = (BTreeSet<u32>, BTreeSet<u32>);

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn elements(text: &str, mut see: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => see(element.local_name().as_ref(), &element),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// The part of each sheet, by its name.
fn parts(package: &mut Package<'_>) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    elements(&package.text("xl/_rels/workbook.xml.rels").unwrap_or_default(), |name, element| {
        if let ("Relationship", Some(id), Some(target)) = (name, attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, target);
        }
    });
    let mut parts = BTreeMap::new();
    elements(&package.text("xl/workbook.xml").unwrap_or_default(), |name, element| {
        let relation = element.attributes().flatten().find(|one| one.key.as_ref().ends_with(":id"));
        let relation =
            relation.and_then(|one| Some(one.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned()));
        if let ("sheet", Some(name), Some(target)) =
            (name, attribute(element, "name"), relation.and_then(|id| targets.get(&id)))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            parts.insert(name, part);
        }
    });
    parts
}

/// What is hidden on each sheet, by its name.
pub(super) fn hidden(package: &mut Package<'_>) -> BTreeMap<String, Hidden> {
    let parts = parts(package);
    parts.into_iter().filter_map(|(name, part)| Some((name, hidden_in(&package.text(&part)?)))).collect()
}

fn hidden_in(text: &str) -> Hidden {
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    let mut last = 0;
    let is_hidden =
        |element: &BytesStart<'_>| attribute(element, "hidden").is_some_and(|word| word == "1" || word == "true");
    elements(text, |name, element| match name {
        "col" if is_hidden(element) => {
            let bound = |name| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
            if let (Some(min), Some(max)) = (bound("min"), bound("max")) {
                columns.extend(min.saturating_sub(1)..max.min(16_384));
            }
        }
        "row" => {
            last = attribute(element, "r").and_then(|text| text.parse::<u32>().ok()).unwrap_or(last + 1);
            if is_hidden(element) {
                rows.insert(last.saturating_sub(1));
            }
        }
        _ => {}
    });
    (rows, columns)
}
