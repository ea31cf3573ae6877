//! 所指的条款 — how a declaration or the ledger names a clause of a policy: by its number, and by policy and 事项 where the number
//! alone could mean another.

use crate::document::ClauseId;
use crate::yaml::Located;

/// A clause as data names it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The policy's folder; `None` where it is not written.
    pub policy: Option<&'a Located<String>>,
    /// The key under which the policy is written here.
    pub policy_key: &'static str,
    /// The clause.
    pub clause: &'a Located<ClauseId>,
    /// What the award is called; `None` where it is not written.
    pub rule: Option<&'a Located<String>>,
}
