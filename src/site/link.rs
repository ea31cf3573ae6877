//! 链接 — addresses from page to page and out of the site.
//!
//! Inside the program a page is called by its path below the output folder (`notices/x/index.html`). Links between pages
//! are relative and name `index.html`, so that the site opens from a folder as well as from a server.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// Words that lead to a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) title: String,
    /// Below the output folder, encoded.
    pub(super) path: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A page or file of the site: its path below the output folder, and the part behind `#`.
    Inside { path: String, fragment: Option<String> },
    /// A place on the same page.
    Here(String),
    /// Another site, or a mail or telephone address; already encoded.
    Outside(String),
}

impl Target {
    /// Reads an address; `None` where no page may carry it (`javascript:`, `data:`, `//host`, `../..`).
    pub(super) fn parse(href: &str) -> Option<Self> {
        let href = href.trim();
        if href.is_empty() || href.chars().any(|c| c.is_control() || c == '\\') {
            return None;
        }
        if let Some(fragment) = href.strip_prefix('#') {
            return (!fragment.is_empty()).then(|| Self::Here(fragment.to_owned()));
        }
        if let Some((scheme, rest)) = href.split_once(':')
            && !scheme.contains(['/', '#', '?'])
        {
            let scheme = scheme.to_ascii_lowercase();
            let web = matches!(scheme.as_str(), "http" | "https")
                && rest.strip_prefix("//").is_some_and(|host| !host.is_empty());
            let other = matches!(scheme.as_str(), "mailto" | "tel") && !rest.is_empty();
            return (web || other).then(|| Self::Outside(format!("{scheme}:{}", utf8_percent_encode(rest, OUTSIDE))));
        }
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, (!fragment.is_empty()).then(|| fragment.to_owned())),
            None => (href, None),
        };
        if path.starts_with('/') || path.contains('?') || path.split('/').any(|part| part == "..") {
            return None;
        }
        let path = path.trim_start_matches("./");
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        Some(Self::Inside { path, fragment })
    }
}

/// The way from a page up to the output folder: `../../` for `notices/x/index.html`.
pub(super) fn root(page: &str) -> String {
    "../".repeat(page.matches('/').count())
}

/// A path relative to a folder, as a path below the output folder; `None` where it leads out of it.
pub(super) fn join(folder: &str, href: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The page of a folder.
pub(super) fn page(folder: &str) -> String {
    format!("{folder}/index.html")
}

/// A path as a part of an address: everything but letters, digits, `-._~/` in percent signs.
#[must_use]
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, INSIDE).to_string()
}

/// What is encoded in a path.
const INSIDE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// What is encoded in a whole address: not what RFC 3986 reserves, and not the `%` of what is encoded already.
const OUTSIDE: &AsciiSet = &INSIDE
    .remove(b':')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'%');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_a_page_may_carry_are_links() {
        for href in [
            "javascript:alert(1)",
            " JAVASCRIPT:x",
            "data:text/html,x",
            "//evil.example",
            "/etc/passwd",
            "a/../../b",
            "java\nscript:x",
            "http:",
            "http://",
            "",
            "#",
            "\\\\host\\x",
            "vbscript:x",
        ] {
            assert_eq!(Target::parse(href), None, "{href:?}");
        }
        assert_eq!(
            Target::parse("HTTPS://www.gov.cn/政策?a=b"),
            Some(Target::Outside("https://www.gov.cn/%E6%94%BF%E7%AD%96?a=b".into()))
        );
        assert_eq!(Target::parse("tel:0371-60000000"), Some(Target::Outside("tel:0371-60000000".into())));
        assert_eq!(
            Target::parse("awards/2023/#甲"),
            Some(Target::Inside { path: "awards/2023/index.html".into(), fragment: Some("甲".into()) })
        );
        assert_eq!(Target::parse("#a"), Some(Target::Here("a".into())));
    }

    #[test]
    fn a_quote_cannot_leave_an_address() {
        assert_eq!(
            Target::parse("https://a.cn/\"><script>"),
            Some(Target::Outside("https://a.cn/%22%3E%3Cscript%3E".into()))
        );
    }

    #[test]
    fn a_path_never_leaves_the_output() {
        assert_eq!(join("awards/2023/x", "../letters/x.pdf"), Some("awards/2023/letters/x.pdf".into()));
        assert_eq!(join("a", "../../x"), None);
    }

    #[test]
    fn the_way_up_depends_on_the_depth() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("notices/x/index.html"), "../../");
    }
}
