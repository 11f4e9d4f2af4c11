use aftercare::incentives::definitions::simulations::plan::A_DAY;
use aftercare::incentives::definitions::simulations::work::round;
use entity::{audit_log, incentive_simulation_part};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, start};
use crate::support::database::both_databases;

const SIMULATION: &str = "simulation { id state from until mode done total rulesInForce candidates { number } sensitivity { parameter values } failure }";
const RESULT: &str = "query($id: ID!) { incentiveSimulation(id: $id) { state done total failure } incentiveSimulationResult(id: $id) {
    comparisons { currency gainers losers before { members total quantiles } after { members total quantiles gini topTenth } }
    rules { isCandidate people cases missing { fact cases } ruleVersion { number } before { total } after { total } }
    budgets { budget given isExhausted } sensitivity { value costs { currency spread { members total } } } warnings { risk message } } }";
const ROWS: &str = "query($id: ID!) { incentiveSimulationResult(id: $id) { comparisons { members { before after member { name } } } } }";

async fn start_of(who: &Actor, input: Value) -> Reply {
    who.change("incentiveSimulationStart", SIMULATION, input)
        .await
}

/// Version 2 of the bonus of 100 yuan, which pays 120.
fn draft() -> Value {
    json!({ "candidateIds": [id(Table::IncentiveVersion, 2)], "periods": 2 })
}

/// Releases a simulation for those who may not see pay.
async fn released(who: &Actor, which: &Value) -> Reply {
    who.change(
        "incentiveSimulationRelease",
        "simulation { sealed releasedAt releasedByName }",
        which.clone(),
    )
    .await
}

async fn run(app: &TestApp) -> usize {
    round(&app.db, &app.counter, start())
        .await
        .expect("a round")
}

