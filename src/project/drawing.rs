//! SVG 图片 — a drawing is shown on the site as it is, so it must be nothing but a drawing: no script, no handler, nothing foreign,
//! nothing fetched from elsewhere.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What of a drawing is more than a drawing, with the line on which it stands.
pub(super) fn more_than_a_drawing(text: &str) -> Option<(usize, String)> {
    let mut reader = Reader::from_str(text);
    loop {
        let found = match reader.read_event() {
            // What is no XML is no picture either, and is told as such.
            Ok(Event::Eof) | Err(_) => return None,
            Ok(Event::Start(tag) | Event::Empty(tag)) => in_tag(&tag),
            Ok(Event::DocType(kind)) if kind.contains('[') => Some("自定义了实体".to_owned()),
            Ok(Event::PI(told)) if told.contains("stylesheet") => Some("的样式取自别处".to_owned()),
            Ok(Event::Text(text)) => from_elsewhere(&text).then(|| "的样式取自别处".to_owned()),
            Ok(Event::CData(text)) => from_elsewhere(&text).then(|| "的样式取自别处".to_owned()),
            Ok(_) => None,
        };
        if let Some(found) = found {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            return Some((line, found));
        }
    }
}

/// Elements that do something, or that bring in what is no drawing.
const FOREIGN: [&str; 9] = ["script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "set"];

fn in_tag(tag: &BytesStart<'_>) -> Option<String> {
    let name = tag.local_name().as_ref().to_lowercase();
    if FOREIGN.contains(&name.as_str()) || name.starts_with("animate") {
        return Some(format!("有 <{name}>"));
    }
    for attribute in tag.attributes().flatten() {
        let key = attribute.key.local_name().as_ref().to_lowercase();
        let value = attribute.value.as_ref();
        if key.starts_with("on") {
            return Some(format!("有事件“{key}”"));
        }
        let inside = ["#", "data:image/png", "data:image/jpeg"].iter().any(|start| value.trim().starts_with(start));
        if matches!(key.as_str(), "href" | "src") && !inside {
            return Some(format!("的“{key}”引用了别处的内容"));
        }
        if from_elsewhere(value) && !attribute.key.as_ref().starts_with("xmlns") {
            return Some(format!("的“{key}”引用了别处的内容"));
        }
    }
    None
}

/// Whether a style or a value fetches something.
fn from_elsewhere(value: &str) -> bool {
    let value = value.to_lowercase().replace([' ', '\'', '"'], "");
    let links =
        value.match_indices("url(").any(|(at, _)| !value.get(at + 4..).is_some_and(|rest| rest.starts_with('#')));
    links || value.contains("@import") || value.contains("javascript:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_nothing_but_a_drawing() {
        let found = |inside: &str| {
            more_than_a_drawing(&format!("<svg xmlns='http://www.w3.org/2000/svg'>\n{inside}\n</svg>"))
                .map(|(line, _)| line)
        };
        for drawing in
            ["<rect fill='url(#a)'/>", "<use href='#a'/>", "<text>on url</text>", "<style>.a { fill: red }</style>"]
        {
            assert_eq!(found(drawing), None, "{drawing}");
        }
        for other in [
            "<script>alert(1)</script>",
            "<rect onload='alert(1)'/>",
            "<foreignObject><p/></foreignObject>",
            "<image href='https://example.com/a.png'/>",
            "<use xlink:href='other.svg#a'/>",
            "<style>@import url(https://example.com/a.css)</style>",
            "<rect style='fill: url( \"https://example.com\" )'/>",
            "<a href='javascript:alert(1)'><rect/></a>",
            "<animate attributeName='href' to='x'/>",
            "<set attributeName='onclick' to='x'/>",
        ] {
            assert_eq!(found(other), Some(2), "{other}");
        }
        assert!(more_than_a_drawing("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>").is_some());
    }
}
