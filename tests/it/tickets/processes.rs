//! Tickets are led through the steps of their process, and processes are written, published and tried.

/// How long a step may take.
mod limits;
/// A version held against past tickets.
mod trials;
/// Drafts, publishing, retiring.
mod versions;

use aftercare::graphql::ids::encode;
use aftercare::tickets::processes::shipped;
use chrono::TimeDelta;
use entity::{outbox, ticket_step_entry};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{change, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// What is shown of a ticket in its process.
const PROCESS: &str = "ticket { id version stage resolvedAt process { version { id number } step { code guideline ownerRole }
    entries { step { code } visit leftAt } allowedSteps { code } missingFields } }";

/// The shipped version of that code.
fn shipped_version(code: &str) -> String {
    encode("procversion", shipped::version_id(code))
}

/// Opens a ticket of a kind for the agent's customer; its id.
async fn open(actor: &Actor, kind: &str) -> String {
    let input = json!({ "kind": kind, "subject": "The array beeps", "description": "Since this morning.",
        "customerId": company::id(Table::Customer, 1), "unitId": company::id(Table::Unit, 1), "contactId": company::id(Table::Contact, 1) });
    let reply = actor.change("ticketCreate", PROCESS, input).await.fine();
    reply.text("ticketCreate.ticket.id").to_owned()
}

/// Gives a ticket to the engineer.
async fn give(app: &TestApp, id: &str) {
    let input = json!({ "teamId": company::id(Table::Team, 5), "assigneeId": company::id(Table::Member, 4) });
    let coordinator = app.as_("coordinator").await;
    change(&coordinator, "ticketAssign", id, input).await.fine();
}

/// Moves a ticket and expects the mutation's answer, whatever it is.
async fn enter(
    actor: &Actor,
    id: &str,
    step: &str,
    reason: Option<&str>,
) -> crate::support::app::Reply {
    let input = json!({ "id": id, "expectedVersion": version(actor, id).await, "step": step, "reason": reason });
    actor.change("ticketStepEnter", PROCESS, input).await
}

async fn advance(actor: &Actor, id: &str, to: &str) -> crate::support::app::Reply {
    let input = json!({ "id": id, "expectedVersion": version(actor, id).await, "to": to });
    actor.change("ticketAdvance", PROCESS, input).await
}

/// The process of a ticket as somebody sees it.
async fn process(actor: &Actor, id: &str) -> Value {
    let document = format!(
        "query($id: ID!) {{ {} }}",
        PROCESS.replacen("ticket", "ticket(id: $id)", 1)
    );
    let reply = actor.send(&document, json!({ "id": id })).await.fine();
    reply.data("ticket.process").clone()
}

fn codes(steps: &Value) -> Vec<&str> {
    let steps = steps.as_array().map(Vec::as_slice).unwrap_or_default();
    steps
        .iter()
        .filter_map(|step| step["code"].as_str())
        .collect()
}

