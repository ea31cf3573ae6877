//! 没有这个页面 — what a server shows where there is no page (404).

use crate::diag::Diagnostic;
use crate::site::frame::{PageSpec, Rendering};
use crate::site::output::Rendered;

pub(in crate::site) fn page(rendering: &Rendering) -> Result<Rendered, Diagnostic> {
    let mut spec = PageSpec::new("404", "404.html".to_owned(), "没有这个页面", ());
    // It is shown at any depth, so its links begin at the server's root.
    spec.root = Some("/");
    spec.unlisted = true;
    rendering.page(spec)
}
