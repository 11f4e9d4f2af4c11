//! Meetings, series and action items in the schema.

use async_graphql::{Context, Object, Result};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member, member, team,
};

use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{Member, Team};
use crate::organisation::today;
use crate::teamwork::graphql::{
    ActionItemState, MeetingAttendance, MeetingKind, MeetingRhythm, MeetingState,
};
use crate::teamwork::meetings::rules::items::is_overdue;
use crate::teamwork::meetings::rules::recurrence::clock;
use crate::teamwork::meetings::store::{
    MeetingsAgenda, MeetingsDecisions, MeetingsInvitees, MeetingsItems, MeetingsMinutes,
    SeriesMembers,
};

/// A meeting or a sharing session. 会议
pub struct Meeting(pub meeting::Model);

/// A meeting or a sharing session. 会议
#[Object]
impl Meeting {
    /// Its id, `meeting_...`. 标识
    pub async fn id(&self) -> Id<meeting::Entity> {
        Id::new(self.0.id)
    }

    /// The series that it is one of; null when there is none, or none within your reach. 所属系列
    async fn series(&self, ctx: &Context<'_>) -> Result<Option<MeetingSeries>> {
        let Some(id) = self.0.series_id else {
            return Ok(None);
        };
        let row = ctx.row::<meeting_series::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(MeetingSeries))
    }

    /// What it is for. 类型
    async fn kind(&self) -> MeetingKind {
        self.0.kind.into()
    }

    /// What it is called. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The team whose it is; null when there is none, or none within your reach. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// Who organises it; null when out of your reach. 组织人
    async fn organiser(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.organiser_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// From when. 开始时间
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }

    /// Until when, exclusive. 结束时间
    async fn ends_at(&self) -> DateTime {
        self.0.ends_at.into()
    }

    /// Where. 地点
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The link, when it is held online. 线上链接
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// What has become of it. 状态
    async fn state(&self) -> MeetingState {
        self.0.state.into()
    }

    /// Why it was cancelled. 取消原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was finished. 结束登记时间
    async fn held_at(&self) -> Option<DateTime> {
        self.0.held_at.map(Into::into)
    }

    /// What is talked about, in its order; what was carried over stands at the end. 议程
    async fn agenda(&self, ctx: &Context<'_>) -> Result<Option<Vec<MeetingAgendaItem>>> {
        let rows = rows_of::<MeetingsAgenda>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(MeetingAgendaItem).collect()))
    }

    /// Who is invited, and whether they came. 参会人
    async fn invitees(&self, ctx: &Context<'_>) -> Result<Option<Vec<MeetingInvitee>>> {
        let rows = rows_of::<MeetingsInvitees>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(MeetingInvitee).collect()))
    }

    /// What was said, the latest version first. 会议纪要
    async fn minutes(&self, ctx: &Context<'_>) -> Result<Option<Vec<MeetingMinutes>>> {
        let rows = rows_of::<MeetingsMinutes>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(MeetingMinutes).collect()))
    }

    /// What was decided. 决议
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Option<Vec<MeetingDecision>>> {
        let rows = rows_of::<MeetingsDecisions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(MeetingDecision).collect()))
    }

    /// What somebody is to do, the soonest first. 行动项
    async fn action_items(&self, ctx: &Context<'_>) -> Result<Option<Vec<ActionItem>>> {
        let rows = rows_of::<MeetingsItems>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ActionItem).collect()))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Meetings that come again and again. 例会系列
pub struct MeetingSeries(pub meeting_series::Model);

/// Meetings that come again and again. 例会系列
#[Object]
impl MeetingSeries {
    /// Its id, `series_...`. 标识
    pub async fn id(&self) -> Id<meeting_series::Entity> {
        Id::new(self.0.id)
    }

    /// What they are for. 类型
    async fn kind(&self) -> MeetingKind {
        self.0.kind.into()
    }

    /// What they are called. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The team whose it is; null when there is none, or none within your reach. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// Who organises it; null when out of your reach. 组织人
    async fn organiser(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.organiser_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How often. 频率
    async fn rhythm(&self) -> MeetingRhythm {
        self.0.rhythm.into()
    }

    /// The first day. 首次日期
    async fn first_day(&self) -> Date {
        self.0.first_day.into()
    }

    /// From when by the organisation's wall clock, such as 09:30. 开始时刻
    async fn time(&self) -> String {
        clock(self.0.start_minute)
    }

    /// How long one takes. 时长（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// Where. 地点
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The link, when they are held online. 线上链接
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// Up to which day they are planned, inclusive. 已排期至
    async fn planned_until(&self) -> Date {
        self.0.planned_until.into()
    }

    /// When the series was ended. 结束时间
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// Who is invited to all of them. 固定参会人
    async fn members(&self, ctx: &Context<'_>) -> Result<Option<Vec<MeetingSeriesMember>>> {
        let rows = rows_of::<SeriesMembers>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(MeetingSeriesMember).collect()))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Somebody who is invited to all meetings of a series. 固定参会人
pub struct MeetingSeriesMember(pub meeting_series_member::Model);

/// Somebody who is invited to all meetings of a series. 固定参会人
#[Object]
impl MeetingSeriesMember {
    /// Whose id it is. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.0.member_id)
    }

    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }
}

