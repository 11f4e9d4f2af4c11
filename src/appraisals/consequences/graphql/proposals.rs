//! Proposals.

use async_graphql::{Context, Object, Result};
use entity::{appraisal, appraisal_proposal, member};

use super::enums::{AppraisalProposalKind, AppraisalProposalState};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;

/// What is proposed from a result; never seen by the member. 结果应用建议（成员不可见）
pub struct AppraisalProposal(pub appraisal_proposal::Model);

impl AppraisalProposal {
    async fn appraisal(&self, ctx: &Context<'_>) -> Result<Option<appraisal::Model>> {
        let row = ctx.row::<appraisal::Entity>(self.0.appraisal_id).await;
        row.on_field(ctx.call())
    }
}

/// What is proposed from a result; never seen by the member. 结果应用建议（成员不可见）
#[Object]
impl AppraisalProposal {
    /// Its id, `appraisalproposal_...`. 标识
    async fn id(&self) -> Id<appraisal_proposal::Entity> {
        Id::new(self.0.id)
    }

    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal_id)
    }

    /// About whom. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(about) = self.appraisal(ctx).await? else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(about.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The score that holds. 得分
    async fn score(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        let about = self.appraisal(ctx).await?;
        Ok(about.and_then(|about| about.score).map(Into::into))
    }

    /// The key of its band. 等级编码
    async fn band(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.appraisal(ctx).await?.and_then(|about| about.band))
    }

    /// What is proposed. 类型
    async fn kind(&self) -> AppraisalProposalKind {
        self.0.kind.into()
    }

    /// In words. 内容及理由
    async fn content(&self) -> &str {
        &self.0.content
    }

    /// What has become of it. 状态
    async fn state(&self) -> AppraisalProposalState {
        self.0.state.into()
    }

    /// Who proposed, as the account was called then. 提出人
    async fn proposed_by(&self) -> &str {
        &self.0.proposed_by_name
    }

    /// Who decided, as the account was called then. 审批人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided. 审批时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 审批意见
    async fn decision(&self) -> Option<&str> {
        self.0.decision.as_deref()
    }

    /// The version to name as `expectedVersion` in the decision. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was proposed. 提出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
