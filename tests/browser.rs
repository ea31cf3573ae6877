//! The published site in a real browser: `tests/browser/run.sh` on the built sample as the office sees it, which has every
//! kind of page, and on what `hongtou serve` shows of it.

use std::io::Write;
use std::process::Command;

use hongtou::credit_code::CreditCode;
use hongtou::grid::{Column, Datum, Grid, Shape, workbook};

use crate::site::Server;
use crate::workbench::Desk;
use crate::workspace::{Workspace, program};

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
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let link = format!("http://{}{}", desk.host, desk.link);
    look(&target, &["--story".as_ref(), "workbench".as_ref(), link.as_ref(), cases.as_os_str()]);
}

/// An office is set up, awards are cut and a notice is issued by one who has no mouse.
#[test]
fn the_keyboard_alone_is_enough() {
    let workspace = Workspace::paying();
    let desk = Desk::start(&workspace, &["--on", "2024-05-20"]);
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-keyboard");
    look(&target, &["--story".as_ref(), "keyboard".as_ref(), format!("http://{}{}", desk.host, desk.link).as_ref()]);
    assert!(workspace.read("data/layout.yaml").contains("行距: 30"));
    assert!(workspace.read("data/reductions/2023.yaml").contains("资金: 100万元"));
}

/// Sixty enterprises of a city that nobody drew here, from their tables in Excel to the ledger.
#[test]
fn a_year_is_worked_through_in_a_real_browser() {
    let workspace = Workspace::office();
    workspace.copy("tests/workspaces/云川市/data/policies", "data/policies");
    let tables = tempfile::tempdir().unwrap();
    for (name, grid) in declared() {
        std::fs::write(tables.path().join(name), workbook(&[grid]).unwrap()).unwrap();
    }
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-year");
    let own = workspace.path("");
    look(
        &target,
        &["--story".as_ref(), "publisher".as_ref(), program().as_os_str(), own.as_os_str(), tables.path().as_os_str()],
    );
}

/// The tables that the districts send: the enterprises, what they declare with a cell that holds no amount, and as it should be.
fn declared() -> [(&'static str, Grid); 3] {
    const HOW_MANY: u32 = 60;
    let code = |number: u32| CreditCode::complete(&format!("91410181MA{:07}", 9000 + number)).unwrap().to_string();
    let name = |number: u32| format!("云川机械{number:02}有限公司");
    let table = |heads: &[&str], row: &dyn Fn(u32) -> Vec<Datum>| Grid {
        name: "报表".to_owned(),
        columns: heads.iter().map(|head| Column::new(*head, Shape::Text)).collect(),
        rows: (1..=HOW_MANY).map(row).collect(),
        ..Grid::default()
    };
    let enterprises = table(
        &["企业名称", "统一社会信用代码", "所属区县", "所属行业", "是否规上"],
        &|number| {
            let district = ["河东区", "河西区", "新县"][number as usize % 3];
            let large = if number % 4 == 0 { "否" } else { "是" };
            [&name(number), &code(number), district, "装备制造", large].map(Datum::text).into()
        },
    );
    let projects = |wrong: bool| {
        table(
            &["企业名称", "统一社会信用代码", "项目名称", "2023年设备和软件投资（万元）"],
            &|number| {
                let amount = if wrong && number == 7 {
                    Datum::text("未统计")
                } else {
                    Datum::Number((number * 37 + 100).into())
                };
                [name(number), code(number), format!("生产线{number:02}改造项目")]
                    .map(Datum::text)
                    .into_iter()
                    .chain([amount])
                    .collect()
            },
        )
    };
    [("企业.xlsx", enterprises), ("申报-错.xlsx", projects(true)), ("申报.xlsx", projects(false))]
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
