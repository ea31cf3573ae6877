//! 日程 — days as a calendar that office programs and telephones read (RFC 5545).

use super::Day;

/// Something that lasts whole days.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its name, the same whenever it is written; letters, digits and `-`.
    pub name: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub last: Day,
    /// What it is.
    pub what: String,
    /// More of it.
    pub more: String,
}

/// A calendar of events. Its stamp is the day of the work, so that the same data give the same bytes.
#[must_use]
pub fn ics(part: &str, events: &[Event], on: Day) -> String {
    let mut out = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hongtou//{part}//ZH\r\nCALSCALE:GREGORIAN\r\n");
    let compact = |day: Day| day.iso().replace('-', "");
    for event in events {
        let lines = [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@hongtou", event.name),
            format!("DTSTAMP:{}T000000Z", compact(on)),
            format!("DTSTART;VALUE=DATE:{}", compact(event.from)),
            format!("DTEND;VALUE=DATE:{}", compact(event.last.tomorrow())),
            format!("SUMMARY:{}", escaped(&event.what)),
            format!("DESCRIPTION:{}", escaped(&event.more)),
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
