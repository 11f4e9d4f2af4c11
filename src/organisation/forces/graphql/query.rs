//! Reading task forces.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::task_force;

use super::types::TaskForce;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::organisation::forces::store;

/// Which task forces. All given comparisons must hold. 联合工作组筛选
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct TaskForceFilter {
    /// Dissolved, or not yet. 是否已解散
    dissolved: Option<bool>,
    /// Planned to end before this day. 计划结束早于
    planned_end_before: Option<Date>,
}

/// How task forces are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::TaskForceOrder")]
pub enum TaskForceOrder {
    /// The nearest planned end first. 计划结束最早
    #[default]
    PlannedEndAsc,
    /// The latest planned end first. 计划结束最晚
    PlannedEndDesc,
}

/// The queries about task forces.
#[derive(Default)]
pub struct TaskForceQuery;

/// The queries about task forces.
#[Object]
impl TaskForceQuery {
    /// A joint task force by id. 联合工作组
    async fn task_force(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<task_force::Entity>,
    ) -> Result<Option<TaskForce>> {
        let row = ctx.row::<task_force::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TaskForce))
    }

    /// Joint task forces. 联合工作组列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn task_forces(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TaskForceFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<TaskForceOrder>,
    ) -> Result<Option<Connection<TaskForce>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default();
        let plain = store::TaskForceFilter {
            dissolved: filter.dissolved,
            planned_end_before: filter.planned_end_before.map(|day| day.0),
        };
        let order = order_by.unwrap_or_default().into();
        listing::<task_force::Entity, _>(ctx, args, Ok(plain), order, TaskForce).await
    }
}
