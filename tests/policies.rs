//! A policy from its pasted text to its page: what `hongtou policy` drafts, what it refuses, and what the public sees of the rules.

use crate::workspace::Workspace;

const WORDS: &str = include_str!("cases/pasted/发展意见.txt");

#[test]
fn a_policy_is_drafted_from_its_pasted_text() {
    let workspace = Workspace::small();
    workspace.write("条文.txt", WORDS);
    let text = workspace.path("条文.txt").display().to_string();
    let run = workspace.run(&["policy", "new", "fazhan-2025", &text]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for part in ["起草了规则", "规则 一（一）1：1亿元、5亿元、20万元、50万元", "规则 一（一）2：500万元、8%、100万元"]
    {
        assert!(run.out.contains(part), "{}", run.out);
    }
    let policy = workspace.read("data/policies/fazhan-2025/policy.md");
    for part in [
        "标题: 示例市人民政府关于支持企业发展的意见\n文种: 意见\n发文字号: 示政〔2025〕9号\n主送: 各县区人民政府\n",
        "成文日期: 2025-02-20\n",
        "现提出以下意见。",
        "# 一、支持做大\n\n## （一）规模奖励\n\n1. 对年营业收入",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    let rules = workspace.read("data/policies/fazhan-2025/rules.yaml");
    for part in [
        "施行: 2025-03-01\n有效期: 3年\n适用年度: [2025, 2026, 2027]",
        "  施行: 本意见自2025年3月1日起施行\n  有效期: 有效期三年\n",
        "首次达到: { 量: 待填, 档: [{ 达到: 1亿元, 奖励: 20万元 }, { 达到: 5亿元, 奖励: 50万元 }]",
        "比例: { 基数: [设备投资], 比例: 8%, 原文: \"按照设备投资的8%给予补助\" }",
        "{ 范围: 每项, 金额: 100万元, 原文: 单个项目最高不超过100万元 }",
        "仅一次: 一次性",
    ] {
        assert!(rules.contains(part), "{rules}");
    }
    // What a person must fill in is told where it stands, and what no rule carries out yet; nothing else of it is wrong.
    let run = workspace.run(&["check"]);
    for part in ["rules.yaml 第", "待填", "条款一（一）2写有“500万元”，规则没有用到"] {
        assert!(run.err.contains(part), "{}", run.err);
    }
    assert!(!run.err.contains("条款一（一）1写有") && !run.err.contains("有效期写的"), "{}", run.err);
    let run = workspace.run(&["policy", "show", "fazhan-2025"]);
    assert!(run.out.contains("【一（一）2】\n  对设备投资500万元以上的项目"), "{}", run.out);
    assert!(run.out.contains("    标准　设备投资的8%\n    限额　每项100万元"), "{}", run.out);
}

#[test]
fn what_is_no_text_of_a_policy_is_refused() {
    let workspace = Workspace::small();
    workspace.write_bytes("gbk.txt", b"\xd2\xbb\xa1\xa2\xd6\xa7\xb3\xd6");
    workspace.write("空.txt", "\n\n");
    let new = |name: &str, file: &str| {
        let file = workspace.path(file).display().to_string();
        workspace.run(&["policy", "new", name, &file])
    };
    for (name, file, message) in [
        ("a", "gbk.txt", "不是 UTF-8 编码的纯文本"),
        ("a", "空.txt", "里没有条文"),
        ("a", "没有.txt", "不能读"),
        ("a/b", "空.txt", "不能作文件夹名"),
        ("xincailiao-2022", "空.txt", "已经有了，没有改动"),
    ] {
        let run = new(name, file);
        assert_eq!(run.code, Some(2), "{name} {file}");
        assert!(run.err.contains(message), "{}", run.err);
    }
    let run = workspace.run(&["policy", "show", "xincailiao-2023"]);
    assert!(run.code == Some(2) && run.err.contains("是不是“xincailiao-2022”"), "{}", run.err);
    assert!(!workspace.path("data/policies/a").exists());
}

#[test]
fn the_public_sees_the_rules_that_were_issued_with_the_words() {
    let workspace = Workspace::sample();
    let page = "output/site/notices/xincailiao-2022/rules/index.html";
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!workspace.path(page).exists(), "no act published it");
    assert!(workspace.read("output/office/notices/xincailiao-2022/rules/index.html").contains("四（五）7"));
    let run = workspace.run(&["issue", "xincailiao-2022", "--correct", "公开规则对照"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    let published = workspace.read(page);
    assert!(published.contains("达到3亿元档：500万元"), "{published}");
    assert!(workspace.read("output/site/notices/xincailiao-2022/index.html").contains("条款与规则对照"));
    // What is published stays as it was issued, whatever becomes of the rules.
    workspace.replace("data/policies/xincailiao-2022/rules.yaml", "事项: 铝加工产品奖励", "事项: 铝加工产品奖金");
    let run = workspace.run(&["build", "--partial"]);
    assert!(run.err.contains("按现在的数据会是另一个样子") && run.err.contains("铝加工产品奖金"), "{}", run.err);
    assert!(workspace.read(page).contains("铝加工产品奖励"));
}
