//! What is written on a ticket on the way: public replies, internal notes, and what the customer asks.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::CommentVisibility;
use entity::{ticket_change, ticket_comment};
use serde_json::Value;

use super::TicketRows;
use super::actors::{actor, staff};
use super::record::Book;
use crate::demo::accounts::Holder;
use crate::demo::company::Company;
use crate::demo::random::Chance;
use crate::demo::text::replies::{self, Moment};

/// How many comments tickets get by themselves on average.
const USUAL: u64 = 3;

/// Adds notes of the ticket's owner until it has as many comments as the company wants on average. Notes stop no clock
/// and are seen by no customer, so that nothing else of the ticket changes.
pub fn add_notes(company: &Company, index: u64, owner: Option<usize>, rows: &mut TicketRows) {
    let more = i64::try_from(company.comments.saturating_sub(USUAL)).unwrap_or(0);
    let commented = rows
        .changes
        .iter()
        .find(|change| change.action == "comment");
    let Some((comment, change)) = rows.comments.first().cloned().zip(commented.cloned()) else {
        return;
    };
    let mut chance = Chance::of(company.seed, "ticket notes", index);
    let by = staff(company, owner);
    let room = (rows.ticket.updated_at - comment.created_at)
        .num_seconds()
        .max(0);
    for _ in 0..chance.between(0, 2 * more) {
        let at = comment.created_at + TimeDelta::seconds(chance.between(0, room));
        rows.comments.push(ticket_comment::Model {
            id: chance.id(at),
            visibility: CommentVisibility::Internal,
            body: chance.pick(replies::lines(Moment::Worked)).0.to_owned(),
            author_kind: by.kind,
            author_id: Some(by.id),
            author_name: by.name.clone(),
            created_at: at,
            updated_at: at,
            ..comment.clone()
        });
        rows.changes.push(ticket_change::Model {
            id: chance.id(at),
            at,
            actor_kind: by.kind,
            actor_id: Some(by.id),
            actor_name: by.name.clone(),
            public: false,
            ..change.clone()
        });
    }
    rows.comments.sort_by_key(|comment| comment.created_at);
    rows.changes.sort_by_key(|change| change.at);
}

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
