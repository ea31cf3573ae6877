//! 办理 — a command as a form, and what came of it: the program runs itself, with the words that a terminal would give it. What it may read are
//! files that were handed in with the form; what it writes for its user lies in a folder of its own until it is fetched.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command};

use super::door::accounts::Role;
use crate::disk::write_file;
use crate::project::{files_below, read_at_most};

/// The longest that a command may take.
const LONGEST: Duration = Duration::from_mins(30);

/// The most that is shown of what a command said (bytes).
const SHOWN: usize = 1 << 20;

/// So many results are kept for being fetched, and of so many bytes each.
const KEPT: usize = 40;
const LARGEST: u64 = 256 << 20;

/// Commands that are no acts of an office, or that the workbench is itself.
const OTHERS: [&str; 8] = ["serve", "completions", "man", "init", "merge", "user", "log", "help"];

/// Commands that change something, and who may give them.
const WRITING: [(&str, Role); 11] = [
    ("issue", Role::Signer),
    ("withdraw", Role::Signer),
    ("grant", Role::Signer),
    ("publish", Role::Signer),
    ("new", Role::Drafter),
    ("import", Role::Drafter),
    ("fix", Role::Drafter),
    ("number", Role::Drafter),
    ("build", Role::Drafter),
    ("policy new", Role::Drafter),
    ("tasks new", Role::Drafter),
];

/// Arguments for which a file that is handed in will do as well as something of the workspace.
const NAMED: [&str; 2] = ["old", "new"];

/// Arguments that name a folder of the server: whoever may give the command may say where.
const FOLDERS: [&str; 1] = ["to"];

/// Arguments that name a file which is written.
const WRITTEN: [&str; 3] = ["output", "mark", "proof"];

/// Arguments that only a terminal has use for.
const LEFT_OUT: [&str; 7] = ["help", "version", "root", "on", "quiet", "shard", "store"];

/// A command that can be given.
pub(super) struct Act {
    /// Its words: `policy show`.
    pub(super) name: String,
    /// What it does.
    pub(super) about: String,
    /// What it takes.
    pub(super) fields: Vec<Field>,
    /// Who may give it, where it changes something.
    pub(super) role: Option<Role>,
}

/// What a command takes.
pub(super) struct Field {
    /// Its name in the form.
    pub(super) name: String,
    /// What it is called.
    pub(super) label: String,
    /// What to know about it.
    pub(super) help: String,
    /// Whether it must be given.
    pub(super) required: bool,
    /// How it is filled in.
    pub(super) kind: Kind,
    /// `--name`; `None` for what stands alone.
    long: Option<String>,
}

/// How a field is filled in.
pub(super) enum Kind {
    /// Ticked or not.
    Flag,
    /// One of these.
    Choice(Vec<String>),
    /// A line.
    Text,
    /// Several, one a line.
    Lines,
    /// A file; where a name of the workspace will do as well, that.
    File { named: bool },
    /// The name of a file that is written.
    Output,
}

/// All commands that can be given here.
pub(super) fn acts(commands: &Command) -> Vec<Act> {
    let mut acts = Vec::new();
    for command in commands.get_subcommands().filter(|command| !OTHERS.contains(&command.get_name())) {
        let name = command.get_name();
        if command.has_subcommands() {
            let below = command.get_subcommands().filter(|below| below.get_name() != "help");
            acts.extend(below.map(|below| act(format!("{name} {}", below.get_name()), below)));
        } else {
            acts.push(act(name.to_owned(), command));
        }
    }
    acts
}

fn act(name: String, command: &Command) -> Act {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let arguments = command.get_arguments().filter(|arg| !LEFT_OUT.contains(&arg.get_id().as_str()));
    let role = WRITING.iter().find(|(known, _)| *known == name).map(|(_, role)| *role);
    Act { about, fields: arguments.map(field).collect(), role, name }
}

