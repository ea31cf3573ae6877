//! 服务 — addresses, limits, beginning and end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Response, Uri};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use super::Setting;
use super::desk::Desk;
use super::door::accounts::{Accounts, Refused};
use super::door::{Hosts, Sessions};
use super::entrance::{Door, guarded};
use super::fresh::{self, Fresh};
use super::history::History;
use super::pages;
use super::requests::{Office, Problem, Shared};
use crate::build::Room;
use crate::calendar::Day;
use crate::project::is_filled;

/// The largest that is handed in (bytes): a workbook of a hundred thousand rows has some ten million.
const LARGEST: usize = 64 << 20;

/// How often a page that listens is shown a sign of life: what stands between waits no longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Why there is no workbench.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The address is taken.
    #[error("不能使用 {0}：{1}；用 --port 换一个端口")]
    Taken(SocketAddr, String),
    /// Other machines are to be answered, and nobody has an account.
    #[error("要让别的机器用，先建账户：hongtou user add 姓名 --role 签发")]
    NoAccounts,
    /// Other machines are to be answered, and only a site is shown, which asks nobody who he is.
    #[error("--only 只给本机看；让别的机器看网站，用 hongtou publish 发布到网站服务器")]
    OnlyHere,
    /// Changes are to be committed, and there is no git.
    #[error("--git 要工作区是 git 仓库（先运行 git init），装了 git，仓库自己的设置里没有 filter（它会运行别的程序）")]
    NoGit,
    /// The accounts cannot be read.
    #[error("{0}")]
    Accounts(#[from] Refused),
    /// The system refused.
    #[error("{}", crate::disk::reason(.0))]
    Io(#[from] std::io::Error),
}

/// Answers until it is ended from outside.
///
/// # Errors
///
/// Why it does not begin.
pub fn serve(setting: Setting) -> Result<(), Failed> {
    let shared = Accounts::of(&setting.root)?.iter().next().is_some();
    if !setting.listen.ip().is_loopback() {
        if setting.only.is_some() {
            return Err(Failed::OnlyHere);
        }
        if !shared {
            return Err(Failed::NoAccounts);
        }
    }
    let kept = setting.git.then(|| History::of(&setting.root));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let served = runtime.block_on(async {
        match kept {
            Some(history) if !history.is_kept().await => Err(Failed::NoGit),
            _ => answer(setting, shared).await,
        }
    });
    // What is still being asked is not waited for.
    runtime.shutdown_background();
    served
}

async fn answer(mut setting: Setting, shared: bool) -> Result<(), Failed> {
    let mut listener = bind(setting.listen).await?;
    let listen = listener.local_addr()?;
    let door = Arc::new(Door {
        hosts: Hosts::new(listen, &setting.hosts),
        sessions: Sessions::new(setting.seconds),
        only: setting.only.is_some(),
        shared,
        root: setting.root.clone(),
    });
    if !is_filled(&setting.root.join("data")) {
        greet(&setting, &door, listen)?;
        let fresh = Fresh::new(&setting);
        let begun = Arc::clone(&fresh);
        let served = axum::serve(listener, guarded(&door, fresh::routes(&fresh)));
        tokio::select! {
            ended = served.with_graceful_shutdown(async move { begun.done.notified().await }) => ended?,
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
        listener = bind(listen).await?;
        setting.open = None;
    }
    let day = std::mem::replace(&mut setting.day, Box::new(Day::last));
    let desk = Desk::new(setting.root.clone(), day)?;
    // Whoever comes first finds the workspace read.
    let mut rounds = desk.rounds();
    let _ = rounds.wait_for(|round| *round > 0).await;
    greet(&setting, &door, listen)?;
    let mut router = guarded(&door, rooms(Arc::new(Office::new(setting, desk, shared))));
    if !listen.ip().is_loopback() {
        router = router.layer(CompressionLayer::new());
    }
    tokio::select! {
        ended = axum::serve(listener, router) => Ok(ended?),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failed> {
    TcpListener::bind(address).await.map_err(|error| Failed::Taken(address, crate::disk::reason(&error)))
}

/// Says where it is, and opens it where that is wanted.
fn greet(setting: &Setting, door: &Door, listen: SocketAddr) -> std::io::Result<()> {
    let words = "改了文件会自动更新。按 Ctrl+C 停止";
    if door.only {
        (setting.say)(&format!("网站在 http://{listen}/ ，只有本机能看；{words}"));
        return Ok(());
    }
    let address = if door.shared {
        (setting.say)(&format!("工作台在 http://{listen}/ ，用账户登录；{words}"));
        format!("http://{listen}/")
    } else {
        let address = format!("http://{listen}/open?key={}", door.sessions.link()?);
        (setting.say)(&format!("工作台在 {address} ，链接只能用一次，只有本机能打开；{words}"));
        address
    };
    if let Some(open) = setting.open {
        open(&address);
    }
    Ok(())
}

/// The workbench, or the one room of the site that is shown.
fn rooms(office: Shared) -> Router {
    let router = match office.setting.only {
        Some(_) => Router::new().route("/events", get(events)).fallback(get(shown_alone)),
        None => pages::routes()
            .route("/events", get(events))
            .route("/preview/{room}/", get(preview))
            .route("/preview/{room}/{*path}", get(preview))
            .fallback(get(async || Problem::missing("没有这个网页"))),
    };
    router.layer(DefaultBodyLimit::max(LARGEST)).layer(RequestBodyLimitLayer::new(LARGEST)).with_state(office)
}

/// Tells which reading of the workspace it is, and of each new one.
async fn events(State(office): State<Shared>) -> impl IntoResponse {
    let rounds = WatchStream::new(office.desk.rounds());
    let told = rounds.map(|round| Ok::<_, Infallible>(Event::default().data(round.to_string())));
    Sse::new(told).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE))
}

async fn preview(State(office): State<Shared>, uri: Uri) -> Result<Response<Body>, Problem> {
    let path = percent_decode_str(uri.path()).decode_utf8().map_err(|_| Problem::missing("没有这个网页"))?;
    let rest = path.strip_prefix("/preview/").unwrap_or_default();
    let (name, path) = rest.split_once('/').unwrap_or((rest, ""));
    let room = match name {
        "site" => Room::Site,
        "office" => Room::Office,
        _ => return Err(Problem::missing("没有这个网页")),
    };
    shown(&office, room, &format!("/preview/{name}/"), path).await
}

async fn shown_alone(State(office): State<Shared>, uri: Uri) -> Result<Response<Body>, Problem> {
    let room = office.setting.only.unwrap_or(Room::Site);
    let path = percent_decode_str(uri.path()).decode_utf8().map_err(|_| Problem::missing("没有这个网页"))?;
    shown(&office, room, "/", path.trim_start_matches('/')).await
}

async fn shown(office: &Shared, room: Room, base: &str, path: &str) -> Result<Response<Body>, Problem> {
    let own = Arc::clone(office);
    let shown = office.desk.ask(move |view| own.shelf.room(view, room)).await?;
    Ok(shown.answer(base, path))
}
