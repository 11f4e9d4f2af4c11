use chrono::TimeDelta;
use entity::enums::{LeaveKind, LeaveState};
use entity::leave;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::*;
use crate::support::data::start;
use crate::support::database::both_databases;

/// A granted leave from an hour ago for a day.
async fn on_leave(app: &TestApp, member: usize) {
    let row = leave::Model {
        id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0bcd_0000_0000 | member as u128),
        member_id: key(Table::Member, member),
        kind: LeaveKind::Annual,
        starts_at: start() - TimeDelta::hours(1),
        ends_at: start() + TimeDelta::hours(23),
        state: LeaveState::Approved,
        reason: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    leave::Entity::insert(row.into_active_model())
        .exec_without_returning(app.db.reader())
        .await
        .expect("a leave");
}

both_databases! {
    async fn the_best_one_gets_it_and_the_decision_says_why(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let (one, two) = (company::ticket(WAITING), company::ticket(WAITING + 1));
        on_leave(&app, CREW).await;

        let reply = dispatch(&coordinator, &one, json!({})).await.fine();
        let ticket = reply.data("ticketDispatch.ticket");
        assert_eq!((&ticket["assignee"]["name"], &ticket["owner"]["name"]), (&json!("Crew 51"), &json!("Crew 51")), "the first by number, who owns it too");
        assert_eq!(ticket["version"], 2);

        let said = decisions(&coordinator, &one).await;
        assert_eq!(said.data("ticket.dispatchDecisions.totalCount"), 1);
        let decision = said.data("ticket.dispatchDecisions.nodes.0");
        assert_eq!((&decision["mode"], &decision["given"], &decision["chosen"]["name"]), (&json!("AUTOMATIC"), &json!(true), &json!("Crew 51")));
        assert_eq!((&decision["actorName"], &decision["actorKind"], &decision["reason"]), (&json!("The coordinator"), &json!("USER"), &Value::Null));
        assert_eq!((&decision["team"]["code"], &decision["province"], &decision["kind"]), (&json!("T20"), &json!("BEIJING"), &json!("FAULT_REPAIR")));
        assert_eq!(decision["weights"], json!({ "load": 40, "fit": 40, "fairness": 20 }));
        assert_eq!(decision["exclusions"], json!([{ "excluded": "LEAVE", "count": 1 }]));
        // It was opened 100 hours before the tests begin.
        assert_eq!(decision["waitedSeconds"], 100 * 3_600);
        assert_eq!(places(&said), [place("Crew 51", Some(1), None), place("Crew 52", Some(2), None), place("Crew 50", None, Some("LEAVE"))]);
        let best = &decision["candidates"][0];
        // An empty desk; no skill needed but no experience with the product; nobody received anything.
        assert_eq!((&best["load"], &best["fit"], &best["fairness"], &best["total"]), (&json!(1000), &json!(700), &json!(500), &json!(780)));
        assert_eq!((&best["openTickets"], &best["capacity"], &best["lastAssignedAt"]), (&json!(0), &json!(20), &Value::Null));
        assert_eq!(decision["candidates"][2]["explanation"], "On leave until 2026-03-03T01:00:00Z.");

        // The other one has nothing yet.
        let reply = dispatch(&coordinator, &two, json!({})).await.fine();
        assert_eq!(reply.data("ticketDispatch.ticket.assignee.name"), "Crew 52");

        let history = coordinator.send("query($id: ID!) { ticket(id: $id) { history(first: 5) { nodes { action field } } } }", json!({ "id": one })).await.fine();
        let fields: Vec<&str> = history.list("ticket.history.nodes").iter().filter_map(|row| row["field"].as_str()).collect();
        assert!(fields.contains(&"assigneeId") && fields.contains(&"ownerId"), "{history}");

        // By its id it is the same, and who may not see tickets of that team sees none.
        let id = decision["id"].as_str().expect("an id");
        let by_id = "query($id: ID!) { dispatchDecision(id: $id) { ticket { id } candidates { rank } } }";
        let found = coordinator.send(by_id, json!({ "id": id })).await.fine();
        assert_eq!(found.data("dispatchDecision.ticket.id"), one.as_str());
        let lead = app.as_("team_lead").await.send(by_id, json!({ "id": id })).await.fine();
        assert!(lead.data("dispatchDecision").is_null());
    }

    async fn nobody_is_an_answer_too_and_is_kept(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let ticket = company::ticket(WAITING);
        teach(&app, SKILL, &[(key(Table::Member, CREW), 1), (key(Table::Member, CREW + 1), 3)]).await;
        on_leave(&app, CREW + 1).await;
        let rule = json!({ "kind": "FAULT_REPAIR", "skillId": skill_id(), "minLevel": 3 });
        coordinator.change("dispatchRequirementCreate", "requirement { id }", rule).await.fine();

        let reply = dispatch(&coordinator, &ticket, json!({})).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "{reply}");
        let message = reply.text("ticketDispatch.userErrors.0.message");
        assert!(message.contains("2 without the skill, 1 on leave"), "{message}");
        assert!(reply.data("ticketDispatch.ticket").is_null());

        let said = decisions(&coordinator, &ticket).await;
        assert_eq!(said.data("ticket.version"), 1, "the ticket is as it was");
        let decision = said.data("ticket.dispatchDecisions.nodes.0");
        assert_eq!((&decision["given"], &decision["chosen"]), (&json!(false), &Value::Null));
        assert_eq!(decision["skills"], json!([{ "name": "Storage", "minLevel": 3 }]));
        assert_eq!(decision["exclusions"], json!([{ "excluded": "SKILL", "count": 2 }, { "excluded": "LEAVE", "count": 1 }]));
        assert_eq!(decision["candidates"][0]["explanation"], "Skill Storage must have level 3; it is 1.");

        // In a team without anybody it says that.
        let empty = app.as_("service_manager").await.change("ticketDispatch", "ticket { id }", json!({ "id": company::ticket(13), "expectedVersion": 1 })).await;
        assert_eq!(empty.user_errors(), [("WRONG_STATE", String::new())], "an ended ticket is nobody's");
    }

    async fn a_ticket_without_a_team_goes_to_whoever_serves_its_province(app: TestApp) {
        let coordinator = app.as_("coordinator").await;
        // Ticket 8 is in Shandong: of region north and of region east, where the engineer is besides his team.
        let reply = dispatch(&coordinator, &company::ticket(8), json!({})).await.fine();
        let said = decisions(&coordinator, &company::ticket(8)).await;
        let names: std::collections::BTreeSet<String> = places(&said).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["Chen Jie", "Li Na", "Liu Yang"].map(str::to_owned).into());
        let assignee = reply.text("ticketDispatch.ticket.assignee.name");
        let team = reply.text("ticketDispatch.ticket.team.code");
        assert_eq!(team, if assignee == "Chen Jie" { "T5" } else { "T2" }, "it comes into the team of whoever got it");
        assert!(said.data("ticket.dispatchDecisions.nodes.0.team").is_null(), "it had none when it was decided");
    }

    async fn a_person_can_always_overrule_the_ranking_with_a_reason(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let member = |n| company::id(Table::Member, n);
        let ticket = company::ticket(WAITING);
        let reply = dispatch(&coordinator, &ticket, json!({ "memberId": member(CREW + 2) })).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.reason".to_owned())], "not the first one: {reply}");
        let reply = dispatch(&coordinator, &ticket, json!({ "memberId": member(CREW + 2), "reason": "Knows the customer 熟悉客户" })).await.fine();
        assert_eq!(reply.data("ticketDispatch.ticket.assignee.name"), "Crew 52");
        let said = decisions(&coordinator, &ticket).await;
        let decision = said.data("ticket.dispatchDecisions.nodes.0");
        assert_eq!((&decision["mode"], &decision["reason"]), (&json!("MANUAL"), &json!("Knows the customer 熟悉客户")));
        assert_eq!(decision["candidates"].as_array().map(Vec::len), Some(3), "the ranking is kept all the same");

        // Naming the first one needs no reason.
        let first = company::ticket(WAITING + 1);
        let reply = dispatch(&coordinator, &first, json!({ "memberId": member(CREW) })).await.fine();
        assert_eq!(reply.data("ticketDispatch.ticket.assignee.name"), "Crew 50");
        // Even one of another team can be named.
        let other = company::ticket(WAITING + 2);
        dispatch(&coordinator, &other, json!({ "memberId": member(4), "reason": "He has the spare part" })).await.fine();
        let said = decisions(&coordinator, &other).await;
        assert!(places(&said).contains(&place("Chen Jie", None, Some("TEAM"))), "{said}");
        // Who has it is asked for by name only, and not twice.
        let again = dispatch(&coordinator, &other, json!({})).await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", String::new())]);
        let again = dispatch(&coordinator, &other, json!({ "memberId": member(4) })).await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", String::new())]);
        // Who left can't be named.
        let left = dispatch(&coordinator, &company::ticket(WAITING + 3), json!({ "memberId": member(6), "reason": "why not" })).await;
        assert_eq!(left.user_errors(), [("NOT_FOUND", "input.memberId".to_owned())]);
    }

    async fn assigning_by_hand_leaves_a_decision_too(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let before = count(&app).await;
        let assign = |version: i64, more: Value| {
            let mut input = json!({ "id": company::ticket(WAITING), "expectedVersion": version });
            for (name, value) in more.as_object().expect("an object") {
                input[name] = value.clone();
            }
            coordinator.change("ticketAssign", "ticket { version }", input)
        };
        assign(1, json!({ "assigneeId": company::id(Table::Member, CREW + 1) })).await.fine();
        let said = decisions(&coordinator, &company::ticket(WAITING)).await;
        let decision = said.data("ticket.dispatchDecisions.nodes.0");
        assert_eq!((&decision["mode"], &decision["chosen"]["name"], &decision["reason"]), (&json!("MANUAL"), &json!("Crew 51"), &Value::Null));
        assert_eq!(places(&said)[0].0, "Crew 50", "what the ranking would have said");
        assert_eq!(count(&app).await, (before.0 + 1, before.1 + 3));
        // Another team, or the queue: nobody was chosen.
        assign(2, json!({ "teamId": company::id(Table::Team, 2) })).await.fine();
        assign(3, json!({ "assigneeId": null })).await.fine();
        assert_eq!(count(&app).await.0, before.0 + 1);
        // It waits since it was taken back, and the decision looks at the team of now.
        app.clock.advance(TimeDelta::minutes(10));
        let coordinator = app.as_("coordinator").await;
        let reply = dispatch(&coordinator, &company::ticket(WAITING), json!({})).await;
        let said = decisions(&coordinator, &company::ticket(WAITING)).await;
        assert_eq!(said.data("ticket.dispatchDecisions.nodes.0.waitedSeconds"), 600, "{reply}");
        assert_eq!(said.data("ticket.dispatchDecisions.nodes.0.team.code"), "T2");
    }
}

