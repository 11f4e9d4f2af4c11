//! Lists and single rows through the viewer's reach, alike for every table.

use std::fmt::Debug;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::scope::visible_query;
use super::{Permission, Scoped, Viewer, reach_of, visible};
use crate::db::along::{Along, Alongside};
use crate::db::filter::{IdMatches, unless};
use crate::db::first_page::{FirstPage, WithPage, with_first_page};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::db::part::{Columns, Reads};
use crate::db::{Pool, Reader};
use crate::error::{ApiError, Error, Result};

/// A table that is shown as a list with a filter and orderings.
pub trait Listed: Scoped {
    /// What can be asked for, as plain values.
    type Filter: Send + Sync;
    /// How it can be sorted.
    type Order: Copy + Debug + Send + Sync;

    /// The rows that a filter is about. The viewer is given for filters that look into other tables: they must look
    /// through the viewer's reach there.
    fn matching(filter: &Self::Filter, viewer: &Viewer) -> Condition;

    /// The columns of an ordering; the last one is unique.
    fn sorts(order: Self::Order) -> Vec<Sort<Self::Column>>;
}

/// One page of a table's list as this viewer sees it, with rows that its rows point at.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list and ordering.
pub async fn list<E>(
    connection: &impl Reader,
    viewer: &Viewer,
    filter: &E::Filter,
    order: E::Order,
    page: &Page,
    want_total: bool,
    along: &[Along],
) -> Result<Listing<E::Model>>
where
    E: Listed,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
{
    let mut query = visible_query::<E>(viewer, E::READ);
    query.cond_where(E::matching(filter, viewer));
    let tag = format!("{}:{order:?}", E::default().table_name());
    let sorts = E::sorts(order);
    let reads = Reads::<E> {
        in_part: E::IN_PART,
        along,
        pool: connection.pool(),
    };
    keyset::list_in_part(query, &tag, &sorts, page, want_total, reads, connection).await
}

/// Rows of `E` that are to come along with those whose column `points` at them. None where the viewer doesn't reach every one of
/// them: which ones it does is then asked once for all, and not row by row.
#[must_use]
pub fn along<E>(viewer: &Viewer, points: String, columns: Columns) -> Option<Along>
where
    E: Scoped<Model: Send + Sync + 'static>,
{
    let everything = reach_of::<E>(viewer, E::READ).is_empty();
    let in_part = E::IN_PART.filter(|_| everything)?;
    Along::new::<E>(points, columns, in_part)
}

/// One row under its table's permission, if the viewer's reach has it, in part and with rows that it points at.
///
/// # Errors
/// When the database fails.
pub async fn find_along<E: Scoped>(
    connection: &impl Reader,
    viewer: &Viewer,
    id: Uuid,
    columns: Columns,
    along: &[Along],
) -> Result<Option<(E::Model, Alongside)>> {
    let key = key::<E>()?;
    let mut query = visible_query::<E>(viewer, E::READ);
    query.and_where(key.eq(id));
    let reads = Reads::<E> {
        in_part: E::IN_PART,
        along,
        pool: connection.pool(),
    };
    let read = reads.rows(query, None, Some(1), columns, [key], connection);
    let read = read.await?;
    let row = read.models.into_iter().next();
    Ok(row.map(|row| (row, read.along)))
}

/// The same row with the first page of a list that hangs from it, in as few statements as the database is best served with: of a
/// table whose rows are read in part.
///
/// # Errors
/// When the database fails.
pub async fn find_with_first_page<E: Scoped, C>(
    connection: &impl Reader,
    viewer: &Viewer,
    id: Uuid,
    columns: Columns,
    along: &[Along],
    list: FirstPage<'_, C>,
) -> Result<Option<WithPage<E::Model, C::Model>>>
where
    C: EntityTrait<Model: ModelTrait<Entity = C> + Send + Sync>,
{
    let query = visible_query::<E>(viewer, E::READ);
    let reads = Reads::<E> {
        in_part: E::IN_PART,
        along,
        pool: connection.pool(),
    };
    with_first_page(query, (key::<E>()?, id), columns, reads, list, connection).await
}

