//! 合订 — all letters of a notice in one file for the printing room, in the order of the list, each beginning on an odd page, so
//! that two-sided printing never puts two enterprises on one sheet.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::Prints;
use super::artifact::Sheets;
use super::filling::Filling;
use crate::diag::{Code, Diagnostic, Report};
use crate::disk::reason;
use crate::parallel::{parallel, threads};

/// How many letters a file holds: more would only be slow to open and to send to the printer.
const MOST: usize = 200;

/// A printed letter with its sources and its path.
pub(super) type Leaf = (Sheets, Vec<String>, String);

/// Adds the letters of one notice, and the files in which they are bound; each letter with its sources and its path.
pub(super) fn add(room: &mut Filling<'_>, letters: Vec<Leaf>, prints: Option<&Prints>, report: &mut Report) {
    let folder = letters.first().and_then(|(_, _, path)| path.rsplit_once('/')).map(|(folder, _)| folder.to_owned());
    let Some(folder) = folder else { return };
    let several = letters.len() > MOST;
    let chunks: Vec<&[Leaf]> = letters.chunks(MOST).collect();
    // Each is as large as all its letters: read through, or bound anew, several at a time.
    let bound = parallel(&chunks, threads(), |bound| {
        // Where nothing is printed, as in a check, nothing is bound.
        if bound.iter().any(|(sheets, _, _)| sheets.content.size() == 0) {
            return None;
        }
        let make = || -> Result<Vec<u8>, String> {
            let read = bound.iter().map(|(sheets, _, _)| sheets.content.bytes());
            let pdfs = read.collect::<Result<Vec<_>, _>>().map_err(|error| reason(&error))?;
            bind(pdfs.iter().map(AsRef::as_ref)).map_err(|error| error.to_string())
        };
        let digests: Vec<[u8; 32]> = bound.iter().map(|(sheets, _, _)| sheets.digest).collect();
        Some(match prints {
            Some(prints) => prints.made_of(&digests, make),
            None => make().map(|bytes| room.lay_aside(bytes)),
        })
    });
    for (index, sheets) in bound.into_iter().enumerate() {
        let name = if several { format!("{folder}-{}.pdf", index + 1) } else { format!("{folder}.pdf") };
        match sheets {
            Some(Ok(sheets)) => room.add_print(name, sheets, Vec::new()),
            Some(Err(error)) => report.push(
                Diagnostic::warning(Code::Output, format!("{name} 没有合订成：{error}"))
                    .help("各件告知书都在，逐件打印即可"),
            ),
            None => {}
        }
    }
    for (sheets, sources, path) in letters {
        room.add_print(path, sheets, sources);
    }
}

/// PDFs one after the other, each beginning on an odd page.
fn bind<'a>(pdfs: impl Iterator<Item = &'a [u8]>) -> lopdf::Result<Vec<u8>> {
    let mut bound = Document::with_version("1.7");
    let root = bound.new_object_id();
    let mut pages: Vec<Object> = Vec::new();
    for pdf in pdfs {
        let mut letter = leaves(pdf)?;
        letter.renumber_objects_with(bound.max_id + 1);
        bound.max_id = letter.max_id;
        let of_letter: Vec<ObjectId> = letter.get_pages().into_values().collect();
        for id in &of_letter {
            letter.get_object_mut(*id)?.as_dict_mut()?.set("Parent", root);
            pages.push((*id).into());
        }
        let size = of_letter
            .first()
            .and_then(|id| letter.get_object(*id).ok()?.as_dict().ok()?.get(b"MediaBox").ok().cloned());
        bound.objects.extend(letter.objects);
        if !of_letter.len().is_multiple_of(2) {
            let mut blank = dictionary! { "Type" => "Page", "Parent" => root, "Resources" => dictionary! {} };
            if let Some(size) = size {
                blank.set("MediaBox", size);
            }
            pages.push(bound.add_object(blank).into());
        }
    }
    let count = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    bound.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => count }.into());
    let catalog = bound.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    bound.trailer.set("Root", catalog);
    bound.prune_objects();
    bound.renumber_objects();
    let mut bytes = Vec::new();
    bound.save_to(&mut bytes)?;
    Ok(bytes)
}

/// The pages of a PDF and nothing else. The marks for readers of the screen, which are most of its objects, do not go along.
fn leaves(pdf: &[u8]) -> lopdf::Result<Document> {
    let mut letter = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = letter.get_pages().into_values().collect();
    for id in pages {
        // What a page takes from those above it goes with it.
        let inherited = ["MediaBox", "Resources", "Rotate"].map(|key| (key, above(&letter, id, key.as_bytes())));
        let page = letter.get_object_mut(id)?.as_dict_mut()?;
        for (key, value) in inherited {
            if let (false, Some(value)) = (page.has(key.as_bytes()), value) {
                page.set(key, value);
            }
        }
        page.remove(b"StructParents");
        page.remove(b"Annots");
    }
    let catalog = letter.catalog_mut()?;
    *catalog = dictionary! { "Type" => "Catalog", "Pages" => catalog.get(b"Pages")?.clone() };
    letter.trailer.remove(b"Info");
    letter.prune_objects();
    Ok(letter)
}

/// What a page takes from the nodes above it.
fn above(pdf: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = pdf.get_object(page).ok()?.as_dict().ok()?;
    // A tree of pages is a few levels deep; one that is a circle ends here.
    for _ in 0..32 {
        if let Ok(value) = at.get(key) {
            return Some(value.clone());
        }
        at = pdf.get_object(at.get(b"Parent").ok()?.as_reference().ok()?).ok()?.as_dict().ok()?;
    }
    None
}
