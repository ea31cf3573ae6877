//! 事实 — facts made up for one rule: an enterprise with one item of the kind that the rule is about, which meets the rule's
//! conditions whatever else is asked of it, where any facts do.

use std::collections::{BTreeMap, BTreeSet};

use hongtou::award::{Assessment, assess_enterprise};
use hongtou::calendar::{Day, Year};
use hongtou::money::Money;
use hongtou::policy::condition::{Amount, Kind};
use hongtou::policy::rule::Input;
use hongtou::policy::{Condition, Dossier, Facts, Policy, Reason, Rule, Step};
use hongtou::register::{
    Catalogue, CreditCode, Declaration, DeclarationYear, Enterprise, EntryIds, Matter, Register, Yearly,
};
use hongtou::source::{FileId, Place};
use hongtou::yaml::Located;
use rust_decimal::Decimal;

const PLACE: Place = Place { file: FileId(0), start: 0, end: 0 };

/// How many ways to meet the conditions of a rule are tried.
const WAYS: usize = 200;

/// A 分.
pub(crate) fn cent() -> Money {
    Money::yuan(Decimal::new(1, 2))
}

fn text(value: &str) -> Located<String> {
    Located { value: value.to_owned(), place: PLACE }
}

fn flag(word: Option<&String>, usual: bool) -> Located<bool> {
    Located { value: word.map_or(usual, |word| word == "是"), place: PLACE }
}

/// What is declared.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    year: Year,
    words: BTreeMap<String, Vec<String>>,
    figures: BTreeMap<String, BTreeMap<Year, Money>>,
    entries: BTreeSet<String>,
}

/// One thing that is declared to meet a condition.
#[derive(Debug, Clone)]
enum Piece {
    Word(String, String),
    Figure(String, Year, Money),
    Entry(String),
}

impl Piece {
    /// Whether it is of one of these figures or attributes.
    fn is_of(&self, names: &[&str]) -> bool {
        match self {
            Self::Word(name, _) | Self::Figure(name, ..) => names.contains(&name.as_str()),
            Self::Entry(_) => false,
        }
    }
}

/// What the rule alone comes to: before rounding, limits and other rules.
pub(crate) struct Came {
    /// `None` where it gives nothing.
    pub(crate) amount: Option<Money>,
    /// Where the marks stand that the steps gave by.
    pub(crate) met: Vec<Place>,
    /// Whether the conditions refuse it.
    pub(crate) barred: bool,
    /// Everything in words.
    pub(crate) told: String,
}

impl Made {
    /// What is declared in a trial and nothing else; `None` where no enterprise can declare it.
    pub(crate) fn new(year: Year, input: &Input<'_>) -> Option<Self> {
        let mut made = Self { year, words: BTreeMap::new(), figures: BTreeMap::new(), entries: BTreeSet::new() };
        let words = input.words.iter().map(|(name, word)| Piece::Word((*name).to_owned(), word.to_string()));
        let figures = input
            .figures
            .iter()
            .map(|(name, ago, amount)| Piece::Figure((*name).to_owned(), Year(year.0 - ago), *amount));
        words.chain(figures).all(|piece| made.add(piece)).then_some(made)
    }

    /// The same, with what it takes to meet the conditions of a rule; `None` where nothing does. What a standard looks at itself
    /// (`own`) is left as it is, so that it gives what it should.
    pub(crate) fn meeting(
        &self,
        rule: &Rule,
        own: &[&str],
        policy: &Policy,
        catalogues: &BTreeMap<String, Catalogue>,
    ) -> Option<Self> {
        let candidates = Candidates::of(rule, self.year, catalogues);
        let mut ways = vec![Vec::new()];
        for condition in &rule.conditions {
            ways = both(&ways, &candidates.ways(condition, true));
        }
        ways.into_iter().find_map(|pieces| {
            let mut made = self.clone();
            let possible = pieces.into_iter().all(|piece| (self.has(&piece) || !piece.is_of(own)) && made.add(piece));
            (possible && !made.came(rule, policy, catalogues)?.barred).then_some(made)
        })
    }

