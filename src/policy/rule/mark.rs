//! 标记与试例 — what there is in a standard for an input to meet (a tier, a grade, a rate), and inputs on each side of its edge:
//! `check` asks which marks nothing has met yet, the tests judge every input. A kind states them beside its formula, and works
//! out by itself what should come of each: so that the two can differ.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::money::{Money, Share};
use crate::source::Place;
use crate::yaml::Located;

/// Something in a standard that an input can meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'a> {
    /// Where it stands. A step that gives by it names the same place.
    pub place: Place,
    /// What it is, in words: `达到3亿元档`.
    pub name: String,
    /// An input that meets it, in words: `销售额首次达到3亿元`.
    pub witness: String,
    /// What it gives to such an input, where that is a fixed amount.
    pub award: Option<Money>,
    /// What a figure of the declared year must reach for it, where it asks for that.
    pub reach: Option<(&'a str, Money)>,
}

impl<'a> Mark<'a> {
    /// The mark of a share of a figure.
    pub(super) fn of_share(share: &Located<Share>, base: &'a str) -> Self {
        Self {
            place: share.place,
            name: format!("{base}的{}", share.value),
            witness: format!("{base}不为零的一项"),
            award: None,
            reach: None,
        }
    }
}

/// What is declared in a trial: nothing else stands in the declaration or the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input<'a> {
    /// Figures: the name, how many years before the declared one, the amount.
    pub figures: Vec<(&'a str, i16, Money)>,
    /// Words under an attribute; the same attribute several times is a list.
    pub words: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Input<'a> {
    /// One figure of the declared year, and the figure of the year before where there is one.
    pub(super) fn figure(name: &'a str, now: Money, before: Option<Money>) -> Self {
        let before = before.map(|before| (name, 1, before));
        Self { figures: std::iter::once((name, 0, now)).chain(before).collect(), words: Vec::new() }
    }

    /// One word under an attribute.
    pub(super) fn word(name: &'a str, word: impl Into<Cow<'a, str>>) -> Self {
        Self { figures: Vec::new(), words: vec![(name, word.into())] }
    }
}

/// What should come of a trial under the standard alone, before rounding and limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comes {
    /// The mark is not met.
    Missed,
    /// It is met, and is the last of the standard that is.
    Met,
    /// Likewise, and the standard gives this.
    Gives(Money),
}

/// An input at the edge of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial<'a> {
    /// The mark, by its place.
    pub mark: Place,
    /// What is declared.
    pub input: Input<'a>,
    /// What should come of it.
    pub comes: Comes,
}

/// An input for which a standard gives at least a wanted amount, as little more as it can, and what it gives.
pub type Toward<'a> = Option<(Input<'a>, Money)>;

/// A 分, the least by which two declared amounts differ.
pub(super) fn cent() -> Money {
    Money::yuan(Decimal::new(1, 2))
}

/// A figure large enough to grow by the finest steps that can be written.
pub(super) fn hundred_million() -> Money {
    Money::yuan(Decimal::from(100_000_000))
}

/// Amounts of which shares are tried: the smallest, uneven ones, a large one.
pub(super) fn bases() -> [Money; 6] {
    [(1, 2), (1, 0), (9_999, 2), (1_234_567, 2), (333_333, 0), (987_654_321, 1)]
        .map(|(digits, scale)| Money::yuan(Decimal::new(digits, scale)))
}

/// The least amount in 分 of which a share comes to a wanted amount, and what it comes to.
pub(super) fn least_base(share: Share, wanted: Money) -> Option<(Money, Money)> {
    let exact = (wanted.decimal() * Decimal::ONE_HUNDRED).checked_div(share.in_percent())?;
    let base = Money::yuan(exact.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero));
    Some((base, share.of(base)))
}

/// How many awards of one size come to a wanted amount; `None` where they are more than a trial can count.
pub(super) fn least_count(award: Money, wanted: Money) -> Option<i128> {
    let full = wanted.full(award);
    let count = if award * full < wanted { full + 1 } else { full };
    (!award.is_zero() && count <= 100_000).then_some(count)
}
