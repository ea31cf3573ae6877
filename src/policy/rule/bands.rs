//! 分段累进 — each band of an amount at its own rate: “1000万元以下部分5%，1000万元至3000万元部分8%，以上部分10%”.

use std::convert::Infallible;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::full_steps::Unit;
use super::mark::{cent, hundred_million};
use super::{Asking, Comes, Given, Input, Kind, Mark, Reason, Step, Trial, What};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::money::{Money, Share};
use crate::trace::{Sink, Telling, Words};
use crate::yaml::Located;

/// `分段累进: { 基数: 总投资, 段: [{ 至: 1000万元, 比例: 5% }, { 比例: 10% }] }`; of growth over the year before, with bounds in
/// points: `{ 基数: 营业收入, 增量: 是, 段: [{ 至: 10个百分点, 比例: 1% }, { 比例: 2% }] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The figure; with `增量`, what it grew by over the year before.
    #[serde(rename = "基数")]
    base: Located<String>,
    /// Whether the bands are bands of growth.
    #[serde(rename = "增量", default)]
    growth: bool,
    /// Whether each part has the rate of its band, or the whole that of the band that it reaches.
    #[serde(rename = "计法", default)]
    way: Way,
    /// The bands, from the lowest up; the last one may be open.
    #[serde(rename = "段")]
    rates: Vec<Band>,
}

/// What a band's rate is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Way {
    /// Of the part that lies in the band (超额累进).
    #[default]
    #[serde(rename = "超额")]
    Part,
    /// Of the whole (全额累进).
    #[serde(rename = "全额")]
    Whole,
}

/// A band.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    /// Its upper bound: an amount, or points of growth.
    #[serde(rename = "至", default)]
    to: Option<Located<Bound>>,
    /// Whether the bound itself belongs to it (含本数). It matters only where the rate is taken of the whole.
    #[serde(rename = "含", default = "yes")]
    closed: bool,
    /// The rate of what lies in it.
    #[serde(rename = "比例")]
    share: Located<Share>,
}

fn yes() -> bool {
    true
}

/// A bound, written as one word: in yuan, or in points of growth.
#[derive(Debug, Clone, Copy)]
struct Bound(Unit);

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unit = match text.parse() {
            Ok(points) => Unit::Points(points),
            Err(_) => text.parse().map(Unit::Money).map_err(serde::de::Error::custom)?,
        };
        Ok(Self(unit))
    }
}

/// A part of an amount has its own rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    part: Money,
    share: Share,
    amount: Money,
}

impl Telling for Said {
    fn words(&self) -> Words {
        let Self { part, share, amount } = self;
        Words::new("分段计算", format!("{part} × {share}"), amount)
    }
}

impl Kind for Bands {
    type Said<'a> = Said;
    type Why<'a> = Infallible;

