//! `{{缺省 参数.联系人 "办公室"}}`, `{{#if (有 参数.联系人)}}` — for what a notice may leave out; elsewhere a missing name is an error.

use handlebars::{Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson};
use serde_json::Value;

use super::Call;

pub(super) fn fallback(call: &Call<'_>) -> Result<Value, String> {
    let other = call.other.ok_or("“缺省”后面要两个值：数据里的项，和没有它时用的文字")?;
    let absent = match call.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    Ok(if absent { other.clone() } else { call.value.clone() })
}

/// Whether the data has something there.
pub(super) struct Given;

impl HelperDef for Given {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc handlebars::Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let value = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("有", 0))?;
        let empty = match value.value() {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        Ok(ScopedJson::Derived((!value.is_value_missing() && !empty).into()))
    }
}
