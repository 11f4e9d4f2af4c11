use aftercare::decimal::SCALE;
use entity::enums::{AppraisalResultCause, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

use super::{appraisal as appraisal_id, put_into};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, days_ago, key};
use crate::support::database::both_databases;

const APPEAL: &str = "appeal { id version state decision decidedByName number }";

async fn file(actor: &Actor, about: usize, number: i32) -> Reply {
    let input = json!({ "id": appraisal_id(about), "number": number, "grounds": "Two calls were counted twice." });
    actor.change("appraisalAppealFile", APPEAL, input).await
}

async fn decide(actor: &Actor, appeal: &Value, score: Value) -> Reply {
    let upheld = !score.is_null();
    let input = json!({ "id": appeal, "expectedVersion": 1, "upheld": upheld, "score": score, "decision": "The calls were counted again." });
    actor.change("appraisalAppealDecide", APPEAL, input).await
}

async fn acknowledge(actor: &Actor, about: usize, version: i32) -> Reply {
    let input = json!({ "id": appraisal_id(about), "expectedVersion": version, "comment": "I see. 知道了" });
    let fields = "appraisal { acknowledgement acknowledgedAt version results { number acknowledgedAt acknowledgement } }";
    actor.change("appraisalAcknowledge", fields, input).await
}

async fn last_days(app: &TestApp, ago: i64) {
    use appraisal_cycle::Column::{AcknowledgeUntil, AppealUntil, Id};
    appraisal_cycle::Entity::update_many()
        .col_expr(AcknowledgeUntil, Expr::value(days_ago(ago)))
        .col_expr(AppealUntil, Expr::value(days_ago(ago)))
        .filter(Id.eq(key(Table::AppraisalCycle, 2)))
        .exec(app.db.reader())
        .await
        .expect("the days can be set");
}

/// Makes appraisal 14 the manager's, with the coordinator as reviewer.
async fn appraise_the_manager(app: &TestApp) {
    use appraisal::Column::{Id, MemberId, ReviewerId};
    appraisal::Entity::update_many()
        .col_expr(MemberId, Expr::value(key(Table::Member, 7)))
        .col_expr(ReviewerId, Expr::value(key(Table::Member, 8)))
        .filter(Id.eq(key(Table::Appraisal, 14)))
        .exec(app.db.reader())
        .await
        .expect("the manager is appraised");
}

async fn results(app: &TestApp, about: usize) -> Vec<appraisal_result::Model> {
    appraisal_result::Entity::find()
        .filter(appraisal_result::Column::AppraisalId.eq(key(Table::Appraisal, about)))
        .order_by_asc(appraisal_result::Column::Number)
        .all(app.db.reader())
        .await
        .expect("the results")
}

async fn row(app: &TestApp, about: usize) -> appraisal::Model {
    let row = appraisal::Entity::find_by_id(key(Table::Appraisal, about));
    row.one(app.db.reader())
        .await
        .expect("a read")
        .expect("an appraisal")
}

fn mistake(code: &'static str, field: &str) -> Vec<(&'static str, String)> {
    vec![(code, field.to_owned())]
}

