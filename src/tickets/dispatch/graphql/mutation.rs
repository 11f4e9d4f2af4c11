//! Giving tickets out, and setting which skills they need.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::inputs::{
    DispatchRequirementCreateInput, DispatchRequirementDeleteInput, DispatchRequirementUpdateInput,
    DispatchRunInput, TicketDispatchInput,
};
use super::requirements::DispatchRequirement;
use crate::access::Call;
use crate::graphql::errors::user_errors;
use crate::graphql::{Ask, Outcome, UserErrorView};
use crate::mutation_payload;
use crate::tickets::dispatch::actions;
use crate::tickets::graphql::Ticket;

/// What a run over the waiting queue did. 批量派单结果
#[derive(SimpleObject)]
pub struct DispatchRun {
    /// How many tickets were given to somebody. 已派数
    given: usize,
    /// How many wait on. 未派数
    left: usize,
    /// Ticket by ticket, in turn. 逐单结果
    results: Vec<DispatchRunResult>,
}

/// What became of one ticket of the queue. 单个工单的派单结果
#[derive(SimpleObject)]
pub struct DispatchRunResult {
    /// The ticket as it is now. 工单
    ticket: Ticket,
    /// Why nobody has it; empty when somebody does. 未派原因
    user_errors: Vec<UserErrorView>,
}

impl DispatchRun {
    fn of(call: &Call, results: Vec<actions::RunResult>) -> Self {
        let given = results
            .iter()
            .filter(|result| result.mistakes.is_empty())
            .count();
        Self {
            given,
            left: results.len() - given,
            results: results
                .into_iter()
                .map(|result| DispatchRunResult {
                    ticket: Ticket(result.ticket),
                    user_errors: user_errors(call, &result.mistakes),
                })
                .collect(),
        }
    }
}

mutation_payload!(TicketDispatchPayload, ticket: Ticket, "The ticket, given to somebody; null when it was refused or nobody could have it. 已派的工单");
mutation_payload!(DispatchRunPayload, run: DispatchRun, "What was done; null when it was refused. 派单结果");
mutation_payload!(DispatchRequirementCreatePayload, requirement: DispatchRequirement, "The new requirement; null when it was refused. 新要求");
mutation_payload!(DispatchRequirementUpdatePayload, requirement: DispatchRequirement, "The changed requirement; null when it was refused. 已修改的要求");
mutation_payload!(DispatchRequirementDeletePayload, requirement: DispatchRequirement, "What the requirement was; null when it was refused. 已删除的要求");

/// The mutations of dispatch.
#[derive(Default)]
pub struct DispatchMutation;

#[Object]
impl DispatchMutation {
    /// Gives a ticket to the best one of those who can have it, or to a member who is named with a reason. The decision is
    /// kept either way, with everybody who was looked at. 智能派单
    async fn ticket_dispatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketDispatchInput,
    ) -> Result<Option<TicketDispatchPayload>> {
        let dispatch = actions::Dispatch {
            id: input.id.uuid,
            expected_version: input.expected_version,
            member_id: input.member_id.map(|id| id.uuid),
            reason: input.reason,
        };
        let done = actions::dispatch(ctx.app(), ctx.call(), dispatch)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Gives out the tickets that wait for somebody within your reach: most urgent first, among equals the oldest. Each is
    /// a decision of its own, made with the work that those before it have brought. 批量派单
    async fn dispatch_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the queue.")] input: DispatchRunInput,
    ) -> Result<Option<DispatchRunPayload>> {
        let run = actions::Run {
            team_id: input.team_id.map(|id| id.uuid),
            limit: input.limit,
        };
        let done = actions::run(ctx.app(), ctx.call(), run)
            .await
            .map(|results| DispatchRun::of(ctx.call(), results));
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Makes a requirement; it counts from the next decision on. 新建技能要求
    async fn dispatch_requirement_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tickets need which skill.")] input: DispatchRequirementCreateInput,
    ) -> Result<Option<DispatchRequirementCreatePayload>> {
        let fields = actions::RequirementFields {
            kind: input.kind.map(Into::into),
            product_id: input.product_id.map(|id| id.uuid),
            skill_id: input.skill_id.uuid,
            min_level: input.min_level,
        };
        let key = input.idempotency_key.as_deref();
        let done = actions::create_requirement(ctx.app(), ctx.call(), fields, key)
            .await
            .map(DispatchRequirement);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Changes a requirement; it counts from the next decision on. 修改技能要求
    async fn dispatch_requirement_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: DispatchRequirementUpdateInput,
    ) -> Result<Option<DispatchRequirementUpdatePayload>> {
        let done = actions::update_requirement(ctx.app(), ctx.call(), input.into())
            .await
            .map(DispatchRequirement);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Removes a requirement; past decisions keep what they asked for. 删除技能要求
    async fn dispatch_requirement_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DispatchRequirementDeleteInput,
    ) -> Result<Option<DispatchRequirementDeletePayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::remove_requirement(ctx.app(), ctx.call(), id, version)
            .await
            .map(DispatchRequirement);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
