//! 行与字 — every line of a text: its words, faces and size, where it begins and ends, its distance from the one before, how many a
//! page holds (5.2.2, 5.2.3, 7.3.3).

use super::super::faces::Role;
use super::super::grid::{COLUMNS, HEIGHT, LEFT, PITCH, POINT, RIGHT, ROWS, SIZE, STEP, TOP, WIDEST, WIDTH};
use super::super::settings::Points;
use super::super::sheet::{Ink, is_han};
use super::reading::{Reading, Row, Run};
use super::ruler::{Ruler, number, within};
use super::script::{Letter, Start, script};

/// Full-width marks that a line's end or a neighbour squeezes.
const MARKS: &str = "，。、；：（）《》";
/// How much larger than its line a raised or lowered character may be, and how small.
const SHIFTED: std::ops::RangeInclusive<f64> = 0.45..=0.8;

pub(super) fn measure(ruler: &mut Ruler<'_>) {
    let body = script(&ruler.document.body);
    let pages = ruler.pages;
    let pitch = ruler.print.pitch.unwrap_or_else(|| ruler.settings.line_pitch()) * POINT;
    let end = ruler.pages.index_of("body-end");
    text(ruler, "正文", &body, (pages.index_of("body"), end), pitch);
    let starts: Vec<usize> = pages.all("attachment-title").map(|anchor| anchor.index).collect();
    let last = pages.anchor("text-end").map_or(pages.ink.len(), |anchor| anchor.index);
    for (index, (start, attachment)) in starts.iter().zip(&ruler.document.attachments).enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(last);
        let name = if attachment.is_issued() { attachment.title.as_str() } else { attachment.label.as_str() };
        let letters = script(&attachment.body);
        let pitch = ruler.settings.line_pitch() * POINT;
        text(ruler, name, &letters, (*start, end), pitch);
    }
}

/// What stands beside the text of a body or an attachment.
const BESIDE: [&str; 7] = ["table", "caption", "figure", "sheet", "furniture", "attachment-label", "attachment-title"];

/// One text, from one thing on the pages up to another.
fn text(ruler: &mut Ruler<'_>, name: &str, letters: &[Letter], (start, end): (usize, usize), pitch: f64) {
    if letters.is_empty() {
        return;
    }
    let pages = ruler.pages;
    let inks = pages.ink.get(start..end).unwrap_or_default().iter();
    let reading = Reading::of(letters, inks.filter(|ink| BESIDE.iter().all(|beside| !ink.of(beside))));
    let shown = reading.fault.as_ref().map_or("相同".to_owned(), |(page, words)| format!("第{page}页“{words}”不同"));
    ruler.must("7.3.3", format!("{name}与原稿"), "逐字相同", shown, reading.fault.is_none());
    faces(ruler, name, &reading.runs);
    sizes(ruler, name, &reading.runs);
    let rows: Vec<Row<'_>> = reading.rows().into_iter().filter(|row| !pages.is_turned(row.page)).collect();
    let split = rows.iter().find(|row| row.first().is_some_and(|letter| letter.joined));
    let shown = split.map_or("没有".to_owned(), |row| format!("第{}页“{}”之前", row.page, row.words()));
    ruler.must("7.3.3", format!("{name}拆开的数字、日期、文号、姓名"), "没有", shown, split.is_none());
    distances(ruler, name, &rows, pitch);
    edges(ruler, name, &rows);
    steps(ruler, name, &rows);
    full_pages(ruler, name, &rows, pitch);
}

/// 7.3.3: 黑体 for the first level, 楷体 for the second, 仿宋 for the rest.
fn faces(ruler: &mut Ruler<'_>, name: &str, runs: &[Run<'_>]) {
    let wrong = runs.iter().find_map(|run| {
        let ink = run.ink;
        let letter = run.letters.iter().find(|letter| !ruler.plays_letter(letter.role, letter.character, &ink.face))?;
        Some(format!("第{}页“{}”是{}，应是{}", ink.page, start_of(&ink.text), ink.face, letter.role.name()))
    });
    let holds = wrong.is_none();
    let shown = wrong.unwrap_or_else(|| "如此".to_owned());
    ruler.fact("7.3.3", format!("{name}字体"), "仿宋，一级标题黑体，二级楷体", shown, holds);
}

