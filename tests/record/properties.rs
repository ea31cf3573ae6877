//! 性质 — whatever is declared, paid, added and taken back over four years: no item is paid above its limits, nothing that is given once is
//! given twice, every paid yuan is in exactly one entry, and the ledger's own check finds exactly what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use hongtou::award::{Explained, assess};
use hongtou::calendar::{Day, Year};
use hongtou::document::Outline;
use hongtou::money::Money;
use hongtou::policy::{Policy, Rules};
use hongtou::record::ledger::{Occasion, Payment, audit, compare, pay};
use hongtou::register::{DeclarationYear, Enterprise, EntryKind, LedgerEntry, LedgerYear, Register, Schema};
use hongtou::source::{Source, Sources};
use hongtou::yaml::{self, Node};
use libtest_mimic::{Failed, Trial};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde::de::DeserializeOwned;

const ENTERPRISES: &str = "
- { 名称: 甲公司, 统一社会信用代码: 91410181MA0000015M, 区县: 河西区, 行业: [新材料], 规模以上: 是 }
- { 名称: 乙公司, 统一社会信用代码: 91410182MA0000058H, 区县: 河东区, 行业: [新材料], 规模以上: 是 }
";

/// A rule for each kind of limit: of an item ever, of an enterprise a year and ever, once.
const RULES: &str = "
施行: 2021-01-01
有效期: 5年
适用年度: [2021, 2022, 2023, 2024]
规则:
  - 条款: 一1
    事项: 技术改造补助
    对象: 项目
    标准: [{ 比例: { 基数: [设备和软件投资], 比例: 20% } }]
    限额: [{ 范围: 对象累计, 金额: 1000万元 }, { 范围: 企业每年, 金额: 1200万元 }]
  - 条款: 一2
    事项: 首批次奖励
    对象: 产品
    标准: [{ 比例: { 基数: [销售额], 比例: 30% } }]
    限额: [{ 范围: 每项, 金额: 200万元 }]
    仅一次: 是
  - 条款: 一3
    事项: 环保补助
    对象: 环保
    标准: [{ 比例: { 基数: [服务费用], 比例: 50% } }]
    限额: [{ 范围: 企业累计, 金额: 500万元 }]
";

const CODES: [&str; 2] = ["91410181MA0000015M", "91410182MA0000058H"];
const CLAUSES: [(&str, &str, Option<&str>); 4] = [
    ("一1", "技术改造补助", Some("项目甲")),
    ("一1", "技术改造补助", Some("项目乙")),
    ("一2", "首批次奖励", Some("产品甲")),
    ("一3", "环保补助", None),
];
const YEARS: [i16; 4] = [2021, 2022, 2023, 2024];

fn read<T: DeserializeOwned>(text: &str) -> T {
    read_as(text, |_| {})
}

fn read_as<T: DeserializeOwned>(text: &str, normalise: impl FnOnce(&mut Node)) -> T {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("data.yaml", text));
    let (value, found) = yaml::read_normal(file, sources.get(file).unwrap(), normalise);
    let wrong: Vec<&str> = found.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{text}");
    value.unwrap()
}

/// What one enterprise declares for a year, in 万元: its two projects, its product, its services.
type Figures = [Option<u32>; 4];

/// What an office adds to a ledger by hand after a year is paid: for which year, whom and what, how much in 万元, to do what.
#[derive(Debug, Clone, Copy)]
struct Addition {
    year: usize,
    enterprise: usize,
    matter: usize,
    amount: u32,
    kind: EntryKind,
}

/// One year of an office: what is declared, and what is added after it is paid.
type Course = Vec<([Figures; 2], Vec<Addition>)>;

fn figure() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![Just(None), (1_u32..300).prop_map(Some), (300_u32..9000).prop_map(Some)]
}

fn addition() -> impl Strategy<Value = Addition> {
    let kinds = [EntryKind::Supplement, EntryKind::Recovered, EntryKind::Revoked];
    let amount = prop_oneof![1_u32..50, 50_u32..1100];
    (0..4_usize, 0..2_usize, 0..4_usize, amount, proptest::sample::select(kinds.to_vec()))
        .prop_map(|(year, enterprise, matter, amount, kind)| Addition { year, enterprise, matter, amount, kind })
}

fn course() -> impl Strategy<Value = Course> {
    let figures = || [figure(), figure(), figure(), figure()];
    vec(([figures(), figures()], vec(addition(), 0..4)), 4..=4)
}

/// An office with its ledgers, by year, as text.
#[derive(Clone)]
struct Office {
    declarations: Vec<String>,
    ledgers: BTreeMap<i16, String>,
}

