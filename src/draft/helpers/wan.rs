//! `{{万元 金额}}` — an amount in 万元, exact: `500`, `0.25`; with `小数=2` to so many places, which must not lose anything.

use serde_json::Value;

use super::Call;

pub(super) fn wan(call: &Call<'_>) -> Result<Value, String> {
    let text = call.money()?.wan_text();
    let Some(places) = call.option("小数") else { return Ok(text.into()) };
    let places = places.as_u64().and_then(|places| usize::try_from(places).ok()).filter(|places| *places <= 6);
    let places = places.ok_or("“小数”应是0到6的整数，如 小数=2")?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > places {
        return Err(format!(
            "{text}万元不能只用{places}位小数写出，写出的数会与实际金额不符\n多留几位小数，或改用 {{{{元 …}}}}"
        ));
    }
    if places == 0 {
        return Ok(whole.into());
    }
    Ok(format!("{whole}.{fraction:0<places$}").into())
}
