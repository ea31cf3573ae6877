//! 正文的网页 — the parts of a text as semantic HTML: headings in order, tables with caption and scope.
//!
//! The writer knows nothing but [`Block`] and [`Inline`], and markup is a type of its own (`maud`) that escapes every character
//! put into it; a document's text can therefore carry no markup.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};

use crate::document::{Align, Block, Cell, Document, Figure, Inline, Label, Merge, Outline, Table, plain};

use crate::site::contents::Words;
use crate::site::leads::{Leads, Place};
use crate::site::link::{Target, encode_path};
use crate::site::output::Addresses;

/// Where pictures of the workspace stand in the output.
#[must_use]
pub fn figure_path(path: &str) -> String {
    format!("assets/figures/{path}")
}

/// Writes the texts of one page, part by part, and keeps what the next part must not repeat.
pub(in crate::site) struct TextWriter<'a> {
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
    /// Where words lead, and the page on which they stand.
    leads: Option<(&'a Leads, &'a str)>,
    /// Where words end, for narrow cells.
    words: Option<Words<'a>>,
    /// The clauses of the text that is being written: the name of each, by the number of its block.
    clauses: BTreeMap<usize, String>,
    /// By what the clauses are known among all policies.
    policy: String,
    /// The clause that begins with the next block: its element, its name.
    clause: Option<(String, String)>,
    pub(in crate::site) addresses: Addresses,
}

impl<'a> TextWriter<'a> {
    pub(in crate::site) fn new(root: &'a str, title: &str) -> Self {
        Self {
            root,
            heading: title.to_owned(),
            base: 1,
            level: 1,
            prefix: String::new(),
            ids: BTreeSet::new(),
            tables: 0,
            leads: None,
            words: None,
            clauses: BTreeMap::new(),
            policy: String::new(),
            clause: None,
            addresses: Addresses::default(),
        }
    }

    /// Makes links of words that lead somewhere else than to their own page.
    pub(in crate::site) fn leading(mut self, rendering: (&'a Leads, Words<'a>), page: &'a str) -> Self {
        self.leads = Some((rendering.0, page));
        self.words = Some(rendering.1);
        self
    }

    /// The text of a document, each clause of it with an address of its own.
    pub(in crate::site) fn body(&mut self, document: &Document) -> Markup {
        let outline = Outline::of(&document.body);
        self.clauses = outline.clauses().iter().map(|clause| (clause.at, clause.id.0.clone())).collect();
        self.policy.clone_from(&document.slug);
        let blocks = document.body.iter().enumerate().map(|(at, block)| {
            self.clause = self.clauses.remove(&at).map(|name| (self.id(&name), name));
            self.block(block)
        });
        let blocks: Vec<Markup> = blocks.collect();
        html! {
            @for block in blocks {
                (block) "\n"
            }
        }
    }

    /// The number of a heading or paragraph; of a clause with its address, and the way to what was given under it.
    fn number(&mut self, label: Option<&Label>) -> Markup {
        let label = label.map(|label| label.text.as_str()).filter(|text| !text.is_empty());
        let Some((id, name)) = self.clause.take() else {
            return html! { @if let Some(label) = label { span class="no" { (label) } } };
        };
        let given = self.lead(&format!("{} {name}", self.policy));
        html! {
            span class=[label.map(|_| "no")] id=(id) {
                @match (label, given) {
                    (Some(label), Some(address)) => { a class="lead" href=(address) title="此条的历年奖励" { (label) } }
                    (label, _) => { (label.unwrap_or_default()) }
                }
            }
        }
    }

    /// The address to which these very words lead; none on the page itself.
    fn lead(&mut self, words: &str) -> Option<String> {
        let (leads, own) = self.leads?;
        let place = leads.to(words).filter(|place| place.page != own)?;
        Some(self.address(place))
    }

    fn address(&mut self, place: &Place) -> String {
        self.addresses.targets.insert(place.page.clone());
        let fragment = place.id.as_ref().map(|id| format!("#{}", encode_path(id))).unwrap_or_default();
        format!("{}{}{fragment}", self.root, encode_path(&place.page))
    }

