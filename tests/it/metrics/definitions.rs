//! Definitions of metrics as their makers and readers meet them.

use aftercare::graphql::ids::{decode, encode};
use aftercare::metrics::definitions::{
    all_current, by_key, facts_versions, install, mark_counted, metric_id,
};
use entity::{audit_log, metric, metric_version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const SHOWN: &str =
    "metric { id key name nameZh active shipped ready current version expression inputs additive }";

/// The content of a derived metric.
fn content(expression: &str) -> Value {
    json!({
        "name": "Own", "nameZh": "自定义", "meaning": "What we look at.", "meaningZh": "我们关注的指标。",
        "definition": { "unit": "NUMBER", "direction": "UP", "body": { "expression": expression } },
    })
}

async fn define(actor: &Actor, key: &str, expression: &str) -> Reply {
    let input = json!({ "key": key, "content": content(expression) });
    actor.change("metricDefine", SHOWN, input).await
}

async fn revise(actor: &Actor, id: &str, version: i32, expression: &str) -> Reply {
    let input = json!({ "id": id, "expectedVersion": version, "content": content(expression), "note": "It is clearer so." });
    actor.change("metricRevise", SHOWN, input).await
}

async fn switch(actor: &Actor, mutation: &str, id: &str, version: i32) -> Reply {
    let input = json!({ "id": id, "expectedVersion": version });
    actor.change(mutation, SHOWN, input).await
}

fn shipped(key: &str) -> String {
    encode("metric", metric_id(key))
}

/// Notes that everything from facts is counted, as the worker does.
async fn counted(app: &TestApp) {
    let tx = app.db.begin().await.expect("a transaction");
    for (version, _) in facts_versions(&tx).await.expect("versions") {
        mark_counted(&tx, version.id, start())
            .await
            .expect("it is noted");
    }
    tx.commit().await.expect("it lasts");
}

both_databases! {
    async fn the_shipped_ones_are_there_and_stay_as_they_are(app: TestApp) {
        let db = app.db.reader();
        let mut all = all_current(db).await.expect("metrics that can be read");
        all.retain(|one| one.metric.shipped);
        assert!(all.len() >= 22, "{}", all.len());
        let keys: Vec<&str> = all.iter().map(|one| one.metric.key.as_str()).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        for one in &all {
            assert!(one.metric.shipped && one.metric.active && one.version.number == 1, "{one:?}");
            assert_eq!(one.metric.id, metric_id(&one.metric.key));
        }
        let share = by_key(db, "complaint_share").await.expect("a read").expect("a metric");
        assert_eq!(share.version.definition["derived"]["inputs"], json!(["complaints", "tickets_opened"]));
        let mut versions = facts_versions(db).await.expect("versions");
        versions.retain(|(version, _)| all.iter().any(|one| one.version.id == version.id));
        assert_eq!(versions.len(), all.len() - 3, "three are derived");

        let (metrics, entries) = (metric::Entity::find().count(db), audit_log::Entity::find().count(db));
        let before = (metrics.await.expect("a count"), entries.await.expect("a count"));
        let tx = app.db.begin().await.expect("a transaction");
        install(&tx, start()).await.expect("it installs again");
        tx.commit().await.expect("it lasts");
        let (metrics, entries) = (metric::Entity::find().count(db), audit_log::Entity::find().count(db));
        assert_eq!((metrics.await.expect("a count"), entries.await.expect("a count")), before);

        let agent = app.as_("agent").await;
        let query = "{ metricDefinition(key: \"satisfied\") {
            key name nameZh meaningZh unit direction source attribution aggregate measure atLeast kinds missing
            expression inputs additive active shipped ready current versions { number note countedAt definition { unit } } } }";
        let reply = agent.ask(query).await.fine();
        let one = reply.data("metricDefinition");
        for (field, value) in [
            ("name", json!("Satisfied customers")), ("nameZh", json!("客户满意率")), ("unit", json!("PERCENT")), ("direction", json!("UP")),
            ("source", json!("ticket.rated")), ("attribution", json!("OWNER")), ("aggregate", json!("RATE")), ("measure", json!("rating")),
            ("atLeast", json!(4)), ("kinds", json!([])), ("missing", json!("SKIP")), ("expression", Value::Null), ("inputs", json!([])),
            ("additive", json!(false)), ("ready", json!(true)), ("current", json!(1)),
            ("versions", json!([{ "number": 1, "note": null, "countedAt": "2026-03-02T02:00:00Z", "definition": { "unit": "PERCENT" } }])),
        ] {
            assert_eq!(one[field], value, "{field} of {one}");
        }
        counted(&app).await;
        let reply = agent.ask("{ metricDefinitions(first: 100, filter: { active: true }) { totalCount nodes { key ready additive } } }").await.fine();
        let nodes = reply.list("metricDefinitions.nodes");
        // With the two of the tests' company.
        assert_eq!(nodes.len(), all.len() + 2);
        assert!(nodes.iter().all(|node| node["ready"] == true), "{nodes:?}");
        let reply = agent.ask("{ metricDefinitions(first: 2, orderBy: KEY_DESC, filter: { key: { contains: \"tickets_\" } }) { nodes { key additive } } }").await;
        assert_eq!(reply.data("metricDefinitions.nodes"), &json!([
            { "key": "tickets_resolved", "additive": true }, { "key": "tickets_opened", "additive": true },
        ]));
    }

    /// An older server's definition is followed by the one that ships now; what an admin has revised isn't.
    async fn what_ships_is_brought_up_to_date_where_nobody_touched_it(app: TestApp) {
        let db = app.db.reader();
        let like = by_key(db, "appraisal_score_hundredths").await.expect("a read").expect("a metric").version.definition;
        let mut definition = like.clone();
        definition["facts"]["measure"] = json!("score");
        assert_ne!(definition, like);
        for by in [None, Some(key(Table::User, 1))] {
            metric_version::Entity::update_many()
                .col_expr(metric_version::Column::Definition, Expr::value(definition.clone()))
                .col_expr(metric_version::Column::CreatedBy, Expr::value(by))
                .filter(metric_version::Column::MetricId.eq(metric_id("appraisal_score")))
                .exec(db).await.expect("it is as it was");
            let before = by_key(db, "appraisal_score").await.expect("a read").expect("a metric").metric.current;
            for _ in 0..2 {
                let tx = app.db.begin().await.expect("a transaction");
                install(&tx, start()).await.expect("it installs");
                tx.commit().await.expect("it lasts");
            }
            let now = by_key(db, "appraisal_score").await.expect("a read").expect("a metric");
            if by.is_none() {
                assert_eq!((now.metric.current, now.version.number), (before + 1, before + 1), "once");
                assert_eq!(now.version.definition["derived"]["expression"], "appraisal_score_hundredths / 100");
            } else {
                assert_eq!(now.metric.current, before, "an admin's stays");
            }
        }
    }

    async fn a_metric_is_defined_revised_retired_and_restored(app: TestApp) {
        let manager = app.as_("service_manager").await;
        counted(&app).await;
        let input = json!({ "key": "calm", "content": content(" tickets_opened - complaints "), "idempotencyKey": "once" });
        let made = manager.change("metricDefine", SHOWN, input.clone()).await.fine();
        let one = made.data("metricDefine.metric").clone();
        assert_eq!(one["expression"], "tickets_opened - complaints");
        assert_eq!(one["inputs"], json!(["complaints", "tickets_opened"]));
        assert_eq!((&one["shipped"], &one["ready"], &one["current"], &one["version"]), (&json!(false), &json!(true), &json!(1), &json!(1)));
        let again = manager.change("metricDefine", SHOWN, input).await.fine();
        assert_eq!(again.data("metricDefine.metric.id"), &one["id"]);
        let id = one["id"].as_str().expect("an id");

        let reply = revise(&manager, id, 2, "tickets_opened - 2 * complaints").await;
        assert_eq!(reply.error_codes(), ["CONFLICT"]);
        let reply = revise(&manager, id, 1, "tickets_opened - 2 * complaints").await.fine();
        assert_eq!(reply.data("metricRevise.metric.current"), 2);
        assert_eq!(reply.data("metricRevise.metric.version"), 2);
        let query = "{ metricDefinition(key: \"calm\") { versions { number note definition { expression } } } }";
        assert_eq!(manager.ask(query).await.data("metricDefinition.versions"), &json!([
            { "number": 2, "note": "It is clearer so.", "definition": { "expression": "tickets_opened - 2 * complaints" } },
            { "number": 1, "note": null, "definition": { "expression": "tickets_opened - complaints" } },
        ]));

        define(&manager, "calmer", "calm / tickets_opened").await.fine();
        let reply = switch(&manager, "metricRetire", id, 2).await;
        assert_eq!(reply.text("metricRetire.userErrors.0.code"), "RULE_VIOLATED");
        assert!(reply.text("metricRetire.userErrors.0.message").contains("calmer"), "{reply}");
        let calmer = manager.ask("{ metricDefinition(key: \"calmer\") { id } }").await;
        let calmer = calmer.text("metricDefinition.id").to_owned();
        let reply = switch(&manager, "metricRetire", &calmer, 1).await.fine();
        assert_eq!(reply.data("metricRetire.metric.active"), false);
        assert_eq!(reply.data("metricRetire.metric.ready"), false);
        switch(&manager, "metricRetire", id, 2).await.fine();
        assert!(by_key(app.db.reader(), "calm").await.expect("a read").is_none());

        // What stands on a retired one can't come back before it.
        let reply = switch(&manager, "metricRestore", &calmer, 2).await;
        assert!(reply.text("metricRestore.userErrors.0.message").contains("no metric `calm` in use"), "{reply}");
        let reply = revise(&manager, id, 3, "complaints * 2").await;
        assert_eq!(reply.text("metricRevise.userErrors.0.code"), "WRONG_STATE");
        switch(&manager, "metricRestore", id, 3).await.fine();
        let reply = switch(&manager, "metricRestore", &calmer, 2).await.fine();
        assert_eq!(reply.data("metricRestore.metric.active"), true);

        let entries = audit_log::Entity::find()
            .filter(audit_log::Column::EntityId.eq(decode(id).expect("an id").1))
            .all(app.db.reader()).await.expect("entries");
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["metric.define", "metric.revise", "metric.retire", "metric.restore"]);
    }

    async fn what_is_counted_again_waits_for_its_sums(app: TestApp) {
        let manager = app.as_("service_manager").await;
        counted(&app).await;
        let id = shipped("tickets_ended");
        switch(&manager, "metricRetire", &id, 1).await.fine();
        let version = metric_version::Entity::find()
            .filter(metric_version::Column::MetricId.eq(metric_id("tickets_ended")))
            .one(app.db.reader()).await.expect("a read").expect("a version");
        assert_eq!(version.counted_at, Some(start()));
        let facts = facts_versions(app.db.reader()).await.expect("versions");
        assert!(facts.iter().all(|(one, _)| one.id != version.id), "a retired one isn't counted");
    }

    async fn mistakes_are_told_with_their_places(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let check = "query($input: MetricCheckInput!) { metricCheck(input: $input) { inputs problems { field offset length message } } }";
        let asked = |key: Value, body: Value| json!({ "input": {
            "key": key, "definition": { "unit": "PERCENT", "direction": "DOWN", "body": body },
        } });
        for (key, expression, offset, length, says) in [
            (Value::Null, "complaints / nothing * 100", 13, 7, "There is no metric `nothing`"),
            (Value::Null, "complaints / 0", 11, 1, "divides by nought"),
            (Value::Null, "complaints +", 12, 0, "missing at the end"),
            (Value::Null, "first_response_time + satisfied", 20, 1, "seconds together with a percentage"),
            (json!("complaints"), "100 - complaint_share", 6, 15, "by complaint_share → complaints"),
            (json!("complaints"), "complaints", 0, 10, "would stand on itself"),
        ] {
            let reply = manager.send(check, asked(key, json!({ "expression": expression }))).await.fine();
            let first = reply.data("metricCheck.problems.0");
            assert_eq!((&first["offset"], &first["length"]), (&json!(offset), &json!(length)), "{expression}: {first}");
            assert_eq!(first["field"], json!(["input", "definition", "body", "expression"]));
            assert!(first["message"].as_str().is_some_and(|text| text.contains(says)), "{expression}: {first}");
        }
        let reply = manager.send(check, asked(Value::Null, json!({ "expression": "100 - satisfied" }))).await.fine();
        assert_eq!(reply.data("metricCheck"), &json!({ "inputs": ["satisfied"], "problems": [] }));
        let facts = json!({ "facts": { "source": "weather", "attribution": "OWNER", "aggregate": "COUNT" } });
        let reply = manager.send(check, asked(Value::Null, facts)).await.fine();
        assert_eq!(reply.data("metricCheck.problems.0.field"), &json!(["input", "definition", "body", "facts", "source"]));
        assert_eq!(reply.data("metricCheck.problems.0.offset"), &Value::Null);

        for (key, expression, field, says) in [
            ("Calm", "complaints", "key", "A key has 3 to 41"),
            ("max", "complaints", "key", "A key has 3 to 41"),
            ("complaints", "tickets_opened", "key", "Another metric has this key"),
            ("calm", "complaints + ", "expression", "Character 13: Something is missing"),
        ] {
            let reply = define(&manager, key, expression).await;
            let errors = reply.list("metricDefine.userErrors");
            let fields: Vec<&Value> = errors.iter().filter_map(|error| error["field"].as_array()?.last()).collect();
            assert_eq!(fields, [field], "{reply}");
            assert!(reply.text("metricDefine.userErrors.0.message").contains(says), "{reply}");
        }
        // A circle over a metric that stands on this one; and a note is needed.
        define(&manager, "half", "complaints / 2").await.fine();
        let made = define(&manager, "quarter", "half / 2").await.fine();
        let half = manager.ask("{ metricDefinition(key: \"half\") { id } }").await;
        let reply = revise(&manager, half.text("metricDefinition.id"), 1, "quarter * 2").await;
        assert!(reply.text("metricRevise.userErrors.0.message").contains("quarter → half"), "{reply}");
        let input = json!({ "id": made.text("metricDefine.metric.id"), "expectedVersion": 1, "content": content("half"), "note": " " });
        let reply = manager.change("metricRevise", SHOWN, input).await;
        assert_eq!(reply.data("metricRevise.userErrors.0.field"), &json!(["input", "note"]));
    }

    async fn a_metric_from_facts_is_held_against_its_source(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let sources = manager.ask("{ metricSources { key name meaning attributions measures { key unit } } }").await.fine();
        let resolved = sources.list("metricSources").iter().find(|source| source["key"] == "ticket.resolved").expect("a source");
        assert!(resolved["attributions"].as_array().is_some_and(|all| all.contains(&json!("SHARES"))), "{resolved}");
        let facts = |measure: &str, aggregate: &str, unit: &str| {
            let mut content = content("");
            content["definition"] = json!({ "unit": unit, "direction": "DOWN", "body": { "facts": {
                "source": "ticket.resolved", "attribution": "SHARES", "aggregate": aggregate, "measure": measure,
                "kinds": ["fault_repair", "complaint", "complaint"],
            } } });
            json!({ "key": "repair_time", "content": content })
        };
        for (measure, aggregate, unit, field) in [
            ("hours", "MEAN", "SECONDS", "body facts measure"),
            ("in_time", "MEAN", "PERCENT", "body facts aggregate"),
            ("seconds", "RATE", "PERCENT", "body facts atLeast"),
            ("seconds", "MEAN", "POINTS", "unit"),
        ] {
            let reply = manager.change("metricDefine", SHOWN, facts(measure, aggregate, unit)).await;
            let path: Vec<&str> = ["input", "content", "definition"].into_iter().chain(field.split(' ')).collect();
            assert_eq!(reply.data("metricDefine.userErrors.0.field"), &json!(path), "{reply}");
        }
        let fields = "metric { key source attribution aggregate measure kinds missing additive ready expression }";
        let reply = manager.change("metricDefine", fields, facts("seconds", "MEAN", "SECONDS")).await.fine();
        assert_eq!(reply.data("metricDefine.metric"), &json!({
            "key": "repair_time", "source": "ticket.resolved", "attribution": "SHARES", "aggregate": "MEAN", "measure": "seconds",
            "kinds": ["complaint", "fault_repair"], "missing": "SKIP", "additive": false, "ready": false, "expression": null,
        }));
        // Ready once it is counted, and no more once it is restored: its sums weren't kept meanwhile.
        counted(&app).await;
        let ask = "{ metricDefinition(key: \"repair_time\") { id ready } }";
        let reply = manager.ask(ask).await.fine();
        assert_eq!(reply.data("metricDefinition.ready"), true);
        let id = reply.text("metricDefinition.id").to_owned();
        switch(&manager, "metricRetire", &id, 1).await.fine();
        let reply = switch(&manager, "metricRestore", &id, 2).await.fine();
        assert_eq!(reply.data("metricRestore.metric.ready"), false);
    }

    async fn every_shipped_one_fits_the_sources_of_this_server(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let check = "query($input: MetricCheckInput!) { metricCheck(input: $input) { problems { field message } } }";
        let fields = "{ metricDefinitions(first: 100) { nodes { key unit direction source attribution aggregate measure atLeast kinds
            channels missing expression shipped } } }";
        for one in manager.ask(fields).await.fine().list("metricDefinitions.nodes") {
            if one["shipped"] == false {
                continue;
            }
            let mut facts = json!({});
            for field in ["source", "attribution", "aggregate", "measure", "atLeast", "kinds", "channels"] {
                facts[field] = one[field].clone();
            }
            let body = match &one["expression"] {
                Value::Null => json!({ "facts": facts }),
                expression => json!({ "expression": expression }),
            };
            let definition = json!({ "unit": one["unit"], "direction": one["direction"], "body": body });
            let input = json!({ "input": { "key": one["key"], "definition": definition } });
            let reply = manager.send(check, input).await.fine();
            assert_eq!(reply.data("metricCheck.problems"), &json!([]), "{one}");
        }
    }

    async fn another_unit_may_not_break_what_stands_on_it(app: TestApp) {
        let manager = app.as_("service_manager").await;
        define(&manager, "both", "complaints + consultations").await.fine();
        let mut content = content("satisfaction * 1");
        content["definition"]["unit"] = "POINTS".into();
        let input = json!({ "id": shipped("complaints"), "expectedVersion": 1, "content": content, "note": "Points instead." });
        let reply = manager.change("metricRevise", SHOWN, input).await;
        assert_eq!(reply.data("metricRevise.userErrors.0.field"), &json!(["input", "content", "definition", "unit"]), "{reply}");
        assert!(reply.text("metricRevise.userErrors.0.message").contains("The metric both stands on this one"), "{reply}");
    }

    async fn only_those_who_may_define_and_read(app: TestApp) {
        let agent = app.as_("agent").await;
        assert_eq!(define(&agent, "calm", "complaints").await.error_codes(), ["FORBIDDEN"]);
        let id = shipped("complaints");
        assert_eq!(switch(&agent, "metricRetire", &id, 1).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(revise(&agent, &id, 1, "tickets_opened").await.error_codes(), ["FORBIDDEN"]);
        let check = "{ metricCheck(input: { definition: { unit: NUMBER, direction: UP, body: { expression: \"1\" } } }) { inputs } }";
        assert_eq!(agent.ask(check).await.error_codes(), ["FORBIDDEN"]);
        let list = "{ metricDefinitions { nodes { key } } }";
        for login in ["agent", "engineer", "trainer", "hr", "auditor", "coordinator", "team_lead"] {
            let reply = app.as_(login).await.ask(list).await.fine();
            assert!(!reply.list("metricDefinitions.nodes").is_empty(), "{login}");
        }
        for login in ["partner", "customer"] {
            assert_eq!(app.as_(login).await.ask(list).await.error_codes(), ["FORBIDDEN"], "{login}");
        }
        assert_eq!(app.stranger().ask(list).await.error_codes(), ["UNAUTHENTICATED"]);
    }
}
