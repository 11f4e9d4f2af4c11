use std::time::Duration;

use aftercare::db::Transaction;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::surveys::{answer, pass, resolved, survey_of};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

async fn reply(actor: &Actor, ticket: usize) -> Reply {
    let input = json!({ "ticketId": company::ticket(ticket), "body": "On our way." });
    actor
        .change("ticketCommentAdd", "comment { id }", input)
        .await
}

/// A transaction that has a ticket locked, as every action has that changes it.
async fn hold(app: &TestApp, ticket: usize) -> Transaction {
    let held = app.db.begin().await.expect("a transaction");
    lock(&held, "tickets", "id", ticket).await;
    held
}

async fn lock(held: &Transaction, table: &str, column: &str, ticket: usize) {
    let ticket = key(Table::Ticket, ticket);
    let lock = format!("SELECT 1 FROM {table} WHERE {column} = '{ticket}' FOR UPDATE");
    held.execute_unprepared(&lock).await.expect("it is locked");
}

/// What waits for a ticket that is held; meanwhile another ticket is replied to.
async fn waits_alone(
    held: Transaction,
    waiting: impl Future<Output = Reply> + Send + 'static,
    other: &Actor,
) -> Reply {
    let waiting = tokio::spawn(waiting);
    sleep(Duration::from_millis(300)).await;
    reply(other, 2).await.fine();
    assert!(!waiting.is_finished(), "the other reply waited for it");
    held.commit().await.expect("it commits");
    waiting.await.expect("it ends")
}

both_databases! {
    async fn who_waits_for_a_ticket_keeps_nobody_else_waiting(app: TestApp) {
        if app.db.backend() == DbBackend::Sqlite {
            // One writer: everybody waits.
            return;
        }
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        // A clock waits for the first ones, for no other.
        for ticket in [1, 2] {
            reply(&agent, ticket).await.fine();
        }
        let held = hold(&app, 1).await;
        let to_it = { let agent = agent.clone(); async move { reply(&agent, 1).await } };
        waits_alone(held, to_it, &agent).await.fine();

        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let held = hold(&app, 4).await;
        let answering = tokio::spawn({ let stranger = app.stranger(); async move { answer(&stranger, &token, 1).await } });
        sleep(Duration::from_millis(300)).await;
        // Whoever reopens the ticket takes its survey back.
        lock(&held, "surveys", "ticket_id", 4).await;
        held.commit().await.expect("it commits");
        answering.await.expect("it ends").fine();

        let follow_up = survey_of(&lead, &id).await["followUp"].clone();
        let held = hold(&app, 4).await;
        let close = json!({ "id": follow_up["id"], "expectedVersion": follow_up["version"], "result": "Called." });
        let closing = async move { lead.change("surveyFollowUpClose", "followUp { state }", close).await };
        let closed = waits_alone(held, closing, &agent).await.fine();
        assert_eq!(closed.data("surveyFollowUpClose.followUp.state"), &Value::from("DONE"));
    }
}
