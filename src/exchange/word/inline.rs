//! 行文 — the runs of a paragraph: text with its changes, superscripts, fields, symbols, pictures and notes.

use std::collections::BTreeMap;

use super::manuscript::{Edit, Line, Run, Script};
use super::reading::{Field, Paragraph, Reading, Standing};
use super::styles::list_of;
use super::symbol::symbol;
use super::xml::{Element, Node};

/// What the frames of our own Word files are called that hold the 版记 and the mark of a letter.
pub(super) const COLOPHON: &str = "版记";
pub(super) const MARK: &str = "发文机关标志";

/// What stands for a formula that is not carried over.
const FORMULA: &str = "〔公式〕";

impl Reading<'_> {
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

    /// Reads what is in a paragraph, a hyperlink, an insertion.
    pub(super) fn inline(&mut self, element: &Element, paragraph: &mut Paragraph, standing: &Standing) {
        for child in element.elements() {
            match child.name.as_str() {
                "r" => self.run(child, paragraph, standing),
                "ins" | "moveTo" | "del" | "moveFrom" => {
                    let edit = match child.name.as_str() {
                        "ins" => Edit::Inserted,
                        "moveTo" => Edit::Moved,
                        "moveFrom" => Edit::MovedAway,
                        _ => Edit::Deleted,
                    };
                    let undone = standing.edit.is_some() && matches!(edit, Edit::Deleted | Edit::MovedAway);
                    let author = child.attribute("author").unwrap_or_default().to_owned();
                    let inner = Standing {
                        edit: Some((edit, author)),
                        undone: standing.undone || undone,
                        listed: standing.listed,
                    };
                    self.changes.begin();
                    self.inline(child, paragraph, &inner);
                    self.changes.begin();
                }
                "hyperlink" => {
                    let before = paragraph.runs.len();
                    self.inline(child, paragraph, standing);
                    let target = child.attribute("id").and_then(|id| self.targets.get(id)).cloned();
                    let words: String = paragraph.runs.iter().skip(before).map(|run| run.text.as_str()).collect();
                    let words = if words.is_empty() { plain(child) } else { words };
                    self.link(words.trim(), target.as_deref());
                }
                "fldSimple" if !is_left_out(child.attribute("instr").unwrap_or_default()) => {
                    self.inline(child, paragraph, standing);
                }
                "smartTag" | "customXml" | "sdtContent" | "dir" | "bdo" => self.inline(child, paragraph, standing),
                "sdt" => {
                    if let Some(content) = child.child("sdtContent") {
                        self.inline(content, paragraph, standing);
                    }
                }
                "oMath" | "oMathPara" => {
                    let words = formula(child);
                    self.remark(format!("公式没有带：{words}"));
                    paragraph.runs.push(Run { text: FORMULA.to_owned(), ..Run::default() });
                }
                "commentRangeStart" => {
                    let id = child.attribute("id").unwrap_or_default().to_owned();
                    self.open_comments.insert(id, String::new());
                }
                "commentRangeEnd" => {
                    let id = child.attribute("id").unwrap_or_default();
                    if let Some(words) = self.open_comments.remove(id) {
                        self.commented.insert(id.to_owned(), words);
                    }
                }
                _ => {}
            }
        }
    }

    /// Tells of a link; an address that is written out is its own.
    fn link(&mut self, words: &str, target: Option<&str>) {
        let Some(target) = target.filter(|target| !words.is_empty() && !words.contains(target.trim_end_matches('/')))
        else {
            return;
        };
        self.remark(format!("超链接没有带：{words} → {target}"));
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        if let Some(outer) = self.fields.last_mut() {
            outer.words.push_str(&field.words);
        }
        let mut code = field.code.split_whitespace();
        if code.next().is_some_and(|name| name.eq_ignore_ascii_case("HYPERLINK")) {
            let target = code.next().map(|target| target.trim_matches('"')).filter(|target| !target.starts_with('\\'));
            self.link(field.words.trim(), target);
        }
    }

    /// Reads a run.
    fn run(&mut self, run: &Element, paragraph: &mut Paragraph, standing: &Standing) {
        let none = Element::default();
        let properties = run.child("rPr").unwrap_or(&none);
        self.formatted += usize::from(properties.child("rPrChange").is_some());
        let style = properties.value("rStyle").map(|id| self.styles.style(id)).unwrap_or_default();
        let look = Run {
            text: String::new(),
            bold: properties.flag("b").or(style.bold).unwrap_or(self.bold),
            script: match properties.value("vertAlign") {
                Some("superscript") => Script::Raised,
                Some("subscript") => Script::Lowered,
                _ => Script::Line,
            },
        };
        let size = properties.value("sz").and_then(|size| size.parse().ok()).or(style.size);
        let font = properties.child("rFonts").and_then(|fonts| fonts.attribute("ascii")).unwrap_or_default();
        let hidden = properties.flag("vanish") == Some(true);
        for child in run.elements() {
            let text = match child.name.as_str() {
                "t" | "delText" => {
                    let words = child.text();
                    let known = |c: char| {
                        if ('\u{f000}'..='\u{f0ff}').contains(&c) { symbol(font, u32::from(c)) } else { None }
                    };
                    words.chars().map(|c| known(c).unwrap_or(c)).collect()
                }
                "tab" | "ptab" => "\t".to_owned(),
                "br" if child.attribute("type").is_none_or(|kind| kind == "textWrapping") => "\n".to_owned(),
                "cr" => "\n".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" => {
                    let code = child.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let font = child.attribute("font").unwrap_or_default();
                    let c = code.and_then(|code| symbol(font, code));
                    if c.is_none() {
                        self.remark(format!("认不出的符号（{font} 字体），写成了□"));
                    }
                    c.unwrap_or('□').to_string()
                }
                "fldChar" => {
                    match child.attribute("fldCharType") {
                        Some("begin") => self.fields.push(Field::default()),
                        Some("separate") => self.fields.iter_mut().rev().take(1).for_each(|field| field.result = true),
                        Some("end") => self.end_field(),
                        _ => {}
                    }
                    continue;
                }
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.code.push_str(&child.text());
                    }
                    continue;
                }
                "footnoteReference" | "endnoteReference" => {
                    let notes = if child.name == "footnoteReference" { &self.footnotes } else { &self.endnotes };
                    if let Some(words) = child.attribute("id").and_then(|id| notes.get(id)).cloned() {
                        let before: String = paragraph.runs.iter().map(Run::shown).collect();
                        let tail: Vec<char> = before.chars().rev().take(5).collect();
                        let tail: String = tail.iter().rev().collect();
                        self.remark(format!("脚注没有带（在“{tail}”后面）：{words}"));
                    }
                    continue;
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    self.picture(child, paragraph);
                    continue;
                }
                _ => continue,
            };
            if hidden {
                self.hidden.push_str(&text);
                continue;
            }
            if self.fields.iter().any(|field| !field.result) {
                continue;
            }
            if self.fields.iter().any(|field| is_left_out(&field.code)) || self.in_contents {
                self.in_field |= !text.trim().is_empty();
                continue;
            }
            if let Some(field) = self.fields.last_mut() {
                field.words.push_str(&text);
            }
            self.take(&text, &look, size, paragraph, standing);
        }
    }

    /// Takes a text in, as the changes are to be read.
    fn take(&mut self, text: &str, look: &Run, size: Option<u32>, paragraph: &mut Paragraph, standing: &Standing) {
        let text: String =
            text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}')).collect();
        let text = text.replace('\u{a0}', " ");
        // What was inserted and deleted again is listed as deleted.
        if let Some((edit, author)) = standing.edit.as_ref().filter(|_| !standing.listed) {
            self.changes.note(*edit, author, &text);
        }
        if standing.undone || standing.edit.as_ref().is_some_and(|(edit, _)| !self.mode.keeps(*edit)) {
            return;
        }
        for words in self.open_comments.values_mut() {
            words.push_str(&text);
        }
        paragraph.size = paragraph.size.max(size.unwrap_or(self.size));
        match paragraph.runs.last_mut() {
            Some(last) if last.bold == look.bold && last.script == look.script && last.text != FORMULA => {
                last.text.push_str(&text);
            }
            _ => paragraph.runs.push(Run { text, ..look.clone() }),
        }
    }

    /// Takes a picture in; text in a frame is told, and not carried over.
    fn picture(&mut self, element: &Element, paragraph: &mut Paragraph) {
        // The same thing, once more for older programs.
        if element.name == "AlternateContent" {
            let choice = element.child("Choice").or_else(|| element.child("Fallback"));
            choice.into_iter().flat_map(Element::elements).for_each(|inner| self.picture(inner, paragraph));
            return;
        }
        let mut boxes = Vec::new();
        element.all("txbxContent", &mut boxes);
        let mut names = Vec::new();
        element.all("docPr", &mut names);
        let is_own = |name: &str| names.first().and_then(|first| first.attribute("name")) == Some(name);
        if is_own(COLOPHON) {
            let mut paragraphs = Vec::new();
            for text in &boxes {
                text.all("p", &mut paragraphs);
            }
            self.colophon.extend(paragraphs.into_iter().map(plain_with_tabs));
            return;
        }
        if is_own(MARK) {
            return;
        }
        if !boxes.is_empty() {
            let words: Vec<String> = boxes
                .iter()
                .flat_map(|text| {
                    let mut paragraphs = Vec::new();
                    text.all("p", &mut paragraphs);
                    paragraphs.into_iter().map(plain).filter(|words| !words.trim().is_empty()).collect::<Vec<_>>()
                })
                .collect();
            self.remark(format!("文本框里的字没有带进正文：{}", words.join(" / ")));
            return;
        }
        let mut images = Vec::new();
        element.all("blip", &mut images);
        element.all("imagedata", &mut images);
        for image in images {
            let id = image.attribute("embed").or_else(|| image.attribute("id")).or_else(|| image.attribute("link"));
            let Some(target) = id.and_then(|id| self.targets.get(id)).cloned() else { continue };
            let picture = self.image(&target);
            paragraph.pictures.push(picture);
        }
    }
}

