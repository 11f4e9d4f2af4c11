//! Keeping, changing and deleting views.

use std::sync::Arc;

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{saved_view, team};
use serde_json::Value;

use super::stored;
use super::types::SavedView;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Id, Outcome, SchemaFacts};
use crate::mutation_payload;
use crate::tickets::collaboration::views::actions;
use crate::tickets::graphql::{TicketFilter, TicketOrder};

/// A new view. 新建视图
#[derive(InputObject)]
pub struct SavedViewCreateInput {
    /// Its name, 1 to 100 characters. 名称
    name: String,
    /// The filter, as `tickets(filter:)` takes it. 筛选条件
    filter: TicketFilter,
    /// The order; newest first when nothing is said. 排序方式
    order_by: Option<TicketOrder>,
    /// What the portal shows of each ticket, in its own words; at most 50. 显示列
    #[graphql(default)]
    columns: Vec<String>,
    /// A team to share it with; needs `view.share` for that team. 共享团队
    team_id: Option<Id<team::Entity>>,
    /// Repeating the mutation with the same key within 24 hours gives the same view. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a view of yours; what is absent stays. 修改视图
#[derive(InputObject)]
pub struct SavedViewUpdateInput {
    /// The view. 视图
    id: Id<saved_view::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Its name, 1 to 100 characters. 名称
    name: Option<String>,
    /// The filter, as `tickets(filter:)` takes it. 筛选条件
    filter: Option<TicketFilter>,
    /// The order; null for the usual one. 排序方式
    order_by: MaybeUndefined<TicketOrder>,
    /// What the portal shows of each ticket; at most 50. 显示列
    columns: Option<Vec<String>>,
    /// The team to share it with; null shares it no longer. 共享团队
    team_id: MaybeUndefined<Id<team::Entity>>,
}

/// Which view of yours goes. 删除视图
#[derive(InputObject)]
pub struct SavedViewDeleteInput {
    /// The view. 视图
    id: Id<saved_view::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

mutation_payload!(SavedViewCreatePayload, saved_view: SavedView, "The new view; null when it was refused. 新视图");
mutation_payload!(SavedViewUpdatePayload, saved_view: SavedView, "The changed view; null when it was refused. 已修改的视图");
mutation_payload!(SavedViewDeletePayload, saved_view: SavedView, "The view that is gone; null when it was refused. 已删除的视图");

/// The filter as it is kept, after it was read as it will be read later.
async fn kept(ctx: &Context<'_>, filter: &TicketFilter) -> crate::error::Result<Value> {
    let kept = stored::keep(filter)?;
    let facts = ctx.data_unchecked::<Arc<SchemaFacts>>();
    stored::read(ctx.app(), facts, ctx.call(), &kept).await?;
    Ok(kept)
}

/// The mutations of views.
#[derive(Default)]
pub struct ViewMutation;

#[Object]
impl ViewMutation {
    /// Keeps a filter of tickets under a name, for oneself or shared with a team. 新建视图
    async fn saved_view_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new view.")] input: SavedViewCreateInput,
    ) -> Result<Option<SavedViewCreatePayload>> {
        let call = ctx.call();
        let order = input.order_by.map(stored::keep_order).transpose();
        let create = actions::ViewCreate {
            name: input.name,
            filter: kept(ctx, &input.filter).await.on_field(call)?,
            ordering: order.on_field(call)?.flatten(),
            columns: input.columns,
            team_id: input.team_id.map(|id| id.uuid),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::create(ctx.app(), call, create)
            .await
            .map(SavedView);
        Ok(Some(Outcome::from_result(call, done)?.into()))
    }

    /// Changes a view of yours, or whom it is shared with. 修改视图
    async fn saved_view_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: SavedViewUpdateInput,
    ) -> Result<Option<SavedViewUpdatePayload>> {
        let call = ctx.call();
        let filter = match &input.filter {
            Some(filter) => Some(kept(ctx, filter).await.on_field(call)?),
            None => None,
        };
        let ordering = match input.order_by {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(order) => Some(stored::keep_order(order).on_field(call)?),
        };
        let update = actions::ViewUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: input.name,
            filter,
            ordering,
            columns: input.columns,
            team_id: match input.team_id {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(team) => Some(Some(team.uuid)),
            },
        };
        let done = actions::update(ctx.app(), call, update)
            .await
            .map(SavedView);
        Ok(Some(Outcome::from_result(call, done)?.into()))
    }

    /// Deletes a view of yours. 删除视图
    async fn saved_view_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which view.")] input: SavedViewDeleteInput,
    ) -> Result<Option<SavedViewDeletePayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::delete(ctx.app(), call, id, version)
            .await
            .map(SavedView);
        Ok(Some(Outcome::from_result(call, done)?.into()))
    }
}