/// 5.2.2: 三号.
fn sizes(ruler: &mut Ruler<'_>, name: &str, runs: &[Run<'_>]) {
    let fits = |run: &&Run<'_>| {
        let size = run.ink.size;
        if run.is_shifted() { SHIFTED.contains(&(size * POINT / SIZE)) } else { within(size, 15.75, 16.0) }
    };
    let wrong = runs.iter().find(|run| !run.letters.is_empty() && !fits(run));
    let shown = wrong.map(|run| format!("第{}页“{}”{}磅", run.ink.page, start_of(&run.ink.text), number(run.ink.size)));
    let usual = runs.iter().find(|run| !run.is_shifted()).map_or(0.0, |run| run.ink.size);
    let holds = shown.is_none();
    let shown = shown.unwrap_or_else(|| format!("{}磅", number(usual)));
    ruler.fact("5.2.2", format!("{name}字号"), "3号（15.75～16磅）", shown, holds);
}

/// 5.2.3: from one line to the next; the line that is furthest off is shown.
fn distances(ruler: &mut Ruler<'_>, name: &str, rows: &[Row<'_>], pitch: f64) {
    let between = |above: &Row<'_>, below: &Row<'_>| {
        let inside = |ink: &&Ink| {
            ink.page == above.page
                && ["table", "caption", "figure", "sheet"].iter().any(|name| ink.of(name))
                && ink.top > above.baseline - SIZE
                && ink.bottom < below.baseline + SIZE
        };
        ruler.pages.ink.iter().any(|ink| inside(&ink))
    };
    // One line stays empty above 出席 (10.3).
    let lines = |above: &Row<'_>, below: &Row<'_>| {
        let roll = |row: &Row<'_>| row.runs.iter().any(|run| run.ink.of("roll"));
        if roll(below) && !roll(above) { 2.0 } else { 1.0 }
    };
    let steps = rows.iter().zip(rows.iter().skip(1)).filter(|(above, below)| above.page == below.page);
    let steps = steps.filter(|(above, below)| !between(above, below));
    let steps =
        steps.map(|(above, below)| ((below.baseline - above.baseline) - (lines(above, below) - 1.0) * pitch, below));
    let worst = steps.max_by(|one, other| (one.0 - pitch).abs().total_cmp(&(other.0 - pitch).abs()));
    let (measured, place) = match worst {
        Some((step, row)) if (step - pitch).abs() > 0.03 => (step, format!("（第{}页“{}”）", row.page, row.words())),
        Some((step, _)) => (step, String::new()),
        // A text of a single line shows no pitch.
        None => (pitch, String::new()),
    };
    let holds = (measured - PITCH).abs() < 0.03;
    let wanted = format!("{}毫米", number(PITCH));
    ruler.fact(
        "5.2.3",
        format!("{name}行距（一个汉字加7/8）"),
        wanted,
        format!("{}毫米{place}", number(measured)),
        holds,
    );
    ruler.at_pitch(name == "正文", |points| (points * POINT - measured).abs() < 0.03);
}

