//! Looking for needs, reading proposals, measuring effects.

use async_graphql::{Context, Object, Result};
use entity::{team, training_proposal, training_session};

use super::effect::TrainingEffect;
use super::enums::{TrainingNeedKind, TrainingProposalFilter, TrainingProposalOrder};
use super::types::{TrainingNeedList, TrainingProposal};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::training::needs::actions;

/// The queries about needs and effects.
#[derive(Default)]
pub struct TrainingNeedQuery;

/// The queries about needs and effects.
#[Object]
impl TrainingNeedQuery {
    /// What training the members within your reach need, and their teams, by today's data. 培训需求
    async fn training_needs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of members who are placed in this team today. 团队")]
        team_id: Option<Id<team::Entity>>,
        #[graphql(desc = "Only in these respects. 类型")] kinds: Option<Vec<TrainingNeedKind>>,
    ) -> Result<Option<TrainingNeedList>> {
        let kinds: Option<Vec<_>> = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let team = team_id.map(|id| id.uuid);
        let found = actions::needs(ctx.app(), ctx.call(), team, kinds.as_deref()).await;
        Ok(Some(TrainingNeedList(found.on_field(ctx.call())?)))
    }

    /// A proposal by id; null when there is none within your reach. 培训建议
    async fn training_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<training_proposal::Entity>,
    ) -> Result<Option<TrainingProposal>> {
        let row = ctx.row::<training_proposal::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TrainingProposal))
    }

    /// Proposals for members within your reach, and those that you made. 培训建议列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn training_proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TrainingProposalFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<TrainingProposalOrder>,
    ) -> Result<Option<Connection<TrainingProposal>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_proposal::Entity, _>(ctx, args, filter, order, TrainingProposal).await
    }

    /// What a session brought, by a metric; null when there is no such session within your reach. 培训效果
    async fn training_effect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session. 场次")] session_id: Id<training_session::Entity>,
        #[graphql(
            desc = "Key of the metric, about members and with a good side. 指标",
            default_with = "\"satisfaction\".to_owned()"
        )]
        metric_key: String,
    ) -> Result<Option<TrainingEffect>> {
        let found = actions::effect(ctx.app(), ctx.call(), session_id.uuid, &metric_key).await;
        Ok(found.on_field(ctx.call())?.map(TrainingEffect))
    }
}
