//! 目录 — what stands above the entries of `data/catalogues/<name>.yaml`, as a form; the entries are a grid.

use super::field::{Entry, Field, field};
use super::form::{Form, Groups, Proof, of_plain, plain};

const HEAD: &[Field] = &[
    field("名称", Entry::Line, true, "不带版本"),
    field("版本", Entry::Line, true, "如 2024年版"),
    field("发布机关", Entry::Line, true, ""),
    field("文号", Entry::Line, true, "印发它的公文"),
    field("有效期/自", Entry::Day, true, ""),
    field("有效期/至", Entry::Day, true, "不写就一直有效"),
    field("状态", Entry::Choice(&["草稿", "定稿", "样例"]), true, "定稿以后才能印发"),
    field("定期", Entry::Line, false, "多久换一版，如 每年"),
    field("说明", Entry::Lines, false, "目录是做什么用的"),
];

const GROUPS: &Groups = &[("目录", HEAD)];

pub const FORM: Form = Form {
    is_of: |path| name_of(path).is_some(),
    title: |_| "目录的名称、版本、状态".to_owned(),
    begins: |_| String::new(),
    shown: |_, _, text| plain(GROUPS, text),
    read: |key, said| of_plain(GROUPS, key, said),
    proof: Proof::Itself(name_of),
};

fn name_of(path: &str) -> Option<&str> {
    path.strip_prefix("data/catalogues/")?.strip_suffix(".yaml").filter(|name| !name.contains('/'))
}
