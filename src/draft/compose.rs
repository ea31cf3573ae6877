//! 成文 — a notice's head and text become a whole 公文: what the head leaves out is what the format and the office make usual.

use handlebars::Context;
use serde::Serialize;
use serde_json::{Value, json};

use super::front_matter::{Head, Notice, Texts};
use super::markdown::{self, Ground, Parsed};
use super::roll;
use super::template::{OWN_TEXT, Templates};
use crate::calendar::{Calendar, Day, FirstDay};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{
    Attachment, Block, Closing, ClosingStyle, Colophon, Document, Format, Genre, LONGEST_TITLE, Masthead, PublicPeriod,
    Publication, Record, Seal, Signatory, Signature, Validity, plain,
};
use crate::source::Place;
use crate::yaml::Located;

/// What does not stand in the notice itself.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The full name of the workspace's office: it issues what names no issuer, and prints what names no 印发机关.
    pub office: &'a str,
    /// All templates.
    pub templates: &'a Templates,
    /// The working days, for the days of a 公示.
    pub calendar: &'a Calendar,
    /// The day of the build, on which 有效性 is judged.
    pub on: Day,
}

/// What a notice says once its template has been filled: of the facts nothing else comes into its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wording {
    title: String,
    addressee: String,
    annotation: Option<String>,
    note: Option<String>,
    summary: Option<String>,
    /// The titles of the attachments that it issues.
    issued: Vec<String>,
    /// The Markdown that the template made; `None` where the notice has a text of its own.
    text: Option<String>,
    publication: Publication,
}

impl Wording {
    /// Fills the template of a notice. `facts` is what it sees, beside 参数 and 正文, which come from the notice. There is none where the
    /// template could not be filled; the report says why.
    #[must_use]
    pub fn of(notice: &Notice, setting: &Setting<'_>, facts: Value) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let publication = publication(&notice.head, setting.calendar, &mut report);
        let facts = with_own(facts, notice, &publication);
        let mut fill = |line: &str, place: Place| {
            let (words, found) = setting.templates.fill(line, place, &facts);
            report.absorb(found);
            words
        };
        let head = &notice.head;
        let title = fill(&head.title.value, head.title.place);
        let mut fill_any = |line: &Option<Located<String>>| line.as_ref().map(|line| fill(&line.value, line.place));
        let addressee = fill_any(&head.addressee).unwrap_or_default();
        let (annotation, note, summary) = (fill_any(&head.annotation), fill_any(&head.note), fill_any(&head.summary));
        let issues = head.issues.iter().flat_map(|names| names.value.0.iter().map(|name| (name, names.place)));
        let issued = issues.map(|(name, place)| fill(name, place)).collect();
        if title.chars().count() > LONGEST_TITLE {
            report.push(too_long(&title).at(head.title.place));
            return (None, report);
        }
        let text = match &head.template {
            None => None,
            Some(template) => match made(notice, template, setting, &facts, &mut report) {
                None => return (None, report),
                made => made,
            },
        };
        (Some(Self { title, addressee, annotation, note, summary, issued, text, publication }), report)
    }
}

fn too_long(title: &str) -> Diagnostic {
    let length = title.chars().count();
    Diagnostic::error(Code::Title, format!("标题有{length}个字，最多{LONGEST_TITLE}个"))
        .help("标题一般不超过三行；正文写在下面")
}

