//! `hongtou publish` — the public room of a finished build into a web root, in one step, after saying what readers will find new,
//! changed and gone; `--rollback` puts the last one back.

use std::io::{BufRead, IsTerminal, stdin};

use super::arguments::{Common, Publish};
use super::{Ending, Failure, now, print};
use crate::build::{Changes, PublishError, Room, WebRoot};
use crate::project::registry;

/// How many paths of a kind are named.
const NAMED: usize = 50;

/// Where the pages and files lie whose content is somebody's words or money; all else only leads to them.
const CONTENT: [&str; 3] = ["notices/", "awards/", "catalogues/"];

pub(super) fn run(common: &Common, options: &Publish) -> Result<Ending, Failure> {
    let failure = |error: PublishError| Failure::Other(error.to_string());
    let folder = std::path::absolute(&options.to)?;
    let root = WebRoot::new(&folder).map_err(failure)?;
    let release = if options.rollback {
        root.rollback(&now()).map_err(failure)?
    } else {
        let workspace = common.root()?;
        let output = workspace.join("output").join(Room::Site.folder());
        root.check_register(&output, &registry(&workspace)).map_err(failure)?;
        let changes = root.changes(&output).map_err(failure)?;
        if !common.quiet || options.dry_run {
            print::error(&told(&changes));
        }
        if options.dry_run {
            return Ok(Ending::Fine);
        }
        if changes != Changes::default() && !options.yes && !agreed()? {
            return Err(Failure::Other("没有发布；不在终端里运行时，核对以后加 --yes".to_owned()));
        }
        root.publish(&output, &now()).map_err(failure)?
    };
    if !common.quiet {
        let done = if options.rollback { "退回到" } else { "发布了" };
        let id: String = release.id.chars().take(12).collect();
        let (count, at) = (release.files.len(), &release.at);
        print::error(&format!("{done} {id}（{at}，{count}个文件）：{}", folder.display()));
        if !options.rollback && release.replaces.is_some() {
            print::error("上一次的内容留着；退回用 --rollback");
        }
    }
    Ok(Ending::Fine)
}

/// What readers will find: what has content by name, what only leads to it by number.
fn told(changes: &Changes) -> String {
    let kinds = [("新公开", &changes.added), ("改变", &changes.changed), ("消失", &changes.removed)];
    let mut lines = Vec::new();
    for (word, paths) in kinds.iter().filter(|(_, paths)| !paths.is_empty()) {
        lines.push(format!("{word}{}个文件：", paths.len()));
        let content = |path: &&String| CONTENT.iter().any(|folder| path.starts_with(folder));
        let named: Vec<&String> = paths.iter().filter(content).collect();
        lines.extend(named.iter().take(NAMED).map(|path| format!("  {path}")));
        let rest = named.len().saturating_sub(NAMED);
        lines.extend((rest > 0).then(|| format!("  ……另有{rest}个")));
        let leading = paths.len() - named.len();
        lines.extend((leading > 0).then(|| format!("  首页、栏目、搜索等{leading}个文件")));
    }
    if lines.is_empty() { "与网站上的相同，没有变化".to_owned() } else { lines.join("\n") }
}

/// Whether the person at the terminal agrees.
fn agreed() -> Result<bool, Failure> {
    if !stdin().is_terminal() {
        return Ok(false);
    }
    print::error("发布以上内容？输入 是 或 y，其他不发布");
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "是" | "y" | "Y"))
}
