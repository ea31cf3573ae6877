//! 格式 — how findings are printed, for every command that prints them.

use clap::ValueEnum;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum FindingFormat {
    /// 给人看
    #[default]
    Text,
    /// 给程序读
    Json,
}
