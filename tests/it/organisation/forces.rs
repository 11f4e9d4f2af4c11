//! Task forces are formed across departments and dissolved with a result; teams say what they stand for; staffing is advised.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn ahead(days: i64) -> String {
    days_ago(-days).to_string()
}

fn force(members: Value) -> Value {
    json!({
        "code": "PJ-WINTER", "name": "Winter peak", "nameZh": "冬季高峰专项组", "departmentId": id(Table::Department, 1),
        "goal": "No ticket older than two days.", "leadId": id(Table::Member, 2), "validFrom": ahead(1), "plannedEnd": ahead(60),
        "members": members, "idempotencyKey": "winter",
    })
}

fn two() -> Value {
    json!([
        { "memberId": id(Table::Member, 2), "role": "lead", "percent": 50 },
        { "memberId": id(Table::Member, 4), "role": "engineer", "percent": 20 },
    ])
}

const FORM: &str = "taskForce { id version goal team { id code members(on: \"2026-03-03\") { number } } lead { number } } warnings { memberId day percent }";

both_databases! {
    async fn a_task_force_is_formed_and_overload_is_warned_of(app: TestApp) {
        let hr = app.as_("hr").await;
        let formed = hr.change("taskForceForm", FORM, force(two())).await.fine();
        let again = hr.change("taskForceForm", "taskForce { id }", force(two())).await.fine();
        assert_eq!(formed.data("taskForceForm.taskForce.id"), again.data("taskForceForm.taskForce.id"));
        assert_eq!(formed.data("taskForceForm.taskForce.team.members"), &json!([{ "number": "M0002" }, { "number": "M0004" }]));
        // The agent has 60 % at home; the engineer 60 % and a region beside.
        assert_eq!(formed.data("taskForceForm.warnings"), &json!([{ "memberId": id(Table::Member, 2), "day": ahead(1), "percent": 110 }]));
        let shown = hr.ask(&format!(
            "{{ agent: member(id: \"{}\") {{ today: allocation {{ percent overloaded }} then: allocation(on: \"{}\") {{ percent overloaded assignments {{ kind }} }} }} }}",
            id(Table::Member, 2), ahead(1),
        )).await.fine();
        assert_eq!(shown.data("agent.today"), &json!({ "percent": 60, "overloaded": false }));
        assert_eq!(shown.data("agent.then"), &json!({ "percent": 110, "overloaded": true, "assignments": [{ "kind": "HOME" }, { "kind": "PROJECT" }] }));
    }

    async fn it_is_dissolved_with_a_result(app: TestApp) {
        let hr = app.as_("hr").await;
        let formed = hr.change("taskForceForm", FORM, force(two())).await.fine();
        let one = formed.text("taskForceForm.taskForce.id");
        let join = json!({ "id": one, "expectedVersion": 1, "member": { "memberId": id(Table::Member, 3), "role": "night", "percent": 10 }, "validFrom": ahead(5) });
        let joined = hr.change("taskForceJoin", "taskForce { version } warnings { percent }", join).await.fine();
        assert_eq!(joined.data("taskForceJoin"), &json!({ "taskForce": { "version": 2 }, "warnings": [], "userErrors": [] }));
        let twice = json!({ "id": one, "expectedVersion": 2, "member": { "memberId": id(Table::Member, 3), "role": "night", "percent": 10 }, "validFrom": ahead(20) });
        let twice = hr.change("taskForceJoin", "taskForce { version }", twice).await;
        assert_eq!(twice.user_errors(), [("TAKEN", "input.member.memberId".to_owned())]);
        let early = json!({ "id": one, "expectedVersion": 2, "on": ahead(4), "result": "Done." });
        let early = hr.change("taskForceDissolve", "taskForce { id }", early).await;
        assert_eq!(early.user_errors(), [("RULE_VIOLATED", "input.on".to_owned())], "somebody only joins later");
        let blank = json!({ "id": one, "expectedVersion": 2, "on": ahead(40), "result": " " });
        assert_eq!(hr.change("taskForceDissolve", "taskForce { id }", blank).await.user_errors(), [("BLANK", "input.result".to_owned())]);
        let over = json!({ "id": one, "expectedVersion": 2, "on": ahead(40), "result": "Nothing was older than a day." });
        let over = hr.change("taskForceDissolve", "taskForce { dissolvedOn result team { validTo } }", over).await.fine();
        assert_eq!(over.data("taskForceDissolve.taskForce"), &json!({ "dissolvedOn": ahead(40), "result": "Nothing was older than a day.", "team": { "validTo": ahead(40) } }));
        let shown = hr.ask(&format!("{{ member(id: \"{}\") {{ allocation(on: \"{}\") {{ percent }} }} }}", id(Table::Member, 2), ahead(40))).await.fine();
        assert_eq!(shown.data("member.allocation.percent"), 60);
        let again = json!({ "id": one, "expectedVersion": 3, "on": ahead(50), "result": "Twice." });
        assert_eq!(hr.change("taskForceDissolve", "taskForce { id }", again).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let listed = hr.ask("{ taskForces(filter: { dissolved: false }) { nodes { goal } } }").await.fine();
        assert_eq!(listed.list("taskForces.nodes").len(), 1, "only the one of the company is at work");
    }

    async fn wrong_task_forces_are_refused(app: TestApp) {
        let hr = app.as_("hr").await;
        let stranger = json!([{ "memberId": id(Table::Member, 4), "role": "x", "percent": 10 }]);
        assert_eq!(hr.change("taskForceForm", "taskForce { id }", force(stranger)).await.user_errors(), [("RULE_VIOLATED", "input.leadId".to_owned())]);
        let nobody = json!([{ "memberId": id(Table::Member, 2), "role": "x", "percent": 10 }, { "memberId": id(Table::Member, 99), "role": "x", "percent": 10 }]);
        assert_eq!(hr.change("taskForceForm", "taskForce { id }", force(nobody)).await.user_errors(), [("NOT_FOUND", "input.members.1.memberId".to_owned())]);
        for who in ["team_lead", "engineer", "auditor", "partner"] {
            let reply = app.as_(who).await.change("taskForceForm", "taskForce { id }", force(two())).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn a_team_says_what_it_stands_for(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let words = |team: usize, from: i64, until: i64| json!({ "teamId": id(Table::Team, team), "from": ahead(from), "until": ahead(until), "slogan": "首问负责到底", "does": "接听每一个来电", "finishes": "当日工单当日清", "gets": "客户的信任" });
        let written = lead.change("pledgeWrite", "pledge { id version slogan }", words(2, 0, 30)).await.fine();
        let overlap = lead.change("pledgeWrite", "pledge { id }", words(2, 29, 60)).await;
        assert_eq!(overlap.user_errors(), [("RULE_VIOLATED", "input.from".to_owned())]);
        lead.change("pledgeWrite", "pledge { id }", words(2, 30, 60)).await.fine();
        let past = lead.change("pledgeWrite", "pledge { id }", words(3, -30, 0)).await;
        assert_eq!(past.user_errors(), [("RULE_VIOLATED", "input.until".to_owned())]);
        let foreign = lead.change("pledgeWrite", "pledge { id }", words(4, 0, 30)).await;
        assert_eq!(foreign.error_codes(), ["FORBIDDEN"], "another department's team is out of reach");
        let change = json!({ "id": written.data("pledgeWrite.pledge.id"), "expectedVersion": 1, "slogan": "一问到底", "does": "接", "finishes": "清", "gets": "信" });
        lead.change("pledgeUpdate", "pledge { version }", change.clone()).await.fine();
        assert_eq!(lead.change("pledgeUpdate", "pledge { id }", change).await.error_codes(), ["CONFLICT"]);
        // Everybody on the staff sees every team's.
        for who in ["engineer", "trainer", "auditor"] {
            let seen = app.as_(who).await.ask(&format!("{{ team(id: \"{}\") {{ pledge {{ slogan does }} pledges {{ from }} }} }}", id(Table::Team, 2))).await.fine();
            assert_eq!(seen.data("team.pledge.slogan"), "一问到底", "{who}");
            assert_eq!(seen.list("team.pledges").len(), 2);
        }
        assert_eq!(app.as_("agent").await.change("pledgeWrite", "pledge { id }", words(2, 90, 120)).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn staffing_is_advised_by_thresholds_that_are_data(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let ask = "{ staffingAdvice(by: TEAM) { thresholds { dedicatedFrom } desks { team { code } customers present proposed verdict reasons members { member { number } customers } handovers { from { number } fromNobody to { number } toNewMember customers } } } }";
        let first = manager.ask(ask).await.fine();
        let south = |reply: &crate::support::app::Reply| reply.list("staffingAdvice.desks").iter().find(|desk| desk["team"]["code"] == "T3").expect("desk south").clone();
        // The colleague has two customers, and one still belongs to who left.
        assert_eq!(south(&first)["customers"], 3, "{first}");
        assert_eq!((&south(&first)["proposed"], &south(&first)["verdict"]), (&json!(0), &json!("FITS")));
        assert_eq!(south(&first)["handovers"], json!([{ "from": { "number": "M0006" }, "fromNobody": false, "to": { "number": "M0003" }, "toNewMember": null, "customers": 1 }]));
        for (key, value) in [("staffing.dedicated_from", "1"), ("staffing.pair_from", "2"), ("staffing.per_member", "1")] {
            let input = json!({ "key": key, "value": value, "expectedVersion": 0 });
            manager.change("settingChange", "setting { key }", input).await.fine();
        }
        let second = manager.ask(ask).await.fine();
        assert_eq!((&south(&second)["proposed"], &south(&second)["verdict"]), (&json!(3), &json!("MISSING")), "{second}");
        let second = south(&second);
        let handed = second["handovers"].as_array().expect("handovers");
        let new: Vec<i64> = handed.iter().filter_map(|one| one["toNewMember"].as_i64()).collect();
        assert_eq!(new, [1, 2], "two new members take one customer each: {second}");
        let regions = manager.ask("{ staffingAdvice(by: REGION) { desks { region { code } unowned customers } } }").await.fine();
        // Customer 5 in Shandong has no owner; the regions north and east both have Shandong.
        let unowned: Vec<(&str, i64)> = regions.list("staffingAdvice.desks").iter().map(|desk| (desk["region"]["code"].as_str().expect("a code"), desk["unowned"].as_i64().expect("a number"))).filter(|(_, unowned)| *unowned > 0).collect();
        assert_eq!(unowned, [("R1", 1), ("R2", 1)]);
        for who in ["team_lead", "agent", "trainer", "auditor", "partner", "customer"] {
            assert_eq!(app.as_(who).await.ask("{ staffingAdvice(by: TEAM) { day } }").await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }
}
