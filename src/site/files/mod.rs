//! 文件 — what lies beside the pages for programs and for those who take the content further: texts, open data, feeds, the
//! sitemap, the search index.

pub(super) mod bundle;
pub(super) mod feed;
pub(super) mod index;
mod markdown;
pub(super) mod names;
pub(super) mod notice_schema;
pub(super) mod opendata;
pub(super) mod sitemap;
pub(super) mod texts;
mod xml;
