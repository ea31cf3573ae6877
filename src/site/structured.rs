//! 结构化数据 — what a page is to machines that read it: JSON-LD by the names of schema.org.

use serde_json::{Value, json};

use crate::document::{Dataset, Document, Grant, Validity};

use super::column::POLICIES;
use super::documents::{Listed, keywords, last_day, notice_page};
use super::identity::Identity;
use super::records;

/// A document: a policy is `Legislation`, anything else a `DigitalDocument`.
pub(super) fn document(identity: &Identity, document: &Document, entry: &Listed) -> Value {
    let column = entry.column;
    let record = &document.record;
    let address = identity.address(&notice_page(&document.slug));
    let issuer = organisation(&record.issuer);
    let mut data = json!({
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "inLanguage": "zh-CN",
        "name": document.title,
        "identifier": record.index_number,
        "publisher": organisation(&identity.host),
        "version": record.publication.version.to_string(),
    });
    let mut put = |key: &str, value: Value| data[key] = value;
    if let Some(day) = record.published {
        put("datePublished", json!(day.iso()));
    }
    if let Some(day) = entry.changed {
        put("dateModified", json!(day.iso()));
    }
    if let Some(day) = last_day(document) {
        put("expires", json!(day.iso()));
    }
    if !keywords(document).is_empty() {
        put("keywords", json!(keywords(document)));
    }
    if column == POLICIES {
        put("@type", json!("Legislation"));
        put("legislationType", json!(document.genre.name()));
        put("legislationPassedBy", issuer);
        if let Some(number) = &document.masthead.number {
            put("legislationIdentifier", json!(number.to_string()));
        }
        if let Some(day) = record.dated {
            put("legislationDate", json!(day.iso()));
        }
        let force = if record.validity == Validity::Valid { "InForce" } else { "NotInForce" };
        put("legislationLegalForce", json!(format!("https://schema.org/{force}")));
    } else {
        put("@type", json!("DigitalDocument"));
        put("genre", json!(document.genre.name()));
        put("author", issuer);
        if let Some(day) = record.dated {
            put("dateCreated", json!(day.iso()));
        }
    }
    data
}

/// A list, with what it is about in a sentence and the names of its files.
pub(super) fn dataset(identity: &Identity, dataset: &Dataset, summary: &str, own: &[String]) -> Value {
    let address = identity.address(&records::page_of(dataset));
    let mut names: Vec<&str> = dataset.downloads.iter().map(|download| download.href.as_str()).collect();
    names.extend(own.iter().map(String::as_str).filter(|name| !dataset.downloads.iter().any(|one| one.href == *name)));
    let files: Vec<Value> = names
        .into_iter()
        .map(|name| {
            let form = match name.rsplit_once('.') {
                Some((_, "csv")) => "text/csv",
                Some((_, "pdf")) => "application/pdf",
                Some((_, "xlsx")) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                _ => "application/json",
            };
            let address = identity.address(&format!("{}/{name}", dataset.path));
            json!({ "@type": "DataDownload", "encodingFormat": form, "contentUrl": address })
        })
        .collect();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": dataset.title,
        "description": summary,
        "inLanguage": "zh-CN",
        "creator": organisation(&identity.host),
        "isAccessibleForFree": true,
        "variableMeasured": dataset.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        "distribution": files,
    });
    if let Some(license) = &identity.license {
        data["license"] = json!(license.address);
    }
    if let Some(day) = dataset.published {
        data["datePublished"] = json!(day.iso());
        data["dateModified"] = json!(day.iso());
    }
    if let Some(day) = dataset.expires {
        data["expires"] = json!(day.iso());
    }
    data
}

/// Grants; nothing where there are none.
pub(super) fn grants(identity: &Identity, grants: &[Grant]) -> Option<Value> {
    let graph: Vec<Value> = grants.iter().map(|grant| monetary_grant(identity, grant)).collect();
    (!graph.is_empty()).then(|| json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn monetary_grant(identity: &Identity, grant: &Grant) -> Value {
    let mut value = json!({
        "@type": "MonetaryGrant",
        "identifier": grant.id,
        "name": grant.title,
        "funder": organisation(&identity.host),
        "recipient": { "@type": "Organization", "name": grant.recipient, "taxID": grant.recipient_code },
    });
    if let Some(amount) = &grant.amount {
        value["amount"] = json!({ "@type": "MonetaryAmount", "currency": "CNY", "value": amount });
    }
    value
}

fn organisation(name: &str) -> Value {
    json!({ "@type": "GovernmentOrganization", "name": name })
}

/// JSON inside a `script` element, which no `</script>` or `<!--` in a text can end.
pub(super) fn in_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_holds_it() {
        let hostile = json!({ "name": "甲</script><!--<script>乙" });
        let text = in_script(&hostile);
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), hostile);
    }
}