fn field(arg: &Arg) -> Field {
    let id = arg.get_id().as_str();
    let choices: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let is_path = arg.get_value_parser().type_id() == ValueParser::path_buf().type_id();
    let kind = match arg.get_action() {
        ArgAction::SetTrue | ArgAction::SetFalse | ArgAction::Count => Kind::Flag,
        ArgAction::Append => Kind::Lines,
        _ if WRITTEN.contains(&id) => Kind::Output,
        _ if NAMED.contains(&id) => Kind::File { named: true },
        // Every other file that a command reads is handed in.
        _ if is_path && !FOLDERS.contains(&id) => Kind::File { named: false },
        _ if !choices.is_empty() => Kind::Choice(choices),
        _ => Kind::Text,
    };
    let named = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let first = help.split(['；', '，', '：', '（', '。']).next().unwrap_or_default().to_owned();
    Field {
        name: id.to_owned(),
        label: if matches!(kind, Kind::Flag) || named.is_none() { first } else { named.unwrap_or_default() },
        required: arg.is_required_set(),
        long: arg.get_long().map(str::to_owned),
        help,
        kind,
    }
}

/// What was filled in: texts and files, by field.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// Texts.
    pub(super) texts: BTreeMap<String, String>,
    /// Files with their names.
    pub(super) files: BTreeMap<String, (String, Vec<u8>)>,
}

impl Filled {
    /// What was typed into a field; nothing where it was left empty.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// Whether a field was ticked or filled in.
    pub(super) fn says(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
}

/// What came of a command.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The command as a terminal would have it.
    pub(super) line: String,
    /// 0: fine; 1: there are findings; 2: it could not be done.
    pub(super) ending: i32,
    /// What it printed.
    pub(super) out: String,
    /// What it said.
    pub(super) said: String,
    /// The number under which its files are fetched.
    pub(super) number: u64,
    /// The files that it wrote.
    pub(super) files: Vec<String>,
}

/// Why a command was not given.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotGiven {
    /// Something lacks, or is none.
    #[error("{0}")]
    Wrong(String),
    /// The system refused.
    #[error("没有做成：{}", crate::disk::reason(.0))]
    Io(#[from] std::io::Error),
    /// It took too long.
    #[error("超过{}分钟还没有做完，停下了", LONGEST.as_secs() / 60)]
    Late,
}

/// Gives commands, and keeps what they wrote.
pub(super) struct Hand {
    program: PathBuf,
    root: PathBuf,
    on: Option<String>,
    kept: Mutex<(u64, VecDeque<(u64, tempfile::TempDir)>)>,
}

impl Hand {
    pub(super) fn new(program: PathBuf, root: PathBuf, on: Option<String>) -> Self {
        Self { program, root, on, kept: Mutex::default() }
    }

    /// Gives a command.
    pub(super) async fn give(&self, act: &Act, filled: &Filled) -> Result<Outcome, NotGiven> {
        let scratch = tempfile::Builder::new().prefix("hongtou-").tempdir()?;
        let (options, alone) = words(act, filled, scratch.path())?;
        let mut line: Vec<OsString> = act.name.split(' ').map(OsString::from).collect();
        line.extend(options);
        if !alone.is_empty() {
            line.push("--".into());
            line.extend(alone);
        }
        let shown = line.iter().map(|word| shown(&word.to_string_lossy(), scratch.path())).collect::<Vec<_>>();
        let mut command = tokio::process::Command::new(&self.program);
        command.arg("--root").arg(&self.root);
        command.args(self.on.iter().map(|on| format!("--on={on}"))).args(&line);
        command.current_dir(scratch.path()).env("NO_COLOR", "1").stdin(Stdio::null()).kill_on_drop(true);
        let before = files_below(scratch.path());
        let done = tokio::time::timeout(LONGEST, command.output()).await.map_err(|_| NotGiven::Late)??;
        let files = files_below(scratch.path()).into_iter().filter(|file| !before.contains(file)).collect();
        let text = |bytes: &[u8]| {
            let bytes = bytes.get(..bytes.len().min(SHOWN)).unwrap_or_default();
            String::from_utf8_lossy(bytes).replace(&format!("{}/", scratch.path().display()), "")
        };
        let (out, said) = (text(&done.stdout), text(&done.stderr));
        let number = self.keep(scratch);
        let line = format!("hongtou {}", shown.join(" "));
        Ok(Outcome { line, ending: done.status.code().unwrap_or(2), out, said, number, files })
    }

