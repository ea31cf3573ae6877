//! 历年 — what the published lists of awards say over the years: of an enterprise, of a clause, of a district, and of all of them side
//! by side. Nothing is told here that the lists do not tell.

use std::collections::{BTreeMap, BTreeSet};

use super::inlines;
use super::lists::AwardList;
use super::pieces::{bar, fact, paragraph};
use crate::award::{AwardRecord, Explained};
use crate::calendar::{Day, Year};
use crate::document::{
    Align, Bar, Block, Cell, Chart, Column, DataRecord, Dataset, DatasetKind, Fact, Field, FieldKind, Inline, Row,
    Status, Table,
};
use crate::money::Money;

/// The folder of these pages.
const FOLDER: &str = "awards";

/// A policy as these pages name it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its folder, and the name of its document.
    pub slug: String,
    /// Its number: `郑政办〔2022〕56号`.
    pub number: String,
    /// Whether its document stands on the same site.
    pub shown: bool,
}

/// An award in a list.
struct Entry<'a> {
    year: Year,
    award: &'a Explained,
    /// Its name in the list of its year.
    id: String,
    link: Option<String>,
}

impl Entry<'_> {
    fn record(&self) -> &AwardRecord {
        &self.award.award
    }
}

/// The lists together.
struct Years<'a> {
    lists: &'a [AwardList<'a>],
    entries: Vec<Entry<'a>>,
    all: Vec<Year>,
    status: Status,
    published: Option<Day>,
}

/// The columns of these lists, each with whether all of them show it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Year,
    Enterprise,
    District,
    Name,
    Subject,
    Clause,
}

