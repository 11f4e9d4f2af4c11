//! How many statements a change takes: on PostgreSQL each is a round trip, and what it has locked others wait for.

use sea_orm::DbBackend;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::database::both_databases;

both_databases! {
    async fn a_reply_takes_few_statements(app: TestApp) {
        let agent = app.as_("agent").await;
        let input = json!({ "ticketId": company::ticket(1), "body": "We are on it." });
        let reply = async || {
            agent.change("ticketCommentAdd", "comment { id }", input.clone()).await.fine();
        };
        // A clock waits for the first one.
        reply().await;
        let expected = match app.db.backend() {
            // The epoch and the ticket; comment, change, event, audit entry and head together.
            DbBackend::Postgres => 3,
            // The epoch and the ticket; comment, change and event; the head is read, the entry written, the head moved.
            _ => 8,
        };
        assert_eq!(app.statements(reply).await, expected);
    }
}
