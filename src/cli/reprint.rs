//! `hongtou reprint` — 重印: the letters of an issued notice (每户一份) once more, from the record, each held against the sum that was
//! frozen with it.

use super::arguments::{Common, FindingFormat, Reprint};
use super::documents::named;
use super::{Ending, Failure, findings, print};
use crate::disk::write_file;

pub(super) fn run(common: &Common, options: &Reprint) -> Result<Ending, Failure> {
    let (mut opened, _lock) = common.open_to_write("重印")?;
    let slug = named(&opened.project, &options.notice)?;
    let record = &opened.project.record;
    let Some(issued) = record.registry.of(&slug) else {
        return Err(Failure::Unknown(format!("“{slug}”还没有印发，没有可以重印的")));
    };
    let version = options.version.unwrap_or(issued.latest.version);
    let Some(entry) = record.registry.versions().find(|entry| entry.slug == slug && entry.version == version).cloned()
    else {
        return Err(Failure::Unknown(format!("“{slug}”没有第{version}版")));
    };
    if entry.letters.is_none() {
        return Err(Failure::Unknown(format!(
            "“{slug}”只有一份，它的 PDF 就在 {}",
            crate::record::version_folder(&slug, version)
        )));
    }
    // A letter without a day of its own bears the day on which it was issued.
    opened.on = entry.on;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    let (Some((slug, notice)), Some(frozen)) =
        (project.notices.get_key_value(&slug), project.record.version(&slug, version))
    else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Err(Failure::Other(format!("“{slug}”的定本或源文件读不了，不能重印；hongtou check 说明是哪一处")));
    };
    let (reprints, found) = workshop.reprint(slug, notice, frozen);
    let folder = project.letters_folder(slug, version);
    let mut others = Vec::new();
    for letter in &reprints {
        match &letter.pdf {
            Some(pdf) if letter.same => write_file(&folder.join(format!("{}.pdf", letter.code)), pdf)?,
            _ => others.push(letter.code.as_str()),
        }
    }
    let count = reprints.len() - others.len();
    print::out(&format!("重印{count}份，与印发时的校验值相符；在 {}", folder.display()));
    if others.is_empty() {
        return Ok(Ending::Fine);
    }
    let mut found = found;
    findings::show(&mut found, &project.sources, FindingFormat::Text);
    print::error(&format!("{}份与印发时的不符，没有写：{}", others.len(), others.join("、")));
    let changed = project.issued_manifest(&entry).map(|issued| workshop.printed_otherwise(&issued)).unwrap_or_default();
    if !changed.is_empty() {
        print::error(&format!("印发以后变了的：{}。恢复原来的，再重印", changed.join("、")));
    }
    Ok(Ending::Findings)
}
