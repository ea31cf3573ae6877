//! `hongtou render` — one document as PDF, page or pictures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::arguments::{Common, FindingFormat, PageFormat, Render};
use super::{Ending, Failure, awards, findings, print};
use crate::build::{Job, Made, Workshop, write_file};
use crate::diag::{Report, nearest};
use crate::draft::facts::year_of;
use crate::pdf::picture;
use crate::project::{self, Project};
use crate::site;

/// Pixels to an inch of the pictures.
const PPI: f32 = 144.0;

pub(super) fn run(common: &Common, options: &Render) -> Result<Ending, Failure> {
    let (project, mut report) = common.load(&[])?;
    let (workshop, found) = Workshop::new(&project, common.day());
    report.absorb(found);
    let enterprise = options.enterprise.as_deref();
    let Some(made) = made(&project, &workshop, &options.notice, enterprise, &mut report)? else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Ok(Ending::Findings);
    };
    let stem = made.document.slug.clone();
    let written = match options.format {
        PageFormat::Pdf => {
            let path = target(options, &stem, "pdf");
            write_file(&path, &made.pdf)?;
            vec![path]
        }
        PageFormat::Png => pictures(options, &stem, &made)?,
        PageFormat::Html => {
            let (page, found) = page(&workshop, &made);
            report.absorb(found);
            let path = target(options, &stem, "html");
            write_file(&path, &page)?;
            vec![path]
        }
    };
    findings::show(&mut report, &project.sources, FindingFormat::Text);
    if !common.quiet {
        for path in written {
            print::error(&format!("写入 {}", path.display()));
        }
    }
    Ok(Ending::of(&report))
}

fn target(options: &Render, stem: &str, ending: &str) -> PathBuf {
    options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.{ending}")))
}

/// The document that is asked for, printed; `None` where the findings say why there is none.
pub(super) fn made(
    project: &Project,
    workshop: &Workshop<'_>,
    asked: &str,
    enterprise: Option<&str>,
    report: &mut Report,
) -> Result<Option<Made>, Failure> {
    let Some(job) = job(project, asked, enterprise)? else { return Ok(None) };
    let (made, found) = workshop.make(&job);
    report.absorb(found);
    Ok(made)
}

/// What is asked for; `None` where its file is there and could not be read.
fn job<'p>(project: &'p Project, asked: &str, enterprise: Option<&str>) -> Result<Option<Job<'p>>, Failure> {
    let asked = Path::new(asked).file_stem().and_then(|stem| stem.to_str()).unwrap_or(asked);
    if let Some((slug, notice)) = project.notices.get_key_value(asked) {
        if !notice.head.for_each {
            return Ok(Some(Job::Notice { slug, notice }));
        }
        let Some(enterprise) = enterprise else {
            return Err(Failure::Unknown(format!("“{asked}”每户一份，用 --enterprise 写明给哪一家")));
        };
        let enterprise = awards::enterprise(project, enterprise)?;
        let year = year_of(notice)
            .and_then(Result::ok)
            .ok_or_else(|| Failure::Unknown(format!("“{asked}”没有写参数“年度”")))?;
        return Ok(Some(Job::Letter { notice, year, code: enterprise.code.value.to_string() }));
    }
    if let Some((slug, catalogue)) = project.register.catalogues.get_key_value(asked) {
        return Ok(Some(Job::Catalogue { slug, catalogue }));
    }
    if project::is_there(&project.root.join("data/notices").join(format!("{asked}.md"))) {
        return Ok(None);
    }
    let known: Vec<&str> =
        project.notices.keys().chain(project.register.catalogues.keys()).map(String::as_str).collect();
    let hint = nearest(asked, known.iter().copied()).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
    Err(Failure::Unknown(format!("没有公文“{asked}”{hint}\n现有：{}", known.join("、"))))
}

fn pictures(options: &Render, stem: &str, made: &Made) -> Result<Vec<PathBuf>, Failure> {
    let first = target(options, stem, "png");
    let mut paths = Vec::new();
    for page in 0..made.pages {
        let path = if made.pages == 1 {
            first.clone()
        } else {
            let name = first.file_stem().and_then(|stem| stem.to_str()).unwrap_or(stem);
            first.with_file_name(format!("{name}-{}.png", page + 1))
        };
        let bytes =
            picture(&made.pdf, page, PPI).ok_or_else(|| Failure::Other(format!("第{}页画不成图片", page + 1)))?;
        write_file(&path, &bytes)?;
        paths.push(path);
    }
    Ok(paths)
}

/// The document's page of the site, by itself.
fn page(workshop: &Workshop<'_>, made: &Made) -> (Vec<u8>, Report) {
    let notices = std::slice::from_ref(&made.document);
    let pdf = format!("{}/{}.pdf", site::notice_folder(&made.document.slug), made.document.slug);
    let size = site::FileFacts { bytes: made.pdf.len() as u64, pages: u32::try_from(made.pages).ok() };
    let files = BTreeMap::from([(pdf, size)]);
    let wanted = format!("{}/index.html", site::notice_folder(&made.document.slug));
    let found = Mutex::default();
    let report = workshop.pages(notices, &[], &[], &files, &|page| {
        if page.path == wanted {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = page.bytes;
        }
    });
    (found.into_inner().unwrap_or_else(PoisonError::into_inner), report)
}
