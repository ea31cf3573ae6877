//! 由规则生成的测试 — for every tier, grade, rate, limit, bound, day and year that the rules of the sample policies state, a case
//! just below, at and just above it. Nobody writes these: a rule that is added is tested because it is there. What nobody can
//! declare, or the rule's own conditions exclude, is passed over with the reason.

use std::collections::BTreeMap;

use hongtou::award::{Assessment, Outcome};
use hongtou::calendar::{Day, Year};
use hongtou::money::Money;
use hongtou::policy::condition::{Amount, Dated, Kind};
use hongtou::policy::rule::{Comes, Input};
use hongtou::policy::{Condition, Limit, Policy, Reason, Rule, Scope, Standard, Step};
use hongtou::register::Catalogue;
use hongtou::source::Place;
use libtest_mimic::{Completion, Failed, Trial};
use rust_decimal::Decimal;

use crate::facts::{Came, Made, admits, cent, leaves};
use crate::{COUNTY, SAMPLE};

/// What came of a judgement: all as it should be, or not to be judged for a reason; or what is wrong.
pub(crate) type Judged = Result<Result<(), String>, String>;

/// One test for each mark, limit, bound and day of each rule, and for the years of each policy.
pub(crate) fn tests() -> Vec<Trial> {
    let mut trials = Vec::new();
    for project in [&*SAMPLE, &*COUNTY] {
        for policy in &project.policies {
            for rule in &policy.rules.rules {
                let ground =
                    Ground { policies: &project.policies, policy, rule, catalogues: &project.register.catalogues };
                for (name, judgement) in ground.judgements() {
                    let name = format!("boundary/{}/{}/{name}", policy.slug, rule.clause.value);
                    trials.push(Trial::ignorable_test(name, move || match judgement() {
                        Ok(Ok(())) => Ok(Completion::Completed),
                        Ok(Err(reason)) => Ok(Completion::ignored_with(reason)),
                        Err(wrong) => Err(Failed::from(wrong)),
                    }));
                }
            }
        }
    }
    trials
}

/// A rule, and what it stands among.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'p> {
    pub(crate) policies: &'p [Policy],
    pub(crate) policy: &'p Policy,
    pub(crate) rule: &'p Rule,
    pub(crate) catalogues: &'p BTreeMap<String, Catalogue>,
}

type Judgement<'p> = Box<dyn FnOnce() -> Judged + Send + 'p>;

