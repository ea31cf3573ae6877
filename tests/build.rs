//! The main job: deterministic, all at once, and never a half output.

use std::fs;

use crate::workspace::Workspace;

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads() {
    let workspace = Workspace::sample();
    let run = workspace.run(&["build", "--jobs", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let manifests = || ["office", "site"].map(|room| workspace.read(&format!("output/{room}/manifest.json")));
    let first = manifests();
    for path in [
        "output/office/index.html",
        "output/office/feed.xml",
        "output/office/sitemap.xml",
        "output/office/notices/gongshi-2023/gongshi-2023.pdf",
        "output/office/notices/gongshi-2023/index.html",
        "output/office/awards/2023/index.html",
        "output/office/awards/2023/awards.json",
        "output/office/awards/2023/awards.csv",
        "output/office/awards/2023/letters/91410181MA0000015M.pdf",
        "output/office/catalogues/gaoduan-lv/index.html",
        "output/office/catalogues/gaoduan-lv/gaoduan-lv.pdf",
        "output/office/catalogues/gaoduan-lv/gaoduan-lv.csv",
        "output/office/catalogues/gaoduan-lv/gaoduan-lv.json",
    ] {
        assert!(workspace.path(path).is_file(), "{path} is missing");
    }
    let run = workspace.run(&["build", "--jobs", "3"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("改变0"), "{}", run.err);
    assert_eq!(manifests(), first);
}

#[test]
fn every_figure_on_a_page_is_the_one_of_the_data_file() {
    let workspace = Workspace::built_sample();
    let awards: serde_json::Value =
        serde_json::from_str(&workspace.read("output/office/awards/2023/awards.json")).unwrap();
    let cents: u64 = awards
        .as_array()
        .unwrap()
        .iter()
        .map(|award| award["金额"].as_str().unwrap().replace('.', "").parse::<u64>().unwrap())
        .sum();
    assert_eq!(cents % 100, 0, "the sample's sum is in whole yuan");
    let total = (cents / 100).to_string();
    for page in ["notices/gongshi-2023/index.html", "notices/jiangli-2023/index.html", "awards/2023/index.html"] {
        let text = workspace.read(&format!("output/office/{page}")).replace(',', "");
        assert!(text.contains(&total), "{total} is missing in {page}");
    }
}

#[test]
fn a_failed_build_leaves_the_last_good_output() {
    let workspace = Workspace::small();
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let good = workspace.read("output/office/manifest.json");
    workspace.replace("data/declarations/2023.yaml", "7260万元", "7260");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("没有单位"), "{}", run.err);
    assert_eq!(workspace.read("output/office/manifest.json"), good);
}

#[test]
fn a_rule_that_fails_its_cases_is_not_published() {
    let workspace = Workspace::small();
    workspace.replace("data/policies/xincailiao-2022/cases.yaml", "应得: 100万元", "应得: 101万元");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("应得101万元，按规则得100万元"), "{}", run.err);
    assert!(!workspace.path("output").exists());
}

#[test]
fn what_no_longer_exists_disappears() {
    let workspace = Workspace::small();
    workspace.write(
        "data/notices/yi.md",
        "---\n标题: 关于某事的通知\n文种: 通知\n状态: 样例\n主送: 各有关单位\n成文日期: 2024-06-03\n---\n正文。\n",
    );
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    assert!(workspace.path("output/office/notices/yi/index.html").exists());
    fs::remove_file(workspace.path("data/notices/yi.md")).unwrap();
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    assert!(!workspace.path("output/office/notices/yi").exists());
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_said_so_and_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::small();
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    let good = workspace.read("output/office/manifest.json");
    let output = workspace.path("output");
    fs::set_permissions(&output, fs::Permissions::from_mode(0o555)).unwrap();
    let run = workspace.run(&["build"]);
    fs::set_permissions(&output, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("只读"), "{}", run.err);
    assert_eq!(workspace.read("output/office/manifest.json"), good);
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_last_good_output() {
    let workspace = Workspace::small();
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    let good = workspace.read("output/office/manifest.json");
    workspace.replace("data/declarations/2023.yaml", "7260万元", "7860万元");
    for milliseconds in [50, 200, 500] {
        let mut child = workspace.command(&["build", "--quiet"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&workspace.read("output/office/manifest.json")).unwrap();
        for file in manifest["文件"].as_array().unwrap() {
            let path = format!("output/office/{}", file["路径"].as_str().unwrap());
            assert_eq!(fs::metadata(workspace.path(&path)).unwrap().len(), file["字节"].as_u64().unwrap(), "{path}");
        }
    }
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    assert_ne!(workspace.read("output/office/manifest.json"), good);
}

/// How each award was computed is told of a whole year only where the template asks for it.
#[test]
fn a_list_of_a_year_can_tell_how_it_was_computed() {
    let workspace = Workspace::paying();
    assert_eq!(workspace.run(&["new", "公示", "gongshi", "--奖励", "2022"]).code, Some(0));
    let wording = "名单如下。\n\n{{#each 奖励.名单 as |奖|}}{{#each 奖.计算 as |步|}}{{步.步骤}}：{{步.算式}}。\n\n{{/each}}{{/each}}";
    workspace.write("templates/notices/奖励公示.md.hbs", wording);
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = workspace.read("output/office/notices/gongshi/gongshi.md");
    let awards = workspace.read("output/office/awards/2022/awards.json");
    let first = awards.split("\"算式\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(!first.is_empty() && text.contains(first), "{first} | {text}");
}