/// The pages over the years; none where no award is published.
#[must_use]
pub fn pages(lists: &[AwardList<'_>], policies: &[Named]) -> Vec<Dataset> {
    let years = Years::of(lists);
    if years.entries.is_empty() {
        return Vec::new();
    }
    let mut pages = vec![years.statistics()];
    pages.extend(years.groups(|record| years.key_of(record)).iter().map(|(_, of)| years.enterprise(of)));
    if years.tell(Told::Clause) {
        let clauses = years.groups(|record| format!("{}-{}", record.policy, record.clause));
        pages.extend(clauses.iter().map(|(key, of)| years.clause(key, of, policies)));
    }
    if years.tell(Told::District) {
        let districts = years.groups(|record| record.district.clone());
        pages.extend(districts.iter().filter(|(district, _)| !district.is_empty()).map(|(_, of)| years.district(of)));
    }
    pages
}

impl<'a> Years<'a> {
    fn of(lists: &'a [AwardList<'a>]) -> Self {
        let mut entries = Vec::new();
        for list in lists {
            let given: Vec<&Explained> = list.given().collect();
            let ids = list.ids(&given);
            entries.extend(given.into_iter().zip(ids).map(|(award, id)| Entry {
                year: list.year,
                award,
                id,
                link: list.link(&award.award.code),
            }));
        }
        let years: BTreeSet<Year> = entries.iter().map(|entry| entry.year).collect();
        let least_final = lists.iter().map(|list| list.status).max_by_key(|status| u8::from(*status != Status::Final));
        Self {
            lists,
            entries,
            all: years.into_iter().collect(),
            status: least_final.unwrap_or_default(),
            published: lists.iter().filter_map(|list| list.published).max(),
        }
    }

    /// Whether all lists show a column.
    fn tell(&self, column: Told) -> bool {
        self.lists.iter().all(|list| match column {
            Told::Year | Told::Enterprise => true,
            Told::District => list.columns.district,
            Told::Name => list.columns.name,
            Told::Subject => list.columns.subject,
            Told::Clause => list.columns.clause,
        })
    }

    /// Whether enterprises are told apart by their codes; else by their names.
    fn by_code(&self) -> bool {
        self.lists.iter().all(|list| list.columns.code)
    }

    fn key_of(&self, record: &AwardRecord) -> String {
        if self.by_code() { record.code.clone() } else { record.enterprise.clone() }
    }

    /// The awards by a key, in the order in which the keys come first.
    fn groups(&self, key: impl Fn(&AwardRecord) -> String) -> Vec<(String, Vec<&Entry<'a>>)> {
        let mut groups: Vec<(String, Vec<&Entry<'a>>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for entry in &self.entries {
            let place = *places.entry(key(entry.record())).or_insert_with_key(|key| {
                groups.push((key.clone(), Vec::new()));
                groups.len() - 1
            });
            if let Some((_, of)) = groups.get_mut(place) {
                of.push(entry);
            }
        }
        groups
    }

    fn enterprise(&self, of: &[&Entry<'a>]) -> Dataset {
        // The name of today; it may have been another one.
        let names: Vec<&str> = distinct(of.iter().rev().map(|entry| entry.record().enterprise.as_str()));
        let name = names.first().copied().unwrap_or_default();
        let key = of.first().map(|entry| self.key_of(entry.record())).unwrap_or_default();
        let mut facts = vec![fact("企业", name)];
        if let Some(former) = names.get(1..).filter(|former| !former.is_empty()) {
            facts.push(fact("曾用名", former.join("、")));
        }
        let mut called: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        if self.by_code() {
            facts.push(fact("统一社会信用代码", &key));
            called.push(key.clone());
        }
        if self.tell(Told::District) {
            facts
                .push(fact("区县（市）", distinct(of.iter().map(|entry| entry.record().district.as_str())).join("、")));
        }
        let path = format!("{FOLDER}/enterprises/{}", folder(&key));
        self.page(
            path,
            format!("{name}历年奖励"),
            facts,
            called,
            of,
            &[Told::Year, Told::Name, Told::Subject, Told::Clause],
        )
    }

    fn clause(&self, key: &str, of: &[&Entry<'a>], policies: &[Named]) -> Dataset {
        let (clause, policy) =
            of.first().map_or(("", ""), |entry| (entry.record().clause.as_str(), entry.record().policy.as_str()));
        let named = policies.iter().find(|named| named.slug == policy);
        let number = named.map_or(policy, |named| named.number.as_str());
        let names = distinct(of.iter().map(|entry| entry.record().name.as_str()));
        let what = if self.tell(Told::Name) { names.join("、") } else { String::new() };
        let facts = vec![fact("政策", number), fact("条款", clause)];
        let path = format!("{FOLDER}/clauses/{}", folder(key));
        let title = format!("{clause} {what}历年奖励");
        let columns = [Told::Year, Told::Enterprise, Told::District, Told::Name, Told::Subject];
        let mut called = vec![clause_name(policy, clause), clause.to_owned()];
        if self.tell(Told::Name) {
            called.extend(names.iter().flat_map(|name| [format!("{clause} {name}"), (*name).to_owned()]));
        }
        let mut page = self.page(path, title, facts, called, of, &columns);
        if let Some(named) = named.filter(|named| named.shown) {
            let href = format!("notices/{}/#{clause}", named.slug);
            let link = Inline::Link { href, text: inlines(&format!("{number}{clause}的条文")) };
            page.intro.insert(0, Block::Paragraph { label: None, text: vec![link], indent: true });
        }
        page
    }

    fn district(&self, of: &[&Entry<'a>]) -> Dataset {
        let district = of.first().map_or("", |entry| entry.record().district.as_str());
        let path = format!("{FOLDER}/districts/{}", folder(district));
        let facts = vec![fact("区县（市）", district)];
        let columns = [Told::Year, Told::Enterprise, Told::Name, Told::Subject, Told::Clause];
        self.page(path, format!("{district}历年奖励"), facts, vec![district.to_owned()], of, &columns)
    }

    fn page(
        &self,
        path: String,
        title: String,
        mut facts: Vec<Fact>,
        called: Vec<String>,
        of: &[&Entry<'a>],
        columns: &[Told],
    ) -> Dataset {
        let total: Money = of.iter().map(|entry| entry.award.amount()).sum();
        facts.push(fact(
            "年度",
            distinct(of.iter().map(|entry| entry.year))
                .iter()
                .map(|year| format!("{year}年"))
                .collect::<Vec<_>>()
                .join("、"),
        ));
        facts.push(fact("项数", of.len().to_string()));
        facts.push(fact("金额合计", format!("{}元", total.grouped_text())));
        let shown: Vec<Told> = columns.iter().copied().filter(|column| self.tell(*column)).collect();
        let mut fields: Vec<Field> = shown.iter().map(|column| column.field()).collect();
        fields.push(Field {
            name: "金额（元）".to_owned(),
            kind: FieldKind::Number,
            filter: false,
            options: Vec::new(),
        });
        // The latest year first; within one, as its list has them.
        let mut of: Vec<&Entry<'a>> = of.to_vec();
        of.sort_by_key(|entry| std::cmp::Reverse(entry.year));
        let records = of.iter().map(|entry| {
            let mut cells: Vec<Vec<Inline>> = shown.iter().map(|column| column.cell(entry)).collect();
            cells.push(inlines(&entry.award.amount().grouped_text()));
            DataRecord { id: entry.id.clone(), cells, link: entry.link.clone(), held: None }
        });
        let records = records.collect();
        let mut sum = vec![String::new(); fields.len()];
        if let [first, .., last] = sum.as_mut_slice() {
            "合计".clone_into(first);
            *last = total.grouped_text();
        }
        Dataset {
            records,
            fields,
            total: Some(sum),
            charts: self.charts(&of),
            called,
            ..self.empty(path, title, facts)
        }
    }

    fn empty(&self, path: String, title: String, facts: Vec<Fact>) -> Dataset {
        Dataset {
            path,
            kind: DatasetKind::Years,
            status: self.status,
            published: self.published,
            title,
            facts,
            intro: Vec::new(),
            fields: Vec::new(),
            records: Vec::new(),
            total: None,
            downloads: Vec::new(),
            edition: None,
            charts: Vec::new(),
            grants: Vec::new(),
            called: Vec::new(),
            issued_by: Vec::new(),
            expires: None,
        }
    }

    /// The sums of the years as bars, where there are several.
    fn charts(&self, of: &[&Entry<'a>]) -> Vec<Chart> {
        let bars: Vec<Bar> = self
            .all
            .iter()
            .map(|year| bar(format!("{year}年度"), sum(of.iter().filter(|entry| entry.year == *year))))
            .collect();
        let chart = Chart { title: "各年度奖励金额（万元）".to_owned(), of: "年度".to_owned(), bars };
        if self.all.len() > 1 { vec![chart] } else { Vec::new() }
    }

    /// All years side by side: in all, by clause, by district, by enterprise.
    fn statistics(&self) -> Dataset {
        let all: Vec<&Entry<'a>> = self.entries.iter().collect();
        let total = sum(all.iter());
        let shorts = distinct(self.lists.iter().map(|list| list.short).filter(|short| !short.is_empty()));
        let short = if let [one] = shorts.as_slice() { one } else { "" };
        let enterprises = self.groups(|record| self.key_of(record));
        let facts = vec![
            fact("年度", self.all.iter().map(|year| format!("{year}年")).collect::<Vec<_>>().join("、")),
            fact("企业数", enterprises.len().to_string()),
            fact("项数", all.len().to_string()),
            fact("金额合计", format!("{}元", total.grouped_text())),
        ];
        let mut intro = vec![paragraph("各年度公布的奖励并列如下，金额单位为元。"), self.by_year()];
        if self.tell(Told::Name) {
            let clause = self.tell(Told::Clause);
            let label = |of: &str, name: &str| if clause { format!("{of} {name}") } else { name.to_owned() };
            // In the order of the policies, as all awards of the first enterprise have it.
            let rules = self.lists.iter().flat_map(|list| list.order);
            let order: Vec<String> = distinct(rules.map(|(clause, name)| label(clause, name)));
            let mut groups = self.groups(|record| label(&record.clause, &record.name));
            groups.sort_by_key(|(label, _)| order.iter().position(|known| known == label));
            intro.push(self.side_by_side("各事项", "事项", &groups));
        }
        if self.tell(Told::District) {
            intro.push(self.side_by_side("各区县（市）", "区县（市）", &self.groups(|record| record.district.clone())));
        }
        let mut fields = vec![Told::Enterprise.field()];
        let number = |name: String| Field { name, kind: FieldKind::Number, filter: false, options: Vec::new() };
        fields.extend(self.all.iter().map(|year| number(format!("{year}年度"))));
        fields.push(number("合计（元）".to_owned()));
        let records = enterprises.iter().map(|(key, of)| {
            let name = of.last().map_or("", |entry| entry.record().enterprise.as_str());
            DataRecord {
                id: folder(key),
                cells: self.row(name, of).iter().map(|text| inlines(text)).collect(),
                link: None,
                held: None,
            }
        });
        Dataset {
            records: records.collect(),
            fields,
            intro,
            total: Some(self.row("合计", &all)),
            charts: self.charts(&all),
            called: vec![format!("{short}奖励统计"), "奖励统计".to_owned(), "历年奖励".to_owned()],
            ..self.empty(format!("{FOLDER}/statistics"), format!("历年{short}奖励统计"), facts)
        }
    }

    /// A name, its sum of each year, its sum.
    fn row(&self, name: &str, of: &[&Entry<'a>]) -> Vec<String> {
        let in_year = |year: &Year| {
            let mut of_year = of.iter().filter(|entry| entry.year == *year).peekable();
            if of_year.peek().is_some() { sum(of_year).grouped_text() } else { String::new() }
        };
        let sums = self.all.iter().map(in_year);
        std::iter::once(name.to_owned()).chain(sums).chain([sum(of.iter()).grouped_text()]).collect()
    }

    fn by_year(&self) -> Block {
        let rows = self.all.iter().map(|year| {
            let of: Vec<&Entry<'a>> = self.entries.iter().filter(|entry| entry.year == *year).collect();
            let enterprises: BTreeSet<String> = of.iter().map(|entry| self.key_of(entry.record())).collect();
            let link = Inline::Link { href: format!("{FOLDER}/{year}/"), text: inlines(&format!("{year}年度")) };
            let texts = [enterprises.len().to_string(), of.len().to_string(), sum(of.iter()).grouped_text()];
            let cells = std::iter::once(vec![link]).chain(texts.iter().map(|text| inlines(text)));
            Row::new(cells.map(Cell::from).collect(), false)
        });
        table("各年度", &["年度", "企业数", "项数", "金额（元）"].map(str::to_owned), rows.collect())
    }

    fn side_by_side(&self, caption: &str, head: &str, groups: &[(String, Vec<&Entry<'a>>)]) -> Block {
        let all: Vec<&Entry<'a>> = self.entries.iter().collect();
        let heads: Vec<String> = std::iter::once(head.to_owned())
            .chain(self.all.iter().map(|year| format!("{year}年度")))
            .chain(["合计".to_owned()])
            .collect();
        let row = |name: &str, of: &[&Entry<'a>], total| {
            Row::new(self.row(name, of).iter().map(|text| inlines(text).into()).collect(), total)
        };
        let rows = groups.iter().map(|(name, of)| row(name, of, false));
        table(caption, &heads, rows.chain([row("合计", &all, true)]).collect())
    }
}

impl Told {
    fn field(self) -> Field {
        let (name, filter) = match self {
            Self::Year => ("年度", true),
            Self::Enterprise => ("企业名称", false),
            Self::District => ("区县（市）", true),
            Self::Name => ("奖励事项", true),
            Self::Subject => ("项目（产品）", false),
            Self::Clause => ("条款", true),
        };
        Field { name: name.to_owned(), kind: FieldKind::Text, filter, options: Vec::new() }
    }

    fn cell(self, entry: &Entry<'_>) -> Vec<Inline> {
        let record = entry.record();
        match self {
            // Its row in the list of the year.
            Self::Year => vec![Inline::Link {
                href: format!("{FOLDER}/{0}/#{1}", entry.year, entry.id),
                text: inlines(&format!("{}年度", entry.year)),
            }],
            Self::Enterprise => inlines(&record.enterprise),
            Self::District => inlines(&record.district),
            Self::Name => inlines(&record.name),
            Self::Subject if record.subject == record.enterprise => Vec::new(),
            Self::Subject => inlines(&record.subject),
            Self::Clause => inlines(&record.clause),
        }
    }
}

/// By what a clause of a policy is called among all policies.
fn clause_name(policy: &str, clause: &str) -> String {
    format!("{policy} {clause}")
}

fn table(caption: &str, heads: &[String], rows: Vec<Row>) -> Block {
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let columns = heads.iter().enumerate().map(|(at, head)| Column::new(inlines(head), align(at)));
    Block::Table(Table {
        caption: Some(caption.to_owned()),
        unit: None,
        columns: columns.collect(),
        rows,
        landscape: false,
    })
}

fn sum<'e, 'a: 'e>(of: impl Iterator<Item = &'e &'e Entry<'a>>) -> Money {
    of.map(|entry| entry.award.amount()).sum()
}

fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut known = Vec::new();
    for one in all {
        if !known.contains(&one) {
            known.push(one);
        }
    }
    known
}

/// A name as a folder that any server can have: letters, digits, brackets, and `-` for all else.
fn folder(name: &str) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || "（）-_".contains(c) { c } else { '-' };
    name.chars().map(allowed).collect()
}
