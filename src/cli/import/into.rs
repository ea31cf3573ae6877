//! 改稿 — a document's Word file that somebody changed: what is different, sentence by sentence, by whom; what is accepted goes into its source.

use std::collections::BTreeSet;

use super::super::arguments::{Common, FindingFormat, Import};
use super::super::documents::named;
use super::super::{Ending, Failure, findings, print, render, unwritten};
use super::shown::list;
use super::word;
use crate::disk::rewrite;
use crate::exchange::word::{Alteration, Altered, Changes, UnitKind, alterations, altered, docx, open, units};
use crate::source::Source;

pub(super) fn run(common: &Common, options: &Import, asked: &str, name: &str, bytes: &[u8]) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("导入")?;
    let project = &opened.project;
    let slug = named(project, asked)?;
    let Some(notice) = project.notices.get(&slug) else {
        return Err(Failure::Unknown(format!("“{slug}”不是 data/notices 里的公文，改稿只能收进公文")));
    };
    let Some(source) = project.sources.get(notice.file) else {
        return Err(Failure::Other(format!("“{slug}”的源文件读不了")));
    };
    let (workshop, mut report) = opened.workshop();
    let Some(made) = render::made(project, &workshop, &slug, options.enterprise.as_deref(), &mut report)? else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Ok(Ending::Findings);
    };
    let drawing = workshop.drawing(&made.document).unwrap_or_default();
    let own = docx(&made.document, &drawing, &|path| project.pictures.get(path).cloned());
    let before = units(&open(&own, Changes::Accepted).map_err(|error| Failure::Other(error.to_string()))?);
    let manuscript = word::read(options, name, bytes)?;
    let found = alterations(&before, &units(&manuscript), &manuscript);
    if !common.quiet {
        told(&found, &before);
        let comments = manuscript.comments.iter();
        let comments = comments.map(|comment| format!("{}  在“{}”：{}", comment.author, comment.on, comment.text));
        list("批注", &comments.collect::<Vec<_>>());
    }
    let Some(accept) = &options.accept else {
        print::error(if found.is_empty() {
            "和现在的公文一样，没有改动"
        } else {
            "只列出，没有改；采纳的写 --accept all 或 --accept 1,3"
        });
        return Ok(Ending::Fine);
    };
    let wanted = chosen(accept, found.len())?;
    let accepted: Vec<&Alteration> =
        found.iter().enumerate().filter(|(at, _)| wanted.contains(&(at + 1))).map(|(_, one)| one).collect();
    let (text, lost) = altered(source.text(), &before, &accepted);
    let numbers: Vec<usize> = wanted.into_iter().collect();
    for index in &lost {
        let number = numbers.get(*index).copied().unwrap_or_default();
        print::error(&format!(
            "第{number}处没有改：它是模板或数据里来的，或者写法特殊；在 {} 或数据里手工改",
            source.path()
        ));
    }
    if options.dry_run {
        print::out(
            &similar::TextDiff::from_lines(source.text(), text.as_str()).unified_diff().context_radius(1).to_string(),
        );
        print::error("只看，没有写");
    } else if text != source.text() {
        write(&project.root, source, &text)?;
        print::error(&format!("写入 {}：采纳了{}处", source.path(), accepted.len() - lost.len()));
    } else if lost.is_empty() {
        print::error("没有改动");
    }
    Ok(if lost.is_empty() { Ending::Fine } else { Ending::Findings })
}

fn write(root: &std::path::Path, source: &Source, text: &str) -> Result<(), Failure> {
    rewrite(&root.join(source.path()), Some(source.text()), text.as_bytes())
        .map_err(|error| unwritten(source.path(), error))
}

/// Which numbers were accepted: all, 1,3-5.
fn chosen(accept: &str, count: usize) -> Result<BTreeSet<usize>, Failure> {
    if matches!(accept.trim(), "all" | "全部") {
        return Ok((1..=count).collect());
    }
    let mut wanted = BTreeSet::new();
    for part in accept.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let range = from.trim().parse::<usize>().ok().zip(to.trim().parse::<usize>().ok());
        let range = range.filter(|(from, to)| (1..=count).contains(from) && from <= to && *to <= count);
        let Some((from, to)) = range else {
            return Err(Failure::Unknown(format!("--accept 里的“{part}”不是改动的序号（1到{count}，或 all）")));
        };
        wanted.extend(from..=to);
    }
    Ok(wanted)
}

fn told(found: &[Alteration], before: &[crate::exchange::word::Unit]) {
    for (index, alteration) in found.iter().enumerate() {
        let unit = alteration.unit.and_then(|unit| before.get(unit));
        let short = |text: &str| {
            let words: String = text.chars().take(12).collect();
            if words.chars().count() < text.chars().count() { format!("{words}……") } else { words }
        };
        let place = unit.map_or_else(String::new, |unit| match unit.kind {
            UnitKind::Title => "标题".to_owned(),
            UnitKind::Addressee => "主送".to_owned(),
            UnitKind::Note => "附注".to_owned(),
            UnitKind::Attachment => "附件名称".to_owned(),
            UnitKind::Row => format!("表格“{}”一行", short(&unit.text.replace('\t', " "))),
            UnitKind::Paragraph => format!("“{}”一段", short(&unit.text)),
        });
        let what = match alteration.what {
            Altered::Words(_) => format!("改  {place}"),
            Altered::Gone => format!("删  {place}"),
            Altered::Fresh(_) => format!("增  {place}之后"),
        };
        let author = alteration.author.as_ref().map(|author| format!("  （{author}）")).unwrap_or_default();
        print::out(&format!("{}. {what}{author}", index + 1));
        for (mark, text) in [("-", &alteration.old), ("+", &alteration.new)] {
            if !text.is_empty() {
                print::out(&format!("   {mark} {}", text.replace('\t', " | ").trim()));
            }
        }
    }
}
