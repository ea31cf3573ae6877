//! 包 — the parts of a .docx around its text: styles, faces, settings, heads and feet, pictures; zipped so that the same document makes the same
//! bytes.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;

use super::super::super::package::packing;
use super::flow::{Face, escaped, office_size, twips};

/// The namespaces that every part of the text declares.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
     xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"\"";

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// English metric units in a point.
const EMU: f64 = 12_700.0;

#[expect(clippy::cast_possible_truncation, reason = "measures of a page are small")]
pub(super) fn emu(points: f64) -> i64 {
    (points * EMU).round() as i64
}

/// A workspace's picture by its path.
pub(super) type Pictures<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// The pictures of a document.
pub(super) struct Media<'a> {
    pub(super) find: Pictures<'a>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    drawn: usize,
}

impl<'a> Media<'a> {
    pub(super) fn new(find: Pictures<'a>) -> Self {
        Self { find, files: Vec::new(), drawn: 0 }
    }

    /// A number that no other drawing has.
    pub(super) fn number(&mut self) -> usize {
        self.drawn += 1;
        self.drawn
    }

    /// A picture in the text; `None` where it is of a format that Word does not show.
    pub(super) fn picture(&mut self, path: &str, alt: &str, (width, height): (f64, f64)) -> Option<String> {
        let bytes = (self.find)(path)?;
        let ending = super::super::markdown::picture_ending(&bytes)?;
        let id = self.number();
        let name = format!("image{id}.{ending}");
        self.files.push((name, bytes));
        let (cx, cy) = (emu(width), emu(height));
        let alt = escaped(alt);
        Some(format!(
            "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
             <wp:docPr id=\"{id}\" name=\"图{id}\" descr=\"{alt}\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"图{id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdImage{id}\"/>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
             </a:graphicData></a:graphic></wp:inline></w:drawing>"
        ))
    }
}

/// Something at its own place on the page, in points from its corner: a rule, or text without a frame around it.
pub(super) fn anchored(
    id: usize,
    name: &str,
    at: (f64, f64),
    size: (f64, f64),
    fill: Option<&str>,
    text: &str,
) -> String {
    let (x, y, cx, cy) = (emu(at.0), emu(at.1), emu(size.0).max(1), emu(size.1).max(1));
    let fill = fill.map_or_else(
        || "<a:noFill/>".to_owned(),
        |colour| format!("<a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill>"),
    );
    let text = if text.is_empty() {
        String::new()
    } else {
        format!("<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>")
    };
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" \
         simplePos=\"0\" relativeHeight=\"{id}\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">\
         <wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"page\"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
         <wp:positionV relativeFrom=\"page\"><wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
         <wp:wrapNone/><wp:docPr id=\"{id}\" name=\"{name}\"/><wp:cNvGraphicFramePr/><a:graphic>\
         <a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr/>\
         <wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
         </a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>{text}<wps:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"/>\
         </wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
}

/// The styles: the text, its four levels, titles, cells.
fn styles(pitch: f64, size: f64, step: f64) -> String {
    let (half, narrower) = office_size(size);
    let (line, indent) = (twips(pitch), twips(2.0 * step));
    let mut out = format!(
        "{XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:spacing w:val=\"{narrower}\"/><w:sz w:val=\"{half}\"/>\
         <w:szCs w:val=\"{half}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"gw\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:widowControl w:val=\"0\"/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>\
         <w:adjustRightInd w:val=\"0\"/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"exact\"/>\
         <w:ind w:firstLineChars=\"200\" w:firstLine=\"{indent}\"/><w:jc w:val=\"both\"/></w:pPr></w:style>",
        Face::Fang.fonts()
    );
    for (level, face, name) in [
        (1, Face::Hei, "公文一级标题"),
        (2, Face::Kai, "公文二级标题"),
        (3, Face::Fang, "公文三级标题"),
        (4, Face::Fang, "公文四级标题"),
    ] {
        let outline = level - 1;
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"gw{level}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"gw\"/>\
             <w:next w:val=\"gw\"/><w:qFormat/><w:pPr><w:outlineLvl w:val=\"{outline}\"/></w:pPr><w:rPr>{}</w:rPr></w:style>",
            face.fonts()
        );
    }
    let plain = |id: &str, name: &str, paragraph: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"gw\"/><w:pPr>{paragraph}</w:pPr></w:style>"
        )
    };
    out.push_str(&plain(
        "gwtitle",
        "公文标题",
        "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ));
    let auto = "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
    out.push_str(&plain("gwcell", "公文表格", &format!("{auto}<w:jc w:val=\"center\"/>")));
    out.push_str(&plain("gwpic", "公文图", auto));
    out.push_str(&plain("gwfoot", "公文页码", auto));
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).concat();
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"gwtable\"><w:name w:val=\"公文表\"/><w:tblPr><w:tblBorders>{sides}\
         </w:tblBorders><w:tblCellMar><w:top w:w=\"30\" w:type=\"dxa\"/><w:left w:w=\"57\" w:type=\"dxa\"/><w:bottom w:w=\"30\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
    );
    out
}

