//! 段 — paragraphs as Word has them, one below the other, each where its line stands on the printed page.

use std::fmt::Write;

/// Twips in a point.
const TWIPS: f64 = 20.0;

/// Digits and letters.
const LATIN: &str = "Times New Roman";

/// The faces of a document by the names that offices have installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Face {
    /// 仿宋, in which the text is set.
    #[default]
    Fang,
    Hei,
    Kai,
    Song,
    Biaosong,
}

impl Face {
    pub(super) const ALL: [Self; 5] = [Self::Fang, Self::Hei, Self::Kai, Self::Song, Self::Biaosong];

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fang => "仿宋_GB2312",
            Self::Hei => "黑体",
            Self::Kai => "楷体_GB2312",
            Self::Song => "宋体",
            Self::Biaosong => "方正小标宋简体",
        }
    }

    /// The fonts of a run: Chinese in this face, digits and letters in the one that all texts have.
    pub(super) fn fonts(self) -> String {
        let (name, latin) = (self.name(), LATIN);
        format!(
            "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{latin}\" w:eastAsia=\"{name}\" w:hAnsi=\"{latin}\" w:cs=\"{latin}\"/>"
        )
    }

    /// What stands in for it where it is not installed.
    pub(super) fn instead(self) -> &'static str {
        match self {
            Self::Fang => "仿宋",
            Self::Hei => "SimHei",
            Self::Kai => "楷体",
            Self::Song => "SimSun",
            Self::Biaosong => "宋体",
        }
    }
}

/// How a run looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) face: Face,
    /// Its size in points as it is printed; 0 where it is that of the text.
    pub(super) size: f64,
    /// How far it is narrowed; 0 where it is not.
    pub(super) scale: f64,
    /// What stands between its characters besides, in points.
    pub(super) gap: f64,
    pub(super) red: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
}

impl Look {
    pub(super) fn of(face: Face) -> Self {
        Self { face, ..Self::default() }
    }

    pub(super) fn sized(face: Face, size: f64) -> Self {
        Self { face, size, ..Self::default() }
    }
}

/// A size as offices have it (half points), and what is taken from each character so that it is as wide as on the printed page (twips): the
/// text's 15.75 pt is 三号, 16 pt, a quarter of a point narrower.
pub(super) fn office_size(size: f64) -> (i64, i64) {
    const OFFICE: [(f64, i64); 3] = [(15.75, 32), (21.0, 44), (10.5, 21)];
    let known = OFFICE.iter().find(|(printed, _)| (printed - size).abs() < 0.01).map(|(_, half)| *half);
    let half = known.unwrap_or_else(|| whole(size * 2.0));
    #[expect(clippy::cast_precision_loss, reason = "a size has few digits")]
    let narrower = whole((size - half as f64 / 2.0) * TWIPS);
    (half, narrower)
}

#[expect(clippy::cast_possible_truncation, reason = "measures of a page are small")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// Points as twips.
pub(super) fn twips(points: f64) -> i64 {
    whole(points * TWIPS)
}

/// Text as XML has it; what XML cannot hold is not there.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A run.
pub(super) fn run(text: &str, look: Look) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", properties(look), escaped(text))
}

