//! `{{日期 日}}` — a day as a text writes it: `2024年6月13日`, no leading zeros (GB/T 9704—2012, 7.3.5.4).

use std::str::FromStr;

use serde_json::Value;

use super::Call;
use crate::calendar::Day;

pub(super) fn day(call: &Call<'_>) -> Result<Value, String> {
    let day = Day::from_str(&call.text()?).map_err(|error| error.to_string())?;
    Ok(day.to_string().into())
}
