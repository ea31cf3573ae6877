//! 定额 — a fixed amount: “一次性给予20万元”.

use serde::Deserialize;

use super::{Asking, Asks, Given, Kind, Mark};
use crate::money::Money;
use crate::trace::{Sink, What};
use crate::yaml::Located;

/// `定额: { 金额: 20万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// The amount.
    #[serde(rename = "金额")]
    amount: Located<Money>,
}

impl Kind for Fixed {
    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, impl Sink<'a>>) -> Given<'a> {
        asking.note(|| What::Fixed(self.amount.value));
        Ok(self.amount.value)
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let amount = self.amount.value;
        vec![Mark {
            place: self.amount.place,
            name: format!("定额{amount}"),
            witness: "符合条件的一项".to_owned(),
            award: Some(amount),
            asks: Asks::Nothing,
            met: Box::new(move |what| *what == What::Fixed(amount)),
        }]
    }
}
