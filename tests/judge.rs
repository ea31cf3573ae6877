//! The printed files before an outside judge: `tests/judge/run.sh` on all PDFs of the built sample, and on spoilt ones.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use crate::workspace::Workspace;

/// What the script says when it could not do its work for want of its tools.
const SKIPPED: i32 = 77;

fn judge(folders: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge/run.sh");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judge");
    Command::new("sh").arg(script).args(folders).env("HONGTOU_JUDGE_CACHE", target).output().unwrap()
}

/// A copy of a file in a folder of its own, changed.
fn spoilt(file: &Path, spoil: impl FnOnce(Vec<u8>) -> Vec<u8>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.pdf"), spoil(fs::read(file).unwrap())).unwrap();
    folder
}

/// A file whose catalogue has lost an entry.
fn without(pdf: &[u8], entry: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    document.catalog_mut().unwrap().remove(entry).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn every_printed_file_is_whole_and_for_everyone() {
    let workspace = Workspace::built_sample();
    // The letters bound into one file are for the printing room alone: they have no tags.
    let folders =
        ["notices", "catalogues", "awards/2023/letters"].map(|folder| workspace.path("output/office").join(folder));
    let run = judge(&folders.each_ref().map(std::path::PathBuf::as_path));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    // Past the capture of the test runner: whoever reads the run shall know what it did not look at.
    writeln!(std::io::stderr(), "{}", said.trim_end()).unwrap();
    let required =
        std::env::var_os("CI").is_some() || std::env::var("HONGTOU_JUDGE").is_ok_and(|wish| wish == "required");
    if run.status.code() == Some(SKIPPED) && !required {
        let warning = "注意：PDF 没有经过外部检查！原因见上。要求必须检查：HONGTOU_JUDGE=required";
        writeln!(std::io::stderr(), "{warning}").unwrap();
        return;
    }
    assert_eq!(run.status.code(), Some(0), "{said}");
    let file = workspace.path("output/office/notices/gongshi-2023/gongshi-2023.pdf");
    let same = spoilt(&file, |pdf| pdf);
    assert_eq!(judge(&[same.path()]).status.code(), Some(0), "an unspoilt copy");
    for (what, folder) in [
        ("cut short", spoilt(&file, |pdf| pdf[..pdf.len() / 2].to_vec())),
        ("without tags", spoilt(&file, |pdf| without(&pdf, b"StructTreeRoot"))),
        ("without its language", spoilt(&file, |pdf| without(&pdf, b"Lang"))),
    ] {
        let run = judge(&[folder.path()]);
        assert_eq!(run.status.code(), Some(1), "{what}: {}", String::from_utf8_lossy(&run.stderr));
    }
}
