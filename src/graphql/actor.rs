//! Who did something, as clients read it in histories and in the audit log.

use async_graphql::Enum;

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
