//! Reading templates.

use async_graphql::{Context, Object, Result};
use entity::appraisal_template;

use super::enums::AppraisalTemplateOrder;
use super::inputs::AppraisalTemplateFilter;
use super::types::AppraisalTemplate;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about appraisal templates.
#[derive(Default)]
pub struct AppraisalTemplateQuery;

/// The queries about appraisal templates.
#[Object]
impl AppraisalTemplateQuery {
    /// A template by id; null when there is none within your reach. 考核模板
    async fn appraisal_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal_template::Entity>,
    ) -> Result<Option<AppraisalTemplate>> {
        let row = ctx.row::<appraisal_template::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalTemplate))
    }

    /// Templates: what is appraised in which family, and how it counts. 考核模板列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisal_templates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalTemplateFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalTemplateOrder>,
    ) -> Result<Option<Connection<AppraisalTemplate>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<appraisal_template::Entity, _>(ctx, args, filter, order, AppraisalTemplate).await
    }
}
