//! 事实 — what a rule may look at when it judges one item of one declaration: the enterprise, the item's figures of all
//! years, and what was granted for it before.

use super::Policy;
use crate::calendar::Year;
use crate::money::{Measure, Money};
use crate::register::{Declaration, Enterprise, Item, LedgerEntry, Register, Yearly};
use crate::trace::Terms;
use crate::yaml::Located;

/// What is known of one enterprise when a year is assessed.
#[derive(Debug)]
pub struct Dossier<'a> {
    /// Everything that is known.
    pub register: &'a Register,
    /// The enterprise.
    pub enterprise: &'a Enterprise,
    /// The declared year.
    pub year: Year,
    /// The batch of the year's declarations.
    pub batch: u16,
    /// What it declared for the year, in this batch.
    pub declaration: Option<&'a Declaration>,
    /// What it declared for other years and in other batches, by year.
    others: Vec<(Year, &'a Declaration)>,
    /// What the ledger says of it for earlier years and earlier batches, by year.
    entries: Vec<(Year, &'a LedgerEntry)>,
}

impl<'a> Dossier<'a> {
    /// What the register knows of an enterprise for a batch of a year.
    pub fn new(register: &'a Register, enterprise: &'a Enterprise, year: Year, batch: u16) -> Self {
        let (declared, booked) = register.history_of(enterprise.code.value);
        let mut others: Vec<_> = declared.collect();
        let now = others.iter().position(|(of, declaration)| *of == year && declaration.batch == batch);
        Self {
            register,
            enterprise,
            year,
            batch,
            declaration: now.map(|at| others.remove(at).1),
            others,
            entries: booked.filter(|(of, entry)| (*of, entry.batch.unwrap_or(1)) < (year, batch)).collect(),
        }
    }
}

/// How a figure of the enterprise itself is named where a rule is about something else.
pub(super) const OF_ENTERPRISE: &str = "企业.";

/// The facts about one item.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'d, 'a> {
    /// What is known of the enterprise.
    pub dossier: &'d Dossier<'a>,
    /// The policy whose rule asks.
    pub policy: &'a Policy,
    /// The item.
    pub item: &'d Item<'a>,
}

/// A grant that stands: what is left of it after what was taken back.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The year of the facts.
    pub year: Year,
    /// The grant.
    pub grant: &'a LedgerEntry,
    /// What is left.
    pub amount: Money,
}

