//! 网站检查 — what is wrong with the site as a whole: columns that it lacks, files that must not lie there, links that lead
//! nowhere, addresses that meet.

use std::collections::HashSet;

use crate::diag::{Code, Diagnostic, Report, nearest};

use super::contents::Site;
use super::documents::{Listed, folders, notice_pdf};
use super::output::Rendered;

/// A document whose column the site does not have would be listed nowhere.
pub(super) fn columns(site: &Site, documents: &[Listed], report: &mut Report) {
    let names: Vec<&str> = site.identity.columns.iter().map(|column| column.name.as_str()).collect();
    for entry in documents {
        let (column, document) = (entry.column, entry.document);
        if !names.contains(&column) {
            let help = nearest(column, names.iter().copied())
                .map_or_else(|| format!("网站的栏目有：{}", names.join("、")), |near| format!("是不是“{near}”？"));
            report.push(
                Diagnostic::error(Code::Column, format!("《{}》的栏目“{column}”不是网站的栏目", document.title))
                    .help(help),
            );
        }
    }
}

/// Files of a document that is not public, or no longer, must not lie in the output.
pub(super) fn withheld(site: &Site, report: &mut Report) {
    for (document, folder) in site.notices.iter().zip(folders(site.notices)) {
        let pdf = notice_pdf(&document.slug);
        if folder.is_none()
            && site.files.contains_key(&pdf)
            && !site.notices.iter().any(|other| other.slug == document.slug && other.shows_text())
        {
            report.push(
                Diagnostic::error(Code::Publication, format!("{pdf} 属于不公开或已撤回的公文，不能输出"))
                    .help("这样的公文不印制到网站"),
            );
        }
    }
}

/// Links into the site must lead somewhere; `paths` are the files that the site itself made.
pub(super) fn links(site: &Site, rendered: &[Rendered], paths: &[String], report: &mut Report) {
    let known: HashSet<&str> = paths.iter().chain(site.files.keys()).map(String::as_str).collect();
    for page in rendered {
        for target in page.addresses.targets.iter().filter(|target| !known.contains(target.as_str())) {
            report.push(
                Diagnostic::error(
                    Code::Link,
                    format!(
                        "《{}》链接到“{}”，网站上没有这个页面或文件",
                        page.title,
                        target.trim_end_matches("index.html")
                    ),
                )
                .help("改正链接；链接到公文写 notices/<文件名>/"),
            );
        }
        for href in &page.addresses.refused {
            report.push(
                Diagnostic::warning(Code::Link, format!("《{}》中的“{href}”不能作链接，只印出了文字", page.title))
                    .help("链接只能是 https:、http:、mailto:、tel: 或本站的路径"),
            );
        }
    }
}

/// Two pages at one address would overwrite each other; `paths` stand in order.
pub(super) fn paths(paths: &[String], report: &mut Report) {
    for pair in paths.windows(2) {
        if let [a, b] = pair
            && a == b
        {
            report.push(Diagnostic::error(Code::Address, format!("两个页面的地址都是 {a}")).help("改其中一个的文件名"));
        }
    }
}
