//! 样式 — what the styles of a document say of its paragraphs: headings, alignment, size, numbers.

use std::collections::BTreeMap;

use super::xml::Element;

/// What is asked of a style; `None` where it says nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The level of a heading, from 1.
    pub(super) level: Option<u8>,
    /// Whether its paragraphs are titles.
    pub(super) title: bool,
    /// `center`, `right`.
    pub(super) alignment: Option<String>,
    /// The size in half points.
    pub(super) size: Option<u32>,
    /// Whether its text is bold.
    pub(super) bold: Option<bool>,
    /// The list that numbers its paragraphs.
    pub(super) list: Option<(String, u8)>,
    based_on: Option<String>,
}

/// All styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// The list and level that a paragraph's properties name; `0` takes a style's list away.
pub(super) fn list_of(properties: &Element) -> Option<(String, Option<u8>)> {
    let number = properties.child("numPr")?;
    let level = number.value("ilvl").and_then(|level| level.parse().ok());
    Some((number.value("numId").unwrap_or_default().to_owned(), level))
}

impl Styles {
    /// The styles that a document has.
    pub(super) fn of(root: &Element) -> Self {
        let mut styles = BTreeMap::new();
        for style in root.elements().filter(|element| element.name == "style") {
            let none = Element::default();
            let paragraph = style.child("pPr").unwrap_or(&none);
            let run = style.child("rPr").unwrap_or(&none);
            let name = style.value("name").unwrap_or_default().to_lowercase();
            let by_name = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
            let by_name = by_name.and_then(|level| level.trim().parse().ok());
            let outline = paragraph.value("outlineLvl").and_then(|level| level.parse::<u8>().ok());
            let read = Style {
                level: by_name.or(outline.filter(|level| *level < 9).map(|level| level + 1)),
                title: name == "title" || name == "标题",
                alignment: paragraph.value("jc").map(str::to_owned),
                size: run.value("sz").and_then(|size| size.parse().ok()),
                bold: run.flag("b"),
                list: list_of(paragraph).map(|(list, level)| (list, level.unwrap_or(0))),
                based_on: style.value("basedOn").map(str::to_owned),
            };
            styles.insert(style.attribute("styleId").unwrap_or_default().to_owned(), read);
        }
        Self(styles)
    }

    /// A style with what it has from those that it is based on.
    pub(super) fn style(&self, id: &str) -> Style {
        let mut whole = Style::default();
        let mut next = Some(id.to_owned());
        // A style that is based on itself is read once.
        for _ in 0..self.0.len() {
            let Some(style) = next.as_ref().and_then(|id| self.0.get(id)) else { break };
            whole.level = whole.level.or(style.level);
            whole.title |= style.title;
            whole.alignment = whole.alignment.or_else(|| style.alignment.clone());
            whole.size = whole.size.or(style.size);
            whole.bold = whole.bold.or(style.bold);
            whole.list = whole.list.or_else(|| style.list.clone());
            next.clone_from(&style.based_on);
        }
        whole
    }
}
