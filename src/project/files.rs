//! 读文件 — files and folders of the workspace; what an office machine does to them (GBK, byte-order marks, a folder where a
//! file should be) is named as such.

#![expect(clippy::disallowed_methods, reason = "the door to all that is read")]

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::drawing::more_than_a_drawing;
use super::unseen;
use crate::diag::{Code, Diagnostic, Report};
use crate::disk::{SCRATCH, reason};
use crate::doing::doing;
use crate::picture::bare;
use crate::source::{FileId, Place, Source, Sources};

/// No text of a workspace is near so large; what is larger was put there by mistake.
const LARGEST_TEXT: u64 = 16 << 20;

/// The largest picture or face.
const LARGEST_BINARY: u64 = 64 << 20;

/// Where the typesetter's code and that of pages stands: what is printed is looked at once more when it is composed.
const CODE: &str = "templates/";

/// What lies in a folder and is nobody's data: hidden files, what editors and file managers leave; a hidden file that bears the
/// name of data is not among them.
fn is_left_aside(name: &str) -> bool {
    let hidden = name.starts_with('.') && !ends_like_data(name);
    hidden || name.starts_with(['~']) || name.starts_with("._") || name.starts_with(".#") || name.starts_with(SCRATCH)
}

fn ends_like_data(name: &str) -> bool {
    let name = name.to_lowercase();
    [".yaml", ".yml", ".md"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a file was meant as data with this ending: `2023.yml`, `2023.YAML`, `2023.yaml.txt`, `.2023.yaml`.
fn is_meant(name: &str, ending: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    let endings: &[&str] = if ending == "yaml" { &[".yaml", ".yml"] } else { &[".md", ".markdown"] };
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The folder that a command works in: the one named, or the current one or its nearest parent that has a `data` folder.
#[must_use]
pub fn find_root(named: Option<&Path>, current: &Path) -> Option<PathBuf> {
    match named {
        Some(named) => named.join("data").is_dir().then(|| named.to_owned()),
        None => current.ancestors().find(|folder| folder.join("data").is_dir()).map(Path::to_owned),
    }
}

/// What stands in the small files of one ending in a folder, in the order of their names; what cannot be read is left out.
#[must_use]
pub fn files_in(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    let wanted = entries.filter(|entry| entry.path().extension().is_some_and(|own| own == ending));
    wanted.filter_map(|entry| read_at_most(entry.path(), LARGEST_TEXT).ok().flatten()).collect()
}

/// What changes when a file of the workspace does: the path, size and time of each, in one number.
#[must_use]
pub fn stamp(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for folder in ["data", "templates", "fonts"] {
        for entry in WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
            if let Ok(facts) = entry.metadata() {
                (entry.path(), facts.len(), facts.modified().ok()).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

/// The bytes of a file that somebody named, wherever it lies; `None` where they are more than so many.
///
/// # Errors
///
/// What the system says.
pub fn read_at_most(path: &Path, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// The text of a file that a command names, in the workspace or outside of it.
pub fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

/// Whether something of this name is there.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether something is there that is no plain file: a folder, a device, a pipe.
#[must_use]
pub fn is_no_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| !meta.is_file())
}

/// A path without links and dots, as far as it is there.
///
/// # Errors
///
/// What the system says.
pub fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    use std::path::Component;
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        // A link is followed where it stands: what comes after it is below what it leads to.
        if let Ok(there) = real.canonicalize() {
            real = there;
        }
    }
    Ok(real)
}

/// Whether a path below a folder stays below it, also where a part of it is a link.
#[must_use]
pub fn is_within(folder: &Path, path: &str) -> bool {
    let real = real_path(folder).and_then(|root| Ok(real_path(&folder.join(path))?.starts_with(root)));
    real.unwrap_or(false)
}

/// Whether a folder is there and holds something that counts.
pub fn is_filled(folder: &Path) -> bool {
    names_in(folder).iter().any(|name| !name.starts_with(SCRATCH))
}

/// The bytes of a file; `None` where it is not there or cannot be read.
pub(super) fn read_bytes(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// The files below a folder, by their path below it, in order.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let below = |path: &Path| Some(path.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/"));
    files.filter_map(|entry| below(entry.path())).collect()
}

/// The names of all that lies in a folder, in order.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Reads the files of one workspace.
pub(super) struct Reader<'a> {
    root: &'a Path,
    /// What stands in some files instead of what is on the disk.
    texts: &'a BTreeMap<&'a str, &'a str>,
    /// All texts read so far.
    pub sources: Sources,
    /// All that was found.
    pub report: Report,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Path, texts: &'a BTreeMap<&'a str, &'a str>) -> Self {
        Self { root, texts, sources: Sources::default(), report: Report::default() }
    }

    /// The workspace's folder.
    pub(super) fn root(&self) -> &'a Path {
        self.root
    }

    /// A file that must be there.
    pub(super) fn required(&mut self, path: &str) -> Option<FileId> {
        self.text(path)
    }

    /// Whether there is something of this name.
    pub(super) fn exists(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.root.join(path).exists()
    }

    /// The texts of a folder with an ending, by stem, in the order of their names. A folder that is not there has none.
    pub(super) fn folder(&mut self, folder: &str, ending: &str) -> Vec<(String, FileId)> {
        let mut files = Vec::new();
        for path in self.list(folder, 1) {
            let name = path.rsplit('/').next().unwrap_or_default();
            if name == "README.md" {
                continue;
            }
            match name.rsplit_once('.') {
                Some((stem, found)) if found == ending && !stem.starts_with('.') => {
                    let stem = stem.to_owned();
                    if let Some(file) = self.text(&path) {
                        files.push((stem, file));
                    }
                }
                _ if is_meant(name, ending) => {
                    let message = format!("像是数据，可是不以 .{ending} 结尾，或是隐藏文件，没有读");
                    self.wrong(&path, message, &format!("改名为“名称.{ending}”；不用的移出 {folder}"));
                }
                _ => {
                    let finding = Diagnostic::warning(Code::File, format!("{path} 不以 .{ending} 结尾，没有读"));
                    self.report.push(finding.help(format!("是数据就改名为 .{ending}；不是就移出 {folder}")));
                }
            }
        }
        files
    }

    /// The folders in a folder, by name.
    pub(super) fn folders(&mut self, folder: &str) -> Vec<String> {
        let walk = WalkDir::new(self.root.join(folder)).min_depth(1).max_depth(1).sort_by_file_name();
        let mut folders = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) if is_left_aside(&entry.file_name().to_string_lossy()) => {}
                Ok(entry) if entry.file_type().is_symlink() => {
                    let path = self.below(entry.path());
                    self.wrong(&path, "是链接，没有读".to_owned(), "把文件夹本身放进工作区");
                }
                Ok(entry) if !entry.file_type().is_dir() => {}
                Ok(entry) => match entry.file_name().to_str() {
                    Some(name) if !name.starts_with('.') => folders.push(name.to_owned()),
                    Some(_) => {}
                    None => {
                        let path = self.below(entry.path());
                        self.wrong(&path, "文件夹名不是 UTF-8 编码，像是 GBK，没有读".to_owned(), "改名");
                    }
                },
                Err(error) if error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound) => {}
                Err(error) => {
                    let why = error.io_error().map_or_else(|| error.to_string(), reason);
                    self.wrong(folder, format!("打不开，里面的都没有读：{why}"), "检查它的权限");
                }
            }
        }
        folders
    }

    /// All texts below a folder, by their path below it.
    pub(super) fn tree_of_texts(&mut self, folder: &str) -> Vec<(String, FileId)> {
        let paths = self.list(folder, 8);
        let texts = paths.into_iter().filter_map(|path| {
            let below = path.strip_prefix(folder)?.trim_start_matches('/').to_owned();
            Some((below, self.text(&path)?))
        });
        texts.collect()
    }

    /// All pictures or faces below a folder, by their path in the workspace.
    pub(super) fn pictures(&mut self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut pictures = BTreeMap::new();
        for path in self.list(folder, 8) {
            let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            if !matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "svg" | "pdf" | "ttf" | "otf" | "ttc") {
                continue;
            }
            let Some(bytes) = self.bytes(&path, LARGEST_BINARY) else { continue };
            let drawing = (ending == "svg").then(|| String::from_utf8_lossy(&bytes).into_owned());
            if let Some((line, what)) = drawing.as_deref().and_then(more_than_a_drawing) {
                let start: usize =
                    drawing.iter().flat_map(|text| text.split_inclusive('\n')).take(line - 1).map(str::len).sum();
                let file = self.sources.add(Source::new(&path, drawing.unwrap_or_default()));
                self.report.push(
                    Diagnostic::error(Code::Picture, format!("图片“{path}”{what}，不只是图，不能放到网站上"))
                        .at(Place::new(file, start..start))
                        .help("用画图程序另存为普通的 SVG，或存成 PNG"),
                );
                continue;
            }
            // What a camera wrote into a photograph leaves with no document.
            pictures.insert(path, bare(bytes));
        }
        pictures
    }

    /// The files below a folder, with `/` between names. What lies there and cannot be read is found; what no program of an office
    /// takes for data (hidden files, what editors leave) is left out.
    fn list(&mut self, folder: &str, depth: usize) -> Vec<String> {
        let mut paths = self.list_on_disk(folder, depth);
        let below = |path: &str| {
            let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| rest.split('/').count() <= depth)
        };
        let fresh = self.texts.keys().copied().filter(|path| below(path) && !paths.iter().any(|known| known == path));
        let fresh: Vec<String> = fresh.map(str::to_owned).collect();
        if !fresh.is_empty() {
            paths.extend(fresh);
            paths.sort();
        }
        paths
    }

    fn list_on_disk(&mut self, folder: &str, depth: usize) -> Vec<String> {
        let start = self.root.join(folder);
        match std::fs::symlink_metadata(&start) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.wrong(folder, format!("打不开：{}", reason(&error)), "检查它和上级文件夹的权限");
                return Vec::new();
            }
            Ok(meta) if meta.is_symlink() => {
                self.wrong(folder, "是链接，没有读".to_owned(), "把文件夹本身放进工作区");
                return Vec::new();
            }
            Ok(meta) if !meta.is_dir() => {
                self.wrong(folder, "应是文件夹，却是一个文件".to_owned(), "删去它，建一个同名的文件夹");
                return Vec::new();
            }
            Ok(_) => {}
        }
        let mut paths = Vec::new();
        let walk = WalkDir::new(&start).max_depth(depth).sort_by_file_name().into_iter();
        for entry in
            walk.filter_entry(|entry| entry.depth() == 0 || !is_left_aside(&entry.file_name().to_string_lossy()))
        {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or_else(|| folder.to_owned(), |path| self.below(path));
                    let why = error.io_error().map_or_else(|| error.to_string(), reason);
                    self.wrong(&path, format!("打不开，里面的都没有读：{why}"), "检查它的权限");
                    continue;
                }
            };
            let path = self.below(entry.path());
            let kind = entry.file_type();
            if entry.file_name().to_str().is_none() {
                let help = "改名；压缩包里解出来的，换一个认得中文文件名（UTF-8）的程序重新解压";
                self.wrong(&path, "文件名不是 UTF-8 编码，像是 GBK，没有读".to_owned(), help);
            } else if path.contains(char::is_control) {
                let seen = path.replace(char::is_control, "\u{fffd}");
                self.wrong(&seen, "文件名里有控制字符或换行，没有读".to_owned(), "改名");
            } else if let Some(why) = entry.file_name().to_str().and_then(unservable) {
                self.wrong(&path, format!("名称{why}，Windows 和 IIS 不能有这样的文件，没有读"), "改名");
            } else if kind.is_symlink() {
                self.wrong(&path, "是链接，没有读".to_owned(), "把文件本身放进工作区");
            } else if kind.is_file() {
                paths.push(path);
            } else if !kind.is_dir() {
                self.wrong(&path, "是管道、套接字或设备，不是文件，没有读".to_owned(), "删去它，放上同名的文件");
            } else if depth == 1 && entry.depth() == 1 {
                self.wrong(&path, "应是文件，却是一个文件夹".to_owned(), "把里面的文件移上来，删去这个文件夹");
            }
        }
        paths
    }

    /// A path as findings name it: below the workspace, with `/`.
    fn below(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// Finds that something of the workspace cannot be read.
    fn wrong(&mut self, path: &str, message: String, help: &str) {
        let file = self.sources.add(Source::new(path, ""));
        self.report.push(Diagnostic::error(Code::File, format!("{path} {message}")).at(Place::head(file)).help(help));
    }

    /// The text of a file, taken into the sources.
    fn text(&mut self, path: &str) -> Option<FileId> {
        let bytes = self.bytes(path, LARGEST_TEXT)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        match String::from_utf8(bytes) {
            Ok(text) => {
                let file = self.sources.add(Source::new(path, text));
                if let Some(source) = self.sources.get(file).filter(|_| !path.starts_with(CODE)) {
                    self.report.extend(unseen::in_text(file, source.text()));
                }
                Some(file)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let valid = error.as_bytes().get(..at).unwrap_or_default();
                let file = self.sources.add(Source::new(path, String::from_utf8_lossy(valid)));
                let utf16 = matches!(error.as_bytes().get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
                let guess = if utf16 {
                    "像是 UTF-16（记事本的“Unicode”）"
                } else {
                    "像是 GBK（记事本的“ANSI”）"
                };
                let finding = Diagnostic::error(Code::Encoding, format!("文件不是 UTF-8 编码，{guess}"))
                    .at(Place::new(file, at..at));
                self.report.push(finding.help("用记事本或 WPS 打开，“另存为”时编码选 UTF-8"));
                None
            }
        }
    }

    fn bytes(&mut self, path: &str, largest: u64) -> Option<Vec<u8>> {
        let _doing = doing(format!("读 {path} "));
        if let Some(text) = self.texts.get(path) {
            return Some(text.as_bytes().to_vec());
        }
        let full = self.root.join(path);
        let problem = match std::fs::symlink_metadata(&full) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Some(("没有这个文件".to_owned(), "补上它；样子见 hongtou init 建的工作区"))
            }
            Err(error) => Some((format!("读不了：{}", reason(&error)), "检查文件的权限")),
            Ok(meta) if meta.is_dir() => {
                Some(("应是文件，却是一个文件夹".to_owned(), "删去这个文件夹，放上同名的文件"))
            }
            Ok(meta) if meta.is_symlink() => Some(("是链接，没有读".to_owned(), "把文件本身放进工作区")),
            Ok(meta) if !meta.is_file() => {
                Some(("是管道、套接字或设备，不是文件，没有读".to_owned(), "删去它，放上同名的文件"))
            }
            Ok(meta) if meta.len() > largest => Some((
                format!("文件有 {} MB，太大了", meta.len() >> 20),
                "文本不超过 16 MB，图片和字体不超过 64 MB；检查是不是放错了文件",
            )),
            Ok(_) => None,
        };
        let read = match problem {
            None => std::fs::read(&full).map_err(|error| (format!("读不了：{}", reason(&error)), "检查文件的权限")),
            Some(problem) => Err(problem),
        };
        read.map_err(|(message, help)| {
            let file = self.sources.add(Source::new(path, ""));
            self.report.push(Diagnostic::error(Code::File, message).at(Place::head(file)).help(help));
        })
        .ok()
    }
}
/// Why a name, and the folder that a page makes of it, cannot be on a Windows server.
fn unservable(name: &str) -> Option<String> {
    const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let first = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let device = RESERVED.iter().any(|word| {
        let number = first.strip_prefix(word);
        number.is_some_and(|rest| {
            if matches!(*word, "COM" | "LPT") { matches!(rest.as_bytes(), [b'1'..=b'9']) } else { rest.is_empty() }
        })
    });
    if device {
        return Some(format!("“{first}”是设备名"));
    }
    if stem.ends_with(['.', ' ']) || name.ends_with(['.', ' ']) {
        return Some("以点或空格结尾".to_owned());
    }
    let odd = name.chars().find(|c| "\\:*?\"<>|".contains(*c));
    odd.map(|c| format!("里有“{c}”"))
}

#[cfg(test)]
mod tests {
    use super::unservable;

    #[test]
    fn names_that_a_windows_server_refuses_are_told() {
        for name in [
            "CON.md",
            "aux.md",
            "com1.yaml",
            "LPT9",
            "公示..md",
            "公示 .md",
            "公示.",
            "a:b.md",
            "a\\b.md",
            "nul.tar.gz",
        ] {
            assert!(unservable(name).is_some(), "{name}");
        }
        for name in ["公示.md", "console.md", "com.md", "com10.md", "公示@1.md", "gongshi-2023.md", "a.b.md"] {
            assert_eq!(unservable(name), None, "{name}");
        }
    }
}
