//! 红头 (hongtou): from a policy and a year's declarations to printed and published official documents.

pub mod calendar;
pub mod diag;
pub mod document;
pub mod personal;
pub mod review;
pub mod site;
pub mod source;
