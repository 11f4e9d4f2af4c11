//! Writing processes, and leading tickets through them: one mutation a business action.

use async_graphql::{Context, Object, Result};

use super::inputs::{
    ProcessDraftCreateInput, ProcessDraftWriteInput, ProcessPublishInput, ProcessRetireInput,
    ProcessTemplateCreateInput, TicketStepEnterInput,
};
use super::types::{ProcessTemplate, ProcessVersion};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::tickets::graphql::Ticket;
use crate::tickets::processes::actions;

mutation_payload!(ProcessTemplateCreatePayload, process_template: ProcessTemplate, "The new template; null when it was refused. 新流程模板");
mutation_payload!(ProcessDraftCreatePayload, process_version: ProcessVersion, "The new draft; null when it was refused. 新草稿");
mutation_payload!(ProcessDraftWritePayload, process_version: ProcessVersion, "The written draft; null when it was refused. 已保存的草稿");
mutation_payload!(ProcessPublishPayload, process_version: ProcessVersion, "The published version; null when it was refused. 已发布的版本");
mutation_payload!(ProcessRetirePayload, process_version: ProcessVersion, "The retired version; null when it was refused. 已停用的版本");
mutation_payload!(TicketStepEnterPayload, ticket: Ticket, "The moved ticket; null when it was refused. 已流转的工单");

/// The mutations of processes.
#[derive(Default)]
pub struct ProcessMutation;

#[Object]
impl ProcessMutation {
    /// Makes a process template for a kind of ticket; its first draft comes next. 新建流程模板
    async fn process_template_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new template.")] input: ProcessTemplateCreateInput,
    ) -> Result<Option<ProcessTemplateCreatePayload>> {
        let done = actions::template_create(ctx.app(), ctx.call(), input.into()).await;
        let done = done.map(ProcessTemplate);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Makes a draft of a process, empty or with the steps of another version. 新建流程草稿
    async fn process_draft_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new draft.")] input: ProcessDraftCreateInput,
    ) -> Result<Option<ProcessDraftCreatePayload>> {
        let done = actions::draft_create(ctx.app(), ctx.call(), input.into()).await;
        let done = done.map(ProcessVersion);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Writes all steps of a draft; `problems` then tells what stands against publishing it. 编写流程草稿
    async fn process_draft_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft with all its steps.")] input: ProcessDraftWriteInput,
    ) -> Result<Option<ProcessDraftWritePayload>> {
        let done = actions::draft_write(ctx.app(), ctx.call(), input.into()).await;
        let done = done.map(ProcessVersion);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Lets new tickets of the kind follow this draft; the version published before is retired. Tickets that run keep
    /// theirs. 发布流程
    async fn process_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft.")] input: ProcessPublishInput,
    ) -> Result<Option<ProcessPublishPayload>> {
        let done = actions::publish(ctx.app(), ctx.call(), input.into()).await;
        let done = done.map(ProcessVersion);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Lets no new ticket follow this version any more; those that run keep it. 停用流程
    async fn process_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: ProcessRetireInput,
    ) -> Result<Option<ProcessRetirePayload>> {
        let done = actions::retire(ctx.app(), ctx.call(), input.into()).await;
        let done = done.map(ProcessVersion);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Moves a ticket to a step that its process allows from here, and with it to the step's stage. Going on needs what
    /// the present step requires; going back needs a reason. 进入流程步骤
    async fn ticket_step_enter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which step.")] input: TicketStepEnterInput,
    ) -> Result<Option<TicketStepEnterPayload>> {
        let done = crate::tickets::actions::enter_step(ctx.app(), ctx.call(), input.into()).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(Ticket))?.into(),
        ))
    }
}