/// Fields whose result is made anew: contents, page numbers.
fn is_left_out(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or_default().to_uppercase();
    matches!(name.as_str(), "TOC" | "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "INDEX")
}

/// The text of a paragraph or cell without anything else; what was deleted in it too.
pub(super) fn plain(element: &Element) -> String {
    let texts = element.elements().map(|child| match child.name.as_str() {
        "t" | "delText" => child.text(),
        _ => plain(child),
    });
    texts.collect()
}

/// The text of a paragraph, its tabs as blanks.
fn plain_with_tabs(element: &Element) -> String {
    let texts = element.elements().map(|child| match child.name.as_str() {
        "t" => child.text(),
        "tab" => "　".to_owned(),
        "pPr" => String::new(),
        _ => plain_with_tabs(child),
    });
    texts.collect()
}

/// A formula on one line.
fn formula(element: &Element) -> String {
    let mut out = String::new();
    for node in &element.children {
        let Node::Element(child) = node else { continue };
        match child.name.as_str() {
            "t" => out.push_str(&child.text()),
            "f" => {
                let part = |name| child.child(name).map(formula).unwrap_or_default();
                out.push_str(&format!("{}/{}", part("num"), part("den")));
            }
            "sSup" => {
                let part = |name| child.child(name).map(formula).unwrap_or_default();
                out.push_str(&format!("{}{}", part("e"), crate::document::raised(&part("sup"))));
            }
            "sSub" => {
                let part = |name| child.child(name).map(formula).unwrap_or_default();
                out.push_str(&format!("{}{}", part("e"), crate::document::lowered(&part("sub"))));
            }
            _ => out.push_str(&formula(child)),
        }
    }
    out
}

/// Notes by their ids: `word/footnotes.xml`.
pub(super) fn notes(root: &Element, name: &str) -> BTreeMap<String, String> {
    let notes = root.elements().filter(|element| element.name == name && element.attribute("type").is_none());
    notes.map(|note| (note.attribute("id").unwrap_or_default().to_owned(), plain(note).trim().to_owned())).collect()
}
