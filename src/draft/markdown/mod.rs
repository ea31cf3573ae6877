//! 正文的写法 — Markdown as offices need it, read into the parts of a text: headings with `一、（一）1.（1）`, paragraphs, tables, attachments.
//!
//! What Markdown has and a 公文 has not (quotations, code, footnotes, HTML) is printed as plain words, with a warning: no text is lost.

mod address;
mod attachment;
mod emphasis;
mod inline;
mod level;
mod list;
mod meant;
mod table;
#[cfg(test)]
mod tests;
mod token;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) use self::address::image as picture_path;
use self::attachment::Cut;
use self::level::Numbering;
use self::meant::Slip;
use self::table::Caption;
use self::token::Token;
use crate::diag::Report;
use crate::document::{Attachment, Block, Division, Inline, Label, plain};
use crate::source::{Edit, FileId, Place};

/// Where a text comes from, so that findings can say where they are.
#[derive(Debug, Clone, Copy)]
pub enum Ground {
    /// It stands in a file, from this byte on.
    File(FileId, usize),
    /// A template made it; what is wrong with it is wrong at this place.
    Made(Place),
}

impl Ground {
    fn place(self, range: Range<usize>) -> Place {
        match self {
            Self::File(file, offset) => Place::new(file, range.start + offset..range.end + offset),
            Self::Made(place) => place,
        }
    }
}

/// A text, read.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Parsed {
    /// 正文.
    pub body: Vec<Block>,
    /// 附件.
    pub attachments: Vec<Attachment>,
}

/// Reads a text.
#[must_use]
pub fn parse(text: &str, ground: Ground) -> (Parsed, Report) {
    // Footnotes are read only to be named in a warning; `~` and `^` stay characters, for `10~20万元` must not become a subscript.
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    let mut lost: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, link)| link.span.clone()).collect();
    lost.sort_by_key(|range| range.start);
    let mut reader = Reader {
        text,
        events: parser.into_offset_iter().collect(),
        at: 0,
        ground,
        report: Report::default(),
        numbering: Numbering::default(),
        anchors: BTreeSet::new(),
        caption: None,
        cuts: Vec::new(),
        dropped_lists: 0,
        enclosed: 0,
        slips: Vec::new(),
    };
    for range in lost {
        reader
            .error(&range, "“[文字]: 文字”是 Markdown 的链接定义，不会印出来")
            .help("链接写作 [文字](网址)；要印方括号就在前面加反斜杠：\\[文字\\]：");
    }
    let mut blocks = Vec::new();
    reader.blocks(&mut blocks, 0);
    let cuts = std::mem::take(&mut reader.cuts);
    let parsed = reader.cut(blocks, cuts);
    reader.remind();
    (parsed, reader.report)
}

/// Lists inside lists inside lists: nobody writes more than this.
const DEEPEST: usize = 6;

