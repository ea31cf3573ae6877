//! 读算式 — from text to parts: `较小(贷款利息 × 50%, 企业.地方财政贡献)`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::fraction::Fraction;
use super::tree::{Comparison, Function, Operator, Part, What};
use super::unit::Unit;
use crate::diag::nearest;

/// What cannot be read, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    /// A fault.
    pub fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }
}

/// So deep may brackets stand in one another, and so long may an expression be.
const DEEPEST: usize = 40;
const LONGEST: usize = 2000;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Decimal, String),
    Word(String),
    Name(String),
    Sign(char),
}

const COMPARISONS: [(&str, Comparison); 14] = [
    ("≥", Comparison::AtLeast),
    ("不低于", Comparison::AtLeast),
    ("达到", Comparison::AtLeast),
    ("不少于", Comparison::AtLeast),
    (">", Comparison::Above),
    ("超过", Comparison::Above),
    ("高于", Comparison::Above),
    ("≤", Comparison::AtMost),
    ("不高于", Comparison::AtMost),
    ("不超过", Comparison::AtMost),
    ("<", Comparison::Below),
    ("低于", Comparison::Below),
    ("不足", Comparison::Below),
    ("=", Comparison::Equal),
];

/// Reads an expression.
pub fn parse(text: &str) -> Result<Part, Fault> {
    if text.len() > LONGEST {
        return Err(Fault::new(0..text.len(), "算式太长", "拆开，分别写进“定义”"));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0 };
    let part = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(part),
        Some((token, span)) => Err(Fault::new(
            span.clone(),
            format!("这里多了“{}”", shown(token)),
            "两个数之间要有 + − × ÷，或者比较的符号",
        )),
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Number(number, unit) => format!("{number}{unit}"),
        Token::Word(word) => format!("“{word}”"),
        Token::Name(name) => name.clone(),
        Token::Sign(sign) => sign.to_string(),
    }
}

/// A character written wide or in one of its other forms.
fn usual(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '，' | '、' => ',',
        '＋' => '+',
        '－' | '—' | '-' | '–' => '−',
        '*' | '✕' => '×',
        '/' | '／' => '÷',
        '＞' => '>',
        '＜' => '<',
        '＝' => '=',
        '≧' => '≥',
        '≦' => '≤',
        other => other,
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
    let mut index = 0;
    while let Some((at, raw)) = chars.get(index).copied() {
        let c = usual(raw);
        let from = index;
        let token = match c {
            _ if c.is_whitespace() => {
                index += 1;
                continue;
            }
            '(' | ')' | ',' | '+' | '−' | '×' | '÷' | '=' | '≠' | '≥' | '≤' => {
                index += 1;
                Token::Sign(c)
            }
            '>' | '<' => {
                index += 1;
                if chars.get(index).is_some_and(|(_, next)| *next == '=' || *next == '＝') {
                    index += 1;
                    Token::Sign(if c == '>' { '≥' } else { '≤' })
                } else {
                    Token::Sign(c)
                }
            }
            '“' | '"' => {
                index += 1;
                let start = index;
                while chars.get(index).is_some_and(|(_, c)| !matches!(c, '”' | '"')) {
                    index += 1;
                }
                let word = text.get(end_of(start)..end_of(index)).unwrap_or_default().to_owned();
                if chars.get(index).is_none() {
                    return Err(Fault::new(at..text.len(), "引号没有关上", "词写在“”里"));
                }
                index += 1;
                Token::Word(word)
            }
            _ if c.is_ascii_digit() => number(text, &chars, &mut index)?,
            _ if c.is_alphabetic() => {
                while chars.get(index).is_some_and(|(_, c)| c.is_alphanumeric() || *c == '.' || *c == '_') {
                    index += 1;
                }
                Token::Name(text.get(at..end_of(index)).unwrap_or_default().to_owned())
            }
            _ => {
                let span = at..at + raw.len_utf8();
                return Err(Fault::new(span, format!("算式里不能有“{raw}”"), "可以用 + − × ÷ ( ) ≥ ≤ > < = 和逗号"));
            }
        };
        tokens.push((token, end_of(from)..end_of(index)));
    }
    Ok(tokens)
}

/// A number with its unit: `5000万元`, `20%`, `1000元/人`.
fn number(text: &str, chars: &[(usize, char)], index: &mut usize) -> Result<Token, Fault> {
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let from = *index;
    while chars.get(*index).is_some_and(|(_, c)| c.is_ascii_digit() || *c == '.') {
        *index += 1;
    }
    let digits = text.get(end_of(from)..end_of(*index)).unwrap_or_default();
    let bad = |to: usize| Fault::new(end_of(from)..end_of(to), "不是数", "写作 5000万元、20%、1000元/人");
    let mut number = Decimal::from_str_exact(digits).map_err(|_| bad(*index))?;
    for (name, zeros) in [('亿', 8), ('万', 4)] {
        if chars.get(*index).is_some_and(|(_, c)| *c == name) {
            *index += 1;
            number = number.checked_mul(Decimal::from(10_u64.pow(zeros))).ok_or_else(|| bad(*index))?;
        }
    }
    let start = *index;
    while let Some((_, c)) = chars.get(*index) {
        let next = chars.get(*index + 1).map(|(_, next)| *next);
        let per = *c == '/' && next.is_some_and(char::is_alphabetic);
        if !(c.is_alphabetic() || matches!(c, '%' | '％' | '‰') || per) {
            break;
        }
        *index += 1;
    }
    Ok(Token::Number(number, text.get(end_of(start)..end_of(*index)).unwrap_or_default().to_owned()))
}

