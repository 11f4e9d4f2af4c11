use chrono::TimeDelta;
use entity::{audit_log, outbox};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{change, version};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// What a reply may have done to a ticket.
const LOOK: &str = "query($id: ID!) { ticket(id: $id) {
    state history(first: 50) { nodes { action field oldValue newValue } }
} }";

async fn open(actor: &Actor) -> String {
    let input = json!({ "kind": "FAULT_REPAIR", "subject": "The array beeps", "description": "Since this morning.",
        "customerId": company::id(Table::Customer, 1) });
    let reply = actor
        .change("ticketCreate", "ticket { id }", input)
        .await
        .fine();
    reply.text("ticketCreate.ticket.id").to_owned()
}

async fn say(actor: &Actor, id: &str) -> Reply {
    let input = json!({ "ticketId": id, "body": "It is the big one. 是大的那台" });
    actor
        .change("ticketCommentAdd", "comment { id }", input)
        .await
}

async fn hold(actor: &Actor, id: &str, state: &str) {
    change(actor, "ticketHold", id, json!({ "state": state }))
        .await
        .fine();
}

/// The state of a ticket, and how often its history says that it went on after waiting for the customer.
async fn look(actor: &Actor, id: &str) -> (String, usize) {
    let reply = actor.send(LOOK, json!({ "id": id })).await.fine();
    let went_on = json!({ "action": "resume", "field": "state", "oldValue": "PENDING_CUSTOMER", "newValue": "OPEN" });
    let rows = reply.list("ticket.history.nodes").iter();
    let times = rows.filter(|row| **row == went_on).count();
    (reply.text("ticket.state").to_owned(), times)
}

both_databases! {
    async fn the_customers_side_ends_the_waiting_for_it(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = open(&agent).await;
        say(&agent, &id).await.fine();
        hold(&agent, &id, "PENDING_CUSTOMER").await;
        app.clock.advance(TimeDelta::minutes(30));
        let (agent, partner) = (app.as_("agent").await, app.as_("partner").await);
        say(&agent, &id).await.fine();
        assert_eq!(look(&agent, &id).await, ("PENDING_CUSTOMER".to_owned(), 0), "whoever asks again still waits");

        let before = version(&agent, &id).await;
        let answer = json!({ "ticketId": id, "body": "It is the big one.", "idempotencyKey": "once" });
        for _ in 0..2 {
            partner.change("ticketCommentAdd", "comment { id }", answer.clone()).await.fine();
        }
        for who in [&agent, &partner] {
            assert_eq!(look(who, &id).await, ("OPEN".to_owned(), 1), "{}", who.who);
        }
        assert_eq!(version(&agent, &id).await, before + 1);
        clocks_go_on(&agent, &id).await;
        it_is_told_as_resuming(&app, &id).await;
        say(&partner, &id).await.fine();
        assert_eq!(version(&agent, &id).await, before + 1, "now it is a reply like any other");
    }

    async fn no_reply_ends_any_other_waiting(app: TestApp) {
        let (agent, partner) = (app.as_("agent").await, app.as_("partner").await);
        let id = company::ticket(1);
        for state in ["PENDING_PARTS", "ON_HOLD"] {
            hold(&agent, &id, state).await;
            say(&partner, &id).await.fine();
            assert_eq!(look(&agent, &id).await, (state.to_owned(), 0));
        }
        hold(&agent, &id, "PENDING_CUSTOMER").await;
        say(&app.as_client().await, &id).await.fine();
        assert_eq!(look(&agent, &id).await, ("OPEN".to_owned(), 1), "a partner's system writes for the partner");

        let (colleague, customer) = (app.as_("colleague").await, app.as_("customer").await);
        let id = company::ticket(4);
        hold(&colleague, &id, "PENDING_CUSTOMER").await;
        say(&customer, &id).await.fine();
        assert_eq!(look(&colleague, &id).await, ("OPEN".to_owned(), 1));
    }

    async fn of_two_answers_at_once_one_ends_it(app: TestApp) {
        let (agent, partner, client) = (app.as_("agent").await, app.as_("partner").await, app.as_client().await);
        let id = company::ticket(1);
        hold(&agent, &id, "PENDING_CUSTOMER").await;
        let before = version(&agent, &id).await;
        let (one, other) = tokio::join!(say(&partner, &id), say(&client, &id));
        one.fine();
        other.fine();
        assert_eq!(look(&agent, &id).await, ("OPEN".to_owned(), 1));
        assert_eq!(version(&agent, &id).await, before + 1);
    }
}

/// Whatever waited for the customer runs again.
async fn clocks_go_on(agent: &Actor, id: &str) {
    let document = "query($id: ID!) { ticket(id: $id) { sla { clocks { kind state intervals { reason } } } } }";
    let reply = agent.send(document, json!({ "id": id })).await.fine();
    for kind in ["PRELIMINARY_SOLUTION", "RESOLUTION", "STEP"] {
        let mut clocks = reply.list("ticket.sla.clocks").iter();
        let clock = clocks.find(|clock| clock["kind"] == kind);
        let clock = clock.unwrap_or_else(|| panic!("no {kind} in {reply}"));
        let reasons: Vec<&Value> = clock["intervals"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|interval| &interval["reason"])
            .collect();
        assert_eq!(clock["state"], "RUNNING", "{kind}");
        assert_eq!(
            reasons,
            ["STARTED", "WAITING_CUSTOMER", "RESUMED"],
            "{kind}"
        );
    }
}

/// Audit log and events say the same as when staff go on with a ticket.
async fn it_is_told_as_resuming(app: &TestApp, id: &str) {
    let (_, uuid) = aftercare::graphql::ids::decode(id).expect("an id");
    let db = app.db.reader();
    let entries = audit_log::Entity::find()
        .filter(audit_log::Column::EntityId.eq(uuid))
        .filter(audit_log::Column::Action.eq("ticket.resume"))
        .all(db)
        .await
        .expect("the log can be read");
    let details: Vec<&Value> = entries.iter().map(|entry| &entry.detail).collect();
    let expected = json!({ "state": { "from": "PENDING_CUSTOMER", "to": "OPEN" } });
    assert_eq!(details, [&expected]);
    let events = outbox::Entity::find()
        .filter(outbox::Column::EntityId.eq(uuid))
        .all(db)
        .await
        .expect("the events");
    let told = |key: &str, word: &str| {
        let says = |event: &&outbox::Model| event.payload[key] == word;
        events.iter().filter(says).count()
    };
    assert_eq!(told("action", "resume"), 1);
    assert_eq!(told("what", "state"), 2, "it waits, and it goes on");
}
