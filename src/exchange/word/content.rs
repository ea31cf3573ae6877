//! 内容 — what stands in a .docx, from its first paragraph to its last: with its changes taken or refused, its numbers written out, and a word on
//! everything that is not carried over.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::super::unreadable::Unreadable;
use super::inline::{notes, plain};
use super::manuscript::{Changes, Comment, Edit, Line, Manuscript, Piece, Run};
use super::numbering::Numbering;
use super::reading::{Met, Paragraph, Reading, Standing};
use super::styles::Styles;
use super::xml::{Element, tree};

/// Reads a .docx or .docm.
///
/// # Errors
///
/// Why it cannot be read.
pub fn open(bytes: &[u8], mode: Changes) -> Result<Manuscript, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = bytes.windows(wide.len()).any(|part| part == wide);
        return Err(if locked { Unreadable::Locked } else { Unreadable::Old });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Unreadable::NoDocument);
    }
    let mut package = Package::open(bytes)?;
    let Some(main) = main_part(&mut package) else { return Err(Unreadable::NoDocument) };
    let text = package.text(&main).ok_or(Unreadable::Cut)?;
    let root = tree(&text)?;
    let mut part = |name: &str| -> Result<Element, Unreadable> {
        package.text(name).map_or_else(|| Ok(Element::default()), |text| tree(&text))
    };
    let (styles, numbering) = (part("word/styles.xml")?, part("word/numbering.xml")?);
    let (footnotes, endnotes) = (part("word/footnotes.xml")?, part("word/endnotes.xml")?);
    let comments = part("word/comments.xml")?;
    let relations = part("word/_rels/document.xml.rels")?;
    let targets = relations
        .elements()
        .filter_map(|relation| Some((relation.attribute("Id")?.to_owned(), relation.attribute("Target")?.to_owned())));
    let targets = targets.collect();
    let mut remarks = margins(&mut package)?;
    if package.names().any(|name| name.ends_with("vbaProject.bin")) {
        remarks.push("文件里有宏，没有运行，也没有理会".to_owned());
    }
    let defaults =
        styles.child("docDefaults").and_then(|element| element.child("rPrDefault")?.child("rPr")?.value("sz"));
    let reading = Reading {
        mode,
        size: defaults.and_then(|size| size.parse().ok()).unwrap_or(21),
        styles: Styles::of(&styles),
        numbering: Numbering::of(&numbering),
        targets,
        footnotes: notes(&footnotes, "footnote"),
        endnotes: notes(&endnotes, "endnote"),
        changes: Met::default(),
        open_comments: BTreeMap::new(),
        commented: BTreeMap::new(),
        hidden: String::new(),
        colophon: Vec::new(),
        formatted: 0,
        bold: false,
        in_contents: false,
        fields: Vec::new(),
        in_field: false,
        contents: 0,
        numbered: 0,
        remarks,
        pictures: Vec::new(),
        package: &mut package,
    };
    let body = root.child("body").ok_or(Unreadable::NoDocument)?;
    let mut text = Text { reading, pieces: Vec::new(), joined: Vec::new() };
    text.blocks(body);
    let manuscript = text.done(&comments);
    if manuscript.pieces.is_empty() { Err(Unreadable::Blank) } else { Ok(manuscript) }
}

/// The part that is the text: most programs call it `word/document.xml`.
fn main_part(package: &mut Package<'_>) -> Option<String> {
    const USUAL: &str = "word/document.xml";
    if package.has(USUAL) {
        return Some(USUAL.to_owned());
    }
    let relations = tree(&package.text("_rels/.rels")?).ok()?;
    let main = relations
        .elements()
        .find(|relation| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))?;
    let target = main.attribute("Target")?.trim_start_matches('/').to_owned();
    (target.starts_with("word/") && package.has(&target)).then_some(target)
}

/// What stands in the margins of the pages: heads and feet are told, page numbers are not.
fn margins(package: &mut Package<'_>) -> Result<Vec<String>, Unreadable> {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut told: Vec<String> = Vec::new();
    for (start, what) in [("word/header", "页眉"), ("word/footer", "页脚")] {
        for name in names.iter().filter(|name| name.starts_with(start) && name.ends_with(".xml")) {
            let root = package.text(name).map_or_else(|| Ok(Element::default()), |text| tree(&text))?;
            let words = plain(&root);
            let is_number = words.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "—-–第页共/·".contains(c));
            let remark = format!("{what}没有带：{}", words.trim());
            if !is_number && !told.contains(&remark) {
                told.push(remark);
            }
        }
    }
    Ok(told)
}

/// The text as it is gathered, piece by piece.
struct Text<'a> {
    reading: Reading<'a>,
    pieces: Vec<Piece>,
    /// A paragraph whose end is deleted: it goes on in the next one.
    joined: Vec<Run>,
}

