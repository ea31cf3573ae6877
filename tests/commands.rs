//! The commands as they are typed.

use std::fs;

use serde_json::Value;

use crate::workspace::Workspace;

#[test]
fn the_sample_is_clean() {
    let run = Workspace::sample().run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(run.err.contains("没有问题"), "{}", run.err);
}

#[test]
fn awards_as_data_keep_the_contract() {
    let run = Workspace::sample().run(&[
        "awards",
        "--year",
        "2023",
        "--format",
        "json",
        "--enterprise",
        "示例铝业有限公司",
        "--clause",
        "四（五）7",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let awards: Value = serde_json::from_str(&run.out).unwrap();
    let award = &awards[0];
    let keys: Vec<&String> = award.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "年度",
            "政策",
            "条款",
            "事项",
            "企业",
            "统一社会信用代码",
            "区县",
            "对象",
            "结果",
            "金额",
            "封顶",
            "理由",
            "计算"
        ]
    );
    assert_eq!(award["年度"], 2023);
    assert_eq!(award["结果"], "给予");
    assert_eq!(award["金额"], "5000000.00");
    assert_eq!(award["封顶"], Value::Null);
    assert_eq!(award["理由"], Value::Null);
    let step = award["计算"].as_array().unwrap().iter().find(|step| step["步骤"] == "取申报数").unwrap();
    let keys: Vec<&String> = step.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["步骤", "算式", "值", "依据", "来源"]);
    assert!(step["来源"].as_str().unwrap().starts_with("data/declarations/2023.yaml:"));
}

#[test]
fn the_awards_of_the_sample_enterprise_are_those_of_the_policy() {
    let run = Workspace::sample().run(&[
        "awards",
        "--year",
        "2023",
        "--format",
        "json",
        "--enterprise",
        "91410181MA0000015M",
    ]);
    let awards: Value = serde_json::from_str(&run.out).unwrap();
    let amount = |clause: &str| -> Vec<String> {
        let of_clause = awards.as_array().unwrap().iter().filter(|award| award["条款"] == clause);
        of_clause.map(|award| award["金额"].as_str().unwrap().to_owned()).collect()
    };
    // 20% of 3000万元, after 240万元 for 2022: still below 1000万元.
    assert_eq!(amount("四（一）1"), ["6000000.00"]);
    assert_eq!(amount("四（三）4"), ["240000.00"]);
    // 21 points at 5万元, less the 50万元 that another policy has paid.
    assert_eq!(amount("四（四）6"), ["550000.00"]);
    assert_eq!(amount("四（五）7"), ["5000000.00"]);
    assert_eq!(amount("四（六）9"), ["270000.00"]);
}

#[test]
fn csv_is_for_excel() {
    let run = Workspace::sample().run(&["awards", "--year", "2023", "--format", "csv"]);
    assert!(run.out.starts_with("\u{feff}年度,政策,条款,事项,企业,统一社会信用代码,区县,对象,结果,金额,封顶,理由"));
}

