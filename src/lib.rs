//! 红头 (hongtou): from a policy and a year's declarations to printed and published official documents.
//!
//! The way of the data, each stage a function of what stands above it and a [`diag::Report`] of what it found:
//!
//! ```text
//! project   reads everything once, with places            → Project
//! award     register + policy → who gets what, and why    → Assessments
//! followup  a policy carried out: tasks, progress, indicators → how they stand
//! draft     template + facts → a 公文 in its own elements   → Document
//! review    looks at a Document as a strict editor would  → findings
//! pdf/site  Document → printed pages / published page     → bytes
//! build     all of it in parallel, written at once        → output/
//! workbench all of it in a browser                        → data/, by the commands
//! ```
//!
//! What holds throughout: only [`project`] reads files, only [`disk`] and [`build`] write them, only [`cli`] prints and asks for arguments,
//! environment and clock. `award`, `policy` and `money` hold no float. `pdf` and `site` see documents, never awards: an amount on
//! a page was put there by `draft`. Nothing is in the order of a hash. Nothing panics on data. Who may see whom is one table in
//! `tests/tidy`; ARCHITECTURE.md says which test or lint holds which promise.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests make and read their own files"))]

// Ground: places, findings, figures, days, codes, tables as text, the steps of a calculation; work on all cores.
pub mod calendar;
pub mod credit_code;
pub mod csv;
pub mod diag;
pub mod digest;
pub mod disk;
pub mod doing;
pub mod filled;
pub mod grid;
pub mod money;
pub mod natural;
pub mod parallel;
pub mod personal;
pub mod picture;
pub mod qr;
pub mod source;
pub mod trace;
pub mod unseen;
pub mod yaml;

// The document model, which facts and pages share.
pub mod document;

// Facts and law.
pub mod award;
pub mod followup;
pub mod policy;
pub mod register;

// Words.
pub mod draft;
pub mod review;

// Foreign files.
pub mod exchange;

// Pages.
pub mod pdf;
pub mod site;

// Memory.
pub mod record;

// Doing.
pub mod assets;
pub mod build;
pub mod cli;
pub mod project;
pub mod workbench;
