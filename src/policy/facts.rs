//! 事实 — what a rule may look at when it judges one item of one declaration: the enterprise, the item's figures of all
//! years, and what was granted for it before.

use super::Policy;
use crate::calendar::Year;
use crate::document::ClauseId;
use crate::money::Money;
use crate::register::{Enterprise, Grant, Item, Register};
use crate::yaml::Located;

/// The facts about one item.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Everything that is known.
    pub register: &'a Register,
    /// The policy whose rule asks.
    pub policy: &'a Policy,
    /// The enterprise.
    pub enterprise: &'a Enterprise,
    /// The declared year.
    pub year: Year,
    /// The item.
    pub item: Item<'a>,
    /// Figures that other years' declarations state of the same item: name, year, figure.
    history: Vec<(&'a str, Year, Located<Money>)>,
}

impl<'a> Facts<'a> {
    /// The facts about an item that was declared for a year.
    pub fn new(
        register: &'a Register,
        policy: &'a Policy,
        enterprise: &'a Enterprise,
        year: Year,
        item: Item<'a>,
    ) -> Self {
        let mut history = Vec::new();
        for (other_year, declarations) in &register.declarations {
            if *other_year == year {
                continue;
            }
            let Some(declaration) =
                declarations.iter().find(|declaration| declaration.enterprise.value == enterprise.code.value)
            else {
                continue;
            };
            for other in
                declaration.items().into_iter().filter(|other| other.kind == item.kind && other.name == item.name)
            {
                for (quantity, figures) in other.amounts {
                    history.extend(
                        figures
                            .iter()
                            .map(|(of, figure)| (quantity, of, Located { value: figure.value, place: figure.place })),
                    );
                }
            }
        }
        Self { register, policy, enterprise, year, item, history }
    }

    /// A figure of a year: as declared now, or else as another year's declaration states it.
    pub fn figure(&self, quantity: &str, year: Year) -> Option<Located<Money>> {
        let now = self.item.amount(quantity).and_then(|figures| figures.get(year));
        now.map(|figure| Located { value: figure.value, place: figure.place }).or_else(|| {
            let found = self.history.iter().find(|(name, of, _)| *name == quantity && *of == year);
            found.map(|(_, _, figure)| Located { value: figure.value, place: figure.place })
        })
    }

    /// All figures of the years before the declared one, by year.
    pub fn earlier(&self, quantity: &str) -> Vec<(Year, Located<Money>)> {
        let mut years: Vec<Year> = self
            .item
            .amount(quantity)
            .into_iter()
            .flat_map(|figures| figures.iter().map(|(year, _)| year))
            .chain(self.history.iter().filter(|(name, _, _)| *name == quantity).map(|(_, year, _)| *year))
            .filter(|year| *year < self.year)
            .collect();
        years.sort_unstable();
        years.dedup();
        years.into_iter().filter_map(|year| Some((year, self.figure(quantity, year)?))).collect()
    }

    /// What stands under an attribute of the item or, where it has none of that name, of the enterprise.
    pub fn attribute(&self, name: &str) -> Option<Located<Vec<&'a str>>> {
        let of_item = self.item.attributes.iter().find(|(known, _)| *known == name);
        of_item
            .map(|(_, word)| Located { value: vec![word.value], place: word.place })
            .or_else(|| self.enterprise.attribute(name))
    }

    /// What was granted for this item under a clause for earlier years.
    pub fn grants(&self, clause: &'a ClauseId) -> impl Iterator<Item = (Year, &'a Grant)> + '_ {
        let (code, name) = (self.enterprise.code.value, self.item.name);
        let slug = self.policy.slug.as_str();
        self.register.ledger.range(..self.year).flat_map(move |(year, grants)| {
            grants
                .iter()
                .filter(move |grant| {
                    grant.enterprise.value == code
                        && grant.clause.value == *clause
                        && grant.policy.as_deref().is_none_or(|policy| policy == slug)
                        && grant.subject.as_deref().is_none_or(|subject| subject == name)
                })
                .map(move |grant| (*year, grant))
        })
    }

    /// What those grants sum up to; a revoked one counts against them.
    pub fn granted(&self, clause: &'a ClauseId) -> Money {
        self.grants(clause).fold(Money::ZERO, |sum, (_, grant)| {
            if grant.revoked { sum.less(grant.amount.value) } else { sum + grant.amount.value }
        })
    }
}
