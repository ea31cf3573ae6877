//! 同名 — enterprises of one name, and of almost one name: the same firm may be in the register twice, and be paid twice. A person says
//! whether they are one: once, where the name stands.

use std::borrow::Cow;

use super::Enterprise;
use super::spelling::{normal, one_edit_apart};
use crate::diag::{Code, Diagnostic, Report};

/// The ends of firms' names that say nothing about who it is, the longer first.
const FORMS: [&str; 7] =
    ["集团股份有限公司", "集团有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "公司"];

/// The name of a firm, in normal form, without its form.
fn stem(name: &str) -> &str {
    FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

/// Looks through all enterprises.
pub(super) fn check<'a>(enterprises: impl Iterator<Item = &'a Enterprise>, report: &mut Report) {
    let mut named: Vec<(Cow<'a, str>, bool, &'a Enterprise)> = Vec::new();
    for enterprise in enterprises {
        named.push((normal(&enterprise.name.value), false, enterprise));
        named.extend(enterprise.former_names.iter().map(|name| (normal(&name.value), true, enterprise)));
    }
    named.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    for group in named.chunk_by(|a, b| a.0 == b.0) {
        check_group(group, report);
    }
    named.retain(|(_, former, _)| !former);
    named.dedup_by(|a, b| a.0 == b.0);
    let mut stems: Vec<(&str, &Enterprise)> = named.iter().map(|(name, _, firm)| (stem(name), *firm)).collect();
    stems.sort_by_key(|(stem, firm)| (*stem, firm.name.place));
    for group in stems.chunk_by(|a, b| a.0 == b.0) {
        let Some(((_, first), others)) = group.split_first() else { continue };
        for (_, other) in others {
            ask(first, other, report);
        }
    }
    stems.dedup_by_key(|(stem, _)| *stem);
    let texts: Vec<&str> = stems.iter().map(|(stem, _)| *stem).collect();
    for (one, other) in one_edit_apart(&texts) {
        if let (Some((_, one)), Some((_, other))) = (stems.get(one), stems.get(other)) {
            ask(one, other, report);
        }
    }
}

/// Enterprises with one name, which at least one of them has today.
fn check_group(group: &[(Cow<'_, str>, bool, &Enterprise)], report: &mut Report) {
    let Some(((name, false, first), rest)) = group.split_first() else { return };
    let others: Vec<&Enterprise> = rest
        .iter()
        .map(|(_, _, other)| *other)
        .filter(|other| other.code.value != first.code.value && !are_two(first, other))
        .collect();
    if name.is_empty() || others.is_empty() {
        return;
    }
    let all = std::iter::once(first).chain(&others);
    let Some(last) = all.clone().max_by_key(|enterprise| enterprise.name.place) else { return };
    let codes: Vec<&str> = all.map(|enterprise| enterprise.code.value.as_str()).take(4).collect();
    let etc = if others.len() > 3 { "等" } else { "" };
    let once = if group.iter().any(|(_, former, _)| *former) { "现在或曾经" } else { "" };
    let message = format!("{}家企业{once}都叫“{}”（{}{etc}）", others.len() + 1, first.name.value, codes.join("、"));
    report.push(
        Diagnostic::error(Code::Duplicate, message).at(last.name.place).help(
            "换了代码的，删去旧的一条，在新的一条写“曾用代码”；确是两家的，在其中一家写“不是同一: [另一家的代码]”",
        ),
    );
}

fn ask(one: &Enterprise, other: &Enterprise, report: &mut Report) {
    if are_two(one, other) || one.code.value == other.code.value {
        return;
    }
    let (earlier, later) = if one.name.place < other.name.place { (one, other) } else { (other, one) };
    let (name, before) = (&later.name, &earlier.name.value);
    let message = format!("“{}”和“{before}”（{}）名称很像，是不是同一家企业？", name.value, earlier.code.value);
    report.push(
        Diagnostic::warning(Code::Duplicate, message)
            .at(name.place)
            .help(format!("是同一家的，只留现在的一条，写上“曾用名称”“曾用代码”；不是的，写“不是同一: [{before}]”")),
    );
}

/// Whether one of two enterprises says that it is not the other.
fn are_two(one: &Enterprise, other: &Enterprise) -> bool {
    let denies = |one: &Enterprise, other: &Enterprise| {
        one.unlike
            .iter()
            .any(|word| other.code.value.as_str() == word.value.trim() || other.is_called(&normal(&word.value)))
    };
    denies(one, other) || denies(other, one)
}
