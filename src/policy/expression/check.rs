//! 验算式 — before anything is declared: every name exists, units go together, what is compared can be compared.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fraction::Fraction;
use super::parser::Fault;
use super::tree::{Function, Operator, Part, What};
use super::unit::Unit;
use crate::diag::nearest;
use crate::policy::Rules;
use crate::register::{Asked, Enterprise, Item, Register};

/// What a part is, before it is evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A number of something.
    Number(Unit),
    /// A mean growth, which can only be compared.
    Root,
    /// Something that holds or does not.
    Truth,
    /// A day.
    Day,
    /// The word or words of an attribute.
    Words,
    /// Nobody knows: a fault was found already, or no schema says.
    Unknown,
}

/// What is said of a definition that leads back to itself.
const AROUND: &str = "的定义绕回了自己";

/// Checks expressions of rules about one kind of things.
pub struct Checker<'c> {
    pub rules: &'c Rules,
    pub register: &'c Register,
    pub kind: &'c str,
    /// The definition that is checked; nothing, where it is a rule's expression.
    pub root: &'c str,
    /// The text that is looked at.
    pub text: &'c str,
    pub faults: Vec<Fault>,
    /// The definitions that are being looked into.
    pub open: BTreeSet<&'c str>,
}

impl<'c> Checker<'c> {
    fn fault(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Type {
        self.faults.push(Fault::new(span.clone(), message, help));
        Type::Unknown
    }

    /// What a part is.
    pub fn of(&mut self, part: &'c Part) -> Type {
        match &part.what {
            What::Number(number, unit) => {
                let written = self.text.get(part.span.clone()).unwrap_or_default();
                if written.ends_with(['%', '％']) && *number > Fraction::ONE {
                    return self.fault(&part.span, "比率超过了100%", "核对数字；确是几倍的，写作“1.2倍”");
                }
                Type::Number(unit.clone())
            }
            What::Word(_) => Type::Words,
            What::Name(name) => self.name(name, &part.span),
            What::Call(function, values) => self.call(*function, values, &part.span),
            What::Binary(operator, left, right) => self.binary(*operator, left, right, &part.span),
            What::Compare(_, left, right) => {
                let (one, other) = (self.of(left), self.of(right));
                self.comparable(&one, &other, &part.span);
                Type::Truth
            }
            What::All(parts) | What::Any(parts) => {
                for part in parts {
                    self.truth(part);
                }
                Type::Truth
            }
        }
    }

    fn truth(&mut self, part: &'c Part) {
        if !matches!(self.of(part), Type::Truth | Type::Unknown) {
            self.fault(&part.span, "这里应是一个成立或不成立的条件", "如“营业收入 ≥ 5亿元”");
        }
    }

    fn comparable(&mut self, one: &Type, other: &Type, span: &Range<usize>) {
        match (one, other) {
            (Type::Unknown, _) | (_, Type::Unknown) | (Type::Day, Type::Day) | (Type::Words, Type::Words) => {}
            (Type::Number(one), Type::Number(other)) if one == other => {}
            (Type::Number(one), Type::Number(other)) => {
                self.fault(span, format!("单位不同，不能比较：{one}和{other}"), "两边用同一种单位");
            }
            (Type::Root, Type::Number(unit)) if unit.is_plain() => {}
            _ => {
                self.fault(span, "两边不是一类东西，不能比较", "数和数比，日子和日子比，属性和“词”比");
            }
        }
    }

    fn binary(&mut self, operator: Operator, left: &'c Part, right: &'c Part, span: &Range<usize>) -> Type {
        let (one, other) = (self.of(left), self.of(right));
        match (one, other) {
            (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
            (Type::Number(one), Type::Number(other)) => match operator {
                Operator::Times => Type::Number(one.times(&other)),
                Operator::Over => {
                    if matches!(&right.what, What::Number(number, _) if number.is_zero()) {
                        return self.fault(&right.span, "不能除以零", "");
                    }
                    Type::Number(one.over_by(&other))
                }
                Operator::Plus | Operator::Minus if one == other => Type::Number(one),
                Operator::Plus | Operator::Minus => {
                    self.fault(span, format!("单位不同，不能加减：{one}和{other}"), "先用单价或比率换成同一种单位")
                }
            },
            (Type::Day, Type::Number(unit)) if matches!(operator, Operator::Plus | Operator::Minus) => {
                let whole =
                    matches!(&right.what, What::Number(number, _) if number.full(Fraction::ONE) == Some(*number));
                if whole && (unit == Unit::of("年") || unit == Unit::of("日")) {
                    Type::Day
                } else {
                    self.fault(&right.span, "日子只能加减整年或整日", "如“认定日期 + 3年”")
                }
            }
            _ => self.fault(span, "这两样不能加减乘除", "加减乘除的是数；成立不成立用“且”“或”"),
        }
    }

    fn call(&mut self, function: Function, values: &'c [Part], span: &Range<usize>) -> Type {
        let types: Vec<Type> = values.iter().map(|value| self.of(value)).collect();
        let (Some(first), Some(part)) = (types.first(), values.first()) else { return Type::Unknown };
        let rest = types.get(1..).unwrap_or_default();
        match function {
            Function::Not => {
                if !matches!(first, Type::Truth | Type::Unknown) {
                    return self.fault(&part.span, "“非”后面应是一个条件", "如“非(信用 = “失信”)”");
                }
                return Type::Truth;
            }
            Function::If => {
                if !matches!(first, Type::Truth | Type::Unknown) {
                    self.fault(&part.span, "“若”里先写一个条件", function.words());
                }
                let [yes, no] = rest else { return Type::Unknown };
                if *yes != Type::Unknown && *no != Type::Unknown && yes != no {
                    return self.fault(span, "“若”的两个值不是一类，或者单位不同", "两个值用同一种单位");
                }
                return if *yes == Type::Unknown { no.clone() } else { yes.clone() };
            }
            Function::Rank => {
                if !matches!(part.what, What::Name(_)) {
                    return self.fault(&part.span, "“名次”后面应是一个属性", "");
                }
                return Type::Number(Unit::default());
            }
            _ => {}
        }
        let Type::Number(unit) = first else {
            return match first {
                Type::Unknown => Type::Unknown,
                _ => self.fault(&part.span, "这里应是一个数", function.words()),
            };
        };
        let plain = Type::Number(Unit::default());
        match function {
            Function::Least | Function::Greatest => {
                for (other, part) in rest.iter().zip(values.iter().skip(1)) {
                    if *other != Type::Unknown && other != first {
                        self.fault(&part.span, "各个值的单位不同", "较小、较大的各个值用同一种单位");
                    }
                }
                first.clone()
            }
            Function::Before | Function::Increase | Function::Floor => first.clone(),
            Function::Ago | Function::Sum | Function::Growing | Function::MeanGrowth => {
                let years = values.get(1);
                let counts = |part: &Part| {
                    matches!(&part.what, What::Number(number, unit) if *unit == Unit::of("年")
                        && number.full(Fraction::ONE) == Some(*number) && *number >= Fraction::ONE && *number <= Fraction::whole(50))
                };
                if let Some(years) = years.filter(|years| !counts(years)) {
                    return self.fault(&years.span, "这里应是年数", "如“3年”");
                }
                match function {
                    Function::Growing => Type::Truth,
                    Function::MeanGrowth => Type::Root,
                    _ => first.clone(),
                }
            }
            Function::Growth => plain,
            Function::Steps => match rest.first() {
                Some(Type::Number(other)) if other == unit => plain,
                Some(Type::Unknown) | None => plain,
                Some(_) => self.fault(span, "整数档的两个值单位不同", function.words()),
            },
            Function::Bands => {
                for (index, (other, part)) in rest.iter().zip(values.iter().skip(1)).enumerate() {
                    let wanted = if index % 2 == 0 { &plain } else { first };
                    if *other != Type::Unknown && other != wanted {
                        self.fault(&part.span, "分段里一个率、一个界轮着写", function.words());
                    }
                }
                first.clone()
            }
            Function::Highest => {
                if !matches!(part.what, What::Name(_)) {
                    return self.fault(&part.span, "“历年最高”后面应是一个数额的名称", "");
                }
                first.clone()
            }
            Function::Not | Function::If | Function::Rank => Type::Unknown,
        }
    }

    fn name(&mut self, name: &'c str, span: &Range<usize>) -> Type {
        let rules = self.rules;
        if let Some((key, definition)) = rules.definitions.get_key_value(name) {
            let Some(part) = definition.part() else { return Type::Unknown };
            if !self.open.insert(key) {
                // A circle is told once: of the definitions that go round, at the first by name.
                return if self.open.first().is_some_and(|first| *first == self.root) {
                    self.fault(span, format!("“{name}”{AROUND}"), "改掉其中一个定义")
                } else {
                    Type::Unknown
                };
            }
            // What is wrong inside is told where it is defined.
            let (told, text) = (self.faults.len(), std::mem::replace(&mut self.text, &definition.text));
            let found = self.of(part);
            self.text = text;
            let around = self.faults.iter().skip(told).any(|fault| fault.message.ends_with(AROUND));
            self.faults.truncate(told);
            if around {
                return self.fault(span, format!("“{name}”{AROUND}"), "改掉其中一个定义");
            }
            self.open.remove(key.as_str());
            return found;
        }
        if let Some(parameter) = rules.parameters.get(name) {
            return parameter.unit().map_or(Type::Unknown, Type::Number);
        }
        if matches!(name, "年初" | "年末") {
            return Type::Day;
        }
        let (kind, own) = match name.strip_prefix("企业.") {
            Some(own) => (Item::ENTERPRISE, own),
            None => (self.kind, name),
        };
        let schema = &self.register.schema;
        if let Some((_, unit)) = schema.quantities(kind).find(|(known, _)| *known == own) {
            return Type::Number(Unit::of(unit));
        }
        let asked = [kind, Item::ENTERPRISE].into_iter().flat_map(|kind| schema.attributes(kind));
        if let Some((_, asked)) = asked.into_iter().find(|(known, _)| *known == own) {
            return if matches!(asked, Asked::Day) { Type::Day } else { Type::Words };
        }
        if Enterprise::ATTRIBUTES.contains(&own) {
            return Type::Words;
        }
        let others = self.register.enterprises.values().flat_map(|enterprise| enterprise.others.keys());
        if others.into_iter().any(|known| known == own) {
            return Type::Unknown;
        }
        let names = schema.quantities(kind).map(|(name, _)| name);
        let names = names.chain(schema.attributes(kind).map(|(name, _)| name)).chain(Enterprise::ATTRIBUTES);
        let names = names.chain(rules.definitions.keys().map(String::as_str));
        let known: Vec<&str> = names.chain(rules.parameters.keys().map(String::as_str)).collect();
        let near = nearest(own, known.iter().copied());
        if near.is_none() && !schema.knows(kind) {
            return Type::Unknown;
        }
        let help = near.map_or_else(
            || format!("可以写：{}；要加别的，写进 data/facts.yaml", known.join("、")),
            |near| format!("是不是“{near}”？"),
        );
        self.fault(span, format!("“{kind}”没有“{own}”这一数额或属性"), help)
    }
}
