//! What is read, and what cannot be.

use super::*;

fn fault(text: &str) -> String {
    match parser::parse(text) {
        Ok(_) => String::new(),
        Err(fault) => format!("{}：{}", text.get(fault.span).unwrap_or("？"), fault.message),
    }
}

#[test]
fn what_cannot_be_read_is_told_at_its_place() {
    for (text, told) in [
        ("", "：算式没有写完"),
        ("贷款利息 ×", "：算式没有写完"),
        ("贷款利息 50%", "50%：这里多了“50%”"),
        ("× 50%", "×：这里应是一个数，却是“×”"),
        ("(贷款利息", "(：括号没有关上"),
        ("较小(贷款利息)", "较小：“较小”要2到16个值，写了1个"),
        ("最小(贷款利息, 5万元)", "最小：没有“最小”这个函数"),
        ("信用 = “失信", "“失信：引号没有关上"),
        ("贷款利息 ^ 2", "^：算式里不能有“^”"),
        ("1.2.3万元", "1.2.3：不是数"),
    ] {
        assert_eq!(fault(text), told, "{text}");
    }
}

#[test]
fn what_is_far_too_long_or_deep_is_told_at_once() {
    let deep = |depth: usize| fault(&format!("{}1元{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(deep(40), "");
    assert!(deep(200).ends_with("括号套得太深"));
    assert!(deep(1000).ends_with("算式太长"));
    assert!(fault(&"甲+".repeat(5000)).ends_with("算式太长"));
}

#[test]
fn signs_and_words_are_read_in_each_of_their_forms() {
    for text in [
        "增长率（营业收入）≥10％",
        "营业收入 不低于 5亿元 且 非(信用 = \"失信\") 或 亩均评价 = “A”",
        "用工人数 × 1000元/人 + 面积×50元/平方米 － 3万元",
        "认定日期 + 3年 > 年末",
        "贷款利息 * 50% / 2",
        "年均增长率(营业收入, 3年) >= 26%",
    ] {
        assert_eq!(fault(text), "", "{text}");
    }
}
