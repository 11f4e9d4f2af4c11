use entity::outbox;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::sla::work;
use super::{change, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

/// Gives customer 2 to a partner, as a manager does, and lets the worker follow.
async fn give(app: &TestApp, partner: Value) {
    let manager = app.as_("service_manager").await;
    let customer = company::id(Table::Customer, 2);
    let document = "query($id: ID!) { customer(id: $id) { version } }";
    let found = manager
        .send(document, json!({ "id": customer }))
        .await
        .fine();
    let version = found.data("customer.version");
    let input = json!({ "id": customer, "expectedVersion": version, "partnerId": partner });
    manager
        .change("customerUpdate", "customer { id }", input)
        .await
        .fine();
    work(app).await;
}

async fn sees(actor: &Actor, id: &str) -> bool {
    let document = "query($id: ID!) { ticket(id: $id) { number } }";
    let reply = actor.send(document, json!({ "id": id })).await.fine();
    !reply.data("ticket").is_null()
}

/// What the history of a ticket says about its partner, as far as somebody may read it.
async fn told(actor: &Actor, id: &str) -> Vec<Value> {
    let document = "query($id: ID!) { ticket(id: $id) { history(first: 50) { nodes { action field oldValue newValue } } } }";
    let reply = actor.send(document, json!({ "id": id })).await.fine();
    let rows = reply.list("ticket.history.nodes").iter();
    rows.filter(|row| row["field"] == "partnerId")
        .cloned()
        .collect()
}

both_databases! {
    async fn open_tickets_go_with_their_customer_to_its_partner(app: TestApp) {
        work(&app).await;
        let (a, b, manager) = (app.as_("partner").await, app.as_("partner_b").await, app.as_("service_manager").await);
        let (open, ended, other) = (company::ticket(3), company::ticket(12), company::ticket(1));
        let before = version(&manager, &open).await;
        for id in [&open, &ended, &other] {
            assert_eq!((sees(&a, id).await, sees(&b, id).await), (true, false));
        }

        let (first, second) = (company::id(Table::Partner, 1), company::id(Table::Partner, 2));
        give(&app, json!(second)).await;
        assert_eq!((sees(&a, &open).await, sees(&b, &open).await), (false, true), "what is open goes along");
        for id in [&ended, &other] {
            assert_eq!((sees(&a, id).await, sees(&b, id).await), (true, false), "what has ended, and what is another customer's, stays");
        }
        let row = |old: &str, new: &str| json!({ "action": "partner", "field": "partnerId", "oldValue": old, "newValue": new });
        assert_eq!(told(&manager, &open).await, [row(&first, &second)]);
        assert!(told(&b, &open).await.is_empty(), "whose it was is for staff");
        let events = outbox::Entity::find()
            .filter(outbox::Column::EntityId.eq(key(Table::Ticket, 3)))
            .all(app.db.reader())
            .await
            .expect("the events");
        let events: Vec<_> = events.iter().filter(|event| event.payload["action"] == "partner").collect();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].payload["public"], true, "its new partner is told of it");

        work(&app).await;
        assert_eq!(version(&manager, &open).await, before + 1, "once is enough");
        give(&app, Value::Null).await;
        assert_eq!((sees(&a, &open).await, sees(&b, &open).await), (false, false), "nobody looks after it any more");
        assert_eq!(version(&manager, &open).await, before + 2);
        give(&app, json!(first)).await;
        assert!(sees(&a, &open).await);
    }

    async fn what_is_made_of_an_ended_ticket_has_the_partner_of_now(app: TestApp) {
        work(&app).await;
        give(&app, json!(company::id(Table::Partner, 2))).await;
        let (a, b, agent) = (app.as_("partner").await, app.as_("partner_b").await, app.as_("agent").await);
        let id = company::ticket(12);
        let split = json!({ "id": id, "expectedVersion": version(&agent, &id).await, "subject": "The second fan", "kind": "FAULT_REPAIR", "relation": "PARENT_OF" });
        let reply = agent.change("ticketSplit", "ticket { id }", split).await.fine();
        let new = reply.text("ticketSplit.ticket.id").to_owned();
        assert_eq!((sees(&a, &new).await, sees(&b, &new).await), (false, true));
        assert_eq!((sees(&a, &id).await, sees(&b, &id).await), (true, false));

        change(&agent, "ticketReopen", &id, json!({ "reason": "It beeps again" })).await.fine();
        assert_eq!((sees(&a, &id).await, sees(&b, &id).await), (false, true));
        let rows = told(&app.as_("service_manager").await, &id).await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0]["action"], "reopen");
    }
}
