//! 参数 — what can be typed; help and complaints in Chinese.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::print;
use crate::build::shard::Shard;
use crate::calendar::{Day, Year};
use crate::document::Number as DocumentNumber;

const COMMON: &str = "通用选项";

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 红头：由政策和申报数据计算奖励，生成公文、公示和目录（PDF 和网页）
#[derive(Debug, Parser)]
#[command(name = "hongtou", version, subcommand_help_heading = "命令")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Common {
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
pub(super) enum Verb {
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
    /// 在本机展示网站，文件一改就重新生成
    Serve(Serve),
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
    /// 新建一个带样例数据的工作区
    Init(Init),
    /// 哪种字体担任哪个角色，各种符号取自哪种字体、多宽；可以印一张样张
    Fonts(Fonts),
    /// 输出命令行补全脚本
    Completions(Completions),
    /// 输出手册页（man）
    Man,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Build {
    /// 同时印制几件；不写就用全部处理器
    #[arg(long, short, value_name = "个数")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// 有错误也生成没有受影响的部分（默认有错误就不动 output/），列出没有印成的
    #[arg(long, visible_alias = "keep-going")]
    pub partial: bool,
    /// 问题的格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
    /// 印过的最多留多少（4G、500M）；不写就是 4G
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
pub(super) struct Size(pub u64);

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
pub(super) struct Merge {
    /// 各片印到的存放处
    #[arg(long, value_name = "文件夹")]
    pub store: PathBuf,
    /// 有错误也生成没有受影响的部分
    #[arg(long)]
    pub partial: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Cache {
    /// 清空
    #[arg(long)]
    pub empty: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Fonts {
    /// 把样张（PDF）写到这个文件
    #[arg(long, value_name = "文件")]
    pub proof: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Measure {
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

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Serve {
    /// 端口；0 由系统选一个空闲的
    #[arg(long, default_value_t = 8780, value_name = "端口")]
    pub port: u16,
    /// 只看要发布的网站；不写就看办公室的，连没有印发的、告知书和全部计算
    #[arg(long)]
    pub public: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Publish {
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
#[command(next_help_heading = "选项")]
pub(super) struct Documents {
    /// 只列出状态、文号、标题、日期或名称里有这个词的
    #[arg(long, value_name = "词")]
    pub find: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Issue {
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
pub(super) struct Withdraw {
    /// 公文的名称、发文字号或标题的一部分
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 为什么撤回；写在网页上
    #[arg(long, value_name = "理由")]
    pub reason: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Reprint {
    /// 每户一份的公文：名称或标题的一部分
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notice: String,
    /// 第几版；不写就是最后一版
    #[arg(long, value_name = "版本")]
    pub version: Option<u16>,
}

/// What one document is rendered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
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
pub(super) struct Render {
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
pub(super) struct Number {
    /// 只显示要编的，不写
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Fix {
    /// 公文的名称、发文字号或标题的一部分；不写就是全部
    #[arg(value_name = "公文", help_heading = "参数")]
    pub notices: Vec<String>,
    /// 只显示要改的，不写
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct New {
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

/// What a foreign file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportKind {
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
pub(super) enum ChangesRead {
    /// 照全部接受以后的
    #[value(name = "接受")]
    Accepted,
    /// 照全部拒绝以后的
    #[value(name = "拒绝")]
    Rejected,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Import {
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
pub(super) enum ExportKind {
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
pub(super) struct Export {
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
pub(super) struct Compare {
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
pub(super) enum FormKind {
    /// 申报
    #[value(name = "申报")]
    Declarations,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Form {
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

#[derive(Debug, Subcommand)]
pub(super) enum PolicyVerb {
    /// 由粘贴的条文新建一项政策：条款、数字、规则的草稿
    New(PolicyNew),
    /// 一项政策的条款和规则，对照着列出
    Show(PolicyShow),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct PolicyNew {
    /// 政策的名称，作 data/policies 里的文件夹名：rencai-2025
    #[arg(value_name = "名称", help_heading = "参数")]
    pub name: String,
    /// 条文，纯文本文件；“-”是从标准输入读
    #[arg(value_name = "条文", help_heading = "参数")]
    pub text: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct PolicyShow {
    /// 政策的名称；只有一项政策时可以不写
    #[arg(value_name = "名称", help_heading = "参数")]
    pub name: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Init {
    /// 工作区的文件夹，应是空的或还没有
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub folder: PathBuf,
    /// 连版式、措辞和网页模板一起复制出来，便于修改
    #[arg(long)]
    pub templates: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// 哪一种命令行：bash、zsh、fish、powershell、elvish
    #[arg(value_enum, value_name = "命令行", help_heading = "参数")]
    pub shell: clap_complete::Shell,
}

/// Prints the completions of a shell.
#[expect(clippy::unnecessary_wraps, reason = "every verb ends this way")]
pub(super) fn completions(options: &Completions) -> Result<super::Ending, super::Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command(), "hongtou", &mut script);
    print::out(&String::from_utf8_lossy(&script));
    Ok(super::Ending::Fine)
}

/// Prints the manual page.
pub(super) fn man() -> Result<super::Ending, super::Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    print::out(&String::from_utf8_lossy(&page));
    Ok(super::Ending::Fine)
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum FindingFormat {
    /// 给人看
    #[default]
    Text,
    /// 给程序读
    Json,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Check {
    /// 不检查，只说明一类问题是什么、怎么改；不写类别就列出全部
    #[arg(long, value_name = "类别", num_args = 0..=1, default_missing_value = "")]
    pub explain: Option<String>,
    /// 问题的格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    pub format: FindingFormat,
}

/// How awards are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AwardFormat {
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
pub(super) struct Awards {
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
pub(super) enum ExplainFormat {
    /// 给人看
    Text,
    /// JSON
    Json,
    /// Excel 工作簿：结论、计算过程
    Xlsx,
}

/// How statistics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StatisticsFormat {
    /// 表格
    Table,
    /// JSON
    Json,
    /// Excel 工作簿：每项统计一张表
    Xlsx,
    /// CSV：各项统计接着写，第一列是哪一项
    Csv,
}

/// How what is due is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AgendaFormat {
    /// 表格
    Text,
    /// 日历文件（ics），手机和办公软件的日历能收
    Ics,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Agenda {
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
pub(super) struct Statistics {
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
pub(super) struct Explain {
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

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Grant {
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

/// The command line as clap knows it, with Chinese words throughout.
pub(super) fn command() -> Command {
    fn chinese(command: Command, path: &str) -> Command {
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let places: String = command.get_positionals().map(placeholder).collect();
        let verb = if names.is_empty() { "" } else { " <命令>" };
        let usage = format!("{path}{places} [选项]{verb}");
        let command = command
            .help_template(TEMPLATE)
            .override_usage(usage)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .mut_args(values_in_words)
            .arg(
                Arg::new("help").long("help").short('h').action(ArgAction::Help).help("显示帮助").help_heading(COMMON),
            );
        names.into_iter().fold(command, |command, name| {
            let path = format!("{path} {name}");
            command.mut_subcommand(name, |sub| chinese(sub, &path))
        })
    }
    chinese(Arguments::command(), "hongtou")
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading(COMMON),
        )
        .after_help("退出码：0 没有问题；1 有问题要改；2 没有做成。\n各命令的用法：hongtou 命令 --help")
}

/// ` <企业>`, or ` [名称]` where it may be left out.
fn placeholder(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    if arg.is_required_set() { format!(" <{name}>") } else { format!(" [{name}]") }
}

/// Says in the help itself what clap would say in English: which values there are, and the usual one.
fn values_in_words(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let values = arg.get_possible_values();
    let names: Vec<&str> = values.iter().filter(|value| !value.is_hide_set()).map(PossibleValue::get_name).collect();
    let usual = arg
        .get_default_values()
        .first()
        .map(|value| format!("；不写就是 {}", value.to_string_lossy()))
        .unwrap_or_default();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let words = if names.is_empty() { help } else { format!("{help}（{}{usual}）", names.join("、")) };
    arg.help(words).hide_possible_values(true).hide_default_value(true)
}

/// Parses what was typed; help goes out, a mistake is explained, both with their exit code.
pub(super) fn parse() -> Result<Arguments, ExitCode> {
    let matches = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print::out(&error.render().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            print::error(&command().render_help().to_string());
            ExitCode::from(2)
        }
        _ => {
            print::error(&complaint(&error));
            ExitCode::from(2)
        }
    })
}

fn complaint(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面没有写值"),
        ErrorKind::InvalidValue => format!("“{argument}”不能是“{value}”，可以写：{}", context(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("“{argument}”的值“{value}”不对：{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("“{argument}”写了两次，或与别的选项冲突"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => "命令写得不对".to_owned(),
    };
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggestion = suggestions.into_iter().map(context).find(|text| !text.is_empty());
    let hint = suggestion.map(|text| format!("\n是不是“{text}”？")).unwrap_or_default();
    format!("错误：{message}{hint}\n用法见 hongtou --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_chinese_throughout() {
        command().debug_assert();
        for sub in command().get_subcommands_mut() {
            let help = sub.render_help().to_string();
            for word in ["Usage", "OPTIONS", "default", "possible values", "Arguments", "Print"] {
                assert!(!help.contains(word), "{word} in\n{help}");
            }
        }
    }
}
