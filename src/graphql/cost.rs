//! What a field costs: one definition for the estimate before execution and for the `@cost` in the printed schema.
//!
//! A field costs `weight`: 0 for a scalar or an enum, 1 for an object, [`MUTATION_WEIGHT`] for a mutation, or what
//! [`COSTS`] says. A list costs `size × (weight + what is selected in it)`, where the size is the asked page
//! (`first`/`last`, [`DEFAULT_PAGE`] when absent, at most [`MAX_PAGE`]). A list without pages is as long as the `ids` that it
//! is asked for, or else as [`LISTS`] says, or [`ASSUMED_LIST`].
//! In a connection the page size belongs to its lists (`edges`, `nodes`), so `pageInfo` and `totalCount` count once.
//! An operation costs 1 for its root plus its fields. The actual cost is the number of objects in the answer: at most the
//! estimate where all lists have pages, and what is paid in the end in any case.

use async_graphql::Value;

use super::model::{FieldModel, SchemaModel, is_list, named_type};

/// The page size when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: u64 = 20;
/// The largest page; larger ones are refused by the resolver.
pub const MAX_PAGE: u64 = 100;
/// The size that is assumed for a list without pages.
pub const ASSUMED_LIST: u64 = 10;
/// What one mutation costs besides what is selected of its payload.
pub const MUTATION_WEIGHT: u32 = 10;
/// What one `__schema` or `__type` costs.
pub const INTROSPECTION_COST: u64 = 50;

/// Fields that cost more (or less) than their type says, as (type, field, weight).
pub const COSTS: &[(&str, &str, u32)] = &[];

/// Mutations that do the same to many objects, as (field, list in its input): they cost as often as the list is long. The
/// results in their payload then count once.
pub const BULK: &[(&str, &str)] = &[("ticketBulk", "tickets")];
/// The list of results in the payload of a bulk mutation.
const BULK_RESULTS: (&str, &str) = ("BulkPayload", "results");

/// Lists without pages that are known to be longer than [`ASSUMED_LIST`], as (type, field, size).
pub const LISTS: &[(&str, &str, u64)] = &[
    ("Query", "permissions", 250),
    ("Query", "settings", 150),
    ("Query", "incentiveFacts", 250),
    ("Query", "incentiveTemplates", 20),
    ("Query", "metricSources", 40),
    ("Query", "replyTemplateVariables", 30),
    ("Viewer", "permissions", 250),
];
/// The argument that asks for certain objects.
pub const IDS_ARGUMENT: &str = "ids";

/// How often what is selected in a field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplier {
    /// Once.
    One,
    /// As often as a list without pages is assumed to be long.
    Assumed,
    /// As often as a list without pages is known to be long.
    Known(u64),
    /// As often as [`IDS_ARGUMENT`] is long.
    Ids,
    /// The field itself is a list as long as the page.
    Page,
    /// As often as this list in the `input` of a bulk mutation is long.
    Rows(&'static str),
    /// The field is a connection: its lists are as long as the page.
    Connection,
}

/// What one field costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldCost {
    /// The cost of the field, or of each item.
    pub weight: u32,
    /// How often it counts.
    pub multiplier: Multiplier,
}

impl FieldCost {
    /// The cost of a field of the schema.
    #[must_use]
    pub fn of(model: &SchemaModel, type_name: &str, field: &FieldModel) -> Self {
        let target = named_type(&field.ty);
        let composite = model.is_composite(target);
        let listed = COSTS
            .iter()
            .find(|(on, name, _)| *on == type_name && *name == field.name)
            .map(|(_, _, weight)| *weight);
        let weight = listed.unwrap_or_else(|| {
            if model.mutation.as_deref() == Some(type_name) {
                MUTATION_WEIGHT
            } else {
                u32::from(composite)
            }
        });
        let bulk = BULK
            .iter()
            .find(|(name, _)| model.mutation.as_deref() == Some(type_name) && *name == field.name);
        if let Some((_, rows)) = bulk {
            return Self {
                weight,
                multiplier: Multiplier::Rows(rows),
            };
        }
        let per_row = type_name.ends_with(BULK_RESULTS.0) && field.name == BULK_RESULTS.1;
        let paged = PAGE_ARGUMENTS
            .iter()
            .any(|argument| field.arguments.contains_key(*argument));
        let multiplier = match (is_list(&field.ty), paged) {
            (true, true) => Multiplier::Page,
            (true, false) if is_connection(type_name) || per_row => Multiplier::One,
            (true, false) if field.arguments.contains_key(IDS_ARGUMENT) => Multiplier::Ids,
            (true, false) => LISTS
                .iter()
                .find(|(on, name, _)| *on == type_name && *name == field.name)
                .map_or(Multiplier::Assumed, |(_, _, size)| Multiplier::Known(*size)),
            (false, true) if is_connection(target) => Multiplier::Connection,
            (false, _) => Multiplier::One,
        };
        Self { weight, multiplier }
    }

