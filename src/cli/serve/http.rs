//! 本机服务 — a small HTTP/1.1 server for one reader on this machine: `GET` and `HEAD` of files in memory, and a stream that tells
//! the page to load again. It answers only to its own name, so no page of another site can read through it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::banner::STYLE;
use crate::site::encode_path;

/// Where the page listens, and the script with which it does.
const EVENTS: &str = "/.hongtou/events";
const SCRIPT: &str = "/.hongtou/reload.js";
const STYLESHEET: &str = "/.hongtou/findings.css";
/// The page where no page could be made.
const BARE: &str = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>没有生成网页</title>\n</head>\n\
                    <body>\n<p>没有生成网页。</p>\n</body>\n</html>\n";
const RELOAD: &str = "new EventSource(\"/.hongtou/events\").onmessage=()=>location.reload();\n";
/// The longest head of a request, and how long one may take to send it.
const LONGEST: u64 = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
/// How many connections are answered at once; a browser opens about ten.
const CONNECTIONS: usize = 64;

/// The files that are shown, and how often they were made.
pub(super) struct Shown {
    port: u16,
    state: Mutex<State>,
    changed: Condvar,
    open: AtomicUsize,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    /// What stands over every page, as HTML.
    banner: String,
    round: u64,
}

/// A request, as far as it matters.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    method: String,
    /// The path, decoded, without the part behind `?`.
    path: String,
    host: Option<String>,
    origin: Option<String>,
}

/// An answer.
struct Response {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
    more: String,
}

impl Shown {
    pub(super) fn new(port: u16) -> Self {
        Self { port, state: Mutex::default(), changed: Condvar::new(), open: AtomicUsize::new(0) }
    }

    /// Shows other files from now on, with other words over every page.
    pub(super) fn replace(&self, files: BTreeMap<String, Vec<u8>>, banner: String) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.files = files;
        state.banner = banner;
        state.round += 1;
        self.changed.notify_all();
    }

    fn answer(&self, request: &Request) -> Response {
        // Another site's page can make the browser ask here under a name of its own; only our own names are answered.
        let ours = |authority: &str| {
            ["127.0.0.1", "localhost"].iter().any(|name| authority == format!("{name}:{}", self.port))
        };
        if !request.host.as_deref().is_some_and(ours) {
            return Response::text("421 Misdirected Request", "只回答发给 127.0.0.1 的请求\n");
        }
        let foreign = |origin: &str| !origin.strip_prefix("http://").is_some_and(ours);
        if request.origin.as_deref().is_some_and(foreign) {
            return Response::text("403 Forbidden", "不回答别的网站的请求\n");
        }
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            let mut response = Response::text("405 Method Not Allowed", "只能读取\n");
            "Allow: GET, HEAD\r\n".clone_into(&mut response.more);
            return response;
        }
        if request.path == SCRIPT {
            return Response { status: "200 OK", kind: "text/javascript", body: RELOAD.into(), more: String::new() };
        }
        if request.path == STYLESHEET {
            return Response {
                status: "200 OK",
                kind: "text/css; charset=utf-8",
                body: STYLE.into(),
                more: String::new(),
            };
        }
        let mut path = request.path.trim_start_matches('/').to_owned();
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = state.files.get(&path) {
            return Response {
                status: "200 OK",
                kind: kind(&path),
                body: shown(&path, bytes, &state.banner),
                more: String::new(),
            };
        }
        if state.files.contains_key(&format!("{path}/index.html")) {
            let mut response = Response::text("308 Permanent Redirect", "");
            response.more = format!("Location: {}/\r\n", encode_path(&request.path));
            return response;
        }
        // Where nothing at all could be made, there is still something to say.
        let page = state.files.get("404.html").map_or(BARE.as_bytes(), Vec::as_slice);
        let body = shown("404.html", page, &state.banner);
        Response { status: "404 Not Found", kind: "text/html; charset=utf-8", body, more: String::new() }
    }

    /// Waits until the files are others than in `round`; gives the new round, or `None` when it is time to show a sign of life.
    fn wait(&self, round: u64) -> Option<u64> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, _) = self
            .changed
            .wait_timeout_while(state, PATIENCE, |state| state.round == round)
            .unwrap_or_else(PoisonError::into_inner);
        (state.round != round).then_some(state.round)
    }

    fn round(&self) -> u64 {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).round
    }
}

