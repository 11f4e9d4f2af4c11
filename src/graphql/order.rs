//! Fields of an answer in the order in which the document asks for them, as the specification wants it. The library
//! answers them in the order in which they happen to be ready.
//!
//! An answer has no other fields than those that were asked for.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The response keys of an object in their order, each with those below it.
#[derive(Clone, Debug, Default)]
pub struct Order(IndexMap<Name, Order>);

impl Order {
    /// The order that an operation asks for. Its size is that of the expanded document, which the pre-check has bounded.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut order = Self::default();
        order.add(document, &operation.selection_set.node);
        order
    }

    fn add(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let below = self
                        .0
                        .entry(field.node.response_key().node.clone())
                        .or_default();
                    below.add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    self.add(document, &fragment.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node)
                    {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    /// A value to be written with its fields in this order.
    #[must_use]
    pub const fn on<'a>(&'a self, value: &'a Value) -> InOrder<'a> {
        InOrder { order: self, value }
    }
}

/// A value that is written with its fields in an order.
#[derive(Debug)]
pub struct InOrder<'a> {
    order: &'a Order,
    value: &'a Value,
}

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::List(items) => {
                serializer.collect_seq(items.iter().map(|item| self.order.on(item)))
            }
            // A scalar that is a whole piece of JSON has an order of its own.
            Value::Object(fields) if !self.order.0.is_empty() => {
                let mut written = serializer.serialize_map(Some(fields.len()))?;
                for (place, (key, below)) in self.order.0.iter().enumerate() {
                    // They mostly are in order, so that nothing needs to be looked for.
                    let value = match fields.get_index(place) {
                        Some((there, value)) if there == key => Some(value),
                        _ => fields.get(key),
                    };
                    if let Some(value) = value {
                        written.serialize_entry(key, &below.on(value))?;
                    }
                }
                written.end()
            }
            value => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    #[test]
    fn fields_come_as_asked_through_aliases_fragments_and_lists() {
        let document =
            parse_query("{ b: x { n ...F } a { z y } } fragment F on T { m ... on T { n k } }")
                .expect("a document");
        let operation = document.operations.iter().next().expect("an operation").1;
        let answer = value!({ "a": { "y": 1, "z": 2 }, "b": [{ "k": 1, "m": 2, "n": 3 }, null] });
        let order = Order::of(&document, &operation.node);
        let text = serde_json::to_string(&order.on(&answer)).expect("JSON");
        assert_eq!(
            text,
            r#"{"b":[{"n":3,"m":2,"k":1},null],"a":{"z":2,"y":1}}"#
        );
    }

    #[test]
    fn what_is_one_scalar_stays_as_it_is() {
        let document = parse_query("{ a b }").expect("a document");
        let operation = document.operations.iter().next().expect("an operation").1;
        let order = Order::of(&document, &operation.node);
        let answer = value!({ "b": { "z": [{ "y": 1, "x": 2 }] }, "a": 1 });
        let text = serde_json::to_string(&order.on(&answer)).expect("JSON");
        assert_eq!(text, r#"{"a":1,"b":{"z":[{"y":1,"x":2}]}}"#);
    }
}
