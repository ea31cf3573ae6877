//! 合并 — two changes of one text: what they changed in different places stands together; where both changed the same lines, nobody is
//! overruled: both are told.

use similar::{DiffOp, TextDiff};

/// The text with both changes in it; `None` where they touch the same lines.
pub(super) fn merged(was: &str, mine: &str, theirs: &str) -> Option<String> {
    if mine == theirs || theirs == was {
        return Some(mine.to_owned());
    }
    if mine == was {
        return Some(theirs.to_owned());
    }
    let (old, mine, theirs): (Vec<&str>, Vec<&str>, Vec<&str>) = (lines(was), lines(mine), lines(theirs));
    let mut changes = changes(&old, &mine);
    changes.extend(self::changes(&old, &theirs));
    changes.sort_by_key(|change| (change.start, change.end));
    changes.dedup();
    // Lines that touch are the same place: who puts a line in where another took one away must be asked.
    let apart = changes.windows(2).all(|pair| match pair {
        [one, next] => one.end < next.start || (one.end == next.start && one.start < one.end && next.start < next.end),
        _ => true,
    });
    if !apart {
        return None;
    }
    let mut out = String::new();
    let mut at = 0;
    for change in &changes {
        out.extend(old.get(at..change.start).unwrap_or_default().iter().copied());
        out.extend(change.lines.iter().copied());
        at = change.end;
    }
    out.extend(old.get(at..).unwrap_or_default().iter().copied());
    Some(out)
}

/// Lines that took the place of others.
#[derive(Debug, PartialEq, Eq)]
struct Change<'t> {
    start: usize,
    end: usize,
    lines: Vec<&'t str>,
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn changes<'t>(old: &[&str], new: &[&'t str]) -> Vec<Change<'t>> {
    let diff = TextDiff::from_slices(old, new);
    let ops = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    ops.map(|op| {
        let (old, new_range) = (op.old_range(), op.new_range());
        Change { start: old.start, end: old.end, lines: new.get(new_range).unwrap_or_default().to_vec() }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_places_stand_together_and_the_same_place_is_told() {
        let was = "一\n二\n三\n四\n五\n";
        let cases = [
            ("一甲\n二\n三\n四\n五\n", "一\n二\n三\n四\n五乙\n", Some("一甲\n二\n三\n四\n五乙\n")),
            ("一\n二\n新\n三\n四\n五\n", "一\n二\n三\n四\n", Some("一\n二\n新\n三\n四\n")),
            ("一\n二甲\n三\n四\n五\n", "一\n二乙\n三\n四\n五\n", None),
            ("一\n二\n甲\n三\n四\n五\n", "一\n二\n乙\n三\n四\n五\n", None),
            ("一\n三\n四\n五\n", "一\n二\n甲\n三\n四\n五\n", None),
            ("一\n二甲\n三\n四\n五\n", "一\n二甲\n三\n四乙\n五\n", Some("一\n二甲\n三\n四乙\n五\n")),
            (was, "别的", Some("别的")),
            ("我的", was, Some("我的")),
        ];
        for (mine, theirs, expected) in cases {
            assert_eq!(merged(was, mine, theirs).as_deref(), expected, "{mine:?} {theirs:?}");
            assert_eq!(merged(was, theirs, mine).as_deref(), expected, "{theirs:?} {mine:?}");
        }
    }
}
