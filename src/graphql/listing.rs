//! The connection of a whole table, and one row of it, the same way for every table.

use async_graphql::{Context, OutputType};
use sea_orm::{EntityTrait, FromQueryResult, ModelTrait};
use uuid::Uuid;

use super::direct::{Directly, Linked, Paged, Wanted, wanted_of_list, wanted_of_row};
use super::errors::OnField;
use super::{Ask, Connection, PageArgs};
use crate::access::{Listed, find_along, list};
use crate::db::keyset::Page;
use crate::db::part::Columns;
use crate::error::Result;

/// One page of a table's list as the viewer sees it.
///
/// # Errors
/// `BAD_INPUT` when an argument is wrong.
pub async fn listing<E, V>(
    ctx: &Context<'_>,
    args: PageArgs,
    filter: Result<E::Filter>,
    order: E::Order,
    view: impl Fn(E::Model) -> V,
) -> async_graphql::Result<Option<Connection<V>>>
where
    E: Listed,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
    V: OutputType,
{
    let whole = Wanted {
        columns: Columns::ALL,
        along: Vec::new(),
    };
    read::<E, V>(ctx, args, whole, filter, order, view).await
}

/// The same of objects that are written straight; of wide rows only what is selected is read.
///
/// # Errors
/// `BAD_INPUT` when an argument is wrong.
pub async fn listing_of<V>(
    ctx: &Context<'_>,
    args: PageArgs,
    filter: Result<<V::Entity as Listed>::Filter>,
    order: <V::Entity as Listed>::Order,
) -> async_graphql::Result<Option<Paged<V>>>
where
    V: Linked<Entity: Listed> + OutputType,
    <V::Entity as EntityTrait>::Model: FromQueryResult,
{
    let wanted = wanted_of_list::<V>(ctx);
    let rows = read::<V::Entity, V>(ctx, args, wanted, filter, order, V::of).await?;
    Ok(rows.map(Paged::new))
}

async fn read<E, V>(
    ctx: &Context<'_>,
    args: PageArgs,
    wanted: Wanted,
    filter: Result<E::Filter>,
    order: E::Order,
    view: impl Fn(E::Model) -> V,
) -> async_graphql::Result<Option<Connection<V>>>
where
    E: Listed,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync,
    V: OutputType,
{
    let call = ctx.call();
    let page = Page {
        columns: wanted.columns,
        ..args.page(ctx).on_field(call)?
    };
    let filter = filter.on_field(call)?;
    let listing = list::<E>(
        ctx.app().db.reader(),
        &call.viewer,
        &filter,
        order,
        &page,
        ctx.selects("totalCount"),
        &wanted.along,
    )
    .await
    .on_field(call)?;
    Ok(Some(Connection::from_listing(listing, view)))
}

/// One row of a table by its id, as the viewer sees it: written straight, and read only as far as it is looked at.
///
/// # Errors
/// When the database fails.
pub async fn row_of<V>(ctx: &Context<'_>, id: Uuid) -> async_graphql::Result<Option<Directly<V>>>
where
    V: Linked,
{
    let Wanted { columns, along } = wanted_of_row::<V>(ctx);
    let (call, reader) = (ctx.call(), ctx.app().db.reader());
    let found = find_along::<V::Entity>(reader, &call.viewer, id, columns, &along).await;
    let found = found.on_field(call)?;
    Ok(found.map(|(row, alongside)| Directly::new(V::of(row), alongside)))
}
