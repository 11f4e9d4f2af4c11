//! Which columns of rows a query looks at, and which of the rows that they point at are to come along.

use std::marker::PhantomData;

use async_graphql::Context;
use async_graphql::parser::types::{Field as Parsed, Selection, SelectionSet};
use sea_orm::{EntityTrait, IdenStatic, Iterable};

use super::{Direct, Field, Linked, Points, Target, is_called};
use crate::access::Scoped;
use crate::db::along::Along;
use crate::db::part::Columns;
use crate::graphql::Ask;
use crate::graphql::order::Fragments;

/// What is looked at of the rows of a table.
pub struct Wanted {
    /// Which of their columns: all, unless the table knows how to read its rows in part and each selected field is known to look
    /// at one column, or at none but the id.
    pub columns: Columns,
    /// What they point at that can be read with them.
    pub along: Vec<Along>,
}

/// What is looked at of the rows of the connection that is resolved.
#[must_use]
pub fn wanted_of_list<V: Linked>(ctx: &Context<'_>) -> Wanted {
    wanted::<V>(ctx, Seen::connection)
}

/// Which columns are looked at of the rows of the connection that is resolved, when they are those of a table that others don't
/// point at.
#[must_use]
pub fn columns_of_list<V: Direct, E: EntityTrait>(ctx: &Context<'_>) -> Columns {
    let mut seen = Seen::<V, E::Column>::default();
    let set = &ctx.item.node.selection_set.node;
    seen.connection(set, &ctx.query_env.fragments);
    seen.columns
}

/// What is looked at of the row that is resolved.
#[must_use]
pub fn wanted_of_row<V: Linked>(ctx: &Context<'_>) -> Wanted {
    wanted::<V>(ctx, Seen::rows)
}

fn wanted<V: Linked>(
    ctx: &Context<'_>,
    look: impl FnOnce(&mut SeenOf<V>, &SelectionSet, &Fragments),
) -> Wanted {
    let mut seen = SeenOf::<V>::default();
    if <V::Entity as Scoped>::IN_PART.is_none() {
        return Wanted {
            columns: Columns::ALL,
            along: Vec::new(),
        };
    }
    look(
        &mut seen,
        &ctx.item.node.selection_set.node,
        &ctx.query_env.fragments,
    );
    let viewer = &ctx.call().viewer;
    let links = seen.links.into_iter().filter(|link| link.joined);
    let along = links.filter_map(|link| link.target.along(viewer, link.points, link.columns));
    Wanted {
        columns: seen.columns,
        along: along.collect(),
    }
}

/// Which columns a selection looks at of rows that others point at, and whether anything of it is left to the library.
pub(super) fn columns_below<V: Linked>(
    set: &SelectionSet,
    fragments: &Fragments,
) -> (Columns, bool) {
    let mut seen = SeenOf::<V>::default();
    seen.rows(set, fragments);
    (seen.columns, seen.late)
}

/// Does the field show the row at which the column points? Then the column is called as the field, with `_id`.
pub(super) fn points_by(field: &str, column: &str) -> bool {
    let called = column.strip_suffix("_id");
    called.is_some_and(|called| is_called(field, called))
}

/// What was seen so far of rows that are shown as `V` and have the columns `C`.
struct Seen<V, C> {
    columns: Columns,
    links: Vec<Link>,
    /// Is anything left to the library?
    late: bool,
    rows: PhantomData<fn() -> (V, C)>,
}

type SeenOf<V> = Seen<V, <<V as Linked>::Entity as EntityTrait>::Column>;

/// A field that is another row.
struct Link {
    points: &'static str,
    target: &'static dyn Target,
    /// All that are looked at, also by a selection of which something is left to the library: the plan may find less of it left, as
    /// it knows which fragments apply.
    columns: Columns,
    /// Is there a selection of which nothing is left to the library?
    joined: bool,
}

impl<V: Direct, C: Iterable + IdenStatic> Default for Seen<V, C> {
    fn default() -> Self {
        Self {
            columns: Columns::NONE.and::<C>(|column| column == "id"),
            links: Vec::new(),
            late: false,
            rows: PhantomData,
        }
    }
}

impl<V: Direct, C: Iterable + IdenStatic> Seen<V, C> {
    fn connection(&mut self, set: &SelectionSet, fragments: &Fragments) {
        each(set, fragments, &mut |field| {
            let rows = &field.selection_set.node;
            match field.name.node.as_str() {
                "nodes" => self.rows(rows, fragments),
                "edges" => each(rows, fragments, &mut |field| {
                    if field.name.node == "node" {
                        self.rows(&field.selection_set.node, fragments);
                    }
                }),
                _ => {}
            }
        });
    }

    fn rows(&mut self, set: &SelectionSet, fragments: &Fragments) {
        each(set, fragments, &mut |field| self.field(field, fragments));
    }

    /// A plain field is called as its column; a field that is another row, as the column that points there without `_id`.
    fn field(&mut self, field: &Parsed, fragments: &Fragments) {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return;
        }
        match V::field(name) {
            Some(Field::Leaf(_)) => {
                let columns = self.columns;
                self.columns = columns.and::<C>(|column| is_called(name, column));
            }
            Some(Field::Link(Points::At(_), target)) => {
                let columns = self.columns;
                self.columns = columns.and::<C>(|column| points_by(name, column));
                let (columns, late) = target.columns(&field.selection_set.node, fragments);
                self.late |= late;
                let mut all = C::iter().map(|column| column.as_str());
                if let Some(points) = all.find(|column| points_by(name, column)) {
                    self.link(Link {
                        points,
                        target,
                        columns,
                        joined: !late,
                    });
                }
            }
            other => {
                self.late |= other.is_none();
                if !V::needs_only_id(name) {
                    self.columns = Columns::ALL;
                }
            }
        }
    }

    fn link(&mut self, link: Link) {
        let mut links = self.links.iter_mut();
        match links.find(|known| known.points == link.points) {
            Some(known) => {
                known.columns = known.columns.or(link.columns);
                known.joined |= link.joined;
            }
            None => self.links.push(link),
        }
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
