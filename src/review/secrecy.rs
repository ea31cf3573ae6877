//! 保密审核 — a document that is classified, or not to be published, says so in every way in which it can, and none of its kin
//! is published as if it were not (《保守国家秘密法》; 《政府信息公开条例》第十四条、第十七条).
//!
//! The site itself leaves such a document out whole, title and all ([`Document::is_public`]); this check finds what
//! contradicts itself.

use std::ops::Range;

use super::published::{Origin, of_article, of_dataset, of_document};
use crate::diag::{Code, Diagnostic};
use crate::document::{Article, Dataset, Disclosure, Document};
use crate::source::{FileId, Place};

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
    /// The title as it is usually cited, without the issuer: 关于……的通知. Nothing where that says too little.
    cited: Option<String>,
    number: Option<String>,
    /// Its page, if it had one.
    page: String,
}

/// A title of fewer characters may be that of many documents.
const TELLING: usize = 9;

/// A text without its blanks, with half-width characters and one kind of brackets: `示工信〔2024〕77号` and `示工信 [２０２４] 77 号` are
/// one number.
fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
}

fn fold(c: char) -> char {
    match c {
        '〔' | '［' | '【' | '（' | '(' => '[',
        '〕' | '］' | '】' | '）' | ')' => ']',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Where folded words stand in a text, however they are written there.
fn written(text: &str, words: &str) -> Option<Range<usize>> {
    let (mut folds, mut places) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let c = (fold(c), at..at + c.len_utf8());
        places.resize(folds.len() + c.0.len_utf8(), c.1);
        folds.push(c.0);
    }
    let start = folds.find(words)?;
    Some(places.get(start)?.start..places.get(start + words.len() - 1)?.end)
}

/// Where the words stand in a document's own file, else in the first one of the workspace that says them.
fn place(origin: Origin<'_>, words: &str) -> Option<Place> {
    let within = |file: FileId, text: &str| Some(Place::new(file, written(text, words)?));
    let own = origin.file.and_then(|file| within(file, origin.sources.get(file)?.text()));
    own.or_else(|| origin.sources.ids().find_map(|(file, source)| within(file, source.text())))
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
        let names = documents.iter().filter(secret).map(|document| {
            let cited = document.title.find("关于").and_then(|at| document.title.get(at..)).map(folded);
            Secret {
                title: folded(&document.title),
                cited: cited.filter(|cited| cited.chars().count() >= TELLING),
                number: document.masthead.number.as_ref().map(|number| folded(&number.to_string())),
                page: format!("notices/{}/", document.slug),
            }
        });
        Self(names.collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
        let folds: Vec<String> = lines.iter().map(|line| folded(line)).collect();
        self.0.iter().find_map(|secret| {
            let names = [
                Some(("标题", &secret.title)),
                secret.cited.as_ref().map(|cited| ("标题", cited)),
                secret.number.as_ref().map(|n| ("发文字号", n)),
                Some(("网址", &secret.page)),
            ];
            names.into_iter().flatten().find_map(|(what, words)| {
                folds.iter().find(|line| line.contains(words))?;
                let message = format!("公开的文字里有涉密或者不予公开的公文的{what}");
                let finding = Diagnostic::error(Code::Secrecy, message)
                    .help("删去这些字；涉密和不予公开的公文，连标题也不能出现在网站上");
                Some(match place(origin, words) {
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
        // Without the issuer, as titles are cited.
        let mut long = secret("b");
        long.title = "示例市工业和信息化局关于绝密标题丁的通知".into();
        assert!(found("见《关于绝密标题丁的通知》", long.clone()).is_some());
        assert!(found("见《关于 绝密标题丁 的通知》", long.clone()).is_some());
        assert_eq!(found("见《关于绝密标题的通知》", long), None);
        let mut numbered = secret("b");
        numbered.masthead.number = Some("示工信〔2024〕99号".parse().unwrap());
        for number in ["示工信〔2024〕99号", "示工信[2024]99号", "示工信（2024）９９号", "示工信〔２０２４〕 99 号"]
        {
            assert!(found(&format!("见{number}"), numbered.clone()).is_some(), "{number}");
        }
        assert_eq!(found("见示工信〔2024〕9号", numbered.clone()), None);
        assert_eq!(written("见示工信 [２０２４]99号", "示工信[2024]99号"), Some(3..32));
        let mut on_request = secret("b");
        on_request.masthead.secrecy = None;
        on_request.record.publication.disclosure = Some(Disclosure::OnRequest);
        assert_eq!(found("依据《绝不可见的标题》制定", on_request), None);
    }
}
