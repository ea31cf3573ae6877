//! 由规则生成的测试 — for every threshold, step, rate, limit, day and year that the rules of the sample policies state, a case just below,
//! at and just above it. Nobody writes these: a rule that is added is tested because it is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hongtou::award::{Assessment, Outcome, assess_enterprise};
use hongtou::calendar::{Day, Year};
use hongtou::money::{Money, Share};
use hongtou::policy::condition::{Amount, Dated, Kind, YearRef};
use hongtou::policy::rule::Asks;
use hongtou::policy::{Condition, Dossier, Policy, Rule, Scope, Standard};
use hongtou::project::Project;
use hongtou::register::{
    CreditCode, Declaration, DeclarationYear, Enterprise, EntryIds, Environment, Insurance, OtherItem, Product,
    Project as Undertaking, Register, Yearly,
};
use hongtou::source::{FileId, Place};
use hongtou::trace::{Unit, What};
use hongtou::yaml::Located;
use libtest_mimic::{Failed, Trial};
use rust_decimal::{Decimal, RoundingStrategy};

const PLACE: Place = Place { file: FileId(0), start: 0, end: 0 };

/// One test for each mark, limit and day of each rule, and for the years of each policy.
pub(crate) fn tests() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for workspace in [root.to_owned(), root.join("tests/workspaces/示例县")] {
        let project: &'static Project = Box::leak(Box::new(Project::load(&workspace, &[]).0));
        for policy in &project.policies {
            for rule in &policy.rules.rules {
                let name = |what: &str| format!("boundary/{}/{}/{what}", policy.slug, rule.clause.value);
                let ground = Ground { project, policy, rule };
                for mark in rule.standards.iter().flat_map(Standard::marks) {
                    let (asks, award) = (mark.asks, mark.award);
                    trials.push(trial(name(&mark.name), move || ground.mark(asks, award)));
                }
                if !rule.lists() {
                    trials.push(trial(name("适用年度"), move || ground.years()));
                }
                for limit in rule.limits.iter().filter(|limit| limit.scope != Scope::Clause) {
                    let limit = limit.amount.value;
                    trials.push(trial(name(&format!("限额{limit}")), move || ground.limit(limit)));
                }
                for condition in &rule.conditions {
                    match &condition.kind {
                        Kind::Amount(amount) => {
                            trials.push(trial(name(&condition.text), move || ground.bounds(amount)));
                        }
                        Kind::Date(dated) => trials.push(trial(name(&condition.text), move || ground.days(dated))),
                        _ => {}
                    }
                }
            }
        }
    }
    trials
}

fn trial(name: String, run: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, move || run().map_err(Failed::from))
}

/// A rule, and the facts that meet all its conditions.
#[derive(Clone, Copy)]
struct Ground {
    project: &'static Project,
    policy: &'static Policy,
    rule: &'static Rule,
}

/// What is declared of the one item that the rule is about.
#[derive(Clone)]
struct Given {
    year: Year,
    enterprise: Enterprise,
    entries: Vec<String>,
    attributes: BTreeMap<String, Located<String>>,
    figures: BTreeMap<String, BTreeMap<Year, Money>>,
}

/// What came of it.
struct Came {
    amount: Money,
    cut: bool,
    steps: Vec<String>,
    counts: Vec<i128>,
    reached: Vec<Money>,
    shares: Vec<(Money, Decimal, Money)>,
    reasons: String,
    judged: bool,
    listed: bool,
}

fn cent() -> Money {
    "0.01元".parse().unwrap()
}

fn text(value: &str) -> Located<String> {
    Located { value: value.to_owned(), place: PLACE }
}

fn ensure(holds: bool, what: &str, came: &Came) -> Result<(), String> {
    if holds {
        return Ok(());
    }
    Err(format!("{what}：得{}，{}，步骤：{}", came.amount, came.reasons, came.steps.join("；")))
}

