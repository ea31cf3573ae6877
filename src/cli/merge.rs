//! `hongtou merge` — the output of a workspace whose documents other machines printed into a store.

use super::arguments::{Common, Merge};
use super::build::{Making, make};
use super::{Ending, Failure};
use crate::build::shard::{SHARDS, complete, signatures};
use crate::project::files_in;

pub(super) fn run(common: &Common, options: &Merge) -> Result<Ending, Failure> {
    let store = common.store(&options.store)?;
    let (opened, _lock) = common.open_to_write("合并")?;
    store.fetch()?;
    let signed = signatures(files_in(&store.folder().join(SHARDS), "json"));
    complete(&opened.project, opened.on, &signed)
        .map_err(|incomplete| Failure::Other(format!("{}：{incomplete}", options.store.display())))?;
    let making = Making { cache: Some(store.cache()), partial: options.partial, ..Making::default() };
    make(common, &opened, &making)
}
