//! 名单与说明 — what is published beside documents: a catalogue and a year's awards as lists, an enterprise's awards explained.

use super::facts::{Known, YearAwards};
use super::inlines;
use crate::award::{Assessment, Outcome};
use crate::calendar::{Day, Year};
use crate::document::{
    Align, Article, Attachment, Bar, Block, Cell, Chart, Closing, ClosingStyle, Column, Crumb, DataRecord, Dataset,
    DatasetKind, Document, Download, Edition, Fact, Field, FieldKind, Format, Genre, Grant, Inline, Label, Masthead,
    Publication, Record, Row, Status, Table, Validity,
};
use crate::money::Money;
use crate::register::{Catalogue, ColumnKind};

fn fact(label: &str, text: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), text: text.into() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { label: None, text: inlines(text), indent: true }
}

fn download(label: &str, href: impl Into<String>) -> Download {
    Download { label: label.to_owned(), href: href.into() }
}

/// A catalogue as a list.
pub fn catalogue_dataset(slug: &str, catalogue: &Catalogue, published: Option<Day>) -> Dataset {
    let validity = catalogue.validity.value;
    let mut facts = vec![fact("版本", &catalogue.edition), fact("发布机关", &catalogue.issuer)];
    facts.extend(catalogue.number.iter().map(|number| fact("文号", number)));
    let to = validity.to.map_or_else(|| "长期".to_owned(), |to| to.to_string());
    facts.push(fact("有效期", format!("{}至{to}", validity.from)));
    facts.push(fact("条目数", catalogue.entries.len().to_string()));
    let fields = catalogue.columns.iter().map(|column| Field {
        name: column.name.value.clone(),
        kind: match column.kind {
            ColumnKind::Id => FieldKind::Code,
            ColumnKind::Long => FieldKind::Long,
            ColumnKind::Number => FieldKind::Number,
            ColumnKind::Short | ColumnKind::Option | ColumnKind::Stars => FieldKind::Text,
        },
        filter: matches!(column.kind, ColumnKind::Option | ColumnKind::Stars),
    });
    let records = catalogue.entries.iter().enumerate().map(|(index, entry)| {
        let id =
            catalogue.id_column().and_then(|column| entry.get(&column.name.value)).map(|cell| cell.value.0.clone());
        DataRecord { id: id.unwrap_or_else(|| format!("{}", index + 1)), cells: cells(catalogue, entry), link: None }
    });
    Dataset {
        path: format!("catalogues/{slug}"),
        kind: DatasetKind::Catalogue,
        status: catalogue.status,
        published,
        title: catalogue.name.value.clone(),
        facts,
        intro: catalogue.description.iter().map(|text| paragraph(text)).collect(),
        fields: fields.collect(),
        records: records.collect(),
        total: None,
        downloads: vec![download("PDF", format!("{slug}.pdf"))],
        edition: Some(Edition {
            series: catalogue.name.value.clone(),
            label: catalogue.edition.clone(),
            from: validity.from,
        }),
        charts: Vec::new(),
        grants: Vec::new(),
    }
}

fn cells(
    catalogue: &Catalogue,
    entry: &std::collections::BTreeMap<String, crate::yaml::Located<crate::register::Cell>>,
) -> Vec<Vec<Inline>> {
    let cell = |column: &crate::register::ColumnSpec| {
        entry.get(&column.name.value).map(|cell| inlines(&column.print(&cell.value.0))).unwrap_or_default()
    };
    catalogue.columns.iter().map(cell).collect()
}

