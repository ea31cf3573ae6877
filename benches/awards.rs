//! How fast awards are computed: `cargo bench --bench awards`.
//!
//! Four rules as elsewhere compared: 20% up to 1000万元; first reach of 5000万元, 1亿元, 3亿元; 100万元 for each 10 points up to 1000万元; the higher
//! of this and another policy. An evaluation is one rule judged for one item, through the whole way that `hongtou awards` takes:
//! conditions, standards, rounding, limits, 就高不重复. First on facts at hand: with every step kept, with the amounts alone, and
//! each rule by itself, which shows where the time goes. Then a million declarations, made, registered and assessed in portions,
//! on one thread and on all.

#![allow(clippy::disallowed_methods, reason = "a benchmark asks the clock and the machine")]
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints, and stops where its own data is wrong"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use hongtou::award::{Assessment, assess_enterprise};
use hongtou::calendar::Year;
use hongtou::document::{ClauseId, Outline};
use hongtou::money::Money;
use hongtou::policy::{Dossier, Policy, Rule, Rules, Step};
use hongtou::register::{CreditCode, Declaration, DeclarationYear, Enterprise, Matter, OtherPolicy, Register, Yearly};
use hongtou::source::{FileId, Place, Source, Sources};
use hongtou::trace::{Silent, Sink};
use hongtou::yaml::{self, Located};
use rust_decimal::Decimal;

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RULES: &str = "
施行: 2022-06-02
有效期: 3年
适用年度: [2022, 2023, 2024]
规则:
  - 条款: 一
    事项: 成果转化资助
    对象: 项目
    条件: [{ 属性: { 名称: 行业, 有: [新材料] } }]
    标准: [{ 比例: { 基数: [设备和软件投资], 比例: 20% } }]
    限额: [{ 范围: 每项, 金额: 1000万元 }]
  - 条款: 二
    事项: 首次达到
    对象: 产品
    标准:
      - 首次达到:
          量: 销售额
          档: [{ 达到: 5000万元, 奖励: 100万元 }, { 达到: 1亿元, 奖励: 200万元 }, { 达到: 3亿元, 奖励: 500万元 }]
  - 条款: 三
    事项: 增长
    对象: 产品
    标准: [{ 增长: { 量: 销售额, 每: { 百分点: 10个百分点 }, 奖励: 100万元 } }]
    限额: [{ 范围: 企业每年, 金额: 1000万元 }]
  - 条款: 四
    事项: 就高
    对象: 企业
    标准: [{ 比例: { 基数: [主营业务收入], 比例: 1% } }]
";

/// The same rules as expressions, as far as an expression can say them: what was reached first, only a kind knows.
const AS_EXPRESSIONS: [(&str, &str); 3] = [
    ("比例: { 基数: [设备和软件投资], 比例: 20% }", "公式: 设备和软件投资 × 20%"),
    (
        "增长: { 量: 销售额, 每: { 百分点: 10个百分点 }, 奖励: 100万元 }",
        "公式: \"整数档(增量(销售额), 上年(销售额) × 10%) × 100万元\"",
    ),
    ("比例: { 基数: [主营业务收入], 比例: 1% }", "公式: 主营业务收入 × 1%"),
];

const YEAR: Year = Year(2023);
const PLACE: Place = Place { file: FileId(0), start: 0, end: 0 };

/// How many declarations are in memory at once.
const PORTION: u32 = 10_000;

fn main() {
    // `cargo bench --bench awards -- 现成` measures on facts at hand alone.
    let whole_way = !std::env::args().any(|argument| argument == "现成");
    let policies = [policy(|_| true)];
    println!("事实现成，单线程");
    let register = register(0, 1_000);
    let dossiers: Vec<Dossier<'_>> =
        register.enterprises.values().map(|enterprise| Dossier::new(&register, enterprise, YEAR, 1)).collect();
    at_hand::<Vec<Step<'_>>>("  带全部计算过程", &dossiers, &policies);
    at_hand::<Silent>("  只要金额", &dossiers, &policies);
    let words = AS_EXPRESSIONS.iter().fold(RULES.to_owned(), |text, (kind, expression)| text.replace(kind, expression));
    let expressed = [policy_of(&words, |_| true)];
    at_hand::<Vec<Step<'_>>>("  写成算式，带全部计算过程", &dossiers, &expressed);
    at_hand::<Silent>("  写成算式，只要金额", &dossiers, &expressed);
    println!("只要金额，各条规则单独核定，一次用时（含取出事实、合并）");
    for rule in &policies[0].rules.rules {
        let alone = [policy(|other| other.name == rule.name)];
        at_hand::<Silent>(&format!("  {}", rule.name), &dossiers, &alone);
    }
    if !whole_way {
        return;
    }
    drop(dossiers);
    drop(register);
    let cores = hongtou::parallel::threads();
    println!("一百万份申报，每次{PORTION}份：生成、登记、核定");
    for threads in [1, cores] {
        whole(threads, "带全部计算过程", &policies, traced);
        whole(threads, "只要金额", &policies, silent);
    }
    println!("内存峰值 {}", peak());
}

