//! 印厂 — layouts, faces and pictures, set up once; every document goes through it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use typst::diag::Warned;
use typst::foundations::Bytes;
use typst::syntax::FileId as Virtual;
use typst_layout::PagedDocument;

use crate::calendar::Day;
use crate::diag::{Code, Diagnostic, Report};
use crate::document::{Document, Format};
use crate::doing::doing;
use crate::source::FileId;

use super::codes::Codes;
use super::engine::{
    DocumentWorld, Joined, Longer, Origins, SharedWorld, absorb, export, file_id, forgetting, full_pages, mistakes,
};
use super::faces::{Faces, FontFile, Fonts, Role, missing_glyphs};
use super::measure::{Measurement, measure};
use super::model::{Builder, Page, Picture, describe, drawn, is_pdf};
use super::pagination::{Adjusted, Attempts, Beside, Ends, Fit};
use super::print::Print;
use super::settings::{Points, Settings};
use super::sheet::{Drawing, Pages};

/// The layouts by file name (`main.typ`): the text, and its number among the sources where it is a file of the workspace.
pub type Layouts = BTreeMap<String, (String, Option<FileId>)>;

/// Larger documents (bytes of data, some hundred pages of tables) are laid out one at a time: each of them fills the memory.
const LARGE: usize = 256 << 10;

/// So many rows of a list are set at a time, some thirty pages: typst holds all that it lays out, and a list of ten thousand rows would
/// take half a gigabyte. Each stretch has its own subset of the faces, so shorter ones make a larger file.
const STRETCH: usize = 500;

/// What the layouts read of stretches. Those of an office's own need not know of them: then a list is set whole.
const STRETCHES: [(&str, &str); 3] =
    [("main.typ", "it.stretch"), ("attachment.typ", "continued"), ("pagenumber.typ", "before: 0")];

/// Everything that documents are printed with. Built once, used from all threads.
pub struct Press {
    shared: SharedWorld,
    origins: Origins,
    pictures: BTreeMap<String, Picture>,
    settings: Settings,
    faces: Faces,
    /// The addresses of pages, where documents bear them as codes.
    codes: Option<Codes>,
    /// The SHA-256 of the layouts.
    layouts: [u8; 32],
    /// How many rows of a list are set at a time.
    stretch: usize,
    /// Held while a large document is printed.
    large: Mutex<()>,
    /// What was found of each picture that a document showed.
    looked_at: Mutex<BTreeMap<String, Option<String>>>,
}

/// How many pictures a workspace may hold: typst numbers what it may read with sixteen bits.
const MOST_PICTURES: usize = 30_000;

/// The roles that none of their faces is at hand for: another one would take its place on every page, unseen.
fn unplayed(fonts: &Fonts, faces: &Faces, pinned: bool) -> Vec<Diagnostic> {
    let installed = fonts.families();
    let lacking = Role::ALL.into_iter().filter(|role| {
        let families = faces.of(*role).families(&installed, pinned);
        !families.iter().any(|family| installed.contains(&family.to_lowercase()))
    });
    let finding = |role: Role| {
        let family = &faces.of(role).shipped;
        let message = format!("没有{}的字体“{family}”，公文会印成别的字体", role.name());
        Diagnostic::error(Code::Font, message).help(
            "fonts/ 里盖掉了自带字体的文件，换成完好的同一种字体，或删去；换用别的字体改 templates/layout/faces.yaml",
        )
    };
    lacking.map(finding).collect()
}

/// Stretches that are no files as the engine writes them.
fn not_joined(document: &Document, why: &str) -> Diagnostic {
    let message = format!("《{}》的长表是分段排的，各段没有接成一个 PDF：{why}", document.title);
    Diagnostic::error(Code::Layout, message).help("把长表分成几个附件再印，并把这条提示告诉软件的维护者")
}

/// A document, laid out.
struct Laid<'a> {
    world: DocumentWorld<'a>,
    pages: PagedDocument,
    layout: Pages,
    fit: Fit,
}

