//! 排列 — which of the places where a line may end are taken: 排列对称、长短适宜, as a 梯形 or a 菱形 (7.3.1).

use super::joint::Joint;
use super::width::{MOST_LINES, WIDEST, width};

/// The cheapest way to break a title at the joints, if there is one.
pub(super) fn best(title: &str, joints: &[Joint]) -> Option<Vec<String>> {
    let whole = Joint { at: title.len(), width: width(title), words: usize::MAX, cost: 0.0 };
    let start = Joint { at: 0, width: 0.0, words: 0, cost: 0.0 };
    let mut found: Option<(f64, Vec<Joint>)> = None;
    let mut chosen = vec![start];
    search(joints, whole, &mut chosen, &mut found);
    let (_, joints) = found?;
    let cut = |pair: &[Joint]| match pair {
        [one, two] => title.get(one.at..two.at).map(|line| line.trim().to_owned()),
        _ => None,
    };
    joints.windows(2).map(cut).collect()
}

/// A title that four lines do not hold: each line as full as its words allow, if there is a joint in each.
pub(super) fn filled(title: &str, joints: &[Joint]) -> Option<Vec<String>> {
    let whole = width(title);
    let mut lines = Vec::new();
    let (mut at, mut done) = (0, 0.0);
    while whole - done > WIDEST {
        let fitting = joints.partition_point(|joint| joint.width - done <= WIDEST);
        let last = joints.get(fitting.checked_sub(1)?).filter(|joint| joint.at > at)?;
        lines.push(title.get(at..last.at)?.trim().to_owned());
        (at, done) = (last.at, last.width);
    }
    lines.push(title.get(at..)?.trim().to_owned());
    Some(lines)
}

/// Tries every set of joints; a branch ends early where a line is too wide or the lines that are left cannot hold the rest.
fn search(joints: &[Joint], end: Joint, chosen: &mut Vec<Joint>, found: &mut Option<(f64, Vec<Joint>)>) {
    let Some(&last) = chosen.last() else { return };
    let left = (chosen.len()..=MOST_LINES).fold(0.0, |room, _| room + WIDEST);
    if end.width - last.width > left {
        return;
    }
    if end.width - last.width <= WIDEST {
        chosen.push(end);
        let cost = judge(chosen);
        if found.as_ref().is_none_or(|(least, _)| cost < *least) {
            *found = Some((cost, chosen.clone()));
        }
        chosen.pop();
    }
    if chosen.len() >= MOST_LINES {
        return;
    }
    for (index, &joint) in joints.iter().enumerate() {
        if joint.width - last.width > WIDEST {
            break;
        }
        chosen.push(joint);
        search(joints.get(index + 1..).unwrap_or_default(), end, chosen, found);
        chosen.pop();
    }
}

/// What a set of lines costs: its joints, its shape, its balance, the number of its lines.
fn judge(chosen: &[Joint]) -> f64 {
    let parted: f64 = chosen.iter().map(|joint| joint.cost).sum();
    let mut cost = parted;
    let mut widths = Vec::with_capacity(MOST_LINES);
    for pair in chosen.windows(2) {
        let [one, two] = pair else { continue };
        widths.push(two.width - one.width);
        // No line of one word.
        if two.words.saturating_sub(one.words) < 2 {
            cost += 12.0;
        }
    }
    let widest = widths.iter().copied().fold(0.0, f64::max);
    for line in &widths {
        let short = (widest - line) / widest.max(1.0);
        cost += 15.0 * (short - 0.25).max(0.0).powi(2) + if *line < 5.0 { 6.0 } else { 0.0 };
    }
    #[expect(clippy::cast_precision_loss, reason = "four lines at most")]
    let count = widths.len() as f64;
    cost + shape(&widths) + 3.0 * count
}

/// 梯形 or 菱形: the lines grow, or shrink, or grow and then shrink. Anything else is wrong, lines of equal length are dull.
fn shape(widths: &[f64]) -> f64 {
    let mut falling = false;
    let mut cost = 0.0;
    for (line, next) in widths.iter().zip(widths.iter().skip(1)) {
        let step = next - line;
        if step < -0.25 {
            falling = true;
        } else if step > 0.25 && falling {
            // An hourglass.
            cost += 20.0;
        } else if step.abs() <= 0.75 {
            cost += 2.0;
        }
    }
    cost
}
