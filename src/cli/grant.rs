//! `hongtou grant` — after the 公示: writes the awards of a year into the ledger, once. It never overwrites: what differs is shown.

use super::arguments::{Common, FindingFormat, Grant};
use super::awards::year;
use super::{Ending, Failure, findings, print};
use crate::award::{Occasion, Writing, assess, grant};
use crate::build::write_file;

pub(super) fn run(common: &Common, options: &Grant) -> Result<Ending, Failure> {
    let (project, mut report) = common.load(&[])?;
    findings::show(&mut report, &project.sources, FindingFormat::Text);
    if report.has_errors() {
        print::error("数据有错误，没有写台账；改正后再兑现");
        return Ok(Ending::Findings);
    }
    let year = year(&project, Some(options.year))?;
    let path = format!("data/ledger/{year}.yaml");
    let assessments = assess(&project.register, &project.policies, year);
    let occasion = Occasion { on: common.day(), number: options.number.as_deref() };
    let ledger = project.register.ledger.get(&year).map(Vec::as_slice);
    match grant(year, &assessments, ledger, occasion) {
        Writing::Same => {
            print::out(&format!("{path} 已有{year}年度的全部奖励，没有改动"));
            Ok(Ending::Fine)
        }
        Writing::New(text, entries) => {
            if options.dry_run {
                print::out(&text);
            } else {
                write_file(&project.root.join(&path), text.as_bytes())?;
                print::out(&format!("写入 {path}：{entries}条"));
            }
            Ok(Ending::Fine)
        }
        Writing::Different(differences) => {
            print::out(&format!("{path} 与现在的计算不同（- 台账，+ 计算）：\n{}", differences.join("\n")));
            print::error(
                "台账没有改动。已兑现的不能改写：撤销或补发的，在台账里另加一条并写明备注；申报或规则改错了的，改回来",
            );
            Ok(Ending::Findings)
        }
    }
}
