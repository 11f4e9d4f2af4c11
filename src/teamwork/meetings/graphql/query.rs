//! Reading meetings, series and action items.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{action_item, meeting, meeting_series, member, team};

use super::types::{ActionItem, Meeting, MeetingSeries};
use crate::db::filter::RangeMatches;
use crate::graphql::errors::OnField;
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::teamwork::graphql::{ActionItemStateFilter, MeetingKindFilter, MeetingStateFilter};
use crate::teamwork::meetings::store;

/// Which meetings. All given comparisons must hold. 会议筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct MeetingFilter {
    /// What has become of them. 状态
    state: Option<MeetingStateFilter>,
    /// What they are for. 类型
    kind: Option<MeetingKindFilter>,
    /// Of which series. 所属系列
    series_id: Option<IdFilter>,
    /// Of which team. 团队
    team_id: Option<IdFilter>,
    /// From when. 开始时间
    starts_at: Option<DateTimeFilter>,
    /// You organise them, or somebody else does. 是否本人组织
    mine: Option<bool>,
}

impl MeetingFilter {
    fn plain(self) -> crate::error::Result<store::MeetingFilter> {
        let series = self.series_id;
        let series = series.map(|it| it.of::<meeting_series::Entity>("filter.seriesId"));
        let team = self
            .team_id
            .map(|it| it.of::<team::Entity>("filter.teamId"));
        Ok(store::MeetingFilter {
            state: self.state.map(Into::into),
            kind: self.kind.map(Into::into),
            series_id: series.transpose()?,
            team_id: team.transpose()?,
            starts_at: self.starts_at.map(Into::into),
            mine: self.mine,
        })
    }
}

/// How meetings are sorted. 会议排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::MeetingOrder")]
pub enum MeetingOrder {
    /// The latest first. 最晚
    #[default]
    StartsAtDesc,
    /// The earliest first. 最早
    StartsAtAsc,
}

/// Which series. All given comparisons must hold. 例会系列筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct MeetingSeriesFilter {
    /// What they are called. 标题
    title: Option<StringFilter>,
    /// What they are for. 类型
    kind: Option<MeetingKindFilter>,
    /// Of which team. 团队
    team_id: Option<IdFilter>,
    /// Ended, or going on. 是否已结束
    ended: Option<bool>,
}

impl MeetingSeriesFilter {
    fn plain(self) -> crate::error::Result<store::SeriesFilter> {
        let team = self
            .team_id
            .map(|it| it.of::<team::Entity>("filter.teamId"));
        Ok(store::SeriesFilter {
            title: self.title.map(Into::into),
            kind: self.kind.map(Into::into),
            team_id: team.transpose()?,
            ended: self.ended,
        })
    }
}

/// How series are sorted. 例会系列排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::SeriesOrder")]
pub enum MeetingSeriesOrder {
    /// By title. 按标题
    #[default]
    TitleAsc,
    /// By title, backwards. 按标题倒序
    TitleDesc,
}

/// Which days. All given comparisons must hold. 截止日期条件
#[derive(Clone, Copy, Debug, InputObject)]
pub struct ActionItemDayFilter {
    /// On this day or later. 不早于
    gte: Option<Date>,
    /// Before this day. 早于
    lt: Option<Date>,
}

impl From<ActionItemDayFilter> for RangeMatches<chrono::NaiveDate> {
    fn from(filter: ActionItemDayFilter) -> Self {
        Self {
            gte: filter.gte.map(|day| day.0),
            lt: filter.lt.map(|day| day.0),
            ..Self::default()
        }
    }
}

/// Which action items. All given comparisons must hold. 行动项筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActionItemFilter {
    /// How far they are. 状态
    state: Option<ActionItemStateFilter>,
    /// Who does them. 负责人
    owner_id: Option<IdFilter>,
    /// From which meeting. 会议
    meeting_id: Option<IdFilter>,
    /// From which series. 例会系列
    series_id: Option<IdFilter>,
    /// By when. 截止日期
    due_on: Option<ActionItemDayFilter>,
    /// They should have been done before today, or not. 是否逾期
    overdue: Option<bool>,
}

impl ActionItemFilter {
    fn plain(self) -> crate::error::Result<store::ActionItemFilter> {
        let owner = self
            .owner_id
            .map(|it| it.of::<member::Entity>("filter.ownerId"));
        let meeting = self.meeting_id;
        let meeting = meeting.map(|it| it.of::<meeting::Entity>("filter.meetingId"));
        let series = self.series_id;
        let series = series.map(|it| it.of::<meeting_series::Entity>("filter.seriesId"));
        Ok(store::ActionItemFilter {
            state: self.state.map(Into::into),
            owner_id: owner.transpose()?,
            meeting_id: meeting.transpose()?,
            series_id: series.transpose()?,
            due_on: self.due_on.map(Into::into),
            overdue: self.overdue,
        })
    }
}

/// How action items are sorted. 行动项排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ActionItemOrder")]
pub enum ActionItemOrder {
    /// The soonest first. 截止日期最早
    #[default]
    DueOnAsc,
    /// The latest first. 最新
    CreatedAtDesc,
}

/// The queries about meetings, series and action items.
#[derive(Default)]
pub struct MeetingQuery;

/// The queries about meetings, series and action items.
#[Object]
impl MeetingQuery {
    /// A meeting by id. 会议
    async fn meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<meeting::Entity>,
    ) -> Result<Option<Meeting>> {
        let row = ctx.row::<meeting::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Meeting))
    }

    /// The meetings that you organise or are invited to, or that your permission reaches. 会议列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn meetings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<MeetingFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<MeetingOrder>,
    ) -> Result<Option<Connection<Meeting>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<meeting::Entity, _>(ctx, args, filter, order, Meeting).await
    }

    /// A series of meetings by id. 例会系列
    async fn meeting_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<meeting_series::Entity>,
    ) -> Result<Option<MeetingSeries>> {
        let row = ctx.row::<meeting_series::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(MeetingSeries))
    }

    /// The series that you organise or are invited to, or that your permission reaches. 例会系列列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn meeting_series_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<MeetingSeriesFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<MeetingSeriesOrder>,
    ) -> Result<Option<Connection<MeetingSeries>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<meeting_series::Entity, _>(ctx, args, filter, order, MeetingSeries).await
    }

    /// An action item by id. 行动项
    async fn action_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<action_item::Entity>,
    ) -> Result<Option<ActionItem>> {
        let row = ctx.row::<action_item::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(ActionItem))
    }

    /// The action items that are yours or of your meetings, or that your permission reaches. 行动项列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn action_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<ActionItemFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<ActionItemOrder>,
    ) -> Result<Option<Connection<ActionItem>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<action_item::Entity, _>(ctx, args, filter, order, ActionItem).await
    }
}
