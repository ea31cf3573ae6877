//! Foreign tables, made by other programs and left as people leave them (`tests/cases/exchange`): each is imported into the sample
//! workspace and held against what an official says beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hongtou::money::Money;
use hongtou::source::FileId;
use hongtou::yaml::{self, Node, NodeKind};

use crate::workspace::Workspace;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/exchange/excel")
}

fn tree(text: &str) -> Node {
    let (root, report) = yaml::parse(FileId(0), text, 0);
    assert!(root.is_some(), "{report:?}\n{text}");
    root.unwrap()
}

fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    match node.child(key).map(|node| &node.kind) {
        Some(NodeKind::List(items)) => items,
        _ => &[],
    }
}

/// What a value says, amounts by their value, a list of one as the one.
fn meaning(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => String::new(),
        NodeKind::Scalar(text) => {
            text.parse::<Money>().map_or_else(|_| text.split_whitespace().collect(), Money::exact_text)
        }
        NodeKind::List(items) => items.iter().map(meaning).collect::<Vec<_>>().join("、"),
        NodeKind::Map(pairs) => {
            let pairs: BTreeMap<String, String> =
                pairs.iter().map(|(key, value)| (meaning(key), meaning(value))).collect();
            format!("{pairs:?}")
        }
    }
}

/// The records of a list by what they are known by.
fn records(items: &[Node], key: &str) -> BTreeMap<String, String> {
    items.iter().map(|item| (item.child(key).map(meaning).unwrap_or_default(), meaning(item))).collect()
}

/// Whether a place is one cell: `申报表!G17`, no range and no sheet.
fn is_cell(place: &str) -> bool {
    place.split_once('!').is_some_and(|(_, cell)| !cell.contains(':') && cell.ends_with(|c: char| c.is_ascii_digit()))
}

/// The kinds that `import` knows, with the key of their records.
fn key_of(kind: &str) -> Option<&'static str> {
    match kind {
        "申报" => Some("企业"),
        "企业" => Some("统一社会信用代码"),
        "人才目录" => Some("编号"),
        _ => None,
    }
}

/// Every record of a workspace's files of a kind.
fn written(workspace: &Workspace, kind: &str) -> BTreeMap<String, String> {
    let root = workspace.path("");
    if kind == "申报" {
        let text = fs::read_to_string(root.join("data/declarations/2025.yaml")).unwrap_or_default();
        return if text.is_empty() { BTreeMap::new() } else { records(items(&tree(&text), "申报"), "企业") };
    }
    if kind == "人才目录" {
        let text = fs::read_to_string(root.join("data/catalogues/jinque-rencai-2026.yaml")).unwrap_or_default();
        return if text.is_empty() { BTreeMap::new() } else { records(items(&tree(&text), "条目"), "编号") };
    }
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(root.join("data/enterprises")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        if let NodeKind::List(items) = tree(&text).kind {
            all.extend(records(&items, "统一社会信用代码"));
        }
    }
    all
}

