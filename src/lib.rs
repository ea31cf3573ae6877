//! 红头 (hongtou): from a policy and a year's declarations to printed and published official documents.

pub mod award;
pub mod calendar;
pub mod diag;
pub mod document;
pub mod draft;
pub mod money;
pub mod policy;
pub mod register;
pub mod source;
pub mod trace;
pub mod yaml;
