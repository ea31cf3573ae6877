//! 比例 — a share of what was declared: “按年度销售总额给予不超过30%的奖励”.

use std::collections::BTreeMap;
use std::convert::Infallible;

use serde::Deserialize;

use super::mark::{bases, least_base};
use super::{Asking, Comes, Given, Input, Kind, Mark, Question, Reason, Step, Toward, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Share};
use crate::policy::condition::YearRef;
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `比例: { 基数: [服务费用, 设施投入], 比例: 20% }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// The figures that are added up; a missing one counts as nothing as long as one is there.
    #[serde(rename = "基数")]
    base: Vec<Located<String>>,
    /// The share.
    #[serde(rename = "比例")]
    share: Located<Share>,
    /// Which year's figures.
    #[serde(rename = "取值年度", default)]
    year: YearRef,
    /// A smaller share that a year's notice set (“不超过30%”).
    #[serde(rename = "年度通知", default)]
    notices: BTreeMap<Year, Located<Share>>,
}

/// Several figures are added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    parts: Vec<Money>,
    total: Money,
}

impl Telling for Said {
    fn words(&self) -> Words {
        let parts: Vec<String> = self.parts.iter().map(Money::to_string).collect();
        Words::new("合计", parts.join(" + "), self.total)
    }
}

impl Kind for Ratio {
    type Said<'a> = Said;
    type Why<'a> = Infallible;

    const READINGS: &'static [Question] =
        &[Question { under: &[], name: "取值年度", choices: &["申报年度", "上年度"] }];

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        if self.year != YearRef::Declared {
            asking.note(|| What::Reading { question: "取哪一年的数", choice: self.year.name() });
        }
        let facts = asking.facts;
        let figures = || {
            self.year.years(facts.year()).flat_map(|year| {
                let of_year =
                    move |quantity: &'a Located<String>| Some((quantity, year, facts.figure(&quantity.value, year)?));
                self.base.iter().filter_map(of_year)
            })
        };
        let (mut base, mut count) = (Money::ZERO, 0);
        for (quantity, year, figure) in figures() {
            asking.figure(quantity, year, figure);
            base += figure.value;
            count += 1;
        }
        let Some(first) = self.base.first() else { return Err(Reason::Nothing) };
        if count == 0 {
            let year = self.year.years(asking.year()).next().unwrap_or(asking.year());
            return Err(Reason::Missing { quantity: &first.value, year });
        }
        if count > 1 {
            let parts = || figures().map(|(_, _, figure)| figure.value).collect();
            asking.note_own(|| Said { parts: parts(), total: base });
        }
        let share = self.share_of(asking.year());
        let amount = share.of(base);
        asking.give(self.share.place, || What::Share { base, share, amount });
        Ok(amount)
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        self.base.iter().collect()
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        vec![Mark::of_share(&self.share, self.base.first().map_or("基数", |base| base.value.as_str()))]
    }

    fn trials(&self, year: Year) -> Vec<Trial<'_>> {
        let share = self.share_of(year);
        let trial = |base: Money| {
            Some(Trial { mark: self.share.place, input: self.input(base)?, comes: Comes::Gives(share.of(base)) })
        };
        bases().into_iter().filter_map(trial).collect()
    }

    fn toward(&self, amount: Money, year: Year) -> Toward<'_> {
        let (base, gives) = least_base(self.share_of(year), amount)?;
        Some((self.input(base)?, gives))
    }

    fn check(&self, report: &mut Report) {
        if self.base.is_empty() {
            report
                .push(Diagnostic::error(Code::Rule, "“基数”是空的").at(self.share.place).help("写上从申报里取哪个数"));
        }
        for (year, share) in &self.notices {
            if share.value > self.share.value {
                let message = format!("{year}年度通知的比例{}高于条款的{}", share.value, self.share.value);
                report.push(Diagnostic::error(Code::Rule, message).at(share.place));
            }
        }
    }
}

impl Ratio {
    /// The share for the facts of a year.
    fn share_of(&self, year: Year) -> Share {
        self.notices.get(&year).map_or(self.share.value, |share| share.value)
    }

    /// An amount declared under the first of the figures.
    fn input(&self, base: Money) -> Option<Input<'_>> {
        let ago = i16::from(self.year == YearRef::Previous);
        let name = self.base.first()?.value.as_str();
        Some(Input { figures: vec![(name, ago, base)], words: Vec::new() })
    }
}
