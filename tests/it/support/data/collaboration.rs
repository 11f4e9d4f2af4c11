use entity::enums::{PresenceKind, WatchSource};
use entity::{reply_template, ticket_mention, ticket_presence, ticket_watcher};
use uuid::Uuid;

use super::{Data, Table, key, start};

impl Data {
    /// Somebody watches a ticket; a second time is no second watcher.
    pub fn watch(&mut self, ticket_id: Uuid, member_id: Uuid) {
        let same =
            |row: &ticket_watcher::Model| (row.ticket_id, row.member_id) == (ticket_id, member_id);
        if self.watchers.iter().any(same) {
            return;
        }
        self.watchers.push(ticket_watcher::Model {
            id: key(Table::Watcher, self.watchers.len() + 1),
            ticket_id,
            member_id,
            source: WatchSource::Added,
            since: start(),
        });
    }

    /// Somebody is mentioned in a comment of a ticket.
    pub fn mention(&mut self, ticket_id: Uuid, comment_id: Uuid, member_id: Uuid) {
        self.mentions.push(ticket_mention::Model {
            id: key(Table::Mention, self.mentions.len() + 1),
            comment_id,
            ticket_id,
            member_id,
            at: start(),
        });
    }

    /// A user looks at a ticket.
    pub fn present(&mut self, ticket_id: Uuid, user_id: Uuid, member_id: Option<Uuid>) {
        self.presences.push(ticket_presence::Model {
            id: key(Table::Presence, self.presences.len() + 1),
            ticket_id,
            user_id,
            member_id,
            name: "somebody".to_owned(),
            doing: PresenceKind::Viewing,
            since: start(),
            seen_at: start(),
        });
    }

    /// A reply template for all kinds of tickets.
    pub fn reply_template(&mut self, n: usize, code: &str, body_en: &str, body_zh: &str) {
        self.reply_templates.push(reply_template::Model {
            id: key(Table::ReplyTemplate, n),
            code: code.to_owned(),
            name: format!("Template {n}"),
            name_zh: format!("模板 {n}"),
            body_en: body_en.to_owned(),
            body_zh: body_zh.to_owned(),
            kinds: serde_json::json!([]),
            active: true,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }
}
