//! 发文机关、签发人 — each name by itself: joint issuers are a list, not one long name (GB/T 9704—2012, 7.2.4, 7.2.6).

use crate::diag::{Code, Diagnostic};
use crate::document::Document;

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let issuers = document.masthead.issuers.iter().map(|name| (Code::Issuer, name));
    let signatories = document.masthead.signatories.iter().map(|one| (Code::Signatory, &one.name));
    let several = |name: &str| name.contains(['、', '，', ',', '；', ';']);
    issuers
        .chain(signatories)
        .filter(|(_, name)| several(name))
        .map(|(element, name)| {
            Diagnostic::warning(element, format!("“{name}”像是几个名称，这里按一个印"))
                .help(format!("几个{element}写成列表：{element}: [甲, 乙]"))
        })
        .collect()
}
