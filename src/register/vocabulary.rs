//! 区县、行业 — the words by which enterprises are grouped: those of a list, if the office keeps one; if not, at least never the same
//! one in two ways (巩义 and 巩义市).

use std::collections::BTreeMap;

use super::spelling::{normal, one_edit_apart};
use super::{Register, Several};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::source::Place;

/// A group of words.
#[derive(Debug, Clone, Copy)]
struct Vocabulary {
    /// The key under which enterprises have them, and the office its list.
    key: &'static str,
    /// The ends that are written by some and left out by others.
    ends: &'static [&'static str],
}

const DISTRICTS: Vocabulary =
    Vocabulary { key: "区县", ends: &["市", "县", "区", "镇", "乡", "街道", "自治县"] };
const INDUSTRIES: Vocabulary = Vocabulary { key: "行业", ends: &["业", "行业", "产业"] };

impl Register {
    /// Checks the districts and industries of the enterprises against the office's lists; against each other, where it has none.
    #[must_use]
    pub fn check_vocabulary(&self, districts: Option<&Several>, industries: Option<&Several>) -> Report {
        let of_enterprises = self.enterprises.values();
        let district =
            of_enterprises.clone().map(|enterprise| (enterprise.district.value.as_str(), enterprise.district.place));
        let industry = of_enterprises.flat_map(|enterprise| {
            enterprise.industries.value.iter().map(|word| (word.as_str(), enterprise.industries.place))
        });
        let mut report = DISTRICTS.check(district, districts);
        report.absorb(INDUSTRIES.check(industry, industries));
        report
    }
}

impl Vocabulary {
    fn check<'a>(self, words: impl Iterator<Item = (&'a str, Place)>, list: Option<&Several>) -> Report {
        let mut used: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        for (word, place) in words {
            used.entry(word).or_default().push(place);
        }
        match list {
            Some(list) => self.check_listed(&used, list),
            None => self.check_alike(&used),
        }
    }

    fn check_listed(self, used: &BTreeMap<&str, Vec<Place>>, list: &Several) -> Report {
        let mut report = Report::default();
        let known: Vec<&str> = list.iter().map(|word| word.value.as_str()).collect();
        for (word, places) in used.iter().filter(|(word, _)| !known.contains(word)) {
            let help = nearest(word, known.iter().copied()).map_or_else(
                || format!("在 data/office.yaml 的“{}”里加上它，或改成其中一个：{}", self.key, known.join("、")),
                |near| format!("是不是“{near}”？"),
            );
            let message = format!("{}“{word}”不在 data/office.yaml 的“{}”里", self.key, self.key);
            let finding =
                |place: &Place| Diagnostic::error(Code::Reference, message.clone()).at(*place).help(help.clone());
            places.iter().map(finding).for_each(|finding| report.push(finding));
        }
        report
    }

    /// Of two words that are read alike the one that fewer enterprises have is told.
    fn check_alike(self, used: &BTreeMap<&str, Vec<Place>>) -> Report {
        let mut report = Report::default();
        let forms: Vec<String> = used.keys().map(|word| self.short(&normal(word)).to_owned()).collect();
        let texts: Vec<&str> = forms.iter().map(String::as_str).collect();
        let words: Vec<(&&str, &Vec<Place>)> = used.iter().collect();
        let mut pairs = one_edit_apart(&texts);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            if let Some(first) = seen.get(text) {
                pairs.push((*first, index));
            } else {
                seen.insert(text, index);
            }
        }
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (words.get(one), words.get(other)) else { continue };
            let (rare, usual) = if one.1.len() < other.1.len() { (one, other) } else { (other, one) };
            let Some(place) = rare.1.first() else { continue };
            let message = format!("{}“{}”和“{}”是不是同一个？", self.key, rare.0, usual.0);
            report.push(
                Diagnostic::warning(Code::Duplicate, message)
                    .at(*place)
                    .help(format!("是同一个的，写成一样；不是的，在 data/office.yaml 里列出全部“{}: […]”", self.key)),
            );
        }
        report
    }

    /// A word without its end.
    fn short(self, word: &str) -> &str {
        let ends = self.ends.iter().filter_map(|end| word.strip_suffix(end));
        ends.min_by_key(|rest| rest.len()).filter(|rest| rest.chars().count() > 1).unwrap_or(word)
    }
}
