//! 条件 — what must hold before a rule gives anything: attributes, entries of catalogues in force, amounts; all, any, not.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Facts;
use super::expression::{Expression, Value};
use super::reason::Unmet;
use crate::calendar::{Day, Year};
use crate::money::Money;
use crate::source::Place;
use crate::trace::{Found, Sink, Step, What};
use crate::yaml::Located;

/// A condition with its words.
#[derive(Debug)]
pub struct Condition {
    /// What is asked.
    pub kind: Kind,
    /// The question in words, as a trace prints it.
    pub text: String,
}

impl From<Kind> for Condition {
    fn from(kind: Kind) -> Self {
        Self { text: kind.to_string(), kind }
    }
}

/// An expression as it is, or a kind with its key.
impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        enum Raw {
            Text(String),
            Kind(Kind),
        }
        impl<'de> Deserialize<'de> for Raw {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Either)
            }
        }
        impl<'de> Visitor<'de> for Either {
            type Value = Raw;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("一个条件：“增长率(营业收入) ≥ 10%”，或“属性: …”")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Raw, A::Error> {
                Kind::deserialize(MapAccessDeserializer::new(map)).map(Raw::Kind)
            }
        }
        let Located { value, place } = Located::<Raw>::deserialize(deserializer)?;
        Ok(Self::from(match value {
            Raw::Text(text) => Kind::Expression(Expression::new(text, place)),
            Raw::Kind(kind) => kind,
        }))
    }
}

/// The kinds of conditions; a kind is a key.
#[derive(Debug, Deserialize)]
pub enum Kind {
    /// An expression that holds or does not.
    #[serde(rename = "算式")]
    Expression(Expression),
    /// An attribute of the enterprise or of the declared item.
    #[serde(rename = "属性")]
    Attribute(Attribute),
    /// An entry of a catalogue that is in force in the year.
    #[serde(rename = "目录")]
    Catalogue(InCatalogue),
    /// A declared amount.
    #[serde(rename = "数额")]
    Amount(Amount),
    /// A day under an attribute.
    #[serde(rename = "日期")]
    Date(Dated),
    /// All of several.
    #[serde(rename = "全部")]
    All(Vec<Condition>),
    /// At least one of several.
    #[serde(rename = "任一")]
    Any(Vec<Condition>),
    /// Not this one.
    #[serde(rename = "非")]
    Not(Box<Condition>),
}

/// 属性: `{ 名称: 行业, 有: [新材料], 无: [铝基新材料] }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its name.
    #[serde(rename = "名称")]
    pub name: Located<String>,
    /// It must have one of these.
    #[serde(rename = "有", default)]
    pub some: Vec<String>,
    /// It must have none of these.
    #[serde(rename = "无", default)]
    pub none: Vec<String>,
}

/// 目录: `{ 目录: gaoduan-lv, 列: 类别, 值: [铝加工产品] }`: an entry of that catalogue, or of another edition of the same title,
/// in force in the declared year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InCatalogue {
    /// The catalogue's name in the workspace.
    #[serde(rename = "目录")]
    pub catalogue: Located<String>,
    /// A column that must have one of `values`.
    #[serde(rename = "列", default)]
    pub column: Option<Located<String>>,
    /// What the column may have.
    #[serde(rename = "值", default)]
    pub values: Vec<String>,
    /// The catalogue's title, once the register is known.
    #[serde(skip)]
    title: Option<String>,
}

/// 数额: `{ 量: 主营业务收入, 年度: 申报年度, 不低于: 5000万元 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// The figure's name.
    #[serde(rename = "量")]
    pub quantity: Located<String>,
    /// Its year.
    #[serde(rename = "年度", default)]
    pub year: YearRef,
    /// 含本数.
    #[serde(rename = "不低于", default)]
    pub at_least: Option<Money>,
    /// 不含本数.
    #[serde(rename = "高于", default)]
    pub above: Option<Money>,
    /// 含本数.
    #[serde(rename = "不高于", default)]
    pub at_most: Option<Money>,
    /// 不含本数.
    #[serde(rename = "低于", default)]
    pub below: Option<Money>,
}

