//! Probations, what was decided about them, and tenure.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{member, probation, probation_review};
use uuid::Uuid;

use super::loaders::NoticeDays;
use crate::enum_filter;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::organisation::probation::rules::{self, Course, is_due};
use crate::organisation::probation::store::{MembersProbations, ProbationsReviews};
use crate::organisation::today;

/// What has become of a probation. 试用期状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ProbationState")]
pub enum ProbationState {
    /// It goes on. 进行中
    Running,
    /// The member stays. 已转正
    Confirmed,
    /// It ended without that. 未通过
    Ended,
}

/// What was decided about a probation. 试用期结论
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ProbationOutcome")]
pub enum ProbationOutcome {
    /// The member stays. 转正
    Confirmed,
    /// It goes on for longer. 延长
    Extended,
    /// It ends without that. 终止
    Ended,
}

enum_filter!(
    ProbationStateFilter,
    ProbationState,
    entity::enums::ProbationState,
    "Compares how far a probation is. All given comparisons must hold. 试用期状态条件"
);

/// The first months of a member, at the end of which somebody decides. 试用期
pub struct Probation(pub probation::Model);

/// The first months of a member, at the end of which somebody decides. 试用期
#[Object]
impl Probation {
    /// Its id, `probation_...`. 标识
    pub async fn id(&self) -> Id<probation::Entity> {
        Id::new(self.0.id)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// First day. 开始日期
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }

    /// First day on which it should be over. 计划结束日期
    async fn planned_end(&self) -> Date {
        self.0.planned_end.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ProbationState {
        self.0.state.into()
    }

    /// First day on which it was over; null while it runs. 结束日期
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Into::into)
    }

    /// Does it wait for a decision today: so many days before its planned end as the setting `probation.notice_days` says, or later? 是否待评审
    async fn due(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let course = Course {
            state: self.0.state,
            starts_on: self.0.starts_on,
            planned_end: self.0.planned_end,
            ended_on: self.0.ended_on,
        };
        if !is_due(course, today(ctx.call()), i64::from(u16::MAX)) {
            return Ok(Some(false));
        }
        let notice = ctx.loads().load_one(NoticeDays).await.map_err(shared);
        let notice = notice.on_field(ctx.call())?.unwrap_or_default();
        Ok(Some(is_due(course, today(ctx.call()), notice)))
    }

    /// What was decided about it, in order. 评审记录
    async fn reviews(&self, ctx: &Context<'_>) -> Result<Option<Vec<ProbationReview>>> {
        let rows = rows_of::<ProbationsReviews>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ProbationReview).collect()))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was written. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What was decided about a probation. 试用期评审
pub struct ProbationReview(probation_review::Model);

/// What was decided about a probation. 试用期评审
#[Object]
impl ProbationReview {
    /// Confirmed, extended or ended. 结论
    async fn outcome(&self) -> ProbationOutcome {
        self.0.outcome.into()
    }

    /// Why. 理由
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// From which day on. 生效日期
    async fn effective_on(&self) -> Date {
        self.0.effective_on.into()
    }

    /// The new planned end of an extended one. 新的结束日期
    async fn new_end(&self) -> Option<Date> {
        self.0.new_end.map(Into::into)
    }

    /// Who decided, as the account was called then. 评审人
    async fn reviewed_by(&self) -> &str {
        &self.0.reviewed_by_name
    }

    /// When it was decided. 评审时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// How long a member has worked here, by the calendar. 司龄
#[derive(SimpleObject)]
pub struct MemberTenure {
    /// Whole years. 年
    years: i32,
    /// Whole months beyond them. 月
    months: i32,
    /// Days beyond those. 日
    days: i32,
    /// All days. 总天数
    total_days: i32,
}

/// The tenure of a member on a day.
#[must_use]
pub fn tenure_on(member: &member::Model, day: NaiveDate) -> Option<MemberTenure> {
    let tenure = rules::tenure(member.joined_on, member.left_on, day)?;
    Some(MemberTenure {
        years: tenure.years,
        months: tenure.months,
        days: tenure.days,
        total_days: tenure.total_days,
    })
}

/// The probations of a member, the latest first.
///
/// # Errors
/// When they can't be read.
pub async fn probations_of(ctx: &Context<'_>, member: Uuid) -> Result<Option<Vec<Probation>>> {
    let rows = rows_of::<MembersProbations>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(Probation).collect()))
}
