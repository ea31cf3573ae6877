//! What becomes of a policy: tasks from its words, progress and who is urged, as an office works with them; and every way in which the
//! data can be wrong (`tests/cases/followup`), each found at its place and nothing beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongtou::project::Project;
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use serde::Deserialize;

use crate::workspace::Workspace;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "名")]
    name: String,
    #[serde(rename = "改", default)]
    changed: BTreeMap<String, Vec<String>>,
    #[serde(rename = "写", default)]
    written: BTreeMap<String, String>,
    #[serde(rename = "说")]
    said: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What reading the sample finds with other texts in some of its files: place and message, in the order of the places.
fn findings(texts: &BTreeMap<String, String>) -> Vec<String> {
    let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (project, mut report) = Project::load_with(root(), &[], &texts);
    report.sort();
    let found = report.findings().iter().map(|finding| {
        let place = finding.place.unwrap();
        let source = project.sources.get(place.file).unwrap();
        let words = source.text().get(place.range()).unwrap();
        format!("{}〔{}〕{}", source.path(), words.lines().next().unwrap_or_default(), finding.message)
    });
    found.collect()
}

#[test]
fn what_is_wrong_is_found_at_its_place() {
    let mut wrong = Vec::new();
    let folder = root().join("tests/cases/followup");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let mut sources = Sources::default();
        let file = sources.add(Source::new(path.display().to_string(), fs::read_to_string(path).unwrap()));
        let (cases, report) = yaml::read::<Vec<Case>>(file, sources.get(file).unwrap());
        assert!(report.is_empty(), "{report:?}");
        for case in cases.unwrap() {
            let mut texts = case.written.clone();
            for (file, change) in &case.changed {
                let [from, to] = change.as_slice() else { panic!("{}：改写成 [原文, 改为]", case.name) };
                let text = fs::read_to_string(root().join(file)).unwrap();
                assert!(text.contains(from.as_str()), "{}：{file} 里没有要改的原文", case.name);
                texts.insert(file.clone(), text.replacen(from.as_str(), to, 1));
            }
            let found = findings(&texts);
            let is_found = |said: &String| found.iter().any(|found| found.starts_with(said.as_str()));
            if !case.said.iter().all(is_found) || found.len() != case.said.len() {
                wrong.push(format!("{}：\n  应说 {:#?}\n  说了 {found:#?}", case.name, case.said));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plan_is_begun_from_the_words_of_a_policy() {
    let workspace = Workspace::sample();
    fs::remove_dir_all(workspace.path("data/progress")).unwrap();
    for notice in ["renwu-fenjie-2023", "tongbao-2024-2", "duban-2024-2", "pinggu-2023"] {
        fs::remove_file(workspace.path(&format!("data/notices/{notice}.md"))).unwrap();
    }
    let again = workspace.run(&["tasks", "new", "郑政办〔2022〕56号"]);
    assert_eq!((again.code, again.err.contains("已经有了，没有改动")), (Some(2), true), "{}", again.err);
    fs::remove_file(workspace.path("data/tasks/xincailiao-2022.yaml")).unwrap();
    let run = workspace.run(&["tasks", "new", "郑政办〔2022〕56号"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = workspace.read("data/tasks/xincailiao-2022.yaml");
    for part in [
        "  - { 条款: 一, 理由: 基本情况，没有任务 }",
        "数值: 1000亿元, 到: 2025年, 原文: 全市新材料产业产值突破1000亿元 }",
        "    牵头: 市人社局\n    配合: [市工信局]\n",
        "    条款: 五（三）\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("有效期三年"), "{text}");
    // What only a person knows is asked for where it stands; nothing else of the draft is wrong.
    let run = workspace.run(&["check"]);
    let open = text.matches("牵头: 待填").count();
    assert_eq!(run.err.matches("还没有写单位，是“待填”").count(), open, "{}", run.err);
    assert!(run.err.contains(&format!("{open}处错误")), "{}", run.err);
    let typo = workspace.run(&["tasks", "new", "xincailao-2022"]);
    assert_eq!((typo.code, typo.err.contains("是不是“xincailiao-2022”？")), (Some(2), true), "{}", typo.err);
}

#[test]
fn tasks_and_progress_are_listed_and_written_as_sheets() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["tasks", "show", "--unit", "市人社局"]);
    assert!(
        run.code == Some(0) && run.out.contains("急需紧缺人才引育") && run.out.contains("共1项任务"),
        "{}",
        run.out
    );
    let run = workspace.run(&["tasks", "show", "--unit", "市人社厅"]);
    assert_eq!((run.code, run.err.contains("是不是“市人社局”？")), (Some(2), true), "{}", run.err);
    let run = workspace.run(&["progress", "--period", "2024年第2季度", "--late"]);
    for part in ["上市培育和融资支持", "逾期", "排名：按已完成和按时推进", "逾期1项"] {
        assert!(run.out.contains(part), "{}", run.out);
    }
    assert!(!run.out.contains("资金统筹"), "{}", run.out);
    let run = workspace.run(&["progress", "--period", "2024年第5季度"]);
    assert_eq!((run.code, run.err.contains("一年只有4个季度")), (Some(2), true), "{}", run.err);
    let run = workspace.run(&["progress", "--period", "2023年第2季度"]);
    assert_eq!(
        (run.code, run.err.contains("没有2023年第2季度的进展；已有：2024年第1季度")),
        (Some(2), true),
        "{}",
        run.err
    );
    for (command, name) in [("tasks show", "任务.xlsx"), ("progress", "调度.xlsx")] {
        let path = workspace.path(name).display().to_string();
        let words: Vec<&str> = command.split(' ').chain(["-o", path.as_str()]).collect();
        let run = workspace.run(&words);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(fs::read(workspace.path(name)).unwrap().starts_with(b"PK"));
    }
}

#[test]
fn what_is_due_of_the_tasks_stands_in_the_agenda() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["agenda", "--on", "2024-07-15", "--until", "2024-12-31"]);
    for part in ["任务到期  上市培育和融资支持", "进展未报", "2024年第3季度的任务进展", "任务到期  绿色化改造"]
    {
        assert!(run.out.contains(part), "{}", run.out);
    }
    assert!(!run.out.contains("产业链双长制") && !run.out.contains("督办反馈"), "{}", run.out);
    // A letter that nobody answered is due on the last of its working days.
    workspace.replace("data/progress/2024年第2季度.yaml", "反馈: 2024-07-26, 结果: ", "结果: ");
    let run = workspace.run(&["agenda", "--on", "2024-07-15", "--until", "2024-12-31"]);
    assert!(run.out.contains("2024-07-26  11天      督办反馈  市金融局"), "{}", run.out);
}

#[test]
fn a_letter_is_only_written_to_one_who_owes_something() {
    let workspace = Workspace::sample();
    workspace.replace("data/notices/duban-2024-2.md", "单位: 市金融局", "单位: 市财政局");
    workspace.replace("data/progress/2024年第2季度.yaml", "单位: 市金融局", "单位: 市财政局");
    let run = workspace.run(&["check"]);
    assert!(run.err.contains("市财政局在2024年第2季度没有逾期、滞后或未报送的任务，不用督办"), "{}", run.err);
}

#[test]
fn indicators_stand_against_their_targets() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["indicators", "--year", "2023"]);
    for part in ["815.3亿元", "增长15.3%", "2025年底1000亿元", "进度正常", "提高8.4个百分点", "落后", "5486.0666万元"]
    {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
    // What is computed is what the awards say.
    let awards = workspace.run(&["awards", "--year", "2023"]);
    assert!(awards.out.contains("合计：10家企业，31项，54860666元"), "{}", awards.out);
    let run = workspace.run(&["indicators", "--year", "2022"]);
    assert!(run.out.contains("706.9亿元") && !run.out.contains("815.3"), "{}", run.out);
    workspace.replace("data/indicators.yaml", "数值: 815.3亿元", "数值: 1000.5亿元");
    let run = workspace.run(&["indicators", "--year", "2023"]);
    assert!(run.out.contains("已达到"), "{}", run.out);
    let path = workspace.path("指标.xlsx").display().to_string();
    assert_eq!(workspace.run(&["indicators", "-o", &path]).code, Some(0));
}

/// What declarations state is counted; a year in which nobody was asked has no share, and no enterprise counts twice.
#[test]
fn shares_and_payments_are_computed_from_what_is_declared_and_booked() {
    let workspace = Workspace::sample();
    let share = |year: &str| {
        let run = workspace.run(&["indicators", "--year", year]);
        run.out.lines().find(|line| line.contains("申报企业研发活动占比")).unwrap_or_default().to_owned()
    };
    // 10 of 13 that declared for 2023, 8 of 12 for 2022.
    assert!(share("2023").contains("76.92%") && share("2023").contains("提高10.3个百分点"), "{}", share("2023"));
    assert!(share("2022").contains("66.67%"), "{}", share("2022"));
    let declared = workspace.read("data/declarations/2022.yaml");
    let unasked: Vec<&str> = declared.lines().filter(|line| !line.contains("研发活动")).collect();
    workspace.write("data/declarations/2022.yaml", &format!("{}\n", unasked.join("\n")));
    assert!(!share("2022").contains('%'), "{}", share("2022"));
    let paid = |workspace: &Workspace| {
        let run = workspace.run(&["indicators", "--year", "2023"]);
        run.out.lines().find(|line| line.starts_with("兑现金额")).unwrap_or_default().to_owned()
    };
    assert!(paid(&workspace).contains("5486.0666万元"), "{}", paid(&workspace));
}

/// Pages of what is kept and looked up, each reached from the document that it belongs to.
#[test]
fn lists_guide_chains_and_forms_have_pages() {
    let built = Workspace::built_sample();
    let page = |path: &str| built.read(&format!("output/office/{path}/index.html")).replace("<wbr>", "");
    let policy = page("notices/xincailiao-2022");
    for own in ["guide", "chains", "tasks", "progress", "indicators"] {
        assert!(policy.contains(&format!("notices/xincailiao-2022/{own}/index.html")), "{own}");
    }
    let guide = page("notices/xincailiao-2022/guide");
    let of_aluminium = guide.split("<h2").find(|part| part.contains("行业：铝基新材料</h2>")).unwrap();
    assert!(of_aluminium.contains("四（四）5") && !of_aluminium.contains("规模增长奖励"), "{of_aluminium}");
    assert!(guide.contains("xincailiao-2022/index.html#"), "a clause leads to its words");
    assert!(page("notices/xincailiao-2022/chains").contains("示例市铝工业协会"));
    let list = page("lists/shangshi-peiyu");
    for part in ["已在境内上市", "data-until=\"2024-06-27\"", "type=\"date\"", "shangshi-peiyu.xlsx", "peiyuku-2024"]
    {
        assert!(list.contains(part), "{part}\n{list}");
    }
    assert!(page("notices/shenbao-2024").contains("空白申报表"));
    assert!(built.path("output/office/notices/shenbao-2024/shenbao-2024-form.xlsx").exists());
    // 解读 and what it explains lead to each other.
    assert!(policy.contains("jiedu-xincailiao") && page("notices/jiedu-xincailiao").contains("xincailiao-2022"));
    assert!(page("notices/xincailiao-2022/indicators").matches("<img").count() > 8, "computed indicators are drawn");
}

/// Whoever writes the report adds nothing up: a figure of his words that the data do not give is told where it stands.
#[test]
fn a_report_says_no_figure_that_the_data_do_not_give() {
    let workspace = Workspace::sample();
    workspace.replace(
        "data/notices/pinggu-2023.md",
        "达到815.3亿元，",
        "达到815.3亿元，比2021年增加203亿元，占全市的31.5%，",
    );
    let run = workspace.run(&["check", "--on", "2024-07-20"]);
    for part in ["正文里的“203亿元”，指标和奖励的数据里没有", "正文里的“31.5%”，指标和奖励的数据里没有"]
    {
        assert!(run.err.contains(part), "{}", run.err);
    }
    assert!(run.err.contains("pinggu-2023.md 第22行") && !run.err.contains("“815.3亿元”"), "{}", run.err);
}

/// An award asks what the lists said in its own year; who left is asked about no more.
#[test]
fn a_title_is_what_the_list_of_the_year_says() {
    let workspace = Workspace::sample();
    let listed = |year: &str| {
        let run = workspace.run(&["explain", "示例复合材料有限公司", "--year", year, "--clause", "四（四）5"]);
        assert!(run.code == Some(0) && run.out.contains("四（四）5"), "{}{}", run.out, run.err);
        !run.out.contains("不符合")
    };
    assert!(listed("2022") && listed("2023"));
    let entry = "企业: 91410171MA000004XK, 列入: 2022-01-05, 文件: 省工信示〔2022〕2号, 有效期至: 2025-01-04";
    workspace.replace(
        "data/lists/sheng-zhuanjingtexin.yaml",
        entry,
        &format!("{entry}, 退出: 2023-06-01, 原因: 复核未通过"),
    );
    assert!(listed("2022") && !listed("2023"));
}

#[test]
fn lists_are_shown_filled_and_due() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["lists", "--on", "2024-07-30"]);
    assert!(run.out.contains("上市企业培育库名单") && run.out.contains("2023年亩均评价"), "{}", run.out);
    let run = workspace.run(&["lists", "shangshi-peiyu", "--on", "2024-07-30"]);
    assert!(run.out.contains("2024年7月30日在册5家") && run.out.contains("已在境内上市"), "{}", run.out);
    let run = workspace.run(&["lists", "shangshi-peiyu", "--propose", "2023", "--on", "2024-07-30"]);
    for part in ["- { 企业: 91410106MA000012X3, 列入: 2024-07-30, 文件: 待填 }", "2024年6月28日退出：已在境内上市"]
    {
        assert!(run.out.contains(part), "{}", run.out);
    }
    assert!(!run.out.contains("91410171MA000004XK"), "{}", run.out);
    let run = workspace.run(&["lists", "shangshi"]);
    assert_eq!((run.code, run.err.contains("是不是“shangshi-peiyu”？")), (Some(2), true), "{}", run.err);
    let run = workspace.run(&["agenda", "--on", "2024-07-30", "--until", "2025-07-31"]);
    for part in
        ["名单到期  省专精特新中小企业名单：8家", "2025-04-20", "名单更新  2023年度亩均", "名单更新  上市企业培育库"]
    {
        assert!(run.out.contains(part), "{}", run.out);
    }
    // A catalogue that is due every year and was not published again is told.
    workspace.replace("data/catalogues/gaoduan-lv.yaml", "有效期:", "定期: 每年\n有效期:");
    let run = workspace.run(&["check", "--on", "2024-08-01"]);
    assert!(run.err.contains("逾期：目录更新 ") && run.err.contains("（2023-07-01）"), "{}", run.err);
    let path = workspace.path("名单.xlsx").display().to_string();
    let run = workspace.run(&["lists", "shangshi-peiyu", "-o", &path]);
    assert!(run.code == Some(0) && fs::read(&path).unwrap().starts_with(b"PK"), "{}", run.err);
    let run = workspace.run(&["lists", "-o", &path]);
    assert_eq!((run.code, run.err.contains("写明哪一个名单")), (Some(2), true), "{}", run.err);
}