#[test]
fn an_explanation_names_words_figures_and_places() {
    let run = Workspace::sample().run(&["explain", "示例铝业有限公司", "--year", "2023"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for part in ["每增长10个百分点", "data/declarations/2023.yaml:", "人民币伍佰万元整", "不予", "就高不重复"]
    {
        assert!(run.out.contains(part), "{part} is missing in\n{}", run.out);
    }
}

#[test]
fn another_reading_is_tried_side_by_side() {
    let run = Workspace::sample().run(&["awards", "--year", "2023", "--with", "四（五）7.跨档=补差"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("现行") && run.out.contains("试算") && run.out.contains("合计"), "{}", run.out);
    let trial = |reading: &str, format: &str| {
        Workspace::sample().run(&["awards", "--year", "2023", "--format", format, "--with", reading])
    };
    for format in ["json", "csv"] {
        let [now, other] = ["跨档=最高档", "跨档=逐档"].map(|reading| trial(reading, format).out);
        assert!(!now.is_empty() && !other.is_empty() && now != other, "{other}");
    }
    let run = trial("取整.到=万元", "table");
    assert!(run.code == Some(0) && run.out.contains("试算"), "{}{}", run.out, run.err);
    let run = trial("四（五）7.跨挡=补差", "table");
    assert_eq!(run.code, Some(1));
    for part in
        ["没有“四（五）7.跨挡=补差”这种理解", "四（五）7.跨档：最高档（现行）、逐档、补差", "取整.到：元（现行）、百元"]
    {
        assert!(run.err.contains(part), "{}", run.err);
    }
}

#[test]
fn what_is_mistyped_is_explained_in_chinese() {
    let workspace = Workspace::sample();
    let cases: [(&[&str], &str); 6] = [
        (&["chekc"], "没有“chekc”这个命令"),
        (&["check", "--fromat", "json"], "没有“--fromat”这个选项"),
        (&["awards", "--year", "二三"], "不是年度"),
        (&["awards", "--year", "1999"], "没有1999年度的申报"),
        (&["explain", "示例铝业有限公可"], "是不是“示例铝业有限公司”"),
        (&["render", "gongsi-2023"], "是不是“gongshi-2023”"),
    ];
    for (arguments, message) in cases {
        let run = workspace.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains(message), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_new_notice_can_be_rendered_as_it_is() {
    let workspace = Workspace::small();
    for genre in [
        "通知", "公示", "公告", "函", "纪要", "请示", "报告", "批复", "令", "意见", "决定", "通报", "通告", "议案",
        "公报", "决议",
    ] {
        let run = workspace.run(&["new", genre, genre]);
        assert_eq!(run.code, Some(0), "{genre}: {}", run.err);
        let run = workspace.run(&["render", genre, "-o", "x.pdf"]);
        assert_eq!(run.code, Some(0), "{genre}: {}", run.err);
        assert!(fs::read(workspace.path("x.pdf")).unwrap().starts_with(b"%PDF-"));
    }
    let run = workspace.run(&["new", "通知", "通知"]);
    assert_eq!(run.code, Some(2), "an existing notice is never overwritten");
}

#[test]
fn a_document_becomes_a_page_and_pictures() {
    let workspace = Workspace::small();
    let run = workspace.run(&[
        "render",
        "gaozhishu-2023",
        "--enterprise",
        "示例铝业有限公司",
        "--format",
        "png",
        "-o",
        "x.png",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(fs::read(workspace.path("x-1.png")).unwrap().starts_with(b"\x89PNG"));
    let run = workspace.run(&["render", "xincailiao-2022", "--format", "html", "-o", "x.html"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(workspace.read("x.html").contains("郑政办〔2022〕56号"));
}

#[test]
fn the_installed_program_alone_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("工作区");
    let init = || std::process::Command::new(env!("CARGO_BIN_EXE_hongtou")).arg("init").arg(&target).output().unwrap();
    assert!(init().status.success());
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_hongtou"))
        .arg("check")
        .arg("--root")
        .arg(&target)
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    assert_eq!(init().status.code(), Some(2), "a folder with something in it is left alone");
}

#[test]
fn fonts_are_shown_by_role_and_proofed() {
    let workspace = Workspace::small();
    let run = workspace.run(&["fonts", "--proof", "样张.pdf"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for words in ["小标宋", "仿宋    正文、发文字号、版记", "——    2.00", "Liberation Serif"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(fs::read(workspace.path("样张.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_wrong_preference_of_faces_has_its_place() {
    let workspace = Workspace::small();
    let song = "小标宋: { 用于: 标题, 条款: 7.3.1, 字重: 700, 办公: [], 自带: Gongwen Biaosong }\n";
    for (text, words) in [(song.replace("700", "粗"), "“粗”不是整数"), (song.to_owned(), "仿宋")] {
        workspace.write("templates/layout/faces.yaml", &text);
        let run = workspace.run(&["fonts"]);
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains("templates/layout/faces.yaml 第1行") && run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn local_practice_keeps_to_what_a_page_can_have() {
    let workspace = Workspace::small();
    workspace.write("data/layout.yaml", "行距: 5\n红色: 红\n四色红: [0, 80, 80]\n页码样式: \"无\"\n标志上边巨: 3\n");
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, Some(1));
    for words in
        ["应在22到40磅之间", "红色写成 \"#e60012\" 的样子", "四个百分数", "用一个 # 代表页码", "是不是“标志上边距”？"]
    {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
}

/// What `render` and `measure` are asked for may be a file that cannot be read, or one that quotes what is not there: the finding
/// says so at that very place.
#[test]
fn a_faulty_notice_is_told_at_its_place() {
    let workspace = Workspace::small();
    assert_eq!(workspace.run(&["new", "通知", "tongzhi"]).code, Some(0));
    let text = workspace.read("data/notices/tongzhi.md");
    let dated = text.lines().find(|line| line.starts_with("成文日期:")).unwrap();
    workspace.replace("data/notices/tongzhi.md", dated, "成文日期: 2024/6/20");
    for command in ["render", "measure"] {
        let run = workspace.run(&[command, "tongzhi"]);
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(run.err.contains("“2024/6/20”不是日期") && !run.err.contains("没有公文"), "{}", run.err);
    }
    workspace.write("data/notices/tongzhi.md", &format!("{text}\n![图](data/pictures/没有.png)\n"));
    let run = workspace.run(&["render", "tongzhi"]);
    let line = text.lines().count() + 2;
    assert!(run.err.contains(&format!("data/notices/tongzhi.md 第{line}行第6列：没有图片")), "{}", run.err);
}

#[test]
fn rendering_speaks_of_the_document_that_was_asked_for() {
    let workspace = Workspace::sample();
    workspace.write("data/notices/huai.md", "---\n标题: 坏的\n文种: 通报告\n---\n\n正文。\n");
    let target = workspace.path("a.pdf").display().to_string();
    let run = workspace.run(&["render", "chang-zhusong", "-o", &target]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("工作区里另有1处问题，与这件公文无关") && !run.err.contains("通报告"), "{}", run.err);
    // What it rests on itself is told, and so is the bad one when it is asked for.
    let run = workspace.run(&["render", "huai", "-o", &target]);
    assert!(run.code == Some(1) && run.err.contains("通报告"), "{}", run.err);
    workspace.replace("data/declarations/2023.yaml", "年度: 2023", "年度: 2023\n乱写: 1");
    let run = workspace.run(&["render", "gongshi-2023", "-o", &target]);
    assert!(run.code == Some(1) && run.err.contains("乱写"), "{}", run.err);
}

/// What is due is told with its day, until it is seen to; what was not is overdue, and `check` says so.
#[test]
fn what_is_due_is_told() {
    let workspace = Workspace::sample();
    let run = |arguments: &[&str]| {
        let run = workspace.run(arguments);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        format!("{}{}", run.out, run.err)
    };
    let during = run(&["agenda", "--on", "2024-06-14"]);
    assert!(
        during.contains("2024-06-19  5天   公示期满") && during.contains("关于2023年度新材料产业拟奖励名单"),
        "{during}"
    );
    assert!(!run(&["agenda", "--on", "2024-06-20"]).contains("公示期满"), "it ended and was seen to");
    let ahead = run(&["agenda", "--on", "2024-06-20", "--until", "2025-07-01"]);
    for due in ["2025-06-01  346天  政策到期", "2025-02-28  253天  目录失效", "2025-06-30  375天  目录失效"]
    {
        assert!(ahead.contains(due), "{due}\n{ahead}");
    }
    let late = run(&["check", "--on", "2025-06-02"]);
    assert!(late.contains("逾期：政策到期") && late.contains("（2025-06-01）"), "{late}");
    assert!(!run(&["check", "--on", "2024-06-25"]).contains("逾期"));
    // A later edition sees to the earlier one's end; the year without days off is due until it is there.
    let next = workspace.read("data/catalogues/gaoduan-lv.yaml");
    let next = next
        .replace("版本: 2022年版", "版本: 2025年版")
        .replace("自: 2022", "自: 2025")
        .replace("至: 2025", "至: 2028");
    workspace.write("data/catalogues/gaoduan-lv-2025.yaml", &next);
    assert!(!run(&["agenda", "--on", "2025-07-01"]).contains("高端铝加工产品和高端氧化铝产品指导目录（2022年版）"));
    fs::remove_file(workspace.path("data/calendar/2026.yaml")).unwrap();
    assert!(run(&["agenda", "--on", "2025-12-01"]).contains("2026年的放假和调休上班"));
    let file = workspace.path("待办.ics");
    run(&["agenda", "--on", "2024-06-14", "-o", &file.to_string_lossy()]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("DTSTART;VALUE=DATE:20240619\r\n") && text.lines().all(|line| line.len() <= 75), "{text}");
}
