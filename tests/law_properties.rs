//! 性质 — what holds of every award, whatever is declared: never negative, never above a limit, more for more where the words say so,
//! the parts sum up to the whole, the order of the input is irrelevant, one enterprise never changes another's.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use hongtou::award::{Assessment, Summary, assess, assess_enterprise};
use hongtou::calendar::Year;
use hongtou::document::ClauseId;
use hongtou::money::Money;
use hongtou::policy::{Dossier, Policy, Scope, What};
use hongtou::project::Project;
use hongtou::register::{CreditCode, Declaration, DeclarationYear, Enterprise, Matter, OtherPolicy, Register, Yearly};
use hongtou::source::{FileId, Place};
use hongtou::trace::Silent;
use hongtou::yaml::Located;
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;

const PLACE: Place = Place { file: FileId(0), start: 0, end: 0 };
const YEAR: Year = Year(2023);

fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| Project::load(Path::new(env!("CARGO_MANIFEST_DIR")), &[]).0)
}

fn text(value: &str) -> Located<String> {
    Located { value: value.to_owned(), place: PLACE }
}

fn at<T>(value: T) -> Located<T> {
    Located { value, place: PLACE }
}

/// Amounts of all sizes, and those about which the rules change their mind.
fn money() -> impl Strategy<Value = Money> {
    let edges = [2000_u64, 5000, 10_000, 30_000, 33_000, 100_000];
    let near = (proptest::sample::select(edges.to_vec()), -1_i64..=1)
        .prop_map(|(wan, cents)| Decimal::from(wan * 10_000) + Decimal::new(cents, 2));
    let any = prop_oneof![0_u64..10_000, 0_u64..100_000_000_000, 0_u64..1_000_000_000_000_000];
    prop_oneof![near, any.prop_map(|cents| Decimal::from(cents) / Decimal::ONE_HUNDRED)].prop_map(Money::yuan)
}

fn yearly() -> impl Strategy<Value = Yearly> {
    vec((2020_i16..=2023, money()), 0..4)
        .prop_map(|figures| figures.into_iter().map(|(year, money)| (Year(year), at(money))).collect())
}

fn product(number: usize) -> impl Strategy<Value = Matter> {
    let entries = ["LJG-001", "LJG-002", "YHL-001", "YHL-002", "SPC-006", "SPC-004"];
    (vec(proptest::sample::select(entries.to_vec()), 0..3), yearly()).prop_map(move |(ids, sales)| {
        let product = Matter::new(text("产品"), Some(text(&format!("产品{number}")))).with("销售额", sales);
        Matter { entries: ids.into_iter().map(text).collect(), ..product }
    })
}

fn other() -> impl Strategy<Value = OtherPolicy> {
    let clauses = ["四（一）1", "四（三）3", "四（四）6", "四（五）7", "四（六）9"];
    let subjects = [None, Some("产品0"), Some("产品1"), Some("产品2"), Some("项目")];
    let names = proptest::sample::select(vec!["其他政策", "省奖励", "另一政策"]);
    let whole = (proptest::sample::select(clauses.to_vec()), proptest::sample::select(subjects.to_vec()), names);
    (whole, money(), any::<bool>()).prop_map(|((clause, subject, name), amount, paid)| {
        let of_item = ["四（一）1", "四（三）3", "四（五）7"].contains(&clause);
        OtherPolicy {
            own: None,
            rule: None,
            clause: at(ClauseId(clause.to_owned())),
            subject: subject.filter(|_| of_item).map(text).map(Box::new),
            identity: None,
            policy: text(name),
            amount: at(amount),
            paid: at(paid),
        }
    })
}

fn firm(number: usize) -> impl Strategy<Value = (Enterprise, Declaration)> {
    let code = at(CreditCode::complete(&format!("91410100{number:09}")).unwrap());
    let industries = [vec!["新材料"], vec!["新材料", "铝基新材料"], vec!["装备制造"]];
    let whole = (
        proptest::sample::select(industries.to_vec()),
        any::<bool>(),
        proptest::option::of(yearly()),
        (product(0), product(1), product(2)),
        (yearly(), yearly(), yearly(), yearly(), any::<bool>()),
        vec(other(), 0..4),
    );
    whole.prop_map(
        move |(industries, above, revenue, (a, b, c), (invested, premium, fees, facilities, treats), others)| {
            let (name, industries) = (text(&format!("示例企业{number}")), industries.into_iter().map(str::to_owned));
            let enterprise = Enterprise {
                above_threshold: at(above),
                treats_waste: Some(at(treats)),
                ..Enterprise::new(name, code, text("示例区"), at(industries.collect()))
            };
            let named = |kind: &str, name: &str| Matter::new(text(kind), Some(text(name)));
            let insured = named("保险", "产品0").with("保费", premium).having("国家认定", text("是"));
            let spent = Matter::new(text("环保"), None).with("服务费用", fees).with("设施投入", facilities);
            let project = named("项目", "项目").with("设备和软件投资", invested);
            let insured = Matter { space: Some("产品".to_owned().into()), ..insured };
            let matters = vec![a, b, c, project, insured, spent];
            let declaration = Declaration { matters, other_policies: others, ..Declaration::new(code) };
            let declaration = match revenue {
                Some(revenue) => declaration.with("主营业务收入", revenue),
                None => declaration,
            };
            (enterprise, declaration)
        },
    )
}

