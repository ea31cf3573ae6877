//! `hongtou issue` — 印发 and 更正: a document becomes what it says for ever. It refuses while anything is wrong with it.

use super::arguments::{Common, FindingFormat, Issue};
use super::documents::named;
use super::opened::Opened;
use super::{Ending, Failure, findings, print, unwritten};
use crate::build::{Freezing, Job, Order, Workshop, commit_version};
use crate::diag::{Code, Diagnostic, Report, Severity};
use crate::disk::write_file;
use crate::document::{Disclosure, Status};
use crate::draft::Notice;
use crate::draft::facts::selection_of;
use crate::project::Project;
use crate::record::issue::{Intent, Numbering, act, hindrances, number, registration, untimely};
use crate::record::{Act, REGISTER, version_folder};
use crate::source::Place;

pub(super) fn run(common: &Common, options: &Issue) -> Result<Ending, Failure> {
    let (mut opened, _lock) = common.open_to_register("印发")?;
    let slug = named(&opened.project, &options.notice)?;
    let intent = Intent { slug: &slug, on: opened.on, correction: options.correct.as_deref() };
    let place = opened.project.notices.get(&slug).map(|notice| notice.head.title.place);
    let done = match act(&opened.project.record.registry, intent) {
        Ok(done) => done,
        Err(refusal) => return refused(&mut opened, place, vec![refusal]),
    };
    // A document is composed with the numbers under which it is issued.
    let mut told = Vec::new();
    if let Some(notice) = opened.project.notices.get(&slug).cloned() {
        match numbered(&opened.project, notice, &slug, options, intent) {
            Ok((notice, findings)) => {
                told = findings;
                opened.project.notices.insert(slug.clone(), notice);
            }
            Err(refusal) => return refused(&mut opened, place, vec![refusal]),
        }
    }
    let (freezing, mut report) = frozen(&opened, &slug, done.1)?;
    for finding in told {
        report.push(place.map_or_else(|| finding.clone(), |place| finding.clone().at(place)));
    }
    let Some(freezing) = freezing else { return refused(&mut opened, place, report.findings().to_vec()) };
    let notice = opened.project.notices.get(&slug);
    let awarded = notice.and_then(selection_of).and_then(Result::ok);
    let mut obstacles = hindrances(&freezing.document, intent.on, &opened.project.placeholders());
    obstacles.extend(unchanged(&opened, &slug, &freezing, done));
    obstacles.extend(untimely(&opened.project.record, &freezing.document, awarded.as_ref(), intent));
    if !obstacles.is_empty() {
        return refused(&mut opened, place, obstacles);
    }
    let mut entry = registration(&freezing.document, intent, done, awarded, freezing.manifest.clone());
    if let Some(notice) = notice.filter(|notice| notice.head.for_each) {
        entry.letters = Some(freezing.letters.len());
        entry.addressee = None;
        entry.title = notice.head.title.value.clone();
    }
    findings::show(&mut report, &opened.project.sources, FindingFormat::Text);
    if options.dry_run {
        print::out(&format!("可以{}：{}", done.0.name(), told_of(&entry)));
        return Ok(Ending::Fine);
    }
    write_letters(&opened.project, &slug, done.1, &freezing)?;
    let record = &opened.project.record;
    let register = record.registry.with(entry.clone(), record.text.as_deref());
    let folder = version_folder(&slug, done.1);
    commit_version(&opened.project.root, &folder, &freezing.files, record.text.as_deref(), &register)
        .map_err(|error| unwritten(REGISTER, error))?;
    print::out(&format!("{}：{}", done.0.name(), told_of(&entry)));
    if !common.quiet {
        let of_version = version_folder(&slug, done.1);
        print::error(&format!("定本在 {of_version}，不再改动。hongtou build 生成网站，hongtou publish 发布"));
        if entry.disclosure == Disclosure::Open && entry.index_number.is_none() && entry.letters.is_none() {
            print::error("这件公开的公文没有索引号：在 data/office.yaml 写上“组织机构代码”，印发时自动编号");
        }
    }
    Ok(Ending::Fine)
}

/// A 更正 that says what the last version says, on the same pages, corrects nothing.
fn unchanged(opened: &Opened, slug: &str, freezing: &Freezing, done: (Act, u16)) -> Option<Diagnostic> {
    let record = &opened.project.record;
    let latest = record.latest(slug).filter(|_| done.0 == Act::Corrected)?;
    let issued = opened.project.issued_manifest(record.registry.of(slug)?.latest)?;
    let same = latest.document.as_ref() == Some(&freezing.document)
        && latest.comparison == freezing.comparison
        && opened.workshop().0.printed_otherwise(&issued).is_empty();
    let message = format!("与第{}版没有不同，不用更正", done.1.saturating_sub(1));
    same.then(|| Diagnostic::error(Code::Issuing, message).help("先改公文或它所依据的数据，再更正"))
}

