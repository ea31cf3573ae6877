//! Invented documents, lists and pages for the tests of the site.

use std::collections::{BTreeMap, BTreeSet};

use super::{Articles, FileFacts, Identity, Site, TemplateFile, Templates, Words};
use crate::calendar::Day;
use crate::document::{
    Align, Article, Attachment, Bar, Block, Chart, Closing, ClosingStyle, Colophon, Column as TableColumn, Crumb,
    DataRecord, Dataset, DatasetKind, Disclosure, Document, Download, Edition, Fact, Field, FieldKind, Format, Genre,
    Grant, Inline, Label, Masthead, PublicPeriod, Publication, Record, Relation, RelationKind, Row, Secrecy,
    SecrecyLevel, Signature, Status, Table, Validity, Withdrawal,
};

pub(super) const HOSTILE: &str = "<script>alert(1)</script> {{x}} #read(\"/etc/passwd\") $x$ *b*";

macro_rules! own {
    ($($name:literal),*) => {
        [$(TemplateFile { name: $name.into(), text: include_str!(concat!("../../templates/site/", $name)).into(), file: None }),*]
    };
}

/// The program's own templates.
pub(crate) fn templates() -> Templates {
    let (templates, report) = Templates::new(own![
        "404.hbs",
        "article.hbs",
        "changes.hbs",
        "column.hbs",
        "dataset.hbs",
        "downloads.hbs",
        "entries.hbs",
        "icon.svg",
        "index.hbs",
        "lists.hbs",
        "map.hbs",
        "mark.hbs",
        "notice.hbs",
        "objection.hbs",
        "opendata.hbs",
        "page.hbs",
        "pointer.svg",
        "search.hbs",
        "search.js",
        "site.css",
        "site.js",
        "table.js",
        "text.hbs",
        "traditional.js",
        "verify.hbs",
        "verify.js",
        "versions.hbs",
        "year.hbs"
    ]);
    assert_eq!(report.findings(), []);
    templates
}

pub(crate) fn identity() -> Identity {
    serde_json::from_value(serde_json::json!({
        "网站名称": "示例市工业和信息化局",
        "域名": "gxj.example.gov.cn",
        "网站标识码": "4100000000",
        "主办单位": "示例市工业和信息化局",
        "地址": "示例市示例路1号",
        "邮编": "450000",
        "电话": "0371-60000000",
        "ICP备案号": "示例ICP备00000000号",
        "公安备案号": "示例公网安备00000000000000号",
    }))
    .unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph { label: None, text: vec![Inline::text(text)], indent: true }
}

pub(crate) fn heading(level: u8, number: &str, text: &str) -> Block {
    Block::Heading {
        label: Label { level, text: number.into() },
        text: vec![Inline::text(text)],
        anchor: format!("{number}{text}"),
    }
}

fn row(cells: &[&str], total: bool) -> Row {
    Row::new(cells.iter().map(|text| vec![Inline::text(*text)].into()).collect(), total)
}