impl Ground {
    fn mark(&self, asks: Asks<'_>, award: Option<Money>) -> Result<(), String> {
        match asks {
            Asks::Nothing => {
                let came = self.came(&self.given());
                ensure(came.amount == award.unwrap_or(Money::ZERO), "符合条件的，应得所列金额", &came)?;
                ensure(came.listed == award.is_none(), "不计算金额的，列入名单", &came)
            }
            Asks::Grade(attribute, grade) => {
                let mut given = self.given();
                given.attributes.insert(attribute.to_owned(), text(grade));
                let came = self.came(&given);
                ensure(Some(came.amount) == award, "这一级应得所列金额", &came)?;
                given.attributes.insert(attribute.to_owned(), text("没有这一级"));
                ensure(self.came(&given).amount.is_zero(), "所列之外不给", &came)
            }
            Asks::Band { base, growth, to, share } => self.band(base, growth, to, share),
            Asks::Reach(quantity, reach) => {
                let at = |now: Money, before: Money| {
                    let mut given = self.given();
                    given.set(quantity, given.year, now);
                    given.set(quantity, given.year.previous(), before);
                    let came = self.came(&given);
                    let met = came.reached.contains(&reach) || !came.counts.is_empty();
                    (met, came)
                };
                for (now, before, wanted) in [
                    (reach - cent(), Money::ZERO, false),
                    (reach, Money::ZERO, true),
                    (reach + cent(), Money::ZERO, true),
                    (reach, reach, false),
                    (reach, reach - cent(), true),
                ] {
                    let (met, came) = at(now, before);
                    ensure(
                        met == wanted,
                        &format!("上年{before}、本年{now}，应{}", if wanted { "达到" } else { "不达到" }),
                        &came,
                    )?;
                }
                Ok(())
            }
            Asks::Growth(quantity, each, threshold) => self.growth(quantity, each, threshold),
            Asks::Share(base, share) => {
                let (mut before, mut taken) = (Money::ZERO, 0);
                for amount in ["0.01元", "1元", "99.99元", "12345.67元", "333333元", "98765432.1元"] {
                    let mut given = self.given();
                    given.set(base, given.year, amount.parse().unwrap());
                    let came = self.came(&given);
                    for (of, percent, comes) in &came.shares {
                        taken += 1;
                        let exact = of.decimal() * percent == comes.decimal() * Decimal::ONE_HUNDRED;
                        ensure(exact && *percent <= share.in_percent(), "比例不多于条款所列，乘得分毫不差", &came)?;
                        let lost = comes.decimal() - came.amount.decimal();
                        let whole = lost >= Decimal::ZERO && lost < Decimal::ONE_HUNDRED;
                        ensure(came.cut || whole, "舍去的不到取整的单位", &came)?;
                    }
                    ensure(came.amount >= before, "多投的不少得", &came)?;
                    before = came.amount;
                }
                if taken == 0 { Err("没有一个数额按比例计算".to_owned()) } else { Ok(()) }
            }
        }
    }

    /// The highest rate that is used below, at and above the upper bound of a band.
    fn band(&self, base: &str, growth: bool, to: Option<(Unit, bool)>, share: Share) -> Result<(), String> {
        let before: Money = if growth { "1亿元".parse().unwrap() } else { Money::ZERO };
        let (bound, at_bound) = to.map_or(("1000亿元".parse().unwrap(), true), |(to, at)| (to.over(before), at));
        for (of, wanted) in [(bound - cent(), true), (bound, at_bound), (bound + cent(), to.is_none())] {
            let mut given = self.given();
            given.set(base, given.year, before + of);
            if growth {
                given.set(base, given.year.previous(), before);
            }
            let came = self.came(&given);
            let used = came.shares.last().is_some_and(|(_, percent, _)| *percent == share.in_percent());
            ensure(used == wanted, &format!("{base}{of}应{}按{share}", if wanted { "" } else { "不" }), &came)?;
            let whole: Money = came.shares.iter().map(|(part, _, _)| *part).sum();
            ensure(whole == of, "各段之和是全部", &came)?;
            let exact = |(of, percent, comes): &(Money, Decimal, Money)| {
                of.decimal() * percent == comes.decimal() * Decimal::ONE_HUNDRED
            };
            ensure(came.shares.iter().all(exact), "各段乘得分毫不差", &came)?;
        }
        Ok(())
    }

