//! 叠印 — what is printed over something else: letters over letters, and anything inside the 版记 that is none of it. No page with that
//! leaves the house.

use super::ink::Ink;
use super::pages::Pages;

/// How far two boxes of text may reach into each other, in millimetres: boxes are higher than letters.
const NEAR: f64 = 0.8;

impl Pages {
    /// What is printed over something else, each pair once.
    #[must_use]
    pub fn overprinted(&self) -> Vec<(&Ink, &Ink)> {
        let mut found = Vec::new();
        for page in 1..=self.sheets.len() {
            // A seal is meant to lie over its signature.
            let lies_over = |ink: &&Ink| ink.of("seal") || ink.of("stamp");
            let mut words: Vec<&Ink> =
                self.on(page).iter().filter(|ink| !ink.text.trim().is_empty() && !lies_over(ink)).collect();
            words.sort_by(|one, other| one.top.total_cmp(&other.top));
            for (index, one) in words.iter().enumerate() {
                let below = words.iter().skip(index + 1).take_while(|other| other.top < one.bottom - NEAR);
                found.extend(below.filter(|other| across(one, other)).map(|other| (*one, *other)));
            }
            found.extend(self.inside_colophon(page, &words));
        }
        found
    }

    /// What stands between the rules of the 版记 and does not belong to it.
    fn inside_colophon<'a>(&'a self, page: usize, words: &[&'a Ink]) -> Option<(&'a Ink, &'a Ink)> {
        let of_colophon = || self.on(page).iter().filter(|ink| ink.of("colophon"));
        let first = of_colophon().next()?;
        let (top, bottom) =
            of_colophon().fold((f64::MAX, f64::MIN), |(top, bottom), ink| (top.min(ink.top), bottom.max(ink.bottom)));
        let inside = |ink: &&&Ink| {
            !ink.of("colophon") && !ink.of("furniture") && ink.top < bottom - NEAR && ink.bottom > top + NEAR
        };
        words.iter().find(inside).map(|ink| (*ink, first))
    }
}

/// Whether two things at one height lie over each other.
fn across(one: &Ink, other: &Ink) -> bool {
    let height = one.bottom.min(other.bottom) - one.top.max(other.top);
    let width = one.right.min(other.right) - one.left.max(other.left);
    // Raised and lowered characters stand beside their word, never over it.
    height > NEAR && width > NEAR
}
