//! 检查、生成 — the arguments of the commands that check and build.

use std::path::PathBuf;

use clap::Args;

use super::form::FindingFormat;
use crate::build::shard::Shard;

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Build {
    /// 同时印制几件；不写就用全部处理器
    #[arg(long, short, value_name = "个数")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// 有错误也生成没有受影响的部分（默认有错误就不动 output/），列出没有印成的
    #[arg(long, visible_alias = "keep-going")]
    pub partial: bool,
    /// 问题的格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
    /// 印过的最多留多少（4G、500M）；不写就是 4G，生成的文件更多时是它们的两倍；还用得着的最后才清
    #[arg(long, value_name = "大小")]
    pub cache_size: Option<Size>,
    /// 不用缓存：全部重新印，也不留
    #[arg(long, conflicts_with_all = ["cache_size", "explain", "store"])]
    pub no_cache: bool,
    /// 不生成，只说明一件公文要不要重新印、为什么
    #[arg(long, value_name = "公文")]
    pub explain: Option<String>,
    /// 只印第几片（3/8），印到 --store；几台机器分着印，印完用 hongtou merge 合并
    #[arg(long, value_name = "片", requires = "store", conflicts_with = "explain")]
    pub shard: Option<Shard>,
    /// 各片共用的存放处
    #[arg(long, value_name = "文件夹", requires = "shard")]
    pub store: Option<PathBuf>,
}

/// A number of bytes: 500M, 4G.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct Size(pub u64);

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let units = [("K", 10), ("M", 20), ("G", 30), ("T", 40)];
        let upper = text.trim().to_uppercase();
        let upper = upper.strip_suffix('B').unwrap_or(&upper);
        let size = units.iter().find_map(|(unit, shift)| {
            let number: u64 = upper.strip_suffix(unit)?.trim().parse().ok()?;
            number.checked_mul(1 << shift)
        });
        size.or_else(|| upper.parse().ok()).map(Self).ok_or_else(|| format!("“{text}”不是大小，应写作 500M 或 4G"))
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Merge {
    /// 各片印到的存放处
    #[arg(long, value_name = "文件夹")]
    pub store: PathBuf,
    /// 有错误也生成没有受影响的部分
    #[arg(long)]
    pub partial: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Cache {
    /// 清空
    #[arg(long)]
    pub empty: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Check {
    /// 不检查，只说明一类问题是什么、怎么改；不写类别就列出全部
    #[arg(long, value_name = "类别", num_args = 0..=1, default_missing_value = "")]
    pub explain: Option<String>,
    /// 问题的格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
}
