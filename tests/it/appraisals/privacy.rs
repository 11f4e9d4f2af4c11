use std::collections::BTreeSet;

use entity::enums::{AppraisalRatingBy, AppraisalStage};
use entity::{appraisal, appraisal_plan_item, appraisal_rating, appraisal_result, audit_log};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{appraisal as named, put_into};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{JUDGED, Table, key};
use crate::support::database::both_databases;

/// Everything of an appraisal.
const ALL: &str = "id days cycle { code stage } templateVersion { number } member { number } reviewer { number } team { code }
    plan { id title measure weight ownPercent percent comment } planAgreedAt
    ownRatings { criterion name percent comment } selfComment selfSubmittedAt
    reviewerRatings { criterion name percent comment } reviewComment reviewSubmittedAt
    incidents { id behaviour name day evidence recordedBy withdrawnAt version createdAt }
    disputes { id metricKey recordId grounds state decision version }
    figures { section metricKey weight value percent paused frozen }
    blocked
    result { id number cause score band { key name } full before capped reason madeBy sections { key percent counted items { key name value percent } }
        deductions { behaviour points } strengths { text } weaknesses { text } }
    results { number cause score band { key } }
    acknowledgedAt version createdAt updatedAt";

/// Asks for an appraisal in every way there is: by id, as a node, in lists with filters and counts.
async fn every_way(actor: &Actor, n: usize, member: usize) -> Reply {
    let document = format!(
        "query($id: ID!, $member: ID!) {{
            appraisal(id: $id) {{ {ALL} }}
            node(id: $id) {{ ... on Appraisal {{ {ALL} }} }}
            nodes(ids: [$id]) {{ ... on Appraisal {{ {ALL} }} }}
            appraisals(filter: {{ memberId: {{ eq: $member }} }}) {{ totalCount nodes {{ {ALL} }} }}
            judged: appraisals(filter: {{ reviewSubmitted: true }}, orderBy: CREATED_AT_ASC) {{ totalCount nodes {{ {ALL} }} }}
        }}"
    );
    let variables = json!({ "id": named(n), "member": id(Table::Member, member) });
    actor.send(&document, variables).await
}

/// Every object in an answer that is the appraisal.
fn objects<'v>(value: &'v Value, id: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(item, id, found)),
        Value::Object(fields) => {
            if fields.get("id").is_some_and(|one| one == id) {
                found.push(value);
            }
            fields.values().for_each(|value| objects(value, id, found));
        }
        _ => {}
    }
}

fn shown(reply: &Reply, n: usize) -> Vec<Value> {
    let mut found = Vec::new();
    objects(&reply.body["data"], &named(n), &mut found);
    found.into_iter().cloned().collect()
}

/// Nothing that was judged or computed is in it.
fn keeps_quiet(one: &Value) -> bool {
    let secret = ["reviewComment", "blocked", "result"];
    let empty = ["results", "reviewerRatings"];
    secret.iter().all(|field| one[field].is_null())
        && empty.iter().all(|field| one[field] == json!([]))
        && one["plan"].as_array().is_some_and(|plan| {
            let quiet = |item: &Value| item["percent"].is_null() && item["comment"].is_null();
            plan.iter().all(quiet)
        })
}

/// Changes everything that was judged and computed about the agent in a cycle, behind the application's back.
async fn judge_otherwise(app: &TestApp, n: usize) {
    let (db, about) = (app.db.reader(), key(Table::Appraisal, n));
    let result = appraisal_result::Entity::update_many()
        .col_expr(appraisal_result::Column::Score, Expr::value(111_000_i64))
        .col_expr(
            appraisal_result::Column::Band,
            Expr::value("unsatisfactory"),
        )
        .filter(appraisal_result::Column::AppraisalId.eq(about));
    result.exec(db).await.expect("it changes");
    let rows = appraisal::Entity::update_many()
        .col_expr(appraisal::Column::Score, Expr::value(111_000_i64))
        .col_expr(appraisal::Column::Band, Expr::value("unsatisfactory"))
        .col_expr(appraisal::Column::Result, Expr::value(2))
        .col_expr(appraisal::Column::Version, Expr::value(9))
        .col_expr(appraisal::Column::Blocked, Expr::value("a reason to wait"))
        .col_expr(appraisal::Column::ReviewComment, Expr::value("Otherwise."))
        .col_expr(
            appraisal::Column::UpdatedAt,
            Expr::value(app.clock.now() + chrono::TimeDelta::hours(1)),
        )
        .filter(appraisal::Column::Id.eq(about));
    rows.exec(db).await.expect("it changes");
    let ratings = appraisal_rating::Entity::update_many()
        .col_expr(appraisal_rating::Column::Percent, Expr::value(110_000_i64))
        .filter(appraisal_rating::Column::By.eq(AppraisalRatingBy::Reviewer))
        .filter(appraisal_rating::Column::AppraisalId.eq(about));
    ratings.exec(db).await.expect("it changes");
    let plan = appraisal_plan_item::Entity::update_many()
        .col_expr(
            appraisal_plan_item::Column::Percent,
            Expr::value(110_000_i64),
        )
        .col_expr(appraisal_plan_item::Column::Version, Expr::value(9))
        .filter(appraisal_plan_item::Column::AppraisalId.eq(about));
    plan.exec(db).await.expect("it changes");
}