    fn amount<'a>(&'a self, asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>) -> Given<'a> {
        let now = asking.take(&self.base, asking.year())?;
        let (mut base, mut before) = (now, Money::ZERO);
        if self.growth {
            before = asking.take(&self.base, asking.year().previous())?;
            if now <= before {
                return Err(Reason::NoGrowth { quantity: &self.base.value, base: before, now });
            }
            base = now - before;
            asking.note(|| What::Increase { now, base: before, by: base });
        }
        let total = match self.way {
            Way::Part => self.of_parts(base, before, asking),
            Way::Whole => self.of_whole(base, before, asking),
        };
        if total.is_zero() { Err(Reason::Nothing) } else { Ok(total) }
    }

    fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let marks = self.rates.iter().map(|band| {
            let share = band.share.value;
            let bound = band.to.as_ref().map_or("以上没有上限".to_owned(), |to| format!("至{}", to.value.0));
            Mark {
                place: band.share.place,
                name: format!("{bound}、比例{share}的段"),
                witness: format!("{}落在这一段", self.base.value),
                award: None,
                reach: None,
            }
        });
        marks.collect()
    }

    fn trials(&self, _: Year) -> Vec<Trial<'_>> {
        let before = if self.growth { hundred_million() } else { Money::ZERO };
        let mut trials = Vec::new();
        // The lower bound of a band, and what the bands below it give together.
        let (mut lower, mut below) = (Money::ZERO, Money::ZERO);
        for (index, band) in self.rates.iter().enumerate() {
            let share = band.share.value;
            let gives = |of: Money| match self.way {
                Way::Part => below + share.of(of - lower),
                Way::Whole => share.of(of),
            };
            let met = |of: Money| Some(gives(of)).filter(|gives| !gives.is_zero()).map_or(Comes::Met, Comes::Gives);
            let mut at = |of: Money, comes| {
                let input = Input::figure(&self.base.value, before + of, self.growth.then_some(before));
                trials.push(Trial { mark: band.share.place, input, comes });
            };
            let upper = band.to.as_ref().map_or(lower + hundred_million(), |to| to.value.0.over(before));
            if upper - cent() > lower {
                at(upper - cent(), met(upper - cent()));
            }
            let belongs = band.to.is_none() || band.closed || self.way == Way::Part;
            at(upper, if belongs { met(upper) } else { Comes::Missed });
            // Beyond the last band of parts, the amount that lies in it still counts.
            let beyond = index + 1 < self.rates.len() || self.way == Way::Whole;
            if band.to.is_some() {
                at(upper + cent(), if beyond { Comes::Missed } else { met(upper) });
            }
            below = gives(upper);
            lower = upper;
        }
        trials
    }

    fn check(&self, report: &mut Report) {
        // Points are bounds of growth; any base shows whether they rise.
        let mut last = (Money::ZERO, String::new());
        let before = Money::yuan(Decimal::ONE);
        for (index, band) in self.rates.iter().enumerate() {
            match &band.to {
                Some(Located { value: Bound(Unit::Points(_)), place }) if !self.growth => {
                    let finding = Diagnostic::error(Code::Rule, "百分点只能作增长的段的上限").at(*place);
                    report.push(finding.help("写上“增量: 是”，或把上限写成金额"));
                }
                Some(to) if to.value.0.over(before) <= last.0 => {
                    let message = format!("这一段的上限{}不高于前一段的{}，永远轮不到", to.value.0, last.1);
                    report.push(Diagnostic::error(Code::Rule, message).at(to.place).help("各段从低到高写"));
                }
                Some(to) => last = (to.value.0.over(before), to.value.0.to_string()),
                None if index + 1 < self.rates.len() => {
                    report.push(
                        Diagnostic::error(Code::Rule, "没有上限的段后面还有段，永远轮不到")
                            .at(band.share.place)
                            .help("给它写上“至”，或移到最后"),
                    );
                }
                None => {}
            }
        }
    }
}

impl Bands {
    fn of_parts<'a>(
        &'a self,
        base: Money,
        before: Money,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Money {
        let mut lower = Money::ZERO;
        let mut total = Money::ZERO;
        for band in &self.rates {
            let upper = band.to.as_ref().map_or(base, |to| to.value.0.over(before).min(base));
            let part = upper.less(lower);
            if part.is_zero() {
                break;
            }
            let (share, amount) = (band.share.value, band.share.value.of(part));
            asking.give_own(band.share.place, || Said { part, share, amount });
            total += amount;
            lower = upper;
        }
        total
    }

    fn of_whole<'a>(
        &'a self,
        base: Money,
        before: Money,
        asking: &mut Asking<'_, 'a, Self, impl Sink<Step<'a>>>,
    ) -> Money {
        let reached = self.rates.iter().find(|band| {
            let upper = band.to.as_ref().map(|to| to.value.0.over(before));
            upper.is_none_or(|upper| base < upper || band.closed && base == upper)
        });
        reached.map_or(Money::ZERO, |band| {
            let (share, amount) = (band.share.value, band.share.value.of(base));
            asking.give(band.share.place, || What::Share { base, share, amount });
            amount
        })
    }
}
