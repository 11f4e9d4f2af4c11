use aftercare::incentives::definitions::simulations::work::round;
use entity::{audit_log, member, role_grant};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{content, create, latest, step};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const EVERYTHING: &str = "query($id: ID!) { incentiveSimulation(id: $id) { state period from until mode candidates { number state content { amount } }
    rulesInForce sensitivity { parameter values } done total failure requestedByName startedAt endedAt sealed releasedAt releasedByName createdAt updatedAt }
    incentiveSimulationResult(id: $id) { comparisons { currency gainers losers before { members total gini } after { members total gini } }
    rules { people cases missing { fact cases } before { total } after { total } } budgets { spent asked given } sensitivity { value costs { spread { total } } }
    warnings { risk figure message } } }";
const AS_RELEASED: &str = "query($id: ID!, $as: Boolean!) { incentiveSimulationResult(id: $id, asReleased: $as) {
    comparisons { currency gainers losers before { members total quantiles gini } after { members total quantiles gini topTenth } }
    rules { people cases before { total } after { total } } budgets { spent asked given } warnings { risk message } } }";
const RELEASE: &str = "incentiveSimulationRelease";
const RELEASED: &str = "simulation { sealed releasedAt releasedByName }";

/// A simulation of a version, ended, by its id.
async fn tried(app: &TestApp, who: &Actor, version: &Value) -> Value {
    let input = json!({
        "candidateIds": [version], "periods": 2,
        "sensitivity": { "versionId": version, "parameter": "base", "values": ["50", "120"] },
    });
    let select = "simulation { id }";
    let made = who.change("incentiveSimulationStart", select, input).await;
    let made = made.fine();
    round(&app.db, &app.counter, start())
        .await
        .expect("a round");
    made.data("incentiveSimulationStart.simulation.id").clone()
}

/// What somebody is told about a simulation, without its id.
async fn told(who: &Actor, simulation: &Value) -> String {
    let reply = who.send(EVERYTHING, json!({ "id": simulation })).await;
    reply.fine().body["data"].to_string()
}

async fn release(who: &Actor, simulation: &Value) -> Reply {
    who.change(RELEASE, RELEASED, json!({ "id": simulation }))
        .await
}

/// What the audit log has about a simulation, without its id.
async fn logged(app: &TestApp, simulation: &Value) -> Vec<(String, String)> {
    let simulation = uuid(simulation);
    let entries = audit_log::Entity::find()
        .filter(audit_log::Column::EntityId.eq(simulation))
        .order_by_asc(audit_log::Column::Seq)
        .all(app.db.reader())
        .await
        .expect("entries");
    let plain = |entry: audit_log::Model| (entry.action, entry.detail.to_string());
    entries.into_iter().map(plain).collect()
}

fn uuid(id: &Value) -> Uuid {
    let text = id.as_str().expect("an id");
    aftercare::graphql::ids::decode(text).expect("an id").1
}

/// A bonus by how long somebody has been here, for whoever has been here for so many months.
fn by_tenure(least: i64) -> Value {
    let mut rule = content();
    rule["condition"] = json!(format!("tenure.months >= {least}"));
    rule["amount"] = json!("money(base * tenure.months)");
    rule
}

/// Since another day the agent works here, so that a bonus by tenure is another one.
async fn joined(app: &TestApp, day: &str) {
    let day: chrono::NaiveDate = day.parse().expect("a day");
    member::Entity::update_many()
        .col_expr(member::Column::JoinedOn, Expr::value(day))
        .filter(member::Column::Id.eq(key(Table::Member, 2)))
        .exec(app.db.reader())
        .await
        .expect("a member");
}

async fn group(who: &Actor, least: i64, version: i64) {
    let input = json!({
        "key": "metrics.minimum_group", "value": least.to_string(), "expectedVersion": version,
    });
    let select = "setting { key }";
    let reply = who.change("settingChange", select, input).await;
    assert!(reply.fine().user_errors().is_empty());
}

