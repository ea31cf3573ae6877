//! 待办里的执行 — what is due of the policies' tasks: reports on periods that are over, answers to letters, terms.

use std::collections::BTreeMap;

use super::Project;
use super::agenda::{Due, titled};
use crate::calendar::{Day, FirstDay};
use crate::draft::facts::argument;
use crate::draft::followup::{LISTING, answer_due, declarations_close};
use crate::followup::standing::Standing;
use crate::followup::{Period, Plan, Round, State};
use crate::policy::Policy;
use crate::register::Listed;

impl Project {
    /// What is due of the policies' tasks until a day.
    pub(super) fn tasks_due(&self, until: Day) -> Vec<Due> {
        let mut due = Vec::new();
        for plan in &self.followup.plans {
            let rounds: Vec<&Round> = self.followup.rounds(&plan.policy.value).collect();
            due.extend(self.reports_due(plan, &rounds, until));
            due.extend(self.silent(plan, &rounds));
            due.extend(terms_due(plan, &rounds));
        }
        due.extend(self.answers_due());
        due.extend(self.lists_due());
        due.extend(self.lists_due_again());
        due.extend(self.declarations_due());
        due
    }

    /// Lists of which what somebody holds ends, each day once.
    fn lists_due(&self) -> Vec<Due> {
        let mut due: Vec<Due> = Vec::new();
        for listing in self.register.listings.values() {
            let mut ends: BTreeMap<Day, usize> = BTreeMap::new();
            let again = |entry: &Listed, last: Day| {
                let same = |other: &&Listed| other.enterprise.value == entry.enterprise.value;
                listing.entries.iter().filter(same).any(|other| other.last().is_none_or(|other| other > last))
            };
            // Who left was seen to; who is listed anew as well.
            for entry in listing.entries.iter().filter(|entry| entry.left.is_none()) {
                if let Some(last) = entry.last().filter(|last| !again(entry, *last)) {
                    *ends.entry(last).or_default() += 1;
                }
            }
            let place = Some(listing.name.place);
            due.extend(ends.into_iter().map(|(on, many)| Due {
                on,
                kind: "名单到期",
                what: format!("{}：{many}家", listing.name.value),
                todo: "复核以后重新列入，或写明退出和原因".to_owned(),
                place,
            }));
        }
        due
    }

    /// Lists that are published at stated times: the last time was the day of the last notice about it or, where there is none, the last day
    /// on which anybody came onto it. An evaluation of a year is followed by that of the next one.
    fn lists_due_again(&self) -> Vec<Due> {
        let listings = &self.register.listings;
        let due = listings.iter().filter_map(|(name, listing)| {
            let again = listing.again?;
            let next = listing.graded.map(|graded| graded.value.next());
            let followed = listings.values().any(|other| next.is_some() && other.graded.map(|of| of.value) == next);
            let own = self.notices.values().filter(|notice| argument(notice, LISTING) == Some(name));
            let published = own.filter_map(|notice| notice.head.dated).max();
            let last = published.or_else(|| listing.entries.iter().map(|entry| entry.from.value).max())?;
            (!followed).then(|| Due {
                on: again.value.after(last),
                kind: "名单更新",
                what: format!("{}（上次{}）", listing.name.value, last.iso()),
                todo: match next {
                    Some(year) => format!("公布{year}年度的评价结果，另写一个名单文件"),
                    None => "核对列入和退出，重新公布：模板“名单公布”".to_owned(),
                },
                place: Some(again.place),
            })
        });
        due.collect()
    }

    fn named(&self, plan: &Plan) -> String {
        let policy = self.policies.iter().find(|policy| policy.slug == plan.policy.value);
        policy.map_or_else(|| plan.policy.value.clone(), |policy| policy.name().to_owned())
    }

