//! `{{元 金额}}` — an amount in yuan, without separators, as texts and tables of offices write it: `5000000`, `12.5`.

use serde_json::Value;

use super::Call;

pub(super) fn yuan(call: &Call<'_>) -> Result<Value, String> {
    Ok(call.money()?.yuan_text().into())
}
