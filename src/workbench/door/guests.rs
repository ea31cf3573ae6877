//! 来路 — a browser that was led here under another site's name, and another site's page that asks in a visitor's name, are turned away.

use std::net::SocketAddr;

use axum::http::{HeaderMap, Method, StatusCode, header};

/// The names under which requests may come.
#[derive(Debug, Clone)]
pub(in crate::workbench) struct Hosts(Vec<String>);

impl Hosts {
    /// Of an address, with the names under which the office reaches it.
    pub(in crate::workbench) fn new(listen: SocketAddr, more: &[String]) -> Self {
        let port = listen.port();
        let mut hosts = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}"), listen.to_string()];
        for name in more {
            hosts.extend([name.to_ascii_lowercase(), format!("{}:{port}", name.to_ascii_lowercase())]);
        }
        Self(hosts)
    }

    fn has(&self, authority: &str) -> bool {
        self.0.iter().any(|host| host.eq_ignore_ascii_case(authority))
    }
}

/// Why a request is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::workbench) enum Foreign {
    /// It is meant for another name.
    #[error("只回答发给本机名称的请求；办公室里用别的名称，启动时写 --host 名称")]
    Host,
    /// It was made by another site's page.
    #[error("不回答别的网站的请求")]
    Origin,
    /// It changes something and does not say where it comes from.
    #[error("不知道是哪一个网页发来的请求")]
    Unknown,
}

impl Foreign {
    pub(in crate::workbench) fn status(self) -> StatusCode {
        if self == Self::Host { StatusCode::MISDIRECTED_REQUEST } else { StatusCode::FORBIDDEN }
    }
}

/// Whether a request is meant for us and was made by one of our own pages; what changes something must say so in a header that another
/// site's page cannot set.
pub(in crate::workbench) fn is_ours(hosts: &Hosts, method: &Method, headers: &HeaderMap) -> Result<(), Foreign> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let named = headers.get_all(header::HOST).iter().count();
    if named != 1 || !text(header::HOST).is_some_and(|host| hosts.has(host)) {
        return Err(Foreign::Host);
    }
    let origin = text(header::ORIGIN);
    let foreign = |origin: &str| {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        !authority.is_some_and(|authority| hosts.has(authority))
    };
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let changes = !matches!(*method, Method::GET | Method::HEAD);
    if origin.is_some_and(foreign) || changes && site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Foreign::Origin);
    }
    if changes && origin.is_none() && site.is_none() {
        return Err(Foreign::Unknown);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        let hosts = Hosts::new("127.0.0.1:8780".parse().unwrap(), &["gongwen.lan".to_owned()]);
        is_ours(&hosts, method, &headers).is_ok()
    }

    #[test]
    fn only_our_own_pages_are_answered() {
        for host in ["127.0.0.1:8780", "localhost:8780", "gongwen.lan", "GONGWEN.lan:8780"] {
            assert!(asked(&Method::GET, &[("host", host)]), "{host}");
        }
        for host in ["evil.example", "evil.example:8780", "127.0.0.1:9999", "127.0.0.1.evil.example:8780", ""] {
            assert!(!asked(&Method::GET, &[("host", host)]), "{host}");
        }
        assert!(!asked(&Method::GET, &[]));
        let ours = ("host", "localhost:8780");
        for origin in ["https://evil.example", "null", "http://localhost:1", "ftp://localhost:8780"] {
            assert!(!asked(&Method::GET, &[ours, ("origin", origin)]), "{origin}");
            assert!(!asked(&Method::POST, &[ours, ("origin", origin)]), "{origin}");
        }
        assert!(asked(&Method::POST, &[ours, ("origin", "http://localhost:8780")]));
        assert!(asked(&Method::POST, &[ours, ("origin", "https://gongwen.lan")]));
        assert!(!asked(&Method::POST, &[ours]), "nobody says where it comes from");
        assert!(!asked(&Method::POST, &[ours, ("sec-fetch-site", "cross-site")]));
        assert!(!asked(&Method::POST, &[ours, ("origin", "http://localhost:8780"), ("sec-fetch-site", "cross-site")]));
    }
}
