//! 接合 — the PDFs of the stretches of one document as one file: their pages, tags and outlines, one after the other. Each object is
//! written as it comes: a list of ten thousand rows has a hundred thousand of them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Error, Object, ObjectId, Result, Stream, Writer, dictionary};
use sha2::{Digest, Sha256};

use crate::digest::hex;

use super::outline::Outline;

/// What a file has one of, however many stretches it is joined from; written at the end.
const CATALOG: ObjectId = (1, 0);
const PAGES: ObjectId = (2, 0);
const TAGS: ObjectId = (3, 0);
const TAGGED: ObjectId = (4, 0);
const OUTLINE: ObjectId = (5, 0);
const INFORMATION: ObjectId = (6, 0);
const METADATA: ObjectId = (7, 0);
/// The number after theirs.
const FREE: u32 = 8;

/// A PDF as far as it is written.
#[derive(Debug)]
pub(in crate::pdf) struct Joined {
    bytes: Vec<u8>,
    /// Where each object begins, by its number.
    offsets: BTreeMap<u32, usize>,
    /// The number of the next object.
    next: u32,
    pages: Vec<Object>,
    count: i64,
    /// What the marks of each page belong to.
    parents: Vec<Object>,
    /// What the document consists of for those who hear it.
    tagged: Vec<Object>,
    /// The heads of columns, by the names that cells call them by.
    heads: BTreeMap<Vec<u8>, Object>,
    roles: Dictionary,
    outline: Outline,
    /// What the file says of itself, from its first stretch.
    frame: Option<Frame>,
    digest: Sha256,
}

/// What a file says of itself.
#[derive(Debug)]
struct Frame {
    catalog: Dictionary,
    tagged: Dictionary,
    information: Object,
    metadata: Stream,
    /// Which document it is, and which writing of it.
    id: (Object, Vec<u8>),
}

/// How what a stretch numbers and names is called in the file.
struct Names {
    numbers: BTreeMap<ObjectId, ObjectId>,
    /// How many pages and links with marks stand before it.
    marks: i64,
    /// What tells the heads of its columns from those of other stretches.
    prefix: Vec<u8>,
    /// Whether its headings are one level deeper than it knows.
    deeper: bool,
}

impl Joined {
    /// A file without a stretch.
    pub(in crate::pdf) fn new() -> Self {
        Self {
            bytes: b"%PDF-1.7\n%\xAA\xAA\xAA\xAA\n".to_vec(),
            offsets: BTreeMap::new(),
            next: FREE,
            pages: Vec::new(),
            count: 0,
            parents: Vec::new(),
            tagged: Vec::new(),
            heads: BTreeMap::new(),
            roles: Dictionary::new(),
            outline: Outline::default(),
            frame: None,
            digest: Sha256::new(),
        }
    }

