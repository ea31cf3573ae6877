//! 算 — what an expression comes to for the facts of an item: exact, and not known where a figure is missing.

use super::fraction::Fraction;
use super::tree::{self, Comparison, Function, Operator, Part};
use super::unit::Unit;
use crate::calendar::{Day, Year};
use crate::money::{Measure, Money};
use crate::policy::Facts;
use crate::source::Place;
use crate::trace::{Step, Terms, What};
use crate::yaml::Located;

/// What a part comes to.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A number.
    Number(Fraction),
    /// A ratio whose root is meant: (1 + growth) to the power of the years.
    Root(Fraction, u32),
    /// Whether something holds.
    Truth(bool),
    /// A day.
    Day(Day),
    /// The word or words of an attribute.
    Words(Terms<'a>),
}

/// Why a part comes to nothing that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap<'a> {
    /// A figure was not declared.
    Figure(&'a str, Year),
    /// An attribute is not written, or says no day, no rank.
    Attribute(&'a str),
    /// A parameter has no value for the year, or for the group.
    Parameter(&'a str, Year),
    /// Something is divided by nothing.
    ByZero,
    /// A number is too large, or values do not go together: the check finds it.
    Beyond,
}

/// What was looked at on the way.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// A declared amount.
    Amount(&'a str, Year, Located<Money>),
    /// A declared number with another unit.
    Measure(&'a str, Year, &'a Measure, Place),
    /// An attribute.
    Words(&'a str, Located<Terms<'a>>),
    /// A number that is set from outside.
    Parameter(&'a str, &'a str, Place),
}

impl<'a> Seen<'a> {
    /// As a step.
    pub fn step<K>(self) -> Step<'a, K> {
        match self {
            Self::Amount(quantity, year, Located { value: amount, place }) => {
                Step::new(What::Figure { quantity, year, amount }).at(place)
            }
            Self::Measure(quantity, year, measure, place) => {
                Step::new(What::Measured { quantity, year, measure }).at(place)
            }
            Self::Words(name, Located { value: words, place }) => Step::new(What::Written { name, words }).at(place),
            Self::Parameter(name, text, place) => Step::new(What::Stated { name, text }).at(place),
        }
    }
}

/// Where an expression is evaluated.
pub struct Evaluation<'c, 'a> {
    pub facts: &'c Facts<'c, 'a>,
    pub see: &'c mut dyn FnMut(Seen<'a>),
    /// How many definitions it is inside of: one that leads back to itself comes to nothing.
    pub depth: usize,
}

/// Deeper than this no definition stands in another.
const DEEPEST: usize = 30;

type Known<'a> = Result<Value<'a>, Gap<'a>>;

