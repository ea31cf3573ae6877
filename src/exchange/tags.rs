//! 标签 — the tags of a part of a package, each with the bytes where it stands; and a part with some of them changed, all else byte for byte.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How a tag stands to its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It begins an element.
    Open,
    /// It is the whole element.
    Empty,
    /// It ends an element.
    Close,
}

/// A tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    /// Its name as it stands, with the prefix.
    name: &'a str,
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) place: Range<usize>,
    /// How many elements are around it.
    pub(super) depth: usize,
    start: BytesStart<'a>,
}

impl<'a> Tag<'a> {
    /// Its local name: prefixes differ from program to program.
    pub(super) fn name(&self) -> &'a str {
        self.name.rsplit_once(':').map_or(self.name, |(_, local)| local)
    }

    /// Whether an element begins with it.
    pub(super) fn begins(&self) -> bool {
        self.kind != Kind::Close
    }

    /// An attribute by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// A number that it has as an attribute.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|word| word == "1" || word == "true")
    }

    /// The tag with other attributes: each of those named, by the name as it stands, is put in, or left out.
    pub(super) fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut out = format!("<{}", self.name);
        let mut put = |key: &str, value: &str| {
            let quote = if value.contains('"') { '\'' } else { '"' };
            out.push_str(&format!(" {key}={quote}{value}{quote}"));
        };
        for attribute in self.start.attributes().flatten() {
            let key = attribute.key.as_ref();
            if !changes.iter().any(|(name, _)| *name == key) {
                put(key, &attribute.value);
            }
        }
        for (name, value) in changes {
            if let Some(value) = value {
                put(name, &escaped(value));
            }
        }
        out.push_str(if self.kind == Kind::Empty { "/>" } else { ">" });
        out
    }

    /// The tag as it stands before children.
    pub(super) fn opened(&self) -> Self {
        Self { kind: Kind::Open, ..self.clone() }
    }

    /// The tag that ends what it begins.
    pub(super) fn end(&self) -> String {
        format!("</{}>", self.name)
    }

    /// The namespace of its element, where the tag declares it.
    pub(super) fn namespace(&self) -> Option<String> {
        let key = self.name.split_once(':').map_or_else(|| "xmlns".to_owned(), |(prefix, _)| format!("xmlns:{prefix}"));
        let declared = self.start.attributes().flatten().find(|one| one.key.as_ref() == key)?;
        Some(declared.value.into_owned())
    }

    /// What makes an element without a prefix one of the namespace of this tag, the first of a part; empty where it is that already.
    pub(super) fn declaration(&self) -> String {
        let namespace = self.namespace().filter(|_| self.name.contains(':'));
        namespace.map(|namespace| format!(" xmlns=\"{namespace}\"")).unwrap_or_default()
    }
}

/// The tags of a part in their order, up to where it is no XML any more.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let from = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let (kind, start) = match event {
                Event::Start(start) => (Kind::Open, start),
                Event::Empty(start) => (Kind::Empty, start),
                Event::End(_) => (Kind::Close, BytesStart::new("")),
                Event::Eof => return None,
                _ => continue,
            };
            let place = from..usize::try_from(reader.buffer_position()).ok()?;
            let inner = text.get(place.clone())?.trim_start_matches(['<', '/']);
            let name = inner.get(..inner.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?)?;
            depth = depth.saturating_sub(usize::from(kind == Kind::Close));
            let tag = Tag { name, kind, place, depth, start };
            depth += usize::from(kind == Kind::Open);
            return Some(tag);
        }
    })
}

/// A text as it may stand in a part: in an element or in an attribute. What no XML may hold is left out, but for line breaks.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let kept = |c: char| c == '\n' || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = if text.chars().all(kept) { Cow::Borrowed(text) } else { text.chars().filter(|c| kept(*c)).collect() };
    match text {
        Cow::Borrowed(text) => quick_xml::escape::escape(text),
        Cow::Owned(text) => Cow::Owned(quick_xml::escape::escape(&text).into_owned()),
    }
}