/// Somebody who is invited to a meeting. 参会人
pub struct MeetingInvitee(pub meeting_invitee::Model);

/// Somebody who is invited to a meeting. 参会人
#[Object]
impl MeetingInvitee {
    /// By the name of that time. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Whether they came; null while it isn't recorded. 出席情况
    async fn attendance(&self) -> Option<MeetingAttendance> {
        self.0.attendance.map(Into::into)
    }
}

/// Something that a meeting talks about. 议程项
pub struct MeetingAgendaItem(pub meeting_agenda_item::Model);

/// Something that a meeting talks about. 议程项
#[Object]
impl MeetingAgendaItem {
    /// Its id, `agendaitem_...`. 标识
    pub async fn id(&self) -> Id<meeting_agenda_item::Entity> {
        Id::new(self.0.id)
    }

    /// Its place in the order, from 1. 顺序
    async fn place(&self) -> i32 {
        self.0.place
    }

    /// What. 内容
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// For how long. 时长（分钟）
    async fn minutes(&self) -> Option<i32> {
        self.0.minutes
    }

    /// Who begins; null when nobody is named, or nobody within your reach. 主讲人
    async fn presenter(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.presenter_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The unfinished action item that was carried over. 遗留行动项
    async fn action_item(&self, ctx: &Context<'_>) -> Result<Option<ActionItem>> {
        let Some(id) = self.0.action_item_id else {
            return Ok(None);
        };
        let row = ctx.row::<action_item::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(ActionItem))
    }
}

/// A version of what was said at a meeting. 会议纪要版本
pub struct MeetingMinutes(pub meeting_minute::Model);

/// A version of what was said at a meeting. 会议纪要版本
#[Object]
impl MeetingMinutes {
    /// Its id, `minutes_...`. 标识
    pub async fn id(&self) -> Id<meeting_minute::Entity> {
        Id::new(self.0.id)
    }

    /// Counts from 1. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The text. 正文
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Who wrote it, by the name of that time. 记录人姓名
    async fn author_name(&self) -> &str {
        &self.0.author_name
    }

    /// Who wrote it; null when out of your reach. 记录人
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.author_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// When. 时间
    async fn written_at(&self) -> DateTime {
        self.0.written_at.into()
    }
}

/// What a meeting has decided. 决议
pub struct MeetingDecision(pub meeting_decision::Model);

/// What a meeting has decided. 决议
#[Object]
impl MeetingDecision {
    /// Its id, `resolution_...`. 标识
    pub async fn id(&self) -> Id<meeting_decision::Entity> {
        Id::new(self.0.id)
    }

    /// Counts from 1 within the meeting. 序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What. 内容
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// When it was written down. 时间
    async fn decided_at(&self) -> DateTime {
        self.0.decided_at.into()
    }
}

/// What somebody is to do after a meeting, by when. 行动项
pub struct ActionItem(pub action_item::Model);

/// What somebody is to do after a meeting, by when. 行动项
#[Object]
impl ActionItem {
    /// Its id, `actionitem_...`. 标识
    pub async fn id(&self) -> Id<action_item::Entity> {
        Id::new(self.0.id)
    }

    /// The meeting from which it comes; null when out of your reach. 会议
    async fn meeting(&self, ctx: &Context<'_>) -> Result<Option<Meeting>> {
        let row = ctx.row::<meeting::Entity>(self.0.meeting_id).await;
        Ok(row.on_field(ctx.call())?.map(Meeting))
    }

    /// What. 内容
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// More about it. 说明
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Who does it; null when out of your reach. 负责人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.owner_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// By when, that day included. 截止日期
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// How far it is. 状态
    async fn state(&self) -> ActionItemState {
        self.0.state.into()
    }

    /// Should it have been done before today? 是否逾期
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        is_overdue(self.0.state, self.0.due_on, today(ctx.call()))
    }

    /// What came of it, or why it was dropped. 结果或放弃原因
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was done or dropped. 完成或放弃时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
