//! 指标 — what a policy is watched by: `data/indicators.yaml`, each with its unit, its source, its values by period and district, and the
//! target that it is held against.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::binding::{check_twice, unknown_district};
use super::computed::Computed;
use super::quantity::scaled;
use super::{Kind, Period, Plan, Quantity, Target};
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::document::ClauseId;
use crate::policy::Policy;
use crate::policy::quotes::misquoted;
use crate::register::{Register, Several};
use crate::yaml::Located;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// All indicators.
    #[serde(rename = "指标", default)]
    pub indicators: Vec<Indicator>,
}

/// One indicator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What it is called, by no other indicator of the policy.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The policy that it watches, by its folder.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// Its unit: 亿元, 万吨, %.
    #[serde(rename = "单位")]
    pub unit: Located<String>,
    /// Who gathers it.
    #[serde(rename = "来源", default)]
    pub source: Option<String>,
    /// How often there is a value.
    #[serde(rename = "周期")]
    pub every: Located<Kind>,
    /// What it is held against.
    #[serde(rename = "目标", default)]
    pub goal: Option<Goal>,
    /// Its values, as they were gathered.
    #[serde(rename = "数值", default)]
    pub values: Vec<Value>,
    /// How its values follow from the declarations and awards, where they do.
    #[serde(rename = "计算", default)]
    pub computed: Option<Located<Computed>>,
    /// Whether they are computed for the districts as well.
    #[serde(rename = "分区县", default)]
    pub by_district: Option<Located<bool>>,
}

/// A value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The period.
    #[serde(rename = "期")]
    pub period: Located<Period>,
    /// The district; the whole city, if left out.
    #[serde(rename = "区县", default)]
    pub district: Option<Located<String>>,
    /// How much.
    #[serde(rename = "数值")]
    pub amount: Located<Quantity>,
    /// The clause of the policy that states it.
    #[serde(rename = "条款", default)]
    pub clause: Option<Located<ClauseId>>,
    /// The words that state it.
    #[serde(rename = "原文", default)]
    pub words: Option<Located<String>>,
}

/// 目标 of an indicator: a target of the policy's plan, and the way to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The target's name in the plan.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// The period from which the way is counted.
    #[serde(rename = "起")]
    pub from: Located<Period>,
    /// What is to be reached on the way; in equal steps, where nothing is written.
    #[serde(rename = "路径", default)]
    pub path: Vec<Milestone>,
}

/// What is to be reached in a period.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The period.
    #[serde(rename = "期")]
    pub period: Located<Period>,
    /// How much.
    #[serde(rename = "数值")]
    pub amount: Located<Quantity>,
}

impl Value {
    /// The district, or `None` for the whole city.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        self.district.as_ref().map(|district| district.value.as_str())
    }
}

/// Checks indicators against each other, the plans (where these are sound), and the policies' words.
pub fn check(
    indicators: &[Indicator],
    plans: Option<&[Plan]>,
    policies: &[Policy],
    register: &Register,
    districts: Option<&Several>,
) -> Report {
    let mut report = Report::default();
    let mut of_policy: BTreeMap<&str, Vec<&Located<String>>> = BTreeMap::new();
    for indicator in indicators {
        of_policy.entry(&indicator.policy.value).or_default().push(&indicator.name);
        let Some(policy) = policies.iter().find(|policy| policy.slug == indicator.policy.value) else {
            report.push(unknown_policy(&indicator.policy, policies));
            continue;
        };
        let (_, base) = scaled(&indicator.unit.value);
        if let Some(computed) = &indicator.computed {
            check_computed(indicator, computed, base, &mut report);
            report.absorb(computed.value.check(policy, register));
        }
        for (at, value) in indicator.values.iter().enumerate() {
            check_value(indicator, value, base, policy, districts, &mut report);
            let before = indicator.values.iter().take(at);
            let same = |other: &Value| other.period.value == value.period.value && other.district() == value.district();
            if before.into_iter().any(same) {
                let where_ = value.district().unwrap_or("全市");
                let message = format!("指标“{}”{}{where_}的数值写了两次", indicator.name.value, value.period.value);
                report.push(Diagnostic::error(Code::Duplicate, message).at(value.period.place).help("留下一个"));
            }
        }
        if let (Some(by_district), None) = (&indicator.by_district, &indicator.computed) {
            let message = "“分区县”只用于由程序计算的指标";
            let finding = Diagnostic::error(Code::Contradiction, message).at(by_district.place);
            report.push(finding.help("收来的数值，逐个写“区县”"));
        }
        if let (Some(goal), Some(plans)) = (&indicator.goal, plans) {
            check_goal(indicator, goal, base, plans, &mut report);
        }
    }
    for names in of_policy.into_values() {
        check_twice(names.into_iter(), "指标", &mut report);
    }
    report
}

fn unknown_policy(name: &Located<String>, policies: &[Policy]) -> Diagnostic {
    let help = nearest(&name.value, policies.iter().map(|policy| policy.slug.as_str()))
        .map_or_else(|| "写 data/policies 里的文件夹名".to_owned(), |near| format!("是不是“{near}”？"));
    Diagnostic::error(Code::Reference, format!("没有政策“{}”", name.value)).at(name.place).help(help)
}

