//! `{{金额文字 金额}}` — an amount with its unit, as a sentence has it: `5000万元`, `3.2亿元`, `1234567元`.

use serde_json::Value;

use super::Call;

pub(super) fn words(call: &Call<'_>) -> Result<Value, String> {
    Ok(call.money()?.to_string().into())
}