    fn has(&self, piece: &Piece) -> bool {
        match piece {
            Piece::Word(name, word) => self.words.get(name).is_some_and(|words| words.contains(word)),
            Piece::Figure(name, year, _) => self.figures.get(name).is_some_and(|figures| figures.contains_key(year)),
            Piece::Entry(id) => self.entries.contains(id),
        }
    }

    /// Adds a piece; says whether that goes with the rest.
    fn add(&mut self, piece: Piece) -> bool {
        match piece {
            Piece::Word(name, word) => {
                let words = self.words.entry(name.clone()).or_default();
                if !words.contains(&word) {
                    words.push(word);
                }
                match name.as_str() {
                    "行业" | "称号" => true,
                    "规模以上" | "有毒有害废弃物处理" | "国家认定" => {
                        words.len() == 1 && words.iter().all(|word| word == "是" || word == "否")
                    }
                    _ => words.len() == 1,
                }
            }
            Piece::Figure(name, year, amount) => {
                *self.figures.entry(name).or_default().entry(year).or_insert(amount) == amount
            }
            Piece::Entry(id) => {
                self.entries.insert(id);
                true
            }
        }
    }

    /// A figure set, whatever stood there.
    pub(crate) fn set(&mut self, name: &str, year: Year, amount: Option<Money>) {
        let figures = self.figures.entry(name.to_owned()).or_default();
        match amount {
            Some(amount) => figures.insert(year, amount),
            None => figures.remove(&year),
        };
    }

    /// The same for facts of another year.
    pub(crate) fn of(&self, year: Year) -> Self {
        Self { year, ..self.clone() }
    }

    /// Shows the facts to somebody; `None` where there is no item of the kind.
    pub(crate) fn facts<R>(
        &self,
        rule: &Rule,
        policy: &Policy,
        catalogues: &BTreeMap<String, Catalogue>,
        see: impl Fn(&Facts<'_, '_>) -> R,
    ) -> Option<R> {
        let (register, code) = self.register(&rule.subject.value, catalogues);
        let dossier = Dossier::new(&register, register.enterprise(code)?, self.year, 1);
        let mut seen = None;
        dossier.declaration?.each_of(&rule.subject.value, |item| {
            seen = Some(see(&Facts { dossier: &dossier, policy, item: &item }));
        });
        seen
    }

    /// What the rule alone comes to.
    pub(crate) fn came(&self, rule: &Rule, policy: &Policy, catalogues: &BTreeMap<String, Catalogue>) -> Option<Came> {
        let (register, code) = self.register(&rule.subject.value, catalogues);
        let dossier = Dossier::new(&register, register.enterprise(code)?, self.year, 1);
        let mut came = None;
        dossier.declaration?.each_of(&rule.subject.value, |item| {
            let mut steps: Vec<Step<'_>> = Vec::new();
            let outcome = rule.amount(&Facts { dossier: &dossier, policy, item: &item }, &mut steps);
            let reasons = outcome.as_ref().err().map(Vec::as_slice).unwrap_or_default();
            let why: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            let told: Vec<String> = steps.iter().map(|step| format!("{:?}", step.words())).collect();
            came = Some(Came {
                amount: outcome.as_ref().ok().copied(),
                met: steps.iter().filter_map(|step| step.by).collect(),
                barred: reasons.iter().any(|reason| matches!(reason, Reason::Conditions(_))),
                told: format!("{:?}，{}，{}", outcome.as_ref().ok(), why.join("；"), told.join("\n")),
            });
        });
        came
    }

