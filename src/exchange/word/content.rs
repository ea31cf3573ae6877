//! 内容 — what stands in a .docx, from its first paragraph to its last: with its changes taken or refused, its numbers written out, and a word on
//! everything that is not carried over.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::super::unreadable::Unreadable;
use super::inline::{Field, Line, Paragraph, Run, Script, Standing, notes, plain};
use super::numbering::Numbering;
use super::styles::{Styles, list_of};
use super::table::Table;
use super::xml::{Element, tree};

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Changes {
    /// As if all were accepted.
    #[default]
    Accepted,
    /// As if all were rejected.
    Rejected,
}

impl Changes {
    /// Whether a text that something was done with is there.
    pub(super) fn keeps(self, edit: Edit) -> bool {
        let adds = matches!(edit, Edit::Inserted | Edit::Moved | Edit::RowInserted);
        adds == (self == Self::Accepted)
    }
}

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// 增.
    Inserted,
    /// 删.
    Deleted,
    /// 移: here is where the text went.
    Moved,
    /// Where a moved text came from.
    MovedAway,
    /// 增行.
    RowInserted,
    /// 删行.
    RowDeleted,
    /// 并段: the end of a paragraph was deleted.
    Joined,
}

impl Edit {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inserted => "增",
            Self::Deleted => "删",
            Self::Moved | Self::MovedAway => "移",
            Self::RowInserted => "增行",
            Self::RowDeleted => "删行",
            Self::Joined => "并段",
        }
    }
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who made it.
    pub author: String,
    /// What it does.
    pub edit: Edit,
    /// The text.
    pub text: String,
}

/// The changes as they are met: neighbours of one hand are one.
#[derive(Debug, Default)]
pub(super) struct Met {
    all: Vec<Change>,
    open: bool,
}

impl Met {
    /// Whatever comes next is another change than the one before, unless it goes on where that one ended.
    pub(super) fn begin(&mut self) {
        self.open = false;
    }

    pub(super) fn note(&mut self, edit: Edit, author: &str, text: &str) {
        // Where a text was moved from is the same change as where it went.
        if edit == Edit::MovedAway || text.is_empty() {
            return;
        }
        match self.all.last_mut().filter(|last| self.open && last.edit == edit && last.author == author) {
            Some(last) => last.text.push_str(text),
            None => self.all.push(Change { author: author.to_owned(), edit, text: text.to_owned() }),
        }
        self.open = true;
    }
}

/// A comment in the margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub on: String,
    /// What it says.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The name of its part: `word/media/image1.png`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A piece of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph.
    Line(Line),
    /// A table.
    Table(Table),
    /// A picture, by its place among the pictures.
    Picture(usize),
}

/// What stands in a .docx.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manuscript {
    /// Its pieces, without blank paragraphs.
    pub pieces: Vec<Piece>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its tracked changes.
    pub changes: Vec<Change>,
    /// Its comments.
    pub comments: Vec<Comment>,
    /// What is not carried over, and how odd things were read.
    pub remarks: Vec<String>,
}

/// What is known while a document is read.
pub(super) struct Reading<'a> {
    pub(super) mode: Changes,
    pub(super) styles: Styles,
    numbering: Numbering,
    /// The targets of relations: parts, addresses.
    pub(super) targets: BTreeMap<String, String>,
    pub(super) footnotes: BTreeMap<String, String>,
    pub(super) endnotes: BTreeMap<String, String>,
    pub(super) changes: Met,
    pub(super) open_comments: BTreeMap<String, String>,
    pub(super) commented: BTreeMap<String, String>,
    pub(super) hidden: String,
    /// The lines of a 版记 that stands in a frame at the foot of its page.
    pub(super) colophon: Vec<String>,
    /// How many changes are of the look alone.
    pub(super) formatted: usize,
    /// What runs have that say nothing of it: bold, size in half points.
    pub(super) bold: bool,
    pub(super) size: u32,
    pub(super) in_contents: bool,
    /// Fields that are open.
    pub(super) fields: Vec<Field>,
    /// Whether a paragraph had words of a field that is left out.
    pub(super) in_field: bool,
    contents: usize,
    numbered: usize,
    remarks: Vec<String>,
    pieces: Vec<Piece>,
    /// A paragraph whose end is deleted: it goes on in the next one.
    joined: Vec<Run>,
    pictures: Vec<Picture>,
    package: &'a mut Package<'a>,
}

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
    let mut reading = Reading {
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
        pieces: Vec::new(),
        joined: Vec::new(),
        pictures: Vec::new(),
        package: &mut package,
    };
    let body = root.child("body").ok_or(Unreadable::NoDocument)?;
    reading.blocks(body);
    let manuscript = reading.done(&comments);
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

