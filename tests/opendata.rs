//! The data files of the built sample before programs that know nothing of hongtou: `tests/opendata/run.sh`, and on spoilt ones.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use crate::workspace::Workspace;

/// What the script says when it could not do its work for want of its tools.
const SKIPPED: i32 = 77;

fn checked(site: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opendata/run.sh");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("opendata");
    Command::new("sh").arg(script).arg(site).env("HONGTOU_OPENDATA_CACHE", target).output().unwrap()
}

#[test]
fn the_data_are_what_they_say_they_are() {
    let site = Workspace::built_sample().path("output/site");
    let run = checked(&site);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    writeln!(std::io::stderr(), "{}", said.trim_end()).unwrap();
    let required =
        std::env::var_os("CI").is_some() || std::env::var("HONGTOU_OPENDATA").is_ok_and(|wish| wish == "required");
    if run.status.code() == Some(SKIPPED) && !required {
        let warning = "注意：开放数据没有经过外部检查！原因见上。要求必须检查：HONGTOU_OPENDATA=required";
        writeln!(std::io::stderr(), "{warning}").unwrap();
        return;
    }
    assert_eq!(run.status.code(), Some(0), "{said}");
    for (file, from, to) in [
        ("notices/gongshi-2023/gongshi-2023.json", "\"title_lines\"", "\"title_line\""),
        ("awards/2023/awards.json", "\"给予\"", "\"给了\""),
        ("awards/2023/grants.json", "\"title\"", "\"name\""),
        ("feed.xml", "<updated>2", "<updated>MMXX"),
    ] {
        // Its schema and its table lie beside it.
        let folder = tempfile::tempdir().unwrap();
        for path in [file, "opendata/notice.schema.json", "awards/2023/awards.schema.json", "awards/2023/grants.csv"] {
            let target = folder.path().join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(site.join(path), target).unwrap();
        }
        assert_eq!(checked(folder.path()).status.code(), Some(0), "an unspoilt copy of {file}");
        let text = fs::read_to_string(site.join(file)).unwrap();
        assert!(text.contains(from), "{file}");
        fs::write(folder.path().join(file), text.replacen(from, to, 1)).unwrap();
        assert_eq!(checked(folder.path()).status.code(), Some(1), "{file}");
    }
}
