//! 排名 — units and districts side by side, by a rule that is stated beside it.

use std::cmp::Ordering;

use super::standing::{Count, Line};

/// The rule, as a document states it.
pub const RULE: &str =
    "按已完成和按时推进的任务占应承担任务的比例由高到低排列；比例相同的，未报送少的在前；仍然相同的并列";

/// A place in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked<'a> {
    /// Which place, from 1; those that are equal share one.
    pub place: usize,
    /// The unit or district.
    pub name: &'a str,
    /// How its tasks stand.
    pub count: Count,
}

/// Ranks those who do the lines, each with all of its lines.
pub fn ranked<'a, 'l>(lines: impl IntoIterator<Item = &'l Line<'a>>) -> Vec<Ranked<'a>>
where
    'a: 'l,
{
    let mut of_each: Vec<(&'a str, Vec<&Line<'a>>)> = Vec::new();
    for line in lines {
        match of_each.iter_mut().find(|(name, _)| *name == line.who()) {
            Some((_, lines)) => lines.push(line),
            None => of_each.push((line.who(), vec![line])),
        }
    }
    let mut counted: Vec<(&str, Count)> = of_each.into_iter().map(|(name, lines)| (name, Count::of(lines))).collect();
    counted.sort_by(|one, other| better(&one.1, &other.1));
    let mut ranked: Vec<Ranked<'a>> = Vec::with_capacity(counted.len());
    for (at, (name, count)) in counted.into_iter().enumerate() {
        let shared = ranked.last().filter(|last| better(&last.count, &count) == Ordering::Equal);
        let place = shared.map_or(at + 1, |last| last.place);
        ranked.push(Ranked { place, name, count });
    }
    ranked
}

/// The better one first, by [`RULE`].
fn better(one: &Count, other: &Count) -> Ordering {
    // Shares in whole numbers: a/b against c/d is a·d against c·b.
    let (a, b) = (one.in_time * other.total, other.in_time * one.total);
    b.cmp(&a).then(one.silent.cmp(&other.silent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(in_time: usize, total: usize, silent: usize) -> Count {
        Count { total, silent, in_time, ..Count::default() }
    }

    #[test]
    fn the_greater_share_comes_first_and_then_who_reported() {
        assert_eq!(better(&count(2, 3, 0), &count(1, 2, 0)), Ordering::Less);
        assert_eq!(better(&count(2, 4, 1), &count(1, 2, 0)), Ordering::Greater);
        assert_eq!(better(&count(2, 4, 0), &count(1, 2, 0)), Ordering::Equal);
    }
}
