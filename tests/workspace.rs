//! Workspaces to work in and to break, and the program to run in them: the sample, and 云川市, an invented city whose office may
//! issue (a sample may not).

#![allow(dead_code, reason = "several programs of tests share it, and each uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
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

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let run = Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }
}

impl Workspace {
    /// A copy of the sample data.
    pub fn sample() -> Self {
        Self::sample_in(tempfile::tempdir().unwrap())
    }

    fn sample_in(folder: tempfile::TempDir) -> Self {
        let workspace = Self { folder };
        workspace.copy("data", "data");
        workspace
    }

    /// 云川市's office and nothing else: quick, where only the life of a document matters.
    pub fn office() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.copy("data/calendar", "data/calendar");
        workspace.copy("tests/workspaces/云川市/data/office.yaml", "data/office.yaml");
        workspace
    }

    /// 云川市 with its policy, two enterprises and the declarations of 2022 and 2023.
    pub fn paying() -> Self {
        let workspace = Self::office();
        workspace.copy("tests/workspaces/云川市/data", "data");
        workspace
    }

    /// The same with all that its policy's year asks for: tasks, progress, indicators, lists, chains, drafts; another city's, by files alone.
    pub fn following_up() -> Self {
        let workspace = Self::paying();
        workspace.copy("tests/workspaces/云川市-全年/data", "data");
        workspace
    }

    /// Another one with the same files.
    pub fn another(&self) -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.copy_from(self.folder.path(), "");
        workspace
    }

    /// Copies a file or a folder of the repository.
    pub fn copy(&self, from: &str, below: &str) {
        self.copy_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join(from), below);
    }

    fn copy_from(&self, from: &Path, below: &str) {
        for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
            let target = match entry.path().strip_prefix(from).unwrap() {
                own if own.as_os_str().is_empty() => self.path(below),
                inside => self.path(below).join(inside),
            };
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).unwrap();
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
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
            let workspace = Workspace::sample_in(tempfile::Builder::new().prefix("built-").tempdir_in(room).unwrap());
            let run = workspace.run(&["build"]);
            assert_eq!(run.code, Some(0), "{}", run.err);
            workspace
        });
        &BUILT
    }

    /// The smallest workspace that prints something: the office, the policy, one enterprise with one declaration, a letter.
    pub fn small() -> Self {
        let workspace = Self::sample();
        for folder in [
            "notices",
            "catalogues",
            "enterprises",
            "declarations",
            "ledger",
            "reductions",
            "issued",
            "tasks",
            "progress",
            "lists",
        ] {
            let folder = workspace.path("data").join(folder);
            if folder.exists() {
                fs::remove_dir_all(folder).unwrap();
            }
        }
        for file in ["indicators.yaml", "chains.yaml"] {
            fs::remove_file(workspace.path("data").join(file)).unwrap();
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

    /// How many files and folders there are below a path, hidden ones as well.
    pub fn entries(&self, below: &str) -> usize {
        walkdir::WalkDir::new(self.path(below)).into_iter().flatten().count()
    }

    /// All files at or below a path, with what stands in them.
    pub fn contents(&self, below: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = walkdir::WalkDir::new(self.path(below)).into_iter().flatten();
        let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
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
        self.command(arguments).output().unwrap().into()
    }

    /// Runs the program through another one that runs what follows its own arguments.
    pub fn run_as(&self, through: &mut Command, arguments: &[&str]) -> Run {
        let command = self.command(arguments);
        through.arg(command.get_program()).args(command.get_args()).current_dir(self.folder.path());
        through.output().unwrap().into()
    }

    /// Runs the program as somebody who may read the workspace but not what is shut; `None` where that cannot be had.
    pub fn as_somebody(&self, shut: &[String], arguments: &[&str]) -> Option<Run> {
        let (nobody, all) = ("65534", self.folder.path());
        let change = |program: &str, arguments: &[&std::ffi::OsStr]| {
            Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
        };
        if !change("chmod", &["-R".as_ref(), "a+rX".as_ref(), all.as_os_str()]) {
            return None;
        }
        for path in shut {
            change("chmod", &["000".as_ref(), self.path(path).as_os_str()]);
        }
        let setpriv = ["--reuid", nobody, "--regid", nobody, "--clear-groups"];
        let possible = Command::new("setpriv").args(setpriv).arg("true").status().is_ok_and(|status| status.success());
        let run = possible.then(|| self.run_as(Command::new("setpriv").args(setpriv), arguments));
        for path in shut {
            change("chmod", &["755".as_ref(), self.path(path).as_os_str()]);
        }
        run
    }

    /// Sets what may be done in every folder of the workspace.
    #[cfg(unix)]
    pub fn allow(&self, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        let entries = walkdir::WalkDir::new(self.folder.path()).contents_first(true).into_iter().flatten();
        for folder in entries.filter(|entry| entry.file_type().is_dir()) {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).arg("--root").arg(self.folder.path()).current_dir(self.folder.path());
        if !arguments.contains(&"--on") {
            command.args(["--on", "2024-07-15"]);
        }
        command
    }
}

/// The program that is tried: the one that was built with the tests, or another build of it.
pub fn program() -> std::ffi::OsString {
    std::env::var_os("HONGTOU_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_hongtou").into())
}
