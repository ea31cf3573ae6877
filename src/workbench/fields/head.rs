//! 要素 — the head of a notice as a form: what there is to fill in for its 文种, what stands there, and one of it put into the text without
//! touching the rest.

use super::field::{self, Entry, Field, field};
use crate::diag::Code;
use crate::document::Genre;
use crate::draft::front_matter::head_range;
use crate::source::FileId;
use crate::yaml;

/// What can be filled in, in the order of the page.
const FIELDS: [Field; 27] = [
    field("标题", Entry::Lines, true, "发文机关、事由、文种；要自己定回行，就分行写"),
    field("状态", Entry::Choice(&["草稿", "定稿"]), true, "定稿以后才能印发"),
    field("发文字号", Entry::Line, true, "印发时可以自动编；写作 代字〔年份〕号"),
    field("发文机关", Entry::List, true, "一行一家，主办的在前；不写就是本机关"),
    field("主送", Entry::Line, true, "不带冒号"),
    field("成文日期", Entry::Day, true, "印发时没有写的，写印发那一天"),
    field("抄送", Entry::List, true, "一行一句，不带句号"),
    field("公开", Entry::Line, true, "主动公开、依申请公开、不予公开；公示写期限的用源文字改"),
    field("概述", Entry::Line, true, "一两句话说这件公文说了什么；网页用它"),
    field("关键词", Entry::List, false, "一行一个"),
    field("主题分类", Entry::Line, false, "国务院公文主题分类"),
    field("格式", Entry::Choice(&["", "文件", "信函", "命令", "纪要"]), false, "不写就照文种"),
    field("密级", Entry::Line, false, "如 秘密★1年"),
    field("紧急程度", Entry::Choice(&["", "特急", "加急", "特提", "平急"]), false, ""),
    field("份号", Entry::Line, false, "六位数字"),
    field("签发人", Entry::List, false, "上行文写，一行一个"),
    field("题注", Entry::Line, false, "决议、决定：哪一次会议通过"),
    field("署名", Entry::List, false, "不写就是发文机关"),
    field("用印", Entry::Line, false, "不写就照文种"),
    field("附注", Entry::Line, false, "如 联系人和电话"),
    field("印发机关", Entry::Line, false, ""),
    field("印发日期", Entry::Day, false, ""),
    field("发布日期", Entry::Day, false, "网站发布的日子；不写就是印发那一天"),
    field("废止日期", Entry::Day, false, ""),
    field("索引号", Entry::Line, false, "印发时自动编"),
    field("来源", Entry::Line, false, "转录的公文写原来的网址"),
    field("模板", Entry::Line, false, "正文由模板生成时写它的名称"),
];

/// What can be filled in for a 文种.
pub fn fields(genre: Option<Genre>) -> impl Iterator<Item = Field> {
    FIELDS.into_iter().filter(move |field| match field.key {
        "签发人" => genre.is_none_or(|genre| matches!(genre, Genre::Request | Genre::Report | Genre::Opinion)),
        "题注" => genre.is_none_or(|genre| matches!(genre, Genre::Resolution | Genre::Decision)),
        _ => true,
    })
}

/// What stands in the head of a text, by field; `None` where it is changed in the text.
pub fn values(text: &str) -> impl Fn(&str) -> Option<String> {
    let head = head_range(text).and_then(|range| text.get(range)).unwrap_or_default();
    let root = yaml::parse(FileId(0), head).0;
    move |key| field::said(root.as_ref(), key)
}

/// The text with a field of its head filled in; emptied, it is taken out.
pub fn filled(text: &str, key: &str, said: &str) -> Result<String, String> {
    let field = FIELDS.into_iter().find(|field| field.key == key).ok_or_else(|| format!("没有“{key}”这一项"))?;
    let range = head_range(text).ok_or_else(|| Code::FrontMatter.summary().to_owned())?;
    let head = text.get(range.clone()).unwrap_or_default();
    let head = field::filled(head, key, field::value(field.entry, said).as_ref())?;
    let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    Ok(format!("{before}{head}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\n标题: 旧 # 注\n文种: 通知\n抄送: [甲, 乙]\n公开: { 属性: 主动公开 }\n---\n\n正文：一。\n";

    #[test]
    fn a_field_is_read_and_filled_in_and_the_rest_stays() {
        let value = values(TEXT);
        assert_eq!(value("标题").as_deref(), Some("旧"));
        assert_eq!(value("抄送").as_deref(), Some("甲\n乙"));
        assert_eq!((value("主送").as_deref(), value("公开")), (Some(""), None));
        drop(value);
        let fresh = filled(TEXT, "抄送", "丙\n\n丁，戊\n").unwrap();
        assert_eq!(values(&fresh)("抄送").as_deref(), Some("丙\n丁，戊"));
        assert!(fresh.contains("标题: 旧 # 注") && fresh.ends_with("正文：一。\n"));
        let fresh = filled(TEXT, "标题", "一\n二").unwrap();
        assert_eq!(values(&fresh)("标题").as_deref(), Some("一\n二"), "{fresh}");
        assert!(filled(TEXT, "抄送", " ").unwrap().find("抄送").is_none());
        assert!(filled(TEXT, "没有的", "").is_err());
        assert!(filled("没有文件头", "标题", "x").is_err());
    }
}
