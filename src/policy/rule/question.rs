//! 余地 — a question that the words of a clause leave open, and the answers that there are.

/// A question that the words leave open: the setting that answers it.
#[derive(Debug)]
pub struct Question {
    /// Below which keys it stands.
    pub under: &'static [&'static str],
    /// Its key.
    pub name: &'static str,
    /// What it may be set to. The first one holds where nothing is written.
    pub choices: &'static [&'static str],
}
