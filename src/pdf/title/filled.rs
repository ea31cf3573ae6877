//! 长标题 — a title that five lines do not hold, as notices that pass on two others have them, and those of many issuers.

use super::joint::Joint;
use super::shape::LINE;
use super::width::WIDEST;

/// What it costs that a line is so many characters shorter than it may be, for each of them squared.
const EMPTY: f64 = 0.05;

/// The cheapest lines, however many: where they begin and end. `None` if a line cannot hold what stands between two joints.
pub(super) fn filled(joints: &[Joint], end: Joint) -> Option<Vec<Joint>> {
    let places: Vec<Joint> = std::iter::once(Joint::START).chain(joints.iter().copied()).chain([end]).collect();
    // For each place the least that the lines up to it cost, and where the last of them begins.
    let mut least: Vec<Option<(f64, usize)>> = vec![Some((0.0, 0))];
    let mut first = 0;
    for (index, place) in places.iter().enumerate().skip(1) {
        while places.get(first).is_some_and(|from| place.width - from.width > WIDEST) {
            first += 1;
        }
        let lines = (first..index).filter_map(|from| {
            let (before, _) = least.get(from).copied().flatten()?;
            Some((before + line(places.get(from)?, place, end), from))
        });
        least.push(lines.min_by(|one, other| one.0.total_cmp(&other.0)));
    }
    let mut chosen = Vec::new();
    let mut index = places.len().checked_sub(1)?;
    while index > 0 {
        chosen.push(*places.get(index)?);
        index = least.get(index).copied().flatten()?.1;
    }
    chosen.push(Joint::START);
    chosen.reverse();
    Some(chosen)
}

fn line(from: &Joint, to: &Joint, end: Joint) -> f64 {
    let empty = if to.at == end.at { 0.0 } else { WIDEST - (to.width - from.width) };
    LINE + to.cost + from.missed_until(to) + EMPTY * empty.powi(2)
}
