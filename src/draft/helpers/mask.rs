//! `{{脱敏 电话}}` — mobile numbers, ID numbers, accounts and home addresses in a text covered in the middle: `138****5678`;
//! `{{脱敏 姓名 是="姓名"}}` — a name with all but its first character covered: `张**`.

use serde_json::Value;

use super::Call;
use crate::personal;

pub(super) fn mask(call: &Call<'_>) -> Result<Value, String> {
    let text = call.text()?;
    match call.option("是").map(|value| value.as_str().unwrap_or("")) {
        None => Ok(personal::mask(&text).into()),
        Some("姓名") => Ok(personal::mask_name(&text).into()),
        Some(other) => Err(format!("“脱敏”不认识 是=\"{other}\"\n只能写 是=\"姓名\"，或不写")),
    }
}
