//! 名单与说明 — what is published beside documents: a catalogue and a year's awards as lists, an enterprise's awards explained.

use std::collections::{BTreeMap, BTreeSet};

use super::explanation::{Detail, Explaining, explanation_path};
use super::inlines;
use super::pieces::{bar, download, fact, paragraph};
use crate::award::{AwardRecord, Explained, Verdict};
use crate::calendar::{Day, Year};
use crate::document::{
    Align, Article, Attachment, Block, Cell, Chart, Closing, ClosingStyle, Column, DataRecord, Dataset, DatasetKind,
    Document, Edition, Field, FieldKind, Format, Genre, Grant, Inline, Masthead, Publication, Record, Row, Status,
    Table, Validity,
};
use crate::money::Money;
use crate::register::{Catalogue, ColumnKind};

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
        options: column.options.clone(),
    });
    let records = catalogue.entries.iter().enumerate().map(|(index, entry)| {
        let id =
            catalogue.id_column().and_then(|column| entry.get(&column.name.value)).map(|cell| cell.value.0.clone());
        DataRecord {
            id: id.unwrap_or_else(|| format!("{}", index + 1)),
            cells: cells(catalogue, entry),
            link: None,
            held: None,
        }
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
        called: Vec::new(),
        issued_by: Vec::new(),
        expires: validity.to,
    }
}

fn cells(
    catalogue: &Catalogue,
    entry: &BTreeMap<String, crate::yaml::Located<crate::register::Cell>>,
) -> Vec<Vec<Inline>> {
    let cell = |column: &crate::register::ColumnSpec| {
        entry.get(&column.name.value).map(|cell| inlines(&column.print(&cell.value.0))).unwrap_or_default()
    };
    catalogue.columns.iter().map(cell).collect()
}

/// A catalogue as a document of its own, to be printed: wide enough for its columns on landscape pages.
pub fn catalogue_document(slug: &str, catalogue: &Catalogue) -> Document {
    let align = |kind: ColumnKind| match kind {
        ColumnKind::Number => Align::Right,
        ColumnKind::Id | ColumnKind::Option | ColumnKind::Stars => Align::Center,
        ColumnKind::Short | ColumnKind::Long => Align::Left,
    };
    let columns = catalogue.columns.iter().map(|column| Column::new(inlines(&column.name.value), align(column.kind)));
    let rows = catalogue.entries.iter();
    let rows = rows.map(|entry| Row::new(cells(catalogue, entry).into_iter().map(Cell::from).collect(), false));
    let table = Table {
        caption: None,
        unit: None,
        columns: columns.collect(),
        rows: rows.collect(),
        landscape: catalogue.columns.len() > 5,
    };
    let dated = Some(catalogue.validity.value.from);
    let edition = format!("（{}）", catalogue.edition);
    let body = catalogue.description.iter().map(|text| paragraph(text)).chain([Block::Table(table)]).collect();
    let title_lines = vec![catalogue.name.value.clone(), edition];
    let mut document = listing(slug, title_lines, &catalogue.issuer, body);
    document.status = catalogue.status;
    document.record = Record {
        index_number: slug.to_owned(),
        column: "指导目录".to_owned(),
        dated,
        published: dated,
        summary: catalogue.description.clone().unwrap_or_default(),
        ..document.record
    };
    document
}

/// A list with its title, as a document that is printed and never issued.
#[must_use]
pub fn listing(slug: &str, title_lines: Vec<String>, issuer: &str, body: Vec<Block>) -> Document {
    Document {
        slug: slug.to_owned(),
        status: Status::Final,
        genre: Genre::Catalogue,
        format: Format::Plain,
        masthead: Masthead {
            copy_number: None,
            secrecy: None,
            urgency: None,
            issuers: vec![issuer.to_owned()],
            suffix: None,
            number: None,
            signatories: Vec::new(),
        },
        title: title_lines.concat(),
        title_lines,
        addressee: String::new(),
        body,
        attachments: Vec::<Attachment>::new(),
        closing: Closing { style: ClosingStyle::Unsealed, signatures: Vec::new(), dated: None },
        annotation: None,
        note: None,
        colophon: None,
        record: Record {
            index_number: String::new(),
            topic: String::new(),
            column: String::new(),
            issuer: issuer.to_owned(),
            dated: None,
            published: None,
            validity: Validity::Valid,
            keywords: Vec::new(),
            summary: String::new(),
            source: None,
            author: None,
            publication: Publication::default(),
        },
    }
}

