//! 表单 — what a form of a file is, and one that is a plain list of fields.

use maud::{Markup, html};

use super::field::{Field, said, shown, value};
use crate::exchange::value::Value;
use crate::project::Project;
use crate::source::FileId;
use crate::yaml;

/// A form of a file.
pub struct Form {
    /// Whether it is the form of a file.
    pub is_of: fn(path: &str) -> bool,
    /// What it is called.
    pub title: fn(path: &str) -> String,
    /// What the file says where there is none yet.
    pub begins: fn(path: &str) -> String,
    /// The form of a text; the project is as the text has it.
    pub shown: fn(project: &Project, path: &str, text: &str) -> Markup,
    /// What was filled in at a place of the text.
    pub read: fn(key: &str, said: &str) -> Result<Option<Value>, String>,
    /// On which pages it is seen what it says.
    pub proof: Proof,
}

/// On which pages it is seen what a file says.
#[derive(Clone, Copy)]
pub enum Proof {
    /// On none.
    None,
    /// On those of any document.
    Any,
    /// On those of the document that it is, by the file's path.
    Itself(fn(path: &str) -> Option<&str>),
}

/// Fields under their headings.
pub type Groups = [(&'static str, &'static [Field])];

/// The form of fields that stand where they stand.
pub fn plain(groups: &Groups, text: &str) -> Markup {
    let root = yaml::parse(FileId(0), text).0;
    let one = |heading: &str, field: &Field| {
        // What stands under the heading itself needs it not once more.
        let label = field.key.strip_prefix(heading).and_then(|rest| rest.strip_prefix('/')).unwrap_or(field.key);
        shown(field.key, &label.replace('/', "："), field.entry, field.help, said(root.as_ref(), field.key), None)
    };
    html! {
        @for (heading, fields) in groups {
            h2 { (heading) }
            div class="fields" { @for field in fields.iter().filter(|field| field.usual) { (one(heading, field)) } }
            @if fields.iter().any(|field| !field.usual) {
                details { summary { "不常用的" } div class="fields" { @for field in fields.iter().filter(|field| !field.usual) { (one(heading, field)) } } }
            }
        }
    }
}

/// What was filled in of such fields.
pub fn of_plain(groups: &Groups, key: &str, said: &str) -> Result<Option<Value>, String> {
    let field = groups.iter().flat_map(|(_, fields)| fields.iter()).find(|field| field.key == key);
    field.map(|field| value(field.entry, said)).ok_or_else(|| format!("没有“{key}”这一项"))
}
