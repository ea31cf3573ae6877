//! `hongtou agenda` — what is due, with its day; as a list, or as a calendar that office programs read (RFC 5545).

use super::arguments::{Agenda, AgendaFormat, Common};
use super::destination::{FileFormat, format_of, say};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::calendar::{Day, Event, ics};
use crate::digest::sha256;
use crate::project::Due;

/// How many days ahead are looked at where nobody says otherwise.
const AHEAD: i64 = 90;

pub(super) fn run(common: &Common, options: &Agenda) -> Result<Ending, Failure> {
    let output = options.output.as_deref();
    let format = format_of(&common.root()?, options.format, output, AgendaFormat::Text)?;
    let opened = common.open(&[])?;
    let project = &opened.project;
    let until = options.until.or_else(|| opened.on.plus_days(AHEAD)).unwrap_or_else(Day::last);
    let due = project.agenda(opened.on, until);
    let text = match format {
        AgendaFormat::Ics => calendar(&due, opened.on),
        AgendaFormat::Text if due.is_empty() => format!("到{until}没有待办"),
        AgendaFormat::Text => {
            let rows: Vec<Vec<String>> = due
                .iter()
                .map(|one| {
                    let place = one.place.map(|place| project.sources.locate(place)).unwrap_or_default();
                    vec![
                        one.on.iso(),
                        left(one.on, opened.on),
                        one.kind.to_owned(),
                        one.what.clone(),
                        one.todo.clone(),
                        place,
                    ]
                })
                .collect();
            table(&["日期", "还有", "事项", "是什么", "怎么办", "写在"].map(|name| (name, Align::Left)), &rows)
        }
    };
    say(&project.root, options.output.as_ref(), &text)?;
    Ok(Ending::Fine)
}

/// What is overdue, in a line each, for whoever checks.
pub(super) fn overdue(due: &[Due], on: Day) {
    for one in due.iter().filter(|one| one.on < on) {
        print::error(&format!("逾期：{} {}（{}）", one.kind, one.what, one.on.iso()));
    }
}

fn left(day: Day, on: Day) -> String {
    match on.days_until(day) {
        0 => "今天".to_owned(),
        days if days < 0 => format!("逾期{}天", -days),
        days => format!("{days}天"),
    }
}

/// The list as a calendar of whole days.
fn calendar(due: &[Due], on: Day) -> String {
    let event = |one: &Due| Event {
        name: sha256(format!("{}{}", one.kind, one.what).as_bytes()).chars().take(24).collect(),
        from: one.on,
        last: one.on,
        what: format!("{}：{}", one.kind, one.what),
        more: one.todo.clone(),
    };
    ics("agenda", &due.iter().map(event).collect::<Vec<_>>(), on)
}

impl FileFormat for AgendaFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Ics => &["ics"],
        }
    }
}
