//! 统计图 — an indicator as a drawing, on paper and on the page the same: its values by period as columns, the way to the target as a broken
//! line with open points; its districts as bars. Each figure is written beside what stands for it, so that it is read without colour; the
//! table of the same figures stands beside the drawing.

use std::collections::BTreeSet;
use std::fmt::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::computed::Ground;
use super::evaluation::{Measured, shown};
use super::{Indicator, Period};
use crate::calendar::Year;

/// Where drawings lie among the pictures of the workspace: no file of that name can be there.
const FOLDER: &str = "指标图";

/// Units of the drawing.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 260;
const LEFT: i64 = 30;
const TOP: i64 = 40;
const BOTTOM: i64 = 220;
/// How wide a digit is at most.
const DIGIT: i64 = 9;
/// Where names of districts end, where their bars begin and may end, and how tall a line is.
const NAMES: i64 = 230;
const BARS: i64 = 242;
const BARS_END: i64 = 550;
const LINE: i64 = 30;

/// The path of the drawing of values by period, where there is something to see.
#[must_use]
pub fn by_period(measured: &Measured<'_>) -> Option<String> {
    drawn_by_period(measured).map(|_| path(measured, ""))
}

/// The path of the drawing of districts, where there is something to see.
#[must_use]
pub fn by_district(measured: &Measured<'_>) -> Option<String> {
    drawn_by_district(measured).map(|_| path(measured, "-区县"))
}

/// All drawings of an indicator by their paths: as it stood at the end of each year of which there are values.
#[must_use]
pub fn drawings(indicator: &Indicator, ground: &Ground<'_>) -> Vec<(String, Vec<u8>)> {
    let whole = Measured::of(indicator, ground, Year(i16::MAX));
    let of_city = whole.values.iter().map(|(period, _)| period.year);
    let years: BTreeSet<Year> = of_city.chain(indicator.values.iter().map(|value| value.period.value.year)).collect();
    let as_of = years.into_iter().map(|year| Measured::of(indicator, ground, year));
    let drawn = as_of.flat_map(|measured| {
        let of_periods = drawn_by_period(&measured).map(|drawn| (path(&measured, ""), drawn));
        let of_districts = drawn_by_district(&measured).map(|drawn| (path(&measured, "-区县"), drawn));
        of_periods.into_iter().chain(of_districts)
    });
    drawn.map(|(path, drawn)| (path, drawn.into_bytes())).collect()
}

/// Drawings of different last periods are different ones.
fn path(measured: &Measured<'_>, of: &str) -> String {
    let indicator = measured.indicator;
    let plain: String = indicator.name.value.chars().filter(|c| c.is_alphanumeric()).collect();
    let last = measured.last().map(|(period, _)| period).max(measured.district_period);
    let last = last.map(|period| period.to_string()).unwrap_or_default();
    format!("{FOLDER}/{}/{plain}-{last}{of}.svg", indicator.policy.value)
}

/// From the least to the greatest of numbers, nothing among them, on so many units of the drawing.
struct Scale {
    least: Decimal,
    range: Decimal,
    length: i64,
}

impl Scale {
    fn of(values: impl Iterator<Item = Decimal>, length: i64) -> Option<Self> {
        let (least, most) =
            values.fold((Decimal::ZERO, Decimal::ZERO), |(least, most), value| (least.min(value), most.max(value)));
        let range = most.checked_sub(least).filter(|range| !range.is_zero())?;
        Some(Self { least, range, length })
    }

    /// How far a number lies from the least one.
    fn at(&self, value: Decimal) -> Option<i64> {
        let far = value.checked_sub(self.least)?.checked_mul(Decimal::from(self.length))?.checked_div(self.range)?;
        far.round().to_i64()
    }
}

fn opened(height: i64, anchor: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n\
         <g font-family=\"Noto Serif SC, SimSun, serif\" font-size=\"15\" text-anchor=\"{anchor}\" fill=\"#000\">\n"
    )
}

fn drawn_by_period(measured: &Measured<'_>) -> Option<String> {
    let values = &measured.values;
    let way = way(measured);
    let scale = Scale::of(values.iter().chain(&way).map(|(_, value)| *value), BOTTOM - TOP)?;
    if values.len() < 2 {
        return None;
    }
    let (first, _) = *values.first()?;
    let slot = |period: Period| first.steps_to(period);
    let last = values.iter().chain(&way).map(|(period, _)| slot(*period)).max()?;
    let step = (WIDTH - 2 * LEFT) / (last + 1);
    let x = |period: Period| LEFT + slot(period) * step + step / 2;
    let y = |value: Decimal| Some(BOTTOM - scale.at(value)?);
    let none = y(Decimal::ZERO)?;
    let below = BOTTOM + 22;
    let mut svg = opened(HEIGHT, "middle");
    let wide = (step * 2 / 3).min(72);
    for (period, value) in values {
        let (x, end) = (x(*period), y(*value)?);
        let (left, top, tall) = (x - wide / 2, end.min(none), (end - none).abs());
        // The figure stands in its column, clear of the way to the target; above it where the column is too low or narrow.
        let told = shown(*value);
        let fits = tall > 30 && i64::try_from(told.len()).is_ok_and(|digits| digits * DIGIT < wide);
        let figure = if fits { top + 20 } else { top - 8 };
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{tall}\" fill=\"#ddd\" stroke=\"#000\"/>\n\
             <text x=\"{x}\" y=\"{figure}\">{told}</text>\n<text x=\"{x}\" y=\"{below}\">{period}</text>"
        );
    }
    let mut points = Vec::new();
    for (period, wanted) in &way {
        points.push(format!("{},{}", x(*period), y(*wanted)?));
    }
    if let Some((by, wanted)) = way.last() {
        let (x, y) = (x(*by), y(*wanted)?);
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
    let _ =
        writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{none}\" x2=\"{right}\" y2=\"{none}\" stroke=\"#000\"/>\n</g>\n</svg>");
    Some(svg)
}

fn drawn_by_district(measured: &Measured<'_>) -> Option<String> {
    let districts = &measured.districts;
    let scale = Scale::of(districts.iter().map(|(_, value)| *value), BARS_END - BARS)?;
    if districts.len() < 2 {
        return None;
    }
    let none = BARS + scale.at(Decimal::ZERO)?;
    let height = LINE * i64::try_from(districts.len()).ok()? + 10;
    let mut svg = opened(height, "start");
    for (line, (name, value)) in (0_i64..).zip(districts) {
        let end = BARS + scale.at(*value)?;
        let (left, long, right) = (end.min(none), (end - none).abs(), end.max(none) + 6);
        let (top, text) = (line * LINE + 8, line * LINE + 25);
        let _ = writeln!(
            svg,
            "<text x=\"{NAMES}\" y=\"{text}\" text-anchor=\"end\">{}</text>\n\
             <rect x=\"{left}\" y=\"{top}\" width=\"{long}\" height=\"22\" fill=\"#ddd\" stroke=\"#000\"/>\n\
             <text x=\"{right}\" y=\"{text}\">{}</text>",
            plain(name),
            shown(*value)
        );
    }
    let end = height - 4;
    let _ = writeln!(svg, "<line x1=\"{none}\" y1=\"4\" x2=\"{none}\" y2=\"{end}\" stroke=\"#000\"/>\n</g>\n</svg>");
    Some(svg)
}

/// A name as XML writes it.
fn plain(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;")
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
