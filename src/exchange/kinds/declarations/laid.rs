//! 铺开 — declarations as sheets: one for the enterprises, one for each kind of things, one for other policies; and the form that is sent out,
//! filled with what is known already.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{catalogue_choices, districts};
use super::{ENTRIES, OTHERS};
use crate::calendar::Year;
use crate::grid::{Column, Datum, Grid, Shape};
use crate::register::{Asked, Declaration, Enterprise, Item, Register};

/// How many empty rows a form has below what is known.
const EMPTY_ROWS: usize = 50;

/// What a column of a sheet is filled from.
enum Source<'a> {
    Name,
    Code,
    District,
    Called,
    Entries,
    Figure { name: &'a str, unit: &'a str, year: Year },
    Attribute(&'a str),
}

/// A sheet that is laid out: columns with what fills them.
struct Layout<'a> {
    kind: &'a str,
    columns: Vec<(Column, Source<'a>)>,
}

/// The years of each figure, by kind and name.
type Years<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<Year>>;

impl<'a> Layout<'a> {
    /// The columns for things of a kind; `asks` says which figures and attributes.
    fn of(register: &'a Register, kind: &'a str, years: &Years<'a>, asks: &dyn Fn(&str, &str) -> bool) -> Self {
        let schema = &register.schema;
        let mut columns = vec![
            (Column::new("企业名称", Shape::Text), Source::Name),
            (Column::new("统一社会信用代码", Shape::Text), Source::Code),
        ];
        if kind == Item::ENTERPRISE {
            let district = Column { choices: districts(register), ..Column::new("区县", Shape::Text) };
            columns.push((district, Source::District));
        }
        if let Some(key) = schema.name_key(kind).filter(|_| kind != Item::ENTERPRISE) {
            columns.push((Column { open: true, ..Column::new(format!("{kind}{key}"), Shape::Text) }, Source::Called));
        }
        if kind != Item::ENTERPRISE && schema.name_key(kind).is_some_and(|key| key == "名称") {
            let note = "填目录里的编号；对应几个条目的，用顿号隔开".to_owned();
            let choices = catalogue_choices(register);
            let column = Column { note, choices, free: true, open: true, ..Column::new(ENTRIES, Shape::Text) };
            columns.push((column, Source::Entries));
        }
        for (name, unit) in schema.quantities(kind).filter(|(name, _)| asks(kind, name)) {
            for year in years.get(&(kind, name)).into_iter().flatten() {
                let (shown, note) =
                    if unit == "元" { ("万元", "金额，万元；没有的空着") } else { (unit, "") };
                let head = format!("{year}年{name}（{shown}）");
                let column = Column { note: note.to_owned(), ..Column::new(head, Shape::Amount) };
                columns.push((column, Source::Figure { name, unit, year: *year }));
            }
        }
        for (name, asked) in schema.attributes(kind).filter(|(name, _)| asks(kind, name)) {
            let (shape, choices) = match asked {
                Asked::Day => (Shape::Day, Vec::new()),
                Asked::OneOf(words) => (Shape::Text, words.clone()),
                Asked::Words => (Shape::Text, Vec::new()),
            };
            let column = Column { choices, open: true, ..Column::new(name, shape) };
            columns.push((column, Source::Attribute(name)));
        }
        Self { kind, columns }
    }

    /// Whether it asks for anything beside what things are called.
    fn asks_something(&self) -> bool {
        self.columns.iter().any(|(_, source)| matches!(source, Source::Figure { .. } | Source::Attribute(_)))
    }

    fn row(&self, enterprise: Option<&Enterprise>, code: &str, item: Option<Item<'_>>) -> Vec<Datum> {
        let cell = |source: &Source<'_>| match source {
            Source::Name => enterprise.map(|enterprise| Datum::text(&enterprise.name.value)),
            Source::Code => Some(Datum::text(code)),
            Source::District => enterprise.map(|enterprise| Datum::text(&enterprise.district.value)),
            Source::Called => item.and_then(Item::name).map(Datum::text),
            Source::Entries => item.map(|item| {
                let ids: Vec<&str> = item.entries().iter().map(|entry| entry.value.as_str()).collect();
                Datum::text(ids.join("、"))
            }),
            Source::Figure { name, unit, year } => item.and_then(|item| item.amount(name)).and_then(|figures| {
                if *unit == "元" {
                    figures.get(*year).map(|amount| Datum::wan(amount.value))
                } else {
                    figures.measure(*year).map(|measure| Datum::Number(measure.value.number))
                }
            }),
            Source::Attribute(name) => item.and_then(|item| item.attribute(name)).map(|word| {
                let day = word.value.parse().map(Datum::Day);
                day.unwrap_or_else(|_| Datum::text(word.value))
            }),
        };
        self.columns.iter().map(|(_, source)| cell(source).unwrap_or_default()).collect()
    }

    fn grid(self, title: String, rows: Vec<Vec<Datum>>, form: Option<usize>) -> Grid {
        let columns = self.columns.into_iter().map(|(column, _)| column).collect();
        Grid { name: self.kind.to_owned(), title, columns, rows, summed: false, form }
    }
}

