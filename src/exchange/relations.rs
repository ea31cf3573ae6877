//! 关系 — which part of a package belongs to which, as beside each part a file of relations says.

use super::package::Package;
use super::tags::{Tag, tags};

/// That a part has another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// What the part calls it.
    pub(super) id: String,
    /// What it is: an address, of which the last word tells.
    pub(super) kind: String,
    /// The name of the other part.
    pub(super) part: String,
}

impl Relation {
    /// Whether it is of a kind: `worksheet`, `comments`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The name of the part that holds the relations of a part.
pub(super) fn beside(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let between = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{between}_rels/{name}.rels")
}

/// What the relations of a part say; those to places outside of the package are passed over.
pub(super) fn read(text: &str, part: &str) -> Vec<Relation> {
    let relation = |tag: Tag<'_>| {
        let is_inside = tag.attribute("TargetMode").is_none_or(|mode| mode != "External");
        let target = tag.attribute("Target").filter(|_| is_inside)?;
        Some(Relation { id: tag.attribute("Id")?, kind: tag.attribute("Type")?, part: resolved(part, &target) })
    };
    tags(text).filter(|tag| tag.begins() && tag.name() == "Relationship").filter_map(relation).collect()
}

/// The relations of a part of a package.
pub(super) fn of(package: &mut Package<'_>, part: &str) -> Vec<Relation> {
    read(&package.text(&beside(part)).unwrap_or_default(), part)
}

/// The name of a part as another names it: from where that stands, or from the root.
fn resolved(part: &str, target: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_stand_or_from_the_root() {
        let sheet = "xl/worksheets/sheet1.xml";
        assert_eq!(resolved(sheet, "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved(sheet, "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/workbook.xml", "worksheets/./sheet1.xml"), sheet);
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!([beside(sheet), beside("")], ["xl/worksheets/_rels/sheet1.xml.rels", "_rels/.rels"]);
    }
}
