//! What an operation will cost at most, by the definition in [`cost`](crate::graphql::cost). Runs after the bounds,
//! so expanding fragments is a walk over at most as many selections as the limit allows.

use async_graphql::Value;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql_value::Value as Literal;

use super::bounds::is_introspection;
use super::values::Given;
use crate::graphql::cost::{
    ASSUMED_LIST, DEFAULT_PAGE, FieldCost, IDS_ARGUMENT, INTROSPECTION_COST, Multiplier,
    PAGE_ARGUMENTS, is_connection, page_size,
};
use crate::graphql::model::{SchemaModel, is_list, named_type};

/// Estimates one operation.
pub(super) struct Estimate<'a> {
    /// The schema.
    pub model: &'a SchemaModel,
    /// Where the fragments are.
    pub document: &'a ExecutableDocument,
    /// The variables, for page sizes.
    pub given: Given<'a>,
}

impl Estimate<'_> {
    /// The cost of an operation on its root type, the root included.
    pub(super) fn operation(&self, root: &str, set: &SelectionSet) -> u64 {
        self.set(set, root, DEFAULT_PAGE).saturating_add(1)
    }

    /// `page` is the size that the lists of a connection have. `@skip` and `@include` count as if everything was
    /// included, and unknown fields and fragments as nothing: validation refuses them.
    fn set(&self, set: &SelectionSet, type_name: &str, page: u64) -> u64 {
        set.items.iter().fold(0, |sum: u64, item| {
            sum.saturating_add(match &item.node {
                Selection::Field(field) => self.field(&field.node, type_name, page),
                Selection::InlineFragment(inline) => {
                    let on = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map_or(type_name, |condition| &condition.node.on.node);
                    self.set(&inline.node.selection_set.node, on, page)
                }
                Selection::FragmentSpread(spread) => self
                    .document
                    .fragments
                    .get(&spread.node.fragment_name.node)
                    .map_or(0, |fragment| {
                        self.set(
                            &fragment.node.selection_set.node,
                            &fragment.node.type_condition.node.on.node,
                            page,
                        )
                    }),
            })
        })
    }

    fn field(&self, field: &Field, type_name: &str, page: u64) -> u64 {
        if is_introspection(&field.name.node) {
            return INTROSPECTION_COST;
        }
        let Some(definition) = self.model.field(type_name, &field.name.node) else {
            return 0;
        };
        let cost = FieldCost::of(self.model, type_name, definition);
        let (times, inner_page) = match cost.multiplier {
            Multiplier::One if is_connection(type_name) && is_list(&definition.ty) => {
                (page, DEFAULT_PAGE)
            }
            Multiplier::One => (1, DEFAULT_PAGE),
            Multiplier::Assumed => (ASSUMED_LIST, DEFAULT_PAGE),
            Multiplier::Known(size) => (size, DEFAULT_PAGE),
            Multiplier::Ids => (self.ids(field), DEFAULT_PAGE),
            Multiplier::Rows(list) => (self.rows(field, list), DEFAULT_PAGE),
            Multiplier::Page => (self.asked_page(field), DEFAULT_PAGE),
            Multiplier::Connection => (1, self.asked_page(field)),
        };
        let inside = self.set(
            &field.selection_set.node,
            named_type(&definition.ty),
            inner_page,
        );
        inside
            .saturating_add(cost.weight.into())
            .saturating_mul(times)
    }

    /// How long a list in the input of a bulk mutation is, wherever the variables stand; at least 1.
    fn rows(&self, field: &Field, list: &str) -> u64 {
        let input = field.get_argument("input").map(|input| &input.node);
        let rows = match input {
            Some(Literal::Object(parts)) => match parts.get(list) {
                Some(Literal::List(rows)) => rows.len(),
                Some(Literal::Variable(name)) => self.given.get(name).map_or(1, length),
                _ => 1,
            },
            Some(Literal::Variable(name)) => match self.given.get(name) {
                Some(Value::Object(parts)) => parts.get(list).map_or(1, length),
                _ => 1,
            },
            _ => 1,
        };
        (rows as u64).max(1)
    }

    /// How many objects are asked for by their ids.
    fn ids(&self, field: &Field) -> u64 {
        match field.get_argument(IDS_ARGUMENT).map(|ids| &ids.node) {
            Some(Literal::List(ids)) => ids.len() as u64,
            Some(Literal::Variable(name)) => {
                self.given.get(name).map_or(1, |ids| length(ids) as u64)
            }
            Some(_) => 1,
            None => ASSUMED_LIST,
        }
    }

    fn asked_page(&self, field: &Field) -> u64 {
        page_size(PAGE_ARGUMENTS.into_iter().filter_map(|argument| {
            match &field.get_argument(argument)?.node {
                Literal::Number(number) => number.as_i64(),
                Literal::Variable(name) => match self.given.get(name)? {
                    Value::Number(number) => number.as_i64(),
                    _ => None,
                },
                _ => None,
            }
        }))
    }
}

/// The items of a list; anything else counts as one, as input coercion has it.
fn length(value: &Value) -> usize {
    match value {
        Value::List(items) => items.len(),
        _ => 1,
    }
}
