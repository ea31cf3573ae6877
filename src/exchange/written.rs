//! 写成 YAML — records as a person would type them into a data file; every value remembers the cell that it came from.

use std::ops::Range;

use super::value::{Kind, Value};
use super::workbook::At;
use crate::yaml;

/// A text, and which stretch of it came from which cell.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Stretches with their cells.
    pub origins: Vec<(Range<usize>, At)>,
}

impl Written {
    /// A value that follows `key:` or `-`, with the blank or line break before it; `indent` is where its block begins.
    pub fn value(&mut self, value: &Value, indent: usize) {
        if is_flow(value) {
            self.text.push(' ');
            self.flow(value);
            return;
        }
        match &value.kind {
            Kind::Text(_) | Kind::Gone => {}
            Kind::List(items) => {
                for item in items {
                    self.line(indent);
                    self.item(item, indent);
                }
            }
            Kind::Map(pairs) => {
                for (key, value) in pairs {
                    self.line(indent);
                    self.pair(key, value, indent);
                }
            }
        }
    }

    /// `- …`, from the dash on.
    pub fn item(&mut self, item: &Value, indent: usize) {
        let start = self.text.len();
        self.text.push('-');
        match &item.kind {
            Kind::Map(pairs) if !is_flow(item) => {
                for (index, (key, value)) in pairs.iter().enumerate() {
                    if index == 0 {
                        self.text.push(' ');
                    } else {
                        self.line(indent + 2);
                    }
                    self.pair(key, value, indent + 2);
                }
            }
            _ => self.value(item, indent + 2),
        }
        self.came(start, item);
    }

    /// `key: value`.
    pub fn pair(&mut self, key: &str, value: &Value, indent: usize) {
        let start = self.text.len();
        self.text.push_str(&yaml::scalar(key));
        self.text.push(':');
        self.value(value, indent + 2);
        self.came(start, value);
    }

    /// A value in one line.
    pub fn flow(&mut self, value: &Value) {
        let start = self.text.len();
        match &value.kind {
            Kind::Text(text) => self.text.push_str(&scalar(text)),
            Kind::Gone => {}
            Kind::List(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { ", " });
                    self.flow(item);
                }
                self.text.push(']');
            }
            Kind::Map(pairs) => {
                self.text.push_str("{ ");
                for (index, (key, value)) in pairs.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { ", " });
                    let start = self.text.len();
                    self.text.push_str(&yaml::scalar(key));
                    self.text.push_str(": ");
                    self.flow(value);
                    self.came(start, value);
                }
                self.text.push_str(" }");
            }
        }
        self.came(start, value);
    }

    fn line(&mut self, indent: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    fn came(&mut self, start: usize, value: &Value) {
        if let Some(at) = &value.at {
            // What is inside and came from the same cell need not be told apart.
            while self.origins.last().is_some_and(|(range, inner)| range.start >= start && inner == at) {
                self.origins.pop();
            }
            self.origins.push((start..self.text.len(), at.clone()));
        }
    }
}

/// Digits in quotes where YAML would take them for a number is no matter of ours: the reader takes all as text. 是 and 否 stand bare.
fn scalar(text: &str) -> String {
    if matches!(text, "是" | "否") { text.to_owned() } else { yaml::scalar(text) }
}

/// What a person writes in one line: text, words in a list, figures by year.
fn is_flow(value: &Value) -> bool {
    let plain = |value: &Value| matches!(value.kind, Kind::Text(_));
    match &value.kind {
        Kind::Text(_) | Kind::Gone => true,
        Kind::List(items) => items.iter().all(plain),
        Kind::Map(pairs) => pairs.iter().all(|(key, value)| plain(value) && key.bytes().all(|b| b.is_ascii_digit())),
    }
}
