//! 保密审核 — a document that is classified, or not to be published, says so in every way in which it can, and none of its kin
//! is published as if it were not (《保守国家秘密法》; 《政府信息公开条例》第十四条、第十七条).
//!
//! The site itself leaves such a document out whole, title and all ([`Document::is_public`]); this check finds what
//! contradicts itself.

use crate::diag::Diagnostic;
use crate::document::{Disclosure, Document};

/// What is wrong with the openness of these documents.
#[must_use]
pub fn documents(documents: &[Document]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for document in documents {
        let publication = &document.record.publication;
        let marked = document.note.as_deref().is_some_and(|note| note.contains("公开发布"));
        if !document.is_public() && marked {
            findings.push(
                Diagnostic::error("保密", format!("{}：附注写“公开发布”，却定了密级或不公开", document.slug))
                    .help("二者去一：改附注，或去掉密级、把公开属性改为主动公开"),
            );
        }
        if document.masthead.secrecy.is_none() {
            let hidden =
                document.note.as_deref().filter(|note| note.contains("不予公开") || note.contains("依申请公开"));
            if let Some(note) = hidden.filter(|_| publication.disclosure == Disclosure::Open) {
                findings.push(
                    Diagnostic::error("保密", format!("{}：附注写“{note}”，公开属性却是主动公开", document.slug))
                        .help("在“公开”里把“属性”写成依申请公开或不予公开"),
                );
            }
        }
        let kin = documents.iter().find(|other| other.slug == document.slug && !other.is_public());
        if document.is_public() && kin.is_some() {
            findings.push(
                Diagnostic::error("保密", format!("{}：一个版本公开，另一个版本不公开", document.slug))
                    .help("同一公文各版本的密级和公开属性应当一致；不公开的另取文件名"),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Secrecy, SecrecyLevel};
    use crate::site::sample::notice;

    #[test]
    fn a_document_does_not_contradict_itself() {
        let open = notice("a");
        assert_eq!(documents(std::slice::from_ref(&open)), []);
        let mut secret = notice("b");
        secret.masthead.secrecy = Some(Secrecy { level: SecrecyLevel::Confidential, period: None });
        assert_eq!(documents(&[secret.clone()]).len(), 1, "附注：此件公开发布");
        secret.note = None;
        assert_eq!(documents(&[secret.clone()]), []);
        secret.slug = "a".into();
        assert_eq!(documents(&[open, secret]).len(), 1);
        let mut on_request = notice("c");
        on_request.note = Some("此件依申请公开".into());
        assert_eq!(documents(&[on_request]).len(), 1);
    }
}
