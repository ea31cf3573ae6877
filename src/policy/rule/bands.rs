//! 分段累进 — each band of an amount at its own rate: “1000万元以下部分5%，1000万元至3000万元部分8%，以上部分10%”.

use serde::Deserialize;

use super::{Rule, plain, take};
use crate::diag::{Diagnostic, Report};
use crate::money::{Money, Share};
use crate::policy::{Facts, Reason};
use crate::trace::{Sink, What};
use crate::yaml::Located;

/// `分段累进: { 基数: 总投资, 段: [{ 至: 1000万元, 比例: 5% }, { 比例: 10% }] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The figure; with `增量`, what it grew by over the year before.
    #[serde(rename = "基数")]
    base: Located<String>,
    /// Whether the bands are bands of growth.
    #[serde(rename = "增量", default)]
    growth: bool,
    /// The bands, from the lowest up; the last one may be open.
    #[serde(rename = "段")]
    rates: Vec<Band>,
}

/// A band.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    /// Its upper bound. On the bound itself both bands give the same, so 含 or 不含 makes no difference.
    #[serde(rename = "至", default)]
    to: Option<Located<Money>>,
    /// The rate of what lies in it.
    #[serde(rename = "比例")]
    share: Located<Share>,
}

impl Bands {
    pub(super) fn amount<'a>(
        &'a self,
        _: &'a Rule,
        facts: &Facts<'_, 'a>,
        sink: &mut impl Sink<'a>,
    ) -> Result<Money, Reason<'a>> {
        let mut base = take(&self.base, facts.year(), facts, sink)?;
        if self.growth {
            let before = take(&self.base, facts.year().previous(), facts, sink)?;
            if base <= before {
                return Err(Reason::NoGrowth { quantity: &self.base.value, base: before, now: base });
            }
            let by = base - before;
            sink.step(|| plain(What::Increase { now: base, base: before, by }));
            base = by;
        }
        let mut lower = Money::ZERO;
        let mut total = Money::ZERO;
        for band in &self.rates {
            let upper = band.to.as_ref().map_or(base, |to| to.value.min(base));
            let part = upper.less(lower);
            if part.is_zero() {
                break;
            }
            let (share, amount) = (band.share.value, band.share.value.of(part));
            sink.step(|| plain(What::Band { part, share, amount }));
            total += amount;
            lower = upper;
        }
        if total.is_zero() { Err(Reason::Nothing) } else { Ok(total) }
    }

    pub(super) fn quantities(&self) -> Vec<&Located<String>> {
        vec![&self.base]
    }

    pub(super) fn check(&self, report: &mut Report) {
        let mut last = Money::ZERO;
        for (index, band) in self.rates.iter().enumerate() {
            match &band.to {
                Some(to) if to.value <= last => {
                    let message = format!("这一段的上限{}不高于前一段的{last}，永远轮不到", to.value);
                    report.push(Diagnostic::error("规则", message).at(to.place).help("各段从低到高写"));
                }
                Some(to) => last = to.value,
                None if index + 1 < self.rates.len() => {
                    report.push(
                        Diagnostic::error("规则", "没有上限的段后面还有段，永远轮不到")
                            .at(band.share.place)
                            .help("给它写上“至”，或移到最后"),
                    );
                }
                None => {}
            }
        }
    }
}
