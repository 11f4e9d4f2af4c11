use serde_json::{Value, json};

use super::*;
use crate::support::database::both_databases;
use crate::tickets::change;

const SIMULATE: &str = "query($input: DispatchSimulateInput) { dispatchSimulate(input: $input) {
    weights { load fit fairness } considered differing withoutAnybody
    tickets { ticket { number } actual { name } given chosen { name } exclusions { excluded count } candidates { member { name } rank excluded total } }
    members { member { name } actual simulated }
} }";

fn crew_team() -> Value {
    company::id(Table::Team, CREW_TEAM).into()
}

/// Everything that a simulation could have written to.
async fn traces(app: &TestApp) -> (u64, u64, u64, u64) {
    let reader = app.db.reader();
    let (decisions, candidates) = count(app).await;
    let changes = entity::ticket_change::Entity::find()
        .count(reader)
        .await
        .expect("a count");
    let audited = entity::audit_log::Entity::find()
        .count(reader)
        .await
        .expect("a count");
    (decisions, candidates, changes, audited)
}

both_databases! {
    async fn the_queue_can_be_tried_without_giving_anything_out(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let before = traces(&app).await;
        let tried = coordinator.send(SIMULATE, json!({ "input": { "teamId": crew_team() } })).await.fine();
        assert_eq!((tried.data("dispatchSimulate.considered"), tried.data("dispatchSimulate.withoutAnybody")), (&json!(6), &json!(0)));
        assert_eq!(tried.data("dispatchSimulate.weights"), &json!({ "load": 40, "fit": 40, "fairness": 20 }));
        let shared: Vec<i64> = tried.list("dispatchSimulate.members").iter().filter_map(|row| row["simulated"].as_i64()).collect();
        assert_eq!(shared, [2, 2, 2]);
        assert_eq!(traces(&app).await, before, "nothing is written");

        // What is tried is what is done.
        let run = "run { results { ticket { number assignee { name } } } }";
        let done = coordinator.change("dispatchRun", run, json!({ "teamId": crew_team() })).await.fine();
        let foretold: Vec<(&Value, &Value)> = tried.list("dispatchSimulate.tickets").iter().map(|row| (&row["ticket"]["number"], &row["chosen"]["name"])).collect();
        let real: Vec<(&Value, &Value)> = done.list("dispatchRun.run.results").iter().map(|row| (&row["ticket"]["number"], &row["ticket"]["assignee"]["name"])).collect();
        assert_eq!(foretold, real);
    }

    async fn requirements_can_be_tried_before_they_hold(app: Three) {
        let app = app.0;
        teach(&app, SKILL, &[(key(Table::Member, CREW + 1), 2)]).await;
        let coordinator = app.as_("coordinator").await;
        let rules = |level: i32| json!({ "input": { "teamId": crew_team(), "requirements": [{ "skillId": skill_id(), "minLevel": level }] } });
        let tried = coordinator.send(SIMULATE, rules(2)).await.fine();
        let names: Vec<&str> = tried.list("dispatchSimulate.members").iter().filter_map(|row| row["member"]["name"].as_str()).collect();
        assert_eq!(names, ["Crew 51"], "only one can have them");
        let tried = coordinator.send(SIMULATE, rules(3)).await.fine();
        assert_eq!(tried.data("dispatchSimulate.withoutAnybody"), 6);
        assert_eq!(tried.data("dispatchSimulate.tickets.0.exclusions"), &json!([{ "excluded": "SKILL", "count": 3 }]));
        for (input, field) in [
            (json!({ "requirements": [{ "skillId": skill_id(), "minLevel": 6 }] }), "input.requirements"),
            (json!({ "weights": { "load": -1, "fit": 0, "fairness": 0 } }), "input.weights.load"),
            (json!({ "weights": { "load": 1001, "fit": 0, "fairness": 0 } }), "input.weights"),
            (json!({ "limit": 0 }), "input.limit"),
            (json!({ "past": { "from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z" } }), "input.past"),
        ] {
            let reply = coordinator.send(SIMULATE, json!({ "input": input })).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{field}: {reply}");
        }
    }

    async fn the_past_is_tried_again_with_what_was_known_then(app: Three) {
        let app = app.0;
        teach(&app, SKILL, &[(key(Table::Member, CREW + 2), 4)]).await;
        let coordinator = app.as_("coordinator").await;
        coordinator.change("dispatchRun", "run { given }", json!({ "teamId": crew_team() })).await.fine();
        let past = json!({ "from": "2026-03-01T00:00:00Z", "to": "2026-03-03T00:00:00Z" });
        let same = coordinator.send(SIMULATE, json!({ "input": { "teamId": crew_team(), "past": past } })).await.fine();
        assert_eq!((same.data("dispatchSimulate.considered"), same.data("dispatchSimulate.differing")), (&json!(6), &json!(0)), "by the same weights nothing differs: {same}");
        for row in same.list("dispatchSimulate.members") {
            assert_eq!((&row["actual"], &row["simulated"]), (&json!(2), &json!(2)));
        }
        // With a skill that only one has, all would have gone to that one.
        let before = traces(&app).await;
        let rules = json!([{ "skillId": skill_id(), "minLevel": 1 }]);
        let other = coordinator.send(SIMULATE, json!({ "input": { "teamId": crew_team(), "past": past, "requirements": rules } })).await.fine();
        assert_eq!((other.data("dispatchSimulate.considered"), other.data("dispatchSimulate.differing")), (&json!(6), &json!(4)));
        assert_eq!(other.list("dispatchSimulate.tickets").len(), 4, "those that differ are shown");
        let best = other.data("dispatchSimulate.members.0");
        assert_eq!((&best["member"]["name"], &best["actual"], &best["simulated"]), (&json!("Crew 52"), &json!(2), &json!(6)));
        assert_eq!(traces(&app).await, before);
    }

    async fn fairness_and_bottlenecks_are_told_in_figures(app: Three) {
        let app = app.0;
        let coordinator = app.as_("coordinator").await;
        let bottlenecks = "query($team: ID) { dispatchBottlenecks(teamId: $team) {
            queues { team { code } waiting urgent oldestOpenedAt oldestWaitedSeconds }
            members { member { name } openTickets capacity percent teamPercent balance }
        } }";
        let found = coordinator.send(bottlenecks, json!({ "team": crew_team() })).await.fine();
        assert_eq!(found.data("dispatchBottlenecks.queues"), &json!([
            { "team": { "code": "T20" }, "waiting": 6, "urgent": 0, "oldestOpenedAt": "2026-02-25T22:00:00Z", "oldestWaitedSeconds": 360_000 }
        ]));
        assert!(found.list("dispatchBottlenecks.members").is_empty());
        let all = coordinator.send(bottlenecks, json!({})).await.fine();
        let waiting: i64 = all.list("dispatchBottlenecks.queues").iter().filter_map(|row| row["waiting"].as_i64()).sum();
        assert_eq!(waiting, 6 + 5, "tickets 1, 4, 5, 8 and 10 of the company wait too");

        // One gets four of six by hand; the rest are shared.
        let assign = |n: usize, member: usize| {
            let input = json!({ "id": company::ticket(WAITING + n), "expectedVersion": 1, "assigneeId": company::id(Table::Member, member) });
            coordinator.change("ticketAssign", "ticket { id }", input)
        };
        for n in 0..4 {
            assign(n, CREW).await.fine();
        }
        for n in 4..6 {
            assign(n, CREW + 1).await.fine();
        }
        let fairness = "query($team: ID, $to: DateTime) { dispatchFairness(teamId: $team, to: $to) {
            received gini members { member { name } received weightedWork sharePercent fairSharePercent openNow capacity }
        } }";
        let to = json!({ "team": crew_team(), "to": "2026-03-03T00:00:00Z" });
        let found = coordinator.send(fairness, to).await.fine();
        let report = found.data("dispatchFairness");
        assert_eq!(report["received"], 6);
        // x is 0, 2 and 4 twentieths: (2 + 4 + 2) · 2 / (2 · 3 · 6).
        assert_eq!(report["gini"], 0.444);
        let row = |n: usize| &report["members"][n];
        assert_eq!(row(0), &json!({ "member": { "name": "Crew 50" }, "received": 4, "weightedWork": 4.0, "sharePercent": 66.7, "fairSharePercent": 33.3, "openNow": 4, "capacity": 20 }));
        assert_eq!((&row(2)["received"], &row(2)["sharePercent"]), (&json!(0), &json!(0.0)));
        let none = coordinator.send(fairness, json!({ "team": crew_team(), "to": "2026-03-02T00:00:00Z" })).await.fine();
        assert_eq!((none.data("dispatchFairness.received"), none.data("dispatchFairness.gini")), (&json!(0), &Value::Null));
        let wrong = coordinator.ask("{ dispatchFairness(from: \"2026-03-02T00:00:00Z\", to: \"2026-03-02T00:00:00Z\") { received } }").await;
        assert_eq!(wrong.error_codes(), ["BAD_INPUT"]);
    }

    async fn what_somebody_had_who_left_waits_for_the_team(app: Three) {
        let app = app.0;
        let manager = app.as_("service_manager").await;
        for (n, member) in [(0, CREW), (1, CREW), (2, CREW + 1)] {
            let give = json!({ "assigneeId": company::id(Table::Member, member) });
            change(&manager, "ticketAssign", &company::ticket(WAITING + n), give).await.fine();
        }
        change(&manager, "ticketHold", &company::ticket(WAITING + 1), json!({ "state": "ON_HOLD" })).await.fine();
        let bottlenecks = "query($team: ID) { dispatchBottlenecks(teamId: $team) { queues { team { code } waiting oldestOpenedAt } } }";
        let ask = json!({ "team": crew_team() });
        let found = manager.send(bottlenecks, ask.clone()).await.fine();
        assert_eq!(found.data("dispatchBottlenecks.queues.0.waiting"), 3);

        let member = json!({ "id": company::id(Table::Member, CREW) });
        let found = manager.send("query($id: ID!) { member(id: $id) { assignments { id version } } }", member).await.fine();
        let end = json!({ "id": found.data("member.assignments.0.id"), "expectedVersion": found.data("member.assignments.0.version"), "validTo": "2026-03-02" });
        manager.change("assignmentEnd", "assignment { id }", end).await.fine();
        let found = manager.send(bottlenecks, ask).await.fine();
        assert_eq!(found.data("dispatchBottlenecks.queues"), &json!([
            { "team": { "code": "T20" }, "waiting": 3 + 2, "oldestOpenedAt": "2026-02-25T22:00:00Z" }
        ]), "also the one that is held, and nothing of a colleague's");
    }
}
