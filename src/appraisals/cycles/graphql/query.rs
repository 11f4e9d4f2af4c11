//! Reading cycles, and who would take part.

use async_graphql::{Context, Object, Result};
use entity::appraisal_cycle;

use super::enums::AppraisalCycleOrder;
use super::inputs::AppraisalCycleFilter;
use super::population::AppraisalPreview;
use super::types::AppraisalCycle;
use crate::appraisals::cycles::population;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about appraisal cycles.
#[derive(Default)]
pub struct AppraisalCycleQuery;

/// The queries about appraisal cycles.
#[Object]
impl AppraisalCycleQuery {
    /// A cycle by id; null when there is none within your reach. 考核周期
    async fn appraisal_cycle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal_cycle::Entity>,
    ) -> Result<Option<AppraisalCycle>> {
        let row = ctx.row::<appraisal_cycle::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalCycle))
    }

    /// Cycles: about which days, by which templates, and how far they are. 考核周期列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisal_cycles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalCycleFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalCycleOrder>,
    ) -> Result<Option<Connection<AppraisalCycle>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<appraisal_cycle::Entity, _>(ctx, args, filter, order, AppraisalCycle).await
    }

    /// Who would take part in a cycle if it were opened now, and why others wouldn't. 参评预览
    async fn appraisal_cycle_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] id: Id<appraisal_cycle::Entity>,
    ) -> Result<Option<AppraisalPreview>> {
        let call = ctx.call();
        let found = population::preview(ctx.app(), call, id.uuid).await;
        Ok(found.on_field(call)?.map(AppraisalPreview))
    }
}
