//! 原文 — the words that each part of a rule carries out, quoted beside it: what a quotation says must stand in the clause, the figures of the
//! part in the quotation, and every word of the policy that gives, limits, excludes or dates in some quotation.

use std::collections::BTreeMap;

use super::Policy;
use super::binding::figures_of;
use super::figure::{Figure, figures};
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Clause, ClauseId};
use crate::source::Place;
use crate::yaml::{Located, Node, NodeKind};

/// Words that give, limit, exclude or date: a clause that has one says something that a rule must carry out.
const WORDS: [&str; 18] = [
    "给予",
    "奖励",
    "奖补",
    "补助",
    "补贴",
    "资助",
    "贴息",
    "不超过",
    "最高",
    "首次",
    "一次性",
    "不重复",
    "就高",
    "不含",
    "除外",
    "有效期",
    "上浮",
    "之日起",
];

/// Words that do so where a rule stands already; elsewhere they may speak of aims.
const OF_RULED: [&str; 3] = ["达到", "以上", "纳入"];

/// The key of a quotation.
const KEY: &str = "原文";

/// Whether a sentence speaks of giving, limiting or excluding.
pub(super) fn gives(sentence: &str) -> bool {
    const GIVES: [&str; 7] = ["给予", "奖励", "奖补", "补助", "补贴", "资助", "贴息"];
    GIVES.iter().any(|word| sentence.contains(word))
}

/// What rules quote.
#[derive(Debug, Default)]
pub struct Quotes {
    quotes: Vec<Quote>,
    /// What is no rule.
    others: Vec<Located<String>>,
}

#[derive(Debug)]
struct Quote {
    words: Located<String>,
    /// The clause whose rule quotes it; any of the policy, where the policy itself does.
    clause: Option<ClauseId>,
    /// The figures of the part that quotes it.
    figures: Vec<(Figure, Place)>,
}

/// Takes the quotations out of the tree of `rules.yaml`, before it is decoded.
pub fn take(root: &mut Node) -> Quotes {
    let others = root.take("非规则").map(texts).unwrap_or_default();
    let mut quotes = Quotes { quotes: Vec::new(), others };
    if let Some(NodeKind::Map(pairs)) = root.take(KEY).map(|node| node.kind) {
        for (key, node) in pairs {
            let of = key.text().and_then(|key| root.child(key));
            let figures = of.map(figures_of).unwrap_or_default();
            quotes.quotes.extend(texts(node).into_iter().map(|words| Quote {
                words,
                clause: None,
                figures: figures.clone(),
            }));
        }
    }
    for rule in root.child_mut("规则").into_iter().flat_map(Node::items_mut) {
        let clause = rule.child("条款").and_then(Node::text).map(|text| ClauseId(text.to_owned()));
        if let Some(once) = rule.child("仅一次")
            && let Some(words) = once.text().filter(|text| !matches!(*text, "是" | "否")).map(str::to_owned)
        {
            let words = Located { value: words, place: once.place };
            quotes.quotes.push(Quote { words, clause: clause.clone(), figures: Vec::new() });
            rule.set("仅一次", "是");
        }
        take_below(rule, clause.as_ref(), true, &mut quotes.quotes);
    }
    quotes
}

fn take_below(node: &mut Node, clause: Option<&ClauseId>, is_rule: bool, quotes: &mut Vec<Quote>) {
    if let Some(written) = node.take(KEY) {
        // A rule as a whole has the figures of all its parts, which stand in quotations of their own.
        let figures = if is_rule { Vec::new() } else { figures_of(&without_quoted(node)) };
        let quote = |words| Quote { words, clause: clause.cloned(), figures: figures.clone() };
        quotes.extend(texts(written).into_iter().map(quote));
    }
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(|item| take_below(item, clause, false, quotes)),
        NodeKind::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| take_below(value, clause, false, quotes)),
        NodeKind::Null | NodeKind::Scalar(_) => {}
    }
}

