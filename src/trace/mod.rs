//! 计算过程 — the steps of an award: what was asked, what was found and where, what came of it; for no as for yes.
//!
//! A step holds values, not words: it is written out only where somebody reads it, and every reader (terminal, letter,
//! page, data file) gets the same words. What several kinds of standards say, or others ask about, is a [`What`]; what one kind
//! alone says stands in that kind's file, as a type that can tell it in words.

mod found;
mod what;

use std::convert::Infallible;

use crate::source::Place;

pub use found::{Found, Terms, checked};
pub use what::{Target, Together, What};

/// Takes the steps of a calculation; or does not, where only the amount is wanted.
pub trait Sink<S> {
    /// Whether steps are kept. Where they are not, a refusal does not say why either.
    const KEEPS: bool;

    /// Makes room for about so many steps.
    fn expect(&mut self, steps: usize);

    /// Takes a step. The step is made only if it is kept.
    fn step(&mut self, step: impl FnOnce() -> S);

    /// Gives back the room that was not needed: most of a year's assessments are refusals of a step or two.
    fn settle(&mut self);

    /// Drops the steps that a later one has made idle.
    fn forget(&mut self, idle: impl Fn(&S) -> bool);

    /// A reason, as a list of one; none, where none are kept.
    fn reasons<R>(reason: impl FnOnce() -> R) -> Vec<R> {
        if Self::KEEPS { vec![reason()] } else { Vec::new() }
    }
}

impl<S> Sink<S> for Vec<S> {
    const KEEPS: bool = true;

    fn expect(&mut self, steps: usize) {
        self.reserve(steps);
    }

    fn step(&mut self, step: impl FnOnce() -> S) {
        self.push(step());
    }

    fn settle(&mut self) {
        self.shrink_to_fit();
    }

    fn forget(&mut self, idle: impl Fn(&S) -> bool) {
        self.retain(|step| !idle(step));
    }
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl<S> Sink<S> for Silent {
    const KEEPS: bool = false;

    fn expect(&mut self, _: usize) {}

    fn step(&mut self, _: impl FnOnce() -> S) {}

    fn settle(&mut self) {}

    fn forget(&mut self, _: impl Fn(&S) -> bool) {}
}

/// One step; `K` is what kinds of standards say in words of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a, K> {
    /// What happened.
    pub what: What<'a, K>,
    /// Where the figure or the fact behind it was declared.
    pub place: Option<Place>,
    /// Where in the rules the tier, rate or grade stands by which it gives; `None` where the step does not give by one.
    pub by: Option<Place>,
}

impl<'a, K> Step<'a, K> {
    /// A step without places.
    pub fn new(what: What<'a, K>) -> Self {
        Self { what, place: None, by: None }
    }

    /// The same step, of a fact that stands here.
    #[must_use]
    pub fn at(self, place: impl Into<Option<Place>>) -> Self {
        Self { place: place.into(), ..self }
    }

    /// The same step, given by what stands here in the rules.
    #[must_use]
    pub fn by(self, place: Place) -> Self {
        Self { by: Some(place), ..self }
    }
}

/// A step in words: its name, how it was computed, what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// 步骤.
    pub step: String,
    /// 算式.
    pub formula: String,
    /// 值.
    pub value: String,
}

impl Words {
    /// The words of a step.
    pub fn new(step: &str, formula: impl Into<String>, value: impl ToString) -> Self {
        Self { step: step.to_owned(), formula: formula.into(), value: value.to_string() }
    }
}

/// What can be told as a step.
pub trait Telling {
    /// It in words.
    fn words(&self) -> Words;

    /// Whether it says that nothing but the enterprise's own word shows what is paid for.
    fn is_unproved(&self) -> bool {
        false
    }
}

/// Said by a kind that has nothing to say beyond what all say.
impl Telling for Infallible {
    fn words(&self) -> Words {
        match *self {}
    }
}

impl<K: Telling> Step<'_, K> {
    /// The step in words.
    pub fn words(&self) -> Words {
        self.what.words()
    }
}
