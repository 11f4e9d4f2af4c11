//! What teamwork chooses from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// For whom something holds (适用范围).
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
pub enum CircleKind {
    /// Everybody who works here (全公司).
    #[sea_orm(string_value = "company")]
    Company,
    /// The members of a department and of its teams (部门).
    #[sea_orm(string_value = "department")]
    Department,
    /// The members of a team and of all teams below it (团队).
    #[sea_orm(string_value = "team")]
    Team,
}

/// What a proposal is for (提案类型).
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
pub enum RuleProposalKind {
    /// A rule that there isn't yet (新增).
    #[sea_orm(string_value = "new")]
    New,
    /// Another text for a rule that there is (修订).
    #[sea_orm(string_value = "change")]
    Change,
    /// A rule is to hold no longer (废止).
    #[sea_orm(string_value = "repeal")]
    Repeal,
}

/// How far a proposal is (提案状态).
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
pub enum RuleProposalState {
    /// Its proposer writes it (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Those for whom it is meant say what they think (征求意见).
    #[sea_orm(string_value = "commenting")]
    Commenting,
    /// They vote on it (表决中).
    #[sea_orm(string_value = "voting")]
    Voting,
    /// It was adopted (已通过).
    #[sea_orm(string_value = "adopted")]
    Adopted,
    /// It wasn't (未通过).
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// It was taken back (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// Who learns how somebody voted (表决方式).
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
pub enum RuleBallotKind {
    /// Whoever sees the proposal (记名).
    #[sea_orm(string_value = "open")]
    Open,
    /// Nobody; when the vote is over, the ballots are destroyed (无记名).
    #[sea_orm(string_value = "secret")]
    Secret,
}

/// How somebody votes (表决意见).
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
pub enum RuleVoteChoice {
    /// For it (赞成).
    #[sea_orm(string_value = "yes")]
    Yes,
    /// Against it (反对).
    #[sea_orm(string_value = "no")]
    No,
    /// Neither; counts for the quorum only (弃权).
    #[sea_orm(string_value = "abstain")]
    Abstain,
}

/// What a vote came to (表决结果).
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
pub enum RuleVoteOutcome {
    /// Enough voted, and enough of them for it (通过).
    #[sea_orm(string_value = "adopted")]
    Adopted,
    /// Too few voted (参与人数不足).
    #[sea_orm(string_value = "no_quorum")]
    NoQuorum,
    /// Too few of them were for it (赞成票不足).
    #[sea_orm(string_value = "no_majority")]
    NoMajority,
}

/// What a meeting is for (会议类型).
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
pub enum MeetingKind {
    /// The work is talked over (例会).
    #[sea_orm(string_value = "meeting")]
    Meeting,
    /// Colleagues tell what they have learnt (分享会).
    #[sea_orm(string_value = "sharing")]
    Sharing,
}

/// What has become of a meeting (会议状态).
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
pub enum MeetingState {
    /// It is to come, or goes on (计划中).
    #[sea_orm(string_value = "planned")]
    Planned,
    /// It has taken place (已召开).
    #[sea_orm(string_value = "held")]
    Held,
    /// It doesn't take place (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// How often a series meets (会议频率).
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
pub enum MeetingRhythm {
    /// Every week on the same weekday (每周).
    #[sea_orm(string_value = "weekly")]
    Weekly,
    /// Every other week on the same weekday (每两周).
    #[sea_orm(string_value = "biweekly")]
    Biweekly,
    /// Every month on the same day, or on the last one of a shorter month (每月).
    #[sea_orm(string_value = "monthly")]
    Monthly,
}

/// Whether somebody was at a meeting (出席情况).
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
pub enum MeetingAttendance {
    /// Was there (出席).
    #[sea_orm(string_value = "present")]
    Present,
    /// Had said not to come (请假).
    #[sea_orm(string_value = "excused")]
    Excused,
    /// Wasn't there (缺席).
    #[sea_orm(string_value = "absent")]
    Absent,
}

/// How far an action item is (行动项状态).
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
pub enum ActionItemState {
    /// Nothing was done yet (待办).
    #[sea_orm(string_value = "open")]
    Open,
    /// It is being worked on (进行中).
    #[sea_orm(string_value = "in_progress")]
    InProgress,
    /// It is done (已完成).
    #[sea_orm(string_value = "done")]
    Done,
    /// It isn't going to be done (已放弃).
    #[sea_orm(string_value = "dropped")]
    Dropped,
}

/// What a suggestion is about (建议领域).
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
pub enum SuggestionArea {
    /// How work is done (流程).
    #[sea_orm(string_value = "process")]
    Process,
    /// The products (产品).
    #[sea_orm(string_value = "product")]
    Product,
    /// How customers are served (客户服务).
    #[sea_orm(string_value = "customer_service")]
    CustomerService,
    /// What one works with (工具).
    #[sea_orm(string_value = "tools")]
    Tools,
    /// How we work together (团队协作).
    #[sea_orm(string_value = "teamwork")]
    Teamwork,
    /// Where and when we work (工作环境).
    #[sea_orm(string_value = "workplace")]
    Workplace,
    /// Anything else (其他).
    #[sea_orm(string_value = "other")]
    Other,
}

/// How far a suggestion is (建议状态).
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
pub enum SuggestionState {
    /// It waits to be taken up (已提交).
    #[sea_orm(string_value = "submitted")]
    Submitted,
    /// Somebody looks after it (已受理).
    #[sea_orm(string_value = "received")]
    Received,
    /// It is going to be done (已采纳).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// It isn't (未采纳).
    #[sea_orm(string_value = "declined")]
    Declined,
    /// It is being done (实施中).
    #[sea_orm(string_value = "realising")]
    Realising,
    /// It is done (已完成).
    #[sea_orm(string_value = "done")]
    Done,
    /// It was taken back (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// What was done with a suggestion (处理动作).
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
pub enum SuggestionStepKind {
    /// It was submitted (提交).
    #[sea_orm(string_value = "submitted")]
    Submitted,
    /// Somebody took it up, or it was given to somebody (受理).
    #[sea_orm(string_value = "received")]
    Received,
    /// It was answered (答复).
    #[sea_orm(string_value = "answered")]
    Answered,
    /// It was accepted (采纳).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// It was declined (不采纳).
    #[sea_orm(string_value = "declined")]
    Declined,
    /// Its realisation began (开始实施).
    #[sea_orm(string_value = "started")]
    Started,
    /// It was done (完成).
    #[sea_orm(string_value = "done")]
    Done,
    /// It was taken back (撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}
