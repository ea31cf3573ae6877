//! 元素树 — a part of a package as a tree of elements, by their local names: prefixes differ from program to program.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::unreadable::Unreadable;

/// No draft has more elements inside each other than this.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its local name.
    pub(super) name: String,
    /// Its attributes by their local names.
    attributes: Vec<(String, String)>,
    /// What is in it.
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some((attribute.key.local_name().as_ref().to_owned(), value.into_owned()))
        });
        Self { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), children: Vec::new() }
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// `val` of a property in it: `<w:jc w:val="center"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// A property that is on where it stands, unless it says otherwise.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// All elements of a name, however deep; what is inside one of them is not looked at.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                element.all(name, found);
            }
        }
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.children {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }
}

/// The tree of a part.
///
/// # Errors
///
/// [`Unreadable::Cut`] where it ends too early, [`Unreadable::Deep`].
pub(super) fn tree(text: &str) -> Result<Element, Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let push = |open: &mut Vec<Element>, text: &str| {
        if let Some(element) = open.last_mut() {
            match element.children.last_mut() {
                Some(Node::Text(last)) => last.push_str(text),
                _ => element.children.push(Node::Text(text.to_owned())),
            }
        }
    };
    loop {
        match reader.read_event().map_err(|_| Unreadable::Cut)? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(Unreadable::Deep);
                }
                open.push(Element::of(&start));
            }
            Event::Empty(start) => {
                if let Some(element) = open.last_mut() {
                    element.children.push(Node::Element(Element::of(&start)));
                }
            }
            Event::End(_) => {
                let (done, parent) = (open.pop(), open.last_mut());
                if let (Some(done), Some(parent)) = (done, parent) {
                    parent.children.push(Node::Element(done));
                }
            }
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned),
                };
                push(&mut open, &c.unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let root = open.pop().filter(|_| open.is_empty()).ok_or(Unreadable::Cut)?;
    root.elements().next().cloned().ok_or(Unreadable::Cut)
}
