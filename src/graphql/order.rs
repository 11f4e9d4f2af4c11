//! Fields of an answer in the order in which the document asks for them, as the specification wants it. The library
//! answers them in the order in which they happen to be ready.
//!
//! An answer has no other fields than those that were asked for.

use std::collections::HashMap;
use std::io::{self, Write};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, QueryPathNode, QueryPathSegment, Value};

/// The fragments of a document.
pub type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The response keys of an object in their order, each with those below it.
#[derive(Clone, Debug, Default)]
pub struct Order(IndexMap<Name, Order>);

impl Order {
    /// The order that an operation asks for. Its size is that of the expanded document, which the pre-check has bounded.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut order = Self::default();
        order.add(&document.fragments, &operation.selection_set.node);
        order
    }

    /// Is no object asked for twice under one key? Then nothing has to be joined.
    #[must_use]
    pub fn is_single(document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
        Self::default().add(&document.fragments, &operation.selection_set.node)
    }

    /// Adds what a selection asks for, and says whether it asks for no object that was asked for before.
    fn add(&mut self, fragments: &Fragments, set: &SelectionSet) -> bool {
        let mut single = true;
        for selection in &set.items {
            single &= match &selection.node {
                Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    let known = self.0.contains_key(key);
                    let below = self.0.entry(key.clone()).or_default();
                    let selected = &field.node.selection_set.node;
                    let below = below.add(fragments, selected);
                    below && (!known || selected.items.is_empty())
                }
                Selection::InlineFragment(fragment) => {
                    self.add(fragments, &fragment.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => fragments
                    .get(&spread.node.fragment_name.node)
                    .is_none_or(|fragment| self.add(fragments, &fragment.node.selection_set.node)),
            };
        }
        single
    }

    /// The order below a place of the answer.
    #[must_use]
    pub fn at(&self, node: &QueryPathNode<'_>) -> Option<&Self> {
        let above = node.parent.map_or(Some(self), |parent| self.at(parent))?;
        match node.segment {
            QueryPathSegment::Name(key) => above.0.get(key),
            QueryPathSegment::Index(_) => Some(above),
        }
    }

    /// The order below a key.
    #[must_use]
    pub fn under(&self, key: &Name) -> Option<&Self> {
        self.0.get(key)
    }

    /// The order below a field, in a document with these fragments.
    #[must_use]
    pub fn below(fragments: &Fragments, set: &SelectionSet) -> Self {
        let mut order = Self::default();
        order.add(fragments, set);
        order
    }

    /// Writes a value as JSON, with its fields in this order.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, value: &Value, out: &mut impl Write) -> io::Result<()> {
        match value {
            Value::List(items) => {
                out.write_all(b"[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.write_all(b",")?;
                    }
                    self.write(item, out)?;
                }
                out.write_all(b"]")
            }
            // A scalar that is a whole piece of JSON has an order of its own.
            Value::Object(fields) if !self.0.is_empty() => {
                let mut comma: &[u8] = b"{";
                for (place, (key, below)) in self.0.iter().enumerate() {
                    // They mostly are in order, so that nothing needs to be looked for.
                    let value = match fields.get_index(place) {
                        Some((there, value)) if there == key => Some(value),
                        _ => fields.get(key),
                    };
                    if let Some(value) = value {
                        out.write_all(comma)?;
                        comma = b",";
                        serde_json::to_writer(&mut *out, key.as_str())?;
                        out.write_all(b":")?;
                        below.write(value, out)?;
                    }
                }
                if fields.is_empty() {
                    out.write_all(b"{")?;
                }
                out.write_all(b"}")
            }
            // Rows that were written straight.
            Value::Binary(json) => out.write_all(json),
            value => Ok(serde_json::to_writer(&mut *out, value)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    fn written(order: &Order, value: &Value) -> String {
        let mut out = Vec::new();
        order.write(value, &mut out).expect("memory");
        String::from_utf8(out).expect("a text")
    }

    #[test]
    fn fields_come_as_asked_through_aliases_fragments_and_lists() {
        let document =
            parse_query("{ b: x { n ...F } a { z y } } fragment F on T { m ... on T { n k } }")
                .expect("a document");
        let operation = document.operations.iter().next().expect("an operation").1;
        let answer = value!({ "a": { "y": 1, "z": 2 }, "b": [{ "k": 1, "m": 2, "n": 3 }, null] });
        let order = Order::of(&document, &operation.node);
        let text = written(&order, &answer);
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
        let text = written(&order, &answer);
        assert_eq!(text, r#"{"a":1,"b":{"z":[{"y":1,"x":2}]}}"#);
    }

    #[test]
    fn rows_that_were_written_are_put_in_their_place() {
        let document = parse_query("{ a { b } }").expect("a document");
        let operation = document.operations.iter().next().expect("an operation").1;
        let order = Order::of(&document, &operation.node);
        let fields = [(Name::new("a"), Value::Binary(r#"[{"b":1}]"#.into()))];
        let answer = Value::Object(fields.into_iter().collect());
        assert_eq!(written(&order, &answer), r#"{"a":[{"b":1}]}"#);
        assert_eq!(written(&order, &value!({})), "{}");
    }

    #[test]
    fn an_object_that_is_asked_for_twice_is_found() {
        for (text, single) in [
            ("{ a { b c } d }", true),
            ("{ a { b ...F } } fragment F on T { b c }", true),
            ("{ a { b } a { c } }", false),
            ("{ a { b { c } ...F } } fragment F on T { b { d } }", false),
            ("{ a { b { c } ... on T { x: b { d } } } }", true),
            ("{ ...F ...F } fragment F on T { b { d } }", false),
        ] {
            let document = parse_query(text).expect("a document");
            let operation = document.operations.iter().next().expect("an operation").1;
            assert_eq!(
                Order::is_single(&document, &operation.node),
                single,
                "{text}"
            );
        }
    }
}
