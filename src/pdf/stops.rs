//! 标点的位置 — signs that do not begin a line, and such that do not end one (GB/T 15834—2011, 5.1).

/// Signs that do not begin a line.
pub(in crate::pdf) const CLOSING: &str = "、，。：；！？）》〉」』】〕”’";
/// Signs that do not end one.
pub(in crate::pdf) const OPENING: &str = "（《〈「『【〔“‘";
