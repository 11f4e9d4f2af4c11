//! The connection of a whole table, the same way for every table.

use async_graphql::{Context, OutputType};
use sea_orm::{FromQueryResult, ModelTrait};

use super::errors::OnField;
use super::{Ask, Connection, PageArgs};
use crate::access::{Listed, list};
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
    let call = ctx.call();
    let page = args.page().on_field(call)?;
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