#[test]
fn foreign_tables_are_read_as_an_official_reads_them() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.into_iter().filter(|path| path.to_string_lossy().ends_with(".期望.yaml")) {
        let wanted = tree(&fs::read_to_string(&file).unwrap());
        let text = |key: &str| wanted.child(key).and_then(Node::text).unwrap_or_default();
        let Some(key) = key_of(text("种类")) else { continue };
        tried += 1;
        let name = file.file_name().unwrap().to_string_lossy().replace(".期望.yaml", "");
        let workspace = Workspace::sample();
        let table = folder().join(&name);
        let table = table.to_string_lossy();
        let mut arguments =
            vec!["import", &table, "--as", text("种类"), "--format", "json", "--quiet", "--on", "2026-06-01"];
        if text("种类") == "申报" {
            arguments.extend(["--year", "2025"]);
        }
        if text("种类") == "人才目录" {
            arguments.extend(["--of", "jinque-rencai", "--edition", "2026年版", "--from", "2026-07-01"]);
        }
        let before = written(&workspace, text("种类"));
        let errors = !items(&wanted, "问题").is_empty();
        let kept = !items(&wanted, "记录").is_empty();
        if errors && kept {
            arguments.push("--partial");
        }
        let run = workspace.run(&arguments);
        // What was found, cell by cell.
        if run.code == Some(2) {
            let said = items(&wanted, "问题").iter().filter_map(|one| one.child("说").and_then(Node::text));
            wrong.extend(
                said.filter(|said| !run.err.contains(said)).map(|said| format!("{name}: “{said}” in {}", run.err)),
            );
            if !errors {
                wrong.push(format!("{name}: {}", run.err));
            }
            continue;
        }
        let found: Vec<serde_json::Value> =
            serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{name}: {error} {}", run.err));
        let cells: BTreeSet<String> = found
            .iter()
            .filter(|one| one["级别"] == "错误")
            .map(|one| one["格"].as_str().unwrap_or_default().to_owned())
            .collect();
        let said: BTreeSet<String> = items(&wanted, "问题")
            .iter()
            .filter_map(|one| one.child("格").and_then(Node::text))
            .map(str::to_owned)
            .collect();
        // What was read otherwise than it stands is told.
        let told: BTreeSet<&str> = found.iter().filter_map(|one| one["格"].as_str()).collect();
        let remarks = items(&wanted, "提示").iter().filter_map(|one| one.child("格").and_then(Node::text));
        let silent: Vec<&str> = remarks.filter(|cell| is_cell(cell) && !told.contains(cell)).collect();
        if !silent.is_empty() {
            wrong.push(format!("{name}: not told {silent:?}"));
        }
        if cells != said {
            let missed: Vec<_> = said.difference(&cells).collect();
            let more: Vec<_> = cells.difference(&said).collect();
            wrong.push(format!("{name}: not found {missed:?}; found besides {more:?}"));
        }
        // What was written.
        let after = written(&workspace, text("种类"));
        let fresh: BTreeMap<_, _> = after.into_iter().filter(|(key, value)| before.get(key) != Some(value)).collect();
        let expected = records(items(&wanted, "记录"), key);
        if fresh != expected {
            let differ: Vec<_> = expected.iter().filter(|(key, value)| fresh.get(*key) != Some(value)).collect();
            let more: Vec<_> = fresh.iter().filter(|(key, value)| expected.get(*key) != Some(value)).collect();
            wrong.push(format!("{name}: wanted {differ:?}\n   written {more:?}"));
        }
        // A second time nothing changes.
        if kept {
            let again = workspace.run(&arguments);
            if !again.err.contains("没有改动") {
                wrong.push(format!("{name}: again: {}", again.err));
            }
        }
    }
    assert!(tried > 12, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
}

/// A file for one who fills it in again: what is wrong is red and has a note; the original is not touched.
#[test]
fn faulty_cells_are_marked_in_a_copy() {
    let workspace = Workspace::sample();
    let table = folder().join("杂乱.xlsx");
    let copy = workspace.path("退回.xlsx");
    let arguments =
        ["import", &table.to_string_lossy(), "--year", "2025", "--mark", &copy.to_string_lossy(), "--on", "2026-06-01"];
    let run = workspace.run(&arguments);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let bytes = fs::read(&copy).unwrap();
    let marked = hongtou::exchange::workbook::open("退回.xlsx", &bytes).unwrap();
    let list = marked.sheets.iter().find(|sheet| &*sheet.name == "问题").unwrap();
    assert!(list.rows.values().any(|row| row.values().any(|cell| cell.shown() == "申报表!G17")));
    // Twice the same bytes.
    workspace.run(&arguments);
    assert_eq!(fs::read(&copy).unwrap(), bytes);
    // Never over the original.
    let over = workspace.path("原件.xlsx");
    fs::copy(&table, &over).unwrap();
    let over = over.to_string_lossy();
    let run = workspace.run(&["import", &over, "--year", "2025", "--mark", &over]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("不能写在原来的文件上"), "{}", run.err);
}

