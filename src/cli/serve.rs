//! `hongtou serve` — 工作台: all of this in a browser; or one room of the site, to be looked at and reloaded when a file changes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::Stdio;

use super::arguments::{Common, Serve, ServedRoom, command};
use super::{Ending, Failure, print};
use crate::build::Room;
use crate::workbench::{Setting, serve};

pub(super) fn run(common: &Common, options: &Serve) -> Result<Ending, Failure> {
    // A folder that is no workspace yet becomes one in the browser.
    let root = match (common.root(), &common.root) {
        (Ok(root), _) => root,
        (Err(_), Some(named)) if options.only.is_none() => named.clone(),
        (Err(failure), _) => return Err(failure),
    };
    let program = std::env::current_exe()?;
    let listen = options.listen.unwrap_or_else(|| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port));
    let named = common.on;
    let setting = Setting {
        root: crate::project::real_path(&root)?,
        listen,
        hosts: options.hosts.clone(),
        only: options.only.map(|room| match room {
            ServedRoom::Office => Room::Office,
            ServedRoom::Site => Room::Site,
        }),
        web_root: options.publish_to.as_deref().map(crate::project::real_path).transpose()?,
        git: options.git,
        program,
        commands: command(),
        day: Box::new(move || named.unwrap_or_else(super::today)),
        on: named,
        seconds: super::seconds,
        now: super::now,
        say: print::error,
        open: options.open.then_some(open),
    };
    serve(setting).map_err(|failed| Failure::Other(failed.to_string()))?;
    Ok(Ending::Fine)
}

/// Opens an address in the browser of this machine; where there is none, the address stands in the window.
fn open(address: &str) {
    let (program, first) = if cfg!(windows) {
        ("rundll32", Some("url.dll,FileProtocolHandler"))
    } else if cfg!(target_os = "macos") {
        ("open", None)
    } else {
        ("xdg-open", None)
    };
    let mut command = std::process::Command::new(program);
    command.args(first).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        print::error("没有找到浏览器；把上面的链接贴到浏览器里");
    }
}
