//! 审核 — looks at what is to be published as a strict editor would. One check, one file; a check changes nothing.

pub mod privacy;
pub mod secrecy;
