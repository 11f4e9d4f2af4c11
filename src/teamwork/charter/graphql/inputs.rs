//! What is written about proposals and rules.

use async_graphql::InputObject;
use entity::{rule_proposal, team_rule};

use crate::graphql::{Date, DateTime, Id};
use crate::teamwork::charter::actions::{ProposalWrite, Words};
use crate::teamwork::graphql::{CircleInput, RuleBallotKind, RuleVoteChoice};

/// A proposal to write. 起草提案
#[derive(InputObject)]
pub struct RuleProposalCreateInput {
    /// For whom a new rule is meant; absent when a rule is changed or repealed. 适用范围
    circle: Option<CircleInput>,
    /// The rule that is to be changed or repealed. 要修订或废止的规则
    rule_id: Option<Id<team_rule::Entity>>,
    /// The rule is to be repealed. 是否废止
    #[graphql(default)]
    repeal: bool,
    /// What the rule is called, 1 to 200 characters. 标题
    title: String,
    /// The text of the rule, 1 to 8,000 characters; absent when it is to be repealed. 正文
    body: Option<String>,
    /// Why, 1 to 2,000 characters. 理由
    reason: String,
    /// Who learns how somebody voted. 表决方式
    ballot: RuleBallotKind,
    /// So many percent of those who may vote must, 1 to 100; the setting `rule.quorum_percent` when absent. 最低参与比例（%）
    quorum_percent: Option<i32>,
    /// More than so many percent of the yes and no must be yes, 1 to 99; the setting `rule.majority_percent` when absent.
    /// 通过比例（%）
    majority_percent: Option<i32>,
    /// The first day on which it is to hold, at the earliest the day after the vote. 生效日期
    in_force_from: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl RuleProposalCreateInput {
    /// The same as plain data.
    pub fn plain(self) -> ProposalWrite {
        ProposalWrite {
            circle: self.circle.map(Into::into),
            rule_id: self.rule_id.map(|id| id.uuid),
            repeal: self.repeal,
            words: Words {
                title: self.title,
                body: self.body,
                reason: self.reason,
                ballot: self.ballot.into(),
                quorum_percent: self.quorum_percent,
                majority_percent: self.majority_percent,
                in_force_from: self.in_force_from.0,
            },
        }
    }
}

/// A proposal to change; all of it is written anew. 修改提案
#[derive(InputObject)]
pub struct RuleProposalUpdateInput {
    /// Which one. 标识
    pub id: Id<rule_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// What the rule is called, 1 to 200 characters. 标题
    title: String,
    /// The text of the rule, 1 to 8,000 characters; absent when it is to be repealed. 正文
    body: Option<String>,
    /// Why, 1 to 2,000 characters. 理由
    reason: String,
    /// Who learns how somebody voted. 表决方式
    ballot: RuleBallotKind,
    /// So many percent of those who may vote must, 1 to 100; the setting when absent. 最低参与比例（%）
    quorum_percent: Option<i32>,
    /// More than so many percent of the yes and no must be yes, 1 to 99; the setting when absent. 通过比例（%）
    majority_percent: Option<i32>,
    /// The first day on which it is to hold, at the earliest the day after the vote. 生效日期
    in_force_from: Date,
}

impl RuleProposalUpdateInput {
    /// The new words as plain data.
    pub fn words(self) -> Words {
        Words {
            title: self.title,
            body: self.body,
            reason: self.reason,
            ballot: self.ballot.into(),
            quorum_percent: self.quorum_percent,
            majority_percent: self.majority_percent,
            in_force_from: self.in_force_from.0,
        }
    }
}

/// A draft to open for comments. 提交征求意见
#[derive(InputObject)]
pub struct RuleProposalOpenInput {
    /// Which one. 标识
    pub id: Id<rule_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// A proposal to take back. 撤回提案
#[derive(InputObject)]
pub struct RuleProposalWithdrawInput {
    /// Which one. 标识
    pub id: Id<rule_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    pub reason: String,
}

/// Something to say about a proposal. 发表意见
#[derive(InputObject)]
pub struct RuleCommentAddInput {
    /// The proposal. 提案
    pub proposal_id: Id<rule_proposal::Entity>,
    /// What, 1 to 2,000 characters. 内容
    pub body: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// A proposal to put to the vote. 发起表决
#[derive(InputObject)]
pub struct RuleVoteBeginInput {
    /// Which one. 标识
    pub id: Id<rule_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Until when, exclusive: an hour to 92 days from now; as the setting `rule.vote_days` says when absent. 截止时间
    pub until: Option<DateTime>,
}

/// A vote. 投票
#[derive(InputObject)]
pub struct RuleVoteCastInput {
    /// The proposal. 提案
    pub id: Id<rule_proposal::Entity>,
    /// The proposal's version as you saw it: one votes on what one has read. 期望版本
    pub expected_version: i32,
    /// How. 表决意见
    pub choice: RuleVoteChoice,
}

/// A rule to take note of. 确认已阅
#[derive(InputObject)]
pub struct RuleAcknowledgeInput {
    /// Which one. 标识
    pub id: Id<team_rule::Entity>,
    /// The rule's version as you saw it: one takes note of what one has read. 期望版本
    pub expected_version: i32,
}
