//! `hongtou agenda` — what is due, with its day; as a list, or as a calendar that office programs read (RFC 5545).

use super::arguments::{Agenda, AgendaFormat, Common};
use super::destination::{FileFormat, format_of, say};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::calendar::Day;
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

/// The list as a calendar of whole days. Its stamp is the day of the work, so that the same data give the same bytes.
fn calendar(due: &[Due], on: Day) -> String {
    let mut out =
        String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hongtou//agenda//ZH\r\nCALSCALE:GREGORIAN\r\n");
    let compact = |day: Day| day.iso().replace('-', "");
    for one in due {
        let name: String = sha256(format!("{}{}", one.kind, one.what).as_bytes()).chars().take(24).collect();
        let lines = [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{name}@hongtou"),
            format!("DTSTAMP:{}T000000Z", compact(on)),
            format!("DTSTART;VALUE=DATE:{}", compact(one.on)),
            format!("DTEND;VALUE=DATE:{}", compact(one.on.tomorrow())),
            format!("SUMMARY:{}", escaped(&format!("{}：{}", one.kind, one.what))),
            format!("DESCRIPTION:{}", escaped(&one.todo)),
            "END:VEVENT".to_owned(),
        ];
        for line in lines {
            folded(&mut out, &line);
        }
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// RFC 5545, 3.1: no line has more than 75 bytes; what is longer goes on behind a blank.
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

impl FileFormat for AgendaFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Ics => &["ics"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        folded(&mut out, &format!("SUMMARY:{}", "公".repeat(60)));
        let lines: Vec<&str> = out.trim_end().split("\r\n").collect();
        assert!(lines.len() == 3 && lines.iter().all(|line| line.len() <= 75), "{lines:?}");
        assert_eq!(lines.join("").replace(' ', ""), format!("SUMMARY:{}", "公".repeat(60)));
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
