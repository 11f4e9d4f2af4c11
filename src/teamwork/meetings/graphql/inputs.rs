//! What is written about meetings, series and action items.

use async_graphql::InputObject;
use entity::{action_item, meeting, meeting_series, member, team};

use crate::graphql::{Date, DateTime, Id};
use crate::teamwork::graphql::{ActionItemState, MeetingAttendance, MeetingKind, MeetingRhythm};

/// A series to make. 创建例会系列
#[derive(InputObject)]
pub struct MeetingSeriesCreateInput {
    /// What its meetings are for. 类型
    pub kind: MeetingKind,
    /// What it is called, 1 to 200 characters. 标题
    pub title: String,
    /// The team whose meetings they are. 团队
    pub team_id: Option<Id<team::Entity>>,
    /// How often. 频率
    pub rhythm: MeetingRhythm,
    /// The first day; today or later. 首次日期
    pub first_day: Date,
    /// From when by the organisation's wall clock, such as 09:30. 开始时刻
    pub time: String,
    /// How long one takes, 5 to 1,440 minutes. 时长（分钟）
    pub minutes: i32,
    /// Where, at most 200 characters. 地点
    pub place: Option<String>,
    /// The link, when it is held online. 线上链接
    pub link: Option<String>,
    /// Who is invited to all of them beside the organiser, at most 200. 固定参会人
    pub member_ids: Vec<Id<member::Entity>>,
    /// Up to which day its meetings are made, inclusive; at most 366 days ahead. 排期截止日
    pub plan_until: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// A series to change; what is written here is written anew. 修改例会系列
#[derive(InputObject)]
pub struct MeetingSeriesUpdateInput {
    /// Which one. 标识
    pub id: Id<meeting_series::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// What it is called, 1 to 200 characters. 标题
    pub title: String,
    /// From when by the organisation's wall clock, such as 09:30. 开始时刻
    pub time: String,
    /// How long one takes, 5 to 1,440 minutes. 时长（分钟）
    pub minutes: i32,
    /// Where, at most 200 characters. 地点
    pub place: Option<String>,
    /// The link, when it is held online. 线上链接
    pub link: Option<String>,
    /// Who is invited to all of them beside the organiser, at most 200. 固定参会人
    pub member_ids: Vec<Id<member::Entity>>,
}

/// A series to plan further. 例会续排
#[derive(InputObject)]
pub struct MeetingSeriesPlanInput {
    /// Which one. 标识
    pub id: Id<meeting_series::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Up to which day its meetings are made, inclusive; at most 366 days ahead. 排期截止日
    pub until: Date,
}

/// A series to end. 结束例会系列
#[derive(InputObject)]
pub struct MeetingSeriesEndInput {
    /// Which one. 标识
    pub id: Id<meeting_series::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// A meeting to plan. 安排会议
#[derive(InputObject)]
pub struct MeetingCreateInput {
    /// What it is for. 类型
    pub kind: MeetingKind,
    /// What it is called, 1 to 200 characters. 标题
    pub title: String,
    /// The team whose meeting it is. 团队
    pub team_id: Option<Id<team::Entity>>,
    /// From when. 开始时间
    pub starts_at: DateTime,
    /// Until when, exclusive; 5 to 1,440 minutes later. 结束时间
    pub ends_at: DateTime,
    /// Where, at most 200 characters. 地点
    pub place: Option<String>,
    /// The link, when it is held online. 线上链接
    pub link: Option<String>,
    /// Who is invited beside the organiser, at most 200. 参会人
    pub invitee_ids: Vec<Id<member::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// A meeting to change; all of it is written anew. 修改会议
#[derive(InputObject)]
pub struct MeetingUpdateInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// What it is called, 1 to 200 characters. 标题
    pub title: String,
    /// From when. 开始时间
    pub starts_at: DateTime,
    /// Until when, exclusive; 5 to 1,440 minutes later. 结束时间
    pub ends_at: DateTime,
    /// Where, at most 200 characters. 地点
    pub place: Option<String>,
    /// The link, when it is held online. 线上链接
    pub link: Option<String>,
    /// Who is invited beside the organiser, at most 200. 参会人
    pub invitee_ids: Vec<Id<member::Entity>>,
}

/// A meeting that has taken place. 结束会议
#[derive(InputObject)]
pub struct MeetingFinishInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// A meeting that doesn't take place. 取消会议
#[derive(InputObject)]
pub struct MeetingCancelInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    pub reason: String,
}

/// Something to talk about. 议程项
#[derive(InputObject)]
pub struct MeetingAgendaItemInput {
    /// What, 1 to 200 characters. 内容
    pub title: String,
    /// For how long, 1 to 1,440 minutes. 时长（分钟）
    pub minutes: Option<i32>,
    /// Which invitee begins. 主讲人
    pub presenter_id: Option<Id<member::Entity>>,
}

/// The agenda of a meeting. 设置议程
#[derive(InputObject)]
pub struct MeetingAgendaSetInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// All that is to be talked about, in its order, at most 50; what was carried over stays at the end. 议程
    pub items: Vec<MeetingAgendaItemInput>,
}

/// Whether somebody was at a meeting. 出席登记项
#[derive(InputObject)]
pub struct MeetingAttendanceInput {
    /// Who; an invitee. 成员
    pub member_id: Id<member::Entity>,
    /// Whether they came. 出席情况
    pub attendance: MeetingAttendance,
}

/// Who was at a meeting. 登记出席
#[derive(InputObject)]
pub struct MeetingAttendanceRecordInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Invitees, and whether they came; the others stay as they are. 出席情况
    pub rows: Vec<MeetingAttendanceInput>,
}

/// What was said at a meeting. 填写纪要
#[derive(InputObject)]
pub struct MeetingMinutesWriteInput {
    /// Which one. 标识
    pub id: Id<meeting::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// The text, 1 to 32,000 characters. 正文
    pub body: String,
}

/// What a meeting has decided. 添加决议
#[derive(InputObject)]
pub struct MeetingDecisionAddInput {
    /// The meeting. 会议
    pub meeting_id: Id<meeting::Entity>,
    /// What, 1 to 2,000 characters. 内容
    pub body: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// An action item to write. 添加行动项
#[derive(InputObject)]
pub struct ActionItemCreateInput {
    /// The meeting from which it comes. 会议
    pub meeting_id: Id<meeting::Entity>,
    /// What is to be done, 1 to 200 characters. 内容
    pub title: String,
    /// More about it, at most 2,000 characters. 说明
    pub detail: Option<String>,
    /// Who does it. 负责人
    pub owner_id: Id<member::Entity>,
    /// By when, that day included; today or later. 截止日期
    pub due_on: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// An action item to change; all of it is written anew. 修改行动项
#[derive(InputObject)]
pub struct ActionItemUpdateInput {
    /// Which one. 标识
    pub id: Id<action_item::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// What is to be done, 1 to 200 characters. 内容
    pub title: String,
    /// More about it, at most 2,000 characters. 说明
    pub detail: Option<String>,
    /// Who does it. 负责人
    pub owner_id: Id<member::Entity>,
    /// By when, that day included. 截止日期
    pub due_on: Date,
}

/// How far an action item is now. 推进行动项
#[derive(InputObject)]
pub struct ActionItemAdvanceInput {
    /// Which one. 标识
    pub id: Id<action_item::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// How far. 状态
    pub state: ActionItemState,
    /// What came of it, at most 2,000 characters; why, when it is dropped. 结果或放弃原因
    pub note: Option<String>,
}