/// One row under a permission, if the viewer's reach has it.
///
/// # Errors
/// When the database fails.
pub async fn find<E: Scoped>(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<Option<E::Model>> {
    Ok(visible::<E>(viewer, permission)
        .filter(key::<E>()?.eq(id))
        .one(connection)
        .await?)
}

/// The row that an action is about to change under `permission`, locked until the transaction ends.
///
/// # Errors
/// `NOT_FOUND` when the viewer can't see it; `FORBIDDEN` when it is seen but the reach for this action is too small.
pub async fn to_change<E: Scoped>(
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<E::Model> {
    viewer.require(permission)?;
    let row = visible::<E>(viewer, permission).filter(key::<E>()?.eq(id));
    match row.lock_exclusive().one(transaction).await? {
        Some(row) => Ok(row),
        None => Err(out_of_reach::<E>(transaction, viewer, permission, id).await),
    }
}

/// The same row without a lock.
///
/// # Errors
/// The same.
pub(crate) async fn reached<E: Scoped>(
    pool: &Pool,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<E::Model> {
    viewer.require(permission)?;
    let mut query = visible_query::<E>(viewer, permission);
    query.and_where(key::<E>()?.eq(id));
    let reads = Reads::<E> {
        in_part: E::IN_PART,
        pool: Some(pool),
        ..Reads::default()
    };
    let read = reads.rows(query, None, Some(1), Columns::ALL, [], pool);
    match read.await?.models.into_iter().next() {
        Some(row) => Ok(row),
        None => Err(out_of_reach::<E>(pool, viewer, permission, id).await),
    }
}

/// Why a row isn't there for an action.
async fn out_of_reach<E: Scoped>(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Error {
    match find::<E>(connection, viewer, E::READ, id).await {
        Ok(Some(_)) => viewer.reach_too_small(permission).into(),
        Ok(None) => ApiError::not_found().into(),
        Err(error) => error,
    }
}

/// Refuses a change that has put its row out of the changer's reach, or a new row that is outside of it.
///
/// # Errors
/// `FORBIDDEN` with the reach held.
pub async fn still_within<E: Scoped>(
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<()> {
    match find::<E>(transaction, viewer, permission, id).await? {
        Some(_) => Ok(()),
        None => Err(viewer.reach_too_small(permission).into()),
    }
}

/// Compares a reference as the viewer sees it: to a row out of reach it is none, as the field shows it. Otherwise a
/// filter would tell which rows there are.
pub fn compare_reference<E: Scoped>(
    wanted: &IdMatches,
    column: impl ColumnTrait,
    viewer: &Viewer,
) -> Condition {
    let reach = reach_of::<E>(viewer, E::READ);
    let Some(key) = <E::PrimaryKey as Iterable>::iter().next() else {
        return Condition::all();
    };
    if reach.is_empty() {
        return wanted.on(column);
    }
    let visible = E::find()
        .select_only()
        .column(key.into_column())
        .filter(reach)
        .into_query();
    let seen = Condition::all().add(column.in_subquery(visible));
    let compared = IdMatches {
        is_null: None,
        ..wanted.clone()
    };
    let compared = compared.on(column);
    let mut all = Condition::all();
    if !compared.is_empty() {
        all = all.add(compared).add(seen.clone());
    }
    match wanted.is_null {
        None => all,
        Some(true) => all.add(unless(seen)),
        Some(false) => all.add(seen),
    }
}

fn key<E: EntityTrait>() -> Result<E::Column> {
    <E::PrimaryKey as Iterable>::iter()
        .next()
        .map(PrimaryKeyToColumn::into_column)
        .ok_or_else(|| Error::internal("a table without a key"))
}
