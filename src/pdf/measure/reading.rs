//! 校读 — a text as it stands on the pages, read letter by letter beside what the document says.

use super::super::grid::SIZE;
use super::super::sheet::Ink;
use super::script::{Letter, visible};

/// A text as it stands on the pages.
pub(super) struct Reading<'a> {
    /// Its runs, each with the letters of the document that it prints, as far as they are the same.
    pub(super) runs: Vec<Run<'a>>,
    /// Where the pages say something else: the page, the words there.
    pub(super) fault: Option<(usize, String)>,
}

/// A run of text on a page, and its letters.
#[derive(Debug, Clone)]
pub(super) struct Run<'a> {
    pub(super) ink: &'a Ink,
    pub(super) letters: &'a [Letter],
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) page: usize,
    pub(super) baseline: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) runs: Vec<Run<'a>>,
}

impl<'a> Reading<'a> {
    /// Reads the ink of a text in the order in which it is printed.
    pub(super) fn of(letters: &'a [Letter], inks: impl Iterator<Item = &'a Ink>) -> Self {
        let mut runs = Vec::new();
        let mut at = 0;
        let mut page = 1;
        let mut blank = false;
        for ink in inks.filter(|ink| !ink.text.is_empty()) {
            page = ink.page;
            let start = at;
            for character in ink.text.chars() {
                if visible(character.encode_utf8(&mut [0; 4])).next().is_none() {
                    blank = true;
                    continue;
                }
                let letter = letters.get(at).filter(|letter| letter.character == character);
                // A blank that nobody wrote parts two letters.
                let same = letter.is_some_and(|letter| !blank || letter.spaced || letter.begins.is_some());
                if !same {
                    let what = if letter.is_some() { "前面多了空格" } else { "" };
                    return Self { runs, fault: Some((page, format!("{}{what}", ink.text))) };
                }
                blank = false;
                at += 1;
            }
            runs.push(Run { ink, letters: letters.get(start..at).unwrap_or_default() });
        }
        let rest: String =
            letters.get(at..).unwrap_or_default().iter().map(|letter| letter.character).take(12).collect();
        Self { runs, fault: (!rest.is_empty()).then(|| (page, format!("{rest}……不见了"))) }
    }

    /// Its lines, page by page.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::new();
        for run in self.runs.iter().filter(|run| !run.letters.is_empty()) {
            let ink = run.ink;
            match rows.last_mut() {
                // Raised and lowered characters belong to the line that they stand in.
                Some(row) if row.page == ink.page && (row.baseline - ink.baseline).abs() < SIZE / 2.0 => {
                    if row.runs.iter().all(Run::is_shifted) {
                        row.baseline = ink.baseline;
                    }
                    row.left = row.left.min(ink.left);
                    row.right = row.right.max(ink.right);
                    row.runs.push(run.clone());
                }
                _ => rows.push(Row {
                    page: ink.page,
                    baseline: ink.baseline,
                    left: ink.left,
                    right: ink.right,
                    runs: vec![run.clone()],
                }),
            }
        }
        rows
    }
}

impl Run<'_> {
    /// Whether it is raised or lowered.
    pub(super) fn is_shifted(&self) -> bool {
        self.letters.first().is_some_and(|letter| letter.shifted)
    }
}

impl Row<'_> {
    /// Its first letter.
    pub(super) fn first(&self) -> Option<Letter> {
        self.runs.first().and_then(|run| run.letters.first()).copied()
    }

    /// Whether it may end before the edge.
    pub(super) fn ends(&self) -> bool {
        self.runs.last().and_then(|run| run.letters.last()).is_some_and(|letter| letter.ends)
    }

    /// The width of what begins it and stays whole.
    pub(super) fn widest_begin(&self) -> f64 {
        let Some(first) = self.runs.first() else { return 0.0 };
        let whole =
            |run: &&Run<'_>| run.ink.elements.iter().any(|name| name.starts_with("wide-") && first.ink.of(name));
        let Some(last) = self.runs.iter().take_while(whole).last() else { return 0.0 };
        last.ink.right - first.ink.left
    }

    /// Its first words.
    pub(super) fn words(&self) -> String {
        self.runs.iter().flat_map(|run| visible(&run.ink.text)).take(12).collect()
    }
}