both_databases! {
    async fn members_see_nothing_that_was_judged_before_results_are_out(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = every_way(&agent, 1, 2).await.fine();
        let found = shown(&reply, 1);
        assert_eq!(found.len(), 4, "by id, as node, as one of nodes, and in a list: {reply}");
        assert!(found.iter().all(keeps_quiet), "{reply}");
        assert!(!reply.comparable().contains(JUDGED));
        // What she said herself, what is held against her and her own figures she does see.
        assert_eq!(found[0]["ownRatings"][0]["percent"], "90");
        assert_eq!(found[0]["plan"][0]["ownPercent"], "90");
        assert_eq!(found[0]["incidents"][0]["evidence"], "The record of the call. 通话录音");
        assert_eq!(found[0]["figures"].as_array().map(Vec::len), Some(3));

        // Whatever is judged and computed, the answer is the same to the last letter, in every stage before publication.
        for stage in [AppraisalStage::Counting, AppraisalStage::Calibration] {
            put_into(&app, 1, stage).await;
            put_into(&app, 2, stage).await;
            let before = [every_way(&agent, 1, 2).await.fine().comparable(), every_way(&agent, 11, 2).await.fine().comparable()];
            judge_otherwise(&app, 1).await;
            judge_otherwise(&app, 11).await;
            let after = [every_way(&agent, 1, 2).await.fine().comparable(), every_way(&agent, 11, 2).await.fine().comparable()];
            assert_eq!(before, after, "{stage:?}");
        }
    }

    /// What is missing is made good by the reviewer; a member who tries learns nothing of it.
    async fn refusals_tell_no_member_whether_there_is_a_result(app: TestApp) {
        put_into(&app, 2, AppraisalStage::Calibration).await;
        let agent = app.as_("agent").await;
        let item = json!({ "title": "x", "measure": "x", "weight": 1 });
        let inputs = [
            ("appraisalPlanSet", json!({ "id": named(11), "expectedVersion": 77, "items": [item] })),
            ("appraisalSelfAssess", json!({ "id": named(11), "expectedVersion": 77, "comment": "x" })),
        ];
        let tried = async || {
            let mut replies = Vec::new();
            for (mutation, input) in &inputs {
                let reply = agent.change(mutation, "appraisal { id }", input.clone()).await;
                assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "{reply}");
                replies.push(reply.comparable());
            }
            replies
        };
        let before = tried().await;
        judge_otherwise(&app, 11).await;
        assert_eq!(tried().await, before);
    }

    async fn results_are_shown_once_they_are_out(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = every_way(&agent, 11, 2).await.fine();
        let found = shown(&reply, 11);
        assert_eq!(found.len(), 5, "in the list of those whose review was handed in, too: {reply}");
        for one in &found {
            let result = &one["result"];
            assert_eq!((&result["number"], &result["cause"], &result["band"]["key"]), (&json!(1), &json!("COUNTED"), &json!("competent")), "{reply}");
            assert_eq!(result["sections"].as_array().map(Vec::len), Some(5));
            assert_eq!(result["deductions"], json!([{ "behaviour": "rudeness", "points": "5" }]));
            assert_eq!(one["results"].as_array().map(Vec::len), Some(1));
            assert_eq!(one["reviewComment"], "Steady work. 稳定");
            assert_eq!(one["version"], 1);
        }
        let strengths = found[0]["result"]["strengths"].as_array().expect("strengths");
        assert!(strengths.iter().any(|one| one["text"] == "Work done: 120, worth 100 %"), "{reply}");
        // Closed or published, it is out; reopened, it is not.
        put_into(&app, 2, AppraisalStage::Closed).await;
        assert!(!keeps_quiet(&shown(&every_way(&agent, 11, 2).await.fine(), 11)[0]));
        put_into(&app, 2, AppraisalStage::Calibration).await;
        assert!(shown(&every_way(&agent, 11, 2).await.fine(), 11).iter().all(keeps_quiet));
        // One's own result is no look at somebody else's.
        assert_eq!(looks(&app).await, 0);
    }

    async fn peers_and_others_see_no_appraisal_at_all(app: TestApp) {
        for stage in [AppraisalStage::Published, AppraisalStage::Calibration] {
            put_into(&app, 2, stage).await;
            // Of the same team, of another one, of another department, a former member.
            for (login, own) in [("mover", 2), ("colleague", 0), ("engineer", 2), ("coordinator", 0), ("leaver", 0), ("trainer", 0)] {
                let actor = app.as_(login).await;
                for n in [1, 11] {
                    let reply = every_way(&actor, n, 2).await.fine();
                    assert!(shown(&reply, n).is_empty(), "{login} {n}: {reply}");
                    assert_eq!(reply.data("appraisals.totalCount"), 0, "{login}");
                    assert!(!reply.comparable().contains(JUDGED));
                    // Missing and out of reach are the same.
                    let missing = every_way(&actor, 999, 2).await;
                    assert_eq!(missing.data("appraisal"), reply.data("appraisal"));
                }
                assert_eq!(actor.ask("{ appraisals { totalCount } }").await.fine().data("appraisals.totalCount"), own, "{login}");
            }
            for login in ["partner", "customer"] {
                let reply = app.as_(login).await.ask("{ appraisals { totalCount } }").await;
                assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}");
            }
        }
        // The engineer is of another department, and reviewed by the manager.
        let lead = app.as_("team_lead").await;
        assert!(shown(&every_way(&lead, 2, 4).await.fine(), 2).is_empty());
    }

    async fn reviewers_hr_and_admins_see_results_and_that_is_logged(app: TestApp) {
        for (stage, out) in [(AppraisalStage::Calibration, false), (AppraisalStage::Published, true)] {
            put_into(&app, 2, stage).await;
            for login in ["team_lead", "hr", "admin", "service_manager"] {
                let actor = app.as_(login).await;
                let before = looks(&app).await;
                let reply = every_way(&actor, 1, 2).await.fine();
                let found = shown(&reply, 1);
                assert_eq!(found.len(), 4, "{login} {out}: {reply}");
                for one in &found {
                    assert_eq!(one["reviewerRatings"][0]["percent"], "63", "{login}");
                    assert!(one["reviewComment"].as_str().is_some_and(|text| text.contains(JUDGED)), "{login}");
                    assert_eq!(one["plan"][0]["percent"], "62", "{login}");
                    assert_eq!(one["figures"].as_array().map(Vec::len), Some(3), "{login}: {reply}");
                    assert_eq!(one["result"], Value::Null);
                }
                let found = shown(&reply, 11);
                assert!(found.iter().all(|one| one["result"]["band"]["key"] == "competent"), "{login}: {reply}");
                assert!(looks(&app).await > before, "{login}");
                // What isn't looked at isn't logged.
                let before = looks(&app).await;
                actor.ask("{ appraisals { totalCount nodes { id reviewSubmittedAt } } }").await.fine();
                assert_eq!(looks(&app).await, before, "{login}");
            }
        }
        // A page is an entry for each that has results.
        let hr = app.as_("hr").await;
        let before = looks(&app).await;
        let reply = hr.ask("{ appraisals { nodes { id result { score } results { score } } } }").await.fine();
        assert_eq!(looks(&app).await, before + 4);
        let with_results = reply.list("appraisals.nodes").iter().filter(|one| one["results"].as_array().is_some_and(|results| !results.is_empty()));
        assert_eq!(about(&app, "appraisal.result.read", before).await, with_results.map(uuid).collect());
        // So is a look at what reviewers say, but for the reviewer's own.
        let before = read(&app, "appraisal.review.read").await;
        let said = "{ appraisals { nodes { id reviewer { number } reviewComment reviewerRatings { percent } plan { comment } } } }";
        let reply = hr.ask(said).await.fine();
        let others = reply.list("appraisals.nodes").iter().filter(|one| one["reviewer"]["number"] != "M0008");
        assert_eq!(about(&app, "appraisal.review.read", before).await, others.map(uuid).collect());
        let before = read(&app, "appraisal.review.read").await;
        let own = app.as_("team_lead").await.send("query($id: ID!) { appraisal(id: $id) { reviewComment } }", json!({ "id": named(1) })).await.fine();
        assert!(own.text("appraisal.reviewComment").contains(JUDGED));
        assert_eq!(read(&app, "appraisal.review.read").await, before, "the reviewer knows");
        // The lead's own result is kept from the lead, although the lead reviews others.
        put_into(&app, 2, AppraisalStage::Calibration).await;
        let lead = app.as_("team_lead").await;
        let reply = every_way(&lead, 14, 1).await.fine();
        assert!(shown(&reply, 14).iter().all(keeps_quiet), "{reply}");
        assert!(shown(&reply, 11).iter().all(|one| one["result"]["score"].is_string()));
    }

    /// Whoever reads the log and is appraised learns nothing of results of the own cycle from it before they are out.
    async fn the_log_keeps_back_what_would_tell_of_the_own_result(app: TestApp) {
        let actions = async |who: &str| -> Vec<String> {
            let query = "{ auditEntries(filter: { action: { in: [\"appraisal.result\", \"appraisal.calibrate\", \"appraisal.blocked\"] } }, first: 100) { totalCount nodes { action } } }";
            let reply = app.as_(who).await.ask(query).await.fine();
            let nodes = reply.list("auditEntries.nodes");
            assert_eq!(reply.data("auditEntries.totalCount"), nodes.len(), "{reply}");
            nodes.iter().map(|node| node["action"].as_str().expect("an action").to_owned()).collect()
        };
        put_into(&app, 1, AppraisalStage::Counting).await;
        aftercare::appraisals::cycles::actions::round(&app.db, &app.counter, app.clock.now()).await.expect("it counts");
        let all = actions("admin").await.len();
        assert!(all > 0, "the admin has no appraisal in it");
        // The agent has, and reads the log by a role of their own.
        let admin = app.as_("admin").await;
        let role = json!({ "key": "log", "name": "Log", "nameZh": "日志", "audience": "STAFF", "grants": [{ "permission": "audit.read", "reach": "ALL" }] });
        let made = admin.change("roleCreate", "role { id }", role).await.fine();
        let gift = json!({ "roleId": made.data("roleCreate.role.id"), "principal": { "userId": id(Table::User, 3) } });
        admin.change("roleGive", "gift { id }", gift).await.fine();
        assert_eq!(actions("agent").await, Vec::<String>::new());
        put_into(&app, 1, AppraisalStage::Published).await;
        assert_eq!(actions("agent").await.len(), all);
    }

    async fn figures_are_for_those_who_may_have_figures_of_members(app: TestApp) {
        // A role that sees appraisals and nobody's figures.
        let admin = app.as_("admin").await;
        let grants = json!([{ "permission": "appraisal.read", "reach": "ALL" }]);
        let role = json!({ "key": "reader", "name": "Reader", "nameZh": "查看", "audience": "STAFF", "grants": grants });
        let made = admin.change("roleCreate", "role { id }", role).await.fine();
        let gift = json!({ "roleId": made.data("roleCreate.role.id"), "principal": { "userId": id(Table::User, 6) } });
        admin.change("roleGive", "gift { id }", gift).await.fine();
        let query = "query($id: ID!) { appraisal(id: $id) { figures { value } reviewComment result { band { key } } } }";
        let trainer = app.as_("trainer").await;
        let reply = trainer.send(query, json!({ "id": named(11) })).await.fine();
        assert_eq!(reply.data("appraisal.figures"), &Value::Null);
        assert_eq!(reply.data("appraisal.result.band.key"), "competent");
        let own = app.as_("agent").await.send(query, json!({ "id": named(11) })).await.fine();
        assert_eq!(own.list("appraisal.figures").len(), 3);
    }

    async fn nobody_lists_by_what_was_judged(app: TestApp) {
        let hr = app.as_("hr").await;
        let reply = hr.ask("{ filter: __type(name: \"AppraisalFilter\") { inputFields { name } } order: __type(name: \"AppraisalOrder\") { enumValues { name } } }").await.fine();
        let names = |list: &str| -> Vec<String> {
            let mut names: Vec<String> = reply.list(list).iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names("filter.inputFields"), ["cycleId", "memberId", "reviewSubmitted", "reviewerId", "selfSubmitted", "teamId"]);
        assert_eq!(names("order.enumValues"), ["CREATED_AT_ASC", "CREATED_AT_DESC"]);
    }
}

/// How many looks at results are in the log.
async fn looks(app: &TestApp) -> u64 {
    read(app, "appraisal.result.read").await
}

/// About which appraisals the looks of that kind are, after so many of them.
async fn about(app: &TestApp, action: &str, after: u64) -> BTreeSet<Uuid> {
    let entries = audit_log::Entity::find().filter(audit_log::Column::Action.eq(action));
    let entries = entries.order_by_asc(audit_log::Column::Seq);
    let entries = entries.all(app.db.reader()).await.expect("the log");
    let since = usize::try_from(after).expect("a few");
    entries
        .into_iter()
        .skip(since)
        .map(|entry| entry.entity_id.expect("each is about one"))
        .collect()
}

fn uuid(one: &Value) -> Uuid {
    let id = one["id"].as_str().expect("an id");
    aftercare::graphql::ids::decode(id).expect("an id").1
}

/// How many looks of that kind are in the log.
async fn read(app: &TestApp, action: &str) -> u64 {
    let entries = audit_log::Entity::find().filter(audit_log::Column::Action.eq(action));
    entries.count(app.db.reader()).await.expect("the log")
}
