//! 进展 — what was done of a policy's tasks in a period, as those who do it report: `data/progress/<period>.yaml`; and the letters that
//! urge them, with what they answered.

use std::fmt;

use serde::Deserialize;

use super::{Period, Plan, Until};
use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::yaml::Located;

/// A whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The period.
    #[serde(rename = "期")]
    pub period: Located<Period>,
    /// The policy's folder.
    #[serde(rename = "政策")]
    pub policy: Located<String>,
    /// What was reported.
    #[serde(rename = "进展")]
    pub entries: Vec<Entry>,
    /// The letters that urge what is late in this period.
    #[serde(rename = "督办", default)]
    pub urged: Vec<Urged>,
}

/// What one reported of a task.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The task.
    #[serde(rename = "任务")]
    pub task: Located<String>,
    /// The district that reports; the leading unit, if left out.
    #[serde(rename = "区县", default)]
    pub district: Option<Located<String>>,
    /// How far it is.
    #[serde(rename = "状态")]
    pub state: Located<State>,
    /// What was done.
    #[serde(rename = "工作", default)]
    pub done: String,
    /// Figures, as they were reported.
    #[serde(rename = "数据", default)]
    pub figures: Vec<Said>,
    /// What stands in the way.
    #[serde(rename = "问题", default)]
    pub problem: String,
    /// What comes next.
    #[serde(rename = "下一步", default)]
    pub next: String,
    /// When it was reported.
    #[serde(rename = "报送", default)]
    pub reported: Option<Located<Day>>,
}

/// A figure that was reported.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Of what.
    #[serde(rename = "名称")]
    pub name: String,
    /// How much, with its unit.
    #[serde(rename = "数值")]
    pub amount: String,
}

/// 督办 — a letter that urges a unit, and what came of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urged {
    /// The unit or district.
    #[serde(rename = "单位")]
    pub unit: Located<String>,
    /// The letter, by the name of its file.
    #[serde(rename = "公文")]
    pub letter: Located<String>,
    /// When it answered.
    #[serde(rename = "反馈", default)]
    pub answered: Option<Located<Day>>,
    /// What it answered.
    #[serde(rename = "结果", default)]
    pub result: String,
}

/// 状态 of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum State {
    /// 未启动.
    #[serde(rename = "未启动")]
    Waiting,
    /// 推进中.
    #[serde(rename = "推进中")]
    Going,
    /// 已完成.
    #[serde(rename = "已完成")]
    Done,
    /// 滞后.
    #[serde(rename = "滞后")]
    Behind,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Waiting => "未启动",
            Self::Going => "推进中",
            Self::Done => "已完成",
            Self::Behind => "滞后",
        })
    }
}

impl Entry {
    /// Who reports: a district, or `None` for the leading unit.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        self.district.as_ref().map(|district| district.value.as_str())
    }

    /// Its figures as one text.
    #[must_use]
    pub fn figures_text(&self) -> String {
        let figures: Vec<String> = self.figures.iter().map(|said| format!("{}{}", said.name, said.amount)).collect();
        figures.join("，")
    }
}

impl Round {
    /// What was reported of a task by one that takes part.
    #[must_use]
    pub fn entry(&self, task: &str, district: Option<&str>) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.task.value == task && entry.district() == district)
    }
}

/// Checks the reports on a plan, the earliest first.
pub fn check(plan: &Plan, rounds: &[&Round]) -> Report {
    let mut report = Report::default();
    for round in rounds {
        check_period(plan, round, &mut report);
        for (at, entry) in round.entries.iter().enumerate() {
            check_entry(plan, round, entry, &mut report);
            let before = round.entries.iter().take(at);
            let same = |other: &&Entry| other.task.value == entry.task.value && other.district() == entry.district();
            if before.into_iter().any(|other| same(&other)) {
                let who = entry.district().map_or_else(|| "牵头单位".to_owned(), str::to_owned);
                let message = format!("任务“{}”在这一期已经有一份{who}的进展", entry.task.value);
                report.push(
                    Diagnostic::error(Code::Duplicate, message)
                        .at(entry.task.place)
                        .help("并成一份；区县报的写“区县: …”"),
                );
            }
        }
    }
    check_order(plan, rounds, &mut report);
    report
}

