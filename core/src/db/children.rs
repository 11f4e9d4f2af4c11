//! One page of children for each of many parents, in one statement: what nested lists read.
//!
//! The rows of each parent are numbered in the order asked for, and those up to the size of the page are taken, so that
//! a hundred parents cost as many statements as one.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Expr, OverStatement, WindowStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, ModelTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, Value,
};
use uuid::Uuid;

use super::keyset::{Listing, Page, Sort, after_cursor, direction, slice_of};
use super::part::{InPart, Reads};
use crate::error::Result;

/// Reads the same page of `select` for each of `parents`, which the column `parent` points at. One statement, and one more when the whole lists are to be counted.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this ordering.
#[expect(
    clippy::too_many_arguments,
    reason = "a page has five facts, and a list four"
)]
pub async fn list_each<E>(
    select: Select<E>,
    parent: E::Column,
    parents: &[Uuid],
    tag: &str,
    sorts: &[Sort<E::Column>],
    page: &Page,
    want_total: bool,
    in_part: Option<InPart<E>>,
    connection: &impl ConnectionTrait,
) -> Result<HashMap<Uuid, Listing<E::Model>>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
{
    let of_parents = select.filter(parent.is_in(super::padded(parents.iter().copied())));
    let mut totals = if want_total {
        count_each(of_parents.clone(), parent, connection).await?
    } else {
        HashMap::new()
    };
    let candidates = match after_cursor(tag, sorts, page)? {
        Some(beyond) => of_parents.filter(beyond),
        None => of_parents,
    };
    let mut rows = if parents.len() == 1 {
        candidates
    } else {
        first_of_each(candidates, parent, sorts, page)
    };
    for sort in sorts {
        rows = match direction(sort, page.backward) {
            (order, Some(nulls)) => rows.order_by_with_nulls(sort.column, order, nulls),
            (order, None) => rows.order_by(sort.column, order),
        };
    }
    let mut by_parent: HashMap<Uuid, Vec<E::Model>> =
        parents.iter().map(|id| (*id, Vec::new())).collect();
    let reads = Reads::<E> {
        in_part,
        ..Reads::default()
    };
    let also = sorts.iter().map(|sort| sort.column).chain([parent]);
    let limit = (parents.len() == 1).then_some(page.limit + 1);
    let query = rows.into_query();
    let read = reads.rows(query, None, limit, page.columns, also, connection);
    for row in read.await?.models {
        if let Some(list) = parent_of(&row, parent).and_then(|id| by_parent.get_mut(&id)) {
            list.push(row);
        }
    }
    Ok(by_parent
        .into_iter()
        .map(|(id, models)| {
            let listing = Listing {
                slice: slice_of::<E>(models, tag, sorts, page),
                total: want_total.then(|| totals.remove(&id).unwrap_or(0)),
            };
            (id, listing)
        })
        .collect())
}

/// The parent that a row points at.
pub fn parent_of<M: ModelTrait>(
    row: &M,
    parent: <M::Entity as EntityTrait>::Column,
) -> Option<Uuid> {
    match row.get(parent) {
        Value::Uuid(id) => id,
        _ => None,
    }
}

/// Each parent's first rows, with one more than the page has.
fn first_of_each<E: EntityTrait>(
    candidates: Select<E>,
    parent: E::Column,
    sorts: &[Sort<E::Column>],
    page: &Page,
) -> Select<E> {
    let mut window = WindowStatement::new();
    window.add_partition_by(Expr::col(parent.as_column_ref()));
    for sort in sorts {
        let column = sort.column.as_column_ref();
        match direction(sort, page.backward) {
            (order, Some(nulls)) => window.order_by_with_nulls(column, order, nulls),
            (order, None) => window.order_by(column, order),
        };
    }
    let place = Alias::new("place");
    let mut numbered = candidates.into_query();
    numbered.expr_window_as(Expr::cust("ROW_NUMBER()"), window, place.clone());
    // By the table's own name, so that its columns are called as ever.
    let table = Alias::new(E::default().table_name());
    let mut first = E::find().filter(Expr::col(place).lte(page.limit + 1));
    QuerySelect::query(&mut first)
        .from_clear()
        .from_subquery(numbered, table);
    first
}

/// How many rows each parent has; parents without any are absent.
async fn count_each<E: EntityTrait>(
    select: Select<E>,
    parent: E::Column,
    connection: &impl ConnectionTrait,
) -> Result<HashMap<Uuid, u64>> {
    let counts: Vec<(Uuid, i64)> = select
        .select_only()
        .column(parent)
        .expr_as(Expr::cust("COUNT(*)"), "total")
        .group_by(parent)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(counts
        .into_iter()
        .map(|(id, total)| (id, u64::try_from(total).unwrap_or(0)))
        .collect())
}
