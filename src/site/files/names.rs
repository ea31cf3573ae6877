//! 字段名称 — one English name for each field that open data have, for programs that want no Chinese names.

/// The Chinese name, the English one, what it is.
pub(in crate::site) const NAMES: [(&str, &str, &str); 28] = [
    ("序号", "number", "在名单里的次序，会变"),
    ("编号", "id", "条目在网址里的名称，不变"),
    ("网址", "url", "条目的网址"),
    ("内容", "cells", "条目的各个字段"),
    ("名称", "title", "名单的名称"),
    ("状态", "status", "定稿、草稿或样例"),
    ("概况", "facts", "名单的概况"),
    ("条目", "entries", "名单的条目"),
    ("年度", "year", "奖励的年度"),
    ("政策", "policy", "政策的文件名"),
    ("条款", "clause", "政策的条款"),
    ("事项", "award", "奖励事项"),
    ("奖励事项", "award", "奖励事项"),
    ("企业", "recipient", "企业名称"),
    ("企业名称", "recipient", "企业名称"),
    ("统一社会信用代码", "recipient_code", "GB 32100 的18位代码"),
    ("区县", "district", "企业所在区县"),
    ("区县（市）", "district", "企业所在区县"),
    ("对象", "subject", "为哪个项目、产品"),
    ("项目（产品）", "subject", "为哪个项目、产品"),
    ("金额（元）", "amount_cny", "人民币元"),
    ("等级", "grade", "综合评价的等级"),
    ("列入", "listed_from", "列入名单的日期"),
    ("有效期至", "valid_until", "有效期的最后一天"),
    ("退出", "left_on", "退出名单的日期"),
    ("原因", "reason", "退出的原因"),
    ("文件", "document", "列入所依据的文件"),
    ("现状", "state", "在册、已退出或期满"),
];

/// The English name of a field; none for what only one catalogue has.
pub(in crate::site) fn english(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(chinese, _, _)| *chinese == name).map(|(_, english, _)| *english)
}