/// The same work for three candidates and for forty.
struct Teams(TestApp, TestApp);

impl Arrange for Teams {
    async fn arrange(backend: Backend) -> Option<Self> {
        Some(Self(
            TestApp::with(backend, &crew(3, 2)).await?,
            TestApp::with(backend, &crew(40, 2)).await?,
        ))
    }
}

both_databases! {
    async fn a_decision_costs_as_many_statements_however_many_candidates(apps: Teams) {
        let mut costs = Vec::new();
        for app in [&apps.0, &apps.1] {
            teach(app, SKILL, &[(key(Table::Member, CREW), 3)]).await;
            let coordinator = app.as_("coordinator").await;
            let rule = json!({ "skillId": skill_id(), "minLevel": 1 });
            coordinator.change("dispatchRequirementCreate", "requirement { id }", rule).await.fine();
            let ask = |n: usize| json!({ "id": company::ticket(WAITING + n), "expectedVersion": 1 });
            let mut of = Vec::new();
            // The first one fills what is kept in memory.
            for n in [0, 1] {
                // Whether rights are read again shall not depend on how long the first one took.
                app.db.recent_epoch().forget();
                let before = app.db.statements();
                coordinator.change("ticketDispatch", "ticket { id }", ask(n)).await.fine();
                of.push(app.db.statements() - before);
            }
            let before = app.db.statements();
            decisions(&coordinator, &company::ticket(WAITING)).await;
            costs.push((of[1], app.db.statements() - before));
        }
        assert_eq!(costs[0].0, costs[1].0);
        // Members of two fields are read in one batch or in two, as it happens.
        assert!(costs[0].1.abs_diff(costs[1].1) <= 1, "{costs:?}");
        assert!(costs[0].0 < 60, "{costs:?}");
    }
}
