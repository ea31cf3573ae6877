//! 同一 — which product, project or other item a name means. An enterprise declares one thing year after year, written otherwise or
//! renamed; it is once-only, reaches a tier first and counts against a limit as one thing all the same.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::matter::Naming;
use super::spelling::{check, normal};
use super::{Declaration, Enterprise, Item, ItemId, LedgerEntry, OtherPolicy};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::yaml::Located;

/// All that is known of one enterprise, by year.
pub(super) struct History<'a> {
    pub(super) enterprise: &'a Enterprise,
    pub(super) declarations: Vec<(Year, &'a Declaration)>,
    pub(super) entries: Vec<(Year, &'a LedgerEntry)>,
}

/// Which item each name in a history means, in the order in which they stand there.
#[derive(Default)]
pub(super) struct Told<'a> {
    /// Of the items that have names.
    pub(super) items: Vec<ItemId>,
    /// Of what other policies pay for (对象 of 其他政策), where it is written.
    pub(super) others: Vec<ItemId>,
    /// Of what the ledger's entries are for (对象), where it is written.
    pub(super) entries: Vec<ItemId>,
    /// The names that stand in the ledger alone, in normal form.
    pub(super) strays: BTreeMap<Cow<'a, str>, Stray<'a>>,
}

/// An item as one declaration has it.
pub(super) struct Mention<'a> {
    pub(super) item: Item<'a>,
    pub(super) naming: Naming<'a>,
    pub(super) year: Year,
    /// Which of the declarations.
    pub(super) sheet: usize,
}

impl<'a> Mention<'a> {
    /// Its name and its former names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a Located<String>> + use<'a> {
        std::iter::once(self.naming.name).chain(self.naming.former.iter())
    }
}

/// A name that stands in the ledger alone: the declaration behind it is not in the workspace, or the name is wrong.
pub(super) struct Stray<'a> {
    pub(super) id: ItemId,
    pub(super) year: Year,
    pub(super) subject: &'a Located<String>,
}

/// All items with names, by declaration.
pub(super) fn mentions<'h, 'a>(history: &'h History<'a>) -> impl Iterator<Item = Mention<'a>> + use<'h, 'a> {
    let declarations = history.declarations.iter().enumerate();
    declarations.flat_map(|(sheet, (year, declaration))| {
        let items = declaration.items();
        items.filter_map(move |item| Some(Mention { item, naming: item.naming()?, year: *year, sheet }))
    })
}

fn undeclared<'m, 'a: 'm>(subject: &Located<String>, here: impl Iterator<Item = &'m Mention<'a>>) -> Diagnostic {
    let names: Vec<&str> = here.map(|mention| mention.naming.name.value.as_str()).collect();
    let help = match nearest(&subject.value, names.iter().copied()) {
        Some(near) => format!("是不是“{near}”？"),
        None if names.is_empty() => "不写“对象”，就是这一条款给予的全部".to_owned(),
        None => format!("这份申报里有：{}；不写“对象”，就是这一条款给予的全部", names.join("、")),
    };
    Diagnostic::error(Code::Reference, format!("这份申报里没有“{}”", subject.value)).at(subject.place).help(help)
}

/// The items of an enterprise, told apart: by number where both have one, else by name or former name.
pub(super) struct Known<'h, 'a> {
    pub(super) mentions: &'h [Mention<'a>],
    /// Every name and former name in normal form, with the mention that has it; sorted.
    names: Vec<(Cow<'a, str>, usize)>,
    /// For each mention an earlier one of the same item; the first of an item has itself.
    earlier: Vec<usize>,
    /// The numbers of an item, by its first mention.
    numbers: BTreeMap<usize, Vec<(&'a str, Cow<'a, str>)>>,
}

