//! `hongtou cache` — what is kept of earlier prints, how much it is, and emptying it.

use super::arguments::{Cache as Asked, Common};
use super::{Ending, Failure, print};
use crate::build::SPARE;
use crate::disk::{Cache, Usage, remove};

/// Where a workspace's cache lies.
const FOLDER: &str = ".hongtou/cache";

impl Common {
    /// The cache of the workspace.
    pub(super) fn cache(&self) -> Result<Cache, Failure> {
        Ok(Cache::at(self.root()?.join(FOLDER)))
    }
}

pub(super) fn run(common: &Common, options: &Asked) -> Result<Ending, Failure> {
    let cache = common.cache()?;
    let Usage { contents, bytes, .. } = cache.usage();
    if options.empty {
        let _lock = common.lock_workspace("清空缓存")?;
        cache.clear()?;
        remove(&common.root()?.join(SPARE))?;
        print::out(&format!("清空了缓存：{contents}件，{}", megabytes(bytes)));
    } else {
        print::out(&format!("{}：{contents}件，{}", cache.folder().display(), megabytes(bytes)));
        print::out("里面都是印过的公文，删去只会让下一次生成慢一些");
    }
    Ok(Ending::Fine)
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