/// 日期: `{ 属性: 认定日期, 申报年度内: 是 }`, `{ 属性: 成立日期, 不早于: 2020-01-01 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// The attribute that holds the day.
    #[serde(rename = "属性")]
    pub name: Located<String>,
    /// The first day that is admitted.
    #[serde(rename = "不早于", default)]
    pub from: Option<Day>,
    /// The last day that is admitted.
    #[serde(rename = "不晚于", default)]
    pub to: Option<Day>,
    /// Whether it must lie in the declared year.
    #[serde(rename = "申报年度内", default)]
    pub within: bool,
}

/// Which year a figure is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum YearRef {
    /// The declared year.
    #[default]
    #[serde(rename = "申报年度")]
    Declared,
    /// The year before it.
    #[serde(rename = "上年度")]
    Previous,
    /// Both of them.
    #[serde(rename = "两年均")]
    Both,
}

impl YearRef {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declared => "申报年度",
            Self::Previous => "上年度",
            Self::Both => "两年均",
        }
    }

    /// The years meant, for a declared year.
    pub fn years(self, declared: Year) -> impl Iterator<Item = Year> {
        let (first, second) = match self {
            Self::Declared => (declared, None),
            Self::Previous => (declared.previous(), None),
            Self::Both => (declared, Some(declared.previous())),
        };
        std::iter::once(first).chain(second)
    }
}

impl Condition {
    /// Whether it is met, with every question as a step. What nobody knows is not met.
    pub fn holds<'a, K>(&'a self, facts: &Facts<'_, 'a>, sink: &mut impl Sink<Step<'a, K>>) -> bool {
        match &self.kind {
            Kind::Expression(expression) => {
                let value = expression.value(facts, &mut |seen| sink.step(|| seen.step()));
                let holds = matches!(value, Ok(Value::Truth(true)));
                let found = || expression.found(facts);
                sink.step(|| Step::new(What::Condition { asked: &self.text, found: found(), holds }));
                holds
            }
            // Every question is asked, so that the trace answers all of them.
            Kind::All(conditions) => conditions.iter().filter(|condition| !condition.holds(facts, sink)).count() == 0,
            Kind::Any(conditions) => conditions.iter().filter(|condition| condition.holds(facts, sink)).count() > 0,
            _ => {
                let Answer { found, place, truth } = self.answer(facts);
                let holds = truth == Truth::Yes;
                sink.step(|| Step::new(What::Condition { asked: &self.text, found, holds }).at(place));
                holds
            }
        }
    }

    /// Whether it is met; `None` where nobody knows.
    pub fn known(&self, facts: &Facts<'_, '_>) -> Option<bool> {
        match self.answer(facts).truth {
            Truth::Yes => Some(true),
            Truth::No => Some(false),
            Truth::Unknown => None,
        }
    }

    /// The condition as one that does not hold.
    pub fn unmet<'a>(&'a self, facts: &Facts<'_, 'a>) -> Unmet<'a> {
        let single = !matches!(self.kind, Kind::All(_) | Kind::Any(_));
        Unmet { asked: &self.text, found: single.then(|| self.answer(facts).found) }
    }

    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> Answer<'a> {
        let several = |truth| Answer { found: Found::Nothing, place: None, truth };
        match &self.kind {
            Kind::Attribute(attribute) => match facts.attribute(&attribute.name.value) {
                Some(found) => {
                    let has = |words: &[String]| words.iter().any(|word| found.value.contains(word));
                    let holds = (attribute.some.is_empty() || has(&attribute.some)) && !has(&attribute.none);
                    Answer { found: Found::Words(found.value), place: Some(found.place), truth: holds.into() }
                }
                // An attribute that is not written has none of the words: who has no title leaves 称号 out.
                None => {
                    let place = Some(facts.dossier.enterprise.name.place);
                    Answer { found: Found::Nothing, place, truth: attribute.some.is_empty().into() }
                }
            },
            Kind::Expression(expression) => {
                let truth = match expression.value(facts, &mut |_| {}) {
                    Ok(Value::Truth(truth)) => truth.into(),
                    _ => Truth::Unknown,
                };
                Answer { found: expression.found(facts), place: facts.item.place(), truth }
            }
            Kind::Catalogue(wanted) => wanted.answer(facts),
            Kind::Amount(amount) => amount.answer(facts),
            Kind::Date(dated) => dated.answer(facts),
            Kind::All(conditions) => {
                let truths = conditions.iter().map(|condition| condition.answer(facts).truth);
                several(truths.min().unwrap_or(Truth::Yes))
            }
            Kind::Any(conditions) => {
                let truths = conditions.iter().map(|condition| condition.answer(facts).truth);
                several(truths.max().unwrap_or(Truth::No))
            }
            Kind::Not(condition) => {
                let answer = condition.answer(facts);
                Answer { truth: answer.truth.not(), ..answer }
            }
        }
    }
}

