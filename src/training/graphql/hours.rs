//! Studies elsewhere, the ledger of hours, years and duties in the schema.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{member, training_enrolment, training_hour, training_study};

use super::catalogue::{TrainingCourse, TrainingPath};
use super::enums::{TrainingHoursKind, TrainingStudyState};
use super::sessions::TrainingEnrolment;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::training::actions::Standing;
use crate::training::store::Duty;

/// What a member learnt elsewhere, with proof. 外部学习
pub struct TrainingStudy(pub training_study::Model);

/// What a member learnt elsewhere, with proof. 外部学习
#[Object]
impl TrainingStudy {
    /// Its id, `study_...`. 标识
    async fn id(&self) -> Id<training_study::Entity> {
        Id::new(self.0.id)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What was learnt. 学习内容
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where. 机构
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// How long it took, in minutes. 时长（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// When it was finished: its hours count on that day. 完成日期
    async fn studied_on(&self) -> Date {
        self.0.studied_on.into()
    }

    /// The proof in words. 证明说明
    async fn proof(&self) -> Option<&str> {
        self.0.proof.as_deref()
    }

    /// Where the proof can be seen. 证明链接
    async fn proof_link(&self) -> Option<&str> {
        self.0.proof_link.as_deref()
    }

    /// What has become of it. 状态
    async fn state(&self) -> TrainingStudyState {
        self.0.state.into()
    }

    /// Who decided. 审批人
    async fn decided_by_name(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When. 审批时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 审批意见
    async fn decision_note(&self) -> Option<&str> {
        self.0.decision_note.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// An entry of the ledger of hours: it is never changed. 学时记录
pub struct TrainingHoursEntry(pub training_hour::Model);

/// An entry of the ledger of hours: it is never changed. 学时记录
#[Object]
impl TrainingHoursEntry {
    /// Its id, `hoursentry_...`. 标识
    pub async fn id(&self) -> Id<training_hour::Entity> {
        Id::new(self.0.id)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The day on which it counts. 计入日期
    async fn day(&self) -> Date {
        self.0.day.into()
    }

    /// How many minutes; below nought when they are taken away. 学时（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// Where it comes from. 来源
    async fn kind(&self) -> TrainingHoursKind {
        self.0.kind.into()
    }

    /// The enrolment, when it comes from a session. 报名
    async fn enrolment(&self, ctx: &Context<'_>) -> Result<Option<TrainingEnrolment>> {
        let Some(id) = self.0.enrolment_id else {
            return Ok(None);
        };
        let row = ctx.row::<training_enrolment::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingEnrolment))
    }

    /// The study, when it was done elsewhere. 外部学习
    async fn study(&self, ctx: &Context<'_>) -> Result<Option<TrainingStudy>> {
        let Some(id) = self.0.study_id else {
            return Ok(None);
        };
        let row = ctx.row::<training_study::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingStudy))
    }

    /// The entry that this one corrects or takes back. 被更正的记录
    async fn corrects(&self) -> Option<Id<training_hour::Entity>> {
        self.0.corrects_id.map(Id::new)
    }

    /// Why. 原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who booked it. 登记人
    async fn booked_by_name(&self) -> &str {
        &self.0.booked_by_name
    }

    /// When. 登记时间
    async fn booked_at(&self) -> DateTime {
        self.0.booked_at.into()
    }
}

/// Whether a year's target is going to be reached. 学时进度判断
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::training::rules::targets::Verdict")]
pub enum TrainingVerdict {
    /// The year is over, and it wasn't reached. 未完成
    Missed,
    /// As things go, it isn't going to be reached. 落后
    Behind,
    /// Fewer than 30 days at work have passed. 为时尚早
    TooEarly,
    /// It is going to be reached. 进展正常
    OnCourse,
    /// It is reached, or nothing is asked for. 已完成
    Met,
}

/// A member's hours of a year. 年度学时
pub struct TrainingHours(pub Standing);

/// A member's hours of a year. 年度学时
#[Object]
impl TrainingHours {
    /// Whose; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member.id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What the year asks for, in minutes: the target of the position, weighed by the days at work. 目标（分钟）
    async fn target(&self) -> i64 {
        self.0.learner.known.target
    }

    /// What the ledger has, in minutes. 已完成（分钟）
    async fn booked(&self) -> i64 {
        self.0.learner.known.booked
    }

    /// What sessions ahead would bring in which the member has a place, in minutes. 已报名待参加（分钟）
    async fn ahead(&self) -> i64 {
        self.0.learner.known.ahead
    }

    /// What is missing now, in minutes. 尚缺（分钟）
    async fn missing(&self) -> i64 {
        self.0.learner.outlook.missing
    }

    /// What the year will come to, in minutes: by the pace so far, or what is enrolled for if that is more. 全年预测（分钟）
    async fn forecast(&self) -> i64 {
        self.0.learner.outlook.forecast
    }

    /// Days of the year that count: at work, not away. 计入天数
    async fn days(&self) -> i64 {
        self.0.learner.outlook.days
    }

    /// How many of them have passed. 已过天数
    async fn days_passed(&self) -> i64 {
        self.0.learner.outlook.passed
    }

    /// Whether the target is going to be reached. 判断
    async fn verdict(&self) -> TrainingVerdict {
        self.0.learner.outlook.verdict.into()
    }
}

/// The hours of the members within reach, the most behind first. 年度学时列表
#[derive(SimpleObject)]
pub struct TrainingHoursList {
    /// How many members there are, of those that were asked for. 人数
    pub total: i64,
    /// How many of them are behind or have missed their target. 落后人数
    pub behind: i64,
    /// The first of them. 成员学时
    pub members: Vec<TrainingHours>,
}

/// How a mandatory path stands. 必修进度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::training::rules::paths::DutyState")]
pub enum TrainingDutyState {
    /// Its time is over, and it isn't done. 已逾期
    Overdue,
    /// Its time is over in two weeks or less. 即将到期
    DueSoon,
    /// There is time. 进行中
    Open,
    /// Everything is done. 已完成
    Done,
}

/// A course of a mandatory path, and whether it is done. 必修课程
#[derive(SimpleObject)]
pub struct TrainingDutyCourse {
    /// The course. 课程
    course: TrainingCourse,
    /// Attended in full once, or in parts that come to as much. 是否完成
    done: bool,
}

/// A path that a member must do. 必修任务
pub struct TrainingDuty(pub Duty);

/// A path that a member must do. 必修任务
#[Object]
impl TrainingDuty {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What. 学习路径
    async fn path(&self) -> TrainingPath {
        TrainingPath(self.0.path.clone())
    }

    /// Until when, that day included. 截止日期（含）
    async fn due(&self) -> Date {
        self.0.due.into()
    }

    /// How it stands. 状态
    async fn state(&self) -> TrainingDutyState {
        self.0.state.into()
    }

    /// Its courses in their order. 课程进度
    async fn courses(&self) -> Vec<TrainingDutyCourse> {
        let courses = self.0.courses.iter();
        courses
            .map(|(course, done)| TrainingDutyCourse {
                course: TrainingCourse(course.clone()),
                done: *done,
            })
            .collect()
    }
}