both_databases! {
    async fn a_draft_is_tried_against_what_is_in_force(app: TestApp) {
        let hr = app.as_("hr").await;
        assert_eq!(start_of(&app.as_("agent").await, draft()).await.error_codes(), ["FORBIDDEN"]);
        let mut input = draft();
        input["sensitivity"] = json!({ "versionId": id(Table::IncentiveVersion, 2), "parameter": "base", "values": ["50", "120"] });
        let made = start_of(&hr, input).await.fine();
        let simulation = made.data("incentiveSimulationStart.simulation").clone();
        assert_eq!((&simulation["state"], &simulation["from"], &simulation["until"]), (&json!("QUEUED"), &json!("2026-01-01"), &json!("2026-03-01")));
        assert_eq!((&simulation["rulesInForce"], &simulation["mode"]), (&json!(1), &json!("BESIDE")));
        let which = json!({ "id": simulation["id"] });
        assert_eq!(hr.send(RESULT, which.clone()).await.fine().data("incentiveSimulationResult"), &Value::Null);
        run(&app).await;
        let reply = hr.send(RESULT, which.clone()).await.fine();
        assert_eq!(reply.data("incentiveSimulation"), &json!({ "state": "DONE", "done": 2, "total": 2, "failure": null }));
        let compared = reply.data("incentiveSimulationResult.comparisons.0");
        let members = compared["before"]["members"].as_i64().expect("members");
        assert!(members >= 3);
        assert_eq!(compared["gainers"], members, "everybody gets 20 yuan more a month");
        let total = |of: &Value| of["total"].as_str().expect("a total").parse::<i64>().expect("whole yuan");
        assert_eq!(total(&compared["after"]) * 100, total(&compared["before"]) * 120);
        let points = reply.list("incentiveSimulationResult.sensitivity");
        assert_eq!(points[1]["costs"][0]["spread"]["total"], compared["after"]["total"]);
        assert_eq!(total(&points[0]["costs"][0]["spread"]) * 100, total(&compared["before"]) * 50);
        let rules = reply.list("incentiveSimulationResult.rules");
        assert_eq!(rules.iter().map(|one| one["isCandidate"].clone()).collect::<Vec<_>>(), [json!(false), json!(true)]);
        // The draft counts as simulated.
        let read = "query($id: ID!) { incentiveRule(id: $id) { versions { number state simulatedAt } } }";
        let rule = hr.send(read, json!({ "id": id(Table::IncentiveRule, 1) })).await.fine();
        assert_eq!((rule.data("incentiveRule.versions.0.state"), rule.data("incentiveRule.versions.1.state")), (&json!("SIMULATED"), &json!("ACTIVE")));
        let parts = incentive_simulation_part::Entity::find().count(app.db.reader()).await.expect("a count");
        assert_eq!(parts, 1, "nothing but the result is left");
    }

    async fn only_who_may_see_pay_sees_single_members(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let made = start_of(&hr, draft()).await.fine();
        run(&app).await;
        let which = json!({ "id": made.data("incentiveSimulationStart.simulation.id") });
        let looks = async || {
            let read = audit_log::Column::Action.eq("incentive.simulation.read");
            audit_log::Entity::find().filter(read).count(app.db.reader()).await.expect("a count")
        };
        released(&hr, &which).await.fine();
        let reply = admin.send(RESULT, which.clone()).await.fine();
        let after = reply.data("incentiveSimulationResult.comparisons.0.after");
        assert!(after["total"].is_string(), "totals of enough people");
        assert_eq!((&after["quantiles"], &after["topTenth"]), (&Value::Null, &Value::Null));
        assert_eq!(admin.send(ROWS, which.clone()).await.error_codes(), ["FORBIDDEN"], "an admin isn't to know what people are paid");
        assert_eq!(looks().await, 0);
        let reply = hr.send(ROWS, which.clone()).await.fine();
        let rows = reply.list("incentiveSimulationResult.comparisons.0.members");
        let paid = |row: &Value, at: &str| row[at].as_str().and_then(|text| text.parse::<i64>().ok()).unwrap_or_else(|| panic!("{row}"));
        // 240 instead of 200, for as many months as each was there.
        assert!(rows.iter().all(|row| paid(row, "before") * 6 == paid(row, "after") * 5) && rows.iter().any(|row| paid(row, "after") > 0), "{reply}");
        assert_eq!(looks().await, 1);
        assert!(hr.send(RESULT, which.clone()).await.fine().data("incentiveSimulationResult.comparisons.0.after.quantiles").is_array());
        assert_eq!(app.as_("agent").await.send(RESULT, which).await.fine().data("incentiveSimulationResult"), &Value::Null, "simulations are for those who see all rules");
    }

    async fn a_rule_for_one_tells_nothing(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let mut narrow = super::content();
        narrow["population"] = json!({ "positionIds": [id(Table::Position, 3)], "leastMonths": 0 });
        narrow["condition"] = json!("tenure.months >= 1");
        let made = super::create(&hr, "narrow", narrow).await.fine();
        let version = super::latest(&made, "incentiveRuleCreate");
        let made = start_of(&admin, json!({ "candidateIds": [version["id"]], "periods": 1 })).await.fine();
        run(&app).await;
        let which = json!({ "id": made.data("incentiveSimulationStart.simulation.id") });
        released(&hr, &which).await.fine();
        let reply = admin.send(RESULT, which).await.fine();
        let result = reply.data("incentiveSimulationResult");
        assert_eq!(result["rules"][1]["people"], 1, "the team lead");
        assert_eq!((&result["comparisons"][0]["before"], &result["comparisons"][0]["after"]), (&Value::Null, &Value::Null));
        assert_eq!(result["comparisons"][0]["gainers"], Value::Null);
        for rule in result["rules"].as_array().expect("rules") {
            assert_eq!((&rule["before"], &rule["after"], &rule["cases"]), (&Value::Null, &Value::Null, &json!(0)), "{rule}");
        }
        assert_eq!((&result["budgets"], &result["sensitivity"]), (&json!([]), &json!([])));
    }

    async fn what_met_nobody_counts_as_tried_on_nothing(app: TestApp) {
        let hr = app.as_("hr").await;
        let mut nobody = super::content();
        nobody["population"] = json!({ "leastMonths": 600 });
        let made = super::create(&hr, "nobody", nobody).await.fine();
        let version = super::latest(&made, "incentiveRuleCreate");
        let made = start_of(&hr, json!({ "candidateIds": [version["id"], id(Table::IncentiveVersion, 2)], "periods": 1 })).await.fine();
        run(&app).await;
        let read = "query($id: ID!) { incentiveSimulation(id: $id) { state candidates { id state } } }";
        let reply = hr.send(read, json!({ "id": made.data("incentiveSimulationStart.simulation.id") })).await.fine();
        assert_eq!(reply.data("incentiveSimulation.state"), "DONE");
        let states: Vec<bool> = reply.list("incentiveSimulation.candidates").iter()
            .map(|one| (one["id"] == version["id"], &one["state"]))
            .map(|(met_nobody, state)| state == if met_nobody { "DRAFT" } else { "SIMULATED" }).collect();
        assert_eq!(states, [true, true]);
    }

    async fn who_may_not_see_pay_tries_so_often_a_day(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        for _ in 0..A_DAY {
            start_of(&admin, draft()).await.fine();
        }
        let reply = start_of(&admin, draft()).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input".to_owned())]);
        start_of(&hr, draft()).await.fine();
    }

    async fn cut_off_it_goes_on_where_it_was(app: TestApp) {
        let hr = app.as_("hr").await;
        let one = start_of(&hr, draft()).await.fine();
        run(&app).await;
        let first = hr.send(RESULT, json!({ "id": one.data("incentiveSimulationStart.simulation.id") })).await.fine();
        // The second one is cut off after each page: every round begins with what is stored.
        let other = start_of(&hr, draft()).await.fine();
        let which = json!({ "id": other.data("incentiveSimulationStart.simulation.id") });
        let key = aftercare::graphql::ids::decode(which["id"].as_str().expect("an id")).expect("an id").1;
        let mut pages = 0;
        while aftercare::incentives::definitions::simulations::work::one_page(&app.db, &app.counter, start(), key).await.expect("a page") {
            pages += 1;
            assert!(pages < 100);
        }
        assert!(pages > 4, "{pages}");
        let second = hr.send(RESULT, which).await.fine();
        assert_eq!(first.data("incentiveSimulationResult"), second.data("incentiveSimulationResult"));
    }

    async fn what_makes_no_sense_is_refused(app: TestApp) {
        let hr = app.as_("hr").await;
        let refused = async |change: fn(&mut Value)| {
            let mut input = draft();
            change(&mut input);
            let reply = start_of(&hr, input).await;
            assert!(reply.errors().is_empty(), "{reply}");
            reply.user_errors().into_iter().map(|(code, field)| format!("{code} {}", field.trim_start_matches("input."))).collect::<Vec<_>>()
        };
        assert_eq!(refused(|one| one["periods"] = json!(13)).await, ["INVALID periods"]);
        assert_eq!(refused(|one| one["periods"] = json!(-1)).await, ["INVALID periods"]);
        assert_eq!(refused(|one| one["candidateIds"] = json!([])).await, ["INVALID candidateIds"]);
        assert_eq!(refused(|one| one["until"] = json!("2026-03-03")).await, ["INVALID until"]);
        assert_eq!(refused(|one| one["until"] = json!("1990-03-03")).await, ["INVALID until"], "nothing is known of it");
        let two = json!([id(Table::IncentiveVersion, 1), id(Table::IncentiveVersion, 2)]);
        let mut both = draft();
        both["candidateIds"] = two;
        assert_eq!(start_of(&hr, both).await.user_errors(), [("RULE_VIOLATED", "input.candidateIds".to_owned())], "two versions of one rule");
        let vary = |parameter: &str, value: &str| json!({ "versionId": id(Table::IncentiveVersion, 2), "parameter": parameter, "values": [value] });
        let mut input = draft();
        input["sensitivity"] = vary("rate", "1");
        assert_eq!(start_of(&hr, input.clone()).await.user_errors(), [("NOT_FOUND", "input.sensitivity.parameter".to_owned())]);
        input["sensitivity"] = vary("base", "5000");
        assert_eq!(start_of(&hr, input).await.user_errors(), [("INVALID", "input.sensitivity.values.0".to_owned())]);
    }

    async fn a_simulation_is_called_off(app: TestApp) {
        let hr = app.as_("hr").await;
        let made = start_of(&hr, draft()).await.fine();
        let which = json!({ "id": made.data("incentiveSimulationStart.simulation.id") });
        let cancel = "incentiveSimulationCancel";
        assert_eq!(app.as_("agent").await.change(cancel, SIMULATION, which.clone()).await.error_codes(), ["FORBIDDEN"]);
        let reply = hr.change(cancel, SIMULATION, which.clone()).await.fine();
        assert_eq!(reply.data("incentiveSimulationCancel.simulation.state"), "CANCELLED");
        assert_eq!(hr.change(cancel, SIMULATION, which.clone()).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        assert_eq!(run(&app).await, 0);
    }

    async fn what_was_written_anew_meanwhile_ends_it(app: TestApp) {
        let hr = app.as_("hr").await;
        let made = start_of(&hr, draft()).await.fine();
        let which = json!({ "id": made.data("incentiveSimulationStart.simulation.id") });
        let version = json!({ "id": id(Table::IncentiveVersion, 2), "version": 1 });
        super::step(&hr, "incentiveRuleVersionRevise", &version, json!({ "content": super::content() })).await.fine();
        run(&app).await;
        let reply = hr.send(RESULT, which).await.fine();
        assert_eq!(reply.data("incentiveSimulation.state"), "FAILED");
        assert!(reply.text("incentiveSimulation.failure").contains("start again"));
    }
}
