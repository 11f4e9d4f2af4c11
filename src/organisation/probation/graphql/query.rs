//! Reading probations.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{member, probation};

use super::types::{Probation, ProbationStateFilter};
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::filters::IdFilter;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::organisation::probation::store;

/// Which probations. All given comparisons must hold. 试用期筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProbationFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// How far. 状态
    state: Option<ProbationStateFilter>,
    /// Running ones whose planned end is this day or earlier: those that wait for a decision by then. 截至该日待评审
    due_by: Option<Date>,
}

impl ProbationFilter {
    fn plain(self) -> error::Result<store::ProbationFilter> {
        let member = self.member_id;
        Ok(store::ProbationFilter {
            member_id: member
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            state: self.state.map(Into::into),
            due_by: self.due_by.map(|day| day.0),
        })
    }
}

/// How probations are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ProbationOrder")]
pub enum ProbationOrder {
    /// The nearest planned end first. 计划结束最早
    #[default]
    PlannedEndAsc,
    /// The latest planned end first. 计划结束最晚
    PlannedEndDesc,
}

/// The queries about probations.
#[derive(Default)]
pub struct ProbationQuery;

/// The queries about probations.
#[Object]
impl ProbationQuery {
    /// A probation by id. 试用期
    async fn probation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<probation::Entity>,
    ) -> Result<Option<Probation>> {
        let row = ctx.row::<probation::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Probation))
    }

    /// Probations within your reach; with `dueBy` those that wait for a decision. 试用期列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn probations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<ProbationFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<ProbationOrder>,
    ) -> Result<Option<Connection<Probation>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let plain = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<probation::Entity, _>(ctx, args, plain, order, Probation).await
    }
}
