//! Due times, their ledgers and their alerts, as the people of the company meet them.

/// Which terms an answered ticket has when they change.
mod terms;

use std::collections::BTreeSet;

use aftercare::jobs::sla::round;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{AlertKind, SlaClockKind, SlaClockState, SlaReason};
use entity::{outbox, sla_clock, sla_interval, sla_policy_version, ticket, ticket_alert};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::change;
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// The service level of a ticket as clients read it.
const SLA: &str = "query($id: ID!) { ticket(id: $id) { sla {
    state dueAt warnAt breachedAt firstRespondedAt solutionProposedAt
    clocks { kind state target ran dueAt met breachedAt explanation
        intervals { number state reason from to ranBefore ran dueAt explanation } }
} } }";

async fn open(actor: &Actor, priority: &str) -> String {
    let input = json!({
        "kind": "FAULT_REPAIR", "subject": "The array beeps", "description": "Since this morning.",
        "priority": priority, "customerId": company::id(Table::Customer, 1),
    });
    let reply = actor
        .change("ticketCreate", "ticket { id }", input)
        .await
        .fine();
    reply.text("ticketCreate.ticket.id").to_owned()
}

async fn sla(actor: &Actor, id: &str) -> Value {
    let reply = actor.send(SLA, json!({ "id": id })).await.fine();
    reply.data("ticket.sla").clone()
}

fn clock<'v>(sla: &'v Value, kind: &str) -> &'v Value {
    let clocks = sla["clocks"].as_array().expect("clocks");
    let found = clocks.iter().find(|clock| clock["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {sla}"))
}

fn uuid(id: &str) -> Uuid {
    aftercare::graphql::ids::decode(id).expect("an id").1
}

/// Every ledger in the database follows itself without gap, and says what its clock's row says.
async fn ledgers_are_whole(app: &TestApp) {
    let db = app.db.reader();
    let clocks = sla_clock::Entity::find().all(db).await.expect("clocks");
    for clock in clocks {
        let ledger = sla_interval::Entity::find()
            .filter(sla_interval::Column::ClockId.eq(clock.id))
            .order_by_asc(sla_interval::Column::Number)
            .all(db)
            .await
            .expect("intervals");
        let last = ledger.last().expect("a ledger");
        assert_eq!(ledger[0].from_at, clock.started_at);
        let mut ran = 0;
        for pair in ledger.windows(2) {
            assert_eq!(pair[0].to_at, Some(pair[1].from_at), "{clock:?}");
            assert_eq!(pair[0].number + 1, pair[1].number);
        }
        for interval in &ledger {
            assert_eq!(interval.ran_before, ran);
            ran += interval.ran_seconds.unwrap_or(0);
        }
        assert_eq!(clock.ran_seconds, ran);
        assert_eq!(clock.stopped_at, last.to_at);
        let state = last.to_at.map_or(last.state, |_| SlaClockState::Stopped);
        assert_eq!(clock.state, state);
        let due = last.due_at.filter(|_| last.to_at.is_none());
        assert_eq!(clock.due_at, due);
        let missed = ledger
            .iter()
            .find(|interval| {
                interval.to_at.is_some()
                    && interval.due_at < interval.to_at
                    && interval.due_at.is_some()
            })
            .and_then(|interval| interval.due_at);
        assert!(missed.is_none() || clock.breached_at == missed, "{clock:?}");
    }
}

async fn events(app: &TestApp) -> Vec<outbox::Model> {
    events_of(app, "ticket.alert").await
}

/// Tickets whose clocks changed without anybody being told, and in how many events they are named.
async fn clocks_changed(app: &TestApp) -> (BTreeSet<Uuid>, usize) {
    let events = events_of(app, "ticket.clocks").await;
    let ids = events
        .iter()
        .filter_map(|event| event.payload["tickets"].as_array())
        .flatten()
        .filter_map(|id| id.as_str()?.parse().ok());
    (ids.collect(), events.len())
}

async fn events_of(app: &TestApp, kind: &str) -> Vec<outbox::Model> {
    outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(kind))
        .order_by_asc(outbox::Column::Seq)
        .all(app.db.reader())
        .await
        .expect("events")
}

