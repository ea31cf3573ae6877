//! The wording that comes with the program: every template and every new notice makes a document without findings.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::shown::show_document;
use super::template::SUFFIX;
use super::*;
use crate::calendar::{Calendar, Day, HolidayYear};
use crate::document::Document;
use crate::source::{FileId, Source};

fn files(folder: &str, suffix: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(suffix));
    files.sort();
    files
}

fn templates() -> Templates {
    let sources: Vec<_> = files("templates/notices", SUFFIX)
        .iter()
        .map(|path| Source::new(path.to_string_lossy(), fs::read_to_string(path).unwrap()))
        .collect();
    let (templates, report) = Templates::new(sources.iter().map(|source| (FileId(9), source)));
    assert!(report.is_empty(), "{report:?}");
    templates
}

fn calendar() -> Calendar {
    let years = files("data/calendar", ".yaml").into_iter().map(|path| {
        let source = Source::new("", fs::read_to_string(path).unwrap());
        crate::yaml::read::<HolidayYear>(FileId(8), &source).0.unwrap()
    });
    Calendar::new(years)
}

fn made(text: &str, slug: &str, templates: &Templates, facts: Value) -> Document {
    let source = Source::new(format!("data/notices/{slug}.md"), text);
    let (notice, report) = Notice::read(FileId(0), &source);
    assert!(report.is_empty(), "{slug} {report:?}");
    let (on, calendar) = (Day::new(2024, 7, 1).unwrap(), calendar());
    let setting = Setting { office: "示例市工业和信息化局", templates, calendar: &calendar, on };
    let (document, report) = compose(&notice.unwrap(), slug, &setting, facts);
    assert!(report.is_empty(), "{slug} {report:?}");
    document.unwrap()
}

#[test]
fn the_templates_make_what_is_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/wording");
    let facts: Value = serde_json::from_str(&fs::read_to_string(folder.join("facts.json")).unwrap()).unwrap();
    let templates = templates();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let cases = files("tests/cases/wording", ".md");
    assert_eq!(cases.len(), templates.names().count(), "a case for each template");
    for case in cases {
        let slug = case.file_stem().unwrap().to_string_lossy().into_owned();
        let document = made(&fs::read_to_string(&case).unwrap(), &slug, &templates, facts.clone());
        settings.bind(|| insta::assert_snapshot!(slug, show_document(&document)));
    }
}

#[test]
fn every_new_notice_is_right_as_it_comes() {
    let facts = json!({ "全称": "示例市工业和信息化局", "简称": "市工信局", "代字": "示工信", "电话": "0000-1", "年": "2024", "今天": "2024-06-03", "奖励年度": "2023", "申报年度": "2023", "号": "1", "政策": "xincailiao-2022" });
    let (templates, _) = Templates::new([]);
    let cases = files("templates/new", ".md");
    assert_eq!(cases.len(), 30);
    for case in cases {
        let name = case.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&case).unwrap();
        let (text, report) = templates.fill(&text, crate::source::Place::head(FileId(0)), &facts.clone().into());
        assert!(report.is_empty(), "{name} {report:?}");
        if text.contains("\n模板:") {
            // Its text is made of data: here its head is read.
            let (notice, report) = Notice::read(FileId(0), &Source::new("data/notices/a.md", text));
            assert!(notice.is_some() && report.is_empty(), "{name} {report:?}");
            continue;
        }
        let document = made(&text, &name, &templates, json!({}));
        let expected = match name.as_str() {
            "令" => "命令",
            "公开指南" | "依申请公开" => "公告",
            "公开年报" => "报告",
            name => name,
        };
        assert_eq!(document.genre.name(), expected);
    }
}

#[test]
fn the_sample_notices_written_by_hand_are_right() {
    let (templates, _) = Templates::new([]);
    let mut seen = 0;
    for path in files("data/notices", ".md").iter().chain(&files("data/policies/xincailiao-2022", ".md")) {
        let text = fs::read_to_string(path).unwrap();
        if !text.contains("\n模板:") && text.starts_with("---") {
            made(&text, &path.file_stem().unwrap().to_string_lossy(), &templates, json!({}));
            seen += 1;
        }
    }
    assert!(seen > 4);
}
