//! 进门 — the link that opens once, logging in and out, what everybody may have; and before all else who is let in at all, and what every
//! answer bears.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Form, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::Deserialize;

use super::door::accounts::{Accounts, Role};
use super::door::{Hosts, Person, Sessions, is_ours};
use super::pages::login;
use super::requests::{Problem, elsewhere, page};
use super::shown::kind;
use crate::assets;

/// The cookie by which somebody is known.
const COOKIE: &str = "hongtou";

/// The largest form that somebody unknown may send (bytes).
const SMALL: usize = 4096;

/// What the pages of the workbench may do, and those of the site.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const SITE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What is shown before anybody is known.
const OPEN: [&str; 3] = ["/open", "/login", "/bench/"];

/// Who is let in.
pub(super) struct Door {
    /// The names under which requests may come.
    pub(super) hosts: Hosts,
    /// Who came in.
    pub(super) sessions: Sessions,
    /// Whether only a site is shown, to whoever is at this machine, to read.
    pub(super) only: bool,
    /// Whether people have accounts.
    pub(super) shared: bool,
    /// The workspace, whose accounts they are.
    pub(super) root: PathBuf,
}

/// Coming in, and what stands before the door; around `pages`, which only those see who came in.
pub(super) fn guarded(door: &Arc<Door>, pages: Router) -> Router {
    let mut router = pages.route("/bench/{name}", get(asset));
    if !door.only {
        let open = Router::new()
            .route("/open", get(open))
            .route("/login", get(login_page).post(log_in).layer(DefaultBodyLimit::max(SMALL)))
            .route("/logout", post(log_out));
        router = router.merge(open.with_state(Arc::clone(door)));
    }
    router.layer(from_fn_with_state(Arc::clone(door), at_the_door))
}

/// Lets in who is meant, and sees to what every answer bears.
async fn at_the_door(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response<Body> {
    let site = door.only || request.uri().path().starts_with("/preview/");
    let mut response = match door.who(&request) {
        Ok(Some(person)) => {
            request.extensions_mut().insert(person);
            next.run(request).await
        }
        Ok(None) => elsewhere("/login"),
        Err(problem) => problem.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", if site { SITE_POLICY } else { POLICY }),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        // A form of our own must say where it comes from; to others nothing is said.
        ("referrer-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-accel-buffering", "no"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

impl Door {
    /// Who asks; `None` where they have to say so first.
    fn who(&self, request: &Request) -> Result<Option<Person>, Problem> {
        is_ours(&self.hosts, request.method(), request.headers())?;
        let nobody = || Person { name: String::new(), role: Role::Drafter };
        if self.only {
            let reads = matches!(*request.method(), Method::GET | Method::HEAD);
            return if reads { Ok(Some(nobody())) } else { Err(Problem::forbidden("只能读取")) };
        }
        let path = request.uri().path();
        if OPEN.iter().any(|open| path == *open || open.ends_with('/') && path.starts_with(open)) {
            return Ok(Some(nobody()));
        }
        Ok(secret(request.headers()).and_then(|secret| self.sessions.who(&secret)))
    }

    /// Somebody comes in: to the first page, with a cookie of theirs.
    fn enter(&self, person: Person) -> Result<Response<Body>, Problem> {
        let secret = self.sessions.enter(person)?;
        let mut response = elsewhere("/");
        let cookie = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }
}

/// The secret of the cookie.
fn secret(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    key: String,
}

async fn open(State(door): State<Arc<Door>>, Query(Key { key }): Query<Key>) -> Result<Response<Body>, Problem> {
    if door.shared || !door.sessions.opens(&key) {
        return Err(Problem::forbidden("这个链接用过了，或不对；在运行 hongtou serve 的窗口里再启动一次，用新的链接"));
    }
    door.enter(Person { name: "本机".to_owned(), role: Role::Signer })
}

async fn login_page(State(door): State<Arc<Door>>) -> Response<Body> {
    page(StatusCode::OK, &login::page(door.shared, None))
}

#[derive(Deserialize)]
struct Login {
    name: String,
    password: String,
}

async fn log_in(
    State(door): State<Arc<Door>>,
    Form(Login { name, password }): Form<Login>,
) -> Result<Response<Body>, Problem> {
    let again = |words: &str| page(StatusCode::UNAUTHORIZED, &login::page(door.shared, Some(words)));
    let name = name.trim().to_owned();
    if let Some(seconds) = door.sessions.shut(&name) {
        return Ok(again(&format!("错得太多，{}分钟以后再试", seconds.div_ceil(60))));
    }
    let (root, asked) = (door.root.clone(), name.clone());
    // Comparing a password is made to take long.
    let role = tokio::task::spawn_blocking(move || Accounts::of(&root).ok()?.role(&asked, &password)).await;
    if let Some(role) = role.ok().flatten() {
        return door.enter(Person { name, role });
    }
    door.sessions.failed(&name);
    Ok(again("姓名或口令不对"))
}

async fn log_out(State(door): State<Arc<Door>>, headers: HeaderMap) -> Response<Body> {
    if let Some(secret) = secret(&headers) {
        door.sessions.leave(&secret);
    }
    elsewhere("/login")
}

async fn asset(Path(name): Path<String>) -> Result<Response<Body>, Problem> {
    let bytes = assets::of_desk(&name).ok_or_else(|| Problem::missing("没有这个文件"))?;
    let mut response = Response::new(Body::from(bytes.into_owned()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
    Ok(response)
}