/// Steps have clocks of their own; here it is about what is promised to the customer, so no ticket follows a process.
async fn promises_only(app: &TestApp) {
    use entity::process_version;
    use sea_orm::sea_query::Expr;
    let transaction = app.db.begin().await.expect("a transaction");
    process_version::Entity::update_many()
        .col_expr(
            process_version::Column::State,
            Expr::value(entity::enums::ProcessState::Retired),
        )
        .exec(&transaction)
        .await
        .expect("no process");
    transaction.commit().await.expect("it lasts");
}

/// Does a round of the worker, as the server does every few seconds.
pub(super) async fn work(app: &TestApp) {
    let clock = app.clock.clone();
    let job = aftercare::jobs::sla::JOB;
    let once = |db, now| async move { round(&db, now).await };
    let holder = Uuid::from_u128(1);
    let done = aftercare::jobs::rounds::once(&app.db, &clock, job, holder, &once).await;
    assert!(done.expect("a round"), "nobody else holds the lease");
}

both_databases! {
    async fn a_ticket_keeps_an_account_of_its_time(app: TestApp) {
        promises_only(&app).await;
        let agent = app.as_("agent").await;
        // Monday, 2 March 2026, 10:00 in Shanghai.
        let id = open(&agent, "NORMAL").await;
        let seen = sla(&agent, &id).await;
        assert_eq!((&seen["state"], &seen["dueAt"]), (&json!("ON_TRACK"), &json!("2026-03-02T03:00:00Z")), "{seen}");
        assert_eq!(clock(&seen, "RESOLUTION")["dueAt"], "2026-03-04T02:00:00Z");
        assert_eq!(clock(&seen, "RESOLUTION")["target"], "PT48H");

        app.clock.advance(TimeDelta::minutes(50));
        assert_eq!(sla(&agent, &id).await["state"], "WARNING");
        let answer = json!({ "ticketId": id, "body": "We look into it." });
        agent.change("ticketCommentAdd", "comment { id solution }", answer).await.fine();
        let seen = sla(&agent, &id).await;
        assert_eq!((&seen["state"], &seen["firstRespondedAt"]), (&json!("ON_TRACK"), &json!("2026-03-02T02:50:00Z")));
        assert_eq!(clock(&seen, "FIRST_RESPONSE")["met"], true);

        app.clock.advance(TimeDelta::minutes(10));
        let agent = app.as_("agent").await;
        change(&agent, "ticketHold", &id, json!({ "state": "PENDING_CUSTOMER" })).await.fine();
        assert_eq!(sla(&agent, &id).await["state"], "PAUSED");
        app.clock.advance(TimeDelta::hours(10));
        let agent = app.as_("agent").await;
        change(&agent, "ticketResume", &id, json!({})).await.fine();
        let seen = sla(&agent, &id).await;
        assert_eq!(clock(&seen, "RESOLUTION")["dueAt"], "2026-03-04T12:00:00Z", "the pause is kept");
        let ledger: Vec<(&Value, &Value)> = clock(&seen, "RESOLUTION")["intervals"].as_array().expect("a ledger").iter()
            .map(|interval| (&interval["state"], &interval["reason"])).collect();
        assert_eq!(ledger, [(&json!("RUNNING"), &json!("STARTED")), (&json!("PAUSED"), &json!("WAITING_CUSTOMER")), (&json!("RUNNING"), &json!("RESUMED"))]);
        assert!(clock(&seen, "RESOLUTION")["explanation"][1].as_str().is_some_and(|text| text.contains("waiting for the customer")), "{seen}");

        let solution = json!({ "ticketId": id, "body": "Change the fan.", "solution": true });
        let reply = agent.change("ticketCommentAdd", "comment { solution }", solution).await.fine();
        assert_eq!(reply.data("ticketCommentAdd.comment.solution"), true);
        assert_eq!(clock(&sla(&agent, &id).await, "PRELIMINARY_SOLUTION")["met"], true);
        for stage in ["ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"] {
            app.clock.advance(TimeDelta::minutes(10));
            change(&agent, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
        }
        let seen = sla(&agent, &id).await;
        assert_eq!((&seen["state"], &seen["dueAt"]), (&json!("MET"), &Value::Null), "{seen}");
        change(&agent, "ticketClose", &id, json!({})).await.fine();
        app.clock.advance(TimeDelta::days(3));
        let agent = app.as_("agent").await;
        change(&agent, "ticketReopen", &id, json!({ "reason": "It beeps again" })).await.fine();
        let seen = sla(&agent, &id).await;
        assert_eq!(clock(&seen, "FIRST_RESPONSE")["met"], true, "it isn't spoiled");
        assert_eq!(clock(&seen, "RESOLUTION")["state"], "RUNNING");
        assert_eq!(clock(&seen, "RESOLUTION")["ran"], "PT1H40M");
        assert_eq!(clock(&seen, "RESOLUTION")["intervals"].as_array().map(Vec::len), Some(5));
        ledgers_are_whole(&app).await;
    }

    async fn only_staff_marks_a_public_reply_as_a_solution(app: TestApp) {
        let (agent, partner) = (app.as_("agent").await, app.as_("partner").await);
        let said = json!({ "ticketId": company::ticket(1), "body": "Here.", "solution": true });
        let reply = partner.change("ticketCommentAdd", "comment { id }", said.clone()).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.solution".to_owned())], "{reply}");
        let reply = agent.change("ticketNoteAdd", "comment { id }", said).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.solution".to_owned())], "{reply}");
    }

    async fn lists_are_filtered_and_sorted_by_due_time(app: TestApp) {
        promises_only(&app).await;
        let agent = app.as_("agent").await;
        let (normal, urgent) = (open(&agent, "NORMAL").await, open(&agent, "URGENT").await);
        let first = agent.ask("{ tickets(first: 2, orderBy: DUE_AT_ASC) { nodes { id } } }").await.fine();
        let ids: Vec<&str> = first.list("tickets.nodes").iter().filter_map(|node| node["id"].as_str()).collect();
        assert_eq!(ids, [&urgent, &normal]);
        app.clock.advance(TimeDelta::minutes(31));
        let agent = app.as_("agent").await;
        for (filter, wanted) in [
            ("{ slaState: { eq: BREACHED } }", vec![&urgent]),
            ("{ slaState: { eq: ON_TRACK } }", vec![&normal]),
            ("{ slaState: { in: [BREACHED, ON_TRACK] } }", vec![&urgent, &normal]),
            ("{ slaState: { in: [] } }", vec![]),
            ("{ dueAt: { lt: \"2026-03-02T02:45:00Z\" } }", vec![&urgent]),
            ("{ dueAt: { isNull: false } }", vec![&urgent, &normal]),
        ] {
            let reply = agent.ask(&format!("{{ tickets(filter: {filter}, orderBy: DUE_AT_ASC) {{ nodes {{ id }} }} }}")).await.fine();
            let ids: Vec<&str> = reply.list("tickets.nodes").iter().filter_map(|node| node["id"].as_str()).collect();
            assert_eq!(ids, wanted, "{filter}");
        }
        let none = agent.ask("{ tickets(filter: { slaState: { eq: NONE } }) { totalCount } }").await.fine();
        let all = agent.ask("{ tickets { totalCount } }").await.fine();
        assert_eq!(none.data("tickets.totalCount").as_i64().map(|count| count + 2), all.data("tickets.totalCount").as_i64());
    }

    async fn alerts_are_raised_once_and_taken_note_of(app: TestApp) {
        promises_only(&app).await;
        let agent = app.as_("agent").await;
        let id = open(&agent, "NORMAL").await;
        let give = json!({ "teamId": company::id(Table::Team, 2), "assigneeId": company::id(Table::Member, 2) });
        change(&app.as_("coordinator").await, "ticketAssign", &id, give).await.fine();
        work(&app).await;
        assert!(events(&app).await.is_empty(), "nothing is due");

        app.clock.advance(TimeDelta::minutes(46));
        work(&app).await;
        work(&app).await;
        let raised = ticket_alert::Entity::find()
            .filter(ticket_alert::Column::TicketId.eq(uuid(&id)))
            .all(app.db.reader())
            .await
            .expect("alerts");
        assert_eq!(raised.len(), 1, "{raised:?}");
        assert_eq!((raised[0].kind, raised[0].late), (AlertKind::Warning, false));
        assert!(raised[0].member_id.is_some(), "for whoever works on it");

        app.clock.advance(TimeDelta::minutes(15));
        work(&app).await;
        work(&app).await;
        let lead = app.as_("team_lead").await;
        let list = "{ ticketAlerts(filter: { acknowledged: false }) { totalCount nodes { id version kind at late team { code } member { name } ticket { id sla { state breachedAt } } } } }";
        let reply = lead.ask(list).await.fine();
        assert_eq!(reply.data("ticketAlerts.totalCount"), 3, "with the company's own: {reply}");
        let breach = reply.data("ticketAlerts.nodes.0");
        assert_eq!((&breach["kind"], &breach["at"]), (&json!("BREACH"), &json!("2026-03-02T03:00:00Z")));
        assert_eq!((&breach["member"], &breach["ticket"]["sla"]["state"]), (&Value::Null, &json!("BREACHED")));
        assert_eq!(breach["ticket"]["sla"]["breachedAt"], "2026-03-02T03:00:00Z");
        assert_eq!(events(&app).await.len(), 2, "one each");

        let input = json!({ "id": breach["id"], "expectedVersion": breach["version"] });
        lead.change("ticketAlertAcknowledge", "alert { acknowledgedAt }", input.clone()).await.fine();
        let again = lead.change("ticketAlertAcknowledge", "alert { id }", input).await;
        assert_eq!(again.error_codes(), ["CONFLICT"], "{again}");
        let left = lead.ask(list).await.fine();
        assert_eq!(left.data("ticketAlerts.totalCount"), 2);
        let partner = app.as_("partner").await.ask(list).await;
        assert_eq!(partner.error_codes(), ["FORBIDDEN"], "{partner}");
        ledgers_are_whole(&app).await;
    }

    async fn who_only_reads_takes_note_of_no_alert(app: TestApp) {
        let list = "{ ticketAlerts(filter: { acknowledged: false }) { nodes { id version ticket { id } } } }";
        let auditor = app.as_("auditor").await;
        let open = auditor.ask(list).await.fine();
        let alert = open.data("ticketAlerts.nodes.0").clone();
        let input = json!({ "id": alert["id"], "expectedVersion": alert["version"] });
        let refused = auditor.change("ticketAlertAcknowledge", "alert { id }", input.clone()).await;
        assert_eq!(refused.error_codes(), ["FORBIDDEN"], "{refused}");
        assert_eq!(auditor.ask(list).await.fine().data("ticketAlerts.nodes.0"), &alert, "it is as it was");
        let manager = app.as_("service_manager").await;
        manager.change("ticketAlertAcknowledge", "alert { acknowledgedAt }", input).await.fine();
    }

    async fn an_alert_beyond_the_tickets_that_one_changes_is_only_seen(app: TestApp) {
        let admin = app.as_("admin").await;
        let roles = admin.ask("{ roles(first: 100) { nodes { id key version } } }").await.fine();
        let role = roles.list("roles.nodes").iter().find(|role| role["key"] == "coordinator").expect("a built-in role");
        let less = json!({
            "id": role["id"], "expectedVersion": role["version"],
            "grant": [{ "permission": "ticket.edit", "reach": "OWN" }], "revoke": [{ "permission": "ticket.edit", "reach": "ALL" }],
        });
        admin.change("roleGrantsChange", "role { version }", less).await.fine();
        let coordinator = app.as_("coordinator").await;
        let open = coordinator.ask("{ ticketAlerts(filter: { acknowledged: false }) { nodes { id version } } }").await.fine();
        let alert = open.data("ticketAlerts.nodes.0");
        let input = json!({ "id": alert["id"], "expectedVersion": alert["version"] });
        let refused = coordinator.change("ticketAlertAcknowledge", "alert { id }", input).await;
        assert_eq!(refused.error_codes(), ["FORBIDDEN"], "{refused}");
        assert_eq!(refused.errors()[0]["extensions"]["permission"], "ticket.edit", "{refused}");
    }

    async fn a_breach_is_the_same_whether_or_not_the_worker_saw_it(app: TestApp) {
        promises_only(&app).await;
        let agent = app.as_("agent").await;
        let (seen, unseen) = (open(&agent, "URGENT").await, open(&agent, "URGENT").await);
        app.clock.advance(TimeDelta::minutes(40));
        work(&app).await;
        let agent = app.as_("agent").await;
        for id in [&seen, &unseen] {
            let answer = json!({ "ticketId": id, "body": "Sorry." });
            agent.change("ticketCommentAdd", "comment { id }", answer).await.fine();
            let told = sla(&agent, id).await;
            let first = clock(&told, "FIRST_RESPONSE");
            assert_eq!((&first["met"], &first["breachedAt"]), (&json!(false), &json!("2026-03-02T02:30:00Z")), "{told}");
        }
        ledgers_are_whole(&app).await;
    }

    async fn open_tickets_come_under_a_new_version_only_when_the_admin_says_so(app: TestApp) {
        promises_only(&app).await;
        let id = open(&app.as_("agent").await, "NORMAL").await;
        app.clock.advance(TimeDelta::hours(2));
        let admin = app.as_("admin").await;
        let found = admin.ask("{ slaPolicies(filter: { code: { eq: \"standard\" } }) { nodes { id version current versions { number calendarId } } } }").await.fine();
        let policy = found.data("slaPolicies.nodes.0").clone();
        let promise = json!({ "firstResponse": "PT4H", "preliminarySolution": "PT6H", "resolution": "PT10H" });
        let content = json!({ "calendarId": policy["versions"][0]["calendarId"], "targets": { "usual": promise } });
        let add = |version: i64, open: bool| json!({ "policyId": policy["id"], "expectedVersion": version, "content": content, "applyToOpen": open });
        admin.change("slaPolicyVersionAdd", "policy { current }", add(1, false)).await.fine();
        work(&app).await;
        let agent = app.as_("agent").await;
        assert_eq!(clock(&sla(&agent, &id).await, "RESOLUTION")["target"], "PT48H", "it keeps what it has");
        let later = open(&agent, "NORMAL").await;
        assert_eq!(clock(&sla(&agent, &later).await, "RESOLUTION")["target"], "PT10H");

        let reply = admin.change("slaPolicyVersionAdd", "policy { current }", add(2, true)).await.fine();
        assert_eq!(reply.data("slaPolicyVersionAdd.policy.current"), 3);
        work(&app).await;
        let moved = sla(&agent, &id).await;
        let resolution = clock(&moved, "RESOLUTION");
        assert_eq!((&resolution["target"], &resolution["dueAt"]), (&json!("PT10H"), &json!("2026-03-02T12:00:00Z")));
        assert_eq!(resolution["intervals"][1]["reason"], "POLICY_CHANGED");
        assert_eq!(resolution["intervals"][1]["ranBefore"], "PT2H");
        let (named, events_of_them) = clocks_changed(&app).await;
        assert!(named.contains(&uuid(&id)) && events_of_them > 0, "{named:?}");
        let versions = sla_policy_version::Entity::find().count(app.db.reader()).await.expect("a count");
        work(&app).await;
        assert_eq!(sla(&agent, &id).await, moved, "once is enough");
        assert_eq!(clocks_changed(&app).await.1, events_of_them, "and nothing is said of nothing");
        assert_eq!(sla_policy_version::Entity::find().count(app.db.reader()).await.expect("a count"), versions);
        ledgers_are_whole(&app).await;
    }

    async fn open_tickets_follow_their_customers_tier(app: TestApp) {
        promises_only(&app).await;
        let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
        let id = open(&agent, "NORMAL").await;
        work(&app).await;
        app.clock.advance(TimeDelta::minutes(10));
        let customer = company::id(Table::Customer, 1);
        let version = manager.send("query($id: ID!) { customer(id: $id) { version } }", json!({ "id": customer })).await.fine();
        let input = json!({ "id": customer, "expectedVersion": version.data("customer.version"), "tier": "VIP" });
        manager.change("customerUpdate", "customer { tier }", input).await.fine();
        work(&app).await;
        let seen = sla(&agent, &id).await;
        let first = clock(&seen, "FIRST_RESPONSE");
        assert_eq!((&first["target"], &first["dueAt"]), (&json!("PT30M"), &json!("2026-03-02T02:30:00Z")), "{seen}");
        assert_eq!(first["intervals"][1]["reason"], "FACTS_CHANGED");
        ledgers_are_whole(&app).await;
    }

    async fn a_policy_can_be_tried_and_its_mistakes_are_named(app: TestApp) {
        let admin = app.as_("admin").await;
        let preview = "query($input: SlaPreviewInput!) { slaPreview(input: $input) { policy { code } clocks { kind target dueAt warnAt } } }";
        let ask = json!({ "input": { "kind": "COMPLAINT", "priority": "URGENT", "customerId": company::id(Table::Customer, 1), "at": "2026-03-07T15:30:00Z" } });
        let reply = admin.send(preview, ask).await.fine();
        assert_eq!(reply.data("slaPreview.policy.code"), "standard");
        assert_eq!(reply.data("slaPreview.clocks.0.dueAt"), "2026-03-07T16:00:00Z");
        let bad = json!({
            "code": "x", "name": "", "nameZh": "策略",
            "content": { "calendarId": aftercare::graphql::ids::encode("calendar", Uuid::from_u128(9)), "pausesOn": ["CLOSED"], "warnPercent": 0,
                "targets": { "usual": { "firstResponse": "PT0S", "preliminarySolution": "PT1H", "resolution": "PT1H" } } },
        });
        let reply = admin.change("slaPolicyCreate", "policy { id }", bad).await;
        let fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.name", "input.content.calendarId", "input.content.targets.usual.firstResponse", "input.content.pausesOn", "input.content.warnPercent"], "{reply}");
    }

    async fn five_thousand_overdue_after_a_standstill_make_few_events(app: TestApp) {
        promises_only(&app).await;
        let teams = [Some(1), Some(2), None];
        overdue(&app, 5_000, &teams).await;
        let begun = std::time::Instant::now();
        work(&app).await;
        let raised = ticket_alert::Entity::find()
            .filter(ticket_alert::Column::Late.eq(true))
            .all(app.db.reader())
            .await
            .expect("alerts");
        assert_eq!(raised.len(), 5_000);
        assert!(raised.iter().all(|alert| alert.kind == AlertKind::Breach), "warnings that were overtaken are dropped");
        let told = events(&app).await;
        assert_eq!(told.len(), teams.len(), "one a team, {:?}", begun.elapsed());
        let breaches: i64 = told.iter().filter_map(|event| event.payload["breaches"].as_i64()).sum();
        assert_eq!(breaches, 5_000);
        let (named, events_of_them) = clocks_changed(&app).await;
        let late: BTreeSet<_> = raised.iter().map(|alert| alert.ticket_id).collect();
        assert_eq!(named, late, "whoever counts hears of each of them");
        assert_eq!(events_of_them, 25, "some 200 an event");
        work(&app).await;
        assert_eq!(events(&app).await.len(), teams.len(), "and only once");
    }
}

/// Tickets whose resolution has been due for hours, as a server finds them after a standstill.
async fn overdue(app: &TestApp, count: usize, teams: &[Option<usize>]) {
    let db = app.db.reader();
    let agent = app.as_("agent").await;
    let id = uuid(&open(&agent, "NORMAL").await);
    let sample = ticket::Entity::find_by_id(id)
        .one(db)
        .await
        .expect("a read")
        .expect("a ticket");
    let sample_clock = sla_clock::Entity::find()
        .filter(sla_clock::Column::TicketId.eq(id))
        .filter(sla_clock::Column::Kind.eq(SlaClockKind::Resolution))
        .one(db)
        .await
        .expect("a read")
        .expect("a clock");
    let at = app.clock.now();
    let (mut tickets, mut clocks, mut intervals) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..count {
        let team = teams[n % teams.len()];
        let row = ticket::Model {
            id: aftercare::db::new_id(at),
            number: 700_000 + i64::try_from(n).expect("a small number"),
            team_id: team.map(|team| crate::support::data::key(Table::Team, team)),
            due_at: Some(hours(at, -5)),
            warn_at: Some(hours(at, -17)),
            ..sample.clone()
        };
        let clock = sla_clock::Model {
            id: aftercare::db::new_id(at),
            ticket_id: row.id,
            started_at: hours(at, -53),
            due_at: row.due_at,
            warn_at: row.warn_at,
            ..sample_clock.clone()
        };
        intervals.push(sla_interval::Model {
            id: aftercare::db::new_id(at),
            clock_id: clock.id,
            ticket_id: row.id,
            number: 1,
            state: SlaClockState::Running,
            reason: SlaReason::Started,
            policy_version_id: clock.policy_version_id,
            calendar_version_id: clock.calendar_version_id,
            target_seconds: clock.target_seconds,
            from_at: clock.started_at,
            to_at: None,
            ran_before: 0,
            ran_seconds: None,
            due_at: clock.due_at,
        });
        tickets.push(row);
        clocks.push(clock);
    }
    let transaction = app.db.begin().await.expect("a transaction");
    macro_rules! write {
        ($($table:ident: $rows:expr),*) => {$(
            for rows in $rows.chunks(200) {
                let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
                $table::Entity::insert_many(rows).exec_without_returning(&transaction).await.expect("rows");
            }
        )*};
    }
    write!(ticket: tickets, sla_clock: clocks, sla_interval: intervals);
    transaction.commit().await.expect("they are there");
}

fn hours(at: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    at + TimeDelta::hours(hours)
}
