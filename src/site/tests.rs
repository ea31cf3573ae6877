//! Whole sites: golden pages, escaping, and links that lead somewhere.

use super::*;
use crate::document::{
    Align, Attachment, Block, Cell, Closing, ClosingStyle, Colophon, Column as TableColumn, Crumb, DataRecord,
    DatasetKind, Download, Fact, Field, FieldKind, Format, Genre, Inline, Label, Masthead, Publication, Record, Row,
    Signature, Status, Table, Validity,
};

const HOSTILE: &str = "<script>alert(1)</script> {{x}} #read(\"/etc/passwd\") $x$ *b*";

macro_rules! own {
    ($($name:literal),*) => {
        [$(TemplateFile { name: $name.into(), text: include_str!(concat!("../../templates/site/", $name)).into(), file: None }),*]
    };
}

/// The program's own templates.
pub(super) fn templates() -> Templates {
    let (templates, report) = Templates::new(own![
        "page.hbs",
        "mark.hbs",
        "downloads.hbs",
        "entries.hbs",
        "lists.hbs",
        "notice.hbs",
        "article.hbs",
        "dataset.hbs",
        "column.hbs",
        "index.hbs",
        "site.css",
        "table.js",
        "icon.svg"
    ]);
    assert_eq!(report.findings(), []);
    templates
}

pub(super) fn identity() -> Identity {
    serde_json::from_value(serde_json::json!({
        "网站名称": "示例市工业和信息化局",
        "域名": "gxj.example.gov.cn",
        "网站标识码": "4100000000",
        "主办单位": "示例市工业和信息化局",
        "地址": "示例市示例路1号",
        "邮编": "450000",
        "电话": "0371-60000000",
        "ICP备案号": "示例ICP备00000000号",
        "公安备案号": "示例公网安备00000000000000号",
    }))
    .unwrap()
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { label: None, text: vec![Inline::text(text)], indent: true }
}

fn heading(level: u8, number: &str, text: &str) -> Block {
    Block::Heading {
        label: Label { level, text: number.into() },
        text: vec![Inline::text(text)],
        anchor: format!("{number}{text}"),
    }
}

fn row(cells: &[&str], total: bool) -> Row {
    Row { cells: cells.iter().map(|text| Cell { text: vec![Inline::text(*text)] }).collect(), total }
}

