//! 网页上的提示 — what is wrong with the workspace, over every page that is shown: a smaller total or a missing page never goes without
//! a word.

use maud::{Markup, html};

use crate::diag::{Report, Severity};
use crate::source::Sources;

/// How the banner looks; a page's own policy forbids styles within it.
pub(super) const STYLE: &str = "\
.hongtou-findings{background:#fff4c8;color:#1d1d1d;border-bottom:4px solid #9d1d1d;padding:.75rem 1.5rem;font:16px/1.6 system-ui,sans-serif}\
.hongtou-findings p,.hongtou-findings ul{margin:.2rem 0}.hongtou-findings code{font-family:monospace}\
@media print{.hongtou-findings{display:none}}\n";

/// How many findings are told; the terminal has them all.
const MOST: usize = 20;

/// The banner; nothing where nothing is wrong.
pub(super) fn banner(report: &Report, sources: &Sources) -> String {
    let (errors, warnings) = report.count();
    if errors + warnings == 0 {
        return String::new();
    }
    let mut findings: Vec<_> = report.findings().iter().collect();
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    let heading = match (errors, warnings) {
        (0, warnings) => format!("有{warnings}个提醒"),
        (errors, _) => format!("有{errors}个错误：有错误的内容没有生成，这里的页面、名单和合计可能不全，不能作准"),
    };
    let list: Markup = html! {
        section class="hongtou-findings" role="alert" aria-label="检查结果" {
            p { strong { (heading) } "。改好以后这里自动更新；全部在运行 hongtou serve 的窗口里。" }
            ul {
                @for finding in findings.iter().take(MOST) {
                    li {
                        @if let Some(place) = finding.place { code { (sources.locate(place)) } " " }
                        (finding.message)
                        @if let Some(help) = &finding.help { "（" (help) "）" }
                    }
                }
                @if findings.len() > MOST { li { "还有" (findings.len() - MOST) "个" } }
            }
        }
    };
    list.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};

    #[test]
    fn what_is_wrong_stands_over_the_page_and_carries_no_markup() {
        let mut report = Report::default();
        assert_eq!(banner(&report, &Sources::default()), "");
        report.push(Diagnostic::warning(Code::Link, "甲"));
        assert!(banner(&report, &Sources::default()).contains("有1个提醒"));
        report.push(Diagnostic::error(Code::Link, "<script>乙").help("改"));
        let told = banner(&report, &Sources::default());
        assert!(
            told.contains("有1个错误") && told.contains("&lt;script&gt;乙（改）") && !told.contains("<script>"),
            "{told}"
        );
        assert!(told.find("乙").unwrap() < told.find("甲").unwrap(), "errors come first");
    }
}
