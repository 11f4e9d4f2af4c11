use std::sync::Arc;

use aftercare::access::{Call, Grants, Permission};
use aftercare::identity;
use aftercare::tickets::processes::actions::{Trial, trial};
use aftercare::tickets::processes::shipped;
use chrono::TimeDelta;
use entity::enums::Reach;
use serde_json::{Value, json};

use super::{advance, change, enter, give, open, shipped_version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{start, today};
use crate::support::database::both_databases;

const TRIAL: &str = "query($input: ProcessTrialInput!) { processTrial(input: $input) { ticketCount lateTicketCount version { number }
    lines { stage step { code } count lateCount medianSeconds p90Seconds limitSeconds }
    late { number ticketId ticket { id } stage step { code } seconds overSeconds } } }";

fn input(version: &str, from: &str, to: &str) -> Value {
    json!({ "input": { "versionId": version, "from": from, "to": to } })
}

/// The line of a step, or of a whole stage.
fn line<'t>(trial: &'t Value, stage: &str, step: Option<&str>) -> &'t Value {
    let lines = trial["lines"].as_array().expect("lines");
    lines
        .iter()
        .find(|line| line["stage"] == stage && line["step"]["code"].as_str() == step)
        .unwrap_or_else(|| panic!("no line of {stage} {step:?} in {trial}"))
}

/// A ticket that is diagnosed for two hours, waits for one, and is diagnosed for three more: an hour too many.
async fn slow_one(app: &TestApp, agent: &Actor) -> String {
    let id = open(agent, "FAULT_REPAIR").await;
    advance(agent, &id, "ANALYSIS").await.fine();
    give(app, &id).await;
    app.clock.advance(TimeDelta::hours(2));
    let agent = app.as_("agent").await;
    change(
        &agent,
        "ticketHold",
        &id,
        json!({ "state": "PENDING_CUSTOMER" }),
    )
    .await
    .fine();
    app.clock.advance(TimeDelta::hours(1));
    let agent = app.as_("agent").await;
    change(&agent, "ticketResume", &id, json!({})).await.fine();
    app.clock.advance(TimeDelta::hours(3));
    let engineer = app.as_("engineer").await;
    enter(&engineer, &id, "plan", None).await.fine();
    id
}

both_databases! {
    async fn a_trial_tells_who_would_have_been_late_and_where(app: TestApp) {
        let agent = app.as_("agent").await;
        let slow = slow_one(&app, &agent).await;
        let manager = app.as_("service_manager").await;
        let reply = manager.send(TRIAL, input(&shipped_version("fault_repair"), "2026-03-02", "2026-03-02")).await.fine();
        let found = reply.data("processTrial");
        assert_eq!((&found["ticketCount"], &found["lateTicketCount"]), (&json!(1), &json!(1)), "{reply}");
        let diagnose = line(found, "ANALYSIS", Some("diagnose"));
        assert_eq!((&diagnose["count"], &diagnose["lateCount"]), (&json!(1), &json!(1)));
        assert_eq!(diagnose["medianSeconds"], 5 * 3_600, "the hour of waiting doesn't count: {reply}");
        assert_eq!(diagnose["limitSeconds"], 4 * 3_600);
        let late = &found["late"][0];
        assert_eq!((&late["ticketId"], &late["ticket"]["id"]), (&json!(slow), &json!(slow)));
        assert_eq!((&late["number"], &late["step"]["code"], &late["overSeconds"]), (&json!(500_001), &json!("diagnose"), &json!(3_600)));
        // The plan lasts on and isn't late yet.
        assert_eq!(line(found, "SOLUTION", Some("plan"))["count"], 0);
        let reply = manager.send(TRIAL, input(&shipped_version("fault_repair"), "2026-03-03", "2026-03-09")).await.fine();
        assert_eq!(reply.data("processTrial.ticketCount"), 0, "nothing was opened then");
    }

    async fn old_tickets_are_held_against_their_stages(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let reply = manager.send(TRIAL, input(&shipped_version("fault_repair"), "2026-01-01", "2026-03-02")).await.fine();
        let found = reply.data("processTrial");
        assert_eq!(found["ticketCount"], 14, "all of the company's");
        let intake = line(found, "INTAKE", None);
        assert!(intake["lateCount"].as_i64().is_some_and(|late| late > 0), "tickets have been waiting for days: {reply}");
        assert_eq!(intake["limitSeconds"], 3_600);
        let late = found["late"].as_array().expect("a list");
        assert!(late.windows(2).all(|pair| pair[0]["overSeconds"].as_i64() >= pair[1]["overSeconds"].as_i64()), "the worst first");
    }

    async fn a_trial_looks_only_at_what_the_viewer_may_read(app: TestApp) {
        let agent = app.as_("agent").await;
        let mut viewer = identity::authenticate(&app, agent.token(), start()).await.expect("a viewer");
        let call = |viewer: &aftercare::access::Viewer| Call { viewer: viewer.clone(), ..Call::system(start(), "test") };
        let order = Trial {
            version_id: shipped::version_id("fault_repair"),
            from: today() - TimeDelta::days(60),
            to: today(),
            calendar_id: None,
        };
        assert!(trial(&app, &call(&viewer), order).await.is_err(), "an agent tries nothing");
        let grants: Grants = viewer.grants.pairs().chain([(Permission::ProcessManage, Reach::All)]).collect();
        viewer.grants = Arc::new(grants);
        let found = trial(&app, &call(&viewer), order).await.expect("a trial");
        let mine = agent.send("{ tickets { totalCount } }", json!({})).await.fine();
        assert_eq!(json!(found.outcome.tickets), *mine.data("tickets.totalCount"));
        assert!(found.outcome.tickets < 14);
    }

    async fn a_trial_costs_the_same_for_one_ticket_and_for_many(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let document = "query($input: ProcessTrialInput!) { processTrial(input: $input) { ticketCount lines { count } late { number } } }";
        let mut counts = Vec::new();
        for (from, to, tickets) in [("2026-03-02", "2026-03-02", 1), ("2026-01-01", "2026-03-02", 15)] {
            if counts.is_empty() {
                open(&app.as_("agent").await, "FAULT_REPAIR").await;
            }
            let variables = input(&shipped_version("fault_repair"), from, to);
            counts.push(app.statements(async || {
                let reply = manager.send(document, variables.clone()).await.fine();
                assert_eq!(reply.data("processTrial.ticketCount"), tickets);
            }).await);
        }
        assert_eq!(counts[0], counts[1]);
        assert!(counts[0] < 15, "{counts:?}");
    }

    async fn what_cant_be_tried_is_said(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let version = shipped_version("fault_repair");
        for (variables, code) in [
            (input(&version, "2026-03-02", "2026-03-01"), "BAD_INPUT"),
            (input(&shipped_version("nothing"), "2026-03-02", "2026-03-02"), "NOT_FOUND"),
            (input(&company::ticket(1), "2026-03-02", "2026-03-02"), "BAD_INPUT"),
        ] {
            let reply = manager.send(TRIAL, variables.clone()).await;
            assert_eq!(reply.error_codes(), [code], "{variables}: {reply}");
        }
        let reply = app.as_("agent").await.send(TRIAL, input(&version, "2026-03-02", "2026-03-02")).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
    }
}
