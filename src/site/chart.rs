//! 统计图 — a bar chart as SVG, with the same figures as a table beside it for those who cannot see it.

use serde::Serialize;

use crate::document::Chart;

use super::html::escape;

/// A chart as the template prints it.
#[derive(Serialize)]
pub(super) struct ChartView<'a> {
    title: &'a str,
    of: &'a str,
    svg: String,
    rows: Vec<(&'a str, &'a str)>,
}

/// Units of the drawing: one of them is about a pixel on a phone.
const WIDTH: u64 = 340;
const ROW: usize = 44;
/// What is left at the right of the longest bar for its figure.
const FIGURE: u64 = 90;
/// How many characters of a label fit over its bar.
const LABEL: usize = 24;

pub(super) fn view(chart: &Chart) -> ChartView<'_> {
    ChartView {
        title: &chart.title,
        of: &chart.of,
        svg: draw(chart),
        rows: chart.bars.iter().map(|bar| (bar.label.as_str(), bar.text.as_str())).collect(),
    }
}

fn draw(chart: &Chart) -> String {
    let longest = chart.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let height = chart.bars.len() * ROW;
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}，数据见下表\">\n",
        escape(&chart.title)
    );
    for (at, bar) in chart.bars.iter().enumerate() {
        let top = at * ROW;
        // In whole numbers: a figure of an award never passes through a float.
        let length = u128::from(bar.value) * u128::from(WIDTH - FIGURE) / u128::from(longest);
        let mut label: String = bar.label.chars().take(LABEL).collect();
        if bar.label.chars().count() > LABEL {
            label.push('…');
        }
        put!(
            out,
            "<text x=\"0\" y=\"{}\">{}</text><rect x=\"0\" y=\"{}\" width=\"{}\" height=\"14\"/><text class=\"figure\" x=\"{}\" y=\"{}\">{}</text>\n",
            top + 14,
            escape(&label),
            top + 21,
            length.max(1),
            length + 6,
            top + 33,
            escape(&bar.text)
        );
    }
    out.push_str("</svg>");
    out
}
