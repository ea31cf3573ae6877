//! What must end in a clear finding, not in a crash or a wrong page.

use crate::workspace::Workspace;

/// Checks that a broken file is found, with its place, and that `check` ends with 1.
fn found(workspace: &Workspace, place: &str, message: &str) {
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, Some(1), "{message}: {}", run.err);
    assert!(run.err.contains(message), "“{message}” is missing in\n{}", run.err);
    assert!(run.err.contains(place), "“{place}” is missing in\n{}", run.err);
}

const DECLARATIONS: &str = "data/declarations/2023.yaml";
const ENTERPRISES: &str = "data/enterprises/a.yaml";

#[test]
fn figures_that_are_none() {
    let cases = [
        ("7260万元", "伍仟万", "不是金额"),
        ("7260万元", "\"5,000万元\"", "应写作“5000万元”"),
        ("7260万元", "5000", "没有单位"),
        ("7260万元", "-3万元", "是负数"),
        ("7260万元", "1000000000000000元", "太大"),
        ("2023: 7260万元", "二零二三: 7260万元", "不是年度"),
        ("年度: 2023", "年度: 23", "不是年度"),
    ];
    for (from, to, message) in cases {
        let workspace = Workspace::small();
        workspace.replace(DECLARATIONS, from, to);
        found(&workspace, "data/declarations/2023.yaml 第", message);
    }
}

#[test]
fn days_and_shares_that_are_none() {
    let workspace = Workspace::small();
    workspace.replace("data/notices/gaozhishu-2023.md", "成文日期: 2024-06-25", "成文日期: 2023年2月29日");
    found(&workspace, "data/notices/gaozhishu-2023.md 第", "日历上没有");
    let workspace = Workspace::small();
    workspace.replace("data/policies/xincailiao-2022/rules.yaml", "比例: 30%", "比例: 200%");
    found(&workspace, "data/policies/xincailiao-2022/rules.yaml 第", "超过100%");
    let workspace = Workspace::small();
    workspace.replace("data/policies/xincailiao-2022/rules.yaml", "比例: 30%", "比例: 12.34567890123456789012%");
    found(&workspace, "data/policies/xincailiao-2022/rules.yaml 第", "小数太长");
}

#[test]
fn references_that_lead_nowhere() {
    let cases: [(&str, &str, &str, &str); 5] = [
        (DECLARATIONS, "91410181MA0000015M", "91350100M000100Y43", "企业库里没有"),
        (ENTERPRISES, "91410181MA0000015M", "91410181MA0000015N", "校验位不符"),
        (
            DECLARATIONS,
            "    主营业务收入",
            "    产品: [{ 名称: 甲, 目录条目: LJG-999, 销售额: { 2023: 1万元 } }]\n    主营业务收入",
            "没有一个目录有条目“LJG-999”",
        ),
        (
            DECLARATIONS,
            "    主营业务收入",
            "    其他政策: [{ 条款: 四（九）9, 政策: 甲, 金额: 1万元, 已拨付: 是 }]\n    主营业务收入",
            "有条款“四（九）9”",
        ),
        ("data/policies/xincailiao-2022/rules.yaml", "条款: 四（五）7", "条款: 四（五）17", "没有条款“四（五）17”"),
    ];
    for (file, from, to, message) in cases {
        let workspace = Workspace::small();
        workspace.replace(file, from, to);
        found(&workspace, &format!("{file} 第"), message);
    }
}

#[test]
fn a_rule_s_figures_must_stand_in_its_clause_and_the_clause_s_in_the_rule() {
    let workspace = Workspace::small();
    workspace.replace("data/policies/xincailiao-2022/rules.yaml", "奖励: 500万元", "奖励: 600万元");
    found(&workspace, "rules.yaml 第", "条款四（五）7的文字里没有“600万元”");
    found(&workspace, "rules.yaml 第", "条款四（五）7写有“500万元”，规则没有用到");
}

#[test]
fn keys_that_are_unknown_or_twice() {
    let workspace = Workspace::small();
    workspace.replace(ENTERPRISES, "  规模以上: 是", "  规摸以上: 是\n  区县: 巩义市");
    found(&workspace, "data/enterprises/a.yaml 第5行第3列", "没有“规摸以上”这一项");
    found(&workspace, "第6行第3列", "“区县”写了两次");
    let run = workspace.run(&["check"]);
    assert!(run.err.contains("是不是“规模以上”？") && !run.err.contains("缺少“规模以上”"), "{}", run.err);
}

