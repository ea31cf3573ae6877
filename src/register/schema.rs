//! 事实表 — what may be declared: of which kinds of things, which figures with which unit, which attributes with which words:
//! `data/facts.yaml`. A person writes a product's sales beside its name; here every item gets one form, which rules ask.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::{ByName, Item, Matter, Several};
use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::source::{FileId, Place, Source};
use crate::yaml::{self, Located, Node, NodeKind};

/// What is declared where a workspace says nothing else.
const USUAL: &str = include_str!("../../data/facts.yaml");

/// All kinds of things that may be declared, by name; 企业 is the enterprise itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Schema {
    kinds: BTreeMap<String, Kind>,
}

/// One kind of things.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    /// The key under which its name stands: 名称 if left out; 无 where an enterprise has one thing of the kind. Under another key
    /// stands the name of a thing of that kind.
    #[serde(rename = "名称", default)]
    name: Option<String>,
    /// Its figures, with their units.
    #[serde(rename = "数额", default)]
    quantities: BTreeMap<String, String>,
    /// Its attributes, with what may stand there.
    #[serde(rename = "属性", default)]
    attributes: BTreeMap<String, Asked>,
    /// What must be written.
    #[serde(rename = "必填", default)]
    required: Vec<String>,
}

/// What may stand under an attribute.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Any word.
    Words,
    /// A day.
    Day,
    /// One of these.
    OneOf(Vec<String>),
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = Several::deserialize(deserializer)?;
        match words.as_slice() {
            [] => Err(D::Error::custom("列出可以写的值，或写“文字”“日期”")),
            [one] if one.value == "文字" => Ok(Self::Words),
            [one] if one.value == "日期" => Ok(Self::Day),
            [one] => Err(D::Error::custom(format!("“{}”不是属性的写法，应是“文字”“日期”，或值的列表", one.value))),
            several => Ok(Self::OneOf(several.iter().map(|word| word.value.clone()).collect())),
        }
    }
}

impl Asked {
    /// What is wrong with a word that stands there.
    fn refuses(&self, name: &str, word: &str) -> Option<String> {
        match self {
            Self::Words => None,
            Self::Day => word.parse::<Day>().err().map(|_| format!("“{word}”不是日期，应写作“2022-06-02”")),
            Self::OneOf(words) if words.iter().any(|known| known == word) => None,
            Self::OneOf(words) => Some(format!("“{name}”不能写“{word}”，可以写：{}", words.join("、"))),
        }
    }
}

impl Default for Schema {
    fn default() -> Self {
        static READ: LazyLock<Schema> = LazyLock::new(|| {
            let (schema, _) = yaml::read(FileId(0), &Source::new("facts.yaml", USUAL));
            schema.unwrap_or(Schema { kinds: BTreeMap::new() })
        });
        READ.clone()
    }
}

impl Schema {
    /// The usual kinds, and what a workspace adds to them.
    #[must_use]
    pub fn new(own: Option<Self>) -> Self {
        let mut schema = Self::default();
        for (name, kind) in own.into_iter().flat_map(|own| own.kinds) {
            match schema.kinds.get_mut(&name) {
                Some(usual) => {
                    usual.quantities.extend(kind.quantities);
                    usual.attributes.extend(kind.attributes);
                    usual.name = kind.name.or(usual.name.take());
                    usual.required = kind.required;
                }
                None => {
                    schema.kinds.insert(name, kind);
                }
            }
        }
        schema
    }

    /// Whether it has a kind.
    #[must_use]
    pub fn knows(&self, kind: &str) -> bool {
        self.kinds.contains_key(kind)
    }

