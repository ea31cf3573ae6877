//! 正文的段落 — headings, paragraphs, tables: the parts that a body and an attachment are made of (GB/T 9704—2012, 7.3.3).

use serde::{Deserialize, Serialize};

use super::script::{Height, lowered, raised, stretches};

/// One part of a text.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading on its own line: `一、基本情况`, `（一）指导思想`.
    Heading {
        /// Level and number.
        label: Label,
        /// The words after the number.
        text: Vec<Inline>,
        /// The name by which it can be linked to on a page.
        anchor: String,
    },
    /// A paragraph, indented by two characters; a numbered one begins with its label (`1.`, `（1）`, and also `一、` or
    /// `（一）` where the heading runs into the text).
    Paragraph {
        /// Level and number, if it has one.
        label: Option<Label>,
        /// The words after the number.
        text: Vec<Inline>,
        /// Whether its first line is indented by two characters.
        indent: bool,
    },
    /// Points without numbers.
    List {
        /// Each point is a run of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// A picture of the workspace.
    Figure(Figure),
    /// 出席, 请假, 列席 of the minutes (10.3): a bold word, a colon, names that hang under the first one.
    Roll {
        /// 出席.
        label: String,
        /// The names.
        text: Vec<Inline>,
    },
}

/// The number of a heading or a paragraph, and which of the four levels it belongs to (7.3.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Label {
    /// 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`; 0 for a heading without a number.
    pub level: u8,
    /// The number as it is printed, with its mark: `一、`, `（一）`, `1.`, `（1）`; empty where there is none.
    pub text: String,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain characters.
    Text {
        /// The characters.
        text: String,
    },
    /// Emphasised: 黑体.
    Strong {
        /// What is emphasised.
        text: Vec<Inline>,
    },
    /// Lightly emphasised: 楷体.
    Emphasis {
        /// What is emphasised.
        text: Vec<Inline>,
    },
    /// Raised: the `2` of m².
    Super {
        /// The characters.
        text: String,
    },
    /// Lowered: the `2` of H₂O.
    Sub {
        /// The characters.
        text: String,
    },
    /// A link; on paper only its text.
    Link {
        /// Where it leads: `https:`, `http:`, `mailto:`, `tel:`, or a path of the site.
        href: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A line break that the author set.
    Break,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// To the left.
    #[default]
    Left,
    /// Centred.
    Center,
    /// To the right: numbers.
    Right,
}

