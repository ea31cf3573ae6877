//! 行内文字 — the words of one paragraph: styles, links, raised and lowered characters, line breaks.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::emphasis::{self, is_wide};
use super::token::{Style, Token};
use super::{Reader, address};
use crate::diag::{Code, Diagnostic};
use crate::document::inlines;
use crate::document::{Figure, Inline};
use crate::source::Edit;

impl Reader<'_> {
    /// Reads on as long as the events belong to a line.
    pub(super) fn line(&mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some((event, range)) = self.peek() {
            match event {
                Event::Text(text) => tokens.push(self.characters(&text, range)),
                Event::Code(text) => {
                    self.warn(&range, "公文没有代码体，反引号里的文字按普通文字印").help("删去反引号");
                    tokens.push(Token::Text { text: text.into_string(), written: false });
                }
                Event::InlineHtml(text) => {
                    self.markup(&text, &range);
                    tokens.push(Token::Text { text: text.into_string(), written: false });
                }
                Event::FootnoteReference(_) => {
                    self.warn(&range, "公文没有脚注，注码按普通文字印").help("把注写进正文的括号里");
                    tokens.push(Token::Text { text: self.slice(&range).to_owned(), written: false });
                }
                Event::SoftBreak => tokens.push(Token::Soft { next: range.end }),
                Event::HardBreak => tokens.push(Token::Hard),
                Event::Start(tag @ (Tag::Strong | Tag::Emphasis)) => {
                    let style = if tag == Tag::Strong { Style::Strong } else { Style::Emphasis };
                    tokens.push(self.delimiter(style, &range, Side::Begin));
                }
                Event::End(tag @ (TagEnd::Strong | TagEnd::Emphasis)) => {
                    let style = if tag == TagEnd::Strong { Style::Strong } else { Style::Emphasis };
                    tokens.push(self.delimiter(style, &range, Side::End));
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    tokens.push(self.image(&dest_url, &title, range));
                    continue;
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    self.advance();
                    let link = self.link(link_type, &dest_url, &range);
                    tokens.extend(link);
                    continue;
                }
                _ => break,
            }
            self.advance();
        }
        merge_stars(tokens)
    }

    /// What the tokens print as. Reports asterisks that found no partner and pictures inside a line.
    pub(super) fn set(&mut self, tokens: Vec<Token>) -> Vec<Inline> {
        let tokens = emphasis::pair(tokens);
        let mut run = Run::default();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Text { text, .. } => run.push(text),
                Token::Stars { count, .. } => run.push(&"*".repeat(*count)),
                Token::Unpaired { count, range } => {
                    let stars = "*".repeat(*count);
                    if *count > 1 {
                        self.warn(range, format!("“{stars}”没有配成对，按普通文字印"))
                            .help("强调写作 **文字**，星号与文字之间不空格");
                    }
                    run.push(&stars);
                }
                Token::Begin(Style::Strong) => run.style(1, 0),
                Token::End(Style::Strong) => run.style(-1, 0),
                Token::Begin(Style::Emphasis) => run.style(0, 1),
                Token::End(Style::Emphasis) => run.style(0, -1),
                Token::Done(inline) => run.finished(inline.clone()),
                Token::Image { figure, range } => {
                    self.error(range, "图片要单独成段").help("在图片前后各空一行");
                    run.push(&figure.alt);
                }
                Token::Hard => run.finished(Inline::Break),
                Token::Soft { .. } => {
                    let after = tokens.get(at + 1..).unwrap_or_default().iter().find_map(Token::first_char);
                    run.soft_break(after);
                }
            }
        }
        run.end()
    }

    fn characters(&self, text: &CowStr<'_>, range: Range<usize>) -> Token {
        let written = self.slice(&range) == &**text;
        let escaped = {
            let before = self.slice(&(0..range.start));
            (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
        };
        if written && !escaped && !text.is_empty() && text.bytes().all(|b| b == b'*') {
            return Token::Stars { count: text.len(), range };
        }
        Token::Text { text: text.to_string(), written }
    }

    /// The marks of a style that Markdown found. Asterisks are paired anew, for Markdown pairs them wrongly beside Chinese.
    fn delimiter(&self, style: Style, range: &Range<usize>, side: Side) -> Token {
        let count = style.asterisks();
        let range = match side {
            Side::Begin => range.start..range.start + count,
            Side::End => range.end.saturating_sub(count)..range.end,
        };
        match (self.slice(&range).starts_with('*'), side) {
            (true, _) => Token::Stars { count, range },
            (false, Side::Begin) => Token::Begin(style),
            (false, Side::End) => Token::End(style),
        }
    }

    fn image(&mut self, path: &str, title: &str, range: Range<usize>) -> Token {
        let alt = self.plain_until_end();
        if let Err(why) = address::image(path) {
            self.error(&range, format!("图片“{path}”不能用：{why}"))
                .help("图片放在工作区里，写相对工作区的路径，如 data/pictures/图1.png");
            return Token::Text { text: alt, written: false };
        }
        let caption = (!title.trim().is_empty()).then(|| title.trim().to_owned());
        if alt.trim().is_empty() {
            self.warn(&range, "图片没有说明文字，看不见图的人不知道画的是什么").help("写作 ![图上画的是什么](路径)");
        }
        Token::Image { figure: Figure { path: path.to_owned(), alt, caption }, range }
    }

    fn link(&mut self, kind: LinkType, target: &str, range: &Range<usize>) -> Vec<Token> {
        let inner = self.line();
        if matches!(self.peek(), Some((Event::End(TagEnd::Link), _))) {
            self.advance();
        }
        let href = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        match address::link(&href) {
            Ok(()) => {
                let text = self.set(inner);
                vec![Token::Done(Inline::Link { href, text })]
            }
            Err(why) => {
                self.error(range, format!("链接“{target}”不能用：{why}"))
                    .help("只用 https、http、mailto、tel 或本站的相对路径");
                inner
            }
        }
    }

    /// The characters up to the end of the tag that begins here.
    fn plain_until_end(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 0_usize;
        while let Some((event, _)) = self.peek() {
            self.advance();
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    /// HTML in a text is only characters.
    pub(super) fn markup(&mut self, text: &str, range: &Range<usize>) {
        if !text.trim_start().starts_with("</") {
            self.warn(range, "正文里不用 HTML，尖括号按普通文字印").help("强调写作 **文字**，换行在行末加反斜杠");
        }
    }

    pub(super) fn warn(&mut self, range: &Range<usize>, message: impl Into<String>) -> Finding<'_> {
        self.find(Diagnostic::warning(Code::Body, message), range)
    }

    pub(super) fn error(&mut self, range: &Range<usize>, message: impl Into<String>) -> Finding<'_> {
        self.find(Diagnostic::error(Code::Body, message), range)
    }

    fn find(&mut self, finding: Diagnostic, range: &Range<usize>) -> Finding<'_> {
        let place = self.ground.place(range.clone());
        Finding { finding: Some(finding.at(place)), report: &mut self.report }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Begin,
    End,
}

