//! 字体 — which roles there are and which faces play them, which faces are at hand, and which characters none of them has.

mod fonts;
mod missing;
mod role;

pub use fonts::{Face, FontFile, Fonts};
pub(super) use missing::missing_glyphs;
pub use role::{Faces, Preference, Role};