impl<'h, 'a> Known<'h, 'a> {
    pub(super) fn new(mentions: &'h [Mention<'a>]) -> Self {
        let mut known =
            Self { mentions, names: Vec::new(), earlier: (0..mentions.len()).collect(), numbers: BTreeMap::new() };
        let numbered = mentions
            .iter()
            .enumerate()
            .filter_map(|(index, mention)| Some((mention.item.space(), normal(&mention.naming.number?.value), index)));
        let mut numbered: Vec<(&str, Cow<'_, str>, usize)> = numbered.collect();
        numbered.sort_unstable();
        for run in numbered.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)) {
            let [(space, number, first), others @ ..] = run else { continue };
            known.numbers.insert(*first, vec![(space, number.clone())]);
            for (_, _, other) in others {
                known.join(*first, *other);
            }
        }
        let of_mentions = mentions.iter().enumerate();
        let names =
            of_mentions.flat_map(|(index, mention)| mention.names().map(move |name| (normal(&name.value), index)));
        let mut names: Vec<_> = names.filter(|(name, _)| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        for run in names.chunk_by(|a, b| a.0 == b.0) {
            for (nth, (_, mention)) in run.iter().enumerate() {
                for (_, earlier) in run.iter().take(nth) {
                    if known.join(*earlier, *mention) {
                        break;
                    }
                }
            }
        }
        known.names = names;
        known
    }

    /// Says which item each name of the history means.
    pub(super) fn tell(&self, history: &History<'a>, report: &mut Report) -> Told<'a> {
        for name in self.mentions.iter().flat_map(Mention::names) {
            check(name, report);
        }
        let items = (0..self.mentions.len()).map(|mention| self.id(mention));
        let mut told = Told { items: items.collect(), ..Told::default() };
        for (year, entry) in &history.entries {
            if let Some(subject) = &entry.subject {
                self.tell_booked(*year, subject, history.enterprise, &mut told, report);
            }
        }
        for (sheet, (year, declaration)) in history.declarations.iter().enumerate() {
            for subject in declaration.other_policies.iter().filter_map(|other| other.subject.as_ref()) {
                check(subject, report);
                told.others.push(self.declared(subject, *year, sheet, history.enterprise, report));
            }
        }
        self.check_one_declaration(report);
        self.check_numbers(report);
        self.check_unlike(&told.strays, report);
        told
    }

    fn tell_booked(
        &self,
        year: Year,
        subject: &'a Located<String>,
        enterprise: &Enterprise,
        told: &mut Told<'a>,
        report: &mut Report,
    ) {
        check(subject, report);
        let name = normal(&subject.value);
        if self.is_ambiguous(&name, year) {
            let message = format!("“{}”有编号不同的几个，台账指哪一个不清楚", subject.value);
            report.push(
                Diagnostic::error(Code::Reference, message).at(subject.place).help("照那一年申报的名称写，使各不相同"),
            );
        }
        let id = self.meant(&name, year).or_else(|| enterprise.is_called(&name).then_some(ItemId::ENTERPRISE));
        let next = ItemId::at(self.mentions.len() + told.strays.len());
        told.entries
            .push(id.unwrap_or_else(|| told.strays.entry(name).or_insert(Stray { id: next, year, subject }).id));
    }

    /// What another policy pays for must stand in the same declaration.
    fn declared(
        &self,
        subject: &Located<String>,
        year: Year,
        sheet: usize,
        enterprise: &Enterprise,
        report: &mut Report,
    ) -> ItemId {
        let name = normal(&subject.value);
        let id = self.meant(&name, year);
        if id.is_none() && enterprise.is_called(&name) {
            return ItemId::ENTERPRISE;
        }
        let here = || (0..).zip(self.mentions).filter(|(_, mention)| mention.sheet == sheet);
        if !here().any(|(mention, _)| Some(self.id(mention)) == id) {
            report.push(undeclared(subject, here().map(|(_, mention)| mention)));
        }
        id.unwrap_or(ItemId::NOTHING)
    }

    /// The first mention of the item of a mention.
    pub(super) fn first(&self, mention: usize) -> usize {
        let mut first = mention;
        while let Some(earlier) = self.earlier.get(first).filter(|earlier| **earlier < first) {
            first = *earlier;
        }
        first
    }

    pub(super) fn id(&self, mention: usize) -> ItemId {
        ItemId::at(self.first(mention))
    }

    /// The numbers of an item, with the kinds that they are of, by its first mention.
    pub(super) fn numbers(&self, first: usize) -> &[(&'a str, Cow<'a, str>)] {
        self.numbers.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Whether two items have numbers of one kind: the same or not, nobody need ask about them.
    pub(super) fn are_numbered(&self, one: usize, other: usize) -> bool {
        let others = self.numbers(other);
        self.numbers(one).iter().any(|(space, _)| others.iter().any(|(of, _)| of == space))
    }

    /// Takes two mentions for one item, unless their numbers say that they are two.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.first(one), self.first(other));
        let (first, second) = (one.min(other), one.max(other));
        if first == second {
            return true;
        }
        let of_second = self.numbers(second);
        let differ =
            |(space, number): &(&str, Cow<'_, str>)| of_second.iter().any(|(of, own)| of == space && own != number);
        if self.numbers(first).iter().any(differ) {
            return false;
        }
        if let Some(moved) = self.numbers.remove(&second) {
            self.numbers.entry(first).or_default().extend(moved);
        }
        if let Some(earlier) = self.earlier.get_mut(second) {
            *earlier = first;
        }
        true
    }

    /// The mentions that have a name, in normal form, now or before.
    fn called(&self, name: &str) -> &[(Cow<'a, str>, usize)] {
        let from = self.names.partition_point(|(known, _)| known.as_ref() < name);
        let to = self.names.partition_point(|(known, _)| known.as_ref() <= name);
        self.names.get(from..to).unwrap_or_default()
    }

    /// The mention that a name means in a year: the one that has it in that year, or else the first that has it.
    fn mention(&self, name: &str, year: Year) -> Option<usize> {
        let called = self.called(name);
        let now = called.iter().find(|(_, mention)| self.is_named(*mention, name, year));
        now.or(called.first()).map(|(_, mention)| *mention)
    }

    fn is_named(&self, mention: usize, name: &str, year: Year) -> bool {
        let mention = self.mentions.get(mention).filter(|mention| mention.year == year);
        mention.is_some_and(|mention| normal(&mention.naming.name.value) == name)
    }

    fn meant(&self, name: &str, year: Year) -> Option<ItemId> {
        self.mention(name, year).map(|mention| self.id(mention))
    }

    /// Whether a name means several items, and the year does not say which.
    fn is_ambiguous(&self, name: &str, year: Year) -> bool {
        let called = self.called(name);
        let several = called
            .iter()
            .any(|(_, mention)| Some(self.first(*mention)) != called.first().map(|(_, first)| self.first(*first)));
        several && !called.iter().any(|(_, mention)| self.is_named(*mention, name, year))
    }

    /// One declaration has an item of a kind once: which of two an earlier figure or grant belongs to could not be told.
    fn check_one_declaration(&self, report: &mut Report) {
        let mut seen: BTreeMap<(usize, &str, usize), &Mention<'_>> = BTreeMap::new();
        if (0..).zip(&self.earlier).all(|(mention, earlier)| mention == *earlier) && self.numbers.is_empty() {
            return;
        }
        for (index, mention) in self.mentions.iter().enumerate() {
            let name = normal(&mention.naming.name.value);
            let (sheet, kind) = (mention.sheet, mention.item.kind());
            let of_name = self.called(&name).iter().find(|(_, other)| {
                *other < index
                    && self.mentions.get(*other).is_some_and(|other| {
                        other.sheet == sheet && other.item.kind() == kind && normal(&other.naming.name.value) == name
                    })
            });
            let before = seen.insert((sheet, kind, self.first(index)), mention);
            let (message, help) = match (of_name, before) {
                (Some(_), _) => {
                    (format!("申报里有两个叫“{}”的{kind}", mention.naming.name.value), "并成一个，或各用各的名称")
                }
                (None, Some(before)) => {
                    let (one, other) = (&before.naming.name.value, &mention.naming.name.value);
                    let message =
                        format!("申报里的“{one}”和“{other}”是同一个{kind}：编号相同，或一个是另一个的曾用名称");
                    (message, "并成一个，或改正编号、曾用名称")
                }
                (None, None) => continue,
            };
            report.push(Diagnostic::error(Code::Duplicate, message).at(mention.naming.name.place).help(help));
        }
    }

    /// An item without a number that has the name of several with numbers could be each of them.
    fn check_numbers(&self, report: &mut Report) {
        if self.numbers.len() < 2 {
            return;
        }
        for run in self.names.chunk_by(|a, b| a.0 == b.0) {
            let numbered = run.iter().filter(|(_, mention)| !self.numbers(self.first(*mention)).is_empty());
            let mut items: Vec<usize> = numbered.map(|(_, mention)| self.first(*mention)).collect();
            items.sort_unstable();
            items.dedup();
            let own = run.iter().filter_map(|(_, mention)| self.mentions.get(*mention));
            for mention in own.filter(|mention| mention.naming.number.is_none() && items.len() > 1) {
                let all = (0..).zip(self.mentions).filter(|(other, _)| items.contains(&self.first(*other)));
                let numbers: BTreeSet<&str> =
                    all.filter_map(|(_, other)| Some(other.naming.number?.value.as_str())).collect();
                let numbers = numbers.into_iter().collect::<Vec<_>>();
                let name = mention.naming.name;
                let message = format!("“{}”有几个编号（{}），这里是哪一个不清楚", name.value, numbers.join("、"));
                report.push(Diagnostic::error(Code::Reference, message).at(name.place).help("写明“编号”"));
            }
        }
    }

    /// What an item is not must be something that there is.
    fn check_unlike(&self, strays: &BTreeMap<Cow<'_, str>, Stray<'_>>, report: &mut Report) {
        for unlike in self.mentions.iter().flat_map(|mention| mention.naming.unlike.iter()) {
            let name = normal(&unlike.value);
            if !self.called(&name).is_empty() || strays.contains_key(&name) {
                continue;
            }
            let known = self.mentions.iter().flat_map(Mention::names).map(|name| name.value.as_str());
            let help = nearest(&unlike.value, known)
                .map_or_else(|| "名称已经改了的，删去这一项".to_owned(), |near| format!("是不是“{near}”？"));
            let message = format!("这家企业各年的申报和台账里都没有“{}”", unlike.value);
            report.push(Diagnostic::error(Code::Reference, message).at(unlike.place).help(help));
        }
    }
}

/// Which item a name means in a year, as the identities that were told say.
pub(super) fn named(history: &History<'_>, name: &str, year: Year) -> Option<ItemId> {
    let name = normal(name);
    let named = |mention: &Mention<'_>| normal(&mention.naming.name.value) == name;
    let was_named = |mention: &Mention<'_>| mention.naming.former.iter().any(|former| normal(&former.value) == name);
    let item = mentions(history)
        .find(|mention| mention.year == year && named(mention))
        .or_else(|| mentions(history).find(|mention| named(mention) || was_named(mention)))
        .map(|mention| mention.item.identity());
    let booked = || {
        let of_name =
            |entry: &&LedgerEntry| entry.subject.as_ref().is_some_and(|subject| normal(&subject.value) == name);
        history.entries.iter().map(|(_, entry)| *entry).find(of_name)?.identity
    };
    item.or_else(booked).or_else(|| history.enterprise.is_called(&name).then_some(ItemId::ENTERPRISE))
}

/// The same line of 其他政策 twice would be deducted twice: the second one is found and left out.
pub(super) fn check_other_policies(declaration: &mut Declaration, report: &mut Report) {
    let mut kept: Vec<OtherPolicy> = Vec::with_capacity(declaration.other_policies.len());
    for other in std::mem::take(&mut declaration.other_policies) {
        check(&other.policy, report);
        if kept.iter().any(|kept| kept.repeats(&other)) {
            report.push(
                Diagnostic::error(Code::Duplicate, "其他政策里有完全相同的两条，同一笔扣了两次")
                    .at(other.policy.place)
                    .help("误写的删去一条；确是两笔的，在“政策”里写明各自的文号"),
            );
        } else {
            kept.push(other);
        }
    }
    declaration.other_policies = kept;
}
