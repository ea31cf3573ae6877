//! 命令行 — the commands, and what every one of them takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::exchange::{Compare, Export, Form, Import};
use super::followup::{Chains, Indicators, Lists, Progress, TasksVerb};
use super::making::{Build, Cache, Check, Merge};
use super::money::{Awards, Explain, Grant, Statistics};
use super::papers::{Documents, Fix, Issue, Measure, New, Number, Render, Reprint, Withdraw};
use super::workspace::{Agenda, Completions, Fonts, Init, LogShown, PolicyVerb, Publish, Serve, UserVerb};
use crate::calendar::Day;

/// The heading of what every command takes.
pub(super) const COMMON: &str = "通用选项";

/// 红头：由政策和申报数据计算奖励，生成公文、公示和目录（PDF 和网页）
#[derive(Debug, Parser)]
#[command(name = "hongtou", version, subcommand_help_heading = "命令")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    /// 工作区文件夹；不写就用当前文件夹，或上级里第一个有 data 的文件夹
    #[arg(long, global = true, value_name = "文件夹", help_heading = COMMON)]
    pub root: Option<PathBuf>,
    /// 按哪一天办理（2024-06-13）；不写就是今天
    #[arg(long, global = true, value_name = "日期", help_heading = COMMON)]
    pub on: Option<Day>,
    /// 只报问题，不报过程
    #[arg(long, short, global = true, help_heading = COMMON)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Verb {
    /// 生成全部公文、名单、目录和网站，写入 output/
    Build(Build),
    /// 把几台机器分片印好的合并成 output/
    Merge(Merge),
    /// 印过的公文留了多少（没有变的不再印）；清空
    Cache(Cache),
    /// 检查数据、模板和文字，列出全部问题；不生成任何文件
    Check(Check),
    /// 计算一个年度的奖励
    Awards(Awards),
    /// 逐步说明一家企业为什么得、为什么不得
    Explain(Explain),
    /// 到什么时候要办什么：公示期满、公文和目录失效、政策到期、明年的放假安排
    Agenda(Agenda),
    /// 按条款、区县、行业、年度统计奖励，以及限额的使用
    Statistics(Statistics),
    /// 兑现：据已印发的通知把一个年度的奖励写入台账
    Grant(Grant),
    /// 列出公文：状态、文号、标题、日期、版本
    Documents(Documents),
    /// 印发或更正一件公文：编号、定本，以后不再改动
    Issue(Issue),
    /// 撤回一件已印发的公文
    Withdraw(Withdraw),
    /// 重印已印发的告知书（每户一份），逐份核对校验值
    Reprint(Reprint),
    /// 只生成一件公文
    Render(Render),
    /// 用尺子量印出来的版面，逐条对照 GB/T 9704—2012
    Measure(Measure),
    /// 工作台：在浏览器里做这里的一切；或只展示网站，文件一改就重新生成
    Serve(Serve),
    /// 工作台的账户：别的机器也能用以前，先建
    #[command(subcommand)]
    User(UserVerb),
    /// 谁在工作台里做了什么
    Log(LogShown),
    /// 把生成好的网站一步放进网站目录，可退回上一次
    Publish(Publish),
    /// 给还没有索引号的公开公文编索引号，编过的不改
    Number(Number),
    /// 把照本意读的写法改成规定的写法：冒号、缺的空行、制表符隔开的表、序号
    Fix(Fix),
    /// 新建一件公文的底稿
    New(New),
    /// 导入 Excel、WPS 表格：企业、申报、目录、台账更正、放假
    Import(Import),
    /// 导出成 Excel：企业、申报、目录、台账，改完可以再导入
    Export(Export),
    /// 比较目录的两版（文件、工作区里的都行），或一件公文的两版
    Compare(Compare),
    /// 空白的申报表：发给企业、区县填，填好了导入
    Form(Form),
    /// 政策：从条文起草规则，规则和条文对照着看
    #[command(subcommand)]
    Policy(PolicyVerb),
    /// 任务分解：从条文起草，列成表
    #[command(subcommand)]
    Tasks(TasksVerb),
    /// 督导：一期的任务进展，哪些逾期、哪些没有报，各单位和区县的排名
    Progress(Progress),
    /// 监测评估：各项指标和上年比、和目标比
    Indicators(Indicators),
    /// 名单库：称号、亩均评价、培育库，谁在册；按条款该列入谁
    Lists(Lists),
    /// 产业链：链长、盟会长、企业、奖励和任务
    Chains(Chains),
    /// 新建一个带样例数据的工作区
    Init(Init),
    /// 哪种字体担任哪个角色，各种符号取自哪种字体、多宽；可以印一张样张
    Fonts(Fonts),
    /// 输出命令行补全脚本
    Completions(Completions),
    /// 输出手册页（man）
    Man,
}
