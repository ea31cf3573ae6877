//! 修补 — superscripts that were lost on the way through Excel or Word, where what was meant is beyond doubt: `cm3` is cm³, `×10-6` is ×10⁻⁶,
//! `MPa·m1/2` is MPa·m¹ᐟ². What could be something else (`107` for 10⁷, `10-6A`, `#45 钢`) is left alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::raised;

/// A lost superscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// As it stands: `10-6`.
    pub old: String,
    /// As it was meant: `10⁻⁶`.
    pub new: String,
}

#[expect(clippy::expect_used, reason = "the pattern is the program's own")]
static LOST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<times>×\s?)(?P<ten>10)[-−–](?P<exponent>[0-9]{1,2})|(?P<unit>[cdkmnμµ]?m)(?P<power>1/2|[23])")
        .expect("a pattern")
});

/// A text with its lost superscripts, and which they were.
#[must_use]
pub fn repaired(text: &str) -> (String, Vec<Repair>) {
    let (mut fresh, mut repairs, mut at) = (String::new(), Vec::new(), 0);
    for found in LOST.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let before = text.get(..whole.start()).and_then(|text| text.chars().next_back());
        let after = text.get(whole.end()..).and_then(|text| text.chars().next());
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
        // A unit stands behind a number, a stroke or a dot; a word that ends so (`item2`) is none.
        if joins(after) || before.is_some_and(|c| c.is_ascii_alphabetic() || c == '#' || c == '-') {
            continue;
        }
        let (start, old, new) =
            match (found.name("ten"), found.name("exponent"), found.name("unit"), found.name("power")) {
                (Some(ten), Some(exponent), ..) => {
                    let old = text.get(ten.start()..whole.end()).unwrap_or_default();
                    (ten.start(), old, format!("10⁻{}", raised(exponent.as_str())))
                }
                (_, _, Some(unit), Some(power)) => {
                    (whole.start(), whole.as_str(), format!("{}{}", unit.as_str(), raised(power.as_str())))
                }
                _ => continue,
            };
        fresh.push_str(text.get(at..start).unwrap_or_default());
        fresh.push_str(&new);
        at = whole.end();
        repairs.push(Repair { old: old.to_owned(), new });
    }
    fresh.push_str(text.get(at..).unwrap_or_default());
    (fresh, repairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_doubt_is_repaired() {
        let cases = [
            ("≤23.0×10-6/℃，密度≤2.70 g/cm3", "≤23.0×10⁻⁶/℃，密度≤2.70 g/cm³"),
            ("断裂韧性≥32 MPa·m1/2，8m2", "断裂韧性≥32 MPa·m¹ᐟ²，8m²"),
            ("泄漏率≤1×10-12 Pa·m3/s", "泄漏率≤1×10⁻¹² Pa·m³/s"),
            ("#45 钢，批号10-6A，壁厚10-60 mm，1/2硬态，item2", "#45 钢，批号10-6A，壁厚10-60 mm，1/2硬态，item2"),
            ("107次，M2螺栓，m20，×10-6A，GB/T 1040-2018", "107次，M2螺栓，m20，×10-6A，GB/T 1040-2018"),
        ];
        for (text, wanted) in cases {
            assert_eq!(repaired(text).0, wanted);
            assert!(repaired(wanted).1.is_empty(), "{wanted}");
        }
    }
}
