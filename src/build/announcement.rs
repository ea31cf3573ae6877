//! 公示的期限 — how long a 公示 must run: as long as the office asks for, and each policy whose awards it announces.

use super::{Job, Workshop};
use crate::award::Selection;
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::draft::facts::selection_of;
use crate::policy::Policy;

impl Workshop<'_> {
    /// A 公示 that does not run as long as the office, or a policy whose awards it announces, asks for.
    pub(super) fn announced_too_shortly(&self, job: &Job<'_>, document: &Document) -> Option<Diagnostic> {
        let days = document.record.publication.period.as_ref()?.workdays;
        let selection = match job {
            Job::Notice { notice, .. } | Job::Letter { notice, .. } => selection_of(notice).and_then(Result::ok),
            Job::Catalogue { .. } => None,
        };
        let announces = |policy: &&Policy| {
            let named = |selection: &Selection| selection.policy.as_ref().is_none_or(|named| *named == policy.slug);
            selection.as_ref().is_some_and(|of| named(of) && policy.rules.years.value.contains(&of.year))
        };
        let policies = self.project.policies.iter().filter(announces);
        let of_policies = policies.map(|policy| (policy.rules.announced, policy.name()));
        let office = (self.project.office.announced, "data/office.yaml");
        let (least, who) = of_policies.chain([office]).max_by_key(|(least, _)| *least)?;
        let message = format!("公示{days}个工作日，{who}要求不少于{least}个");
        let help = "改“公示期”的“工作日”";
        (days < least).then(|| Diagnostic::error(Code::ObjectionPeriod, message).help(help))
    }
}
