//! `hongtou render` — one document as PDF, page or pictures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::arguments::{Common, FindingFormat, PageFormat, Render};
use super::destination::{FileFormat, format_of, write_to};
use super::documents::named;
use super::{Ending, Failure, awards, findings, print};
use crate::build::{Job, Made, Shelves, Workshop};
use crate::diag::Report;
use crate::document::Disclosure;
use crate::exchange::word::docx;
use crate::pdf::{Letters, picture};
use crate::project::{self, Project};
use crate::site::{self, Articles};

/// Pixels to an inch of the pictures.
const PPI: f32 = 144.0;

pub(super) fn run(common: &Common, options: &Render) -> Result<Ending, Failure> {
    let format = format_of(&common.root()?, options.format, options.output.as_deref(), PageFormat::Pdf)?;
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    let enterprise = options.enterprise.as_deref();
    let job = job(project, &workshop, &options.notice, enterprise)?;
    let made = match job.as_ref().and_then(|job| workshop.as_issued(job)) {
        Some(issued) => Some(issued),
        None => job.as_ref().and_then(|job| printed(&workshop, job, &mut report)),
    };
    // Of what is wrong elsewhere only the number is told: the clerk asked about this one.
    if let Some(job) = &job {
        let all = report.findings().len();
        report = workshop.concerning(job, &report);
        let others = all - report.findings().len();
        if others > 0 && !common.quiet {
            print::error(&format!("工作区里另有{others}处问题，与这件公文无关；hongtou check 列出"));
        }
    }
    let Some(made) = made else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Ok(Ending::Findings);
    };
    let stem = made.document.slug.clone();
    let written = match format {
        PageFormat::Pdf => {
            let path = target(options, &stem, "pdf");
            write_to(&project.root, &path, &made.pdf)?;
            vec![path]
        }
        PageFormat::Docx => {
            let drawing = workshop.drawing(&made.document).unwrap_or_default();
            let picture = |path: &str| project.pictures.get(path).cloned();
            let path = target(options, &stem, "docx");
            write_to(&project.root, &path, &docx(&made.document, &drawing, &picture))?;
            vec![path]
        }
        PageFormat::Png => pictures(&project.root, options, &stem, &made)?,
        PageFormat::Svg => drawings(&project.root, options, &stem, &workshop, &made)?,
        PageFormat::Html => {
            let (page, found) = page(&workshop, &made);
            report.absorb(found);
            let path = target(options, &stem, "html");
            write_to(&project.root, &path, &page)?;
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

impl FileFormat for PageFormat {
    fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Html => &["html", "htm"],
            Self::Png => &["png"],
            Self::Svg => &["svg"],
            Self::Docx => &["docx"],
        }
    }
}

fn target(options: &Render, stem: &str, ending: &str) -> PathBuf {
    options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.{ending}")))
}

/// The document that is asked for, set with the layouts of today; `None` where the findings say why there is none.
pub(super) fn made(
    project: &Project,
    workshop: &Workshop<'_>,
    asked: &str,
    enterprise: Option<&str>,
    report: &mut Report,
) -> Result<Option<Made>, Failure> {
    let job = job(project, workshop, asked, enterprise)?;
    Ok(job.and_then(|job| printed(workshop, &job, report)))
}

/// The same as its source has it now, also where another text was issued.
pub(super) fn drafted(
    project: &Project,
    workshop: &Workshop<'_>,
    asked: &str,
    report: &mut Report,
) -> Result<Option<Made>, Failure> {
    let job = job(project, workshop, asked, None)?;
    Ok(job.and_then(|job| {
        let (made, found) = workshop.make(&job);
        report.absorb(found);
        made
    }))
}

fn printed<'p>(workshop: &Workshop<'p>, job: &Job<'p>, report: &mut Report) -> Option<Made> {
    let (made, found) = workshop.made(job);
    report.absorb(found);
    made
}

