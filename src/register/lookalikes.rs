//! 疑似同一 — items of one enterprise that are called so nearly alike that one name may be a slip for the other, or a new name for the
//! same thing. A person says whether they are one: once, where the name stands.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Item;
use super::identity::{Known, Mention, Stray};
use super::spelling::{Spelling, normal};
use crate::diag::{Code, Diagnostic, Report};

/// What is known of one item, to be compared with others of the enterprise.
struct Candidate<'h, 'a> {
    /// Its first mention.
    first: usize,
    mentions: Vec<&'h Mention<'a>>,
    /// Its names and former names.
    spellings: Vec<Spelling<'a>>,
    /// The entries of catalogues under which it falls.
    entries: BTreeSet<&'a str>,
}

impl<'h, 'a> Candidate<'h, 'a> {
    fn all(known: &Known<'h, 'a>) -> Vec<Self> {
        let mut items: BTreeMap<usize, Vec<&'h Mention<'a>>> = BTreeMap::new();
        for (index, mention) in known.mentions.iter().enumerate() {
            items.entry(known.first(index)).or_default().push(mention);
        }
        let candidates = items.into_iter().map(|(first, mentions)| {
            let names = mentions.iter().flat_map(|mention| mention.names());
            let mut names: Vec<Cow<'a, str>> = names.map(|name| normal(&name.value)).collect();
            names.sort_unstable();
            names.dedup();
            let entries = mentions.iter().flat_map(|mention| mention.item.entries());
            let entries = entries.map(|id| id.value.as_str()).collect();
            Self { first, spellings: names.into_iter().map(Spelling::new).collect(), entries, mentions }
        });
        candidates.collect()
    }

    fn is_near(&self, other: &Self) -> bool {
        let alike = !self.entries.is_disjoint(&other.entries);
        self.spellings.iter().any(|one| other.spellings.iter().any(|other| one.is_near(other, alike)))
    }

    /// As what it was declared.
    fn kinds(&self) -> impl Iterator<Item = &'a str> {
        self.mentions.iter().map(|mention| mention.item.kind())
    }

    /// Whether one declaration has both: then they are two.
    fn stands_beside(&self, other: &Self) -> bool {
        self.mentions.iter().any(|one| {
            other.mentions.iter().any(|other| one.sheet == other.sheet && one.item.kind() == other.item.kind())
        })
    }

    /// Whether it is said of it that it is not what has such a name.
    fn denies(&self, is_called: impl Fn(&str) -> bool) -> bool {
        let mut unlike = self.mentions.iter().flat_map(|mention| mention.naming.unlike.iter());
        unlike.any(|unlike| is_called(&normal(&unlike.value)))
    }

    fn is_called(&self, name: &str) -> bool {
        self.mentions.iter().flat_map(|mention| mention.names()).any(|own| normal(&own.value) == name)
    }
}

/// Two items of one enterprise that nobody ever declared side by side and that are called almost alike: paid as two, they could be
/// one that is paid twice.
pub(super) fn check<'s, 'a: 's>(
    known: &Known<'_, 'a>,
    strays: impl Iterator<Item = &'s Stray<'a>>,
    report: &mut Report,
) {
    let candidates = Candidate::all(known);
    for (nth, later) in candidates.iter().enumerate() {
        for earlier in candidates.iter().take(nth).filter(|earlier| earlier.is_near(later)) {
            let of_one_kind = earlier.kinds().any(|kind| later.kinds().any(|other| other == kind));
            let answered = later.denies(|name| earlier.is_called(name)) || earlier.denies(|name| later.is_called(name));
            if !of_one_kind
                || answered
                || known.are_numbered(earlier.first, later.first)
                || earlier.stands_beside(later)
            {
                continue;
            }
            let (Some(then), Some(now)) = (earlier.mentions.last(), later.mentions.first()) else { continue };
            let (name, other) = (now.naming.name, then.naming.name);
            let message = format!(
                "“{}”和{}年度的“{}”名称很像，是不是同一个{}？",
                name.value,
                then.year,
                other.value,
                kind(now.item)
            );
            report.push(Diagnostic::warning(Code::Duplicate, message).at(name.place).help(answer(&other.value)));
        }
    }
    // Of a year that was declared, the ledger's audit tells what it did not declare.
    let declared: BTreeSet<_> = known.mentions.iter().map(|mention| mention.year).collect();
    for stray in strays.filter(|stray| !declared.contains(&stray.year)) {
        let booked = normal(&stray.subject.value);
        let spelling = Spelling::new(booked.clone());
        let near = candidates.iter().filter(|item| item.spellings.iter().any(|own| own.is_near(&spelling, false)));
        for item in near.filter(|item| !item.denies(|name| name == booked)) {
            let Some(mention) = item.mentions.first() else { continue };
            let (name, other) = (mention.naming.name, &stray.subject.value);
            let kind = kind(mention.item);
            let message = format!("“{}”和台账{}年度的“{other}”名称很像，是不是同一个{kind}？", name.value, stray.year);
            report.push(Diagnostic::warning(Code::Duplicate, message).at(name.place).help(answer(other)));
        }
    }
}

fn kind(item: Item<'_>) -> &str {
    item.space()
}

fn answer(other: &str) -> String {
    format!("是同一个的，写成一样，或在这里写“曾用名称: {other}”；不是的，写“不是同一: [{other}]”，或各写各的“编号”")
}
