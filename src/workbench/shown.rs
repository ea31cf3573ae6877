//! 展示 — a room of the site as it would be made now, in memory, with what is wrong over every page; the pages reload when it is another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use maud::{Markup, html};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::desk::View;
use crate::build::Room;
use crate::diag::{Report, Severity};
use crate::parallel::threads;
use crate::source::Sources;

/// The script that reloads a page, and how the banner looks; a page's own policy forbids both within it.
const SCRIPT: &str = "/bench/reload.js";
const STYLESHEET: &str = "/bench/banner.css";

/// How many findings are told; `hongtou check` has them all.
const MOST: usize = 20;

/// What a path may not bear as it is.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'%');

/// What stands there where nothing could be made.
const BARE: &str = "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>没有这个网页</title></head>\n<body>\n<p>没有这个网页。</p>\n</body></html>\n";

/// A room as it was made.
#[derive(Debug, Default)]
pub(super) struct Shown {
    round: u64,
    files: BTreeMap<String, Vec<u8>>,
    banner: String,
}

/// The rooms that were made last.
#[derive(Default)]
pub(super) struct Shelf(Mutex<BTreeMap<&'static str, Arc<Shown>>>);

impl Shelf {
    /// A room as it is now.
    pub(super) fn room(&self, view: &View<'_>, room: Room) -> Arc<Shown> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(room.folder()).cloned();
        if let Some(known) = known.filter(|known| known.round == view.round) {
            return known;
        }
        let made = Arc::new(made(view, room));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(room.folder(), Arc::clone(&made));
        made
    }
}

fn made(view: &View<'_>, room: Room) -> Shown {
    let mut report = view.read.clone();
    let (output, found) = view.workshop.build(threads(), &|_, _| {});
    report.absorb(found);
    report.sort();
    let mut files = BTreeMap::new();
    for artifact in output.artifacts {
        let path = artifact.path.strip_prefix(room.folder()).and_then(|rest| rest.strip_prefix('/'));
        if let Some((path, bytes)) = path.zip(artifact.content.bytes().ok()) {
            files.insert(path.to_owned(), bytes.into_owned());
        }
    }
    Shown { round: view.round, files, banner: banner(&report, &view.project.sources) }
}

impl Shown {
    /// What stands at a path of the room, which is shown below `base`.
    pub(super) fn answer(&self, base: &str, path: &str) -> Response<Body> {
        let mut wanted = path.to_owned();
        if wanted.is_empty() || wanted.ends_with('/') {
            wanted.push_str("index.html");
        }
        if let Some(bytes) = self.files.get(&wanted) {
            return answer(StatusCode::OK, &wanted, self.page(&wanted, bytes));
        }
        if self.files.contains_key(&format!("{wanted}/index.html")) {
            let mut response = answer(StatusCode::PERMANENT_REDIRECT, "a.txt", Vec::new());
            let place = format!("{base}{}/", utf8_percent_encode(path, PATH));
            if let Ok(place) = HeaderValue::from_str(&place) {
                response.headers_mut().insert(header::LOCATION, place);
            }
            return response;
        }
        // Where nothing at all could be made, there is still something to say.
        let page = self.files.get("404.html").map_or(BARE.as_bytes(), Vec::as_slice);
        answer(StatusCode::NOT_FOUND, "404.html", self.page("404.html", page))
    }

    /// A page as it is shown here: with the script that reloads it, the leave to listen, and what is wrong over it.
    fn page(&self, path: &str, bytes: &[u8]) -> Vec<u8> {
        match std::str::from_utf8(bytes) {
            Ok(text) if kind(path).starts_with("text/html") => {
                let style = format!("<link rel=\"stylesheet\" href=\"{STYLESHEET}\">\n");
                let style = if self.banner.is_empty() { "" } else { style.as_str() };
                text.replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
                    .replacen(
                        "</head>",
                        &format!("<script src=\"{SCRIPT}\" type=\"module\"></script>\n{style}</head>"),
                        1,
                    )
                    .replacen("<body>", &format!("<body>\n{}", self.banner), 1)
                    .into_bytes()
            }
            _ => bytes.to_vec(),
        }
    }
}

fn answer(status: StatusCode, path: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    response
}

/// What a file is, by its ending.
pub(super) fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "zip" => "application/zip",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What is wrong, over every page: a smaller total or a missing page never goes without a word. Nothing where nothing is wrong.
fn banner(report: &Report, sources: &Sources) -> String {
    let (errors, warnings) = report.count();
    if errors + warnings == 0 {
        return String::new();
    }
    let mut findings: Vec<_> = report.findings().iter().collect();
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    let heading = match (errors, warnings) {
        (0, warnings) => format!("有{warnings}个提醒"),
        (errors, _) => format!("有{errors}个错误：有错误的内容没有生成，这里的页面、名单和合计可能不全，不能作准"),
    };
    let list: Markup = html! {
        section class="hongtou-findings" role="alert" aria-label="检查结果" {
            p { strong { (heading) } "。改好以后这里自动更新；全部见 hongtou check。" }
            ul {
                @for finding in findings.iter().take(MOST) {
                    li {
                        @if let Some(place) = finding.place { code { (sources.locate(place)) } " " }
                        (finding.message)
                        @if let Some(help) = &finding.help { "（" (help) "）" }
                    }
                }
                @if findings.len() > MOST { li { "还有" (findings.len() - MOST) "个" } }
            }
        }
    };
    list.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};

    #[test]
    fn what_is_wrong_stands_over_the_page_and_carries_no_markup() {
        let mut report = Report::default();
        assert_eq!(banner(&report, &Sources::default()), "");
        report.push(Diagnostic::warning(Code::Link, "甲"));
        assert!(banner(&report, &Sources::default()).contains("有1个提醒"));
        report.push(Diagnostic::error(Code::Link, "<script>乙").help("改"));
        let told = banner(&report, &Sources::default());
        assert!(
            told.contains("有1个错误") && told.contains("&lt;script&gt;乙（改）") && !told.contains("<script>"),
            "{told}"
        );
        assert!(told.find("乙").unwrap() < told.find("甲").unwrap(), "errors come first");
    }

    #[test]
    fn pages_listen_and_folders_have_their_slash() {
        let page = "<meta content=\"default-src 'none'; x\"></head><body>";
        let files =
            BTreeMap::from([("index.html".to_owned(), page.into()), ("公文/index.html".to_owned(), "b".into())]);
        let shown = Shown { round: 1, files, banner: "<p>错</p>".to_owned() };
        let page = String::from_utf8(shown.page("index.html", page.as_bytes())).unwrap();
        assert!(
            page.contains("connect-src 'self'; x") && page.contains(SCRIPT) && page.contains("<p>错</p>"),
            "{page}"
        );
        let moved = shown.answer("/preview/site/", "公文");
        assert_eq!(moved.headers()[header::LOCATION], "/preview/site/%E5%85%AC%E6%96%87/");
        assert_eq!(shown.answer("/", "../../etc/passwd").status(), StatusCode::NOT_FOUND);
    }
}