    fn growth(&self, quantity: &str, each: Unit, threshold: Option<(YearRef, Money)>) -> Result<(), String> {
        let at = |base: Money, now: Money| {
            let mut given = self.given();
            given.set(quantity, given.year, now);
            given.set(quantity, given.year.previous(), base);
            self.came(&given)
        };
        let base = threshold.map_or_else(|| "1亿元".parse().unwrap(), |(_, reach)| reach);
        let step = match each {
            Unit::Points(points) => points.of(base),
            Unit::Money(money) => money,
        };
        for (now, wanted) in [
            (base, None),
            (base + step - cent(), None),
            (base + step, Some(1)),
            (base + step + cent(), Some(1)),
            (base + step + step - cent(), Some(1)),
            (base + step + step, Some(2)),
        ] {
            let came = at(base, now);
            let counted = came.counts.first().copied();
            ensure(counted == wanted, &format!("由{base}到{now}应满{}档", wanted.unwrap_or(0)), &came)?;
        }
        ensure(at(Money::ZERO, base).counts.is_empty(), "上年为零不计", &at(Money::ZERO, base))?;
        let Some((year, reach)) = threshold else { return Ok(()) };
        let (low, high) = match year {
            YearRef::Declared => ((reach - cent()).part(1, 2), reach - cent()),
            YearRef::Previous | YearRef::Both => (reach - cent(), reach + reach),
        };
        ensure(at(low, high).counts.is_empty(), "差一分到门槛不计", &at(low, high))?;
        let (low, high) = match year {
            YearRef::Declared => (reach.part(1, 2), reach),
            YearRef::Previous | YearRef::Both => (reach, reach + reach),
        };
        ensure(!at(low, high).counts.is_empty(), "恰到门槛应计", &at(low, high))
    }

    /// An input that comes to the limit exactly is not cut; one that comes to more is.
    fn limit(&self, limit: Money) -> Result<(), String> {
        for mark in self.rule.standards.iter().flat_map(Standard::marks) {
            let at = |amount: Money, more: Money| -> Option<Came> {
                let mut given = self.given();
                match mark.asks {
                    Asks::Share(base, share) => {
                        // The least amount in 分 of which it is the share.
                        let of = amount.decimal() * Decimal::ONE_HUNDRED / share.in_percent();
                        let of = of.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
                        given.set(base, given.year, Money::yuan(of) + more * 10_000);
                    }
                    Asks::Growth(quantity, each, threshold) => {
                        let base = threshold.map_or_else(|| "1亿元".parse().unwrap(), |(_, reach)| reach);
                        let step = match each {
                            Unit::Points(points) => points.of(base),
                            Unit::Money(money) => money,
                        };
                        let steps = amount.full(mark.award?) + i128::from(!more.is_zero());
                        given.set(quantity, given.year, base + step * steps);
                        given.set(quantity, given.year.previous(), base);
                        // Only the growth is to count: every tier was reached before.
                        given.set(quantity, Year(given.year.0 - 2), base + step * steps);
                    }
                    _ => return None,
                }
                Some(self.came(&given))
            };
            let Some(exact) = at(limit, Money::ZERO) else { continue };
            ensure(exact.amount == limit && !exact.cut, "恰到限额，不核减", &exact)?;
            if let Some(more) = at(limit, cent()) {
                ensure(more.amount == limit && more.cut, "超过限额，按限额", &more)?;
            }
            if let Some(half) = at(limit.part(1, 2), Money::ZERO) {
                ensure(half.amount < limit && !half.cut, "不到限额，不核减", &half)?;
            }
        }
        Ok(())
    }

    fn bounds(&self, condition: &Amount) -> Result<(), String> {
        let quantity = &condition.quantity.value;
        let bounds = [
            (condition.at_least, [false, true, true]),
            (condition.above, [false, false, true]),
            (condition.at_most, [true, true, false]),
            (condition.below, [true, false, false]),
        ];
        for (bound, wanted) in bounds.into_iter().filter_map(|(bound, wanted)| Some((bound?, wanted))) {
            for (amount, wanted) in [bound - cent(), bound, bound + cent()].into_iter().zip(wanted) {
                let mut given = self.given();
                for year in condition.year.years(given.year) {
                    given.set(quantity, year, amount);
                }
                let came = self.came(&given);
                ensure(came.reasons.contains("不符合条款要求的条件") != wanted, &format!("{quantity}{amount}"), &came)?;
            }
        }
        Ok(())
    }

