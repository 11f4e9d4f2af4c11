//! The rows that others point at: where a row points, and how what it points at is read.

use std::marker::PhantomData;

use async_graphql::parser::types::SelectionSet;
use async_graphql::{Context, Result};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use super::plan::{Below, Parsed, Plan, Scout};
use super::wanted::columns_below;
use super::{Linked, To};
use crate::access::{Viewer, along};
use crate::db::along::Along;
use crate::db::part::Columns;
use crate::graphql::order::Fragments;

/// How it is found out where a row points.
pub enum Points<T> {
    /// It stands in the row.
    At(fn(&T, &Context<'_>) -> Option<Uuid>),
    /// It has to be sought, as the resolver does when it is given no arguments.
    Sought(for<'a, 'c> fn(&'a T, &'a Context<'c>) -> BoxFuture<'a, Result<Option<Uuid>>>),
}

impl<T> Points<T> {
    /// Where each of the rows points.
    ///
    /// # Errors
    /// The first row's failure.
    pub async fn of(&self, rows: &[&T], ctx: &Context<'_>) -> Result<Vec<Option<Uuid>>> {
        match self {
            Self::At(says) => Ok(rows.iter().map(|row| says(row, ctx)).collect()),
            Self::Sought(seek) => try_join_all(rows.iter().map(|row| seek(row, ctx))).await,
        }
    }
}

/// Where a resolver points that has nothing to wait for.
pub fn points_now<V>(field: impl Future<Output = Result<To<V>>>) -> Option<Uuid> {
    field.now_or_never()?.ok()?.id()
}

/// A table's rows, as others point at them.
pub trait Target: Sync {
    /// The plan for the rows that a field points at, if nothing of them is left to the library.
    fn below<'a>(&self, scout: &Scout<'a>, field: &'a Parsed) -> Option<Box<dyn Below + 'a>>;

    /// Which columns of them a selection looks at, and whether anything of it is left to the library.
    fn columns(&self, set: &SelectionSet, fragments: &Fragments) -> (Columns, bool);

    /// Those at which the column `points` points, if they can come along.
    fn along(&self, viewer: &Viewer, points: &str, columns: Columns) -> Option<Along>;
}

/// The rows that are shown as `V`.
pub struct Of<V>(PhantomData<fn() -> V>);

impl<V> Of<V> {
    /// There is but one of each type.
    pub const ITS: Self = Self(PhantomData);
}

impl<V: Linked> Target for Of<V> {
    fn below<'a>(&self, scout: &Scout<'a>, field: &'a Parsed) -> Option<Box<dyn Below + 'a>> {
        let plan = Plan::<V>::of(&scout.under(field), &field.node.selection_set.node)?;
        plan.late
            .is_empty()
            .then(|| Box::new(plan) as Box<dyn Below>)
    }

    fn columns(&self, set: &SelectionSet, fragments: &Fragments) -> (Columns, bool) {
        columns_below::<V>(set, fragments)
    }

    fn along(&self, viewer: &Viewer, points: &str, columns: Columns) -> Option<Along> {
        along::<V::Entity>(viewer, points.to_owned(), columns)
    }
}
