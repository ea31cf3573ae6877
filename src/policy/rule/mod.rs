//! 规则与标准 — a rule and the kinds of standards by which Chinese policies pay. A kind is one file: purpose, shape, behaviour,
//! the words of its steps and refusals, its marks and trials; and two lines here.

mod bands;
mod excess;
mod first_reach;
mod fixed;
mod formula;
mod full_steps;
mod grade;
mod growth;
mod instalment;
mod ladder;
mod listing;
mod mark;
mod question;
mod ranking;
mod ratio;
mod staged;

use std::sync::OnceLock;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;

use serde::Deserialize;

use super::expression::Expression;
use super::figure::Figure;
use super::{Adjustment, Condition, Facts, Group, Limit, Part, Scope, Standing, reason};
use crate::calendar::Year;
use crate::diag::Report;
use crate::document::ClauseId;
use crate::money::Money;
use crate::register::LedgerEntry;
use crate::source::Place;
use crate::trace::{self, Sink, Target, Telling, Words};
use crate::yaml::Located;

pub use listing::Referral;
pub use mark::{Comes, Input, Mark, Toward, Trial};
pub use question::Question;

/// A step of an award.
pub type Step<'a> = trace::Step<'a, Own<'a>>;

/// What happened in a step of an award.
pub type What<'a> = trace::What<'a, Own<'a>>;

/// Why nothing is given.
pub type Reason<'a> = reason::Reason<'a, OwnReason<'a>>;

/// A rule: who, under which conditions, gets what, up to which limits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The clause whose rule it is.
    #[serde(rename = "条款")]
    pub clause: Located<ClauseId>,
    /// What the award is called.
    #[serde(rename = "事项")]
    pub name: String,
    /// What it is given for: 企业, 产品, 项目, 保险, 环保, or a kind of 其他事项.
    #[serde(rename = "对象")]
    pub subject: Located<String>,
    /// What must hold.
    #[serde(rename = "条件", default)]
    pub conditions: Vec<Condition>,
    /// What it gives; several are added up.
    #[serde(rename = "标准")]
    pub standards: Vec<Standard>,
    /// What raises or lowers that.
    #[serde(rename = "调整", default)]
    pub adjustments: Vec<Adjustment>,
    /// What cuts it.
    #[serde(rename = "限额", default)]
    pub limits: Vec<Limit>,
    /// Whether an item gets it only once, ever.
    #[serde(rename = "仅一次", default)]
    pub once: bool,
    /// Rules of one group exclude each other; one award stands (就高不重复).
    #[serde(rename = "就高组", default)]
    pub group: Option<Group>,
    /// Who pays which part.
    #[serde(rename = "分担", default)]
    pub parts: Vec<Part>,
    /// The clause that it was in the version of the policy that was replaced, where that has another number.
    #[serde(rename = "原条款", default)]
    pub former: Option<Located<ClauseId>>,
    /// Figures of the clause that are no rule.
    #[serde(rename = "非规则数字", default)]
    pub not_rules: Vec<Located<String>>,
    /// Figures of the rule that the clause does not state but says how to find, each with how: `{ 6%: 5%上浮20% }`.
    #[serde(rename = "推定数字", default)]
    pub derived: BTreeMap<String, String>,
    /// What has to be handed in with a declaration.
    #[serde(rename = "材料", default)]
    pub materials: Vec<String>,
    /// Where its reading is explained.
    #[serde(rename = "说明", default)]
    pub note: Option<String>,
    /// The figures that it states, once they are noted.
    #[serde(skip)]
    pub figures: Vec<(Figure, Place)>,
    /// The sentences of its clause by which it pays, once somebody asked for them.
    #[serde(skip)]
    pub(super) wording: OnceLock<String>,
}

/// The amount before limits, or why nothing is given.
type Given<'a> = Result<Money, Reason<'a>>;

/// What every kind of standard has.
trait Kind: Sized {
    /// What its steps say in words of its own.
    type Said<'a>: Telling;

    /// Why it gives nothing, in words of its own.
    type Why<'a>: fmt::Display;

    /// The settings of it by which the words are read in one way or another.
    const READINGS: &'static [Question] = &[];