both_databases! {
    async fn the_member_takes_note_once_if_need_be_late(app: TestApp) {
        let agent = app.as_("agent").await;
        assert_eq!(acknowledge(&app.as_("team_lead").await, 11, 1).await.user_errors(), mistake("RULE_VIOLATED", "input.id"), "the reviewer doesn't");
        assert_eq!(acknowledge(&app.as_("engineer").await, 11, 1).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(acknowledge(&app.as_("auditor").await, 11, 1).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(acknowledge(&agent, 11, 7).await.error_codes(), ["CONFLICT"]);
        assert_eq!(acknowledge(&agent, 1, 1).await.user_errors(), mistake("WRONG_STATE", "input.id"), "February isn't out");
        last_days(&app, 1).await;
        let done = acknowledge(&agent, 11, 1).await.fine();
        let noted = done.data("appraisalAcknowledge.appraisal");
        assert_eq!((&noted["acknowledgement"], &noted["version"]), (&json!("I see. 知道了"), &json!(2)));
        assert!(noted["acknowledgedAt"].is_string());
        assert_eq!(acknowledge(&agent, 11, 2).await.user_errors(), mistake("WRONG_STATE", "input.id"), "once");
        // A further result hasn't been noted yet; how the first one was stays. It came when the day was over, and is noted all the same.
        last_days(&app, 0).await;
        let filed = file(&agent, 11, 1).await.fine();
        let appeal = filed.data("appraisalAppealFile.appeal.id").clone();
        last_days(&app, 1).await;
        decide(&app.as_("hr").await, &appeal, json!("97")).await.fine();
        let query = "query($id: ID!) { appraisal(id: $id) { acknowledgedAt acknowledgement version } }";
        let reply = agent.send(query, json!({ "id": appraisal_id(11) })).await.fine();
        assert_eq!((reply.data("appraisal.acknowledgedAt"), reply.data("appraisal.acknowledgement")), (&Value::Null, &Value::Null));
        let tasks = "{ myTasks(filter: { kinds: [APPRAISAL] }) { nodes { title overdue } } }";
        let waits = json!([{ "title": "Take note of your result: Cycle 2", "overdue": true }]);
        assert_eq!(agent.ask(tasks).await.fine().data("myTasks.nodes"), &waits);
        let done = acknowledge(&agent, 11, 3).await.fine();
        assert_eq!(agent.ask(tasks).await.fine().data("myTasks.nodes"), &json!([]));
        let noted = done.list("appraisalAcknowledge.appraisal.results");
        let notes: Vec<_> = noted.iter().map(|one| (one["number"].as_i64(), one["acknowledgedAt"].is_string())).collect();
        assert_eq!(notes, [(Some(1), true), (Some(2), true)]);
        assert_eq!(noted[0]["acknowledgement"], "I see. 知道了");
    }

    async fn an_appeal_that_is_right_makes_a_further_result(app: TestApp) {
        let (agent, hr) = (app.as_("agent").await, app.as_("hr").await);
        assert_eq!(file(&agent, 11, 2).await.user_errors(), mistake("WRONG_STATE", "input.number"));
        assert_eq!(file(&app.as_("team_lead").await, 11, 1).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        assert_eq!(file(&app.as_("mover").await, 11, 1).await.error_codes(), ["NOT_FOUND"]);
        let filed = file(&agent, 11, 1).await.fine();
        let appeal = filed.data("appraisalAppealFile.appeal.id").clone();
        assert_eq!(file(&agent, 11, 1).await.user_errors(), mistake("WRONG_STATE", "input.id"), "one is open");

        assert_eq!(decide(&agent, &appeal, json!("95")).await.error_codes(), ["FORBIDDEN"]);
        for (score, why) in [("99", "above the cap"), ("90.55", "too many decimals"), ("1", "worse")] {
            assert_eq!(decide(&hr, &appeal, json!(score)).await.user_errors(), mistake("INVALID", "input.score"), "{why}");
        }
        let blank = json!({ "id": appeal, "expectedVersion": 1, "upheld": true, "decision": "Yes." });
        assert_eq!(hr.change("appraisalAppealDecide", APPEAL, blank).await.user_errors(), mistake("BLANK", "input.score"));
        let stale = json!({ "id": appeal, "expectedVersion": 4, "upheld": false, "decision": "No." });
        assert_eq!(hr.change("appraisalAppealDecide", APPEAL, stale).await.error_codes(), ["CONFLICT"]);
        let before = results(&app, 11).await;
        let done = decide(&hr, &appeal, json!("97")).await.fine();
        let decided = done.data("appraisalAppealDecide.appeal");
        assert_eq!((&decided["state"], &decided["decidedByName"], &decided["number"]), (&json!("UPHELD"), &json!("The hr"), &json!(1)));
        let after = results(&app, 11).await;
        assert_eq!(after[..1], before[..], "the old one is kept");
        assert_eq!((after[1].number, after[1].cause, after[1].score, after[1].band.as_str()), (2, AppraisalResultCause::Appealed, 97 * SCALE, "excellent"));
        assert_eq!(after[1].reason.as_deref(), Some("The calls were counted again."));
        assert_eq!((&after[1].outcome["sections"], &after[1].outcome["score"]), (&before[0].outcome["sections"], &json!("97")));
        let now = row(&app, 11).await;
        assert_eq!((now.result, now.score, now.band.as_deref()), (2, Some(97 * SCALE), Some("excellent")));
        assert_eq!(decide(&hr, &appeal, Value::Null).await.error_codes(), ["CONFLICT"], "it was decided");

        // Who decided before is involved from then on; a rejected appeal changes nothing and isn't filed again.
        let second = file(&agent, 11, 2).await.fine();
        let second = second.data("appraisalAppealFile.appeal.id").clone();
        assert_eq!(decide(&hr, &second, Value::Null).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        let manager = app.as_("service_manager").await;
        let done = decide(&manager, &second, Value::Null).await.fine();
        assert_eq!(done.data("appraisalAppealDecide.appeal.state"), "REJECTED");
        assert_eq!(results(&app, 11).await, after);
        assert_eq!(file(&agent, 11, 2).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        // Neither log nor events say what was judged.
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 100, filter: { action: { contains: \"appraisal\" } }) { nodes { action detail } } }").await.fine();
        let text = log.body.to_string();
        assert!(text.contains("appraisal.appeal.decide") && !text.contains("counted") && !text.contains("excellent"), "{text}");
    }

    async fn whoever_is_involved_does_not_decide(app: TestApp) {
        // The manager reviewed the engineer.
        let filed = file(&app.as_("engineer").await, 12, 1).await.fine();
        let appeal = filed.data("appraisalAppealFile.appeal.id").clone();
        let (manager, hr, admin) = (app.as_("service_manager").await, app.as_("hr").await, app.as_("admin").await);
        assert_eq!(decide(&manager, &appeal, Value::Null).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        // HR changed the mover's result in calibration.
        let first = results(&app, 13).await.remove(0);
        let changed = appraisal_result::Model {
            id: key(Table::AppraisalResult, 99),
            number: 2,
            cause: AppraisalResultCause::Calibrated,
            made_by: Some(key(Table::User, 7)),
            ..first
        };
        changed.into_active_model().reset_all().insert(app.db.reader()).await.expect("a result");
        let movers = json!(id(Table::AppraisalAppeal, 1));
        assert_eq!(decide(&hr, &movers, Value::Null).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        decide(&admin, &movers, Value::Null).await.fine();
        decide(&hr, &appeal, Value::Null).await.fine();
        // The manager's own, with a role that may decide: nobody decides about themselves.
        appraise_the_manager(&app).await;
        let own = file(&manager, 14, 1).await.fine();
        let own = own.data("appraisalAppealFile.appeal.id").clone();
        assert_eq!(decide(&manager, &own, json!("97")).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        decide(&hr, &own, Value::Null).await.fine();
    }

    async fn appeals_have_their_time_and_can_be_withdrawn(app: TestApp) {
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        last_days(&app, 1).await;
        let late = file(&agent, 11, 1).await;
        assert_eq!(late.user_errors(), mistake("WRONG_STATE", "input.id"));
        assert!(late.text("appraisalAppealFile.userErrors.0.message").contains("appraisalCycleReschedule"), "{late}");
        last_days(&app, 0).await;
        let withdraw = |version: i32| json!({ "id": id(Table::AppraisalAppeal, 1), "expectedVersion": version });
        let refused = app.as_("team_lead").await.change("appraisalAppealWithdraw", APPEAL, withdraw(1)).await;
        assert_eq!(refused.user_errors(), mistake("RULE_VIOLATED", "input.id"), "the reviewer doesn't");
        assert_eq!(agent.change("appraisalAppealWithdraw", APPEAL, withdraw(1)).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(mover.change("appraisalAppealWithdraw", APPEAL, withdraw(2)).await.error_codes(), ["CONFLICT"]);
        let done = mover.change("appraisalAppealWithdraw", APPEAL, withdraw(1)).await.fine();
        assert_eq!(done.data("appraisalAppealWithdraw.appeal.state"), "WITHDRAWN");
        assert_eq!(mover.change("appraisalAppealWithdraw", APPEAL, withdraw(2)).await.user_errors(), mistake("WRONG_STATE", "input.id"));
        // What was withdrawn can be filed again, as long as there is time and results are out.
        let again = json!({ "id": appraisal_id(13), "number": 1, "grounds": "I was on leave.", "idempotencyKey": "once" });
        let one = mover.change("appraisalAppealFile", APPEAL, again.clone()).await.fine();
        let other = mover.change("appraisalAppealFile", APPEAL, again).await.fine();
        assert_eq!(one.data("appraisalAppealFile.appeal.id"), other.data("appraisalAppealFile.appeal.id"));
        put_into(&app, 2, AppraisalStage::Calibration).await;
        assert_eq!(file(&agent, 11, 1).await.user_errors(), mistake("WRONG_STATE", "input.id"));
        assert_eq!(decide(&app.as_("hr").await, one.data("appraisalAppealFile.appeal.id"), Value::Null).await.user_errors(), mistake("WRONG_STATE", "input.id"));
    }

    async fn appeals_are_seen_within_reach_and_looks_are_logged(app: TestApp) {
        file(&app.as_("agent").await, 11, 1).await.fine();
        file(&app.as_("engineer").await, 12, 1).await.fine();
        let list = "{ appraisalAppeals { totalCount nodes { grounds member { number } } } }";
        for (login, count) in [("hr", 3), ("service_manager", 3), ("team_lead", 2), ("agent", 1), ("mover", 1), ("engineer", 1), ("colleague", 0), ("coordinator", 0)] {
            let seen = app.as_(login).await.ask(list).await.fine();
            assert_eq!(seen.data("appraisalAppeals.totalCount"), count, "{login}");
        }
        assert_eq!(app.as_("auditor").await.ask(list).await.error_codes(), ["FORBIDDEN"]);
        let hr = app.as_("hr").await;
        let filter = json!({ "id": appraisal_id(13) });
        let query = "query($id: ID!) { appraisalAppeals(filter: { appraisalId: { eq: $id }, state: { in: [FILED] } }) { nodes { id } } }";
        let seen = hr.send(query, filter).await.fine();
        assert_eq!(seen.data("appraisalAppeals.nodes"), &json!([{ "id": id(Table::AppraisalAppeal, 1) }]));
        let one = "query($id: ID!) { appraisalAppeal(id: $id) { grounds } }";
        let own = app.as_("mover").await.send(one, json!({ "id": id(Table::AppraisalAppeal, 1) })).await.fine();
        assert!(own.data("appraisalAppeal.grounds").is_string());
        let other = app.as_("agent").await.send(one, json!({ "id": id(Table::AppraisalAppeal, 1) })).await.fine();
        let missing = app.as_("agent").await.send(one, json!({ "id": id(Table::AppraisalAppeal, 77) })).await.fine();
        assert_eq!(other.comparable(), missing.comparable());
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 100, filter: { action: { eq: \"appraisal.appeal.read\" } }) { nodes { actorName entityId } } }").await.fine();
        let names: Vec<&str> = log.list("auditEntries.nodes").iter().filter_map(|one| one["actorName"].as_str()).collect();
        assert!(names.contains(&"The hr") && names.contains(&"The team lead") && !names.contains(&"The mover") && !names.contains(&"The agent"), "{names:?}");
        let about: Vec<&Value> = log.list("auditEntries.nodes").iter().map(|one| &one["entityId"]).collect();
        assert!(about.contains(&&json!(appraisal_id(13))) && !about.contains(&&Value::Null), "{about:?}");
    }

    /// A longer list takes no more statements.
    async fn a_page_takes_as_many_statements_as_an_appeal(app: TestApp) {
        file(&app.as_("agent").await, 11, 1).await.fine();
        file(&app.as_("engineer").await, 12, 1).await.fine();
        let hr = app.as_("hr").await;
        let page = async |first: usize| app.statements(async || {
            let reply = hr.ask(&format!("{{ appraisalAppeals(first: {first}) {{ totalCount nodes {{ grounds member {{ name }} }} }} }}")).await.fine();
            assert_eq!(reply.list("appraisalAppeals.nodes").len(), first);
        }).await;
        assert_eq!(page(1).await, page(3).await, "statements for one appeal and for three");
    }
}