both_databases! {
    async fn a_new_ticket_follows_the_process_of_its_kind(app: TestApp) {
        let agent = app.as_("agent").await;
        for (kind, code, first) in [
            ("CONSULTATION", "consultation", "register"),
            ("COMPLAINT", "complaint", "register"),
            ("TECHNICAL_SUPPORT", "technical_support", "register"),
            ("FAULT_REPAIR", "fault_repair", "register"),
            ("RETURN_EXCHANGE", "return_exchange", "register"),
            ("ON_SITE_SERVICE", "on_site_service", "register"),
            ("UPGRADE_CAMPAIGN", "upgrade_campaign", "register"),
        ] {
            let id = open(&agent, kind).await;
            let process = process(&agent, &id).await;
            assert_eq!(process["version"]["id"], shipped_version(code).as_str(), "{kind}");
            assert_eq!(process["step"]["code"], first, "{kind}");
            assert_eq!(process["entries"].as_array().map(Vec::len), Some(1), "{kind}");
            assert_eq!(process["missingFields"], json!([]), "{kind}");
        }
        let old = process(&agent, &company::ticket(1)).await;
        assert_eq!(old, Value::Null, "what was there before follows none");
    }

    async fn a_ticket_goes_step_by_step_and_back(app: TestApp) {
        let (agent, engineer) = (app.as_("agent").await, app.as_("engineer").await);
        let id = open(&agent, "FAULT_REPAIR").await;
        let reply = advance(&agent, &id, "ANALYSIS").await.fine();
        let now = reply.data("ticketAdvance.ticket.process");
        assert_eq!((&now["step"]["code"], &now["step"]["ownerRole"]), (&json!("diagnose"), &json!("engineer")));
        assert_eq!(codes(&now["allowedSteps"]), ["plan", "inspect"]);
        assert_eq!(now["missingFields"], json!(["team", "assignee"]));

        let reply = advance(&agent, &id, "SOLUTION").await;
        assert_eq!(reply.user_errors(), [("BLANK", "ticket.team".to_owned()), ("BLANK", "ticket.assignee".to_owned())], "{reply}");
        let reply = enter(&agent, &id, "inspect", None).await;
        assert_eq!(reply.user_errors().len(), 2, "nor within the stage: {reply}");
        give(&app, &id).await;

        app.clock.advance(TimeDelta::minutes(10));
        let reply = enter(&engineer, &id, "inspect", None).await.fine();
        assert_eq!(reply.data("ticketStepEnter.ticket.stage"), "ANALYSIS");
        let reply = enter(&engineer, &id, "diagnose", None).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.reason".to_owned())], "back needs a reason");
        app.clock.advance(TimeDelta::minutes(10));
        enter(&engineer, &id, "diagnose", Some("the wrong unit")).await.fine();
        for (step, code) in [("repair", "WRONG_STATE"), ("polish", "NOT_FOUND"), ("diagnose", "WRONG_STATE")] {
            let reply = enter(&engineer, &id, step, Some("r")).await;
            assert_eq!(reply.user_errors(), [(code, "input.step".to_owned())], "{step}: {reply}");
            assert!(reply.body.to_string().contains("plan (SOLUTION)"), "it says which are allowed: {reply}");
        }
        let reply = advance(&engineer, &id, "EXECUTION").await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.to".to_owned())], "no stage is skipped");

        app.clock.advance(TimeDelta::minutes(10));
        enter(&engineer, &id, "plan", None).await.fine();
        enter(&engineer, &id, "quote", None).await.fine();
        enter(&engineer, &id, "repair", None).await.fine();
        let reply = enter(&engineer, &id, "report", None).await.fine();
        assert_eq!(reply.data("ticketStepEnter.ticket.stage"), "FEEDBACK");
        let resolved = reply.data("ticketStepEnter.ticket.resolvedAt").clone();
        assert_ne!(resolved, Value::Null);
        app.clock.advance(TimeDelta::minutes(10));
        let reply = enter(&engineer, &id, "follow_up", None).await.fine();
        assert_eq!(reply.data("ticketStepEnter.ticket.resolvedAt"), &resolved, "another step of the stage changes nothing of it");

        change(&agent, "ticketClose", &id, json!({})).await.fine();
        let ended = process(&agent, &id).await;
        assert_eq!((&ended["allowedSteps"], &ended["step"]["code"]), (&json!([]), &json!("follow_up")));
        app.clock.advance(TimeDelta::minutes(1));
        change(&agent, "ticketReopen", &id, json!({ "reason": "It beeps again" })).await.fine();
        let again = process(&agent, &id).await;
        assert_eq!(again["step"]["code"], "diagnose", "from the first step of the analysis");
        let walked: Vec<(&str, i64)> = again["entries"].as_array().expect("entries").iter()
            .map(|entry| (entry["step"]["code"].as_str().expect("a code"), entry["visit"].as_i64().expect("a visit"))).collect();
        assert_eq!(walked, [("register", 1), ("diagnose", 1), ("inspect", 1), ("diagnose", 2), ("plan", 1), ("quote", 1), ("repair", 1),
            ("report", 1), ("follow_up", 1), ("diagnose", 3)]);
        one_open_stay(&app, &id).await;
        only_stages_are_public(&app, &id).await;
    }

    async fn a_stage_that_the_present_step_doesnt_lead_to_names_those_that_it_does(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = open(&agent, "COMPLAINT").await;
        advance(&agent, &id, "ANALYSIS").await.fine();
        give(&app, &id).await;
        let engineer = app.as_("engineer").await;
        advance(&engineer, &id, "SOLUTION").await.fine();
        let reply = advance(&engineer, &id, "EXECUTION").await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.to".to_owned())]);
        assert!(reply.body.to_string().contains("approve (SOLUTION)"), "{reply}");
        enter(&engineer, &id, "approve", None).await.fine();
        let reply = advance(&engineer, &id, "EXECUTION").await.fine();
        assert_eq!(reply.data("ticketAdvance.ticket.process.step.code"), "carry_out");
    }

    async fn the_solution_is_told_before_it_is_carried_out(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = open(&agent, "TECHNICAL_SUPPORT").await;
        advance(&agent, &id, "ANALYSIS").await.fine();
        give(&app, &id).await;
        let engineer = app.as_("engineer").await;
        advance(&engineer, &id, "SOLUTION").await.fine();
        let reply = advance(&engineer, &id, "EXECUTION").await;
        assert_eq!(reply.user_errors(), [("BLANK", "ticket.solution".to_owned())]);
        let answer = json!({ "ticketId": id, "body": "Install version 7.2. 请升级至 7.2 版本", "solution": true });
        engineer.change("ticketCommentAdd", "comment { id }", answer).await.fine();
        advance(&engineer, &id, "EXECUTION").await.fine();
    }

    async fn another_kind_leads_to_its_own_process(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = open(&agent, "CONSULTATION").await;
        advance(&agent, &id, "ANALYSIS").await.fine();
        app.clock.advance(TimeDelta::minutes(5));
        change(&agent, "ticketEdit", &id, json!({ "kind": "FAULT_REPAIR" })).await.fine();
        let now = process(&agent, &id).await;
        assert_eq!((&now["version"]["id"], &now["step"]["code"]), (&json!(shipped_version("fault_repair")), &json!("diagnose")));
        assert_eq!(now["entries"].as_array().map(Vec::len), Some(3));
        one_open_stay(&app, &id).await;
    }

    async fn of_two_at_once_one_wins(app: TestApp) {
        let agent = app.as_("agent").await;
        let lead = app.as_("team_lead").await;
        let id = open(&agent, "CONSULTATION").await;
        let seen = version(&agent, &id).await;
        let input = json!({ "id": id, "expectedVersion": seen, "step": "look_up" });
        let (one, other) = tokio::join!(
            agent.change("ticketStepEnter", PROCESS, input.clone()),
            agent.change("ticketStepEnter", PROCESS, input.clone()),
        );
        let (won, lost) = if one.errors().is_empty() { (one, other) } else { (other, one) };
        assert_eq!(won.fine().data("ticketStepEnter.ticket.version"), seen + 1);
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        assert_eq!(lost.errors()[0]["extensions"]["currentVersion"], seen + 1);
        one_open_stay(&app, &id).await;
        let reply = lead.change("ticketStepEnter", PROCESS, input).await;
        assert_eq!(reply.error_codes().len(), 1, "{reply}");
    }

    async fn who_may_not_advance_enters_no_step(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = open(&agent, "CONSULTATION").await;
        let seen = version(&agent, &id).await;
        for (login, code) in [("auditor", "FORBIDDEN"), ("partner", "FORBIDDEN"), ("coordinator", "FORBIDDEN"), ("colleague", "NOT_FOUND")] {
            let input = json!({ "id": id, "expectedVersion": seen, "step": "look_up" });
            let reply = app.as_(login).await.change("ticketStepEnter", "ticket { id }", input).await;
            assert_eq!(reply.error_codes(), [code], "{login}: {reply}");
        }
        let reply = app.as_("partner").await.send("query($id: ID!) { ticket(id: $id) { stage process { step { guideline } } } }", json!({ "id": id })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "guidelines are for the house: {reply}");
        assert_eq!(reply.data("ticket.process"), &Value::Null);
        assert_eq!(reply.data("ticket.stage"), "INTAKE");
    }

    async fn a_ticket_without_a_process_goes_by_its_stages_alone(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = company::ticket(1);
        let reply = enter(&agent, &id, "diagnose", None).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.step".to_owned())]);
        let reply = advance(&agent, &id, "ANALYSIS").await.fine();
        assert_eq!(reply.data("ticketAdvance.ticket.process"), &Value::Null);
    }
}

