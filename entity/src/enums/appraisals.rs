//! What the rows about appraisals choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How often appraisals of a kind come (考核周期).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalRhythm {
    /// Each month (月度).
    #[sea_orm(string_value = "monthly")]
    Monthly,
    /// Each quarter (季度).
    #[sea_orm(string_value = "quarterly")]
    Quarterly,
    /// Each year (年度).
    #[sea_orm(string_value = "yearly")]
    Yearly,
}

/// How far a version of a template is (模板版本状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalVersionState {
    /// It can still be changed (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// It holds and never changes (已发布).
    #[sea_orm(string_value = "published")]
    Published,
}

/// How far a cycle is (考核阶段).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalStage {
    /// It is being prepared (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Members say how they see themselves (自评).
    #[sea_orm(string_value = "self_assessment")]
    SelfAssessment,
    /// Managers judge (上级评价).
    #[sea_orm(string_value = "review")]
    Review,
    /// Figures are frozen and results computed (结算中).
    #[sea_orm(string_value = "counting")]
    Counting,
    /// Managers look at the results together (校准).
    #[sea_orm(string_value = "calibration")]
    Calibration,
    /// Results are out: they are acknowledged, or appealed against (已公布).
    #[sea_orm(string_value = "published")]
    Published,
    /// It is over (已结束).
    #[sea_orm(string_value = "closed")]
    Closed,
    /// It was called off (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// Why a member has no appraisal in a cycle (不参与考核的原因).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalExclusion {
    /// There is no template for the family of the position (无适用模板).
    #[sea_orm(string_value = "no_template")]
    NoTemplate,
    /// At work for too few days, having joined late (入职过晚).
    #[sea_orm(string_value = "joined_late")]
    JoinedLate,
    /// Left before the end of the period (已离职).
    #[sea_orm(string_value = "left")]
    Left,
    /// At work for too few days, having been on leave (休假过长).
    #[sea_orm(string_value = "on_leave")]
    OnLeave,
    /// In none of the departments that the cycle is about (不在范围内).
    #[sea_orm(string_value = "out_of_scope")]
    OutOfScope,
}

/// Whose view of a member it is (评价来源).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalFeedbackSource {
    /// Customers, by the surveys of real tickets (客户).
    #[sea_orm(string_value = "customer")]
    Customer,
    /// Colleagues (同事).
    #[sea_orm(string_value = "peer")]
    Peer,
    /// Superiors (上级).
    #[sea_orm(string_value = "superior")]
    Superior,
    /// The member (本人).
    #[sea_orm(string_value = "own")]
    Own,
}

/// How far a request for feedback is (评价邀请状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalRaterState {
    /// It waits for approval (待审批).
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// Feedback is asked for (待评价).
    #[sea_orm(string_value = "asked")]
    Asked,
    /// Feedback was given (已评价).
    #[sea_orm(string_value = "given")]
    Given,
    /// The rater was not taken, or did not want to (已谢绝).
    #[sea_orm(string_value = "declined")]
    Declined,
}

/// Who rated (评价人身份).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalRatingBy {
    /// The member (本人).
    #[sea_orm(string_value = "own")]
    Own,
    /// The reviewer (评价人).
    #[sea_orm(string_value = "reviewer")]
    Reviewer,
}

/// Why a result was made (结果成因).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalResultCause {
    /// It follows from the figures and ratings (计算).
    #[sea_orm(string_value = "counted")]
    Counted,
    /// It was changed in calibration (校准).
    #[sea_orm(string_value = "calibrated")]
    Calibrated,
    /// Figures or ratings were put right (更正).
    #[sea_orm(string_value = "corrected")]
    Corrected,
    /// An appeal was upheld (申诉成立).
    #[sea_orm(string_value = "appealed")]
    Appealed,
}

/// What has become of an appeal (申诉状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalAppealState {
    /// It waits for a decision (待裁定).
    #[sea_orm(string_value = "filed")]
    Filed,
    /// It was right (成立).
    #[sea_orm(string_value = "upheld")]
    Upheld,
    /// It was not (不成立).
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// It was taken back (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// What has become of a dispute about a record (异议状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalDisputeState {
    /// It waits for a decision, and the figure with it (待处理).
    #[sea_orm(string_value = "open")]
    Open,
    /// The record is put right: the figure is left out until it is read anew (成立).
    #[sea_orm(string_value = "upheld")]
    Upheld,
    /// The record stands (不成立).
    #[sea_orm(string_value = "rejected")]
    Rejected,
}

/// What follows from a result (结果应用).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalProposalKind {
    /// Training (培训).
    #[sea_orm(string_value = "training")]
    Training,
    /// A promotion (晋升).
    #[sea_orm(string_value = "promotion")]
    Promotion,
    /// A change of pay (调薪).
    #[sea_orm(string_value = "pay")]
    Pay,
    /// A plan for improvement (改进计划).
    #[sea_orm(string_value = "improvement")]
    Improvement,
    /// Star of the quarter, or another nomination (评优提名).
    #[sea_orm(string_value = "star")]
    Star,
}

/// What has become of a proposal (建议状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AppraisalProposalState {
    /// It waits for a decision (待审批).
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// It is done (已采纳).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// It is not (未采纳).
    #[sea_orm(string_value = "declined")]
    Declined,
}

/// What has become of a plan for improvement (改进计划状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ImprovementState {
    /// It is worked on (进行中).
    #[sea_orm(string_value = "running")]
    Running,
    /// It was carried out (已完成).
    #[sea_orm(string_value = "done")]
    Done,
    /// It was given up (已放弃).
    #[sea_orm(string_value = "dropped")]
    Dropped,
}
