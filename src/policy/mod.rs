//! 政策 — a policy: its words (a document like any other) and its rules, each bound to a clause of the words.
//!
//! Rules are data: `data/policies/<slug>/rules.yaml`. A rule is a subject, conditions, one or more standards (标准) that give
//! money, and limits. Every figure of a rule must stand in the words of its clause, and every figure of those words must be
//! used by a rule or declared not to be one; [`bind`](binding::bind) proves it both ways.

#![deny(clippy::float_arithmetic)]

pub mod adjustment;
pub mod binding;
pub mod condition;
pub mod declared;
pub mod expression;
pub mod facts;
pub mod figure;
pub mod group;
pub mod limit;
pub mod names;
pub mod quotes;
pub mod readings;
pub mod reason;
pub mod reference;
pub mod rule;
pub mod shown;
pub mod skeleton;
pub mod soundness;
pub mod versions;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::calendar::{Day, Year};
use crate::document::{Clause, ClauseId, Outline};
use crate::money::Rounding;
use crate::register::{LedgerEntry, Register};
use crate::yaml::Located;

pub use adjustment::Adjustment;
pub use condition::Condition;
pub use expression::{Expression, Parameter, Stated};
pub use facts::{Dossier, Facts, Standing};
pub use group::{Group, GroupScope, Which};
pub use limit::{Allotment, Bound, Joint, Limit, Part, Scope, shared};
pub use quotes::Quotes;
pub use reference::ClauseRef;
pub use rule::{Reason, Rule, Standard, Step, What};
pub use shown::{Carried, RuleInWords};

/// A policy.
#[derive(Debug)]
pub struct Policy {
    /// Its folder under `data/policies`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its number: `郑政办〔2022〕56号`.
    pub number: String,
    /// The day that it bears (成文日期).
    pub day: Option<Day>,
    /// Its clauses.
    pub outline: Outline,
    /// Its rules and settings.
    pub rules: Rules,
}

/// `rules.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The version of it that it replaces, by its folder: an old year is still judged by the old version.
    #[serde(rename = "代替", default)]
    pub replaces: Option<Located<String>>,
    /// By what short name its awards are called, as `新材料产业` in “新材料产业奖补资金”.
    #[serde(rename = "简称", default)]
    pub short: Option<String>,
    /// By what procedure its awards are decided, as its announcements say it: `企业申报、区县推荐、专家评审`.
    #[serde(rename = "程序", default)]
    pub procedure: Option<String>,
    /// The day on which it came into force.
    #[serde(rename = "施行")]
    pub from: Day,
    /// How long it is in force.
    #[serde(rename = "有效期")]
    pub term: Located<Term>,
    /// The years whose facts it pays for.
    #[serde(rename = "适用年度")]
    pub years: Located<Vec<Year>>,
    /// How many working days its awards are announced at least before they are granted.
    #[serde(rename = "公示不少于", default)]
    pub announced: u32,
    /// How an award is rounded, once, at the end of its formula.
    #[serde(rename = "取整", default)]
    pub rounding: Rounding,
    /// What 就高不重复 means where another policy pays for the same matter.
    #[serde(rename = "就高不重复", default)]
    pub higher_of: HigherOf,
    /// Which of several awards a limit cuts.
    #[serde(rename = "限额分配", default)]
    pub allotment: Allotment,
    /// What an enterprise gets under several clauses together.
    #[serde(rename = "合计限额", default)]
    pub joint: Vec<Joint>,
    /// Who pays which part, where a rule does not say otherwise.
    #[serde(rename = "分担", default)]
    pub parts: Vec<Part>,
    /// Expressions that have a name, for others to use.
    #[serde(rename = "定义", default)]
    pub definitions: BTreeMap<String, Expression>,
    /// Numbers that are set from outside for each year.
    #[serde(rename = "参数", default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// The rules.
    #[serde(rename = "规则")]
    pub rules: Vec<Rule>,
    /// What they quote of the policy's words, once it is taken out.
    #[serde(skip)]
    pub quotes: Quotes,
}