pub(super) fn notice(slug: &str) -> Document {
    let table = Table {
        caption: Some("拟奖励企业名单".into()),
        unit: Some("单位：万元".into()),
        columns: ["序号", "企业名称", "事项", "拟奖励金额"]
            .iter()
            .zip([Align::Center, Align::Left, Align::Left, Align::Right])
            .map(|(name, align)| TableColumn { name: vec![Inline::text(*name)], align })
            .collect(),
        rows: vec![
            row(&["1", "示例铝业有限公司", "铝加工产品奖励", "500.00"], false),
            row(&["2", HOSTILE, "首批次应用保险补偿", "96.00"], false),
            row(&["合计", "", "", "596.00"], true),
        ],
        landscape: false,
    };
    Document {
        slug: slug.into(),
        status: Status::Sample,
        genre: Genre::Publicity,
        format: Format::Plain,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec!["示例市工业和信息化局".into()],
            suffix: None,
            number: Some("示工信〔2024〕12号".parse().unwrap()),
            signatories: Vec::new(),
        },
        title: "示例市工业和信息化局关于2023年度铝工业奖励资金拟奖励企业名单的公示".into(),
        title_lines: Vec::new(),
        addressee: "各县（市、区）工业和信息化主管部门，各有关单位".into(),
        body: vec![
            paragraph("根据《政策》要求，经企业申报、专家评审等程序，现将名单予以公示。"),
            heading(1, "一、", "公示内容"),
            heading(2, "（一）", "名单"),
            Block::Table(table),
            Block::Paragraph {
                label: Some(Label { level: 3, text: "1.".into() }),
                text: vec![
                    Inline::text("强度≥700 MPa，密度2.8 g/cm"),
                    Inline::Super { text: "3".into() },
                    Inline::text("；H"),
                    Inline::Sub { text: "2".into() },
                    Inline::text("O。见"),
                    Inline::Link { href: "awards/2023/".into(), text: vec![Inline::text("奖励查询")] },
                    Inline::text("和"),
                    Inline::Link {
                        href: "https://www.gov.cn/?a=1&b=2".into(), text: vec![Inline::text("中国政府网")]
                    },
                ],
                indent: true,
            },
            Block::List {
                items: vec![vec![paragraph("单位异议加盖公章；")], vec![paragraph("个人异议署真实姓名。")]]
            },
            heading(1, "二、", "公示时间"),
            paragraph("2024年6月13日至2024年6月19日（5个工作日）。"),
        ],
        attachments: vec![Attachment {
            label: "附件".into(),
            title: "异议反映表".into(),
            title_lines: Vec::new(),
            body: vec![heading(1, "一、", "填表说明"), paragraph("实名填写。")],
        }],
        closing: Closing {
            style: ClosingStyle::Unsealed,
            signatures: vec![Signature { name: "示例市工业和信息化局".into(), person: None, seal: None }],
            dated: Some(day("2024-06-13")),
        },
        note: Some("此件公开发布".into()),
        colophon: Some(Colophon {
            offices: Vec::new(),
            addressee: None,
            copies_to: vec!["市财政局，市审计局".into()],
            printed_by: Some("示例市工业和信息化局办公室".into()),
            printed_on: Some(day("2024-06-13")),
        }),
        record: Record {
            index_number: "000000000/2024-00012".into(),
            topic: "工业、交通\\原材料".into(),
            column: "公示".into(),
            issuer: "示例市工业和信息化局".into(),
            dated: Some(day("2024-06-13")),
            published: Some(day("2024-06-13")),
            validity: Validity::Valid,
            keywords: vec!["铝工业".into(), "公示".into()],
            summary: "2023年度铝工业奖励资金拟奖励企业名单公示。".into(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

pub(super) fn dataset() -> Dataset {
    let field = |name: &str, kind, filter| Field { name: name.into(), kind, filter };
    Dataset {
        path: "awards/2023".into(),
        kind: DatasetKind::Awards,
        status: Status::Sample,
        title: "2023年度奖励名单".into(),
        facts: vec![
            Fact { label: "年度".into(), text: "2023".into() },
            Fact { label: "合计".into(), text: "596.00万元".into() },
        ],
        intro: vec![paragraph("按企业逐项列出。")],
        fields: vec![
            field("序号", FieldKind::Code, false),
            field("企业", FieldKind::Text, false),
            field("事项", FieldKind::Text, true),
            field("说明", FieldKind::Long, false),
            field("金额（万元）", FieldKind::Number, false),
        ],
        records: vec![
            DataRecord {
                id: "1".into(),
                cells: ["1", "示例铝业有限公司", "铝加工产品奖励", "按销售额增量计算。", "500.00"]
                    .iter()
                    .map(|text| vec![Inline::text(*text)])
                    .collect(),
                link: Some("awards/2023/91410181MA0000015M".into()),
            },
            DataRecord {
                id: "2".into(),
                cells: ["2", HOSTILE, "首批次应用保险补偿", HOSTILE, "96.00"]
                    .iter()
                    .map(|text| vec![Inline::text(*text)])
                    .collect(),
                link: None,
            },
        ],
        total: Some(vec!["合计".into(), String::new(), String::new(), String::new(), "596.00".into()]),
        downloads: vec![Download { label: "CSV（可用 Excel 打开）".into(), href: "awards.csv".into() }],
        edition: None,
        charts: Vec::new(),
        grants: Vec::new(),
    }
}

pub(super) fn article() -> Article {
    Article {
        path: "awards/2023/91410181MA0000015M".into(),
        status: Status::Sample,
        title: "示例铝业有限公司2023年度奖励说明".into(),
        facts: vec![Fact { label: "统一社会信用代码".into(), text: "91410181MA0000015M".into() }],
        crumbs: vec![Crumb { title: "2023年度奖励名单".into(), path: "awards/2023".into() }],
        body: vec![heading(1, "一、", "铝加工产品奖励（四（五）7）"), paragraph("销售额增加：3.2亿元 − 9800万元。")],
        downloads: Vec::new(),
        grants: Vec::new(),
    }
}

fn files() -> BTreeMap<String, FileFacts> {
    BTreeMap::from([
        ("notices/gongshi-2023/gongshi-2023.pdf".to_owned(), FileFacts { bytes: 123_456, pages: Some(3) }),
        ("awards/2023/awards.csv".to_owned(), FileFacts { bytes: 900, pages: None }),
    ])
}

fn sample() -> Vec<Page> {
    let (identity, notices) = (identity(), [notice("gongshi-2023")]);
    let (datasets, articles, files) = ([dataset()], [article()], files());
    let site = Site { identity: &identity, notices: &notices, datasets: &datasets, articles: &articles, files: &files };
    let (pages, report) = render(&site, &templates(), day("2024-06-14"));
    assert_eq!(report.findings(), []);
    pages
}

fn text(pages: &[Page], path: &str) -> String {
    let page = pages.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(page.bytes.clone()).unwrap()
}

/// All values of `href` and `src` in a page.
fn addresses(html: &str) -> Vec<String> {
    ["href=\"", "src=\""]
        .iter()
        .flat_map(|mark| html.split(mark).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.replace("&amp;", "&"))
        .collect()
}

#[test]
fn golden_pages() {
    let pages = sample();
    for (name, path) in [
        ("notice", "notices/gongshi-2023/index.html"),
        ("dataset", "awards/2023/index.html"),
        ("article", "awards/2023/91410181MA0000015M/index.html"),
        ("index", "index.html"),
        ("feed", "feed.xml"),
    ] {
        insta::assert_snapshot!(name, text(&pages, path));
    }
}

#[test]
fn hostile_text_prints_as_its_very_characters() {
    let pages = sample();
    for page in pages.iter().filter(|page| !page.path.starts_with("assets/")) {
        let html = text(&pages, &page.path);
        assert!(!html.contains("<script>"), "{}", page.path);
    }
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt; {{x}} #read(&quot;/etc/passwd&quot;) $x$ *b*";
    assert!(text(&pages, "notices/gongshi-2023/index.html").contains(escaped));
    assert_eq!(text(&pages, "awards/2023/index.html").matches(escaped).count(), 2);
}

#[test]
fn every_relative_link_leads_somewhere() {
    let pages = sample();
    let known: BTreeSet<String> = pages.iter().map(|page| page.path.clone()).chain(files().into_keys()).collect();
    let mut followed = 0;
    for page in pages.iter().filter(|page| page.path.ends_with("index.html")) {
        let html = text(&pages, &page.path);
        for href in addresses(&html) {
            if href.contains(':') {
                assert!(href.starts_with("https://"), "{href}");
                continue;
            }
            let (target, fragment) = href.split_once('#').map_or((href.as_str(), None), |(a, b)| (a, Some(b)));
            let mut parts: Vec<&str> = page.path.split('/').collect();
            if !target.is_empty() {
                parts.pop();
            }
            for part in target.split('/').filter(|part| !part.is_empty()) {
                if part == ".." { assert!(parts.pop().is_some()) } else { parts.push(part) }
            }
            let path = parts.join("/");
            assert!(known.contains(&path), "{}: {href} → {path}", page.path);
            if let Some(fragment) = fragment {
                assert!(text(&pages, &path).contains(&format!("id=\"{fragment}\"")), "{}: {href}", page.path);
            }
            followed += 1;
        }
    }
    assert!(followed > 50);
}

#[test]
fn the_government_tags_stand_on_a_page() {
    let html = text(&sample(), "notices/gongshi-2023/index.html");
    for tag in [
        "<meta name=\"SiteName\" content=\"示例市工业和信息化局\">",
        "<meta name=\"SiteDomain\" content=\"gxj.example.gov.cn\">",
        "<meta name=\"SiteIDCode\" content=\"4100000000\">",
        "<meta name=\"ColumnName\" content=\"公示\">",
        "<meta name=\"PubDate\" content=\"2024-06-13 00:00\">",
        "<meta name=\"Url\" content=\"https://gxj.example.gov.cn/notices/gongshi-2023/\">",
    ] {
        assert!(html.contains(tag), "{tag}");
    }
}

#[test]
fn a_dead_link_and_an_unknown_column_are_found() {
    let identity = identity();
    let mut document = notice("a");
    document.record.column = "公式".into();
    let notices = [document];
    let files = BTreeMap::new();
    let site = Site { identity: &identity, notices: &notices, datasets: &[], articles: &[], files: &files };
    let (_, report) = render(&site, &templates(), day("2024-06-14"));
    let messages: Vec<&str> = report.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].contains("栏目“公式”"));
    assert!(messages[1].contains("awards/2023/index.html"));
}

/// Writes the sample site to `HONGTOU_SITE`, for looking at it in a browser.
#[test]
#[ignore = "writes files for a person to look at"]
fn write_sample() {
    let Some(folder) = std::env::var_os("HONGTOU_SITE").map(std::path::PathBuf::from) else { return };
    for page in sample() {
        let path = folder.join(&page.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, page.bytes).unwrap();
    }
    for path in files().into_keys() {
        std::fs::write(folder.join(path), "").unwrap();
    }
}
