//! 奖励 — the arguments of the commands about awards.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::calendar::Year;

/// How awards are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AwardFormat {
    /// 表格
    Table,
    /// JSON（与 awards.json 相同）
    Json,
    /// CSV（可用 Excel 打开）
    Csv,
    /// Excel 工作簿：名单、企业×条款、区县×条款
    Xlsx,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Awards {
    /// 年度；不写就是最近申报的年度
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 只看一家企业：名称或统一社会信用代码
    #[arg(long, value_name = "企业")]
    pub enterprise: Option<String>,
    /// 只看一个条款，如 四（五）7
    #[arg(long, value_name = "条款")]
    pub clause: Option<String>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<AwardFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“奖励-年度.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 换一种条文理解试算，与现行的并列比较，如 四（五）7.跨档=补差；可写多个，或写一个文件名，文件里每行一个
    #[arg(long = "with", value_name = "理解")]
    pub readings: Vec<String>,
    /// 连不予奖励的一起列出
    #[arg(long)]
    pub all: bool,
}

/// How an explanation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// 给人看
    Text,
    /// JSON
    Json,
    /// Excel 工作簿：结论、计算过程
    Xlsx,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Explain {
    /// 企业名称或统一社会信用代码
    #[arg(value_name = "企业", help_heading = "参数")]
    pub enterprise: String,
    /// 输出格式；不写就看文件名的结尾，都没有就给人看
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<ExplainFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“说明-企业-年度.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 年度；不写就是最近申报的年度
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 只看一个条款，如 四（五）7
    #[arg(long, value_name = "条款")]
    pub clause: Option<String>,
}

/// How statistics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatisticsFormat {
    /// 表格
    Table,
    /// JSON
    Json,
    /// Excel 工作簿：每项统计一张表
    Xlsx,
    /// CSV：各项统计接着写，第一列是哪一项
    Csv,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Statistics {
    /// 年度；不写就是最近申报的年度
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<StatisticsFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“统计-年度.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Grant {
    /// 年度
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 据以兑现的已印发的通知：名称、发文字号或标题的一部分
    #[arg(long, value_name = "公文")]
    pub notice: Option<String>,
    /// 结清一个不再兑现的年度，与 --reason 一起用
    #[arg(long, value_name = "年度", conflicts_with_all = ["year", "notice"], requires = "reason")]
    pub close: Option<Year>,
    /// 为什么结清
    #[arg(long, value_name = "理由")]
    pub reason: Option<String>,
    /// 只显示要写入的内容，不写
    #[arg(long)]
    pub dry_run: bool,
}
