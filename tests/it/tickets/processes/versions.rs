use aftercare::graphql::ids::encode;
use aftercare::tickets::processes::shipped;
use chrono::TimeDelta;
use entity::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{advance, codes, enter, give, open, process, shipped_version};
use crate::support::app::{Actor, TestApp};
use crate::support::database::both_databases;

const VERSION: &str = "processVersion { id number state version steps { code next } problems { step field message } }";

fn template(code: &str) -> String {
    encode("process", shipped::template_id(code))
}

/// The steps of a version as the input of a draft.
async fn steps(actor: &Actor, version: &str) -> Vec<Value> {
    let document = "query($id: ID!) { processVersion(id: $id) { steps { code stage name nameZh guideline guidelineZh ownerRole limitSeconds requiredFields next } } }";
    let reply = actor.send(document, json!({ "id": version })).await.fine();
    reply.list("processVersion.steps").to_vec()
}

/// A draft copied from a version: its id.
async fn copy(actor: &Actor, template: &str, of: &str) -> String {
    let input = json!({ "templateId": template, "copyOfId": of, "note": "shorter" });
    let reply = actor
        .change("processDraftCreate", VERSION, input)
        .await
        .fine();
    reply
        .text("processDraftCreate.processVersion.id")
        .to_owned()
}

async fn write(
    actor: &Actor,
    id: &str,
    expected: i64,
    steps: &[Value],
) -> crate::support::app::Reply {
    let input = json!({ "id": id, "expectedVersion": expected, "steps": steps });
    actor.change("processDraftWrite", VERSION, input).await
}

async fn publish(actor: &Actor, id: &str, expected: i64) -> crate::support::app::Reply {
    let input = json!({ "id": id, "expectedVersion": expected });
    actor.change("processPublish", VERSION, input).await
}

async fn retire(actor: &Actor, id: &str, expected: i64) -> crate::support::app::Reply {
    let input = json!({ "id": id, "expectedVersion": expected });
    actor.change("processRetire", VERSION, input).await
}

/// What was done to processes, by the audit log, since the installation.
async fn audited(app: &TestApp) -> Vec<String> {
    let rows = audit_log::Entity::find()
        .filter(audit_log::Column::Action.starts_with("process."))
        .filter(audit_log::Column::Action.ne("process.install"))
        .order_by_asc(audit_log::Column::Seq)
        .all(app.db.reader())
        .await;
    let rows = rows.expect("the log can be read");
    rows.into_iter().map(|row| row.action).collect()
}

