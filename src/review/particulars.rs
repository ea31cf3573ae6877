//! 份号、密级、紧急程度 — what is classified is numbered, and no longer than the law allows (条例第九条（一）（二）；《保守国家秘密法》
//! 第二十条).

use crate::diag::{Code, Diagnostic};
use crate::document::{Document, SecrecyLevel};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let masthead = &document.masthead;
    if let Some(copy) = &masthead.copy_number
        && (copy.len() != 6 || !copy.bytes().all(|digit| digit.is_ascii_digit()))
    {
        findings.push(
            Diagnostic::error(Code::CopyNumber, format!("份号“{copy}”不是6位阿拉伯数字"))
                .help("写作 000001（GB/T 9704—2012，7.2.1）"),
        );
    }
    let Some(secrecy) = &masthead.secrecy else { return findings };
    if masthead.copy_number.is_none() {
        findings.push(Diagnostic::error(Code::CopyNumber, "涉密公文没有份号").help("加“份号”（条例第九条（一））"));
    }
    let (name, most) = match secrecy.level {
        SecrecyLevel::TopSecret => ("绝密", 30),
        SecrecyLevel::Secret => ("机密", 20),
        SecrecyLevel::Confidential => ("秘密", 10),
    };
    let years = secrecy.period.as_deref().and_then(|period| period.strip_suffix('年')?.parse::<u32>().ok());
    if let Some(years) = years.filter(|years| *years > most) {
        findings.push(
            Diagnostic::error(Code::SecrecyLevel, format!("{name}的保密期限{years}年超过{most}年"))
                .help("《保守国家秘密法》第二十条：绝密不超过30年，机密不超过20年，秘密不超过10年"),
        );
    }
    findings
}
