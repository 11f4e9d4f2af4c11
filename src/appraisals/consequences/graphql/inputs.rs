//! What clients hand in about what follows from results.

use async_graphql::InputObject;
use entity::{appraisal, appraisal_cycle, appraisal_proposal};

use super::enums::{
    AppraisalProposalKind, AppraisalProposalKindFilter, AppraisalProposalStateFilter,
};
use crate::appraisals::actions::common::Step;
use crate::appraisals::consequences::actions::{Decide, Propose};
use crate::appraisals::consequences::store;
use crate::error::Result;
use crate::graphql::Id;
use crate::graphql::filters::IdFilter;

/// Something to propose. 结果应用建议
#[derive(InputObject)]
pub struct AppraisalProposeInput {
    /// From which result; never your own. 考核
    appraisal_id: Id<appraisal::Entity>,
    /// What. 类型
    kind: AppraisalProposalKind,
    /// Which training, which position, how much, and why, 1 to 4,000 characters. The member never reads it; of a star that is
    /// accepted all the staff do. 内容及理由（成员不可见；评优采纳后全员可见）
    content: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalProposeInput {
    /// The order.
    pub fn plain(self) -> Propose {
        Propose {
            appraisal_id: self.appraisal_id.uuid,
            kind: self.kind.into(),
            content: self.content,
        }
    }
}

/// A decision about a proposal. 审批建议
#[derive(InputObject)]
pub struct AppraisalProposalDecideInput {
    /// Which one; never one that you made. 建议
    id: Id<appraisal_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Is it done? 是否采纳
    accept: bool,
    /// In your words, at most 4,000 characters; needed when it is declined. 审批意见
    note: Option<String>,
}

impl AppraisalProposalDecideInput {
    /// The order.
    pub fn plain(self) -> Decide {
        Decide {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            accept: self.accept,
            note: self.note,
        }
    }
}

/// Which proposals. All given comparisons must hold. 建议筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalProposalFilter {
    /// From results of which cycle. 考核周期
    cycle_id: Option<IdFilter>,
    /// From which result. 考核
    appraisal_id: Option<IdFilter>,
    /// What is proposed. 类型
    kind: Option<AppraisalProposalKindFilter>,
    /// How far. 状态
    state: Option<AppraisalProposalStateFilter>,
}

impl AppraisalProposalFilter {
    /// The filter as plain values.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field when an id is of another type.
    pub fn plain(self) -> Result<store::ProposalFilter> {
        let (cycle, about) = (self.cycle_id, self.appraisal_id);
        Ok(store::ProposalFilter {
            cycle_id: cycle
                .map(|ids| ids.of::<appraisal_cycle::Entity>("filter.cycleId"))
                .transpose()?,
            appraisal_id: about
                .map(|ids| ids.of::<appraisal::Entity>("filter.appraisalId"))
                .transpose()?,
            kind: self.kind.map(Into::into),
            state: self.state.map(Into::into),
        })
    }
}