/// Makes the document of a notice. `facts` is what its template sees, beside 参数 and 正文, which come from the notice.
///
/// There is a document whenever its text could be made and its titles can be set; the report says what is wrong with it.
#[must_use]
pub fn compose(notice: &Notice, slug: &str, setting: &Setting<'_>, facts: Value) -> (Option<Document>, Report) {
    let (wording, mut report) = Wording::of(notice, setting, facts);
    let Some(wording) = wording else { return (None, report) };
    let Wording { title, addressee, annotation, note, summary, issued, text, publication } = wording;
    let head = &notice.head;
    let mut parsed = parsed(notice, text.as_deref(), &mut report);
    if parsed.attachments.iter().any(|attachment| attachment.title.chars().count() > LONGEST_TITLE) {
        return (None, report);
    }
    parsed.attachments = attached(parsed.attachments, &issued, head, &mut report);
    if head.genre == Genre::Minutes {
        parsed.body = roll::rolls(parsed.body);
    }
    let format = head.format.unwrap_or_else(|| head.genre.usual_format());
    let issuers = if head.issuers.0.is_empty() { vec![setting.office.to_owned()] } else { head.issuers.0.clone() };
    let addressee = addressee.trim_end_matches(['：', ':']).to_owned();
    let document = Document {
        slug: slug.to_owned(),
        status: head.status,
        genre: head.genre,
        format,
        masthead: masthead(head, format, &issuers),
        // As its author set them; where they are broken further, only printing asks.
        title_lines: title.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        colophon: colophon(head, format, setting.office, &addressee),
        addressee: if head.addressee_last { String::new() } else { addressee },
        closing: closing(head, format, &issuers, &mut report),
        annotation: annotation.map(|words| unbracketed(&words)),
        note: note.map(|note| unbracketed(&note)),
        record: Record {
            summary: summary.unwrap_or_else(|| first_sentence(&parsed.body)),
            validity: validity(head, &publication, setting.on),
            publication,
            ..record(head, &issuers)
        },
        title: title.lines().map(str::trim).collect(),
        body: parsed.body,
        attachments: parsed.attachments,
    };
    (Some(document), report)
}

/// The words between brackets.
fn unbracketed(words: &str) -> String {
    words.trim_matches(['（', '）', '(', ')']).to_owned()
}

/// The attachments, those that are issued without a label, the others counted anew.
fn attached(mut attachments: Vec<Attachment>, issued: &[String], head: &Head, report: &mut Report) -> Vec<Attachment> {
    if issued.is_empty() {
        return attachments;
    }
    let place = head.issues.as_ref().map_or(head.title.place, |names| names.place);
    for name in issued {
        match attachments.iter_mut().find(|attachment| attachment.title == name.trim()) {
            Some(attachment) => attachment.label.clear(),
            None => report.push(
                Diagnostic::error(Code::Body, format!("印发的“{name}”不在正文后面"))
                    .at(place)
                    .help("正文之后写“# 附件：名称”，名称一字不差；下面写它的全文"),
            ),
        }
    }
    let left = attachments.iter().filter(|attachment| !attachment.is_issued()).count();
    for (number, attachment) in (1..).zip(attachments.iter_mut().filter(|attachment| !attachment.is_issued())) {
        attachment.label = if left > 1 { format!("附件{number}") } else { "附件".to_owned() };
    }
    attachments
}

/// 公开情况, with the last day of a 公示 found.
fn publication(head: &Head, calendar: &Calendar, report: &mut Report) -> Publication {
    let Some(written) = &head.publication else { return Publication::default() };
    let mut publication = written.value.publication();
    let Some(period) = &mut publication.period else { return publication };
    if period.workdays == 0 {
        report.push(
            Diagnostic::error(Code::ObjectionPeriod, "公示期是0个工作日")
                .at(written.place)
                .help("写明公示几个工作日，一般不少于5个"),
        );
    }
    let said = period.last;
    match period.settle(calendar) {
        Err(missing) => report.push(
            Diagnostic::error(Code::ObjectionPeriod, missing.to_string())
                .at(written.place)
                .help("补上那一年的放假安排"),
        ),
        Ok(last) => {
            if let Some(said) = said.filter(|said| *said != last) {
                let message = format!("公示期的“止”写的是{said}，按工作日算到{last}");
                report.push(
                    Diagnostic::error(Code::ObjectionPeriod, message)
                        .at(written.place)
                        .help("删去“止”，由程序按工作日和放假安排算；或改“工作日”"),
                );
            }
        }
    }
    publication
}

/// The facts with what the notice itself adds to them.
fn with_own(facts: Value, notice: &Notice, publication: &Publication) -> Context {
    let mut facts = match facts {
        Value::Object(map) => map,
        _ => serde_json::Map::new(),
    };
    facts.insert("参数".to_owned(), Value::Object(notice.head.arguments.clone()));
    facts.insert(OWN_TEXT.to_owned(), Value::String(notice.text.clone()));
    if let Some(period) = &publication.period {
        facts.insert("公示".to_owned(), period_facts(period));
    }
    Value::Object(facts).into()
}

fn period_facts(period: &PublicPeriod) -> Value {
    let counting = match period.first {
        FirstDay::Counts => "含首日",
        FirstDay::DoesNotCount => "首日不计入",
    };
    json!({
        "起": period.from.iso(),
        "止": period.last.map(Day::iso),
        "工作日": period.workdays,
        "口径": counting,
        "异议": period.objection,
    })
}