impl Text<'_> {
    fn blocks(&mut self, parent: &Element) {
        for child in parent.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => {
                    let table = self.reading.table(child);
                    if table.rows.iter().flatten().any(|cell| !cell.lines.is_empty()) {
                        self.pieces.push(Piece::Table(table));
                    }
                }
                "sdt" => {
                    let gallery = child
                        .child("sdtPr")
                        .and_then(|properties| properties.child("docPartObj")?.value("docPartGallery"));
                    let before = self.reading.in_contents;
                    self.reading.in_contents |= gallery == Some("Table of Contents");
                    child.child("sdtContent").into_iter().for_each(|content| self.blocks(content));
                    self.reading.in_contents = before;
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(child),
                "del" | "moveFrom" if self.reading.mode == Changes::Rejected => self.blocks(child),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: &Element) {
        let none = Element::default();
        let properties = element.child("pPr").unwrap_or(&none);
        let mark = properties.child("rPr").unwrap_or(&none);
        let style = properties.value("pStyle").map(|id| self.reading.styles.style(id)).unwrap_or_default();
        if self.reading.in_contents || properties.value("pStyle").is_some_and(|id| id.to_uppercase().starts_with("TOC"))
        {
            self.reading.contents += usize::from(!plain(element).trim().is_empty());
            return;
        }
        let (bold, size) = (self.reading.bold, self.reading.size);
        self.reading.bold = style.bold.unwrap_or(bold);
        self.reading.size = style.size.unwrap_or(size);
        let mut paragraph = Paragraph::default();
        self.reading.changes.begin();
        self.reading.inline(element, &mut paragraph, &Standing::default());
        self.reading.contents += usize::from(std::mem::take(&mut self.reading.in_field));
        (self.reading.bold, self.reading.size) = (bold, size);
        let shown = paragraph.runs.iter().any(|run| !run.text.trim().is_empty());
        let ends = |name| mark.child(name).is_some();
        let joins = match self.reading.mode {
            Changes::Accepted => ends("del") || ends("moveFrom"),
            Changes::Rejected => ends("ins") || ends("moveTo"),
        };
        if let Some(deleted) = mark.child("del").filter(|_| shown && self.reading.mode == Changes::Accepted) {
            let text = paragraph.runs.iter().map(Run::shown).collect::<String>();
            let last = text.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
            self.reading.changes.begin();
            self.reading.changes.note(Edit::Joined, deleted.attribute("author").unwrap_or_default(), last);
            self.reading.changes.begin();
        }
        if joins {
            self.joined.append(&mut paragraph.runs);
            return;
        }
        let number = self.reading.number(element).filter(|_| shown);
        let pictures = std::mem::take(&mut paragraph.pictures);
        let mut line = self.reading.line(element, paragraph, number);
        if !self.joined.is_empty() {
            let mut runs = std::mem::take(&mut self.joined);
            runs.append(&mut line.runs);
            line.runs = runs;
        }
        if !line.is_blank() {
            self.pieces.push(Piece::Line(line));
        }
        self.pieces.extend(pictures.into_iter().map(Piece::Picture));
    }

    fn done(mut self, comments: &Element) -> Manuscript {
        let colophon = std::mem::take(&mut self.reading.colophon).into_iter().filter(|line| !line.trim().is_empty());
        self.pieces.extend(colophon.map(|text| {
            let runs = vec![Run { text, ..Run::default() }];
            Piece::Line(Line { runs, ..Line::default() })
        }));
        if !self.reading.hidden.trim().is_empty() {
            let words = format!("隐藏的字没有带：{}", self.reading.hidden.trim());
            self.reading.remark(words);
        }
        if self.reading.contents > 0 {
            self.reading.remark(format!("目录（{}行）没有带", self.reading.contents));
        }
        if self.reading.formatted > 0 {
            self.reading.remark(format!("另有{}处修订只改格式，不算改字", self.reading.formatted));
        }
        if self.reading.numbered > 0 {
            self.reading.remark(format!("{}段的自动编号变成了打出来的序号", self.reading.numbered));
        }
        let comments = comments.elements().filter(|element| element.name == "comment").map(|comment| {
            let id = comment.attribute("id").unwrap_or_default();
            Comment {
                author: comment.attribute("author").unwrap_or_default().to_owned(),
                on: self.reading.commented.remove(id).unwrap_or_default(),
                text: plain(comment).trim().to_owned(),
            }
        });
        let comments = comments.collect();
        let Self { pieces, reading: Reading { pictures, changes, remarks, .. }, .. } = self;
        Manuscript { pieces, pictures, changes: changes.all, comments, remarks }
    }
}