    /// Whether it lists without an amount.
    const LISTS: bool = false;

    /// The amount that it gives, with its steps; or why it gives nothing.
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a>;

    /// The figures that it takes of a declaration.
    fn quantities(&self) -> Vec<&Located<String>> {
        Vec::new()
    }

    /// The attributes that it looks at.
    fn attributes(&self) -> Vec<&Located<String>> {
        Vec::new()
    }

    /// What there is in it for an input to meet: each tier, each grade, each rate.
    fn marks(&self) -> Vec<Mark<'_>>;

    /// Inputs at the edges of its marks, for facts of a year.
    fn trials(&self, year: Year) -> Vec<Trial<'_>>;

    /// An input for which it gives an amount, for facts of a year; `None` where it gives no such amount.
    fn toward(&self, _amount: Money, _year: Year) -> Toward<'_> {
        None
    }

    /// What is wrong with it in itself.
    fn check(&self, _: &mut Report) {}
}

/// One asking of a standard: what it looks at, where its steps go, and how its own words become those of a step or reason.
struct Asking<'c, 'a, K: Kind, S> {
    rule: &'a Rule,
    facts: &'c Facts<'c, 'a>,
    sink: &'c mut S,
    own: fn(K::Said<'a>) -> Own<'a>,
    own_reason: fn(K::Why<'a>) -> OwnReason<'a>,
}

macro_rules! standards {
    ($($name:literal => $variant:ident($kind:ty, $said:ty, $why:ty)),* $(,)?) => {
        /// 标准 — how much is given; the kind is a key.
        #[derive(Debug, Deserialize)]
        pub enum Standard {
            $(#[doc = $name] #[serde(rename = $name)] $variant($kind),)*
        }

        /// What a step says in the words of one kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Own<'a> {
            $(#[doc = $name] $variant($said),)*
        }

        /// Why nothing is given, in the words of one kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum OwnReason<'a> {
            $(#[doc = $name] $variant($why),)*
        }

        impl Telling for Own<'_> {
            fn words(&self) -> Words {
                match self {
                    $(Self::$variant(said) => said.words(),)*
                }
            }

            fn is_unproved(&self) -> bool {
                match self {
                    $(Self::$variant(said) => said.is_unproved(),)*
                }
            }
        }

        impl fmt::Display for OwnReason<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$variant(why) => why.fmt(f),)*
                }
            }
        }

        impl Standard {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($name),*];

            /// The settings of each kind by which the words are read in one way or another.
            pub const READINGS: &'static [(&'static str, &'static [Question])] =
                &[$(($name, <$kind as Kind>::READINGS)),*];

            fn amount<'a, S: Sink<Step<'a>>>(&'a self, rule: &'a Rule, facts: &Facts<'_, 'a>, sink: &mut S) -> Given<'a> {
                match self {
                    $(Self::$variant(kind) => {
                        let (own, own_reason) = (Own::$variant, OwnReason::$variant);
                        kind.amount(&mut Asking { rule, facts, sink, own, own_reason })
                    })*
                }
            }

            /// Whether it lists without an amount.
            pub fn lists(&self) -> bool {
                match self {
                    $(Self::$variant(_) => <$kind as Kind>::LISTS,)*
                }
            }

            /// The figures that it takes of a declaration.
            pub fn quantities(&self) -> Vec<&Located<String>> {
                match self {
                    $(Self::$variant(kind) => kind.quantities(),)*
                }
            }

            /// The attributes that it looks at.
            pub fn attributes(&self) -> Vec<&Located<String>> {
                match self {
                    $(Self::$variant(kind) => kind.attributes(),)*
                }
            }

            /// What is wrong with it in itself.
            pub fn check(&self, report: &mut Report) {
                match self {
                    $(Self::$variant(kind) => kind.check(report),)*
                }
            }

            /// What there is in it for an input to meet: each tier, each grade, each rate.
            pub fn marks(&self) -> Vec<Mark<'_>> {
                match self {
                    $(Self::$variant(kind) => kind.marks(),)*
                }
            }

            /// Inputs at the edges of its marks, for facts of a year.
            pub fn trials(&self, year: Year) -> Vec<Trial<'_>> {
                match self {
                    $(Self::$variant(kind) => kind.trials(year),)*
                }
            }

            /// An input for which it gives an amount, for facts of a year; `None` where it gives no such amount.
            pub fn toward(&self, amount: Money, year: Year) -> Toward<'_> {
                match self {
                    $(Self::$variant(kind) => kind.toward(amount, year),)*
                }
            }
        }
    };
}

