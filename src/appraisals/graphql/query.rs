//! Reading appraisals.

use async_graphql::{Context, Object, Result};
use entity::appraisal;

use super::enums::AppraisalOrder;
use super::inputs::AppraisalFilter;
use super::types::Appraisal;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about appraisals.
#[derive(Default)]
pub struct AppraisalQuery;

/// The queries about appraisals.
#[Object]
impl AppraisalQuery {
    /// An appraisal by id; null when there is none within your reach. 考核
    async fn appraisal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal::Entity>,
    ) -> Result<Option<Appraisal>> {
        let row = ctx.row::<appraisal::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Appraisal))
    }

    /// Appraisals: your own, of those whom you review, and those within your reach. 考核列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalOrder>,
    ) -> Result<Option<Connection<Appraisal>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<appraisal::Entity, _>(ctx, args, filter, order, Appraisal).await
    }
}