/// Clause and name of rules, each once, in the order in which they come first.
pub fn order<'a>(rules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for rule in rules {
        if !known.contains(&rule) {
            known.push(rule);
        }
    }
    known.into_iter().map(|(clause, name)| (clause.to_owned(), name.to_owned())).collect()
}

/// A year's awards to be published.
#[derive(Debug, Clone)]
pub struct AwardList<'a> {
    /// The year of the facts.
    pub year: Year,
    /// By what short name its awards are called: `新材料产业`.
    pub short: &'a str,
    /// The awards; of those refused only those that are told.
    pub awards: &'a [Explained],
    /// Clause and name of all rules, in the order in which the awards have them, those refused as well.
    pub order: &'a [(String, String)],
    /// What of an award the list shows.
    pub columns: Columns,
    /// How much of it is told beside the list.
    pub detail: Detail,
    /// How final it is.
    pub status: Status,
    /// The day of the document that published it.
    pub published: Option<Day>,
    /// Whether the letters to the enterprises lie beside it.
    pub letters: bool,
}

/// What of an award a list shows beside who gets it and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each column is shown or not")]
pub struct Columns {
    /// 统一社会信用代码.
    pub code: bool,
    /// 区县.
    pub district: bool,
    /// 事项.
    pub name: bool,
    /// 对象.
    pub subject: bool,
    /// 条款.
    pub clause: bool,
}

impl Columns {
    /// Everything.
    pub const ALL: Self = Self { code: true, district: true, name: true, subject: true, clause: true };

    /// What both show.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self {
            code: self.code && other.code,
            district: self.district && other.district,
            name: self.name && other.name,
            subject: self.subject && other.subject,
            clause: self.clause && other.clause,
        }
    }

    /// The record of an award as it is published: what is not shown stays out of it.
    #[must_use]
    pub fn cut(self, award: &Explained, detail: Detail) -> AwardRecord {
        let mut record = award.award.clone();
        if detail == Detail::Everything {
            return record;
        }
        record.steps.clear();
        record.cap = None;
        let hidden = [
            (self.code, &mut record.code),
            (self.district, &mut record.district),
            (self.name, &mut record.name),
            (self.subject, &mut record.subject),
            (self.clause, &mut record.clause),
        ];
        for (_, field) in hidden.into_iter().filter(|(shown, _)| !*shown) {
            field.clear();
        }
        record
    }

    /// What a document shows of awards: a field of which it prints the value for every one of them.
    pub fn shown_by(document: &Document, awards: &[&Explained]) -> Self {
        let words: BTreeSet<String> = document.words().into_iter().flat_map(|line| words_of(&line)).collect();
        let shows = |field: fn(&AwardRecord) -> &str| {
            awards.iter().all(|award| {
                let value = field(&award.award);
                words.iter().any(|word| word == value || word.split_whitespace().any(|part| part == value))
            })
        };
        Self {
            code: shows(|award| &award.code),
            district: shows(|award| &award.district),
            name: shows(|award| &award.name),
            subject: shows(|award| &award.subject),
            clause: shows(|award| &award.clause),
        }
    }
}

/// The cells of a row, or the whole of another line.
fn words_of(line: &str) -> Vec<String> {
    line.split(" | ").map(str::to_owned).collect()
}

