//! `{{序号 @index}}`, `{{汉字序号 @index}}` — the place in a list, counted from one: `1`, `一`.

use serde_json::Value;

use super::Call;
use crate::draft::numeral;

pub(super) fn arabic(call: &Call<'_>) -> Result<Value, String> {
    Ok(place(call)?.to_string().into())
}

pub(super) fn chinese(call: &Call<'_>) -> Result<Value, String> {
    Ok(numeral::chinese(place(call)?).into())
}

fn place(call: &Call<'_>) -> Result<u32, String> {
    let index = call.value.as_u64().and_then(|index| u32::try_from(index).ok()?.checked_add(1));
    index.ok_or_else(|| format!("“{}”后面应是 @index 或 as |项 序| 里的“序”", call.name))
}
