//! 条件 — what must hold before a rule gives anything: attributes, entries of catalogues in force, amounts; all, any, not.

use std::fmt;

use serde::Deserialize;

use super::Facts;
use super::reason::Unmet;
use crate::calendar::{Day, Year};
use crate::money::Money;
use crate::source::Place;
use crate::trace::{Found, Sink, Step, Terms, What};
use crate::yaml::Located;

/// A condition with its words.
#[derive(Debug, Deserialize)]
#[serde(from = "Kind")]
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

/// The kinds of conditions; a kind is a key.
#[derive(Debug, Deserialize)]
pub enum Kind {
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
    /// Whether it holds, with every question as a step.
    pub fn holds<'a>(&'a self, facts: &Facts<'_, 'a>, sink: &mut impl Sink<'a>) -> bool {
        match &self.kind {
            // Every question is asked, so that the trace answers all of them.
            Kind::All(conditions) => conditions.iter().filter(|condition| !condition.holds(facts, sink)).count() == 0,
            Kind::Any(conditions) => conditions.iter().filter(|condition| condition.holds(facts, sink)).count() > 0,
            _ => {
                let (found, place, holds) = self.answer(facts);
                sink.step(|| Step { what: What::Condition { asked: &self.text, found, holds }, place });
                holds
            }
        }
    }

    /// The condition as one that does not hold.
    pub fn unmet<'a>(&'a self, facts: &Facts<'_, 'a>) -> Unmet<'a> {
        let single = !matches!(self.kind, Kind::All(_) | Kind::Any(_));
        Unmet { asked: &self.text, found: single.then(|| self.answer(facts).0) }
    }

    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> (Found<'a>, Option<Place>, bool) {
        match &self.kind {
            Kind::Attribute(attribute) => match facts.attribute(&attribute.name.value) {
                Some(found) => {
                    let has = |words: &[String]| words.iter().any(|word| found.value.contains(word));
                    let holds = (attribute.some.is_empty() || has(&attribute.some)) && !has(&attribute.none);
                    (Found::Words(found.value), Some(found.place), holds)
                }
                None => (Found::Nothing, Some(facts.dossier.enterprise.name.place), attribute.some.is_empty()),
            },
            Kind::Catalogue(wanted) => wanted.answer(facts),
            Kind::Amount(amount) => amount.answer(facts),
            Kind::Date(dated) => dated.answer(facts),
            Kind::All(conditions) => {
                (Found::Nothing, None, conditions.iter().all(|condition| condition.answer(facts).2))
            }
            Kind::Any(conditions) => {
                (Found::Nothing, None, conditions.iter().any(|condition| condition.answer(facts).2))
            }
            Kind::Not(condition) => {
                let (found, place, holds) = condition.answer(facts);
                (found, place, !holds)
            }
        }
    }
}

impl Amount {
    /// The first year whose figure is not admitted, or else the last one.
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> (Found<'a>, Option<Place>, bool) {
        let mut answer = (Found::Nothing, None, true);
        for year in self.year.years(facts.year()) {
            answer = match facts.figure(&self.quantity.value, year) {
                Some(figure) => (Found::Amount(figure.value), Some(figure.place), self.admits(figure.value)),
                None => (Found::Nothing, facts.item.place(), false),
            };
            if !answer.2 {
                break;
            }
        }
        answer
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
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> (Found<'a>, Option<Place>, bool) {
        let Some(found) = facts.attribute(&self.name.value) else { return (Found::Nothing, facts.item.place(), false) };
        let Terms::One(word) = found.value else { return (Found::Words(found.value), Some(found.place), false) };
        let Ok(day) = word.parse::<Day>() else { return (Found::Words(found.value), Some(found.place), false) };
        let holds = self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && (!self.within || day.year() == facts.year());
        (Found::Day(day), Some(found.place), holds)
    }
}

impl InCatalogue {
    fn answer<'a>(&'a self, facts: &Facts<'_, 'a>) -> (Found<'a>, Option<Place>, bool) {
        let entries = facts.item.entries();
        let mut answer = match entries.first() {
            Some(id) => (Found::Entry(&id.value, None), Some(id.place), false),
            None => (Found::Nothing, facts.item.place(), false),
        };
        for id in entries {
            let editions = || facts.dossier.register.editions(&self.catalogue.value);
            let mut in_force = editions().filter(|edition| edition.validity.value.touches(facts.year()));
            let Some(entry) = in_force.find_map(|edition| edition.entry(&id.value)) else {
                if editions().any(|edition| edition.entry(&id.value).is_some()) {
                    answer = (Found::Expired(&id.value), Some(id.place), false);
                }
                continue;
            };
            let cell =
                self.column.as_ref().and_then(|column| entry.get(&column.value)).map(|cell| cell.value.0.as_str());
            let holds = self.column.is_none() || cell.is_some_and(|cell| self.values.iter().any(|value| value == cell));
            answer = (Found::Entry(&id.value, cell), Some(id.place), holds);
            if holds {
                break;
            }
        }
        answer
    }
}

impl Condition {
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
            Kind::Attribute(_) | Kind::Amount(_) | Kind::Date(_) => {}
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
            Self::Attribute(attribute) => {
                let Attribute { name, some, none } = attribute;
                f.write_str(&name.value)?;
                match (some.as_slice(), none.as_slice()) {
                    ([one], []) if one == "是" || one == "否" => write!(f, "为“{one}”"),
                    ([], none) => write!(f, "不含{}", none.join("、")),
                    (some, []) => write!(f, "含{}", some.join("或")),
                    (some, none) => write!(f, "含{}、不含{}", some.join("或"), none.join("、")),
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
