//! 版本比较 — what a new version changed: the paragraphs that went and the paragraphs that came, in the order of the text.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Lines that stayed as they were, counted.
    Same { count: usize },
    /// A line that came.
    Added { text: String },
    /// A line that went.
    Removed { text: String },
}

/// Compares two texts line by line. Where lines were replaced, those that went stand before those that came.
pub(super) fn compare(before: &[String], after: &[String]) -> Vec<Change> {
    let lines = |text: &[String], from: usize, count: usize| text.get(from..from + count).unwrap_or_default().to_vec();
    let removed = |from, count| lines(before, from, count).into_iter().map(|text| Change::Removed { text });
    let added = |from, count| lines(after, from, count).into_iter().map(|text| Change::Added { text });
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, before, after) {
        match op {
            DiffOp::Equal { len, .. } => changes.push(Change::Same { count: len }),
            DiffOp::Delete { old_index, old_len, .. } => changes.extend(removed(old_index, old_len)),
            DiffOp::Insert { new_index, new_len, .. } => changes.extend(added(new_index, new_len)),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                changes.extend(removed(old_index, old_len).chain(added(new_index, new_len)));
            }
        }
    }
    changes
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
