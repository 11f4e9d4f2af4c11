//! What a trial found.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{calendar, process_version, ticket};

use super::types::{ProcessStep, ProcessVersion};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::tickets::graphql::{Ticket, TicketStage};
use crate::tickets::processes::actions::{Trial, TrialOutcome};
use crate::tickets::processes::rules::trial::{Late, Line, Place};
use crate::tickets::rules::stages::STAGES;

/// Which version is tried on which tickets. 试运行条件
#[derive(Clone, Copy, InputObject)]
pub struct ProcessTrialInput {
    /// The version, of whatever state. 流程版本
    version_id: Id<process_version::Entity>,
    /// Tickets opened on this day or later. 开始日期
    from: Date,
    /// Tickets opened on this day or earlier. 结束日期
    to: Date,
    /// By which calendar working time counts; the shipped one of the service desk when nothing is said. 工作日历
    calendar_id: Option<Id<calendar::Entity>>,
}

impl From<ProcessTrialInput> for Trial {
    fn from(input: ProcessTrialInput) -> Self {
        Self {
            version_id: input.version_id.uuid,
            from: input.from.0,
            to: input.to.0,
            calendar_id: input.calendar_id.map(|id| id.uuid),
        }
    }
}

/// What a version would have meant for past tickets. 试运行结果
pub struct ProcessTrial(pub TrialOutcome);

/// What a version would have meant for past tickets. 试运行结果
#[Object]
impl ProcessTrial {
    /// The version that was tried. 流程版本
    async fn version(&self) -> ProcessVersion {
        ProcessVersion(self.0.version.clone())
    }

    /// The code of the calendar by which working time was counted; null when every hour counted. 工作日历代码
    async fn calendar_code(&self) -> Option<&str> {
        let calendar = self.0.calendar.as_ref()?;
        Some(&calendar.code)
    }

    /// How many tickets were looked at: the newest within your reach, at most 2,000. 工单数
    async fn ticket_count(&self) -> i64 {
        count(self.0.outcome.tickets)
    }

    /// How many of them would have been late anywhere. 超时工单数
    async fn late_ticket_count(&self) -> i64 {
        count(self.0.outcome.late_tickets)
    }

    /// Each step in order, and before its steps each stage that was judged as a whole. 各步骤结果
    async fn lines(&self) -> Vec<ProcessTrialLine> {
        let lines = self.0.outcome.lines.iter();
        lines
            .map(|line| ProcessTrialLine {
                at: Where::of(&self.0, line.place),
                line: line.clone(),
            })
            .collect()
    }

    /// The stays that would have been late, the longest over the limit first; at most 100. 超时明细
    async fn late(&self) -> Vec<ProcessTrialLate> {
        let late = self.0.outcome.late.iter();
        late.map(|late| ProcessTrialLate {
            at: Where::of(&self.0, late.place),
            late: late.clone(),
        })
        .collect()
    }
}

/// The stage, and the step unless the stage was judged as a whole.
struct Where {
    stage: entity::enums::TicketStage,
    step: Option<entity::process_step::Model>,
}

impl Where {
    fn of(trial: &TrialOutcome, place: Place) -> Self {
        match place {
            Place::Stage(stage) => Self {
                stage: STAGES[stage],
                step: None,
            },
            Place::Step(step) => Self {
                stage: trial.steps[step].stage,
                step: Some(trial.steps[step].clone()),
            },
        }
    }

    fn step(&self) -> Option<ProcessStep> {
        self.step.clone().map(ProcessStep)
    }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What a trial found at one step, or at a stage as a whole. 步骤试运行结果
pub struct ProcessTrialLine {
    at: Where,
    line: Line,
}

/// What a trial found at one step, or at a stage as a whole. 步骤试运行结果
#[Object]
impl ProcessTrialLine {
    /// The stage. 阶段
    async fn stage(&self) -> TicketStage {
        self.at.stage.into()
    }

    /// The step; null for stays in the stage that had no step of these codes and were judged as a whole. 步骤
    async fn step(&self) -> Option<ProcessStep> {
        self.at.step()
    }

    /// How many stays there were. 次数
    async fn count(&self) -> i64 {
        count(self.line.count)
    }

    /// How many of them would have been late. 超时次数
    async fn late_count(&self) -> i64 {
        count(self.line.late)
    }

    /// Half of the stays took no longer, in seconds of working time. 中位数（秒）
    async fn median_seconds(&self) -> Option<i64> {
        self.line.median_seconds
    }

    /// Nine of ten stays took no longer, in seconds of working time. 90 分位数（秒）
    async fn p90_seconds(&self) -> Option<i64> {
        self.line.p90_seconds
    }

    /// The limit; for a whole stage the sum of its steps' limits; null for none. 时限（秒）
    async fn limit_seconds(&self) -> Option<i64> {
        self.line.limit_seconds
    }
}

/// A stay that would have been late. 超时明细
pub struct ProcessTrialLate {
    at: Where,
    late: Late,
}

/// A stay that would have been late. 超时明细
#[Object]
impl ProcessTrialLate {
    /// The ticket's id. 工单 ID
    async fn ticket_id(&self) -> Id<ticket::Entity> {
        Id::new(self.late.id)
    }

    /// The ticket's number. 工单编号
    async fn number(&self) -> i64 {
        self.late.number
    }

    /// The ticket. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let row = ctx.row::<ticket::Entity>(self.late.id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// The stage. 阶段
    async fn stage(&self) -> TicketStage {
        self.at.stage.into()
    }

    /// The step; null when the stage was judged as a whole. 步骤
    async fn step(&self) -> Option<ProcessStep> {
        self.at.step()
    }

    /// When the stay began. 进入时间
    async fn entered_at(&self) -> DateTime {
        self.late.entered_at.into()
    }

    /// How much working time it took, in seconds. 用时（秒）
    async fn seconds(&self) -> i64 {
        self.late.seconds
    }

    /// By how much it was over the limit, in seconds of working time. 超出（秒）
    async fn over_seconds(&self) -> i64 {
        self.late.over_seconds
    }
}