impl Press {
    /// A press from layouts, font files, pictures by their paths in the workspace, the office's settings, and the faces of the
    /// roles.
    #[must_use]
    pub fn new(
        layouts: Layouts,
        fonts: impl IntoIterator<Item = FontFile>,
        pictures: BTreeMap<String, Vec<u8>>,
        settings: Settings,
        faces: Faces,
    ) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let _doing = doing("读字体和图片");
        let (fonts, broken) = Fonts::new(fonts, &faces, settings.pinned());
        report.extend(broken.iter().map(|name| {
            Diagnostic::error(Code::Font, format!("字体文件 fonts/{name} 读不出字体"))
                .help("换成完好的字体文件（TTF、OTF、TTC）；不要它就删去")
        }));
        report.extend(unplayed(&fonts, &faces, settings.pinned()));
        if pictures.len() > MOST_PICTURES {
            let message = format!("data/pictures 里有{}个图片，最多{MOST_PICTURES}个", pictures.len());
            report.push(Diagnostic::error(Code::Picture, message).help("把没有用到的移到别处"));
            return (None, report);
        }
        let mut files: HashMap<Virtual, Bytes> = HashMap::new();
        let local = settings.for_layouts(&fonts, &faces);
        if let Some(id) = file_id("settings.json") {
            files.insert(id, Bytes::from_string(local.to_string()));
        }
        let mut known = BTreeMap::new();
        for (number, (path, bytes)) in pictures.into_iter().enumerate() {
            if is_pdf(&bytes) {
                match drawn(&bytes) {
                    Ok(pages) => {
                        let picture = Picture::of_pages(number, pages.iter().map(|(_, size)| *size));
                        let ids = picture.sheets.iter().filter_map(|(path, _)| file_id(path));
                        files.extend(ids.zip(pages.into_iter().map(|(drawing, _)| Bytes::from_string(drawing))));
                        known.insert(path, picture);
                    }
                    Err(why) => report.push(
                        Diagnostic::error(Code::Picture, format!("“{path}”{why}"))
                            .help("另存为 PDF/A（字体嵌入、不加密）；没有用到就移到别处"),
                    ),
                }
                continue;
            }
            let bytes = Bytes::new(bytes);
            let Some(picture) = Picture::read(&bytes, number) else {
                report.push(
                    Diagnostic::error(Code::Picture, format!("“{path}”不是可以印制的图片"))
                        .help("用 PNG、JPEG（RGB，不是印刷用的 CMYK）、SVG 图片或 PDF"),
                );
                continue;
            };
            if let Some(id) = file_id(&picture.path) {
                files.insert(id, bytes);
                known.insert(path, picture);
            }
        }
        let know = STRETCHES.iter().all(|(name, word)| layouts.get(*name).is_some_and(|(text, _)| text.contains(word)));
        let mut origins = Origins::new();
        let mut sources = Vec::new();
        let mut digest = Sha256::new();
        for (name, (text, file)) in layouts {
            digest.update(Sha256::digest(&name));
            digest.update(Sha256::digest(&text));
            let Some(id) = file_id(&name) else { continue };
            if let Some(file) = file {
                origins.insert(id, file);
            }
            sources.push((id, text));
        }
        let shared = SharedWorld::new(sources, fonts, files);
        let mistakes: Vec<_> = shared.iter().flat_map(|shared| mistakes(shared, &origins)).collect();
        if !mistakes.is_empty() {
            report.extend(mistakes);
            return (None, report);
        }
        let press = shared.map(|shared| Self {
            shared,
            origins,
            pictures: known,
            settings,
            faces,
            codes: None,
            layouts: digest.finalize().into(),
            stretch: if know { STRETCH } else { usize::MAX },
            large: Mutex::new(()),
            looked_at: Mutex::default(),
        });
        (press, report)
    }

    /// The same press, which prints the address of its page as a code on an open document.
    #[must_use]
    pub fn with_codes(self, codes: Option<Codes>) -> Self {
        Self { codes, ..self }
    }

    /// The pictures of a document that cannot be printed: damaged, or so large that no press needs them. Each is decoded once.
    #[must_use]
    pub fn unprintable(&self, document: &Document) -> Report {
        let mut report = Report::default();
        for path in document.pictures() {
            let Some(picture) = self.pictures.get(path) else {
                report.push(
                    Diagnostic::error(Code::Picture, format!("没有图片“{path}”，或它不是可以印制的图片"))
                        .help("核对路径：图片放在 data/pictures/ 里，写作 ![说明](data/pictures/文件名)"),
                );
                continue;
            };
            let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
            let wrong = looked_at.entry(path.to_owned()).or_insert_with(|| {
                let bytes = file_id(&picture.path).and_then(|id| self.shared.picture(id));
                bytes.and_then(|bytes| picture.wrong(bytes))
            });
            report.extend(wrong.as_ref().map(|wrong| {
                Diagnostic::error(Code::Picture, format!("图片“{path}”{wrong}")).help("换成完好的、大小合适的图片")
            }));
        }
        report
    }

    /// The faces that it prints with.
    #[must_use]
    pub fn fonts(&self) -> &Fonts {
        &self.shared.fonts
    }

    /// Which of them play which role.
    #[must_use]
    pub fn faces(&self) -> &Faces {
        &self.faces
    }

    /// What every print rests on beside its document, with the SHA-256 of it.
    #[must_use]
    pub fn setup(&self) -> [(&'static str, [u8; 32]); 4] {
        let settings = format!("{:?}{:?}", self.settings, self.faces);
        let codes = self.codes.as_ref().map_or("", |codes| codes.site.as_str());
        [
            ("版式", self.layouts),
            ("字体", self.fonts().digest()),
            ("设置", Sha256::digest(settings).into()),
            ("二维码", Sha256::digest(codes).into()),
        ]
    }

    /// The families that a role asks for, the best first.
    #[must_use]
    pub fn families(&self, role: Role) -> Vec<&str> {
        self.faces.of(role).families(&self.fonts().families(), self.settings.pinned())
    }

    /// 字体样张: every role with a text and the signs whose face and width are delicate (`proof.typ`).
    pub fn proof(&self, on: Day) -> (Option<Print>, Report) {
        let mut report = Report::default();
        let world =
            DocumentWorld { main: self.shared.proof, ..self.world(Bytes::new([]), Fit::default(), &Ends::default()) };
        let print = self.compile(&world, &mut report).and_then(|Warned { output: pages, warnings }| {
            absorb(&mut report, &warnings, &world, &self.origins);
            let pdf = self.file(&pages, ("fonts", on), &world, &mut report)?;
            Some(self.finish(pdf, Pages::of(&pages), Fit::default()))
        });
        (print, report)
    }

    /// Characters that no face has, with the words around them.
    #[must_use]
    pub fn missing_glyphs(&self, document: &Document) -> Report {
        missing_glyphs(document, &self.shared.fonts)
    }

    /// Measures a printed document against the standard and the office's settings.
    #[must_use]
    pub fn measure(&self, document: &Document, print: &Print) -> Vec<Measurement> {
        measure(document, print, &self.settings, &self.faces, &self.shared.fonts, &self.pictures)
    }

    /// Prints a document. The file's date is its 成文日期 or, where it has none, `on`.
    pub fn print(&self, document: &Document, on: Day) -> (Option<Print>, Report) {
        let mut report = self.missing_glyphs(document);
        report.absorb(self.unprintable(document));
        if report.has_errors() {
            return (None, report);
        }
        let (mut page, found) = self.page(document);
        report.absorb(found);
        let file = (document.slug.as_str(), document.closing.dated.or(document.record.dated).unwrap_or(on));
        if page.next_stretch(self.stretch).is_some() {
            let print = forgetting(|| self.in_stretches(document, page, file, &mut report));
            return (print, report);
        }
        let bytes = Bytes::new(page.json());
        let _alone = self.alone(bytes.len());
        let print = self.lay_out(document, bytes, None, &mut report).and_then(|laid| {
            let pdf = self.file(&laid.pages, file, &laid.world, &mut report)?;
            Some(self.finish(pdf, laid.layout, laid.fit))
        });
        (print, report)
    }

    /// Prints a document with lists of thousands of rows, stretch by stretch; the first one, with the text, tells the adjustments.
    fn in_stretches(
        &self,
        document: &Document,
        mut page: Page<'_>,
        file: (&str, Day),
        report: &mut Report,
    ) -> Option<Print> {
        let (mut joined, mut layout, mut fit) = (Joined::new(), Pages::default(), None);
        loop {
            let stretch = page.next_stretch(self.stretch);
            let bytes = Bytes::new(stretch.as_ref().map_or_else(|| page.json(), |(stretch, _)| stretch.json()));
            let _alone = self.alone(bytes.len());
            let mut laid = self.lay_out(document, bytes, fit, report)?;
            fit = Some(laid.fit);
            let mut rows = None;
            if let Some((_, head)) = &stretch {
                let Some((pages, held)) = full_pages(&laid.pages, *head) else {
                    report.push(not_joined(document, "有一段不满两页"));
                    return None;
                };
                (laid.pages, rows) = (pages, Some(held));
            }
            layout.append(&laid.pages);
            let pdf = self.file(&laid.pages, file, &laid.world, report)?;
            let added = joined.add(&pdf, rows, document.format != Format::Order);
            if let Err(error) = added {
                report.push(not_joined(document, &error.to_string()));
                return None;
            }
            let Some(rows) = rows else {
                let whole = joined.finish().map_err(|error| report.push(not_joined(document, &error.to_string())));
                return whole.ok().map(|pdf| self.finish(pdf, layout, laid.fit));
            };
            page.go_on(self.stretch, laid.pages.pages().len(), rows);
        }
    }

    /// Held while a document of so many bytes is printed, where it is large.
    fn alone(&self, bytes: usize) -> Option<(Longer, MutexGuard<'_, ()>)> {
        (bytes > LARGE).then(|| {
            let alone = self.large.lock().unwrap_or_else(PoisonError::into_inner);
            (Longer::of(bytes), alone)
        })
    }

    /// The pages of a document as they are drawn, with the adjustments that its print has; nothing is written.
    #[must_use]
    pub fn drawing(&self, document: &Document) -> Option<Drawing> {
        let mut report = Report::default();
        let laid = self.lay_out(document, Bytes::new(self.data(document)), None, &mut report)?;
        Some(Drawing::of(&laid.pages))
    }

    /// The file of laid-out pages, of that name and day.
    fn file(
        &self,
        pages: &PagedDocument,
        (slug, day): (&str, Day),
        world: &DocumentWorld<'_>,
        report: &mut Report,
    ) -> Option<Vec<u8>> {
        export(pages, slug, day, self.settings.archival())
            .map_err(|errors| absorb(report, &errors, world, &self.origins))
            .ok()
    }

    fn finish(&self, pdf: Vec<u8>, layout: Pages, fit: Fit) -> Print {
        Print {
            pages: layout.sheets.len(),
            pdf,
            layout,
            pitch: fit.pitch_from(self.settings.line_pitch()),
            step: fit.changed_step(),
            host: fit.host,
            ended_early: fit.ends_early(),
        }
    }

    /// The data that the layouts read of a document.
    fn data(&self, document: &Document) -> Vec<u8> {
        self.page(document).0.json()
    }

    /// What plain typst does with a document, the yardstick of the benchmark: one compile, one export, nothing looked at. `None` where it
    /// fails.
    #[must_use]
    pub fn bare(&self, document: &Document, on: Day) -> Option<Vec<u8>> {
        let world = self.world(Bytes::new(self.data(document)), Fit::default(), &Ends::default());
        let mut pages = typst::compile::<PagedDocument>(&world).output.ok()?;
        describe(pages.info_mut(), document);
        export(&pages, &document.slug, on, self.settings.archival()).ok()
    }

    fn world(&self, document: Bytes, fit: Fit, ends: &Ends) -> DocumentWorld<'_> {
        // Numbers and truth values always have a JSON form.
        let fit = Bytes::new(serde_json::to_vec(&Adjusted { fit, ends }).unwrap_or_default());
        DocumentWorld { shared: &self.shared, main: self.shared.main, document, fit }
    }

    /// One layout of a world, with what typst warns of; `None` where a layout has a mistake.
    fn compile(&self, world: &DocumentWorld<'_>, report: &mut Report) -> Option<Warned<PagedDocument>> {
        let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
        match output {
            Ok(output) => Some(Warned { output, warnings }),
            Err(errors) => {
                absorb(report, warnings.iter().chain(&errors), world, &self.origins);
                None
            }
        }
    }

    /// What the layouts read of a document.
    fn page<'a>(&'a self, document: &'a Document) -> (Page<'a>, Report) {
        let table_size = self.settings.table_size.map(Points::value);
        let report = Report::default();
        let mut builder = Builder {
            fonts: &self.shared.fonts,
            pictures: &self.pictures,
            table_size,
            turns_tables: self.settings.turns_tables.unwrap_or(false),
            small_lists: self.settings.small_lists.unwrap_or(false),
            report,
        };
        let code = self.codes.as_ref().and_then(|codes| codes.drawing(document));
        let page = Page::of(document, code, &mut builder);
        (page, builder.report)
    }

    /// The same press, which sets so many rows of a list at a time.
    #[cfg(test)]
    pub(super) fn with_stretches(self, stretch: usize) -> Self {
        Self { stretch, ..self }
    }

    /// The pages of a document with these adjustments.
    #[cfg(test)]
    pub(super) fn pages(&self, document: &Document, fit: Fit) -> Option<Pages> {
        let world = self.world(Bytes::new(self.data(document)), fit, &Ends::default());
        typst::compile::<PagedDocument>(&world).output.ok().map(|pages| Pages::of(&pages))
    }

    /// What of the pages a person must see to.
    fn check(document: &Document, fit: Fit, report: &mut Report) {
        let title = &document.title;
        if fit.host {
            let many = document.masthead.issuers.len();
            let message = format!(
                "《{title}》{many}家联合行文，各家的标志在首页排不下，只印了主办机关的标志（GB/T 9704—2012，7.2.4）"
            );
            report
                .push(Diagnostic::warning(Code::Layout, message).help("要印各家的标志，缩短标题，或把“标志字号”调小"));
        }
    }

    /// Lays a document out, again where its closing would stand alone or its first page would show no text; with `given` adjustments,
    /// only where a line has to end elsewhere.
    fn lay_out(&self, document: &Document, bytes: Bytes, given: Option<Fit>, report: &mut Report) -> Option<Laid<'_>> {
        let mut fit = given.unwrap_or_default();
        let mut attempts = Attempts::new(self.settings.line_pitch(), document.masthead.marks(document.format));
        let mut ends = Ends::default();
        let mut last = false;
        loop {
            let world = self.world(bytes.clone(), fit, &ends);
            let Warned { output: mut pages, warnings } = self.compile(&world, report)?;
            describe(pages.info_mut(), document);
            let layout = Pages::of(&pages);
            if ends.look(&layout) {
                continue;
            }
            if !last && given.is_none() {
                if let Some(next) = attempts.next(fit, &layout) {
                    fit = next;
                    continue;
                }
                last = true;
                if let Some(better) = attempts.better(fit) {
                    fit = better;
                    continue;
                }
            }
            absorb(report, &warnings, &world, &self.origins);
            if given.is_some() {
                return Some(Laid { world, pages, layout, fit });
            }
            if Beside::of(&layout) == Beside::Nothing {
                report.push(
                    Diagnostic::warning(
                        Code::Layout,
                        format!("《{}》的署名和成文日期单独落在一页（GB/T 9704—2012，7.3.5.5）", document.title),
                    )
                    .help("增减几个字，或者调整 data/layout.yaml 的行距"),
                );
            }
            Self::check(document, fit, report);
            return Some(Laid { world, pages, layout, fit });
        }
    }
}
