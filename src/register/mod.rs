//! 台账 — the facts: who the enterprises are, what they declared, what they were granted before, and the published lists.

mod catalogue;
mod declaration;
mod enterprise;
mod ledger;
mod office;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::credit_code::{CreditCode, CreditCodeError};
pub use catalogue::{Catalogue, Cell, ColumnKind, ColumnSpec, Validity};
pub use declaration::{
    Declaration, DeclarationYear, EntryIds, Environment, Insurance, Item, OtherItem, OtherPolicy, Product, Project,
    Yearly,
};
pub use enterprise::Enterprise;
pub use ledger::{Grant, LedgerYear};
pub use office::Office;

use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::yaml::Located;

/// All facts of the workspace.
#[derive(Debug, Default)]
pub struct Register {
    /// The enterprises, by their code.
    pub enterprises: BTreeMap<CreditCode, Enterprise>,
    /// The declarations, by year.
    pub declarations: BTreeMap<Year, Vec<Declaration>>,
    /// What was granted, by the year of the facts.
    pub ledger: BTreeMap<Year, Vec<Grant>>,
    /// The catalogues, by the stem of their file.
    pub catalogues: BTreeMap<String, Catalogue>,
    /// Where an enterprise's declarations and grants stand in the lists of their years.
    of_enterprise: BTreeMap<CreditCode, Positions>,
}

/// Years, each with a position in its list.
#[derive(Debug, Default)]
struct Positions {
    declarations: Vec<(Year, usize)>,
    grants: Vec<(Year, usize)>,
}

impl Register {
    /// Puts what was read together; `broken` are the codes of enterprises that were left out because something in them is
    /// wrong: what refers to them goes with them, without a finding of its own. An enterprise stands once, a declaration belongs to a known enterprise, names catalogue
    /// entries that exist, and stands once a year. What does not is found and left out.
    pub fn new(
        enterprises: Vec<Enterprise>,
        broken: &BTreeSet<String>,
        declarations: Vec<DeclarationYear>,
        ledger: Vec<LedgerYear>,
        catalogues: BTreeMap<String, Catalogue>,
    ) -> (Self, Report) {
        let mut report = Report::default();
        let mut register = Self { catalogues, ..Self::default() };
        for enterprise in enterprises {
            let code = enterprise.code.value;
            if let Some(first) = register.enterprises.get(&code) {
                let message = format!("统一社会信用代码 {code} 已经属于“{}”", first.name.value);
                report.push(
                    Diagnostic::error(Code::Duplicate, message)
                        .at(enterprise.code.place)
                        .help("一个代码只属于一家企业；改正代码，或删去重复的一条"),
                );
            } else {
                register.enterprises.insert(code, enterprise);
            }
        }
        for year in declarations {
            let of_year = year.year.value;
            register.declarations.entry(of_year).or_default();
            for declaration in year.declarations {
                let code = declaration.enterprise.value;
                if !register.knows(&declaration.enterprise, broken, &mut report) {
                    continue;
                }
                if register.declaration(code, of_year).is_some() {
                    let message = format!("这家企业在{}年度已经申报过一次", year.year.value);
                    report.push(
                        Diagnostic::error(Code::Duplicate, message)
                            .at(declaration.enterprise.place)
                            .help("一家企业一个年度只有一份申报；把两份并成一份"),
                    );
                    continue;
                }
                check_names(&declaration, &mut report);
                if register.check_entries(&declaration, &mut report) {
                    let list = register.declarations.entry(of_year).or_default();
                    register.of_enterprise.entry(code).or_default().declarations.push((of_year, list.len()));
                    list.push(declaration);
                }
            }
        }
        for year in ledger {
            let of_year = year.year.value;
            for grant in year.grants {
                if register.knows(&grant.enterprise, broken, &mut report) {
                    let list = register.ledger.entry(of_year).or_default();
                    let positions = register.of_enterprise.entry(grant.enterprise.value).or_default();
                    positions.grants.push((of_year, list.len()));
                    list.push(grant);
                }
            }
        }
        for positions in register.of_enterprise.values_mut() {
            positions.declarations.sort_unstable();
            positions.grants.sort_unstable();
        }
        register.check_declared_twice(&mut report);
        (register, report)
    }

    /// The enterprise of a code.
    pub fn enterprise(&self, code: CreditCode) -> Option<&Enterprise> {
        self.enterprises.get(&code)
    }

    /// The declaration of an enterprise for a year.
    pub fn declaration(&self, code: CreditCode, year: Year) -> Option<&Declaration> {
        self.declarations_of(code).find(|(of, _)| *of == year).map(|(_, declaration)| declaration)
    }

    /// The declarations of an enterprise, by year.
    pub fn declarations_of(&self, code: CreditCode) -> impl Iterator<Item = (Year, &Declaration)> {
        self.history_of(code).0
    }

    /// What was granted to an enterprise, by the year of the facts and in the order of the ledger.
    pub fn grants_of(&self, code: CreditCode) -> impl Iterator<Item = (Year, &Grant)> {
        self.history_of(code).1
    }