/// The kinds of a schema, the enterprise first.
fn kinds(register: &Register) -> impl Iterator<Item = &str> {
    let others = register.schema.kinds().filter(|kind| *kind != Item::ENTERPRISE);
    std::iter::once(Item::ENTERPRISE).chain(others)
}

/// Declarations of a year as sheets that [`read`](super::read) reads back.
#[must_use]
pub fn sheets(register: &Register, year: Year, declarations: &[&Declaration]) -> Vec<Grid> {
    let mut years = Years::new();
    for item in declarations.iter().flat_map(|declaration| declaration.items()) {
        for (name, figures) in item.amounts() {
            let of = figures.iter().map(|(year, _)| year).chain(figures.measures().map(|(year, _)| year));
            years.entry((item.kind(), name)).or_default().extend(of);
        }
    }
    let mut sheets = Vec::new();
    for kind in kinds(register) {
        let layout = Layout::of(register, kind, &years, &|_, _| true);
        let rows = declarations.iter().flat_map(|declaration| {
            let code = declaration.enterprise.value;
            let enterprise = register.enterprise(code);
            let items = declaration.items().filter(|item| item.kind() == kind);
            items.map(|item| layout.row(enterprise, code.as_str(), Some(item))).collect::<Vec<_>>()
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            sheets.push(layout.grid(format!("{year}年度申报（{kind}）"), rows, None));
        }
    }
    sheets.extend(others(register, year, declarations));
    sheets
}

/// What other policies pay, where anything is declared of them.
fn others(register: &Register, year: Year, declarations: &[&Declaration]) -> Option<Grid> {
    let rows: Vec<Vec<Datum>> = declarations
        .iter()
        .flat_map(|declaration| declaration.other_policies.iter().map(move |other| (declaration, other)))
        .map(|(declaration, other)| {
            let code = declaration.enterprise.value;
            let name = register.enterprise(code).map(|enterprise| Datum::text(&enterprise.name.value));
            vec![
                name.unwrap_or_default(),
                Datum::text(code.as_str()),
                Datum::text(other.own.as_ref().map(|own| own.value.as_str()).unwrap_or_default()),
                Datum::text(&other.clause.value.0),
                Datum::text(other.rule.as_ref().map(|rule| rule.value.as_str()).unwrap_or_default()),
                Datum::text(other.subject.as_ref().map(|subject| subject.value.as_str()).unwrap_or_default()),
                Datum::text(&other.policy.value),
                Datum::wan(other.amount.value),
                Datum::text(if other.paid.value { "是" } else { "否" }),
            ]
        })
        .collect();
    let texts = ["企业名称", "统一社会信用代码", "本政策", "条款", "事项", "对象", "政策"];
    let flags = Column { choices: ["是", "否"].map(str::to_owned).to_vec(), ..Column::new("已拨付", Shape::Text) };
    let columns = texts
        .map(|head| Column::new(head, Shape::Text))
        .into_iter()
        .chain([Column::new("金额（万元）", Shape::Amount), flags])
        .collect();
    let title = format!("{year}年度申报（{OTHERS}）");
    (!rows.is_empty()).then(|| Grid { name: OTHERS.to_owned(), title, columns, rows, ..Grid::default() })
}

/// The form that enterprises fill in for a year: what is known of them and of their things from the year before, and only what `asks` says that
/// the policies in force want to know. What is known is locked; figures of the year are open.
#[must_use]
pub fn blank(
    register: &Register,
    year: Year,
    enterprises: &[&Enterprise],
    asks: &dyn Fn(&str, &str) -> bool,
) -> Vec<Grid> {
    let before = Year(year.0 - 1);
    let mut sheets = Vec::new();
    for kind in kinds(register) {
        let quantities = register.schema.quantities(kind).map(|(name, _)| name);
        let years = quantities.map(|name| ((kind, name), BTreeSet::from([before, year]))).collect();
        let mut layout = Layout::of(register, kind, &years, asks);
        for (column, source) in &mut layout.columns {
            column.open |= matches!(source, Source::Figure { year: of, .. } if *of == year);
        }
        if !layout.asks_something() {
            continue;
        }
        let mut rows = Vec::new();
        for enterprise in enterprises {
            let code = enterprise.code.value;
            let known = [year, before].map(|year| register.declaration(code, year));
            if kind == Item::ENTERPRISE {
                let declared = known.into_iter().flatten().next();
                rows.push(layout.row(Some(enterprise), code.as_str(), Some(Item::Enterprise(declared))));
                continue;
            }
            let declared = known.into_iter().flatten().next();
            let items = declared.into_iter().flat_map(Declaration::items).filter(|item| item.kind() == kind);
            rows.extend(items.map(|item| layout.row(Some(enterprise), code.as_str(), Some(item))));
        }
        let title = format!("{year}年度申报表（{kind}）");
        let empty = if kind == Item::ENTERPRISE && !rows.is_empty() { 0 } else { EMPTY_ROWS };
        sheets.push(layout.grid(title, rows, Some(empty)));
    }
    sheets
}
