//! 表格 — a table on the terminal, aligned by the width of its characters (a Han character is two columns wide).

use unicode_width::UnicodeWidthStr;

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Lays out rows under a head.
pub(super) fn table(head: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = head
        .iter()
        .enumerate()
        .map(|(index, (name, _))| {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.width());
            cells.chain([name.width()]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for ((cell, width), (_, align)) in cells.zip(&widths).zip(head) {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            match align {
                Align::Left => out.extend([cell, &gap, "  "]),
                Align::Right => out.extend([&gap, cell, "  "]),
            }
        }
        out.trim_end().to_owned()
    };
    let mut out = vec![
        line(&mut head.iter().map(|(name, _)| *name)),
        "─".repeat(widths.iter().map(|width| width + 2).sum::<usize>().saturating_sub(2)),
    ];
    out.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let rows = vec![vec!["示例铝业".to_owned(), "5".to_owned()], vec!["甲".to_owned(), "100".to_owned()]];
        let text = table(&[("企业", Align::Left), ("万元", Align::Right)], &rows);
        assert_eq!(text, "企业      万元\n──────────────\n示例铝业     5\n甲         100");
    }
}