impl<'p> Ground<'p> {
    /// Everything that can be judged of the rule, each under its name.
    pub(crate) fn judgements(self) -> Vec<(String, Judgement<'p>)> {
        let mut judgements: Vec<(String, Judgement<'p>)> = Vec::new();
        for standard in &self.rule.standards {
            for mark in standard.marks() {
                let place = mark.place;
                judgements.push((mark.name, Box::new(move || self.mark(standard, place))));
            }
        }
        judgements.push(("适用年度".to_owned(), Box::new(move || self.years())));
        for limit in self.rule.limits.iter().filter(|limit| limit.scope != Scope::Clause) {
            let Some(amount) = limit.amount() else { continue };
            let name = format!("限额{}", amount.value);
            judgements.push((name, Box::new(move || self.limit(limit))));
        }
        for leaf in leaves(self.rule) {
            match &leaf.kind {
                Kind::Amount(amount) => {
                    judgements.push((leaf.text.clone(), Box::new(move || self.bounds(leaf, amount))));
                }
                Kind::Date(dated) => judgements.push((leaf.text.clone(), Box::new(move || self.days(leaf, dated)))),
                _ => {}
            }
        }
        judgements
    }

    fn year(&self) -> Year {
        self.policy.first_and_last_year().1
    }

    /// Facts that hold the input of a standard and meet the conditions; else why there are none.
    fn made(&self, standard: &Standard, input: &Input<'_>) -> Result<Made, String> {
        let made = Made::new(self.year(), input).ok_or("企业不能这样填写")?;
        let own = standard.quantities().into_iter().chain(standard.attributes());
        let own: Vec<&str> = own.map(|name| name.value.as_str()).collect();
        made.meeting(self.rule, &own, self.policy, self.catalogues).ok_or_else(|| "条件不许这样的事实".to_owned())
    }

    fn came(&self, made: &Made) -> Result<Came, String> {
        made.came(self.rule, self.policy, self.catalogues).ok_or_else(|| "没有可判断的对象".to_owned())
    }

    /// Every trial of a mark comes to what the kind of standard says that it should.
    fn mark(&self, standard: &Standard, mark: Place) -> Judged {
        let marks: Vec<Place> = standard.marks().iter().map(|mark| mark.place).collect();
        let mut judged = Err("没有可试的事实".to_owned());
        let trials: Vec<_> = standard.trials(self.year()).into_iter().filter(|trial| trial.mark == mark).collect();
        let reach = standard.marks().into_iter().find(|own| own.place == mark).and_then(|own| Some(own.reach?.1));
        let below = |reach: Money| {
            let figures =
                trials.iter().filter(|trial| trial.comes == Comes::Missed).flat_map(|trial| &trial.input.figures);
            figures.into_iter().any(|(_, ago, figure)| *ago == 0 && *figure < reach)
        };
        let tiers = matches!(standard, Standard::FirstReach(_));
        if tiers && reach.is_some_and(|reach| !reach.is_zero() && !below(reach)) {
            return Err("没有试差一分的".to_owned());
        }
        for trial in trials {
            let came = match self.made(standard, &trial.input).and_then(|made| self.came(&made)) {
                Ok(came) => came,
                Err(reason) => {
                    judged = judged.or(Err(reason));
                    continue;
                }
            };
            judged = Ok(());
            let met = came.met.iter().rev().find(|place| marks.contains(place)) == Some(&mark);
            let wanted = trial.comes != Comes::Missed;
            if met != wanted {
                let wanted = if wanted { "应达到" } else { "不应达到" };
                return Err(format!("{:?}{wanted}：{}", trial.input, came.told));
            }
            if let Comes::Gives(amount) = trial.comes
                && self.rule.standards.len() == 1
                && came.amount != Some(amount)
            {
                return Err(format!("{:?}应得{amount}：{}", trial.input, came.told));
            }
        }
        Ok(judged)
    }

    /// An input that comes to the limit exactly is not cut; one that comes to more is; one to less is given whole.
    fn limit(&self, limit: &Limit) -> Judged {
        let most = limit.of(self.year()).ok_or("没有金额")?.value;
        let others = self.rule.limits.iter().filter(|other| other.place() != limit.place());
        let lower = others
            .filter(|other| other.scope != Scope::Clause)
            .any(|other| other.of(self.year()).is_none_or(|other| other.value <= most));
        let joint = self.policy.rules.joint.iter().filter(|joint| joint.counts(&self.rule.clause.value));
        if lower || joint.into_iter().any(|joint| joint.amount.value <= most) {
            return Ok(Err("另有更低的限额".to_owned()));
        }
        let [standard] = self.rule.standards.as_slice() else {
            return self.limit_of_several(most);
        };
        let mut judged = Err("没有恰到限额的事实".to_owned());
        for wanted in [most, most + Money::yuan(Decimal::from(10_000)), most.part(1, 2)] {
            let Some((input, gives)) = standard.toward(wanted, self.year()) else { continue };
            if gives < wanted {
                return Err(format!("要得{wanted}的{input:?}只得{gives}"));
            }
            let rounded = self.policy.rules.rounding.apply(gives);
            let Ok(made) = self.made(standard, &input) else { continue };
            let (amount, cut, elsewhere) = self.granted(&made);
            if elsewhere {
                continue;
            }
            judged = Ok(());
            if amount != rounded.min(most) || cut != (rounded > most) {
                let cut = if cut { "核减" } else { "不核减" };
                return Err(format!("{input:?}应计{rounded}，限额{most}，得{amount}，{cut}"));
            }
        }
        Ok(judged)
    }

    /// Several standards are added up: whatever one of them gives, no more than the limit is given.
    fn limit_of_several(&self, most: Money) -> Judged {
        let mut judged = Err("没有超过限额的事实".to_owned());
        for standard in &self.rule.standards {
            let Some((input, gives)) = standard.toward(most + Money::yuan(Decimal::from(10_000)), self.year()) else {
                continue;
            };
            let Ok(made) = self.made(standard, &input) else { continue };
            let (amount, cut, elsewhere) = self.granted(&made);
            if elsewhere {
                continue;
            }
            judged = Ok(());
            if amount != most || !cut {
                return Err(format!("{input:?}应计{gives}以上，限额{most}，得{amount}"));
            }
        }
        Ok(judged)
    }

    /// What is given in the end, whether a limit cut it, and whether another clause of its group took its place.
    fn granted(&self, made: &Made) -> (Money, bool, bool) {
        let seen = made.assessed(self.rule, self.policies, self.catalogues, |assessments| {
            let own = assessments.iter().filter(|one| one.policy.slug == self.policy.slug);
            let own: Vec<&Assessment<'_>> = own.collect();
            let elsewhere = own.iter().any(|one| {
                one.outcome == Outcome::Refused
                    && one.reasons.iter().any(|reason| matches!(reason, Reason::OtherClause { .. }))
            });
            (own.iter().map(|one| one.amount()).sum(), own.iter().any(|one| one.cut.is_some()), elsewhere)
        });
        seen.unwrap_or((Money::ZERO, false, true))
    }

    /// The figures below, at and above each bound, in each of the years that are asked about; and a year without a figure.
    fn bounds(&self, leaf: &Condition, condition: &Amount) -> Judged {
        let years: Vec<Year> = condition.year.years(self.year()).collect();
        let bounds = [condition.at_least, condition.above, condition.at_most, condition.below];
        let amounts = bounds.into_iter().flatten().flat_map(|bound| [bound.less(cent()), bound, bound + cent()]);
        let Some(mut made) = Made::new(self.year(), &Input::default()) else {
            return Ok(Err("没有空的事实".to_owned()));
        };
        for amount in amounts.map(Some).chain([None]) {
            for year in &years {
                // The other year is in order as far as this one is.
                let good = bounds.into_iter().flatten().find(|bound| admits(condition, *bound)).or(amount);
                for each in &years {
                    made.set(&condition.quantity.value, *each, if each == year { amount } else { good });
                }
                let wanted = amount.is_some_and(|amount| admits(condition, amount));
                match self.holds(leaf, &made) {
                    None => return Ok(Err("没有可判断的对象".to_owned())),
                    Some(holds) if holds == wanted => {}
                    Some(_) => {
                        let amount = amount.map_or("未填写".to_owned(), |amount| amount.to_string());
                        let wanted = if wanted { "应符合" } else { "不应符合" };
                        return Err(format!("{}{amount}{wanted}“{}”", condition.quantity.value, leaf.text));
                    }
                }
            }
        }
        Ok(Ok(()))
    }

    /// The days before, at and after the first and the last one that are admitted; and no day.
    fn days(&self, leaf: &Condition, condition: &Dated) -> Judged {
        let year = self.year();
        let edges = [condition.from, condition.to, Day::new(year.0, 1, 1), Day::new(year.0, 12, 31)];
        let days = edges.into_iter().flatten().flat_map(|day| [day.yesterday(), day, day.tomorrow()]);
        let mut judged = Err("这一属性不能写日期".to_owned());
        for day in days {
            let iso = day.iso();
            let input = Input { figures: Vec::new(), words: vec![(&condition.name.value, iso.as_str().into())] };
            let holds = Made::new(year, &input).and_then(|made| self.holds(leaf, &made));
            let wanted = condition.from.is_none_or(|from| from <= day)
                && condition.to.is_none_or(|to| day <= to)
                && (!condition.within || day.year() == year);
            match holds {
                None => {}
                Some(holds) if holds == wanted => judged = Ok(()),
                Some(_) => return Err(format!("{day}{}符合“{}”", if wanted { "应" } else { "不应" }, leaf.text)),
            }
        }
        Ok(judged)
    }

    fn holds(&self, leaf: &Condition, made: &Made) -> Option<bool> {
        made.facts(self.rule, self.policy, self.catalogues, |facts| {
            // A sink of steps, since a condition says what it found.
            let mut steps: Vec<Step<'_>> = Vec::new();
            leaf.holds(facts, &mut steps)
        })
    }

    /// The policy judges the years that it pays for, less those that a later version does, and none around them.
    fn years(&self) -> Judged {
        let (first, last) = self.policy.first_and_last_year();
        let Some(made) = Made::new(self.year(), &Input::default()) else {
            return Ok(Err("没有空的事实".to_owned()));
        };
        for year in [first.previous(), first, last, last.next()] {
            let standing = Policy::standing(self.policies, year).iter().any(|one| one.slug == self.policy.slug);
            let wanted = self.policy.rules.years.value.contains(&year) && standing;
            let judged = made.of(year).assessed(self.rule, self.policies, self.catalogues, |assessments| {
                let not_covered =
                    |one: &Assessment<'_>| one.reasons.iter().any(|reason| matches!(reason, Reason::NotCovered { .. }));
                !assessments.is_empty() && !assessments.iter().any(not_covered)
            });
            if judged != Some(wanted) {
                return Err(format!("{year}年度{}核定", if wanted { "应" } else { "不应" }));
            }
        }
        Ok(Ok(()))
    }
}
