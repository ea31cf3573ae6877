//! XML — elements one after another, every text and attribute escaped by the library that writes them.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document while it is written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with this root.
    pub(super) fn document(root: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.line();
        xml.element(root, attributes, |xml| {
            xml.line();
            inner(xml);
        });
        xml.line();
        String::from_utf8(xml.0.into_inner()).unwrap_or_default()
    }

    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Self)) {
        self.write(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        inner(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing but text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.element(name, &[], |xml| xml.write(Event::Text(BytesText::new(text))));
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    pub(super) fn line(&mut self) {
        self.write(Event::Text(BytesText::from_escaped("\n")));
    }

    fn write(&mut self, event: Event) {
        // A vector takes everything.
        let _ = self.0.write_event(event);
    }
}