fn check_period(plan: &Plan, round: &Round, report: &mut Report) {
    let Located { value: period, place } = round.period;
    match &plan.rhythm {
        None => report.push(
            Diagnostic::error(Code::Reference, format!("{}的任务没有写怎样调度", plan.policy.value))
                .at(place)
                .help("在任务分解里写“调度: { 周期: 季, 自: …, 期后工作日: 10 }”"),
        ),
        Some(rhythm) if rhythm.every != period.kind => {
            let (every, form) = (rhythm.every.name(), rhythm.every.of(period.first()));
            let message = format!("任务按{every}调度，这里写的期是{period}");
            report.push(Diagnostic::error(Code::Contradiction, message).at(place).help(format!("期写作“{form}”")));
        }
        Some(rhythm) if period < rhythm.from.value => {
            let message = format!("任务自{}起调度，{period}在它之前", rhythm.from.value);
            report.push(Diagnostic::error(Code::Contradiction, message).at(place).help("改正期，或任务分解里的“自”"));
        }
        Some(_) => {}
    }
}

fn check_entry(plan: &Plan, round: &Round, entry: &Entry, report: &mut Report) {
    let Some(task) = plan.task(&entry.task.value) else {
        let known = plan.tasks.iter().map(|task| task.name.value.as_str());
        let help = nearest(&entry.task.value, known).map_or_else(
            || format!("写 data/tasks/{}.yaml 里的任务名称", plan.policy.value),
            |near| format!("是不是“{near}”？"),
        );
        let message = format!("{}没有任务“{}”", plan.policy.value, entry.task.value);
        report.push(Diagnostic::error(Code::Reference, message).at(entry.task.place).help(help));
        return;
    };
    if let Some(district) = &entry.district
        && !task.districts.iter().any(|own| own.value == district.value)
    {
        let own: Vec<&str> = task.districts.iter().map(|own| own.value.as_str()).collect();
        let own = if own.is_empty() {
            "这项任务没有列区县".to_owned()
        } else {
            format!("列的是{}", own.join("、"))
        };
        let message = format!("任务“{}”没有列{}", task.name.value, district.value);
        report.push(
            Diagnostic::error(Code::Reference, message)
                .at(district.place)
                .help(format!("{own}；改正它，或在任务分解里加上")),
        );
    }
    if let Some(reported) = entry.reported.filter(|day| day.value < round.period.value.first()) {
        let message = format!("{}报送，{}还没有开始", reported.value, round.period.value);
        report.push(Diagnostic::error(Code::Date, message).at(reported.place).help("核对日期和期"));
    }
}

/// What was done once does not become undone, unless it is done every year anew.
fn check_order(plan: &Plan, rounds: &[&Round], report: &mut Report) {
    for task in &plan.tasks {
        let anew = task.until.value == Until::Yearly;
        let everyone = std::iter::once(None).chain(task.districts.iter().map(|one| Some(one.value.as_str())));
        for district in everyone {
            let mut done: Option<Period> = None;
            for round in rounds {
                let Some(entry) = round.entry(&task.name.value, district) else { continue };
                let period = round.period.value;
                let before = done.filter(|before| !anew || before.year == period.year);
                if let Some(before) = before.filter(|_| entry.state.value != State::Done) {
                    let message = format!("任务“{}”在{before}已完成，这里写的是{}", task.name.value, entry.state.value);
                    report.push(
                        Diagnostic::warning(Code::Contradiction, message)
                            .at(entry.state.place)
                            .help("核对两期的状态；确需重做的，把前一期改为推进中"),
                    );
                }
                done = (entry.state.value == State::Done).then_some(period).or(done);
            }
        }
    }
}
