//! 定额 — a fixed amount: “一次性给予20万元”.

use std::convert::Infallible;

use serde::Deserialize;

use super::{Asking, Comes, Given, Input, Kind, Mark, Step, Toward, Trial};
use crate::calendar::Year;
use crate::money::Money;
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `定额: { 金额: 20万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    #[serde(rename = "金额")]
    amount: Located<Money>,
}

/// The amount is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Said(Money);

impl Telling for Said {
    fn words(&self) -> Words {
        Words::new("定额", "按条款规定的金额", self.0)
    }
}

impl Kind for Fixed {
    type Said<'a> = Said;
    type Why<'a> = Infallible;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        asking.give_own(self.amount.place, || Said(self.amount.value));
        Ok(self.amount.value)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let amount = self.amount.value;
        vec![Mark {
            place: self.amount.place,
            name: format!("定额{amount}"),
            witness: "符合条件的一项".to_owned(),
            award: Some(amount),
            reach: None,
        }]
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let comes = Comes::Gives(self.amount.value);
        vec![Trial { mark: self.amount.place, input: Input::default(), comes }]
    }

    fn toward(&self, amount: Money, _: Year) -> Toward<'_> {
        (self.amount.value >= amount).then(|| (Input::default(), self.amount.value))
    }
}