pub(crate) fn notice(slug: &str) -> Document {
    let table = Table {
        caption: Some("拟奖励企业名单".into()),
        unit: Some("单位：万元".into()),
        columns: ["序号", "企业名称", "事项", "拟奖励金额"]
            .iter()
            .zip([Align::Center, Align::Left, Align::Left, Align::Right])
            .map(|(name, align)| TableColumn::new(vec![Inline::text(*name)], align))
            .collect(),
        rows: vec![
            row(&["1", "示例铝业有限公司", "铝加工产品奖励", "500.00"], false),
            row(&["2", HOSTILE, "首批次应用保险补偿", "96.00"], false),
            row(&["合计", "", "", "596.00"], true),
        ],
        landscape: false,
    };
    Document {
        slug: slug.into(),
        status: Status::Sample,
        genre: Genre::Publicity,
        format: Format::Plain,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec!["示例市工业和信息化局".into()],
            suffix: None,
            number: Some("示工信〔2024〕12号".parse().unwrap()),
            signatories: Vec::new(),
        },
        title: "示例市工业和信息化局关于2023年度铝工业奖励资金拟奖励企业名单的公示".into(),
        title_lines: Vec::new(),
        addressee: "各县（市、区）工业和信息化主管部门，各有关单位".into(),
        body: vec![
            paragraph("根据《政策》要求，经企业申报、专家评审等程序，现将名单予以公示。"),
            heading(1, "一、", "公示内容"),
            heading(2, "（一）", "名单"),
            Block::Table(table),
            Block::Paragraph {
                label: Some(Label { level: 3, text: "1.".into() }),
                text: vec![
                    Inline::text("强度≥700 MPa，密度2.8 g/cm"),
                    Inline::Super { text: "3".into() },
                    Inline::text("；H"),
                    Inline::Sub { text: "2".into() },
                    Inline::text("O。见"),
                    Inline::Link { href: "awards/2023/".into(), text: vec![Inline::text("奖励查询")] },
                    Inline::text("和"),
                    Inline::Link {
                        href: "https://www.gov.cn/?a=1&b=2".into(), text: vec![Inline::text("中国政府网")]
                    },
                ],
                indent: true,
            },
            Block::List {
                items: vec![vec![paragraph("单位异议加盖公章；")], vec![paragraph("个人异议署真实姓名。")]]
            },
            heading(1, "二、", "公示时间"),
            paragraph("2024年6月13日至2024年6月19日（5个工作日）。"),
        ],
        attachments: vec![Attachment {
            label: "附件".into(),
            title: "异议反映表".into(),
            title_lines: Vec::new(),
            body: vec![heading(1, "一、", "填表说明"), paragraph("实名填写。")],
        }],
        closing: Closing {
            style: ClosingStyle::Unsealed,
            signatures: vec![Signature { name: "示例市工业和信息化局".into(), person: None, seal: None }],
            dated: Some(day("2024-06-13")),
        },
        annotation: None,
        note: Some("此件公开发布".into()),
        colophon: Some(Colophon {
            offices: Vec::new(),
            addressee: None,
            copies_to: vec!["市财政局，市审计局".into()],
            printed_by: Some("示例市工业和信息化局办公室".into()),
            printed_on: Some(day("2024-06-13")),
        }),
        record: Record {
            index_number: "000000000/2024-00012".into(),
            topic: "工业、交通\\原材料".into(),
            column: "公示".into(),
            issuer: "示例市工业和信息化局".into(),
            dated: Some(day("2024-06-13")),
            published: Some(day("2024-06-13")),
            validity: Validity::Valid,
            keywords: vec!["铝工业".into(), "公示".into()],
            summary: "2023年度铝工业奖励资金拟奖励企业名单公示。".into(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

pub(crate) fn dataset() -> Dataset {
    let field = |name: &str, kind, filter| Field { name: name.into(), kind, filter, options: Vec::new() };
    Dataset {
        path: "awards/2023".into(),
        kind: DatasetKind::Awards,
        status: Status::Sample,
        published: None,
        title: "2023年度奖励名单".into(),
        facts: vec![
            Fact { label: "年度".into(), text: "2023".into() },
            Fact { label: "合计".into(), text: "596.00万元".into() },
        ],
        intro: vec![paragraph("按企业逐项列出。")],
        fields: vec![
            field("序号", FieldKind::Code, false),
            field("企业", FieldKind::Text, false),
            field("事项", FieldKind::Text, true),
            field("说明", FieldKind::Long, false),
            field("金额（万元）", FieldKind::Number, false),
        ],
        records: vec![
            DataRecord {
                id: "1".into(),
                cells: ["1", "示例铝业有限公司", "铝加工产品奖励", "按销售额增量计算。", "500.00"]
                    .iter()
                    .map(|text| vec![Inline::text(*text)])
                    .collect(),
                link: Some("awards/2023/91410181MA0000015M".into()),
                held: None,
            },
            DataRecord {
                id: "2".into(),
                cells: ["2", HOSTILE, "首批次应用保险补偿", HOSTILE, "96.00"]
                    .iter()
                    .map(|text| vec![Inline::text(*text)])
                    .collect(),
                link: None,
                held: None,
            },
        ],
        total: Some(vec!["合计".into(), String::new(), String::new(), String::new(), "596.00".into()]),
        downloads: vec![Download { label: "CSV（可用 Excel 打开）".into(), href: "awards.csv".into() }],
        edition: None,
        charts: vec![Chart {
            title: "各事项奖励金额（万元）".into(),
            of: "事项".into(),
            bars: vec![
                Bar { label: "铝加工产品奖励".into(), value: 50_000, text: "500.00".into() },
                Bar { label: "首批次应用保险补偿".into(), value: 9_600, text: "96.00".into() },
            ],
        }],
        grants: vec![grant()],
        called: Vec::new(),
        issued_by: Vec::new(),
        expires: None,
    }
}

fn grant() -> Grant {
    Grant {
        id: "2023-1".into(),
        title: "铝加工产品奖励".into(),
        clause: "四（五）7".into(),
        amount: Some("5000000.00".into()),
        recipient: "示例铝业有限公司".into(),
        recipient_code: "91410181MA0000015M".into(),
        awarded: Some(day("2024-07-01")),
        link: Some("awards/2023/91410181MA0000015M".into()),
    }
}

/// An edition of a catalogue with the given entries: code, name, performance.
fn catalogue(year: i16, entries: &[(&str, &str, &str)]) -> Dataset {
    let field = |name: &str, kind, filter| Field { name: name.into(), kind, filter, options: Vec::new() };
    Dataset {
        path: format!("catalogues/lvjiagong-{year}"),
        kind: DatasetKind::Catalogue,
        published: None,
        title: format!("高端铝加工产品指导目录（{year}年版）"),
        facts: vec![Fact { label: "版本".into(), text: format!("{year}年版") }],
        fields: vec![
            field("编号", FieldKind::Code, false),
            field("产品名称", FieldKind::Text, false),
            field("性能要求", FieldKind::Long, false),
        ],
        records: entries
            .iter()
            .map(|(code, name, performance)| DataRecord {
                id: (*code).into(),
                cells: [code, name, performance].iter().map(|text| vec![Inline::text(**text)]).collect(),
                link: None,
                held: None,
            })
            .collect(),
        total: None,
        downloads: Vec::new(),
        edition: Some(Edition {
            series: "高端铝加工产品指导目录".into(),
            label: format!("{year}年版"),
            from: Day::new(year, 1, 1).unwrap(),
        }),
        charts: Vec::new(),
        grants: Vec::new(),
        ..dataset()
    }
}

pub(crate) fn datasets() -> Vec<Dataset> {
    let plate = "抗拉强度≥700 MPa，屈服强度≥650 MPa，断裂韧性≥25 MPa·m1/2";
    vec![
        dataset(),
        catalogue(
            2022,
            &[("LJG-001", "铝合金车身板", "厚度0.8 mm～1.5 mm"), ("LJG-002", "高纯氧化铝粉", "纯度≥99.99%")],
        ),
        catalogue(2024, &[("LJG-002", "高纯氧化铝粉", "纯度≥99.999%"), ("LJG-003", "高强高韧航空铝合金板", plate)]),
    ]
}

pub(crate) fn article() -> Article {
    Article {
        column: "奖励公告".to_owned(),
        path: "awards/2023/91410181MA0000015M".into(),
        status: Status::Sample,
        published: None,
        title: "示例铝业有限公司2023年度奖励说明".into(),
        facts: vec![Fact { label: "统一社会信用代码".into(), text: "91410181MA0000015M".into() }],
        crumbs: vec![Crumb { title: "2023年度奖励名单".into(), path: "awards/2023".into() }],
        body: vec![heading(1, "一、", "铝加工产品奖励（四（五）7）"), paragraph("销售额增加：3.2亿元 − 9800万元。")],
        downloads: Vec::new(),
        grants: vec![grant()],
    }
}

/// What a small office publishes: a 公示 in two versions, the 公告 that followed it, a document that was withdrawn, a policy, and
/// two that must not appear anywhere.
pub(crate) fn notices() -> Vec<Document> {
    let mut first = notice("gongshi-2023");
    first.record.published = Some(day("2024-06-12"));
    first.attachments.clear();
    let mut second = notice("gongshi-2023");
    let mut period: PublicPeriod = serde_json::from_value(serde_json::json!({
        "起": "2024-06-13", "工作日": 5, "异议": "书面实名向市工信局反映，电话 0371-60000000",
    }))
    .unwrap();
    period.last = Some(day("2024-06-19"));
    second.record.publication = Publication {
        version: serde_json::from_value(2.into()).unwrap(),
        change: Some("增加附件“异议反映表”。".into()),
        time: Some("09:30".parse().unwrap()),
        period: Some(period),
        ..Publication::default()
    };

    let mut result = notice("gonggao-2023");
    result.genre = Genre::Announcement;
    result.title = "示例市工业和信息化局关于2023年度铝工业奖励资金的公告".into();
    result.masthead.number = Some("示工信〔2024〕15号".parse().unwrap());
    result.record.column = "奖励公告".into();
    result.record.published = Some(day("2024-07-01"));
    result.record.index_number = "000000000/2024-00015".into();
    result.record.publication.relations = vec![Relation { kind: RelationKind::Concludes, to: "gongshi-2023".into() }];

    let mut withdrawn = notice("tongzhi-2024");
    withdrawn.genre = Genre::Notice;
    withdrawn.title = "关于组织申报的通知（误发）".into();
    withdrawn.body = vec![paragraph("撤回后不可再见的文字")];
    withdrawn.attachments.clear();
    withdrawn.record.column = "通知公告".into();
    withdrawn.record.publication.withdrawn =
        Some(Withdrawal { on: day("2024-06-20"), reason: "申报条件有误，另行通知。".into() });

    let mut policy = notice("zhengce-2022");
    policy.genre = Genre::Opinion;
    policy.title = "示例市人民政府办公室关于加快铝工业高质量发展的若干意见".into();
    policy.masthead.number = Some("示政办〔2022〕56号".parse().unwrap());
    policy.record.column = "政策文件".into();
    policy.record.dated = Some(day("2022-06-02"));
    policy.record.published = Some(day("2022-06-06"));
    policy.record.validity = Validity::Expired;

    let mut secret = notice("jimi");
    secret.title = "绝不可见的标题甲".into();
    secret.masthead.secrecy = Some(Secrecy { level: SecrecyLevel::Confidential, period: None });
    let mut withheld = notice("neibu");
    withheld.title = "绝不可见的标题乙".into();
    withheld.record.publication.disclosure = Some(Disclosure::Withheld);
    vec![first, second, result, withdrawn, policy, secret, withheld]
}

/// The PDFs and tables that other parts of the program put into the output.
pub(crate) fn files() -> BTreeMap<String, FileFacts> {
    let pdf = |path: &str| (path.to_owned(), FileFacts { bytes: 123_456, pages: Some(3), sums: None });
    BTreeMap::from([
        pdf("notices/gongshi-2023/gongshi-2023.pdf"),
        pdf("notices/gongshi-2023/v1/gongshi-2023.pdf"),
        pdf("notices/gonggao-2023/gonggao-2023.pdf"),
        ("awards/2023/awards.csv".to_owned(), FileFacts { bytes: 900, pages: None, sums: None }),
    ])
}

/// Runs `what` on the whole sample.
pub(crate) fn with_site<T>(what: impl FnOnce(&Site) -> T) -> T {
    let (identity, notices) = (identity(), notices());
    let (datasets, articles, files) = (datasets(), [article()], files());
    what(&Site {
        identity: &identity,
        notices: &notices,
        datasets: &datasets,
        articles: Articles::of(&articles),
        files: &files,
        elsewhere: &BTreeSet::new(),
        kept: true,
        words: Words::NONE,
    })
}
