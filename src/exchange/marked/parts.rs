//! 部件 — a package of which some parts are written anew, some are put in and some left out; all others stay as they are, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::package::Package;
use crate::exchange::relations::{self, Relation, beside};
use crate::exchange::tags::{Edited, Tag, element, escaped, tags, without};

const TYPES: &str = "[Content_Types].xml";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The parts as they will be.
pub(super) struct Parts<'a> {
    package: Package<'a>,
    fresh: BTreeMap<String, String>,
    dropped: BTreeSet<String>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(package: Package<'a>) -> Self {
        Self { package, fresh: BTreeMap::new(), dropped: BTreeSet::new() }
    }

    /// The package as it was.
    pub(super) fn package(&mut self) -> &mut Package<'a> {
        &mut self.package
    }

    /// A part as it will be.
    pub(super) fn text(&mut self, part: &str) -> Option<String> {
        self.fresh.get(part).cloned().or_else(|| self.package.text(part))
    }

    /// Writes a part anew, or puts one in.
    pub(super) fn put(&mut self, part: &str, text: String) {
        self.fresh.insert(part.to_owned(), text);
    }

    /// A name that no part has: `xl/comments3.xml`.
    pub(super) fn unused(&self, before: &str, after: &str) -> String {
        let is_used = |name: &String| {
            self.fresh.contains_key(name) || self.package.names().any(|known| known.eq_ignore_ascii_case(name))
        };
        let enough = self.fresh.len() + self.package.names().count() + 1;
        (1..=enough).map(|number| format!("{before}{number}{after}")).find(|name| !is_used(name)).unwrap_or_default()
    }

    /// The relations of a part.
    pub(super) fn relations(&mut self, part: &str) -> Vec<Relation> {
        relations::read(&self.text(&beside(part)).unwrap_or_default(), part)
    }

    /// Lets a part have another, and says what it calls it.
    pub(super) fn relate(&mut self, part: &str, kind: &str, other: &str) -> Option<String> {
        let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
        let text = self.text(&beside(part)).unwrap_or_else(|| format!("{XML}{empty}"));
        let ids: BTreeSet<String> = tags(&text).filter_map(|tag| tag.attribute("Id")).collect();
        let id = (1..=ids.len() + 1).map(|number| format!("rId{number}")).find(|id| !ids.contains(id))?;
        let all = element(&text, "Relationships", 0)?;
        let declared = all.first.declaration();
        let (kind, other) = (escaped(kind), escaped(other));
        let fresh = format!("<Relationship{declared} Id=\"{id}\" Type=\"{kind}\" Target=\"/{other}\"/>");
        let mut edited = Edited::new(&text);
        edited.append(&all.first, all.last.as_ref(), &fresh);
        let text = edited.done();
        self.put(&beside(part), text);
        Some(id)
    }

    /// Says what a part is that was put in.
    pub(super) fn declare(&mut self, part: &str, content_type: &str) -> Option<()> {
        let part = escaped(part).into_owned();
        self.say(|declared| format!("<Override{declared} PartName=\"/{part}\" ContentType=\"{content_type}\"/>"))
    }

    /// Says what all parts of an ending are, where it is not said.
    pub(super) fn declare_ending(&mut self, ending: &str, content_type: &str) -> Option<()> {
        let text = self.text(TYPES)?;
        let is_said = tags(&text)
            .filter(|tag| tag.name() == "Default")
            .any(|tag| tag.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending)));
        if is_said {
            return Some(());
        }
        self.say(|declared| format!("<Default{declared} Extension=\"{ending}\" ContentType=\"{content_type}\"/>"))
    }

    fn say(&mut self, fresh: impl FnOnce(String) -> String) -> Option<()> {
        let text = self.text(TYPES)?;
        let all = element(&text, "Types", 0)?;
        let mut edited = Edited::new(&text);
        edited.append(&all.first, all.last.as_ref(), &fresh(all.first.declaration()));
        let text = edited.done();
        self.put(TYPES, text);
        Some(())
    }

    /// Says of a part that it is something else.
    pub(super) fn retype(&mut self, part: &str, content_type: &str) -> Option<()> {
        let text = self.text(TYPES)?;
        let mut edited = Edited::new(&text);
        for tag in tags(&text).filter(|tag| names(tag).as_deref() == Some(part)) {
            edited.replace(tag.place.clone(), tag.with(&[("ContentType", Some(content_type))]));
        }
        let text = edited.done();
        self.put(TYPES, text);
        Some(())
    }

    /// Leaves parts out, with what is said of them and what leads from a part to them.
    pub(super) fn drop_from(&mut self, part: &str, is_dropped: impl Fn(&str) -> bool) -> Option<()> {
        let dropped: Vec<String> = self.package.names().filter(|name| is_dropped(name)).map(str::to_owned).collect();
        if dropped.is_empty() {
            return Some(());
        }
        let types = without(&self.text(TYPES)?, |tag| names(tag).is_some_and(|name| is_dropped(&name)));
        self.put(TYPES, types);
        let relations = self.relations(part);
        let leads = |id: &str| relations.iter().any(|one| one.id == id && is_dropped(&one.part));
        let text = without(&self.text(&beside(part))?, |tag| tag.attribute("Id").is_some_and(|id| leads(&id)));
        self.put(&beside(part), text);
        self.dropped.extend(dropped);
        Some(())
    }

    /// The package; `None` where its parts cannot be told from each other.
    pub(super) fn zipped(self) -> Option<Vec<u8>> {
        self.package.rewritten(&self.fresh, &self.dropped)
    }
}

/// The part that is declared.
fn names(tag: &Tag<'_>) -> Option<String> {
    tag.attribute("PartName")?.strip_prefix('/').map(str::to_owned)
}
