//! Documents for tests: invented, each with the elements that a test asks for.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::document::{
    Align, Attachment, Block, Cell, Closing, ClosingStyle, Colophon, Column, Document, Format, Genre, Inline, Label,
    Masthead, Publication, Record, Row, Signature, Status, Table, Validity,
};

use super::super::{Faces, FontFile, Layouts, Press, Settings};
use crate::assets::FaceFile;

/// The files of a folder of the project, by name.
fn folder(name: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files.insert(path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
        }
    }
    files
}

/// The layouts as they are shipped.
pub(super) fn layouts() -> Layouts {
    let files = folder("templates/layout").into_iter();
    files.map(|(name, bytes)| (name, (String::from_utf8(bytes).unwrap(), None))).collect()
}

/// The faces as they are shipped.
pub(in crate::pdf) fn fonts() -> impl Iterator<Item = FontFile> {
    folder("fonts")
        .into_iter()
        .filter(|(name, _)| name.contains(".ttf"))
        .map(|(name, bytes)| (name, FaceFile::Own(bytes.into())))
}

/// The roles of the shipped faces.
pub(in crate::pdf) fn faces() -> Faces {
    let text = layouts().remove("faces.yaml").unwrap().0;
    crate::yaml::read(crate::source::FileId(0), &crate::source::Source::new("faces.yaml", text)).0.unwrap()
}

/// A press with the shipped layouts and faces.
pub(super) fn press_with(settings: Settings, pictures: BTreeMap<String, Vec<u8>>) -> Press {
    let (press, report) = Press::new(layouts(), fonts(), pictures, settings, faces());
    assert!(report.is_empty(), "{report:?}");
    press.unwrap()
}

/// One press for all tests that need nothing else.
pub(super) fn press() -> &'static Press {
    static PRESS: std::sync::LazyLock<Press> =
        std::sync::LazyLock::new(|| press_with(Settings::default(), BTreeMap::new()));
    &PRESS
}

pub(super) fn day() -> Day {
    Day::new(2024, 6, 13).unwrap()
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { label: None, text: vec![Inline::text(text)], indent: true }
}

pub(super) fn heading(level: u8, number: &str, text: &str) -> Block {
    Block::Heading {
        label: Label { level, text: number.into() },
        text: vec![Inline::text(text)],
        anchor: number.into(),
    }
}

pub(super) fn item(level: u8, number: &str, text: &str) -> Block {
    Block::Paragraph { label: Some(Label { level, text: number.into() }), text: vec![Inline::text(text)], indent: true }
}

/// A table of words, its last column numbers.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>], total: Option<&[String]>) -> Table {
    let last = heads.len() - 1;
    let align = |index: usize| match index {
        0 => Align::Center,
        index if index == last => Align::Right,
        _ => Align::Left,
    };
    let columns = heads.iter().enumerate().map(|(index, head)| Column::new(vec![Inline::text(*head)], align(index)));
    let cell = |text: &String| Cell::from(vec![Inline::text(text.as_str())]);
    let row = |cells: &[String], total| Row::new(cells.iter().map(cell).collect(), total);
    Table {
        caption: None,
        unit: Some("单位：万元".into()),
        columns: columns.collect(),
        rows: rows.iter().map(|cells| row(cells, false)).chain(total.iter().map(|cells| row(cells, true))).collect(),
        landscape: false,
    }
}

pub(super) fn signature(name: &str) -> Signature {
    Signature { name: name.into(), person: None, seal: None }
}