impl AwardList<'_> {
    pub(super) fn given(&self) -> impl Iterator<Item = &Explained> {
        self.awards.iter().filter(|award| award.award.outcome == Verdict::Given && !award.amount().is_zero())
    }

    fn title(&self) -> String {
        format!("{}年度{}奖励名单", self.year, self.short)
    }

    /// The awards as a list: those given; who asks why another got nothing finds it on the enterprise's page, where there is one.
    pub fn dataset(&self) -> Dataset {
        let Self { year, columns, .. } = self;
        let given: Vec<&Explained> = self.given().collect();
        let total: Money = given.iter().map(|award| award.amount()).sum();
        let enterprises: BTreeSet<&str> = given.iter().map(|award| award.award.code.as_str()).collect();
        let field = |name: &str, kind, filter| Field { name: name.to_owned(), kind, filter, options: Vec::new() };
        let mut fields = vec![field("序号", FieldKind::Code, false), field("企业名称", FieldKind::Text, false)];
        let optional = [
            (columns.code && !columns.district, field("统一社会信用代码", FieldKind::Text, false)),
            (columns.district, field("区县（市）", FieldKind::Text, true)),
            (columns.name, field("奖励事项", FieldKind::Text, true)),
            (columns.subject, field("项目（产品）", FieldKind::Text, false)),
            (columns.clause, field("条款", FieldKind::Text, true)),
        ];
        fields.extend(optional.iter().filter(|(shown, _)| *shown).map(|(_, field)| field.clone()));
        fields.push(field("金额（元）", FieldKind::Number, false));
        let cells = |index: usize, award: &Explained| {
            let record = &award.award;
            let mut texts = vec![(index + 1).to_string(), record.enterprise.clone()];
            let values = [&record.code, &record.district, &record.name, &record.subject, &record.clause];
            let shown = optional.iter().zip(values).filter(|((shown, _), _)| *shown);
            texts.extend(shown.map(|(_, value)| value.clone()));
            texts.push(award.amount().grouped_text());
            texts.iter().map(|text| inlines(text)).collect()
        };
        let ids = self.ids(&given);
        let records = given.iter().zip(&ids).enumerate().map(|(index, (award, id))| DataRecord {
            id: id.clone(),
            cells: cells(index, award),
            link: self.link(&award.award.code),
            held: None,
        });
        let mut sum = vec![String::new(); fields.len()];
        if let [first, .., last] = sum.as_mut_slice() {
            "合计".clone_into(first);
            *last = total.grouped_text();
        }
        let explained = "下表每一项的计算过程、申报数据和所依据的条款，见金额所连的说明页。金额单位为元。";
        let intro = match self.detail {
            Detail::Everything => explained,
            Detail::Clauses => "下表每一项所依据的条款，见金额所连的说明页。金额单位为元。",
            Detail::List => "金额单位为元。",
        };
        let json = if self.detail == Detail::Everything { "JSON（含计算过程）" } else { "JSON" };
        Dataset {
            path: format!("awards/{year}"),
            kind: DatasetKind::Awards,
            status: self.status,
            published: self.published,
            title: self.title(),
            facts: vec![
                fact("年度", format!("{year}年")),
                fact("企业数", enterprises.len().to_string()),
                fact("项数", given.len().to_string()),
                fact("金额合计", format!("{}元（{}）", total.grouped_text(), total.capitals())),
            ],
            intro: vec![paragraph(intro)],
            records: records.collect(),
            fields,
            total: Some(sum),
            downloads: vec![download("CSV（可用 Excel 打开）", "awards.csv"), download(json, "awards.json")],
            edition: None,
            charts: self.charts(&given),
            grants: given.iter().zip(&ids).map(|(award, id)| self.grant(id, award)).collect(),
            called: Vec::new(),
            issued_by: Vec::new(),
            expires: None,
        }
    }

    /// The names of the awards, the same whatever else comes into the list: `2023-四（五）7-91410181MA0000015M-高纯氧化铝粉`.
    pub(super) fn ids(&self, given: &[&Explained]) -> Vec<String> {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let id = |award: &&Explained| {
            let record = &award.award;
            let who = if self.columns.code { &record.code } else { &record.enterprise };
            let own = record.subject == record.enterprise || !self.columns.subject;
            let subject = if own { "" } else { &record.subject };
            let clause = if self.columns.clause { &record.clause } else { "" };
            let parts = [clause, who, subject].map(|part| part.split_whitespace().collect::<Vec<_>>().concat());
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            let id = std::iter::once(self.year.to_string()).chain(parts).collect::<Vec<_>>().join("-");
            let count = known.entry(id.clone()).or_default();
            *count += 1;
            if *count == 1 { id } else { format!("{id}-{count}") }
        };
        given.iter().map(id).collect()
    }

    /// Where an enterprise's page stands, if it has one.
    pub(super) fn link(&self, code: &str) -> Option<String> {
        (self.detail > Detail::List).then(|| format!("{}/index.html", explanation_path(self.year, code)))
    }

    fn charts(&self, given: &[&Explained]) -> Vec<Chart> {
        let chart = |title: &str, of: &str, sums: Vec<(String, Money)>| Chart {
            title: title.to_owned(),
            of: of.to_owned(),
            bars: sums.into_iter().map(|(label, amount)| bar(label, amount)).collect(),
        };
        let mut charts = Vec::new();
        if self.columns.name {
            let label = |clause: &str, name: &str| {
                if self.columns.clause { format!("{clause} {name}") } else { name.to_owned() }
            };
            // In the order of the policies, as all awards of the first enterprise have it.
            let order: Vec<String> = self.order.iter().map(|(clause, name)| label(clause, name)).collect();
            let mut sums = sums_by(given, |award| label(&award.award.clause, &award.award.name));
            sums.sort_by_key(|(label, _)| order.iter().position(|known| known == label));
            charts.push(chart("各事项奖励金额（万元）", "事项", sums));
        }
        if self.columns.district {
            let mut sums = sums_by(given, |award| award.award.district.clone());
            sums.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
            charts.push(chart("各区县（市）奖励金额（万元）", "区县（市）", sums));
        }
        charts
    }

    fn grant(&self, id: &str, award: &Explained) -> Grant {
        let record = &award.award;
        let code = if self.columns.code { record.code.clone() } else { String::new() };
        Grant {
            id: id.to_owned(),
            title: format!("{}：{}", record.name, record.subject),
            clause: record.clause.clone(),
            amount: Some(record.amount.clone()),
            recipient: record.enterprise.clone(),
            recipient_code: code,
            awarded: self.published,
            link: self.link(&record.code),
        }
    }

    /// The pages of the enterprises, in the order of the list; none where only the list is told.
    pub fn explanations(&self) -> Vec<Article> {
        if self.detail == Detail::List {
            return Vec::new();
        }
        let mut of_enterprise: Vec<(&str, Vec<&Explained>)> = Vec::new();
        let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
        let told = |award: &&Explained| self.detail == Detail::Everything || !award.amount().is_zero();
        for award in self.awards.iter().filter(told) {
            let code = award.award.code.as_str();
            let at = *positions.entry(code).or_insert_with(|| {
                of_enterprise.push((code, Vec::new()));
                of_enterprise.len() - 1
            });
            if let Some((_, awards)) = of_enterprise.get_mut(at) {
                awards.push(award);
            }
        }
        let explaining = self.explaining();
        of_enterprise.into_iter().filter_map(|(code, awards)| explaining.explanation(code, awards)).collect()
    }

    /// What the pages of the enterprises rest on.
    #[must_use]
    pub fn explaining(&self) -> Explaining {
        let Self { year, detail, status, published, letters, .. } = *self;
        Explaining { year, list: self.title(), detail, status, published, letters }
    }
}

/// Sums by a label, in the order in which the labels come first.
fn sums_by(given: &[&Explained], label: impl Fn(&Explained) -> String) -> Vec<(String, Money)> {
    let mut sums: Vec<(String, Money)> = Vec::new();
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for award in given {
        let at = *positions.entry(label(award)).or_insert_with_key(|label| {
            sums.push((label.clone(), Money::ZERO));
            sums.len() - 1
        });
        if let Some((_, sum)) = sums.get_mut(at) {
            *sum += award.amount();
        }
    }
    sums
}