/// A finding that is reported when it is let go, with the way out that was added to it.
pub(super) struct Finding<'r> {
    finding: Option<Diagnostic>,
    report: &'r mut crate::diag::Report,
}

impl Finding<'_> {
    pub(super) fn help(mut self, help: &str) -> Self {
        self.finding = self.finding.take().map(|finding| finding.help(help));
        self
    }

    pub(super) fn remedy(mut self, edit: Option<Edit>) {
        self.finding = self.finding.take().map(|finding| finding.remedy(edit.into_iter().collect()));
    }

    pub(super) fn offer(mut self, words: &'static str, edit: Option<Edit>) {
        self.finding = self.finding.take().map(|finding| match edit {
            Some(edit) => finding.offer(words, vec![edit]),
            None => finding,
        });
    }
}

impl Drop for Finding<'_> {
    fn drop(&mut self) {
        if let Some(finding) = self.finding.take() {
            self.report.push(finding);
        }
    }
}

/// Markdown gives `***` as one and two; side by side they are one run.
fn merge_stars(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match (out.last_mut(), token) {
            (Some(Token::Stars { count, range }), Token::Stars { count: more, range: next })
                if range.end == next.start =>
            {
                *count += more;
                range.end = next.end;
            }
            (_, token) => out.push(token),
        }
    }
    out
}

/// Finished pieces with the styles that they stand in; characters wait until the style changes.
/// What stands for a break that the author set, where the last character is asked for.
const LINE_SET: char = '\u{2028}';

#[derive(Default)]
struct Run {
    pieces: Vec<(bool, bool, Inline)>,
    waiting: String,
    last: Option<char>,
    strong: i32,
    emphasis: i32,
}

impl Run {
    fn push(&mut self, text: &str) {
        // At the beginning of a line the blanks are the author's indent, which the page makes by itself; but wide ones in a cell and
        // behind a break that the author set are meant: 其中 under a sum, names in columns.
        let text = match self.last {
            Some('\n') => text.trim_start(),
            None | Some(LINE_SET) => text.trim_start_matches(|c: char| c.is_whitespace() && c != '\u{3000}'),
            Some(_) => text,
        };
        self.waiting.push_str(text);
        self.last = text.chars().next_back().or(self.last);
    }

    fn soft_break(&mut self, after: Option<char>) {
        let narrow = |c: char| !is_wide(c) && !"“”‘’…—·".contains(c) && !c.is_whitespace();
        if self.last.is_some_and(narrow) && after.is_some_and(narrow) {
            self.waiting.push(' ');
        }
        self.last = Some('\n');
    }

    fn style(&mut self, strong: i32, emphasis: i32) {
        self.flush();
        self.strong += strong;
        self.emphasis += emphasis;
    }

    fn finished(&mut self, inline: Inline) {
        self.flush();
        self.last = if inline == Inline::Break {
            Some(LINE_SET)
        } else {
            crate::document::plain(std::slice::from_ref(&inline)).chars().next_back().or(self.last)
        };
        self.pieces.push((self.strong > 0, self.emphasis > 0, inline));
    }

    fn flush(&mut self) {
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        let text = std::mem::take(&mut self.waiting);
        self.pieces.extend(inlines(&text).into_iter().map(|inline| (strong, emphasis, inline)));
    }

    fn end(mut self) -> Vec<Inline> {
        self.waiting.truncate(self.waiting.trim_end().len());
        self.flush();
        let mut out: Vec<Inline> = Vec::new();
        for chunk in self.pieces.chunk_by(|a, b| a.0 == b.0) {
            let mut inner: Vec<Inline> = Vec::new();
            for part in chunk.chunk_by(|a, b| a.1 == b.1) {
                let text = part.iter().map(|(_, _, inline)| inline.clone()).collect();
                match part.first() {
                    Some((_, true, _)) => inner.push(Inline::Emphasis { text }),
                    _ => inner.extend(text),
                }
            }
            match chunk.first() {
                Some((true, _, _)) => out.push(Inline::Strong { text: inner }),
                _ => out.extend(inner),
            }
        }
        out
    }
}
