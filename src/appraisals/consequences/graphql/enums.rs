//! The enums of what follows from results.

use async_graphql::Enum;

use crate::appraisals::consequences::actions::Grouped;
use crate::appraisals::consequences::store;
use crate::enum_filter;

/// What is proposed from a result. 结果应用类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalProposalKind")]
pub enum AppraisalProposalKind {
    /// Training. 培训
    Training,
    /// A promotion. 晋升
    Promotion,
    /// A change of pay. 调薪
    Pay,
    /// A plan for improvement. 改进计划
    Improvement,
    /// Star of the quarter, or another nomination: once accepted, all the staff read who and why. 评优提名（采纳后全员可见）
    Star,
}

/// What has become of a proposal. 建议状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalProposalState")]
pub enum AppraisalProposalState {
    /// It waits for a decision. 待审批
    Proposed,
    /// It is done. 已采纳
    Accepted,
    /// It isn't. 未采纳
    Declined,
}

/// How results are grouped. 分组方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Grouped")]
pub enum AppraisalGroupBy {
    /// By the home team at the end of the period. 团队
    Team,
    /// By its department. 部门
    Department,
    /// By its region on the last day of the period. 区域
    Region,
}

/// How proposals are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ProposalOrder")]
pub enum AppraisalProposalOrder {
    /// The latest first. 最新提出
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早提出
    CreatedAtAsc,
}

enum_filter!(
    AppraisalProposalKindFilter,
    AppraisalProposalKind,
    entity::enums::AppraisalProposalKind,
    "Compares what is proposed. All given comparisons must hold. 结果应用类型条件"
);
enum_filter!(
    AppraisalProposalStateFilter,
    AppraisalProposalState,
    entity::enums::AppraisalProposalState,
    "Compares what has become of a proposal. All given comparisons must hold. 建议状态条件"
);
