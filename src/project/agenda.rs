//! 待办 — what is due and when: 公示 that end, documents, catalogues and policies that expire, the calendar of the next year. Made of the
//! data alone; what has passed and was not seen to is overdue.

use super::Project;
use crate::calendar::Day;
use crate::draft::Head;
use crate::source::Place;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day: the last one on which it can still be seen to.
    pub on: Day,
    /// What kind of thing it is: 公示期满, 目录失效, ….
    pub kind: &'static str,
    /// What it is about.
    pub what: String,
    /// What to do.
    pub todo: String,
    /// Where it is written.
    pub place: Option<Place>,
}

/// A title with what 参数 says in the place of its names.
pub(super) fn titled(head: &Head) -> String {
    head.arguments.iter().fold(head.title.value.clone(), |title, (name, value)| {
        let told = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        title.replace(&format!("{{{{{name}}}}}"), &told).replace(&format!("{{{{参数.{name}}}}}"), &told)
    })
}

impl Project {
    /// All that is due, the earliest first: from `on` to `until`, and what of earlier days is overdue.
    #[must_use]
    pub fn agenda(&self, on: Day, until: Day) -> Vec<Due> {
        let mut due = self.documents_due(on);
        due.extend(self.catalogues_due());
        due.extend(self.editions_due());
        due.extend(self.policies_due());
        due.extend(self.calendar_due(on));
        // Declarations that are closed are closed: nothing can be handed in any more.
        due.extend(self.tasks_due(until).into_iter().filter(|one| one.kind != "申报截止" || one.on >= on));
        due.retain(|one| one.on <= until);
        due.sort_by(|one, other| (one.on, &one.what, one.kind).cmp(&(other.on, &other.what, other.kind)));
        due
    }

    /// 公示 that run or begin, and documents in force whose last day is written.
    fn documents_due(&self, on: Day) -> Vec<Due> {
        let mut due = Vec::new();
        for (slug, notice) in &self.notices {
            let issued = self.record.registry.of(slug);
            if issued.is_some_and(|issued| issued.withdrawn.is_some()) {
                continue;
            }
            let title = issued.map_or_else(|| titled(&notice.head), |issued| issued.latest.title.clone());
            let title = title.replace('\n', "");
            let Some(publication) = &notice.head.publication else { continue };
            let place = Some(publication.place);
            // A 公示 that ended was seen to by what was issued afterwards, or lapsed: neither is due any more.
            if let Some(mut period) = publication.value.period.clone()
                && let Ok(last) = period.settle(&self.calendar)
                && last >= on
            {
                // What is not issued is not announced yet, whatever days it names.
                let todo = if issued.is_some() {
                    "收集异议；期满以后起草通知"
                } else {
                    "还没有印发：先核对起止，再印发"
                };
                let todo = todo.to_owned();
                due.push(Due { on: last, kind: "公示期满", what: title.clone(), todo, place });
            }
            // What expired is expired; a policy's term is told with the policy.
            let repealed = notice.head.repealed.is_some_and(|day| day <= on);
            let is_policy = self.policies.iter().any(|policy| policy.slug == *slug);
            if let Some(last) = publication.value.expires.filter(|last| !repealed && !is_policy && *last >= on) {
                let todo = "到期以前评估：延长、修订，或公布失效".to_owned();
                due.push(Due { on: last, kind: "公文失效", what: title, todo, place });
            }
        }
        due
    }

    /// Catalogues whose validity ends and that no later edition follows.
    fn catalogues_due(&self) -> impl Iterator<Item = Due> {
        let all = &self.register.catalogues;
        let followed = |name: &str, from: Day| {
            all.values().any(|other| other.name.value == name && other.validity.value.from > from)
        };
        all.iter().filter_map(move |(slug, catalogue)| {
            let validity = catalogue.validity.value;
            let last = validity.to.filter(|_| !followed(&catalogue.name.value, validity.from))?;
            Some(Due {
                on: last,
                kind: "目录失效",
                what: format!("{}（{}）", catalogue.name.value, catalogue.edition),
                todo: format!("发布新的一版：hongtou import 新目录.xlsx --as 目录 --of {slug} --edition …"),
                place: Some(catalogue.validity.place),
            })
        })
    }

    /// Catalogues of which a new edition is due at stated times.
    fn editions_due(&self) -> impl Iterator<Item = Due> {
        let all = &self.register.catalogues;
        let later = |name: &str, from: Day| {
            all.values().any(|other| other.name.value == name && other.validity.value.from > from)
        };
        all.iter().filter_map(move |(slug, catalogue)| {
            let (from, again) = (catalogue.validity.value.from, catalogue.again?);
            (!later(&catalogue.name.value, from)).then(|| Due {
                on: again.value.after(from),
                kind: "目录更新",
                what: format!("{}（{}）", catalogue.name.value, catalogue.edition),
                todo: format!("更新以后发布新的一版：hongtou import 新目录.xlsx --as 目录 --of {slug} --edition …；不改的，把“有效期”的自改成重新发布的日期"),
                place: Some(again.place),
            })
        })
    }

    /// Policies whose term ends and that no version follows.
    fn policies_due(&self) -> impl Iterator<Item = Due> {
        let replaced = |slug: &str| {
            let replaces =
                |policy: &crate::policy::Policy| policy.rules.replaces.as_ref().is_some_and(|old| old.value == slug);
            self.policies.iter().any(replaces)
        };
        self.policies.iter().filter(move |policy| !replaced(&policy.slug)).map(|policy| Due {
            on: policy.last_day(),
            kind: "政策到期",
            what: format!("{}（{}）", policy.title.replace('\n', ""), policy.number),
            todo: "到期以前评估：延续、修订，或公布失效".to_owned(),
            place: Some(policy.rules.term.place),
        })
    }

    /// The days off of a year are announced before it begins; without them no 公示 that runs into it can be counted.
    fn calendar_due(&self, on: Day) -> Option<Due> {
        let this = on.year();
        let year = [this, this.next()].into_iter().find(|year| !self.calendar.knows(*year))?;
        let last = Day::new(year.previous().0, 12, 31)?;
        Some(Due {
            on: last,
            kind: "放假安排",
            what: format!("{year}年的放假和调休上班"),
            todo: format!(
                "国务院办公厅公布以后写入 data/calendar/{year}.yaml，或 hongtou import 放假.xlsx --as 放假 --year {year}"
            ),
            place: None,
        })
    }
}
