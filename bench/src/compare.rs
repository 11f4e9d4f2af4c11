//! Do both contestants answer the same? Before anything is timed their answers are laid side by side.
//!
//! The baseline shows ids, times and enums as the database has them; here both are brought into one form.

use chrono::DateTime;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::{Result, fail};

/// The letters of TypeIDs, five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The fields whose values are words of a closed list.
const WORDS: [&str; 8] = [
    "authorKind",
    "channel",
    "kind",
    "province",
    "stage",
    "state",
    "tier",
    "visibility",
];
/// The words of priorities, by the numbers that the database has, from 1.
const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];

/// The UUID in a TypeID such as `ticket_01h455vb4pex5vsknk084sn02q`.
#[must_use]
pub fn uuid_of(id: &str) -> Option<Uuid> {
    let (prefix, suffix) = id.rsplit_once('_')?;
    if suffix.len() != 26 || !prefix.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut bits = 0_u128;
    for letter in suffix.bytes() {
        let five = ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits.checked_mul(32)? | five as u128;
    }
    Some(Uuid::from_u128(bits))
}

/// One form for what both mean.
#[must_use]
pub fn normalised(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let value = match value {
                    Value::String(word) if WORDS.contains(&name.as_str()) => {
                        Value::String(word.to_lowercase())
                    }
                    Value::String(word) if name == "priority" => Value::String(word.to_lowercase()),
                    Value::Number(number) if name == "priority" => priority(&number),
                    other => normalised(other),
                };
                (name, value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(normalised).collect()),
        Value::String(text) => Value::String(normal_text(text)),
        other => other,
    }
}

fn priority(number: &serde_json::Number) -> Value {
    let place = number
        .as_u64()
        .and_then(|number| usize::try_from(number).ok());
    let word = place.and_then(|place| PRIORITIES.get(place.checked_sub(1)?));
    word.map_or(Value::Null, |word| Value::String((*word).to_owned()))
}

fn normal_text(text: String) -> String {
    if let Some(id) = uuid_of(&text) {
        return id.to_string();
    }
    match DateTime::parse_from_rfc3339(&text) {
        Ok(at) => at
            .to_utc()
            .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        Err(_) => text,
    }
}

/// Holds two answers against each other.
///
/// # Errors
/// When they differ; it names the first place.
pub fn same(server: &Value, baseline: &Value) -> Result<()> {
    match difference(server, baseline, "data") {
        None => Ok(()),
        Some(place) => Err(fail(format!("the answers differ at {place}"))),
    }
}

fn difference(one: &Value, other: &Value, path: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            let names = left.keys().chain(right.keys());
            let mut fields = names.map(|name| {
                let side = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or(Value::Null);
                difference(&side(left), &side(right), &format!("{path}.{name}"))
            });
            fields.find_map(|found| found)
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(place, (one, other))| {
                difference(one, other, &format!("{path}[{place}]"))
            })
        }
        _ if one == other => None,
        _ => Some(format!("{path}: {} and {}", short(one), short(other))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}

