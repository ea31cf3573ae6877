//! 批注 — notes on the cells of a sheet, and the boxes in which they are shown; those that are there stay, and what is found is written below
//! what they say.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::exchange::tags::{Edited, Kind, element, escaped, tags};

use super::cells::{Cell, Columns, cell, reference};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Who the notes are by.
const AUTHOR: &str = "红头";

/// What is found in a cell, below what is noted there; an office's Excel sets notes in 宋体 of nine points.
fn run(words: &str, declaration: &str) -> String {
    format!(
        "<r{declaration}><rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"宋体\"/><charset val=\"134\"/></rPr>\
         <t xml:space=\"preserve\">{}</t></r>",
        escaped(words)
    )
}

/// The part of notes with more of them, and which of the cells had one already; `None` where it is none.
pub(super) fn noted(
    text: Option<String>,
    namespace: &str,
    notes: &BTreeMap<Cell, String>,
) -> Option<(String, Vec<Cell>)> {
    let text = text.unwrap_or_else(|| {
        format!("{XML}<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>")
    });
    let declaration = element(&text, "comments", 0)?.first.declaration();
    let (authors, list) = (element(&text, "authors", 1)?, element(&text, "commentList", 1)?);
    let author = tags(&text).filter(|tag| tag.depth == 2 && tag.begins() && tag.name() == "author").count();
    let mut edited = Edited::new(&text);
    edited.append(&authors.first, authors.last.as_ref(), &format!("<author{declaration}>{AUTHOR}</author>"));
    let (mut had, mut at) = (Vec::new(), None);
    for tag in tags(&text) {
        match (tag.name(), tag.depth) {
            ("comment", 2) => at = tag.attribute("ref").and_then(|name| cell(&name)).filter(|_| tag.begins()),
            // Plain words become a run of their own, so that another may follow.
            ("t", 4) if at.is_some_and(|at| notes.contains_key(&at)) => {
                let (before, after) = (format!("<r{declaration}>"), "</r>".to_owned());
                if tag.begins() {
                    edited.insert(tag.place.start, before);
                }
                if tag.kind != Kind::Open {
                    edited.insert(tag.place.end, after);
                }
            }
            // Readings of Chinese words stand behind all runs.
            ("rPh" | "phoneticPr", 4) | ("text", 3) if tag.kind == Kind::Close || tag.name() != "text" => {
                if let Some((at, words)) = at.and_then(|at| Some((at, notes.get(&at)?)))
                    && !had.contains(&at)
                {
                    had.push(at);
                    edited.insert(tag.place.start, run(&format!("\n{words}"), &declaration));
                }
            }
            _ => {}
        }
    }
    let mut fresh = String::new();
    for (at, words) in notes.iter().filter(|(at, _)| !had.contains(at)) {
        let (name, run) = (reference(*at), run(words, ""));
        let _ =
            write!(fresh, "<comment{declaration} ref=\"{name}\" authorId=\"{author}\"><text>{run}</text></comment>");
    }
    edited.append(&list.first, list.last.as_ref(), &fresh);
    Some((edited.done(), had))
}

/// The namespaces of drawings.
const VML: &str = " xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// How wide a box is (pixels of a screen), and how many letters stand in a line of it.
const WIDTH: f64 = 260.0;
const LETTERS: usize = 40;

/// The drawing of a sheet with a box for each note; boxes have numbers that no other of the drawing has. `None` where it is no drawing.
pub(super) fn drawn<'a>(
    text: Option<String>,
    block: usize,
    columns: &Columns,
    notes: impl Iterator<Item = (&'a Cell, &'a String)>,
) -> Option<String> {
    let text = text.unwrap_or_else(|| {
        format!(
            "<xml{VML}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>"
        )
    });
    // What Office writes here is not always XML; and whose prefixes are others, has to be told ours.
    let end = text.rfind("</xml>")?;
    let declared =
        text.get(..text.find('>')?).is_some_and(|root| root.contains("xmlns:v=") && root.contains("xmlns:x="));
    let declaration = if declared { "" } else { VML };
    let mut fresh = String::new();
    if !text.contains("\"_x0000_t202\"") {
        let _ = write!(
            fresh,
            "<v:shapetype{declaration} id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
             <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
        );
    }
    let numbers = text.split("_x0000_s").skip(1).filter_map(|rest| {
        rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse::<usize>().ok())
    });
    let first = numbers.max().unwrap_or(block * 1024) + 1;
    for (number, ((row, column), words)) in (first..).zip(notes) {
        let lines: usize = words.lines().map(|line| line.chars().map(wide).sum::<usize>() / LETTERS + 1).sum();
        let (top, left) = (row.saturating_sub(1), column + 1);
        let (bottom, (right, over)) = (*row + u32::try_from(lines).unwrap_or(0) + 1, right(columns, left));
        let _ = write!(
            fresh,
            "<v:shape{declaration} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:195pt;\
             height:60pt;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
             <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\">\
             <div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{left}, 15, {top}, 10, {right}, {over}, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
             <x:Column>{column}</x:Column></x:ClientData></v:shape>"
        );
    }
    let mut edited = Edited::new(&text);
    edited.insert(end, fresh);
    Some(edited.done())
}

fn wide(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// The column in which a box ends that begins in another, and how far in it.
fn right(columns: &Columns, left: u32) -> (u32, u32) {
    let mut rest = WIDTH + 15.0;
    for column in left..left + 40 {
        let pixels = columns.pixels(column);
        if rest < pixels {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few hundred pixels at most"
            )]
            return (column, rest as u32);
        }
        rest -= pixels;
    }
    (left + 40, 0)
}
