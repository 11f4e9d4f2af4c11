//! Reading plans.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::reorganisation;

use super::enums::ReorganisationStateFilter;
use super::preview::ReorganisationPreview;
use super::types::Reorganisation;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::reorganisation::{actions, store};

/// Which plans. All given comparisons must hold. 方案筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReorganisationFilter {
    /// What has become of them. 状态
    state: Option<ReorganisationStateFilter>,
}

/// How plans are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ReorganisationOrder")]
pub enum ReorganisationOrder {
    /// The latest day first. 生效日期最晚
    #[default]
    TakesEffectDesc,
    /// The earliest day first. 生效日期最早
    TakesEffectAsc,
}

/// The queries about planned reorganisations.
#[derive(Default)]
pub struct ReorganisationQuery;

/// The queries about planned reorganisations.
#[Object]
impl ReorganisationQuery {
    /// A planned reorganisation by id. 组织调整方案
    async fn reorganisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<reorganisation::Entity>,
    ) -> Result<Option<Reorganisation>> {
        let row = ctx.row::<reorganisation::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Reorganisation))
    }

    /// Who would see what, were a plan applied on its day to the present organisation; nothing is written. Null when there is
    /// no such plan, or it has been applied or given up. 方案预览
    async fn reorganisation_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan. 方案")] id: Id<reorganisation::Entity>,
    ) -> Result<Option<ReorganisationPreview>> {
        let preview = actions::preview(ctx.app(), ctx.call(), id.uuid).await;
        Ok(preview.on_field(ctx.call())?.map(ReorganisationPreview))
    }

    /// Planned reorganisations, also those that were applied or given up. 组织调整方案列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn reorganisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<ReorganisationFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<ReorganisationOrder>,
    ) -> Result<Option<Connection<Reorganisation>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let plain = store::ReorganisationFilter {
            state: filter.unwrap_or_default().state.map(Into::into),
        };
        let order = order_by.unwrap_or_default().into();
        listing::<reorganisation::Entity, _>(ctx, args, Ok(plain), order, Reorganisation).await
    }
}
