//! 第一次 — a folder without a workspace: six questions, answered by `hongtou init --空白`, or the sample; then the workbench opens.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use maud::{Markup, html};
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use super::Setting;
use super::frame;
use super::requests::{Problem, page};

/// What an office is asked: by what name, in words, with an example.
pub const QUESTIONS: [(&str, &str, &str); 6] = [
    ("name", "机关全称", "示例市工业和信息化局"),
    ("short", "机关简称", "市工信局"),
    ("code", "发文机关代字", "示工信"),
    ("address", "地址", "示例市示例路1号"),
    ("telephone", "电话", "0000-12345678"),
    ("domain", "网站域名", "gxj.example.gov.cn"),
];

/// A folder that becomes a workspace.
pub(super) struct Fresh {
    program: std::path::PathBuf,
    root: std::path::PathBuf,
    /// Told when there is one.
    pub(super) done: Notify,
}

/// The answers, by the names of the questions; `sample` where the sample is wanted instead.
type Answers = BTreeMap<String, String>;

impl Fresh {
    pub(super) fn new(setting: &Setting) -> Arc<Self> {
        Arc::new(Self { program: setting.program.clone(), root: setting.root.clone(), done: Notify::new() })
    }
}

/// The pages of a folder that is no workspace yet.
pub(super) fn routes(fresh: &Arc<Fresh>) -> Router {
    Router::new()
        .route("/", get(async || page(StatusCode::OK, &form(&Answers::default(), None))))
        .route("/init", post(init))
        .fallback(get(async || Problem::missing("先建工作区")))
        .with_state(Arc::clone(fresh))
}

fn form(answers: &Answers, wrong: Option<&str>) -> Markup {
    frame::page(
        "建一个工作区",
        None,
        false,
        &html! {
            @if let Some(wrong) = wrong { p class="error" role="alert" { (wrong) } }
            p { "这个文件夹里还没有工作区。回答六个问题，就有一个自己的；以后都能改。" }
            form method="post" action="/init" class="form" {
                @for (key, question, example) in QUESTIONS {
                    p class="field" {
                        label for=(key) { (question) }
                        input id=(key) name=(key) value=(answers.get(key).map(String::as_str).unwrap_or_default()) placeholder={ "如 " (example) } required autocomplete="off";
                    }
                }
                p { button class="main" { "建立" } }
            }
            form method="post" action="/init" { p { input type="hidden" name="sample" value="1"; button { "先看样例" } } }
        },
    )
}

async fn init(State(fresh): State<Arc<Fresh>>, Form(answers): Form<Answers>) -> Result<Response<Body>, Problem> {
    let mut command = tokio::process::Command::new(&fresh.program);
    command.arg("init").env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    if !answers.contains_key("sample") {
        command.arg("--空白");
    }
    let mut child = command.arg("--").arg(&fresh.root).spawn()?;
    if let Some(mut lines) = child.stdin.take() {
        let answer = |key: &str| answers.get(key).map(String::as_str).unwrap_or_default().replace(['\r', '\n'], " ");
        let said = QUESTIONS.iter().map(|(key, ..)| format!("{}\n", answer(key)));
        // One that asks nothing does not listen.
        let _ = lines.write_all(said.collect::<String>().as_bytes()).await;
    }
    let done = child.wait_with_output().await?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        return Ok(page(StatusCode::BAD_REQUEST, &form(&answers, Some(&said))));
    }
    fresh.done.notify_one();
    let again = html! { meta http-equiv="refresh" content="2;url=/"; p role="status" { "建好了，正在打开工作台……" } p { a href="/" { "打开" } } };
    Ok(page(StatusCode::OK, &frame::page("建好了", None, false, &again)))
}
