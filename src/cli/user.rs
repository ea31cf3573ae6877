//! `hongtou user` — the accounts of the workbench: who may work in it from other machines, and what they may do.

use std::io::{IsTerminal, Read};

use super::arguments::{Common, UserVerb};
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::workbench::Accounts;

/// The longest password that is read from a pipe (bytes).
const LONGEST: u64 = 1024;

pub(super) fn run(common: &Common, verb: &UserVerb) -> Result<Ending, Failure> {
    let root = common.root()?;
    let _lock = common.lock_workspace("改账户")?;
    let failed = |error: crate::workbench::AccountRefused| Failure::Other(error.to_string());
    let mut accounts = Accounts::of(&root).map_err(failed)?;
    match verb {
        UserVerb::Add(options) => {
            accounts.add(&options.name, &password()?, options.role).map_err(failed)?;
            print::error(&format!("{}：{}。重新启动 hongtou serve 以后生效", options.name, options.role.name()));
        }
        UserVerb::Remove(options) => {
            accounts.remove(&options.name).map_err(failed)?;
            print::error(&format!("删去了{}", options.name));
        }
        UserVerb::List => {
            let rows: Vec<Vec<String>> =
                accounts.iter().map(|(name, role)| vec![name.to_owned(), role.name().to_owned()]).collect();
            print::out(&table(&[("姓名", Align::Left), ("角色", Align::Left)], &rows));
        }
    }
    Ok(Ending::Fine)
}

/// A password: typed twice and not shown, or the line that a pipe brings.
fn password() -> Result<String, Failure> {
    if !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin().lock().take(LONGEST).read_to_string(&mut text)?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password("口令（打字时不显示）：")?;
    if rpassword::prompt_password("再打一遍：")? == first {
        Ok(first)
    } else {
        Err(Failure::Other("两遍打的不一样，没有改".to_owned()))
    }
}