/// A part without those of its parts that quote words of their own.
fn without_quoted(node: &Node) -> Node {
    let mut node = node.clone();
    match &mut node.kind {
        NodeKind::List(items) => {
            items.retain(|item| item.child(KEY).is_none());
            for item in items.iter_mut() {
                *item = without_quoted(item);
            }
        }
        NodeKind::Map(pairs) => {
            pairs.retain(|(_, value)| value.child(KEY).is_none());
            for (_, value) in pairs.iter_mut() {
                *value = without_quoted(value);
            }
        }
        NodeKind::Null | NodeKind::Scalar(_) => {}
    }
    node
}

/// One text or several.
fn texts(node: Node) -> Vec<Located<String>> {
    let place = node.place;
    match node.kind {
        NodeKind::Scalar(value) => vec![Located { value: value.to_string(), place }],
        NodeKind::List(items) => items.into_iter().flat_map(texts).collect(),
        // No text: nothing that stands anywhere, so that it is told.
        NodeKind::Null | NodeKind::Map(_) => vec![Located { value: String::new(), place }],
    }
}

/// Text as it is compared: blanks and line ends say nothing, and quotation marks around the whole are the writer's.
fn plain(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('“').and_then(|text| text.strip_suffix('”')).unwrap_or(text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks the quotations of a policy against its words. A policy that quotes nothing is not asked for it.
pub fn check(policy: &Policy) -> Report {
    let mut report = Report::default();
    let Quotes { quotes, others } = &policy.rules.quotes;
    if quotes.is_empty() {
        return report;
    }
    check_from(policy, quotes, &mut report);
    let clauses: Vec<(&Clause, String)> =
        policy.outline.clauses().iter().map(|clause| (clause, plain(&clause.words))).collect();
    // What of each clause is quoted, in bytes of its plain words.
    let mut quoted: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    let all = quotes.iter().map(|quote| (&quote.words, quote.clause.as_ref(), quote.figures.as_slice()));
    for (words, clause, of_part) in all.chain(others.iter().map(|words| (words, None, &[][..]))) {
        let text = plain(&words.value);
        let mut found = false;
        for (index, (of, plain)) in clauses.iter().enumerate().filter(|_| !text.is_empty()) {
            let own = clause.is_none_or(|clause| *clause == of.id);
            for (at, _) in plain.match_indices(&text) {
                found |= own;
                quoted.entry(index).or_default().push((at, at + text.len()));
            }
        }
        if !found {
            report.push(not_there(words, clause, &text, &clauses));
            continue;
        }
        let stated = figures(&text);
        for (figure, place) in of_part.iter().filter(|(figure, _)| !stated.contains(figure)) {
            let message = format!("引用的原文“{text}”里没有“{figure}”");
            report.push(Diagnostic::error(Code::Basis, message).at(*place).help("改正数字，或引用写有它的那一句"));
        }
    }
    for (index, (clause, plain)) in clauses.iter().enumerate() {
        let spans = quoted.get(&index).map_or(&[][..], Vec::as_slice);
        report.absorb(check_words(policy, clause, plain, spans));
    }
    report
}

/// Why words that something else quotes of a clause do not stand in it.
#[must_use]
pub fn misquoted(policy: &Policy, clause: &ClauseId, words: &Located<String>) -> Option<Diagnostic> {
    let text = plain(&words.value);
    let clauses: Vec<(&Clause, String)> =
        policy.outline.clauses().iter().map(|clause| (clause, plain(&clause.words))).collect();
    let stands = clauses.iter().any(|(of, plain)| of.id == *clause && !text.is_empty() && plain.contains(&text));
    (!stands).then(|| not_there(words, Some(clause), &text, &clauses))
}

/// The day on which a policy comes into force is the one that its words say: a day, or the day on which it was made public.
fn check_from(policy: &Policy, quotes: &[Quote], report: &mut Report) {
    let said = quotes.iter().filter(|quote| quote.clause.is_none()).map(|quote| &quote.words);
    let Some(words) =
        said.into_iter().find(|words| ["之日起", "起施行", "起实施"].iter().any(|from| words.value.contains(from)))
    else {
        return;
    };
    let from = policy.rules.from;
    let published = ["公布之日", "发布之日", "印发之日"].iter().any(|day| words.value.contains(day));
    let wrong =
        if published { policy.day.is_some_and(|day| day != from) } else { !words.value.contains(&from.to_string()) };
    if wrong {
        let message = format!("施行写的是{from}，原文是“{}”", words.value);
        let help = policy.day.map_or_else(String::new, |day| format!("政策的成文日期是{day}"));
        report.push(Diagnostic::error(Code::Basis, message).at(words.place).help(help));
    }
}

fn not_there(
    words: &Located<String>,
    clause: Option<&ClauseId>,
    text: &str,
    clauses: &[(&Clause, String)],
) -> Diagnostic {
    let elsewhere = clauses.iter().find(|(_, plain)| !text.is_empty() && plain.contains(text));
    let where_ = clause.map_or_else(|| "政策".to_owned(), |clause| format!("条款{clause}"));
    let help = match elsewhere {
        Some((other, _)) => format!("这句话在条款{}里", other.id),
        None => "照原文的字和标点引，只引有关的几个字就够".to_owned(),
    };
    Diagnostic::error(Code::Basis, format!("{where_}里没有“{text}”这句原文")).at(words.place).help(help)
}

/// Words of a clause that nobody quotes, sentence by sentence.
fn check_words(policy: &Policy, clause: &Clause, plain: &str, quoted: &[(usize, usize)]) -> Report {
    let mut report = Report::default();
    let own = policy.rules.rules.iter().find(|rule| rule.clause.value == clause.id);
    let place = own.map_or(policy.rules.term.place, |rule| rule.clause.place);
    let mut from = 0;
    for sentence in plain.split_inclusive(['。', '；']) {
        let of_ruled = OF_RULED.iter().filter(|_| own.is_some());
        let unquoted = WORDS.iter().chain(of_ruled).filter(|word| {
            let mut all = sentence.match_indices(**word).map(|(at, _)| (from + at, from + at + word.len()));
            all.any(|(start, end)| !quoted.iter().any(|(a, b)| *a <= start && end <= *b))
        });
        let mut unquoted: Vec<String> = unquoted.map(|word| format!("“{word}”")).collect();
        unquoted.extend(whom_unquoted(sentence, from, quoted));
        if !unquoted.is_empty() {
            let message = format!("条款{}的{}，没有一条规则引用", clause.id, unquoted.join(""));
            let help = format!("由哪一项落实，就在那一项写“原文”；不是规则的，写入“非规则”。这一句是：{sentence}");
            report.push(Diagnostic::error(Code::Basis, message).at(place).help(help));
        }
        from += sentence.len();
    }
    report
}

/// Who is meant (“对……的企业”), where a sentence gives something and not every word of that part is quoted.
fn whom_unquoted(sentence: &str, from: usize, quoted: &[(usize, usize)]) -> Option<String> {
    if !["给予", "奖励", "资助", "补助", "补贴"].iter().any(|gives| sentence.contains(gives)) {
        return None;
    }
    let mut at = from;
    for part in sentence.split_inclusive(['，', '。', '；', '：']) {
        let start = at;
        at += part.len();
        if !part.starts_with('对') {
            continue;
        }
        let said = |c: char| c.is_alphanumeric();
        let mut unsaid = part.char_indices().filter(|(_, c)| said(*c)).filter(|(index, _)| {
            let place = start + index;
            !quoted.iter().any(|(a, b)| *a <= place && place < *b)
        });
        if unsaid.next().is_some() {
            return Some(format!("“{}”", part.trim_end_matches(['，', '。', '；', '：'])));
        }
    }
    None
}