    /// The names of all kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &str> + Clone {
        self.kinds.keys().map(String::as_str)
    }

    /// The key under which the name of a thing of a kind stands; `None` where an enterprise has but one, without a name.
    #[must_use]
    pub fn name_key(&self, kind: &str) -> Option<&str> {
        self.kinds.get(kind).filter(|kind| !kind.is_single()).map(Kind::name_key)
    }

    /// What must be written of every thing of a kind.
    pub fn required(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.kinds.get(kind).into_iter().flat_map(|kind| &kind.required).map(String::as_str)
    }

    /// The figures of a kind, with their units.
    pub fn quantities(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        let quantities = self.kinds.get(kind).map(|kind| &kind.quantities);
        quantities.into_iter().flatten().map(|(name, unit)| (name.as_str(), unit.as_str()))
    }

    /// The attributes of a kind.
    pub fn attributes(&self, kind: &str) -> impl Iterator<Item = (&str, &Asked)> {
        let attributes = self.kinds.get(kind).map(|kind| &kind.attributes);
        attributes.into_iter().flatten().map(|(name, asked)| (name.as_str(), asked))
    }

    /// Brings the declarations of a file into the form that they are read in.
    pub fn normalise_year(&self, tree: &mut Node) {
        for declaration in tree.child_mut("申报").into_iter().flat_map(Node::items_mut) {
            self.normalise(declaration);
        }
    }

    /// Brings a declaration as a person wrote it into the form that [`Declaration`](super::Declaration) has: figures under 数额, attributes under
    /// 属性, things under 事项 with their kind. What nobody knows stays where it is, so that reading finds it.
    pub fn normalise(&self, declaration: &mut Node) {
        let NodeKind::Map(pairs) = &mut declaration.kind else { return };
        let mut rest = Vec::new();
        let (mut matters, mut own, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (key, mut value) in std::mem::take(pairs) {
            let name = key.text().unwrap_or_default().to_owned();
            if name == "其他事项" {
                self.take_others(value, &mut matters);
            } else if let Some(kind) = self.kinds.get(&name).filter(|_| name != Item::ENTERPRISE) {
                if kind.is_single() {
                    kind.normalise(&name, &key, &mut value);
                    matters.push(value);
                } else if let NodeKind::List(items) = value.kind {
                    for mut item in items {
                        kind.normalise(&name, &key, &mut item);
                        matters.push(item);
                    }
                } else {
                    // Not a list: reading says so, at its place.
                    rest.push((key, value));
                }
            } else if self.kinds.get(Item::ENTERPRISE).is_some_and(|kind| kind.has(&name)) {
                own.push((key, value));
            } else if ["企业", "数额", "属性", "其他政策"].contains(&name.as_str()) {
                rest.push((key, value));
            } else {
                unknown.push(key);
            }
        }
        *pairs = rest;
        set_aside(declaration, unknown);
        if let Some(kind) = self.kinds.get(Item::ENTERPRISE) {
            for (key, value) in own {
                kind.put(declaration, key, value);
            }
        }
        if !matters.is_empty() {
            declaration.put("事项", NodeKind::List(matters));
        }
    }

    fn take_others(&self, value: Node, matters: &mut Vec<Node>) {
        let NodeKind::List(items) = value.kind else {
            matters.push(value);
            return;
        };
        for mut item in items {
            let named = item.child("类别").and_then(Node::text).and_then(|name| self.kinds.get(name));
            if let Some(kind) = named {
                kind.lift(&mut item);
            }
            matters.push(item);
        }
    }

    /// Checks what was declared against the kinds that it is of.
    pub(super) fn check(&self, matter: &Matter, report: &mut Report) {
        let Some(kind) = self.kinds.get(&*matter.kind.value) else { return };
        let place = matter.place();
        let name = kind.name_key();
        if !kind.is_single() && matter.name.is_none() {
            missing(name, place, report);
        }
        let common = COMMON.iter().copied().filter(|key| *key != "类别");
        tell_unknown(&matter.unknown, std::iter::once(name).chain(kind.names()).chain(common), report);
        for required in &kind.required {
            if matter.amounts.get(required).is_none() && matter.attributes.get(required).is_none() {
                missing(required, place, report);
            }
        }
        let figures = |name: &str| Some(matter.amounts.get(name)?.places().next()?.1);
        kind.check_units(matter.amounts.iter(), report);
        for name in matter.amounts.names().filter(|name| !kind.quantities.contains_key(*name)) {
            let help = did_you_mean(name, kind.quantities.keys());
            let message = format!("“{}”没有“{name}”这一数额", &*matter.kind.value);
            report.push(Diagnostic::error(Code::Unknown, message).at(figures(name).unwrap_or(place)).help(help));
        }
        kind.check_words(&matter.kind.value, &matter.attributes, report);
    }

    /// Checks what was declared of the enterprise itself.
    pub(super) fn check_own(&self, declaration: &super::Declaration, report: &mut Report) {
        if let Some(kind) = self.kinds.get(Item::ENTERPRISE) {
            let kinds = self.kinds().filter(|kind| *kind != Item::ENTERPRISE);
            let known = std::iter::once("企业").chain(kind.names()).chain(kinds).chain(["其他事项", "其他政策"]);
            tell_unknown(&declaration.unknown, known, report);
            kind.check_units(declaration.amounts.iter(), report);
            kind.check_words(Item::ENTERPRISE, &declaration.attributes, report);
        }
    }
}

/// What may be written of every thing, whatever its kind.
const COMMON: [&str; 7] = ["类别", "编号", "曾用名称", "不是同一", "目录条目", "数额", "属性"];

/// Keys that nobody knows: kept by name, so that all else can be read, and told when it is checked.
fn set_aside(node: &mut Node, unknown: Vec<Node>) {
    if !unknown.is_empty() {
        node.put("不明", NodeKind::List(unknown));
    }
}