/// 7.3.3: paragraphs begin two characters in, other lines at the edge; 5.2.3: all lines but the last of a paragraph are full.
fn edges(ruler: &mut Ruler<'_>, name: &str, rows: &[Row<'_>]) {
    let plain = || rows.iter().filter(|row| row.runs.iter().all(|run| !run.ink.of("roll")));
    let start = |row: &Row<'_>| row.first().and_then(|letter| letter.begins);
    let left = |row: &Row<'_>| (row.left - LEFT) / STEP;
    let indented = |row: &&Row<'_>| matches!(start(row), Some(Start::Indented | Start::Heading));
    let flush = |row: &&Row<'_>| matches!(start(row), None | Some(Start::Flush));
    // An opening bracket at the beginning of a line gives up the white half of its box.
    let worst = |kind: &dyn Fn(&&Row<'_>) -> bool, wanted: f64| {
        let kind = plain().filter(|row| kind(row) && !is_centred(row));
        kind.map(|row| (left(row), row)).max_by(|a, b| (a.0 - wanted).abs().total_cmp(&(b.0 - wanted).abs()))
    };
    for (item, wanted, found) in [("自然段左空", 2.0, worst(&indented, 2.0)), ("回行顶格", 0.0, worst(&flush, 0.0))]
    {
        let Some((left, row)) = found else { continue };
        let holds = within(left, wanted - 0.5, wanted);
        let place = if holds { String::new() } else { format!("（第{}页“{}”）", row.page, row.words()) };
        ruler.fact(
            "7.3.3",
            format!("{name}{item}"),
            format!("{wanted}字"),
            format!("{}字{place}", number(left)),
            holds,
        );
    }
    let centred = plain().filter(|row| is_centred(row));
    let off = centred.map(|row| (f64::midpoint(row.left, row.right) - f64::midpoint(LEFT, RIGHT), row));
    if let Some((off, row)) = off.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs())) {
        let shown = format!("偏{}毫米（第{}页“{}”）", number(off), row.page, row.words());
        ruler.fact("7.3.3", format!("{name}章名居中"), "居中", shown, off.abs() < SIZE / 2.0);
    }
    // A line ends early where what comes next does not fit into it whole.
    let early = |row: &Row<'_>, next: &Row<'_>| next.widest_begin() > RIGHT - row.right - STEP;
    let nexts = plain().skip(1).map(Some).chain([None]);
    let short = plain()
        .zip(nexts)
        .filter(|(row, next)| !row.ends() && !is_centred(row) && !next.is_some_and(|next| early(row, next)));
    let short = short.map(|(row, _)| row);
    let least = short.map(|row| (row.right, row)).min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((right, row)) = least {
        let holds = right > RIGHT - 0.5;
        let place = if holds { String::new() } else { format!("（第{}页“{}”）", row.page, row.words()) };
        ruler.fact(
            "5.2.3",
            format!("{name}各行撑满"),
            format!("右端{RIGHT}毫米"),
            format!("{}毫米{place}", number(right)),
            holds,
        );
    }
}

fn is_centred(row: &Row<'_>) -> bool {
    row.first().is_some_and(|letter| letter.begins == Some(Start::Centred))
}

/// 5.2.3: 28 characters a line, also where a long word leaves its line short.
fn steps(ruler: &mut Ruler<'_>, name: &str, rows: &[Row<'_>]) {
    let set = ruler.print.step.map(|points| points * POINT).filter(|_| name == "正文");
    let runs = || rows.iter().flat_map(|row| row.runs.iter().filter_map(move |run| Some((run.ink.step("")?, row))));
    // Justified lines are stretched, characters are never squeezed: the least step is that of the grid.
    let unjustified = ["addressee", "attachment-note", "signature", "note"].into_iter();
    let unjustified =
        unjustified.filter(|_| name == "正文").flat_map(|element| ruler.ink(element)).filter_map(|ink| ink.step(""));
    let ended = rows.iter().filter(|row| row.ends()).flat_map(|row| row.runs.iter().filter_map(|run| run.ink.step("")));
    // Where all are stretched, nothing shows the grid's own step.
    if let Some(least) = unjustified.chain(ended).reduce(f64::min) {
        let least = runs().map(|(step, _)| step).fold(least, f64::min);
        ruler.count("5.2.3", format!("{name}每行字数"), COLUMNS, (WIDTH / least + 0.01).floor().min(COLUMNS), "字");
        if let Some(step) = set {
            ruler.adjusted(format!("字距{}磅", number(step / POINT)), (step - least).abs() < 0.05);
        }
    }
    let grid = set.unwrap_or(STEP);
    // The last lines of paragraphs are not stretched; marks in them may be squeezed, never spread.
    let ends = rows.iter().filter(|row| row.ends());
    let ends = ends.flat_map(|row| row.runs.iter().filter_map(move |run| Some((run.ink.step(MARKS)?, row))));
    if let Some((step, row)) = ends.max_by(|a, b| a.0.total_cmp(&b.0)) {
        let holds = step < grid + 0.05;
        let place = if holds { String::new() } else { format!("（第{}页“{}”）", row.page, row.words()) };
        let shown = format!("{}毫米{place}", number(step));
        ruler.fact("5.2.3", format!("{name}段末各行字距"), format!("≤{}毫米", number(grid)), shown, holds);
    }
    let Some((most, row)) = runs().max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    let share = most / grid;
    let holds = share < WIDEST + 0.005;
    let place = if holds { String::new() } else { format!("（第{}页“{}”）", row.page, row.words()) };
    ruler.fact(
        "5.2.3",
        format!("{name}字距撑开"),
        format!("≤{}%", number(WIDEST * 100.0)),
        format!("{}%{place}", number((share * 100.0).round())),
        holds,
    );
}