    /// Periods of which nobody reported yet, as long as the policy is in force.
    fn reports_due(&self, plan: &Plan, rounds: &[&Round], until: Day) -> Vec<Due> {
        let Some(rhythm) = &plan.rhythm else { return Vec::new() };
        let policy = self.policies.iter().find(|policy| policy.slug == plan.policy.value);
        let last = policy.map_or(until, Policy::last_day).min(until);
        let periods = std::iter::successors(Some(rhythm.from.value), |period| Some(period.next()));
        let open = periods.take_while(|period| period.first() <= last && period.last() <= until);
        let missing = open.filter(|period| !rounds.iter().any(|round| round.period.value == *period));
        missing
            .map(|period| Due {
                on: self.report_day(plan, period),
                kind: "进展报送",
                what: format!("{}{period}的任务进展", self.named(plan)),
                todo: format!("各牵头单位报送，写入 data/progress/{period}.yaml"),
                place: Some(rhythm.from.place),
            })
            .collect()
    }

    /// The day on which a period's report is due; the period's last, where the working days after it are not known.
    fn report_day(&self, plan: &Plan, period: Period) -> Day {
        let workdays = plan.rhythm.as_ref().map_or(0, |rhythm| rhythm.workdays);
        self.calendar.last_day(period.last(), workdays, FirstDay::DoesNotCount).unwrap_or_else(|_| period.last())
    }

    /// Who did not report on the last period.
    fn silent(&self, plan: &Plan, rounds: &[&Round]) -> Option<Due> {
        let last = rounds.last()?;
        let standing = Standing::of(plan, rounds, last.period.value);
        let mut silent: Vec<&str> = Vec::new();
        for line in standing.lines.iter().filter(|line| line.entry.is_none()) {
            if !silent.contains(&line.who()) {
                silent.push(line.who());
            }
        }
        (!silent.is_empty()).then(|| Due {
            on: self.report_day(plan, last.period.value),
            kind: "进展未报",
            what: format!("{}{}：{}", self.named(plan), last.period.value, silent.join("、")),
            todo: format!("催报；hongtou progress --period {} --late 看是哪几项", last.period.value),
            place: Some(last.period.place),
        })
    }

    /// Declarations that notices call for, until they close.
    fn declarations_due(&self) -> Vec<Due> {
        let calls = self.notices.values().filter_map(|notice| {
            let (_, _, last) = declarations_close(notice, &self.calendar)?.ok()?;
            Some(Due {
                on: last,
                kind: "申报截止",
                what: titled(&notice.head).replace('\n', ""),
                todo: "截止以后导入各企业、区县报来的申报表：hongtou import".to_owned(),
                place: Some(notice.head.title.place),
            })
        });
        calls.collect()
    }

    /// Letters that were not answered.
    fn answers_due(&self) -> Vec<Due> {
        let open = self.followup.rounds.iter().flat_map(|round| &round.urged).filter(|urged| urged.answered.is_none());
        open.filter_map(|urged| {
            let notice = self.notices.get(&urged.letter.value)?;
            Some(Due {
                on: answer_due(notice, &self.calendar)?.ok()?,
                kind: "督办反馈",
                what: format!("{}（{}）", urged.unit.value, urged.letter.value),
                todo: "收到反馈以后，在进展里写“反馈”和“结果”".to_owned(),
                place: Some(urged.letter.place),
            })
        })
        .collect()
    }
}

/// Tasks whose term ends and that are not done.
fn terms_due(plan: &Plan, rounds: &[&Round]) -> Vec<Due> {
    let standing = rounds.last().map(|round| Standing::of(plan, rounds, round.period.value));
    let lines = standing.iter().flat_map(Standing::of_units);
    let done: Vec<&str> =
        lines.filter(|line| line.state() == Some(State::Done)).map(|line| line.task.name.value.as_str()).collect();
    let open = plan.tasks.iter().filter(|task| !done.contains(&task.name.value.as_str()));
    open.filter_map(|task| {
        Some(Due {
            on: task.until.value.last()?,
            kind: "任务到期",
            what: format!("{}（条款{}）", task.name.value, task.clause.value),
            todo: format!("{}牵头；完成的在进展里写“状态: 已完成”，没有完成的督办", task.lead.value),
            place: Some(task.until.place),
        })
    })
    .collect()
}
