use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{change, clock, ledgers_are_whole, open, promises_only, sla, work};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// A ticket whose first response has been given: one of its clocks has stopped.
async fn answered(agent: &Actor) -> String {
    let id = open(agent, "NORMAL").await;
    let answer = json!({ "ticketId": id, "body": "We look into it." });
    agent
        .change("ticketCommentAdd", "comment { id }", answer)
        .await
        .fine();
    id
}

both_databases! {
    async fn a_stopped_clock_doesnt_bring_an_older_version_back(app: TestApp) {
        promises_only(&app).await;
        let id = answered(&app.as_("agent").await).await;
        app.clock.advance(TimeDelta::hours(2));
        let admin = app.as_("admin").await;
        let found = admin.ask("{ slaPolicies(filter: { code: { eq: \"standard\" } }) { nodes { id versions { calendarId } } } }").await.fine();
        let policy = found.data("slaPolicies.nodes.0").clone();
        let promise = json!({ "firstResponse": "PT4H", "preliminarySolution": "PT6H", "resolution": "PT10H" });
        let content = json!({ "calendarId": policy["versions"][0]["calendarId"], "targets": { "usual": promise } });
        let add = json!({ "policyId": policy["id"], "expectedVersion": 1, "content": content, "applyToOpen": true });
        admin.change("slaPolicyVersionAdd", "policy { current }", add).await.fine();
        work(&app).await;
        app.clock.advance(TimeDelta::minutes(10));
        let agent = app.as_("agent").await;
        let moved = sla(&agent, &id).await;
        assert_eq!(clock(&moved, "RESOLUTION")["target"], "PT10H", "{moved}");
        assert_eq!(clock(&moved, "FIRST_RESPONSE")["target"], "PT1H", "what has stopped stays as it was");

        change(&agent, "ticketPrioritySet", &id, json!({ "priority": "HIGH", "reason": "Production stands still" })).await.fine();
        let seen = sla(&agent, &id).await;
        assert_eq!(seen, moved, "the new version promises the same at that priority");
        work(&app).await;
        assert_eq!(sla(&agent, &id).await, moved);
        ledgers_are_whole(&app).await;
    }

    async fn an_answered_ticket_follows_its_customers_tier_there_and_back(app: TestApp) {
        promises_only(&app).await;
        let id = answered(&app.as_("agent").await).await;
        work(&app).await;
        let customer = company::id(Table::Customer, 1);
        for (tier, solution, resolution) in [("VIP", "PT12H", "PT24H"), ("STANDARD", "PT24H", "PT48H"), ("VIP", "PT12H", "PT24H")] {
            app.clock.advance(TimeDelta::minutes(10));
            let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
            let found = manager.send("query($id: ID!) { customer(id: $id) { version } }", json!({ "id": customer })).await.fine();
            let input = json!({ "id": customer, "expectedVersion": found.data("customer.version"), "tier": tier });
            manager.change("customerUpdate", "customer { tier }", input).await.fine();
            work(&app).await;
            let seen = sla(&agent, &id).await;
            assert_eq!(clock(&seen, "PRELIMINARY_SOLUTION")["target"], solution, "{tier}: {seen}");
            let held = clock(&seen, "RESOLUTION");
            assert_eq!(held["target"], resolution, "{tier}: {seen}");
            let last = held["intervals"].as_array().and_then(|ledger| ledger.last());
            assert_eq!(last.map(|interval| &interval["reason"]), Some(&Value::from("FACTS_CHANGED")), "{tier}: {seen}");
        }
        ledgers_are_whole(&app).await;
    }
}
