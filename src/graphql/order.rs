//! Fields of an answer in the order in which the document asks for them, as the specification wants it. The library
//! answers them in the order in which they happen to be ready.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Value};

/// The response keys of an object in their order, each with those below it.
#[derive(Debug, Default)]
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

    /// Puts the fields of an answer in order.
    pub fn apply(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.apply(item)),
            Value::Object(fields) => {
                let mut found = std::mem::take(fields);
                for (key, below) in &self.0 {
                    if let Some(mut value) = found.swap_remove(key) {
                        below.apply(&mut value);
                        fields.insert(key.clone(), value);
                    }
                }
                fields.extend(found);
            }
            _ => {}
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
        let mut answer =
            value!({ "a": { "y": 1, "z": 2 }, "b": [{ "k": 1, "m": 2, "n": 3 }, null] });
        Order::of(&document, &operation.node).apply(&mut answer);
        let text = answer.into_json().expect("JSON").to_string();
        assert_eq!(
            text,
            r#"{"b":[{"n":3,"m":2,"k":1},null],"a":{"z":2,"y":1}}"#
        );
    }
}
