//! 内置文件 — what the binary carries with it: layouts, templates, faces, the sample workspace. A file of the same name in
//! the workspace takes the place of a layout, template or face.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "fonts/"]
#[include = "*.ttf"]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "data/"]
struct Sample;

/// Where the workbench's own files lie below `templates/`.
const DESK: &str = "workbench/";

/// A file: its path below its folder, and its bytes.
pub type Asset = (String, Cow<'static, [u8]>);

fn all<E: RustEmbed>() -> Vec<Asset> {
    let mut paths: Vec<String> = E::iter().map(Cow::into_owned).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| E::get(&path).map(|file| (path, file.data))).collect()
}

/// The layouts, notice templates, starters and page templates: `layout/main.typ`, `notices/奖励公示.md.hbs`, `site/…`.
#[must_use]
pub fn templates() -> Vec<Asset> {
    let mut templates = all::<Templates>();
    templates.retain(|(path, _)| !path.starts_with(DESK));
    templates
}

/// One of them.
#[must_use]
pub fn template(path: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(path).map(|file| file.data)
}

/// A script or style of the workbench's own pages, which no workspace replaces.
#[must_use]
pub fn of_desk(name: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(&format!("{DESK}{name}")).map(|file| file.data)
}

/// The faces.
#[must_use]
pub fn fonts() -> Vec<Asset> {
    all::<Fonts>()
}

/// The sample workspace's `data/`.
#[must_use]
pub fn sample() -> Vec<Asset> {
    all::<Sample>()
}