impl Reading<'_> {
    pub(super) fn remark(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The place of a picture among the pictures.
    pub(super) fn image(&mut self, target: &str) -> usize {
        let name = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        if let Some(known) = self.pictures.iter().position(|picture| picture.name == name) {
            return known;
        }
        let bytes = self.package.part(&name).unwrap_or_default();
        self.pictures.push(Picture { name, bytes });
        self.pictures.len() - 1
    }

    fn blocks(&mut self, parent: &Element) {
        for child in parent.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => {
                    let table = self.table(child);
                    if table.rows.iter().flatten().any(|cell| !cell.lines.is_empty()) {
                        self.pieces.push(Piece::Table(table));
                    }
                }
                "sdt" => {
                    let gallery = child
                        .child("sdtPr")
                        .and_then(|properties| properties.child("docPartObj")?.value("docPartGallery"));
                    let before = self.in_contents;
                    self.in_contents |= gallery == Some("Table of Contents");
                    child.child("sdtContent").into_iter().for_each(|content| self.blocks(content));
                    self.in_contents = before;
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(child),
                "del" | "moveFrom" if self.mode == Changes::Rejected => self.blocks(child),
                _ => {}
            }
        }
    }

    /// The number that Word sets before a paragraph.
    pub(super) fn number(&mut self, element: &Element) -> Option<String> {
        let none = Element::default();
        let properties = element.child("pPr").unwrap_or(&none);
        let style = properties.value("pStyle").map(|id| self.styles.style(id)).unwrap_or_default();
        let (list, level) = match (list_of(properties), style.list) {
            (Some((list, level)), styled) => (list, level.or(styled.map(|(_, level)| level)).unwrap_or(0)),
            (None, Some((list, level))) => (list, level),
            (None, None) => return None,
        };
        if list == "0" || plain(element).trim().is_empty() {
            return None;
        }
        self.numbering.next(&list, level)
    }

    /// What is gathered of a paragraph, as a line.
    pub(super) fn line(&mut self, element: &Element, paragraph: Paragraph, number: Option<String>) -> Line {
        let none = Element::default();
        let properties = element.child("pPr").unwrap_or(&none);
        self.formatted += usize::from(properties.child("pPrChange").is_some());
        let style = properties.value("pStyle").map(|id| self.styles.style(id)).unwrap_or_default();
        let outline = properties.value("outlineLvl").and_then(|level| level.parse::<u8>().ok());
        let alignment = properties.value("jc").map(str::to_owned).or(style.alignment).unwrap_or_default();
        let mut runs = paragraph.runs;
        if let Some(number) = number.filter(|_| !runs.is_empty()) {
            self.numbered += 1;
            runs.insert(0, Run { text: number, bold: false, script: Script::Line });
        }
        Line {
            runs,
            level: style.level.or(outline.filter(|level| *level < 9).map(|level| level + 1)),
            title: style.title,
            centred: alignment == "center",
            right: matches!(alignment.as_str(), "right" | "end"),
            size: paragraph.size,
        }
    }

    fn paragraph(&mut self, element: &Element) {
        let none = Element::default();
        let properties = element.child("pPr").unwrap_or(&none);
        let mark = properties.child("rPr").unwrap_or(&none);
        let style = properties.value("pStyle").map(|id| self.styles.style(id)).unwrap_or_default();
        if self.in_contents || properties.value("pStyle").is_some_and(|id| id.to_uppercase().starts_with("TOC")) {
            self.contents += usize::from(!plain(element).trim().is_empty());
            return;
        }
        let (bold, size) = (self.bold, self.size);
        self.bold = style.bold.unwrap_or(bold);
        self.size = style.size.unwrap_or(size);
        let mut paragraph = Paragraph::default();
        self.changes.begin();
        self.inline(element, &mut paragraph, &Standing::default());
        self.contents += usize::from(std::mem::take(&mut self.in_field));
        (self.bold, self.size) = (bold, size);
        let shown = paragraph.runs.iter().any(|run| !run.text.trim().is_empty());
        let ends = |name| mark.child(name).is_some();
        let joins = match self.mode {
            Changes::Accepted => ends("del") || ends("moveFrom"),
            Changes::Rejected => ends("ins") || ends("moveTo"),
        };
        if let Some(deleted) = mark.child("del").filter(|_| shown && self.mode == Changes::Accepted) {
            let text = paragraph.runs.iter().map(Run::shown).collect::<String>();
            let last = text.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
            self.changes.begin();
            self.changes.note(Edit::Joined, deleted.attribute("author").unwrap_or_default(), last);
            self.changes.begin();
        }
        if joins {
            self.joined.append(&mut paragraph.runs);
            return;
        }
        let number = self.number(element).filter(|_| shown);
        let pictures = std::mem::take(&mut paragraph.pictures);
        let mut line = self.line(element, paragraph, number);
        if !self.joined.is_empty() {
            let mut runs = std::mem::take(&mut self.joined);
            runs.append(&mut line.runs);
            line.runs = runs;
        }
        if !line.is_blank() {
            self.pieces.push(Piece::Line(line));
        }
        self.pieces.extend(pictures.into_iter().map(|(_, picture)| Piece::Picture(picture)));
    }

    fn done(mut self, comments: &Element) -> Manuscript {
        let colophon = std::mem::take(&mut self.colophon).into_iter().filter(|line| !line.trim().is_empty());
        self.pieces.extend(colophon.map(|text| {
            let runs = vec![Run { text, ..Run::default() }];
            Piece::Line(Line { runs, ..Line::default() })
        }));
        if !self.hidden.trim().is_empty() {
            let words = format!("隐藏的字没有带：{}", self.hidden.trim());
            self.remark(words);
        }
        if self.contents > 0 {
            self.remark(format!("目录（{}行）没有带", self.contents));
        }
        if self.formatted > 0 {
            self.remark(format!("另有{}处修订只改格式，不算改字", self.formatted));
        }
        if self.numbered > 0 {
            self.remark(format!("{}段的自动编号变成了打出来的序号", self.numbered));
        }
        let comments = comments.elements().filter(|element| element.name == "comment").map(|comment| {
            let id = comment.attribute("id").unwrap_or_default();
            Comment {
                author: comment.attribute("author").unwrap_or_default().to_owned(),
                on: self.commented.remove(id).unwrap_or_default(),
                text: plain(comment).trim().to_owned(),
            }
        });
        let comments = comments.collect();
        let Self { pieces, pictures, changes, remarks, .. } = self;
        Manuscript { pieces, pictures, changes: changes.all, comments, remarks }
    }
}
