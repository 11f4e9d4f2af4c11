//! Tickets as their people live with them: agents, coordinators, engineers, and the partners and customers who wait.

/// The same done to many tickets at once.
mod bulk;
/// How many statements a change takes.
mod costs;
/// Whom waiting tickets are given to, and why.
mod dispatch;
/// Who waits for a ticket that somebody has locked, and who doesn't.
mod held;
/// The whole way of a ticket, and what partner and customer see of it.
mod life;
/// Lists, pages and how many statements they cost.
mod lists;
/// Open tickets go with their customer to another partner.
mod partners;
/// Who is at a ticket just now.
mod presence;
/// Steps of a process, and the processes themselves.
mod processes;
/// Customer and partner are told unasked.
mod progress;
/// What isn't possible, and what is said then.
mod refusals;
/// Ownership is handed over, work is credited.
mod responsibility;
/// What the subscribers of an event see of its ticket.
mod sights;
/// Due times, their ledgers and their alerts.
mod sla;
/// Customers are asked, and answer once.
mod surveys;
/// Prepared replies.
mod templates;
/// Two at once, and the same twice.
mod twice;
/// Tickets that wait for the customer go on when the customer has written.
mod waiting;
/// Watchers and mentions.
mod watching;

use serde_json::{Value, json};

use crate::support::app::{Actor, Reply};

/// What is shown of a changed ticket.
const TICKET: &str = "ticket { id number version stage state owner { name } assignee { name } team { code } closedAt resolvedAt reopened }";

/// The version of a ticket now.
async fn version(actor: &Actor, id: &str) -> i64 {
    let reply = actor
        .send(
            "query($id: ID!) { ticket(id: $id) { version } }",
            json!({ "id": id }),
        )
        .await;
    reply.data("ticket.version").as_i64().expect("a number")
}

/// Changes a ticket as it is now.
async fn change(actor: &Actor, mutation: &str, id: &str, mut more: Value) -> Reply {
    more["id"] = id.into();
    more["expectedVersion"] = version(actor, id).await.into();
    actor.change(mutation, TICKET, more).await
}
