//! 引擎之言 — what typst says about a layout, as a finding at its own place.

use std::collections::HashMap;

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::Bytes;
use typst::syntax::FileId as Virtual;

use crate::diag::{Code, Diagnostic, Report};
use crate::source::{FileId, Place};

use super::world::{DocumentWorld, SharedWorld};

/// Where the layouts of the workspace stand; those of the program itself have no place there.
pub(in crate::pdf) type Origins = HashMap<Virtual, FileId>;

/// What is wrong with how the layouts are written, as far as it is seen without laying anything out.
pub(in crate::pdf) fn mistakes(shared: &SharedWorld, origins: &Origins) -> Vec<Diagnostic> {
    let none = Bytes::new(Vec::new());
    let world = DocumentWorld { shared, main: shared.main, document: none.clone(), fit: none };
    let mut report = Report::default();
    let layouts = shared.layouts();
    for layout in layouts.iter().filter(|layout| layout.id().vpath().get_without_slash().ends_with(".typ")) {
        let errors = layout.root().errors_and_warnings().0.into_iter();
        absorb(&mut report, &errors.map(SourceDiagnostic::from).collect::<Vec<_>>(), &world, origins);
    }
    report.findings().to_vec()
}

/// Adds what typst found.
pub(in crate::pdf) fn absorb<'a>(
    report: &mut Report,
    found: impl IntoIterator<Item = &'a SourceDiagnostic>,
    world: &DocumentWorld<'_>,
    origins: &Origins,
) {
    for one in found {
        let name = one.span.id().map(|id| id.vpath().get_without_slash().to_owned()).unwrap_or_default();
        let message = format!("版面 {name} 有误：{}", one.message);
        let mut finding = match one.severity {
            Severity::Error => Diagnostic::error(Code::Layout, message),
            Severity::Warning => Diagnostic::warning(Code::Layout, message),
        };
        if let Some((file, range)) = one.span.id().and_then(|id| origins.get(&id)).zip(world.range(one.span)) {
            finding = finding.at(Place::new(*file, range));
        }
        if !one.hints.is_empty() {
            finding = finding.help(one.hints.iter().map(|hint| hint.v.as_str()).collect::<Vec<_>>().join("；"));
        }
        report.push(finding);
    }
}
