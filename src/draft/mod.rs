//! 起草 — words and facts become a 公文: a notice's Markdown, or a template filled with what the register and the awards say.

pub mod escape;
pub mod front_matter;
mod helpers;
pub mod markdown;
pub mod numeral;
pub mod script;
pub mod template;