    fn keep(&self, scratch: tempfile::TempDir) -> u64 {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        let number = kept.0;
        kept.1.push_back((number, scratch));
        if kept.1.len() > KEPT {
            kept.1.pop_front();
        }
        number
    }

    /// A file that a command wrote.
    pub(super) fn fetch(&self, number: u64, name: &str) -> Option<Vec<u8>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, folder) = kept.1.iter().find(|(known, _)| *known == number)?;
        let known = files_below(folder.path()).into_iter().find(|known| known == name)?;
        read_at_most(&folder.path().join(known), LARGEST).ok()?
    }
}

/// Options, and what stands alone.
type Words = (Vec<OsString>, Vec<OsString>);

/// What was filled in as words of the command line; files that were handed in lie in `scratch` then.
fn words(act: &Act, filled: &Filled, scratch: &Path) -> Result<Words, NotGiven> {
    let (mut options, mut alone) = (Vec::new(), Vec::new());
    for field in &act.fields {
        let text = filled.text(&field.name);
        if leads_elsewhere(text) && !FOLDERS.contains(&field.name.as_str()) {
            return Err(NotGiven::Wrong(format!("“{}”里不写路径：“{text}”", field.label)));
        }
        let mut put = |value: OsString| match &field.long {
            Some(long) => {
                let mut word = OsString::from(format!("--{long}="));
                word.push(value);
                options.push(word);
            }
            None => alone.push(value),
        };
        match &field.kind {
            Kind::Flag if !text.is_empty() => {
                options.extend(field.long.iter().map(|long| OsString::from(format!("--{long}"))));
            }
            Kind::File { .. } if filled.files.contains_key(&field.name) => {
                if let Some((name, bytes)) = filled.files.get(&field.name) {
                    let path = scratch.join("交来").join(plain_name(name)?);
                    write_file(&path, bytes)?;
                    put(path.into());
                }
            }
            // A file is handed in; a name of the workspace is none of the server's paths.
            Kind::File { named: true } if !text.is_empty() => put(plain_name(text)?.into()),
            Kind::Output if !text.is_empty() => put(scratch.join(plain_name(text)?).into()),
            Kind::Lines => {
                text.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| put(line.into()));
            }
            Kind::Choice(choices) if !text.is_empty() => {
                if !choices.iter().any(|choice| choice == text) {
                    return Err(NotGiven::Wrong(format!("“{}”没有“{text}”这一项", field.label)));
                }
                put(text.into());
            }
            Kind::Text if !text.is_empty() => put(text.into()),
            _ if field.required => return Err(NotGiven::Wrong(format!("没有填“{}”", field.label))),
            _ => {}
        }
    }
    Ok((options, alone))
}

/// Whether a text is the way to a file of this machine, which is nothing that is told here.
fn leads_elsewhere(text: &str) -> bool {
    let rooted =
        |line: &str| line.starts_with(['/', '\\', '~']) || line.get(1..).is_some_and(|rest| rest.starts_with(":\\"));
    text.lines().map(str::trim).any(|line| rooted(line) || line.contains("../") || line.contains("..\\"))
}

/// A name without a way to anywhere else.
fn plain_name(name: &str) -> Result<String, NotGiven> {
    // Some browsers hand in the whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain = !name.is_empty() && !name.starts_with(['.', '-']) && !name.contains(['\0', ':']) && name.len() < 200;
    plain.then(|| name.to_owned()).ok_or_else(|| NotGiven::Wrong(format!("“{name}”不能作文件名")))
}