    /// The days before, at and after the first and the last one that are admitted.
    fn days(&self, condition: &Dated) -> Result<(), String> {
        let year = self.given().year;
        let first = condition.from.or(condition.within.then(|| Day::new(year.0, 1, 1).unwrap()));
        let last = condition.to.or(condition.within.then(|| Day::new(year.0, 12, 31).unwrap()));
        let around_first = first.into_iter().flat_map(|day| [(day.yesterday(), false), (day, true)]);
        let around_last = last.into_iter().flat_map(|day| [(day, true), (day.tomorrow(), false)]);
        for (day, wanted) in around_first.chain(around_last) {
            let mut given = self.given();
            given.enterprise.others.insert(condition.name.value.clone(), text(&day.iso()));
            let came = self.came(&given);
            ensure(came.reasons.contains("不符合条款要求的条件") != wanted, &day.to_string(), &came)?;
        }
        Ok(())
    }

    fn years(&self) -> Result<(), String> {
        let (first, last) = self.policy.first_and_last_year();
        for (year, wanted) in [(first.previous(), false), (first, true), (last, true), (last.next(), false)] {
            let mut given = self.given();
            given.year = year;
            let came = self.came(&given);
            // Of several versions of a policy, another one judges the years that this one does not pay for.
            ensure((came.judged && !came.reasons.contains("不在其内")) == wanted, &format!("{year}年度"), &came)?;
        }
        Ok(())
    }

    /// Facts that meet the conditions of the rule, with no figures yet.
    fn given(&self) -> Given {
        let (_, year) = self.policy.first_and_last_year();
        let code = CreditCode::complete("91000000MA0000000").unwrap();
        let mut given = Given {
            year,
            enterprise: Enterprise {
                name: text("示例企业"),
                code: Located { value: code, place: PLACE },
                district: text("示例区"),
                industries: Located { value: Vec::new(), place: PLACE },
                above_threshold: Located { value: true, place: PLACE },
                titles: None,
                grade: None,
                treats_waste: None,
                others: BTreeMap::new(),
            },
            entries: Vec::new(),
            attributes: BTreeMap::new(),
            figures: BTreeMap::new(),
        };
        for condition in &self.rule.conditions {
            self.satisfy(condition, &mut given);
        }
        for quantity in self.rule.standards.iter().flat_map(Standard::quantities) {
            given.figures.entry(quantity.value.clone()).or_default();
        }
        given
    }

    fn satisfy(&self, condition: &Condition, given: &mut Given) {
        match &condition.kind {
            Kind::Attribute(attribute) => {
                let Some(word) = attribute.some.first() else { return };
                let flag = Located { value: word == "是", place: PLACE };
                match attribute.name.value.as_str() {
                    "区县" => given.enterprise.district = text(word),
                    "行业" => given.enterprise.industries.value.push(word.clone()),
                    "规模以上" => given.enterprise.above_threshold = flag,
                    "称号" => given.enterprise.titles = Some(Located { value: vec![word.clone()], place: PLACE }),
                    "亩均评价" => given.enterprise.grade = Some(text(word)),
                    "有毒有害废弃物处理" => given.enterprise.treats_waste = Some(flag),
                    name => {
                        given.attributes.insert(name.to_owned(), text(word));
                        given.enterprise.others.insert(name.to_owned(), text(word));
                    }
                }
            }
            Kind::Catalogue(wanted) => {
                for edition in self.project.register.editions(&wanted.catalogue.value) {
                    let fits = |id: &&str| {
                        let cell = wanted.column.as_ref().and_then(|column| edition.entry(id)?.get(&column.value));
                        cell.is_none_or(|cell| wanted.values.contains(&cell.value.0))
                    };
                    given.entries.extend(edition.ids().find(fits).map(str::to_owned));
                }
            }
            Kind::Amount(amount) => {
                let bound = amount.at_least.or(amount.above.map(|bound| bound + cent())).unwrap_or(Money::ZERO);
                given.set(&amount.quantity.value, given.year, bound);
            }
            Kind::Date(dated) => {
                let day = dated.from.or(dated.to).or(Day::new(given.year.0, 6, 30)).unwrap();
                given.enterprise.others.insert(dated.name.value.clone(), text(&day.iso()));
            }
            Kind::All(conditions) => conditions.iter().for_each(|condition| self.satisfy(condition, given)),
            Kind::Any(conditions) => conditions.iter().take(1).for_each(|condition| self.satisfy(condition, given)),
            Kind::Not(_) => {}
        }
    }

