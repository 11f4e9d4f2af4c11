//! What is written on a ticket on the way: public replies, internal notes, and what the customer asks.

use chrono::{DateTime, Utc};
use entity::enums::CommentVisibility;
use entity::ticket_comment;
use serde_json::Value;

use super::actors::{actor, staff};
use super::record::Book;
use crate::demo::accounts::Holder;
use crate::demo::text::replies::{self, Moment};

impl Book<'_> {
    /// Writes a comment that fits the moment.
    pub fn say(&mut self, at: DateTime<Utc>, moment: Moment) {
        let outsider = self
            .request
            .outsider
            .filter(|holder| matches!(holder, Holder::User(_)));
        let (by, visibility, moment) = match (moment, outsider) {
            (Moment::Asked, Some(holder)) => (
                actor(self.company, holder),
                CommentVisibility::Public,
                moment,
            ),
            (Moment::Asked | Moment::Called, _) => (
                staff(self.company, self.crew.owner),
                CommentVisibility::Internal,
                Moment::Called,
            ),
            (Moment::Diagnosed | Moment::Worked, _) => {
                (self.worker(), CommentVisibility::Internal, moment)
            }
            (Moment::Received, _) => (
                staff(self.company, self.crew.owner),
                CommentVisibility::Public,
                moment,
            ),
            (Moment::Planned | Moment::Done, _) => {
                (self.worker(), CommentVisibility::Public, moment)
            }
        };
        let line = self.chance.pick(replies::lines(moment));
        let body = if visibility == CommentVisibility::Internal {
            line.0.to_owned()
        } else {
            self.said(line)
        };
        self.rows.comments.push(ticket_comment::Model {
            id: self.chance.id(at),
            ticket_id: self.rows.ticket.id,
            visibility,
            body,
            author_kind: by.kind,
            author_id: Some(by.id),
            author_name: by.name.clone(),
            solution: false,
            copied_from_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        self.history(
            at,
            &by,
            "comment",
            None,
            (Value::Null, Value::Null),
            visibility == CommentVisibility::Public,
        );
    }
}