/// Holds A's two answers against each other: the server's figures add up to the baseline's aggregate. (Teams aren't
/// compared: the metrics count a resolved ticket for the team in which its owner was on that day.)
///
/// # Errors
/// When a total differs, or by more than a hundredth the mean or the ended ones, of which the metrics leave out those that
/// were merged into others.
pub fn same_aggregate(server: &Value, baseline: &Value) -> Result<()> {
    let number = |value: &Value| match value {
        Value::String(text) => text.parse().unwrap_or(0.0),
        other => other.as_f64().unwrap_or(0.0),
    };
    let figures = |name: &str| {
        let groups = server[name]["groups"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        groups
            .into_iter()
            .map(|group| {
                (
                    number(&group["figure"]["value"]),
                    number(&group["figure"]["count"]),
                )
            })
            .collect::<Vec<(f64, f64)>>()
    };
    let lines = baseline["groups"].as_array().cloned().unwrap_or_default();
    let sum_of = |name: &str, of: &dyn Fn(&Value) -> bool| -> f64 {
        lines
            .iter()
            .filter(|line| of(line))
            .map(|line| number(&line[name]))
            .sum()
    };
    let opened: f64 = figures("opened").iter().map(|(value, _)| value).sum();
    let ended: f64 = figures("ended").iter().map(|(value, _)| value).sum();
    let resolved: f64 = figures("resolution").iter().map(|(_, count)| count).sum();
    let seconds: f64 = figures("resolution")
        .iter()
        .map(|(mean, count)| mean * count)
        .sum();
    let is_over = |line: &Value| line["state"] == "closed" || line["state"] == "cancelled";
    let expected_seconds: f64 = lines
        .iter()
        .map(|line| number(&line["seconds"]) * number(&line["resolved"]))
        .sum();
    let near = |one: f64, other: f64| (one - other).abs() <= other.abs() / 100.0;
    let pairs = [
        ("tickets", opened, sum_of("count", &|_| true), false),
        ("ended tickets", ended, sum_of("count", &is_over), true),
        (
            "resolved tickets",
            resolved,
            sum_of("resolved", &|_| true),
            false,
        ),
        (
            "seconds until the resolution",
            seconds,
            expected_seconds,
            true,
        ),
    ];
    for (what, server, baseline, roughly) in pairs {
        let same = if roughly {
            near(server, baseline)
        } else {
            (server - baseline).abs() < 0.5
        };
        if !same {
            return Err(fail(format!(
                "the answers differ: {what}: {server} and {baseline}"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn type_ids_are_uuids() {
        let id = uuid_of("ticket_01h455vb4pex5vsknk084sn02q").map(|id| id.to_string());
        assert_eq!(id.as_deref(), Some("01890a5d-ac96-774b-bcce-b302099a8057"));
        assert_eq!(uuid_of("ticket_short"), None);
        assert_eq!(uuid_of("a sentence_01h455vb4pex5vsknk084sn02q"), None);
        assert_eq!(
            uuid_of("ticket_01h455vb4pex5vsknk084sn02u"),
            None,
            "u is no letter of it"
        );
    }

    #[test]
    fn both_forms_become_one() {
        let server = json!({
            "id": "ticket_01h455vb4pex5vsknk084sn02q", "state": "PENDING_PARTS", "priority": "HIGH",
            "createdAt": "2026-11-24T05:20:55.293062Z", "subject": "STATE", "comments": {"nodes": [{"authorKind": "USER"}]}
        });
        let baseline = json!({
            "id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "pending_parts", "priority": 3,
            "createdAt": "2026-11-24T05:20:55.293062+00:00", "subject": "STATE", "comments": {"nodes": [{"authorKind": "user"}]}
        });
        same(&normalised(server), &normalised(baseline)).expect("they mean the same");
    }

    #[test]
    fn a_difference_names_its_place() {
        let error = same(
            &json!({"nodes": [{"a": 1}, {"a": 2}]}),
            &json!({"nodes": [{"a": 1}, {"a": 3}]}),
        );
        let words = error.expect_err("they differ").to_string();
        assert_eq!(words, "the answers differ at data.nodes[1].a: 2 and 3");
        assert!(same(&json!([1, 2]), &json!([1])).is_err());
        assert!(same(&json!({"a": 1}), &json!({})).is_err());
    }

    fn aggregated(opened: &str, mean: &str) -> Value {
        json!({
            "opened": {"groups": [{"figure": {"value": opened}}, {"figure": {"value": "2"}}]},
            "ended": {"groups": [{"figure": {"value": "4"}}]},
            "resolution": {"groups": [{"figure": {"value": mean, "count": "4"}}]}
        })
    }

    #[test]
    fn figures_add_up_to_the_aggregate() {
        let baseline = json!({"groups": [
            {"state": "open", "count": 1, "resolved": 0, "seconds": null},
            {"state": "closed", "count": 4, "resolved": 4, "seconds": 100.2}
        ]});
        same_aggregate(&aggregated("3", "100"), &baseline).expect("the totals are the same");
        assert!(same_aggregate(&aggregated("4", "100"), &baseline).is_err());
        assert!(same_aggregate(&aggregated("3", "110"), &baseline).is_err());
    }
}
