//! A copy of the sample workspace to break, and the program to run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

pub struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Workspace {
    /// A copy of the sample data.
    pub fn sample() -> Self {
        Self::copy(tempfile::tempdir().unwrap())
    }

    fn copy(folder: tempfile::TempDir) -> Self {
        let workspace = Self { folder };
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for entry in walkdir::WalkDir::new(&sample).into_iter().map(Result::unwrap) {
            let target = workspace.path("data").join(entry.path().strip_prefix(&sample).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).unwrap();
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
        workspace
    }

    /// The sample, built: one for all tests that only look at it.
    pub fn built_sample() -> &'static Self {
        static BUILT: LazyLock<Workspace> = LazyLock::new(|| {
            // It outlives every test, so the next run removes it.
            let room = Path::new(env!("CARGO_TARGET_TMPDIR"));
            for entry in fs::read_dir(room).unwrap().flatten() {
                if entry.file_name().to_string_lossy().starts_with("built-") {
                    fs::remove_dir_all(entry.path()).unwrap();
                }
            }
            let workspace = Workspace::copy(tempfile::Builder::new().prefix("built-").tempdir_in(room).unwrap());
            let run = workspace.run(&["build"]);
            assert_eq!(run.code, Some(0), "{}", run.err);
            workspace
        });
        &BUILT
    }

    /// The smallest workspace that prints something: the office, the policy, one enterprise with one declaration, a letter.
    pub fn small() -> Self {
        let workspace = Self::sample();
        for folder in ["notices", "catalogues", "enterprises", "declarations", "ledger"] {
            fs::remove_dir_all(workspace.path("data").join(folder)).unwrap();
        }
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for file in ["notices/gaozhishu-2023.md", "catalogues/gaoduan-lv.yaml", "catalogues/shoupici.yaml"] {
            workspace.write(&format!("data/{file}"), &fs::read_to_string(sample.join(file)).unwrap());
        }
        workspace.write(
            "data/enterprises/a.yaml",
            "- 名称: 示例铝业有限公司\n  统一社会信用代码: 91410181MA0000015M\n  区县: 巩义市\n  行业: [新材料, 铝加工]\n  规模以上: 是\n",
        );
        workspace.write(
            "data/declarations/2023.yaml",
            "年度: 2023\n申报:\n  - 企业: 91410181MA0000015M\n    主营业务收入: { 2022: 6000万元, 2023: 7260万元 }\n",
        );
        workspace
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn write(&self, below: &str, text: &str) {
        self.write_bytes(below, text.as_bytes());
    }

    pub fn write_bytes(&self, below: &str, bytes: &[u8]) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    /// Replaces a text that must stand in a file.
    pub fn replace(&self, below: &str, from: &str, to: &str) {
        let text = self.read(below);
        assert!(text.contains(from), "{below} does not contain {from}");
        self.write(below, &text.replace(from, to));
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let run = Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
        command.args(arguments).arg("--root").arg(self.folder.path()).arg("--on").arg("2024-07-15");
        command.current_dir(self.folder.path());
        command
    }
}
