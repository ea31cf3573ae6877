//! 印发 — may a document be issued, under which number, and what the register will say of it.

use super::ledger::unannounced;
use super::{Act, Issued, Record, Registration, Registry};
use crate::award::Selection;
use crate::calendar::{Day, Year};
use crate::diag::{Code, Diagnostic};
use crate::document::{Disclosure, Document, Format, Genre, Number, Status};

/// What is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'a> {
    /// The document's name.
    pub slug: &'a str,
    /// The day of the act.
    pub on: Day,
    /// What a 更正 corrects; `None` for the first version.
    pub correction: Option<&'a str>,
}

/// Which act it is, and which version it makes.
///
/// # Errors
///
/// Why it cannot be done: issued already, not issued yet, withdrawn, or the clock is behind the register.
pub fn act(registry: &Registry, intent: Intent<'_>) -> Result<(Act, u16), Diagnostic> {
    let Intent { slug, on, correction } = intent;
    let refused = |message: String, help: &str| Diagnostic::error(Code::Issuing, message).help(help);
    if let Some(last) = registry.entries().map(|entry| entry.on).max().filter(|last| on < *last) {
        return Err(refused(
            format!("发文登记簿里最近一次办理是{last}，现在却是{on}"),
            "核对这台电脑的日期，或用 --on 写明办理的日期；不能办在以前的日子",
        ));
    }
    match (registry.of(slug), correction) {
        (None, None) => Ok((Act::Issued, 1)),
        (None, Some(_)) => Err(refused(format!("“{slug}”还没有印发，不能更正"), "第一次印发不写 --correct")),
        (Some(Issued { withdrawn: Some(act), .. }), _) => {
            Err(refused(format!("“{slug}”已于{}撤回，不能再印发", act.on), "撤回后重新发文的，另建一件公文"))
        }
        (Some(Issued { latest, .. }), None) => {
            let number = latest.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
            Err(refused(
                format!("“{slug}”{number}已于{}印发，是第{}版", latest.on, latest.version),
                "要改，用 hongtou issue --correct “说明” 更正；要收回，用 hongtou withdraw",
            ))
        }
        (Some(Issued { latest, .. }), Some(note)) if note.trim().is_empty() => {
            Err(refused(format!("更正“{slug}”第{}版没有写说明", latest.version), "写明改了什么、为什么改"))
        }
        (Some(Issued { latest, .. }), Some(_)) => Ok((Act::Corrected, latest.version.saturating_add(1))),
    }
}

/// What decides the number of a document.
#[derive(Debug, Clone, Copy)]
pub struct Numbering<'a> {
    /// 文种.
    pub genre: Genre,
    /// 格式.
    pub format: Format,
    /// The number that the document itself declares.
    pub own: Option<&'a Number>,
    /// The number that was asked for.
    pub asked: Option<&'a Number>,
    /// 发文机关代字 of the office.
    pub code: &'a str,
    /// The year of the number.
    pub year: Year,
}

/// The number under which a document is issued, and what is to be said about it: a number that is skipped or taken up again.
///
/// # Errors
///
/// The number is another document's, or not the one that the document declares.
pub fn number(
    registry: &Registry,
    slug: &str,
    numbering: Numbering<'_>,
) -> Result<(Option<Number>, Vec<Diagnostic>), Diagnostic> {
    let Numbering { genre, own, asked, code, year, .. } = numbering;
    if let (Some(own), Some(asked)) = (own, asked)
        && own != asked
    {
        let message = format!("公文写的发文字号是{own}，--number 写的是{asked}");
        return Err(Diagnostic::error(Code::Issuing, message).help("二者写成一样，或只写一处"));
    }
    let chosen = asked.or(own).cloned();
    if let Some(number) = &chosen
        && let Some(other) = registry.other_with(number, genre, slug)
    {
        let message = format!("发文字号{number}已经用于《{}》（{}）", other.title, other.slug);
        let next = registry.last_serial(code, year.0) + 1;
        return Err(
            Diagnostic::error(Code::Issuing, message).help(format!("下一个没有用过的是{code}〔{year}〕{next}号"))
        );
    }
    let Some(number) = chosen else { return Ok((next(registry, numbering), Vec::new())) };
    let mut told = Vec::new();
    if let Number::Document { code, year, serial } = &number
        && registry.of(slug).is_none()
    {
        let last = registry.last_serial(code, *year);
        if last > 0 && *serial > last + 1 {
            let message = format!("跳过了{code}〔{year}〕{}号{}", last + 1, up_to(last + 2, *serial));
            told.push(Diagnostic::warning(Code::Issuing, message).help("跳过的号留待补用，或在登记簿外说明作废"));
        } else if *serial <= last {
            let message = format!("{number}比已经用到的{last}号小，是补用以前跳过的号");
            told.push(Diagnostic::warning(Code::Issuing, message).help("确是补用就不必改"));
        }
    }
    Ok((Some(number), told))
}

fn up_to(first: u32, serial: u32) -> String {
    if serial > first { format!("至{}号", serial - 1) } else { String::new() }
}

