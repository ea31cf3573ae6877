//! `{{大写 金额}}` — an amount as a cheque writes it: `人民币壹佰万元整`.

use serde_json::Value;

use super::Call;

pub(super) fn capitals(call: &Call<'_>) -> Result<Value, String> {
    Ok(call.money()?.capitals().into())
}
