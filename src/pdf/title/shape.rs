//! 排列 — which of the places where a line may end are taken: 排列对称、长短适宜, as a 梯形 or a 菱形 (7.3.1).

use super::joint::Joint;
use super::width::{MOST_LINES, USUAL_LINES, WIDEST};

/// The lines that are found so far.
struct Search<'j> {
    joints: &'j [Joint],
    end: Joint,
    /// Where the lines of the branch that is looked at begin and end, the widths of these lines, and what they cost.
    chosen: Vec<Joint>,
    best: Option<(f64, Vec<Joint>)>,
}

/// The cheapest way to break a title at the joints in up to five lines, if there is one: where its lines begin and end.
pub(super) fn best(joints: &[Joint], end: Joint) -> Option<Vec<Joint>> {
    if end.width > room(MOST_LINES) {
        return None;
    }
    let mut search = Search { joints, end, chosen: vec![Joint::START], best: None };
    search.go(0, 0.0);
    search.best.map(|(_, joints)| joints)
}

fn room(lines: usize) -> f64 {
    (0..lines).fold(0.0, |room, _| room + WIDEST)
}

impl Search<'_> {
    /// Tries every set of joints from this one on. A branch ends where it costs more than the best one, where a line is too wide, and
    /// where the lines that are left cannot hold the rest.
    fn go(&mut self, from: usize, cost: f64) {
        let Some(&last) = self.chosen.last() else { return };
        let lines = self.chosen.len();
        let rest = self.end.width - last.width;
        if rest > room((MOST_LINES + 1).saturating_sub(lines)) {
            return;
        }
        if rest <= WIDEST {
            self.finish(cost);
        }
        if lines >= MOST_LINES {
            return;
        }
        for (index, joint) in self.joints.iter().enumerate().skip(from) {
            if joint.width - last.width > WIDEST {
                break;
            }
            let cost = cost + joint.cost + line(&last, joint);
            if self.best.as_ref().is_some_and(|(best, _)| *best <= cost) {
                continue;
            }
            self.chosen.push(*joint);
            self.go(index + 1, cost);
            self.chosen.pop();
        }
    }

    fn finish(&mut self, cost: f64) {
        let Some(last) = self.chosen.last() else { return };
        let mut cost = cost + line(last, &self.end);
        self.chosen.push(self.end);
        let widths: Vec<f64> =
            self.chosen.windows(2).filter_map(|pair| Some(pair.get(1)?.width - pair.first()?.width)).collect();
        // Names of several issuers are as long as they are: the lines of the matter are judged alone.
        let several = self.chosen.iter().any(|joint| joint.names > 1);
        let named = self.chosen.iter().skip(1).take_while(|joint| several && joint.names > 0).count();
        let (names, matter) = widths.split_at_checked(named).unwrap_or_default();
        let alone = usize::from(!several && self.chosen.get(1).is_some_and(|first| first.names > 0));
        cost += balance(names, names.len()) + shape(matter) + balance(matter, alone);
        if self.chosen.len() > 1 + USUAL_LINES {
            cost += FIFTH;
        }
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, self.chosen.clone()));
        }
        self.chosen.pop();
    }
}

/// A line more than four.
const FIFTH: f64 = 6.0;
/// A line more.
pub(super) const LINE: f64 = 3.0;

/// What a line costs from one joint to another: it is a line more, should hold more than one word, and ends where one is wished for.
fn line(from: &Joint, to: &Joint) -> f64 {
    let wide = to.width - from.width;
    let single = to.words.saturating_sub(from.words) < 2 && wide < 7.0;
    LINE + from.missed_until(to) + if single { 8.0 } else { 0.0 } + if wide < 5.0 { 6.0 } else { 0.0 }
}

/// Lines that are much shorter than the widest. The names in the first lines are as long as they are.
fn balance(widths: &[f64], named: usize) -> f64 {
    let widest = widths.iter().copied().fold(0.0, f64::max);
    let short = |(index, line): (usize, &f64)| {
        let short = ((widest - line) / widest.max(1.0) - 0.25).max(0.0);
        if index < named { 12.0 * short.powi(2) } else { 22.0 * short.powi(2) }
    };
    widths.iter().enumerate().map(short).sum()
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
            cost += 7.0 + 2.0 * step;
        } else if step.abs() <= 0.75 {
            cost += 1.5;
        }
    }
    cost
}
