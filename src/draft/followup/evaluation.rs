//! 评估 — a policy's indicators for the template of the 评估报告, and as a page; and the figures of a report's own words, which must be
//! those that the data give.

use serde_json::{Value, json};

use super::plan::{heading, table};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Article, Block, Document, Fact, Figure as Picture, inlines};
use crate::draft::Notice;
use crate::followup::chart;
use crate::followup::evaluation::{Against, Measured, Progress, rounded, shown};
use crate::money::Money;
use crate::policy::figure::{Figure, figures};
use crate::source::Place;

/// What a template sees of the indicators.
pub(super) fn facts(measured: &[Measured<'_>], year: Year) -> Value {
    // What nobody told yet is no figure of a report.
    let told = || measured.iter().filter(|one| one.last().is_some());
    let count = |wanted: Against| {
        let stand = measured.iter().filter_map(|one| one.against.as_ref());
        stand.filter(|progress| progress.against == wanted).count().to_string()
    };
    json!({
        "年度": year.to_string(),
        "合计": {
            "指标数": told().count().to_string(),
            "已达到": count(Against::Reached),
            "进度正常": count(Against::OnTheWay),
            "落后": count(Against::Behind),
        },
        "列表": told().map(one).collect::<Vec<_>>(),
        "目标": told().filter(|one| one.against.is_some()).map(one).collect::<Vec<_>>(),
        "其他": told().filter(|one| one.against.is_none() && one.values.len() > 1).map(one).collect::<Vec<_>>(),
        "区县": told().filter(|one| !one.districts.is_empty()).map(one).collect::<Vec<_>>(),
    })
}

fn one(measured: &Measured<'_>) -> Value {
    let indicator = measured.indicator;
    let unit = &indicator.unit.value;
    let last = measured.last();
    json!({
        "名称": indicator.name.value,
        "单位": unit,
        "来源": source(measured),
        "期": last.map(|(period, _)| period.to_string()).unwrap_or_default(),
        "数值": last.map(|(_, value)| format!("{}{unit}", shown(value))).unwrap_or_default(),
        "变化": measured.change().unwrap_or_default(),
        "历年": measured.values.iter().map(|(period, value)| json!({
            "期": period.to_string(),
            "数值": shown(*value),
        })).collect::<Vec<_>>(),
        "区县": measured.districts.iter().map(|(district, value)| json!({
            "名称": district,
            "数值": shown(*value),
        })).collect::<Vec<_>>(),
        "目标": measured.against.as_ref().map(|progress| goal(progress, unit)),
        "区县期": measured.district_period.map(|period| period.to_string()),
        "图": chart::by_period(measured),
        "区县图": chart::by_district(measured),
    })
}

fn goal(progress: &Progress<'_>, unit: &str) -> Value {
    json!({
        "数值": format!("{}{unit}", shown(progress.wanted)),
        "时限": progress.target.by.value.to_string(),
        "条款": progress.target.clause.value.0,
        "原文": progress.target.words.value,
        "应达到": format!("{}{unit}", rounded(progress.expected, 2)),
        "口径": if progress.stated { "按确定的年度路径" } else { "按逐年均匀推进" },
        "结论": progress.against.word(),
    })
}

fn source(measured: &Measured<'_>) -> String {
    let computed = measured.indicator.computed.as_ref().map(|computed| computed.value.source());
    measured.indicator.source.clone().or(computed).unwrap_or_default()
}

/// What the own words of a notice say in figures that the data do not give.
pub(super) fn unfounded(notice: &Notice, facts: &Value) -> Report {
    let mut given = Vec::new();
    collect(facts, &mut given);
    let mut report = Report::default();
    let mut from = notice.offset;
    for part in notice.text.split_inclusive(['，', '。', '；', '\n']) {
        let place = Place::new(notice.file, from..from + part.trim_end().len());
        from += part.len();
        for figure in figures(part).into_iter().filter(|figure| !given.contains(figure)) {
            let message = format!("正文里的“{figure}”，指标和奖励的数据里没有");
            report.push(
                Diagnostic::error(Code::Basis, message)
                    .at(place)
                    .help("改成数据里的数，或在 data/indicators.yaml 里加上这个指标；合计、占比由程序算，不手写"),
            );
        }
    }
    report
}

/// All figures that the data of a template state.
fn collect(value: &Value, given: &mut Vec<Figure>) {
    match value {
        Value::String(text) => {
            given.extend(figures(text));
            // Amounts of awards are plain numbers of yuan.
            if let Some(yuan) = text.strip_suffix(".00").and_then(|_| text.parse().ok()) {
                given.push(Figure::Money(Money::yuan(yuan)));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, given)),
        Value::Object(map) => map.values().for_each(|item| collect(item, given)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Values by period, drawn and in a table.
fn by_period(measured: &Measured<'_>) -> Vec<Block> {
    let values = measured.values.iter().map(|(period, value)| (period.to_string(), shown(*value)));
    let drawn = chart::by_period(measured);
    drawn_and_told(measured, "期", values.collect(), drawn, &measured.indicator.name.value)
}

/// The districts' values, drawn and in a table.
fn by_district(measured: &Measured<'_>) -> Vec<Block> {
    let Some(period) = measured.district_period else { return Vec::new() };
    let values = measured.districts.iter().map(|(name, value)| ((*name).to_owned(), shown(*value)));
    let title = format!("{period}各区县（市）{}", measured.indicator.name.value);
    drawn_and_told(measured, "区县（市）", values.collect(), chart::by_district(measured), &title)
}

fn drawn_and_told(
    measured: &Measured<'_>,
    head: &str,
    values: Vec<(String, String)>,
    drawn: Option<String>,
    title: &str,
) -> Vec<Block> {
    let unit = &measured.indicator.unit.value;
    let said: Vec<String> = values.iter().map(|(name, value)| format!("{name}{value}{unit}")).collect();
    let drawing = drawn.map(|path| {
        Block::Figure(Picture { path, alt: said.join("，"), caption: Some(format!("{title}（{unit}）")) })
    });
    let rows = values.into_iter().map(|(name, value)| vec![name, value]);
    drawing.into_iter().chain([table(&[head, &format!("数值（{unit}）")], rows)]).collect()
}

/// The page of a policy's indicators, below that of its document in a folder of the site; nothing where it has none.
#[must_use]
pub fn article(measured: &[Measured<'_>], document: &Document, folder: &str) -> Option<Article> {
    let last = measured.iter().filter_map(Measured::last).map(|(period, _)| period.year).max()?;
    let rows = measured.iter().map(|one| {
        let unit = &one.indicator.unit.value;
        let (period, value) = one
            .last()
            .map_or_else(Default::default, |(period, value)| (period.to_string(), format!("{}{unit}", shown(value))));
        let (target, verdict) = one.against.as_ref().map_or_else(Default::default, |progress| {
            let by = progress.target.by.value;
            (format!("{by}{}{unit}", shown(progress.wanted)), progress.against.word().to_owned())
        });
        vec![
            one.indicator.name.value.clone(),
            period,
            value,
            one.change().unwrap_or_default(),
            target,
            verdict,
            source(one),
        ]
    });
    let mut body =
        vec![heading("总体情况", "all"), table(&["指标", "期", "数值", "比上年", "目标", "结论", "来源"], rows)];
    for (index, one) in measured.iter().enumerate().filter(|(_, one)| one.values.len() > 1 || !one.districts.is_empty())
    {
        body.push(heading(&one.indicator.name.value, &format!("i{}", index + 1)));
        body.extend(by_period(one));
        body.extend(by_district(one));
    }
    let reached = measured.iter().filter_map(|one| one.against.as_ref());
    let reached = reached.filter(|progress| progress.against == Against::Reached).count();
    let fact = |label: &str, text: String| Fact { label: label.to_owned(), text };
    body.insert(
        0,
        Block::Paragraph {
            label: None,
            text: inlines("数值由各来源单位提供，或由申报、奖励核定结果和奖励台账计算，目标出自政策条款。"),
            indent: true,
        },
    );
    Some(Article {
        facts: vec![
            fact("最近年度", format!("{last}年")),
            fact("指标数", measured.len().to_string()),
            fact("已达到目标", reached.to_string()),
        ],
        ..Article::below(document, folder, "indicators", "监测指标", body)
    })
}
