//! Reading plans for improvement.

use async_graphql::{Context, Object, Result};
use entity::improvement_plan;

use super::inputs::ImprovementPlanFilter;
use super::types::{ImprovementPlan, ImprovementPlanOrder};
use crate::access::{Permission, find};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries of plans for improvement.
#[derive(Default)]
pub struct ImprovementQuery;

/// The queries of plans for improvement.
#[Object]
impl ImprovementQuery {
    /// A plan for improvement by id. 改进计划
    async fn improvement_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<improvement_plan::Entity>,
    ) -> Result<Option<ImprovementPlan>> {
        let (app, call, read) = (ctx.app(), ctx.call(), Permission::AppraisalRead);
        let row = find::<improvement_plan::Entity>(app.db.reader(), &call.viewer, read, id.uuid);
        Ok(row.await.on_field(call)?.map(ImprovementPlan))
    }

    /// Plans for improvement of the groups within your reach, of those that you are placed in, and those that you see to.
    /// 改进计划列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn improvement_plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<ImprovementPlanFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<ImprovementPlanOrder>,
    ) -> Result<Option<Connection<ImprovementPlan>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<improvement_plan::Entity, _>(ctx, args, filter, order, ImprovementPlan).await
    }
}
