//! The texts of `tests/cases/markdown/*.md`, each beside what is read from it; and that data stays data.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::diag::Diagnostic;
use crate::draft::escape::escape;
use crate::draft::shown::show_blocks;
use crate::source::Source;

#[test]
fn the_cases_are_read_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/markdown");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    cases.sort();
    assert!(cases.len() > 8);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in cases {
        let text = fs::read_to_string(&case).unwrap();
        let name = case.file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(shown(&text.replace('\n', "\r\n")), shown(&text), "{name} with the line ends of Windows");
        settings.bind(|| insta::assert_snapshot!(name, shown(&text)));
    }
}

/// A text's parts, one a line, and its findings below.
fn shown(text: &str) -> String {
    let source = Source::new("case.md", text);
    let (parsed, report) = parse(text, Ground::File(FileId(0), 0));
    let mut out = String::new();
    show_blocks(&mut out, &parsed.body, "");
    for attachment in &parsed.attachments {
        writeln!(out, "== {}：{}", attachment.label, attachment.title).unwrap();
        show_blocks(&mut out, &attachment.body, "");
    }
    if !report.is_empty() {
        out.push_str("----\n");
    }
    for finding in report.findings() {
        let (line, column) = source.line_column(finding.place.unwrap().start as usize);
        writeln!(out, "{line}:{column} {:?} {}", finding.severity, finding.message).unwrap();
        writeln!(out, "    {}", finding.help.as_deref().unwrap_or("-")).unwrap();
    }
    out
}

