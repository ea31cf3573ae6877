//! 整档 — full steps: each of a size in yuan or in points of growth, a part of one gives nothing: “每增长10个百分点”, “每上一个5亿元台阶”.

use std::fmt;

use serde::Deserialize;

use crate::money::{Money, Points};
use crate::trace::{Telling, Words};

/// The size of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Unit {
    /// In points of growth.
    #[serde(rename = "百分点")]
    Points(Points),
    /// In yuan.
    #[serde(rename = "金额")]
    Money(Money),
}

impl Unit {
    /// How much it is of a base.
    pub fn over(self, base: Money) -> Money {
        match self {
            Self::Points(points) => points.of(base),
            Self::Money(money) => money,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(points) => points.fmt(f),
            Self::Money(money) => money.fmt(f),
        }
    }
}

/// Full steps that were counted.
#[derive(Debug, Clone, PartialEq)]
pub struct FullSteps {
    /// The size of one.
    pub each: Unit,
    /// How many there are.
    pub count: i128,
    /// What each gives.
    pub award: Money,
    /// What they give together.
    pub amount: Money,
}

impl Telling for FullSteps {
    fn words(&self) -> Words {
        let Self { each, count, award, amount } = self;
        Words::new("按整档计算", format!("每{each}一档，满{count}档 × {award}"), amount)
    }
}
