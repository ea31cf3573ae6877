//! 正文的网页 — the parts of a text as semantic HTML: headings in order, tables with caption and scope, every character escaped.
//!
//! The writer knows nothing but [`Block`] and [`Inline`]; a document's text can therefore carry no markup of its own.

use std::collections::BTreeSet;

use crate::document::{Align, Block, Cell, Figure, Inline, Label, Table, plain};

use super::link::{Target, encode_path};

/// Where pictures of the workspace stand in the output.
#[must_use]
pub fn figure_path(path: &str) -> String {
    format!("assets/figures/{path}")
}

/// Appends `text` so that it stands as these very characters, in an element as well as in a quoted attribute.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// `text` with the characters of markup written out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Writes the parts of one page.
pub(super) struct Writer<'a> {
    out: String,
    /// The way up to the output folder.
    root: &'a str,
    /// What a table without a caption is called by.
    heading: String,
    /// The level of the heading over the text: 1 under the page's title.
    base: u8,
    /// The level of the last heading that was written.
    level: u8,
    /// What is put before every anchor, so that an attachment's do not meet the body's.
    prefix: String,
    ids: BTreeSet<String>,
    /// How many tables were written: their regions need different names.
    tables: usize,
    /// Paths below the output folder that the text links to or shows.
    pub(super) targets: BTreeSet<String>,
    /// Addresses that no page may carry.
    pub(super) refused: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(root: &'a str, title: &str) -> Self {
        Self {
            out: String::new(),
            root,
            heading: title.to_owned(),
            base: 1,
            level: 1,
            prefix: String::new(),
            ids: BTreeSet::new(),
            tables: 0,
            targets: BTreeSet::new(),
            refused: Vec::new(),
        }
    }

    /// What was written since the last call.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// Begins a part of the page that stands under a heading of the given level, with anchors of its own.
    pub(super) fn part(&mut self, base: u8, prefix: &str, heading: &str) {
        self.base = base;
        self.level = base;
        prefix.clone_into(&mut self.prefix);
        heading.clone_into(&mut self.heading);
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { label, text, anchor } => self.heading(label, text, anchor),
            Block::Paragraph { label, text, indent } => {
                self.out.push_str(if *indent { "<p>" } else { "<p class=\"flush\">" });
                self.label(label.as_ref());
                self.inlines(text);
                self.out.push_str("</p>\n");
            }
            Block::List { items } => {
                self.out.push_str("<ul>\n");
                for item in items {
                    self.out.push_str("<li>");
                    if let [Block::Paragraph { label, text, .. }] = item.as_slice() {
                        self.label(label.as_ref());
                        self.inlines(text);
                    } else {
                        self.blocks(item);
                    }
                    self.out.push_str("</li>\n");
                }
                self.out.push_str("</ul>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Roll { label, text } => {
                self.out.push_str("<p class=\"roll\"><strong>");
                self.text(label);
                self.out.push_str("：</strong>");
                self.inlines(text);
                self.out.push_str("</p>\n");
            }
        }
    }

    fn heading(&mut self, label: &Label, text: &[Inline], anchor: &str) {
        // 一、 stands right under the title. A heading never lies more than one level below the one before it (WCAG 1.3.1).
        let wanted = self.base + label.level.max(1);
        let level = wanted.min(self.level + 1).min(6);
        self.level = level;
        self.heading = format!("{}{}", label.text, plain(text));
        let id = self.id(anchor);
        put!(self.out, "<h{level} id=\"{id}\" class=\"l{}\">", label.level);
        self.label(Some(label));
        self.inlines(text);
        put!(self.out, "</h{level}>\n");
    }

    /// A name for an element that no other on the page has; HTML forbids only white space in it.
    fn id(&mut self, anchor: &str) -> String {
        let joined: String = anchor.split_whitespace().collect::<Vec<_>>().join("-");
        let wanted = format!("{}{}", self.prefix, if joined.is_empty() { "s" } else { &joined });
        let mut id = wanted.clone();
        let mut copy = 1;
        while !self.ids.insert(id.clone()) {
            copy += 1;
            id = format!("{wanted}-{copy}");
        }
        escape(&id)
    }

    fn label(&mut self, label: Option<&Label>) {
        if let Some(label) = label.filter(|label| !label.text.is_empty()) {
            self.out.push_str("<span class=\"no\">");
            self.text(&label.text);
            self.out.push_str("</span>");
        }
    }

    fn table(&mut self, table: &Table) {
        let caption = table.caption.clone().unwrap_or_else(|| self.heading.clone());
        let heads: Vec<String> = table.columns.iter().map(|column| plain(&column.name)).collect();
        let classes: Vec<String> = (0..table.columns.len()).map(|at| class(table, at)).collect();
        let cards = if heads.len() > 3 { " cards" } else { "" };
        self.out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.tables += 1;
        put!(self.out, "表格{}：", self.tables);
        self.text(&caption);
        put!(self.out, "\">\n<table class=\"grid{cards}\">\n<caption");
        if table.caption.is_none() && table.unit.is_none() {
            self.out.push_str(" class=\"hidden\"");
        }
        self.out.push('>');
        match (&table.caption, &table.unit) {
            (None, Some(_)) => {
                self.out.push_str("<span class=\"hidden\">");
                self.text(&caption);
                self.out.push_str("</span>");
            }
            _ => self.text(&caption),
        }
        if let Some(unit) = &table.unit {
            self.out.push_str(" <span class=\"unit\">");
            self.text(unit);
            self.out.push_str("</span>");
        }
        self.out.push_str("</caption>\n<thead><tr>");
        for (column, class) in table.columns.iter().zip(&classes) {
            put!(self.out, "<th scope=\"col\"{class}>");
            self.inlines(&column.name);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str(if row.total { "<tr class=\"total\">" } else { "<tr>" });
            for (at, (head, class)) in heads.iter().zip(&classes).enumerate() {
                self.cell(at == 0, class, head, row.cells.get(at));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// A cell; the first of a row names it. On a phone a row becomes a card, and each cell shows its head before it.
    fn cell(&mut self, first: bool, class: &str, head: &str, cell: Option<&Cell>) {
        let element = if first { "th" } else { "td" };
        put!(self.out, "<{element}{}{class}", if first { " scope=\"row\"" } else { "" });
        self.out.push_str(" data-label=\"");
        self.text(head);
        self.out.push_str("\">");
        if let Some(cell) = cell {
            self.inlines(&cell.text);
        }
        put!(self.out, "</{element}>");
    }

    fn figure(&mut self, figure: &Figure) {
        let path = figure_path(&figure.path);
        self.out.push_str("<figure><img src=\"");
        self.text(&format!("{}{}", self.root, encode_path(&path)));
        self.out.push_str("\" alt=\"");
        self.text(&figure.alt);
        self.out.push_str("\" loading=\"lazy\">");
        if let Some(caption) = &figure.caption {
            self.out.push_str("<figcaption>");
            self.text(caption);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
        self.targets.insert(path);
    }

    /// Runs of text.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.text(text),
                Inline::Strong { text } => self.wrapped("strong", |writer| writer.inlines(text)),
                Inline::Emphasis { text } => self.wrapped("em", |writer| writer.inlines(text)),
                Inline::Super { text } => self.wrapped("sup", |writer| writer.text(text)),
                Inline::Sub { text } => self.wrapped("sub", |writer| writer.text(text)),
                Inline::Link { href, text } => self.link(href, text),
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn wrapped(&mut self, element: &str, inner: impl FnOnce(&mut Self)) {
        put!(self.out, "<{element}>");
        inner(self);
        put!(self.out, "</{element}>");
    }

    fn link(&mut self, href: &str, text: &[Inline]) {
        let Some(target) = Target::parse(href) else {
            self.refused.push(href.to_owned());
            self.inlines(text);
            return;
        };
        match target {
            Target::Outside(address) => {
                let web = address.starts_with("http");
                self.out.push_str(if web {
                    "<a class=\"out\" rel=\"noopener noreferrer\" href=\""
                } else {
                    "<a href=\""
                });
                self.text(&address);
            }
            Target::Here(fragment) => {
                self.out.push_str("<a href=\"#");
                self.text(&encode_path(&fragment));
            }
            Target::Inside { path, fragment } => {
                self.out.push_str("<a href=\"");
                self.text(self.root);
                self.text(&encode_path(&path));
                if let Some(fragment) = fragment {
                    self.out.push('#');
                    self.text(&encode_path(&fragment));
                }
                self.targets.insert(path);
            }
        }
        self.out.push_str("\">");
        self.inlines(text);
        self.out.push_str("</a>");
    }

    /// Plain characters.
    pub(super) fn text(&mut self, text: &str) {
        escape_into(&mut self.out, text);
    }
}

/// How many characters a column may hold to be kept on one line: a serial number, 合计, a year.
const SHORT: usize = 4;

/// The class of a column's cells: how they are set, and whether they are too short to be broken.
fn class(table: &Table, at: usize) -> String {
    let align = match table.columns.get(at).map(|column| column.align) {
        Some(Align::Center) => "c",
        Some(Align::Right) => "r",
        _ => "",
    };
    let words = |cell: &Cell| plain(&cell.text).chars().count();
    let head = table.columns.get(at).map_or(0, |column| plain(&column.name).chars().count());
    let short = head.max(table.rows.iter().filter_map(|row| row.cells.get(at)).map(words).max().unwrap_or(0)) <= SHORT;
    match (align, short) {
        ("", false) => String::new(),
        ("", true) => " class=\"s\"".to_owned(),
        (align, short) => format!(" class=\"{align}{}\"", if short { " s" } else { "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert(1)</script> {{x}} #read(\"/etc/passwd\") $x$ *b*";

    fn written(blocks: &[Block]) -> String {
        let mut writer = Writer::new("../", "题");
        writer.blocks(blocks);
        writer.take()
    }

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading {
            label: Label { level, text: String::new() },
            text: vec![Inline::text(text)],
            anchor: "同名".into(),
        }
    }

    #[test]
    fn a_text_prints_as_its_very_characters() {
        let html = written(&[Block::Paragraph { label: None, text: vec![Inline::text(HOSTILE)], indent: true }]);
        assert_eq!(html, "<p>&lt;script&gt;alert(1)&lt;/script&gt; {{x}} #read(&quot;/etc/passwd&quot;) $x$ *b*</p>\n");
    }

    #[test]
    fn headings_never_skip_a_level_and_never_share_a_name() {
        let html = written(&[heading(3, "甲"), heading(1, "乙"), heading(2, "丙"), heading(4, "丁")]);
        let levels: Vec<&str> = html.lines().map(|line| &line[1..3]).collect();
        assert_eq!(levels, ["h2", "h2", "h3", "h4"]);
        assert!(html.contains("id=\"同名\"") && html.contains("id=\"同名-2\"") && html.contains("id=\"同名-4\""));
    }

    #[test]
    fn an_address_that_no_page_may_carry_is_text() {
        let link = Inline::Link { href: "javascript:alert(1)".into(), text: vec![Inline::text("点此")] };
        let mut writer = Writer::new("", "题");
        writer.inlines(&[link]);
        assert_eq!(writer.take(), "点此");
        assert_eq!(writer.refused, ["javascript:alert(1)"]);
    }
}
