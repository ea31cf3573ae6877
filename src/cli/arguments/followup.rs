//! 执行 — the arguments of the commands about what becomes of a policy.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::calendar::Year;

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SheetFormat {
    /// 表格
    Table,
    /// Excel 工作簿
    Xlsx,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TasksVerb {
    /// 由政策的条文起草任务分解：每个条款的措施、责任单位、目标
    New(TasksNew),
    /// 列出一项政策的任务；写成 Excel
    Show(TasksShow),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct TasksNew {
    /// 政策的名称（data/policies 里的文件夹名）或文号
    #[arg(value_name = "政策", help_heading = "参数")]
    pub policy: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct TasksShow {
    /// 政策的名称或文号；只有一项分解了任务时可以不写
    #[arg(value_name = "政策", help_heading = "参数")]
    pub policy: Option<String>,
    /// 只看一个单位牵头或配合的
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<SheetFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“任务分解-政策.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Progress {
    /// 哪一期：2024年6月、2024年第2季度、2024年上半年、2024年；不写就是最近报送的一期
    #[arg(long, value_name = "期")]
    pub period: Option<String>,
    /// 政策的名称或文号；只有一项分解了任务时可以不写
    #[arg(long, value_name = "政策")]
    pub policy: Option<String>,
    /// 只看一个单位或区县的
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 只看逾期、滞后和未报送的
    #[arg(long)]
    pub late: bool,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<SheetFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“调度-期.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Indicators {
    /// 政策的名称或文号；只有一项政策有指标时可以不写
    #[arg(value_name = "政策", help_heading = "参数")]
    pub policy: Option<String>,
    /// 评估到哪一年；不写就是办理的那一年
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<SheetFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“指标-政策.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Lists {
    /// 名单：data/lists 里的文件名或名单的名称；不写就列出全部名单
    #[arg(value_name = "名单", help_heading = "参数")]
    pub name: Option<String>,
    /// 列出这一年度符合名单所依据的条款、还不在名单里的企业，写成可以加进名单的样子
    #[arg(long, value_name = "年度", requires = "name")]
    pub propose: Option<Year>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<SheetFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“名单的名称.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Chains {
    /// 按哪一年度的奖励统计；不写就是最近申报的年度
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 输出格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<SheetFormat>,
    /// 写到哪个文件；不写就显示出来，Excel 写成“产业链-年度.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}
