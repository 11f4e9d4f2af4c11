//! A row with the first page of a list that hangs from it, on PostgreSQL in one statement.
//!
//! Who looks at a ticket looks at its newest comments too. They need nothing of the ticket but its id, which is known before it is
//! read: so the page is joined to the row, which then comes once for each row of the page.

use sea_orm::sea_query::{Alias, Expr, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, IdenStatic,
    JoinType, ModelTrait, QueryFilter, QueryTrait, Select,
};
use uuid::Uuid;

use super::along::Alongside;
use super::children::list_each;
use super::keyset::{Page, Slice, Sort, direction, slice_of};
use super::part::{Columns, InPart, Reads, came_along};
use crate::error::{Error, Result};

/// The first page of a list that hangs from a row.
pub struct FirstPage<'a, C: EntityTrait> {
    /// The rows of the list as far as the viewer reaches.
    pub select: Select<C>,
    /// The column that points at the row from which the list hangs.
    pub parent: C::Column,
    /// The name of the ordering, for cursors.
    pub tag: &'a str,
    /// The ordering; no column of it may be null, and the last one is unique.
    pub sorts: &'a [Sort<C::Column>],
    /// Which page: one without a cursor.
    pub page: &'a Page,
    /// How the rows are read in part.
    pub in_part: InPart<C>,
}

/// A row with what it points at, and the page of its list.
pub type WithPage<M, C> = (M, Alongside, Slice<C>);

/// Reads `columns` of the row of a query whose `key` is `id`, what it points at, and the page of its list: of a table whose rows
/// are read in part. SQLite copies every value of every row, so that there two statements are cheaper than one whose rows all
/// repeat the first.
///
/// # Errors
/// When the database fails.
pub async fn with_first_page<E, C>(
    mut query: SelectStatement,
    (key, id): (E::Column, Uuid),
    columns: Columns,
    reads: Reads<'_, E>,
    list: FirstPage<'_, C>,
    connection: &impl ConnectionTrait,
) -> Result<Option<WithPage<E::Model, C::Model>>>
where
    E: EntityTrait<Model: FromQueryResult>,
    C: EntityTrait<Model: FromQueryResult + ModelTrait<Entity = C> + Send + Sync>,
{
    query.and_where(key.eq(id));
    if connection.get_database_backend() == DbBackend::Sqlite {
        let read = reads.rows(query, None, Some(1), columns, [key], connection);
        let read = read.await?;
        let Some(row) = read.models.into_iter().next() else {
            return Ok(None);
        };
        let parents = [id];
        let pages = list_each(
            list.select,
            list.parent,
            &parents,
            list.tag,
            list.sorts,
            list.page,
            false,
            Some(list.in_part),
            connection,
        );
        let page = pages.await?.remove(&id);
        let page = page.ok_or_else(|| Error::internal("a list without an answer"))?;
        return Ok(Some((row, read.along, page.slice)));
    }

    let in_part = reads.in_part;
    let in_part = in_part.ok_or_else(|| Error::internal("a table that isn't read in part"))?;
    let columns = columns.with([key]);
    let along = reads.select(&mut query, columns);
    let listed = list.join(&mut query, (key, id));
    let rows = reads.asked(&query, connection).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let row = in_part(first, columns, 0)?;
    let (alongside, from) = came_along::<E>(&rows[..1], columns, along)?;
    let before_parent = listed.of::<C::Column>();
    let before_parent = before_parent.take_while(|column| column.as_str() != list.parent.as_str());
    let points = from + before_parent.count();
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        // Of an empty list there is one row without anything.
        if row.try_get_by_index::<Option<Uuid>>(points)?.is_some() {
            found.push((list.in_part)(row, listed, from)?);
        }
    }
    let slice = slice_of::<C>(found, list.tag, list.sorts, list.page);
    Ok(Some((row, alongside, slice)))
}

impl<C: EntityTrait> FirstPage<'_, C> {
    /// Joins the page to the row of a query, and says which columns it adds. A join keeps no order, so the query gets the page's.
    fn join(&self, query: &mut SelectStatement, (key, id): (impl ColumnTrait, Uuid)) -> Columns {
        let sorts = self.sorts.iter().map(|sort| sort.column);
        let listed = self.page.columns.with(sorts.chain([self.parent]));
        let alias = Alias::new("hanging");
        let at = |column: C::Column| (alias.clone(), column);
        let mut hanging = self.select.clone().filter(self.parent.eq(id)).into_query();
        hanging.clear_selects().limit(self.page.limit + 1);
        for column in listed.of::<C::Column>() {
            hanging.expr(column.into_expr());
            query.expr(column.select_as(Expr::col(at(column))));
        }
        for sort in self.sorts {
            let direction = direction(sort, self.page.backward).0;
            hanging.order_by(sort.column, direction.clone());
            query.order_by(at(sort.column), direction);
        }
        let points = Expr::col(at(self.parent)).eq(Expr::col(key.as_column_ref()));
        query.join_subquery(JoinType::LeftJoin, hanging, alias.clone(), points);
        listed
    }
}
