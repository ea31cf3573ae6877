//! The copy for one who fills a table in again (`import --mark`): the very file, but for the ground and the note of each faulty cell and one
//! sheet more. Held against every workbook of `tests/cases/exchange/excel`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::exchange::{folder, tree};
use crate::workspace::Workspace;
use hongtou::yaml::Node;
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

/// The parts of a package, by their names.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// What is wrong with a part as XML: where it breaks off, and prefixes that nobody declared.
fn malformed(bytes: &[u8]) -> Option<String> {
    let mut reader = NsReader::from_str(std::str::from_utf8(bytes).ok()?);
    loop {
        match reader.read_resolved_event() {
            Ok((_, Event::Eof)) => return None,
            Ok((ResolveResult::Unknown(prefix), _)) => return Some(format!("{prefix:?} is not declared")),
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// How an official has a file imported.
fn arguments(table: &Path) -> Option<Vec<String>> {
    let wanted = fs::read_to_string(format!("{}.期望.yaml", table.display())).ok()?;
    let wanted = tree(&wanted);
    let text = |key: &str| wanted.child(key).and_then(Node::text);
    let kind = text("种类")?;
    let mut arguments = vec!["--as", kind, "--on", "2026-06-01", "--dry-run", "--format", "json"];
    match kind {
        "申报" => arguments.extend(["--year", "2025"]),
        "目录" => arguments.extend(["--of", "gaoduan-lv", "--edition", "2026年版"]),
        "人才目录" => arguments.extend(["--of", "jinque-rencai", "--edition", "2026年版"]),
        "放假" => arguments.extend(["--year", text("年度")?]),
        _ => {}
    }
    Some(arguments.into_iter().map(str::to_owned).collect())
}

/// What is found in a file, and how bad it is, by cell; where it is marked, in which copy.
fn found(workspace: &Workspace, table: &Path, said: &[String], copy: Option<&Path>) -> Option<Vec<[String; 3]>> {
    let table = table.to_string_lossy();
    let copy = copy.map(|copy| copy.to_string_lossy().into_owned());
    let mut arguments = vec!["import", &*table];
    arguments.extend(said.iter().map(String::as_str));
    arguments.extend(copy.iter().flat_map(|copy| ["--mark", copy.as_str()]));
    let run = workspace.run(&arguments);
    let all: Vec<serde_json::Value> = serde_json::from_str(&run.out).ok()?;
    let found = all.iter().filter(|one| one["级别"] != "说明");
    Some(found.map(|one| ["格", "级别", "问题"].map(|key| one[key].as_str().unwrap_or_default().to_owned())).collect())
}

/// Whether a part may be another in a copy: those that say what there is, and those that hold formats, cells and notes.
fn may_change(name: &str) -> bool {
    let known = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"];
    known.contains(&name)
        || ["xl/worksheets/", "xl/comments", "xl/drawings/"].iter().any(|start| name.starts_with(start))
            && !name.ends_with("chart1.xml")
}

#[test]
fn a_copy_is_the_file_itself_and_says_the_same_when_it_is_imported() {
    let workspace = Workspace::sample();
    let mut tables: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    tables.sort();
    let (mut tried, mut wrong) = (0, Vec::new());
    for table in tables {
        let Some(said) = arguments(&table) else { continue };
        let name = table.file_name().unwrap().to_string_lossy().into_owned();
        let copy = workspace.path("退回.xlsx");
        let Some(first) = found(&workspace, &table, &said, Some(&copy)) else { continue };
        tried += 1;
        let again = found(&workspace, &copy, &said, None);
        if again.as_ref() != Some(&first) {
            wrong.push(format!("{name}: {first:?}\n   in the copy {again:?}"));
        }
        let bytes = fs::read(&table).unwrap();
        let fresh = parts(&fs::read(&copy).unwrap());
        if bytes.starts_with(b"PK") && !name.ends_with(".ods") {
            for (part, bytes) in parts(&bytes) {
                if fresh.get(&part) != Some(&bytes) && !may_change(&part) && !part.contains("vba") {
                    wrong.push(format!("{name}: {part} is not as it was"));
                }
            }
        }
        for (part, bytes) in
            fresh.iter().filter(|(part, _)| [".xml", ".rels", ".vml"].iter().any(|end| part.ends_with(end)))
        {
            wrong.extend(malformed(bytes).map(|error| format!("{name}: {part}: {error}")));
        }
        if fresh.keys().any(|part| part.contains("vba")) {
            wrong.push(format!("{name}: macros"));
        }
        // Each cell once, whatever was found in it.
        let cells: BTreeSet<&String> = first.iter().map(|one| &one[0]).filter(|cell| !cell.is_empty()).collect();
        let notes: String = fresh
            .iter()
            .filter(|(part, _)| part.starts_with("xl/comments"))
            .map(|(_, bytes)| String::from_utf8_lossy(bytes))
            .collect();
        let noted = notes.matches("<r><rPr><sz val=\"9\"/>").count();
        if noted < cells.iter().filter(|cell| !cell.contains(':')).count() {
            wrong.push(format!("{name}: {noted} notes for {cells:?}"));
        }
    }
    assert!(tried > 15, "{tried}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_copy_keeps_its_look_and_the_notes_that_were_there() {
    let workspace = Workspace::sample();
    let table = folder().join("样式.xlsx");
    let copy = workspace.path("退回.xlsx");
    let said = arguments(&table).unwrap();
    found(&workspace, &table, &said, Some(&copy)).unwrap();
    let (old, new) = (parts(&fs::read(&table).unwrap()), parts(&fs::read(&copy).unwrap()));
    let text = |parts: &BTreeMap<String, Vec<u8>>, name: &str| String::from_utf8(parts[name].clone()).unwrap();
    // The sheet: two cells have another format, all else stands.
    let (was, is) = (text(&old, "xl/worksheets/sheet2.xml"), text(&new, "xl/worksheets/sheet2.xml"));
    for kept in
        ["<cols>", "<mergeCells", "<conditionalFormatting", "<dataValidations", "<sheetProtection", "<f>SUM(G3:G5)</f>"]
    {
        let from = |text: &str| text[text.find(kept).unwrap_or_else(|| panic!("{kept} in {text}"))..].to_owned();
        let (was, is) = (from(&was), from(&is));
        assert_eq!(was[..was.find("/>").unwrap()], is[..is.find("/>").unwrap()]);
    }
    let format = |name: &str| {
        let cell = &is[is.find(&format!("<c r=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {is}"))..];
        let format = &cell[cell.find(" s=\"").unwrap() + 4..];
        format[..format.find('"').unwrap()].parse::<usize>().unwrap()
    };
    // 楷体 in red is still 楷体 in red, on the ground of an error.
    let styles = text(&new, "xl/styles.xml");
    let formats = &styles[styles.find("<cellXfs").unwrap()..];
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    let was_format =
        was[was.find("<c r=\"C3\" s=\"").unwrap() + 13..].split('"').next().unwrap().parse::<usize>().unwrap();
    let attribute = |format: &str, name: &str| {
        let from = format.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
        format[from..].split('"').next().unwrap().to_owned()
    };
    for name in ["numFmtId", "fontId", "borderId"] {
        assert_eq!(attribute(formats[was_format], name), attribute(formats[format("C3")], name), "{name}");
    }
    let fills: Vec<&str> = styles[styles.find("<fills").unwrap()..].split("<fill>").skip(1).collect();
    for cell in ["C3", "E4"] {
        let fill: usize = attribute(formats[format(cell)], "fillId").parse().unwrap();
        assert!(fills[fill].contains("FFFFC7CE"), "{cell} {}", fills[fill]);
    }
    // The notes: what was said there is said still, and what is found below it.
    let notes = new.iter().find(|(name, _)| name.contains("comments")).map(|(_, bytes)| bytes.clone()).unwrap();
    let notes = String::from_utf8(notes).unwrap();
    assert_eq!(notes.matches("<comment ").count(), 3, "{notes}");
    for words in ["按营业执照填。", "去年新设立。", "区县经办人", "“巩义”不在", "红头"] {
        assert!(notes.contains(words), "{words} in {notes}");
    }
    let drawing = new.iter().find(|(name, _)| name.ends_with(".vml")).map(|(_, bytes)| bytes.clone()).unwrap();
    let drawing = String::from_utf8(drawing).unwrap();
    assert_eq!(drawing.matches("ObjectType=\"Note\"").count(), 3, "{drawing}");
    // The prefixes of who drew the others are not ours.
    let fresh = &drawing[drawing.rfind("<v:shape ").unwrap()..];
    assert!(["v", "o", "x"].iter().all(|prefix| fresh.contains(&format!("xmlns:{prefix}=\"urn:schemas-"))), "{fresh}");
    // The list leads to the cells, though the sheet's name has a quote and a blank in it.
    let list = new.iter().find(|(_, bytes)| bytes.windows(12).any(|part| part == b"<hyperlinks>")).unwrap().1;
    assert!(String::from_utf8_lossy(list).contains("location=\"&apos;O&apos;&apos;企业 名单&apos;!C3\""));
}
