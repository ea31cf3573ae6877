//! The tree of a YAML text: every value with its place. Anchors, aliases and tags are refused (data files have no use for
//! them, and bombs are made of them); depth is bounded; a key that stands twice is a finding.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span};

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{FileId, Place};

/// How deep lists and maps may be nested. The deepest data file of an office has about ten levels.
pub const MAX_DEPTH: usize = 64;

/// The longest single value, in characters. The longest one of an office is a catalogue's paragraph of a few hundred.
const LONGEST: usize = 10_000;

/// A value of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub place: Place,
    /// Its number; its children are numbered from the next one up to `last`.
    pub(super) id: u32,
    /// The number of the last value inside it.
    pub(super) last: u32,
}

/// What a value is. A scalar is text: what it means is for its reader to say.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Nothing was written.
    Null,
    /// Text. A list of a hundred thousand records has the same few keys in each: they share one copy.
    Scalar(Arc<str>),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in order.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// Its text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let NodeKind::Scalar(text) = &self.kind { Some(text) } else { None }
    }

    /// The value under a key, if it is a map that has it.
    #[must_use]
    pub fn child(&self, key: &str) -> Option<&Self> {
        let NodeKind::Map(pairs) = &self.kind else { return None };
        pairs.iter().find(|(known, _)| known.text() == Some(key)).map(|(_, value)| value)
    }

    /// Likewise, to be changed.
    pub fn child_mut(&mut self, key: &str) -> Option<&mut Self> {
        let NodeKind::Map(pairs) = &mut self.kind else { return None };
        pairs.iter_mut().find(|(known, _)| known.text() == Some(key)).map(|(_, value)| value)
    }

    /// The entries of a list, to be changed; none, if it is none.
    pub fn items_mut(&mut self) -> &mut [Self] {
        if let NodeKind::List(items) = &mut self.kind { items } else { &mut [] }
    }

    /// A copy without the items that stand in these places.
    #[must_use]
    pub fn without_items(&self, places: &BTreeSet<Place>) -> Self {
        let kept = |node: &Self| node.without_items(places);
        let kind = match &self.kind {
            NodeKind::List(items) => {
                NodeKind::List(items.iter().filter(|item| !places.contains(&item.place)).map(kept).collect())
            }
            NodeKind::Map(pairs) => {
                NodeKind::Map(pairs.iter().map(|(key, value)| (key.clone(), kept(value))).collect())
            }
            NodeKind::Null | NodeKind::Scalar(_) => self.kind.clone(),
        };
        Self { kind, ..*self }
    }

    /// Sets a text under a key of a map.
    pub fn set(&mut self, key: &str, text: &str) {
        match self.child_mut(key) {
            Some(value) => value.kind = NodeKind::Scalar(text.into()),
            None => self.put(key, NodeKind::Scalar(text.into())),
        }
    }

    /// Takes an entry out of a map.
    pub fn take(&mut self, key: &str) -> Option<Self> {
        let NodeKind::Map(pairs) = &mut self.kind else { return None };
        let at = pairs.iter().position(|(known, _)| known.text() == Some(key))?;
        Some(pairs.remove(at).1)
    }

    /// Gives an entry of a map another key; where it stands stays the same.
    pub fn rename(&mut self, key: &str, name: &str) {
        let NodeKind::Map(pairs) = &mut self.kind else { return };
        for (known, _) in pairs.iter_mut().filter(|(known, _)| known.text() == Some(key)) {
            known.kind = NodeKind::Scalar(name.into());
        }
    }

    /// Puts a new entry into a map; it stands where the map does.
    pub fn put(&mut self, key: &str, kind: NodeKind) {
        let (place, id, last) = (self.place, self.id, self.last);
        let node = |kind| Self { kind, place, id, last };
        if let NodeKind::Map(pairs) = &mut self.kind {
            pairs.push((node(NodeKind::Scalar(key.into())), node(kind)));
        }
    }

    /// Gives every value of the tree another place.
    pub(super) fn relocate(&mut self, place: &impl Fn(Place) -> Place) {
        self.place = place(self.place);
        match &mut self.kind {
            NodeKind::Null | NodeKind::Scalar(_) => {}
            NodeKind::List(items) => items.iter_mut().for_each(|item| item.relocate(place)),
            NodeKind::Map(pairs) => {
                for (key, value) in pairs {
                    key.relocate(place);
                    value.relocate(place);
                }
            }
        }
    }

    /// Whether the value of the given number is this one or inside it.
    pub(super) fn contains(&self, id: u32) -> bool {
        (self.id..=self.last).contains(&id)
    }
}