fn declared(year: i16, figures: &[Figures; 2]) -> String {
    let mut text = format!("年度: {year}\n申报:\n");
    for (code, [first, second, product, services]) in CODES.iter().zip(figures) {
        let figures = |name: &str, amount: &Option<u32>| amount.map(|wan| format!("{name}: {{ {year}: {wan}万元 }}"));
        let projects = [("项目甲", first), ("项目乙", second)];
        let projects = projects
            .iter()
            .filter_map(|(name, amount)| Some(format!("{{ 名称: {name}, {} }}", figures("设备和软件投资", amount)?)));
        let projects: Vec<String> = projects.collect();
        text.push_str(&format!("  - 企业: {code}\n    项目: [{}]\n", projects.join(", ")));
        if let Some(sales) = figures("销售额", product) {
            text.push_str(&format!("    产品: [{{ 名称: 产品甲, {sales} }}]\n"));
        }
        if let Some(fees) = figures("服务费用", services) {
            text.push_str(&format!("    环保: {{ {fees} }}\n"));
        }
    }
    text
}

impl Office {
    fn register(&self) -> Register {
        let enterprises: Vec<Enterprise> = read(ENTERPRISES);
        let declarations: Vec<DeclarationYear> =
            self.declarations.iter().map(|text| read_as(text, |tree| Schema::default().normalise_year(tree))).collect();
        let ledger: Vec<LedgerYear> = self.ledgers.values().map(|text| read(text)).collect();
        let (register, found) = Register::new(enterprises, &BTreeSet::new(), declarations, ledger, BTreeMap::new());
        assert!(found.is_empty(), "{:?}", found.findings());
        register
    }

    fn add(&mut self, Addition { year, enterprise, matter, amount, kind }: Addition) {
        let (clause, rule, subject) = CLAUSES[matter];
        let subject = subject.map(|subject| format!(", 对象: {subject}")).unwrap_or_default();
        let (kind, code) = (kind.name(), CODES[enterprise]);
        let text = self.ledgers.entry(YEARS[year]).or_default();
        let number = text.lines().count();
        text.push_str(&format!(
            "  - {{ 编号: H-{number}, 种类: {kind}, 企业: {code}, 政策: zhengce, 条款: {clause}, 事项: {rule}{subject}, 金额: {amount}万元, 备注: 第{number}次复核 }}\n"
        ));
    }
}

/// 账 — what the entries of all years come to, added up the plainest way, and whether a rule is broken on the way.
#[derive(Default)]
struct Sums {
    paid: BTreeMap<(usize, usize), i64>,
    broken: bool,
}

fn yuan(money: Money) -> i64 {
    money.exact_text().strip_suffix(".00").unwrap().parse().unwrap()
}

/// A 万元 in yuan.
const WAN: i64 = 10_000;

fn sums(register: &Register) -> Sums {
    let mut sums = Sums::default();
    let mut times: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut of_year: BTreeMap<(usize, i16), i64> = BTreeMap::new();
    let mut of_clause: BTreeMap<usize, i64> = BTreeMap::new();
    for (year, entry) in
        register.ledger.iter().flat_map(|(year, entries)| entries.iter().map(move |entry| (year.0, entry)))
    {
        let enterprise = CODES.iter().position(|code| *code == entry.enterprise.value.as_str()).unwrap();
        let matter = matter_of(entry);
        let amount = yuan(entry.amount.value);
        let paid = sums.paid.entry((enterprise, matter)).or_default();
        let back = matches!(entry.kind(), EntryKind::Recovered | EntryKind::Revoked);
        sums.broken |= back && amount > *paid;
        *paid += if back { -amount } else { amount };
        let times = times.entry((enterprise, matter)).or_default();
        *times += u32::from(entry.kind() == EntryKind::Paid);
        if *paid <= 0 {
            *times = 0;
        }
        sums.broken |= matter == 2 && *times > 1;
        sums.broken |= matter < 2 && !back && *paid > 1000 * WAN;
        if matter < 2 {
            let of_year = of_year.entry((enterprise, year)).or_default();
            *of_year = (*of_year + if back { -amount } else { amount }).max(0);
            sums.broken |= !back && *of_year > 1200 * WAN;
        }
        if matter == 3 {
            let of_clause = of_clause.entry(enterprise).or_default();
            *of_clause += if back { -amount } else { amount };
            sums.broken |= !back && *of_clause > 500 * WAN;
        }
    }
    sums
}

fn matter_of(entry: &LedgerEntry) -> usize {
    let subject = entry.subject.as_ref().map(|subject| subject.value.as_str());
    let clause = entry.clause.value.0.as_str();
    CLAUSES.iter().position(|(of, _, name)| *of == clause && *name == subject).unwrap()
}

