//! Enums that several domains show.

use async_graphql::Enum;

/// On whose side a principal stands. 账号类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::UserKind")]
pub enum UserKind {
    /// Works for us. 内部员工
    Staff,
    /// Works for a partner organisation; so does every API client. 合作伙伴
    Partner,
    /// Acts for a customer. 客户
    Customer,
}

/// A set of rows for which a permission can be held. Reaches are united: their order means nothing. 数据范围
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::Reach")]
pub enum Reach {
    /// Rows about the principal, made by it or given to it. 本人
    Own,
    /// Rows of the principal's teams and matrix assignments. 本团队
    Team,
    /// Rows of those teams and all teams below them. 本团队及下级
    TeamTree,
    /// Rows of the principal's department. 本部门
    Department,
    /// Rows of the principal's regions. 本区域
    Region,
    /// Every row. 全部
    All,
    /// For outsiders: rows of their partner organisation or customer account. 本组织
    Organisation,
}

/// A language of labels and messages. 语言
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::Locale")]
pub enum Locale {
    /// English. 英文
    En,
    /// Chinese. 中文
    Zh,
}

/// What somebody who did something is. 操作者类别
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ActorKind")]
pub enum ActorKind {
    /// A person's account. 用户
    User,
    /// A partner's system. API 客户端
    ApiClient,
    /// The server itself. 系统
    System,
}

crate::leaf_enums!(ActorKind);
