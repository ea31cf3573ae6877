//! 字体样张上的符号 — the signs of the proof sheet (`proof.typ`): from which face each comes, and how wide it is.

use super::super::faces::Role;
use super::super::grid::POINT;
use super::ink::Ink;
use super::pages::Pages;

/// The character on either side of a sign on the proof sheet.
const FRAME: char = '国';

/// A sign on the proof sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// The sign, one character or a pair that belongs together (——).
    pub text: String,
    /// The family of its face.
    pub face: String,
    /// How wide it is, in characters.
    pub width: f64,
}

impl Pages {
    /// The signs of a role on the proof sheet (`proof.typ`), where each stands between two characters of that role.
    #[must_use]
    pub fn signs(&self, role: Role) -> Vec<Sign> {
        let element = format!("sign-{}", role.key());
        let sign = |inks: &mut dyn Iterator<Item = &Ink>| {
            let inks: Vec<&Ink> = inks.collect();
            let text: String = inks.iter().map(|ink| ink.text.as_str()).collect();
            let text = text.strip_prefix(FRAME)?.strip_suffix(FRAME)?.to_owned();
            let face = inks.iter().find(|ink| ink.text.contains(&text)).or(inks.get(1))?.face.clone();
            let (first, last) = (inks.first()?, inks.last()?);
            Some(Sign { text, face, width: (last.right - first.left) / (first.size * POINT) - 2.0 })
        };
        self.each(&element).filter_map(|mut inks| sign(&mut inks)).collect()
    }
}
