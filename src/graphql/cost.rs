//! What a field costs: one definition for the estimate before execution and for the `@cost` in the printed schema.
//!
//! A field costs `weight`: 0 for a scalar or an enum, 1 for an object, [`MUTATION_WEIGHT`] for a mutation, or what
//! [`COSTS`] says. A list costs `size × (weight + what is selected in it)`, where the size is the asked page
//! (`first`/`last`, [`DEFAULT_PAGE`] when absent, at most [`MAX_PAGE`]), or [`ASSUMED_LIST`] for a list without pages.
//! In a connection the page size belongs to its lists (`edges`, `nodes`), so `pageInfo` and `totalCount` count once.
//! An operation costs 1 for its root plus its fields. The actual cost is the number of objects in the answer.

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

/// How often what is selected in a field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplier {
    /// Once.
    One,
    /// As often as a list without pages is assumed to be long.
    Assumed,
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
            (true, false) => Multiplier::Assumed,
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

/// The number of objects in an answer, its root included.
#[must_use]
pub fn actual_cost(data: &Value) -> u64 {
    let mut objects = 0_u64;
    let mut open = vec![data];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                objects = objects.saturating_add(1);
                open.extend(fields.values());
            }
            Value::List(items) => open.extend(items),
            _ => {}
        }
    }
    objects
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
            assert_eq!(actual_cost(&data), cost, "{json}");
        }
    }
}
