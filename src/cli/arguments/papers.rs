//! 公文 — the arguments of the commands about documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::form::FindingFormat;
use crate::calendar::Year;
use crate::document::Number as DocumentNumber;

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Documents {
    /// 只列出状态、文号、标题、日期或名称里有这个词的
    #[arg(long, value_name = "词")]
    pub find: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct New {
    /// 文种：通知、公示、公告、函、纪要……
    #[arg(value_name = "文种", help_heading = "参数")]
    pub genre: String,
    /// 文件名（不带 .md）；不写就用文种加序号
    #[arg(value_name = "名称", help_heading = "参数")]
    pub name: Option<String>,
    /// 从以前的一件开始：它的名称、发文字号或标题的一部分；要改的地方标成×××
    #[arg(long, value_name = "公文", conflicts_with = "awards")]
    pub from: Option<String>,
    /// 起草一个年度奖励的公示、通知或告知书，名单由程序算出
    #[arg(long = "奖励", visible_alias = "awards", value_name = "年度")]
    pub awards: Option<Year>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Fix {
    /// 公文的名称、发文字号或标题的一部分；不写就是全部
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notices: Vec<String>,
    /// 只显示要改的，不写
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Number {
    /// 只显示要编的，不写
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Issue {
    /// 公文的名称、发文字号或标题的一部分；目录写它的文件名
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 发文字号；不写就用公文自己写的，都没有就接着本机关的上一个号编
    #[arg(long, value_name = "文号")]
    pub number: Option<DocumentNumber>,
    /// 更正已印发的公文：写明改了什么、为什么
    #[arg(long, value_name = "说明")]
    pub correct: Option<String>,
    /// 只看能不能印发、会编什么号，什么也不写
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Withdraw {
    /// 公文的名称、发文字号或标题的一部分
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 为什么撤回；写在网页上
    #[arg(long, value_name = "理由")]
    pub reason: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Reprint {
    /// 每户一份的公文：名称或标题的一部分
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 第几版；不写就是最后一版
    #[arg(long, value_name = "版本")]
    pub version: Option<u16>,
}

/// What one document is rendered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PageFormat {
    /// PDF（可印刷、可归档）
    Pdf,
    /// 网页
    Html,
    /// 每页一张图片
    Png,
    /// 每页一张矢量图（SVG）
    Svg,
    /// Word 文件，样子和印出来的一样，供修改（印章不带）
    Docx,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Render {
    /// 公文的名称（data/notices 里的文件名）、政策的文件夹名，或 .md 文件的路径
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 格式；不写就看文件名的结尾，都没有就是 PDF
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<PageFormat>,
    /// 写到哪里；不写就用公文的名称，放在当前文件夹
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 每户一份的公文要写明哪一家：名称或统一社会信用代码
    #[arg(long, value_name = "企业")]
    pub enterprise: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Measure {
    /// 公文的名称、政策的文件夹名，或 .md 文件的路径
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 每户一份的公文要写明哪一家：名称或统一社会信用代码
    #[arg(long, value_name = "企业")]
    pub enterprise: Option<String>,
    /// 格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
}