both_databases! {
    async fn a_running_ticket_keeps_its_version(app: TestApp) {
        let (manager, agent) = (app.as_("service_manager").await, app.as_("agent").await);
        let before = open(&agent, "CONSULTATION").await;
        advance(&agent, &before, "ANALYSIS").await.fine();

        let old = shipped_version("consultation");
        let draft = copy(&manager, &template("consultation"), &old).await;
        let mut short: Vec<Value> = steps(&manager, &draft).await;
        short.retain(|step| step["code"] != "ask_specialist");
        for step in &mut short {
            let next = step["next"].as_array_mut().expect("a list");
            next.retain(|code| code != "ask_specialist");
            if step["code"] == "look_up" {
                step["code"] = "find_answer".into();
            }
            for code in step["next"].as_array_mut().expect("a list") {
                if *code == "look_up" {
                    *code = "find_answer".into();
                }
            }
        }
        let reply = write(&manager, &draft, 1, &short).await.fine();
        assert_eq!(reply.data("processDraftWrite.processVersion.problems"), &json!([]));
        let other = open(&agent, "CONSULTATION").await;
        assert_eq!(process(&agent, &other).await["version"]["id"], old.as_str(), "a draft leads nobody");

        app.clock.advance(TimeDelta::minutes(1));
        let reply = publish(&manager, &draft, 2).await.fine();
        assert_eq!(reply.data("processPublish.processVersion.state"), "PUBLISHED");
        let reply = manager.send("query($id: ID!) { processVersion(id: $id) { state retiredAt template { published { id number } versions(first: 5) { totalCount } } } }",
            json!({ "id": old })).await.fine();
        assert_eq!(reply.data("processVersion.state"), "RETIRED");
        assert_ne!(reply.data("processVersion.retiredAt"), &Value::Null);
        assert_eq!(reply.data("processVersion.template.published.id"), draft.as_str());
        assert_eq!(reply.data("processVersion.template.versions.totalCount"), 2);

        let running = process(&agent, &before).await;
        assert_eq!((&running["version"]["id"], &running["step"]["code"]), (&json!(old), &json!("look_up")));
        assert_eq!(codes(&running["allowedSteps"]), ["draft_answer", "ask_specialist"]);
        give(&app, &before).await;
        enter(&app.as_("engineer").await, &before, "ask_specialist", None).await.fine();
        let after = open(&agent, "CONSULTATION").await;
        assert_eq!(process(&agent, &after).await["version"]["id"], draft.as_str());
        let reply = advance(&agent, &after, "ANALYSIS").await.fine();
        assert_eq!(reply.data("ticketAdvance.ticket.process.step.code"), "find_answer");
        assert_eq!(audited(&app).await, ["process.draft.create", "process.draft.write", "process.publish"]);
    }

    async fn only_a_good_draft_is_published(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let old = shipped_version("fault_repair");
        let draft = copy(&manager, &template("fault_repair"), &old).await;
        let good = steps(&manager, &draft).await;
        let mut bad = good.clone();
        bad[1]["ownerRole"] = "wizard".into();
        bad[2]["requiredFields"] = json!(["field:colour"]);
        bad[3]["next"] = json!(["polish"]);
        let reply = write(&manager, &draft, 1, &bad).await.fine();
        let problems: Vec<(&str, &str)> = reply.list("processDraftWrite.processVersion.problems").iter()
            .map(|problem| (problem["step"].as_str().unwrap_or_default(), problem["field"].as_str().unwrap_or_default())).collect();
        for expected in [("diagnose", "ownerRole"), ("inspect", "requiredFields"), ("plan", "next"), ("quote", "next")] {
            assert!(problems.contains(&expected), "{problems:?}");
        }
        let reply = publish(&manager, &draft, 2).await;
        let refused = reply.user_errors();
        assert_eq!(refused.len(), problems.len());
        assert!(refused.contains(&("RULE_VIOLATED", "version.steps.1.ownerRole".to_owned())), "{reply}");
        let reply = manager.send("{ processTemplates(first: 50, filter: { kind: { eq: FAULT_REPAIR } }) { nodes { published { number problems { field } } } } }", json!({})).await.fine();
        assert_eq!(reply.data("processTemplates.nodes.0.published"), &json!({ "number": 1, "problems": [] }), "nothing has changed");

        write(&manager, &draft, 2, &good).await.fine();
        publish(&manager, &draft, 3).await.fine();
        for reply in [write(&manager, &draft, 4, &good).await, publish(&manager, &draft, 4).await] {
            assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "{reply}");
        }
        let reply = retire(&manager, &old, 2).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "it is retired already");
    }

    async fn what_is_typed_wrong_is_named(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let draft = copy(&manager, &template("fault_repair"), &shipped_version("fault_repair")).await;
        let good = steps(&manager, &draft).await;
        for (field, value, code, place) in [
            ("code", json!("Not A Code"), "INVALID", "input.steps.1.code"),
            ("code", json!("register"), "TAKEN", "input.steps.1.code"),
            ("name", json!(" "), "BLANK", "input.steps.1.name"),
            ("guideline", json!(""), "BLANK", "input.steps.1.guideline"),
            ("limitSeconds", json!(59), "INVALID", "input.steps.1.limitSeconds"),
            ("limitSeconds", json!(31_536_001), "INVALID", "input.steps.1.limitSeconds"),
            ("requiredFields", json!(["password"]), "INVALID", "input.steps.1.requiredFields"),
            ("next", json!(["../etc"]), "INVALID", "input.steps.1.next"),
        ] {
            let mut bad = good.clone();
            bad[1][field] = value;
            let reply = write(&manager, &draft, 1, &bad).await;
            assert_eq!(reply.user_errors(), [(code, place.to_owned())], "{reply}");
        }
        let many: Vec<Value> = (0..41).map(|n| {
            let mut step = good[0].clone();
            step["code"] = format!("step_{n}").into();
            step
        }).collect();
        let reply = write(&manager, &draft, 1, &many).await;
        assert_eq!(reply.user_errors(), [("TOO_LONG", "input.steps".to_owned())]);
        let input = json!({ "code": "fault_repair", "kind": "FAULT_REPAIR", "name": "Another" });
        let reply = manager.change("processTemplateCreate", "processTemplate { id }", input).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let input = json!({ "templateId": template("fault_repair"), "copyOfId": shipped_version("nothing") });
        let reply = manager.change("processDraftCreate", VERSION, input).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.copyOfId".to_owned())]);
    }

    async fn a_kind_follows_one_template_at_a_time(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let make = json!({ "code": "quick_answers", "kind": "CONSULTATION", "name": "Quick answers", "idempotencyKey": "p-1" });
        let reply = manager.change("processTemplateCreate", "processTemplate { id published { id } }", make.clone()).await.fine();
        let quick = reply.text("processTemplateCreate.processTemplate.id").to_owned();
        let again = manager.change("processTemplateCreate", "processTemplate { id published { id } }", make).await.fine();
        assert_eq!(reply.body["data"], again.body["data"], "the same key makes no second template");
        let old = shipped_version("consultation");
        let first = copy(&manager, &quick, &old).await;
        let reply = publish(&manager, &first, 1).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        assert!(reply.body.to_string().contains("`consultation`"), "it names the other: {reply}");

        retire(&manager, &old, 1).await.fine();
        let agent = app.as_("agent").await;
        let id = open(&agent, "CONSULTATION").await;
        assert_eq!(process(&agent, &id).await, Value::Null, "none is published");
        // Two templates of one kind at once: one comes into force.
        let second = copy(&manager, &template("consultation"), &old).await;
        let (one, other) = tokio::join!(publish(&manager, &first, 1), publish(&manager, &second, 1));
        let refused = [&one, &other].into_iter().filter(|reply| reply.user_errors() == [("RULE_VIOLATED", "input.id".to_owned())]).count();
        assert_eq!(refused, 1, "{one} {other}");
        let reply = manager.send("{ processTemplates(filter: { kind: { eq: CONSULTATION } }) { nodes { published { id } } } }", json!({})).await.fine();
        let published = reply.list("processTemplates.nodes").iter().filter(|node| !node["published"].is_null()).count();
        assert_eq!(published, 1, "{reply}");
    }

    async fn a_stale_version_is_a_conflict_and_a_wrong_role_is_refused(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let draft = copy(&manager, &template("complaint"), &shipped_version("complaint")).await;
        let good = steps(&manager, &draft).await;
        let (one, other) = tokio::join!(write(&manager, &draft, 1, &good), write(&manager, &draft, 1, &good));
        let (won, lost) = if one.errors().is_empty() { (one, other) } else { (other, one) };
        assert_eq!(won.fine().data("processDraftWrite.processVersion.version"), 2);
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        assert_eq!(publish(&manager, &draft, 1).await.error_codes(), ["CONFLICT"]);
        for login in ["agent", "engineer", "team_lead", "auditor", "partner", "customer", "hr"] {
            let actor = app.as_(login).await;
            for reply in [publish(&actor, &draft, 2).await, retire(&actor, &draft, 2).await, write(&actor, &draft, 2, &good).await] {
                assert!(reply.error_codes().contains(&"FORBIDDEN"), "{login}: {reply}");
            }
        }
        let reply = publish(&manager, &draft, 2).await.fine();
        assert_eq!(reply.data("processPublish.processVersion.number"), 2);
    }

    async fn installing_again_touches_nothing(app: TestApp) {
        let manager = app.as_("service_manager").await;
        retire(&manager, &shipped_version("complaint"), 1).await.fine();
        let tx = app.db.begin().await.expect("a transaction");
        aftercare::tickets::processes::install(&tx, app.clock.now()).await.expect("it is installed");
        tx.commit().await.expect("it commits");
        let reply = manager.send("{ processTemplates { totalCount nodes { code published { number } } } }", json!({})).await.fine();
        assert_eq!(reply.data("processTemplates.totalCount"), 7);
        let retired = reply.list("processTemplates.nodes").iter().find(|node| node["code"] == "complaint").expect("the template");
        assert_eq!(retired["published"], Value::Null, "what an admin has decided stays");
    }
}