/// A field that counts pages.
pub(super) fn page_field(look: Look) -> String {
    let properties = properties(look);
    let part = |kind: &str| format!("<w:r>{properties}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = format!("<w:r>{properties}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>");
    format!("{}{code}{}<w:r>{properties}<w:t>1</w:t></w:r>{}", part("begin"), part("separate"), part("end"))
}

/// Quotes, dashes and dots belong to the Chinese face: `hint` says so.
fn properties(look: Look) -> String {
    let mut out = String::from("<w:rPr>");
    if look.face == Face::Fang {
        out.push_str("<w:rFonts w:hint=\"eastAsia\"/>");
    } else {
        out.push_str(&look.face.fonts());
    }
    if look.red {
        out.push_str("<w:color w:val=\"E60012\"/>");
    }
    if look.size > 0.0 {
        let (half, narrower) = office_size(look.size);
        let _ = write!(out, "<w:spacing w:val=\"{}\"/>", narrower + twips(look.gap));
        if look.scale > 0.0 && look.scale < 1.0 {
            // A hundredth less, so that what fills a line does not break it.
            let _ = write!(out, "<w:w w:val=\"{}\"/>", whole(look.scale * 100.0) - 1);
        }
        let _ = write!(out, "<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
    }
    if look.raised {
        out.push_str("<w:vertAlign w:val=\"superscript\"/>");
    } else if look.lowered {
        out.push_str("<w:vertAlign w:val=\"subscript\"/>");
    }
    out.push_str("</w:rPr>");
    out
}

/// A paragraph. What is 0 or empty is as its style has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) style: &'static str,
    /// What stands between it and the one above, in points.
    pub(super) before: f64,
    /// How high its lines are.
    pub(super) line: f64,
    /// How far in it stands.
    pub(super) left: Option<f64>,
    /// How far its first line stands in; less than nothing where the others do.
    pub(super) first: Option<f64>,
    pub(super) right: f64,
    /// `center`, `right`, `left`, `both`, `distribute`.
    pub(super) alignment: &'static str,
    /// Where tabs lead, in points from the edge of the text; whether they end there.
    pub(super) tabs: Vec<(f64, bool)>,
    /// A border, as it is written.
    pub(super) border: String,
    pub(super) new_page: bool,
    pub(super) keep_next: bool,
    pub(super) runs: String,
    /// A section that ends with it.
    pub(super) section: String,
}

impl Paragraph {
    pub(super) fn new(runs: String) -> Self {
        Self { runs, ..Self::default() }
    }

    /// Without indent.
    pub(super) fn flush(mut self) -> Self {
        self.first = Some(0.0);
        self
    }

    pub(super) fn xml(&self) -> String {
        let mut out = String::from("<w:p><w:pPr>");
        if !self.style.is_empty() {
            let _ = write!(out, "<w:pStyle w:val=\"{}\"/>", self.style);
        }
        if self.keep_next {
            out.push_str("<w:keepNext/>");
        }
        if self.new_page {
            out.push_str("<w:pageBreakBefore/>");
        }
        out.push_str(&self.border);
        if !self.tabs.is_empty() {
            out.push_str("<w:tabs>");
            for (at, ends) in &self.tabs {
                let kind = if *ends { "right" } else { "left" };
                let _ = write!(out, "<w:tab w:val=\"{kind}\" w:pos=\"{}\"/>", twips(*at));
            }
            out.push_str("</w:tabs>");
        }
        if self.before > 0.0 || self.line > 0.0 {
            let before =
                if self.before > 0.0 { format!(" w:before=\"{}\"", twips(self.before)) } else { String::new() };
            let line = if self.line > 0.0 {
                format!(" w:line=\"{}\" w:lineRule=\"exact\"", twips(self.line))
            } else {
                String::new()
            };
            let _ = write!(out, "<w:spacing{before}{line}/>");
        }
        if self.left.is_some() || self.first.is_some() || self.right > 0.0 {
            let _ = write!(out, "<w:ind w:leftChars=\"0\" w:left=\"{}\"", twips(self.left.unwrap_or(0.0)));
            if self.right > 0.0 {
                let _ = write!(out, " w:rightChars=\"0\" w:right=\"{}\"", twips(self.right));
            }
            match self.first {
                Some(first) if first < 0.0 => {
                    let _ = write!(out, " w:firstLineChars=\"0\" w:hangingChars=\"0\" w:hanging=\"{}\"", twips(-first));
                }
                Some(first) => {
                    let _ = write!(out, " w:firstLineChars=\"0\" w:firstLine=\"{}\"", twips(first));
                }
                None => {}
            }
            out.push_str("/>");
        }
        if !self.alignment.is_empty() {
            let _ = write!(out, "<w:jc w:val=\"{}\"/>", self.alignment);
        }
        out.push_str(&self.section);
        let _ = write!(out, "</w:pPr>{}</w:p>", self.runs);
        out
    }
}

/// Paragraphs below each other.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) xml: String,
    /// Where the last one of those that have their place ends, in points from the top of the sheet.
    pub(super) bottom: f64,
    /// Whether a page begins here anyhow.
    pub(super) fresh: bool,
}

/// How far below its base line a line of that size ends, in its size.
pub(super) const BELOW: f64 = 0.16;

impl Flow {
    /// Adds a paragraph whose first line stands on a base line, as lines of a height; `lines` is how many it has.
    pub(super) fn at(&mut self, mut paragraph: Paragraph, baseline: f64, size: f64, line: f64, lines: f64) {
        let top = baseline + BELOW * size - line;
        paragraph.before = (top - self.bottom).max(0.0);
        paragraph.line = line;
        self.bottom = self.bottom + paragraph.before + line * lines;
        self.xml.push_str(&paragraph.xml());
    }

    /// Adds a paragraph below the last one.
    pub(super) fn add(&mut self, paragraph: &Paragraph) {
        let begins = std::mem::replace(&mut self.fresh, !paragraph.section.is_empty());
        if begins && paragraph.new_page {
            self.xml.push_str(&Paragraph { new_page: false, ..paragraph.clone() }.xml());
        } else {
            self.xml.push_str(&paragraph.xml());
        }
    }
}
