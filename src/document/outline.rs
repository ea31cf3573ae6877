//! 条款 — the clauses of a text, named by their place in it: 四（五）7 is part 四, section （五）, item 7; 第三条第（二）项 is item （二） of the
//! third article, whatever chapter that is in.

use std::fmt;

use super::{Block, plain};

/// The name of a clause: the numbers of its levels without their marks, 「四（五）7」.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ClauseId(pub String);

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A clause: its name, the headings that it stands under, its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its name.
    pub id: ClauseId,
    /// The words of its headings, from the outermost in.
    pub headings: Vec<String>,
    /// Its own words: those of the numbered paragraph and of the paragraphs that follow it, one line each.
    pub words: String,
    /// The anchor of its nearest heading on the page.
    pub anchor: String,
    /// Which block of the text it begins with, from 0.
    pub at: usize,
}

/// A heading of a text, for bookmarks and contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// 1 to 4.
    pub level: u8,
    /// Number and words.
    pub text: String,
    /// Its anchor.
    pub anchor: String,
}

/// All clauses of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    clauses: Vec<Clause>,
    headings: Vec<OutlineEntry>,
}

impl Outline {
    /// The outline of a body.
    #[must_use]
    pub fn of(body: &[Block]) -> Self {
        let mut outline = Self::default();
        let mut stack: Vec<(u8, String, String)> = Vec::new();
        let mut anchor_now = String::new();
        let mut article: Option<(String, String)> = None;
        let mut chapter: Option<String> = None;
        for (at, block) in body.iter().enumerate() {
            let (label, text) = match block {
                Block::Heading { label, text, anchor } => {
                    anchor_now.clone_from(anchor);
                    outline.headings.push(OutlineEntry {
                        level: label.level,
                        text: format!("{}{}", label.text, plain(text)),
                        anchor: anchor.clone(),
                    });
                    (Some(label), plain(text))
                }
                Block::Paragraph { label, text, .. } => (label.as_ref(), plain(text)),
                Block::List { items } => {
                    let words: Vec<String> = items
                        .iter()
                        .flatten()
                        .map(
                            |block| if let Block::Paragraph { text, .. } = block { plain(text) } else { String::new() },
                        )
                        .collect();
                    (None, words.join("\n"))
                }
                // A table of standards is part of its clause: 国家级 | 50万元.
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    let words: Vec<String> = cells.map(|cell| plain(&cell.text)).collect();
                    (None, words.join("\n"))
                }
                Block::Figure(_) | Block::Roll { .. } => continue,
            };
            if label.is_none_or(|label| label.level == 0) {
                if let Some((_, words)) = numbered(&text, '章') {
                    stack.clear();
                    article = None;
                    chapter = Some(words.to_owned());
                    continue;
                }
                if let Some((number, words)) = numbered(&text, '条') {
                    stack.clear();
                    let headings = chapter.iter().cloned().collect();
                    outline.clauses.push(Clause {
                        id: ClauseId(number.to_owned()),
                        headings,
                        words: words.to_owned(),
                        anchor: anchor_now.clone(),
                        at,
                    });
                    article = Some((number.to_owned(), words.to_owned()));
                    continue;
                }
            }
            match label {
                Some(label) if label.level == 1 => article = None,
                _ => {}
            }
            match label {
                Some(label) if label.level > 0 => {
                    stack.retain(|(level, _, _)| *level < label.level);
                    let above = stack.iter().map(|(_, _, words)| words.clone());
                    let of_article = article.iter().map(|(_, words)| words.clone());
                    let headings = chapter.iter().cloned().chain(of_article).chain(above).collect();
                    stack.push((label.level, Self::short(label.level, &label.text), text.clone()));
                    let id = match &article {
                        Some((article, _)) => stack
                            .iter()
                            .zip(["项", "目", "目"])
                            .fold(article.clone(), |id, ((_, number, _), unit)| format!("{id}第{number}{unit}")),
                        None => stack.iter().map(|(_, number, _)| number.as_str()).collect(),
                    };
                    outline.clauses.push(Clause {
                        id: ClauseId(id),
                        headings,
                        words: text,
                        anchor: anchor_now.clone(),
                        at,
                    });
                }
                _ => {
                    if let Some(clause) = outline.clauses.last_mut() {
                        clause.words.push('\n');
                        clause.words.push_str(&text);
                    }
                }
            }
        }
        outline
    }

    /// The clause of a name.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }

    /// All clauses in the order of the text.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// All headings in the order of the text.
    #[must_use]
    pub fn headings(&self) -> &[OutlineEntry] {
        &self.headings
    }

    /// A number without the marks that only separate it from its words: `四、` is 四 and `7.` is 7, but `（五）` keeps its brackets.
    fn short(level: u8, number: &str) -> String {
        if level.is_multiple_of(2) { number.to_owned() } else { number.trim_end_matches(['、', '.']).to_owned() }
    }
}