/// The guide says what the rules say: who, under which conditions, how much, by which papers, until when; its examples are the policy's
/// cases.
#[test]
fn declarations_are_called_for_from_the_rules() {
    let workspace = Workspace::sample();
    let target = workspace.path("指南.html").display().to_string();
    let run = workspace.run(&["render", "shenbao-2024", "-o", &target]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = workspace.read("指南.html");
    for part in [
        "2025年2月17日至2025年3月14日（20个工作日）",
        "四（四）6 规模增长奖励",
        "算例：2023年设备和软件投资3000万元的，给予600万元",
        "项目立项文件",
        "铝加工产品奖励的档次",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // 铝基新材料 is excluded from the clause about growth.
    let row = page.split("<tr>").find(|row| row.contains("铝基新材料") && row.contains("四（四）5")).unwrap();
    assert!(!row.contains("规模增长奖励"), "{row}");
    let run = workspace.run(&["agenda", "--on", "2025-02-12"]);
    assert!(run.out.contains("2025-03-14  30天       申报截止"), "{}", run.out);
    workspace.replace("data/notices/shenbao-2024.md", "  受理工作日: 20\n", "");
    let run = workspace.run(&["check"]);
    assert!(run.err.contains("没有写申报从哪天起、受理几个工作日"), "{}", run.err);
}

#[test]
fn chains_are_counted() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["chains", "--year", "2023"]);
    for part in ["超硬材料", "示例超硬材料股份有限公司", "示例市铝工业协会", "2023年度产业链"]
    {
        assert!(run.out.contains(part), "{}", run.out);
    }
    let path = workspace.path("产业链.xlsx").display().to_string();
    assert_eq!(workspace.run(&["chains", "-o", &path]).code, Some(0));
}