    /// Adds a stretch, as the engine has written it, with its tags. Where the table that it ends with goes on elsewhere, it holds so
    /// many `rows` of it; its headings are below the title of the document, if that `has_title`.
    ///
    /// # Errors
    ///
    /// Where it is no such file.
    pub(in crate::pdf) fn add(&mut self, pdf: &[u8], rows: Option<usize>, has_title: bool) -> Result<()> {
        let mut stretch = Document::load_mem(pdf)?;
        self.digest.update(Sha256::digest(pdf));
        let (root, information) = (reference(&stretch.trailer, "Root")?, reference(&stretch.trailer, "Info")?);
        let mut catalog = stretch.get_dictionary(root)?.clone();
        let metadata = reference(&catalog, "Metadata")?;
        let (pages, tags) = (reference(&catalog, "Pages")?, reference(&catalog, "StructTreeRoot")?);
        let outline = reference(&catalog, "Outlines").ok();
        let (mut page_tree, mut tag_tree) =
            (stretch.get_dictionary(pages)?.clone(), stretch.get_dictionary(tags)?.clone());
        let [Object::Reference(tagged)] = tag_tree.get(b"K")?.as_array()?.as_slice() else {
            return Err(Error::DictKey("K".into()));
        };
        let mut single = BTreeSet::from([root, information, metadata, pages, tags, *tagged]);
        let mut names = Names {
            numbers: BTreeMap::from([(metadata, METADATA), (pages, PAGES), (tags, TAGS), (*tagged, TAGGED)]),
            marks: i64::try_from(self.parents.len()).unwrap_or(i64::MAX),
            prefix: if self.frame.is_some() { format!("{}-", self.count).into() } else { Vec::new() },
            deeper: self.frame.is_some() && has_title,
        };
        names.numbers.extend(outline.map(|outline| (outline, OUTLINE)));
        single.extend(outline);
        if self.frame.is_some() {
            // Its colours are those of the first one.
            single.extend(below(&stretch, catalog.get(b"OutputIntents")));
        }
        if let Some(rows) = rows {
            single.extend(end_table(&mut stretch, *tagged, rows)?);
        }
        for id in stretch.objects.keys().filter(|id| !single.contains(id)) {
            names.numbers.insert(*id, (self.next, 0));
            self.next += 1;
        }

        let mut document = stretch.get_dictionary(*tagged)?.clone();
        let said = stretch.get_object(information)?.clone();
        let told = stretch.get_object(metadata)?.as_stream()?.clone();
        let id = stretch.trailer.get(b"ID").and_then(Object::as_array).cloned();
        let mut entries = outline.map_or(Ok(Outline::default()), |outline| Outline::of(&stretch, outline))?;
        let held = entries.ids();
        for dictionary in [&mut catalog, &mut page_tree, &mut tag_tree, &mut document] {
            names.rename_all(dictionary);
        }
        entries.rename(|id| names.numbers.get(&id).copied().unwrap_or(id), |entry| names.rename_all(entry));

        self.count += page_tree.get(b"Count")?.as_i64()?;
        self.pages.extend(page_tree.get(b"Kids")?.as_array()?.iter().cloned());
        let of_marks = tag_tree.get(b"ParentTree")?.as_dict()?.get(b"Nums")?.as_array()?;
        self.parents.extend(of_marks.iter().skip(1).step_by(2).cloned());
        let heads = tag_tree.get(b"IDTree").and_then(Object::as_dict).and_then(|tree| tree.get(b"Names")?.as_array());
        for pair in heads.map(Vec::as_slice).unwrap_or_default().chunks_exact(2) {
            if let [Object::String(name, _), cell] = pair {
                self.heads.insert([names.prefix.as_slice(), name].concat(), cell.clone());
            }
        }
        for (role, meaning) in tag_tree.get(b"RoleMap").and_then(Object::as_dict).into_iter().flat_map(Dictionary::iter)
        {
            self.roles.set(role.clone(), meaning.clone());
        }
        self.tagged.extend(document.get(b"K")?.as_array()?.iter().cloned());
        self.outline.add(entries, has_title);
        if self.frame.is_none() {
            let id = id?;
            let [which, Object::String(writing, _)] = id.as_slice() else { return Err(Error::DictKey("ID".into())) };
            let id = (which.clone(), writing.clone());
            self.frame = Some(Frame { catalog, tagged: document, information: said, metadata: told, id });
        }
        let rest = std::mem::take(&mut stretch.objects);
        for (id, mut object) in rest.into_iter().filter(|(id, _)| !single.contains(id) && !held.contains(id)) {
            names.rename(&mut object);
            if let Some(number) = names.numbers.get(&id) {
                self.write(*number, &object)?;
            }
        }
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// Where nothing was added.
    pub(in crate::pdf) fn finish(mut self) -> Result<Vec<u8>> {
        let Some(frame) = self.frame.take() else { return Err(Error::PageNumberNotFound(1)) };
        let Frame { mut catalog, mut tagged, information, mut metadata, id: (which, writing) } = frame;
        // As long as the one that it takes the place of.
        let digest = hex(&self.digest.clone().finalize());
        let own = digest.get(..writing.len()).unwrap_or(&digest).to_owned();
        let told = String::from_utf8_lossy(&metadata.content).replace(String::from_utf8_lossy(&writing).as_ref(), &own);
        metadata.set_plain_content(with_count(&told, self.count).into_bytes());

        let outline = std::mem::take(&mut self.outline);
        if let Some((root, entries)) = outline.finish() {
            catalog.set("Outlines", OUTLINE);
            self.write(OUTLINE, &root.into())?;
            for (id, entry) in entries {
                self.write(id, &entry.into())?;
            }
        }
        let pages = dictionary! {
            "Type" => "Pages", "Count" => self.count, "Kids" => std::mem::take(&mut self.pages),
        };
        tagged.set("K", std::mem::take(&mut self.tagged));
        let parents = std::mem::take(&mut self.parents);
        let next = i64::try_from(parents.len()).unwrap_or(i64::MAX);
        let of_marks: Vec<Object> = (0..next).zip(parents).flat_map(|(at, parent)| [at.into(), parent]).collect();
        let mut tags = dictionary! {
            "Type" => "StructTreeRoot", "RoleMap" => std::mem::take(&mut self.roles), "K" => vec![TAGGED.into()],
            "ParentTree" => dictionary! { "Nums" => of_marks }, "ParentTreeNextKey" => next,
        };
        let heads = std::mem::take(&mut self.heads);
        if !heads.is_empty() {
            let heads = heads.into_iter().flat_map(|(name, cell)| [Object::string_literal(name), cell]);
            tags.set("IDTree", dictionary! { "Names" => heads.collect::<Vec<Object>>() });
        }
        self.write(CATALOG, &catalog.into())?;
        self.write(PAGES, &pages.into())?;
        self.write(TAGS, &tags.into())?;
        self.write(TAGGED, &tagged.into())?;
        self.write(INFORMATION, &information)?;
        self.write(METADATA, &metadata.into())?;
        let trailer = dictionary! {
            "Size" => i64::from(self.next), "Root" => CATALOG, "Info" => INFORMATION,
            "ID" => vec![which, Object::string_literal(own)],
        };
        let begins = self.bytes.len();
        self.bytes.extend(format!("xref\n0 {}\n0000000000 65535 f\r\n", self.next).bytes());
        for number in 1..self.next {
            let line = match self.offsets.get(&number) {
                Some(offset) => format!("{offset:010} 00000 n\r\n"),
                None => "0000000000 65535 f\r\n".to_owned(),
            };
            self.bytes.extend(line.bytes());
        }
        self.bytes.extend(b"trailer\n");
        Writer::write_object(&mut self.bytes, &trailer.into())?;
        self.bytes.extend(format!("\nstartxref\n{begins}\n%%EOF").bytes());
        Ok(self.bytes)
    }

    fn write(&mut self, id: ObjectId, object: &Object) -> Result<()> {
        self.offsets.insert(id.0, self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", id.0).bytes());
        Writer::write_object(&mut self.bytes, object)?;
        self.bytes.extend(b"\nendobj\n");
        Ok(())
    }
}

impl Names {
    fn rename(&self, object: &mut Object) {
        match object {
            Object::Reference(id) => *id = self.numbers.get(id).copied().unwrap_or(*id),
            Object::Array(items) => items.iter_mut().for_each(|item| self.rename(item)),
            Object::Dictionary(dictionary) => self.rename_all(dictionary),
            Object::Stream(stream) => self.rename_all(&mut stream.dict),
            _ => {}
        }
    }

    fn rename_all(&self, dictionary: &mut Dictionary) {
        let is_tag = dictionary.has_type(b"StructElem");
        for (key, value) in dictionary.iter_mut() {
            match (key.as_slice(), value) {
                (b"StructParents" | b"StructParent", Object::Integer(number)) => *number += self.marks,
                (b"S", Object::Name(kind)) if is_tag && self.deeper => {
                    if let [b'H', level @ b'1'..=b'5'] = kind.as_mut_slice() {
                        *level += 1;
                    }
                }
                (b"ID", name) if is_tag => self.prefix(name),
                (b"Headers", Object::Array(names)) => names.iter_mut().for_each(|name| self.prefix(name)),
                (_, value) => self.rename(value),
            }
        }
    }

    fn prefix(&self, name: &mut Object) {
        if let Object::String(name, _) = name {
            name.splice(..0, self.prefix.iter().copied());
        }
    }
}

fn reference(of: &Dictionary, key: &str) -> Result<ObjectId> {
    of.get(key.as_bytes())?.as_reference()
}

/// Ends the table that a document ends with after so many rows; the tags of the others.
fn end_table(file: &mut Document, document: ObjectId, rows: usize) -> Result<BTreeSet<ObjectId>> {
    let mut body = document;
    let mut within = parts(file, body)?;
    while let Some(last) = within.last().and_then(|last| last.as_reference().ok()) {
        if file.get_dictionary(last)?.get(b"S")?.as_name()? == b"TR" {
            break;
        }
        body = last;
        within = parts(file, body)?;
    }
    let mut open = within.split_off(rows.min(within.len()));
    let mut left_out = BTreeSet::new();
    while let Some(part) = open.pop() {
        if let Ok(id) = part.as_reference()
            && left_out.insert(id)
        {
            open.extend(parts(file, id)?);
        }
    }
    file.get_object_mut(body)?.as_dict_mut()?.set("K", within);
    Ok(left_out)
}

/// What an element of the tags consists of.
fn parts(file: &Document, element: ObjectId) -> Result<Vec<Object>> {
    let parts = file.get_dictionary(element)?.get(b"K").and_then(Object::as_array);
    Ok(parts.cloned().unwrap_or_default())
}

/// All that is reached from an object.
fn below(file: &Document, object: Result<&Object>) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Object> = object.into_iter().collect();
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) if found.insert(*id) => open.extend(file.get_object(*id)),
            Object::Array(items) => open.extend(items),
            Object::Dictionary(dictionary) => open.extend(dictionary.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found
}

/// What the file tells of itself, with the number of all its pages (`xmpTPg:NPages`).
fn with_count(told: &str, count: i64) -> String {
    const PAGES: &str = "<xmpTPg:NPages>";
    match told.split_once(PAGES) {
        Some((before, rest)) => {
            let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}{PAGES}{count}{rest}")
        }
        None => told.to_owned(),
    }
}