    /// What stands in a cell, a link where it names something that has a place.
    pub(in crate::site) fn named(&mut self, inlines: &[Inline]) -> Markup {
        let simple = inlines
            .iter()
            .all(|inline| matches!(inline, Inline::Text { .. } | Inline::Super { .. } | Inline::Sub { .. }));
        let lead = if simple { self.lead(&plain(inlines)) } else { None };
        let words = match (inlines, self.words) {
            ([Inline::Text { text }], Some(words)) if !text.contains('〔') => PreEscaped(words.broken(text)),
            _ => self.inlines(inlines),
        };
        lead.map_or_else(|| words.clone(), |address| html! { a class="lead" href=(address) { (words) } })
    }

    /// Characters, with links where they cite a document by its number.
    fn cited(&mut self, text: &str) -> Markup {
        let Some((leads, own)) = self.leads else { return html! { (text) } };
        let found = leads.numbers(text).into_iter().filter(|(_, _, place)| place.page != own);
        let mut done = 0;
        let mut pieces: Vec<(&str, String, &str)> = Vec::new();
        for (from, to, place) in found {
            let (before, cited) = (text.get(done..from).unwrap_or_default(), text.get(from..to).unwrap_or_default());
            pieces.push((before, self.address(place), cited));
            done = to;
        }
        html! {
            @for (before, address, cited) in pieces {
                (before) a class="lead" href=(address) { (cited) }
            }
            (text.get(done..).unwrap_or_default())
        }
    }

    /// Begins a part of the page that stands under a heading of the given level, with anchors of its own.
    pub(in crate::site) fn part(&mut self, base: u8, prefix: &str, heading: &str) {
        self.base = base;
        self.level = base;
        prefix.clone_into(&mut self.prefix);
        heading.clone_into(&mut self.heading);
    }