/// Whether the ledger's own check finds something: not that an item was not declared, which a wanton 补发 may hit.
fn found(register: &Register, policies: &[Policy]) -> Vec<String> {
    let on = Day::new(2025, 12, 31).unwrap();
    let report = audit(register, policies, on);
    let messages = report.findings().iter().map(|finding| finding.message.clone());
    messages.filter(|message| !message.contains("没有申报")).collect()
}

fn followed(course: &Course) -> Result<(), TestCaseError> {
    let policy = Policy {
        slug: "zhengce".to_owned(),
        title: String::new(),
        number: String::new(),
        day: None,
        outline: Outline::default(),
        rules: read::<Rules>(RULES),
    };
    let policies = [policy];
    let mut office = Office { declarations: Vec::new(), ledgers: BTreeMap::new() };
    // What was handed out, in yuan, as the office's cashier counts it: by hand, beside the ledger.
    let mut handed: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (year, (figures, additions)) in YEARS.into_iter().zip(course) {
        office.declarations.push(declared(year, figures));
        let register = office.register();
        let assessments = assess(&register, &policies, Year(year));
        let awards: Vec<Explained> = assessments.iter().map(|one| Explained::new(one, &Sources::default())).collect();
        let occasion =
            Occasion { year: Year(year), on: Day::new(year + 1, 6, 1).unwrap(), number: "云工信〔2024〕1号" };
        for one in assessments.iter().filter(|one| !one.amount().is_zero()) {
            let enterprise = CODES.iter().position(|code| *code == one.enterprise.code.value.as_str()).unwrap();
            let matter = CLAUSES.iter().position(|(of, _, name)| *of == one.rule.clause.value.0 && *name == one.item());
            *handed.entry((enterprise, matter.unwrap())).or_default() += yuan(one.amount());
        }
        if awards.iter().any(|award| !award.amount().is_zero()) {
            let before = office.ledgers.get(&year).cloned();
            let Payment::Booked(text, count) = pay(&awards, occasion, before.as_deref(), &register) else {
                return Err(TestCaseError::fail("a first payment is booked"));
            };
            prop_assert_eq!(count, awards.iter().filter(|award| !award.amount().is_zero()).count());
            office.ledgers.insert(year, text);
        } else {
            office.ledgers.entry(year).or_insert_with(|| format!("年度: {year}\n已兑现: []\n"));
        }
        let register = office.register();
        prop_assert_eq!(found(&register, &policies), Vec::<String>::new(), "{}", office.ledgers[&year]);
        prop_assert!(!sums(&register).broken, "{:?}", office.ledgers);
        let entries = &register.ledger[&Year(year)];
        prop_assert_eq!(pay(&awards, occasion, None, &register) == Payment::Same, !entries.is_empty());
        let differences = compare(&assess(&register, &policies, Year(year)), entries, &policies);
        prop_assert!(differences.is_empty(), "{:?}", differences.findings());
        for addition in additions.iter().filter(|addition| YEARS[addition.year] <= year) {
            if office.ledgers[&YEARS[addition.year]].contains("[]") {
                continue;
            }
            let mut with = office.clone();
            with.add(*addition);
            let register = with.register();
            // It is refused exactly when it breaks a rule; what is refused is not done.
            let (refused, sums) = (found(&register, &policies), sums(&register));
            prop_assert_eq!(!refused.is_empty(), sums.broken, "{:?}: {:?}\n{:?}", addition, refused, with.ledgers);
            if !sums.broken {
                let amount = i64::from(addition.amount) * WAN;
                let back = addition.kind != EntryKind::Supplement;
                *handed.entry((addition.enterprise, addition.matter)).or_default() +=
                    if back { -amount } else { amount };
                office = with;
            }
        }
        // Every yuan that was handed out stands in one entry.
        let booked = sums(&office.register()).paid;
        let standing = |sums: &BTreeMap<(usize, usize), i64>| -> Vec<((usize, usize), i64)> {
            sums.iter().map(|(key, sum)| (*key, *sum)).filter(|(_, sum)| *sum != 0).collect()
        };
        prop_assert_eq!(standing(&booked), standing(&handed));
    }
    Ok(())
}

pub(crate) fn tests() -> Vec<Trial> {
    let trial = || {
        let mut runner = TestRunner::new(Config { cases: 256, failure_persistence: None, ..Config::default() });
        runner.run(&course(), |course| followed(&course)).map_err(|wrong| Failed::from(wrong.to_string()))
    };
    vec![Trial::test("property/no_course_of_events_pays_too_much", trial)]
}