/// Parses a text.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (Option<Node>, Report) {
    let options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
        emit_comments: false,
        disallow_directives: true,
    };
    let mut builder = Builder {
        events: Parser::new_from_str_with_options(text, options),
        file,
        text,
        ids: 0,
        keys: BTreeSet::new(),
        report: Report::default(),
    };
    let root = builder.document();
    (root.ok(), builder.report)
}

/// The finding is in the report already.
struct Stop;

struct Builder<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
    file: FileId,
    text: &'a str,
    ids: u32,
    /// All keys that were read.
    keys: BTreeSet<Arc<str>>,
    report: Report,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Node, Stop> {
        let mut root = None;
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => break,
                (_, span) if root.is_some() => {
                    let finding = Diagnostic::error(Code::Yaml, "一个文件里只能有一份数据，不能用“---”再开始一份")
                        .help("把后一份写进另一个文件");
                    return Err(self.stop(finding, &span));
                }
                (event, span) => root = Some(self.node(event, &span)?),
            }
        }
        match root {
            Some(Node { kind: NodeKind::Null, .. }) | None => {
                self.report.push(
                    Diagnostic::error(Code::Yaml, "文件是空的")
                        .at(Place::head(self.file))
                        .help("照 data/README.md 里的样子写上内容，或删去这个文件"),
                );
                Err(Stop)
            }
            Some(root) => Ok(root),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: &Span) -> Result<Node, Stop> {
        let id = self.ids;
        self.ids += 1;
        if event.anchor_id().is_some() || event.is_alias() {
            let finding = Diagnostic::error(Code::Yaml, "数据文件里不用锚点和别名（&、*）")
                .help("把内容照写一遍；文字以 & 或 * 开头时加上引号");
            return Err(self.stop(finding, span));
        }
        if event.tag().is_some() {
            let finding =
                Diagnostic::error(Code::Yaml, "数据文件里不用标签（!）").help("删去标签；文字以 ! 开头时加上引号");
            return Err(self.stop(finding, span));
        }
        let mut range = self.range(span);
        let kind = match event {
            Event::Scalar(text, style, ..) => {
                if text.len() > LONGEST && text.chars().count() > LONGEST {
                    let finding =
                        Diagnostic::error(Code::Yaml, format!("这一项有{}个字，太长了", text.chars().count()))
                            .help(format!("一项不超过{LONGEST}个字；检查是不是少了一个引号，或贴错了文字"));
                    return Err(self.stop(finding, span));
                }
                if style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null") {
                    NodeKind::Null
                } else {
                    NodeKind::Scalar(Arc::from(&*text))
                }
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            range.end = range.end.max(self.range(&end).end);
                            items.shrink_to_fit();
                            break NodeKind::List(items);
                        }
                        (event, span) => items.push(self.node(event, &span)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut pairs: Vec<(Node, Node)> = Vec::new();
                let mut keys: BTreeSet<Arc<str>> = BTreeSet::new();
                loop {
                    match self.next()? {
                        (Event::MappingEnd, end) => {
                            range.end = range.end.max(self.range(&end).end);
                            pairs.shrink_to_fit();
                            break NodeKind::Map(pairs);
                        }
                        (event, span) => {
                            let mut key = self.node(event, &span)?;
                            self.share(&mut key);
                            let (event, span) = self.next()?;
                            let value = self.node(event, &span)?;
                            self.pair(&mut pairs, &mut keys, key, value);
                        }
                    }
                }
            }
            _ => {
                let finding = Diagnostic::error(Code::Yaml, "这里的写法不是数据");
                return Err(self.stop(finding, span));
            }
        };
        Ok(Node { kind, place: Place::new(self.file, range), id, last: self.ids.saturating_sub(1) })
    }

    /// Gives a key the copy of its text that is known already.
    fn share(&mut self, key: &mut Node) {
        if let NodeKind::Scalar(text) = &mut key.kind {
            match self.keys.get(text) {
                Some(known) => *text = Arc::clone(known),
                None => {
                    self.keys.insert(Arc::clone(text));
                }
            }
        }
    }

    /// Keeps a pair unless its key has been written before.
    fn pair(&mut self, pairs: &mut Vec<(Node, Node)>, keys: &mut BTreeSet<Arc<str>>, key: Node, value: Node) {
        match &key.kind {
            NodeKind::Scalar(text) if !keys.insert(Arc::clone(text)) => {
                let finding = Diagnostic::error(Code::Duplicate, format!("“{text}”写了两次"))
                    .at(key.place)
                    .help("留下对的一个，删去另一个");
                self.report.push(finding);
            }
            NodeKind::Scalar(_) => pairs.push((key, value)),
            _ => self.report.push(Diagnostic::error(Code::Yaml, "键应当是文字").at(key.place)),
        }
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        // The parser ends a block's span behind the white space that follows it.
        let trimmed = self.text.get(range.clone()).map_or(range.len(), |text| text.trim_end().len());
        range.start..range.start + trimmed
    }

    fn stop(&mut self, finding: Diagnostic, span: &Span) -> Stop {
        let place = Place::new(self.file, self.range(span));
        self.report.push(finding.at(place));
        Stop
    }

    /// A tab in the indentation of the line of a byte or of the next one: the parser may notice it only there.
    fn tab_near(&self, byte: usize) -> Option<usize> {
        let mut start = self.text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
        for line in self.text.get(start..)?.split_inclusive('\n').take(2) {
            let indent = line.len() - line.trim_start().len();
            if let Some(at) = line.get(..indent)?.find('\t') {
                return Some(start + at);
            }
            start += line.len();
        }
        None
    }

    fn syntax(&mut self, error: &ScanError) -> Stop {
        let byte = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let tab = self.tab_near(byte);
        let (message, help) = match error.kind() {
            _ if tab.is_some() => ("用了制表符（Tab）缩进", "缩进只用空格，每级两个"),
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart => ("用了制表符（Tab）缩进", "缩进只用空格，每级两个"),
            ErrorKind::RecursionLimitExceeded => ("嵌套太深（超过64级）", "数据文件只有几级；检查括号和缩进"),
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => {
                ("数据文件里不用锚点和别名（&、*）", "把内容照写一遍；文字以 & 或 * 开头时加上引号")
            }
            ErrorKind::DirectiveDisallowed => ("数据文件里不用指令（%）", "文字以 % 开头时加上引号"),
            ErrorKind::UnclosedQuotedScalar => ("引号没有配对", "补上另一半引号"),
            ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::MisplacedFlowCollectionEnd
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence => {
                ("括号没有配对，或括号里缺少逗号", "检查 { } 和 [ ]，各项之间用半角逗号")
            }
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
                ("这一行缺少冒号，或冒号后缺少空格", "写作“键: 值”，冒号用半角，后面空一格")
            }
            ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry => ("缩进没有对齐", "同一级的各行左边要对齐"),
            _ => ("写法不合 YAML 语法", "检查这一行和上一行的冒号、引号、括号和缩进"),
        };
        let start = tab.unwrap_or(byte);
        self.report.push(Diagnostic::error(Code::Yaml, message).at(Place::new(self.file, start..start)).help(help));
        Stop
    }
}
