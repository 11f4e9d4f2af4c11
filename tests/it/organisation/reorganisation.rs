//! Reorganisations are planned, previewed, approved, and applied on their day as a whole or not at all.

use aftercare::organisation::reorganisation::actions::round;
use chrono_tz::Asia::Shanghai;
use entity::{assignment, audit_log, team, team_place};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::app::{Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn ahead(days: i64) -> String {
    days_ago(-days).to_string()
}

/// A night desk is founded, the agent goes there, and desk south moves to technical support.
fn plan() -> Value {
    json!({
        "title": "Night desk", "reason": "Tickets come in at night.", "takesEffectOn": ahead(10), "idempotencyKey": "night",
        "changes": [
            { "foundTeam": { "code": "NIGHT", "name": "Night desk", "nameZh": "夜间组", "departmentId": id(Table::Department, 1) } },
            { "moveMember": { "memberId": id(Table::Member, 2), "team": { "foundedBy": 1 }, "role": "night" } },
            { "moveTeam": { "teamId": id(Table::Team, 3), "departmentId": id(Table::Department, 2), "parent": { "teamId": id(Table::Team, 4) } } },
        ],
    })
}

const PREVIEW: &str = "{ affectedCount effects { member { number } shifts { reach gainedTeams lostTeams permissions } membersGained { number } membersLost { number } } userErrors { field message } }";

async fn rows(app: &TestApp) -> (u64, u64, u64, u64) {
    let db = app.db.reader();
    (
        team::Entity::find().count(db).await.expect("teams"),
        team_place::Entity::find().count(db).await.expect("places"),
        assignment::Entity::find()
            .count(db)
            .await
            .expect("assignments"),
        audit_log::Entity::find().count(db).await.expect("entries"),
    )
}

fn of<'r>(reply: &'r Reply, number: &str) -> Option<&'r Value> {
    let effects = reply.list("reorganisationPreview.effects");
    effects
        .iter()
        .find(|effect| effect["member"]["number"] == number)
}

/// The moment after midnight of a day to come, in the company.
fn midnight(days: i64) -> chrono::DateTime<chrono::Utc> {
    let at = days_ago(-days).and_hms_opt(0, 1, 0).expect("a time");
    at.and_local_timezone(Shanghai).unwrap().to_utc()
}

