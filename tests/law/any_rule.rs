//! 任意规则 — rules that nobody wrote: of every kind of standard, for every kind of item, with any conditions and limits that `check`
//! has nothing against. What is generated from them must come out as it should, as for the rules of the sample policies.

use std::sync::atomic::{AtomicUsize, Ordering};

use hongtou::policy::names::check_names;
use hongtou::policy::soundness::check_soundness;
use hongtou::policy::{Policy, Rules, Standard};
use hongtou::project::Project;
use hongtou::source::{Source, Sources};
use hongtou::yaml;
use libtest_mimic::{Completion, Failed, Trial};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};

use crate::SAMPLE;
use crate::boundaries::Ground;

/// Kinds of items with the figures that each carries; the last one is of another policy's own.
const SUBJECTS: [(&str, &[&str]); 6] = [
    ("企业", &["主营业务收入"]),
    ("产品", &["销售额"]),
    ("项目", &["设备和软件投资"]),
    ("保险", &["保费"]),
    ("环保", &["服务费用", "设施投入"]),
    ("研发", &["研发投入", "总投资"]),
];

/// One test for each kind of standard; a kind for which nothing is made up here yet is passed over, and said so.
pub(crate) fn tests() -> Vec<Trial> {
    let trial = |kind: &&'static str| {
        let kind = *kind;
        Trial::ignorable_test(format!("boundary/任意规则/{kind}"), move || {
            match standard(kind, &["主营业务收入"]) {
                Some(_) => judge(&SAMPLE, kind).map(|()| Completion::Completed).map_err(Failed::from),
                None => Ok(Completion::ignored_with("any_rule.rs 里没有写怎样任意编一个")),
            }
        })
    };
    Standard::KINDS.iter().map(trial).collect()
}

fn judge(project: &Project, kind: &'static str) -> Result<(), String> {
    let judged = AtomicUsize::new(0);
    // PROPTEST_CASES makes them fewer.
    let config = Config::default();
    let config = Config { cases: config.cases.min(48), failure_persistence: None, ..config };
    let outcome = TestRunner::new(config).run(&policy(kind), |text| {
        let Some(policy) = sound(project, &text) else { return Ok(()) };
        let policies = [policy];
        for policy in &policies {
            for rule in &policy.rules.rules {
                let catalogues = &project.register.catalogues;
                let ground = Ground { policies: &policies, policy, rule, catalogues };
                for (name, judgement) in ground.judgements() {
                    match judgement() {
                        Ok(Ok(())) => judged.fetch_add(1, Ordering::Relaxed),
                        Ok(Err(_)) => 0,
                        Err(wrong) => return Err(TestCaseError::fail(format!("{name}：{wrong}\n{text}"))),
                    };
                }
            }
        }
        Ok(())
    });
    outcome.map_err(|error| error.to_string())?;
    if judged.into_inner() == 0 { Err("没有一条规则可以判断".to_owned()) } else { Ok(()) }
}

/// The policy, if nothing is wrong with it.
fn sound(project: &Project, text: &str) -> Option<Policy> {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("rules.yaml", text));
    let (rules, found) = yaml::read::<Rules>(id, sources.get(id)?);
    assert!(found.is_empty(), "{found:?}\n{text}");
    let mut rules = rules?;
    rules.name_catalogues(&project.register);
    let outline = project.policies.first()?.outline.clone();
    let (title, number) = (String::new(), String::new());
    let policy = Policy { slug: "任意".to_owned(), title, number, day: None, outline, rules };
    let faulty = check_names(&policy, &project.register).has_errors() || check_soundness(&policy).has_errors();
    (!faulty).then_some(policy)
}

fn policy(kind: &'static str) -> impl Strategy<Value = String> {
    let rounding = (select(vec!["元", "百元", "千元", "万元"]), select(vec!["舍去", "四舍五入"]));
    let rule = select(SUBJECTS.to_vec()).prop_flat_map(move |(subject, quantities)| {
        let other = prop_oneof![3 => Just(None), 1 => standard_of_any_kind(quantities).prop_map(Some)];
        let body =
            (standard(kind, quantities).unwrap(), other, vec(condition(quantities), 0..3), vec(limit(), 0..3), any::<bool>());
        body.prop_map(move |(standard, other, conditions, limits, once)| {
            let standards = [Some(standard), other].into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!(
                "  - 条款: 四（五）7\n    事项: 试验\n    对象: {subject}\n    条件: [{}]\n    标准: [{standards}]\n    \
                 限额: [{}]\n    仅一次: {}\n",
                conditions.join(", "),
                limits.join(", "),
                if once { "是" } else { "否" }
            )
        })
    });
    (rounding, rule).prop_map(|((unit, way), rule)| {
        format!(
            "施行: 2022-01-01\n有效期: 3年\n适用年度: [2022, 2023, 2024]\n取整: {{ 到: {unit}, 方式: {way} }}\n规则:\n{rule}"
        )
    })
}

