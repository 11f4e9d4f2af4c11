//! The metrics that ship with the server, installed at start where they are missing, and revised where what ships has changed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{metric, metric_version};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::store::{self, Defined};
use crate::access::Call;
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::metrics::rules::definition::{Base, Body, Definition, Derived, Direction, Unit};
use crate::metrics::rules::expression;
use crate::metrics::rules::standing::Metrics;

/// A metric that ships with the server, as `shipped.toml` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    key: String,
    name: String,
    name_zh: String,
    meaning: String,
    meaning_zh: String,
    unit: Unit,
    direction: Direction,
    facts: Option<Base>,
    expression: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    metric: Vec<Shipped>,
}

/// What ships, each with its definition.
fn shipped() -> Result<Vec<(Shipped, Definition)>> {
    let file: File = toml::from_str(include_str!("shipped.toml")).map_err(Error::internal)?;
    let metrics = file.metric.into_iter();
    metrics
        .map(|shipped| {
            let body = match (&shipped.facts, &shipped.expression) {
                (Some(base), None) => Body::Facts(base.clone()),
                (None, Some(text)) => {
                    let checked = expression::check(text, &|_| Some(Unit::Number));
                    let inputs = checked.map_err(|problems| wrong(&shipped.key, &problems))?;
                    Body::Derived(Derived {
                        expression: text.clone(),
                        inputs: inputs.inputs,
                    })
                }
                both => return Err(wrong(&shipped.key, &both)),
            };
            let definition = Definition {
                unit: shipped.unit,
                direction: shipped.direction,
                body,
            };
            Ok((shipped, definition))
        })
        .collect()
}

fn wrong(key: &str, found: &impl std::fmt::Debug) -> Error {
    Error::internal(format!("the shipped metric {key} is wrong: {found:?}"))
}

/// Makes the shipped metrics that are missing. One that is there gets a further version when another definition ships than the
/// one it came with; what admins have revised or retired stays as they have made it. A derived one is only made where all that it
/// stands on is in use.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    let all = shipped()?;
    let present = store::all_latest(tx).await?;
    let mut in_use: Metrics = present
        .iter()
        .filter(|one| one.metric.active)
        .map(|one| (one.metric.key.clone(), one.definition.clone()))
        .collect();
    let present: BTreeMap<String, Defined> = present
        .into_iter()
        .map(|one| (one.metric.key.clone(), one))
        .collect();
    let mut made = Vec::new();
    for (shipped, definition) in all {
        let id = metric_id(&shipped.key);
        let known = |key: &str| in_use.get(key).map(|definition| definition.unit);
        let stands = match &definition.body {
            Body::Facts(_) => true,
            Body::Derived(derived) => expression::check(&derived.expression, &known).is_ok(),
        };
        // It may be there, in use or retired, or a metric of the organisation's own has the key.
        let former = present.get(&shipped.key);
        if !stands || former.is_some_and(|former| !is_outdated(former, &definition)) {
            continue;
        }
        let number = former.map_or(1, |former| former.metric.current + 1);
        let (metric, version) = rows(&shipped, &definition, number, at)?;
        if let Some(former) = former {
            let current = metric::Model {
                current: number,
                ..former.metric.clone()
            };
            store::save_metric(tx, current, at).await?;
        } else {
            store::insert_metric(tx, metric).await?;
        }
        store::insert_version(tx, version).await?;
        made.push(Entry {
            action: if former.is_some() {
                "metric.revise"
            } else {
                "metric.define"
            },
            entity_type: "metric",
            entity_id: Some(id),
            detail: json!({ "key": shipped.key, "number": number }),
        });
        in_use.insert(shipped.key, definition);
    }
    if !made.is_empty() {
        audit::append(tx, &Call::system(at, "install"), &made).await?;
    }
    Ok(())
}

/// Does another definition ship than the one that a metric came with and that nobody has touched?
fn is_outdated(former: &Defined, definition: &Definition) -> bool {
    let metric = &former.metric;
    let untouched = metric.shipped && metric.active && former.version.created_by.is_none();
    untouched && former.definition != *definition
}

fn rows(
    shipped: &Shipped,
    definition: &Definition,
    number: i32,
    at: DateTime<Utc>,
) -> Result<(metric::Model, metric_version::Model)> {
    let metric = metric::Model {
        id: metric_id(&shipped.key),
        key: shipped.key.clone(),
        active: true,
        shipped: true,
        current: number,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    let version = metric_version::Model {
        id: fixed(&format!("{}/{number}", shipped.key)),
        metric_id: metric.id,
        number,
        name: shipped.name.clone(),
        name_zh: shipped.name_zh.clone(),
        meaning: shipped.meaning.clone(),
        meaning_zh: shipped.meaning_zh.clone(),
        definition: serde_json::to_value(definition)?,
        note: (number > 1).then(|| "It came with the server. 随系统更新".to_owned()),
        created_by: None,
        created_at: at,
        // A derived one has no sums of its own to wait for.
        counted_at: matches!(definition.body, Body::Derived(_)).then_some(at),
    };
    Ok((metric, version))
}

/// The id of the shipped metric of that key.
#[must_use]
pub fn metric_id(key: &str) -> Uuid {
    fixed(key)
}

/// An id in the form of ours that follows from a name, so that the shipped metrics have the same ids everywhere.
fn fixed(name: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/metric/{name}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::metrics::rules::standing::misfit;

    #[test]
    fn what_is_shipped_can_be_used() {
        let all = shipped().expect("every shipped metric");
        let metrics: Metrics = all
            .iter()
            .map(|(shipped, definition)| (shipped.key.clone(), definition.clone()))
            .collect();
        assert_eq!(metrics.len(), all.len(), "every key is there once");
        assert_eq!(misfit(&metrics), None, "and every expression fits");
        let mut before = BTreeSet::new();
        for (shipped, definition) in &all {
            let key = &shipped.key;
            assert!(!expression::is_reserved(key), "{key}");
            for text in [
                &shipped.name,
                &shipped.name_zh,
                &shipped.meaning,
                &shipped.meaning_zh,
            ] {
                assert_eq!(text.trim(), text, "{key}");
                assert!(!text.is_empty() && text.chars().count() <= 1_000, "{key}");
            }
            if let Body::Derived(derived) = &definition.body {
                assert!(
                    derived.inputs.iter().all(|input| before.contains(input)),
                    "{key} comes after its inputs"
                );
            }
            before.insert(key.clone());
        }
    }
}