/// The number of a chapter or an article that a text begins with, and the words behind it: `第三条　对……`.
fn numbered(text: &str, unit: char) -> Option<(&str, &str)> {
    let inner = text.trim_start().strip_prefix('第')?;
    let (digits, rest) = inner.split_once(unit)?;
    let number =
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c));
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let length = text.len() - rest.len();
    (number && ends).then(|| (text.get(..length).unwrap_or_default().trim_start(), rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::super::{Inline, Label};
    use super::*;

    fn heading(level: u8, number: &str, text: &str) -> Block {
        Block::Heading {
            label: Label { level, text: number.into() },
            text: vec![Inline::text(text)],
            anchor: number.into(),
        }
    }

    fn item(number: &str, text: &str) -> Block {
        Block::Paragraph {
            label: Some(Label { level: 3, text: number.into() }),
            text: vec![Inline::text(text)],
            indent: true,
        }
    }

    #[test]
    fn a_clause_is_named_by_its_place() {
        let body = [
            heading(1, "三、", "任务"),
            item("3.", "甲"),
            heading(1, "四、", "支持政策"),
            heading(2, "（五）", "加快铝工业高端化转型"),
            item("7.", "引导企业"),
            Block::Paragraph { label: None, text: vec![Inline::text("责任单位：市工信局。")], indent: true },
            item("8.", "鼓励企业"),
        ];
        let outline = Outline::of(&body);
        let clause = outline.clause(&ClauseId("四（五）7".into())).unwrap();
        assert_eq!(clause.words, "引导企业\n责任单位：市工信局。");
        assert_eq!(clause.headings, ["支持政策", "加快铝工业高端化转型"]);
        assert!(outline.clause(&ClauseId("三3".into())).is_some());
        assert!(outline.clause(&ClauseId("四（五）8".into())).is_some());
    }

    fn words(text: &str) -> Block {
        Block::Paragraph { label: None, text: vec![Inline::text(text)], indent: true }
    }

    #[test]
    fn articles_are_named_by_their_number() {
        let body = [
            heading(0, "", "第一章　总则"),
            words("第一条　为了支持产业，制定本办法。"),
            heading(0, "", "第二章　标准"),
            words("第二条　对下列企业给予奖励："),
            heading(2, "（一）", "国家级，50万元；"),
            heading(2, "（二）", "省级："),
            item("1.", "首次，30万元；"),
            words("以上不重复享受。"),
            words("第十二条 按第三条规定办理。"),
            words("第三条规定的除外。"),
        ];
        let outline = Outline::of(&body);
        let names: Vec<&str> = outline.clauses().iter().map(|clause| clause.id.0.as_str()).collect();
        assert_eq!(
            names,
            ["第一条", "第二条", "第二条第（一）项", "第二条第（二）项", "第二条第（二）项第1目", "第十二条"]
        );
        let clause = outline.clause(&ClauseId("第二条第（二）项第1目".into())).unwrap();
        assert_eq!(clause.words, "首次，30万元；\n以上不重复享受。");
        assert_eq!(clause.headings, ["标准", "对下列企业给予奖励：", "省级："]);
        assert_eq!(
            outline.clause(&ClauseId("第十二条".into())).unwrap().words,
            "按第三条规定办理。\n第三条规定的除外。"
        );
    }
}
