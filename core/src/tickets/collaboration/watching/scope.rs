//! Which tickets somebody watches, and which watchers and mentions somebody sees, as SQL.

use entity::{ticket_comment, ticket_mention, ticket_watcher};
use sea_orm::sea_query::{ExprTrait, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use crate::access::{Permission, Viewer};
use crate::tickets::scope::{ticket_within, visible_comments};

/// The ids of the tickets that a member watches.
#[must_use]
pub fn watched_by(member: Uuid) -> SelectStatement {
    ticket_watcher::Entity::find()
        .select_only()
        .column(ticket_watcher::Column::TicketId)
        .filter(ticket_watcher::Column::MemberId.eq(member))
        .into_query()
}

/// The tickets that the viewer watches, or those that it doesn't. Whoever is no member watches none.
pub fn compare(watched: bool, ticket: impl ColumnTrait, viewer: &Viewer) -> Condition {
    let me = viewer.standing.member_id.unwrap_or_default();
    let mine = ticket.in_subquery(watched_by(me));
    Condition::all().add(if watched { mine } else { mine.not() })
}

/// The watchers that a viewer may know of: those of tickets whose notes it reads.
pub fn visible_watchers(viewer: &Viewer) -> Select<ticket_watcher::Entity> {
    let column = ticket_watcher::Column::TicketId;
    ticket_watcher::Entity::find().filter(ticket_within(column, viewer, Permission::TicketNoteRead))
}

/// The mentions that a viewer may know of: those in comments that it reads on tickets whose notes it reads.
pub fn visible_mentions(viewer: &Viewer) -> Select<ticket_mention::Entity> {
    let column = ticket_mention::Column::TicketId;
    let comments = visible_comments(viewer)
        .select_only()
        .column(ticket_comment::Column::Id)
        .into_query();
    ticket_mention::Entity::find()
        .filter(ticket_within(column, viewer, Permission::TicketNoteRead))
        .filter(ticket_mention::Column::CommentId.in_subquery(comments))
}