/// 就高不重复: two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum HigherOf {
    /// The difference is paid, so that the total equals the higher one.
    #[default]
    #[serde(rename = "补差")]
    Difference,
    /// One of the two is chosen; what is paid already excludes the other.
    #[serde(rename = "择一")]
    One,
}

impl HigherOf {
    /// The name of the reading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Difference => "补差：两项合计等于较高的一项",
            Self::One => "择一：已享受其他政策的不再给予",
        }
    }
}

/// A number of years, as `3年`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term(pub i16);

impl std::str::FromStr for Term {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let years = text
            .trim()
            .strip_suffix('年')
            .and_then(|digits| digits.parse().ok())
            .filter(|years| (1..=100).contains(years));
        years.map(Self).ok_or_else(|| format!("“{text}”不是年限，应写作“3年”"))
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Rules {
    /// Names catalogues in the words of conditions by their titles.
    pub fn name_catalogues(&mut self, register: &Register) {
        let title = |name: &str| register.catalogues.get(name).map(|catalogue| catalogue.name.value.as_str());
        for condition in self.rules.iter_mut().flat_map(Rule::asked_mut) {
            condition.name_catalogues(&title);
        }
    }
}

impl Policy {
    /// By what an office calls it: its number, or, where it has none, its folder.
    pub fn name(&self) -> &str {
        if self.number.is_empty() { &self.slug } else { &self.number }
    }

    /// Where a clause stands in the words, for putting in order.
    pub fn position(&self, clause: &ClauseId) -> Option<usize> {
        self.outline.clauses().iter().position(|known| known.id == *clause)
    }

    /// Who pays which part of what a rule gives.
    pub fn parts<'a>(&'a self, rule: &'a Rule) -> &'a [Part] {
        if rule.parts.is_empty() { &self.rules.parts } else { &rule.parts }
    }

    /// The clause that a rule belongs to.
    pub fn clause(&self, rule: &Rule) -> Option<&Clause> {
        self.outline.clause(&rule.clause.value)
    }

