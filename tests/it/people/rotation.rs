use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn where_is(day: i64) -> String {
    format!(
        "{{ member(id: \"{}\") {{ team(on: \"{}\") {{ code }} assignments {{ kind validFrom validTo role }} }} }}",
        id(Table::Member, 2),
        days_ago(-day)
    )
}

both_databases! {
    async fn a_rotation_places_by_real_assignments(app: TestApp) {
        let hr = app.as_("hr").await;
        let seen = |version: i32| json!({ "id": id(Table::Rotation, 1), "expectedVersion": version });
        assert_eq!(hr.ask(&where_is(6)).await.fine().data("member.team.code"), "T2", "a plan places nobody");
        let begun = hr.change("rotationBegin", "rotation { state startsOn origin { role } assignment { role validFrom team { code } } }", seen(1)).await.fine();
        let on = days_ago(-5).to_string();
        assert_eq!(begun.data("rotationBegin.rotation.state"), "RUNNING");
        assert_eq!(begun.data("rotationBegin.rotation.assignment"), &json!({ "role": "claims", "validFrom": on, "team": { "code": "T6" } }));
        for (day, team) in [(4, "T2"), (5, "T6"), (300, "T6")] {
            assert_eq!(hr.ask(&where_is(day)).await.fine().data("member.team.code"), team, "in {day} days");
        }
        let mut over = seen(2);
        over["on"] = json!(days_ago(-40).to_string());
        over["returns"] = json!(true);
        over["result"] = json!("Settled forty claims.");
        let mut early = over.clone();
        early["on"] = json!(on);
        assert_eq!(hr.change("rotationFinish", "rotation { id }", early).await.user_errors(), [("RULE_VIOLATED", "input.on".to_owned())]);
        let finished = hr.change("rotationFinish", "rotation { state finishedOn returned result }", over.clone()).await.fine();
        assert_eq!(finished.data("rotationFinish.rotation"), &json!({ "state": "FINISHED", "finishedOn": days_ago(-40).to_string(), "returned": true, "result": "Settled forty claims." }));
        for (day, team) in [(4, "T2"), (39, "T6"), (40, "T2")] {
            assert_eq!(hr.ask(&where_is(day)).await.fine().data("member.team.code"), team, "in {day} days");
        }
        over["expectedVersion"] = json!(3);
        assert_eq!(hr.change("rotationFinish", "rotation { id }", over).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    /// A task force may ask for more than the whole of somebody's time; that keeps nobody where they are.
    async fn whoever_is_asked_for_too_much_can_rotate_all_the_same(app: TestApp) {
        let hr = app.as_("hr").await;
        let force = json!({
            "code": "PJ-PEAK", "name": "Peak", "nameZh": "高峰专项组", "departmentId": id(Table::Department, 1), "goal": "Nobody waits.", "leadId": id(Table::Member, 2),
            "validFrom": days_ago(-1).to_string(), "plannedEnd": days_ago(-60).to_string(), "members": [{ "memberId": id(Table::Member, 2), "role": "lead", "percent": 60 }],
        });
        let formed = hr.change("taskForceForm", "warnings { percent }", force).await.fine();
        assert_eq!(formed.data("taskForceForm.warnings.0.percent"), 120);
        let begin = json!({ "id": id(Table::Rotation, 1), "expectedVersion": 1 });
        hr.change("rotationBegin", "rotation { id }", begin).await.fine();
        assert_eq!(hr.ask(&where_is(5)).await.fine().data("member.team.code"), "T6");
    }

    async fn plans_are_looked_over_and_withdrawn(app: TestApp) {
        let hr = app.as_("hr").await;
        let plan = |member: usize, team: usize| json!({ "memberId": id(Table::Member, member), "teamId": id(Table::Team, team), "role": "help", "goal": "Learns.", "startsOn": days_ago(-1).to_string(), "endsOn": days_ago(-31).to_string(), "idempotencyKey": format!("{member}-{team}") });
        let twice = hr.change("rotationPlan", "rotation { id }", plan(2, 3)).await;
        assert_eq!(twice.user_errors(), [("WRONG_STATE", "input.memberId".to_owned())]);
        let same = hr.change("rotationPlan", "rotation { id }", plan(3, 3)).await;
        assert_eq!(same.user_errors(), [("RULE_VIOLATED", "input.teamId".to_owned())]);
        let planned = hr.change("rotationPlan", "rotation { id overdue }", plan(3, 2)).await.fine();
        assert_eq!(planned.data("rotationPlan.rotation.overdue"), false);
        let withdraw = json!({ "id": planned.text("rotationPlan.rotation.id"), "expectedVersion": 1, "reason": "Is needed here." });
        hr.change("rotationWithdraw", "rotation { state result }", withdraw.clone()).await.fine();
        let begin = json!({ "id": withdraw["id"], "expectedVersion": 2 });
        assert_eq!(hr.change("rotationBegin", "rotation { id }", begin).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        // The member sees the own one, colleagues don't, leads see their team's.
        for (who, count) in [("agent", 1), ("mover", 0), ("engineer", 0), ("team_lead", 2), ("hr", 2)] {
            let found = app.as_(who).await.ask("{ rotations { nodes { goal team { code } } } }").await.fine();
            assert_eq!(found.list("rotations.nodes").len(), count, "{who}: {found}");
        }
        assert_eq!(app.as_("team_lead").await.change("rotationPlan", "rotation { id }", plan(5, 3)).await.error_codes(), ["FORBIDDEN"]);
    }
}
