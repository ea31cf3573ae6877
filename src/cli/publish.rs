//! `hongtou publish` — a finished build into a web root, in one step; `--rollback` puts the last one back.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::arguments::{Common, Publish};
use super::{Ending, Failure, print};
use crate::build::WebRoot;

pub(super) fn run(common: &Common, options: &Publish) -> Result<Ending, Failure> {
    let failure = |error: crate::build::PublishError| Failure::Other(error.to_string());
    let folder = std::path::absolute(&options.to)?;
    let root = WebRoot::new(&folder).map_err(failure)?;
    let release = if options.rollback {
        root.rollback().map_err(failure)?
    } else {
        #[expect(clippy::disallowed_methods, reason = "cli asks the clock")]
        let now = Offset::constant(8).to_datetime(Timestamp::now());
        let at = now.strftime("%Y-%m-%d %H:%M").to_string();
        root.publish(&common.root()?.join("output"), &at).map_err(failure)?
    };
    if !common.quiet {
        let done = if options.rollback { "退回到" } else { "发布了" };
        let id: String = release.id.chars().take(12).collect();
        let (count, at) = (release.files.len(), &release.at);
        print::error(&format!("{done} {id}（{at}，{count}个文件）：{}", folder.display()));
        if !options.rollback {
            print::error("上一次的内容留着；退回用 --rollback");
        }
    }
    Ok(Ending::Fine)
}
