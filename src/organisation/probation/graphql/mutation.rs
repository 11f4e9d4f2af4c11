//! Beginning probations and deciding about them.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{member, probation};

use super::types::{Probation, ProbationOutcome};
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::graphql::show;
use crate::organisation::probation::actions;

/// A probation to begin. 登记试用期
#[derive(InputObject)]
pub struct ProbationStartInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// First day; the member's first day of work when absent. 开始日期（默认入职日）
    starts_on: Option<Date>,
    /// First day on which it should be over; so many months later as the setting `probation.months` says when absent. 计划结束日期
    planned_end: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A decision about a probation. 评审试用期
#[derive(InputObject)]
pub struct ProbationReviewInput {
    /// Which one; never your own. 试用期
    id: Id<probation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What is decided. 结论
    outcome: ProbationOutcome,
    /// Why, 1 to 2,000 characters. The member reads it. 理由（成员可见）
    reason: String,
    /// From which day on; today when absent. 生效日期（默认今天）
    on: Option<Date>,
    /// To which day it is extended; only for an extension. 延长至
    new_end: Option<Date>,
}

mutation_payload!(
    ProbationStartPayload,
    probation: Probation,
    "The probation, if you may read it; null when nothing was changed. 试用期"
);
mutation_payload!(
    ProbationReviewPayload,
    probation: Probation,
    "The probation, if you may read it; null when nothing was changed. 试用期"
);

/// The mutations of probations.
#[derive(Default)]
pub struct ProbationMutation;

/// The mutations of probations.
#[Object]
impl ProbationMutation {
    /// Begins the probation of a member within your reach. 登记试用期
    async fn probation_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and for how long. 成员及期限")] input: ProbationStartInput,
    ) -> Result<Option<ProbationStartPayload>> {
        let order = actions::ProbationStart {
            member_id: input.member_id.uuid,
            starts_on: input.starts_on.map(|day| day.0),
            planned_end: input.planned_end.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::probation_start(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, probation as Probation)
    }

    /// Confirms, extends or ends the probation of a member within your reach. 评审试用期
    async fn probation_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what is decided. 试用期及结论")]
        input: ProbationReviewInput,
    ) -> Result<Option<ProbationReviewPayload>> {
        let order = actions::ProbationReview {
            id: input.id.uuid,
            expected_version: input.expected_version,
            outcome: input.outcome.into(),
            reason: input.reason,
            on: input.on.map(|day| day.0),
            new_end: input.new_end.map(|day| day.0),
        };
        let result = actions::probation_review(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, probation as Probation)
    }
}
