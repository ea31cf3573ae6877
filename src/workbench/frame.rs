//! 外框 — what stands around every page.

use maud::{DOCTYPE, Markup, html};

use super::door::Person;

/// The places of the workbench.
const PLACES: [(&str, &str); 9] = [
    ("/", "首页"),
    ("/documents", "公文"),
    ("/tables", "表格"),
    ("/awards", "奖励"),
    ("/policies", "政策"),
    ("/acts", "办理"),
    ("/sources", "源文件"),
    ("/settings", "设置"),
    ("/log", "日志"),
];

/// A page with its frame.
pub(super) fn page(title: &str, person: Option<&Person>, shared: bool, content: &Markup) -> Markup {
    framed(title, person, shared, false, content)
}

/// A page of the workspace as it is: it loads anew when that is another.
pub(super) fn live(title: &str, person: &Person, shared: bool, content: &Markup) -> Markup {
    framed(title, Some(person), shared, true, content)
}

fn framed(title: &str, person: Option<&Person>, shared: bool, live: bool, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " — 红头工作台" }
                link rel="stylesheet" href="/bench/desk.css";
                link rel="icon" href="/bench/icon.svg" type="image/svg+xml";
                script src="/bench/desk.js" type="module" {}
            }
            body data-live[live] {
                a class="skip" href="#main" { "跳到正文" }
                header {
                    p class="name" { a href="/" { "红头工作台" } }
                    @if let Some(person) = person {
                        nav aria-label="主导航" {
                            ul { @for (place, name) in PLACES { li { a href=(place) { (name) } } } }
                        }
                        p class="who" {
                            a href="/preview/office/" { "看办公室网站" } " "
                            a href="/preview/site/" { "看公开网站" } " "
                            @if shared {
                                span { (person.name) "（" (person.role.name()) "）" }
                                form method="post" action="/logout" { button { "退出" } }
                            }
                        }
                    }
                }
                main id="main" tabindex="-1" {
                    h1 { (title) }
                    (content)
                }
                p class="changed" id="changed" role="status" {}
            }
        }
    }
}

/// A page that says why something was not done.
pub(super) fn problem(words: &str) -> Markup {
    page(
        "没有做成",
        None,
        false,
        &html! {
            p class="error" role="alert" { (words) }
            p { a href="/" { "回首页" } }
        },
    )
}

/// Words of a path in an address.
pub(super) fn coded(text: &str) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A link to a command with some of it filled in.
pub(super) fn act(name: &str, filled: &[(&str, &str)], words: &str) -> Markup {
    let pairs: Vec<String> = filled.iter().map(|(key, value)| format!("{}={}", coded(key), coded(value))).collect();
    html! { a class="button" href={ "/acts/" (coded(name)) "?" (pairs.join("&")) } { (words) } }
}

/// Where something is written, as a link into the file: `data/a.yaml:9:25`.
pub(super) fn place(located: &str) -> Markup {
    let mut parts = located.rsplitn(3, ':');
    let (column, line, path) = (parts.next(), parts.next(), parts.next());
    match (path, line, column) {
        (Some(path), Some(line), Some(column)) => html! {
            a class="place" href={ "/source?path=" (coded(path)) "&line=" (line) "&column=" (column) } { (located) }
        },
        _ => html! { (located) },
    }
}
