//! `hongtou withdraw` — 撤回: the text of an issued document is no longer shown; its page says so, and why.

use super::arguments::{Common, Withdraw};
use super::documents::named;
use super::{Ending, Failure, print, unwritten};
use crate::disk::rewrite;
use crate::record::REGISTER;
use crate::record::issue::withdrawal;

pub(super) fn run(common: &Common, options: &Withdraw) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_register("撤回")?;
    let slug = named(&opened.project, &options.notice)?;
    let record = &opened.project.record;
    let Some(issued) = record.registry.of(&slug) else {
        return Err(Failure::Unknown(format!("“{slug}”没有印发过，不用撤回；不要了就删去它的文件")));
    };
    if let Some(act) = issued.withdrawn {
        return Err(Failure::Other(format!("“{slug}”已于{}撤回，没有改动", act.on)));
    }
    if options.reason.trim().is_empty() {
        return Err(Failure::Unknown("撤回要写明理由（--reason），它会写在网页上".to_owned()));
    }
    if let Some(last) = record.registry.entries().map(|entry| entry.on).max().filter(|last| opened.on < *last) {
        return Err(Failure::Other(format!(
            "发文登记簿里最近一次办理是{last}，现在却是{}：核对这台电脑的日期，或用 --on 写明",
            opened.on
        )));
    }
    let entry = withdrawal(issued.latest, opened.on, &options.reason);
    let register = record.registry.with(entry, record.text.as_deref());
    rewrite(&opened.project.root.join(REGISTER), record.text.as_deref(), register.as_bytes())
        .map_err(|error| unwritten(REGISTER, error))?;
    print::out(&format!("撤回：《{}》{}", issued.latest.title, opened.on));
    Ok(Ending::Fine)
}