/// Judges facts at hand again and again for about two seconds.
fn at_hand<'a, S: Sink<Step<'a>> + Default>(name: &str, dossiers: &[Dossier<'a>], policies: &'a [Policy]) {
    let standing = Policy::standing(policies, YEAR);
    let mut assessments: Vec<Assessment<'a, S>> = Vec::new();
    let (mut evaluations, mut total) = (0_usize, Money::ZERO);
    let (start, used) = (Instant::now(), processor_time());
    while start.elapsed() < Duration::from_secs(2) {
        for dossier in dossiers {
            assessments.clear();
            assess_enterprise(black_box(dossier), &standing, &mut assessments);
            evaluations += assessments.len();
            total = assessments.iter().fold(Money::ZERO, |sum, one| sum + one.amount());
        }
    }
    black_box(total);
    report(name, evaluations, processor_time().saturating_sub(used));
}

/// A million declarations from nothing to their total.
fn whole(threads: usize, name: &str, policies: &[Policy], judge: Judge) {
    let portions = 1_000_000 / PORTION;
    let next = std::sync::atomic::AtomicU32::new(0);
    let start = Instant::now();
    let (evaluations, making, assessing) = std::thread::scope(|scope| {
        let work = || {
            let (mut evaluations, mut making, mut assessing) = (0, Duration::ZERO, Duration::ZERO);
            loop {
                let portion = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if portion >= portions {
                    break (evaluations, making, assessing);
                }
                let started = processor_time();
                let register = register(portion * PORTION, PORTION);
                let used = processor_time();
                making += used.saturating_sub(started);
                evaluations += judge(&register, policies);
                assessing += processor_time().saturating_sub(used);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .fold((0, Duration::ZERO, Duration::ZERO), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
    });
    let (whole, making) = (start.elapsed().as_secs_f64(), making.as_secs_f64());
    report(&format!("  {threads}线程，{name}：共{whole:.1}秒，生成登记用{making:.1}秒，核定"), evaluations, assessing);
}

/// Judges all declarations of a register; says how many evaluations that were.
type Judge = fn(&Register, &[Policy]) -> usize;

fn traced(register: &Register, policies: &[Policy]) -> usize {
    judge::<Vec<Step<'_>>>(register, policies)
}

fn silent(register: &Register, policies: &[Policy]) -> usize {
    judge::<Silent>(register, policies)
}

fn judge<'a, S: Sink<Step<'a>> + Default>(register: &'a Register, policies: &'a [Policy]) -> usize {
    let standing = Policy::standing(policies, YEAR);
    let mut assessments: Vec<Assessment<'a, S>> = Vec::new();
    let (mut evaluations, mut total) = (0, Money::ZERO);
    for enterprise in register.enterprises.values() {
        assessments.clear();
        assess_enterprise(&Dossier::new(register, enterprise, YEAR, 1), &standing, &mut assessments);
        evaluations += assessments.len();
        total += assessments.iter().map(Assessment::amount).sum();
    }
    black_box(total);
    evaluations
}

fn report(name: &str, evaluations: usize, time: Duration) {
    #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
    let each = time.as_nanos() as f64 / evaluations as f64;
    println!("{name} {evaluations}次，每次{each:.0}纳秒，每核每秒{:.2}百万次", 1e3 / each);
}

/// How long this thread has run on a processor, as Linux tells it: what other programs take meanwhile is not counted.
fn processor_time() -> Duration {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(times.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or_default())
}

/// The largest memory that the process ever had, as Linux tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .map_or("（不知）".to_owned(), |text| text.trim().to_owned())
}

/// The policy, with the rules that are wanted.
fn policy(wanted: impl Fn(&Rule) -> bool) -> Policy {
    policy_of(RULES, wanted)
}

fn policy_of(rules: &str, wanted: impl Fn(&Rule) -> bool) -> Policy {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("rules.yaml", rules));
    let rules = sources.get(file).and_then(|source| yaml::read::<Rules>(file, source).0);
    let mut rules = rules.expect("the rules are sound");
    rules.rules.retain(wanted);
    Policy {
        slug: "bench".to_owned(),
        title: "测速".to_owned(),
        number: String::new(),
        day: None,
        outline: Outline::default(),
        rules,
    }
}

/// Enterprises from number `first` on, each with one declaration of one project and one product.
fn register(first: u32, count: u32) -> Register {
    let text = |value: &str| Located { value: value.to_owned(), place: PLACE };
    let (mut enterprises, mut declarations) = (Vec::new(), Vec::new());
    for number in first..first + count {
        let code = CreditCode::complete(&format!("91410100{number:09}")).expect("digits are a code");
        let code = Located { value: code, place: PLACE };
        let industries = Located { value: vec!["新材料".to_owned()], place: PLACE };
        enterprises.push(Enterprise::new(text("示例企业"), code, text("示例区"), industries));
        // Figures that differ from one enterprise to the next, over all tiers and limits.
        let spread = |most: u64, salt: u64| (u64::from(number) + salt).wrapping_mul(0x9e37_79b9_7f4a_7c15) % most;
        let wan = |amount: u64| Located { value: Money::yuan(Decimal::from(amount * 10_000)), place: PLACE };
        let years =
            |before: u64, now: u64| -> Yearly { [(Year(2022), wan(before)), (YEAR, wan(now))].into_iter().collect() };
        let named = |kind: &str, name: &str| Matter::new(text(kind), Some(text(name)));
        declarations.push(Declaration {
            matters: vec![
                named("产品", "产品").with("销售额", years(1 + spread(40_000, 3), spread(50_000, 4))),
                named("项目", "项目").with("设备和软件投资", years(0, spread(8_000, 5))),
            ],
            other_policies: vec![OtherPolicy {
                own: None,
                rule: None,
                identity: None,
                clause: Located { value: ClauseId("四".to_owned()), place: PLACE },
                subject: None,
                policy: text("其他政策"),
                amount: wan(spread(600, 6)),
                paid: Located { value: number % 2 == 0, place: PLACE },
            }],
            ..Declaration::new(code).with("主营业务收入", years(spread(50_000, 1), spread(60_000, 2)))
        });
    }
    let year = DeclarationYear { year: Located { value: YEAR, place: PLACE }, batch: 1, policy: None, declarations };
    Register::new(
        enterprises,
        &std::collections::BTreeSet::new(),
        vec![year],
        Vec::new(),
        std::collections::BTreeMap::new(),
    )
    .0
}
