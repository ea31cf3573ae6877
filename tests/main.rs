//! End to end: the program as its users run it, on the sample workspace and on what office machines do to one.

#![expect(clippy::disallowed_methods, reason = "tests make and read their own files")]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod bad_input;
mod browser;
mod build;
mod cache;
mod codes;
mod commands;
mod drafts;
mod exchange;
mod followup;
mod judge;
mod law_properties;
mod marked;
mod opendata;
mod policies;
mod site;
mod spoilt;
mod tidy;
mod workbench;
mod workspace;
