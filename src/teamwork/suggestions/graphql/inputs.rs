//! What is written about suggestions.

use async_graphql::InputObject;
use entity::{member, suggestion};

use crate::graphql::Id;
use crate::teamwork::graphql::SuggestionArea;

/// A suggestion to submit. 提交建议
#[derive(InputObject)]
pub struct SuggestionSubmitInput {
    /// In a line, 1 to 200 characters. 标题
    pub title: String,
    /// As a whole, 1 to 8,000 characters. 内容
    pub body: String,
    /// What it is about. 领域
    pub area: SuggestionArea,
    /// Colleagues don't learn who submitted it; whoever looks after it does. 是否匿名
    #[graphql(default)]
    pub anonymous: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// A suggestion to take back. 撤回建议
#[derive(InputObject)]
pub struct SuggestionWithdrawInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    pub reason: String,
}

/// A suggestion to support. 附议
#[derive(InputObject)]
pub struct SuggestionSupportInput {
    /// Which one; not your own. 标识
    pub suggestion_id: Id<suggestion::Entity>,
    /// Support it, or no longer. 是否附议
    pub support: bool,
}

/// A suggestion to take up, or to give to somebody else. 受理或转交
#[derive(InputObject)]
pub struct SuggestionReceiveInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Who looks after it; you when absent. 处理人
    pub handler_id: Option<Id<member::Entity>>,
    /// In words, at most 2,000 characters. 说明
    pub note: Option<String>,
}

/// An answer to a suggestion. 答复建议
#[derive(InputObject)]
pub struct SuggestionAnswerInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// The answer, 1 to 2,000 characters. 答复
    pub note: String,
}

/// What is decided about a suggestion. 决定
#[derive(InputObject)]
pub struct SuggestionDecideInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// Accept it, or decline it. 是否采纳
    pub accept: bool,
    /// Why, 1 to 2,000 characters. 理由
    pub note: String,
}

/// An accepted suggestion to realise. 开始实施
#[derive(InputObject)]
pub struct SuggestionRealiseInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// In words, at most 2,000 characters. 说明
    pub note: Option<String>,
}

/// A suggestion that is done. 完成建议
#[derive(InputObject)]
pub struct SuggestionCompleteInput {
    /// Which one. 标识
    pub id: Id<suggestion::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
    /// What came of it, 1 to 2,000 characters. 结果
    pub outcome: String,
}