#[test]
fn carets_stand_under_full_width_text() {
    let workspace = Workspace::small();
    workspace.replace(ENTERPRISES, "统一社会信用代码: 91410181MA0000015M", "统一社会信用代码: 91410181MA0000015N");
    let run = workspace.run(&["check"]);
    let lines: Vec<&str> = run.err.lines().collect();
    let shown = lines.iter().position(|line| line.contains("统一社会信用代码: 91410181MA0000015N")).unwrap();
    let width = |text: &str| -> usize { text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    let code = lines[shown].find("91410181MA0000015N").unwrap();
    let caret = lines[shown + 1].find('^').unwrap();
    assert_eq!(width(&lines[shown][..code]), width(&lines[shown + 1][..caret]), "{}", run.err);
}

#[test]
fn everything_wrong_is_reported_in_one_run() {
    let workspace = Workspace::small();
    workspace.replace(ENTERPRISES, "规模以上: 是", "规模以上: 对");
    workspace.replace(DECLARATIONS, "7260万元", "7260");
    workspace.replace("data/office.yaml", "简称: ", "简秤: ");
    let run = workspace.run(&["check", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    let findings: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let files: Vec<&str> =
        findings.as_array().unwrap().iter().map(|finding| finding["文件"].as_str().unwrap_or("")).collect();
    for file in [ENTERPRISES, DECLARATIONS, "data/office.yaml"] {
        assert!(files.contains(&file), "{file} is missing in {findings:#}");
    }
}

#[test]
fn files_as_office_machines_make_them() {
    // GBK, as the notepad of an office machine saves it.
    let workspace = Workspace::small();
    workspace.write_bytes("data/enterprises/b.yaml", b"- \xc3\xfb\xb3\xc6: \xca\xbe\xc0\xfd\n");
    found(&workspace, "data/enterprises/b.yaml", "GBK");
    let workspace = Workspace::small();
    workspace.write_bytes("data/enterprises/b.yaml", b"\xff\xfe-\0 \0");
    found(&workspace, "data/enterprises/b.yaml", "UTF-16");
    // A byte-order mark and CRLF are no mistake.
    let workspace = Workspace::small();
    let text = workspace.read(ENTERPRISES).replace('\n', "\r\n");
    workspace.write(ENTERPRISES, &format!("\u{feff}{text}"));
    let notice = workspace.read("data/notices/gaozhishu-2023.md").replace('\n', "\r\n");
    workspace.write("data/notices/gaozhishu-2023.md", &format!("\u{feff}{notice}"));
    assert_eq!(workspace.run(&["check"]).code, Some(0));
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    // Tabs, an empty file, a list where a map is meant, a folder where a file should be.
    let workspace = Workspace::small();
    workspace.write(DECLARATIONS, "年度: 2023\n申报:\n\t- 企业: 91410181MA0000015M\n");
    found(&workspace, "data/declarations/2023.yaml 第3行", "制表符");
    workspace.write(DECLARATIONS, "");
    found(&workspace, "data/declarations/2023.yaml", "文件是空的");
    workspace.write(DECLARATIONS, "- 年度: 2023\n");
    found(&workspace, "data/declarations/2023.yaml 第1行", "这里应是“键: 值”");
    std::fs::remove_file(workspace.path(DECLARATIONS)).unwrap();
    std::fs::create_dir(workspace.path(DECLARATIONS)).unwrap();
    found(&workspace, "data/declarations/2023.yaml", "却是一个文件夹");
    std::fs::remove_file(workspace.path("data/office.yaml")).unwrap();
    found(&workspace, "data/office.yaml", "没有这个文件");
}

#[test]
fn files_made_to_break_the_reader() {
    let workspace = Workspace::small();
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\n";
    workspace.write("data/enterprises/b.yaml", bomb);
    found(&workspace, "data/enterprises/b.yaml 第1行", "锚点");
    workspace.write("data/enterprises/b.yaml", &"[".repeat(10_000));
    found(&workspace, "data/enterprises/b.yaml 第1行", "嵌套");
    workspace.write("data/enterprises/b.yaml", &"- 名称: 示例\n".repeat(1_500_000));
    found(&workspace, "data/enterprises/b.yaml", "太大");
}

#[test]
fn a_calendar_year_that_is_missing_is_no_guess() {
    let workspace = Workspace::sample();
    std::fs::remove_file(workspace.path("data/calendar/2024.yaml")).unwrap();
    // What was issued keeps its days: the same 公示, not issued yet, asks the calendar.
    std::fs::remove_dir_all(workspace.path("data/issued")).unwrap();
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("没有2024年的放假安排"), "{}", run.err);
}

#[test]
fn templates_and_layouts_fail_at_their_own_place() {
    let workspace = Workspace::small();
    workspace.write("templates/notices/奖励告知书.md.hbs", "第一行\n\n{{企业.名秤}}\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("templates/notices/奖励告知书.md.hbs 第3行"), "{}", run.err);
    workspace.write("templates/notices/奖励告知书.md.hbs", "第一行\n\n{{万元 企业.名称}}\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("templates/notices/奖励告知书.md.hbs 第3行"), "{}", run.err);
    let workspace = Workspace::small();
    workspace.write("templates/layout/title.typ", "#let x = (\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("templates/layout/title.typ 第"), "{}", run.err);
}

#[test]
fn a_missing_glyph_is_named() {
    let workspace = Workspace::small();
    workspace.write(
        "data/notices/yi.md",
        "---\n标题: 关于某事的通知\n文种: 通知\n状态: 样例\n成文日期: 2024-06-03\n---\n第一行。\n\n请\u{1f600}知。\n",
    );
    for verb in ["check", "build"] {
        let run = workspace.run(&[verb]);
        assert_eq!(run.code, Some(1), "{verb}");
        assert!(run.err.contains("U+1F600") && run.err.contains("data/notices/yi.md"), "{verb}: {}", run.err);
    }
}

#[test]
fn data_never_becomes_code() {
    const NAME: &str = "#read(\"/etc/passwd\") {{x}} <script>alert(1)</script> $x$ *b*";
    let workspace = Workspace::small();
    workspace.replace(ENTERPRISES, "示例铝业有限公司", &format!("'{NAME}'"));
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = workspace.read("output/office/awards/2023/91410181MA0000015M/index.html");
    assert!(!page.contains("<script>alert"), "markup of the data reached the page");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;"), "the name does not stand on the page");
    let letter = std::fs::read(workspace.path("output/office/awards/2023/letters/91410181MA0000015M.pdf")).unwrap();
    let pdf = lopdf::Document::load_mem(&letter).unwrap();
    let text: String = pdf.extract_text(&[1]).unwrap().chars().filter(|c| !c.is_whitespace()).collect();
    let wanted: String = NAME.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(text.contains(&wanted), "{text}");
}

#[test]
fn pictures_stay_in_the_workspace() {
    for path in ["../geheim.png", "/etc/passwd", "https://example.com/a.png"] {
        let workspace = Workspace::small();
        workspace.write(
            "data/notices/yi.md",
            &format!("---\n标题: 关于某事的通知\n文种: 通知\n状态: 样例\n成文日期: 2024-06-03\n---\n正文。\n\n![图]({path})\n"),
        );
        let run = workspace.run(&["build"]);
        assert_eq!(run.code, Some(1), "{path}: {}", run.err);
        assert!(run.err.contains("data/notices/yi.md 第9行"), "{path}: {}", run.err);
    }
}

/// What is broken into lines, cut into words or looked up is bounded where it is read.
#[test]
fn what_is_far_too_long_is_told_at_once() {
    let notice = |title: &str, text: &str| {
        format!("---\n标题: {title}\n文种: 公告\n状态: 样例\n成文日期: 2024-06-03\n---\n第一行。\n\n{text}\n")
    };
    let workspace = Workspace::small();
    workspace.write("data/notices/a.md", &notice(&"长".repeat(9_000), ""));
    workspace.write("data/notices/b.md", &notice(&"长".repeat(100_000), ""));
    workspace.write("data/notices/c.md", &notice("公告", &format!("# 附件：{}\n\n内容。", "长".repeat(100_000))));
    workspace.replace(ENTERPRISES, "示例铝业有限公司", &"铝".repeat(100_000));
    let started = std::time::Instant::now();
    let run = workspace.run(&["check"]);
    for words in [
        "data/notices/a.md 第2行第5列：标题有9000个字，最多200个",
        "data/notices/b.md 第2行第5列：这一项有100000个字，太长了",
        "data/notices/c.md 第9行第1列：附件的名称有100000个字，最多200个",
        "data/enterprises/a.yaml 第1行第7列：这一项有100000个字，太长了",
    ] {
        assert!(run.err.contains(words), "{words}");
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