/// An empty document of a genre, on its usual page.
pub(super) fn blank(genre: Genre, title: &[&str]) -> Document {
    Document {
        slug: "样例".into(),
        status: Status::Sample,
        genre,
        format: genre.usual_format(),
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec!["示例市人民政府办公厅".into()],
            suffix: None,
            number: None,
            signatories: vec![],
        },
        title: title.concat(),
        title_lines: title.iter().map(|line| (*line).to_owned()).collect(),
        addressee: String::new(),
        body: vec![],
        attachments: vec![],
        closing: Closing { style: ClosingStyle::Unsealed, signatures: vec![], dated: Day::new(2024, 6, 13) },
        annotation: None,
        note: None,
        colophon: None,
        record: Record {
            index_number: "000000000/2024-00001".into(),
            topic: "工业、交通\\原材料".into(),
            column: "政策文件".into(),
            issuer: "示例市人民政府办公厅".into(),
            dated: Day::new(2024, 6, 13),
            published: Day::new(2024, 6, 13),
            validity: Validity::Valid,
            keywords: vec!["样例".into()],
            summary: "样例文件。".into(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

/// A 通知 in the 文件 format with everything that a simple one has.
pub(super) fn notice() -> Document {
    let mut document = blank(Genre::Notice, &["示例市人民政府办公厅", "关于印发新材料首批次示范应用目录的通知"]);
    document.format = Format::Document;
    document.masthead.suffix = Some("文件".into());
    document.masthead.number = Some("示政办〔2024〕8号".parse().unwrap());
    document.addressee = "各开发区管委会，各区县（市）人民政府，市人民政府各部门，各有关单位".into();
    document.body = vec![
        paragraph(
            &"为进一步加快全市新材料产业高质量发展，构建竞争新优势，经市政府同意，现将有关事项通知如下。".repeat(2),
        ),
        heading(1, "一、", "总体要求"),
        heading(2, "（一）", "指导思想"),
        item(
            3,
            "1.",
            &"鼓励企业购买新材料产品质量安全责任保险，按照保费的50%给予补贴，单户企业最高不超过500万元。".repeat(3),
        ),
        item(
            4,
            "（1）",
            "对年度主营业务收入首次达到5000万元的企业，给予20万元奖励；高强高韧（≥500 MPa）铝合金，厚度±0.05 mm，使用温度—40℃～150℃。",
        ),
        item(2, "（二）", "加强组织领导。各级各部门要“专班”推进，压实责任。"),
        Block::List { items: vec![vec![paragraph("坚持创新驱动。")], vec![paragraph("坚持绿色发展。")]] },
        paragraph("特此通知。"),
    ];
    document.attachments = vec![
        Attachment {
            label: "附件1".into(),
            title: "示例市重点新材料首批次示范应用目录".into(),
            title_lines: vec!["示例市重点新材料首批次示范应用目录".into()],
            body: vec![paragraph("目录如下。")],
        },
        Attachment {
            label: "附件2".into(),
            title: "示例市重点新材料首批次示范应用申报材料清单及有关要求和联系人名单".into(),
            title_lines: vec!["示例市重点新材料首批次示范应用申报".into(), "材料清单及有关要求".into()],
            body: vec![heading(1, "一、", "材料"), paragraph("清单如下。")],
        },
    ];
    document.closing.signatures = vec![signature("示例市人民政府办公厅")];
    document.note = Some("此件公开发布".into());
    document.colophon = Some(Colophon {
        offices: vec!["主办：市工信局".into(), "督办：市政府办公厅四处".into()],
        addressee: None,
        copies_to: vec!["市委各部门，示例警备区。".into(), "市人大常委会办公厅，市政协办公厅，市法院，市检察院".into()],
        printed_by: Some("示例市人民政府办公厅".into()),
        printed_on: Day::new(2024, 6, 14),
    });
    document
}

/// 函 on the letter page.
pub(super) fn letter() -> Document {
    let mut document = blank(Genre::Letter, &["示例市工业和信息化局关于", "商请提供新材料企业名单的函"]);
    document.masthead.issuers = vec!["示例市工业和信息化局".into()];
    document.masthead.number = Some("示工信函〔2024〕15号".parse().unwrap());
    document.masthead.urgency = Some(crate::document::Urgency::Urgent);
    document.addressee = "示例市统计局".into();
    document.body = vec![
        paragraph(
            &"为做好新材料产业奖励资金核算工作，商请贵局提供2023年度规模以上新材料企业名单及主营业务收入。".repeat(2),
        ),
        paragraph("请予支持为盼。"),
    ];
    document.closing.style = ClosingStyle::Sealed;
    document.closing.signatures = vec![signature("示例市工业和信息化局")];
    document.note = Some("联系人：示例，电话：0000—00000000".into());
    document.colophon = Some(Colophon { copies_to: vec!["示例市财政局".into()], ..Colophon::default() });
    document
}

/// 令, with a stamped signature.
pub(super) fn order() -> Document {
    let mut document = blank(Genre::Order, &["示例市人民政府令"]);
    document.masthead.issuers = vec!["示例市人民政府".into()];
    document.masthead.suffix = Some("令".into());
    document.masthead.number = Some("第3号".parse().unwrap());
    document.body = vec![paragraph(
        "《示例市新材料产业促进办法》已经2024年6月3日市人民政府第8次常务会议审议通过，现予公布，自2024年8月1日起施行。",
    )];
    document.closing.style = ClosingStyle::Stamped;
    document.closing.signatures =
        vec![Signature { name: "市长".into(), person: Some("示某某".into()), seal: None }];
    document
}

/// 纪要, with its lists of who was there.
pub(super) fn minutes() -> Document {
    let mut document = blank(Genre::Minutes, &["研究新材料产业奖励资金有关事项"]);
    document.masthead.suffix = Some("专题会议纪要".into());
    document.masthead.issuers = vec!["示例市人民政府".into()];
    document.masthead.number = Some("2024年第5号".parse().unwrap());
    document.body = vec![
        paragraph(
            &"2024年6月11日，示例副市长主持召开专题会议，研究新材料产业奖励资金兑现有关事项。现纪要如下：".repeat(2),
        ),
        item(1, "一、", "关于资金核算。会议议定，由市工信局会同市财政局核定金额。"),
        item(1, "二、", "关于公示。会议议定，公示期为5个工作日。"),
        Block::Roll {
            label: "出席".into(),
            text: vec![Inline::text(
                "示例甲（市政府），示例乙、示例丙（市工信局），示例丁（市财政局），示例戊（市税务局），示例己（市统计局），示例庚（市市场监管局）",
            )],
        },
        Block::Roll { label: "请假".into(), text: vec![Inline::text("示例辛（市科技局）")] },
        Block::Roll { label: "列席".into(), text: vec![Inline::text("示例壬（市审计局）")] },
    ];
    document.closing = Closing { style: ClosingStyle::Unsealed, signatures: vec![], dated: None };
    document.colophon = Some(Colophon {
        copies_to: vec!["市工信局，市财政局".into()],
        printed_by: Some("示例市人民政府办公厅".into()),
        printed_on: Day::new(2024, 6, 14),
        ..Colophon::default()
    });
    document
}

/// 请示, with 签发人 and everything that may stand in the corner.
pub(super) fn request() -> Document {
    let mut document = blank(Genre::Request, &["示例市工业和信息化局", "关于兑现新材料产业奖励资金的请示"]);
    document.masthead.copy_number = Some("000012".into());
    document.masthead.secrecy = Some(crate::document::Secrecy {
        level: crate::document::SecrecyLevel::Confidential,
        period: Some("1年".into()),
    });
    document.masthead.urgency = Some(crate::document::Urgency::Expedited);
    document.masthead.issuers = vec!["示例市工业和信息化局".into(), "示例市财政局".into(), "示例市科学技术局".into()];
    document.masthead.suffix = Some("文件".into());
    document.masthead.number = Some("示工信〔2024〕21号".parse().unwrap());
    document.masthead.signatories =
        ["示某某", "示例", "示某"].into_iter().map(|name| crate::document::Signatory { name: name.into() }).collect();
    document.addressee = "示例市人民政府".into();
    document.body = vec![
        paragraph(
            &"根据《示例市人民政府办公厅关于加快新材料产业发展的实施意见》，经审核，拟对12家企业给予奖励。".repeat(3),
        ),
        paragraph("妥否，请批示。"),
    ];
    document.closing.style = ClosingStyle::Sealed;
    document.closing.signatures =
        vec![signature("示例市工业和信息化局"), signature("示例市财政局"), signature("示例市科学技术局")];
    document.note = Some("联系人：示例，电话：0000—00000000".into());
    document.colophon = Some(Colophon {
        printed_by: Some("示例市工业和信息化局办公室".into()),
        printed_on: Day::new(2024, 6, 13),
        ..Colophon::default()
    });
    document
}