fn faces() -> String {
    let mut out = format!("{XML}<w:fonts {NAMESPACES}>");
    for face in Face::ALL {
        let _ = write!(
            out,
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>",
            face.name(),
            face.instead()
        );
    }
    out.push_str("</w:fonts>");
    out
}

/// What stands in the margins: by the name of its part, as it is written.
pub(super) struct Margins {
    pub(super) parts: Vec<(&'static str, String)>,
}

/// The relations that a section names its margins by.
pub(super) fn relation(part: &str) -> String {
    format!("rId{part}")
}

/// Zips the parts of a document.
pub(super) fn package(
    body: &str,
    margins: &Margins,
    media: &[(String, Vec<u8>)],
    (pitch, size, step): (f64, f64, f64),
) -> Vec<u8> {
    let mut types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpg\" ContentType=\"image/jpeg\"/><Default Extension=\"gif\" ContentType=\"image/gif\"/>"
    );
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut relations =
        format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let mut part = |name: &str, kind: &str, id: &str| {
        let _ = write!(types, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{main}.{kind}+xml\"/>");
        if !id.is_empty() {
            let kind = if kind == "document.main" { "officeDocument" } else { kind };
            let _ = write!(relations, "<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"{name}.xml\"/>");
        }
    };
    part("document", "document.main", "");
    part("styles", "styles", "rIdStyles");
    part("fontTable", "fontTable", "rIdFonts");
    part("settings", "settings", "rIdSettings");
    for (name, _) in &margins.parts {
        part(name, if name.starts_with("header") { "header" } else { "footer" }, &relation(name));
    }
    for (name, _) in media {
        let id = name.trim_start_matches("image").split('.').next().unwrap_or_default();
        let _ = write!(relations, "<Relationship Id=\"rIdImage{id}\" Type=\"{kinds}/image\" Target=\"media/{name}\"/>");
    }
    types.push_str("</Types>");
    relations.push_str("</Relationships>");
    let root = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{kinds}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let settings = format!(
        "{XML}<w:settings {NAMESPACES}><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:adjustLineHeightInTable/>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    );
    let document = format!("{XML}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), root.into_bytes()),
        ("word/document.xml".to_owned(), document.into_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), relations.into_bytes()),
        ("word/styles.xml".to_owned(), styles(pitch, size, step).into_bytes()),
        ("word/fontTable.xml".to_owned(), faces().into_bytes()),
        ("word/settings.xml".to_owned(), settings.into_bytes()),
    ];
    for (name, text) in &margins.parts {
        let root = if name.starts_with("header") { "hdr" } else { "ftr" };
        let text = format!("{XML}<w:{root} {NAMESPACES}>{text}</w:{root}>");
        parts.push((format!("word/{name}.xml"), text.into_bytes()));
    }
    parts.extend(media.iter().map(|(name, bytes)| (format!("word/media/{name}"), bytes.clone())));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // A vector takes all that is written into it.
        if zip.start_file(name, packing()).is_ok() {
            let _ = zip.write_all(&bytes);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
