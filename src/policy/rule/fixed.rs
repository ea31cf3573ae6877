//! 定额 — a fixed amount: “一次性给予20万元”.

use serde::Deserialize;

use super::{Asks, Mark, Rule, plain};
use crate::diag::Report;
use crate::money::Money;
use crate::policy::{Facts, Reason};
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

impl Fixed {
    #[expect(clippy::unnecessary_wraps, reason = "every kind of standard has this shape")]
    pub(super) fn amount<'a>(
        &'a self,
        _: &'a Rule,
        _: &Facts<'_, 'a>,
        sink: &mut impl Sink<'a>,
    ) -> Result<Money, Reason<'a>> {
        sink.step(|| plain(What::Fixed(self.amount.value)));
        Ok(self.amount.value)
    }

    #[expect(clippy::unused_self, reason = "every kind of standard has this shape")]
    pub(super) fn quantities(&self) -> Vec<&Located<String>> {
        Vec::new()
    }

    pub(super) fn marks(&self) -> Vec<Mark<'_>> {
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

    #[expect(clippy::unused_self, reason = "every kind of standard has this shape")]
    pub(super) fn check(&self, _: &mut Report) {}
}
