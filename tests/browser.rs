//! The published site in a real browser: `tests/browser/run.sh` on the built sample as the office sees it, which has every
//! kind of page, and on what `hongtou serve` shows of it.

use std::io::Write;
use std::process::Command;

use crate::site::Server;
use crate::workbench::Desk;
use crate::workspace::Workspace;

/// What the script says when it could not do its work for want of a browser.
const SKIPPED: i32 = 77;

#[test]
fn every_kind_of_page_holds_in_a_real_browser() {
    let workspace = Workspace::built_sample();
    let server = Server::start(workspace);
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let address = format!("http://127.0.0.1:{}/", server.port);
    let (office, site) = (workspace.path("output/office"), workspace.path("output/site"));
    look(&target, &[office.as_os_str(), address.as_ref(), site.as_os_str()]);
}

/// Three people at work, without a terminal.
#[test]
fn the_workbench_holds_in_a_real_browser() {
    let workspace = Workspace::paying();
    workspace.copy("tests/workspaces/示例县/data/catalogues", "data/catalogues");
    let desk = Desk::start(&workspace, &["--on", "2024-05-20"]);
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-desk");
    look(&target, &["--workbench".as_ref(), format!("http://{}{}", desk.host, desk.link).as_ref()]);
}

/// Runs the script, and fails where it finds something wrong.
fn look(target: &std::path::Path, arguments: &[&std::ffi::OsStr]) {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/run.sh");
    let run = Command::new("sh").arg(script).args(arguments).env("HONGTOU_BROWSER_CACHE", target).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    // Past the capture of the test runner: whoever reads the run shall know what it did not look at.
    let mut reader = std::io::stderr();
    writeln!(reader, "{}", said.trim_end()).unwrap();
    let required =
        std::env::var_os("CI").is_some() || std::env::var("HONGTOU_BROWSER").is_ok_and(|wish| wish == "required");
    let skipped = run.status.code() == Some(SKIPPED) && !required;
    if skipped {
        let words = "注意：没有在浏览器里检查！原因见上。要求必须检查：HONGTOU_BROWSER=required";
        writeln!(reader, "{words}").unwrap();
    }
    assert!(skipped || run.status.success(), "run.sh ended with {:?}\n{said}", run.status.code());
}
