//! 机关和网站 — `data/office.yaml` as a form.

use super::field::{Entry, Field, YES, field};
use super::form::{Form, Groups, Proof, of_plain, plain};

const OFFICE: &[Field] = &[
    field("机关/全称", Entry::Line, true, "落款和版头用它"),
    field("机关/简称", Entry::Line, true, "行文中用它"),
    field("机关/代字", Entry::Line, true, "文号的头几个字，如 示工信"),
    field("机关/地址", Entry::Line, true, ""),
    field("机关/邮编", Entry::Line, true, ""),
    field("机关/电话", Entry::Line, true, "带区号，如 0371-12345678"),
    field("机关/承办处室", Entry::Line, true, "办奖励的处室和电话"),
    field("机关/监督电话", Entry::Line, true, "公示里写它"),
    field("机关/传真", Entry::Line, false, ""),
    field("机关/邮箱", Entry::Line, false, ""),
    field("机关/公示不少于", Entry::Line, false, "几个工作日"),
    field("机关/告知书存放", Entry::Line, false, "印发的告知书放在哪个文件夹；不写就是 archive"),
];

const SITE: &[Field] = &[
    field("网站/网站名称", Entry::Line, true, ""),
    field("网站/域名", Entry::Line, true, "如 www.example.gov.cn，不写 https://"),
    field("网站/网站标识码", Entry::Line, true, "十位数字"),
    field("网站/主办单位", Entry::Line, true, ""),
    field("网站/承办单位", Entry::Line, true, ""),
    field("网站/地址", Entry::Line, true, ""),
    field("网站/邮编", Entry::Line, true, ""),
    field("网站/电话", Entry::Line, true, ""),
    field("网站/ICP备案号", Entry::Line, true, ""),
    field("网站/公安备案号", Entry::Line, true, ""),
    field("网站/组织机构代码", Entry::Line, false, "索引号的开头"),
    field("网站/党政机关网站标识", Entry::Line, false, "证书的网址"),
    field("网站/简介", Entry::Line, false, "一两句话说这个网站"),
    field("网站/数据许可/名称", Entry::Line, false, "开放数据可以怎样用"),
    field("网站/数据许可/网址", Entry::Line, false, ""),
];

const PRACTICE: &[Field] = &[
    field("公开范围/奖励", Entry::Choice(&["", "名单", "名单和条款", "全部计算"]), true, "网站上有什么；不写就是名单"),
    field("双人办理", YES, true, "是：谁写的稿，谁不能自己印发"),
    field("二维码", YES, true, "是：公开的公文首页印网页的二维码"),
    field("词表", Entry::List, true, "标题回行时不拆开的词，一行一个"),
    field("区县", Entry::List, false, "企业的区县只能写这些，一行一个"),
    field("行业", Entry::List, false, "企业的行业只能写这些，一行一个"),
    field("限度/每件秒数", Entry::Line, false, "一件公文最多做多少秒；不写就是30"),
    field("限度/内存兆字节", Entry::Line, false, "最多用多少内存；不写就是6144"),
];

const GROUPS: &Groups = &[("机关", OFFICE), ("网站", SITE), ("怎样办", PRACTICE)];

pub const FORM: Form = Form {
    is_of: |path| path == "data/office.yaml",
    title: |_| "机关和网站".to_owned(),
    begins: |_| String::new(),
    shown: |_, _, text| plain(GROUPS, text),
    read: |key, said| of_plain(GROUPS, key, said),
    proof: Proof::Any,
};