/// The same workspace with its rules in another order.
fn turned() -> &'static Project {
    static TURNED: OnceLock<Project> = OnceLock::new();
    TURNED.get_or_init(|| {
        let root = tempfile::tempdir().unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let catalogues = std::fs::read_dir(data.join("catalogues")).unwrap().flatten();
        let catalogues = catalogues.map(|file| format!("catalogues/{}", file.file_name().to_string_lossy()));
        let policy = ["office.yaml", "policies/xincailiao-2022/policy.md", "policies/xincailiao-2022/rules.yaml"];
        for file in policy.map(str::to_owned).into_iter().chain(catalogues) {
            let file = file.as_str();
            let place = root.path().join("data").join(file);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            let mut words = std::fs::read_to_string(data.join(file)).unwrap();
            if let Some((head, rules)) = words.split_once("\n规则:\n") {
                let mut rules: Vec<&str> = rules.split("\n\n").collect();
                rules.reverse();
                words = format!("{head}\n规则:\n{}\n", rules.join("\n\n"));
            }
            std::fs::write(place, words).unwrap();
        }
        let project = Project::load(root.path(), &[]).0;
        assert_eq!(project.policies[0].rules.rules.len(), self::project().policies[0].rules.rules.len());
        assert_ne!(project.policies[0].rules.rules[0].name, self::project().policies[0].rules.rules[0].name);
        project
    })
}

fn register(firms: &[(Enterprise, Declaration)]) -> Register {
    let (enterprises, declarations) = firms.iter().cloned().unzip();
    let year = DeclarationYear { year: at(YEAR), batch: 1, policy: None, declarations };
    Register::new(enterprises, &BTreeSet::new(), vec![year], Vec::new(), project().register.catalogues.clone()).0
}