    pub(in crate::site) fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! {
            @for block in blocks {
                (self.block(block)) "\n"
            }
        }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { label, text, anchor } => self.heading(label, text, anchor),
            Block::Paragraph { label, text, indent } => html! {
                p class=[(!indent).then_some("flush")] { (self.number(label.as_ref())) (self.inlines(text)) }
            },
            Block::List { items } => html! {
                ul {
                    "\n"
                    @for item in items {
                        li {
                            @if let [Block::Paragraph { label, text, .. }] = item.as_slice() {
                                (self.number(label.as_ref())) (self.inlines(text))
                            } @else {
                                (self.blocks(item))
                            }
                        }
                        "\n"
                    }
                }
            },
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Roll { label, text } => html! {
                p class="roll" { strong { (label) "：" } (self.inlines(text)) }
            },
        }
    }

    fn heading(&mut self, label: &Label, text: &[Inline], anchor: &str) -> Markup {
        // 一、 stands right under the title. A heading never lies more than one level below the one before it (WCAG 1.3.1).
        let wanted = self.base + label.level.max(1);
        self.level = wanted.min(self.level + 1).min(6);
        self.heading = format!("{}{}", label.text, plain(text));
        let (id, class) = (self.id(anchor), format!("l{}", label.level));
        let words = html! { (self.number(Some(label))) (self.inlines(text)) };
        html! {
            @match self.level {
                0..=2 => { h2 id=(id) class=(class) { (words) } }
                3 => { h3 id=(id) class=(class) { (words) } }
                4 => { h4 id=(id) class=(class) { (words) } }
                5 => { h5 id=(id) class=(class) { (words) } }
                _ => { h6 id=(id) class=(class) { (words) } }
            }
        }
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
        id
    }

    fn table(&mut self, table: &Table) -> Markup {
        self.tables += 1;
        let caption = table.caption.clone().unwrap_or_else(|| self.heading.clone());
        let heads: Vec<String> = table.columns.iter().map(|column| plain(&column.name)).collect();
        let classes: Vec<Option<&str>> = (0..table.columns.len()).map(|at| class(table, at)).collect();
        let named = table.caption.is_some();
        // A row with cells of several rows is no card.
        let merged = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.merge != Merge::None);
        html! {
            div class="scroll" role="region" tabindex="0" aria-label={ "表格" (self.tables) "：" (caption) } {
                "\n"
                table class=(if heads.len() > 3 && !merged { "grid cards" } else { "grid" }) {
                    "\n"
                    caption class=[(!named && table.unit.is_none()).then_some("hidden")] {
                        @if !named && table.unit.is_some() {
                            span class="hidden" { (caption) }
                        } @else {
                            (caption)
                        }
                        @if let Some(unit) = &table.unit {
                            " " span class="unit" { (unit) }
                        }
                    }
                    "\n"
                    @if !table.is_form() {
                        thead {
                            tr {
                                @for (at, column) in table.columns.iter().enumerate() {
                                    (self.head(table, (None, at), classes.get(at).copied().flatten(), &column.name))
                                }
                            }
                            @for (number, row) in table.rows.iter().enumerate().filter(|(_, row)| row.head) {
                                tr {
                                    @for (at, cell) in row.cells.iter().enumerate() {
                                        (self.head(table, (Some(number), at), classes.get(at).copied().flatten(), &cell.text))
                                    }
                                }
                            }
                        }
                        "\n"
                    }
                    tbody {
                        "\n"
                        @for (number, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.head) {
                            tr class=[row.total.then_some("total")] {
                                @for (at, (head, class)) in heads.iter().zip(&classes).enumerate() {
                                    (self.cell(table.span(Some(number), at), at == 0, *class, head, row.cells.get(at)))
                                }
                            }
                            "\n"
                        }
                    }
                    "\n"
                }
                "\n"
            }
        }
    }

    /// A cell of the head, over as many columns and rows as it takes.
    fn head(
        &mut self,
        table: &Table,
        (row, at): (Option<usize>, usize),
        class: Option<&str>,
        name: &[Inline],
    ) -> Markup {
        let (wide, high) = table.span(row, at);
        let scope = if wide > 1 { "colgroup" } else { "col" };
        html! {
            @if wide > 0 {
                th scope=(scope) class=[class] colspan=[several(wide)] rowspan=[several(high)] { (self.inlines(name)) }
            }
        }
    }

    /// A cell; the first of a row names it. On a phone a row becomes a card, and each cell shows its head before it.
    fn cell(
        &mut self,
        (wide, high): (usize, usize),
        first: bool,
        class: Option<&str>,
        head: &str,
        cell: Option<&Cell>,
    ) -> Markup {
        let inlines = cell.map_or(&[][..], |cell| &cell.text);
        // A short cell keeps to its line: a place where it may break would be used even so.
        let words = self.words;
        self.words = words.filter(|_| !class.is_some_and(|class| class.split(' ').any(|one| one == "s")));
        let text = self.named(inlines);
        self.words = words;
        html! {
            @if wide == 0 {
            } @else if first {
                th scope="row" class=[class] colspan=[several(wide)] rowspan=[several(high)] data-label=(head) { (text) }
            } @else {
                td class=[class] colspan=[several(wide)] rowspan=[several(high)] data-label=(head) { (text) }
            }
        }
    }

    fn figure(&mut self, figure: &Figure) -> Markup {
        let path = figure_path(&figure.path);
        if figure.is_pages() {
            let words = figure.caption.as_ref().unwrap_or(&figure.alt);
            let markup = html! { p { a href={ (self.root) (encode_path(&path)) } { (words) "（PDF）" } } };
            self.addresses.targets.insert(path);
            return markup;
        }
        let markup = html! {
            figure {
                img src={ (self.root) (encode_path(&path)) } alt=(figure.alt);
                @if let Some(caption) = &figure.caption {
                    figcaption { (caption) }
                }
            }
        };
        self.addresses.targets.insert(path);
        markup
    }

    /// Runs of text.
    pub(in crate::site) fn inlines(&mut self, inlines: &[Inline]) -> Markup {
        html! {
            @for inline in inlines {
                @match inline {
                    Inline::Text { text } => { (self.cited(text)) }
                    Inline::Strong { text } => { strong { (self.inlines(text)) } }
                    Inline::Emphasis { text } => { em { (self.inlines(text)) } }
                    Inline::Super { text } => { sup { (text) } }
                    Inline::Sub { text } => { sub { (text) } }
                    Inline::Link { href, text } => { (self.link(href, text)) }
                    Inline::Break => { br; }
                }
            }
        }
    }

    fn link(&mut self, href: &str, text: &[Inline]) -> Markup {
        // No link within a link.
        let leads = self.leads.take();
        let words = self.inlines(text);
        self.leads = leads;
        let Some(target) = Target::parse(href) else {
            self.addresses.refused.push(href.to_owned());
            return words;
        };
        let (address, web) = match target {
            Target::Outside(address) => {
                let web = address.starts_with("http");
                (address, web)
            }
            Target::Here(fragment) => (format!("#{}", encode_path(&fragment)), false),
            Target::Inside { path, fragment } => {
                let fragment = fragment.map(|fragment| format!("#{}", encode_path(&fragment))).unwrap_or_default();
                let address = format!("{}{}{fragment}", self.root, encode_path(&path));
                self.addresses.targets.insert(path);
                (address, false)
            }
        };
        html! {
            a class=[web.then_some("out")] rel=[web.then_some("noopener noreferrer")] href=(address) {
                (words)
            }
        }
    }
}

