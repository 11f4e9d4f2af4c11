use aftercare::appraisals::templates;
use aftercare::graphql::ids::encode;
use entity::{appraisal_template, audit_log};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::start;
use crate::support::database::both_databases;

const SELECT: &str = "template { id version retiredAt current { number } versions { id number state version note content { cap } } }";

/// Something that can be published.
fn content() -> Value {
    let named = |key: &str, weight: i64| json!({ "key": key, "name": key, "nameZh": "名称", "weight": weight });
    json!({
        "full": 100, "cap": "98", "rounding": { "decimals": 1, "mode": "HALF_UP" },
        "bands": [
            { "key": "excellent", "name": "Excellent", "nameZh": "优秀", "from": "90", "mostPercent": 30 },
            { "key": "fair", "name": "Fair", "nameZh": "一般", "from": "0" },
        ],
        "sections": [
            { "key": "figures", "name": "Figures", "nameZh": "指标", "weight": 40, "missing": "SPREAD", "measure": { "metrics": [
                { "metric": "satisfaction", "weight": 100, "anchors": [{ "value": "2", "percent": "0" }, { "value": "5", "percent": "100" }] },
            ] } },
            { "key": "plan", "name": "Plan", "nameZh": "计划", "weight": 20, "missing": "BLOCK", "measure": { "plan": true } },
            { "key": "conduct", "name": "Conduct", "nameZh": "行为", "weight": 20, "missing": "ZERO", "measure": { "criteria": [named("calm", 100)] } },
            { "key": "views", "name": "Views", "nameZh": "评价", "weight": 20, "missing": "SPREAD", "measure": { "feedback": {
                "sources": [{ "source": "PEER", "weight": 100, "least": 3 }], "questions": [named("helps", 100)],
            } } },
        ],
        "behaviours": [{ "key": "rude", "name": "Rude", "nameZh": "态度恶劣", "points": "5", "most": "20" }],
    })
}

fn coordination(code: &str, content: Value) -> Value {
    json!({
        "code": code, "name": "Coordination", "nameZh": "协调", "family": "COORDINATION", "content": content, "note": "The first one.",
        "idempotencyKey": "template",
    })
}

async fn create(who: &Actor, input: Value) -> Reply {
    who.change("appraisalTemplateCreate", SELECT, input).await
}

async fn step(who: &Actor, mutation: &str, id: &Value, version: i64) -> Reply {
    let input = json!({ "id": id, "expectedVersion": version });
    who.change(mutation, SELECT, input).await
}

