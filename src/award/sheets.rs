//! 工作表 — awards for people who go on with them in Excel: the list of a 公示, who gets what under which clause for the finance bureau, how an
//! enterprise's awards were computed. Every figure is the one that is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, Count, Explanation, Outcome, Statistics, Verdict};
use crate::grid::{Column, Datum, Grid, Shape};
use crate::money::Money;
use crate::policy::{ClauseRef, shared};

fn amount(head: &str) -> Column {
    Column::new(format!("{head}（万元）"), Shape::Amount)
}

fn counted(index: usize) -> Datum {
    Datum::count(index + 1)
}

/// The awards of a year: the list, 企业 × 条款, 区县 × 条款; what is refused as well, if `all`.
#[must_use]
pub fn sheets(assessments: &[Assessment<'_>], title: &str, all: bool) -> Vec<Grid> {
    let given: Vec<&Assessment<'_>> =
        assessments.iter().filter(|assessment| matches!(assessment.outcome, Outcome::Granted(_))).collect();
    let mut sheets = vec![list(&given, title), crossed(&given, title, true), crossed(&given, title, false)];
    if all {
        sheets.push(refused(assessments, title));
    }
    sheets
}

fn about(assessment: &Assessment<'_>) -> [Datum; 5] {
    [
        Datum::text(&assessment.enterprise.district.value),
        Datum::text(assessment.policy.name()),
        Datum::text(&assessment.rule.clause.value.0),
        Datum::text(&assessment.rule.name),
        Datum::text(assessment.item().unwrap_or_default()),
    ]
}

fn list(given: &[&Assessment<'_>], title: &str) -> Grid {
    let texts = ["企业名称", "统一社会信用代码", "区县", "政策", "条款", "事项", "对象"];
    let columns = std::iter::once(Column::new("序号", Shape::Text))
        .chain(texts.map(|head| Column::new(head, Shape::Text)))
        .chain([amount("金额"), Column::new("限额", Shape::Text)]);
    let row = |(index, assessment): (usize, &&Assessment<'_>)| {
        let mut row = vec![
            counted(index),
            Datum::text(&assessment.enterprise.name.value),
            Datum::text(assessment.enterprise.code.value.as_str()),
        ];
        row.extend(about(assessment));
        let reduced = || assessment.reduced.map(|reduced| format!("按资金总额核减{reduced}"));
        let limit = assessment.cut.map(super::Cut::text).or_else(reduced);
        row.extend([Datum::wan(assessment.amount()), Datum::text(limit.unwrap_or_default())]);
        row
    };
    Grid {
        name: "名单".to_owned(),
        title: format!("{title}名单"),
        columns: columns.collect(),
        rows: given.iter().enumerate().map(row).collect(),
        summed: true,
        ..Grid::default()
    }
}

/// One row of a crossed table: what is given under each clause, and what each level pays of it.
#[derive(Default)]
struct Crossed<'a> {
    first: Vec<Datum>,
    clauses: BTreeMap<usize, Money>,
    levels: BTreeMap<&'a str, Money>,
    total: Money,
}

fn crossed(given: &[&Assessment<'_>], title: &str, by_enterprise: bool) -> Grid {
    let mut clauses: Vec<ClauseRef<'_>> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    let mut levels: Vec<&str> = Vec::new();
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, Crossed<'_>> = BTreeMap::new();
    let policies: BTreeSet<&str> = given.iter().map(|assessment| assessment.policy.name()).collect();
    for assessment in given {
        let clause = assessment.clause();
        let at = clauses.iter().position(|known| *known == clause).unwrap_or_else(|| {
            let policy = if policies.len() > 1 { assessment.policy.name() } else { "" };
            heads.push(format!("{policy}{} {}", assessment.rule.clause.value, assessment.rule.name));
            clauses.push(clause);
            clauses.len() - 1
        });
        let enterprise = assessment.enterprise;
        let key = if by_enterprise { enterprise.code.value.as_str() } else { enterprise.district.value.as_str() };
        let row = rows.entry(key).or_insert_with(|| {
            order.push(key);
            let words = [&enterprise.name.value, enterprise.code.value.as_str(), &enterprise.district.value];
            let words = if by_enterprise { words.as_slice() } else { words.get(2..).unwrap_or_default() };
            Crossed { first: words.iter().map(|word| Datum::text(*word)).collect(), ..Crossed::default() }
        });
        *row.clauses.entry(at).or_default() += assessment.amount();
        row.total += assessment.amount();
        for (level, part) in shared(assessment.amount(), assessment.parts()) {
            if !levels.contains(&level) {
                levels.push(level);
            }
            *row.levels.entry(level).or_default() += part;
        }
    }
    let firsts: &[&str] =
        if by_enterprise { &["企业名称", "统一社会信用代码", "区县"] } else { &["区县"] };
    let columns = std::iter::once(Column::new("序号", Shape::Text))
        .chain(firsts.iter().map(|head| Column::new(*head, Shape::Text)))
        .chain(heads.iter().map(|head| amount(head)))
        .chain(std::iter::once(amount("合计")))
        .chain(levels.iter().map(|level| amount(&format!("其中{level}承担"))));
    let row = |(index, key): (usize, &&str)| {
        let row = rows.get(key)?;
        let cell = |money: Option<&Money>| money.map_or(Datum::Blank, |money| Datum::wan(*money));
        let mut cells = vec![counted(index)];
        cells.extend(row.first.clone());
        cells.extend((0..clauses.len()).map(|clause| cell(row.clauses.get(&clause))));
        cells.push(Datum::wan(row.total));
        cells.extend(levels.iter().map(|level| cell(row.levels.get(level))));
        Some(cells)
    };
    let name = if by_enterprise { "企业×条款" } else { "区县×条款" };
    Grid {
        name: name.to_owned(),
        title: format!("{title}拨付表（{name}）"),
        columns: columns.collect(),
        rows: order.iter().enumerate().filter_map(row).collect(),
        summed: true,
        ..Grid::default()
    }
}

fn refused(assessments: &[Assessment<'_>], title: &str) -> Grid {
    let texts = ["企业名称", "统一社会信用代码", "区县", "政策", "条款", "事项", "对象"];
    let columns = texts.map(|head| Column::new(head, Shape::Text)).into_iter();
    let rows = assessments.iter().filter(|assessment| assessment.outcome == Outcome::Refused).map(|assessment| {
        let mut row = vec![
            Datum::text(&assessment.enterprise.name.value),
            Datum::text(assessment.enterprise.code.value.as_str()),
        ];
        row.extend(about(assessment));
        row.push(Datum::text(assessment.reason().unwrap_or_default()));
        row
    });
    Grid {
        name: "不予".to_owned(),
        title: format!("{title}：不予的和理由"),
        columns: columns.chain([Column::new("理由", Shape::Long)]).collect(),
        rows: rows.collect(),
        ..Grid::default()
    }
}

impl Explanation {
    /// What one enterprise gets, and step by step how it was computed.
    #[must_use]
    pub fn sheets(&self) -> Vec<Grid> {
        let texts = ["政策", "条款", "事项", "对象", "结果"].map(|head| Column::new(head, Shape::Text));
        let awards = self.clauses.iter().map(|clause| {
            let award = &clause.award;
            let money = format!("{}元", award.amount).parse::<Money>().unwrap_or(Money::ZERO);
            let verdict = if award.outcome == Verdict::Given { "给予" } else { "不予" };
            vec![
                Datum::text(&clause.policy),
                Datum::text(&award.clause),
                Datum::text(&award.name),
                Datum::text(if award.subject == self.enterprise { "" } else { &award.subject }),
                Datum::text(verdict),
                Datum::wan(money),
                Datum::text(award.reason.as_deref().or(award.cap.as_deref()).unwrap_or_default()),
            ]
        });
        let title = format!("{}（{}）{}年度", self.enterprise, self.code, self.year);
        let found = Grid {
            name: "结论".to_owned(),
            title: format!("{title}奖励核定"),
            columns: texts.iter().cloned().chain([amount("金额"), Column::new("理由、限额", Shape::Long)]).collect(),
            rows: awards.collect(),
            summed: true,
            ..Grid::default()
        };
        let heads = ["条款", "事项", "对象", "步骤"].map(|head| Column::new(head, Shape::Text));
        let steps = self.clauses.iter().flat_map(|clause| {
            clause.award.steps.iter().map(|step| {
                let award = &clause.award;
                let words = [&award.clause, &award.name, &award.subject, &step.step, &step.formula, &step.value];
                let mut row: Vec<Datum> = words.iter().map(|word| Datum::text(word.as_str())).collect();
                row.push(Datum::text(step.source.as_deref().unwrap_or_default()));
                row
            })
        });
        let longs =
            [Column::new("算式", Shape::Long), Column::new("值", Shape::Text), Column::new("来源", Shape::Text)];
        let how = Grid {
            name: "计算过程".to_owned(),
            title: format!("{title}奖励计算过程"),
            columns: heads.into_iter().chain(longs).collect(),
            rows: steps.collect(),
            ..Grid::default()
        };
        vec![found, how]
    }
}

impl Statistics {
    /// The counts, a sheet for each.
    #[must_use]
    pub fn sheets(&self) -> Vec<Grid> {
        // Of the largest, and of the years, nobody asks for the sum.
        let whole = |name: &str| !matches!(name, "企业（前十）" | "年度");
        let parts = self.parts().into_iter().filter(|(_, counts)| !counts.is_empty());
        let mut sheets: Vec<Grid> = parts.map(|(name, counts)| self.counts(name, counts, whole(name))).collect();
        let heads = [
            Column::new("条款", Shape::Text),
            Column::new("限额", Shape::Text),
            Column::new("核对项数", Shape::Count),
            Column::new("达到项数", Shape::Count),
            amount("核减"),
        ];
        let limits = self.limits.iter().map(|line| {
            vec![
                Datum::text(&line.clause),
                Datum::text(format!("{}最高{}", line.scope, line.limit)),
                Datum::count(line.asked),
                Datum::count(line.reached),
                Datum::wan(line.cut),
            ]
        });
        sheets.push(Grid {
            name: "限额".to_owned(),
            title: format!("{}年度限额的使用", self.year),
            columns: heads.to_vec(),
            rows: limits.collect(),
            ..Grid::default()
        });
        sheets
    }

    fn counts(&self, name: &str, counts: &[Count], whole: bool) -> Grid {
        // An enterprise in two lines is one enterprise, an award that two levels share is one award: only amounts have sums.
        let columns = vec![
            Column::new(name, Shape::Text),
            Column::new("企业数", Shape::Text),
            Column::new("项数", Shape::Text),
            amount("金额"),
        ];
        let row = |count: &Count| {
            vec![
                Datum::text(&count.name),
                Datum::count(count.enterprises),
                Datum::count(count.awards),
                Datum::wan(count.amount),
            ]
        };
        Grid {
            name: name.to_owned(),
            title: format!("{}年度奖励统计（按{name}）", self.year),
            columns,
            rows: counts.iter().map(row).collect(),
            summed: whole,
            ..Grid::default()
        }
    }
}
