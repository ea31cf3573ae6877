//! 进出 — the arguments of the commands that read and write Excel and Word.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::form::FindingFormat;
use crate::calendar::{Day, Year};

/// What a foreign file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportKind {
    /// 申报表：一行一家企业，或一行一个产品
    #[value(name = "申报")]
    Declarations,
    /// 企业名单
    #[value(name = "企业")]
    Enterprises,
    /// 目录的条目：写明 --of 是哪一个目录
    #[value(name = "目录", alias = "人才目录")]
    Catalogue,
    /// 台账更正：补发、追回、撤销、说明，写明原编号
    #[value(name = "台账")]
    Ledger,
    /// 一年的放假和调休上班，一天一行
    #[value(name = "放假")]
    Holidays,
}

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChangesRead {
    /// 照全部接受以后的
    #[value(name = "接受")]
    Accepted,
    /// 照全部拒绝以后的
    #[value(name = "拒绝")]
    Rejected,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Import {
    /// Excel、WPS 表格（xlsx、xls、ods）、csv，或 Word 稿（docx）
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 是什么：表写申报、企业、目录、台账、放假，不写就看表头；Word 稿写文种，不写就看标题
    #[arg(long = "as", value_name = "种类")]
    pub kind: Option<String>,
    /// Word 稿里的修订怎样读：接受或拒绝
    #[arg(long, value_enum, default_value = "接受", value_name = "读法")]
    pub changes: ChangesRead,
    /// Word 稿是改过的哪一件公文：逐句列出改动，不另建
    #[arg(long, value_name = "公文", conflicts_with = "name")]
    pub into: Option<String>,
    /// 每户一份的公文，改的是给哪一家的
    #[arg(long, value_name = "企业", requires = "into")]
    pub enterprise: Option<String>,
    /// 采纳哪些改动：all，或序号如 1,3-5；不写就只列出
    #[arg(long, value_name = "序号", requires = "into")]
    pub accept: Option<String>,
    /// Word 稿：公文的名称（data/notices 里的文件名，不带 .md）；不写就用稿子的文件名
    #[arg(long, value_name = "名称")]
    pub name: Option<String>,
    /// 哪一年度的；不写就看标题和文件名
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 第几批申报；不写就是第一批
    #[arg(long, value_name = "批次")]
    pub batch: Option<u16>,
    /// 哪一个目录：data/catalogues 里的文件名（不带 .yaml）
    #[arg(long, value_name = "目录")]
    pub of: Option<String>,
    /// 作为新的一版写成另一个文件，如 2026年版；不写就改原来的
    #[arg(long, value_name = "版本", requires = "of")]
    pub edition: Option<String>,
    /// 新的一版从哪一天起有效
    #[arg(long, value_name = "日期", requires = "edition")]
    pub from: Option<Day>,
    /// 目录：丢了的上标拿得准的改回来（10-6→10⁻⁶，cm3→cm³）；不写就只提示
    #[arg(long, requires = "of")]
    pub repair: bool,
    /// 哪一列是哪一项，如 --map 产品全称=产品.名称，也可以写列的字母；记在 data/imports/，下次不用再写
    #[arg(long = "map", value_name = "列=项")]
    pub mapping: Vec<String>,
    /// 有错误的记录不写，其余照写
    #[arg(long)]
    pub partial: bool,
    /// 只看会改什么，不写
    #[arg(long)]
    pub dry_run: bool,
    /// 另写一份标注：有问题的格子涂色，附上说明，发回去改
    #[arg(long, value_name = "文件")]
    pub mark: Option<PathBuf>,
    /// 问题的格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportKind {
    /// 一个年度的申报
    #[value(name = "申报")]
    Declarations,
    /// 企业名单
    #[value(name = "企业")]
    Enterprises,
    /// 一个目录的条目：写明 --of 是哪一个
    #[value(name = "目录", alias = "人才目录")]
    Catalogue,
    /// 台账：一个年度的，或全部
    #[value(name = "台账")]
    Ledger,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Export {
    /// 导出什么
    #[arg(value_name = "种类", value_enum, help_heading = "参数")]
    pub kind: ExportKind,
    /// 写到哪个文件（xlsx；只有一张表的也可以是 csv）；不写就用种类作文件名
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 哪一年度；申报不写就是最近的，台账不写就是全部
    #[arg(long, value_name = "年度")]
    pub year: Option<Year>,
    /// 第几批申报；不写就是第一批
    #[arg(long, value_name = "批次")]
    pub batch: Option<u16>,
    /// 哪一个目录：data/catalogues 里的文件名（不带 .yaml）
    #[arg(long, value_name = "目录")]
    pub of: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Compare {
    /// 旧的：目录的文件名（不带 .yaml）、表格文件，或公文的名称、公文@版本
    #[arg(value_name = "旧", help_heading = "参数")]
    pub old: String,
    /// 新的，写法同上
    #[arg(value_name = "新", help_heading = "参数")]
    pub new: String,
    /// 两个都是表格文件时，照哪一个目录的列读
    #[arg(long, value_name = "目录")]
    pub of: Option<String>,
    /// 丢了的上标先修补再比
    #[arg(long)]
    pub repair: bool,
    /// 写到哪个文件（xlsx、csv、pdf、html）；不写就显示出来
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormKind {
    /// 申报
    #[value(name = "申报")]
    Declarations,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(in crate::cli) struct Form {
    /// 什么表
    #[arg(value_name = "种类", value_enum, help_heading = "参数")]
    pub kind: FormKind,
    /// 哪一年度的
    #[arg(long, value_name = "年度")]
    pub year: Year,
    /// 只问这一项政策要的；不写就问适用于这一年度的各项政策要的
    #[arg(long, value_name = "政策")]
    pub policy: Option<String>,
    /// 只给这一家：名称或统一社会信用代码
    #[arg(long, value_name = "企业", conflicts_with = "district")]
    pub enterprise: Option<String>,
    /// 只给这个区县的企业
    #[arg(long, value_name = "区县")]
    pub district: Option<String>,
    /// 写到哪个文件；不写就是“申报表-年度.xlsx”
    #[arg(long, short, value_name = "文件")]
    pub output: Option<PathBuf>,
}