/// Amounts as a policy states them, from a 分 to what no policy pays.
fn amount() -> impl Strategy<Value = String> {
    let stated = ["0.01元", "0.02元", "1元", "99.99元", "5万元", "20万元", "333333元", "5000万元", "1亿元", "3.3亿元"];
    let stated = select(stated.to_vec()).prop_map(str::to_owned);
    prop_oneof![stated, (1_u64..1_000_000).prop_map(|wan| format!("{wan}万元"))]
}

/// So many amounts, each higher than the one before.
fn rising(count: usize) -> impl Strategy<Value = Vec<String>> {
    vec(prop_oneof![1_u64..3, 1_u64..100_000_000_000], count).prop_map(|steps| {
        let mut sum = 0;
        let amounts = steps.into_iter().map(|step| {
            sum += step;
            format!("{}.{:02}元", sum / 100, sum % 100)
        });
        amounts.collect()
    })
}

fn share() -> impl Strategy<Value = String> {
    let stated = select(vec!["0%", "0.000001%", "1%", "12.345678%", "20%", "33.333333%", "100%"]);
    stated.prop_map(str::to_owned)
}

fn points() -> impl Strategy<Value = String> {
    select(vec!["0.000001", "1", "5", "10", "33.333333", "200", "10000"]).prop_map(|points| format!("{points}个百分点"))
}

fn standard_of_any_kind(quantities: &'static [&'static str]) -> impl Strategy<Value = String> {
    let kinds: Vec<&str> =
        Standard::KINDS.iter().copied().filter(|kind| standard(kind, quantities).is_some()).collect();
    select(kinds).prop_flat_map(move |kind| standard(kind, quantities).unwrap())
}

/// A standard of a kind.
fn standard(kind: &'static str, quantities: &'static [&'static str]) -> Option<BoxedStrategy<String>> {
    let quantity = || select(quantities.to_vec());
    let year = || select(vec!["申报年度", "上年度", "两年均"]);
    let form = match kind {
        "定额" => amount().prop_map(|amount| format!("金额: {amount}")).boxed(),
        "比例" => {
            let notice = prop_oneof![Just(""), Just(", 年度通知: { 2024: 0% }"), Just(", 年度通知: { 2023: 0% }")];
            (subsequence(quantities.to_vec(), 1..=quantities.len()), share(), year(), notice)
                .prop_map(|(base, share, year, notice)| {
                    format!("基数: [{}], 比例: {share}, 取值年度: {year}{notice}", base.join(", "))
                })
                .boxed()
        }
        "分年比例" => (quantity(), share(), 1..6, select(vec!["逐年", "等额"]))
            .prop_map(|(base, share, years, way)| format!("基数: {base}, 比例: {share}, 年限: {years}年, 拨付: {way}"))
            .boxed(),
        "首次达到" => (quantity(), (1..4_usize).prop_flat_map(|tiers| (rising(tiers), rising(tiers))), jump())
            .prop_map(|(quantity, (reaches, awards), jump)| {
                let tiers =
                    reaches.iter().zip(awards).map(|(reach, award)| format!("{{ 达到: {reach}, 奖励: {award} }}"));
                format!("量: {quantity}, 档: [{}], 跨档: {jump}", tiers.collect::<Vec<_>>().join(", "))
            })
            .boxed(),
        "台阶" => (quantity(), amount(), amount(), amount())
            .prop_map(|(quantity, from, each, award)| format!("量: {quantity}, 起: {from}, 每: {each}, 奖励: {award}"))
            .boxed(),
        "增长" => {
            let threshold =
                (year(), amount()).prop_map(|(year, reach)| format!("门槛: {{ 门槛年度: {year}, 达到: {reach} }}, "));
            let beyond = points().prop_map(|points| format!("超过: {points}, "));
            let each = prop_oneof![
                points().prop_map(|points| format!("百分点: {points}")),
                amount().prop_map(|amount| format!("金额: {amount}"))
            ];
            (quantity(), maybe(threshold), maybe(beyond), each, amount())
                .prop_map(|(quantity, threshold, beyond, each, award)| {
                    format!("量: {quantity}, {threshold}{beyond}每: {{ {each} }}, 奖励: {award}")
                })
                .boxed()
        }
        "分段累进" => (quantity(), select(vec!["超额", "全额"]), any::<bool>(), any::<bool>(), 1..4_usize)
            .prop_flat_map(|(base, way, growth, closed, count)| {
                let shares = vec(share(), count + 1);
                (Just((base, way, growth, closed)), rising(count), shares, any::<bool>())
            })
            .prop_map(|((base, way, growth, closed), bounds, shares, open)| {
                let closed = if closed { "是" } else { "否" };
                let bands = bounds.iter().enumerate().map(|(index, bound)| {
                    let bound = if growth { format!("{}个百分点", (index + 1) * 10) } else { bound.clone() };
                    format!("{{ 至: {bound}, 含: {closed}, 比例: {} }}", shares[index])
                });
                let last = open.then(|| format!("{{ 比例: {} }}", shares[bounds.len()]));
                let bands = bands.chain(last).collect::<Vec<_>>().join(", ");
                let growth = if growth { "是" } else { "否" };
                format!("基数: {base}, 计法: {way}, 增量: {growth}, 段: [{bands}]")
            })
            .boxed(),
        "超出均值" => (quantity(), select(vec![2022, 2023, 2024]), amount(), share())
            .prop_map(|(quantity, year, mean, share)| {
                format!("量: {quantity}, 年度通知: {{ {year}: {mean} }}, 比例: {share}")
            })
            .boxed(),
        "等级" => {
            let attributes = ["区县", "行业", "规模以上", "称号", "亩均评价", "有毒有害废弃物处理", "国家认定"];
            (select(attributes.to_vec()), subsequence(WORDS.to_vec(), 1..4), vec(amount(), 4))
                .prop_map(|(attribute, words, awards)| {
                    let grades =
                        words.iter().zip(awards).map(|(word, award)| format!("{{ 为: {word}, 奖励: {award} }}"));
                    format!("属性: {attribute}, 级: [{}]", grades.collect::<Vec<_>>().join(", "))
                })
                .boxed()
        }
        "转引" => Just("按: 另一政策".to_owned()).boxed(),
        "名单" => Just("列入: 名单".to_owned()).boxed(),
        "名次" => vec(1_u32..100, 1..4)
            .prop_map(|steps| {
                let mut to = 0;
                let ranges = steps.iter().map(|step| {
                    to += step;
                    format!("{{ 至: {to}, 奖励: {}元 }}", 1000 - to)
                });
                format!("属性: 名次, 段: [{}]", ranges.collect::<Vec<_>>().join(", "))
            })
            .boxed(),
        _ => return None,
    };
    Some(form.prop_map(move |form| format!("{{ {kind}: {{ {form} }} }}")).boxed())
}

fn jump() -> impl Strategy<Value = &'static str> {
    select(vec!["最高档", "逐档", "补差"])
}

