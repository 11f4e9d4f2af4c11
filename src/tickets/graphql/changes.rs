//! The history of a ticket as clients see it.

use async_graphql::Object;
use entity::ticket_change;

use crate::graphql::kinds::ActorKind;
use crate::graphql::{DateTime, Id};

/// One change of a ticket: who did what, when, from what to what. 变更记录
pub struct TicketHistoryEntry(pub ticket_change::Model);

/// One change of a ticket: who did what, when, from what to what. 变更记录
#[Object]
impl TicketHistoryEntry {
    /// The entry's id, `change_...`. 记录 ID
    async fn id(&self) -> Id<ticket_change::Entity> {
        Id::new(self.0.id)
    }

    /// When it was done. 时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// Who did it, as the name was then. 操作人
    async fn actor_name(&self) -> &str {
        &self.0.actor_name
    }

    /// What the actor is. 操作者类别
    async fn actor_kind(&self) -> ActorKind {
        self.0.actor_kind.into()
    }

    /// What was done, such as `create`, `assign`, `advance`, `edit`, `merge`, `handover_accept`, `survey_answer` or `comment`. 操作
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The field that changed; null when the action changed none. 字段
    async fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Its value before, as the API writes it. 原值
    async fn old_value(&self) -> Option<String> {
        self.0.old_value.as_ref().map(plain)
    }

    /// Its value after, as the API writes it. 新值
    async fn new_value(&self) -> Option<String> {
        self.0.new_value.as_ref().map(plain)
    }
}

fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
