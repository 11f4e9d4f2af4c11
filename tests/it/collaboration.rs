//! People work together on tickets, and outsiders see nothing of it that isn't theirs.

/// What a ticket says is corrected, with a trace.
mod editing;
/// Custom fields are made, filled and searched.
mod fields;
/// Tickets are linked and never in a circle.
mod links;
/// Two become one and one becomes two, and nothing is lost.
mod merging;
/// Tags are made, put on tickets and searched.
mod tags;
/// Filters are kept, shared, and shown to each as their own.
mod views;

use entity::{ticket_change, ticket_comment};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};

/// The version of a ticket now.
async fn version(actor: &Actor, id: &str) -> i64 {
    let document = "query($id: ID!) { ticket(id: $id) { version } }";
    let reply = actor.send(document, json!({ "id": id })).await;
    reply.data("ticket.version").as_i64().expect("a number")
}

/// Changes a ticket as it is now.
async fn change(actor: &Actor, mutation: &str, id: &str, mut more: Value) -> Reply {
    more["id"] = id.into();
    more["expectedVersion"] = version(actor, id).await.into();
    actor.change(mutation, "ticket { id version }", more).await
}

/// The history of a ticket, the latest first: action, field, old and new value.
async fn history(actor: &Actor, id: &str) -> Vec<[String; 4]> {
    let document = "query($id: ID!) { ticket(id: $id) { history(first: 100) { nodes { action field oldValue newValue } } } }";
    let reply = actor.send(document, json!({ "id": id })).await.fine();
    let rows = reply.list("ticket.history.nodes").iter();
    let text = |row: &Value, part: &str| row[part].as_str().unwrap_or_default().to_owned();
    rows.map(|row| ["action", "field", "oldValue", "newValue"].map(|part| text(row, part)))
        .collect()
}

/// The same row as [`history`] gives it.
fn row(action: &str, field: &str, old: &str, new: &str) -> [String; 4] {
    [action, field, old, new].map(str::to_owned)
}

/// The numbers of the tickets that a filter finds, without what all have in common.
async fn found(actor: &Actor, filter: Value) -> Vec<i64> {
    let document = "query($filter: TicketFilter) { tickets(first: 100, filter: $filter, orderBy: CREATED_AT_ASC) { nodes { number } } }";
    let reply = actor
        .send(document, json!({ "filter": filter }))
        .await
        .fine();
    let nodes = reply.list("tickets.nodes").iter();
    nodes
        .filter_map(|node| node["number"].as_i64())
        .map(|number| number - 100_000)
        .collect()
}

/// How many comments and rows of history there are in all.
async fn kept(app: &TestApp) -> (u64, u64) {
    let db = app.db.reader();
    let comments = ticket_comment::Entity::find().count(db).await;
    let changes = ticket_change::Entity::find().count(db).await;
    (comments.expect("a count"), changes.expect("a count"))
}
