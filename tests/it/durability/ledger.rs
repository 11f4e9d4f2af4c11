//! What must be in the database after what a writer was told.

use std::collections::BTreeSet;

use aftercare::events::Event;
use aftercare::graphql::ids::{decode, encode};
use entity::{audit_log, outbox, ticket, ticket_change, ticket_comment};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::writer::Writer;

/// Is no event left to be delivered?
pub async fn all_delivered(connection: &DatabaseConnection) -> bool {
    let left = outbox::Entity::find()
        .filter(outbox::Column::DispatchedAt.is_null())
        .count(connection);
    left.await.expect("a count") == 0
}

/// Everything that the writer was told is there, once, each with its history, audit entry and event, and nothing else.
pub async fn check(connection: &DatabaseConnection, writer: &Writer) {
    let (_, id) = decode(&writer.ticket).expect("an id");
    let row = ticket::Entity::find_by_id(id).one(connection).await;
    let row = row.expect("a read").expect("the ticket");
    assert_eq!(i64::from(row.version), writer.version);

    let comments = ticket_comment::Entity::find()
        .filter(ticket_comment::Column::TicketId.eq(id))
        .order_by_asc(ticket_comment::Column::CreatedAt)
        .order_by_asc(ticket_comment::Column::Id)
        .all(connection)
        .await
        .expect("a read");
    let ids: Vec<String> = comments
        .iter()
        .map(|comment| encode("comment", comment.id))
        .collect();
    assert_eq!(ids, writer.comments, "every comment once and in order");
    let bodies: BTreeSet<String> = comments.into_iter().map(|comment| comment.body).collect();
    assert_eq!(bodies, writer.bodies);

    let moves = usize::try_from(writer.version - 1).expect("a small number");
    let told = 1 + writer.comments.len() + moves;
    let history = requests_of_history(connection, id).await;
    let audited = requests_of_audit(connection, id).await;
    assert_eq!(history.len(), told, "a history row a change");
    assert_eq!(audited.len(), told, "an audit entry a change");
    let (history, audited): (BTreeSet<_>, BTreeSet<_>) =
        (history.into_iter().collect(), audited.into_iter().collect());
    assert_eq!(history.len(), told, "each in a request of its own");
    assert_eq!(history, audited, "of the same request");
    let events = outbox::Entity::find()
        .filter(outbox::Column::EntityId.eq(id))
        .filter(outbox::Column::Kind.eq(Event::TICKET_CHANGED))
        .count(connection);
    assert_eq!(
        events.await.expect("a count"),
        told as u64,
        "an event a change"
    );
}

/// Which request did which action, by the history; an action that changed several fields left several rows.
async fn requests_of_history(connection: &DatabaseConnection, id: Uuid) -> Vec<(String, String)> {
    let rows = ticket_change::Entity::find()
        .filter(ticket_change::Column::TicketId.eq(id))
        .all(connection)
        .await
        .expect("a read");
    let deeds: BTreeSet<(String, String)> = rows
        .into_iter()
        .map(|row| (row.request_id.unwrap_or_default(), row.action))
        .collect();
    deeds.into_iter().collect()
}

/// The same by the audit log, whose actions are `ticket.comment` and the like.
async fn requests_of_audit(connection: &DatabaseConnection, id: Uuid) -> Vec<(String, String)> {
    let rows = audit_log::Entity::find()
        .filter(audit_log::Column::EntityId.eq(id))
        .all(connection)
        .await
        .expect("a read");
    rows.into_iter()
        .map(|row| {
            let action = row.action.trim_start_matches("ticket.").to_owned();
            (row.request_id.unwrap_or_default(), action)
        })
        .collect()
}
