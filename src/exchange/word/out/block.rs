//! 正文 — headings, paragraphs, lists, pictures of a text as paragraphs of Word, numbers as text.

use super::flow::{Face, Flow, Look, Paragraph, run};
use super::package::Media;
use super::table;
use super::text::inline;
use crate::document::{Block, Division, Inline, Label, Leads, plain};

/// What blocks are written with.
pub(super) struct Writing<'a> {
    /// The width of a character of the text, in points.
    pub(super) step: f64,
    /// The width of the text.
    pub(super) width: f64,
    /// How wide pictures are printed, in points, in their order.
    pub(super) figures: Vec<(f64, f64)>,
    /// The sizes in which tables are printed, in their order.
    pub(super) tables: Vec<f64>,
    pub(super) media: Media<'a>,
    /// Whether what is written now stays on the page of what follows it.
    pub(super) bound: bool,
    /// Sections: upright, and turned.
    pub(super) sections: (String, String),
}

/// The face of the headings of a level.
fn face_of(level: u8) -> Face {
    match level {
        1 => Face::Hei,
        2 => Face::Kai,
        _ => Face::Fang,
    }
}

fn style_of(level: u8) -> &'static str {
    match level {
        1 => "gw1",
        2 => "gw2",
        3 => "gw3",
        _ => "gw4",
    }
}

impl Writing<'_> {
    /// Writes blocks; with `bound`, the last paragraph stays on the page of what follows it.
    pub(super) fn blocks(&mut self, flow: &mut Flow, blocks: &[Block], bound: bool) {
        let leads = Leads::of(blocks);
        for (index, block) in blocks.iter().enumerate() {
            self.bound = bound && index + 1 == blocks.len();
            self.block(flow, block, leads, "");
        }
        self.bound = false;
    }

    fn block(&mut self, flow: &mut Flow, block: &Block, leads: Leads, mark: &str) {
        match block {
            Block::Heading { label, text, .. } => {
                let words = plain(text);
                if matches!(Division::of(&words), Some((Division::Chapter, _))) && label.text.is_empty() {
                    let runs = inline(text, Look::of(Face::Hei));
                    let chapter = Paragraph { style: "gw1", alignment: "center", ..Paragraph::new(runs).flush() };
                    flow.add(&chapter);
                    return;
                }
                let look = Look::of(face_of(label.level));
                let runs = run(&label.text, look) + &inline(text, look);
                flow.add(&Paragraph { style: style_of(label.level.max(1)), keep_next: true, ..Paragraph::new(runs) });
            }
            Block::Paragraph { label, text, indent } => {
                let runs = run(mark, Look::default()) + &lead(label.as_ref(), text, leads);
                let paragraph = Paragraph { keep_next: self.bound, ..Paragraph::new(runs) };
                flow.add(&if *indent || !mark.is_empty() { paragraph } else { paragraph.flush() });
            }
            Block::List { items } => {
                for item in items {
                    for (index, block) in item.iter().enumerate() {
                        self.block(flow, block, leads, if index == 0 { "——" } else { "" });
                    }
                }
            }
            Block::Table(table) => {
                let size = if self.tables.is_empty() { 12.0 } else { self.tables.remove(0) };
                table::write(flow, table, size, self.width, &self.sections);
            }
            // Word has no place for the pages of another file.
            Block::Figure(figure) if figure.is_pages() => {
                flow.add(&Paragraph::new(run(
                    &format!("〔附页：{}，见 {}〕", figure.alt, figure.path),
                    Look::default(),
                )));
            }
            Block::Figure(figure) => {
                let size =
                    if self.figures.is_empty() { (self.width * 0.6, self.width * 0.4) } else { self.figures.remove(0) };
                let runs = match self.media.picture(&figure.path, &figure.alt, size) {
                    Some(drawing) => format!("<w:r>{drawing}</w:r>"),
                    None => run(&format!("〔图：{}〕", figure.alt), Look::default()),
                };
                let picture = Paragraph { style: "gwpic", alignment: "center", ..Paragraph::new(runs).flush() };
                flow.add(&picture);
                if let Some(caption) = &figure.caption {
                    let runs = run(caption, Look::sized(Face::Kai, 14.0));
                    flow.add(&Paragraph { alignment: "center", ..Paragraph::new(runs).flush() });
                }
            }
            Block::Roll { label, text } => {
                #[expect(clippy::cast_precision_loss, reason = "a word has few characters")]
                let hang = (label.chars().count() + 1) as f64 * self.step;
                let runs =
                    run(label, Look::of(Face::Hei)) + &run("：", Look::default()) + &inline(text, Look::default());
                let roll = Paragraph { left: Some(2.0 * self.step + hang), first: Some(-hang), ..Paragraph::new(runs) };
                flow.add(&roll);
            }
        }
    }
}

/// A numbered paragraph whose first sentence is its heading, in the face of its level.
fn lead(label: Option<&Label>, text: &[Inline], leads: Leads) -> String {
    let Some(label) = label else {
        let words = plain(text);
        let article =
            Division::of(&words).filter(|(division, _)| *division == Division::Article).map(|(_, number)| number);
        let (Some(number), Some(Inline::Text { text: first })) = (article, text.first()) else {
            return inline(text, Look::default());
        };
        let rest = first.strip_prefix(number).unwrap_or_default();
        return run(number, Look::of(Face::Hei))
            + &run(rest, Look::default())
            + &inline(text.get(1..).unwrap_or_default(), Look::default());
    };
    let (sentence, rest) = leads.split(label, text);
    if sentence.is_empty() {
        return run(&label.text, Look::default()) + &inline(text, Look::default());
    }
    let look = Look::of(face_of(label.level));
    run(&label.text, look)
        + &run(sentence, look)
        + &run(rest, Look::default())
        + &inline(text.get(1..).unwrap_or_default(), Look::default())
}
