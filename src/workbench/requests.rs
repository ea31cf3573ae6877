//! 请求 — what all handlers share, and how they answer: a page, data, or why not.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use maud::Markup;
use serde::Serialize;

use super::Setting;
use super::acts::{Act, Hand, acts};
use super::desk::{Desk, Unanswered, View};
use super::door::accounts::Role;
use super::door::{Foreign, Person};
use super::frame;
use super::history::History;
use super::journal::{Entry, Journal};
use super::shown::Shelf;
use super::typed::Given;

/// What the workbench holds.
pub(super) struct Office {
    pub(super) setting: Setting,
    pub(super) desk: Desk,
    pub(super) hand: Hand,
    pub(super) acts: Vec<Act>,
    pub(super) given: Given,
    pub(super) shelf: Shelf,
    pub(super) journal: Journal,
    history: Option<History>,
    /// Whether people have accounts here.
    pub(super) shared: bool,
}

/// What every handler is given.
pub(super) type Shared = Arc<Office>;

impl Office {
    pub(super) fn new(mut setting: Setting, desk: Desk, shared: bool) -> Self {
        let acts = acts(&setting.commands);
        setting.commands = clap::Command::new("hongtou");
        let hand = Hand::new(setting.program.clone(), setting.root.clone(), setting.on.map(crate::calendar::Day::iso));
        let journal = Journal::of(&setting.root);
        let history = setting.git.then(|| History::of(&setting.root));
        Self { desk, hand, acts, given: Given::default(), shelf: Shelf::default(), journal, history, shared, setting }
    }

    /// After somebody changed something: it is committed where that is wanted, and read again. What git does not take is in the journal.
    pub(super) async fn changed(&self, who: &str, what: &str) {
        if let Some(history) = &self.history
            && let Err(error) = history.keep(who, what).await
        {
            let line = format!("git 没有提交：{error}");
            // The change itself stands, and whoever made it is told so.
            let _ = self.journal.add(&Entry::given(&(self.setting.now)(), who, &line, None, 2));
        }
        self.desk.refreshed().await;
    }

    /// The command of that name.
    pub(super) fn act(&self, name: &str) -> Result<&Act, Problem> {
        self.acts.iter().find(|act| act.name == name).ok_or_else(|| Problem::missing(format!("没有“{name}”这项办理")))
    }

    /// A page made of the workspace.
    pub(super) async fn page(
        &self,
        person: &Person,
        title: &str,
        content: impl FnOnce(&View<'_>) -> Result<Markup, Problem> + Send + 'static,
    ) -> Result<Response<Body>, Problem> {
        let content = self.desk.ask(content).await??;
        Ok(page(StatusCode::OK, &frame::live(title, person, self.shared, &content)))
    }
}

/// A page.
pub(super) fn page(status: StatusCode, markup: &Markup) -> Response<Body> {
    let mut response = Response::new(Body::from(markup.0.clone()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Data for a script.
pub(super) fn data(value: &impl Serialize) -> Response<Body> {
    let mut response = Response::new(Body::from(serde_json::to_vec(value).unwrap_or_default()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// To another page.
pub(super) fn elsewhere(place: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(place) = HeaderValue::from_str(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// Why a request is not done.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    words: String,
}

impl Problem {
    pub(super) fn missing(words: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, words: words.into() }
    }

    pub(super) fn wrong(words: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, words: words.into() }
    }

    pub(super) fn forbidden(words: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, words: words.into() }
    }

    pub(super) fn busy(words: impl Into<String>) -> Self {
        Self { status: StatusCode::SERVICE_UNAVAILABLE, words: words.into() }
    }
}

impl From<Foreign> for Problem {
    fn from(why: Foreign) -> Self {
        Self { status: why.status(), words: why.to_string() }
    }
}

impl From<Unanswered> for Problem {
    fn from(_: Unanswered) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR, words: "程序出了差错，这一步没有做；再试一次".to_owned()
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::busy(format!("没有做成：{}", crate::disk::reason(&error)))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        page(self.status, &frame::problem(&self.words))
    }
}

/// Whether somebody may do what asks for a role.
pub(super) fn allowed(person: &Person, role: Role) -> Result<(), Problem> {
    if person.role >= role {
        return Ok(());
    }
    Err(Problem::forbidden(format!("这一步要“{}”的人办，{}是“{}”", role.name(), person.name, person.role.name())))
}
