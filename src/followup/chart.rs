//! 统计图 — values by period as a drawing, on paper and on the page the same: columns with their figures, the way to the target as a broken
//! line with open points, so that it is read without colour; the table of the same figures stands beside it.

use std::fmt::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Period;
use super::evaluation::{Measured, shown};

/// Where drawings lie among the pictures of the workspace: no file of that name can be there.
const FOLDER: &str = "指标图";

/// Units of the drawing.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 260;
const LEFT: i64 = 30;
const TOP: i64 = 40;
const BOTTOM: i64 = 220;

/// The path under which the drawing of an indicator is shown.
#[must_use]
pub fn path(policy: &str, name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    format!("{FOLDER}/{policy}/{plain}.svg")
}

/// The drawing of an indicator; `None` where there is nothing to see.
#[must_use]
pub fn draw(measured: &Measured<'_>) -> Option<String> {
    let values = &measured.values;
    let way = way(measured);
    let most = values.iter().map(|(_, value)| *value).chain(way.iter().map(|(_, wanted)| *wanted)).max()?;
    if values.len() < 2 || most <= Decimal::ZERO || values.iter().any(|(_, value)| value.is_sign_negative()) {
        return None;
    }
    let (first, _) = *values.first()?;
    let slot = |period: Period| first.steps_to(period);
    let last = values.iter().chain(&way).map(|(period, _)| slot(*period)).max()?;
    let step = (WIDTH - 2 * LEFT) / (last + 1);
    let x = |period: Period| LEFT + slot(period) * step + step / 2;
    let y = |value: Decimal| Some(BOTTOM - (value * Decimal::from(BOTTOM - TOP) / most).round().to_i64()?);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\n\
         <g font-family=\"Noto Serif SC, SimSun, serif\" font-size=\"15\" text-anchor=\"middle\" fill=\"#000\">\n"
    );
    let wide = (step * 2 / 3).min(72);
    for (period, value) in values {
        let (x, y) = (x(*period), y(*value)?);
        let (left, tall, below) = (x - wide / 2, BOTTOM - y, BOTTOM + 22);
        // The figure stands in its column, clear of the way to the target; above it where the column is too low.
        let figure = if tall > 30 { y + 20 } else { y - 8 };
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{y}\" width=\"{wide}\" height=\"{tall}\" fill=\"#ddd\" stroke=\"#000\"/>\n\
             <text x=\"{x}\" y=\"{figure}\">{}</text>\n<text x=\"{x}\" y=\"{below}\">{period}</text>",
            shown(*value)
        );
    }
    let mut points = Vec::new();
    for (period, wanted) in &way {
        points.push(format!("{},{}", x(*period), y(*wanted)?));
    }
    if let Some((by, wanted)) = way.last() {
        let (x, y, below) = (x(*by), y(*wanted)?, BOTTOM + 22);
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#000\" stroke-dasharray=\"6 4\"/>\n\
             <circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"2\"/>\n\
             <text x=\"{x}\" y=\"{}\">目标{}</text>",
            points.join(" "),
            y - 14,
            shown(*wanted)
        );
        if values.iter().all(|(period, _)| period != by) {
            let _ = writeln!(svg, "<text x=\"{x}\" y=\"{below}\">{by}</text>");
        }
    }
    let right = WIDTH - LEFT;
    let _ = writeln!(
        svg,
        "<line x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{right}\" y2=\"{BOTTOM}\" stroke=\"#000\"/>\n</g>\n</svg>"
    );
    Some(svg)
}

/// The way to the target, from where it begins over what is stated of it.
fn way(measured: &Measured<'_>) -> Vec<(Period, Decimal)> {
    let (Some(goal), Some(progress)) = (&measured.indicator.goal, &measured.against) else { return Vec::new() };
    let from = measured.values.iter().find(|(period, _)| *period == goal.from.value).copied();
    let stated = goal.path.iter().filter_map(|milestone| {
        Some((milestone.period.value, milestone.amount.value.in_unit(&measured.indicator.unit.value)?))
    });
    let end = progress.target.by.value.last().map(|day| (measured.indicator.every.value.of(day), progress.wanted));
    let mut way: Vec<(Period, Decimal)> = from.into_iter().chain(stated).chain(end).collect();
    way.sort_unstable_by_key(|(period, _)| *period);
    way.dedup_by_key(|(period, _)| *period);
    way
}
