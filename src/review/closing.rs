//! 署名、成文日期、印章 — who signs and when (条例第九条（十一）至（十三）；GB/T 9704—2012, 7.3.5).

use crate::diag::{Code, Diagnostic};
use crate::document::{ClosingStyle, Document, Genre, Status};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let closing = &document.closing;
    if closing.dated.is_none() && document.status == Status::Final && document.genre != Genre::Catalogue {
        findings.push(Diagnostic::error(Code::Dated, "定稿没有成文日期").help("加“成文日期”（条例第九条（十二））"));
    }
    if document.genre == Genre::Order {
        let person = closing.signatures.first().and_then(|signature| signature.person.as_deref());
        if closing.style != ClosingStyle::Stamped || person.is_none() {
            findings.push(
                Diagnostic::error(Code::Sealing, "命令（令）没有签发人的职务和签名章")
                    .help("加“职务”和“签名”（GB/T 9704—2012，10.2、7.3.5.3）"),
            );
        }
        return findings;
    }
    if closing.style == ClosingStyle::Stamped {
        let nameless =
            closing.signatures.iter().any(|signature| signature.person.is_none() && signature.seal.is_none());
        if nameless {
            findings
                .push(Diagnostic::error(Code::Sealing, "签名章没有姓名").help("加“签名”（GB/T 9704—2012，7.3.5.3）"));
        }
        return findings;
    }
    let issuers = &document.masthead.issuers;
    for signature in &closing.signatures {
        if !issuers.is_empty() && !issuers.contains(&signature.name) {
            findings.push(
                Diagnostic::warning(Code::SignedBy, format!("署名“{}”不是发文机关", signature.name))
                    .help("署名、印章与发文机关一致（条例第九条（十一）（十三））"),
            );
        }
    }
    findings
}