/// A part that is being changed.
pub(super) struct Edited<'a> {
    text: &'a str,
    patches: Vec<(Range<usize>, String)>,
}

impl<'a> Edited<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, patches: Vec::new() }
    }

    /// Puts something in the place of a stretch.
    pub(super) fn replace(&mut self, place: Range<usize>, fresh: String) {
        self.patches.push((place, fresh));
    }

    /// Puts something in before a byte; what is put in at one place stands in the order in which it came.
    pub(super) fn insert(&mut self, at: usize, fresh: String) {
        if !fresh.is_empty() {
            self.patches.push((at..at, fresh));
        }
    }

    /// Puts children at the end of an element, of which these are the first tag and, where it is not empty, the last.
    pub(super) fn append(&mut self, first: &Tag<'_>, last: Option<&Tag<'_>>, children: &str) {
        match last {
            Some(last) => self.insert(last.place.start, children.to_owned()),
            None => {
                let open = first.opened().with(&[]);
                self.replace(first.place.clone(), format!("{open}{children}{}", first.end()));
            }
        }
    }

    /// The text with all changes in it.
    pub(super) fn done(mut self) -> String {
        self.patches.sort_by_key(|(place, _)| place.start);
        let (mut fresh, mut at) = (String::with_capacity(self.text.len()), 0);
        for (place, patch) in self.patches {
            fresh.push_str(self.text.get(at..place.start.max(at)).unwrap_or_default());
            fresh.push_str(&patch);
            at = place.end.max(at);
        }
        fresh.push_str(self.text.get(at..).unwrap_or_default());
        fresh
    }
}

/// A part without the elements, of no children, that begin with certain tags.
pub(super) fn without(text: &str, is_dropped: impl Fn(&Tag<'_>) -> bool) -> String {
    let (mut edited, mut open) = (Edited::new(text), false);
    for tag in tags(text) {
        if tag.begins() && is_dropped(&tag) || open && tag.kind == Kind::Close {
            open = tag.kind == Kind::Open;
            edited.replace(tag.place.clone(), String::new());
        }
    }
    edited.done()
}

/// An element that stands once in a part: its first tag and, where it is not empty, its last.
pub(super) struct Element<'a> {
    pub(super) first: Tag<'a>,
    pub(super) last: Option<Tag<'a>>,
}

/// The first element of a name at a depth.
pub(super) fn element<'a>(text: &'a str, name: &str, depth: usize) -> Option<Element<'a>> {
    let mut tags = tags(text).filter(|tag| tag.depth == depth && tag.name() == name);
    let first = tags.next()?;
    let last = match first.kind {
        Kind::Empty => None,
        _ => Some(tags.find(|tag| tag.kind == Kind::Close)?),
    };
    Some(Element { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_stays_byte_for_byte() {
        let text =
            "<?xml version='1.0'?>\r\n<x:a xmlns:x='u'  b = '1'><!-- <c/> --><x:c d='\"'/>&amp;<x:e ></x:e></x:a>\n";
        let found: Vec<_> = tags(text).map(|tag| (tag.name(), tag.kind, tag.depth)).collect();
        assert_eq!(
            found,
            [
                ("a", Kind::Open, 0),
                ("c", Kind::Empty, 1),
                ("e", Kind::Open, 1),
                ("e", Kind::Close, 1),
                ("a", Kind::Close, 0)
            ]
        );
        let mut edited = Edited::new(text);
        let c = element(text, "c", 1).unwrap();
        edited.append(&c.first, c.last.as_ref(), "<f/>");
        let e = element(text, "e", 1).unwrap();
        edited.append(&e.first, e.last.as_ref(), "<g/>");
        edited.replace(e.first.place.clone(), e.first.with(&[("h", Some("<"))]));
        let wanted = text.replace("<x:c d='\"'/>", "<x:c d='\"'><f/></x:c>");
        assert_eq!(edited.done(), wanted.replace("<x:e >", "<x:e h=\"&lt;\"><g/>"));
        assert_eq!(element(text, "a", 0).unwrap().first.declaration(), " xmlns=\"u\"");
    }
}
