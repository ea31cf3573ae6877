//! 版面 — `data/layout.yaml` as a form: what the office does otherwise than GB/T 9704—2012.

use super::field::{Entry, Field, YES, field};
use super::form::{Form, Groups, Proof, of_plain, plain};

const PAGE: &[Field] = &[
    field("行距", Entry::Line, true, "磅，22到40；不写就每面22行（5.2.3）"),
    field("标题字号", Entry::Line, true, "磅，18到26；不写就是二号（7.3.1）"),
    field("标志字号", Entry::Line, true, "磅，20到80；国标不规定"),
    field("标志上边距", Entry::Line, true, "毫米，0到120；不写就是35（7.2.4）"),
    field("红线粗", Entry::Line, true, "磅，0.5到4；不写就是1（7.2.7）"),
    field("页码样式", Entry::Line, true, "如 — # —；不写就是一字线（7.5）"),
    field("双页镜像", YES, true, "是：双面印，装订边在里侧"),
    field("版记在双页", YES, true, "是：版记总在双页；国标只说最后一面（7.4.1）"),
    field("印章宽", Entry::Line, true, "毫米，20到60"),
];

const TABLES: &[Field] = &[
    field("表格字号", Entry::Line, true, "磅，7.5到16；国标不规定"),
    field("自动横排", YES, true, "是：竖排放不下的表自己横排"),
    field("长表小字", YES, true, "是：一百行以上的名单用五号"),
];

const PRINTING: &[Field] = &[
    field("红色", Entry::Line, true, "如 #e60012；不写就是 Y80 M80（6.2）"),
    field("四色红", Entry::List, true, "青、品红、黄、黑各占百分之几，一行一个：0、80、80、0；给印刷厂制版用"),
    field("只用自带字体", YES, true, "否：用 fonts/ 里机关自己的字体"),
];

const GROUPS: &Groups = &[("版面", PAGE), ("表格", TABLES), ("颜色和字体", PRINTING)];

pub const FORM: Form = Form {
    is_of: |path| path == "data/layout.yaml",
    title: |_| "版面".to_owned(),
    begins: |_| String::new(),
    shown: |_, _, text| plain(GROUPS, text),
    read: |key, said| of_plain(GROUPS, key, said),
    proof: Proof::Any,
};
