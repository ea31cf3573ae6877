//! `hongtou fonts` — which face plays which role, where each delicate sign comes from and how wide it is, and the faces at
//! hand; on request the proof sheet.

use std::collections::BTreeMap;

use super::arguments::{Common, FindingFormat, Fonts};
use super::destination::write_to;
use super::table::{Align, table};
use super::{Ending, Failure, findings, print};
use crate::pdf::{Face, Press, Print, Role};

pub(super) fn run(common: &Common, options: &Fonts) -> Result<Ending, Failure> {
    let opened = common.open(&[])?;
    let (workshop, mut report) = opened.workshop();
    let project = &opened.project;
    let proofed = workshop.press().and_then(|press| {
        let (proof, found) = press.proof(common.day());
        report.absorb(found);
        proof.map(|proof| (press, proof))
    });
    let Some((press, proof)) = proofed else {
        findings::show(&mut report, &project.sources, FindingFormat::Text);
        return Ok(Ending::Findings);
    };
    print::out(&roles(press));
    print::out("\n符号占几个字宽；取自别的字体的，写出是哪一种");
    print::out(&signs(press, &proof));
    print::out("\n手头的字体");
    print::out(&faces(press));
    if let Some(path) = &options.proof {
        write_to(&project.root, path, &proof.pdf)?;
        if !common.quiet {
            print::error(&format!("写入 {}", path.display()));
        }
    }
    Ok(Ending::Fine)
}

fn roles(press: &Press) -> String {
    let row = |role: Role| {
        let preference = press.faces().of(role);
        vec![
            role.name().to_owned(),
            preference.used_for.clone(),
            preference.clause.clone(),
            press.families(role).join("、"),
            preference.weight.to_string(),
        ]
    };
    let head = [
        ("角色", Align::Left),
        ("用于", Align::Left),
        ("条款", Align::Left),
        ("字体", Align::Left),
        ("字重", Align::Right),
    ];
    table(&head, &Role::ALL.map(row))
}

/// The signs of the proof sheet, as they are printed in each role.
fn signs(press: &Press, proof: &Print) -> String {
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut head = vec![("符号", Align::Left)];
    for role in Role::ALL {
        let own = press.families(role);
        let signs = proof.layout.signs(role);
        if !signs.is_empty() {
            head.push((role.name(), Align::Left));
        }
        for (index, sign) in signs.into_iter().enumerate() {
            let face = if own.contains(&sign.face.as_str()) { String::new() } else { format!(" {}", sign.face) };
            rows.entry(index).or_insert_with(|| vec![sign.text]).push(format!("{:.2}{face}", sign.width));
        }
    }
    table(&head, &rows.into_values().collect::<Vec<_>>())
}

fn faces(press: &Press) -> String {
    let row = |face: &Face| vec![face.family.clone(), face.weight.to_string(), face.characters.to_string()];
    let rows: Vec<Vec<String>> = press.fonts().faces().iter().map(row).collect();
    table(&[("字体", Align::Left), ("字重", Align::Right), ("字数", Align::Right)], &rows)
}