/// The next free number of the office's 代字, for a document that bears one by its format.
fn next(registry: &Registry, numbering: Numbering<'_>) -> Option<Number> {
    let numbered = matches!(numbering.format, Format::Document | Format::Letter)
        && !numbering.genre.is_unnumbered()
        && !numbering.code.is_empty();
    let serial = registry.last_serial(numbering.code, numbering.year.0) + 1;
    numbered.then(|| Number::Document { code: numbering.code.to_owned(), year: numbering.year.0, serial })
}

/// Words that stand for something that was never filled in.
const UNFILLED: [&str; 4] = ["××", "XX", "ＸＸ", "某某"];

/// Words by which a sample says that it is one.
const SAMPLE: [&str; 3] = ["示例", "样例", "虚构"];

/// What keeps a document from being issued. `placeholders` are the values that the office has not replaced yet.
#[must_use]
pub fn hindrances(document: &Document, on: Day, placeholders: &[(String, String)]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut refuse = |message: String, help: String| {
        found.push(Diagnostic::error(Code::Issuing, message).help(help));
    };
    let lines = document.words();
    let first_with = |words: &[&'static str]| {
        let in_line = |line: &str| words.iter().copied().find(|word| line.contains(word));
        lines.iter().find_map(|line| Some((line, in_line(line)?)))
    };
    if document.status == Status::Draft {
        refuse("状态还是草稿".to_owned(), "定稿以后，把“状态”改为定稿".to_owned());
    }
    if let Some((line, word)) = first_with(&UNFILLED) {
        refuse(format!("还有没填的“{word}”：{}", shortened(line)), "填上，再印发".to_owned());
    }
    if let Some(day) = document.closing.dated.filter(|day| *day > on) {
        refuse(format!("成文日期{day}在印发日期{on}之后"), "核对成文日期，或到那一天再印发".to_owned());
    }
    // What was transcribed bears what its issuer gave it.
    // A 决议 and a 公报 bear none by practice.
    let numbered = matches!(document.format, Format::Document | Format::Letter)
        && !document.genre.is_unnumbered()
        && document.record.source.is_none();
    if numbered && document.masthead.number.is_none() {
        let help = "在 data/office.yaml 写上本机关的“代字”，印发时自动编号；或用 --number 写明";
        refuse("没有发文字号".to_owned(), help.to_owned());
    }
    if document.status == Status::Sample {
        return found;
    }
    if let Some((line, word)) = first_with(&SAMPLE) {
        refuse(
            format!("还有样例的话“{word}”：{}", shortened(line)),
            "换成自己的内容；确是样例的，状态写样例".to_owned(),
        );
    }
    // What another office issued and this one transcribed says nothing of this one.
    let keys: Vec<&str> = placeholders.iter().map(|(key, _)| key.as_str()).collect();
    if !keys.is_empty() && document.record.source.is_none() {
        refuse(
            format!("data/office.yaml 还有{}项是样例的：{}", keys.len(), keys.join("、")),
            "换成本机关自己的，再印发".to_owned(),
        );
    }
    found
}

/// What keeps a document about awards from being issued: a 公示 runs for its whole time after it was issued; what announces awards
/// to the public, saying that nobody objected, comes after the 公示 is over.
#[must_use]
pub fn untimely(
    record: &Record,
    document: &Document,
    awarded: Option<&Selection>,
    intent: Intent<'_>,
) -> Option<Diagnostic> {
    let on = intent.on;
    let refused = |message: String, help: &str| Some(Diagnostic::error(Code::Issuing, message).help(help));
    if let Some(period) = &document.record.publication.period
        && intent.correction.is_none()
        && period.from < on
    {
        let message = format!("公示期从{}起，印发日期是{on}", period.from);
        return refused(message, "公示期从印发的当天或以后起算：改“公示期”的“起”");
    }
    let announces = document.is_public() && !matches!(document.genre, Genre::Publicity | Genre::Advice);
    let message = unannounced(record, awarded.filter(|_| announces)?, on)?;
    refused(message, "先印发公示；公示期满的次日起才能印发结果。不公开的，写“公开: { 属性: 不予公开 }”")
}

fn shortened(line: &str) -> String {
    let mut short: String = line.chars().take(40).collect();
    if line.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// What the register says of an act.
#[must_use]
pub fn registration(
    document: &Document,
    intent: Intent<'_>,
    (act, version): (Act, u16),
    awarded: Option<Selection>,
    manifest: String,
) -> Registration {
    let Document { title, genre, masthead, addressee, closing, record, status, .. } = document;
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Registration {
        slug: intent.slug.to_owned(),
        version,
        act,
        on: intent.on,
        number: masthead.number.clone(),
        index_number: filled(&record.index_number),
        title: title.clone(),
        genre: *genre,
        addressee: filled(addressee),
        dated: closing.dated,
        disclosure: if masthead.secrecy.is_some() { Disclosure::Withheld } else { document.disclosure() },
        status: *status,
        awarded,
        letters: None,
        note: intent.correction.map(str::to_owned),
        manifest: Some(manifest),
        seal: String::new(),
    }
}

/// What the register says of a withdrawal.
#[must_use]
pub fn withdrawal(latest: &Registration, on: Day, reason: &str) -> Registration {
    Registration {
        act: Act::Withdrawn,
        on,
        note: Some(reason.to_owned()),
        letters: None,
        manifest: None,
        seal: String::new(),
        ..latest.clone()
    }
}