    /// The sentences of a clause by which a rule pays: those that state figures of the rule; where none does, those that speak
    /// of giving; else the whole paragraph. Sentences that are left out between them are marked with an ellipsis.
    pub fn wording<'r>(&self, rule: &'r Rule) -> &'r str {
        rule.wording.get_or_init(|| self.words_of(rule))
    }

    fn words_of(&self, rule: &Rule) -> String {
        let Some(clause) = self.clause(rule) else { return String::new() };
        let sentences = sentences(&clause.words);
        let states = |sentence: &String| {
            figure::figures(sentence).iter().any(|stated| rule.figures.iter().any(|(figure, _)| figure == stated))
        };
        let gives =
            |sentence: &String| ["给予", "奖励", "资助", "补助", "补贴"].iter().any(|word| sentence.contains(word));
        let by = [&states as &dyn Fn(&String) -> bool, &gives, &|_| true];
        let Some(pays) = by.iter().find(|pays| sentences.iter().any(pays)) else {
            return clause.words.clone();
        };
        let mut wording = String::new();
        let mut last = None;
        for (index, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| pays(sentence)) {
            if last.is_some_and(|last| last + 1 < index) {
                wording.push_str("……");
            }
            wording.push_str(sentence);
            last = Some(index);
        }
        wording
    }

    /// Whether an entry of the ledger was made under a rule, in this version of the policy or in the one that it replaces.
    pub fn granted(&self, rule: &Rule, entry: &LedgerEntry) -> bool {
        let named = entry.clause();
        if self.is_meant(rule, &named) {
            return true;
        }
        let replaced =
            |policy: &Located<String>| self.rules.replaces.as_ref().is_some_and(|old| old.value == policy.value);
        let former = &rule.former.as_ref().unwrap_or(&rule.clause).value;
        named.policy.is_some_and(replaced) && named.clause.value == *former
    }

    /// Whether two policies are versions of one: then they never judge the same year.
    pub fn is_version_of(&self, other: &Self, all: &[Self]) -> bool {
        let replaced = |new: &&Self| {
            let old = new.rules.replaces.as_ref()?;
            all.iter().find(|policy| policy.slug == old.value)
        };
        // As many steps as there are policies: versions that replace each other in a circle are found elsewhere.
        let older = |from| std::iter::successors(Some(from), replaced).take(all.len() + 1);
        older(self).any(|version| version.slug == other.slug) || older(other).any(|version| version.slug == self.slug)
    }

    /// Whether it pays for the facts of a year.
    pub fn covers(&self, year: Year) -> bool {
        self.rules.years.value.contains(&year)
    }

    /// The first and the last year whose facts it pays for.
    pub fn first_and_last_year(&self) -> (Year, Year) {
        let years = &self.rules.years.value;
        let from = self.rules.from.year();
        (years.iter().min().copied().unwrap_or(from), years.iter().max().copied().unwrap_or(from))
    }

    /// Whether it is the one that judges the facts of a year, of all versions of the same policy: the latest one that pays
    /// for the year, or, where none does, the latest one.
    fn stands(&self, year: Year, all: &[Self]) -> bool {
        let newer =
            |old: &Self| all.iter().find(|other| other.rules.replaces.as_ref().is_some_and(|of| of.value == old.slug));
        let older =
            |new: &Self| new.rules.replaces.as_ref().and_then(|of| all.iter().find(|other| other.slug == of.value));
        // As many steps as there are policies: versions that replace each other in a circle are found elsewhere.
        let mut later = std::iter::successors(newer(self), |old| newer(old)).take(all.len());
        let mut earlier = std::iter::successors(older(self), |new| older(new)).take(all.len());
        if self.covers(year) {
            !later.any(|other| other.covers(year))
        } else {
            later.next().is_none() && !earlier.any(|other| other.covers(year))
        }
    }

    /// The policies that judge the facts of a year, each in the one version that does.
    pub fn standing(policies: &[Self], year: Year) -> Vec<&Self> {
        policies.iter().filter(|policy| policy.stands(year, policies)).collect()
    }

    /// The last day on which it is in force.
    pub fn last_day(&self) -> Day {
        self.rules.from.plus_years(self.rules.term.value.0).yesterday()
    }
}

/// The sentences of a clause, each with its mark at the end. A list belongs to the sentence that introduces it; headings and
/// who is responsible are no sentences.
fn sentences(words: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence = String::new();
    for line in words.lines().map(str::trim).filter(|line| !line.starts_with("责任单位")) {
        let whole = |line: &str| line.ends_with(['。', '：', '；', ':', ';', '”', '）']);
        if sentence.is_empty() && !whole(line) {
            continue;
        }
        for part in line.split_inclusive('。') {
            // What closes a quotation or a bracket belongs to the sentence before it.
            let rest = part.trim_start_matches(['”', '’', '）', '》']);
            if let (Some(last), true) = (sentences.last_mut(), sentence.is_empty()) {
                let last: &mut String = last;
                last.push_str(part.get(..part.len() - rest.len()).unwrap_or_default());
            }
            sentence.push_str(if sentence.is_empty() { rest } else { part });
            if sentence.ends_with('。') {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
    }
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn sentences_of_a_clause() {
        assert_eq!(
            sentences("支持企业做大\n引导企业“加油。”对产品，给予100万元。\n责任单位：市工信局。"),
            ["引导企业“加油。”", "对产品，给予100万元。"]
        );
        assert_eq!(
            sentences("鼓励创新。对认定的企业：\n（1）国家级，50万元；\n（2）省级，30万元。"),
            ["鼓励创新。", "对认定的企业：（1）国家级，50万元；（2）省级，30万元。"]
        );
        assert!(sentences("标题").is_empty());
    }
}
