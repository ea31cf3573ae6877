//! Whole sites: golden pages, escaping, links that lead somewhere, and what must never appear.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::sample::{day, files, identity, notice, notices, templates, with_site};
use super::*;
use crate::document::Document;

fn rendered(site: &Site) -> (Vec<Page>, Report) {
    let pages = Mutex::new(Vec::new());
    let report = render(site, &templates(), day("2024-06-14"), &|page: Page| pages.lock().unwrap().push(page));
    let mut pages = pages.into_inner().unwrap();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    (pages, report)
}

fn sample() -> Vec<Page> {
    with_site(|site| {
        let (pages, report) = rendered(site);
        assert_eq!(report.findings(), []);
        pages
    })
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
        ("versions", "notices/gongshi-2023/versions/index.html"),
        ("catalogue", "catalogues/lvjiagong-2024/index.html"),
        ("editions", "catalogues/lvjiagong-2024/changes/index.html"),
        ("catalogue-csv", "catalogues/lvjiagong-2024/lvjiagong-2024.csv"),
        ("catalogue-json", "catalogues/lvjiagong-2024/lvjiagong-2024.json"),
        ("grants", "awards/2023/grants.json"),
        ("column", "columns/publicity/index.html"),
        ("year", "columns/publicity/2024/index.html"),
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
    for page in pages.iter().filter(|page| page.path.ends_with("index.html") || page.path.ends_with("feed.xml")) {
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
        "<meta name=\"PubDate\" content=\"2024-06-13 09:30\">",
        "<meta name=\"Url\" content=\"https://gxj.example.gov.cn/notices/gongshi-2023/\">",
    ] {
        assert!(html.contains(tag), "{tag}");
    }
}

#[test]
fn nothing_of_a_document_that_is_not_public_appears_anywhere() {
    for page in sample() {
        let text = String::from_utf8_lossy(&page.bytes);
        assert!(!text.contains("绝不可见") && !text.contains("jimi") && !text.contains("neibu"), "{}", page.path);
        assert!(!page.path.contains("jimi") && !page.path.contains("neibu"));
    }
}

#[test]
fn a_withdrawn_document_keeps_its_page_and_its_reason_alone() {
    let pages = sample();
    let html = text(&pages, "notices/tongzhi-2024/index.html");
    assert!(html.contains("已撤回") && html.contains("申报条件有误"));
    for page in &pages {
        assert!(!String::from_utf8_lossy(&page.bytes).contains("撤回后不可再见"), "{}", page.path);
    }
    assert!(!pages.iter().any(|page| page.path == "notices/tongzhi-2024/tongzhi-2024.md"));
}

#[test]
fn files_go_only_where_a_document_may_be_read() {
    let found = folders(&notices());
    let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
    assert_eq!(
        found,
        [
            Some("notices/gongshi-2023/v1"),
            Some("notices/gongshi-2023"),
            Some("notices/gonggao-2023"),
            None,
            Some("notices/zhengce-2022"),
            None,
            None,
        ]
    );
}

#[test]
fn versions_and_results_are_linked_both_ways() {
    let pages = sample();
    let old = text(&pages, "notices/gongshi-2023/v1/index.html");
    assert!(
        old.contains("已被替代")
            && old.contains("<link rel=\"canonical\" href=\"https://gxj.example.gov.cn/notices/gongshi-2023/\">")
    );
    let new = text(&pages, "notices/gongshi-2023/index.html");
    assert!(new.contains("第1版") && new.contains("公示结果") && new.contains("notices/gonggao-2023/index.html"));
    assert!(text(&pages, "notices/gonggao-2023/index.html").contains("此前的公示"));
    let versions = text(&pages, "notices/gongshi-2023/versions/index.html");
    // What a sample says is a sample's wherever it stands.
    assert!(versions.contains("<ins>附件：异议反映表</ins>") && versions.contains("内容为虚构"));
}

#[test]
fn a_dead_link_and_an_unknown_column_are_found() {
    let mut document = notice("a");
    document.record.column = "公式".into();
    let (_, report) = of_one(document);
    let messages: Vec<&str> = report.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].contains("栏目“公式”"));
    assert!(messages[1].contains("“awards/2023/”"));
}

/// A site of one document, and what is wrong with it.
fn of_one(document: Document) -> (Vec<Page>, Report) {
    let (identity, notices, files) = (identity(), [document], BTreeMap::new());
    rendered(&Site {
        identity: &identity,
        notices: &notices,
        datasets: &[],
        articles: Articles::of(&[]),
        files: &files,
        elsewhere: &BTreeSet::new(),
        kept: true,
        words: Words::NONE,
    })
}

/// The text of an XML document, read to its end.
fn read_xml(xml: &str) -> String {
    use quick_xml::events::Event;

    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn characters_that_no_page_may_hold_reach_no_file() {
    let mut document = notice("a");
    document.record.summary = "甲\u{1}乙\u{ffff}丙".into();
    document.title = "标\u{0}题\u{b}".into();
    document.body = vec![sample::paragraph("正\u{7f}文\u{85}\t。")];
    let pages = of_one(document).0;
    for page in &pages {
        let text = text(&pages, &page.path);
        let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || *c == '\u{ffff}');
        assert_eq!(odd, None, "{}", page.path);
    }
    assert!(read_xml(&text(&pages, "feed.xml")).contains("甲乙丙"));
    read_xml(&text(&pages, "sitemap.xml"));
    assert!(text(&pages, "notices/a/index.html").contains("<p>正文\t。</p>"));
}

#[test]
fn a_title_cannot_end_the_data_of_its_page() {
    let mut document = notice("a");
    document.title = "题</script><img src=x>&\"'".into();
    let html = text(&of_one(document.clone()).0, "notices/a/index.html");
    let data = html.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["name"], document.title.as_str());
    assert!(!html.contains("<img"));
}