/// A span that has to be said.
fn several(span: usize) -> Option<usize> {
    (span > 1).then_some(span)
}

/// How many characters a column may hold to be kept on one line: a serial number, 合计, 2023年, a state.
const SHORT: usize = 7;

/// The class of a column's cells: how they are set, and whether they are too short to be broken.
fn class(table: &Table, at: usize) -> Option<&'static str> {
    let words = |cell: &Cell| plain(&cell.text).chars().count();
    let column = table.columns.get(at);
    let head = column.map_or(0, |column| plain(&column.name).chars().count());
    let short = head.max(table.rows.iter().filter_map(|row| row.cells.get(at)).map(words).max().unwrap_or(0)) <= SHORT;
    match (column.map_or(Align::Left, |column| column.align), short) {
        (Align::Left, false) => None,
        (Align::Left, true) => Some("s"),
        (Align::Center, false) => Some("c"),
        (Align::Center, true) => Some("c s"),
        (Align::Right, false) => Some("r"),
        (Align::Right, true) => Some("r s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert(1)</script> {{x}} #read(\"/etc/passwd\") $x$ *b*";

    fn written(blocks: &[Block]) -> String {
        TextWriter::new("../", "题").blocks(blocks).into_string()
    }

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading {
            label: Label { level, text: String::new() },
            text: vec![Inline::text(text)],
            anchor: "同名".into(),
        }
    }

    #[test]
    fn pictures_stand_below_one_folder() {
        assert_eq!(figure_path("data/pictures/a.png"), "assets/figures/data/pictures/a.png");
    }

    #[test]
    fn a_text_prints_as_its_very_characters() {
        let html = written(&[Block::Paragraph { label: None, text: vec![Inline::text(HOSTILE)], indent: true }]);
        assert_eq!(html, "<p>&lt;script&gt;alert(1)&lt;/script&gt; {{x}} #read(&quot;/etc/passwd&quot;) $x$ *b*</p>\n");
    }

    #[test]
    fn a_text_cannot_leave_an_attribute() {
        let table = Table {
            caption: Some("\"><script>".into()),
            unit: None,
            columns: vec![crate::document::Column::new(vec![Inline::text("'\" onload=x")], Align::Left)],
            rows: Vec::new(),
            landscape: false,
        };
        let html = written(&[Block::Table(table), heading(1, "甲")]);
        assert!(html.contains("aria-label=\"表格1：&quot;&gt;&lt;script&gt;\""), "{html}");
        // An attribute ends at its double quote alone.
        assert!(html.contains(">'&quot; onload=x</th>"), "{html}");
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
        let mut writer = TextWriter::new("", "题");
        assert_eq!(writer.inlines(&[link]).into_string(), "点此");
        assert_eq!(writer.addresses.refused, ["javascript:alert(1)"]);
    }
}
