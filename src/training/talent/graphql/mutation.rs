//! Proposing, deciding and withdrawing.

use async_graphql::{Context, InputObject, Object, OneofObject, Result};
use entity::{
    competency_assessment, exam_attempt, member, member_certificate, position, talent_proposal,
};

use super::types::{TalentProposal, TalentReadiness};
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::training::talent::actions::{self, Evidence, Stands};

/// A record that a proposal stands on. 依据记录
#[derive(OneofObject)]
pub enum TalentRecordInput {
    /// An assessment of a competency of the member. 能力评估
    AssessmentId(Id<competency_assessment::Entity>),
    /// A certificate that the member holds. 证书
    CertificateId(Id<member_certificate::Entity>),
    /// A published attempt of the member at an exam. 考试
    AttemptId(Id<exam_attempt::Entity>),
    /// The year whose training hours are meant. 学时年度
    HoursYear(i32),
}

/// What a proposal stands on: a record, words, or both. 人才依据
#[derive(InputObject)]
pub struct TalentEvidenceInput {
    /// The record, one of the member's that you may see; words alone when absent. 记录
    record: Option<TalentRecordInput>,
    /// In your words, at most 1,000 characters. 说明
    note: Option<String>,
}

impl From<TalentEvidenceInput> for Evidence {
    fn from(input: TalentEvidenceInput) -> Self {
        Self {
            stands: match input.record {
                Some(TalentRecordInput::AssessmentId(id)) => Stands::Assessment(id.uuid),
                Some(TalentRecordInput::CertificateId(id)) => Stands::Certificate(id.uuid),
                Some(TalentRecordInput::AttemptId(id)) => Stands::Attempt(id.uuid),
                Some(TalentRecordInput::HoursYear(year)) => Stands::Hours(year),
                None => Stands::Words,
            },
            note: input.note,
        }
    }
}

/// A member to propose. 提名人才
#[derive(InputObject)]
pub struct TalentProposeInput {
    /// Who; never yourself. 成员
    member_id: Id<member::Entity>,
    /// For which position. 目标岗位
    position_id: Id<position::Entity>,
    /// When ready. 准备度
    readiness: TalentReadiness,
    /// Why, 1 to 4,000 characters. The member never reads it. 理由（成员不可见）
    reason: String,
    /// What it stands on, 1 to 20 pieces. 依据
    evidence: Vec<TalentEvidenceInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A decision about a proposal. 评审人才提名
#[derive(InputObject)]
pub struct TalentDecideInput {
    /// Which one; never your own. 提名
    id: Id<talent_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Does it hold from now on? 是否通过
    accept: bool,
    /// In your words, at most 4,000 characters; needed when it is declined. 评审意见
    note: Option<String>,
}

/// A proposal to withdraw. 撤回人才提名
#[derive(InputObject)]
pub struct TalentWithdrawInput {
    /// Which one; one that waits or holds. 提名
    id: Id<talent_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 4,000 characters. 原因
    reason: String,
}

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, proposal: TalentProposal, "The proposal, if you may read it; null when nothing was changed. 人才提名");)*
    };
}

payloads!(
    TalentProposePayload,
    TalentDecidePayload,
    TalentWithdrawPayload
);

/// Decodes, calls, maps: what each mutation shows of the row that it left.
macro_rules! show {
    ($ctx:ident, $result:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <talent_proposal::Entity as Scoped>::READ;
        let result = match $result {
            Ok(id) => {
                find::<talent_proposal::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, result)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map(TalentProposal),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// The mutations of the talent pipeline.
#[derive(Default)]
pub struct TalentMutation;

/// The mutations of the talent pipeline.
#[Object]
impl TalentMutation {
    /// Proposes a member within your reach for a position, with evidence. 提名人才
    async fn talent_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, for what, when ready, and by what. 成员、岗位、准备度及依据")]
        input: TalentProposeInput,
    ) -> Result<Option<TalentProposePayload>> {
        let order = actions::TalentPropose {
            member_id: input.member_id.uuid,
            position_id: input.position_id.uuid,
            readiness: input.readiness.into(),
            reason: input.reason,
            evidence: input.evidence.into_iter().map(Into::into).collect(),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::talent_propose(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result)
    }

    /// Accepts or declines a proposal; an earlier one about the same member and position holds no longer. 评审人才提名
    async fn talent_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how. 提名及结论")] input: TalentDecideInput,
    ) -> Result<Option<TalentDecidePayload>> {
        let order = actions::TalentDecide {
            id: input.id.uuid,
            expected_version: input.expected_version,
            accept: input.accept,
            note: input.note,
        };
        let result = actions::talent_decide(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result)
    }

    /// Withdraws a proposal about a member within your reach that waits or holds. 撤回人才提名
    async fn talent_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 提名及原因")] input: TalentWithdrawInput,
    ) -> Result<Option<TalentWithdrawPayload>> {
        let order = actions::TalentWithdraw {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        let result = actions::talent_withdraw(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result)
    }
}
