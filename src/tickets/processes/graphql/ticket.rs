//! The process of a ticket: its version, its present step, where it has been and where it may go.

use async_graphql::{Context, Object, Result};
use entity::{process_step, process_version, ticket, ticket_step_entry};

use super::loaders::{FilledOf, StaysOf};
use super::types::{ProcessStep, ProcessVersion};
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::tickets::processes::rules::required::{Required, missing};
use crate::tickets::processes::rules::steps::{next_of, required_of};
use crate::tickets::processes::store::VersionsSteps;
use crate::tickets::rules::stages::ended;

/// How a ticket stands in its process. 工单流程
pub struct TicketProcess {
    ticket: ticket::Model,
    version: uuid::Uuid,
}

impl TicketProcess {
    /// The process of a ticket, if it follows one.
    #[must_use]
    pub fn of(ticket: &ticket::Model) -> Option<Self> {
        Some(Self {
            version: ticket.process_version_id?,
            ticket: ticket.clone(),
        })
    }

    async fn present(&self, ctx: &Context<'_>) -> Result<Option<process_step::Model>> {
        let Some(id) = self.ticket.step_id else {
            return Ok(None);
        };
        ctx.row::<process_step::Entity>(id)
            .await
            .on_field(ctx.call())
    }
}

/// How a ticket stands in its process. 工单流程
#[Object]
impl TicketProcess {
    /// The version that it follows: the one that was published when it was opened. 流程版本
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<ProcessVersion>> {
        let row = ctx.row::<process_version::Entity>(self.version).await;
        Ok(row.on_field(ctx.call())?.map(ProcessVersion))
    }

    /// The present step, with its guideline and the role whose duty it is; the last one when the ticket has ended. 当前步骤
    async fn step(&self, ctx: &Context<'_>) -> Result<Option<ProcessStep>> {
        Ok(self.present(ctx).await?.map(ProcessStep))
    }

    /// Every step it has been in, oldest first. 步骤记录
    async fn entries(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketStepEntry>>> {
        let stays = ctx
            .loads()
            .load_one(StaysOf(self.ticket.id))
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(stays.map(|stays| stays.into_iter().map(TicketStepEntry).collect()))
    }

    /// The steps that it may enter from here, the usual one first; none when it has ended. 可进入的步骤
    async fn allowed_steps(&self, ctx: &Context<'_>) -> Result<Option<Vec<ProcessStep>>> {
        if ended(self.ticket.state) {
            return Ok(Some(Vec::new()));
        }
        let Some(present) = self.present(ctx).await? else {
            return Ok(None);
        };
        let rows = rows_of::<VersionsSteps>(ctx, self.version)
            .await
            .on_field(ctx.call())?;
        let allowed = next_of(&present);
        let allowed = allowed
            .iter()
            .filter_map(|code| rows.iter().find(|row| row.code == *code).cloned());
        Ok(Some(allowed.map(ProcessStep).collect()))
    }

    /// What the present step still needs before the ticket goes on, in the words of `requiredFields`. 尚缺的必填项
    async fn missing_fields(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        let Some(present) = self.present(ctx).await? else {
            return Ok(None);
        };
        let wanted = required_of(&present);
        let custom = wanted
            .iter()
            .any(|required| matches!(required, Required::Field(_)));
        let filled = if custom {
            ctx.loads()
                .load_one(FilledOf(self.ticket.id))
                .await
                .map_err(shared)
                .on_field(ctx.call())?
        } else {
            None
        };
        let missing = missing(&self.ticket, &filled.unwrap_or_default(), &wanted);
        Ok(Some(missing.iter().map(ToString::to_string).collect()))
    }
}

/// A stay of a ticket in a step. 步骤记录
pub struct TicketStepEntry(pub ticket_step_entry::Model);

/// A stay of a ticket in a step. 步骤记录
#[Object]
impl TicketStepEntry {
    /// The stay's id, `stepentry_...`. 标识
    async fn id(&self) -> Id<ticket_step_entry::Entity> {
        Id::new(self.0.id)
    }

    /// The step. 步骤
    async fn step(&self, ctx: &Context<'_>) -> Result<Option<ProcessStep>> {
        let row = ctx.row::<process_step::Entity>(self.0.step_id).await;
        Ok(row.on_field(ctx.call())?.map(ProcessStep))
    }

    /// When it was entered. 进入时间
    async fn entered_at(&self) -> DateTime {
        self.0.entered_at.into()
    }

    /// When it was left; null while the ticket is there. 离开时间
    async fn left_at(&self) -> Option<DateTime> {
        self.0.left_at.map(Into::into)
    }

    /// 1 for the first time in this step, 2 after it came back once, and so on. 第几次进入
    async fn visit(&self) -> i32 {
        self.0.visit
    }
}
