//! 网站有多快 — ten thousand notices as pages (with their search index, feeds and lists), and the same text by Hugo, if it is
//! installed, with a plain template: same machine, same run.
//!
//! `cargo bench --bench site` prints both; `cargo bench --bench site -- DIR` also leaves the site in `DIR` for the browser.

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark reports and may stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

use hongtou::build::{Artifact, replace};
use hongtou::calendar::Day;
use hongtou::document::{
    Block, Closing, ClosingStyle, Document, Format, Genre, Inline, Label, Masthead, Publication, Record, Signature,
    Status, Validity,
};
use hongtou::site::{Articles, Identity, Page, Site, TemplateFile, Templates, Words, render};

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NOTICES: usize = 10_000;
const PARAGRAPHS: usize = 12;

/// Words of which the invented notices are made.
const WORDS: [&str; 40] = [
    "铝加工",
    "新材料",
    "首批次",
    "专精特新",
    "产业链",
    "高质量发展",
    "奖励资金",
    "申报单位",
    "专家评审",
    "第三方审计",
    "予以公示",
    "有关规定",
    "示例铝业",
    "碳纤维",
    "纳米晶",
    "石墨烯",
    "增材制造",
    "绿色工厂",
    "技术改造",
    "保险补偿",
    "主管部门",
    "材料清单",
    "年度预算",
    "绩效评价",
    "信用核查",
    "按程序",
    "组织实施",
    "加强监督",
    "及时反馈",
    "严格审核",
    "销售收入",
    "研发投入",
    "示范应用",
    "区县推荐",
    "实地核查",
    "集体研究",
    "书面意见",
    "工作日内",
    "附件所列",
    "不再受理",
];

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    fn sentence(&mut self) -> String {
        let words: Vec<&str> = (0..14).filter_map(|_| WORDS.get(self.throw(WORDS.len())).copied()).collect();
        let (head, tail) = words.split_at(words.len() / 2);
        format!("{}，{}。", head.concat(), tail.concat())
    }
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    let notices: Vec<Document> = (0..NOTICES).map(notice).collect();
    let characters: usize =
        notices.iter().flat_map(Document::words).map(|line| line.chars().count()).sum::<usize>() / NOTICES;
    println!("{NOTICES}件公文，每件{characters}字");

    let identity: Identity = serde_json::from_value(serde_json::json!({
        "网站名称": "示例网站", "域名": "www.example.gov.cn", "网站标识码": "0000000001", "主办单位": "示例单位",
    }))
    .expect("the identity is complete");
    let on = Day::new(2024, 6, 14).expect("a day");
    let files = BTreeMap::new();
    let site = Site {
        identity: &identity,
        notices: &notices,
        datasets: &[],
        articles: Articles::of(&[]),
        files: &files,
        elsewhere: &BTreeSet::new(),
        kept: true,
        words: Words::NONE,
    };

    let room = tempfile::tempdir().expect("a folder");
    let ours = folder.unwrap_or_else(|| room.path().join("ours"));
    let started = Instant::now();
    let (templates, _) = Templates::new(hongtou::assets::templates().into_iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("site/")?.to_owned();
        Some(TemplateFile { name, text: String::from_utf8(bytes.into_owned()).ok()?, file: None })
    }));
    let artifacts = Mutex::new(Vec::new());
    let report = render(&site, &templates, on, &|page: Page| {
        let artifact = Artifact::new(page.path, page.bytes, Vec::new());
        artifacts.lock().expect("no thread fails").push(artifact);
    });
    let rendered = started.elapsed();
    assert!(!report.has_errors(), "{:?}", report.findings().first());
    let artifacts: Vec<Artifact> = artifacts.into_inner().expect("no thread fails");
    let html = artifacts.iter().filter(|artifact| artifact.path.ends_with("index.html")).count();
    let files = artifacts.len();
    replace(&ours, &ours.with_extension("spare"), &artifacts).expect("written");
    println!(
        "红头：{files}个文件（{html}个网页），排版{:.2}秒，连同写出{:.2}秒",
        rendered.as_secs_f64(),
        started.elapsed().as_secs_f64()
    );
    hugo(room.path(), &notices);
}

fn notice(number: usize) -> Document {
    let mut dice = Dice(number as u64 + 1);
    let title = format!("关于{}{}有关事项的通知（第{number}号）", dice.sentence().trim_end_matches('。'), number);
    let mut body = Vec::new();
    for paragraph in 0..PARAGRAPHS {
        if paragraph % 4 == 0 {
            let label = Label {
                level: 1,
                text: ["一、", "二、", "三、"].get(paragraph / 4).copied().unwrap_or("").to_owned(),
            };
            body.push(Block::Heading {
                label, text: vec![Inline::text("工作要求")], anchor: format!("s{paragraph}")
            });
        }
        let text = vec![Inline::text(dice.sentence() + &dice.sentence())];
        body.push(Block::Paragraph { label: None, text, indent: true });
    }
    let day = Day::new(2015 + i16::try_from(number % 10).unwrap_or(0), 1 + i8::try_from(number % 12).unwrap_or(0), 15);
    Document {
        slug: format!("n{number}"),
        status: Status::Sample,
        genre: Genre::Notice,
        format: Format::Document,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec!["示例单位".to_owned()],
            suffix: None,
            number: None,
            signatories: Vec::new(),
        },
        title_lines: vec![title.clone()],
        title,
        addressee: "各有关单位".to_owned(),
        body,
        attachments: Vec::new(),
        closing: Closing {
            style: ClosingStyle::Unsealed,
            signatures: vec![Signature { name: "示例单位".to_owned(), person: None, seal: None }],
            dated: day,
        },
        annotation: None,
        note: None,
        colophon: None,
        record: Record {
            index_number: format!("000000000/2024-{number:05}"),
            topic: "工业".to_owned(),
            column: String::new(),
            issuer: "示例单位".to_owned(),
            dated: day,
            published: day,
            validity: Validity::Valid,
            keywords: Vec::new(),
            summary: String::new(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

/// The same text by Hugo, with one plain template for a page and one for the list.
fn hugo(room: &Path, notices: &[Document]) {
    let site = room.join("hugo");
    let put = |path: &str, text: &str| {
        let path = site.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    put("config.toml", "baseURL = \"https://www.example.gov.cn/\"\nlanguageCode = \"zh-CN\"\ntitle = \"示例网站\"\n");
    let page = |main: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{{{{ .Title }}}}</title></head>\n<body>\n<h1>{{{{ .Title }}}}</h1>\n{main}\n</body>\n</html>\n"
        )
    };
    put("layouts/_default/single.html", &page("{{ .Content }}"));
    put(
        "layouts/_default/list.html",
        &page("<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>"),
    );
    for document in notices {
        let mut text = format!("---\ntitle: \"{}\"\ndate: 2024-06-13\n---\n\n", document.title);
        for block in &document.body {
            match block {
                Block::Heading { text: words, .. } => {
                    text.push_str(&format!("## {}\n\n", hongtou::document::plain(words)));
                }
                Block::Paragraph { text: words, .. } => {
                    text.push_str(&format!("{}\n\n", hongtou::document::plain(words)));
                }
                _ => {}
            }
        }
        put(&format!("content/notices/{}.md", document.slug), &text);
    }
    let started = Instant::now();
    let run = Command::new("hugo").arg("--quiet").current_dir(&site).status();
    match run {
        Ok(status) if status.success() => println!("Hugo：排版并写出{:.2}秒", started.elapsed().as_secs_f64()),
        _ => println!("Hugo：没有安装，没有比较（Debian：apt-get install hugo）"),
    }
}
