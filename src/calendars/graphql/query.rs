//! Reading calendars, and trying them.

use async_graphql::{Context, Object, Result};
use entity::calendar;

use super::counting::{self, CalendarDue, CalendarPreview};
use super::enums::CalendarOrder;
use super::inputs::CalendarFilter;
use super::types::Calendar;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, DateTime, Duration, Id, PageArgs};

/// The calendars' root fields.
#[derive(Default)]
pub struct CalendarQuery;

/// The calendars' root fields.
#[Object]
impl CalendarQuery {
    /// A calendar by id. 工作日历
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<calendar::Entity>,
    ) -> Result<Option<Calendar>> {
        let row = ctx.row::<calendar::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Calendar))
    }

    /// Business calendars. 工作日历列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn calendars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<CalendarFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<CalendarOrder>,
    ) -> Result<Option<Connection<Calendar>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<calendar::Entity, _>(ctx, args, filter, order, Calendar).await
    }

    /// The working time of a calendar between two moments, at most 100 days apart. 预览工作时间
    async fn calendar_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which calendar. 日历")] id: Id<calendar::Entity>,
        #[graphql(desc = "The number of its version; the present one when absent. 版本序号")]
        version: Option<i32>,
        #[graphql(desc = "The first moment. 开始时间")] from: DateTime,
        #[graphql(desc = "The moment after the last. 结束时间")] to: DateTime,
    ) -> Result<Option<CalendarPreview>> {
        let found = counting::preview(ctx, id.uuid, version, from.0, to.0).await;
        found.on_field(ctx.call())
    }

    /// When so much working time of a calendar is over: to check a due time. 计算到期时间
    async fn calendar_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which calendar. 日历")] id: Id<calendar::Entity>,
        #[graphql(desc = "The number of its version; the present one when absent. 版本序号")]
        version: Option<i32>,
        #[graphql(desc = "When the time begins to run. 起算时间")] from: DateTime,
        #[graphql(desc = "How much working time, such as `PT8H`. 工作时长")] working_time: Duration,
    ) -> Result<Option<CalendarDue>> {
        let found = counting::due(ctx, id.uuid, version, from.0, working_time).await;
        found.on_field(ctx.call())
    }
}