/// The stays of a ticket follow each other, and the last one is open.
async fn one_open_stay(app: &TestApp, id: &str) {
    let (_, uuid) = aftercare::graphql::ids::decode(id).expect("an id");
    let stays = ticket_step_entry::Entity::find()
        .filter(ticket_step_entry::Column::TicketId.eq(uuid))
        .order_by_asc(ticket_step_entry::Column::EnteredAt)
        .order_by_asc(ticket_step_entry::Column::Id)
        .all(app.db.reader())
        .await
        .expect("the stays");
    let (last, before) = stays.split_last().expect("a stay");
    assert_eq!(last.left_at, None);
    for (stay, next) in before.iter().zip(&stays[1..]) {
        assert!(
            stay.left_at.is_some_and(|left| left <= next.entered_at),
            "{stay:?}"
        );
    }
}

/// What customers hear of are stages, not the steps within them.
async fn only_stages_are_public(app: &TestApp, id: &str) {
    let (_, uuid) = aftercare::graphql::ids::decode(id).expect("an id");
    let events = outbox::Entity::find()
        .filter(outbox::Column::EntityId.eq(uuid))
        .all(app.db.reader())
        .await
        .expect("the events");
    let of = |action: &str, public: bool| {
        events
            .iter()
            .filter(|event| event.payload["action"] == action && event.payload["public"] == public)
            .count()
    };
    assert_eq!((of("step", true), of("step", false)), (0, 4));
    assert_eq!((of("advance", true), of("advance", false)), (4, 0));
}