/// A table with a head that is repeated on every page.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Table {
    /// 表题, without a number.
    pub caption: Option<String>,
    /// What stands over its right edge: `单位：万元`.
    pub unit: Option<String>,
    /// The columns, with the words of the head.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether it is set on landscape pages (8).
    pub landscape: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Column {
    /// Its head.
    pub name: Vec<Inline>,
    /// How its cells are set.
    pub align: Align,
    /// Whether its head goes on that of the column before it.
    #[serde(default, skip_serializing_if = "Merge::is_none")]
    pub merge: Merge,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Row {
    /// Its cells, as many as there are columns or fewer.
    pub cells: Vec<Cell>,
    /// Whether it sums the others up (合计).
    pub total: bool,
    /// Whether it belongs to the head: a head of two rows, and more.
    #[serde(default, skip_serializing_if = "is_not")]
    pub head: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Cell {
    /// What stands in it.
    pub text: Vec<Inline>,
    /// Whether it is part of another one.
    #[serde(default, skip_serializing_if = "Merge::is_none")]
    pub merge: Merge,
}

/// Whether a cell is merged with another one, in which case it holds nothing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Merge {
    /// It is a cell of its own.
    #[default]
    None,
    /// It goes on the cell at its left.
    Left,
    /// It goes on the cell above.
    Above,
}

impl Column {
    /// A column with its head.
    #[must_use]
    pub fn new(name: Vec<Inline>, align: Align) -> Self {
        Self { name, align, merge: Merge::None }
    }
}

impl Row {
    /// A row of the body.
    #[must_use]
    pub fn new(cells: Vec<Cell>, total: bool) -> Self {
        Self { cells, total, head: false }
    }
}

impl From<Vec<Inline>> for Cell {
    fn from(text: Vec<Inline>) -> Self {
        Self { text, merge: Merge::None }
    }
}

impl Merge {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with the field's address")]
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with the field's address")]
fn is_not(value: &bool) -> bool {
    !value
}

impl Table {
    /// Whether it has no head: a form, whose labels stand in its cells.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.columns.iter().all(|column| plain(&column.name).trim().is_empty())
    }

    /// How many columns and rows a cell takes, counted from its own place; `head` is the row of the columns' names. Cells that go on
    /// another take none.
    #[must_use]
    pub fn span(&self, row: Option<usize>, column: usize) -> (usize, usize) {
        let merge = |row: Option<usize>, column: usize| match row {
            None => self.columns.get(column).map_or(Merge::None, |column| column.merge),
            Some(row) => {
                self.rows.get(row).and_then(|row| row.cells.get(column)).map_or(Merge::None, |cell| cell.merge)
            }
        };
        if merge(row, column) != Merge::None {
            return (0, 0);
        }
        let wide = 1 + (column + 1..self.columns.len()).take_while(|next| merge(row, *next) == Merge::Left).count();
        let below = row.map_or(0, |row| row + 1);
        let is_head = row.is_none_or(|row| self.rows.get(row).is_some_and(|row| row.head));
        // A cell of the head does not reach into the body.
        let same = |next: &usize| self.rows.get(*next).is_some_and(|row| row.head == is_head);
        let high = 1
            + (below..self.rows.len())
                .take_while(same)
                .take_while(|next| merge(Some(*next), column) == Merge::Above)
                .count();
        (wide, high)
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Figure {
    /// Its path in the workspace.
    pub path: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Its caption.
    pub caption: Option<String>,
}

impl Figure {
    /// Whether it shows the pages of another file, each as it is.
    #[must_use]
    pub fn is_pages(&self) -> bool {
        self.path.to_ascii_lowercase().ends_with(".pdf")
    }
}

impl Inline {
    /// Plain characters.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

/// A text without any marks as a run, its raised and lowered characters set as such.
#[must_use]
pub fn inlines(text: &str) -> Vec<Inline> {
    let inline = |(height, text)| match height {
        Height::Line => Inline::Text { text },
        Height::Raised => Inline::Super { text },
        Height::Lowered => Inline::Sub { text },
    };
    stretches(text).into_iter().map(inline).collect()
}

/// The characters of a run, without marks; raised and lowered ones as the characters that Unicode has for them.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    characters(inlines, raised, lowered)
}

/// The characters of a run as they are printed: raised and lowered ones are ordinary characters, set higher or lower.
#[must_use]
pub fn printed(inlines: &[Inline]) -> String {
    characters(inlines, str::to_owned, str::to_owned)
}

fn characters(inlines: &[Inline], raised: fn(&str) -> String, lowered: fn(&str) -> String) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text } => out.push_str(text),
            Inline::Super { text } => out.push_str(&raised(text)),
            Inline::Sub { text } => out.push_str(&lowered(text)),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
                out.push_str(&characters(text, raised, lowered));
            }
            Inline::Break => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_and_lowered_characters_become_runs() {
        let raised = |text: &str| Inline::Super { text: text.into() };
        assert_eq!(inlines("≥10⁻⁶ m²"), [Inline::text("≥10"), raised("−6"), Inline::text(" m"), raised("2")]);
        assert_eq!(inlines("MPa·m¹ᐟ²"), [Inline::text("MPa·m"), raised("1/2")]);
        assert_eq!(inlines("H₂O"), [Inline::text("H"), Inline::Sub { text: "2".into() }, Inline::text("O")]);
        assert_eq!(inlines("25℃±2μm"), [Inline::text("25℃±2μm")]);
        assert_eq!(inlines(""), []);
    }

    #[test]
    fn a_plain_text_has_them_back() {
        for text in ["≥10⁻⁶ m²", "MPa·m¹ᐟ²", "H₂O"] {
            assert_eq!(plain(&inlines(text)), text);
        }
    }
}
