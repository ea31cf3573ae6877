//! `hongtou grant` — 兑现: books what an issued 通知 grants in the ledger, whole, once, after the 公示 is over; or closes a year that
//! will not be paid. It never changes an entry: what differs is shown.

use super::arguments::{Common, Grant};
use super::documents::named;
use super::opened::Opened;
use super::{Ending, Failure, findings, print, unwritten};
use crate::award::{Explained, Outcome, assess};
use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report};
use crate::disk::rewrite;
use crate::record::ledger::{Occasion, Payee, Payment, audit, closed, compare, conditions, pay};
use crate::record::{Frozen, Registration};
use crate::source::Source;

pub(super) fn run(common: &Common, options: &Grant) -> Result<Ending, Failure> {
    let (mut opened, _lock) = common.open_to_write("兑现")?;
    opened.report.absorb(audit(&opened.project.register, &opened.project.policies, opened.on));
    opened.show();
    if opened.report.has_errors() {
        print::error("数据有错误，没有写台账；改正后再兑现");
        return Ok(Ending::Findings);
    }
    if let Some(year) = options.close {
        return close(&opened, year, options.reason.as_deref(), options.dry_run);
    }
    let (Some(year), Some(asked)) = (options.year, options.notice.as_deref()) else {
        return Err(Failure::Unknown(
            "写明年度和据以兑现的通知：hongtou grant --year 2023 --notice 文号或名称".to_owned(),
        ));
    };
    let slug = named(&opened.project, asked)?;
    let record = &opened.project.record;
    let Some(issued) = record.registry.of(&slug) else {
        return Err(Failure::Other(format!("“{slug}”还没有印发，不能据以兑现：先运行 hongtou issue {slug}")));
    };
    if let Some(act) = issued.withdrawn {
        return Err(Failure::Other(format!("“{slug}”已于{}撤回，不能据以兑现", act.on)));
    }
    let Some(frozen) = record.version(&slug, issued.latest.version) else {
        return Err(Failure::Other(format!("“{slug}”的定本不完整，不能据以兑现；从备份恢复 data/issued")));
    };
    let path = format!("data/ledger/{year}.yaml");
    let read = opened.project.sources.at(&path).map(Source::text);
    let number = issued.latest.number.as_ref().map_or_else(|| slug.clone(), ToString::to_string);
    let occasion = Occasion { year, on: opened.on, number: &number };
    let payment = pay(&frozen.awards, occasion, read, &opened.project.register);
    if payment == Payment::Same {
        print::out(&format!("{path} 已有《{}》的全部奖励，没有改动", issued.latest.title));
        return Ok(Ending::Fine);
    }
    let refusals = refusals(&opened, issued.latest, frozen, year);
    if !refusals.is_empty() {
        let mut report = Report::default();
        for refusal in refusals {
            report.push(refusal);
        }
        findings::show(&mut report, &opened.project.sources, super::arguments::FindingFormat::Text);
        print::error("没有兑现，台账没有改动");
        return Ok(Ending::Findings);
    }
    match payment {
        Payment::Booked(text, count) => {
            if options.dry_run {
                print::out(&text);
            } else {
                rewrite(&opened.project.root.join(&path), read, text.as_bytes())
                    .map_err(|error| unwritten(&path, error))?;
                print::out(&format!("写入 {path}：{count}条，据{number}"));
            }
            Ok(Ending::Fine)
        }
        Payment::Same => Ok(Ending::Fine),
        Payment::Different(differences) => {
            print::out(&format!(
                "{path} 与《{}》不同（- 台账，+ 通知）：\n{}",
                issued.latest.title,
                differences.join("\n")
            ));
            print::error(
                "台账没有改动。已兑现的不能改写：在台账末尾另加一条，种类写补发、追回、撤销或说明，并写明备注",
            );
            Ok(Ending::Findings)
        }
    }
}

/// What keeps the notice from being paid now.
fn refusals(opened: &Opened, notice: &Registration, frozen: &Frozen, year: Year) -> Vec<Diagnostic> {
    let project = &opened.project;
    let (register, policies) = (&project.register, &project.policies);
    let mut found = conditions(&project.record, register, policies, notice, year, opened.on);
    for (of, entries) in &register.ledger {
        if *of < year {
            found.extend(compare(&assess(register, policies, *of), entries, policies).findings().iter().cloned());
        }
    }
    let now: Vec<Explained> = assess(register, policies, year)
        .iter()
        .filter(|one| notice.awarded.as_ref().is_none_or(|selection| selection.takes(one)))
        .filter(|one| matches!(one.outcome, Outcome::Granted(_)))
        .map(|one| Explained::new(one, &project.sources))
        .collect();
    let line = |award: &Explained| {
        let record = &award.award;
        format!("{} {}“{}”{}", record.enterprise, record.clause, record.subject, award.amount())
    };
    let matter = |award: &Explained| {
        let record = &award.award;
        (Payee::of(award, register, year), record.clause.clone(), record.name.clone(), award.amount())
    };
    let given: Vec<&Explained> = frozen.awards.iter().filter(|award| !award.amount().is_zero()).collect();
    let (issued, today): (Vec<_>, Vec<_>) =
        (given.iter().map(|award| matter(award)).collect(), now.iter().map(matter).collect());
    let gone = given.iter().filter(|award| !today.contains(&matter(award))).map(|award| format!("- {}", line(award)));
    let new = now.iter().filter(|award| !issued.contains(&matter(award))).map(|award| format!("+ {}", line(award)));
    let differences: Vec<String> = gone.chain(new).collect();
    if !differences.is_empty() {
        let message = format!("《{}》印发后数据变了（- 通知，+ 现在）：\n{}", notice.title, differences.join("\n"));
        found.push(Diagnostic::error(Code::Ledger, message).help(format!(
            "数据改错了就改回来；确要改的，先用 hongtou issue {} --correct “说明” 更正通知",
            notice.slug
        )));
    }
    found
}

fn close(opened: &Opened, year: Year, reason: Option<&str>, dry_run: bool) -> Result<Ending, Failure> {
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        return Err(Failure::Unknown("结清要写明理由：--close 2022 --reason “理由”".to_owned()));
    };
    let path = format!("data/ledger/{year}.yaml");
    if opened.project.register.ledger.contains_key(&year) {
        return Err(Failure::Other(format!("{path} 已经有了，{year}年度兑现过或结清过，没有改动")));
    }
    let text = closed(year, opened.on, reason);
    if dry_run {
        print::out(&text);
    } else {
        rewrite(&opened.project.root.join(&path), None, text.as_bytes()).map_err(|error| unwritten(&path, error))?;
        print::out(&format!("写入 {path}：{year}年度结清"));
    }
    Ok(Ending::Fine)
}
