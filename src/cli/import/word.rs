//! Word 稿 — a draft becomes a notice of the workspace: its elements are told, what cannot be carried over is listed, and it is written only where
//! nothing stands yet.

use std::path::PathBuf;

use super::super::arguments::{ChangesRead, Common, FindingFormat, Import};
use super::super::opened::Opened;
use super::super::table::{Align, table};
use super::super::{Ending, Failure, findings, print, unwritten};
use super::shown::list;
use crate::disk::{make_folders, rewrite, write_file};
use crate::document::Genre;
use crate::exchange::word::{Changes, Elements, Manuscript, Sheet, open};
use crate::project::{Project, is_there};

/// Whether a file is to be read as a draft: by its name, by what it holds, or because a 文种 was named.
pub(super) fn is_document(name: &str, bytes: &[u8], options: &Import) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let by_name = matches!(ending.as_str(), "docx" | "docm" | "doc" | "dotx" | "wps" | "rtf");
    let by_kind = options.kind.as_deref().is_some_and(|kind| kind != "目录" && Genre::named(kind).is_some());
    // The names of the parts stand in the package as they are.
    let holds = |part: &[u8]| bytes.starts_with(b"PK") && bytes.windows(part.len()).any(|window| window == part);
    let is_table = matches!(ending.as_str(), "xlsx" | "xlsm" | "xls" | "ods" | "csv");
    by_name || by_kind || (!is_table && holds(b"word/document.xml"))
}

pub(super) fn run(common: &Common, options: &Import, name: &str, bytes: &[u8]) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("导入")?;
    let manuscript = read(options, name, bytes)?;
    let elements = Elements::of(&manuscript);
    let genre = genre(options, &elements, name)?;
    let stem = options.name.clone().unwrap_or_else(|| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned());
    let path = free_path(&opened.project, &stem)?;
    let pictures: Vec<Option<String>> = manuscript
        .endings()
        .iter()
        .enumerate()
        .map(|(index, ending)| ending.map(|ending| format!("data/pictures/{stem}-{}.{ending}", index + 1)))
        .collect();
    let sheet = Sheet { genre: genre.name(), office: &opened.project.office.name, pictures: &pictures };
    let text = elements.source(sheet);
    if !common.quiet {
        told(&manuscript, &elements, &pictures);
    }
    if options.dry_run {
        print::out(&text);
        print::error("只看，没有写");
        return Ok(Ending::Fine);
    }
    let root = opened.project.root.clone();
    for (picture, path) in manuscript.pictures.iter().zip(&pictures) {
        if let Some(path) = path {
            make_folders(&root.join("data/pictures"))?;
            write_file(&root.join(path), &picture.bytes)?;
        }
    }
    make_folders(&root.join("data/notices"))?;
    let shown = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
    rewrite(&path, None, text.as_bytes()).map_err(|error| unwritten(&shown, error))?;
    print::error(&format!("写入 {shown}。核对要素和正文，然后运行 hongtou render {stem}"));
    // What the editor's checks say of it, as it stands now.
    let Opened { project, report, .. } = common.open(&[])?;
    let mut own = crate::diag::Report::default();
    let of_this = |path: &str| path == shown;
    own.extend(
        report
            .findings()
            .iter()
            .filter(|finding| {
                let path =
                    finding.place.and_then(|place| project.sources.get(place.file)).map(crate::source::Source::path);
                path.is_some_and(of_this)
            })
            .cloned(),
    );
    findings::show(&mut own, &project.sources, FindingFormat::Text);
    Ok(Ending::of(&own))
}

/// What stands in a draft, its changes read as they were asked for.
pub(super) fn read(options: &Import, name: &str, bytes: &[u8]) -> Result<Manuscript, Failure> {
    let changes = match options.changes {
        ChangesRead::Accepted => Changes::Accepted,
        ChangesRead::Rejected => Changes::Rejected,
    };
    open(bytes, changes).map_err(|error| Failure::Other(format!("{name}：{error}")))
}

/// The 文种: as it was named, or as the title says.
fn genre(options: &Import, elements: &Elements, name: &str) -> Result<Genre, Failure> {
    if let Some(asked) = &options.kind {
        let known = || Genre::ALL.map(Genre::name).join("、");
        return Genre::named(asked)
            .ok_or_else(|| Failure::Unknown(format!("没有文种“{asked}”；--as 可以写：{}", known())));
    }
    Genre::of_title(&elements.title).ok_or_else(|| {
        let title = if elements.title.is_empty() {
            "没有认出标题，".to_owned()
        } else {
            format!("标题“{}”里", elements.title)
        };
        Failure::Other(format!("{title}看不出 {name} 是什么文种；写明 --as，如 --as 通知"))
    })
}

fn free_path(project: &Project, stem: &str) -> Result<PathBuf, Failure> {
    if stem.is_empty() || stem.starts_with('.') || stem.contains(['/', '\\', ':']) {
        return Err(Failure::Unknown(format!("“{stem}”不能作文件名；写明 --name")));
    }
    let path = project.root.join("data/notices").join(format!("{stem}.md"));
    if is_there(&path) {
        return Err(Failure::Other(format!("data/notices/{stem}.md 已经有了，没有改动；用 --name 换一个名称")));
    }
    Ok(path)
}

/// Says which element is what, what was changed by whom, and what is not carried over.
fn told(manuscript: &Manuscript, elements: &Elements, pictures: &[Option<String>]) {
    let day = |day: Option<crate::calendar::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let attachments: Vec<&str> = elements.attachments.iter().map(|(name, _)| name.as_str()).collect();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let rows = [
        ("发文机关标志", text(&elements.mark)),
        ("发文字号", text(&elements.number)),
        ("签发人", elements.signatories.join("、")),
        ("标题", elements.title.clone()),
        ("主送", text(&elements.addressee)),
        (if elements.issues { "印发的文件" } else { "附件" }, attachments.join("；")),
        ("署名", elements.signatures.join("、")),
        ("成文日期", day(elements.day)),
        ("附注", text(&elements.note)),
        ("抄送", elements.copies_to.join("；")),
        ("印发", format!("{} {}", text(&elements.printed_by), day(elements.printed_on)).trim().to_owned()),
    ];
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| vec![key.to_owned(), value])
        .collect();
    print::out(&table(&[("要素", Align::Left), ("认作", Align::Left)], &rows));
    let changes =
        manuscript.changes.iter().map(|change| format!("{}  {}：{}", change.author, change.edit.name(), change.text));
    list("修订，已照读法处理", &changes.collect::<Vec<_>>());
    let comments = manuscript.comments.iter();
    let comments = comments.map(|comment| format!("{}  在“{}”：{}", comment.author, comment.on, comment.text));
    list("批注，没有带", &comments.collect::<Vec<_>>());
    let lost = manuscript.pictures.iter().zip(pictures).filter(|(_, path)| path.is_none());
    let lost =
        lost.map(|(picture, _)| format!("图没有带：{} 不是 PNG、JPEG 或 GIF，在 Word 里另存为图片再加", picture.name));
    let all = elements.remarks.iter().chain(&manuscript.remarks).cloned().chain(lost);
    list("要知道的", &all.collect::<Vec<_>>());
}
