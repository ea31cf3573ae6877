//! 台账 — the facts: who the enterprises are, what they declared, what they were granted before, and the published lists.

mod by_name;
mod catalogue;
mod declaration;
mod enterprise;
mod identity;
mod item_id;
mod ledger;
mod lineage;
mod listing;
mod lookalikes;
mod matter;
mod named;
mod namesakes;
mod office;
mod recurrence;
mod reduction;
mod schema;
mod several;
mod spelling;
mod vocabulary;
mod word;
mod yearly;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::credit_code::{CreditCode, CreditCodeError};
pub use by_name::ByName;
pub use catalogue::{Catalogue, Cell, ColumnKind, ColumnSpec, Validity};
pub use declaration::{Declaration, DeclarationYear, EntryIds, Item, OtherPolicy};
pub use enterprise::Enterprise;
pub use item_id::ItemId;
pub use ledger::{Closing, EntryKind, LedgerEntry, LedgerYear, entry_id, next_serial};
pub use listing::{Listed, Listing};
pub use matter::Matter;
pub use named::Named;
pub use office::Office;
pub use recurrence::Recurrence;
pub use reduction::{Cut, Method, Reduction, ReductionYear};
pub use schema::{Asked, Schema};
pub use several::Several;
pub use word::Word;
pub use yearly::Yearly;

use identity::{History, Known};
use listing::Attested;

use crate::calendar::Year;
use crate::diag::{Code, Diagnostic, Report, nearest};
use crate::trace::Terms;
use crate::yaml::Located;

/// All facts of the workspace.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// The enterprises, by their code.
    pub enterprises: BTreeMap<CreditCode, Enterprise>,
    /// The declarations, by year.
    pub declarations: BTreeMap<Year, Vec<Declaration>>,
    /// Declarations that take no part, since something is wrong in them: their names are looked at all the same.
    pub withheld: Vec<Declaration>,
    /// What was granted, by the year of the facts.
    pub ledger: BTreeMap<Year, Vec<LedgerEntry>>,
    /// How the awards of a year are cut to what there is to pay.
    pub reductions: BTreeMap<Year, Vec<Reduction>>,
    /// The years that are closed without having been paid.
    pub closed: BTreeMap<Year, Closing>,
    /// What may be declared.
    pub schema: Schema,
    /// The catalogues, by the stem of their file.
    pub catalogues: BTreeMap<String, Catalogue>,
    /// The lists that are kept of enterprises, by the stem of their file.
    pub listings: BTreeMap<String, Listing>,
    /// What they say of an enterprise for a declared year.
    attested: BTreeMap<(CreditCode, Year), Attested>,
    /// The codes that enterprises had before, with those that they have today.
    former: BTreeMap<CreditCode, CreditCode>,
    /// Where an enterprise's declarations and ledger entries stand in the lists of their years.
    of_enterprise: BTreeMap<CreditCode, Positions>,
}

/// Years, each with a position in its list.
#[derive(Debug, Clone, Default)]
struct Positions {
    declarations: Vec<(Year, usize)>,
    entries: Vec<(Year, usize)>,
}

impl Positions {
    fn history<'a>(
        &self,
        enterprise: &'a Enterprise,
        declarations: &'a BTreeMap<Year, Vec<Declaration>>,
        ledger: &'a BTreeMap<Year, Vec<LedgerEntry>>,
    ) -> History<'a> {
        let declared =
            self.declarations.iter().filter_map(|(year, at)| Some((*year, declarations.get(year)?.get(*at)?)));
        let booked = self.entries.iter().filter_map(|(year, at)| Some((*year, ledger.get(year)?.get(*at)?)));
        History { enterprise, declarations: declared.collect(), entries: booked.collect() }
    }
}

impl Register {
    /// Puts what was read together; `broken` are the codes of enterprises that were left out because something in them is
    /// wrong: what refers to them goes with them, without a finding of its own. An enterprise stands once, a declaration belongs
    /// to a known enterprise, names catalogue entries that exist, and stands once a year. What does not is found and left out.
    pub fn new(
        enterprises: Vec<Enterprise>,
        broken: &BTreeSet<String>,
        declarations: Vec<DeclarationYear>,
        ledger: Vec<LedgerYear>,
        catalogues: BTreeMap<String, Catalogue>,
    ) -> (Self, Report) {
        Self::of(Schema::default(), enterprises, broken, declarations, ledger, catalogues)
    }

    /// The same where a workspace says what may be declared.
    pub fn of(
        schema: Schema,
        enterprises: Vec<Enterprise>,
        broken: &BTreeSet<String>,
        declarations: Vec<DeclarationYear>,
        ledger: Vec<LedgerYear>,
        catalogues: BTreeMap<String, Catalogue>,
    ) -> (Self, Report) {
        let mut report = Report::default();
        let mut register = Self { schema, catalogues, ..Self::default() };
        register.enrol(enterprises, &mut report);
        let mut words = BTreeSet::new();
        for mut year in declarations {
            year.declarations.iter_mut().for_each(|declaration| declaration.share(&mut words));
            register.take_declarations(year, broken, &mut report);
        }
        for year in ledger {
            register.take_ledger(year, broken, &mut report);
        }
        report.absorb(register.identify());
        register.check_declared_twice(&mut report);
        (register, report)
    }