struct Reader<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
    ground: Ground,
    report: Report,
    numbering: Numbering,
    anchors: BTreeSet<String>,
    /// The caption of the table that comes next.
    caption: Option<Caption>,
    /// Where attachments begin among the blocks.
    cuts: Vec<Cut>,
    /// Lists that are open but too deep to be kept.
    dropped_lists: usize,
    /// How many quotations and points without a number are open, out of which no line can be taken.
    enclosed: usize,
    /// What was read otherwise than Markdown has it.
    slips: Vec<(Slip, Edit)>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<(Event<'a>, Range<usize>)> {
        self.events.get(self.at).cloned()
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Reads blocks until something ends that did not begin here.
    fn blocks(&mut self, out: &mut Vec<Block>, depth: usize) {
        while let Some((event, range)) = self.peek() {
            match event {
                Event::Start(Tag::Paragraph) => {
                    self.advance();
                    self.paragraph(out, &range, depth);
                    self.advance();
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    self.advance();
                    self.heading(out, level, &range, depth);
                    self.advance();
                }
                Event::Start(Tag::Table(columns)) => {
                    self.advance();
                    let table = self.table(&columns);
                    out.push(Block::Table(table));
                    self.advance();
                }
                Event::Start(Tag::List(first)) => {
                    self.advance();
                    if depth >= DEEPEST {
                        self.dropped_lists += 1;
                        self.warn(&range, "列表套得太深，里层的按段落印");
                    } else {
                        if depth > 0 && first.is_none() {
                            self.warn(&range, "列表套在列表里，纸上都印成“——”，看不出层次")
                                .help("分层次写成一、（一）1.（1），用“#”或写出序号");
                        }
                        self.list(out, first, depth);
                        self.advance();
                    }
                }
                Event::End(TagEnd::List(_)) if self.dropped_lists > 0 => {
                    self.dropped_lists -= 1;
                    self.advance();
                }
                Event::Start(Tag::Item) | Event::End(TagEnd::Item) if self.dropped_lists > 0 => self.advance(),
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    self.advance();
                    self.verbatim(out, &range);
                    self.advance();
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    self.warn(&range, "公文没有引文块，按普通段落印").help("删去行首的 >");
                    self.enclosed += 1;
                    self.advance();
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    self.warn(&range, "公文没有脚注，注文按普通段落印").help("把注写进正文的括号里");
                    out.push(paragraph(None, vec![Inline::text(format!("[^{name}]："))]));
                    self.advance();
                }
                Event::Rule => {
                    self.warn(&range, "公文没有分隔线，这一行不印").help("删去这一行；版记和版头的线由版式自动画");
                    self.advance();
                }
                // The ends of what was not taken as a whole.
                Event::End(TagEnd::BlockQuote(_)) => {
                    self.enclosed -= 1;
                    self.advance();
                }
                Event::End(TagEnd::FootnoteDefinition) => self.advance(),
                Event::End(_) => return,
                _ => {
                    let before = self.at;
                    // The words of a tight list item stand there without a paragraph.
                    self.paragraph(out, &range, depth);
                    if self.at == before {
                        self.advance();
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, out: &mut Vec<Block>, range: &Range<usize>, depth: usize) {
        let mut tokens = self.line();
        // The words of a tight list item have no paragraph around them, and only the range of their first piece is known.
        let last = self.at.checked_sub(1).and_then(|at| self.events.get(at));
        let range = &(range.start..last.map_or(range.end, |(_, last)| last.end.max(range.end)));
        trim_start(&mut tokens);
        let content =
            tokens.iter().filter(|token| !matches!(token, Token::Text { text, .. } if text.trim().is_empty()));
        if let [Token::Image { figure, .. }] = content.collect::<Vec<_>>().as_slice() {
            out.push(Block::Figure(figure.clone()));
            return;
        }
        let parts = if self.enclosed > 0 { vec![(tokens, range.clone())] } else { self.parted(tokens, range) };
        let mut parts = parts.into_iter().peekable();
        let mut first = true;
        while let Some((tokens, range)) = parts.next() {
            if let Some(table) = self.tabbed(&tokens, &range) {
                out.push(Block::Table(table));
            } else {
                let next = parts.peek().map(|(_, range)| range);
                self.meant_paragraph(out, tokens, &range, next, if first { depth } else { 0 });
            }
            first = false;
        }
    }

    /// A paragraph that stands where it is meant to. `next` is what follows it under the same paragraph of Markdown.
    fn meant_paragraph(
        &mut self,
        out: &mut Vec<Block>,
        mut tokens: Vec<Token>,
        range: &Range<usize>,
        next: Option<&Range<usize>>,
        depth: usize,
    ) {
        trim_start(&mut tokens);
        self.joined_paragraphs(&tokens, range);
        let head = written_head(&tokens);
        if head.starts_with("表：") {
            let words = plain(&self.set(tokens));
            let is_table = match (next, self.events.get(self.at + 1)) {
                (Some(range), _) | (None, Some((Event::Start(Tag::Paragraph), range))) => {
                    self.tabbed_rows(range).is_some()
                }
                (None, next) => matches!(next, Some((Event::Start(Tag::Table(_)), _))),
            };
            if is_table {
                self.caption = Some(Caption::read(words.strip_prefix("表：").unwrap_or(&words)));
                return;
            }
            self.warn(range, "“表：”后面没有表，按普通段落印").help("表题紧挨着写在表的前面，中间空一行");
            out.push(paragraph(None, vec![Inline::text(words)]));
            return;
        }
        if depth > 0 {
            let text = self.set(tokens);
            if !text.is_empty() {
                out.push(Block::Paragraph { label: None, text, indent: false });
            }
            return;
        }
        let label = self.written_label(&mut tokens, &head, range);
        let text = self.set(tokens);
        if label.is_none() && text.is_empty() {
            return;
        }
        match label {
            // `一、基本情况` on a line of its own is a heading also without `#`.
            Some(label) if label.level <= 2 && !ends_a_sentence(&plain(&text)) => {
                let anchor = self.anchor(label.level);
                out.push(Block::Heading { label, text, anchor });
            }
            label => out.push(paragraph(label, text)),
        }
    }

    /// Takes the number off the beginning of a paragraph and into the count.
    fn written_label(&mut self, tokens: &mut [Token], head: &str, range: &Range<usize>) -> Option<Label> {
        let written = level::read(head)?;
        self.judge(&written, range);
        drop_start(tokens, written.length);
        Some(level::label(written.level, written.number))
    }

    fn judge(&mut self, written: &level::Written, range: &Range<usize>) {
        if let Some(flaw) = written.flaw {
            let edit = self.relabelled(written, range);
            self.warn(range, format!("序号的写法不对：{flaw}"))
                .help("已按标准写法印（GB/T 9704—2012，7.3.3）")
                .remedy(edit);
        }
        if let Some(odd) = self.numbering.written(written.level, written.number) {
            self.warn(range, odd).help("改正序号，或都不写，由程序编号");
        }
    }

    /// The number at the beginning of a paragraph or heading in its right form.
    fn relabelled(&self, written: &level::Written, range: &Range<usize>) -> Option<Edit> {
        let Ground::File(..) = self.ground else { return None };
        let source = self.slice(range);
        let words = source.trim_start().trim_start_matches('#').trim_start();
        level::read(words).filter(|read| read == written)?;
        let start = range.start + source.len() - words.len();
        // The blanks behind the number stay as they are.
        let number = words.get(..written.length)?.trim_end();
        let text = level::label(written.level, written.number).text;
        Some(Edit { place: self.ground.place(start..start + number.len()), text })
    }

    fn heading(&mut self, out: &mut Vec<Block>, depth: HeadingLevel, range: &Range<usize>, nested: usize) {
        let mut tokens = self.line();
        if !self.slice(range).trim_start().starts_with('#') {
            self.warn(range, "文字下面的“---”或“===”把它变成标题，这里按普通段落印")
                .help("标题写作 # 文字；文字与横线之间空一行");
            let text = self.set(tokens);
            out.push(paragraph(None, text));
            return;
        }
        trim_start(&mut tokens);
        let head = written_head(&tokens);
        if nested == 0
            && let Some((number, title)) = attachment::head(&head)
        {
            let skipped = head.len() - title.len();
            drop_start(&mut tokens, skipped);
            let title = plain(&self.set(tokens)).trim().to_owned();
            self.cuts.push(Cut { at: out.len(), number, title, range: range.clone() });
            self.numbering = Numbering::default();
            return;
        }
        if attachment::is_meant(&head) {
            self.warn(range, "这里按正文的标题印，不是附件").help("附件写作“# 附件：名称”，用一个“#”，不放在列表里");
        }
        let depth = depth as u8;
        let label = if let Some(written) = level::read(&head) {
            self.judge(&written, range);
            // `一、` with `1.` under it, without `（一）` between, is usual.
            if written.level != depth && (depth, written.level) != (2, 3) {
                let due = level::label(depth, 1).text;
                self.warn(range, format!("标题前有{depth}个“#”，序号却是第{}层的写法", written.level))
                    .help(&format!("写{}个“#”，或把序号写成“{due}”这一种", written.level));
            }
            drop_start(&mut tokens, written.length);
            level::label(written.level, written.number)
        } else if depth > 4 || Division::named(&head).is_some() {
            level::label(0, 0)
        } else {
            let (number, mixed) = self.numbering.counted(depth);
            if mixed {
                self.warn(range, "这个标题没有写序号，同一层次的别处写了").help("都写，或都不写");
            }
            level::label(depth, number)
        };
        let text = self.set(tokens);
        if text.is_empty() {
            self.warn(range, "标题是空的").help("写上文字，或删去这一行");
        }
        let anchor = self.anchor(label.level);
        out.push(Block::Heading { label, text, anchor });
    }

    /// Code and HTML: the characters as they stand, line by line.
    fn verbatim(&mut self, out: &mut Vec<Block>, range: &Range<usize>) {
        let mut words = String::new();
        let mut html = false;
        while let Some((event, _)) = self.peek() {
            match event {
                Event::Text(part) => words.push_str(&part),
                Event::Html(part) => {
                    html = true;
                    words.push_str(&part);
                }
                _ => break,
            }
            self.advance();
        }
        if html {
            self.markup(&words, range);
        } else {
            self.warn(range, "公文没有代码块，按普通段落印").help("删去行首的四个空格或 ```；首行缩进由版式自动加");
        }
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        out.extend(lines.map(|line| paragraph(None, crate::document::inlines(line))));
    }

    /// A line that begins like a new paragraph but hangs on to the one before it.
    fn joined_paragraphs(&mut self, tokens: &[Token], range: &Range<usize>) {
        let mut begun = None;
        for token in tokens {
            if let (Some(start), Token::Text { text, written: true }) = (begun, token)
                && let Some(written) = level::read(text.trim_start())
            {
                let label = level::label(written.level, written.number).text;
                // What a template made is split in the template.
                let written = matches!(self.ground, Ground::File(..));
                let edit = written.then(|| Edit { place: self.ground.place(start..start), text: "\n".to_owned() });
                self.warn(range, format!("以“{label}”开头的一行接在上一段后面，会印成同一段"))
                    .help("另起一段时，前面空一行")
                    .offer("另起一段", edit);
            }
            begun = if let Token::Soft { next } = token { Some(*next) } else { None };
        }
    }

    /// A name for a heading that no other heading of the text has.
    fn anchor(&mut self, level: u8) -> String {
        let path = if level == 0 { String::from("x") } else { self.numbering.path(level) };
        let name = match self.cuts.len() {
            0 => format!("h-{path}"),
            attachment => format!("f{attachment}-{path}"),
        };
        let mut anchor = name.clone();
        let mut n = 1;
        while !self.anchors.insert(anchor.clone()) {
            n += 1;
            anchor = format!("{name}-{n}");
        }
        anchor
    }
}

fn paragraph(label: Option<Label>, text: Vec<Inline>) -> Block {
    Block::Paragraph { label, text, indent: true }
}

/// The characters at the beginning of a line that stand in the source as they are.
fn written_head(tokens: &[Token]) -> String {
    let mut head = String::new();
    for token in tokens {
        match token {
            Token::Text { text, written: true } => head.push_str(text),
            _ => break,
        }
    }
    head
}

/// Blanks at the beginning of a paragraph are an indent by hand, which the page makes by itself.
fn trim_start(tokens: &mut [Token]) {
    if let Some(Token::Text { text, .. }) = tokens.first_mut() {
        *text = text.trim_start().to_owned();
    }
}

fn drop_start(tokens: &mut [Token], mut bytes: usize) {
    for token in tokens {
        let Token::Text { text, .. } = token else { return };
        let cut = bytes.min(text.len());
        *text = text.get(cut..).unwrap_or_default().to_owned();
        bytes -= cut;
        if bytes == 0 {
            return;
        }
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '）', '》']).ends_with(['。', '！', '？', '；', '：', '，', '…'])
        || text.chars().count() > 60
}
