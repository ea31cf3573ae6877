//! The published site through the program: what must never be published, what must never change, and what readers see while it
//! is exchanged.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::workspace::Workspace;

/// The head and the text of a notice that is ready to be issued; `more` are further lines of the head.
pub fn notice(title: &str, more: &str, text: &str) -> String {
    format!("---\n标题: {title}\n文种: 公告\n状态: 定稿\n成文日期: 2024-06-03\n{more}---\n\n{text}\n")
}

/// The files below a folder that tell of one of these words, by name or in their text.
fn telling(folder: &Path, words: &[&str]) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let telling = files.filter(|entry| {
        let name = entry.path().display().to_string();
        let bytes = fs::read(entry.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        words.iter().any(|word| name.contains(word) || text.contains(word))
    });
    telling.map(|entry| entry.path().display().to_string()).collect()
}

/// An invented ID number and card number, each with its right check digit.
const ID: &str = "110101199003074477";
const CARD: &str = "6222020000000000000";

#[test]
fn what_belongs_to_a_person_is_found_at_its_place_and_never_published() {
    let workspace = Workspace::small();
    let text = format!("联系人手机13812345678。\n\n身份证号{ID}。\n\n账号{CARD}。\n\n家庭住址：示例市示例路1号3号楼。");
    workspace.write("data/notices/siren.md", &notice("云川局关于某事的公告", "", &text));
    workspace.write("data/notices/zhengchang.md", &notice("云川局关于另一事的公告", "", "电话0371-67186253。"));
    workspace.replace("data/catalogues/gaoduan-lv.yaml", "高强高韧航空铝合金板", "高强高韧航空铝合金板（13912345678）");
    for verb in [&["check"][..], &["build"], &["build", "--partial"]] {
        let run = workspace.run(verb);
        assert_eq!(run.code, Some(1), "{}", run.err);
        for place in [
            "data/notices/siren.md:8:6\n",
            "data/notices/siren.md:10:5\n",
            "data/notices/siren.md:12:3\n",
            "data/notices/siren.md:14:6\n",
            "data/catalogues/gaoduan-lv.yaml:",
            "手机号码 138****5678",
            "手机号码 139****5678",
            "家庭住址 （住址略）",
        ] {
            assert!(run.err.contains(place), "{verb:?}: {place} is missing in\n{}", run.err);
        }
        // The finding must not become the leak.
        for word in ["13812345678", "13912345678", ID, CARD, "示例路1号3号楼"] {
            assert!(!run.out.contains(word) && !run.err.contains(word), "{verb:?} prints {word}:\n{}", run.err);
        }
        assert_eq!(workspace.path("output").exists(), verb.contains(&"--partial"));
    }
    let run = workspace.run(&["issue", "siren"]);
    assert!(run.code == Some(1) && run.err.contains("错误[隐私]") && !run.err.contains("13812345678"), "{}", run.err);
    let words = ["13812345678", "13912345678", ID, CARD, "示例路1号3号楼", "siren"];
    assert_eq!(telling(&workspace.path("output"), &words), Vec::<String>::new());
    assert!(!workspace.path("data/issued").exists());
    assert!(workspace.path("output/office/notices/zhengchang/index.html").exists());
}

