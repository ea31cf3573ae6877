//! 公式 — an amount as the clause words it, where none of the named kinds says it: “按贷款利息的50%给予贴息，不超过企业当年地方财政贡献”.

use std::fmt;

use serde::Deserialize;

use super::{Asking, Given, Kind, Mark, Reason, Step, Trial};
use crate::calendar::Year;
use crate::money::Money;
use crate::policy::expression::{Expression, Gap};
use crate::trace::{Sink, Telling, Words};

/// `公式: 较小(贷款利息 × 50%, 企业.地方财政贡献)`.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Formula(pub Expression);

/// What the formula comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    text: &'a str,
    amount: Money,
}

impl Telling for Said<'_> {
    fn words(&self) -> Words {
        Words::new("按公式计算", self.text, self.amount)
    }
}

/// Why it comes to nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'a>(Gap<'a>);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Expression::gap(self.0))
    }
}

impl Kind for Formula {
    type Said<'a> = Said<'a>;
    type Why<'a> = Why<'a>;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let sink = &mut *asking.sink;
        let amount = self.0.money(asking.facts, &mut |seen| sink.step(|| seen.step()));
        let amount = amount.map_err(|gap| match gap {
            Gap::Figure(quantity, year) => Reason::Missing { quantity, year },
            other => asking.because(Why(other)),
        })?;
        asking.give_own(self.0.place, || Said { text: &self.0.text, amount });
        if amount.is_zero() { Err(Reason::Nothing) } else { Ok(amount) }
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![Mark {
            place: self.0.place,
            name: format!("公式“{}”", self.0.text),
            witness: "公式算出来不是零的一项".to_owned(),
            award: None,
            reach: None,
        }]
    }

    /// Which facts bring a formula to an edge, only its author knows: `cases.yaml` says it.
    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        Vec::new()
    }
}