fn told_of(entry: &crate::record::Registration) -> String {
    let number = entry.number.as_ref().map(|number| format!("{number}　")).unwrap_or_default();
    let version = if entry.act == Act::Corrected { format!("，第{}版", entry.version) } else { String::new() };
    let letters = entry.letters.map(|count| format!("，{count}份")).unwrap_or_default();
    let index = entry.index_number.as_ref().map(|index| format!("，索引号{index}")).unwrap_or_default();
    format!("{number}《{}》{}{version}{letters}{index}", entry.title, entry.on)
}

#[expect(clippy::unnecessary_wraps, reason = "every way out of the verb ends like this")]
fn refused(opened: &mut Opened, place: Option<Place>, findings: Vec<Diagnostic>) -> Result<Ending, Failure> {
    let mut report = Report::default();
    for finding in findings {
        report.push(match (finding.place, place) {
            (None, Some(place)) => finding.at(place),
            _ => finding,
        });
    }
    findings::show(&mut report, &opened.project.sources, FindingFormat::Text);
    print::error("没有印发，什么也没有写");
    Ok(Ending::Findings)
}

/// The notice with the numbers and the day under which it is issued, and what is to be said about them.
fn numbered(
    project: &Project,
    mut notice: Notice,
    slug: &str,
    options: &Issue,
    intent: Intent<'_>,
) -> Result<(Notice, Vec<Diagnostic>), Diagnostic> {
    let head = &mut notice.head;
    head.dated = head.dated.or(Some(intent.on));
    if head.for_each {
        return Ok((notice, Vec::new()));
    }
    let numbering = Numbering {
        genre: head.genre,
        format: head.format.unwrap_or_else(|| head.genre.usual_format()),
        own: head.number.as_ref(),
        asked: options.number.as_ref(),
        code: &project.office.code,
        year: head.dated.unwrap_or(intent.on).year(),
    };
    // What was transcribed was numbered, or left without a number, by whoever issued it.
    let (number, told) = if head.source.is_some() && options.number.is_none() {
        (head.number.clone(), Vec::new())
    } else {
        number(&project.record.registry, slug, numbering)?
    };
    head.number = number;
    let organisation = project.identity.as_ref().and_then(|identity| identity.organisation.as_ref());
    if let Some(code) = organisation
        .filter(|_| head.index_number.is_none() && head.disclosure() == Disclosure::Open && head.secrecy.is_none())
    {
        head.index_number = Some(project.next_index_number(code.as_str(), intent.on.year()));
    }
    Ok((notice, told))
}

/// What is frozen, and what stands in the way.
fn frozen(opened: &Opened, slug: &str, version: u16) -> Result<(Option<Freezing>, Report), Failure> {
    let (workshop, found) = opened.workshop();
    let order = order(&opened.project, &workshop, slug)?;
    let mut report = Report::default();
    if let Some(job) = order.first() {
        let concerning = workshop.concerning(job, &found);
        report.extend(concerning.findings().iter().filter(|finding| finding.severity == Severity::Error).cloned());
    }
    if let Some(notice) = opened.project.notices.get(slug)
        && notice.head.status == Status::Draft
    {
        report.push(Diagnostic::error(Code::Issuing, "状态还是草稿").help("定稿以后，把“状态”改为定稿"));
    }
    if report.has_errors() {
        return Ok((None, report));
    }
    let (freezing, found) = workshop.freeze(&order, slug, version);
    report.absorb(found);
    Ok((freezing, report))
}

fn order<'p>(project: &'p Project, workshop: &Workshop<'p>, slug: &str) -> Result<Order<'p>, Failure> {
    if let Some((slug, notice)) = project.notices.get_key_value(slug) {
        if !notice.head.for_each {
            return Ok(Order::Document(Job::Notice { slug, notice }));
        }
        let letters = workshop.letters(slug, notice);
        if letters.is_empty() {
            return Err(Failure::Unknown(format!("“{slug}”每户一份，可是没有一家企业要告知；核对参数“年度”")));
        }
        return Ok(Order::Letters(letters));
    }
    match project.register.catalogues.get_key_value(slug) {
        Some((slug, catalogue)) => Ok(Order::Document(Job::Catalogue { slug, catalogue })),
        None => Err(Failure::Unknown(format!("“{slug}”的源文件不在工作区里，不能印发"))),
    }
}

/// The letters themselves lie outside the record, where the office keeps them.
fn write_letters(project: &Project, slug: &str, version: u16, freezing: &Freezing) -> Result<(), Failure> {
    let folder = project.letters_folder(slug, version);
    for (code, pdf) in &freezing.letters {
        write_file(&folder.join(format!("{code}.pdf")), pdf)?;
    }
    Ok(())
}
