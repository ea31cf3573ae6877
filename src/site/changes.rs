//! 版本比较 — what a new version changed: the paragraphs that went and the paragraphs that came, in the order of the text.

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Lines that stayed as they were, counted.
    Same { count: usize },
    /// A line that came.
    Added { text: String },
    /// A line that went.
    Removed { text: String },
}

/// Above so many pairs of lines the middle is taken as replaced whole: a table of the lengths would not fit in memory.
const MOST_PAIRS: usize = 4_000_000;

/// Compares two texts line by line (longest common subsequence).
pub(super) fn compare(before: &[String], after: &[String]) -> Vec<Change> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (before, after) = (before.get(head..).unwrap_or(&[]), after.get(head..).unwrap_or(&[]));
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    let (before, after) =
        (before.get(..before.len() - tail).unwrap_or(&[]), after.get(..after.len() - tail).unwrap_or(&[]));
    let mut changes = Vec::new();
    same(&mut changes, head);
    middle(&mut changes, before, after);
    same(&mut changes, tail);
    changes
}

fn middle(changes: &mut Vec<Change>, before: &[String], after: &[String]) {
    let width = after.len() + 1;
    let rows = if before.len().saturating_mul(after.len()) > MOST_PAIRS { 0 } else { before.len() };
    // common[i][j]: how many lines the texts behind line i and behind line j have in common.
    let mut common = vec![0_u32; (rows + 1) * width];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or(0);
    for (i, old) in before.iter().enumerate().take(rows).rev() {
        for (j, new) in after.iter().enumerate().rev() {
            let longest = if old == new {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(slot) = common.get_mut(i * width + j) {
                *slot = longest;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) if old == new => {
                same(changes, 1);
                i += 1;
                j += 1;
            }
            (Some(old), new) if new.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                changes.push(Change::Removed { text: old.clone() });
                i += 1;
            }
            (_, Some(new)) => {
                changes.push(Change::Added { text: new.clone() });
                j += 1;
            }
            _ => break,
        }
    }
}

fn same(changes: &mut Vec<Change>, more: usize) {
    match changes.last_mut() {
        _ if more == 0 => {}
        Some(Change::Same { count }) => *count += more,
        _ => changes.push(Change::Same { count: more }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn only_what_changed_is_shown() {
        let changes = compare(&text(&["题", "甲", "96万元", "末"]), &text(&["题", "甲", "86万元", "补充", "末"]));
        assert_eq!(
            changes,
            [
                Change::Same { count: 2 },
                Change::Removed { text: "96万元".into() },
                Change::Added { text: "86万元".into() },
                Change::Added { text: "补充".into() },
                Change::Same { count: 1 },
            ]
        );
    }

    proptest! {
        #[test]
        fn the_changes_lead_from_one_text_to_the_other(a in "[ab]{0,12}", b in "[abc]{0,12}") {
            let (before, after): (Vec<String>, Vec<String>) =
                (a.chars().map(String::from).collect(), b.chars().map(String::from).collect());
            let (mut i, mut rebuilt) = (0, Vec::new());
            for change in compare(&before, &after) {
                match change {
                    Change::Same { count } => {
                        rebuilt.extend_from_slice(&before[i..i + count]);
                        i += count;
                    }
                    Change::Added { text } => rebuilt.push(text),
                    Change::Removed { text } => {
                        prop_assert_eq!(&before[i], &text);
                        i += 1;
                    }
                }
            }
            prop_assert_eq!(i, before.len());
            prop_assert_eq!(rebuilt, after);
        }
    }
}
