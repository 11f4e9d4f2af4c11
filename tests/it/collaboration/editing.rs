use serde_json::{Value, json};

use super::{change, history, row, version};
use crate::support::app::TestApp;
use crate::support::company::{self, SECRET_WORD};
use crate::support::data::Table;
use crate::support::database::both_databases;

both_databases! {
    async fn each_field_that_changes_leaves_a_row(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = company::ticket(1);
        let edit = json!({ "subject": " Fan is loud ", "kind": "ON_SITE_SERVICE", "contactId": null, "unitId": null });
        change(&agent, "ticketEdit", &id, edit).await.fine();
        let reason = format!("{SECRET_WORD} complains");
        change(&agent, "ticketPrioritySet", &id, json!({ "priority": "URGENT", "reason": reason })).await.fine();
        let document = "query($id: ID!) { ticket(id: $id) { subject description kind priority version contact { id } unit { id } product { id } } }";
        let reply = agent.send(document, json!({ "id": id })).await.fine();
        let ticket = reply.data("ticket");
        assert_eq!((&ticket["subject"], &ticket["kind"], &ticket["priority"]), (&json!("Fan is loud"), &json!("ON_SITE_SERVICE"), &json!("URGENT")));
        assert_eq!((&ticket["contact"], &ticket["unit"], &ticket["version"]), (&Value::Null, &Value::Null, &json!(3)));
        assert_eq!(ticket["product"], Value::Null, "the product follows the unit");
        assert_eq!(ticket["description"], "The matter 1 in full. 描述", "what isn't named stays");

        let rows = history(&agent, &id).await;
        for expected in [
            row("edit", "subject", "Matter 1", "Fan is loud"),
            row("edit", "kind", "FAULT_REPAIR", "ON_SITE_SERVICE"),
            row("edit", "contactId", &company::id(Table::Contact, 1), ""),
            row("edit", "unitId", &company::id(Table::Unit, 1), ""),
            row("edit", "productId", &company::id(Table::Product, 1), ""),
            row("prioritize", "priority", "NORMAL", "URGENT"),
            row("prioritize", "reason", "", &reason),
        ] {
            assert!(rows.contains(&expected), "{expected:?} in {rows:?}");
        }
        let outside = history(&app.as_("partner").await, &id).await;
        assert!(outside.contains(&row("edit", "subject", "Matter 1", "Fan is loud")));
        assert!(!format!("{outside:?}").contains(SECRET_WORD), "{outside:?}");
        assert!(outside.iter().all(|row| !["contactId", "unitId", "productId"].contains(&&*row[1])), "{outside:?}");
    }

    async fn a_unit_brings_its_product(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let id = company::ticket(5);
        change(&manager, "ticketEdit", &id, json!({ "unitId": null })).await.fine();
        change(&manager, "ticketEdit", &id, json!({ "unitId": company::id(Table::Unit, 3) })).await.fine();
        let document = "query($id: ID!) { ticket(id: $id) { unit { id product { id } } product { id } } }";
        let reply = manager.send(document, json!({ "id": id })).await.fine();
        assert_eq!(reply.data("ticket.product.id"), reply.data("ticket.unit.product.id"));
    }

    async fn what_stays_the_same_is_no_change(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = company::ticket(1);
        change(&agent, "ticketEdit", &id, json!({ "subject": "Matter 1", "kind": "FAULT_REPAIR" })).await.fine();
        assert_eq!(version(&agent, &id).await, 1);
        let reply = change(&agent, "ticketPrioritySet", &id, json!({ "priority": "NORMAL", "reason": "r" })).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.priority".to_owned())]);
    }

    async fn what_cant_be_is_refused_in_words(app: TestApp) {
        let agent = app.as_("agent").await;
        let (going, closed) = (company::ticket(1), company::ticket(12));
        for (ticket, mutation, input, code, field) in [
            (&going, "ticketEdit", json!({ "subject": " " }), "BLANK", "input.subject"),
            (&going, "ticketEdit", json!({ "subject": "x".repeat(201) }), "TOO_LONG", "input.subject"),
            (&going, "ticketEdit", json!({ "description": "" }), "BLANK", "input.description"),
            (&going, "ticketEdit", json!({ "contactId": company::id(Table::Contact, 2) }), "NOT_FOUND", "input.contactId"),
            (&going, "ticketEdit", json!({ "unitId": company::id(Table::Unit, 2) }), "NOT_FOUND", "input.unitId"),
            (&going, "ticketPrioritySet", json!({ "priority": "HIGH", "reason": " " }), "BLANK", "input.reason"),
            (&closed, "ticketEdit", json!({ "subject": "s" }), "WRONG_STATE", ""),
            (&closed, "ticketPrioritySet", json!({ "priority": "HIGH", "reason": "r" }), "WRONG_STATE", ""),
        ] {
            let reply = change(&agent, mutation, ticket, input.clone()).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{mutation} {input}: {reply}");
        }
        assert_eq!(version(&agent, &going).await, 1);
        let stale = json!({ "id": going, "expectedVersion": 7, "subject": "s" });
        let reply = agent.change("ticketEdit", "ticket { id }", stale).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"]);
        // The engineer reads the team's tickets and edits only those given to them.
        let reply = change(&app.as_("engineer").await, "ticketEdit", &company::ticket(9), json!({ "subject": "Mine" })).await;
        assert!(reply.errors().is_empty(), "{reply}");
    }
}
