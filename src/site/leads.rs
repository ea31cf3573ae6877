//! 线索 — where words lead: the name of an enterprise in the table of a 公示 to its awards, a 文号 in a text to its document, the
//! product of an award to its entry in a catalogue, a clause to what was given under it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::{Dataset, DatasetKind, plain};

use super::documents::{Listed, notice_page};
use super::link::Link;
use super::records::{id_of, name_of, page_of, place_of};

/// A place of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    /// Its page, below the output folder.
    pub(super) page: String,
    /// The element of it.
    pub(super) id: Option<String>,
}

/// All words that lead somewhere.
#[derive(Debug, Default)]
pub(super) struct Leads {
    /// What is called by these very words; `None` where several are.
    names: BTreeMap<String, Option<Place>>,
    /// The documents by their 文号.
    numbers: BTreeMap<String, Place>,
    /// The rows of awards in which a cell holds just the name of this entry of a catalogue.
    awarded: BTreeMap<String, Vec<Link>>,
}

impl Leads {
    pub(super) fn of(documents: &[Listed], datasets: &[Dataset]) -> Self {
        let mut leads = Self::default();
        for entry in documents.iter().filter(|entry| entry.document.shows_text()) {
            if let Some(number) = &entry.number {
                let place = Place { page: notice_page(&entry.document.slug), id: None };
                leads.numbers.insert(number.clone(), place);
            }
        }
        // Of the cells of awards only names of catalogue entries are ever asked for: a list has ten thousand rows.
        let entries = datasets.iter().filter(|dataset| dataset.kind == DatasetKind::Catalogue);
        let entries: BTreeSet<String> =
            entries.flat_map(|dataset| dataset.records.iter().map(|record| name_of(dataset, record))).collect();
        for dataset in datasets {
            let page = page_of(dataset);
            match dataset.kind {
                DatasetKind::Years => {
                    for name in &dataset.called {
                        leads.name(name, Place { page: page.clone(), id: None });
                    }
                }
                DatasetKind::Catalogue => {
                    for record in &dataset.records {
                        leads.name(&name_of(dataset, record), Place { page: page.clone(), id: Some(id_of(record)) });
                    }
                }
                DatasetKind::Awards => leads.awards(dataset, &entries),
                DatasetKind::Listing => {}
            }
        }
        leads
    }

    fn name(&mut self, name: &str, place: Place) {
        let known = self.names.entry(name.to_owned()).or_insert_with(|| Some(place.clone()));
        if known.as_ref() != Some(&place) {
            *known = None;
        }
    }

    fn awards(&mut self, dataset: &Dataset, entries: &BTreeSet<String>) {
        let year = dataset.facts.first().map_or("", |fact| fact.text.as_str());
        for record in &dataset.records {
            for words in record.cells.iter().map(|cell| plain(cell)).filter(|words| entries.contains(words)) {
                let link = Link { title: format!("{year}奖励"), path: place_of(dataset, record) };
                self.awarded.entry(words).or_default().push(link);
            }
        }
    }

    /// Where these very words lead.
    pub(super) fn to(&self, words: &str) -> Option<&Place> {
        self.names.get(words.trim())?.as_ref()
    }

    /// Where the words of a text lead.
    pub(super) fn of_texts(&self) -> impl Serialize {
        (&self.names, &self.numbers)
    }

    /// The rows of awards given for something of this name.
    pub(super) fn awarded(&self, name: &str) -> &[Link] {
        self.awarded.get(name).map_or(&[], Vec::as_slice)
    }

    /// The 文号 of documents in a text: from which byte to which, and where each leads.
    pub(super) fn numbers(&self, text: &str) -> Vec<(usize, usize, &Place)> {
        let mut found: Vec<(usize, usize, &Place)> = Vec::new();
        for (bracket, _) in text.match_indices('〔') {
            let (Some(before), Some(rest)) = (text.get(..bracket), text.get(bracket..)) else { continue };
            let Some(end) = rest.find('号').map(|at| bracket + at + '号'.len_utf8()) else { continue };
            // The code may follow other words without a mark between: the longest code that there is.
            let start = before.char_indices().rev().take(CODE).take_while(|(_, c)| c.is_alphabetic()).map(|(at, _)| at);
            let start = start.filter_map(|at| Some((at, self.numbers.get(text.get(at..end)?)?))).last();
            if let Some((at, place)) = start
                && found.last().is_none_or(|(_, last, _)| *last <= at)
            {
                found.push((at, end, place));
            }
        }
        found
    }
}

/// The most characters that an office's code has.
const CODE: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    fn place(page: &str) -> Place {
        Place { page: page.to_owned(), id: None }
    }

    #[test]
    fn a_number_leads_to_its_document_wherever_it_stands() {
        let mut leads = Leads::default();
        leads.numbers.insert("郑政办〔2022〕56号".into(), place("a"));
        leads.numbers.insert("政办〔2022〕56号".into(), place("b"));
        let found = |text: &str| {
            leads
                .numbers(text)
                .iter()
                .map(|(from, to, place)| (text[*from..*to].to_owned(), place.page.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("根据郑政办〔2022〕56号，"), [("郑政办〔2022〕56号".to_owned(), "a".to_owned())]);
        assert_eq!(found("（政办〔2022〕56号）和豫政〔2022〕5号"), [("政办〔2022〕56号".to_owned(), "b".to_owned())]);
        assert!(found("郑政办〔2022〕560号、〔、号〔").is_empty());
    }

    #[test]
    fn words_that_name_two_things_lead_nowhere() {
        let mut leads = Leads::default();
        for (name, page) in [("甲", "a"), ("甲", "b"), ("甲", "a"), ("乙", "a"), ("乙", "a")] {
            leads.name(name, place(page));
        }
        assert_eq!(leads.to("甲"), None);
        assert_eq!(leads.to("乙 "), Some(&place("a")));
    }
}
