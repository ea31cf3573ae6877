//! 列表 — a sheet as something to read: printed (PDF) or as a page (HTML); everything else that a sheet can be is a file of cells.

use std::collections::BTreeMap;
use std::path::Path;

use super::destination::{write_sheets, write_to};
use super::opened::Opened;
use super::{Failure, findings, print, render};
use crate::build::Shelves;
use crate::diag::Report;
use crate::document::{Align, Article, Block, Cell, Column, Row, Status, Table, inlines};
use crate::draft::lists::listing;
use crate::grid::{Grid, Shape};
use crate::site::Articles;

/// What a listing is called in addresses; nobody sees it.
const NAME: &str = "liebiao";

/// Writes a sheet as what the ending of its file says.
pub(super) fn write(opened: &Opened, path: &Path, grid: &Grid) -> Result<(), Failure> {
    let root = &opened.project.root;
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (workshop, _) = opened.workshop();
    let mut report = Report::default();
    let bytes = match ending.as_str() {
        "pdf" => {
            let office = &opened.project.office.name;
            let document = listing(NAME, grid.title.lines().map(str::to_owned).collect(), office, vec![table(grid)]);
            let (printed, found) = workshop.printed(document);
            report.absorb(found);
            printed.map(|printed| printed.pdf)
        }
        "html" | "htm" => {
            let article = Article {
                path: NAME.to_owned(),
                column: String::new(),
                status: Status::Final,
                published: None,
                title: grid.title.replace('\n', ""),
                facts: Vec::new(),
                crumbs: Vec::new(),
                body: vec![table(grid)],
                downloads: Vec::new(),
                grants: Vec::new(),
            };
            let shelves = Shelves {
                notices: &[],
                datasets: &[],
                articles: Articles::of(std::slice::from_ref(&article)),
                files: &BTreeMap::new(),
                kept: false,
            };
            let (page, found) = render::page_at(&workshop, &shelves, &format!("{NAME}/index.html"));
            report.absorb(found);
            Some(page)
        }
        _ => return write_sheets(root, path, std::slice::from_ref(grid)),
    };
    let Some(bytes) = bytes.filter(|_| !report.has_errors()) else {
        findings::show(&mut report, &opened.project.sources, super::arguments::FindingFormat::Text);
        return Err(Failure::Other(format!("{} 印不成，没有写", path.display())));
    };
    write_to(root, path, &bytes)?;
    print::error(&format!("写入 {}：{}行", path.display(), grid.rows.len()));
    Ok(())
}

/// The sheet as a table of a document.
fn table(grid: &Grid) -> Block {
    let columns = grid.columns.iter().map(|column| {
        let align = match column.shape {
            Shape::Amount | Shape::Count => Align::Right,
            Shape::Text | Shape::Long | Shape::Day => Align::Left,
        };
        Column::new(inlines(&column.head), align)
    });
    let rows = grid.rows.iter().map(|row| {
        let cells = row.iter().map(|datum| Cell::from(inlines(&datum.shown())));
        Row::new(cells.collect(), false)
    });
    Block::Table(Table {
        caption: None,
        unit: None,
        columns: columns.collect(),
        rows: rows.collect(),
        landscape: false,
    })
}