/// What the template of a notice makes of the facts.
fn made(
    notice: &Notice,
    template: &Located<String>,
    setting: &Setting<'_>,
    facts: &Context,
    report: &mut Report,
) -> Option<String> {
    let (markdown, found) = setting.templates.render(&template.value, facts);
    for finding in found.findings() {
        let placed = finding.place.is_some();
        report.push(if placed { finding.clone() } else { finding.clone().at(template.place) });
    }
    if !notice.text.trim().is_empty() && !setting.templates.takes_own_text(&template.value) {
        let message = format!("模板“{}”不用公文自己的正文，下面写的文字不会印出来", template.value);
        report.push(
            Diagnostic::error(Code::Template, message).at(template.place).help("删去正文，或在模板里写 {{{正文}}}"),
        );
    }
    markdown
}

/// The text of a notice, taken apart: what its template made, or its own.
fn parsed(notice: &Notice, made: Option<&str>, report: &mut Report) -> Parsed {
    let head = &notice.head;
    let (markdown, ground) = match (made, &head.template) {
        (Some(made), Some(template)) => (made, Ground::Made(template.place)),
        _ => (notice.text.as_str(), Ground::File(notice.file, notice.offset)),
    };
    let (parsed, found) = markdown::parse(markdown, ground);
    report.absorb(found);
    if made.is_none() && parsed.body.is_empty() {
        report.push(Diagnostic::error(Code::Body, "没有正文").at(head.title.place).help("在第二个“---”后面写正文"));
    }
    parsed
}

fn masthead(head: &Head, format: Format, issuers: &[String]) -> Masthead {
    let usual = match format {
        Format::Document => Some("文件"),
        Format::Order => Some("令"),
        Format::Minutes => issuers.first().filter(|issuer| !issuer.ends_with("纪要")).map(|_| "纪要"),
        Format::Letter | Format::Plain => None,
    };
    let suffix = match head.suffix.as_deref() {
        Some("无") => None,
        Some(written) => Some(written.to_owned()),
        None => usual.map(str::to_owned),
    };
    Masthead {
        copy_number: head.copy_number.clone(),
        secrecy: head.secrecy.clone(),
        urgency: head.urgency,
        issuers: issuers.to_vec(),
        suffix,
        number: head.number.clone(),
        signatories: head.signatories.0.iter().map(|name| Signatory { name: name.clone() }).collect(),
    }
}

fn closing(head: &Head, format: Format, issuers: &[String], report: &mut Report) -> Closing {
    let usual = match format {
        Format::Order => ClosingStyle::Stamped,
        _ if !head.seals.is_empty() => ClosingStyle::Sealed,
        _ => ClosingStyle::Unsealed,
    };
    let style = head.closing.unwrap_or(usual);
    let names = match (&head.signatures, format) {
        (Some(Texts(names)), _) => names.clone(),
        // The minutes of a meeting bear no signature (10.3 names none).
        (None, Format::Minutes) => Vec::new(),
        (None, _) if style == ClosingStyle::Stamped && !head.posts.0.is_empty() => head.posts.0.clone(),
        (None, _) => issuers.to_vec(),
    };
    if let Some(persons) = head.persons.as_ref().filter(|persons| persons.value.0.len() != names.len()) {
        let message = format!("签名有{}个，职务（署名）有{}个", persons.value.0.len(), names.len());
        report.push(
            Diagnostic::error(Code::Signature, message).at(persons.place).help("一个职务对一个签名，主办机关的在前"),
        );
    }
    for entry in &head.seals {
        if !names.contains(&entry.office.value) {
            let message = format!("“{}”不在署名之中，它的印章没有地方盖", entry.office.value);
            report.push(Diagnostic::error(Code::Seal, message).at(entry.office.place).help("机关写得与署名一字不差"));
        }
        if let Err(why) = markdown::picture_path(&entry.picture.value) {
            let message = format!("印章图片“{}”不能用：{why}", entry.picture.value);
            report.push(
                Diagnostic::error(Code::Seal, message)
                    .at(entry.picture.place)
                    .help("图片放在工作区里，写相对工作区的路径"),
            );
        }
    }
    let seal = |name: &String| {
        let entry = head.seals.iter().find(|entry| entry.office.value == *name)?;
        markdown::picture_path(&entry.picture.value).ok()?;
        Some(Seal { path: entry.picture.value.clone(), width: entry.width.0 })
    };
    let signatures = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let person = head.persons.as_ref().and_then(|persons| persons.value.0.get(index).cloned());
            Signature { name: name.clone(), person, seal: seal(name) }
        })
        .collect();
    Closing { style, signatures, dated: head.dated }
}

