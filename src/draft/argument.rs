//! 参数 — what 参数 of a notice say, by which it chooses what it is about.

use serde_json::Value;

use super::Notice;
use crate::diag::{Code, Diagnostic};
use crate::source::Place;

/// What 参数 of a notice says under a name.
pub fn argument<'n>(notice: &'n Notice, name: &str) -> Option<&'n str> {
    notice.head.arguments.get(name).and_then(Value::as_str)
}

/// Why the facts for a notice cannot be told; the place is the notice's template.
pub(super) fn finding(message: impl Into<String>, place: Place, help: &str) -> Diagnostic {
    Diagnostic::error(Code::Parameter, message).at(place).help(help)
}