fn check_computed(indicator: &Indicator, computed: &Located<Computed>, base: &str, report: &mut Report) {
    if !indicator.values.is_empty() {
        let message = format!("指标“{}”由程序计算，又写了数值", indicator.name.value);
        report.push(Diagnostic::error(Code::Contradiction, message).at(computed.place).help("删去“计算”或“数值”"));
    }
    if computed.value.unit() != base {
        let message = format!(
            "指标“{}”的单位是{}，算出来的单位是{}",
            indicator.name.value,
            indicator.unit.value,
            computed.value.unit()
        );
        report.push(Diagnostic::error(Code::Contradiction, message).at(indicator.unit.place).help("改正单位"));
    }
    if indicator.every.value != Kind::Year {
        let message = format!("指标“{}”按申报年度计算，周期只能是年", indicator.name.value);
        report.push(Diagnostic::error(Code::Contradiction, message).at(indicator.every.place).help("写“周期: 年”"));
    }
}

/// One indicator has one unit.
fn other_unit(indicator: &Indicator, amount: &Located<Quantity>, base: &str) -> Option<Diagnostic> {
    (amount.value.unit != base).then(|| {
        let message =
            format!("指标“{}”的单位是{}，这里写的是{}", indicator.name.value, indicator.unit.value, amount.value);
        Diagnostic::error(Code::Contradiction, message)
            .at(amount.place)
            .help("一个指标只有一种单位（万、亿可以不同）；换了单位的另立一个指标")
    })
}

fn check_value(
    indicator: &Indicator,
    value: &Value,
    base: &str,
    policy: &Policy,
    districts: Option<&Several>,
    report: &mut Report,
) {
    report.extend(other_unit(indicator, &value.amount, base));
    let period = value.period.value;
    if period.kind != indicator.every.value {
        let message =
            format!("指标“{}”的周期是{}，这里写的期是{period}", indicator.name.value, indicator.every.value.name());
        report.push(Diagnostic::error(Code::Contradiction, message).at(value.period.place).help("改正期或周期"));
    }
    if let (Some(district), Some(known)) = (&value.district, districts)
        && !known.iter().any(|known| known.value == district.value)
    {
        report.push(unknown_district(district, known));
    }
    let Some(clause) = &value.clause else { return };
    match &value.words {
        None => report.push(
            Diagnostic::error(Code::Missing, format!("写了条款{}，没有写它的原文", clause.value))
                .at(clause.place)
                .help("补上“原文: …”，照条款里的字"),
        ),
        Some(words) => {
            let misquoted = misquoted(policy, &clause.value, words);
            let said = misquoted.is_none();
            report.extend(misquoted);
            if said && !words.value.contains(&value.amount.value.to_string()) {
                let message = format!("原文“{}”里没有“{}”", words.value, value.amount.value);
                report.push(
                    Diagnostic::error(Code::Basis, message)
                        .at(value.amount.place)
                        .help("照条款改正数值，或引用写有它的那一句"),
                );
            }
        }
    }
}

fn check_goal(indicator: &Indicator, goal: &Goal, base: &str, plans: &[Plan], report: &mut Report) {
    let plan = plans.iter().find(|plan| plan.policy.value == indicator.policy.value);
    let targets = || plan.into_iter().flat_map(|plan| &plan.targets);
    match targets().find(|target| target.name.value == goal.name.value) {
        None => {
            let help = nearest(&goal.name.value, targets().map(|target| target.name.value.as_str())).map_or_else(
                || format!("先写进 data/tasks/{}.yaml 的“目标”，连同条款和原文", indicator.policy.value),
                |near| format!("是不是“{near}”？"),
            );
            let message = format!("任务分解里没有目标“{}”", goal.name.value);
            report.push(Diagnostic::error(Code::Reference, message).at(goal.name.place).help(help));
        }
        Some(target) if target.amount.value.unit != base => {
            let message = format!(
                "指标“{}”的单位是{}，目标是{}",
                indicator.name.value, indicator.unit.value, target.amount.value
            );
            report.push(
                Diagnostic::error(Code::Contradiction, message).at(indicator.unit.place).help("改正单位，或换一个目标"),
            );
        }
        Some(_) => {}
    }
    for milestone in &goal.path {
        report.extend(other_unit(indicator, &milestone.amount, base));
    }
    let is_known = |value: &Value| value.period.value == goal.from.value && value.district.is_none();
    if indicator.computed.is_none() && !indicator.values.iter().any(is_known) {
        let message = format!("指标“{}”没有{}的数值，不能从它算起", indicator.name.value, goal.from.value);
        report.push(Diagnostic::error(Code::Reference, message).at(goal.from.place).help("补上这一期的数值，或改“起”"));
    }
}

impl Indicator {
    /// How its values are computed, where they are.
    #[must_use]
    pub fn computed(&self) -> Option<&Computed> {
        self.computed.as_ref().map(|computed| &computed.value)
    }

    /// The target that it is held against.
    #[must_use]
    pub fn target<'a>(&self, plans: &'a [Plan]) -> Option<&'a Target> {
        let goal = self.goal.as_ref()?;
        let plan = plans.iter().find(|plan| plan.policy.value == self.policy.value)?;
        plan.targets.iter().find(|target| target.name.value == goal.name.value)
    }
}
