//! 位置 — where the elements of a document stand on its printed pages, in points.

use crate::pdf::{Drawing, Thing};

/// A run of text on a page.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    /// The page, from 0.
    pub(super) page: usize,
    /// Its left edge.
    pub(super) left: f64,
    /// Where its last character ends.
    pub(super) right: f64,
    /// Its base line, from the top of the sheet.
    pub(super) baseline: f64,
    /// Its size.
    pub(super) size: f64,
    /// How far it is narrowed.
    pub(super) scale: f64,
    /// Its words.
    pub(super) text: &'a str,
}

/// A rule or another shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub(super) page: usize,
    pub(super) left: f64,
    pub(super) top: f64,
    /// How wide and how high; a line has its weight as its height.
    pub(super) size: (f64, f64),
}

/// The runs of an element, in the order in which they are printed.
pub(super) fn runs<'a>(drawing: &'a Drawing, element: &'a str) -> impl Iterator<Item = Spot<'a>> {
    all_runs(drawing).filter(move |(names, _)| names.iter().any(|name| name == element)).map(|(_, spot)| spot)
}

/// All runs with the elements that they belong to.
pub(super) fn all_runs(drawing: &Drawing) -> impl Iterator<Item = (&[String], Spot<'_>)> {
    drawing.sheets.iter().enumerate().flat_map(|(page, sheet)| {
        sheet.items.iter().filter_map(move |item| {
            let Thing::Run { size, text, glyphs, .. } = &item.what else { return None };
            let [scale, _, _, _, left, baseline] = item.at;
            let width = glyphs.last().map_or(0.0, |(_, at, _)| *at) + size;
            let right = left + width * scale;
            Some((&*item.elements, Spot { page, left, right, baseline, size: *size, scale, text }))
        })
    })
}

/// The shapes of an element.
pub(super) fn bars<'a>(drawing: &'a Drawing, element: &'a str) -> impl Iterator<Item = Bar> + 'a {
    drawing.sheets.iter().enumerate().flat_map(move |(page, sheet)| {
        let items = sheet.items.iter().filter(move |item| item.elements.iter().any(|name| name == element));
        items.filter_map(move |item| {
            let Thing::Shape { path, stroke, .. } = &item.what else { return None };
            let size = extent(path);
            let weight = stroke.as_ref().map_or(0.0, |stroke| stroke.width);
            Some(Bar { page, left: item.at[4], top: item.at[5] - weight / 2.0, size: (size.0, size.1.max(weight)) })
        })
    })
}

/// How far a path reaches from its origin.
fn extent(path: &str) -> (f64, f64) {
    let numbers: Vec<f64> = path
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|part| part.parse().ok())
        .collect();
    let most = |start: usize| numbers.iter().skip(start).step_by(2).fold(0.0_f64, |most, number| most.max(*number));
    (most(0), most(1))
}

/// The base line above which a run stands on its page: the lowest one of what is printed there before it.
pub(super) fn above(drawing: &Drawing, spot: &Spot<'_>, not_of: &[&str]) -> Option<f64> {
    let others = all_runs(drawing).filter(|(names, other)| {
        other.page == spot.page
            && other.baseline < spot.baseline - 1.0
            && (other.size - spot.size).abs() < 0.1
            && !names.iter().any(|name| name == "furniture" || not_of.contains(&name.as_str()))
    });
    others.map(|(_, other)| other.baseline).max_by(f64::total_cmp)
}

/// How large pictures are printed, in their order.
pub(super) fn figures(drawing: &Drawing) -> Vec<(f64, f64)> {
    let items = drawing.sheets.iter().flat_map(|sheet| &sheet.items);
    items
        .filter(|item| item.elements.iter().any(|name| name == "figure"))
        .filter_map(|item| {
            if let Thing::Picture { size, .. } = item.what {
                Some((size.0 * item.at[0], size.1 * item.at[3]))
            } else {
                None
            }
        })
        .collect()
}

/// A table as it is printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Printed {
    /// The size of its text.
    pub(super) size: f64,
    /// How wide its columns are.
    pub(super) widths: Vec<f64>,
}

/// The tables as they are printed, in their order: one begins where the rows begin anew, its columns lie between its upright rules.
pub(super) fn tables(drawing: &Drawing) -> Vec<Printed> {
    let mut tables: Vec<Printed> = Vec::new();
    let mut edges: Vec<Vec<f64>> = Vec::new();
    let mut within = false;
    for item in drawing.sheets.iter().flat_map(|sheet| &sheet.items) {
        let is_table = item.elements.iter().any(|name| name == "table");
        match &item.what {
            Thing::Run { size, .. } => {
                if is_table && !within {
                    tables.push(Printed { size: *size, widths: Vec::new() });
                    edges.push(Vec::new());
                }
                within = is_table || (within && item.elements.iter().any(|name| name == "furniture"));
            }
            Thing::Shape { path, .. } if is_table => {
                let (wide, high) = extent(path);
                if let Some(edges) = edges.last_mut().filter(|_| wide < NARROW && high > NARROW) {
                    edges.push(item.at[4]);
                }
            }
            _ => {}
        }
    }
    for (table, edges) in tables.iter_mut().zip(&mut edges) {
        edges.sort_by(f64::total_cmp);
        edges.dedup_by(|one, other| (*one - *other).abs() < NARROW);
        table.widths = edges.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).collect();
    }
    tables
}

/// What is narrower is a rule, in points.
const NARROW: f64 = 1.0;
