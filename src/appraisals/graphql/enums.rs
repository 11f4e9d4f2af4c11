//! The enums of appraisals as clients see them.

use async_graphql::Enum;

use crate::appraisals::store;

/// Why a result was made. 结果成因
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalResultCause")]
pub enum AppraisalResultCause {
    /// It follows from the figures and ratings. 计算
    Counted,
    /// It was changed in calibration. 校准
    Calibrated,
    /// Figures or ratings were put right. 更正
    Corrected,
    /// An appeal was upheld. 申诉成立
    Appealed,
}

/// What has become of a dispute about a record. 异议状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalDisputeState")]
pub enum AppraisalDisputeState {
    /// It waits for a decision, and the figure with it. 待处理
    Open,
    /// The record was wrong. 成立
    Upheld,
    /// The record stands. 不成立
    Rejected,
}

/// How appraisals are sorted; never by what was judged. 考核排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::AppraisalOrder")]
pub enum AppraisalOrder {
    /// The latest first. 最新
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早
    CreatedAtAsc,
}