    /// Shows what all policies together make of it under the rule.
    pub(crate) fn assessed<R>(
        &self,
        rule: &Rule,
        policies: &[Policy],
        catalogues: &BTreeMap<String, Catalogue>,
        see: impl FnOnce(&[Assessment<'_>]) -> R,
    ) -> Option<R> {
        let (register, code) = self.register(&rule.subject.value, catalogues);
        let dossier = Dossier::new(&register, register.enterprise(code)?, self.year, 1);
        let mut assessments: Vec<Assessment<'_>> = Vec::new();
        assess_enterprise(&dossier, &Policy::standing(policies, self.year), &mut assessments);
        assessments.retain(|one| one.rule.clause.place == rule.clause.place);
        Some(see(&assessments))
    }

    fn register(&self, kind: &str, catalogues: &BTreeMap<String, Catalogue>) -> (Register, CreditCode) {
        let code = Located { value: CreditCode::complete("91000000MA0000000").unwrap(), place: PLACE };
        let word = |name: &str| self.words.get(name).and_then(|words| words.first());
        let list = |name: &str| Some(Located { value: self.words.get(name)?.clone(), place: PLACE });
        let others: BTreeMap<String, Located<String>> = self
            .words
            .iter()
            .filter(|(name, _)| !Enterprise::ATTRIBUTES.contains(&name.as_str()))
            .filter_map(|(name, words)| Some((name.clone(), text(words.first()?))))
            .collect();
        let enterprise = Enterprise {
            above_threshold: flag(word("规模以上"), true),
            titles: list("称号"),
            grade: word("亩均评价").map(|grade| text(grade)),
            treats_waste: word("有毒有害废弃物处理").map(|word| flag(Some(word), true)),
            others: others.clone(),
            ..Enterprise::new(
                text("示例企业"),
                code,
                text(word("区县").map_or("示例区", String::as_str)),
                list("行业").unwrap_or(Located { value: Vec::new(), place: PLACE }),
            )
        };
        let yearly = |name: &str| -> Yearly {
            let figures = self.figures.get(name).cloned().unwrap_or_default();
            figures.into_iter().map(|(year, value)| (year, Located { value, place: PLACE })).collect()
        };
        let entries: EntryIds = self.entries.iter().map(|id| text(id)).collect();
        let mut declaration = Declaration::new(code).with("主营业务收入", yearly("主营业务收入"));
        let matter = Matter { entries, ..Matter::new(text(kind), Some(text("甲"))) };
        let matter = match kind {
            "企业" => None,
            "产品" => Some(matter.with("销售额", yearly("销售额"))),
            "项目" => Some(matter.with("设备和软件投资", yearly("设备和软件投资"))),
            "保险" => {
                let recognised = if flag(word("国家认定"), true).value { "是" } else { "否" };
                Some(matter.with("保费", yearly("保费")).having("国家认定", text(recognised)))
            }
            "环保" => {
                let spent = Matter::new(text(kind), None).with("服务费用", yearly("服务费用"));
                Some(spent.with("设施投入", yearly("设施投入")))
            }
            _ => Some(Matter {
                amounts: self.figures.keys().map(|name| (name.clone(), yearly(name))).collect(),
                attributes: others.into_iter().collect(),
                ..matter
            }),
        };
        declaration.matters.extend(matter);
        let year = DeclarationYear {
            year: Located { value: self.year, place: PLACE },
            batch: 1,
            policy: None,
            declarations: vec![declaration],
        };
        let (register, _) =
            Register::new(vec![enterprise], &BTreeSet::new(), vec![year], Vec::new(), catalogues.clone());
        (register, code.value)
    }
}

/// What there is to choose from: every bound and every day of the rule, and those next to it.
struct Candidates<'c> {
    year: Year,
    amounts: BTreeSet<Money>,
    days: BTreeSet<Day>,
    catalogues: &'c BTreeMap<String, Catalogue>,
}

impl<'c> Candidates<'c> {
    fn of(rule: &Rule, year: Year, catalogues: &'c BTreeMap<String, Catalogue>) -> Self {
        let days = [Day::new(year.0, 1, 1), Day::new(year.0, 6, 30), Day::new(year.0 - 1, 12, 31)];
        let days = days.into_iter().flatten().collect();
        let mut candidates = Self { year, amounts: BTreeSet::new(), days, catalogues };
        for leaf in leaves(rule) {
            match &leaf.kind {
                Kind::Amount(amount) => {
                    for bound in [amount.at_least, amount.above, amount.at_most, amount.below].into_iter().flatten() {
                        candidates.amounts.extend([bound.less(cent()), bound, bound + cent()]);
                    }
                }
                Kind::Date(dated) => {
                    for day in [dated.from, dated.to].into_iter().flatten() {
                        candidates.days.extend([day.yesterday(), day, day.tomorrow()]);
                    }
                }
                _ => {}
            }
        }
        candidates
    }

