//! 规则与标准 — a rule and the kinds of standards by which Chinese policies pay. A kind is one file: purpose, shape,
//! behaviour; and two lines here.

mod bands;
mod excess;
mod first_reach;
mod fixed;
mod grade;
mod growth;
mod instalment;
mod ladder;
mod listing;
mod ratio;

use serde::Deserialize;

use super::condition::YearRef;
use super::figure::Figure;
use super::{Condition, Facts, Limit, Part, Reason, Standing};
use crate::calendar::Year;
use crate::diag::Report;
use crate::document::ClauseId;
use crate::money::{Money, Share};
use crate::source::Place;
use crate::trace::{Sink, Step, Unit, What};
use crate::yaml::Located;

pub use first_reach::Jump;
pub use instalment::Payment;
pub use listing::Referral;

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
    /// What cuts it.
    #[serde(rename = "限额", default)]
    pub limits: Vec<Limit>,
    /// Whether an item gets it only once, ever.
    #[serde(rename = "仅一次", default)]
    pub once: bool,
    /// Rules of one group exclude each other for the same subject; the higher award is given (就高不重复).
    #[serde(rename = "就高组", default)]
    pub group: Option<String>,
    /// Who pays which part.
    #[serde(rename = "分担", default)]
    pub parts: Vec<Part>,
    /// The clause that it was in the version of the policy that was replaced, where that has another number.
    #[serde(rename = "原条款", default)]
    pub former: Option<Located<ClauseId>>,
    /// Figures of the clause that are no rule.
    #[serde(rename = "非规则数字", default)]
    pub not_rules: Vec<Located<String>>,
    /// Where its reading is explained.
    #[serde(rename = "说明", default)]
    pub note: Option<String>,
    /// The figures that it states, once they are noted.
    #[serde(skip)]
    pub figures: Vec<(Figure, Place)>,
}

/// One asking of a rule: what it looks at, and where its steps go.
struct Asking<'c, 'a, S> {
    rule: &'a Rule,
    facts: &'c Facts<'c, 'a>,
    sink: &'c mut S,
}

/// The amount before limits, or why nothing is given.
type Given<'a> = Result<Money, Reason<'a>>;

/// What every kind of standard has.
trait Kind {
    /// The amount that it gives, with its steps; or why it gives nothing.
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a>;

    /// The figures that it takes of a declaration.
    fn quantities(&self) -> Vec<&Located<String>> {
        Vec::new()
    }

    /// What there is in it for an input to meet: each tier, each grade, each rate.
    fn marks(&self) -> Vec<Mark<'_>>;

    /// What is wrong with it in itself.
    fn check(&self, _: &mut Report) {}
}

