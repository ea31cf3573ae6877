//! 调度 — how every task of a plan stands at the end of a period, for its leading unit and for each district that does it for itself:
//! what was reported, what nobody reported, what should be done by now and is not.

use super::{Entry, Period, Plan, Round, State, Task, Until};

/// How a task stands for one that does it.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The task.
    pub task: &'a Task,
    /// The district; the leading unit, if none.
    pub district: Option<&'a str>,
    /// What was reported in the period, or, where it was done before, when that was reported.
    pub entry: Option<&'a Entry>,
    /// Whether its term is over and it is not done.
    pub overdue: bool,
}

/// How all tasks stand.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The period.
    pub period: Period,
    /// A line for every task and whoever does it, in the order of the plan.
    pub lines: Vec<Line<'a>>,
}

/// How many lines stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub total: usize,
    /// 已完成.
    pub done: usize,
    /// 推进中.
    pub going: usize,
    /// 未启动.
    pub waiting: usize,
    /// 滞后.
    pub behind: usize,
    /// 未报送.
    pub silent: usize,
    /// 逾期: of those that are not done.
    pub overdue: usize,
    /// 按时: done, or going and not overdue.
    pub in_time: usize,
}

impl<'a> Line<'a> {
    /// Who does it: the district, or the leading unit.
    #[must_use]
    pub fn who(&self) -> &'a str {
        self.district.unwrap_or(&self.task.lead.value)
    }

    /// Its state; `None` where nobody reported it.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.entry.map(|entry| entry.state.value)
    }

    /// The word for its state.
    #[must_use]
    pub fn word(&self) -> String {
        self.state().map_or_else(|| "未报送".to_owned(), |state| state.to_string())
    }

    /// Whether somebody has to be urged: it is silent, behind or overdue.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.overdue || matches!(self.state(), None | Some(State::Behind))
    }
}

impl<'a> Standing<'a> {
    /// How the tasks of a plan stand in a period; `rounds` are all reports on it, the earliest first.
    #[must_use]
    pub fn of(plan: &'a Plan, rounds: &[&'a Round], period: Period) -> Self {
        let known: Vec<&Round> = rounds.iter().copied().filter(|round| round.period.value <= period).collect();
        let line = |task: &'a Task, district: Option<&'a str>| {
            let name = task.name.value.as_str();
            let now = known.iter().find(|round| round.period.value == period);
            // What is done stays done; what is done every year anew, until the year is over.
            let still =
                |round: &&&'a Round| task.until.value != Until::Yearly || round.period.value.year == period.year;
            let before = known.iter().filter(still).filter_map(|round| round.entry(name, district));
            let done = before.into_iter().find(|entry| entry.state.value == State::Done);
            let entry = now.and_then(|round| round.entry(name, district)).or(done);
            let is_done = entry.is_some_and(|entry| entry.state.value == State::Done);
            let term_over = task.until.value.last().is_some_and(|last| last <= period.last());
            Line { task, district, entry, overdue: term_over && !is_done }
        };
        let lines = plan.tasks.iter().flat_map(|task| {
            let districts = task.districts.iter().map(|district| Some(district.value.as_str()));
            std::iter::once(None).chain(districts).map(|district| line(task, district)).collect::<Vec<_>>()
        });
        Self { period, lines: lines.collect() }
    }

    /// The lines of the leading units.
    pub fn of_units(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| line.district.is_none())
    }

    /// The lines of the districts.
    pub fn of_districts(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| line.district.is_some())
    }

    /// The lines of a unit or a district.
    pub fn done_by<'s>(&'s self, who: &'s str) -> impl Iterator<Item = &'s Line<'a>> {
        self.lines.iter().filter(move |line| line.who() == who)
    }
}

impl Count {
    /// Counts lines.
    pub fn of<'l, 'a: 'l>(lines: impl IntoIterator<Item = &'l Line<'a>>) -> Self {
        let mut count = Self::default();
        for line in lines {
            count.total += 1;
            let of_state = match line.state() {
                None => &mut count.silent,
                Some(State::Done) => &mut count.done,
                Some(State::Going) => &mut count.going,
                Some(State::Waiting) => &mut count.waiting,
                Some(State::Behind) => &mut count.behind,
            };
            *of_state += 1;
            count.overdue += usize::from(line.overdue);
            let in_time = match line.state() {
                Some(State::Done) => true,
                Some(State::Going) => !line.overdue,
                _ => false,
            };
            count.in_time += usize::from(in_time);
        }
        count
    }
}