    /// Ways to make a condition hold, or not hold.
    fn ways(&self, condition: &Condition, wanted: bool) -> Vec<Vec<Piece>> {
        match &condition.kind {
            Kind::Attribute(attribute) => {
                let word = |word: &str| vec![Piece::Word(attribute.name.value.clone(), word.to_owned())];
                let (chosen, other) = match (wanted, attribute.some.is_empty()) {
                    (true, true) => (&[][..], Some(Vec::new())),
                    (true, false) => (&attribute.some[..], None),
                    (false, true) => (&attribute.none[..], None),
                    (false, false) => (&attribute.none[..], Some(word("别的"))),
                };
                let flags = ["是", "否"].map(word);
                chosen.iter().map(|chosen| word(chosen)).chain(other).chain(flags).collect()
            }
            // Only its author knows what makes an expression hold; without any figures none does.
            Kind::Expression(_) if wanted => Vec::new(),
            Kind::Expression(_) => vec![Vec::new()],
            Kind::Catalogue(_) if !wanted => vec![Vec::new()],
            Kind::Catalogue(wanted) => {
                let title = self.catalogues.get(&wanted.catalogue.value).map(|catalogue| &catalogue.name.value);
                let editions = self.catalogues.values().filter(|edition| Some(&edition.name.value) == title);
                let fitting =
                    editions.filter(|edition| edition.validity.value.touches(self.year)).filter_map(|edition| {
                        let fits = |id: &&str| {
                            let cell = wanted.column.as_ref().and_then(|column| edition.entry(id)?.get(&column.value));
                            wanted.column.is_none() || cell.is_some_and(|cell| wanted.values.contains(&cell.value.0))
                        };
                        edition.ids().find(fits)
                    });
                fitting.map(|id| vec![Piece::Entry(id.to_owned())]).collect()
            }
            Kind::Amount(amount) => {
                let years: Vec<Year> = amount.year.years(self.year).collect();
                let fitting = self.amounts.iter().filter(|figure| admits(amount, **figure) == wanted);
                let name = || amount.quantity.value.clone();
                fitting.map(|figure| years.iter().map(|year| Piece::Figure(name(), *year, *figure)).collect()).collect()
            }
            Kind::Date(dated) => {
                let fits = |day: &&Day| {
                    let after = dated.from.is_none_or(|from| **day >= from);
                    let before = dated.to.is_none_or(|to| **day <= to);
                    (after && before && (!dated.within || day.year() == self.year)) == wanted
                };
                let word = |day: &Day| vec![Piece::Word(dated.name.value.clone(), day.iso())];
                self.days.iter().filter(fits).map(word).collect()
            }
            Kind::Not(condition) => self.ways(condition, !wanted),
            Kind::All(conditions) | Kind::Any(conditions) => {
                let each = conditions.iter().map(|condition| self.ways(condition, wanted));
                if wanted == matches!(condition.kind, Kind::All(_)) {
                    each.fold(vec![Vec::new()], |ways, next| both(&ways, &next))
                } else {
                    each.flatten().take(WAYS).collect()
                }
            }
        }
    }
}

/// What the bounds say, read off one by one.
pub(crate) fn admits(amount: &Amount, figure: Money) -> bool {
    let low_enough = amount.at_most.is_none_or(|most| figure <= most) && amount.below.is_none_or(|end| figure < end);
    low_enough && amount.at_least.is_none_or(|least| figure >= least) && amount.above.is_none_or(|end| figure > end)
}

/// Every way of the one with every way of the other.
fn both(ways: &[Vec<Piece>], others: &[Vec<Piece>]) -> Vec<Vec<Piece>> {
    let joined = ways.iter().flat_map(|way| others.iter().map(move |other| [&way[..], &other[..]].concat()));
    joined.take(WAYS).collect()
}

/// The conditions of a rule that ask something themselves.
pub(crate) fn leaves(rule: &Rule) -> Vec<&Condition> {
    fn of<'a>(condition: &'a Condition, leaves: &mut Vec<&'a Condition>) {
        match &condition.kind {
            Kind::All(conditions) | Kind::Any(conditions) => conditions.iter().for_each(|one| of(one, leaves)),
            Kind::Not(condition) => of(condition, leaves),
            _ => leaves.push(condition),
        }
    }
    let mut leaves = Vec::new();
    rule.conditions.iter().for_each(|condition| of(condition, &mut leaves));
    leaves
}
