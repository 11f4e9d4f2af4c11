//! Which columns of a list's rows a query looks at.

use async_graphql::Context;
use async_graphql::parser::types::{Field as Parsed, Selection, SelectionSet};
use sea_orm::EntityTrait;

use super::{Field, Linked, is_called};
use crate::access::Scoped;
use crate::db::part::Columns;
use crate::graphql::order::Fragments;

/// The columns of the rows of the connection that is resolved: all of them, unless its table knows how to read its rows in part and
/// each selected field is known to look at one column, or at none but the id.
#[must_use]
pub fn wanted<V: Linked>(ctx: &Context<'_>) -> Columns {
    if <V::Entity as Scoped>::IN_PART.is_none() {
        return Columns::ALL;
    }
    let fragments = &ctx.query_env.fragments;
    let mut columns = Columns::NONE.and::<Column<V>>(|column| column == "id");
    each(&ctx.item.node.selection_set.node, fragments, &mut |field| {
        let rows = &field.selection_set.node;
        match field.name.node.as_str() {
            "nodes" => of_rows::<V>(rows, fragments, &mut columns),
            "edges" => each(rows, fragments, &mut |field| {
                if field.name.node == "node" {
                    of_rows::<V>(&field.selection_set.node, fragments, &mut columns);
                }
            }),
            _ => {}
        }
    });
    columns
}

type Column<V> = <<V as Linked>::Entity as EntityTrait>::Column;

fn of_rows<V: Linked>(set: &SelectionSet, fragments: &Fragments, columns: &mut Columns) {
    each(set, fragments, &mut |field| {
        *columns = of_field::<V>(field.name.node.as_str(), *columns);
    });
}

/// A plain field is called as its column; a field that is another row, as the column that points there without `_id`.
fn of_field<V: Linked>(name: &str, columns: Columns) -> Columns {
    match V::field(name) {
        _ if name == "__typename" || V::needs_only_id(name) => columns,
        Some(Field::Leaf(_)) => columns.and::<Column<V>>(|column| is_called(name, column)),
        Some(Field::Link(..)) => {
            let points = format!("{name}Id");
            columns.and::<Column<V>>(|column| is_called(&points, column))
        }
        None => Columns::ALL,
    }
}

/// Goes through the fields of a selection, also those that its directives or types may leave out.
fn each(set: &SelectionSet, fragments: &Fragments, seen: &mut dyn FnMut(&Parsed)) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => seen(&field.node),
            Selection::InlineFragment(inline) => {
                each(&inline.node.selection_set.node, fragments, seen);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    each(&fragment.node.selection_set.node, fragments, seen);
                }
            }
        }
    }
}
