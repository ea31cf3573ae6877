//! 工作区 — the arguments of the commands about the workspace, its policies, its dates, and its site.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::calendar::Day;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PolicyVerb {
    /// 由粘贴的条文新建一项政策：条款、数字、规则的草稿
    New(PolicyNew),
    /// 一项政策的条款和规则，对照着列出
    Show(PolicyShow),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct PolicyNew {
    /// 政策的名称，作 data/policies 里的文件夹名：rencai-2025
    #[arg(value_name = "名称", help_heading = "参数")]
    pub name: String,
    /// 条文，纯文本文件；“-”是从标准输入读
    #[arg(value_name = "条文", help_heading = "参数")]
    pub text: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct PolicyShow {
    /// 政策的名称；只有一项政策时可以不写
    #[arg(value_name = "名称", help_heading = "参数")]
    pub name: Option<String>,
}

/// How what is due is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AgendaFormat {
    /// 表格
    Text,
    /// 日历文件（ics），手机和办公软件的日历能收
    Ics,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Agenda {
    /// 看到哪一天；不写就是九十天
    #[arg(long, value_name = "日期")]
    pub until: Option<Day>,
    /// 格式；不写就看文件名的结尾，都没有就是表格
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<AgendaFormat>,
    /// 写到哪个文件（txt、ics）；不写就显示出来
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Init {
    /// 工作区的文件夹，应是空的或还没有
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub folder: PathBuf,
    /// 连版式、措辞和网页模板一起复制出来，便于修改
    #[arg(long)]
    pub templates: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Fonts {
    /// 把样张（PDF）写到这个文件
    #[arg(long, value_name = "文件")]
    pub proof: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Serve {
    /// 端口；0 由系统选一个空闲的
    #[arg(long, default_value_t = 8780, value_name = "端口")]
    pub port: u16,
    /// 只看要发布的网站；不写就看办公室的，连没有印发的、告知书和全部计算
    #[arg(long)]
    pub public: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Publish {
    /// 网站目录；读者看到的不是旧的就是新的，不会是半个
    #[arg(long, value_name = "文件夹")]
    pub to: PathBuf,
    /// 退回上一次发布的内容
    #[arg(long)]
    pub rollback: bool,
    /// 只列出会新公开、改变、消失什么，不发布
    #[arg(long)]
    pub dry_run: bool,
    /// 不再询问，直接发布
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    /// 哪一种命令行：bash、zsh、fish、powershell、elvish
    #[arg(value_enum, value_name = "命令行", help_heading = "参数")]
    pub shell: clap_complete::Shell,
}
