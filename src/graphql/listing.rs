//! The connection of a whole table, the same way for every table.

use async_graphql::{Context, OutputType};
use sea_orm::{EntityTrait, FromQueryResult, ModelTrait};

use super::direct::{Linked, wanted};
use super::errors::OnField;
use super::{Ask, Connection, PageArgs};
use crate::access::{Listed, list};
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
    read::<E, V>(ctx, args, Columns::ALL, filter, order, view).await
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
) -> async_graphql::Result<Option<Connection<V>>>
where
    V: Linked<Entity: Listed> + OutputType,
    <V::Entity as EntityTrait>::Model: FromQueryResult,
{
    let columns = wanted::<V>(ctx);
    let rows = read::<V::Entity, V>(ctx, args, columns, filter, order, V::of).await?;
    Ok(rows.map(Connection::directly))
}

async fn read<E, V>(
    ctx: &Context<'_>,
    args: PageArgs,
    columns: Columns,
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
        columns,
        ..args.page().on_field(call)?
    };
    let filter = filter.on_field(call)?;
    let listing = list::<E>(
        ctx.app().db.reader(),
        &call.viewer,
        &filter,
        order,
        &page,
        ctx.selects("totalCount"),
    )
    .await
    .on_field(call)?;
    Ok(Some(Connection::from_listing(listing, view)))
}