fn colophon(head: &Head, format: Format, office: &str, addressee: &str) -> Option<Colophon> {
    let written = !head.copies_to.0.is_empty()
        || !head.offices.0.is_empty()
        || head.printed_by.is_some()
        || head.printed_on.is_some()
        || head.addressee_last;
    // A letter names neither who printed it nor when (10.1); what is only published has no colophon.
    let printed = matches!(format, Format::Document | Format::Order | Format::Minutes);
    if !head.colophon.unwrap_or(written || printed) {
        return None;
    }
    let mut copies_to = head.copies_to.0.clone();
    if let Some(last) = copies_to.last_mut() {
        *last = last.trim_end_matches('。').to_owned();
    }
    let usual = |written: &Option<String>| written.clone().or_else(|| printed.then(|| office.to_owned()));
    Some(Colophon {
        offices: head.offices.0.clone(),
        addressee: head.addressee_last.then(|| addressee.trim_end_matches('。').to_owned()),
        copies_to,
        printed_by: usual(&head.printed_by),
        printed_on: head.printed_on.or(head.dated.filter(|_| printed)),
    })
}

/// 公开信息, but for what follows from other parts of the document.
fn record(head: &Head, issuers: &[String]) -> Record {
    Record {
        index_number: head.index_number.clone().unwrap_or_default(),
        topic: head.topic.clone().unwrap_or_default(),
        column: head.column.clone().unwrap_or_default(),
        issuer: issuers.join("、"),
        dated: head.dated,
        published: head.published.or(head.dated),
        validity: Validity::Valid,
        keywords: head.keywords.0.clone(),
        summary: String::new(),
        source: head.source.clone(),
        author: head.author.clone(),
        publication: Publication::default(),
    }
}

/// 有效性 on a day. The day of repeal is the first one without it, 失效日期 the last one with it.
fn validity(head: &Head, publication: &Publication, on: Day) -> Validity {
    if head.repealed.is_some_and(|day| day <= on) {
        Validity::Repealed
    } else if publication.expires.is_some_and(|day| day < on) {
        Validity::Expired
    } else {
        Validity::Valid
    }
}