    /// Both, looked up at once.
    pub fn history_of(
        &self,
        code: CreditCode,
    ) -> (impl Iterator<Item = (Year, &Declaration)>, impl Iterator<Item = (Year, &Grant)>) {
        let positions = self.of_enterprise.get(&code);
        let declared = positions.map_or(&[][..], |positions| &positions.declarations).iter();
        let granted = positions.map_or(&[][..], |positions| &positions.grants).iter();
        (
            declared.filter_map(|(year, at)| Some((*year, self.declarations.get(year)?.get(*at)?))),
            granted.filter_map(|(year, at)| Some((*year, self.ledger.get(year)?.get(*at)?))),
        )
    }

    /// The enterprise with this name or code.
    pub fn find(&self, name_or_code: &str) -> Option<&Enterprise> {
        let wanted = name_or_code.trim();
        self.enterprises
            .values()
            .find(|enterprise| enterprise.name.value == wanted || enterprise.code.value.as_str() == wanted)
    }

    /// The editions of a catalogue: those of the same title.
    pub fn editions<'a>(&'a self, slug: &str) -> impl Iterator<Item = &'a Catalogue> {
        let title = self.catalogues.get(slug).map(|catalogue| catalogue.name.value.as_str());
        self.catalogues.values().filter(move |catalogue| Some(catalogue.name.value.as_str()) == title)
    }

    /// The catalogue that has an entry, with its name in the workspace.
    pub fn entry(&self, id: &str) -> Option<(&str, &Catalogue)> {
        self.catalogues
            .iter()
            .find(|(_, catalogue)| catalogue.entry(id).is_some())
            .map(|(slug, catalogue)| (slug.as_str(), catalogue))
    }

    fn knows(&self, code: &Located<CreditCode>, broken: &BTreeSet<String>, report: &mut Report) -> bool {
        let known = self.enterprises.contains_key(&code.value);
        if !known && !broken.contains(code.value.as_str()) {
            let near = nearest(code.value.as_str(), self.enterprises.keys().map(CreditCode::as_str));
            let help = near.map_or_else(
                || "先在 data/enterprises 里登记这家企业".to_owned(),
                |near| format!("登记过的最接近的代码是 {near}；不是它就先在 data/enterprises 里登记"),
            );
            report.push(
                Diagnostic::error(Code::Reference, format!("企业库里没有统一社会信用代码 {}", code.value))
                    .at(code.place)
                    .help(help),
            );
        }
        known
    }

    fn check_entries(&self, declaration: &Declaration, report: &mut Report) -> bool {
        let mut sound = true;
        for id in declaration.items().flat_map(Item::entries) {
            if self.entry(&id.value).is_none() {
                sound = false;
                let known = self.catalogues.values().flat_map(Catalogue::ids);
                let help = nearest(&id.value, known).map_or_else(
                    || "写目录里的编号；不在目录里的产品不写这一项".to_owned(),
                    |near| format!("是不是“{near}”？"),
                );
                report.push(
                    Diagnostic::error(Code::Reference, format!("没有一个目录有条目“{}”", id.value))
                        .at(id.place)
                        .help(help),
                );
            }
        }
        sound
    }

    /// A figure of one year that two declarations state differently is a finding: both cannot be true.
    fn check_declared_twice(&self, report: &mut Report) {
        for (year, declaration) in
            self.declarations.iter().flat_map(|(year, list)| list.iter().map(move |one| (year, one)))
        {
            let Some(before) = self.declaration(declaration.enterprise.value, year.previous()) else { continue };
            for item in declaration.items() {
                let Some(other) = before.item(item.kind(), item.name()) else { continue };
                for (quantity, figures) in item.amounts() {
                    let Some(earlier) = other.amount(quantity) else { continue };
                    for (of, figure) in figures.iter() {
                        if let Some(earlier) = earlier.get(of).filter(|earlier| earlier.value != figure.value) {
                            let (now, then) = (figure.value, earlier.value);
                            let message = format!("{of}年{quantity}在本年申报为{now}，在上年申报为{then}");
                            report.push(
                                Diagnostic::error(Code::Contradiction, message)
                                    .at(figure.place)
                                    .help("同一数字只能有一个值；查明后改正其中一份申报"),
                            );
                        }
                    }
                }
            }
        }
    }
}

/// Items of one kind and name in one declaration: which one an earlier figure or grant belongs to could not be told.
fn check_names(declaration: &Declaration, report: &mut Report) {
    let items: Vec<Item<'_>> = declaration.items().collect();
    for (index, item) in items.iter().enumerate() {
        let Some(name) = item.name() else { continue };
        let same = |other: &&Item<'_>| other.kind() == item.kind() && other.name() == item.name();
        if items.iter().take(index).any(|other| same(&other))
            && let Some(place) = item.place()
        {
            let message = format!("申报里有两个叫“{name}”的{}", item.kind());
            report.push(Diagnostic::error(Code::Duplicate, message).at(place).help("并成一个，或各用各的名称"));
        }
    }
}