/// What is classified is nowhere in the output; what is kept back (不予公开) never leaves the office.
#[test]
fn what_is_secret_leaves_no_trace() {
    let workspace = Workspace::office();
    let classified =
        "格式: 文件\n密级: { 密级: 秘密, 保密期限: 5年 }\n份号: \"000001\"\n发文字号: 密工信〔2024〕77号\n";
    workspace.write("data/notices/shemi.md", &notice("云川局关于绝不可见之事甲的公告", classified, "涉密的正文。"));
    let withheld = "公开: { 属性: 不予公开 }\n";
    workspace.write("data/notices/neibu.md", &notice("云川局关于不予公开之事乙的公告", withheld, "内部的正文。"));
    let related = "公开:\n  关联: [{ 关系: 依据, 文件: shemi }, { 关系: 更正, 文件: neibu }]\n";
    workspace.write("data/notices/gongkai.md", &notice("云川局关于公开之事的公告", related, "公开的正文。"));
    let trace = |room: &str, words: &[&str]| telling(&workspace.path(room), words);
    let (secret, inside) = (["绝不可见", "涉密的正文", "shemi", "密工信"], ["不予公开之事", "内部的正文", "neibu"]);
    // As drafts, and as they are issued.
    for issued in [false, true] {
        for slug in ["shemi", "neibu", "gongkai"].iter().filter(|_| issued) {
            let run = workspace.run(&["issue", slug]);
            assert_eq!(run.code, Some(0), "{}", run.err);
        }
        let run = workspace.run(&["build"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(trace("output", &secret), Vec::<String>::new());
        assert_eq!(trace("output/site", &inside), Vec::<String>::new());
        assert!(workspace.read("output/office/notices/neibu/index.html").contains("内部的正文"));
        assert_eq!(trace("output/site", &["公开的正文"]).is_empty(), !issued);
    }

    // A public text that tells of it is an error, is not issued, and is itself kept back.
    for (words, place) in [
        ("依据《云川局关于绝不可见之事甲的公告》办理。", "data/notices/xieru.md:10:4\n"),
        ("依据密工信〔2024〕77号办理。", "data/notices/xieru.md:10:3\n"),
        ("见[附件](notices/neibu/index.html)。", "data/notices/xieru.md:10:7\n"),
    ] {
        workspace.write("data/notices/xieru.md", &notice("云川局关于另一件公开之事的公告", related, words));
        for verb in [&["check"][..], &["issue", "xieru"], &["build", "--partial"]] {
            let run = workspace.run(verb);
            assert_eq!(run.code, Some(1), "{verb:?} {words}: {}", run.err);
            assert!(run.err.contains("错误[保密]") && run.err.contains(place), "{verb:?} {words}:\n{}", run.err);
        }
        assert_eq!(trace("output", &["绝不可见", "涉密的正文", "密工信", "xieru"]), Vec::<String>::new());
        assert_eq!(trace("output/site", &inside), Vec::<String>::new());
    }
}

#[test]
fn a_letter_that_tells_of_a_secret_is_kept_back() {
    let workspace = Workspace::small();
    let classified = "密级: { 密级: 秘密, 保密期限: 5年 }\n份号: \"000001\"\n";
    workspace.write("data/notices/shemi.md", &notice("云川局关于绝不可见之事甲的公告", classified, "正文。"));
    let wording = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/notices/奖励告知书.md.hbs");
    let wording = fs::read_to_string(wording).unwrap();
    workspace.write(
        "templates/notices/奖励告知书.md.hbs",
        &format!("{wording}\n\n见《云川局关于绝不可见之事甲的公告》。\n"),
    );
    for verb in [&["check"][..], &["build", "--partial"]] {
        let run = workspace.run(verb);
        assert_eq!(run.code, Some(1), "{verb:?}: {}", run.err);
        assert!(run.err.contains("错误[保密]"), "{verb:?}: {}", run.err);
    }
    assert!(workspace.path("output/office/index.html").is_file());
    assert!(!workspace.path("output/office/awards/2023/letters").exists());
}

#[test]
fn a_version_stays_reachable_and_the_address_survives_retitling() {
    let workspace = Workspace::office();
    workspace.write("data/notices/banfa.md", &notice("云川局关于旧题的公告", "", "金额96万元。"));
    let run = workspace.run(&["issue", "banfa", "--on", "2024-06-03"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    workspace.write("data/notices/banfa.md", &notice("云川局关于新题的公告", "", "金额86万元。"));
    let run = workspace.run(&["issue", "banfa", "--correct", "金额由96万元改为86万元"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = workspace.read("output/site/notices/banfa/index.html");
    assert!(page.contains("新题") && page.contains("86万元") && page.contains("MA7FK31L9/2024-00001"), "{page}");
    assert!(page.contains("href=\"../../notices/banfa/v1/index.html\""), "{page}");
    let old = workspace.read("output/site/notices/banfa/v1/index.html");
    assert!(old.contains("旧题") && old.contains("96万元") && old.contains("已被更正"), "{old}");
    assert!(old.contains("MA7FK31L9/2024-00001"), "both versions have one number");
    // Who follows the feed or crawls the site learns of it.
    let feed = workspace.read("output/site/feed.xml");
    assert!(
        feed.contains("〔更正〕云川局关于新题的公告") && feed.contains("第2版：金额由96万元改为86万元。"),
        "{feed}"
    );
    assert!(feed.contains("<published>2024-06-03T"), "{feed}");
    let day = feed.split("<updated>").nth(1).and_then(|rest| rest.get(..10)).unwrap();
    assert!(
        day > "2024-06-03" && workspace.read("output/site/sitemap.xml").contains(&format!("<lastmod>{day}</lastmod>"))
    );
    assert!(page.contains("<strong>已更正</strong>　现为第2版：金额由96万元改为86万元"), "{page}");
    let changes = workspace.read("output/site/notices/banfa/versions/index.html");
    assert!(changes.contains("<del>金额96万元。</del>") && changes.contains("<ins>金额86万元。</ins>"), "{changes}");
    for file in ["banfa.pdf", "banfa.md", "banfa.json", "v1/banfa.pdf", "v1/banfa.md", "v1/banfa.json"] {
        assert!(workspace.path("output/site/notices/banfa").join(file).is_file(), "{file}");
    }
}

#[test]
fn an_index_number_is_given_once_and_for_all() {
    let workspace = Workspace::small();
    fs::remove_file(workspace.path("data/index-numbers.yaml")).unwrap();
    workspace.write("data/notices/yi.md", &notice("云川局关于一的公告", "", "一。"));
    let run = workspace.run(&["check"]);
    assert!(run.code == Some(0) && !run.err.contains("索引号"), "only `issue` speaks of it: {}", run.err);
    let run = workspace.run(&["number", "--dry-run"]);
    assert!(run.out.contains("000000000/2024-00001  yi"), "{}", run.out);
    assert!(!workspace.path("data/index-numbers.yaml").exists());
    assert_eq!(workspace.run(&["number"]).code, Some(0));
    let first = workspace.read("data/index-numbers.yaml");
    assert!(workspace.run(&["number"]).out.contains("没有改动"));
    assert_eq!(workspace.read("data/index-numbers.yaml"), first);
    // Neither a new title nor a new day moves it, and a number once used is not used again.
    workspace.write("data/notices/yi.md", &notice("云川局关于壹的公告", "发布日期: 2025-01-01\n", "一。"));
    workspace.run(&["number"]);
    assert_eq!(workspace.read("data/index-numbers.yaml"), first);
    fs::remove_file(workspace.path("data/notices/yi.md")).unwrap();
    workspace.write("data/notices/er.md", &notice("云川局关于二的公告", "", "二。"));
    workspace.write("data/notices/caogao.md", &notice("云川局关于草稿的公告", "", "草。").replace("定稿", "草稿"));
    workspace.write("data/notices/neibu.md", &notice("云川局关于内部的公告", "公开: { 属性: 不予公开 }\n", "内。"));
    workspace.run(&["number"]);
    assert_eq!(workspace.read("data/index-numbers.yaml"), format!("{first}er: 000000000/2024-00002\n"));

    workspace.replace("data/index-numbers.yaml", "er: 000000000/2024-00002", "er: 000000000/2024-00001");
    let run = workspace.run(&["check"]);
    assert!(run.code == Some(1) && run.err.contains("已是“yi”的"), "{}", run.err);
    workspace.replace("data/index-numbers.yaml", "er: 000000000/2024-00001", "er: 000000000/2024-00002");
    workspace.write("data/notices/er.md", &notice("云川局关于二的公告", "索引号: 000000000/2024-00099\n", "二。"));
    let run = workspace.run(&["check"]);
    assert!(run.code == Some(1) && run.err.contains("编定的是 000000000/2024-00002"), "{}", run.err);
}

#[test]
fn a_withdrawn_document_keeps_its_page_and_nothing_more() {
    let workspace = Workspace::office();
    workspace.write("data/notices/wufa.md", &notice("云川局关于误发之事的公告", "", "误发的正文。"));
    for act in [&["issue", "wufa"][..], &["withdraw", "wufa", "--reason", "申报条件有误"], &["build"]] {
        let run = workspace.run(act);
        assert_eq!(run.code, Some(0), "{act:?}: {}", run.err);
    }
    let page = workspace.read("output/site/notices/wufa/index.html");
    assert!(page.contains("已撤回") && page.contains("申报条件有误") && page.contains("误发之事"), "{page}");
    assert!(!page.contains(">有效<"), "{page}");
    assert_eq!(telling(&workspace.path("output"), &["误发的正文"]), Vec::<String>::new());
    let files: Vec<_> = fs::read_dir(workspace.path("output/site/notices/wufa")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    // Titles are broken between words there.
    let list = workspace.read("output/site/columns/notices/2024/index.html").replace("<wbr>", "");
    assert!(list.contains("误发之事") && list.contains("已撤回"), "{list}");
}

#[test]
fn a_correction_and_a_result_are_linked_both_ways() {
    let workspace = Workspace::office();
    workspace.write("data/notices/yuan.md", &notice("云川局关于原事的公告", "", "原文。"));
    let corrects = "公开: { 关联: [{ 关系: 更正, 文件: yuan }] }\n";
    workspace.write("data/notices/gengzheng.md", &notice("云川局关于更正原事的公告", corrects, "更正。"));
    let repeals = "公开: { 关联: [{ 关系: 废止, 文件: jiu }] }\n";
    workspace.write("data/notices/jiu.md", &notice("云川局关于旧事的公告", "", "旧。"));
    workspace.write("data/notices/xin.md", &notice("云川局关于新事的公告", repeals, "新。"));
    let issue = |slug: &str| {
        let run = workspace.run(&["issue", slug]);
        assert_eq!(run.code, Some(0), "{slug}: {}", run.err);
    };
    let build = || {
        let run = workspace.run(&["build"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
    };
    ["yuan", "gengzheng", "jiu"].into_iter().for_each(issue);
    build();
    // The draft of a repeal repeals nothing.
    let old = workspace.read("output/site/notices/jiu/index.html");
    assert!(old.contains(">有效<") && !old.contains("废止"), "{old}");
    issue("xin");
    build();
    for (page, words, target) in [
        ("yuan", "更正", "gengzheng"),
        ("gengzheng", "更正的文件", "yuan"),
        ("jiu", "被废止", "xin"),
        ("xin", "废止的文件", "jiu"),
    ] {
        let html = workspace.read(&format!("output/site/notices/{page}/index.html"));
        let link = format!("<dt>{words}</dt><dd><a href=\"../../notices/{target}/index.html\">");
        assert!(html.contains(&link), "{page}: {html}");
    }
    let list = workspace.read("output/site/columns/notices/2024/index.html");
    assert!(list.contains(">废止<"), "{list}");
    // A repeal that is itself withdrawn repeals nothing.
    assert_eq!(workspace.run(&["withdraw", "xin", "--reason", "另行发文"]).code, Some(0));
    build();
    let old = workspace.read("output/site/notices/jiu/index.html");
    assert!(old.contains(">有效<"), "{old}");
}

/// The digests by which a published site proves itself, checked; gives what one page says.
fn whole(site: &Path, page: &str) -> String {
    use std::fmt::Write;

    use sha2::{Digest, Sha256};
    let release: serde_json::Value = serde_json::from_slice(&fs::read(site.join("release.json")).unwrap()).unwrap();
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").unwrap();
            out
        })
    };
    let files = release["文件"].as_array().unwrap();
    for file in files {
        let path = file["路径"].as_str().unwrap();
        let bytes = fs::read(site.join(path)).unwrap();
        assert_eq!(file["SHA-256"], hex(&Sha256::digest(&bytes)), "{path}");
        assert_eq!(file["SM3"], hex(&sm3::Sm3::digest(&bytes)), "{path}");
    }
    let on_disk = walkdir::WalkDir::new(site).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    assert_eq!(on_disk.count(), files.len() + 1, "the site is what the release names, and release.json");
    fs::read_to_string(site.join(page)).unwrap()
}

/// A document that says a word, issued or corrected, and the site of it.
fn say(workspace: &Workspace, word: &str) {
    workspace.write("data/notices/yi.md", &notice("云川局关于一的公告", "", word));
    let first = !workspace.path("data/issued/yi").exists();
    let act = if first { &["issue", "yi"][..] } else { &["issue", "yi", "--correct", "改正文"] };
    for command in [act, &["build", "--quiet"]] {
        let run = workspace.run(command);
        assert_eq!(run.code, Some(0), "{command:?}: {}", run.err);
    }
}

#[test]
fn publishing_is_one_step_and_can_be_undone() {
    let workspace = Workspace::office();
    let page = "notices/yi/index.html";
    let publish = |more: &[&str]| workspace.run(&[&["publish", "--to", "www", "--yes"], more].concat());
    assert_eq!(publish(&[]).code, Some(2), "there is nothing to publish yet");
    let say = |word: &str| say(&workspace, word);
    say("第一次。");
    // Without a terminal nobody can be asked, and nothing is published unasked.
    let run = workspace.run(&["publish", "--to", "www"]);
    assert!(run.code == Some(2) && run.err.contains("新公开") && run.err.contains(page), "{}", run.err);
    let run = workspace.run(&["publish", "--to", "www", "--dry-run"]);
    assert!(run.code == Some(0) && run.err.contains(page), "{}", run.err);
    assert!(!workspace.path("www").exists());
    let run = publish(&[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(publish(&["--rollback"]).code, Some(2), "there is nothing to go back to yet");
    say("第二次。");
    assert_eq!(publish(&[]).code, Some(0));
    assert!(whole(&workspace.path("www"), page).contains("第二次。"));
    assert_eq!(publish(&["--rollback"]).code, Some(0));
    assert!(whole(&workspace.path("www"), page).contains("第一次。"));
    assert_eq!(publish(&["--rollback"]).code, Some(0), "going back is itself undone");
    assert!(whole(&workspace.path("www"), page).contains("第二次。"));
    // What was changed after the build is not what was checked.
    workspace.write("output/site/notices/yi/index.html", "改动");
    let run = publish(&["--rollback"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = publish(&[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("改动过"), "{}", run.err);
    assert!(whole(&workspace.path("www"), page).contains("第一次。"));
    // A folder of somebody else is left alone.
    workspace.write("other/mine.txt", "不要动");
    assert_eq!(workspace.run(&["publish", "--to", "other", "--yes"]).code, Some(2));
    assert_eq!(workspace.read("other/mine.txt"), "不要动");
}

/// Killed (`SIGKILL`) at whatever moment, the readers have the old site or the new one, whole, and the next run ends as if nothing
/// had been.
#[cfg(unix)]
#[test]
fn a_killed_publish_leaves_a_whole_site() {
    let workspace = Workspace::office();
    let page = "notices/yi/index.html";
    let mut shown = String::from("第0次。");
    let say = |word: &str| say(&workspace, word);
    say(&shown);
    // Enough files that there is a middle to be killed in.
    let started = std::time::Instant::now();
    assert_eq!(workspace.run(&["publish", "--to", "www", "--yes"]).code, Some(0));
    let takes = started.elapsed();
    for round in 1..=6_u32 {
        let next = format!("第{round}次。");
        say(&next);
        let mut child = workspace.command(&["publish", "--to", "www", "--yes"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(takes * round / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        let html = whole(&workspace.path("www"), page);
        assert!(html.contains(&shown) || html.contains(&next), "{html}");
        assert_eq!(workspace.run(&["publish", "--to", "www", "--yes"]).code, Some(0));
        assert!(whole(&workspace.path("www"), page).contains(&next));
        assert_eq!(workspace.run(&["publish", "--to", "www", "--rollback"]).code, Some(0));
        assert!(whole(&workspace.path("www"), page).contains(&shown), "the one before is kept");
        assert_eq!(workspace.run(&["publish", "--to", "www", "--rollback"]).code, Some(0));
        shown = next;
    }
    let beside: Vec<_> = fs::read_dir(workspace.path(".")).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(!beside.iter().any(|name| name.to_string_lossy().ends_with(".partial")), "{beside:?}");
}

/// A running `hongtou serve`, ended with the test.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    pub fn start(workspace: &Workspace) -> Self {
        let mut command = workspace.command(&["serve", "--only", "办公室", "--port", "0"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut port = None;
        let mut lines = lines.map_while(Result::ok);
        for line in lines.by_ref() {
            if let Some(rest) = line.split("http://127.0.0.1:").nth(1) {
                port = rest.split('/').next().unwrap().parse().ok();
                break;
            }
        }
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port: port.unwrap() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn get(&self, path: &str, more: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{more}\r\n", self.port))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn the_site_is_shown_to_this_machine_alone_and_reloads() {
    let workspace = Workspace::small();
    workspace.write("data/notices/yi.md", &notice("云川局关于一的公告", "", "第一次。"));
    let server = Server::start(&workspace);
    let page = server.get("/notices/yi/", "");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("第一次。"), "{page}");
    for header in [
        "content-type: text/html; charset=utf-8\r\n",
        "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; ",
        "x-content-type-options: nosniff\r\n",
        "x-frame-options: DENY\r\n",
        "referrer-policy: same-origin\r\n",
        "cross-origin-resource-policy: same-origin\r\n",
        "cache-control: no-store\r\n",
    ] {
        assert!(page.contains(header), "{header} is missing in\n{page}");
    }
    for (path, kind) in [
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/notices/yi/yi.pdf", "application/pdf"),
        ("/notices/yi/yi.json", "application/json"),
        ("/catalogues/gaoduan-lv/gaoduan-lv.csv", "text/csv; charset=utf-8"),
        ("/feed.xml", "application/xml"),
    ] {
        let answer = server.get(path, "");
        assert!(answer.contains(&format!("content-type: {kind}\r\n")), "{path}: {}", &answer[..200]);
    }
    assert!(server.get("/nothing", "").starts_with("HTTP/1.1 404"));
    assert!(server.get("/../data/office.yaml", "").starts_with("HTTP/1.1 404"));
    assert!(server.get("/", "Origin: https://evil.example\r\n").starts_with("HTTP/1.1 403"));
    assert!(
        server.ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 421")
    );
    assert!(server.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 4"));
    let host = format!("Host: 127.0.0.1:{}", server.port);
    assert!(
        server.ask(&format!("DELETE / HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n")).starts_with("HTTP/1.1 403")
    );

    // The page listens; a change of a file is told to it, and then shown.
    let mut events = server.connect();
    events.write_all(format!("GET /events HTTP/1.1\r\n{host}\r\n\r\n").as_bytes()).unwrap();
    workspace.write("data/notices/yi.md", &notice("云川局关于一的公告", "", "第二次。"));
    let told = BufReader::new(events).lines().map_while(Result::ok).filter(|line| line.starts_with("data: ")).nth(1);
    assert!(told.is_some(), "the page is not told to reload");
    assert!(server.get("/notices/yi/", "").contains("第二次。"));
    assert!(!workspace.path("output").exists(), "nothing is written");
}

/// 国办发〔2017〕47号: every page of content has its day; that of a list is the day of the notice that published it.
#[test]
fn lists_and_explanations_have_their_day() {
    let workspace = Workspace::built_sample();
    let records: serde_json::Value =
        serde_json::from_str(&workspace.read("output/office/awards/2023/awards.json")).unwrap();
    let code = records[0]["统一社会信用代码"].as_str().unwrap();
    let files = fs::read_dir(workspace.path("output/office/assets/search")).unwrap();
    let texts: String = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for page in ["awards/2023/index.html", &format!("awards/2023/{code}/index.html")] {
        let html = workspace.read(&format!("output/office/{page}"));
        assert!(html.contains("<meta name=\"PubDate\" content=\"2024-"), "{page}");
        let found = format!("{page}\",\"奖励公告\",\"2024-");
        assert!(texts.contains(&found), "{page} is found without its day");
    }
}

/// A spreadsheet would compute a cell that begins like a formula; OWASP, CSV Injection.
#[test]
fn no_published_table_holds_a_formula() {
    let workspace = Workspace::small();
    for file in ["data/enterprises/a.yaml", "data/catalogues/gaoduan-lv.yaml"] {
        let name =
            if file.contains("catalogues") { "高强高韧航空铝合金板" } else { "示例铝业有限公司" };
        workspace.replace(file, name, &format!("'=HYPERLINK(\"http://x/\",\"{name}\")'"));
    }
    assert_eq!(workspace.run(&["build"]).code, Some(0));
    let tables: Vec<_> = walkdir::WalkDir::new(workspace.path("output")).into_iter().flatten().collect();
    let tables = tables.iter().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "csv"));
    let mut guarded = 0;
    for table in tables {
        let text = fs::read_to_string(table.path()).unwrap();
        for cell in csv::Reader::from_reader(text.as_bytes())
            .records()
            .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(!cell.starts_with('='), "{}: {cell}", table.path().display());
            guarded += usize::from(cell.starts_with("'=HYPERLINK"));
        }
    }
    assert!(guarded >= 2, "{guarded}");
}

/// A list of awards is as final as the least final notice that publishes it.
#[test]
fn a_list_is_no_more_final_than_its_notices() {
    let workspace = Workspace::small();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/notices/gongshi-2023.md");
    let sample = fs::read_to_string(sample).unwrap();
    let list = |first: &str, second: &str| {
        for (name, status) in [("jia", first), ("yi", second)] {
            let text = sample
                .replace("状态: 样例", &format!("状态: {status}"))
                .replace("名单的公示", &format!("名单（{name}）的公示"));
            workspace.write(&format!("data/notices/{name}.md"), &text);
        }
        let run = workspace.run(&["build"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let page = workspace.read("output/office/awards/2023/index.html");
        let mark = page.split("<p class=\"mark\"><strong>").nth(1).and_then(|rest| rest.split('<').next());
        mark.map(str::to_owned)
    };
    fs::remove_file(workspace.path("data/notices/gaozhishu-2023.md")).unwrap();
    assert_eq!(list("定稿", "草稿").as_deref(), Some("草稿"));
    assert_eq!(list("样例", "草稿").as_deref(), Some("样例"));
}

/// What lies over the years leads on from row to clause to policy, and tells nothing that the published lists do not.
#[test]
fn everything_leads_on_and_nothing_more_is_told() {
    let workspace = Workspace::built_sample();
    let page = |path: &str| workspace.read(&format!("output/site/{path}/index.html"));
    let enterprise = "awards/enterprises/91410181MA0000015M";
    // From the row of a 公示 to the enterprise, from its award to the row of the year and to the clause, from there to the policy.
    assert!(page("notices/gongshi-2023").contains(&format!("href=\"../../{enterprise}/index.html\"")));
    let own = page(enterprise);
    let row = "../../../awards/2023/index.html#2023-%E5%9B%9B%EF%BC%88%E4%BA%94%EF%BC%897-91410181MA0000015M-";
    assert!(own.contains(row) && own.contains("awards/clauses/xincailiao-2022-"), "{own}");
    let clause = page("awards/clauses/xincailiao-2022-四（五）7");
    assert!(clause.contains("notices/xincailiao-2022/index.html#%E5%9B%9B%EF%BC%88%E4%BA%94%EF%BC%897"), "{clause}");
    assert!(page("notices/xincailiao-2022").contains("id=\"四（五）7\""));
    // A catalogue and the notice that issued it; its entry and the award given for it.
    let catalogue = page("catalogues/gaoduan-lv");
    assert!(catalogue.contains("notices/mulu-2022/index.html") && catalogue.contains("2023年奖励"), "{catalogue}");
    assert!(page("notices/mulu-2022").contains("catalogues/gaoduan-lv/index.html"));
    // The public lists of the sample name neither districts nor who got nothing.
    assert!(!workspace.path("output/site/awards/districts").exists());
    assert!(workspace.path("output/office/awards/districts").is_dir());
    let statistics = page("awards/statistics");
    for year in ["2022", "2023"] {
        let list = page(&format!("awards/{year}"));
        let total = list.split("金额合计</dt><dd>").nth(1).and_then(|rest| rest.split('元').next()).unwrap();
        assert!(statistics.contains(&format!("{total}</td>")), "{year}: {total}");
    }
}

/// A number in a drawing is found before anything is printed, and never told; what a camera wrote into a photograph goes nowhere.
#[test]
fn a_picture_gives_nobody_away() {
    let workspace = Workspace::office();
    let figure = |file: &str| notice("云川局关于图片的公告", "", &format!("见图。\n\n![示意图](data/pictures/{file})"));
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><metadata>13912345678</metadata><rect width='9' height='9'/></svg>";
    workspace.write("data/pictures/tu.svg", svg);
    workspace.write("data/notices/tu.md", &figure("tu.svg"));
    let run = workspace.run(&["check"]);
    assert!(
        run.code == Some(1) && run.err.contains("手机号码 139****5678") && !run.err.contains("13912345678"),
        "{}",
        run.err
    );
    workspace.write("data/pictures/tu.svg", &svg.replace("13912345678", "绘图"));
    // The pages of another file are read as well.
    let inside = "---\n标题: 云川局关于内部通讯录的通知\n文种: 通知\n状态: 定稿\n成文日期: 2024-06-03\n发文字号: 云局〔2024〕9号\n公开: { 属性: 不予公开 }\n主送: 各科室\n---\n\n张示例，手机13912345678。\n";
    workspace.write("data/notices/lu.md", inside);
    let run = workspace.run(&["render", "lu", "-o", "lu.pdf"]);
    assert!(workspace.path("lu.pdf").exists(), "{}", run.err);
    fs::rename(workspace.path("lu.pdf"), workspace.path("data/pictures/lu.pdf")).unwrap();
    workspace.write("data/notices/ye.md", &figure("lu.pdf"));
    let run = workspace.run(&["check"]);
    assert!(run.err.contains("手机号码 139****5678") && !run.err.contains("13912345678"), "{}", run.err);
    fs::remove_file(workspace.path("data/notices/ye.md")).unwrap();
    fs::remove_file(workspace.path("data/notices/lu.md")).unwrap();
    let mut png = Vec::new();
    let image = image::RgbImage::new(8, 8);
    image.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    // Behind the head of 13 + 12 bytes, a text that tells where it was taken.
    let told = b"Comment\x00113.6E 34.7N";
    let mut chunk = u32::try_from(told.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(b"tEXt");
    chunk.extend_from_slice(told);
    chunk.extend_from_slice(&[0; 4]);
    png.splice(33..33, chunk);
    fs::write(workspace.path("data/pictures/zhao.png"), &png).unwrap();
    workspace.write("data/notices/zhao.md", &figure("zhao.png"));
    for act in [&["issue", "tu"][..], &["issue", "zhao"], &["build"]] {
        let run = workspace.run(act);
        assert_eq!(run.code, Some(0), "{act:?}: {}", run.err);
    }
    assert_eq!(telling(&workspace.path("output"), &["113.6E"]), Vec::<String>::new());
    assert_eq!(telling(&workspace.path("data/issued"), &["113.6E"]), Vec::<String>::new());
    assert!(!telling(&workspace.path("output/site"), &["zhao"]).is_empty());
}

/// Who objects to a 公示 finds a form to print that names it; no other document has one.
#[test]
fn a_publicity_has_a_form_for_objections() {
    let workspace = Workspace::built_sample();
    let notice = workspace.read("output/site/notices/gongshi-2023/index.html");
    assert!(notice.contains("notices/gongshi-2023/objection/index.html"), "no link");
    let form = workspace.read("output/site/notices/gongshi-2023/objection/index.html");
    for words in ["异议书", "关于2023年度新材料产业拟奖励名单的公示", "2024年6月13日", "示例路1号", "事实和理由"]
    {
        assert!(form.replace("<wbr>", "").contains(words), "{words}");
    }
    assert!(!workspace.path("output/site/notices/jiangli-2023/objection").exists());
}

/// What the 专栏 of 政府信息公开 holds is begun from the shipped drafts, issued as any document, and listed there.
#[test]
fn the_column_of_disclosure_is_filled_by_documents() {
    let workspace = Workspace::office();
    for (kind, name) in [("公开指南", "zhinan"), ("依申请公开", "shenqing"), ("公开年报", "nianbao")] {
        let run = workspace.run(&["new", kind, name]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let path = format!("data/notices/{name}.md");
        let text = workspace.read(&path).replace('×', "示").replace("状态: 草稿", "状态: 定稿");
        workspace.write(&path, &text);
        let run = workspace.run(&["issue", name]);
        assert_eq!(run.code, Some(0), "{kind}: {}{}", run.out, run.err);
    }
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let column = workspace.read("output/site/columns/disclosure/index.html").replace("<wbr>", "");
    for words in ["政府信息公开指南", "依申请公开政府信息", "政府信息公开工作年度报告"] {
        assert!(column.contains(words), "{words}");
    }
}

/// What is wrong with one template of the office is one finding, at its place: not one for each page that could not be made, nor for each link
/// to such a page.
#[test]
fn a_template_that_is_wrong_is_one_finding() {
    let workspace = Workspace::built_sample().another();
    workspace.write("templates/site/notice.hbs", "{{#> page}}\n<h1>{{content.标体}}</h1>\n{{/page}}\n");
    let run = workspace.run(&["check", "--format", "json"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    let told: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    let errors: Vec<&serde_json::Value> = told.iter().filter(|one| one["级别"] == "错误").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].to_string().contains("templates/site/notice.hbs"), "{}", errors[0]);
}