/// A word as it is typed.
fn shown(word: &str, scratch: &Path) -> String {
    let word =
        word.replace(&format!("{}/交来/", scratch.display()), "").replace(&format!("{}/", scratch.display()), "");
    let plain = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "'\"\\$&|;<>()*?`!".contains(c));
    if plain { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands() -> Command {
        Command::new("hongtou")
            .subcommand(
                Command::new("import")
                    .about("导入")
                    .arg(Arg::new("file").value_name("文件").value_parser(ValueParser::path_buf()).required(true))
                    .arg(Arg::new("old").value_name("旧"))
                    .arg(Arg::new("kind").long("as").value_name("种类").help("是什么；不写就看表头"))
                    .arg(Arg::new("mapping").long("map").action(ArgAction::Append))
                    .arg(Arg::new("partial").long("partial").action(ArgAction::SetTrue).help("只写好的，其余不写"))
                    .arg(Arg::new("mark").long("mark").value_name("文件"))
                    .arg(Arg::new("format").long("format").value_parser(["text", "json"])),
            )
            .subcommand(Command::new("policy").subcommand(Command::new("new")).subcommand(Command::new("show")))
            .subcommand(Command::new("serve"))
    }

    fn line(texts: &[(&str, &str)], file: Option<&str>) -> Result<Vec<String>, String> {
        let scratch = tempfile::tempdir().unwrap();
        let acts = acts(&commands());
        let act = acts.iter().find(|act| act.name == "import").unwrap();
        let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let files = file.iter().map(|name| ("file".to_owned(), ((*name).to_owned(), b"x".to_vec()))).collect();
        let (mut options, alone) =
            words(act, &Filled { texts, files }, scratch.path()).map_err(|error| error.to_string())?;
        options.extend(alone);
        Ok(options.iter().map(|word| shown(&word.to_string_lossy(), scratch.path())).collect())
    }

    #[test]
    fn commands_are_forms_and_what_changes_something_has_its_role() {
        let acts = acts(&commands());
        let named: Vec<(&str, Option<Role>)> = acts.iter().map(|act| (act.name.as_str(), act.role)).collect();
        let drafter = Some(Role::Drafter);
        assert_eq!(named, [("import", drafter), ("policy new", drafter), ("policy show", None)]);
        let labels: Vec<&str> = acts[0].fields.iter().map(|field| field.label.as_str()).collect();
        assert_eq!((labels[0], labels[2], labels[4]), ("文件", "种类", "只写好的"));
    }

    #[test]
    fn what_is_filled_in_is_a_word_of_its_own_and_leads_nowhere() {
        assert_eq!(line(&[("kind", "申报")], Some("表 1.xlsx")).unwrap(), ["--as=申报", "'表 1.xlsx'"]);
        assert_eq!(
            line(&[("kind", "--root=/"), ("mapping", "a=b\n\nc=d"), ("partial", "on")], Some("C:\\x\\表.xlsx"))
                .unwrap(),
            ["--as=--root=/", "--map=a=b", "--map=c=d", "--partial", "表.xlsx"]
        );
        assert_eq!(
            line(&[("old", "mulu@1"), ("mark", "标注.xlsx")], Some("a.csv")).unwrap(),
            ["--mark=标注.xlsx", "a.csv", "mulu@1"]
        );
        for (texts, file) in [
            (vec![("file", "")], None),
            (vec![("old", "-x")], Some("a.csv")),
            (vec![("old", "/etc/passwd")], Some("a.csv")),
            (vec![("mark", "../../标注.xlsx")], Some("a.csv")),
            (vec![("file", "/etc/passwd")], None),
            (vec![], Some("..")),
            (vec![("format", "exe")], Some("a.csv")),
            (vec![("kind", "/etc/passwd")], Some("a.csv")),
            (vec![("mapping", "a=b\n../../x")], Some("a.csv")),
            (vec![("kind", "C:\\x")], Some("a.csv")),
        ] {
            assert!(line(&texts, file).is_err(), "{texts:?} {file:?}");
        }
    }
}
