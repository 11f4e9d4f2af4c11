//! Study elsewhere and corrections of hours.

use async_graphql::InputObject;
use entity::{training_hour, training_study};

use crate::graphql::{Date, Id};
use crate::training::actions;

/// Your own study elsewhere. 提交外部学习
#[derive(InputObject)]
pub struct TrainingStudySubmitInput {
    /// What was learnt, 1 to 200 characters. 学习内容
    title: String,
    /// Where, 1 to 200 characters. 机构
    provider: String,
    /// How long it took, in minutes. 时长（分钟）
    minutes: i32,
    /// When it was finished, a year ago at most. 完成日期
    studied_on: Date,
    /// The proof in words, such as the number of a certificate. 证明说明
    proof: Option<String>,
    /// Where the proof can be seen. 证明链接
    proof_link: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingStudySubmitInput {
    /// The plain order.
    pub fn plain(self) -> actions::StudySubmit {
        actions::StudySubmit {
            title: self.title,
            provider: self.provider,
            minutes: self.minutes,
            studied_on: self.studied_on.0,
            proof: self.proof,
            proof_link: self.proof_link,
        }
    }
}

/// Which study is decided and how. 审批外部学习
#[derive(InputObject)]
pub struct TrainingStudyDecideInput {
    /// The study. 外部学习
    id: Id<training_study::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Does it count? 是否认可
    approve: bool,
    /// In your words, at most 4,000 characters; needed for a refusal. 审批意见
    note: Option<String>,
}

impl TrainingStudyDecideInput {
    /// The plain order.
    pub fn plain(self) -> actions::StudyDecide {
        actions::StudyDecide {
            id: self.id.uuid,
            expected_version: self.expected_version,
            approve: self.approve,
            note: self.note,
        }
    }
}

/// Which study is taken back. 撤回外部学习
#[derive(InputObject)]
pub struct TrainingStudyWithdrawInput {
    /// The study. 外部学习
    pub id: Id<training_study::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// What an entry of the ledger should come to. 更正学时
#[derive(InputObject)]
pub struct TrainingHoursCorrectInput {
    /// The entry, or one that corrects it. 学时记录
    entry_id: Id<training_hour::Entity>,
    /// The minutes that it should come to; 0 takes it back. 应计学时（分钟）
    minutes: i32,
    /// Why, 1 to 500 characters. 原因
    reason: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingHoursCorrectInput {
    /// The plain order.
    pub fn plain(self) -> actions::HoursCorrect {
        actions::HoursCorrect {
            id: self.entry_id.uuid,
            minutes: self.minutes,
            reason: self.reason,
        }
    }
}
