//! The enums of honours and recognitions as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::incentives::honours::store;

/// What an honour is. 荣誉类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::HonourKind")]
pub enum HonourKind {
    /// A title. 称号
    Title,
    /// A star of a period. 之星
    Star,
    /// A commendation. 嘉奖
    Commendation,
    /// A prize of a contest. 竞赛奖
    Prize,
}

/// What an honour comes from. 荣誉来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::HonourSource")]
pub enum HonourSource {
    /// Somebody conferred it. 人工授予
    Conferred,
    /// An approved award of an incentive rule. 激励奖励
    IncentiveAward,
    /// A prize of a published contest. 竞赛获奖
    ContestAward,
    /// A nomination from appraisals that was accepted. 考核评优
    AppraisalStar,
}

/// For what a colleague is recognised. 认可价值观
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RecognitionValue")]
pub enum RecognitionValue {
    /// The customer came first. 客户至上
    CustomerFirst,
    /// Helping others. 团队协作
    Teamwork,
    /// Good work. 精益求精
    Craft,
    /// Doing what nobody asked for. 积极主动
    Initiative,
    /// Learning, and letting others learn. 学习成长
    Learning,
}

/// How honours are sorted. 荣誉排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::HonourOrder")]
pub enum HonourOrder {
    /// The latest ones first. 从新到旧
    #[default]
    GivenOnDesc,
    /// The earliest ones first. 从旧到新
    GivenOnAsc,
}

/// How recognitions are sorted. 认可排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RecognitionOrder")]
pub enum RecognitionOrder {
    /// The latest ones first. 从新到旧
    #[default]
    DayDesc,
    /// The earliest ones first. 从旧到新
    DayAsc,
}

enum_filter!(
    HonourKindFilter,
    HonourKind,
    entity::enums::HonourKind,
    "Compares what an honour is. All given comparisons must hold. 荣誉类型条件"
);
enum_filter!(
    RecognitionValueFilter,
    RecognitionValue,
    entity::enums::RecognitionValue,
    "Compares for what a colleague is recognised. All given comparisons must hold. 认可价值观条件"
);
