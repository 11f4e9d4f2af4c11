//! A view, and the tickets that it shows.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{saved_view, team};

use super::stored;
use crate::error::{Error, ErrorCode};
use crate::graphql::direct::Paged;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing_of;
use crate::graphql::{Ask, DateTime, Id, Json, PageArgs, SchemaFacts};
use crate::organisation::graphql::Team;
use crate::tickets::collaboration::views::store;
use crate::tickets::graphql::{Ticket, TicketOrder};

/// A filter of tickets that somebody keeps. 保存的视图
pub struct SavedView(pub saved_view::Model);

/// A filter of tickets that somebody keeps. 保存的视图
#[Object]
impl SavedView {
    /// The view's id, `view_...`. 视图 ID
    async fn id(&self) -> Id<saved_view::Entity> {
        Id::new(self.0.id)
    }

    /// Its name. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The filter, as `tickets(filter:)` takes it. 筛选条件
    async fn filter(&self) -> Json {
        Json(self.0.filter.clone())
    }

    /// The order; null when it is the usual one, newest first, or no longer there. 排序方式
    async fn order_by(&self) -> Option<TicketOrder> {
        let kept = self.0.ordering.as_deref()?;
        stored::read_order(Some(kept)).ok()
    }

    /// What the portal shows of each ticket, in its own words. 显示列
    async fn columns(&self) -> Vec<String> {
        serde_json::from_value(self.0.columns.clone()).unwrap_or_default()
    }

    /// Is it yours? Only then can you change it. 是否本人创建
    async fn mine(&self, ctx: &Context<'_>) -> bool {
        store::keeper(&ctx.call().viewer) == Some(self.0.user_id)
    }

    /// The team that it is shared with. 共享团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// Why it can't be shown to you, if so: the API has changed, or it compares what you may not see. 无法显示的原因
    async fn problem(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let facts = ctx.data_unchecked::<Arc<SchemaFacts>>();
        let order = stored::read_order_for(facts, call, self.0.ordering.as_deref());
        let filter = stored::read(ctx.app(), facts, call, &self.0.filter).await;
        match order.map(|_| ()).and(filter.map(|_| ())) {
            Ok(()) => Ok(None),
            Err(Error::Api(refusal))
                if matches!(refusal.code, ErrorCode::BadInput | ErrorCode::Forbidden) =>
            {
                Ok(Some(refusal.text.in_locale(call.locale).to_owned()))
            }
            Err(other) => Err(other).on_field(call),
        }
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was first kept. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// The tickets that it shows you: within your own reach, whoever made the view. 视图中的工单
    async fn tickets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Paged<Ticket>>> {
        let call = ctx.call();
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let facts = ctx.data_unchecked::<Arc<SchemaFacts>>();
        let order = stored::read_order_for(facts, call, self.0.ordering.as_deref());
        let order = order.on_field(call)?;
        let filter = stored::read(ctx.app(), facts, call, &self.0.filter).await;
        listing_of::<Ticket>(ctx, page, filter, order).await
    }
}
