//! 改名 — whatever the names are written like, and whatever enterprise and products are called in which year: over four years, each paid
//! before the next one is declared, the awards are the same.

use std::collections::{BTreeMap, BTreeSet};

use hongtou::award::assess;
use hongtou::calendar::Year;
use hongtou::money::Money;
use hongtou::policy::Policy;
use hongtou::register::{
    CreditCode, Declaration, DeclarationYear, Enterprise, LedgerEntry, LedgerYear, Matter, Register, Several, Yearly,
};
use hongtou::source::{FileId, Place};
use hongtou::yaml::Located;
use libtest_mimic::{Failed, Trial};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rust_decimal::Decimal;

use crate::identity::policy;

const PLACE: Place = Place { file: FileId(0), start: 0, end: 0 };

const YEARS: std::ops::RangeInclusive<i16> = 2021..=2024;

/// Two products, a project and the product of an insurance, as they are first called.
const NAMES: [&str; 4] = ["甲产品（Ⅰ型）", "LJ-100·铝板", "一期【A】技改", "高纯氧化铝粉 B"];

const CODES: [&str; 2] = ["91410181MA0000015M", "91410182MA0000058H"];

/// What is declared, by year and item, in 万元.
type Figures = Vec<Vec<u64>>;

/// How it is written.
#[derive(Debug, Clone)]
struct Writing {
    /// For each year and item: the style of the name in the declaration and in the ledger, and whether it has a new name from now on.
    names: Vec<Vec<(usize, usize, bool)>>,
    /// From which year on the enterprise has another code, and from which on it has another name.
    code_from: i16,
    name_from: i16,
}

/// The test of this file.
pub(crate) fn tests() -> Vec<Trial> {
    vec![Trial::test("renamed/四个年度怎样写、怎样改名都一样", || judge().map_err(Failed::from))]
}

fn judge() -> Result<(), String> {
    let figures = vec(vec(select(vec![0, 4_000, 10_000, 12_000]), NAMES.len()), YEARS.count());
    let written = vec(vec((0..8_usize, 0..8_usize, proptest::bool::weighted(0.3)), NAMES.len()), YEARS.count());
    let writing = (written, 2021_i16..=2026, 2021_i16..=2026).prop_map(|(names, code_from, name_from)| Writing {
        names,
        code_from,
        name_from,
    });
    let policies = [policy()];
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let plain = Writing {
        names: vec![vec![(0, 0, false); NAMES.len()]; YEARS.count()],
        code_from: i16::MAX,
        name_from: i16::MAX,
    };
    TestRunner::new(config)
        .run(&(figures, writing), |(figures, writing)| {
            let (expected, given) = (awards(&figures, &plain, &policies)?, awards(&figures, &writing, &policies)?);
            prop_assert_eq!(expected, given);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

fn at<T>(value: T) -> Located<T> {
    Located { value, place: PLACE }
}

fn text(value: &str) -> Located<String> {
    at(value.to_owned())
}

/// A name as somebody else would write it.
fn styled(name: &str, style: usize) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        other => other,
    };
    match style {
        1 => name.replace(['（', '【'], "(").replace(['）', '】'], ")"),
        2 => name.replace(['（', '【'], "〔").replace(['）', '】'], "〕").replace('Ⅰ', "I"),
        3 => name.chars().flat_map(|c| [c, ' ']).collect(),
        4 => name.chars().map(wide).collect(),
        5 => name.to_lowercase(),
        6 => format!("\u{3000}{name}"),
        7 => name.replace('·', "・").replace('-', "—"),
        _ => name.to_owned(),
    }
}

/// What each item got for each year under each clause, each year booked before the next one is declared.
fn awards(
    figures: &Figures,
    writing: &Writing,
    policies: &[Policy],
) -> Result<BTreeMap<(i16, String, usize), Money>, TestCaseError> {
    let mut names = NAMES.map(str::to_owned);
    let (mut declared, mut ledger): (Vec<DeclarationYear>, Vec<LedgerYear>) = (Vec::new(), Vec::new());
    let mut awards = BTreeMap::new();
    for (index, year) in YEARS.enumerate() {
        let mut formers = [const { None }; NAMES.len()];
        for (item, name) in names.iter_mut().enumerate() {
            if writing.names[index][item].2 {
                let new = format!("{}改称{year}", ["天", "地", "玄", "黄"][item]);
                formers[item] = Some(std::mem::replace(name, new));
            }
        }
        let written: Vec<String> =
            names.iter().enumerate().map(|(item, name)| styled(name, writing.names[index][item].0)).collect();
        let code = |year: i16| at(CODES[usize::from(year >= writing.code_from)].parse::<CreditCode>().unwrap());
        let former = |item: usize| -> Several {
            formers[item].iter().map(|name| text(&styled(name, writing.names[index][item].1))).collect()
        };
        let figure = |item: usize| -> Yearly {
            [(Year(year), at(Money::yuan(Decimal::from(figures[index][item] * 10_000))))].into_iter().collect()
        };
        let matter = |kind: &str, quantity: &str, item: usize| Matter {
            former: former(item),
            ..Matter::new(text(kind), Some(text(&written[item]))).with(quantity, figure(item))
        };
        let insured = matter("保险", "保费", 3).having("国家认定", text("是"));
        let declaration = Declaration {
            matters: vec![
                matter("产品", "销售额", 0),
                matter("产品", "销售额", 1),
                matter("项目", "设备和软件投资", 2),
                Matter { space: Some("产品".to_owned().into()), ..insured },
            ],
            ..Declaration::new(code(year)).with("主营业务收入", figure(0))
        };
        declared.push(DeclarationYear {
            year: at(Year(year)),
            batch: 1,
            policy: None,
            declarations: vec![declaration],
        });
        let renamed = year >= writing.name_from;
        let mut enterprise = Enterprise::new(
            text(if renamed { "示例乙公司" } else { "示例甲公司" }),
            code(year),
            text("甲县"),
            at(vec!["新材料".to_owned()]),
        );
        enterprise.former_names = renamed.then(|| text("示例甲公司")).into_iter().collect();
        enterprise.former_codes = CODES
            .iter()
            .map(|code| at(code.parse::<CreditCode>().unwrap()))
            .filter(|code| code.value != enterprise.code.value && year >= writing.code_from)
            .collect();
        let (register, report) =
            Register::new(vec![enterprise], &BTreeSet::new(), declared.clone(), ledger.clone(), BTreeMap::new());
        prop_assert!(!report.has_errors(), "{:?}", report.findings());
        let mut entries = Vec::new();
        for one in assess(&register, policies, Year(year)) {
            let item = written.iter().position(|name| name == one.subject);
            let clause = one.rule.clause.value.clone();
            awards.insert((year, clause.0.clone(), item.unwrap_or(NAMES.len())), one.amount());
            if one.amount().is_zero() {
                continue;
            }
            let booked = |item: usize| text(&styled(&names[item], writing.names[index][item].1));
            entries.push(LedgerEntry {
                subject: item.map(booked),
                tier: one.tier().map(at),
                ..LedgerEntry::of_case(code(year), at(clause), at(one.amount()))
            });
        }
        ledger.push(LedgerYear { year: at(Year(year)), closed: None, entries });
    }
    Ok(awards)
}