/// 5.2.3: the lines of each page that the text fills, counted.
fn full_pages(ruler: &mut Ruler<'_>, name: &str, rows: &[Row<'_>], pitch: f64) {
    let last = rows.iter().map(|row| row.page).max().unwrap_or(0);
    let others = |page: usize| {
        let inks = [page, page + 1].into_iter().flat_map(|page| ruler.pages.on(page));
        inks.filter(|ink| ["table", "caption", "figure", "sheet", "roll"].iter().any(|name| ink.of(name))).count() > 0
    };
    let counted = (1..last).filter_map(|page| {
        let first = rows.iter().find(|row| row.page == page)?;
        let next = rows.iter().find(|row| row.page == page + 1)?;
        // A heading goes to the next page with what follows it.
        let moved = matches!(next.first()?.begins, Some(Start::Heading | Start::Centred));
        let begins_at_top = (first.baseline - 0.88 * SIZE - TOP).abs() < 0.3;
        let full = begins_at_top && !moved && !others(page);
        full.then(|| (rows.iter().filter(|row| row.page == page).count(), page))
    });
    let Some((lines, page)) = counted.min() else { return };
    let wanted = rows_at(pitch);
    let holds = lines == rows_at(PITCH);
    ruler.fact("5.2.3", format!("{name}每面行数"), format!("{ROWS}行"), format!("{lines}行（第{page}页）"), holds);
    ruler.at_pitch(name == "正文", |_| lines == wanted);
    if name == "正文" && ruler.print.ended_early {
        ruler.adjusted("提前换页".to_owned(), lines <= wanted);
    }
}

/// How many lines of a pitch a page holds.
fn rows_at(pitch: f64) -> usize {
    let lines = ((HEIGHT - SIZE) / pitch + 1.01).floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some twenty lines")]
    let lines = lines as usize;
    lines
}

/// The first words of a run.
fn start_of(text: &str) -> String {
    text.chars().filter(|c| *c != '\u{200b}').take(12).collect()
}

impl Ruler<'_> {
    /// Says of the last measurement that the office's setting, or what this document needed (7.3.5.5), asks for another pitch.
    fn at_pitch(&mut self, fitted: bool, holds: impl Fn(f64) -> bool) {
        let show = |points: &f64| format!("{}磅", number(*points));
        self.unless(self.settings.pitch.map(Points::value), "行距", |points| holds(*points), show);
        if let Some(points) = self.print.pitch.filter(|_| fitted) {
            self.adjusted(format!("行距{}磅", number(points)), holds(points));
        }
    }

    /// Whether a character of that face may stand where the role is asked for: digits and Latin letters have a face of their own,
    /// raised and lowered characters another, quotes are those of the 楷体 where the 仿宋 has none, and what a face lacks comes from the last resort.
    pub(super) fn plays_letter(&self, role: Role, character: char, face: &str) -> bool {
        let has = |role: Role| self.faces.of(role).has(face);
        let lacks = || !self.faces.of(role).names().any(|family| self.fonts.covers(family, character));
        has(role)
            || !is_han(character) && (has(Role::Latin) || has(Role::Script))
            || role == Role::Fang && "“”‘’".contains(character) && has(Role::Kai)
            || has(Role::Song) && lacks()
    }
}
