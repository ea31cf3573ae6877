//! 有表单的文件 — which files are shown as forms.

use super::form::Form;
use super::{catalogue, layout, office, reductions};

const FORMS: [Form; 4] = [office::FORM, layout::FORM, reductions::FORM, catalogue::FORM];

/// The form of a file, if it has one.
pub fn form_of(path: &str) -> Option<&'static Form> {
    const { &FORMS }.iter().find(|form| (form.is_of)(path))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::field::{filled, said};
    use super::form_of;
    use crate::source::FileId;
    use crate::yaml;

    const OFFICE: &str = "# 头\n机关:\n  全称: 甲局   # 注\n  电话: \"1\"\n网站: { 域名: a.b }\n词表:\n  - 新材料\n";
    const CUTS: &str = "年度: 2024\n核减:\n  # 一\n  - { 政策: a, 依据: b, 资金: 1元, 方法: { 名单: [] } }\n";

    fn put(path: &str, text: &str, key: &str, value: &str) -> Result<String, String> {
        let form = form_of(path).unwrap();
        filled(text, key, (form.read)(key, value)?.as_ref())
    }

    proptest! {
        #[test]
        fn what_is_filled_in_is_read_again_and_taken_out_leaves_no_trace(
            key in prop::sample::select(vec!["机关/全称", "机关/传真", "网站/域名", "网站/数据许可/名称", "公开范围/奖励", "双人办理"]),
            value in "[^\\p{Cc}]{0,12}",
        ) {
            let before = yaml::parse(FileId(0), OFFICE).0;
            let fresh = put("data/office.yaml", OFFICE, key, &value).unwrap();
            let root = yaml::parse(FileId(0), &fresh).0;
            prop_assert_eq!(said(root.as_ref(), key).unwrap(), value.trim(), "{}", fresh);
            if said(before.as_ref(), key).unwrap().is_empty() {
                prop_assert_eq!(put("data/office.yaml", &fresh, key, "").unwrap(), OFFICE);
            }
        }
    }

    #[test]
    fn what_is_cut_is_put_together_piece_by_piece() {
        let path = "data/reductions/2024.yaml";
        let add = |text: &str, key: &str, said: serde_json::Value| put(path, text, key, &said.to_string());
        let fresh = add(
            CUTS,
            "核减/0/方法/名单/+",
            serde_json::json!({ "项": "91410181MA0000015M|四（五）7|", "减至": "8元" }),
        )
        .unwrap();
        assert!(fresh.contains("名单: [{ 企业: 91410181MA0000015M, 条款: 四（五）7, 减至: 8元 }]"), "{fresh}");
        let fresh = put(path, &fresh, "核减/0/方法/名单/0/减至", "9元").unwrap();
        assert!(fresh.contains("减至: 9元"), "{fresh}");
        assert_eq!(put(path, &fresh, "核减/0/方法/名单/0", "").unwrap(), CUTS);
        let begun = (form_of(path).unwrap().begins)(path);
        let fresh =
            add(&begun, "核减/+", serde_json::json!({ "政策": "a", "依据": "会: 3号", "资金": "1万元" })).unwrap();
        assert_eq!(fresh, "年度: 2024\n核减:\n  - 政策: a\n    依据: \"会: 3号\"\n    资金: 1万元\n    方法: 同比例\n");
        assert_eq!(put(path, &fresh, "核减/0", "").unwrap(), begun);
        let lacking = add(&begun, "核减/+", serde_json::json!({ "政策": "a", "依据": " ", "资金": "1万元" }));
        assert_eq!(lacking.unwrap_err(), "“依据”还没有填");
        for (key, said) in [("核减/0/别的", "x"), ("年度", "2025"), ("核减", ""), ("核减/0", "x")] {
            assert!(put(path, &fresh, key, said).is_err(), "{key}");
        }
        assert!(form_of("data/facts.yaml").is_none());
    }
}
