//! Reading contests, and what waits for a judge.

use async_graphql::{Context, Object, Result};
use entity::contest;

use super::enums::{ContestFilter, ContestOrder};
use super::results::ContestJudgingTask;
use super::types::Contest;
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::training::contests::actions;

/// The queries about contests.
#[derive(Default)]
pub struct ContestQuery;

/// The queries about contests.
#[Object]
impl ContestQuery {
    /// A contest by id; null when there is none within your reach. 技能竞赛
    async fn contest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<contest::Entity>,
    ) -> Result<Option<Contest>> {
        let row = ctx.row::<contest::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Contest))
    }

    /// Contests: all that aren't drafts, and your own drafts. 技能竞赛列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn contests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<ContestFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<ContestOrder>,
    ) -> Result<Option<Connection<Contest>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<contest::Entity, _>(ctx, args, filter, order, Contest).await
    }

    /// The entrants who wait for your score as a judge, contest by contest; without those whom a declared conflict keeps from
    /// you. 待评选手
    async fn contest_judging_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 100. 条数", default = 20)] first: i64,
    ) -> Result<Option<Vec<ContestJudgingTask>>> {
        let call = ctx.call();
        let limit = usize::try_from(first)
            .ok()
            .filter(|first| (1..=100).contains(first));
        let limit = limit.ok_or_else(|| {
            let error = ApiError::bad_input(
                "first",
                format!("{first} is not between 1 and 100"),
                format!("{first} 不在 1 到 100 之间"),
            );
            from_api(call, &error)
        })?;
        let tasks = actions::judging_tasks(ctx.app(), call, limit).await;
        let tasks = tasks.on_field(call)?;
        Ok(Some(tasks.into_iter().map(ContestJudgingTask).collect()))
    }
}
