//! What collaboration chooses from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How somebody came to watch a ticket (关注来源).
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
pub enum WatchSource {
    /// By their own wish (主动关注).
    #[sea_orm(string_value = "own")]
    Own,
    /// Added by a colleague (被添加).
    #[sea_orm(string_value = "added")]
    Added,
    /// Mentioned in a comment (被提及).
    #[sea_orm(string_value = "mention")]
    Mention,
}

/// What a custom field holds (自定义字段类型).
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
pub enum FieldType {
    /// A text (文本).
    #[sea_orm(string_value = "text")]
    Text,
    /// A whole number (整数).
    #[sea_orm(string_value = "integer")]
    Integer,
    /// A number with up to four decimals (小数).
    #[sea_orm(string_value = "decimal")]
    Decimal,
    /// A day (日期).
    #[sea_orm(string_value = "date")]
    Date,
    /// Yes or no (是否).
    #[sea_orm(string_value = "flag")]
    Flag,
    /// One of a list (单选).
    #[sea_orm(string_value = "choice")]
    Choice,
}

/// How two tickets belong together (工单关联).
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
pub enum LinkKind {
    /// The first says the same as the second (重复).
    #[sea_orm(string_value = "duplicate_of")]
    DuplicateOf,
    /// They have to do with each other (相关).
    #[sea_orm(string_value = "related_to")]
    RelatedTo,
    /// The first contains the second (父工单).
    #[sea_orm(string_value = "parent_of")]
    ParentOf,
}

/// What somebody does at a ticket just now (在线状态).
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
pub enum PresenceKind {
    /// Looks at it (查看中).
    #[sea_orm(string_value = "viewing")]
    Viewing,
    /// Writes (编辑中).
    #[sea_orm(string_value = "editing")]
    Editing,
}