both_databases! {
    async fn what_one_member_gets_changes_nothing_that_a_sealed_simulation_tells(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        joined(&app, "2024-01-01").await;
        let made = create(&admin, "tenure", by_tenure(12)).await.fine();
        let version = latest(&made, "incentiveRuleCreate")["id"].clone();
        let one = tried(&app, &admin, &version).await;
        joined(&app, "2025-12-31").await;
        let other = tried(&app, &admin, &version).await;
        // To whoever sees pay they differ, and by the very bit that a threshold asks for.
        assert_ne!(told(&hr, &one).await, told(&hr, &other).await);
        for login in ["admin", "auditor"] {
            let who = app.as_(login).await;
            let (one, other) = (told(&who, &one).await, told(&who, &other).await);
            assert_eq!(one, other, "{login}");
            assert!(one.contains("\"incentiveSimulationResult\":null") && one.contains("\"sealed\":true"), "{one}");
            assert!(one.contains("\"DONE\"") && one.contains("\"SIMULATED\""), "how far it is, and what counts as simulated: {one}");
        }
        let logs = (logged(&app, &one).await, logged(&app, &other).await);
        assert!(logs.0.iter().any(|entry| entry.0 == "incentive.simulation.read"), "the looks of whoever sees pay are in it: {logs:?}");
        assert_eq!(logs.0, logs.1);
        assert!(logs.0.len() >= 2, "{logs:?}");
    }

    async fn whoever_sees_all_pay_looks_and_releases(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let made = create(&admin, "tenure", by_tenure(0)).await.fine();
        let version = latest(&made, "incentiveRuleCreate")["id"].clone();
        let simulation = tried(&app, &admin, &version).await;
        for login in ["admin", "agent", "auditor"] {
            assert_eq!(release(&app.as_(login).await, &simulation).await.error_codes(), ["FORBIDDEN"], "{login}");
        }
        let seen = async |who: &Actor, released: bool| {
            let reply = who.send(AS_RELEASED, json!({ "id": simulation, "as": released })).await.fine();
            reply.data("incentiveSimulationResult").clone()
        };
        // The argument opens nothing.
        assert_eq!((seen(&admin, false).await, seen(&admin, true).await), (Value::Null, Value::Null));
        let shown = seen(&hr, true).await;
        assert_eq!(shown["comparisons"][0]["after"]["quantiles"], Value::Null, "as the others will see it: {shown}");
        assert!(seen(&hr, false).await["comparisons"][0]["after"]["quantiles"].is_array());
        let done = release(&hr, &simulation).await.fine();
        let done = done.data("incentiveSimulationRelease.simulation");
        assert_eq!(done["sealed"], false);
        assert!(done["releasedAt"].is_string() && done["releasedByName"].is_string(), "{done}");
        assert_eq!(seen(&admin, false).await, shown);
        assert_eq!(release(&hr, &simulation).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let log = logged(&app, &simulation).await;
        assert!(log.iter().any(|entry| entry.0 == "incentive.simulation.release"), "{log:?}");
        let cancelled = json!(id(Table::Simulation, 1));
        assert_eq!(release(&hr, &cancelled).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "it has no result");
    }

    /// Whoever sees the pay of a team reckons others' from what pro rata leaves to it.
    async fn the_pay_of_some_isnt_enough(app: TestApp) {
        let hr = app.as_("hr").await;
        let simulation = tried(&app, &hr, &json!(id(Table::IncentiveVersion, 2))).await;
        assert!(!told(&hr, &simulation).await.contains("\"incentiveSimulationResult\":null"));
        let all = role_grant::Entity::update_many().col_expr(role_grant::Column::Reach, Expr::value("team"));
        all.filter(role_grant::Column::Permission.eq("member.pay.read")).exec(app.db.reader()).await.expect("grants");
        let hr = app.as_("hr").await;
        assert!(told(&hr, &simulation).await.contains("\"incentiveSimulationResult\":null"));
        assert_eq!(release(&hr, &simulation).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn a_smaller_group_since_shows_no_more(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let version = json!(id(Table::IncentiveVersion, 2));
        group(&admin, 50, 0).await;
        let simulation = tried(&app, &hr, &version).await;
        release(&hr, &simulation).await.fine();
        let before = told(&admin, &simulation).await;
        group(&admin, 3, 1).await;
        assert_eq!(told(&admin, &simulation).await, before);
        let since = tried(&app, &hr, &version).await;
        release(&hr, &since).await.fine();
        assert_ne!(told(&admin, &since).await, before, "with the smaller group it would");
    }

    /// Whoever agrees to a version needn't see pay: that it was simulated is enough, and no reason is asked for.
    async fn a_sealed_simulation_counts_for_the_approval(app: TestApp) {
        let (admin, manager) = (app.as_("admin").await, app.as_("service_manager").await);
        let simulation = tried(&app, &admin, &json!(id(Table::IncentiveVersion, 2))).await;
        let query = "query($id: ID!) { incentiveSimulation(id: $id) { sealed candidates { id version state } } }";
        let reply = manager.send(query, json!({ "id": simulation })).await.fine();
        let version = reply.data("incentiveSimulation.candidates.0");
        assert_eq!((reply.data("incentiveSimulation.sealed"), &version["state"]), (&json!(true), &json!("SIMULATED")));
        step(&manager, "incentiveRuleVersionApprove", version, json!({})).await.fine();
    }
}
