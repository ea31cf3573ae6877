//! 助手 — what a template can do with a value beside printing it: one file a helper. None computes a sum: sums are data.

mod capitals;
mod chosen;
mod day;
mod fallback;
mod mask;
mod money;
mod order;
mod wan;
mod yuan;

use std::str::FromStr;

use handlebars::{
    Handlebars, Helper, HelperDef, JsonRender, RenderContext, RenderError, RenderErrorReason, ScopedJson,
};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::money::Money;

/// What a helper does: its value and its options to a value, or a sentence about what is wrong (a way out on a second line).
type Work = fn(&Call<'_>) -> Result<Value, String>;

const HELPERS: [(&str, Work); 9] = [
    ("元", yuan::yuan),
    ("万元", wan::wan),
    ("金额文字", money::words),
    ("大写", capitals::capitals),
    ("日期", day::day),
    ("序号", order::arabic),
    ("汉字序号", order::chinese),
    ("缺省", fallback::fallback),
    ("脱敏", mask::mask),
];

/// What comes with handlebars and is of use in a wording.
const BUILT_IN: [&str; 14] =
    ["if", "unless", "each", "with", "lookup", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not"];

/// The names of all helpers.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().map(|(name, _)| *name).chain(["有"]).chain(BUILT_IN)
}

/// Makes the helpers known.
pub(super) fn register(registry: &mut Handlebars<'static>) {
    for (name, work) in HELPERS {
        registry.register_helper(name, Box::new(Worker { name, work }));
    }
    registry.register_helper("有", Box::new(fallback::Given));
    registry.register_helper("if", Box::new(chosen::Chosen { when: true }));
    registry.register_helper("unless", Box::new(chosen::Chosen { when: false }));
    // It would write to the terminal.
    registry.unregister_helper("log");
}

/// What a helper is called with.
struct Call<'a> {
    name: &'static str,
    value: &'a Value,
    /// The second value, for the helper that takes one.
    other: Option<&'a Value>,
    helper: &'a Helper<'a>,
}

impl Call<'_> {
    /// The value as text.
    fn text(&self) -> Result<String, String> {
        match self.value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(format!("“{}”后面应是一个值", self.name)),
        }
    }

    /// The value as an amount: `5000000.00` as the awards have it, or `500万元` as people write it.
    fn money(&self) -> Result<Money, String> {
        let text = self.text()?;
        if let Ok(yuan) = Decimal::from_str_exact(text.trim()) {
            return Ok(Money::yuan(yuan));
        }
        Money::from_str(&text).map_err(|error| error.to_string())
    }

    /// The value of an option: `小数=2`.
    fn option(&self, name: &str) -> Option<&Value> {
        self.helper.hash_get(name).map(handlebars::PathAndJson::value)
    }
}

/// A helper that turns one value into another.
struct Worker {
    name: &'static str,
    work: Work,
}

impl HelperDef for Worker {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc handlebars::Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let Some(value) = helper.param(0) else {
            let (name, help) = (self.name, "要印数据里同名的项，写作 {{this.项}} 或 {{奖.项}}");
            return Err(RenderErrorReason::Other(format!("“{name}”后面少一个值\n{help}")).into());
        };
        let bears_absence = self.name == "缺省";
        if value.is_value_missing() && !bears_absence {
            return Err(RenderError::strict_error(value.relative_path()));
        }
        let other = helper.param(1);
        if let Some(extra) = if bears_absence { helper.param(2) } else { other } {
            let extra = extra.value().render();
            return Err(RenderErrorReason::Other(format!("“{}”后面多了一个值“{extra}”", self.name)).into());
        }
        let other = other.map(handlebars::PathAndJson::value);
        let call = Call { name: self.name, value: value.value(), other, helper };
        (self.work)(&call).map(ScopedJson::Derived).map_err(|message| RenderErrorReason::Other(message).into())
    }
}
