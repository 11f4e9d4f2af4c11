use aftercare::jobs::sla::round;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{advance, change, enter, give, open};
use crate::support::app::{Actor, TestApp};
use crate::support::database::both_databases;

const CLOCKS: &str = "query($id: ID!) { ticket(id: $id) { sla { state dueAt breachedAt clocks { kind state target dueAt met } } } }";
const ALERTS: &str =
    "query($id: ID!) { ticketAlerts(filter: { ticketId: { eq: $id } }) { nodes { kind at } } }";

/// The service level of a ticket, and the clock of its latest stay in a step.
async fn seen(actor: &Actor, id: &str) -> (Value, Value) {
    let reply = actor.send(CLOCKS, json!({ "id": id })).await.fine();
    let sla = reply.data("ticket.sla").clone();
    let clocks = sla["clocks"].as_array().map(Vec::as_slice);
    let step = clocks
        .unwrap_or_default()
        .iter()
        .rfind(|clock| clock["kind"] == "STEP");
    let step = step.cloned().expect("a step with a limit");
    (sla, step)
}

/// A repair that is to be reported to the customer.
async fn repaired(app: &TestApp) -> String {
    let (agent, engineer) = (app.as_("agent").await, app.as_("engineer").await);
    let id = open(&agent, "FAULT_REPAIR").await;
    advance(&agent, &id, "ANALYSIS").await.fine();
    give(app, &id).await;
    for step in ["plan", "repair", "report"] {
        app.clock.advance(TimeDelta::minutes(1));
        enter(&engineer, &id, step, None).await.fine();
    }
    id
}

both_databases! {
    async fn steps_of_feedback_are_measured_until_the_ticket_ends(app: TestApp) {
        let id = repaired(&app).await;
        let agent = app.as_("agent").await;
        let (sla, step) = seen(&agent, &id).await;
        assert_eq!((&step["state"], &step["target"]), (&json!("RUNNING"), &json!("PT24H")), "{sla}");
        assert_eq!((&sla["state"], &sla["dueAt"]), (&json!("ON_TRACK"), &step["dueAt"]), "what was promised is done");

        change(&agent, "ticketHold", &id, json!({ "state": "PENDING_CUSTOMER" })).await.fine();
        let (sla, step) = seen(&agent, &id).await;
        assert_eq!((&sla["state"], &step["state"]), (&json!("PAUSED"), &json!("PAUSED")));
        app.clock.advance(TimeDelta::minutes(10));
        change(&agent, "ticketResume", &id, json!({})).await.fine();
        let (_, step) = seen(&agent, &id).await;
        assert_eq!(step["state"], "RUNNING");
        let due = step["dueAt"].clone();

        app.clock.advance(TimeDelta::hours(25));
        round(&app.db, app.clock.now()).await.expect("a round");
        let (agent, engineer) = (app.as_("agent").await, app.as_("engineer").await);
        let alerts = app.as_("service_manager").await.send(ALERTS, json!({ "id": id })).await.fine();
        assert_eq!(alerts.data("ticketAlerts.nodes"), &json!([{ "kind": "BREACH", "at": due }]), "{alerts}");
        assert_eq!(seen(&agent, &id).await.0["state"], "BREACHED");
        enter(&engineer, &id, "follow_up", None).await.fine();
        let (sla, step) = seen(&agent, &id).await;
        assert_eq!((&sla["state"], &step["state"], &step["target"]), (&json!("ON_TRACK"), &json!("RUNNING"), &json!("PT72H")));

        change(&agent, "ticketClose", &id, json!({})).await.fine();
        let (sla, step) = seen(&agent, &id).await;
        assert_eq!((&step["state"], &step["met"]), (&json!("STOPPED"), &json!(true)));
        assert_eq!((&sla["state"], &sla["breachedAt"]), (&json!("MET"), &due), "a late step doesn't spoil the promises");
        change(&agent, "ticketReopen", &id, json!({ "reason": "It beeps again" })).await.fine();
        let (_, step) = seen(&agent, &id).await;
        assert_eq!((&step["state"], &step["target"]), (&json!("RUNNING"), &json!("PT4H")), "the diagnosis begins anew");
    }
}
