//! The service level of a ticket: how it stands, and its clocks with their ledgers.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{
    calendar_version, sla_clock, sla_interval, sla_policy_version, ticket, ticket_step_entry,
};

use super::enums::{SlaClockKind, SlaClockState, SlaReason, SlaState};
use super::loaders::{ClocksOf, SlaOf};
use super::policies::SlaPolicyVersion;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Duration, Id};
use crate::tickets::sla::rules::explain;
use crate::tickets::sla::rules::standing::{State, Summary};
use crate::tickets::sla::store::Shown;

/// How a ticket stands by its service level. 工单时限
pub struct TicketSla(ticket::Model);

/// The service level of a ticket; none when its clocks are out of the viewer's reach.
///
/// # Errors
/// When the database fails.
pub async fn of_ticket(ctx: &Context<'_>, ticket: &ticket::Model) -> Result<Option<TicketSla>> {
    let seen = ctx.loads().load_one(SlaOf(ticket.id)).await;
    let seen = seen.map_err(shared).on_field(ctx.call())?;
    Ok(seen.map(|()| TicketSla(ticket.clone())))
}

/// How a ticket stands by its service level. 工单时限
#[Object]
impl TicketSla {
    /// How it stands at the moment of the request. 时限状态
    async fn state(&self, ctx: &Context<'_>) -> SlaState {
        let summary = Summary {
            standing: self.0.sla_standing,
            due: self.0.due_at,
            warn: self.0.warn_at,
            breached: self.0.breached_at,
        };
        State::of(summary, ctx.call().at).into()
    }

    /// The earliest due time of its running clocks; null when none runs. 到期时间
    async fn due_at(&self) -> Option<DateTime> {
        self.0.due_at.map(Into::into)
    }

    /// When a running clock calls for a warning; null when none runs. 提醒时间
    async fn warn_at(&self) -> Option<DateTime> {
        self.0.warn_at.map(Into::into)
    }

    /// The first due time that was missed; it stays on record. 首个错过的到期时间
    async fn breached_at(&self) -> Option<DateTime> {
        self.0.breached_at.map(Into::into)
    }

    /// When the customer got the first answer from a person. 首次响应时间
    async fn first_responded_at(&self) -> Option<DateTime> {
        self.0.first_responded_at.map(Into::into)
    }

    /// When a preliminary solution was given. 初步方案时间
    async fn solution_proposed_at(&self) -> Option<DateTime> {
        self.0.solution_proposed_at.map(Into::into)
    }

    /// Its clocks, oldest first. 计时项
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Option<Vec<SlaClock>>> {
        let clocks = ctx.loads().load_one(ClocksOf(self.0.id)).await;
        let clocks = clocks.map_err(shared).on_field(ctx.call())?;
        Ok(clocks.map(|clocks| {
            clocks
                .into_iter()
                .map(|shown| SlaClock(Arc::new(shown)))
                .collect()
        }))
    }
}

/// One clock of a ticket. 计时
pub struct SlaClock(Arc<Shown>);

/// One clock of a ticket. 计时
#[Object]
impl SlaClock {
    /// The clock's id, `clock_...`. 计时 ID
    async fn id(&self) -> Id<sla_clock::Entity> {
        Id::new(self.0.row.id)
    }

    /// What it measures. 计时项
    async fn kind(&self) -> SlaClockKind {
        self.0.row.kind.into()
    }

    /// The stay in a step that it measures, `stepentry_...`. 步骤记录
    async fn step_entry_id(&self) -> Option<Id<ticket_step_entry::Entity>> {
        self.0.row.step_entry_id.map(Id::new)
    }

    /// Whether it runs. 计时状态
    async fn state(&self) -> SlaClockState {
        self.0.row.state.into()
    }

    /// Working time allowed. 时限
    async fn target(&self) -> Duration {
        Duration::of_seconds(self.0.row.target_seconds)
    }

    /// Working time that has run by now. 已计时
    async fn ran(&self, ctx: &Context<'_>) -> Duration {
        Duration::of_seconds(self.0.clock.ran_at(ctx.call().at))
    }

    /// When it was started. 开始时间
    async fn started_at(&self) -> DateTime {
        self.0.row.started_at.into()
    }

    /// When the target is used up if it runs on; null unless it runs. 到期时间
    async fn due_at(&self) -> Option<DateTime> {
        self.0.row.due_at.map(Into::into)
    }

    /// When a warning is called for; null unless it runs. 提醒时间
    async fn warn_at(&self) -> Option<DateTime> {
        self.0.row.warn_at.map(Into::into)
    }

