//! The enums of teamwork as clients see them.

use async_graphql::Enum;

use crate::enum_filter;

/// For whom something holds. 适用范围
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::CircleKind")]
pub enum CircleKind {
    /// Everybody who works here. 全公司
    Company,
    /// The members of a department and of its teams. 部门
    Department,
    /// The members of a team and of all teams below it. 团队
    Team,
}

/// What a proposal is for. 提案类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RuleProposalKind")]
pub enum RuleProposalKind {
    /// A rule that there isn't yet. 新增
    New,
    /// Another text for a rule that there is. 修订
    Change,
    /// A rule is to hold no longer. 废止
    Repeal,
}

/// How far a proposal is. 提案状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RuleProposalState")]
pub enum RuleProposalState {
    /// Its proposer writes it. 草稿
    Draft,
    /// Those for whom it is meant say what they think. 征求意见
    Commenting,
    /// They vote on it. 表决中
    Voting,
    /// It was adopted. 已通过
    Adopted,
    /// It wasn't. 未通过
    Rejected,
    /// It was taken back. 已撤回
    Withdrawn,
}

/// Who learns how somebody voted. 表决方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RuleBallotKind")]
pub enum RuleBallotKind {
    /// Whoever sees the proposal. 记名
    Open,
    /// Nobody; when the vote is over, the ballots are destroyed. 无记名
    Secret,
}

/// How somebody votes. 表决意见
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RuleVoteChoice")]
pub enum RuleVoteChoice {
    /// For it. 赞成
    Yes,
    /// Against it. 反对
    No,
    /// Neither; counts for the quorum only. 弃权
    Abstain,
}

/// What a vote came to. 表决结果
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RuleVoteOutcome")]
pub enum RuleVoteOutcome {
    /// Enough voted, and enough of them for it. 通过
    Adopted,
    /// Too few voted. 参与人数不足
    NoQuorum,
    /// Too few of them were for it. 赞成票不足
    NoMajority,
}

/// What a meeting is for. 会议类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MeetingKind")]
pub enum MeetingKind {
    /// The work is talked over. 例会
    Meeting,
    /// Colleagues tell what they have learnt. 分享会
    Sharing,
}

/// What has become of a meeting. 会议状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MeetingState")]
pub enum MeetingState {
    /// It is to come, or goes on. 计划中
    Planned,
    /// It has taken place. 已召开
    Held,
    /// It doesn't take place. 已取消
    Cancelled,
}

/// How often a series meets. 会议频率
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MeetingRhythm")]
pub enum MeetingRhythm {
    /// Every week on the same weekday. 每周
    Weekly,
    /// Every other week on the same weekday. 每两周
    Biweekly,
    /// Every month on the same day, or on the last one of a shorter month. 每月
    Monthly,
}

/// Whether somebody was at a meeting. 出席情况
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MeetingAttendance")]
pub enum MeetingAttendance {
    /// Was there. 出席
    Present,
    /// Had said not to come. 请假
    Excused,
    /// Wasn't there. 缺席
    Absent,
}

/// How far an action item is. 行动项状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ActionItemState")]
pub enum ActionItemState {
    /// Nothing was done yet. 待办
    Open,
    /// It is being worked on. 进行中
    InProgress,
    /// It is done. 已完成
    Done,
    /// It isn't going to be done. 已放弃
    Dropped,
}

/// What a suggestion is about. 建议领域
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::SuggestionArea")]
pub enum SuggestionArea {
    /// How work is done. 流程
    Process,
    /// The products. 产品
    Product,
    /// How customers are served. 客户服务
    CustomerService,
    /// What one works with. 工具
    Tools,
    /// How we work together. 团队协作
    Teamwork,
    /// Where and when we work. 工作环境
    Workplace,
    /// Anything else. 其他
    Other,
}

/// How far a suggestion is. 建议状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::SuggestionState")]
pub enum SuggestionState {
    /// It waits to be taken up. 已提交
    Submitted,
    /// Somebody looks after it. 已受理
    Received,
    /// It is going to be done. 已采纳
    Accepted,
    /// It isn't. 未采纳
    Declined,
    /// It is being done. 实施中
    Realising,
    /// It is done. 已完成
    Done,
    /// It was taken back. 已撤回
    Withdrawn,
}

/// What was done with a suggestion. 处理动作
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::SuggestionStepKind")]
pub enum SuggestionStepKind {
    /// It was submitted. 提交
    Submitted,
    /// Somebody took it up, or it was given to somebody. 受理
    Received,
    /// It was answered. 答复
    Answered,
    /// It was accepted. 采纳
    Accepted,
    /// It was declined. 不采纳
    Declined,
    /// Its realisation began. 开始实施
    Started,
    /// It was done. 完成
    Done,
    /// It was taken back. 撤回
    Withdrawn,
}

enum_filter!(
    RuleProposalStateFilter,
    RuleProposalState,
    entity::enums::RuleProposalState,
    "Compares how far a proposal is. 提案状态条件"
);

enum_filter!(
    RuleProposalKindFilter,
    RuleProposalKind,
    entity::enums::RuleProposalKind,
    "Compares what a proposal is for. 提案类型条件"
);

enum_filter!(
    MeetingStateFilter,
    MeetingState,
    entity::enums::MeetingState,
    "Compares what has become of a meeting. 会议状态条件"
);

enum_filter!(
    MeetingKindFilter,
    MeetingKind,
    entity::enums::MeetingKind,
    "Compares what a meeting is for. 会议类型条件"
);

enum_filter!(
    ActionItemStateFilter,
    ActionItemState,
    entity::enums::ActionItemState,
    "Compares how far an action item is. 行动项状态条件"
);

enum_filter!(
    SuggestionStateFilter,
    SuggestionState,
    entity::enums::SuggestionState,
    "Compares how far a suggestion is. 建议状态条件"
);

enum_filter!(
    SuggestionAreaFilter,
    SuggestionArea,
    entity::enums::SuggestionArea,
    "Compares what a suggestion is about. 建议领域条件"
);