/// What was found when a condition was asked, where, and what that says.
struct Answer<'a> {
    found: Found<'a>,
    place: Option<Place>,
    truth: Truth,
}

/// Whether a condition is true of the facts, as far as they are known; of several that must all hold the least one counts, of
/// several of which one must, the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    No,
    /// A figure or a day that it asks for was not declared: neither the condition nor its contrary is shown.
    Unknown,
    Yes,
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Amount {
    /// Of the years, the first one whose figure is not admitted; else the first one without a figure; else the last one.
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> Answer<'a> {
        let answers = self.year.years(facts.year()).map(|year| match facts.figure(&self.quantity.value, year) {
            Some(Located { value, place }) => {
                Answer { found: Found::Amount(value), place: Some(place), truth: self.admits(value).into() }
            }
            None => Answer { found: Found::Nothing, place: facts.item.place(), truth: Truth::Unknown },
        });
        let decides = |first: Answer<'a>, next: Answer<'a>| {
            if next.truth < first.truth || first.truth == Truth::Yes { next } else { first }
        };
        let none = Answer { found: Found::Nothing, place: None, truth: Truth::Unknown };
        answers.reduce(decides).unwrap_or(none)
    }

    /// Whether it admits a figure.
    pub fn admits(&self, figure: Money) -> bool {
        self.at_least.is_none_or(|bound| figure >= bound)
            && self.above.is_none_or(|bound| figure > bound)
            && self.at_most.is_none_or(|bound| figure <= bound)
            && self.below.is_none_or(|bound| figure < bound)
    }
}

impl Dated {
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> Answer<'a> {
        let Some(found) = facts.attribute(&self.name.value) else {
            return Answer { found: Found::Nothing, place: facts.item.place(), truth: Truth::Unknown };
        };
        let place = Some(found.place);
        let Some(day) = found.value.one().and_then(|word| word.parse::<Day>().ok()) else {
            return Answer { found: Found::Words(found.value), place, truth: Truth::Unknown };
        };
        let holds = self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && (!self.within || day.year() == facts.year());
        Answer { found: Found::Day(day), place, truth: holds.into() }
    }
}

impl InCatalogue {
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> Answer<'a> {
        let entries = facts.item.entries();
        let mut answer = match entries.first() {
            Some(id) => Answer { found: Found::Entry(&id.value, None), place: Some(id.place), truth: Truth::No },
            None => Answer { found: Found::Nothing, place: facts.item.place(), truth: Truth::No },
        };
        for id in entries {
            let editions = || facts.dossier.register.editions(&self.catalogue.value);
            let mut in_force = editions().filter(|edition| edition.validity.value.touches(facts.year()));
            let Some(entry) = in_force.find_map(|edition| edition.entry(&id.value)) else {
                if editions().any(|edition| edition.entry(&id.value).is_some()) {
                    answer = Answer { found: Found::Expired(&id.value), place: Some(id.place), truth: Truth::No };
                }
                continue;
            };
            let cell =
                self.column.as_ref().and_then(|column| entry.get(&column.value)).map(|cell| cell.value.0.as_str());
            let holds = self.column.is_none() || cell.is_some_and(|cell| self.values.iter().any(|value| value == cell));
            answer = Answer { found: Found::Entry(&id.value, cell), place: Some(id.place), truth: holds.into() };
            if holds {
                break;
            }
        }
        answer
    }
}