fn maybe(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text]
}

const WORDS: [&str; 6] = ["是", "否", "新材料", "A", "B", "省专精特新"];

fn condition(quantities: &'static [&'static str]) -> impl Strategy<Value = String> {
    let attributes = ["区县", "行业", "规模以上", "称号", "亩均评价", "国家认定"];
    let attribute = (select(attributes.to_vec()), subsequence(WORDS.to_vec(), 0..3), subsequence(WORDS.to_vec(), 0..2))
        .prop_map(|(name, some, none)| {
            format!("属性: {{ 名称: {name}, 有: [{}], 无: [{}] }}", some.join(", "), none.join(", "))
        });
    let bound = || (select(vec!["不低于", "高于", "不高于", "低于"]), amount());
    let bounds = vec(bound(), 1..3).prop_map(|mut bounds| {
        bounds.sort();
        bounds.dedup_by_key(|(word, _)| *word);
        bounds.iter().map(|(word, amount)| [", ", word, ": ", amount].concat()).collect::<String>()
    });
    let years = select(vec!["申报年度", "上年度", "两年均"]);
    let figure = (select(quantities.to_vec()), years, bounds)
        .prop_map(|(quantity, year, bounds)| format!("数额: {{ 量: {quantity}, 年度: {year}{bounds} }}"));
    let day = select(vec![
        "申报年度内: 是",
        "不早于: 2023-03-01",
        "不晚于: 2024-02-29",
        "不早于: 2024-01-01, 不晚于: 2024-01-01",
        "申报年度内: 是, 不早于: 2024-05-05",
    ])
    .prop_map(|bounds| format!("日期: {{ 属性: 区县, {bounds} }}"));
    let catalogue = select(vec!["目录: shoupici", "目录: gaoduan-lv, 列: 类别, 值: [铝加工产品]"])
        .prop_map(|catalogue| format!("目录: {{ {catalogue} }}"));
    let leaf = prop_oneof![attribute, figure, day, catalogue].prop_map(|leaf| format!("{{ {leaf} }}"));
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("{{ 非: {one} }}")),
            vec(inner.clone(), 1..3).prop_map(|all| format!("{{ 全部: [{}] }}", all.join(", "))),
            vec(inner, 1..3).prop_map(|any| format!("{{ 任一: [{}] }}", any.join(", "))),
        ]
    })
}

fn limit() -> impl Strategy<Value = String> {
    (select(vec!["每项", "对象累计", "企业每年", "企业累计", "条款总额"]), amount(), any::<bool>()).prop_map(
        |(scope, amount, notice)| {
            let notice = if notice { ", 年度通知: { 2024: 3万元 }" } else { "" };
            format!("{{ 范围: {scope}, 金额: {amount}{notice} }}")
        },
    )
}