/// What is asked for; `None` where its file is there and could not be read.
pub(super) fn job<'p>(
    project: &'p Project,
    workshop: &Workshop<'p>,
    asked: &str,
    enterprise: Option<&str>,
) -> Result<Option<Job<'p>>, Failure> {
    let stem = Path::new(asked).file_stem().and_then(|stem| stem.to_str()).unwrap_or(asked);
    if !project.titles().iter().any(|(slug, _)| slug == stem)
        && project::is_there(&project.root.join("data/notices").join(format!("{stem}.md")))
    {
        return Ok(None);
    }
    let named = named(project, asked)?;
    if let Some((slug, notice)) = project.notices.get_key_value(&named) {
        if !notice.head.for_each {
            return Ok(Some(Job::Notice { slug, notice }));
        }
        let Some(enterprise) = enterprise else {
            return Err(Failure::Unknown(format!("“{slug}”每户一份，用 --enterprise 写明给哪一家")));
        };
        let enterprise = awards::enterprise(project, enterprise)?;
        let of_enterprise =
            |job: &Job<'_>| matches!(job, Job::Letter { code, .. } if code == enterprise.code.value.as_str());
        let letter = workshop.letters(slug, notice).into_iter().find(of_enterprise);
        return letter
            .map(Some)
            .ok_or_else(|| Failure::Unknown(format!("“{slug}”没有给“{}”的一份：它没有申报", enterprise.name.value)));
    }
    match project.register.catalogues.get_key_value(&named) {
        Some((slug, catalogue)) => Ok(Some(Job::Catalogue { slug, catalogue })),
        None => Err(Failure::Unknown(format!("“{named}”已印发，源文件不在工作区里；它的定本在 data/issued/{named}"))),
    }
}

fn pictures(root: &Path, options: &Render, stem: &str, made: &Made) -> Result<Vec<PathBuf>, Failure> {
    page_by_page(root, &target(options, stem, "png"), made.pages, |page| picture(&made.pdf, page, PPI))
}

/// The pages as they are set today, also those of an issued document, whose print is a file.
fn drawings(
    root: &Path,
    options: &Render,
    stem: &str,
    workshop: &Workshop<'_>,
    made: &Made,
) -> Result<Vec<PathBuf>, Failure> {
    let drawing = workshop.drawing(&made.document).unwrap_or_default();
    let page = |page| drawing.svg(page, Letters::Outlines).map(String::into_bytes);
    page_by_page(root, &target(options, stem, "svg"), drawing.sheets.len(), page)
}

/// Writes each page to a file of its own, with its number where there are several.
fn page_by_page(
    root: &Path,
    first: &Path,
    pages: usize,
    picture: impl Fn(usize) -> Option<Vec<u8>>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for page in 0..pages {
        let part =
            |part: Option<&std::ffi::OsStr>| part.and_then(std::ffi::OsStr::to_str).unwrap_or_default().to_owned();
        let name = format!("{}-{}.{}", part(first.file_stem()), page + 1, part(first.extension()));
        let path = if pages == 1 { first.to_path_buf() } else { first.with_file_name(name) };
        let bytes = picture(page).ok_or_else(|| Failure::Other(format!("第{}页画不成图片", page + 1)))?;
        write_to(root, &path, &bytes)?;
        paths.push(path);
    }
    Ok(paths)
}

/// The document's page of the site, by itself.
fn page(workshop: &Workshop<'_>, made: &Made) -> (Vec<u8>, Report) {
    let mut document = made.document.clone();
    // At its own desk the office sees also what it does not publish; what is classified has no page at all.
    if document.masthead.secrecy.is_none() {
        document.record.publication.disclosure = Some(Disclosure::Open);
    }
    let notices = std::slice::from_ref(&document);
    let pdf = format!("{}/{}.pdf", site::notice_folder(&made.document.slug), made.document.slug);
    let size = site::FileFacts { bytes: made.pdf.len() as u64, pages: u32::try_from(made.pages).ok(), sums: None };
    // Its pictures lie where the site has them.
    let pictures = document.pictures().into_iter().map(|path| (site::figure_path(path), size));
    let files: BTreeMap<String, site::FileFacts> = pictures.chain([(pdf, size)]).collect();
    let shelves = Shelves { notices, datasets: &[], articles: Articles::of(&[]), files: &files, kept: false };
    page_at(workshop, &shelves, &format!("{}/index.html", site::notice_folder(&made.document.slug)))
}

/// One page of a site that shows these.
pub(super) fn page_at(workshop: &Workshop<'_>, shelves: &Shelves<'_>, wanted: &str) -> (Vec<u8>, Report) {
    let found = Mutex::default();
    let report = workshop.pages(shelves, &|page: site::Page| {
        if page.path == wanted {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = page.bytes;
        }
    });
    (found.into_inner().unwrap_or_else(PoisonError::into_inner), report)
}
