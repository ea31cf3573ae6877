//! 同一个 — the mark of an item that stays the same over the years, whatever it is called.

/// Which of the things that one enterprise ever declared or was paid for; it says nothing about another enterprise's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

impl ItemId {
    /// The enterprise itself.
    pub const ENTERPRISE: Self = Self(0);

    /// What nobody declared and nobody was paid for.
    pub(super) const NOTHING: Self = Self(u32::MAX);

    /// The item of this position among all that are known.
    pub(super) fn at(position: usize) -> Self {
        Self(u32::try_from(position + 1).unwrap_or(u32::MAX))
    }
}