    /// When it stopped; null while it is open. 停止时间
    async fn stopped_at(&self) -> Option<DateTime> {
        self.0.row.stopped_at.map(Into::into)
    }

    /// Whether what it measures happened in time; null while it is open, and when it was given up. 是否按时
    async fn met(&self) -> Option<bool> {
        self.0.row.met
    }

    /// The due time that was missed first; it stays on record. 错过的到期时间
    async fn breached_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let mut clock = self.0.clock.clone();
        clock.note_breach(ctx.call().at);
        clock.breached_at.map(Into::into)
    }

    /// The version of the policy that holds. 策略版本
    async fn policy_version(&self, ctx: &Context<'_>) -> Result<Option<SlaPolicyVersion>> {
        let id = self.0.row.policy_version_id;
        let row = ctx.row::<sla_policy_version::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(SlaPolicyVersion))
    }

    /// The version of the calendar by which it is counted, `calversion_...`. 日历版本 ID
    async fn calendar_version_id(&self) -> Id<calendar_version::Entity> {
        Id::new(self.0.row.calendar_version_id)
    }

    /// The ledger: every stretch in which it ran, was paused or was stopped, in order. 计时台账
    async fn intervals(&self) -> Vec<SlaInterval> {
        (0..self.0.intervals.len())
            .map(|place| SlaInterval {
                shown: Arc::clone(&self.0),
                place,
            })
            .collect()
    }

    /// The ledger in sentences, in the language of the request: why the due time is what it is. 计时说明
    async fn explanation(&self, ctx: &Context<'_>) -> Vec<String> {
        explain::clock(&self.0.clock)
            .iter()
            .map(|text| text.in_locale(ctx.call().locale).to_owned())
            .collect()
    }
}

/// A stretch of a clock. 计时区间
pub struct SlaInterval {
    shown: Arc<Shown>,
    place: usize,
}

impl SlaInterval {
    fn row(&self) -> &sla_interval::Model {
        &self.shown.intervals[self.place]
    }
}

/// A stretch of a clock in which it ran, was paused or was stopped. 计时区间
#[Object]
impl SlaInterval {
    /// The interval's id, `interval_...`. 区间 ID
    async fn id(&self) -> Id<sla_interval::Entity> {
        Id::new(self.row().id)
    }

    /// Counts up from 1 within the clock. 序号
    async fn number(&self) -> i32 {
        self.row().number
    }

    /// Running, paused, or stopped until a reopening. 状态
    async fn state(&self) -> SlaClockState {
        self.row().state.into()
    }

    /// Why it began. 原因
    async fn reason(&self) -> SlaReason {
        self.row().reason.into()
    }

    /// Working time allowed then. 当时的时限
    async fn target(&self) -> Duration {
        Duration::of_seconds(self.row().target_seconds)
    }

    /// When it began. 开始
    async fn from(&self) -> DateTime {
        self.row().from_at.into()
    }

    /// When it ended; null for the present one. 结束
    async fn to(&self) -> Option<DateTime> {
        self.row().to_at.map(Into::into)
    }

    /// Working time of the clock before it. 此前已计时
    async fn ran_before(&self) -> Duration {
        Duration::of_seconds(self.row().ran_before)
    }

    /// Working time within it; null while it lasts. 区间内计时
    async fn ran(&self) -> Option<Duration> {
        self.row().ran_seconds.map(Duration::of_seconds)
    }

    /// The due time that held in it; null unless it ran. 当时的到期时间
    async fn due_at(&self) -> Option<DateTime> {
        self.row().due_at.map(Into::into)
    }

    /// The version of the policy that held. 当时的策略版本
    async fn policy_version(&self, ctx: &Context<'_>) -> Result<Option<SlaPolicyVersion>> {
        let id = self.row().policy_version_id;
        let row = ctx.row::<sla_policy_version::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(SlaPolicyVersion))
    }

    /// The version of the calendar by which it was counted, `calversion_...`. 当时的日历版本 ID
    async fn calendar_version_id(&self) -> Id<calendar_version::Entity> {
        Id::new(self.row().calendar_version_id)
    }

    /// What happened in it, and why its due time was what it was, in the language of the request. 说明
    async fn explanation(&self, ctx: &Context<'_>) -> Option<String> {
        let clock = &self.shown.clock;
        let interval = clock.intervals.get(self.place)?;
        let text = explain::interval(interval, clock.level.calendar.zone());
        Some(text.in_locale(ctx.call().locale).to_owned())
    }
}
