//! A pair in the schema.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{member, mentoring, mentoring_check_in, mentoring_goal, mentoring_ticket, ticket};

use super::enums::{MentoringResult, MentoringState};
use super::loaders::StandingOf;
use super::standard::MentoringStandard;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::organisation::today;
use crate::tickets::graphql::Ticket;
use crate::training::mentoring::store::{PairsCheckIns, PairsGoals, PairsTickets};

/// A senior member who looks after a new one for some time. 师徒结对
pub struct Mentoring(pub mentoring::Model);

/// A senior member who looks after a new one for some time. 师徒结对
#[Object]
impl Mentoring {
    /// Its id, `mentoring_...`. 标识
    pub async fn id(&self) -> Id<mentoring::Entity> {
        Id::new(self.0.id)
    }

    /// Who looks after the other; null when the member is out of your reach. 导师
    async fn mentor(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.mentor_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Who is new to the work; null when the member is out of your reach. 新人
    async fn newcomer(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.newcomer_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What has become of it. 状态
    async fn state(&self) -> MentoringState {
        self.0.state.into()
    }

    /// Key of the metric by whose figures the newcomer reaches the standard. 衡量指标
    async fn metric_key(&self) -> &str {
        &self.0.metric_key
    }

    /// The first day. 开始日期
    async fn started_on(&self) -> Date {
        self.0.started_on.into()
    }

    /// The first day on which it should no longer be needed. 计划结束日期
    async fn planned_end(&self) -> Date {
        self.0.planned_end.into()
    }

    /// The first day on which it no longer holds. 结束日期
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Into::into)
    }

    /// How it ended. 结果
    async fn result(&self) -> Option<MentoringResult> {
        self.0.result.map(Into::into)
    }

    /// What was said about that. 结果说明
    async fn result_note(&self) -> Option<&str> {
        self.0.result_note.as_deref()
    }

    /// The plan, what is due first first. 带教计划
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<MentoringGoal>> {
        let rows = rows_of::<PairsGoals>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(MentoringGoal).collect())
    }

    /// The tickets on which both worked, the first named first. 共同处理的工单
    async fn tickets(&self, ctx: &Context<'_>) -> Result<Vec<MentoringTicket>> {
        let rows = rows_of::<PairsTickets>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(MentoringTicket).collect())
    }

    /// What was noted, day by day. 带教记录
    async fn check_ins(&self, ctx: &Context<'_>) -> Result<Vec<MentoringCheckIn>> {
        let rows = rows_of::<PairsCheckIns>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(MentoringCheckIn).collect())
    }

    /// When the newcomer worked as the team does, by the figures of the metric. 达标时间
    async fn time_to_standard(&self, ctx: &Context<'_>) -> Result<Option<MentoringStandard>> {
        let key = StandingOf(Arc::new(self.0.clone()));
        let look = ctx.loads().load_one(key).await.map_err(shared);
        Ok(look.on_field(ctx.call())?.map(MentoringStandard))
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

/// A goal in the plan of a pair. 带教目标
pub struct MentoringGoal(pub mentoring_goal::Model);

/// A goal in the plan of a pair. 带教目标
#[Object]
impl MentoringGoal {
    /// Its id, `mentoringgoal_...`. 标识
    async fn id(&self) -> Id<mentoring_goal::Entity> {
        Id::new(self.0.id)
    }

    /// What the newcomer is to reach. 目标
    async fn goal(&self) -> &str {
        &self.0.goal
    }

    /// The last day for it. 到期日
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// The day on which it was reached. 达成日期
    async fn reached_on(&self) -> Option<Date> {
        self.0.reached_on.map(Into::into)
    }

    /// Is its day over without its being reached, or was it reached later? 是否逾期
    async fn late(&self, ctx: &Context<'_>) -> bool {
        self.0.reached_on.unwrap_or_else(|| today(ctx.call())) > self.0.due_on
    }

    /// What was said about it. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A ticket on which a pair worked together. 共同处理的工单
pub struct MentoringTicket(pub mentoring_ticket::Model);

/// A ticket on which a pair worked together. 共同处理的工单
#[Object]
impl MentoringTicket {
    /// The ticket; null when it is out of your reach. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let row = ctx.row::<ticket::Entity>(self.0.ticket_id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// What was learnt from it; null when the ticket is out of your reach. 心得
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = ctx.row::<ticket::Entity>(self.0.ticket_id).await;
        let seen = row.on_field(ctx.call())?.is_some();
        Ok(self.0.note.as_deref().filter(|_| seen))
    }

    /// When it was named. 关联时间
    async fn linked_at(&self) -> DateTime {
        self.0.linked_at.into()
    }
}

/// What was noted about a pair on a day; never changed. 带教记录
pub struct MentoringCheckIn(pub mentoring_check_in::Model);

/// What was noted about a pair on a day; never changed. 带教记录
#[Object]
impl MentoringCheckIn {
    /// Its id, `checkin_...`. 标识
    async fn id(&self) -> Id<mentoring_check_in::Entity> {
        Id::new(self.0.id)
    }

    /// The day of the talk. 日期
    async fn held_on(&self) -> Date {
        self.0.held_on.into()
    }

    /// How the newcomer gets on, 1 to 5; null in the newcomer's own notes. 进展评分
    async fn rating(&self) -> Option<i32> {
        self.0.rating
    }

    /// What was said. 内容
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// What whoever wrote it was called then. 记录人
    async fn written_by_name(&self) -> &str {
        &self.0.written_by_name
    }

    /// When it was written. 记录时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
