//! 申报 — a table of declarations and `data/declarations/<year>.yaml`, in both directions: what it may hold, how its rows are gathered, how
//! declarations are laid out for Excel, and the blank form that is sent out.

mod gathered;
mod laid;

pub use gathered::read;
pub use laid::{blank, sheets};

use super::Ground;
use crate::exchange::form::{Form, Reads};
use crate::register::{Asked, Item};

const CODE: &str = "企业";
const NAME: &str = "企业名称";
const DISTRICT: &str = "区县";
const ENTRIES: &str = "目录条目";

/// What other policies give for the same things: a list of its own.
const OTHERS: &str = "其他政策";

/// What tells one line of it from another.
const OTHERS_KEYS: [&str; 4] = ["条款", "事项", "对象", "政策"];

/// What a table of declarations may hold: what the schema knows.
#[must_use]
pub fn form(ground: &Ground<'_>) -> Form {
    let schema = &ground.register.schema;
    let mut form = Form::new("申报", ground.heads);
    form.add("", CODE, Reads::Code, false);
    form.add("", NAME, Reads::Text, false);
    form.add("", DISTRICT, Reads::Text, false);
    for (key, reads) in [
        ("本政策", Reads::Text),
        ("条款", Reads::Text),
        ("事项", Reads::Text),
        ("对象", Reads::Text),
        ("政策", Reads::Text),
        ("金额", Reads::Amount),
        ("已拨付", Reads::Flag),
    ] {
        form.add(OTHERS, key, reads, false);
        form.keep_to_sheet();
    }
    for key in ["条款", "政策", "金额", "已拨付"] {
        form.require(OTHERS, key);
    }
    for kind in std::iter::once(Item::ENTERPRISE).chain(schema.kinds().filter(|kind| *kind != Item::ENTERPRISE)) {
        let group = if kind == Item::ENTERPRISE { "" } else { kind };
        if !group.is_empty() {
            if let Some(name) = schema.name_key(kind) {
                form.add(group, name, Reads::Text, false);
            }
            form.add(group, ENTRIES, Reads::Entries, false);
        }
        for (name, unit) in schema.quantities(kind) {
            let reads = if unit == "元" { Reads::Amount } else { Reads::Measure(unit.to_owned()) };
            form.add(group, name, reads, true);
        }
        for (name, asked) in schema.attributes(kind) {
            let flag = matches!(asked, Asked::OneOf(words) if words.iter().all(|word| word == "是" || word == "否"));
            let reads = match asked {
                Asked::Day => Reads::Day,
                _ if flag => Reads::Flag,
                _ => Reads::Text,
            };
            form.add(group, name, reads, false);
        }
        for name in schema.required(kind) {
            form.require(group, name);
        }
    }
    form.add_removal();
    form
}
