//! 条目 — how the entries of a list are called, and where the list and each of them stand.

use crate::document::{DataRecord, Dataset, DatasetKind, FieldKind, plain};

use super::column::{AWARDS, CATALOGUES, NOTICES};
use super::link;

/// The page of a list, below the output folder.
pub(super) fn page_of(dataset: &Dataset) -> String {
    link::page(&dataset.path)
}

/// Where an entry stands, encoded.
pub(super) fn place_of(dataset: &Dataset, record: &DataRecord) -> String {
    format!("{}#{}", link::encode_path(&page_of(dataset)), link::encode_path(&id_of(record)))
}

/// The column in which a list stands.
pub(super) fn column_name(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::Catalogue => CATALOGUES,
        DatasetKind::Listing => NOTICES,
        DatasetKind::Awards | DatasetKind::Years => AWARDS,
    }
}

/// The name of an entry in addresses; white space may not stand in it.
pub(super) fn id_of(record: &DataRecord) -> String {
    record.id.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The column in which the names of entries stand.
pub(super) fn name_at(dataset: &Dataset) -> usize {
    dataset.fields.iter().position(|field| field.kind == FieldKind::Text && !field.filter).unwrap_or(0)
}

/// What an entry is called: its first cell that is a word of its own, not a code, a figure or one of a few classes.
pub(super) fn name_of(dataset: &Dataset, record: &DataRecord) -> String {
    record
        .cells
        .get(name_at(dataset))
        .map(|cell| plain(cell))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| record.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::sample;

    #[test]
    fn an_entry_is_called_by_its_own_word_not_by_its_class() {
        let mut list = sample::dataset();
        let name = |list: &Dataset| name_of(list, &list.records[0]);
        assert_eq!(name(&list), "示例铝业有限公司");
        list.fields[1].filter = true;
        list.fields[2].filter = false;
        assert_eq!(name(&list), "铝加工产品奖励");
    }
}