struct Parser<'t> {
    tokens: &'t [(Token, Range<usize>)],
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, span)| span.clone())
    }

    fn takes(&mut self, sign: char) -> bool {
        let is_there = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(is_there);
        is_there
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_there = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.at += usize::from(is_there);
        is_there
    }

    fn any(&mut self) -> Result<Part, Fault> {
        self.several("或", Self::all, What::Any)
    }

    fn all(&mut self) -> Result<Part, Fault> {
        self.several("且", Self::compared, What::All)
    }

    fn several(
        &mut self,
        word: &str,
        one: fn(&mut Self) -> Result<Part, Fault>,
        make: fn(Vec<Part>) -> What,
    ) -> Result<Part, Fault> {
        let first = one(self)?;
        let mut parts = vec![first];
        while self.takes_word(word) {
            parts.push(one(self)?);
        }
        match <[Part; 1]>::try_from(parts) {
            Ok([part]) => Ok(part),
            Err(parts) => {
                let from = parts.first().map_or(0, |part| part.span.start);
                let to = parts.last().map_or(from, |part| part.span.end);
                Ok(Part { what: make(parts), span: from..to })
            }
        }
    }

    fn compared(&mut self) -> Result<Part, Fault> {
        let left = self.sum()?;
        let found = match self.peek() {
            Some(Token::Sign('≠')) => Some(Comparison::Unequal),
            Some(Token::Sign(sign)) => {
                let sign = sign.to_string();
                COMPARISONS.iter().find(|(word, _)| *word == sign).map(|(_, comparison)| *comparison)
            }
            Some(Token::Name(name)) => {
                COMPARISONS.iter().find(|(word, _)| word == name).map(|(_, comparison)| *comparison)
            }
            _ => None,
        };
        let Some(comparison) = found else { return Ok(left) };
        self.at += 1;
        let right = self.sum()?;
        let span = left.span.start..right.span.end;
        Ok(Part { what: What::Compare(comparison, Box::new(left), Box::new(right)), span })
    }

    fn sum(&mut self) -> Result<Part, Fault> {
        self.chain(&[('+', Operator::Plus), ('−', Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Result<Part, Fault> {
        self.chain(&[('×', Operator::Times), ('÷', Operator::Over)], Self::single)
    }

    fn chain(&mut self, signs: &[(char, Operator)], one: fn(&mut Self) -> Result<Part, Fault>) -> Result<Part, Fault> {
        let mut left = one(self)?;
        while let Some((_, operator)) = signs.iter().find(|(sign, _)| self.takes(*sign)) {
            let right = one(self)?;
            let span = left.span.start..right.span.end;
            left = Part { what: What::Binary(*operator, Box::new(left), Box::new(right)), span };
        }
        Ok(left)
    }

    fn single(&mut self) -> Result<Part, Fault> {
        let span = self.span();
        let token = self.peek().cloned();
        self.at += 1;
        match token {
            Some(Token::Number(number, unit)) => {
                let (unit, size) = Unit::read(&unit);
                let number = Fraction::of_decimal(number).times(size);
                let number = number.ok_or_else(|| Fault::new(span.clone(), "数太大", "核对单位"))?;
                Ok(Part { what: What::Number(number, unit), span })
            }
            Some(Token::Word(word)) => Ok(Part { what: What::Word(word), span }),
            Some(Token::Name(name)) if self.peek() == Some(&Token::Sign('(')) => self.call(&name, span),
            Some(Token::Name(name)) => Ok(Part { what: What::Name(name), span }),
            Some(Token::Sign('(')) => {
                self.deeper(&span)?;
                let inner = self.any()?;
                self.close(&span)?;
                Ok(Part {
                    span: span.start..self.tokens.get(self.at - 1).map_or(self.end, |(_, span)| span.end),
                    ..inner
                })
            }
            Some(token) => Err(Fault::new(
                span,
                format!("这里应是一个数，却是“{}”", shown(&token)),
                "补上数、名称，或去掉多余的符号",
            )),
            None => Err(Fault::new(span, "算式没有写完", "末尾应是一个数或名称")),
        }
    }

    fn call(&mut self, name: &str, span: Range<usize>) -> Result<Part, Fault> {
        let Some(function) = Function::ALL.iter().copied().find(|function| function.name() == name) else {
            let names = Function::ALL.iter().map(|function| function.name());
            let help = nearest(name, names.clone()).map_or_else(
                || format!("可以用：{}", names.collect::<Vec<_>>().join("、")),
                |near| format!("是不是“{near}”？"),
            );
            return Err(Fault::new(span, format!("没有“{name}”这个函数"), help));
        };
        self.at += 1;
        self.deeper(&span)?;
        let mut values = vec![self.any()?];
        while self.takes(',') {
            values.push(self.any()?);
        }
        self.close(&span)?;
        let (least, most) = function.takes();
        if !(least..=most).contains(&values.len()) {
            let wanted = if least == most { least.to_string() } else { format!("{least}到{most}") };
            let message = format!("“{name}”要{wanted}个值，写了{}个", values.len());
            return Err(Fault::new(span, message, function.words()));
        }
        let to = self.tokens.get(self.at - 1).map_or(self.end, |(_, span)| span.end);
        Ok(Part { what: What::Call(function, values), span: span.start..to })
    }

    fn deeper(&mut self, span: &Range<usize>) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::new(span.clone(), "括号套得太深", "拆开，分别写进“定义”"));
        }
        Ok(())
    }

    fn close(&mut self, open: &Range<usize>) -> Result<(), Fault> {
        self.depth -= 1;
        if self.takes(')') { Ok(()) } else { Err(Fault::new(open.clone(), "括号没有关上", "补上“)”")) }
    }
}