fn tell_unknown<'k>(unknown: &Several, known: impl Iterator<Item = &'k str> + Clone, report: &mut Report) {
    for key in unknown {
        let help = nearest(&key.value, known.clone()).map_or_else(
            || {
                let known: Vec<&str> = known.clone().collect();
                format!("这里可以写：{}；要加别的，写进 data/facts.yaml", known.join("、"))
            },
            |near| format!("是不是“{near}”？"),
        );
        let message = format!("没有“{}”这一项", key.value);
        report.push(Diagnostic::error(Code::Unknown, message).at(key.place).help(help));
    }
}

fn missing(name: &str, place: Place, report: &mut Report) {
    let finding = Diagnostic::error(Code::Missing, format!("缺少“{name}”"));
    report.push(finding.at(place).help(format!("补上一行“{name}: …”")));
}

fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a String> + Clone) -> String {
    nearest(word, known.clone().map(String::as_str)).map_or_else(
        || format!("可以写：{}；要加别的，写进 data/facts.yaml", known.cloned().collect::<Vec<_>>().join("、")),
        |near| format!("是不是“{near}”？"),
    )
}

/// The key under which a name stands, where the schema says no other; and what it says where there is no name.
const NAME: &str = "名称";
const NO_NAME: &str = "无";

impl Kind {
    /// Whether an enterprise has one thing of the kind, without a name.
    fn is_single(&self) -> bool {
        self.name.as_deref() == Some(NO_NAME)
    }

    /// The key under which the name of a thing stands.
    fn name_key(&self) -> &str {
        self.name.as_deref().filter(|name| *name != NO_NAME).unwrap_or(NAME)
    }

    fn has(&self, name: &str) -> bool {
        self.quantities.contains_key(name) || self.attributes.contains_key(name)
    }

    /// The names of its figures and attributes.
    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.quantities.keys().chain(self.attributes.keys()).map(String::as_str)
    }

    /// An item as it stands under the key of its kind.
    fn normalise(&self, name: &str, key: &Node, item: &mut Node) {
        self.lift(item);
        let key_of_name = self.name_key();
        if key_of_name != NAME {
            item.rename(key_of_name, NAME);
            item.put("所指", NodeKind::Scalar(key_of_name.into()));
        }
        if matches!(item.kind, NodeKind::Map(_)) {
            item.put("类别", NodeKind::Scalar(name.into()));
            if self.is_single()
                && let Some(kind) = item.child_mut("类别")
            {
                kind.place = key.place;
            }
        }
    }

    /// Figures and attributes that stand beside the name go where they belong.
    fn lift(&self, item: &mut Node) {
        let NodeKind::Map(pairs) = &mut item.kind else { return };
        let is_own = |(key, _): &(Node, Node)| key.text().is_some_and(|key| self.has(key));
        let (own, rest): (Vec<_>, Vec<_>) = std::mem::take(pairs).into_iter().partition(is_own);
        let name = self.name_key();
        let common = |(key, _): &(Node, Node)| key.text().is_some_and(|key| key == name || COMMON.contains(&key));
        let (rest, unknown): (Vec<_>, Vec<_>) = rest.into_iter().partition(common);
        *pairs = rest;
        set_aside(item, unknown.into_iter().map(|(key, _)| key).collect());
        for (key, value) in own {
            self.put(item, key, value);
        }
    }

    fn put(&self, item: &mut Node, key: Node, value: Node) {
        let of = if self.quantities.contains_key(key.text().unwrap_or_default()) { "数额" } else { "属性" };
        if item.child(of).is_none() {
            item.put(of, NodeKind::Map(Vec::new()));
        }
        if let Some(Node { kind: NodeKind::Map(pairs), .. }) = item.child_mut(of) {
            pairs.push((key, value));
        }
    }

    fn check_units<'a>(&self, amounts: impl Iterator<Item = (&'a str, &'a super::Yearly)>, report: &mut Report) {
        for (name, figures) in amounts {
            let Some(unit) = self.quantities.get(name) else { continue };
            let written = figures.iter().map(|(_, figure)| ("元", figure.place));
            let written =
                written.chain(figures.measures().map(|(_, figure)| (figure.value.unit.as_str(), figure.place)));
            for (_, place) in written.filter(|(written, _)| written != unit) {
                let message = format!("“{name}”的单位是{unit}");
                report
                    .push(Diagnostic::error(Code::Value, message).at(place).help(format!("写作“1200{unit}”这样的数")));
            }
        }
    }

    fn check_words(&self, kind: &str, words: &ByName<Located<String>>, report: &mut Report) {
        for (name, word) in words.iter() {
            let finding = match self.attributes.get(name) {
                Some(asked) => asked.refuses(name, &word.value).map(|message| (Code::Value, message, None)),
                None => {
                    let help = did_you_mean(name, self.attributes.keys());
                    Some((Code::Unknown, format!("“{kind}”没有“{name}”这一属性"), Some(help)))
                }
            };
            if let Some((code, message, help)) = finding {
                let finding = Diagnostic::error(code, message).at(word.place);
                report.push(match help {
                    Some(help) => finding.help(help),
                    None => finding,
                });
            }
        }
    }
}
