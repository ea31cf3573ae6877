//! 保密审核 — a document that is classified, or not to be published, says so in every way in which it can, and none of its kin
//! is published as if it were not (《保守国家秘密法》; 《政府信息公开条例》第十四条、第十七条).
//!
//! The site itself leaves such a document out whole, title and all ([`Document::is_public`]); this check finds what
//! contradicts itself.

use super::published::{Origin, of_article, of_dataset, of_document};
use crate::diag::{Code, Diagnostic};
use crate::document::{Article, Dataset, Disclosure, Document};

/// What is wrong with the openness of these documents, each finding with the number of the document that it is about.
#[must_use]
pub fn documents(documents: &[Document]) -> Vec<(usize, Diagnostic)> {
    let mut findings = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let mut blame = |message: String, help: &str| {
            findings.push((number, Diagnostic::error(Code::Secrecy, message).help(help)));
        };
        let note = document.note.as_deref().unwrap_or_default();
        if !document.is_public() && note.contains("公开发布") {
            blame(
                "附注写“公开发布”，却定了密级或不公开".to_owned(),
                "二者去一：改附注，或去掉密级、把公开属性改为主动公开",
            );
        }
        if document.is_public() && (note.contains("不予公开") || note.contains("依申请公开")) {
            blame(format!("附注写“{note}”，公开属性却是主动公开"), "在“公开”里把“属性”写成依申请公开或不予公开");
        }
        let kin = documents.iter().find(|other| other.slug == document.slug && !other.is_public());
        if document.is_public() && kin.is_some() {
            blame(
                format!("{}：一个版本公开，另一个版本不公开", document.slug),
                "同一公文各版本的密级和公开属性应当一致；不公开的另取文件名",
            );
        }
    }
    findings
}

/// The documents that nobody outside may learn of: classified, or not to be published at all. (One that is open on request is no
/// secret: it may be named.)
#[derive(Debug)]
pub struct Secrets(Vec<Secret>);

/// What would give one of them away.
#[derive(Debug)]
struct Secret {
    title: String,
    number: Option<String>,
    /// Its page, if it had one.
    page: String,
}

impl Secrets {
    /// The secret ones of these documents.
    #[must_use]
    pub fn of(documents: &[Document]) -> Self {
        let secret = |document: &&Document| {
            // What is usually not published may still be named: a 通知 quotes the 函 that it answers.
            let kept_back =
                document.disclosure() == Disclosure::Withheld && document.genre.usual_disclosure() == Disclosure::Open;
            document.masthead.secrecy.is_some() || kept_back
        };
        let names = documents.iter().filter(secret).map(|document| Secret {
            title: document.title.clone(),
            number: document.masthead.number.as_ref().map(ToString::to_string),
            page: format!("notices/{}/", document.slug),
        });
        Self(names.collect())
    }

    /// What a public document gives away of one of them.
    #[must_use]
    pub fn document(&self, document: &Document, origin: Origin<'_>) -> Option<Diagnostic> {
        if self.0.is_empty() { None } else { self.lines(&of_document(document), origin) }
    }

    /// What a list gives away.
    #[must_use]
    pub fn dataset(&self, dataset: &Dataset, origin: Origin<'_>) -> Option<Diagnostic> {
        if self.0.is_empty() { None } else { self.lines(&of_dataset(dataset), origin) }
    }

    /// What a page of explanation gives away.
    #[must_use]
    pub fn article(&self, article: &Article, origin: Origin<'_>) -> Option<Diagnostic> {
        if self.0.is_empty() { None } else { self.lines(&of_article(article), origin) }
    }

    fn lines(&self, lines: &[String], origin: Origin<'_>) -> Option<Diagnostic> {
        self.0.iter().find_map(|secret| {
            let names = [
                Some(("标题", &secret.title)),
                secret.number.as_ref().map(|n| ("发文字号", n)),
                Some(("网址", &secret.page)),
            ];
            names.into_iter().flatten().find_map(|(what, words)| {
                lines.iter().find(|line| line.contains(words))?;
                let message = format!("公开的文字里有涉密或者不予公开的公文的{what}");
                let finding = Diagnostic::error(Code::Secrecy, message)
                    .help("删去这些字；涉密和不予公开的公文，连标题也不能出现在网站上");
                Some(match origin.place(words) {
                    Some(place) => finding.at(place),
                    None => finding,
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Secrecy, SecrecyLevel};
    use crate::site::sample::notice;
    use crate::source::{Place, Source, Sources};

    fn secret(slug: &str) -> Document {
        let mut document = notice(slug);
        document.masthead.secrecy = Some(Secrecy { level: SecrecyLevel::Confidential, period: None });
        document.title = "绝不可见的标题".into();
        document.masthead.number = None;
        document.note = None;
        document
    }

    #[test]
    fn a_document_does_not_contradict_itself() {
        let open = notice("a");
        let count = |list: &[Document]| documents(list).len();
        assert_eq!(count(std::slice::from_ref(&open)), 0);
        assert_eq!(count(&[secret("b")]), 0);
        assert_eq!(count(&[Document { note: Some("此件公开发布".into()), ..secret("b") }]), 1);
        assert_eq!(count(&[open, secret("a")]), 1);
        let mut on_request = notice("c");
        on_request.note = Some("此件依申请公开".into());
        assert_eq!(count(&[on_request]), 1);
    }

    #[test]
    fn nothing_public_tells_of_a_secret() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("data/notices/a.md", "见《绝不可见的标题》。"));
        let origin = Origin { file: Some(file), sources: &sources };
        let found = |text: &str, hidden: Document| {
            let mut open = notice("a");
            open.record.summary = text.to_owned();
            Secrets::of(&[hidden]).document(&open, origin)
        };
        let finding = found("依据《绝不可见的标题》制定", secret("b")).unwrap();
        assert_eq!(finding.place, Some(Place::new(file, 6..27)));
        assert_eq!(found("依据有关规定制定", secret("b")), None);
        assert!(found("见 notices/b/index.html", secret("b")).is_some());
        let mut numbered = secret("b");
        numbered.masthead.number = Some("示工信〔2024〕99号".parse().unwrap());
        assert!(found("见示工信〔2024〕99号", numbered).is_some());
        let mut on_request = secret("b");
        on_request.masthead.secrecy = None;
        on_request.record.publication.disclosure = Some(Disclosure::OnRequest);
        assert_eq!(found("依据《绝不可见的标题》制定", on_request), None);
    }
}