impl Condition {
    /// The expressions in it.
    pub fn expressions(&self) -> Box<dyn Iterator<Item = &Expression> + '_> {
        match &self.kind {
            Kind::Expression(expression) => Box::new(std::iter::once(expression)),
            Kind::All(inner) | Kind::Any(inner) => Box::new(inner.iter().flat_map(Self::expressions)),
            Kind::Not(inner) => inner.expressions(),
            Kind::Attribute(_) | Kind::Catalogue(_) | Kind::Amount(_) | Kind::Date(_) => Box::new(std::iter::empty()),
        }
    }

    /// The figures and attributes that it asks for, but those of expressions.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Attribute(attribute) => vec![&attribute.name.value],
            Kind::Amount(amount) => vec![&amount.quantity.value],
            Kind::Date(dated) => vec![&dated.name.value],
            Kind::All(inner) | Kind::Any(inner) => inner.iter().flat_map(Self::names).collect(),
            Kind::Not(inner) => inner.names(),
            Kind::Expression(_) | Kind::Catalogue(_) => Vec::new(),
        }
    }

    /// Names catalogues by their titles; `title` knows the title of a catalogue's name in the workspace.
    pub fn name_catalogues<'t>(&mut self, title: &impl Fn(&str) -> Option<&'t str>) {
        match &mut self.kind {
            Kind::All(conditions) | Kind::Any(conditions) => {
                for condition in conditions {
                    condition.name_catalogues(title);
                }
            }
            Kind::Not(condition) => condition.name_catalogues(title),
            Kind::Catalogue(wanted) => wanted.title = title(&wanted.catalogue.value).map(str::to_owned),
            Kind::Expression(_) | Kind::Attribute(_) | Kind::Amount(_) | Kind::Date(_) => {}
        }
        self.text = self.kind.to_string();
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |conditions: &[Condition], by: &str| {
            conditions.iter().map(|condition| condition.text.as_str()).collect::<Vec<_>>().join(by)
        };
        match self {
            Self::Expression(expression) => f.write_str(&expression.text),
            Self::Attribute(attribute) => {
                let Attribute { name, some, none } = attribute;
                let name = name.value.as_str();
                match (some.as_slice(), none.as_slice()) {
                    ([one], []) if one == "是" => f.write_str(name),
                    ([one], []) if one == "否" => write!(f, "非{name}"),
                    ([], none) => write!(f, "{name}不含{}", none.join("、")),
                    (some, []) => write!(f, "{name}含{}", some.join("或")),
                    (some, none) => write!(f, "{name}含{}、不含{}", some.join("或"), none.join("、")),
                }
            }
            Self::Catalogue(wanted) => {
                match &wanted.title {
                    Some(title) => write!(f, "列入《{title}》")?,
                    None => write!(f, "列入目录“{}”", wanted.catalogue.value)?,
                }
                match &wanted.column {
                    Some(column) => write!(f, "，{}为{}", column.value, wanted.values.join("或")),
                    None => Ok(()),
                }
            }
            Self::Amount(amount) => {
                write!(f, "{}{}", amount.year.name(), amount.quantity.value)?;
                let bounds = [
                    ("不低于", amount.at_least),
                    ("高于", amount.above),
                    ("不高于", amount.at_most),
                    ("低于", amount.below),
                ];
                for (word, bound) in bounds {
                    if let Some(bound) = bound {
                        write!(f, "{word}{bound}")?;
                    }
                }
                Ok(())
            }
            Self::Date(dated) => {
                f.write_str(&dated.name.value)?;
                if dated.within {
                    f.write_str("在申报年度内")?;
                }
                for (word, day) in [("不早于", dated.from), ("不晚于", dated.to)] {
                    if let Some(day) = day {
                        write!(f, "{word}{day}")?;
                    }
                }
                Ok(())
            }
            Self::All(conditions) => f.write_str(&joined(conditions, "，并且")),
            Self::Any(conditions) => f.write_str(&joined(conditions, "，或者")),
            Self::Not(condition) => write!(f, "不是：{}", condition.text),
        }
    }
}