// The shape of a kind; what its steps and its refusals say in words of their own.
standards! {
    "定额" => Fixed(fixed::Fixed, fixed::Said, Infallible),
    "比例" => Ratio(ratio::Ratio, ratio::Said, Infallible),
    "分年比例" => Instalment(instalment::Instalment, instalment::Said<'a>, instalment::Why<'a>),
    "首次达到" => FirstReach(first_reach::FirstReach, first_reach::Said, first_reach::Why<'a>),
    "台阶" => Ladder(ladder::Ladder, full_steps::FullSteps, Infallible),
    "增长" => Growth(growth::Growth, growth::Said, growth::Why<'a>),
    "分段累进" => Bands(bands::Bands, bands::Said, Infallible),
    "超出均值" => Excess(excess::Excess, Infallible, Infallible),
    "等级" => Grade(grade::Grade, grade::Said<'a>, grade::Why<'a>),
    "名次" => Ranking(ranking::Ranking, ranking::Said, ranking::Why<'a>),
    "分期" => Staged(staged::Staged, staged::Said<'a>, staged::Why<'a>),
    "公式" => Formula(formula::Formula, formula::Said<'a>, formula::Why<'a>),
    "转引" => Referral(Referral, Infallible, Infallible),
    "名单" => Listing(listing::Listing, Infallible, Infallible),
}

impl Rule {
    /// The expressions in its standards and limits, which come to amounts, and in its conditions, which hold or do not.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let limits = self.limits.iter().filter_map(Limit::formula);
        self.formulas().chain(self.asked().flat_map(Condition::expressions)).chain(limits)
    }

    /// The expressions in its standards.
    pub fn formulas(&self) -> impl Iterator<Item = &Expression> {
        self.standards.iter().filter_map(|standard| match standard {
            Standard::Formula(formula) => Some(&formula.0),
            Standard::Staged(staged) => Some(&staged.total),
            _ => None,
        })
    }

    /// All that it asks: its conditions, and those of what raises or lowers an award.
    pub fn asked(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().chain(self.adjustments.iter().filter_map(|adjustment| adjustment.condition.as_ref()))
    }

    /// Likewise, to be changed.
    pub(super) fn asked_mut(&mut self) -> impl Iterator<Item = &mut Condition> {
        let adjustments = self.adjustments.iter_mut().filter_map(|adjustment| adjustment.condition.as_mut());
        self.conditions.iter_mut().chain(adjustments)
    }

    /// Whether it lists without an amount.
    pub fn lists(&self) -> bool {
        self.standards.iter().all(Standard::lists)
    }

    /// The amount before limits, with its steps; or why nothing is given.
    pub fn amount<'a, S: Sink<Step<'a>>>(
        &'a self,
        facts: &Facts<'_, 'a>,
        sink: &mut S,
    ) -> Result<Money, Vec<Reason<'a>>> {
        let mut met = true;
        let mut unmet = Vec::new();
        // Every condition is asked, so that the trace answers all of them.
        for condition in &self.conditions {
            if !condition.holds(facts, sink) {
                met = false;
                if S::KEEPS {
                    unmet.push(condition.unmet(facts));
                }
            }
        }
        if !met {
            return Err(S::reasons(|| Reason::Conditions(unmet)));
        }
        if self.once
            && let Some(Standing { year, grant, amount }) =
                facts.standing(|grant| facts.policy.granted(self, grant)).first().copied()
        {
            // What was taken back in part is told line by line.
            if amount != grant.amount.value {
                let of_rule = |entry: &LedgerEntry| facts.is_of_item(entry) && facts.policy.granted(self, entry);
                for (year, entry) in facts.dossier.entries(of_rule, false) {
                    let (amount, back) = (entry.amount.value, entry.kind().takes_back());
                    sink.step(|| Step::new(What::Booked { year, amount, back }).at(entry.amount.place));
                }
            }
            sink.step(|| Step::new(What::Granted { year, amount }).at(grant.amount.place));
            return Err(S::reasons(|| Reason::Once { year }));
        }
        let mut total = Money::ZERO;
        let mut given = false;
        let mut reasons = Vec::new();
        for standard in &self.standards {
            match standard.amount(self, facts, sink) {
                Ok(amount) => {
                    total += amount;
                    given = true;
                }
                Err(reason) if S::KEEPS => reasons.push(reason),
                Err(_) => {}
            }
        }
        if given { self.adjusted(total, facts, sink) } else { Err(reasons) }
    }

    /// The amount once it is raised or lowered. Who may have to get less, and nobody knows it, gets nothing.
    fn adjusted<'a, S: Sink<Step<'a>>>(
        &'a self,
        mut amount: Money,
        facts: &Facts<'_, 'a>,
        sink: &mut S,
    ) -> Result<Money, Vec<Reason<'a>>> {
        for adjustment in &self.adjustments {
            if let Some(condition) = &adjustment.condition {
                condition.holds(facts, sink);
                if adjustment.lowers() && adjustment.concerns(facts).is_none() {
                    return Err(S::reasons(|| Reason::Conditions(vec![condition.unmet(facts)])));
                }
            }
            if adjustment.concerns(facts) == Some(true) {
                let before = amount;
                amount = adjustment.of(before).unwrap_or(before);
                let what = || What::Adjusted { by: adjustment.text(), before, after: amount };
                sink.step(|| Step::new(what()).by(adjustment.place()));
            }
        }
        Ok(amount)
    }
}