    fn take_declarations(&mut self, year: DeclarationYear, broken: &BTreeSet<String>, report: &mut Report) {
        let of_year = year.year.value;
        self.declarations.entry(of_year).or_default();
        for mut declaration in year.declarations {
            (declaration.batch, declaration.policy) =
                (year.batch, year.policy.as_ref().map(|policy| policy.value.clone()));
            if !self.knows(&declaration.enterprise, broken, report) {
                continue;
            }
            let code = self.today(declaration.enterprise.value);
            declaration.enterprise.value = code;
            if self.declared(code, of_year, year.batch).is_some() {
                let message = format!("这家企业在{}年度已经申报过一次", year.year.value);
                report.push(
                    Diagnostic::error(Code::Duplicate, message)
                        .at(declaration.enterprise.place)
                        .help("一家企业在一个年度的一个批次里只有一份申报；把两份并成一份，或写明“批次”"),
                );
                continue;
            }
            identity::check_other_policies(&mut declaration, report);
            let mut found = Self::check_years(&declaration, of_year);
            self.schema.check_own(&declaration, &mut found);
            for matter in &declaration.matters {
                self.schema.check(matter, &mut found);
            }
            let sound = !found.has_errors();
            report.absorb(found);
            if self.check_entries(&declaration, report) && sound {
                let list = self.declarations.entry(of_year).or_default();
                self.of_enterprise.entry(code).or_default().declarations.push((of_year, list.len()));
                list.push(declaration);
            } else {
                self.withheld.push(declaration);
            }
        }
    }

    fn take_ledger(&mut self, year: LedgerYear, broken: &BTreeSet<String>, report: &mut Report) {
        let of_year = year.year.value;
        self.ledger.entry(of_year).or_default();
        self.closed.extend(year.closed.map(|closing| (of_year, closing)));
        for mut entry in year.entries {
            if self.knows(&entry.enterprise, broken, report) {
                entry.enterprise.value = self.today(entry.enterprise.value);
                self.put(of_year, entry);
            }
        }
    }

    /// What stands under an attribute of an enterprise in a year: as the lists of that year say, or else as its own file does.
    pub fn attribute<'a>(&'a self, enterprise: &'a Enterprise, year: Year, name: &str) -> Option<Located<Terms<'a>>> {
        let attested = || self.attested.get(&(enterprise.code.value, year));
        let of_lists = match name {
            "称号" => attested()
                .and_then(Attested::titles)
                .map(|titles| Located { value: Terms::Many(&titles.value), place: titles.place }),
            "亩均评价" => attested()
                .and_then(Attested::grade)
                .map(|grade| Located { value: Terms::One(&grade.value), place: grade.place }),
            _ => None,
        };
        of_lists.or_else(|| enterprise.attribute(name))
    }

    /// Takes in what was decided to be cut (核减).
    pub fn take_reductions(&mut self, years: Vec<ReductionYear>) {
        for mut year in years {
            let of_year = year.year.value;
            for cut in year.reductions.iter_mut().flat_map(Reduction::cuts_mut) {
                let code = self.today(cut.enterprise.value);
                cut.enterprise.value = code;
                cut.identity = match &cut.subject {
                    None => Some(ItemId::ENTERPRISE),
                    Some(subject) => self.item_named(code, &subject.value, of_year),
                };
            }
            self.reductions.entry(of_year).or_default().extend(year.reductions);
        }
    }

    fn put(&mut self, year: Year, entry: LedgerEntry) {
        let list = self.ledger.entry(year).or_default();
        self.of_enterprise.entry(entry.enterprise.value).or_default().entries.push((year, list.len()));
        list.push(entry);
    }

    /// Says of every item that was declared or paid which one it is.
    fn identify(&mut self) -> Report {
        let mut report = Report::default();
        for (code, positions) in &mut self.of_enterprise {
            positions.declarations.sort_unstable();
            positions.entries.sort_unstable();
            let Some(enterprise) = self.enterprises.get(code) else { continue };
            let history = positions.history(enterprise, &self.declarations, &self.ledger);
            let mentions: Vec<_> = identity::mentions(&history).collect();
            let known = Known::new(&mentions);
            let told = known.tell(&history, &mut report);
            // Within one declaration all that is called differently is different.
            if history.declarations.len() > 1 || !told.strays.is_empty() {
                lookalikes::check(&known, told.strays.values(), &mut report);
            }
            let (mut items, mut others) = (told.items.into_iter(), told.others.into_iter());
            let mut entries = told.entries.into_iter();
            for (year, at) in &positions.declarations {
                let Some(declaration) = self.declarations.get_mut(year).and_then(|list| list.get_mut(*at)) else {
                    continue;
                };
                declaration.identities_mut().zip(&mut items).for_each(|(identity, item)| *identity = item);
                let written = declaration.other_policies.iter_mut().filter(|other| other.subject.is_some());
                written.zip(&mut others).for_each(|(other, item)| other.identity = Some(item));
            }
            for (year, at) in &positions.entries {
                if let Some(entry) = self.ledger.get_mut(year).and_then(|list| list.get_mut(*at))
                    && entry.subject.is_some()
                {
                    entry.identity = entries.next();
                }
            }
        }
        report
    }