/// What the document says first, where nobody wrote a 概述.
fn first_sentence(body: &[Block]) -> String {
    let words = body.iter().find_map(|block| match block {
        Block::Paragraph { text, .. } => Some(plain(text)),
        _ => None,
    });
    let words = words.unwrap_or_default();
    match words.split_once('。') {
        Some((first, _)) => format!("{first}。"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source};

    fn document(head: &str, text: &str, templates: &Templates) -> (Option<Document>, Vec<String>) {
        let source = Source::new("data/notices/a.md", format!("---\n{head}\n---\n{text}"));
        let (notice, mut report) = Notice::read(FileId(0), &source);
        let on = Day::new(2024, 7, 1).unwrap();
        let calendar = Calendar::default();
        let setting = Setting { office: "示例市工业和信息化局", templates, calendar: &calendar, on };
        let made = notice.and_then(|notice| {
            let (made, found) = compose(&notice, "a", &setting, json!({ "年度": "2023" }));
            report.absorb(found);
            made
        });
        let found = report.findings().iter().map(|finding| {
            let (line, column) = source.line_column(finding.place.unwrap().start as usize);
            format!("{line}:{column} {}", finding.message)
        });
        (made, found.collect())
    }

    #[test]
    fn what_is_usual_need_not_be_written() {
        let (templates, _) = Templates::new([]);
        let head = "标题: 关于某事的通知\n文种: 通知\n状态: 草稿\n发文字号: 示工信〔2024〕1号\n成文日期: 2024年6月3日\n抄送: [甲，, 乙。]";
        let (made, found) = document(head, "正文一句。第二句。", &templates);
        assert_eq!(found, Vec::<String>::new());
        let made = made.unwrap();
        assert_eq!(made.format, Format::Document);
        assert_eq!(made.masthead.issuers, ["示例市工业和信息化局"]);
        assert_eq!(made.masthead.suffix.as_deref(), Some("文件"));
        assert_eq!(made.closing.style, ClosingStyle::Unsealed);
        assert_eq!(made.closing.signatures[0].name, "示例市工业和信息化局");
        let colophon = made.colophon.unwrap();
        assert_eq!(colophon.copies_to, ["甲，", "乙"]);
        assert_eq!(colophon.printed_by.as_deref(), Some("示例市工业和信息化局"));
        assert_eq!(colophon.printed_on, Day::new(2024, 6, 3));
        assert_eq!(made.record.summary, "正文一句。");
        assert_eq!(made.record.index_number, "");
    }

    #[test]
    fn a_letter_names_no_printer_and_a_publicity_has_no_colophon() {
        let (templates, _) = Templates::new([]);
        let letter = document("标题: 关于某事的函\n文种: 函\n状态: 草稿\n抄送: 甲", "正文。", &templates).0.unwrap();
        let colophon = letter.colophon.unwrap();
        assert_eq!((colophon.printed_by, colophon.printed_on), (None, None));
        let publicity = document("标题: 关于某事的公示\n文种: 公示\n状态: 草稿", "正文。", &templates).0.unwrap();
        assert_eq!(publicity.colophon, None);
    }

    #[test]
    fn validity_is_that_of_the_day() {
        let (templates, _) = Templates::new([]);
        let on = |extra: &str| {
            let head = format!("标题: 甲\n文种: 通知\n状态: 定稿\n{extra}");
            document(&head, "正文。", &templates).0.unwrap().record.validity
        };
        assert_eq!(on("公开: { 失效日期: 2024-07-01 }"), Validity::Valid);
        assert_eq!(on("公开: { 失效日期: 2024-06-30 }"), Validity::Expired);
        assert_eq!(on("废止日期: 2024-07-01"), Validity::Repealed);
    }

    #[test]
    fn a_year_without_working_days_is_an_error() {
        let (templates, _) = Templates::new([]);
        let head = "标题: 甲\n文种: 公示\n状态: 草稿\n公开:\n  公示期: { 起: 2024-06-13, 工作日: 5 }";
        assert!(document(head, "正文。", &templates).1[0].starts_with("6:3 没有2024年的放假安排"));
    }

    #[test]
    fn a_template_makes_the_text() {
        let wording = Source::new("templates/notices/奖励公示.md.hbs", "{{年度}}年度，联系人{{参数.联系人}}。");
        let (templates, _) = Templates::new([(FileId(1), &wording)]);
        let head = "标题: 关于{{年度}}年度名单的公示\n文种: 公示\n状态: 样例\n模板: 奖励公示\n参数: { 联系人: 甲*乙* }";
        let (made, found) = document(head, "", &templates);
        assert_eq!(found, Vec::<String>::new());
        let made = made.unwrap();
        assert_eq!(made.title, "关于2023年度名单的公示");
        assert_eq!(made.record.summary, "2023年度，联系人甲*乙*。");
        let wrong = head.replace("奖励公示\n", "奖厉公示\n");
        assert_eq!(document(&wrong, "", &templates).1, ["5:5 没有名为“奖厉公示”的模板"]);
        assert!(document(head, "自己的正文", &templates).1[0].contains("不会印出来"));
    }

    #[test]
    fn those_who_sign_stand_beside_their_posts() {
        let (templates, _) = Templates::new([]);
        let head = "标题: 甲令\n文种: 命令\n状态: 草稿\n职务: [市长, 司令员]\n签名: ";
        let (made, found) = document(&format!("{head}[张示例, 李示例]"), "正文。", &templates);
        assert_eq!(found, Vec::<String>::new());
        let signed = made.unwrap().closing.signatures.into_iter().map(|one| (one.name, one.person));
        let both = [("市长", "张示例"), ("司令员", "李示例")].map(|(post, name)| (post.into(), Some(name.into())));
        assert_eq!(signed.collect::<Vec<_>>(), both);
        let (_, found) = document(&format!("{head}张示例"), "正文。", &templates);
        assert_eq!(found, ["6:5 签名有1个，职务（署名）有2个"]);
    }

    #[test]
    fn seals_belong_to_signatures_and_lie_in_the_workspace() {
        let (templates, _) = Templates::new([]);
        let head = "标题: 甲\n文种: 通知\n状态: 草稿\n印章:\n  - { 机关: 别的局, 图片: ../章.svg }";
        let (made, found) = document(head, "正文。", &templates);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(made.unwrap().closing.style, ClosingStyle::Sealed);
    }
}
