//! `hongtou serve` — shows the site on 127.0.0.1, makes it anew when a file of the workspace changes, and reloads the page.
//! Nothing is written: the site lives in memory.

mod banner;
mod http;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::arguments::{Common, FindingFormat, Serve};
use super::{Ending, Failure, findings, print};
use crate::build::Room;
use crate::parallel::threads;
use crate::project::stamp;
use http::Shown;

/// How often the workspace is looked at.
const PAUSE: Duration = Duration::from_millis(500);

pub(super) fn run(common: &Common, options: &Serve) -> Result<Ending, Failure> {
    let root = common.root()?;
    let room = if options.public { Room::Site } else { Room::Office };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .map_err(|error| Failure::Other(format!("不能使用端口 {}：{error}；用 --port 换一个", options.port)))?;
    let port = listener.local_addr()?.port();
    let shown = Arc::new(Shown::new(port));
    let mut seen = stamp(&root);
    make(common, room, &shown)?;
    print::error(&format!("网站在 http://127.0.0.1:{port}/ ，只有本机能看；改了文件会自动重新生成。按 Ctrl+C 停止"));
    thread::spawn({
        let shown = Arc::clone(&shown);
        move || http::serve(&listener, &shown)
    });
    loop {
        thread::sleep(PAUSE);
        let now = stamp(&root);
        if now != seen {
            seen = now;
            make(common, room, &shown)?;
        }
    }
}

/// Makes the site and shows it; with errors what is faulty stays away, and the errors are listed, here and over every page.
fn make(common: &Common, room: Room, shown: &Shown) -> Result<(), Failure> {
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let (output, found) = workshop.build(threads(), &|_, _| {});
    report.absorb(found);
    findings::show(&mut report, &opened.project.sources, FindingFormat::Text);
    let of_room = output.artifacts.into_iter().filter_map(|artifact| {
        let path = artifact.path.strip_prefix(room.folder())?.strip_prefix('/')?.to_owned();
        Some(artifact.content.bytes().map(|bytes| (path, bytes.into_owned())))
    });
    let files: std::collections::BTreeMap<_, _> = of_room.collect::<std::io::Result<_>>()?;
    let count = files.len();
    shown.replace(files, banner::banner(&report, &opened.project.sources));
    if !common.quiet {
        print::error(&format!("{count}个文件；{}", findings::count(&report)));
    }
    Ok(())
}
