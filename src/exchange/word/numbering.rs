//! 自动编号 — the numbers that Word sets before paragraphs and that stand in no text: counted as Word counts them, and written out.

use std::collections::BTreeMap;

use super::xml::Element;

/// A list's level.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// All lists of a document, and how far each was counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    levels: BTreeMap<String, BTreeMap<u8, Level>>,
    /// Which list a number means, with the levels that begin anew.
    lists: BTreeMap<String, (String, BTreeMap<u8, u32>)>,
    counts: BTreeMap<String, BTreeMap<u8, u32>>,
    begun: BTreeMap<(String, u8), bool>,
}

fn level_of(element: &Element) -> u8 {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0)
}

impl Numbering {
    /// The lists that a document has.
    pub(super) fn of(root: &Element) -> Self {
        let mut numbering = Self::default();
        for list in root.elements().filter(|element| element.name == "abstractNum") {
            let levels = list.elements().filter(|element| element.name == "lvl").map(|level| {
                let read = Level {
                    format: level.value("numFmt").unwrap_or("decimal").to_owned(),
                    text: level.value("lvlText").unwrap_or_default().to_owned(),
                    start: level.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
                };
                (level_of(level), read)
            });
            let id = list.attribute("abstractNumId").unwrap_or_default();
            numbering.levels.insert(id.to_owned(), levels.collect());
        }
        for number in root.elements().filter(|element| element.name == "num") {
            let of = number.value("abstractNumId").unwrap_or_default().to_owned();
            let overrides = number.elements().filter(|element| element.name == "lvlOverride");
            let starts = overrides.filter_map(|level| {
                Some((level_of(level), level.value("startOverride").and_then(|start| start.parse().ok())?))
            });
            let id = number.attribute("numId").unwrap_or_default();
            numbering.lists.insert(id.to_owned(), (of, starts.collect()));
        }
        numbering
    }

    /// The number of the next paragraph of a list, as it is shown; nothing where there is none.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<String> {
        let (of, starts) = self.lists.get(list)?;
        let levels = self.levels.get(of)?;
        let own = levels.get(&level)?;
        let counts = self.counts.entry(of.clone()).or_default();
        let begun = self.begun.entry((list.to_owned(), level)).or_default();
        let anew = starts.get(&level).filter(|_| !*begun);
        *begun = true;
        let count = match (anew, counts.get(&level)) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        };
        counts.insert(level, count);
        // What is below begins anew.
        counts.retain(|known, _| *known <= level);
        if own.format == "bullet" {
            return Some(bullet(&own.text));
        }
        let mut shown = own.text.clone();
        for at in 0..=level {
            let of = levels.get(&at).cloned().unwrap_or_default();
            let count = counts.get(&at).copied().unwrap_or(of.start);
            shown = shown.replace(&format!("%{}", at + 1), &written(&of.format, count));
        }
        Some(shown)
    }
}

/// The mark of a list without numbers; those of symbol fonts as what they look like.
fn bullet(text: &str) -> String {
    text.chars().map(|c| super::symbol::bullet(c).unwrap_or(c)).collect()
}

/// A number in a format of Word.
fn written(format: &str, number: u32) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "chineseLegalSimplified"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => crate::draft::numeral::chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => char::from_u32(0x245f + number)
            .filter(|_| (1..=20).contains(&number))
            .map_or_else(|| number.to_string(), String::from),
        "decimalFullWidth" => {
            number.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect()
        }
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

fn letters(number: u32, first: u8) -> String {
    let at = u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0);
    String::from(char::from(first + at)).repeat(usize::try_from(number.saturating_sub(1) / 26 + 1).unwrap_or(1).min(8))
}

fn roman(mut number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, text) in PARTS {
        while number >= value {
            out.push_str(text);
            number -= value;
        }
    }
    out
}
