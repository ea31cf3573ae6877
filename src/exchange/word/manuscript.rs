//! 稿 — what stands in a Word draft: its paragraphs with their runs, tables, pictures, changes and comments.

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

/// How high a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Script {
    /// On the line.
    #[default]
    Line,
    /// Raised.
    Raised,
    /// Lowered.
    Lowered,
}

/// A stretch of text of one look. `\n` is a soft return, `\t` a tab.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
    /// How high it stands.
    pub script: Script,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its text.
    pub runs: Vec<Run>,
    /// The level of a heading, by its style.
    pub level: Option<u8>,
    /// Whether its style is that of a title.
    pub title: bool,
    /// Whether it is centred.
    pub centred: bool,
    /// Whether it stands at the right.
    pub right: bool,
    /// Its largest size, in half points; 0 where nothing says.
    pub size: u32,
}

impl Line {
    /// Its words, raised characters as such.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(Run::shown).collect()
    }

    /// Whether nothing is written in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.chars().all(char::is_whitespace))
    }

    /// The lines that its soft returns part it into.
    #[must_use]
    pub fn parted(&self) -> Vec<Self> {
        let mut lines = vec![Self { runs: Vec::new(), ..self.clone() }];
        for run in &self.runs {
            for (index, text) in run.text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Self { runs: Vec::new(), ..self.clone() });
                }
                if let (Some(line), false) = (lines.last_mut(), text.is_empty()) {
                    line.runs.push(Run { text: text.to_owned(), ..run.clone() });
                }
            }
        }
        lines.retain(|line| !line.is_blank());
        lines
    }
}

impl Run {
    /// Its text as plain text shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.script {
            Script::Line => self.text.clone(),
            Script::Raised => crate::document::raised(&self.text.replace('-', "−")),
            Script::Lowered => crate::document::lowered(&self.text.replace('-', "−")),
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What is written in it.
    pub lines: Vec<Line>,
    /// Whether it goes on the cell at its left.
    pub goes_on_left: bool,
    /// Whether it goes on the cell above.
    pub goes_on_above: bool,
}

impl Cell {
    /// Its words, its lines joined.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.text().replace(['\n', '\t'], " "));
        lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its rows, all of the same length.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows are its head.
    pub head: usize,
    /// Whether it has no rules, or floats: it puts things in their places on the page.
    pub is_layout: bool,
}