impl<'a> Facts<'_, 'a> {
    /// The declared year.
    pub fn year(&self) -> Year {
        self.dossier.year
    }

    /// A figure of a year: as declared now, or else as another year's declaration states it.
    #[inline]
    pub fn figure(&self, quantity: &str, year: Year) -> Option<Located<Money>> {
        let (item, quantity) = self.named(quantity);
        let now = item.amount(quantity).and_then(|figures| figures.get(year));
        now.or_else(|| self.history(item, quantity).find_map(|figures| figures.get(year)))
    }

    /// A number of a year with another unit than 元, likewise.
    pub fn measure(&self, quantity: &str, year: Year) -> Option<&'a Located<Measure>> {
        let (item, quantity) = self.named(quantity);
        let now = item.amount(quantity).and_then(|figures| figures.measure(year));
        now.or_else(|| self.history(item, quantity).find_map(|figures| figures.measure(year)))
    }

    /// Whether a name is that of a figure, declared or not.
    pub fn has_quantity(&self, name: &str) -> bool {
        let (item, name) = self.named(name);
        let mut known = self.dossier.register.schema.quantities(item.kind());
        known.any(|(known, _)| known == name)
            || item.amount(name).is_some()
            || self.history(item, name).next().is_some()
    }

    /// Whether anything is stated under a name for the declared year: a figure, or the word of an attribute.
    pub fn is_stated(&self, name: &str) -> bool {
        self.attribute(name).is_some() || self.figure(name, self.year()).is_some()
    }

    /// All figures of the years before the declared one, as declared now and as other years' declarations state them: a year
    /// that several of them state comes several times, with the same figure.
    pub fn earlier(&self, quantity: &str) -> impl Iterator<Item = (Year, Located<Money>)> {
        let year = self.year();
        let (item, quantity) = self.named(quantity);
        let figures = item.amount(quantity).into_iter().chain(self.history(item, quantity)).flat_map(Yearly::iter);
        figures.filter(move |(of, _)| *of < year)
    }

    /// Whose figure a name means: `企业.主营业务收入` is the enterprise's, whatever the rule pays for.
    fn named<'q>(&self, quantity: &'q str) -> (Item<'a>, &'q str) {
        match quantity.strip_prefix(OF_ENTERPRISE) {
            Some(quantity) => (Item::Enterprise(self.dossier.declaration), quantity),
            None => (*self.item, quantity),
        }
    }

    /// The same item's figures in the declarations of other years.
    fn history(&self, item: Item<'a>, quantity: &str) -> impl Iterator<Item = &'a Yearly> {
        let (kind, identity) = (item.kind(), item.identity());
        let others = self.dossier.others.iter().filter_map(move |(_, other)| other.item(kind, identity));
        others.filter_map(move |item| item.amount(quantity))
    }

    /// What stands under an attribute of the item or, where it has none of that name, of the enterprise: as declared for the year,
    /// or as the register has it.
    pub fn attribute(&self, name: &str) -> Option<Located<Terms<'a>>> {
        let of_item = self.item.attribute(name);
        let declared = || Item::Enterprise(self.dossier.declaration).attribute(name);
        of_item
            .or_else(declared)
            .map(|word| Located { value: Terms::One(word.value), place: word.place })
            .or_else(|| self.dossier.register.attribute(self.dossier.enterprise, self.year(), name))
    }

    /// What was granted for this item for earlier years and was not taken back, of the grants that `counts` takes. A grant that names
    /// no item is for all of them.
    pub fn standing(&self, counts: impl Fn(&LedgerEntry) -> bool) -> Vec<Standing<'a>> {
        self.dossier.standing(|grant| self.is_of_item(grant) && counts(grant))
    }

    /// What those grants sum up to.
    pub fn granted(&self, counts: impl Fn(&LedgerEntry) -> bool) -> Money {
        self.standing(counts).iter().map(|standing| standing.amount).sum()
    }

    /// Whether an entry of the ledger is for this item, or for all of them.
    pub fn is_of_item(&self, entry: &LedgerEntry) -> bool {
        entry.identity.is_none_or(|identity| identity == self.item.identity())
    }
}

impl<'a> Dossier<'a> {
    /// What was granted for earlier years and was not taken back, of the grants that `counts` takes.
    fn standing(&self, counts: impl Fn(&LedgerEntry) -> bool) -> Vec<Standing<'a>> {
        let mut standing: Vec<Standing<'a>> = Vec::new();
        for (year, grant) in &self.entries {
            if !counts(grant) {
                continue;
            }
            if grant.kind().pays() {
                standing.push(Standing { year: *year, grant, amount: grant.amount.value });
            }
            if !grant.kind().takes_back() {
                continue;
            }
            // What is taken back is taken from the latest grants first; an entry for a tier, from those of that tier.
            let mut left = grant.amount.value;
            let tier = grant.tier.as_ref().map(|tier| tier.value);
            for earlier in standing.iter_mut().rev() {
                if tier.is_none() || earlier.grant.tier.as_ref().map(|tier| tier.value) == tier {
                    let taken = earlier.amount.min(left);
                    earlier.amount = earlier.amount - taken;
                    left = left - taken;
                }
            }
            standing.retain(|earlier| !earlier.amount.is_zero());
        }
        standing
    }

    /// The lines of the ledger for earlier years and batches that `counts` takes: of the declared year alone, if so wanted.
    pub fn entries<'s>(
        &'s self,
        counts: impl Fn(&LedgerEntry) -> bool + 's,
        this_year: bool,
    ) -> impl Iterator<Item = (Year, &'a LedgerEntry)> + 's {
        let of_year = move |year: Year| !this_year || year == self.year;
        self.entries.iter().copied().filter(move |(year, entry)| of_year(*year) && counts(entry))
    }

    /// What earlier batches of the same year granted it.
    pub fn granted_this_year(&self, counts: impl Fn(&LedgerEntry) -> bool) -> Money {
        let standing = self.standing(counts);
        standing.iter().filter(|standing| standing.year == self.year).map(|standing| standing.amount).sum()
    }

    /// What those grants sum up to, whatever they were for.
    pub fn granted(&self, counts: impl Fn(&LedgerEntry) -> bool) -> Money {
        self.standing(counts).iter().map(|standing| standing.amount).sum()
    }
}
