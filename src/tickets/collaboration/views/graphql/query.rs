//! Reading views.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::saved_view;

use super::types::SavedView;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::tickets::collaboration::views::store;

/// Which views. 视图筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct SavedViewFilter {
    /// Your own (true) or those that others share (false). 是否本人创建
    mine: Option<bool>,
}

/// How views are sorted. 视图排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ViewOrder")]
pub enum SavedViewOrder {
    /// By name. 按名称升序
    #[default]
    NameAsc,
    /// By name, backwards. 按名称降序
    NameDesc,
    /// The oldest first. 最早创建在前
    CreatedAtAsc,
    /// The newest first. 最新创建在前
    CreatedAtDesc,
}

/// The queries of views.
#[derive(Default)]
pub struct ViewQuery;

#[Object]
impl ViewQuery {
    /// A view by id: one of yours, or one that is shared with your team. 保存的视图
    async fn saved_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<saved_view::Entity>,
    ) -> Result<Option<SavedView>> {
        let call = ctx.call();
        let found = store::by_id(ctx.app().db.reader(), &call.viewer, id.uuid).await;
        Ok(found.on_field(call)?.map(SavedView))
    }

    /// Your views and those that are shared with your teams. 保存的视图列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn saved_views(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<SavedViewFilter>,
        #[graphql(desc = "In this order; by name when nothing is said. 排序")] order_by: Option<
            SavedViewOrder,
        >,
    ) -> Result<Option<Connection<SavedView>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = store::list(
            ctx.app().db.reader(),
            &call.viewer,
            store::ViewFilter {
                mine: filter.and_then(|filter| filter.mine),
            },
            order_by.unwrap_or_default().into(),
            &page,
            ctx.selects("totalCount"),
        )
        .await
        .on_field(call)?;
        Ok(Some(Connection::from_listing(listing, SavedView)))
    }
}