both_databases! {
    async fn a_preview_says_who_would_see_what_and_writes_nothing(app: TestApp) {
        let hr = app.as_("hr").await;
        let planned = hr.change("reorganisationPlan", "reorganisation { id state version }", plan()).await.fine();
        let again = hr.change("reorganisationPlan", "reorganisation { id state version }", plan()).await.fine();
        assert_eq!(planned.data("reorganisationPlan"), again.data("reorganisationPlan"));
        let before = rows(&app).await;
        let shown = hr.ask(&format!("{{ reorganisation(id: {one}) {{ changes {{ place step team {{ code }} code member {{ number }} }} }} reorganisationPreview(id: {one}) {PREVIEW} }}", one = planned.data("reorganisationPlan.reorganisation.id"))).await.fine();
        assert_eq!(rows(&app).await, before, "a preview writes nothing");
        assert_eq!(shown.data("reorganisation.changes.0"), &json!({ "place": 1, "step": "FOUND_TEAM", "team": null, "code": "NIGHT", "member": null }));
        assert_eq!(shown.data("reorganisationPreview.userErrors"), &json!([]), "{shown}");
        // The lead (of desk, with the tree below) no longer has desk south; the agent leaves desk north for the new team.
        let lead = of(&shown, "M0001").expect("the lead is affected");
        let tree = lead["shifts"].as_array().expect("shifts").iter().find(|shift| shift["reach"] == "TEAM_TREE").expect("a shift of the tree");
        assert_eq!((&tree["gainedTeams"], &tree["lostTeams"]), (&json!([]), &json!(["T3"])));
        let agent = of(&shown, "M0002").expect("the agent is affected");
        let own = agent["shifts"].as_array().expect("shifts").iter().find(|shift| shift["reach"] == "TEAM").expect("a shift of the team");
        assert_eq!((&own["gainedTeams"], &own["lostTeams"]), (&json!(["NIGHT"]), &json!(["T2"])));
        for who in ["team_lead", "agent", "trainer", "auditor", "partner"] {
            let reply = app.as_(who).await.ask("{ reorganisations { nodes { title } } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn an_approved_plan_is_applied_at_midnight(app: TestApp) {
        let hr = app.as_("hr").await;
        let planned = hr.change("reorganisationPlan", "reorganisation { id }", plan()).await.fine();
        let one = planned.data("reorganisationPlan.reorganisation.id").clone();
        let step = |version: i32| json!({ "id": one, "expectedVersion": version });
        let early = hr.change("reorganisationApply", "reorganisation { id }", step(1)).await;
        assert_eq!(early.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "a draft isn't applied");
        hr.change("reorganisationApprove", "reorganisation { state }", step(1)).await.fine();
        let early = hr.change("reorganisationApply", "reorganisation { id }", step(2)).await;
        assert_eq!(early.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "its day hasn't come");
        assert_eq!(round(&app.db, Shanghai, midnight(9)).await.expect("a round"), 0);
        assert_eq!(round(&app.db, Shanghai, midnight(10)).await.expect("a round"), 1);
        assert_eq!(round(&app.db, Shanghai, midnight(10)).await.expect("a round"), 0, "again is harmless");
        let shown = hr.ask(&format!(
            "{{ reorganisation(id: {one}) {{ state appliedAt changes {{ team {{ code }} }} }} reorganisationPreview(id: {one}) {{ affectedCount }} member(id: \"{}\") {{ before: team(on: \"{}\") {{ code }} after: team(on: \"{}\") {{ code }} }} team(id: \"{}\") {{ department(on: \"{}\") {{ code }} }} }}",
            id(Table::Member, 2), ahead(9), ahead(10), id(Table::Team, 3), ahead(10),
        )).await.fine();
        assert_eq!(shown.data("reorganisation.state"), "APPLIED");
        assert_eq!(shown.data("reorganisationPreview"), &Value::Null);
        assert_eq!(shown.data("reorganisation.changes.0.team.code"), "NIGHT");
        assert_eq!(shown.data("member"), &json!({ "before": { "code": "T2" }, "after": { "code": "NIGHT" } }));
        assert_eq!(shown.data("team.department.code"), "D2");
    }

    async fn what_does_not_fit_fails_as_a_whole(app: TestApp) {
        let hr = app.as_("hr").await;
        let mut wrong = plan();
        wrong["changes"].as_array_mut().expect("changes").push(json!({ "closeTeam": { "teamId": id(Table::Team, 1) } }));
        let planned = hr.change("reorganisationPlan", "reorganisation { id }", wrong).await.fine();
        let one = planned.data("reorganisationPlan.reorganisation.id").clone();
        let shown = hr.ask(&format!("{{ reorganisationPreview(id: {one}) {PREVIEW} }}")).await;
        assert_eq!(shown.data("reorganisationPreview.userErrors.0.field"), &json!(["changes", "3"]), "{shown}");
        let refused = hr.change("reorganisationApprove", "reorganisation { id }", json!({ "id": one, "expectedVersion": 1 })).await;
        assert!(refused.user_errors().iter().all(|(_, field)| field == "changes.3") && !refused.user_errors().is_empty(), "{refused}");
        // Without it, it is approved; then somebody takes the code, and on its day nothing is changed.
        let mut fine = plan();
        let object = fine.as_object_mut().expect("an object");
        object.remove("idempotencyKey");
        object.extend([("id".to_owned(), one.clone()), ("expectedVersion".to_owned(), json!(1))]);
        hr.change("reorganisationRevise", "reorganisation { version }", fine).await.fine();
        hr.change("reorganisationApprove", "reorganisation { id }", json!({ "id": one, "expectedVersion": 2 })).await.fine();
        let taken = json!({ "code": "NIGHT", "name": "Other", "nameZh": "其他", "departmentId": id(Table::Department, 2), "validFrom": ahead(1) });
        hr.change("teamCreate", "team { id }", taken).await.fine();
        let before = rows(&app).await;
        assert_eq!(round(&app.db, Shanghai, midnight(10)).await.expect("a round"), 0);
        let after = rows(&app).await;
        assert_eq!((after.0, after.1, after.2), (before.0, before.1, before.2), "nothing was changed");
        let shown = hr.ask(&format!("{{ reorganisation(id: {one}) {{ state endedReason }} }}")).await.fine();
        assert_eq!(shown.data("reorganisation.state"), "FAILED");
        assert!(shown.text("reorganisation.endedReason").starts_with("changes.0: "), "{shown}");
    }

    async fn a_plan_is_cancelled_with_a_reason(app: TestApp) {
        let hr = app.as_("hr").await;
        let planned = hr.change("reorganisationPlan", "reorganisation { id }", plan()).await.fine();
        let one = planned.data("reorganisationPlan.reorganisation.id").clone();
        hr.change("reorganisationApprove", "reorganisation { id }", json!({ "id": one, "expectedVersion": 1 })).await.fine();
        let blank = hr.change("reorganisationCancel", "reorganisation { id }", json!({ "id": one, "expectedVersion": 2, "reason": "" })).await;
        assert_eq!(blank.user_errors(), [("BLANK", "input.reason".to_owned())]);
        hr.change("reorganisationCancel", "reorganisation { id }", json!({ "id": one, "expectedVersion": 2, "reason": "Not needed." })).await.fine();
        assert_eq!(round(&app.db, Shanghai, midnight(11)).await.expect("a round"), 0);
        let mut forward = plan();
        forward["changes"] = json!([{ "moveMember": { "memberId": id(Table::Member, 2), "team": { "foundedBy": 2 }, "role": "x" } }]);
        forward["idempotencyKey"] = json!("forward");
        let forward = hr.change("reorganisationPlan", "reorganisation { id }", forward).await;
        assert_eq!(forward.user_errors(), [("NOT_FOUND", "input.changes.0".to_owned())]);
    }
}