/// What each enterprise gets under each clause for each item.
fn amounts(register: &Register) -> BTreeMap<(String, String, String), Money> {
    let assessments = assess(register, &project().policies, YEAR);
    let key = |one: &Assessment<'_>| {
        (one.enterprise.code.value.to_string(), one.rule.clause.value.0.clone(), one.subject.to_owned())
    };
    assessments.iter().map(|one| (key(one), one.amount())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_award_is_a_whole_amount_within_its_limits((enterprise, declaration) in firm(1)) {
        let register = register(&[(enterprise, declaration)]);
        let assessments = assess(&register, &project().policies, YEAR);
        for one in &assessments {
            prop_assert!(one.amount() >= Money::ZERO);
            // What fills up another policy's amount has that one's 角 and 分; all else is rounded to whole yuan.
            let filled_up = one.steps.iter().any(|step| matches!(step.what, What::Other { .. }));
            prop_assert!(filled_up || one.amount().decimal().fract().is_zero());
            prop_assert_eq!(one.amount().is_zero(), one.reason().is_some());
            for limit in &one.rule.limits {
                let most = limit.of(YEAR).unwrap().value;
                prop_assert!(one.amount() <= most);
                if limit.scope == Scope::EnterpriseYear {
                    let of_clause = assessments.iter().filter(|other| other.rule.clause.value == one.rule.clause.value);
                    prop_assert!(of_clause.map(Assessment::amount).sum::<Money>() <= most);
                }
            }
            // Every declared figure that was used says where it stands.
            for step in &one.steps {
                let figure = matches!(step.what, What::Figure { .. });
                prop_assert!(!figure || step.place.is_some());
                prop_assert!(!step.words().value.is_empty());
            }
        }
    }

    #[test]
    fn the_parts_are_the_whole(firms in (firm(1), firm(2), firm(3))) {
        let register = register(&[firms.0, firms.1, firms.2]);
        let assessments = assess(&register, &project().policies, YEAR);
        let summary = Summary::of(&assessments);
        let total: Money = assessments.iter().map(Assessment::amount).sum();
        prop_assert_eq!(summary.total, total);
        prop_assert_eq!(summary.clauses.iter().map(|line| line.amount).sum::<Money>(), total);
        prop_assert_eq!(summary.districts.iter().map(|line| line.amount).sum::<Money>(), total);
        prop_assert_eq!(summary.by_enterprise.iter().map(|line| line.amount).sum::<Money>(), total);
    }

    #[test]
    fn nobody_s_figures_change_another_s_award(firms in (firm(1), firm(2), firm(3))) {
        let together = amounts(&register(&[firms.0.clone(), firms.1.clone(), firms.2.clone()]));
        let turned = amounts(&register(&[firms.2.clone(), firms.0.clone(), firms.1.clone()]));
        prop_assert_eq!(&together, &turned);
        let mut apart = BTreeMap::new();
        for firm in [firms.0, firms.1, firms.2] {
            apart.extend(amounts(&register(&[firm])));
        }
        prop_assert_eq!(together, apart);
    }

    #[test]
    fn the_order_of_lines_changes_nothing(
        (enterprise, declaration) in firm(1),
        (products, others) in (Just(vec![0, 1, 2]).prop_shuffle(), Just(vec![0, 1, 2, 3]).prop_shuffle()),
    ) {
        let mut other = declaration.clone();
        let products = products.into_iter().map(|at: usize| declaration.matters[at].clone());
        other.matters = products.chain(declaration.matters[3..].iter().rev().cloned()).collect();
        let lines = others.into_iter().filter_map(|at: usize| declaration.other_policies.get(at).cloned());
        other.other_policies = lines.collect();
        let register = [declaration, other].map(|one| register(&[(enterprise.clone(), one)]));
        let told = |register: &Register, project: &Project| -> BTreeMap<_, _> {
            let assessments = assess(register, &project.policies, YEAR);
            let told = |one: &Assessment<'_>| ((one.rule.clause.value.0.clone(), one.subject.to_owned()), (one.amount(), one.reason()));
            assessments.iter().map(told).collect()
        };
        prop_assert_eq!(told(&register[0], project()), told(&register[1], turned()));
    }

    #[test]
    fn without_steps_the_amounts_are_the_same((enterprise, declaration) in firm(1)) {
        let register = register(&[(enterprise, declaration)]);
        let traced = assess(&register, &project().policies, YEAR);
        let mut silent: Vec<Assessment<'_, Silent>> = Vec::new();
        for enterprise in register.enterprises.values() {
            assess_enterprise(&Dossier::new(&register, enterprise, YEAR, 1), &Policy::standing(&project().policies, YEAR), &mut silent);
        }
        let of = |outcome: Vec<_>| outcome;
        prop_assert_eq!(of(traced.iter().map(|one| one.outcome).collect()), of(silent.iter().map(|one| one.outcome).collect()));
    }

    #[test]
    fn more_growth_or_spending_never_gives_less(base in money(), now in money(), more in money(), clause in 0..4_usize) {
        let code = at(CreditCode::complete("91410100000000001").unwrap());
        let given = |now: Money| {
            let figures = |before: Money| -> Yearly { [(Year(2022), at(before)), (YEAR, at(now))].into_iter().collect() };
            let enterprise = Enterprise {
                treats_waste: Some(at(true)),
                ..Enterprise::new(text("示例企业"), code, text("示例区"), at(vec!["新材料".to_owned()]))
            };
            let named = |kind: &str| Matter::new(text(kind), Some(text("甲")));
            let matter = match clause {
                1 => Some(Matter { entries: [text("SPC-006")].into_iter().collect(), ..named("产品").with("销售额", figures(base)) }),
                2 => Some(named("项目").with("设备和软件投资", figures(base))),
                3 => Some(Matter::new(text("环保"), None).with("服务费用", figures(base))),
                _ => None,
            };
            let mut declaration = Declaration { matters: matter.into_iter().collect(), ..Declaration::new(code) };
            if clause == 0 {
                declaration = declaration.with("主营业务收入", figures(base));
            }
            amounts(&register(&[(enterprise, declaration)])).into_values().sum::<Money>()
        };
        prop_assert!(given(now + more) >= given(now));
    }

    #[test]
    fn a_share_is_exact(cents in 0_u64..1_000_000_000_000_000, millionths in 0_u64..=100_000_000) {
        let share = format!("{}%", Decimal::new(i64::try_from(millionths).unwrap(), 6)).parse::<hongtou::money::Share>().unwrap();
        let amount = share.of(Money::yuan(Decimal::from(cents) / Decimal::ONE_HUNDRED));
        let exact = u128::from(cents) * u128::from(millionths);
        prop_assert_eq!(amount.decimal(), Decimal::from_i128_with_scale(i128::try_from(exact).unwrap(), 10));
    }
}