    /// Does the field cost nothing, whatever is selected around it?
    #[must_use]
    pub const fn is_free(self) -> bool {
        self.weight == 0
    }
}

/// The arguments that ask for a page.
pub const PAGE_ARGUMENTS: [&str; 2] = ["first", "last"];

/// Is it a connection by its name?
#[must_use]
pub fn is_connection(type_name: &str) -> bool {
    type_name.ends_with("Connection")
}

/// The size of one page as asked for; a wrong size is left to the resolver, which says what is wrong.
#[must_use]
pub fn page_size(asked: impl IntoIterator<Item = i64>) -> u64 {
    asked
        .into_iter()
        .filter_map(|size| u64::try_from(size).ok())
        .max()
        .map_or(DEFAULT_PAGE, |size| size.min(MAX_PAGE))
}

/// How large an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Its objects, the root included: what it costs.
    pub objects: u64,
    /// Its bytes, where texts need nothing to be escaped; as JSON it has at most six times as many.
    pub bytes: u64,
}

/// Measures an answer in one walk.
#[must_use]
pub fn measure(data: &Value) -> Measured {
    let mut measured = Measured::default();
    let mut open = vec![data];
    while let Some(value) = open.pop() {
        measured.bytes += shallow_bytes(value);
        match value {
            Value::Object(fields) => {
                measured.objects += 1;
                for (key, value) in fields {
                    measured.bytes += key_bytes(key);
                    open.push(value);
                }
            }
            Value::List(items) => open.extend(items),
            _ => {}
        }
    }
    measured
}

/// The bytes of a value without what is in it, with a comma after it.
pub fn shallow_bytes(value: &Value) -> u64 {
    1 + match value {
        Value::String(text) => text.len() as u64 + 2,
        Value::Enum(name) => name.len() as u64 + 2,
        Value::Number(_) => 8,
        Value::Binary(bytes) => bytes.len() as u64,
        Value::Null | Value::Boolean(_) => 5,
        Value::Object(_) | Value::List(_) => 2,
    }
}

/// The bytes of a key with its quotes and colon.
pub const fn key_bytes(key: &str) -> u64 {
    key.len() as u64 + 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_was_asked_within_bounds() {
        for (asked, size) in [
            (vec![], 20),
            (vec![5], 5),
            (vec![0], 0),
            (vec![100], 100),
            (vec![101], 100),
            (vec![-1], 20),
            (vec![3, 7], 7),
            (vec![i64::MIN, 4], 4),
        ] {
            assert_eq!(page_size(asked.clone()), size, "{asked:?}");
        }
    }

    #[test]
    fn the_actual_cost_is_the_number_of_objects() {
        for (json, cost) in [
            (r#"{}"#, 1),
            (r#"{"a":1,"b":[1,2]}"#, 1),
            (r#"{"t":{"nodes":[{"c":{}},{"c":null}]}}"#, 5),
            ("null", 0),
        ] {
            let data = Value::from_json(serde_json::from_str(json).unwrap()).unwrap();
            assert_eq!(measure(&data).objects, cost, "{json}");
        }
    }

    #[test]
    fn the_bytes_are_about_those_of_the_json() {
        for json in [
            r#"{"a":"text","b":[1,2,3],"c":{"d":null,"e":true}}"#,
            r#"{"tickets":{"nodes":[{"id":"ticket_01","subject":"漏水"},{"id":"ticket_02","subject":null}]}}"#,
        ] {
            let data = Value::from_json(serde_json::from_str(json).unwrap()).unwrap();
            let (bytes, real) = (measure(&data).bytes, json.len() as u64);
            assert!(bytes >= real && bytes < real * 2, "{bytes} for {real}");
        }
    }
}
