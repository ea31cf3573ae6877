//! 页面 — the pages of the site, a file for each kind.

pub(super) mod article;
mod chart;
pub(super) mod column;
pub(super) mod editions;
pub(super) mod home;
pub(super) mod list;
mod lists;
pub(super) mod map;
pub(super) mod missing;
pub(super) mod notice;
pub(super) mod objection;
pub(super) mod opendata;
pub(super) mod search;
pub(super) mod versions;
pub(super) mod years;
