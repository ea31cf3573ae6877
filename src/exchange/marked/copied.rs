//! 原样 — the very file with coloured cells, notes on them and one more sheet.

use std::collections::BTreeMap;

use super::cells::{Cell, Columns, coloured};
use super::fault::{Fault, Noted};
use super::list::list;
use super::notes::{drawn, noted};
use super::parts::Parts;
use super::styles::Styles;
use crate::diag::Severity;
use crate::exchange::package::Package;
use crate::exchange::tags::{Edited, element, escaped, tags};
use crate::exchange::workbook::sheet_xml::{self, WORKBOOK};

/// What parts are, as packages say it.
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// What follows the drawing of notes in a sheet.
const BEHIND_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The copy; `None` of what is no .xlsx or is packed in a way that Excel does not.
pub(super) fn copied(
    bytes: &[u8],
    list_name: &str,
    faults: &BTreeMap<String, BTreeMap<Cell, Noted>>,
    all: &[Fault],
) -> Option<Vec<u8>> {
    let package = Package::open(bytes).ok().filter(|package| package.has(WORKBOOK))?;
    // A sheet of macros is one of the workbook's sheets: without it there is no such workbook.
    if package.names().any(|name| name.starts_with("xl/macrosheets/")) {
        return None;
    }
    let mut parts = Parts::of(package);
    let sheets = sheet_xml::parts(parts.package());
    let relations = parts.relations(WORKBOOK);
    // Packages of the strict kind call all relations otherwise.
    let kinds = relations.iter().find(|one| one.is("worksheet"))?.kind.strip_suffix("worksheet")?.to_owned();
    let known = relations.iter().find(|one| one.is("styles")).map(|one| one.part.clone());
    let styles_part = known.clone().unwrap_or_else(|| "xl/styles.xml".to_owned());
    let mut copy = Copy { styles: Styles::of(parts.text(&styles_part))?, kinds, parts, block: 0 };

    for (name, faults) in faults {
        copy.sheet(sheets.get(name)?, faults)?;
    }
    copy.list(list_name, all)?;

    let Copy { mut parts, styles, kinds, .. } = copy;
    parts.put(&styles_part, styles.done()?);
    if known.is_none() {
        parts.relate(WORKBOOK, &format!("{kinds}styles"), &styles_part)?;
        parts.declare(&styles_part, &format!("{SPREADSHEET}styles+xml"))?;
    }
    // What ends in .xlsx may hold no macros and be no template, and what was signed is another file now.
    parts.drop_from(WORKBOOK, |name| name.starts_with("xl/vba") || name.starts_with("xl/_rels/vba"))?;
    parts.drop_from("", |name| name.starts_with("_xmlsignatures/"))?;
    parts.retype(WORKBOOK, &format!("{SPREADSHEET}sheet.main+xml"))?;
    parts.zipped()
}

struct Copy<'a> {
    parts: Parts<'a>,
    styles: Styles,
    /// What all kinds of relations begin with.
    kinds: String,
    /// How many blocks of numbers the boxes of notes have; a block is of 1,024.
    block: usize,
}

impl Copy<'_> {
    /// Colours the faulty cells of a sheet and puts notes on them.
    fn sheet(&mut self, part: &str, faults: &BTreeMap<Cell, Noted>) -> Option<()> {
        let text = self.parts.text(part)?;
        let columns = Columns::of(&text);
        let severities: BTreeMap<Cell, Severity> = faults.iter().map(|(cell, noted)| (*cell, noted.severity)).collect();
        let mut text = coloured(&text, &columns, &severities, &mut self.styles)?;
        let notes: BTreeMap<Cell, String> = faults.iter().map(|(cell, noted)| (*cell, noted.words.clone())).collect();

        let relations = self.parts.relations(part);
        let comments = relations.iter().find(|one| one.is("comments")).map(|one| one.part.clone());
        let namespace = tags(&text).next()?.namespace()?;
        let old = match &comments {
            Some(comments) => Some(self.parts.text(comments)?),
            None => None,
        };
        let (fresh, had) = noted(old, &namespace, &notes)?;
        let comments = match comments {
            Some(comments) => comments,
            None => {
                let comments = self.parts.unused("xl/comments", ".xml");
                self.parts.relate(part, &format!("{}comments", self.kinds), &comments)?;
                self.parts.declare(&comments, &format!("{SPREADSHEET}comments+xml"))?;
                comments
            }
        };
        self.parts.put(&comments, fresh);

        let drawing = element(&text, "legacyDrawing", 1).and_then(|found| found.first.attribute("id"));
        let drawing = drawing.and_then(|id| relations.iter().find(|one| one.id == id)).map(|one| one.part.clone());
        let old = match &drawing {
            Some(drawing) => Some(self.parts.text(drawing)?),
            None => None,
        };
        let boxes = notes.iter().filter(|(cell, _)| !had.contains(cell));
        let fresh = drawn(old, self.block + 1, &columns, boxes)?;
        self.block += notes.len() / 1024 + 1;
        let drawing = match drawing {
            Some(drawing) => drawing,
            None => {
                let drawing = self.parts.unused("xl/drawings/vmlDrawing", ".vml");
                let id = self.parts.relate(part, &format!("{}vmlDrawing", self.kinds), &drawing)?;
                self.parts.declare_ending("vml", DRAWING)?;
                text = with_drawing(&text, self.kinds.trim_end_matches('/'), &id)?;
                drawing
            }
        };
        self.parts.put(&drawing, fresh);
        self.parts.put(part, text);
        Some(())
    }

    /// Adds the sheet that lists all faults, as the last: names and views count sheets from the first.
    fn list(&mut self, name: &str, faults: &[Fault]) -> Option<()> {
        let text = self.parts.text(WORKBOOK)?;
        let root = tags(&text).next()?;
        let (namespace, declaration) = (root.namespace()?, root.declaration());
        let part = self.parts.unused("xl/worksheets/sheet", ".xml");
        self.parts.put(&part, list(faults, &namespace, &mut self.styles));
        self.parts.declare(&part, &format!("{SPREADSHEET}worksheet+xml"))?;
        let relation = self.parts.relate(WORKBOOK, &format!("{}worksheet", self.kinds), &part)?;
        let sheets = element(&text, "sheets", 1)?;
        let number = tags(&text).filter_map(|tag| tag.number("sheetId")).max().unwrap_or(0) + 1;
        let kinds = self.kinds.trim_end_matches('/');
        let fresh = format!(
            "<sheet{declaration} name=\"{}\" sheetId=\"{number}\" xmlns:r=\"{kinds}\" r:id=\"{relation}\"/>",
            escaped(name)
        );
        let mut edited = Edited::new(&text);
        edited.append(&sheets.first, sheets.last.as_ref(), &fresh);
        self.parts.put(WORKBOOK, edited.done());
        Some(())
    }
}

/// The sheet with its drawing named.
fn with_drawing(text: &str, kinds: &str, id: &str) -> Option<String> {
    let root = element(text, "worksheet", 0)?;
    let fresh = format!("<legacyDrawing{} xmlns:r=\"{kinds}\" r:id=\"{id}\"/>", root.first.declaration());
    let mut edited = Edited::new(text);
    let behind = tags(text).find(|tag| tag.depth == 1 && tag.begins() && BEHIND_DRAWING.contains(&tag.name()));
    match behind {
        Some(behind) => edited.insert(behind.place.start, fresh),
        None => edited.append(&root.first, root.last.as_ref(), &fresh),
    }
    Some(edited.done())
}
