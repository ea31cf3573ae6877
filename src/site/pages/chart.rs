//! 统计图 — where the bars, labels and figures of a bar chart stand; the template draws them as SVG and writes the same figures as
//! a table beside it for those who cannot see it.

use serde::Serialize;

use crate::document::Chart;

/// A chart as the template prints it.
#[derive(Serialize)]
pub(super) struct ChartView<'a> {
    title: &'a str,
    of: &'a str,
    width: u64,
    height: usize,
    bars: Vec<BarView<'a>>,
}

#[derive(Serialize)]
struct BarView<'a> {
    label: &'a str,
    /// The label as far as it fits over the bar.
    short: String,
    text: &'a str,
    label_y: usize,
    bar_y: usize,
    width: u64,
    figure_x: u64,
    figure_y: usize,
}

/// Units of the drawing: one of them is about a pixel on a phone.
const WIDTH: u64 = 340;
const ROW: usize = 44;
/// What is left at the right of the longest bar for its figure.
const FIGURE: u64 = 90;
/// How many characters of a label fit over its bar.
const LABEL: usize = 24;

pub(super) fn view(chart: &Chart) -> ChartView<'_> {
    let longest = chart.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let bars = chart.bars.iter().enumerate().map(|(at, bar)| {
        let top = at * ROW;
        // In whole numbers: a figure of an award never passes through a float.
        let length = u128::from(bar.value) * u128::from(WIDTH - FIGURE) / u128::from(longest);
        let length = u64::try_from(length).unwrap_or(WIDTH - FIGURE);
        let mut short: String = bar.label.chars().take(LABEL).collect();
        if bar.label.chars().count() > LABEL {
            short.push('…');
        }
        BarView {
            label: &bar.label,
            short,
            text: &bar.text,
            label_y: top + 14,
            bar_y: top + 21,
            width: length.max(1),
            figure_x: length + 6,
            figure_y: top + 33,
        }
    });
    ChartView { title: &chart.title, of: &chart.of, width: WIDTH, height: chart.bars.len() * ROW, bars: bars.collect() }
}