macro_rules! standards {
    ($($(#[$doc:meta])* $name:literal => $variant:ident($kind:ty)),* $(,)?) => {
        /// 标准 — how much is given; the kind is a key.
        #[derive(Debug, Deserialize)]
        pub enum Standard {
            $($(#[$doc])* #[serde(rename = $name)] $variant($kind),)*
        }

        impl Standard {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($name),*];

            fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
                match self {
                    $(Self::$variant(kind) => kind.amount(asking),)*
                }
            }

            /// The figures that it takes of a declaration.
            pub fn quantities(&self) -> Vec<&Located<String>> {
                match self {
                    $(Self::$variant(kind) => kind.quantities(),)*
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
        }
    };
}

standards! {
    /// A fixed amount.
    "定额" => Fixed(fixed::Fixed),
    /// A share of an amount.
    "比例" => Ratio(ratio::Ratio),
    /// A share of several years' amounts, paid over the years.
    "分年比例" => Instalment(instalment::Instalment),
    /// A tier reached for the first time.
    "首次达到" => FirstReach(first_reach::FirstReach),
    /// Further steps beyond an amount, each reached for the first time.
    "台阶" => Ladder(ladder::Ladder),
    /// Each full step of growth.
    "增长" => Growth(growth::Growth),
    /// Each band of an amount at its own rate.
    "分段累进" => Bands(bands::Bands),
    /// A share of what exceeds a published mean.
    "超出均值" => Excess(excess::Excess),
    /// An amount for each grade.
    "等级" => Grade(grade::Grade),
    /// Another policy pays; it is only listed.
    "转引" => Referral(Referral),
    /// A list without an amount.
    "名单" => Listing(listing::Listing),
}

impl Standard {
    /// Whether it lists without an amount.
    pub fn lists(&self) -> bool {
        matches!(self, Self::Referral(_) | Self::Listing(_))
    }
}

impl Rule {
    /// Whether it lists without an amount.
    pub fn lists(&self) -> bool {
        self.standards.iter().all(Standard::lists)
    }

    /// The amount before limits, with its steps; or why nothing is given.
    pub fn amount<'a, S: Sink<'a>>(&'a self, facts: &Facts<'_, 'a>, sink: &mut S) -> Result<Money, Vec<Reason<'a>>> {
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
            && let Some(Standing { year, grant, amount }) = facts.standing(self).first().copied()
        {
            sink.step(|| Step { what: What::Granted { year, amount }, place: Some(grant.amount.place) });
            return Err(S::reasons(|| Reason::Once { year }));
        }
        let mut total = Money::ZERO;
        let mut given = false;
        let mut reasons = Vec::new();
        for standard in &self.standards {
            match standard.amount(&mut Asking { rule: self, facts, sink }) {
                Ok(amount) => {
                    total += amount;
                    given = true;
                }
                Err(reason) if S::KEEPS => reasons.push(reason),
                Err(_) => {}
            }
        }
        if given { Ok(total) } else { Err(reasons) }
    }
}

impl<'a, S: Sink<'a>> Asking<'_, 'a, S> {
    /// The declared year.
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
        self.sink.step(|| Step { what: what(), place: Some(figure.place) });
    }

    /// Notes a step without a place of its own.
    fn note(&mut self, what: impl FnOnce() -> What<'a>) {
        self.sink.step(|| Step { what: what(), place: None });
    }
}

/// Something in a standard that an input can meet, and by which step that is seen.
pub struct Mark<'a> {
    /// Where it stands.
    pub place: Place,
    /// What it is, in words: `达到3亿元档`.
    pub name: String,
    /// An input that meets it, in words: `销售额首次达到3亿元`.
    pub witness: String,
    /// What it gives to such an input, where that is a fixed amount.
    pub award: Option<Money>,
    /// What it asks of the figures.
    pub asks: Asks<'a>,
    /// Whether a step shows that it was met.
    pub met: Box<dyn Fn(&What<'_>) -> bool + 'a>,
}

/// What a mark asks of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks<'a> {
    /// Nothing.
    Nothing,
    /// That a figure reaches an amount for the first time.
    Reach(&'a str, Money),
    /// That a figure grows by a full step over the year before, once a year or years have reached a threshold.
    Growth(&'a str, Unit, Option<(YearRef, Money)>),
    /// Nothing; it gives a share of a figure.
    Share(&'a str, Share),
    /// A word under an attribute.
    Grade(&'a str, &'a str),
    /// That a figure, or what it grew by, lies in a band.
    Band {
        /// The figure.
        base: &'a str,
        /// Whether it is the growth that lies in the band.
        growth: bool,
        /// The upper bound, and whether the rate still holds at the bound itself.
        to: Option<(Unit, bool)>,
        /// The rate.
        share: Share,
    },
}

impl Mark<'_> {
    /// What a figure of the declared year must reach for it, where it asks for that.
    pub fn reach(&self) -> Option<(&str, Money)> {
        match self.asks {
            Asks::Reach(quantity, reach) => Some((quantity, reach)),
            Asks::Growth(quantity, _, Some((year, reach))) if year != YearRef::Previous => Some((quantity, reach)),
            _ => None,
        }
    }
}

/// The mark of a share of a figure.
fn share_mark<'a>(share: &'a Located<Share>, base: &'a str) -> Mark<'a> {
    Mark {
        place: share.place,
        name: format!("{base}的{}", share.value),
        witness: format!("{base}不为零的一项"),
        award: None,
        asks: Asks::Share(base, share.value),
        met: Box::new(|what| matches!(what, What::Share { .. })),
    }
}