/// What the office sees of the tasks, the public sees where the office opens it, and no more.
#[test]
fn what_is_public_of_the_tasks_is_a_setting() {
    let workspace = Workspace::sample();
    let pages = |workspace: &Workspace, room: &str| {
        ["tasks", "progress", "indicators"]
            .map(|page| workspace.path(&format!("output/{room}/notices/xincailiao-2022/{page}/index.html")).exists())
    };
    assert_eq!(pages(Workspace::built_sample(), "office"), [true, true, true]);
    assert_eq!(pages(Workspace::built_sample(), "site"), [false, false, false]);
    let office = workspace.read("data/office.yaml");
    workspace.write("data/office.yaml", &format!("{office}公开范围: {{ 执行: 分解 }}\n"));
    // A list is public as the document that published it has it, whatever happens to the list afterwards.
    let run = workspace.run(&["issue", "peiyuku-2024", "--on", "2024-07-26"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    workspace.replace(
        "data/lists/shangshi-peiyu.yaml",
        "文件: 示金办〔2023〕5号 }   # 示例复合",
        "文件: 示金办〔2023〕5号, 退出: 2024-07-29, 原因: 迁出 }   # 示例复合",
    );
    let run = workspace.run(&["build", "--on", "2024-08-01"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(pages(&workspace, "site"), [true, false, false]);
    let list = |room: &str| workspace.read(&format!("output/{room}/lists/shangshi-peiyu/index.html"));
    assert!(list("site").contains("新列入3家，退出1家") && !list("site").contains("迁出"), "{}", list("site"));
    assert!(list("office").contains("新列入0家，退出1家") && list("office").contains("迁出"), "{}", list("office"));
    assert!(!workspace.path("output/site/lists/mujun-2023").exists());
}

/// Another city's policy has all of it by files: nothing that it does not ask (industries, titles, a president of a chain) is told.
#[test]
fn another_city_has_all_of_it_by_files() {
    let workspace = Workspace::following_up();
    let run = workspace.run(&["check", "--on", "2024-05-01"]);
    assert!(run.code == Some(0) && run.err.contains("没有问题"), "{}", run.err);
    assert!(run.err.contains("逾期：名单更新 链主企业名单"), "{}", run.err);
    let run = workspace.run(&["indicators"]);
    for part in ["50%", "提高50个百分点", "2025年底80%", "进度正常", "1300.5万千瓦时", "11800000元"] {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
    let page = |notice: &str| {
        let target = workspace.path("页.html").display().to_string();
        let run = workspace.run(&["render", notice, "-o", &target]);
        assert_eq!(run.code, Some(0), "{notice} {}", run.err);
        workspace.read("页.html").replace("<wbr>", "")
    };
    let calling = page("shenbao");
    assert!(!calling.contains("速查") && calling.contains("三、</span>工作要求"), "{calling}");
    let chain = page("lian");
    assert!(chain.contains("链长赵某某。") && chain.contains("金额共计980万元"), "{chain}");
    let report = page("pinggu");
    assert!(report.contains("纳入监测的指标共3项") && !report.contains("用电量"), "{report}");
    assert!(page("jiedu").contains("按当年设备和软件投资的20%给予补助"));
    // A plan that is begun anew is called by what the rules give, and says what is to be done without who does it.
    fs::remove_dir_all(workspace.path("data/progress")).unwrap();
    fs::remove_file(workspace.path("data/tasks/zhizaoye-2022.yaml")).unwrap();
    assert_eq!(workspace.run(&["tasks", "new", "zhizaoye-2022"]).code, Some(0));
    let plan = workspace.read("data/tasks/zhizaoye-2022.yaml");
    for part in [
        "名称: 技术改造补助",
        "单个项目累计最高1000万元\"\n    牵头: 市工信局\n    配合: [市发改委]",
        "数值: 80%, 到: 2025年",
    ] {
        assert!(plan.contains(part), "{part}\n{plan}");
    }
}
