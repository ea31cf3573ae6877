//! 同面 — what stands on the page of the closing beside it (7.3.5.5: where the room left on a page does not hold it, 调整行距、字距).

use serde::Serialize;

use super::super::sheet::{Ink, Pages};

/// What stands on the page of a closing beside it; the more the better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::pdf) enum Beside {
    /// Nothing of the text: the closing is alone.
    #[default]
    Nothing,
    /// The 附件说明 only, or its end.
    Note,
    /// Some of the body.
    Body,
}

impl Beside {
    /// What stands beside the closing (with 附注) of these pages. Where no page holds all the signatures, only the first one needs
    /// text beside it.
    pub(in crate::pdf) fn of(pages: &Pages) -> Self {
        let last = |inks: &mut dyn Iterator<Item = &Ink>| inks.map(|ink| ink.page).max();
        let signed: Vec<usize> = closing(pages).filter(|ink| !ink.of("note")).map(|ink| ink.page).collect();
        let parted = signed.iter().any(|page| Some(page) != signed.first());
        let page = if parted { signed.into_iter().min() } else { last(&mut closing(pages)) };
        if last(&mut text(pages)).is_none() || page <= last(&mut pages.between("body", "body-end")) {
            Self::Body
        } else if page <= last(&mut pages.element("attachment-note")) {
            Self::Note
        } else {
            Self::Nothing
        }
    }
}

/// The text beside which the closing stands: that of the body and the 附件说明.
pub(super) fn text(pages: &Pages) -> impl Iterator<Item = &Ink> {
    pages.between("body", "body-end").chain(pages.element("attachment-note"))
}

/// Everything of the closing, with 附注.
pub(super) fn closing(pages: &Pages) -> impl Iterator<Item = &Ink> {
    ["signature", "date", "stamp", "note"].into_iter().flat_map(|name| pages.element(name))
}