    fn came(&self, given: &Given) -> Came {
        let yearly = |name: &str| -> Yearly {
            let figures = given.figures.get(name).cloned().unwrap_or_default();
            figures.into_iter().map(|(year, value)| (year, Located { value, place: PLACE })).collect()
        };
        let entries: EntryIds = given.entries.iter().map(|id| text(id)).collect();
        let mut declaration = Declaration {
            enterprise: given.enterprise.code,
            revenue: Some(yearly("主营业务收入")),
            products: Vec::new(),
            projects: Vec::new(),
            insurances: Vec::new(),
            environment: None,
            others: Vec::new(),
            other_policies: Vec::new(),
        };
        match self.rule.subject.value.as_str() {
            "企业" => {}
            "产品" => declaration.products.push(Product { name: text("甲"), entries, sales: yearly("销售额") }),
            "项目" => declaration
                .projects
                .push(Undertaking { name: text("甲"), investment: yearly("设备和软件投资") }),
            "保险" => declaration.insurances.push(Insurance {
                product: text("甲"),
                premium: yearly("保费"),
                recognised: Located { value: true, place: PLACE },
            }),
            "环保" => {
                declaration.environment =
                    Some(Environment { fees: yearly("服务费用"), facilities: yearly("设施投入") });
            }
            kind => declaration.others.push(OtherItem {
                kind: text(kind),
                name: text("甲"),
                entries,
                amounts: given.figures.keys().map(|name| (name.clone(), yearly(name))).collect(),
                attributes: given.attributes.clone(),
            }),
        }
        let year =
            DeclarationYear { year: Located { value: given.year, place: PLACE }, declarations: vec![declaration] };
        let catalogues = self.project.register.catalogues.clone();
        let (register, _) =
            Register::new(vec![given.enterprise.clone()], &BTreeSet::new(), vec![year], Vec::new(), catalogues);
        let enterprise = register.enterprise(given.enterprise.code.value).unwrap();
        let mut assessments: Vec<Assessment<'_>> = Vec::new();
        let policies = Policy::standing(&self.project.policies, given.year);
        assess_enterprise(&Dossier::new(&register, enterprise, given.year), &policies, &mut assessments);
        assessments
            .retain(|one| one.rule.clause.place == self.rule.clause.place && one.policy.slug == self.policy.slug);
        let steps = || assessments.iter().flat_map(|one| &one.steps);
        Came {
            amount: assessments.iter().map(Assessment::amount).sum(),
            cut: assessments.iter().any(|one| one.cut.is_some()),
            steps: steps().map(|step| format!("{:?}", step.words())).collect(),
            counts: steps()
                .filter_map(|step| if let What::Steps { count, .. } = step.what { Some(count) } else { None })
                .collect(),
            reached: steps()
                .filter_map(|step| if let What::Tier { reach, .. } = step.what { Some(reach) } else { None })
                .collect(),
            shares: steps()
                .filter_map(|step| match step.what {
                    What::Share { base: of, share, amount } | What::Band { part: of, share, amount } => {
                        Some((of, share.in_percent(), amount))
                    }
                    _ => None,
                })
                .collect(),
            judged: !assessments.is_empty(),
            listed: assessments.iter().any(|one| one.outcome == Outcome::Listed),
            reasons: assessments.iter().filter_map(Assessment::reason).collect(),
        }
    }
}

impl Given {
    fn set(&mut self, quantity: &str, year: Year, amount: Money) {
        self.figures.entry(quantity.to_owned()).or_default().insert(year, amount);
    }
}
