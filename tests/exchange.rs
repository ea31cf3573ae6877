//! Foreign tables, made by other programs and left as people leave them (`tests/cases/exchange`): each is imported into the sample
//! workspace and held against what an official says beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hongtou::money::Money;
use hongtou::source::FileId;
use hongtou::yaml::{self, Node, NodeKind};

use crate::workspace::Workspace;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/exchange/excel")
}

pub fn tree(text: &str) -> Node {
    let (root, report) = yaml::parse(FileId(0), text);
    assert!(root.is_some(), "{report:?}\n{text}");
    root.unwrap()
}

pub fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
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
        "目录" | "人才目录" | "台账" => Some("编号"),
        "放假" => Some("日期"),
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
    if kind == "放假" || kind == "台账" {
        let lists = if kind == "放假" { ["放假", "调休上班"] } else { ["已兑现", "结清"] };
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(root.join(if kind == "放假" { "data/calendar" } else { "data/ledger" })).unwrap() {
            let root = tree(&fs::read_to_string(entry.unwrap().path()).unwrap());
            for (list, node) in lists.iter().flat_map(|list| items(&root, list).iter().map(move |node| (list, node))) {
                let id = node.child(if kind == "放假" { "日期" } else { "编号" }).map(meaning).unwrap_or_default();
                all.insert(id, format!("{}{}", if kind == "放假" { *list } else { "" }, meaning(node)));
            }
        }
        return all;
    }
    if kind.ends_with("目录") {
        let stem = if kind == "目录" { "gaoduan-lv" } else { "jinque-rencai" };
        let text = fs::read_to_string(root.join(format!("data/catalogues/{stem}-2026.yaml"))).unwrap_or_default();
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

/// What an official says that a file comes to.
fn expected(wanted: &Node, kind: &str, key: &str) -> BTreeMap<String, String> {
    let years = items(wanted, "记录");
    let under = |list: &str| -> Vec<(String, String)> {
        let mark = if kind == "放假" { list } else { "" };
        let all = years.iter().flat_map(|year| items(year, list));
        all.map(|node| (node.child(key).map(meaning).unwrap_or_default(), format!("{mark}{}", meaning(node)))).collect()
    };
    match kind {
        "放假" => under("放假").into_iter().chain(under("调休上班")).collect(),
        "台账" => under("末尾添加").into_iter().collect(),
        _ => records(years, key),
    }
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
        if text("种类") == "目录" && wanted.child("列").is_some() && items(&wanted, "问题").is_empty() {
            let edition = ["--of", "gaoduan-lv", "--edition", "2026年版", "--from", "2026-07-01", "--repair"];
            arguments.extend(edition);
        }
        if text("种类") == "放假" {
            arguments.extend(["--year", text("年度")]);
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
        // Superscripts that were put back.
        let put_back = |cell: &str, new: &str| {
            let of = found.iter().filter(|one| one["格"] == cell);
            of.filter_map(|one| one["问题"].as_str()).any(|said| said.contains(&format!("→{new}")))
        };
        for one in items(&wanted, "修补").iter().filter(|_| arguments.contains(&"--repair")) {
            let of = |key: &str| one.child(key).and_then(Node::text).unwrap_or_default();
            if !put_back(of("格"), of("改")) {
                wrong.push(format!("{name}: {} {} not put back", of("格"), of("原")));
            }
        }
        if cells != said {
            let missed: Vec<_> = said.difference(&cells).collect();
            let more: Vec<_> = cells.difference(&said).collect();
            wrong.push(format!("{name}: not found {missed:?}; found besides {more:?}"));
        }
        // What was written.
        let after = written(&workspace, text("种类"));
        let fresh: BTreeMap<_, _> = after.into_iter().filter(|(key, value)| before.get(key) != Some(value)).collect();
        let expected = expected(&wanted, text("种类"), key);
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
    says(&["import", &some, "--year", "2024", "--into", "zuotan-2024"], "--into 只用于Word 稿");
    says(&["import", &some, "--year", "2024", "--name", "某某"], "--name 只用于Word 稿");
    says(&["import", "没有的.xlsx"], "没有的.xlsx 读不了：路径不存在");
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

/// What a workspace holds goes to Excel and comes back as it was: every kind, all years.
#[test]
fn what_is_exported_is_read_back_unchanged() {
    let workspace = Workspace::sample();
    let before = workspace.contents("data");
    let table = workspace.path("表.xlsx");
    let table = table.to_string_lossy();
    let same = |kind: &[&str], more: &[&str]| {
        let run = workspace.run(&[&["export"], kind, more, &["-o", &table]].concat());
        assert_eq!(run.code, Some(0), "{kind:?} {}{}", run.out, run.err);
        let run = workspace.run(&[&["import", &table, "--as"], kind, more, &["--on", "2026-06-01"]].concat());
        assert!(run.err.contains("没有改动"), "{kind:?} {more:?}: {}{}", run.out, run.err);
    };
    same(&["企业"], &[]);
    same(&["台账"], &[]);
    for year in ["2022", "2023", "2024"] {
        same(&["申报"], &["--year", year]);
    }
    for catalogue in ["gaoduan-lv", "jinque-rencai", "shoupici"] {
        same(&["目录"], &["--of", catalogue]);
    }
    assert!(before == workspace.contents("data"));
    // The same bytes each time; a single sheet as csv; several are no csv.
    let first = fs::read(&*table).unwrap();
    workspace.run(&["export", "目录", "--of", "shoupici", "-o", &table]);
    assert_eq!(fs::read(&*table).unwrap(), first);
    let csv = workspace.path("表.csv");
    let csv = csv.to_string_lossy();
    assert_eq!(workspace.run(&["export", "企业", "-o", &csv]).code, Some(0));
    assert!(workspace.run(&["import", &csv, "--as", "企业"]).err.contains("没有改动"));
    let run = workspace.run(&["export", "申报", "-o", &csv]);
    assert!(run.code == Some(2) && run.err.contains("csv 只放得下一张表"), "{}", run.err);
}

/// Declarations that nobody drew, with names that Excel would compute: exported, taken away, imported, exported again.
#[test]
fn any_declarations_survive_a_round_trip() {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::{Config, TestRunner};

    let codes = ["91410181MA0000015M", "91410182MA0000058H", "91410108MA00001380", "91410106MA000012X3"];
    let amount = prop_oneof![
        (1..99_999_u32).prop_map(|wan| format!("{wan}万元")),
        (1..9_999_999_u32).prop_map(|cents| format!("{}.{:02}元", cents / 100, cents % 100)),
    ];
    let name =
        select(vec!["=1+1铝板", "+号", "-6系铝箔", "@带材", "“引号”型材", "a, b: c", "#45 钢带", "铝 板", "ＡＢ板"]);
    let product = (name, select(vec!["LJG-003", "LJG-005", "YHL-001"]), amount.clone(), amount.clone());
    let other = (select(vec!["四（五）7", "四（六）9"]), any::<bool>(), amount.clone());
    let one = (vec(product, 0..4), proptest::option::of(amount.clone()), proptest::option::of(other), amount);
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let workspace = Workspace::sample();
    let table = workspace.path("表.xlsx");
    let table = table.to_string_lossy().into_owned();
    let again = workspace.path("再导出.xlsx").to_string_lossy().into_owned();
    workspace.write("data/declarations/2025.yaml", "年度: 2025\n申报: []\n");
    let all = vec(one, codes.len());
    let run = runner.run(&all, |declared| {
        let mut text = "年度: 2026\n申报:\n".to_owned();
        for (code, (products, service, other, revenue)) in codes.iter().zip(&declared) {
            text += &format!("  - 企业: {code}\n    主营业务收入: {{ 2025: {revenue}, 2026: {revenue} }}\n");
            let mut seen = BTreeSet::new();
            let fresh: Vec<_> = products.iter().filter(|product| seen.insert(product.0.replace(' ', ""))).collect();
            if !fresh.is_empty() {
                text += "    产品:\n";
            }
            for (name, entry, old, new) in fresh {
                let name = name.replace('"', "");
                text += &format!(
                    "      - {{ 名称: \"{name}\", 目录条目: [{entry}], 销售额: {{ 2025: {old}, 2026: {new} }} }}\n"
                );
            }
            if let Some(service) = service {
                text += &format!("    环保: {{ 服务费用: {{ 2026: {service} }} }}\n");
            }
            if let Some((clause, paid, amount)) = other {
                let paid = if *paid { "是" } else { "否" };
                text += &format!(
                    "    其他政策: [{{ 条款: {clause}, 政策: 甲政策（2024）, 金额: {amount}, 已拨付: {paid} }}]\n"
                );
            }
        }
        workspace.write("data/declarations/2026.yaml", &text);
        let run = workspace.run(&["export", "申报", "--year", "2026", "-o", &table]);
        prop_assert!(run.err.contains("写入"), "{text}\n{}{}", run.out, run.err);
        fs::remove_file(workspace.path("data/declarations/2026.yaml")).unwrap();
        let run = workspace.run(&["import", &table, "--as", "申报", "--year", "2026", "--on", "2027-06-01", "-q"]);
        prop_assert_eq!(run.code, Some(0), "{}\n{}{}", text, run.out, run.err);
        workspace.run(&["export", "申报", "--year", "2026", "-o", &again]);
        prop_assert!(fs::read(&table).unwrap() == fs::read(&again).unwrap(), "{}", text);
        Ok(())
    });
    run.unwrap();
}

fn cells(workspace: &Workspace, name: &str) -> hongtou::exchange::workbook::Workbook {
    hongtou::exchange::workbook::open(name, &fs::read(workspace.path(name)).unwrap()).unwrap()
}

/// A form asks what the policies ask, knows what is known, and nobody who sends it back empty has declared anything.
#[test]
fn a_form_is_filled_in_and_read() {
    let workspace = Workspace::sample();
    let form = workspace.path("表.xlsx");
    let form = form.to_string_lossy().into_owned();
    let arguments =
        ["form", "申报", "--year", "2025", "--policy", "xincailiao-2022", "--district", "巩义市", "-o", &form];
    let run = workspace.run(&arguments);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let sheets = cells(&workspace, "表.xlsx");
    let names: Vec<&str> = sheets.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| &*sheet.name).collect();
    assert_eq!(names, ["企业", "产品", "保险", "环保", "项目"]);
    let text = |sheet: usize, row: u32, column: u32| sheets.sheets[sheet].cell(row, column).unwrap().shown();
    assert_eq!([text(1, 1, 4), text(1, 1, 5)], ["2024年销售额（万元）", "2025年销售额（万元）"]);
    assert_eq!([text(1, 2, 2), text(1, 2, 4)], ["高强高韧航空铝合金板", "38400"]);
    let run = workspace.run(&["import", &form, "--as", "申报", "--year", "2025", "--on", "2026-06-01"]);
    assert!(run.err.contains("没有改动") && run.out.contains("2025年的没有填"), "{}{}", run.out, run.err);
    // What nobody asks is not asked; a year that no policy covers is said.
    let run = workspace.run(&["form", "申报", "--year", "2031", "-o", &form]);
    assert!(run.code == Some(2) && run.err.contains("没有政策适用于2031年度"), "{}", run.err);
}

/// The tables for the finance bureau: every sum is the one that is printed, codes are text, what is refused only if it is asked for.
#[test]
fn awards_go_to_excel_to_the_cent() {
    use hongtou::exchange::workbook::Content;
    use rust_decimal::Decimal;

    let workspace = Workspace::sample();
    let out = workspace.path("奖励.xlsx").to_string_lossy().into_owned();
    let run = workspace.run(&["awards", "--year", "2023", "-o", &out]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let json = workspace.run(&["awards", "--year", "2023", "--format", "json"]).out;
    let records: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let given = records.iter().filter(|one| one["结果"] == "给予" && one["金额"] != "0.00");
    let total: Decimal = given.map(|one| one["金额"].as_str().unwrap().parse::<Decimal>().unwrap()).sum();
    let sheets = cells(&workspace, "奖励.xlsx");
    assert_eq!(sheets.sheets.iter().map(|sheet| &*sheet.name).collect::<Vec<_>>(), ["名单", "企业×条款", "区县×条款"]);
    for sheet in &sheets.sheets {
        let heads: BTreeMap<u32, String> =
            sheet.rows[&1].iter().map(|(column, cell)| (*column, cell.shown())).collect();
        let of = |words: &str| heads.iter().find(|(_, head)| head.starts_with(words)).map(|(column, _)| *column);
        let column = of("合计").or(of("金额")).unwrap();
        let (last, sums) = sheet.rows.last_key_value().unwrap();
        let Content::Number(sum) = sums[&column].content else { panic!("{:?}", sums[&column]) };
        assert!(sums[&column].formula, "{}", sheet.name);
        assert_eq!(sum * Decimal::from(10_000), total, "{}", sheet.name);
        let rows = sheet.rows.range(2..*last).filter_map(|(_, cells)| cells.get(&column));
        let numbers = rows.map(|cell| if let Content::Number(number) = cell.content { number } else { Decimal::ZERO });
        assert_eq!(numbers.sum::<Decimal>(), sum, "{}", sheet.name);
        if let Some(code) = of("统一社会信用代码") {
            assert!(matches!(&sheet.rows[&2][&code].content, Content::Text(code) if code.len() == 18));
        }
    }
    // A name has to say what the file is.
    let wrong = workspace.path("奖励.docx").to_string_lossy().into_owned();
    let run = workspace.run(&["awards", "-o", &wrong]);
    assert!(run.code == Some(2) && run.err.contains("看不出"), "{}", run.err);
    let run = workspace.run(&["awards", "--format", "csv", "-o", &out]);
    assert!(run.code == Some(2) && run.err.contains("不符"), "{}", run.err);
    for (verb, name) in [("statistics", "统计.xlsx"), ("statistics", "统计.csv"), ("explain", "说明.xlsx")] {
        let path = workspace.path(name).to_string_lossy().into_owned();
        let who = if verb == "explain" { vec!["示例铝业有限公司"] } else { vec![] };
        let run = workspace.run(&[&[verb], &who[..], &["--year", "2023", "-o", &path]].concat());
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        assert!(!cells(&workspace, name).sheets.is_empty());
    }
}

/// A row without figures of the year declares nothing, but names the enterprise that the rows below it are about; a form that comes back empty
/// declares nothing at all.
#[test]
fn a_row_that_was_not_answered_still_says_whose_the_next_are() {
    let workspace = Workspace::sample();
    let (first, second) = ("91410181MA0000015M", "91410172MA0000031A");
    workspace.write(
        "汇总.csv",
        &format!("信用代码,产品名称,2024年销售额（万元）,2025年销售额（万元）\n{first},甲板,1,2\n{second},乙板,3,\n,乙箔,4,5\n"),
    );
    let import = |file: &str| {
        let table = workspace.path(file).to_string_lossy().into_owned();
        workspace.run(&["import", &table, "--as", "申报", "--year", "2025", "--on", "2026-06-01"])
    };
    let run = import("汇总.csv");
    let written = workspace.read("data/declarations/2025.yaml");
    let tree = tree(&written);
    let of = |name: &str| {
        let has = |record: &&Node| {
            items(record, "产品").iter().any(|product| product.child("名称").and_then(Node::text) == Some(name))
        };
        items(&tree, "申报").iter().find(has).and_then(|record| record.child("企业")).and_then(Node::text)
    };
    assert_eq!([of("甲板"), of("乙板"), of("乙箔")], [Some(first), None, Some(second)], "{written}{}", run.err);
    let form = workspace.path("空表.xlsx").to_string_lossy().into_owned();
    let run = workspace.run(&["form", "申报", "--year", "2025", "--policy", "xincailiao-2022", "-o", &form]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = import("空表.xlsx");
    assert!(run.err.contains("没有改动"), "{}{}", run.out, run.err);
}

/// Two editions, one of them a table: what an official says is different is listed, by number, and where numbers were given anew by name.
#[test]
fn editions_are_compared() {
    let workspace = Workspace::sample();
    let name = "新目录2026.xlsx";
    let table = folder().join(name).to_string_lossy().into_owned();
    let out = workspace.path("比较.csv").to_string_lossy().into_owned();
    let run = workspace.run(&["compare", "gaoduan-lv", &table, "--repair", "-o", &out]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let text = fs::read_to_string(&out).unwrap();
    let wanted = tree(&fs::read_to_string(folder().join(format!("{name}.期望.yaml"))).unwrap());
    let said = items(&wanted, "比较");
    assert!(said.len() > 10);
    for one in said {
        let of = |key: &str| one.child(key).and_then(Node::text).unwrap_or_default();
        let found = text.lines().any(|line| {
            let begins = line.starts_with(of("改动"));
            begins && ["编号", "产品名称", "项", "旧", "新", "旧编号"].iter().all(|key| line.contains(of(key)))
        });
        assert!(found, "{} {} {}\n{text}", of("改动"), of("编号"), of("项"));
    }
    // Nothing is said of what is the same; a catalogue is the same as itself, exported or not.
    let listed = |what: &str| text.lines().filter(|line| line.starts_with(what)).count();
    assert_eq!([listed("增加,"), listed("删去,"), listed("改号"), listed("增加列")], [2, 1, 2, 1], "{text}");
    let same = workspace.path("同.xlsx").to_string_lossy().into_owned();
    workspace.run(&["export", "目录", "--of", "gaoduan-lv", "-o", &same]);
    let run = workspace.run(&["compare", &same, "gaoduan-lv"]);
    assert!(run.code == Some(0) && run.err.contains("两版一样"), "{}{}", run.out, run.err);
    // Versions of a document, and what is neither.
    let run = workspace.run(&["compare", "zuotan-2024@1", "zuotan-2024"]);
    assert!(run.code == Some(0) && run.err.contains("两版的文字一样"), "{}{}", run.out, run.err);
    // What was issued against the source as it is now; on paper and as a page.
    let source = workspace.read("data/notices/zuotan-2024.md");
    workspace.write("data/notices/zuotan-2024.md", &format!("{source}\n后来加的一段。\n"));
    let run = workspace.run(&["compare", "zuotan-2024@1", "zuotan-2024"]);
    assert!(run.code == Some(0) && run.out.contains("+ 后来加的一段。"), "{}{}", run.out, run.err);
    for (ending, begins) in [("pdf", "%PDF"), ("html", "<!doctype html>")] {
        let path = workspace.path(&format!("两版.{ending}")).to_string_lossy().into_owned();
        let run = workspace.run(&["compare", "zuotan-2024@1", "zuotan-2024", "-o", &path]);
        assert!(run.code == Some(0) && run.err.contains("1行"), "{}{}", run.out, run.err);
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.to_ascii_lowercase().starts_with(begins.to_ascii_lowercase().as_bytes()), "{ending}");
    }
    let page = fs::read_to_string(workspace.path("两版.html")).unwrap();
    assert!(page.contains("后来加的一段。") && page.contains("原来的文字"), "{page}");
    let run = workspace.run(&["compare", "zuotan-2024@7", "zuotan-2024"]);
    assert!(run.code == Some(2) && run.err.contains("没有第7版"), "{}", run.err);
    let run = workspace.run(&["compare", "没有的", "gaoduan-lv"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    let run = workspace.run(&["compare", "gaoduan-lv", "没有的.xlsx"]);
    assert!(run.code == Some(2) && run.err.contains("没有的.xlsx") && !run.err.contains("公文"), "{}", run.err);
}

/// Over a year that was paid: what the record would answer is said before anything is written.
#[test]
fn a_paid_year_is_answered_for() {
    let workspace = Workspace::sample();
    workspace.write("更正.csv", "信用代码,2023年服务费用(万元)\n91410103MA0000154D,10\n");
    let table = workspace.path("更正.csv").to_string_lossy().into_owned();
    let run = workspace.run(&["import", &table, "--as", "申报", "--year", "2023", "--dry-run", "--on", "2026-06-01"]);
    assert!(run.err.contains("台账") && run.err.contains("绿色化改造"), "{}{}", run.out, run.err);
    // Of a year that nobody was paid for there is nothing to answer.
    workspace.write("更正.csv", "信用代码,2025年服务费用(万元)\n91410103MA0000154D,10\n");
    let run = workspace.run(&["import", &table, "--as", "申报", "--year", "2025", "--dry-run", "--on", "2026-06-01"]);
    assert!(!run.err.contains("绿色化改造"), "{}{}", run.out, run.err);
}

/// What a table strikes out goes from the data file with its lines, and with nothing else: a thing of an enterprise, its declaration, an entry,
/// an enterprise. What others rest on, and what was paid, stays.
#[test]
fn what_a_table_strikes_out_goes() {
    let workspace = Workspace::sample();
    let import = |table: &str, more: &[&str]| {
        workspace.write("删.csv", table);
        let path = workspace.path("删.csv").to_string_lossy().into_owned();
        let run = workspace.run(&[&["import", &path, "--on", "2025-06-01"], more].concat());
        (run.code, run.out + &run.err)
    };
    let own = |path: &str, cut: &dyn Fn(&str) -> String| {
        let before = workspace.read(path);
        let after = cut(&before);
        assert_ne!(before, after);
        (path.to_owned(), after)
    };
    let without = |from: &'static str, to: &'static str| {
        move |text: &str| {
            let start = text.find(from).unwrap();
            let end = start + text[start..].find(to).unwrap();
            format!("{}{}", &text[..start], &text[end..])
        }
    };
    let declared = "data/declarations/2024.yaml";
    let year = ["--as", "申报", "--year", "2024"];
    for (table, more, (path, wanted)) in [
        (
            "统一社会信用代码,产品名称,删去\n91410182MA0000058H,新能源汽车电池托盘用铝合金型材,是\n",
            &year[..],
            own(declared, &without("      - 名称: 新能源汽车电池托盘用", "\n  - 企业: 91410108MA00001380")),
        ),
        (
            "统一社会信用代码,删去\n91410182MA0000058H,√\n",
            &year,
            own(declared, &without("  - 企业: 91410182MA0000058H", "  - 企业: 91410108MA00001380")),
        ),
        (
            "编号,删去\nRC-001,是\n",
            &["--as", "目录", "--of", "jinque-rencai"],
            own("data/catalogues/jinque-rencai.yaml", &without("  - 编号: RC-001", "  - 编号: RC-002")),
        ),
    ] {
        let (code, said) = import(table, more);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("删去") || said.contains("新能源汽车电池托盘用"), "{said}");
        assert_eq!(workspace.read(&path), wanted, "{said}");
        let (code, said) = import(table, more);
        assert!(code == Some(0) && said.contains("没有可删去的") && workspace.read(&path) == wanted, "{said}");
    }
    // A cell that says to be emptied, of a declaration and of an entry.
    let (path, wanted) = own(declared, &|text| {
        text.replacen("主营业务收入: { 2023: 7260万元, 2024: 7800万元 }", "主营业务收入: { 2023: 7260万元 }", 1)
    });
    let (code, said) = import("统一社会信用代码,2024年主营业务收入（万元）\n91410181MA0000015M,（清空）\n", &year);
    assert_eq!((code, workspace.read(&path)), (Some(0), wanted), "{said}");
    let line = "    应用领域: ";
    let text = workspace.read("data/catalogues/shoupici.yaml");
    let line = text.lines().find(|text| text.starts_with(line)).unwrap().to_owned();
    let entry = text[..text.find(&line).unwrap()].rsplit("- 编号: ").next().unwrap().lines().next().unwrap().to_owned();
    let (path, wanted) = own("data/catalogues/shoupici.yaml", &|text| text.replacen(&format!("{line}\n"), "", 1));
    let catalogue = ["--as", "目录", "--of", "shoupici"];
    let (code, said) = import(&format!("编号,应用领域\n{entry},（清空）\n"), &catalogue);
    assert_eq!((code, workspace.read(&path)), (Some(0), wanted), "{said}");
    // What others rest on.
    let before = workspace.contents("data");
    for (table, more, words) in [
        ("统一社会信用代码,删去\n91410181MA0000015M,是\n", &["--as", "企业"][..], "91410181MA0000015M"),
        (
            "编号,种类,金额（万元）,日期,备注,删去\n2023-001,兑现,1,2024-07-01,,是\n",
            &["--as", "台账"],
            "台账已有的各条不删",
        ),
        (
            "统一社会信用代码,2024年主营业务收入（万元）,产品名称,删去\n91410108MA00001380,1,药品泡罩包装用铝箔,是\n",
            &year,
            "不知道删哪一样",
        ),
        ("统一社会信用代码,删去\n91410108MA00001380,也许\n", &year, "也许"),
        ("企业名称,删去\n示例铝箔有限公司,是\n", &["--as", "企业"], "没有写代码"),
    ] {
        let (code, said) = import(table, more);
        assert!(code == Some(1) && said.contains(words), "{table}: {code:?} {said}");
        assert!(workspace.contents("data") == before, "{table}: written");
    }
}
