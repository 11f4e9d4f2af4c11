//! Sessions and enrolments in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    member, training_course, training_enrolment, training_session, training_session_trainer,
};

use super::catalogue::TrainingCourse;
use super::enums::{TrainingAttendance, TrainingEnrolmentState, TrainingSessionState};
use super::loaders::{CountsOf, FeedbackOf, WaitingIn};
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;
use crate::training::rules::queue::position;
use crate::training::store::{self, SessionsTrainers};

/// A course on a day. 培训场次
pub struct TrainingSession(pub training_session::Model);

/// A course on a day. 培训场次
#[Object]
impl TrainingSession {
    /// Its id, `trainingsession_...`. 标识
    pub async fn id(&self) -> Id<training_session::Entity> {
        Id::new(self.0.id)
    }

    /// The course. 课程
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<TrainingCourse>> {
        let row = ctx.row::<training_course::Entity>(self.0.course_id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingCourse))
    }

    /// Which members give it. 讲师
    async fn trainers(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrainingTrainer>>> {
        let rows = rows_of::<SessionsTrainers>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(TrainingTrainer).collect()))
    }

    /// Who gives it from outside. 外部讲师
    async fn guest_trainer(&self) -> Option<&str> {
        self.0.guest_trainer.as_deref()
    }

    /// Where. 地点
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The link, when it is held online. 线上链接
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// From when. 开始时间
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }

    /// Until when, exclusive. 结束时间
    async fn ends_at(&self) -> DateTime {
        self.0.ends_at.into()
    }

    /// What attending it as a whole counts, in minutes. 计入学时（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// How many places there are. 名额
    async fn capacity(&self) -> i32 {
        self.0.capacity
    }

    /// How many have a place. 已报名人数
    async fn enrolled(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.counts(ctx).await?.0)
    }

    /// How many wait for one. 候补人数
    async fn waiting(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.counts(ctx).await?.1)
    }

    /// Until when members can enrol, exclusive. 报名截止时间
    async fn enrol_until(&self) -> DateTime {
        self.0.enrol_until.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> TrainingSessionState {
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

    /// Until when those who attended can say how it was. 反馈截止时间
    async fn feedback_until(&self) -> Option<DateTime> {
        self.0.feedback_until.map(Into::into)
    }

    /// What those who attended say, put together, once nobody can say more; null before, of too few people, and when the
    /// session is out of reach for that. 反馈汇总
    async fn feedback(&self, ctx: &Context<'_>) -> Result<Option<TrainingFeedback>> {
        let shown = ctx.loads().load_one(FeedbackOf(self.0.id)).await;
        let shown = shown.map_err(shared).on_field(ctx.call())?;
        Ok(shown.map(|shown| TrainingFeedback {
            answers: i64::try_from(shown.summary.answers).unwrap_or(i64::MAX),
            rating: shown.summary.mean.into(),
            comments: shown.comments,
        }))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl TrainingSession {
    async fn counts(&self, ctx: &Context<'_>) -> Result<(i64, i64)> {
        let counts = ctx.loads().load_one(CountsOf(self.0.id)).await;
        let counts = counts.map_err(shared).on_field(ctx.call())?;
        Ok(counts.unwrap_or_default())
    }
}

/// A member who gives a session. 讲师
pub struct TrainingTrainer(pub training_session_trainer::Model);

/// A member who gives a session. 讲师
#[Object]
impl TrainingTrainer {
    /// The name. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }
}

/// What those who attended a session say, put together. 反馈汇总
#[derive(SimpleObject)]
pub struct TrainingFeedback {
    /// By how many. 人数
    answers: i64,
    /// The mean rating, 1 (bad) to 5 (good). 平均评分
    rating: Decimal,
    /// In their words, in no order that tells whose they are. 意见
    comments: Vec<String>,
}

/// A member's place in a session, or in its waiting list. 报名
pub struct TrainingEnrolment(pub training_enrolment::Model);

/// A member's place in a session, or in its waiting list. 报名
#[Object]
impl TrainingEnrolment {
    /// Its id, `enrolment_...`. 标识
    pub async fn id(&self) -> Id<training_enrolment::Entity> {
        Id::new(self.0.id)
    }

    /// The session; null when out of your reach. 场次
    async fn session(&self, ctx: &Context<'_>) -> Result<Option<TrainingSession>> {
        let row = ctx.row::<training_session::Entity>(self.0.session_id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingSession))
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What has become of it. 状态
    async fn state(&self) -> TrainingEnrolmentState {
        self.0.state.into()
    }

    /// Its place in the waiting list, from 1; null when it doesn't wait. 候补顺位
    async fn waiting_position(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        if self.0.state != entity::enums::TrainingEnrolmentState::Waiting {
            return Ok(None);
        }
        let places = ctx.loads().load_one(WaitingIn(self.0.session_id)).await;
        let places = places.map_err(shared).on_field(ctx.call())?;
        let place = position(self.0.id, &places.unwrap_or_default());
        Ok(place.and_then(|place| i64::try_from(place).ok()))
    }

    /// When it was asked for. 报名时间
    async fn queued_at(&self) -> DateTime {
        self.0.queued_at.into()
    }

    /// When it came from the waiting list to a place. 递补时间
    async fn promoted_at(&self) -> Option<DateTime> {
        self.0.promoted_at.map(Into::into)
    }

    /// When it was taken back. 取消时间
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.0.cancelled_at.map(Into::into)
    }

    /// Whether the member was there; null while it isn't recorded. 出勤
    async fn attendance(&self) -> Option<TrainingAttendance> {
        self.0.attendance.map(Into::into)
    }

    /// How long the member was there, in minutes. 出勤时长（分钟）
    async fn minutes(&self) -> Option<i32> {
        self.0.minutes
    }

    /// When attendance was first recorded. 签到时间
    async fn checked_in_at(&self) -> Option<DateTime> {
        self.0.checked_in_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Who took part in the sessions of a course, of those whose enrolments you may see. 出勤统计
pub struct TrainingTurnout(pub store::Turnout);

/// Who took part in the sessions of a course, of those whose enrolments you may see. 出勤统计
#[Object]
impl TrainingTurnout {
    /// The course. 课程
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<TrainingCourse>> {
        let row = ctx.row::<training_course::Entity>(self.0.course_id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingCourse))
    }

    /// Places that were taken: whoever came twice counts twice. 人次
    async fn places(&self) -> i64 {
        self.0.places
    }

    /// Distinct people. 人数
    async fn people(&self) -> i64 {
        self.0.people
    }

    /// Places of those who didn't come. 缺勤人次
    async fn absent(&self) -> i64 {
        self.0.absent
    }

    /// Minutes that were attended. 总时长（分钟）
    async fn minutes(&self) -> i64 {
        self.0.minutes.unwrap_or(0)
    }
}
