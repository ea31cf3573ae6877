//! `hongtou fonts` — the faces at hand: family, weight, number of characters.

use super::arguments::Common;
use super::table::{Align, table};
use super::{Ending, Failure, print};
use crate::build::Workshop;

pub(super) fn run(common: &Common) -> Result<Ending, Failure> {
    let (project, _) = common.load(&[])?;
    let (workshop, _) = Workshop::new(&project, common.day());
    let Some(press) = workshop.press() else {
        return Err(Failure::Other("没有可用的字体".to_owned()));
    };
    let rows: Vec<Vec<String>> = press
        .fonts()
        .faces()
        .iter()
        .map(|face| vec![face.family.clone(), face.weight.to_string(), face.characters.to_string()])
        .collect();
    print::out(&table(&[("字体", Align::Left), ("字重", Align::Right), ("字数", Align::Right)], &rows));
    Ok(Ending::Fine)
}
