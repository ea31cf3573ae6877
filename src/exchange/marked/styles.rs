//! 格式 — the formats of a workbook's cells, and more of them: each format that a faulty cell has, once more on red or yellow ground.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::exchange::tags::{Edited, Kind, Tag, element, tags};

/// What a workbook without formats has.
const NONE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></styleSheet>";

/// The lists that formats are made of, what each begins with where a workbook has none, and what stands behind it.
const LISTS: [(&str, &str, &[&str]); 4] = [
    ("fonts", "<font><sz val=\"11\"/><name val=\"宋体\"/><charset val=\"134\"/></font>", &["fills"]),
    (
        "fills",
        "<fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>",
        &["borders"],
    ),
    ("borders", "<border><left/><right/><top/><bottom/><diagonal/></border>", &["cellStyleXfs", "cellXfs"]),
    (
        "cellXfs",
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>",
        &["cellStyles", "dxfs", "tableStyles", "colors", "extLst"],
    ),
];

/// The ground of a faulty cell: as Excel's own 差 and 适中.
fn ground(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFFFC7CE",
        Severity::Warning => "FFFFEB9C",
    }
}

/// The formats of a workbook.
pub(super) struct Styles {
    text: String,
    declaration: String,
    /// How many each list has, and what is put at its end.
    lists: BTreeMap<&'static str, (u32, String)>,
    /// The formats of cells, as they stand.
    formats: Vec<String>,
    /// The grounds of faulty cells, and the formats with them.
    grounds: BTreeMap<Severity, u32>,
    faulty: BTreeMap<(u32, Severity), u32>,
}

impl Styles {
    /// Those of a part; `None` where it is none.
    pub(super) fn of(text: Option<String>) -> Option<Self> {
        let mut text = text.unwrap_or_else(|| NONE.to_owned());
        let declaration = element(&text, "styleSheet", 0)?.first.declaration();
        for (name, defaults, behind) in LISTS.iter().rev() {
            if children(&text, name).is_empty() {
                text = with_list(&text, name, &format!("<{name}{declaration}>{defaults}</{name}>"), behind)?;
            }
        }
        let list = |name: &'static str| Some((name, (u32::try_from(children(&text, name).len()).ok()?, String::new())));
        let lists = LISTS.iter().filter_map(|(name, ..)| list(name)).collect();
        let formats = children(&text, "cellXfs");
        Some(Self { declaration, lists, formats, grounds: BTreeMap::new(), faulty: BTreeMap::new(), text })
    }

    /// Puts an element at the end of a list, and says its number.
    pub(super) fn add(&mut self, list: &'static str, fresh: &str) -> u32 {
        let name = fresh.find([' ', '>', '/']).unwrap_or_default();
        let (name, rest) = fresh.split_at(name);
        let fresh = format!("{name}{}{rest}", self.declaration);
        self.put(list, &fresh)
    }

    fn put(&mut self, list: &'static str, fresh: &str) -> u32 {
        let (count, text) = self.lists.entry(list).or_default();
        text.push_str(fresh);
        *count += 1;
        *count - 1
    }

    /// A format on the ground of a fault, all else as it is.
    pub(super) fn faulty(&mut self, format: u32, severity: Severity) -> u32 {
        if let Some(known) = self.faulty.get(&(format, severity)) {
            return *known;
        }
        let ground = self.ground(severity).to_string();
        let base = self.formats.get(format as usize).or(self.formats.first()).cloned().unwrap_or_default();
        let fresh = tags(&base).next().map_or_else(String::new, |first| {
            let with = first.with(&[("fillId", Some(&ground)), ("applyFill", Some("1"))]);
            format!("{with}{}", base.get(first.place.end..).unwrap_or_default())
        });
        let faulty = self.put("cellXfs", &fresh);
        self.faulty.insert((format, severity), faulty);
        faulty
    }

    fn ground(&mut self, severity: Severity) -> u32 {
        if let Some(known) = self.grounds.get(&severity) {
            return *known;
        }
        let colour = ground(severity);
        let fill = format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        );
        let fill = self.add("fills", &fill);
        self.grounds.insert(severity, fill);
        fill
    }

    /// The part as it will be.
    pub(super) fn done(&self) -> Option<String> {
        let mut edited = Edited::new(&self.text);
        for (name, (count, fresh)) in &self.lists {
            let list = element(&self.text, name, 1)?;
            edited.replace(list.first.place.clone(), list.first.with(&[("count", Some(&count.to_string()))]));
            edited.insert(list.last?.place.start, fresh.clone());
        }
        Some(edited.done())
    }
}

/// The elements in a list, as they stand.
fn children(text: &str, list: &str) -> Vec<String> {
    let Some(last) = element(text, list, 1).and_then(|list| Some((list.first.place.end, list.last?.place.start)))
    else {
        return Vec::new();
    };
    let inner = text.get(last.0..last.1).unwrap_or_default();
    let (mut all, mut start) = (Vec::new(), 0);
    for tag in tags(inner).filter(|tag| tag.depth == 0) {
        if tag.begins() {
            start = tag.place.start;
        }
        if tag.kind != Kind::Open {
            all.push(inner.get(start..tag.place.end).unwrap_or_default().to_owned());
        }
    }
    all
}

/// The part with a list that it has not, or that is empty, before what stands behind it.
fn with_list(text: &str, name: &str, fresh: &str, behind: &[&str]) -> Option<String> {
    let mut edited = Edited::new(text);
    let root = element(text, "styleSheet", 0)?;
    if let Some(empty) = element(text, name, 1) {
        let end = empty.last.as_ref().map_or(empty.first.place.end, |last| last.place.end);
        edited.replace(empty.first.place.start..end, fresh.to_owned());
    } else if let Some(next) = tags(text).find(|tag: &Tag<'_>| tag.depth == 1 && behind.contains(&tag.name())) {
        edited.insert(next.place.start, fresh.to_owned());
    } else {
        edited.append(&root.first, root.last.as_ref(), fresh);
    }
    Some(edited.done())
}