/// A column that nobody knows is said once and known the next time; a declaration that is there keeps its comments.
#[test]
fn a_column_is_said_once() {
    let workspace = Workspace::sample();
    let before = workspace.read("data/declarations/2024.yaml");
    let csv = workspace.path("补报.csv");
    fs::write(&csv, "信用代码,产品全称,2024年销售额(万元)\n91410181MA0000015M,高强高韧航空铝合金板,38400.5\n").unwrap();
    let csv = csv.to_string_lossy();
    let run = workspace.run(&["import", &csv, "--as", "申报", "--year", "2024", "--on", "2026-06-01"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    let said = workspace.run(&[
        "import",
        &csv,
        "--as",
        "申报",
        "--year",
        "2024",
        "--on",
        "2026-06-01",
        "--map",
        "产品全称=产品.名称",
        "--partial",
    ]);
    assert!(said.out.contains("38400.5万元"), "{}{}", said.out, said.err);
    assert!(workspace.read("data/imports/申报.yaml").contains("产品全称: 产品.名称"));
    let after = workspace.read("data/declarations/2024.yaml");
    let changed: Vec<(&str, &str)> = before.lines().zip(after.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!((changed.len(), before.lines().count()), (1, after.lines().count()), "{changed:?}");
    let again = workspace.run(&["import", &csv, "--as", "申报", "--year", "2024", "--on", "2026-06-01"]);
    assert!(again.err.contains("没有改动"), "{}", again.err);
}

/// What is not understood is said, and nothing is written: a file without a table, a column that is not there, an item that is none, heads
/// that cannot be read.
#[test]
fn what_is_not_understood_is_said() {
    let workspace = Workspace::sample();
    let before = workspace.contents("data");
    workspace.write("空表.csv", "会议日程,上午\n报到,九点\n");
    workspace
        .write("补报.csv", "信用代码,产品名称,2024年销售额(万元)\n91410181MA0000015M,高强高韧航空铝合金板,38400\n");
    let says = |arguments: &[&str], words: &str| {
        let run = workspace.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?} {}{}", run.out, run.err);
        assert!(run.err.contains(words), "{arguments:?} {}", run.err);
    };
    let (none, some) = (workspace.path("空表.csv"), workspace.path("补报.csv"));
    let (none, some) = (none.to_string_lossy(), some.to_string_lossy());
    says(&["import", &none], "看不出 空表.csv 是什么表");
    says(&["import", &none, "--as", "申报", "--year", "2024"], "没有认出申报的表");
    says(&["import", &some, "--as", "申报"], "看不出是哪一年度的申报");
    says(
        &["import", &some, "--year", "2024", "--map", "产品全程=产品.名称"],
        "表里没有“产品全程”这一列；有的是：信用代码、产品名称",
    );
    says(&["import", &some, "--year", "2024", "--map", "产品名称=产品.品名"], "没有这一项；可以写：");
    says(&["import", &some, "--as", "目录"], "写明是哪一个目录");
    let over = workspace.path("data/declarations/标注.xlsx");
    says(&["import", &some, "--year", "2024", "--mark", &over.to_string_lossy()], "在工作区的 data 里");
    assert!(before == workspace.contents("data"));
    workspace.write("data/imports/申报.yaml", "产品全称: [");
    says(&["import", &some, "--as", "申报", "--year", "2024"], "data/imports/申报.yaml 第");
    workspace.write("templates/imports.yaml", "企业:\n  名称: [单位]\n申抱: {}\n");
    says(&["import", &some, "--as", "申报", "--year", "2024"], "templates/imports.yaml 第");
}

/// What the file itself is, is told: macros, another ending; and a program reads nothing but JSON.
#[test]
fn what_the_file_is_is_told() {
    let workspace = Workspace::sample();
    for (name, words) in [("宏.xlsm", "文件里有宏"), ("其实是xls.xlsx", "内容是旧的 .xls")] {
        let table = folder().join(name);
        let arguments = ["import", &table.to_string_lossy(), "--year", "2025", "--dry-run", "--on", "2026-06-01"];
        let run = workspace.run(&arguments);
        assert!(run.out.contains(words), "{name}: {}{}", run.out, run.err);
        let run = workspace.run(&[&arguments[..], &["--format", "json"]].concat());
        let found: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
        assert!(
            found.iter().any(|one| one["问题"].as_str().is_some_and(|said| said.contains(words))),
            "{name}: {found:?}"
        );
    }
}

/// Two at the same time: one after the other, and nothing of either is lost.
#[test]
fn two_imports_at_once_are_both_there() {
    let workspace = Workspace::sample();
    let table = |name: &str| folder().join(name).to_string_lossy().into_owned();
    let (one, other) = (table("区县报表.xlsx"), table("多表.xlsx"));
    let arguments = |file| ["import", file, "--year", "2025", "--on", "2026-06-01"];
    std::thread::scope(|scope| {
        let runs = [&one, &other].map(|file| scope.spawn(|| workspace.run(&arguments(file))));
        for run in runs {
            let run = run.join().unwrap();
            assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        }
    });
    for file in [&one, &other] {
        let again = workspace.run(&arguments(file));
        assert!(again.err.contains("没有改动"), "{}{}", again.out, again.err);
    }
}