impl<'a> Evaluation<'_, 'a> {
    /// The value of a part for a year.
    pub fn value(&mut self, part: &'a Part, year: Year) -> Known<'a> {
        match &part.what {
            tree::What::Number(number, _) => Ok(Value::Number(*number)),
            tree::What::Word(word) => Ok(Value::Words(Terms::One(word))),
            tree::What::Name(name) => self.named(name, year),
            tree::What::Call(function, values) => self.call(*function, values, year),
            tree::What::Binary(operator, left, right) => self.binary(*operator, left, right, year),
            tree::What::Compare(comparison, left, right) => {
                let (left, right) = (self.value(left, year), self.value(right, year));
                compare(*comparison, left?, right?).map(Value::Truth)
            }
            tree::What::All(parts) => self.several(parts, year, false),
            tree::What::Any(parts) => self.several(parts, year, true),
        }
    }

    /// Whether all of several hold, or any: every one is asked; what is not known decides only where nothing else does.
    fn several(&mut self, parts: &'a [Part], year: Year, decides: bool) -> Known<'a> {
        let mut result = Ok(Value::Truth(!decides));
        for part in parts {
            match self.value(part, year) {
                Ok(Value::Truth(truth)) if truth == decides => result = Ok(Value::Truth(decides)),
                Ok(Value::Truth(_)) => {}
                Ok(_) => return Err(Gap::Beyond),
                Err(gap) if !matches!(result, Ok(Value::Truth(truth)) if truth == decides) => result = Err(gap),
                Err(_) => {}
            }
        }
        result
    }

    fn number(&mut self, part: &'a Part, year: Year) -> Result<Fraction, Gap<'a>> {
        match self.value(part, year)? {
            Value::Number(number) => Ok(number),
            _ => Err(Gap::Beyond),
        }
    }

    /// A whole number of years.
    fn years(&mut self, part: &'a Part, year: Year) -> Result<i16, Gap<'a>> {
        let number = self.number(part, year)?;
        let whole = number.full(Fraction::ONE).filter(|whole| *whole == number).and_then(Fraction::money);
        let years = whole.and_then(|years| i16::try_from(years.cents() / 100).ok());
        years.filter(|years| (1..=50).contains(years)).ok_or(Gap::Beyond)
    }

    fn named(&mut self, name: &'a str, year: Year) -> Known<'a> {
        let facts = self.facts;
        if let Some(figure) = facts.figure(name, year) {
            (self.see)(Seen::Amount(name, year, figure));
            return Ok(Value::Number(Fraction::of_money(figure.value)));
        }
        if let Some(figure) = facts.measure(name, year) {
            (self.see)(Seen::Measure(name, year, &figure.value, figure.place));
            let size = Unit::read(&figure.value.unit).1;
            return Fraction::of_decimal(figure.value.number).times(size).map(Value::Number).ok_or(Gap::Beyond);
        }
        let rules = &facts.policy.rules;
        if let Some(definition) = rules.definitions.get(name) {
            self.depth += 1;
            let value = match definition.part().filter(|_| self.depth <= DEEPEST) {
                Some(part) => self.value(part, year),
                None => Err(Gap::Beyond),
            };
            self.depth -= 1;
            return value;
        }
        if let Some(parameter) = rules.parameters.get(name) {
            let group = parameter.group().and_then(|attribute| facts.attribute(attribute));
            let stated = parameter.of(year, group.map(|group| group.value)).ok_or(Gap::Parameter(name, year))?;
            (self.see)(Seen::Parameter(name, &stated.text, stated.place));
            return Ok(Value::Number(stated.number));
        }
        match name {
            "年初" => return Day::new(year.0, 1, 1).map(Value::Day).ok_or(Gap::Beyond),
            "年末" => return Day::new(year.0, 12, 31).map(Value::Day).ok_or(Gap::Beyond),
            _ => {}
        }
        if facts.has_quantity(name) {
            return Err(Gap::Figure(name, year));
        }
        let Some(found) = facts.attribute(name) else { return Err(Gap::Attribute(name)) };
        (self.see)(Seen::Words(name, found));
        let day = found.value.one().and_then(|word| word.parse::<Day>().ok());
        Ok(day.map_or(Value::Words(found.value), Value::Day))
    }

    fn binary(&mut self, operator: Operator, left: &'a Part, right: &'a Part, year: Year) -> Known<'a> {
        let (one, other) = (self.value(left, year), self.value(right, year));
        let number = match (one?, other?) {
            (Value::Number(one), Value::Number(other)) => match operator {
                Operator::Plus => one.plus(other),
                Operator::Minus => one.minus(other),
                Operator::Times => one.times(other),
                Operator::Over if other.is_zero() => return Err(Gap::ByZero),
                Operator::Over => one.over_by(other),
            },
            (Value::Day(day), Value::Number(_)) => return shifted(day, operator, right).map(Value::Day),
            _ => None,
        };
        number.map(Value::Number).ok_or(Gap::Beyond)
    }

    fn call(&mut self, function: Function, values: &'a [Part], year: Year) -> Known<'a> {
        let (Some(first), rest) = (values.first(), values.get(1..).unwrap_or_default()) else {
            return Err(Gap::Beyond);
        };
        let before = year.previous();
        let number = match function {
            Function::Least | Function::Greatest => {
                let mut best = self.number(first, year)?;
                for value in rest {
                    let value = self.number(value, year)?;
                    best = if function == Function::Least { best.min(value) } else { best.max(value) };
                }
                best
            }
            Function::Before => return self.value(first, before),
            Function::Ago => {
                let years = self.second(rest, year)?;
                return self.value(first, Year(year.0 - years));
            }
            Function::Sum => {
                let years = self.second(rest, year)?;
                let mut sum = Fraction::ZERO;
                for ago in 0..years {
                    sum = sum.plus(self.number(first, Year(year.0 - ago))?).ok_or(Gap::Beyond)?;
                }
                sum
            }
            Function::Increase => {
                let (now, base) = (self.number(first, year)?, self.number(first, before)?);
                if now > base { now.minus(base).ok_or(Gap::Beyond)? } else { Fraction::ZERO }
            }
            Function::Growth => {
                let (now, base) = (self.number(first, year)?, self.number(first, before)?);
                let more = now.minus(base).ok_or(Gap::Beyond)?;
                if base.is_zero() {
                    return Err(Gap::ByZero);
                }
                more.over_by(base).ok_or(Gap::Beyond)?
            }
            Function::MeanGrowth => {
                let years = self.second(rest, year)?;
                let (now, base) = (self.number(first, year)?, self.number(first, Year(year.0 - years))?);
                if base.is_zero() {
                    return Err(Gap::ByZero);
                }
                let ratio = now.over_by(base).ok_or(Gap::Beyond)?;
                return Ok(Value::Root(ratio, u32::try_from(years).map_err(|_| Gap::Beyond)?));
            }
            Function::Growing => {
                let years = self.second(rest, year)?;
                let mut grows = true;
                for ago in 0..years {
                    let year = Year(year.0 - ago);
                    grows &= self.number(first, year)? > self.number(first, year.previous())?;
                }
                return Ok(Value::Truth(grows));
            }
            Function::Steps => {
                let (of, size) = (self.number(first, year)?, self.only(rest, year)?);
                if size.is_zero() {
                    return Err(Gap::ByZero);
                }
                of.full(size).ok_or(Gap::Beyond)?.max(Fraction::ZERO)
            }
            Function::Bands => self.bands(first, rest, year)?,
            Function::Highest => {
                let tree::What::Name(name) = &first.what else { return Err(Gap::Beyond) };
                let highest = self.facts.earlier(name).max_by_key(|(_, figure)| figure.value);
                let (of, figure) = highest.ok_or(Gap::Figure(name, before))?;
                (self.see)(Seen::Amount(name, of, figure));
                Fraction::of_money(figure.value)
            }
            Function::Rank => {
                let tree::What::Name(name) = &first.what else { return Err(Gap::Beyond) };
                let Some(found) = self.facts.attribute(name) else { return Err(Gap::Attribute(name)) };
                (self.see)(Seen::Words(name, found));
                let word = found.value.one().unwrap_or_default();
                let digits = word.trim_start_matches('第').trim_end_matches(['名', '位']);
                let rank = digits.parse::<u32>().ok().filter(|rank| *rank > 0).ok_or(Gap::Attribute(name))?;
                Fraction::whole(i128::from(rank))
            }
            Function::Floor => self.number(first, year)?.full(Fraction::ONE).ok_or(Gap::Beyond)?,
            Function::If => {
                let Value::Truth(holds) = self.value(first, year)? else { return Err(Gap::Beyond) };
                let [yes, no] = rest else { return Err(Gap::Beyond) };
                return self.value(if holds { yes } else { no }, year);
            }
            Function::Not => match self.value(first, year)? {
                Value::Truth(truth) => return Ok(Value::Truth(!truth)),
                _ => return Err(Gap::Beyond),
            },
        };
        Ok(Value::Number(number))
    }

    fn only(&mut self, rest: &'a [Part], year: Year) -> Result<Fraction, Gap<'a>> {
        self.number(rest.first().ok_or(Gap::Beyond)?, year)
    }

    fn second(&mut self, rest: &'a [Part], year: Year) -> Result<i16, Gap<'a>> {
        self.years(rest.first().ok_or(Gap::Beyond)?, year)
    }

    /// A rate for what lies below each bound and above the one before it.
    fn bands(&mut self, of: &'a Part, bands: &'a [Part], year: Year) -> Result<Fraction, Gap<'a>> {
        let of = self.number(of, year)?;
        let (mut sum, mut from) = (Fraction::ZERO, Fraction::ZERO);
        for band in bands.chunks(2) {
            let [rate, rest @ ..] = band else { break };
            let rate = self.number(rate, year)?;
            let to = match rest.first() {
                Some(bound) => self.number(bound, year)?.min(of),
                None => of,
            };
            if to > from {
                let part = to.minus(from).and_then(|part| part.times(rate));
                sum = part.and_then(|part| sum.plus(part)).ok_or(Gap::Beyond)?;
                from = to;
            }
        }
        Ok(sum)
    }
}

/// A day so many years or days later, or earlier.
fn shifted<'a>(day: Day, operator: Operator, by: &Part) -> Result<Day, Gap<'a>> {
    let tree::What::Number(number, unit) = &by.what else { return Err(Gap::Beyond) };
    let whole = number.full(Fraction::ONE).filter(|whole| whole == number).and_then(Fraction::money);
    let count = whole.and_then(|count| i16::try_from(count.cents() / 100).ok()).ok_or(Gap::Beyond)?;
    let count = if operator == Operator::Minus { -count } else { count };
    if *unit == Unit::of("日") {
        day.plus_days(i64::from(count)).ok_or(Gap::Beyond)
    } else {
        Ok(day.plus_years(count))
    }
}

fn compare<'a>(comparison: Comparison, left: Value<'a>, right: Value<'a>) -> Result<bool, Gap<'a>> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(&right),
        (Value::Day(left), Value::Day(right)) => left.cmp(&right),
        (Value::Root(ratio, years), Value::Number(rate)) => {
            let grown = Fraction::ONE.plus(rate).and_then(|grown| grown.power(years)).ok_or(Gap::Beyond)?;
            ratio.cmp(&grown)
        }
        (Value::Words(words), Value::Words(Terms::One(word))) => {
            let has = words.contains(word);
            return match comparison {
                Comparison::Equal => Ok(has),
                Comparison::Unequal => Ok(!has),
                _ => Err(Gap::Beyond),
            };
        }
        _ => return Err(Gap::Beyond),
    };
    Ok(match comparison {
        Comparison::AtLeast => order.is_ge(),
        Comparison::Above => order.is_gt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Below => order.is_lt(),
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
    })
}
