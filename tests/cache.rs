//! The cache of prints and the parts of the work: whatever is kept, lost, spoilt, killed or spread over machines, the output has the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::workspace::Workspace;

/// The day of all of it.
const ON: [&str; 2] = ["--on", "2024-07-01"];

fn run(workspace: &Workspace, arguments: &[&str]) -> String {
    let run = workspace.run(&[arguments, &ON].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}\n{}{}", run.out, run.err);
    format!("{}{}", run.out, run.err)
}

/// The output as it lies on the disk, by its paths below the workspace.
fn output(workspace: &Workspace) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = workspace.path("");
    let files = workspace.contents("output").into_iter();
    files.map(|(path, bytes)| (path.strip_prefix(&root).unwrap().to_owned(), bytes)).collect()
}

/// How many documents a build did not print again.
fn kept(said: &str) -> usize {
    let count = said.split_once("件没有变").and_then(|(before, _)| before.rsplit_once('（'));
    count.map_or(0, |(_, count)| count.parse().unwrap())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn same(one: &Workspace, other: &Workspace) {
    let (one, other) = (output(one), output(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let different: Vec<_> = one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}

/// Two letters, a notice and two catalogues.
fn office() -> Workspace {
    let workspace = Workspace::small();
    workspace.write(
        "data/enterprises/b.yaml",
        "- 名称: 示例新材料有限公司\n  统一社会信用代码: 91410172MA0000031A\n  区县: 巩义市\n  行业: [新材料]\n  规模以上: 是\n",
    );
    let declared = workspace.read("data/declarations/2023.yaml");
    workspace.write(
        "data/declarations/2023.yaml",
        &format!("{declared}  - 企业: 91410172MA0000031A\n    主营业务收入: {{ 2022: 6000万元, 2023: 9000万元 }}\n"),
    );
    workspace.write(
        "data/notices/kaihui.md",
        "---\n标题: 关于召开示例会议的通知\n文种: 通知\n状态: 样例\n发文字号: 示工信〔2024〕9号\n主送: 各有关单位\n成文日期: 2024-06-01\n---\n\n请按时参加。\n",
    );
    workspace
}

#[test]
fn only_what_changed_is_printed_again() {
    let workspace = office();
    let bare = workspace.another();
    let first = run(&workspace, &["build"]);
    assert_eq!(kept(&first), 0, "{first}");
    let said = run(&workspace, &["build", "--explain", "kaihui"]);
    assert!(said.contains("kaihui：没有变"), "{said}");
    let again = run(&workspace, &["build"]);
    let all = kept(&again);
    assert!(all >= 5 && again.contains("新增0，改变0"), "{again}");
    run(&bare, &["build", "--no-cache"]);
    assert!(!bare.path(".hongtou/cache").exists());
    same(&workspace, &bare);
    // A comment is no change; a figure is one of the documents that say it; a picture or a layout is one of all that show it.
    workspace.replace("data/enterprises/b.yaml", "- 名称", "# 核对过\n- 名称");
    assert_eq!(kept(&run(&workspace, &["build"])), all);
    workspace.replace("data/declarations/2023.yaml", "2023: 9000万元", "2023: 9001万元");
    let said = run(&workspace, &["build", "--explain", "gaozhishu-2023"]);
    let told: Vec<&str> = said.lines().filter(|line| line.starts_with("gaozhishu")).collect();
    assert!(told[0].contains("没有变") && told[1].contains("与上次不同的是内容"), "{said}");
    assert_eq!(kept(&run(&workspace, &["build"])), all - 1);
    workspace.write("data/layout.yaml", "行距: 28.5磅\n");
    let said = run(&workspace, &["build", "--explain", "kaihui"]);
    assert!(said.contains("与上次不同的是设置"), "{said}");
    assert_eq!(kept(&run(&workspace, &["build"])), 0);
    fs::remove_file(workspace.path("data/layout.yaml")).unwrap();
    // A picture is one of the documents that show it; a byte of a face is one of all.
    workspace.replace("data/notices/kaihui.md", "请按时参加。", "请按时参加。\n\n![会场](data/pictures/huichang.svg)");
    let picture = |width: u32| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"10\"><rect width=\"5\" height=\"5\"/></svg>"
        );
        workspace.write("data/pictures/huichang.svg", &svg);
    };
    picture(20);
    assert_eq!(kept(&run(&workspace, &["build"])), all - 1);
    picture(30);
    assert!(run(&workspace, &["build", "--explain", "kaihui"]).contains("与上次不同的是图片"));
    assert_eq!(kept(&run(&workspace, &["build"])), all - 1);
    workspace.replace("data/notices/kaihui.md", "\n\n![会场](data/pictures/huichang.svg)", "");
    fs::remove_dir_all(workspace.path("data/pictures")).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let face = files(&shipped)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf"));
    let face = face.unwrap();
    let mut bytes = fs::read(&face).unwrap();
    bytes.push(0);
    workspace.write_bytes(&format!("fonts/{}", face.strip_prefix(&shipped).unwrap().display()), &bytes);
    let said = run(&workspace, &["build", "--explain", "kaihui"]);
    assert!(said.contains("与上次不同的是") && said.contains("字体"), "{said}");
    fs::remove_dir_all(workspace.path("fonts")).unwrap();
    // Back again: it is all there still.
    assert_eq!(kept(&run(&workspace, &["build"])), all);
    assert!(run(&workspace, &["cache"]).contains("件，"));
    assert!(run(&workspace, &["cache", "--empty"]).contains("清空了缓存"));
    assert_eq!(kept(&run(&workspace, &["build", "--cache-size", "1K"])), 0);
    assert!(run(&workspace, &["cache"]).contains("：0件，"), "the cache is larger than it may be");
    // What stands in the output is no less what it was.
    assert_eq!(kept(&run(&workspace, &["build"])), all);
}

/// A cache that is full lets go of what no document is any more before anything that one still is.
#[test]
fn a_full_cache_does_not_print_again_what_did_not_change() {
    let workspace = office();
    run(&workspace, &["build"]);
    let all = kept(&run(&workspace, &["build"]));
    let size: u64 = files(&workspace.path(".hongtou/cache")).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    let most = format!("{}K", size / 1000 + 200);
    let mut figure = 9000;
    for _ in 0..6 {
        let before = format!("2023: {figure}万元");
        figure += 1;
        workspace.replace("data/declarations/2023.yaml", &before, &format!("2023: {figure}万元"));
        assert_eq!(kept(&run(&workspace, &["build", "--cache-size", &most])), all - 1, "{figure}");
    }
}

/// A letter is known again by what it says: then its document is not made. What stands beside its words, and what is found in it, is
/// no less than in a build without a cache.
#[test]
fn a_letter_known_again_by_its_words_is_the_letter_that_would_be_made() {
    const LETTER: &str = "data/notices/gaozhishu-2023.md";
    let workspace = office();
    run(&workspace, &["build"]);
    let all = kept(&run(&workspace, &["build"]));
    let wording = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/notices/奖励告知书.md.hbs");
    let wording = fs::read_to_string(wording).unwrap();
    let told = format!("{wording}\n\n见《示例局关于绝不可见之事甲的公告》。\n");
    workspace.write("templates/notices/奖励告知书.md.hbs", &wording);
    for (file, from, to, changed, warns) in [
        ("data/enterprises/b.yaml", "- 名称", "# 核对过\n- 名称", 0, false),
        ("data/enterprises/b.yaml", "示例新材料有限公司", "示例新材料科技有限公司", 1, false),
        (LETTER, "成文日期: 2024-06-25", "成文日期: 2024-06-26", 2, false),
        (LETTER, "奖励告知书\n文种", "奖励告知\n文种", 2, true),
        ("data/enterprises/b.yaml", "# 核对过", "# 又核对过", 0, true),
        (LETTER, "用印: 盖章", "用印: 不盖章", 2, true),
        ("data/declarations/2023.yaml", "2023: 9000万元", "2023: 9001万元", 1, true),
        ("data/office.yaml", "新材料\n", "新材料\n  - 材料产业\n", 0, true),
        ("templates/notices/奖励告知书.md.hbs", wording.as_str(), told.as_str(), 2, true),
    ] {
        workspace.replace(file, from, to);
        let said = run(&workspace, &["build"]);
        assert_eq!((kept(&said), said.contains("没有以文种")), (all - changed, warns), "{file} {to}\n{said}");
        let bare = workspace.another();
        fs::remove_dir_all(bare.path("output")).unwrap();
        run(&bare, &["build", "--no-cache"]);
        same(&workspace, &bare);
    }
    // What was no secret when it was printed is one now.
    let secret = "---\n标题: 示例局关于绝不可见之事甲的公告\n文种: 公告\n状态: 样例\n格式: 文件\n成文日期: 2024-06-01\n密级: { 密级: 秘密, 保密期限: 5年 }\n份号: \"000001\"\n---\n\n正文。\n";
    workspace.write("data/notices/shemi.md", secret);
    let found = workspace.run(&[&["build"][..], &ON].concat());
    assert!(found.code == Some(1) && found.err.contains("错误[保密]"), "{}", found.err);
}

/// An explanation that says what it said is neither looked at nor written again, and its page is the one that would be written: whatever
/// else of it turns, its frame, where its words lead, what it says of the letter beside it.
#[test]
fn an_explanation_known_again_is_the_one_that_would_be_written() {
    const PAGE: &str = "output/office/awards/2023/91410172MA0000031A/index.html";
    let workspace = office();
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/site/article.hbs");
    let article = fs::read_to_string(article).unwrap();
    workspace.write("templates/site/article.hbs", &article);
    let own = format!("{article}<!-- 本局 -->\n");
    run(&workspace, &["build"]);
    for (file, from, to, page) in [
        ("data/enterprises/b.yaml", "- 名称", "# 核对过\n- 名称", "b.yaml"),
        ("data/declarations/2023.yaml", "2023: 7260万元", "2023: 7261万元", "9000万元"),
        ("data/office.yaml", "网站名称: 示例市工业和信息化局", "网站名称: 示例市工信网", "示例市工信网"),
        ("data/office.yaml", "新材料\n", "新材料\n  - 材料产业\n", ""),
        (
            "data/catalogues/gaoduan-lv.yaml",
            "产品名称: 半导体装备腔体用铝合金超厚板",
            "产品名称: 取申报数",
            ">取申报数</a>",
        ),
        ("data/notices/gaozhishu-2023.md", "成文日期: 2024-06-25", "成文日期: 2024-06-26", "2024-06-26"),
        ("data/notices/gaozhishu-2023.md", "用印: 盖章", "用印: 不盖章", "KB）"),
        ("templates/site/article.hbs", article.as_str(), own.as_str(), "<!-- 本局 -->"),
    ] {
        workspace.replace(file, from, to);
        run(&workspace, &["build"]);
        assert!(workspace.read(PAGE).contains(page), "{file} {to}\n{}", workspace.read(PAGE));
        let bare = workspace.another();
        fs::remove_dir_all(bare.path("output")).unwrap();
        run(&bare, &["build", "--no-cache"]);
        same(&workspace, &bare);
    }
    // Another day, with nothing else changed; a page that is lost, one that turned.
    let on = |workspace: &Workspace, more: &[&str]| {
        let run = workspace.run(&[&["build", "--on", "2024-07-02"], more].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
    };
    on(&workspace, &[]);
    let bare = workspace.another();
    on(&bare, &["--no-cache"]);
    same(&workspace, &bare);
    for spoil in [true, false] {
        if spoil {
            workspace.write(PAGE, "不是");
        } else {
            fs::remove_file(workspace.path(PAGE)).unwrap();
        }
        workspace.replace("data/declarations/2023.yaml", "726", "7261");
        on(&workspace, &[]);
        let bare = workspace.another();
        on(&bare, &["--no-cache"]);
        same(&workspace, &bare);
    }
    // In what was clean there is something to be found now.
    let secret = "---\n标题: 示例新材料有限公司\n文种: 公告\n状态: 样例\n格式: 文件\n成文日期: 2024-06-01\n密级: { 密级: 秘密, 保密期限: 5年 }\n份号: \"000001\"\n---\n\n正文。\n";
    workspace.write("data/notices/shemi.md", secret);
    let found = workspace.run(&[&["build"][..], &ON].concat());
    assert!(found.code == Some(1) && found.err.contains("错误[保密]: data/enterprises/b.yaml 第2行"), "{}", found.err);
}

/// The page of a list that tells what it told is the one that would be made, whatever turns beside the list: its frame, the title of what
/// published it, whether that is in force, the size of the files beside it, where its words lead.
#[test]
fn a_list_known_again_is_the_one_that_would_be_made() {
    const LIST: &str = "output/office/awards/2023/index.html";
    const ENTERPRISE: &str = "output/office/awards/enterprises/91410172MA0000031A/index.html";
    const CATALOGUE: &str = "output/office/catalogues/gaoduan-lv/index.html";
    const NOTICE: &str = "data/notices/gongshi-2023.md";
    let workspace = office();
    let shipped = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    workspace.write(NOTICE, &shipped(NOTICE));
    let frame = shipped("templates/site/dataset.hbs");
    workspace.write("templates/site/dataset.hbs", &frame);
    let own = format!("{frame}<!-- 本局 -->\n");
    run(&workspace, &["build"]);
    let title = "年度新材料产业拟奖励名单的公示";
    for (file, from, to, page, says) in [
        (NOTICE, title, "年度新材料产业奖励初步名单的公示", LIST, "奖励初步名单的公示"),
        (NOTICE, "公开:\n", "公开:\n  失效日期: 2024-06-30\n", LIST, "已失效"),
        ("data/declarations/2023.yaml", "2023: 7260万元", "2023: 7261万元", ENTERPRISE, "示例新材料有限公司"),
        (
            "data/enterprises/b.yaml",
            "示例新材料有限公司",
            "示例新材料科技有限公司",
            ENTERPRISE,
            "示例新材料科技有限公司",
        ),
        ("data/office.yaml", "新材料\n", "新材料\n  - 材料产业\n", ENTERPRISE, ""),
        (
            "data/catalogues/gaoduan-lv.yaml",
            "产品名称: 半导体装备腔体用铝合金超厚板",
            "产品名称: 示例铝业有限公司",
            CATALOGUE,
            "奖励</a>",
        ),
        ("templates/site/dataset.hbs", frame.as_str(), own.as_str(), ENTERPRISE, "<!-- 本局 -->"),
    ] {
        workspace.replace(file, from, to);
        run(&workspace, &["build"]);
        assert!(workspace.read(page).contains(says), "{file} {to}\n{}", workspace.read(page));
        let bare = workspace.another();
        fs::remove_dir_all(bare.path("output")).unwrap();
        run(&bare, &["build", "--no-cache"]);
        same(&workspace, &bare);
    }
    for (page, figure) in [(LIST, "7262"), (ENTERPRISE, "7263")] {
        workspace.write(page, "不是");
        workspace.replace("data/declarations/2023.yaml", "726", figure);
        run(&workspace, &["build"]);
        let bare = workspace.another();
        fs::remove_dir_all(bare.path("output")).unwrap();
        run(&bare, &["build", "--no-cache"]);
        same(&workspace, &bare);
    }
}

#[test]
fn what_turned_in_the_cache_is_made_again() {
    let workspace = office();
    run(&workspace, &["build"]);
    let before = output(&workspace);
    let all = kept(&run(&workspace, &["build"]));
    // The output is linked to the cache: whoever writes into one writes into the other, and it is seen.
    for (number, path) in files(&workspace.path(".hongtou/cache/contents")).iter().enumerate() {
        let mut bytes = fs::read(path).unwrap();
        let at = (number * 7919) % bytes.len();
        bytes[at] ^= 0x20;
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(kept(&run(&workspace, &["build"])), 0);
    assert!(output(&workspace) == before, "what turned was passed on");
    for path in files(&workspace.path(".hongtou/cache/notes")) {
        fs::write(path, "不是").unwrap();
    }
    assert_eq!(kept(&run(&workspace, &["build"])), 0);
    assert_eq!(kept(&run(&workspace, &["build"])), all);
    assert!(output(&workspace) == before);
}

/// The pages that stand in the output are taken as they are only where they are what they were.
#[test]
fn pages_that_turned_or_are_lost_are_made_again() {
    let workspace = office();
    run(&workspace, &["build"]);
    let before = output(&workspace);
    let said = run(&workspace, &["build"]);
    assert!(said.contains("新增0，改变0") && said.contains("删去0"), "{said}");
    let pages = files(&workspace.path("output/office")).into_iter();
    let pages: Vec<PathBuf> = pages.filter(|path| path.extension().is_none_or(|ending| ending != "pdf")).collect();
    assert!(pages.len() > 50, "{}", pages.len());
    for (number, path) in pages.iter().enumerate().filter(|(_, path)| !path.ends_with("manifest.json")) {
        if number % 3 == 0 {
            fs::remove_file(path).unwrap();
        } else {
            let mut bytes = fs::read(path).unwrap();
            let at = (number * 7919) % bytes.len();
            bytes[at] ^= 0x20;
            fs::write(path, bytes).unwrap();
        }
    }
    run(&workspace, &["build"]);
    assert!(output(&workspace) == before, "what turned was taken as it was");
    // A template of the office's own is one of all pages.
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/site/404.hbs");
    workspace.write("templates/site/404.hbs", &(fs::read_to_string(template).unwrap() + "<!-- 本局 -->\n"));
    run(&workspace, &["build"]);
    assert!(workspace.read("output/office/404.html").contains("<!-- 本局 -->"));
}

/// A build that is killed has kept what it printed.
#[test]
fn a_killed_build_goes_on() {
    let workspace = Workspace::sample();
    let mut child = workspace.command(&[&["build", "-q"][..], &ON].concat()).spawn().unwrap();
    let cache = workspace.path(".hongtou/cache/contents");
    while files(&cache).len() < 6 {
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it could be killed");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!workspace.path("output").exists());
    let said = run(&workspace, &["build"]);
    assert!(kept(&said) >= 4, "{said}");
    let plain = Workspace::sample();
    run(&plain, &["build", "--no-cache"]);
    same(&workspace, &plain);
}

/// However the work is spread, the output has the same bytes; and nothing is put together that does not belong together.
#[test]
fn parts_make_the_whole() {
    let whole = office();
    run(&whole, &["build", "--no-cache"]);
    let store = tempfile::tempdir().unwrap();
    let place = store.path().to_string_lossy().into_owned();
    let merging = whole.another();
    fs::remove_dir_all(merging.path("output")).unwrap();
    let refused = |why: &str| {
        let run = merging.run(&[&["merge", "--store", &place][..], &ON].concat());
        assert!(run.code == Some(2) && run.err.contains(why), "{}{}", run.out, run.err);
        assert!(!merging.path("output").exists());
    };
    refused("没有一片");
    if cfg!(not(feature = "s3")) {
        let run = merging.run(&[&["merge", "--store", "s3://gongwen/2024"][..], &ON].concat());
        assert!(run.code == Some(2) && run.err.contains("没有带 S3"), "{}", run.err);
    }
    // Each machine has its own copy of the workspace; a part may be made twice.
    for number in [2, 3, 2] {
        let machine = merging.another();
        run(&machine, &["build", "--shard", &format!("{number}/3"), "--store", &place]);
        assert!(!machine.path("output").exists());
    }
    refused("缺1/3片");
    let other = merging.another();
    other.replace("data/notices/kaihui.md", "按时", "准时");
    run(&other, &["build", "--shard", "1/3", "--store", &place]);
    refused("缺1/3片");
    let late = merging.another();
    let run_late = late.run(&["build", "--shard", "1/3", "--store", &place, "--on", "2024-07-02"]);
    assert_eq!(run_late.code, Some(0), "{}", run_late.err);
    refused("缺1/3片");
    run(&merging, &["build", "--shard", "1/3", "--store", &place]);
    let said = run(&merging, &["merge", "--store", &place]);
    assert!(kept(&said) >= 5 && said.contains("没有问题"), "{said}");
    same(&merging, &whole);
    let wrong = merging.run(&["build", "--shard", "4/3", "--store", &place]);
    assert!(wrong.code == Some(2) && wrong.err.contains("第几片"), "{}", wrong.err);
}

/// Whatever is edited, in whatever order: with a cache and without one, the same bytes.
#[test]
fn a_cache_changes_nothing() {
    let edits: [(&str, &str, &str); 6] = [
        ("data/notices/kaihui.md", "请按时参加。", "请按时参加。会期一天。"),
        ("data/declarations/2023.yaml", "2023: 7260万元", "2023: 7300万元"),
        ("data/enterprises/a.yaml", "规模以上: 是", "规模以上: 否"),
        ("data/notices/kaihui.md", "成文日期: 2024-06-01", "成文日期: 2024-06-03"),
        ("data/declarations/2023.yaml", "2023: 7300万元", "2023: 7260万元"),
        ("data/enterprises/a.yaml", "示例铝业有限公司", "示例铝业股份有限公司"),
    ];
    let workspace = office();
    run(&workspace, &["build"]);
    for (file, from, to) in edits {
        workspace.replace(file, from, to);
        let said = run(&workspace, &["build", "--partial"]);
        assert!(kept(&said) >= 2, "{said}");
        let plain = workspace.another();
        fs::remove_dir_all(plain.path("output")).unwrap();
        fs::remove_dir_all(plain.path(".hongtou")).unwrap();
        run(&plain, &["build", "--partial", "--no-cache"]);
        same(&workspace, &plain);
    }
}

/// A build of which nothing is another one is not done again: it tells what the one before told, and sees whatever in the output is not as
/// it was written.
#[test]
fn an_unchanged_build_is_seen_through() {
    let workspace = office();
    let told = |said: &str| {
        let lines = said.lines().filter(|line| !line.starts_with("生成了")).map(str::to_owned);
        lines.collect::<Vec<String>>()
    };
    let first = run(&workspace, &["build"]);
    let whole = output(&workspace);
    let again = run(&workspace, &["build"]);
    assert_eq!(told(&again), told(&first));
    assert!(again.contains("新增0，改变0") && again.contains("删去0"), "{again}");
    let paths: Vec<&PathBuf> = whole.keys().collect();
    for path in paths.iter().step_by(37).chain(paths.iter().filter(|path| path.ends_with("manifest.json"))) {
        let mut bytes = whole[*path].clone();
        match bytes.last_mut() {
            // Without its manifest nobody would know whose the files are.
            _ if path.ends_with("manifest.json") => bytes.push(b' '),
            Some(byte) => *byte ^= 1,
            None => continue,
        }
        // Written anew, as an editor does: what else the file is called stays as it is.
        fs::remove_file(workspace.path("").join(path)).unwrap();
        fs::write(workspace.path("").join(path), bytes).unwrap();
        let said = run(&workspace, &["build"]);
        assert!(said.contains("改变1，"), "{}: {said}", path.display());
        assert_eq!(output(&workspace), whole, "{}", path.display());
    }
    fs::remove_file(workspace.path("").join(paths[3])).unwrap();
    assert!(run(&workspace, &["build"]).contains("新增1"));
    workspace.write("output/site/我的.txt", "x");
    let refused = workspace.run(&[&["build"][..], &ON].concat());
    assert!(refused.err.contains("不是由 hongtou 生成的文件"), "{}", refused.err);
    fs::remove_file(workspace.path("output/site/我的.txt")).unwrap();
    assert_eq!(output(&workspace), whole);
}