impl<'a, K: Kind, S: Sink<Step<'a>>> Asking<'_, 'a, K, S> {
    fn year(&self) -> Year {
        self.facts.year()
    }

    /// Takes a figure of a year as a step.
    fn take(&mut self, quantity: &'a Located<String>, year: Year) -> Given<'a> {
        let Some(figure) = self.facts.figure(&quantity.value, year) else {
            return Err(Reason::Missing { quantity: &quantity.value, year });
        };
        self.figure(quantity, year, figure);
        Ok(figure.value)
    }

    /// Notes a figure with its place.
    fn figure(&mut self, quantity: &'a Located<String>, year: Year, figure: Located<Money>) {
        let what = || What::Figure { quantity: &quantity.value, year, amount: figure.value };
        self.sink.step(|| Step::new(what()).at(figure.place));
    }

    /// What is given altogether of what is paid over several years, within the limits of the item: a whole amount already, so that
    /// rounding the payments loses nothing of it.
    fn total(&self, decided: Money) -> Money {
        let limits = self.rule.limits.iter().filter(|limit| limit.scope == Scope::Item);
        let limit = limits.filter_map(|limit| Some(limit.amount()?.value)).min();
        self.facts.policy.rules.rounding.apply(limit.map_or(decided, |limit| limit.min(decided)))
    }

    /// Notes a step without a place of its own.
    fn note(&mut self, what: impl FnOnce() -> What<'a>) {
        self.sink.step(|| Step::new(what()));
    }

    /// Likewise, in the kind's own words.
    fn note_own(&mut self, said: impl FnOnce() -> K::Said<'a>) {
        let own = self.own;
        self.note(|| What::Own(own(said())));
    }

    /// Notes how far a target is from the year's figure: to the 分, above which the target lies.
    fn distance(&mut self, to: Target, now: Money) {
        let to = Target { reach: to.reach.up_to_cents(), ..to };
        self.note(|| What::Distance { to, missing: to.reach.less(now) });
    }

    /// Notes a step that gives by what stands at a place of the rules.
    fn give(&mut self, by: Place, what: impl FnOnce() -> What<'a>) {
        self.sink.step(|| Step::new(what()).by(by));
    }

    /// Likewise, in the kind's own words.
    fn give_own(&mut self, by: Place, said: impl FnOnce() -> K::Said<'a>) {
        let own = self.own;
        self.give(by, || What::Own(own(said())));
    }

    /// A reason in the kind's own words.
    fn because(&self, why: K::Why<'a>) -> Reason<'a> {
        Reason::Own((self.own_reason)(why))
    }
}