/// Answers for ever.
pub(super) fn serve(listener: &TcpListener, shown: &std::sync::Arc<Shown>) {
    for stream in listener.incoming().flatten() {
        if shown.open.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
            shown.open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let shown = std::sync::Arc::clone(shown);
        thread::spawn(move || {
            // A reader who goes away in the middle is no error.
            let _ = connection(&shown, stream);
            shown.open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn connection(shown: &Shown, mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let Some(request) = read(&mut reader)? else {
        return Response::text("400 Bad Request", "").send(&mut stream, false);
    };
    let response = shown.answer(&request);
    if request.path != EVENTS || response.status.starts_with('4') && !response.status.starts_with("404") {
        return response.send(&mut stream, request.method == "HEAD");
    }
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
    )?;
    let mut round = shown.round();
    loop {
        match shown.wait(round) {
            Some(new) => {
                round = new;
                stream.write_all(b"data: reload\n\n")?;
            }
            None => stream.write_all(b":\n\n")?,
        }
    }
}

/// Reads the head of a request; `None` where it is none.
fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut reader = reader.take(LONGEST);
    let mut line = String::new();
    let mut request = Request::default();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    method.clone_into(&mut request.method);
    let path = target.split(['?', '#']).next().unwrap_or("");
    let Some(path) = decoded(path).filter(|path| path.starts_with('/')) else { return Ok(None) };
    request.path = path;
    loop {
        line.clear();
        // A head that does not end within the longest is none.
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some(request));
        }
        if let Some((name, value)) = line.split_once(':') {
            match name.to_ascii_lowercase().as_str() {
                "host" => request.host = Some(value.trim().to_ascii_lowercase()),
                "origin" => request.origin = Some(value.trim().to_ascii_lowercase()),
                _ => {}
            }
        }
    }
}

fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    (!path.contains('\0')).then(|| path.into_owned())
}

/// A page as it is shown here: with the script that reloads it, the leave to listen, and what is wrong over it.
fn shown(path: &str, bytes: &[u8], banner: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) if kind(path).starts_with("text/html") => text
            .replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
            .replacen("</head>", &format!("<script src=\"{SCRIPT}\" defer></script>\n{}</head>", style(banner)), 1)
            .replacen("<body>", &format!("<body>\n{banner}"), 1)
            .into_bytes(),
        _ => bytes.to_vec(),
    }
}

fn style(banner: &str) -> String {
    if banner.is_empty() { String::new() } else { format!("<link rel=\"stylesheet\" href=\"{STYLESHEET}\">\n") }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv" => "text/csv; charset=utf-8",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl Response {
    fn text(status: &'static str, words: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: words.into(), more: String::new() }
    }

    fn send(&self, stream: &mut impl Write, head_only: bool) -> std::io::Result<()> {
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
             connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n\
             X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n{}Connection: close\r\n\r\n",
            self.status,
            self.kind,
            self.body.len(),
            self.more,
        );
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(head: &str) -> Option<String> {
        let shown = Shown::new(8780);
        let page = "<meta content=\"default-src 'none'; x\"></head>";
        shown.replace(
            BTreeMap::from([("index.html".to_owned(), page.into()), ("公文/index.html".to_owned(), "b".into())]),
            String::new(),
        );
        let request = read(&mut head.as_bytes()).unwrap()?;
        let mut out = Vec::new();
        shown.answer(&request).send(&mut out, request.method == "HEAD").unwrap();
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn only_this_machine_s_own_pages_are_answered() {
        let get = |path: &str, more: &str| ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8780\r\n{more}\r\n"));
        let page = get("/?a=b", "").unwrap();
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("connect-src 'self'; x") && page.contains(SCRIPT));
        assert!(get("/", "Origin: http://localhost:8780\r\n").unwrap().starts_with("HTTP/1.1 200"));
        assert!(get("/", "Origin: https://evil.example\r\n").unwrap().starts_with("HTTP/1.1 403"));
        assert!(get("/", "Origin: null\r\n").unwrap().starts_with("HTTP/1.1 403"));
        for host in ["evil.example", "evil.example:8780", "127.0.0.1:9999", "127.0.0.1.evil.example:8780"] {
            let answer = ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).unwrap();
            assert!(answer.starts_with("HTTP/1.1 421"), "{host}");
        }
        assert!(ask("GET / HTTP/1.1\r\n\r\n").unwrap().starts_with("HTTP/1.1 421"));
        let answer = ask("POST / HTTP/1.1\r\nHost: localhost:8780\r\n\r\n").unwrap();
        assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("Allow: GET, HEAD"));
    }

    #[test]
    fn odd_requests_end_in_an_answer() {
        let get = |path: &str| ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:8780\r\n\r\n"));
        assert!(get("/%E5%85%AC%E6%96%87").unwrap().contains("Location: /%E5%85%AC%E6%96%87/"));
        for path in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/nothing"] {
            assert!(get(path).unwrap().starts_with("HTTP/1.1 404"), "{path}");
        }
        for head in
            ["", "GET", "GET %zz HTTP/1.1\r\n\r\n", "GET http://x/ HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a"]
        {
            assert_eq!(ask(head), None, "{head:?}");
        }
        assert_eq!(ask(&format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(20_000))), None);
    }
}
