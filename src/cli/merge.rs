//! `hongtou merge` — the output of a workspace whose documents other machines printed into a store.

use super::arguments::{Common, Merge};
use super::build::{Making, make};
use super::{Ending, Failure};
use crate::build::shard::{SHARDS, complete, signatures};
use crate::disk::Cache;
use crate::project::files_in;

pub(super) fn run(common: &Common, options: &Merge) -> Result<Ending, Failure> {
    let (opened, _lock) = common.open_to_write("合并")?;
    let signed = signatures(files_in(&options.store.join(SHARDS), "json"));
    complete(&opened.project, opened.on, &signed)
        .map_err(|incomplete| Failure::Other(format!("{}：{incomplete}", options.store.display())))?;
    let making =
        Making { cache: Some(Cache::at(options.store.clone())), partial: options.partial, ..Making::default() };
    make(common, &opened, &making)
}