both_databases! {
    async fn what_ships_is_there_and_says_how_scores_follow(app: TestApp) {
        let query = "query($filter: AppraisalTemplateFilter) { appraisalTemplates(filter: $filter, orderBy: CODE_DESC) { totalCount nodes { code family retiredAt
            current { number state publishedAt publishedByName template { code } content { full cap rounding { decimals mode } bands { key from mostPercent }
                sections { key weight missing measure { kind metrics { metric weight anchors { value percent } } criteria { key } sources { source least } questions { key } } }
                behaviours { key points most } } } versions { number } } } }";
        let only = json!({ "filter": { "code": { "contains": ".monthly" }, "retired": false } });
        let reply = app.as_("agent").await.send(query, only).await.fine();
        let codes: Vec<&str> = reply.list("appraisalTemplates.nodes").iter().filter_map(|one| one["code"].as_str()).collect();
        assert_eq!(codes, ["technical_support.monthly", "service_desk.monthly", "field_service.monthly"]);
        let content = reply.data("appraisalTemplates.nodes.2.current.content");
        assert_eq!(content["cap"], "98", "no full marks");
        assert_eq!(content["bands"][0], json!({ "key": "excellent", "from": "90", "mostPercent": 30 }));
        let section = &content["sections"][0]["measure"];
        assert_eq!((&section["kind"], &section["metrics"][2]["metric"]), (&json!("METRICS"), &json!("satisfaction")));
        assert_eq!(section["metrics"][2]["anchors"][1], json!({ "value": "4", "percent": "70" }));
        assert_eq!(content["sections"][2]["measure"]["sources"][0], json!({ "source": "CUSTOMER", "least": 5 }));
        assert_eq!(content["behaviours"][0], json!({ "key": "missed_visit", "points": "5", "most": "15" }));
        let one = json!({ "filter": { "family": { "eq": "FIELD_SERVICE" } } });
        assert_eq!(app.as_("auditor").await.send(query, one).await.fine().data("appraisalTemplates.totalCount"), 1);
        for who in ["partner", "customer"] {
            assert_eq!(app.as_(who).await.send(query, json!({})).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn what_is_there_is_not_installed_again(app: TestApp) {
        let db = app.db.reader();
        let code = appraisal_template::Column::Code.eq("service_desk.monthly");
        appraisal_template::Entity::update_many().col_expr(appraisal_template::Column::Name, Expr::value("Ours")).filter(code.clone()).exec(db).await.expect("a change");
        let before = (appraisal_template::Entity::find().count(db).await.expect("a count"), audit_log::Entity::find().count(db).await.expect("a count"));
        let tx = app.db.begin().await.expect("a transaction");
        templates::install(&tx, start()).await.expect("it installs");
        tx.commit().await.expect("it commits");
        let after = (appraisal_template::Entity::find().count(db).await.expect("a count"), audit_log::Entity::find().count(db).await.expect("a count"));
        assert_eq!(after, before);
        let row = appraisal_template::Entity::find().filter(code).one(db).await.expect("a read").expect("the template");
        assert_eq!((row.name.as_str(), row.id), ("Ours", templates::template_id("service_desk.monthly")));
    }

    async fn a_template_from_draft_to_retirement(app: TestApp) {
        let (hr, agent) = (app.as_("hr").await, app.as_("agent").await);
        let made = create(&hr, coordination("coordination.monthly", content())).await.fine();
        let again = create(&hr, coordination("coordination.monthly", content())).await.fine();
        let template = made.data("appraisalTemplateCreate.template");
        assert_eq!(template["id"], again.data("appraisalTemplateCreate.template")["id"], "a repetition does nothing");
        assert_eq!((&template["current"], &template["versions"][0]["number"], &template["versions"][0]["state"]), (&Value::Null, &json!(1), &json!("DRAFT")));
        let (id, version) = (template["id"].clone(), template["versions"][0]["id"].clone());
        let reply = create(&hr, json!({ "code": "coordination.monthly", "name": "x", "nameZh": "x", "family": "COORDINATION", "content": content() })).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.code".to_owned())]);

        let mut lower = content();
        lower["cap"] = json!("95");
        let revise = |seen: i64| json!({ "id": version, "expectedVersion": seen, "content": lower, "note": "Lower." });
        assert_eq!(agent.change("appraisalTemplateVersionRevise", SELECT, revise(1)).await.error_codes(), ["FORBIDDEN"]);
        hr.change("appraisalTemplateVersionRevise", SELECT, revise(1)).await.fine();
        assert_eq!(hr.change("appraisalTemplateVersionRevise", SELECT, revise(1)).await.error_codes(), ["CONFLICT"]);
        let draft = json!({ "id": id, "content": content(), "note": "Again." });
        assert_eq!(hr.change("appraisalTemplateDraft", SELECT, draft.clone()).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "there is a draft");

        assert_eq!(step(&agent, "appraisalTemplateVersionPublish", &version, 2).await.error_codes(), ["FORBIDDEN"]);
        let reply = step(&hr, "appraisalTemplateVersionPublish", &version, 2).await.fine();
        assert_eq!(reply.data("appraisalTemplateVersionPublish.template.current.number"), 1);
        assert_eq!(hr.change("appraisalTemplateVersionRevise", SELECT, revise(3)).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "it never changes");
        assert_eq!(step(&hr, "appraisalTemplateVersionPublish", &version, 3).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);

        let reply = hr.change("appraisalTemplateDraft", SELECT, draft.clone()).await.fine();
        let template = reply.data("appraisalTemplateDraft.template");
        let versions: Vec<_> = template["versions"].as_array().expect("versions").iter().map(|one| (one["number"].clone(), one["state"].clone(), one["content"]["cap"].clone())).collect();
        assert_eq!(versions, [(json!(2), json!("DRAFT"), json!("98")), (json!(1), json!("PUBLISHED"), json!("95"))]);
        assert_eq!(template["current"]["number"], 1);

        let seen = template["version"].as_i64().expect("a version");
        assert_eq!(step(&agent, "appraisalTemplateRetire", &id, seen).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(step(&hr, "appraisalTemplateRetire", &id, seen + 1).await.error_codes(), ["CONFLICT"]);
        let reply = step(&hr, "appraisalTemplateRetire", &id, seen).await.fine();
        assert!(reply.data("appraisalTemplateRetire.template.retiredAt").is_string());
        assert_eq!(step(&hr, "appraisalTemplateRetire", &id, seen + 1).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let second = template["versions"][0]["id"].clone();
        assert_eq!(step(&hr, "appraisalTemplateVersionPublish", &second, 1).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "nobody can use it");
        let missing = json!(encode("appraisaltemplate", uuid::Uuid::from_u128(1)));
        assert_eq!(step(&hr, "appraisalTemplateRetire", &missing, 1).await.error_codes(), ["NOT_FOUND"]);
    }

    async fn faults_are_told_where_they_stand(app: TestApp) {
        let hr = app.as_("hr").await;
        let faults = async |change: fn(&mut Value)| {
            let mut content = content();
            change(&mut content);
            let reply = create(&hr, coordination("faulty", content)).await;
            assert!(reply.errors().is_empty(), "{reply}");
            let errors = reply.user_errors();
            errors.into_iter().map(|(code, field)| format!("{code} {}", field.trim_start_matches("input."))).collect::<Vec<_>>()
        };
        assert_eq!(faults(|one| one["cap"] = json!("101")).await, ["INVALID content.cap"]);
        assert_eq!(faults(|one| one["rounding"]["decimals"] = json!(-1)).await, ["INVALID content.rounding.decimals"]);
        assert_eq!(faults(|one| one["sections"][1]["weight"] = json!(10)).await, ["INVALID content.sections"]);
        assert_eq!(faults(|one| one["bands"][1]["from"] = json!("10")).await, ["INVALID content.bands.1.from"]);
        assert_eq!(faults(|one| one["bands"][0]["name"] = json!("a\nb")).await, ["INVALID content.bands.0.name"]);
        let metric = "content.sections.0.measure.metrics.0";
        for key in ["no_such_metric", "complaint_share"] {
            let mut content = content();
            content["sections"][0]["measure"]["metrics"][0]["metric"] = json!(key);
            let reply = create(&hr, coordination("faulty", content)).await;
            assert_eq!(reply.user_errors(), [("NOT_FOUND", format!("input.{metric}.metric"))], "{key} is no member's");
        }
        assert_eq!(faults(|one| one["sections"][0]["measure"]["metrics"][0]["anchors"][1]["value"] = json!("1")).await, [format!("INVALID {metric}.anchors")]);
        assert_eq!(faults(|one| one["sections"][2]["measure"]["criteria"] = json!([])).await, ["INVALID content.sections.2.measure.criteria"]);
        let sides = "content.sections.3.measure.feedback.sources.0.least";
        assert_eq!(faults(|one| one["sections"][3]["measure"]["feedback"]["sources"][0]["least"] = json!(2)).await, [format!("INVALID {sides}")], "two would be told apart");
        assert_eq!(create(&hr, coordination("No Code", content())).await.user_errors(), [("INVALID", "input.code".to_owned())]);
        let mut both = content();
        both["sections"][1]["measure"] = json!({ "plan": true, "competencies": true });
        assert_eq!(create(&hr, coordination("both", both)).await.error_codes(), ["BAD_INPUT"], "exactly one is meant");
        for who in ["agent", "service_manager", "team_lead", "auditor"] {
            assert_eq!(create(&app.as_(who).await, coordination("mine", content())).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }
}
