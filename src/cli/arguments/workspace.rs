//! 工作区 — the arguments of the commands about the workspace, its policies, its dates, and its site.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::calendar::Day;
use crate::workbench::Role;

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
    /// 不要样例：问六个问题，建一个自己的空工作区
    #[arg(long = "空白", visible_alias = "blank")]
    pub blank: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum UserVerb {
    /// 建一个账户，或换它的口令和角色；口令从键盘读
    Add(UserAdd),
    /// 删去一个账户
    Remove(UserRemove),
    /// 列出账户和角色
    List,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct UserAdd {
    /// 姓名
    #[arg(value_name = "姓名", help_heading = "参数")]
    pub name: String,
    /// 能做什么：拟稿（起草、改数据）、核稿、签发（印发、兑现、发布、撤回）
    #[arg(long, value_name = "角色")]
    pub role: Role,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct UserRemove {
    /// 姓名
    #[arg(value_name = "姓名", help_heading = "参数")]
    pub name: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct LogShown {
    /// 只列出含有这些字的：谁、命令、文件、日期
    #[arg(long, value_name = "词")]
    pub find: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Fonts {
    /// 把样张（PDF）写到这个文件
    #[arg(long, value_name = "文件")]
    pub proof: Option<PathBuf>,
}

/// Which room of the site is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ServedRoom {
    /// 办公室的
    #[value(name = "办公室")]
    Office,
    /// 公开的
    #[value(name = "公开")]
    Site,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Serve {
    /// 端口；0 由系统选一个空闲的
    #[arg(long, default_value_t = 8780, value_name = "端口")]
    pub port: u16,
    /// 只展示网站，不开工作台：办公室的（连没有印发的、告知书和全部计算），或公开的
    #[arg(long, value_enum, value_name = "网站")]
    pub only: Option<ServedRoom>,
    /// 让别的机器也能用，如 0.0.0.0:8780；先用 hongtou user add 建账户
    #[arg(long, value_name = "地址", conflicts_with = "port")]
    pub listen: Option<SocketAddr>,
    /// 别的机器用什么名称打开它，如 gongwen.lan；可以写几个
    #[arg(long = "host", value_name = "名称")]
    pub hosts: Vec<String>,
    /// 启动以后用浏览器打开
    #[arg(long, conflicts_with = "only")]
    pub open: bool,
    /// 每次保存和办理都提交到工作区的 git（先在工作区 git init）
    #[arg(long, conflicts_with = "only")]
    pub git: bool,
    /// 工作台只能发布到这个网站目录；不写就由发布的人写
    #[arg(long, value_name = "文件夹")]
    pub publish_to: Option<PathBuf>,
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