/// Everything that a text prints, without blanks.
fn printed(parsed: &Parsed) -> String {
    let mut out = String::new();
    for block in &parsed.body {
        match block {
            Block::Heading { label, text, .. } => out.extend([label.text.clone(), plain(text)]),
            Block::Paragraph { label, text, .. } => {
                out.push_str(label.as_ref().map_or("", |label| &label.text));
                out.push_str(&plain(text));
            }
            Block::Table(table) => {
                for row in &table.rows {
                    out.extend(row.cells.iter().map(|cell| plain(&cell.text)));
                }
            }
            other => panic!("data became {other:?}"),
        }
    }
    squeezed(&out)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// What a value prints as: raised and lowered characters as ordinary ones.
fn expected(value: &str) -> String {
    squeezed(&plain(&crate::document::inlines(value)))
}

/// Values made of the characters that mean something somewhere.
fn awkward() -> impl Strategy<Value = String> {
    let marks = "*_#>+-=.1234()（）[]!<>&;`~^|\\/:\"'{}$@ \t\n一二、表：附件出席章第甲a²₂“”。";
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(marks.chars().collect::<Vec<_>>()), 0..24)
            .prop_map(|chars| chars.into_iter().collect()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn a_value_prints_as_its_characters(value in awkward()) {
        let safe = escape(&value);
        let (parsed, report) = parse(&safe, Ground::File(FileId(0), 0));
        prop_assert_eq!(printed(&parsed), expected(&value), "alone: {}", safe);
        prop_assert!(report.is_empty(), "{:?}", report);
        for block in &parsed.body {
            prop_assert!(matches!(block, Block::Paragraph { label: None, .. }), "{:?}", block);
        }
        let middle = format!("甲{safe}乙**{safe}**丙");
        let (parsed, _) = parse(&middle, Ground::File(FileId(0), 0));
        if !expected(&value).is_empty() {
            let value = expected(&value);
            prop_assert_eq!(printed(&parsed), format!("甲{value}乙{value}丙"), "inside: {}", middle);
        }
        let cell = format!("| 列 |\n|---|\n| {safe} |\n");
        let (parsed, _) = parse(&cell, Ground::File(FileId(0), 0));
        prop_assert_eq!(printed(&parsed), expected(&value), "cell: {}", cell);
    }

    #[test]
    fn no_text_makes_it_fail(text in awkward(), more in any::<String>()) {
        let text = format!("{text}\n\n{more}");
        let _ = parse(&text, Ground::File(FileId(0), 0));
    }
}

#[test]
fn a_name_that_looks_like_code_prints_as_it_is() {
    let name = r#"#read("/etc/passwd") {{x}} <script>alert(1)</script> $x$ *b*"#;
    let (parsed, report) = parse(&escape(name), Ground::File(FileId(0), 0));
    assert_eq!(parsed.body, [paragraph(None, vec![Inline::text(name)])]);
    assert!(report.is_empty());
}

#[test]
fn deep_nesting_is_borne() {
    for mark in ["> ", "- ", "  - ", "1. ", "*", "**a", "[", "![", "`", "<a>", "(", "~"] {
        let text = mark.repeat(10_000) + "甲";
        let _ = parse(&text, Ground::File(FileId(0), 0));
    }
    let nested = (0..200).fold(String::new(), |text, depth| text + &"  ".repeat(depth) + "- 甲\n");
    let (parsed, _) = parse(&nested, Ground::File(FileId(0), 0));
    let mut all = String::new();
    show_blocks(&mut all, &parsed.body, "");
    assert_eq!(all.matches('甲').count(), 200);
}

/// Lines as people type them.
const LINES: [&str; 16] = [
    "一、总体要求",
    "二、主要任务，分三步走。",
    "（一）加强领导",
    "（二）按照第三条第（一）款",
    "(三)半角的括号。",
    "1.建立台账；",
    "2. 限期整改。",
    "1、顿号的序号。",
    "（1）先做甲。",
    "各单位要高度重视，",
    "明确责任。",
    "> 引文。",
    "- 一点",
    "表：名单｜单位：元",
    "企业\t金额",
    "甲**乙**\t1|2",
];

proptest! {
    /// What a text is read as stays when it is written in the form that is asked for; and then nothing is left to write.
    #[test]
    fn a_mended_text_is_read_alike(lines in proptest::collection::vec((0..LINES.len(), 1..3_usize), 1..14), windows: bool) {
        let mut text = String::new();
        for (line, ends) in &lines {
            text.extend([LINES[*line], &"\n".repeat(*ends)]);
        }
        if windows {
            text = text.replace('\n', "\r\n");
        }
        let (read, report) = parse(&text, Ground::File(FileId(0), 0));
        let edits: Vec<Edit> = report.findings().iter().flat_map(Diagnostic::slips).cloned().collect();
        let mended = crate::source::edited(&text, &edits);
        let (again, report) = parse(&mended, Ground::File(FileId(0), 0));
        let blocks = |parsed: &Parsed| {
            let mut out = String::new();
            show_blocks(&mut out, &parsed.body, "");
            out
        };
        prop_assert_eq!(blocks(&again), blocks(&read), "{}\n----\n{}", text, mended);
        let left: Vec<&Edit> = report.findings().iter().flat_map(Diagnostic::slips).collect();
        prop_assert!(left.is_empty(), "{:?}\n{}\n----\n{}", left, text, mended);
        prop_assert_eq!(edits.is_empty(), mended == text);
    }
}

/// A line that hangs on to the paragraph before it may be made one of its own: a person is asked, and then it is.
#[test]
fn a_line_that_hangs_on_may_be_split_off() {
    let text = "文字\n（一）接着写\n";
    let (read, report) = parse(text, Ground::File(FileId(0), 0));
    let remedy = report.findings().iter().find_map(|finding| finding.remedy.as_deref()).unwrap();
    assert_eq!(remedy.asks, Some("另起一段"));
    let split = crate::source::edited(text, &remedy.edits);
    let (again, report) = parse(&split, Ground::File(FileId(0), 0));
    assert!(report.findings().iter().all(|finding| finding.remedy.is_none()), "{report:?}");
    assert_eq!((read.body.len(), again.body.len()), (1, 2), "{split}");
}

/// Numbers that were covered print as they stand, and nothing is said of their asterisks.
#[test]
fn what_covers_a_number_is_no_emphasis() {
    let text = "手机138****5678；另一人139****0000，证件410101********123X。\n";
    let (read, report) = parse(text, Ground::File(FileId(0), 0));
    let mut out = String::new();
    show_blocks(&mut out, &read.body, "");
    assert!(out.contains(text.trim()) && report.findings().is_empty(), "{out}{report:?}");
}