/// A catalogue as a document of its own, to be printed: wide enough for its columns on landscape pages.
pub fn catalogue_document(slug: &str, catalogue: &Catalogue) -> Document {
    let columns = catalogue.columns.iter().map(|column| Column {
        name: inlines(&column.name.value),
        align: match column.kind {
            ColumnKind::Number => Align::Right,
            ColumnKind::Id | ColumnKind::Option | ColumnKind::Stars => Align::Center,
            ColumnKind::Short | ColumnKind::Long => Align::Left,
        },
    });
    let rows = catalogue.entries.iter().map(|entry| Row {
        cells: cells(catalogue, entry).into_iter().map(|text| Cell { text }).collect(),
        total: false,
    });
    let table = Table {
        caption: None,
        unit: None,
        columns: columns.collect(),
        rows: rows.collect(),
        landscape: catalogue.columns.len() > 5,
    };
    let dated = Some(catalogue.validity.value.from);
    let edition = format!("（{}）", catalogue.edition);
    Document {
        slug: slug.to_owned(),
        status: catalogue.status,
        genre: Genre::Catalogue,
        format: Format::Plain,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec![catalogue.issuer.clone()],
            suffix: None,
            number: None,
            signatories: Vec::new(),
        },
        title: format!("{}{edition}", catalogue.name.value),
        title_lines: vec![catalogue.name.value.clone(), edition],
        addressee: String::new(),
        body: catalogue.description.iter().map(|text| paragraph(text)).chain([Block::Table(table)]).collect(),
        attachments: Vec::<Attachment>::new(),
        closing: Closing { style: ClosingStyle::Unsealed, signatures: Vec::new(), dated: None },
        note: None,
        colophon: None,
        record: Record {
            index_number: slug.to_owned(),
            topic: String::new(),
            column: "指导目录".to_owned(),
            issuer: catalogue.issuer.clone(),
            dated,
            published: dated,
            validity: Validity::Valid,
            keywords: Vec::new(),
            summary: catalogue.description.clone().unwrap_or_default(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

/// Where the explanation of an enterprise's awards stands.
pub fn explanation_path(year: Year, code: &str) -> String {
    format!("awards/{year}/{code}")
}

/// A year's awards as a list: those given; who asks why another got nothing finds it on the enterprise's page.
pub fn awards_dataset(year: Year, awards: &YearAwards<'_>, status: Status, published: Option<Day>) -> Dataset {
    let summary = &awards.summary;
    let given: Vec<&Assessment<'_>> =
        awards.assessments.iter().filter(|assessment| matches!(assessment.outcome, Outcome::Granted(_))).collect();
    let field = |name: &str, kind, filter| Field { name: name.to_owned(), kind, filter };
    let record = |(index, assessment): (usize, &&Assessment<'_>)| {
        let code = assessment.enterprise.code.value.to_string();
        let texts = [
            (index + 1).to_string(),
            assessment.enterprise.name.value.clone(),
            assessment.enterprise.district.value.clone(),
            assessment.rule.name.clone(),
            assessment.subject.to_owned(),
            assessment.rule.clause.value.to_string(),
            assessment.amount().wan_text(),
        ];
        DataRecord {
            id: format!("{}-{}", year, index + 1),
            cells: texts.iter().map(|text| inlines(text)).collect(),
            link: Some(format!("{}/index.html", explanation_path(year, &code))),
        }
    };
    let mut total = vec![String::new(); 7];
    if let [first, .., last] = total.as_mut_slice() {
        "合计".clone_into(first);
        *last = summary.total.wan_text();
    }
    Dataset {
        path: format!("awards/{year}"),
        kind: DatasetKind::Awards,
        status,
        published,
        title: format!("{year}年度新材料产业奖励名单"),
        facts: vec![
            fact("年度", format!("{year}年")),
            fact("企业数", summary.enterprises.to_string()),
            fact("项数", summary.awards.to_string()),
            fact("金额合计", format!("{}元（{}）", summary.total.yuan_text(), summary.total.capitals())),
        ],
        intro: vec![paragraph(
            "下表每一项的计算过程、申报数据和所依据的条款，见企业名称所连的说明页。金额单位为万元。",
        )],
        fields: vec![
            field("序号", FieldKind::Code, false),
            field("企业名称", FieldKind::Text, false),
            field("区县（市）", FieldKind::Text, true),
            field("奖励事项", FieldKind::Text, true),
            field("项目（产品）", FieldKind::Text, false),
            field("条款", FieldKind::Text, true),
            field("金额（万元）", FieldKind::Number, false),
        ],
        records: given.iter().enumerate().map(record).collect(),
        total: Some(total),
        downloads: vec![
            download("CSV（可用 Excel 打开）", "awards.csv"),
            download("JSON（含计算过程）", "awards.json"),
        ],
        edition: None,
        charts: charts(awards),
        grants: given.iter().enumerate().map(|(index, assessment)| grant(year, index, assessment, published)).collect(),
    }
}

fn charts(awards: &YearAwards<'_>) -> Vec<Chart> {
    let bar = |label: &str, amount: Money| Bar {
        label: label.to_owned(),
        value: u64::try_from(amount.cents()).unwrap_or_default(),
        text: amount.wan_text(),
    };
    let clauses = awards.summary.clauses.iter().filter(|clause| !clause.amount.is_zero());
    let districts = awards.summary.districts.iter();
    vec![
        Chart {
            title: "各事项奖励金额（万元）".to_owned(),
            of: "事项".to_owned(),
            bars: clauses.map(|clause| bar(&format!("{} {}", clause.clause, clause.name), clause.amount)).collect(),
        },
        Chart {
            title: "各区县（市）奖励金额（万元）".to_owned(),
            of: "区县（市）".to_owned(),
            bars: districts.map(|district| bar(&district.district, district.amount)).collect(),
        },
    ]
}

fn grant(year: Year, index: usize, assessment: &Assessment<'_>, awarded: Option<Day>) -> Grant {
    let code = assessment.enterprise.code.value.to_string();
    Grant {
        id: format!("{year}-{}-{code}-{}", assessment.rule.clause.value, index + 1),
        title: format!("{}：{}", assessment.rule.name, assessment.subject),
        clause: assessment.rule.clause.value.to_string(),
        amount: Some(assessment.amount().exact_text()),
        recipient: assessment.enterprise.name.value.clone(),
        recipient_code: code.clone(),
        awarded,
        link: Some(format!("{}/index.html", explanation_path(year, &code))),
    }
}

/// The explanation of one enterprise's awards of a year: what it got and how that was computed, what it did not get and why.
pub fn explanation(
    year: Year,
    code: &str,
    awards: &YearAwards<'_>,
    known: &Known<'_>,
    status: Status,
    published: Option<Day>,
) -> Option<Article> {
    let total = awards.summary.by_enterprise.iter().find(|total| total.code == code)?;
    let mut body = Vec::new();
    for (index, assessment) in awards.of(code).enumerate() {
        assessment_blocks(index, assessment, known, &mut body);
    }
    Some(Article {
        path: explanation_path(year, code),
        status,
        published,
        title: format!("{}{year}年度奖励说明", total.name),
        facts: vec![
            fact("企业", &total.name),
            fact("统一社会信用代码", &total.code),
            fact("区县（市）", &total.district),
            fact("给予项数", total.awards.to_string()),
            fact("金额合计", format!("{}元（{}）", total.amount.yuan_text(), total.amount.capitals())),
        ],
        crumbs: vec![Crumb {
            title: format!("{year}年度新材料产业奖励名单"), path: format!("awards/{year}")
        }],
        body,
        downloads: vec![download("奖励告知书（PDF）", format!("../letters/{code}.pdf"))],
        grants: Vec::new(),
    })
}

fn assessment_blocks(index: usize, assessment: &Assessment<'_>, known: &Known<'_>, body: &mut Vec<Block>) {
    let rule = assessment.rule;
    let own = assessment.subject == assessment.enterprise.name.value;
    let subject = if own { String::new() } else { format!("：{}", assessment.subject) };
    body.push(Block::Heading {
        label: Label { level: 1, text: String::new() },
        text: inlines(&format!("{} {}{subject}", rule.clause.value, rule.name)),
        anchor: format!("a{}", index + 1),
    });
    let result = match assessment.outcome {
        Outcome::Granted(amount) => {
            let cut = assessment.cut.map(|cut| format!("，已按限额核减：{}", cut.text())).unwrap_or_default();
            format!("结果：给予{}元（{}万元，{}）{cut}。", amount.yuan_text(), amount.wan_text(), amount.capitals())
        }
        Outcome::Listed => format!("结果：{}。", assessment.reason().unwrap_or_default()),
        Outcome::Refused => format!("结果：不予。{}。", assessment.reason().unwrap_or_default()),
    };
    body.push(Block::Paragraph { label: None, text: vec![Inline::Strong { text: inlines(&result) }], indent: true });
    let words = assessment.policy.wording(rule);
    body.push(paragraph(&format!("条文（{}）：{words}", assessment.policy.number)));
    if assessment.steps.is_empty() {
        return;
    }
    let column = |name: &str, align| Column { name: inlines(name), align };
    let rows = assessment.steps.iter().map(|step| {
        let words = step.words();
        let place = step.place.map(|place| known.sources.locate(place)).unwrap_or_default();
        Row {
            cells: [words.step, words.formula, words.value, place]
                .iter()
                .map(|text| Cell { text: inlines(text) })
                .collect(),
            total: false,
        }
    });
    body.push(Block::Table(Table {
        caption: Some(format!("{}{subject}的计算过程", rule.name)),
        unit: None,
        columns: vec![
            column("步骤", Align::Left),
            column("算式", Align::Left),
            column("值", Align::Right),
            column("数据来源", Align::Left),
        ],
        rows: rows.collect(),
        landscape: false,
    }));
}