    /// The declaration of an enterprise for a year.
    pub fn declaration(&self, code: CreditCode, year: Year) -> Option<&Declaration> {
        self.declarations_of(code).find(|(of, _)| *of == year).map(|(_, declaration)| declaration)
    }

    /// The declaration of an enterprise in one batch of a year.
    pub fn declared(&self, code: CreditCode, year: Year, batch: u16) -> Option<&Declaration> {
        let mut of_year = self.declarations_of(code).filter(|(of, _)| *of == year);
        of_year.find(|(_, declaration)| declaration.batch == batch).map(|(_, declaration)| declaration)
    }

    /// The declarations of an enterprise, by year.
    pub fn declarations_of(&self, code: CreditCode) -> impl Iterator<Item = (Year, &Declaration)> {
        self.history_of(code).0
    }

    /// All things that were ever declared, also where something else in the declaration is wrong.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        let declarations = self.declarations.values().flatten().chain(&self.withheld);
        declarations.flat_map(|declaration| &declaration.matters)
    }

    /// All that was ever declared of a kind.
    pub fn declared_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Matter> {
        self.matters().filter(move |matter| *matter.kind.value == *kind)
    }

    /// What the ledger says of an enterprise, by the year of the facts and in the order of the entries.
    pub fn entries_of(&self, code: CreditCode) -> impl Iterator<Item = (Year, &LedgerEntry)> {
        self.history_of(code).1
    }

    /// Both, looked up at once.
    pub fn history_of(
        &self,
        code: CreditCode,
    ) -> (impl Iterator<Item = (Year, &Declaration)>, impl Iterator<Item = (Year, &LedgerEntry)>) {
        let positions = self.of_enterprise.get(&self.today(code));
        let declared = positions.map_or(&[][..], |positions| &positions.declarations).iter();
        let booked = positions.map_or(&[][..], |positions| &positions.entries).iter();
        (
            declared.filter_map(|(year, at)| Some((*year, self.declarations.get(year)?.get(*at)?))),
            booked.filter_map(|(year, at)| Some((*year, self.ledger.get(year)?.get(*at)?))),
        )
    }

    /// Which item of an enterprise a name means in a year: as it was declared or paid, then or in another year, under that name or a
    /// former one; `None` where there is none.
    pub fn item_named(&self, code: CreditCode, name: &str, year: Year) -> Option<ItemId> {
        let enterprise = self.enterprise(code)?;
        let nothing = Positions::default();
        let positions = self.of_enterprise.get(&enterprise.code.value).unwrap_or(&nothing);
        identity::named(&positions.history(enterprise, &self.declarations, &self.ledger), name, year)
    }

    /// Books further entries for a year, as a trial.
    pub fn book(&mut self, year: Year, entries: impl Iterator<Item = LedgerEntry>) {
        entries.for_each(|entry| self.put(year, entry));
        // What is found here was found when the register was put together.
        let _ = self.identify();
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
        let known = self.enterprise(code.value).is_some();
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

    /// What has not happened yet when a year is over cannot be declared for it.
    fn check_years(declaration: &Declaration, of_year: Year) -> Report {
        let mut report = Report::default();
        for (_, figures) in declaration.items().flat_map(Item::amounts) {
            for (year, place) in figures.places().filter(|(year, _)| *year > of_year) {
                let message = format!("{of_year}年度的申报里写了{year}年的数");
                report.push(
                    Diagnostic::error(Code::Value, message)
                        .at(place)
                        .help("那一年的数在那一年的申报里写；年份写错的，改正年份"),
                );
            }
        }
        report
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
                let Some(other) = before.item(item.kind(), item.identity()) else { continue };
                for (quantity, figures) in item.amounts() {
                    let Some(earlier) = other.amount(quantity) else { continue };
                    for (of, place, now) in figures.written() {
                        let then = earlier.written().find(|(other, _, then)| *other == of && *then != now);
                        let Some((.., then)) = then else { continue };
                        let message = format!("{of}年{quantity}在本年申报为{now}，在上年申报为{then}");
                        report.push(
                            Diagnostic::error(Code::Contradiction, message)
                                .at(place)
                                .help("同一数字只能有一个值；查明后改正其中一份申报"),
                        );
                    }
                }
            }
        }
    }
}
