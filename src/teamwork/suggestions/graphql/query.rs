//! Reading and following suggestions.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, Result, Subscription};
use entity::suggestion;
use futures_util::{Stream, StreamExt};

use super::types::Suggestion;
use crate::access::{Permission, find};
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::filters::{DateTimeFilter, StringFilter};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::teamwork::SUGGESTION_CHANGED;
use crate::teamwork::graphql::{SuggestionAreaFilter, SuggestionStateFilter};
use crate::teamwork::suggestions::store;

/// Which suggestions. All given comparisons must hold. 改进建议筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct SuggestionFilter {
    /// How far they are. 状态
    state: Option<SuggestionStateFilter>,
    /// What they are about. 领域
    area: Option<SuggestionAreaFilter>,
    /// Their line. 标题
    title: Option<StringFilter>,
    /// When they were submitted. 提交时间
    created_at: Option<DateTimeFilter>,
    /// Only your own. 仅本人提交
    #[graphql(default)]
    mine: bool,
    /// You look after them, or not. 是否由本人处理
    handled_by_me: Option<bool>,
    /// You support them, or not. 本人是否附议
    supported_by_me: Option<bool>,
}

impl From<SuggestionFilter> for store::SuggestionFilter {
    fn from(filter: SuggestionFilter) -> Self {
        Self {
            state: filter.state.map(Into::into),
            area: filter.area.map(Into::into),
            title: filter.title.map(Into::into),
            created_at: filter.created_at.map(Into::into),
            mine: filter.mine,
            handled_by_me: filter.handled_by_me,
            supported_by_me: filter.supported_by_me,
        }
    }
}

/// How suggestions are sorted. 改进建议排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::SuggestionOrder")]
pub enum SuggestionOrder {
    /// The latest first. 最新
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早
    CreatedAtAsc,
    /// The one with the most supporters first. 附议最多
    SupportersDesc,
}

/// The queries about suggestions.
#[derive(Default)]
pub struct SuggestionQuery;

/// The queries about suggestions.
#[Object]
impl SuggestionQuery {
    /// A suggestion by id. 改进建议
    async fn suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<suggestion::Entity>,
    ) -> Result<Option<Suggestion>> {
        let row = ctx.row::<suggestion::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Suggestion))
    }

    /// The suggestions within your reach. 改进建议列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<SuggestionFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<SuggestionOrder>,
    ) -> Result<Option<Connection<Suggestion>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<suggestion::Entity, _>(ctx, args, filter, order, Suggestion).await
    }
}

/// The subscription to suggestions.
#[derive(Default)]
pub struct SuggestionSubscription;

#[Subscription]
impl SuggestionSubscription {
    /// The suggestions within your reach, or one of them, as they are submitted, supported and taken a step further; each as
    /// it is then. 改进建议变更订阅
    async fn suggestion_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this suggestion.")] id: Option<Id<suggestion::Entity>>,
    ) -> Result<impl Stream<Item = Result<Suggestion>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let interest = Interest::in_kinds(&[SUGGESTION_CHANGED])
            .about(id.map(|id| id.uuid))
            .needing(Permission::SuggestionRead);
        Ok(follow(ctx, interest)?.filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                let Delivered { event, call } = match item {
                    Ok(delivered) => delivered,
                    Err(error) => return Some(Err(error)),
                };
                let read = Permission::SuggestionRead;
                let (db, id) = (app.db.reader(), event.entity_id);
                let found = find::<suggestion::Entity>(db, &call.viewer, read, id).await;
                Some(found.on_field(&call).transpose()?.map(Suggestion))
            }
        }))
    }
}
