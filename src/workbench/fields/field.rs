//! 项 — one thing that is filled in: how it is read from a text, written into it, and shown.

use maud::{Markup, html};

use crate::draft::front_matter::head_range;
use crate::exchange::merge::{Refused, amend};
use crate::exchange::value::{Kind, Value};
use crate::source::FileId;
use crate::yaml::{self, Node, NodeKind};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A line.
    Line,
    /// Several lines that stay lines: a title.
    Lines,
    /// A list, one a line.
    List,
    /// A day.
    Day,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// Yes, no, or what holds where nothing is said.
pub const YES: Entry = Entry::Choice(&["", "是", "否"]);

/// A field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Where it stands in the file: keys, with `/` between them.
    pub key: &'static str,
    /// How it is filled in.
    pub entry: Entry,
    /// What to know about it.
    pub help: &'static str,
    /// Whether it is among those that are filled in almost always.
    pub usual: bool,
}

/// Of a table of fields, one.
pub const fn field(key: &'static str, entry: Entry, usual: bool, help: &'static str) -> Field {
    Field { key, entry, help, usual }
}

/// What a text says at a path: lists one a line. What is written in another shape is told as `None`: it is changed in the text.
pub fn said(root: Option<&Node>, key: &str) -> Option<String> {
    let node = root.and_then(|root| key.split('/').try_fold(root, step));
    match node.map(|node| &node.kind) {
        None | Some(NodeKind::Null) => Some(String::new()),
        Some(NodeKind::Scalar(text)) => Some(text.trim_end_matches('\n').to_owned()),
        Some(NodeKind::List(items)) => {
            let items: Option<Vec<&str>> = items.iter().map(Node::text).collect();
            items.map(|items| items.join("\n"))
        }
        Some(NodeKind::Map(_)) => None,
    }
}

/// What stands one step further: under a key, or the item of a number.
fn step<'n>(node: &'n Node, step: &str) -> Option<&'n Node> {
    match &node.kind {
        NodeKind::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => node.child(step),
    }
}

/// Which keys of a text stand where.
pub struct Keys {
    root: Option<Node>,
    /// Where in the text it begins.
    from: usize,
}

impl Keys {
    /// Those of a file: of a text with a head, those of the head.
    pub fn of(path: &str, text: &str) -> Self {
        let range = if path.ends_with(".md") { head_range(text) } else { Some(0..text.len()) };
        let (from, words) = range.map_or((0, ""), |range| (range.start, text.get(range).unwrap_or_default()));
        Self { root: yaml::parse(FileId(0), words).0, from }
    }

    /// The innermost field of a form that a byte of the text may belong to, as the key of a form has it.
    pub fn at(&self, byte: usize) -> Option<String> {
        let byte = byte.checked_sub(self.from)?;
        let mut path: Vec<String> = Vec::new();
        let mut node = self.root.as_ref()?;
        loop {
            let holds = |node: &Node| node.place.range().start <= byte && byte <= node.place.range().end;
            let next = match &node.kind {
                NodeKind::Map(pairs) => {
                    let found = pairs.iter().find(|(key, node)| holds(key) || holds(node));
                    found.and_then(|(key, node)| Some((key.text()?.to_owned(), node)))
                }
                NodeKind::List(items) => {
                    let found = items.iter().enumerate().find(|(_, item)| holds(item));
                    found.filter(|(_, item)| item.text().is_none()).map(|(at, item)| (at.to_string(), item))
                }
                NodeKind::Null | NodeKind::Scalar(_) => None,
            };
            let Some((step, inner)) = next else { break };
            path.push(step);
            node = inner;
        }
        (!path.is_empty()).then(|| path.join("/"))
    }
}

/// What was filled in, as the file has it; `None` where it was emptied.
pub fn value(entry: Entry, said: &str) -> Option<Value> {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    match entry {
        Entry::List => {
            let items: Vec<Value> = lines.map(|line| Value::text(line, None)).collect();
            (!items.is_empty()).then_some(Value { kind: Kind::List(items), at: None })
        }
        Entry::Lines => {
            let text = lines.collect::<Vec<_>>().join("\n");
            (!text.is_empty()).then(|| Value::text(text, None))
        }
        _ => Some(said.trim()).filter(|said| !said.is_empty()).map(|said| Value::text(said, None)),
    }
}

/// The text with what stands at a path filled in; emptied, it is taken out.
pub fn filled(text: &str, key: &str, value: Option<&Value>) -> Result<String, String> {
    let path: Vec<&str> = key.split('/').collect();
    amend(text, &path, value).map_err(|refused| match refused {
        Refused::Broken => "写法有错误，先在文字里改正".to_owned(),
        other => other.to_string(),
    })
}

/// A field as it is seen, and what stands below it; what is no plain value is left to the text.
pub fn shown(key: &str, label: &str, entry: Entry, help: &str, value: Option<String>, below: Option<Markup>) -> Markup {
    let id = format!("field-{key}");
    let about = format!("{id}-help");
    let (known, value) = (value.is_some(), value.unwrap_or_default());
    html! {
        p class="field" data-key=(key) {
            label for=(id) { (label) }
            @match entry {
                _ if !known => { input id=(id) value="（在文字里改）" disabled; }
                Entry::Line => { input id=(id) value=(value) aria-describedby=(about) autocomplete="off"; }
                Entry::Day => { input id=(id) type="date" value=(value) aria-describedby=(about); }
                Entry::Lines | Entry::List => { textarea id=(id) rows=(value.lines().count().clamp(1, 5)) aria-describedby=(about) { "\n" (value) } }
                Entry::Choice(choices) => {
                    select id=(id) aria-describedby=(about) {
                        @if !choices.contains(&value.as_str()) { option selected { (value) } }
                        @for choice in choices { option selected[*choice == value] { (choice) } }
                    }
                }
            }
            small id=(about) { (help) }
            @if let Some(below) = below { (below) }
        }
    }
}
