/// Results are computed, interrupted or not.
mod counting;

use aftercare::appraisals::cycles::actions::round;
use aftercare::appraisals::templates::version_id;
use aftercare::graphql::ids::{decode, encode};
use chrono::{DateTime, TimeDelta};
use entity::enums::{
    AppraisalAppealState, AppraisalRatingBy, AppraisalStage, LeaveKind, LeaveState,
};
use entity::{
    appraisal, appraisal_appeal, appraisal_plan_item, appraisal_rating, appraisal_result,
    assignment, leave, metric_fact,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::disputes::rated;
use super::put_into;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, days_ago, key, start};
use crate::support::database::both_databases;

const SELECT: &str = "cycle { id stage version calendar { selfUntil appealUntil } }";

fn version(code: &str) -> String {
    encode("appraisalversion", version_id(code))
}

/// February, for the service desk and technical support.
fn february() -> Value {
    json!({
        "code": "february", "name": "February", "nameZh": "二月", "rhythm": "MONTHLY", "fromDay": "2026-02-01", "untilDay": "2026-03-01",
        "calendar": { "selfUntil": "2026-03-03", "reviewUntil": "2026-03-06", "publishOn": "2026-03-09", "acknowledgeUntil": "2026-03-12", "appealUntil": "2026-03-14" },
        "population": { "leastDays": 10 },
        "versionIds": [version("service_desk.monthly"), version("technical_support.monthly")],
    })
}

async fn create(hr: &Actor, cycle: Value) -> Reply {
    hr.change(
        "appraisalCycleCreate",
        SELECT,
        json!({ "cycle": cycle, "idempotencyKey": "cycle" }),
    )
    .await
}

/// The id of a new draft.
async fn draft(hr: &Actor, cycle: Value) -> String {
    let reply = create(hr, cycle).await.fine();
    reply.text("appraisalCycleCreate.cycle.id").to_owned()
}

/// Takes a step with the version as it is.
async fn go(hr: &Actor, step: &str, cycle: &str) -> Reply {
    let query = "query($id: ID!) { appraisalCycle(id: $id) { version } }";
    let reply = hr.send(query, json!({ "id": cycle })).await.fine();
    let input = json!({ "id": cycle, "expectedVersion": reply.data("appraisalCycle.version") });
    let mut input = input;
    if step == "Reopen" || step == "Cancel" {
        input["reason"] = json!("It has to be. 必须");
    }
    hr.change(&format!("appraisalCycle{step}"), SELECT, input)
        .await
}

/// The agent, the colleague and the mover are of the service desk, the engineer and the coordinator of technical support, and the
/// manager leads the desk's department.
async fn give_positions(app: &TestApp) {
    for (position, members) in [(1, &[2, 3, 5][..]), (2, &[4, 8]), (3, &[7])] {
        let members = members.iter().map(|n| key(Table::Member, *n));
        assignment::Entity::update_many()
            .col_expr(
                assignment::Column::PositionId,
                Expr::value(key(Table::Position, position)),
            )
            .filter(assignment::Column::MemberId.is_in(members))
            .exec(app.db.reader())
            .await
            .expect("they hold positions");
    }
}

/// Granted leave over whole days, from midnight to midnight in Shanghai.
async fn away(app: &TestApp, member: usize, from: &str, to: &str) {
    let at = |day: &str| {
        format!("{day}T00:00:00+08:00")
            .parse::<DateTime<chrono::FixedOffset>>()
            .expect("a time")
            .to_utc()
    };
    let row = leave::Model {
        id: Uuid::from_u128(member as u128),
        member_id: key(Table::Member, member),
        kind: LeaveKind::Annual,
        starts_at: at(from),
        ends_at: at(to),
        state: LeaveState::Approved,
        reason: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    leave::Entity::insert(row.into_active_model())
        .exec_without_returning(app.db.reader())
        .await
        .expect("the leave");
}

async fn rows(app: &TestApp, cycle: &str) -> Vec<appraisal::Model> {
    let (_, cycle) = decode(cycle).expect("an id");
    appraisal::Entity::find()
        .filter(appraisal::Column::CycleId.eq(cycle))
        .order_by_asc(appraisal::Column::MemberId)
        .all(app.db.reader())
        .await
        .expect("appraisals")
}

async fn count(app: &TestApp) -> usize {
    round(&app.db, &app.counter, app.clock.now())
        .await
        .expect("it counts")
}

/// What the template of technical support can't do without: a plan that is done, and all criteria.
async fn judge(app: &TestApp, row: &appraisal::Model, percent: i64) {
    let id = |n: u128| Uuid::from_u128(row.id.as_u128() ^ (n << 8));
    let plan = appraisal_plan_item::Model {
        id: id(1),
        appraisal_id: row.id,
        place: 1,
        title: "Revise the articles".to_owned(),
        measure: "All of them".to_owned(),
        weight: 100,
        own_percent: None,
        percent: Some(percent * 10_000),
        comment: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let db = app.db.reader();
    appraisal_plan_item::Entity::insert(plan.into_active_model())
        .exec_without_returning(db)
        .await
        .expect("a plan");
    for (n, criterion) in (2..).zip(["diagnosis", "records", "sharing"]) {
        let rating = appraisal_rating::Model {
            id: id(n),
            appraisal_id: row.id,
            by: AppraisalRatingBy::Reviewer,
            criterion: criterion.to_owned(),
            percent: percent * 10_000,
            comment: None,
            updated_at: start(),
        };
        appraisal_rating::Entity::insert(rating.into_active_model())
            .exec_without_returning(db)
            .await
            .expect("a rating");
    }
}

const PREVIEW: &str = "query($id: ID!) { appraisalCyclePreview(id: $id) { included excluded causes { cause count } families { family count }
    candidates(first: 100) { member { number } family team { code } department { code } days cause } in: candidates(included: true, first: 2, skip: 1) { member { number } } } }";

both_databases! {
    async fn drafts_are_looked_over(app: TestApp) {
        let hr = app.as_("hr").await;
        let faults = async |change: fn(&mut Value)| {
            let mut cycle = february();
            change(&mut cycle);
            let reply = create(&hr, cycle).await;
            assert!(reply.errors().is_empty(), "{reply}");
            let errors = reply.user_errors();
            errors.into_iter().map(|(code, field)| format!("{code} {}", field.trim_start_matches("input.cycle."))).collect::<Vec<_>>()
        };
        assert_eq!(faults(|one| one["untilDay"] = json!("2026-03-05")).await, ["INVALID untilDay"]);
        assert_eq!(faults(|one| one["calendar"]["reviewUntil"] = json!("2026-03-02")).await, ["INVALID calendar.reviewUntil"]);
        assert_eq!(faults(|one| one["calendar"]["appealUntil"] = json!("2026-03-08")).await, ["INVALID calendar.appealUntil"]);
        assert_eq!(faults(|one| one["population"]["leastDays"] = json!(-1)).await, ["INVALID population.leastDays"]);
        assert_eq!(faults(|one| one["population"]["departmentIds"] = json!([encode("department", Uuid::from_u128(1))])).await, ["NOT_FOUND population.departmentIds"]);
        assert_eq!(faults(|one| one["versionIds"] = json!([])).await, ["INVALID versionIds"]);
        assert_eq!(faults(|one| one["versionIds"][1] = json!(id(Table::AppraisalVersion, 1))).await, ["RULE_VIOLATED versionIds.1"], "two for the service desk");
        assert_eq!(faults(|one| one["versionIds"][1] = json!(encode("appraisalversion", Uuid::from_u128(1)))).await, ["NOT_FOUND versionIds.1"]);
        assert_eq!(faults(|one| one["code"] = json!("2026-1")).await, ["TAKEN code"]);
        for who in ["agent", "team_lead", "service_manager", "auditor"] {
            assert_eq!(create(&app.as_(who).await, february()).await.error_codes(), ["FORBIDDEN"], "{who}");
        }

        let cycle = draft(&hr, february()).await;
        assert_eq!(draft(&hr, february()).await, cycle, "a repetition does nothing");
        let mut other = february();
        other["name"] = json!("The second month");
        other["versionIds"] = json!([version("field_service.monthly")]);
        let revise = |seen: i64, cycle_: &Value| json!({ "id": cycle, "expectedVersion": seen, "cycle": cycle_ });
        let fields = "cycle { name templates { family templateVersion { number template { code } } } population { leastDays leavers movers departments { code } } snapshot { id } absences { totalCount } }";
        let reply = hr.change("appraisalCycleRevise", fields, revise(1, &other)).await.fine();
        assert_eq!(reply.data("appraisalCycleRevise.cycle"), &json!({
            "name": "The second month", "snapshot": null, "absences": { "totalCount": 0 },
            "templates": [{ "family": "FIELD_SERVICE", "templateVersion": { "number": 1, "template": { "code": "field_service.monthly" } } }],
            "population": { "leastDays": 10, "leavers": false, "movers": "AT_THE_END", "departments": [] },
        }));
        assert_eq!(hr.change("appraisalCycleRevise", fields, revise(1, &other)).await.error_codes(), ["CONFLICT"]);
        other["code"] = json!("march");
        assert_eq!(hr.change("appraisalCycleRevise", fields, revise(2, &other)).await.user_errors(), [("RULE_VIOLATED", "input.cycle.code".to_owned())]);
        // Everybody on the staff reads cycles, and only those who run them how far they are.
        let agent = app.as_("agent").await;
        let reply = agent.send("query($id: ID!) { appraisalCycle(id: $id) { name reason progress { appraisals } } }", json!({ "id": cycle })).await;
        assert_eq!((reply.data("appraisalCycle.name"), reply.error_codes()), (&json!("The second month"), vec!["FORBIDDEN", "FORBIDDEN"]));
        assert_eq!(app.as_("partner").await.ask("{ appraisalCycles { totalCount } }").await.error_codes(), ["FORBIDDEN"]);
        let reply = agent.ask("{ appraisalCycles(filter: { stage: { eq: DRAFT }, rhythm: { eq: MONTHLY }, fromDay: { gte: \"2026-02-01\" } }, orderBy: CODE_ASC) { totalCount nodes { code } } }").await.fine();
        assert_eq!(reply.data("appraisalCycles.nodes"), &json!([{ "code": "february" }]));
    }

    async fn opening_fixes_who_takes_part(app: TestApp) {
        give_positions(&app).await;
        away(&app, 3, "2026-02-01", "2026-02-28").await;
        let hr = app.as_("hr").await;
        let cycle = draft(&hr, february()).await;
        assert_eq!(app.as_("service_manager").await.send(PREVIEW, json!({ "id": cycle })).await.error_codes(), ["FORBIDDEN"]);
        let preview = hr.send(PREVIEW, json!({ "id": cycle })).await.fine();
        let found = preview.data("appraisalCyclePreview");
        assert_eq!((&found["included"], &found["excluded"]), (&json!(4), &json!(3)));
        assert_eq!(found["causes"], json!([{ "cause": "NO_TEMPLATE", "count": 2 }, { "cause": "ON_LEAVE", "count": 1 }]));
        assert_eq!(found["families"], json!([{ "family": "SERVICE_DESK", "count": 2 }, { "family": "TECHNICAL_SUPPORT", "count": 2 }]));
        let of = |n: usize| found["candidates"].as_array().expect("candidates").iter().find(|one| one["member"]["number"] == json!(format!("M{n:04}"))).cloned();
        assert_eq!(of(2).expect("the agent"), json!({ "member": { "number": "M0002" }, "family": "SERVICE_DESK", "team": { "code": "T2" }, "department": { "code": "D1" }, "days": 28, "cause": null }));
        assert_eq!(of(5).expect("the mover")["team"], json!({ "code": "T3" }), "where they were at the end of February");
        assert_eq!(of(3).expect("the colleague"), json!({ "member": { "number": "M0003" }, "family": null, "team": null, "department": null, "days": 1, "cause": "ON_LEAVE" }));
        assert_eq!(of(6), None, "the leaver was gone before");
        assert_eq!(found["in"], json!([{ "member": { "number": "M0004" } }, { "member": { "number": "M0005" } }]));
        assert!(rows(&app, &cycle).await.is_empty(), "a preview writes nothing");

        let opened = go(&hr, "Open", &cycle).await.fine();
        assert_eq!(opened.data("appraisalCycleOpen.cycle.stage"), "SELF_ASSESSMENT");
        let member = |n| key(Table::Member, n);
        let taking: Vec<_> = rows(&app, &cycle).await.into_iter().map(|row| (row.member_id, row.reviewer_id, row.team_id, row.days)).collect();
        let team = |n| Some(key(Table::Team, n));
        assert_eq!(taking, [
            (member(2), Some(member(1)), team(2), 28), (member(4), None, team(5), 28), (member(5), Some(member(1)), team(3), 28), (member(8), None, team(4), 28),
        ], "nobody leads technical support");
        let query = "query($id: ID!) { appraisalCycle(id: $id) { progress { appraisals reviewers selfAssessments reviews results blockedCount acknowledged blocked { reasons } }
            absences(first: 2) { totalCount pageInfo { hasNextPage } nodes { member { number } cause days } } } }";
        let reply = hr.send(query, json!({ "id": cycle })).await.fine();
        assert_eq!(reply.data("appraisalCycle.progress"), &json!({ "appraisals": 4, "reviewers": 2, "selfAssessments": 0, "reviews": 0, "results": 0, "blockedCount": 0, "acknowledged": 0, "blocked": [] }));
        assert_eq!(reply.data("appraisalCycle.absences.totalCount"), 3);
        assert_eq!(reply.data("appraisalCycle.absences.pageInfo.hasNextPage"), true);
        assert!(reply.list("appraisalCycle.absences.nodes").iter().all(|one| one["cause"] == "NO_TEMPLATE" && one["days"] == 28));
        // What is fixed stays, whatever becomes of the members.
        assert_eq!(go(&hr, "Open", &cycle).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let revise = json!({ "id": cycle, "expectedVersion": 2, "cycle": february() });
        assert_eq!(hr.change("appraisalCycleRevise", SELECT, revise).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn leavers_departments_and_retired_templates(app: TestApp) {
        give_positions(&app).await;
        let hr = app.as_("hr").await;
        // From the middle of January on: the leaver was there until the end of it.
        let mut cycle = february();
        cycle["fromDay"] = json!("2026-01-15");
        cycle["untilDay"] = json!("2026-02-15");
        cycle["population"] = json!({ "leastDays": 10, "departmentIds": [id(Table::Department, 1)] });
        assignment::Entity::update_many().col_expr(assignment::Column::PositionId, Expr::value(key(Table::Position, 1)))
            .filter(assignment::Column::MemberId.eq(key(Table::Member, 6))).exec(app.db.reader()).await.expect("a position");
        let first = draft(&hr, cycle.clone()).await;
        let reply = hr.send(PREVIEW, json!({ "id": first })).await.fine();
        assert_eq!(reply.data("appraisalCyclePreview.causes"), &json!([
            { "cause": "NO_TEMPLATE", "count": 2 }, { "cause": "LEFT", "count": 1 }, { "cause": "OUT_OF_SCOPE", "count": 2 },
        ]));
        cycle["population"]["leavers"] = json!(true);
        let revise = json!({ "id": first, "expectedVersion": 1, "cycle": cycle });
        hr.change("appraisalCycleRevise", SELECT, revise).await.fine();
        go(&hr, "Open", &first).await.fine();
        let leaver = rows(&app, &first).await.into_iter().find(|row| row.member_id == key(Table::Member, 6)).expect("the leaver");
        assert_eq!((leaver.reviewer_id, leaver.days), (Some(key(Table::Member, 1)), 16), "by whoever led them on their last day");

        // A cycle whose template is retired meanwhile can't be opened, nor one in which nobody takes part.
        let mut cycle = february();
        cycle["code"] = json!("second");
        cycle["population"]["departmentIds"] = json!([id(Table::Department, 2)]);
        cycle["versionIds"] = json!([version("service_desk.monthly")]);
        let reply = hr.change("appraisalCycleCreate", SELECT, json!({ "cycle": cycle })).await.fine();
        let second = reply.text("appraisalCycleCreate.cycle.id").to_owned();
        assert_eq!(go(&hr, "Open", &second).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "nobody of the service desk is there");
        let retire = json!({ "id": encode("appraisaltemplate", aftercare::appraisals::templates::template_id("service_desk.monthly")), "expectedVersion": 1 });
        hr.change("appraisalTemplateRetire", "template { id }", retire).await.fine();
        assert_eq!(go(&hr, "Open", &second).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        cycle["code"] = json!("third");
        let reply = hr.change("appraisalCycleCreate", SELECT, json!({ "cycle": cycle })).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.cycle.versionIds.0".to_owned())]);
    }

    async fn a_cycle_from_review_to_its_end(app: TestApp) {
        give_positions(&app).await;
        let hr = app.as_("hr").await;
        let cycle = draft(&hr, february()).await;
        assert_eq!(go(&hr, "Review", &cycle).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "it isn't open");
        go(&hr, "Open", &cycle).await.fine();
        assert_eq!(go(&app.as_("service_manager").await, "Review", &cycle).await.error_codes(), ["FORBIDDEN"]);
        go(&hr, "Review", &cycle).await.fine();
        assert_eq!(count(&app).await, 0, "nothing is computed before its time");
        go(&hr, "Count", &cycle).await.fine();
        assert_eq!(go(&hr, "Cancel", &cycle).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        assert_eq!(count(&app).await, 5);
        assert_eq!(count(&app).await, 0, "once is enough");
        let query = "query($id: ID!) { appraisalCycle(id: $id) { stage snapshot { name from to } progress { results blockedCount blocked(first: 1) { appraisalId appraisalVersion member { number } reasons } } } }";
        let reply = hr.send(query, json!({ "id": cycle })).await.fine();
        assert_eq!((reply.data("appraisalCycle.stage"), reply.data("appraisalCycle.snapshot.to")), (&json!("CALIBRATION"), &json!("2026-03-01")));
        let progress = reply.data("appraisalCycle.progress");
        assert_eq!((&progress["results"], &progress["blockedCount"]), (&json!(3), &json!(2)), "technical support needs plans");
        let blocked = progress["blocked"][0].clone();
        assert_eq!(blocked["member"]["number"], "M0004");
        let reasons = blocked["reasons"].as_str().expect("reasons");
        assert!(reasons.contains("Work plan: there is nothing to go by yet.") && reasons.contains("日常工作质量：缺少 diagnosis。"), "{reasons}");
        assert_eq!(go(&hr, "Publish", &cycle).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "two results are missing");

        // What is missing is put right, and those results are computed anew.
        let recount = async |actor: &Actor, row: &appraisal::Model, version: i32| {
            let input = json!({ "id": encode("appraisal", row.id), "expectedVersion": version, "reason": "The plan was on paper. 计划为纸质" });
            actor.change("appraisalRecount", "cycle { progress { results blockedCount } }", input).await
        };
        let waiting: Vec<_> = rows(&app, &cycle).await.into_iter().filter(|row| row.blocked.is_some()).collect();
        assert_eq!(waiting.len(), 2);
        assert_eq!(recount(&app.as_("team_lead").await, &waiting[0], waiting[0].version).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(recount(&hr, &waiting[0], waiting[0].version - 1).await.error_codes(), ["CONFLICT"]);
        let reply = recount(&hr, &waiting[0], waiting[0].version).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "nothing was put right yet");
        for (row, percent) in waiting.iter().zip([95, 70]) {
            judge(&app, row, percent).await;
        }
        recount(&hr, &waiting[0], waiting[0].version).await.fine();
        let reply = recount(&hr, &waiting[1], waiting[1].version).await.fine();
        assert_eq!(reply.data("appraisalRecount.cycle.progress"), &json!({ "results": 5, "blockedCount": 0 }));
        let result = appraisal_result::Entity::find().filter(appraisal_result::Column::AppraisalId.eq(waiting[0].id)).one(app.db.reader()).await.expect("a read").expect("a result");
        assert_eq!((result.cause, result.band.as_str(), result.reason.is_some()), (entity::enums::AppraisalResultCause::Corrected, "excellent", true));

        // Of two, none may be excellent: 30 % rounded down.
        let reply = go(&hr, "Publish", &cycle).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "{reply}");
        assert!(reply.text("appraisalCyclePublish.userErrors.0.message").starts_with("Excellent: this band has more than its share"), "{reply}");
        appraisal::Entity::update_many().col_expr(appraisal::Column::Score, Expr::value(850_000)).filter(appraisal::Column::Id.eq(waiting[0].id)).exec(app.db.reader()).await.expect("calibrated");
        go(&hr, "Publish", &cycle).await.fine();

        assert_eq!(go(&hr, "Close", &cycle).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "members can appeal until the 14th");
        let appeal = appraisal_appeal::Model {
            id: Uuid::from_u128(77),
            appraisal_id: waiting[0].id,
            number: 1,
            grounds: "Wrong.".to_owned(),
            state: AppraisalAppealState::Filed,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        };
        appraisal_appeal::Entity::insert(appeal.into_active_model()).exec_without_returning(app.db.reader()).await.expect("an appeal");
        app.clock.advance(TimeDelta::days(13));
        let hr = app.as_("hr").await;
        assert_eq!(go(&hr, "Close", &cycle).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "one waits for a decision");
        appraisal_appeal::Entity::update_many().col_expr(appraisal_appeal::Column::State, Expr::value(AppraisalAppealState::Withdrawn)).exec(app.db.reader()).await.expect("taken back");
        go(&hr, "Close", &cycle).await.fine();

        // Back again, with a reason and other days.
        let bare = json!({ "id": cycle, "expectedVersion": 1, "reason": "" });
        assert_eq!(hr.change("appraisalCycleReopen", SELECT, bare).await.error_codes(), ["CONFLICT"]);
        let reply = go(&hr, "Reopen", &cycle).await.fine();
        let seen = reply.data("appraisalCycleReopen.cycle.version").clone();
        assert_eq!(reply.data("appraisalCycleReopen.cycle.stage"), "CALIBRATION");
        let late = go(&hr, "Publish", &cycle).await;
        let over = ("RULE_VIOLATED", "input.id".to_owned());
        assert_eq!(late.user_errors(), [over.clone(), over], "members could neither take note in time nor appeal");
        assert!(late.text("appraisalCyclePublish.userErrors.1.message").contains("appeal was 2026-03-14; set later days with `appraisalCycleReschedule`"), "{late}");
        let mut days = february()["calendar"].clone();
        days["acknowledgeUntil"] = json!("2026-03-25");
        days["appealUntil"] = json!("2026-03-27");
        let move_days = |reason: &str, days: &Value| json!({ "id": cycle, "expectedVersion": seen, "calendar": days, "reason": reason });
        assert_eq!(hr.change("appraisalCycleReschedule", SELECT, move_days(" ", &days)).await.user_errors(), [("BLANK", "input.reason".to_owned())]);
        let mut wrong = days.clone();
        wrong["publishOn"] = json!("2026-02-01");
        assert_eq!(hr.change("appraisalCycleReschedule", SELECT, move_days("x", &wrong)).await.user_errors().first().expect("a mistake"), &("INVALID", "input.calendar.publishOn".to_owned()));
        let reply = hr.change("appraisalCycleReschedule", SELECT, move_days("It was reopened.", &days)).await.fine();
        assert_eq!(reply.data("appraisalCycleReschedule.cycle.calendar.appealUntil"), "2026-03-27");
        let reply = hr.send("query($id: ID!) { appraisalCycle(id: $id) { reason closedAt publishedAt } }", json!({ "id": cycle })).await.fine();
        assert_eq!((reply.data("appraisalCycle.reason"), reply.data("appraisalCycle.closedAt")), (&json!("It has to be. 必须"), &Value::Null));
        assert!(reply.data("appraisalCycle.publishedAt").is_string());
        go(&hr, "Publish", &cycle).await.fine();
    }

    /// Frozen figures stay, but for whoever's record was put right after a dispute was upheld.
    async fn figures_are_frozen_anew_for_whom_a_record_was_put_right(app: TestApp) {
        give_positions(&app).await;
        rated(&app, 2, &[(1, 2), (12, 4)]).await;
        let (hr, agent) = (app.as_("hr").await, app.as_("agent").await);
        let cycle = draft(&hr, february()).await;
        for step in ["Open", "Review", "Count"] {
            go(&hr, step, &cycle).await.fine();
        }
        assert_eq!(count(&app).await, 5);
        let of = async |member: usize| rows(&app, &cycle).await.into_iter().find(|row| row.member_id == key(Table::Member, member)).expect("an appraisal");
        let figure = async |member: usize| of(member).await.inputs.expect("inputs")["metrics"]["satisfaction"].clone();
        let snapshot = async |member: usize| {
            let query = "query($id: ID!) { appraisal(id: $id) { figures { snapshotId } } }";
            let reply = hr.send(query, json!({ "id": encode("appraisal", of(member).await.id) })).await.fine();
            reply.text("appraisal.figures.0.snapshotId").to_owned()
        };
        let recount = async |member: usize, anew: bool| {
            let row = of(member).await;
            let input = json!({ "id": encode("appraisal", row.id), "expectedVersion": row.version, "reason": "The record is right now. 已更正", "figuresAnew": anew });
            hr.change("appraisalRecount", "cycle { id }", input).await
        };
        assert_eq!(figure(2).await, "3");
        let frozen = snapshot(2).await;
        let input = json!({ "appraisalId": encode("appraisal", of(2).await.id), "metricKey": "satisfaction", "recordId": id(Table::Ticket, 1), "grounds": "They meant 4. 误评" });
        let disputed = agent.change("appraisalDispute", "appraisal { disputes { id version } }", input).await.fine();
        let dispute = disputed.data("appraisalDispute.appraisal.disputes.0").clone();
        assert_eq!(recount(2, true).await.user_errors(), [("RULE_VIOLATED", "input.figuresAnew".to_owned())], "nobody has decided yet");
        let decision = json!({ "id": dispute["id"], "expectedVersion": dispute["version"], "uphold": true, "decision": "Right. 属实" });
        hr.change("appraisalDisputeDecide", "appraisal { id }", decision).await.fine();
        let right = metric_fact::Entity::update_many().col_expr(metric_fact::Column::Value0, Expr::value(4));
        right.filter(metric_fact::Column::Value0.eq(2)).filter(metric_fact::Column::Source.eq("ticket.rated")).exec(app.db.reader()).await.expect("it is put right");
        aftercare::metrics::counting::sum_all(&app.db, &app.counter).await.expect("sums");

        recount(2, false).await.fine();
        assert_eq!((figure(2).await, snapshot(2).await), (json!("3"), frozen.clone()), "frozen is frozen");
        assert_eq!(recount(3, true).await.user_errors(), [("RULE_VIOLATED", "input.figuresAnew".to_owned())], "nothing was put right of theirs");
        let scores = (of(2).await.score, of(3).await.score);
        recount(2, true).await.fine();
        assert_eq!(figure(2).await, "4");
        assert!(of(2).await.score > scores.0 && of(3).await.score == scores.1);
        assert_ne!(snapshot(2).await, frozen);
        assert_eq!(snapshot(3).await, frozen);
        recount(2, false).await.fine();
        assert_eq!(figure(2).await, "4", "it stays with the figures that were frozen anew");
    }

    async fn figures_of_days_to_come_are_not_frozen(app: TestApp) {
        give_positions(&app).await;
        let hr = app.as_("hr").await;
        let mut cycle = february();
        cycle["fromDay"] = json!("2026-03-01");
        cycle["untilDay"] = json!("2026-04-01");
        for day in ["selfUntil", "reviewUntil", "publishOn", "acknowledgeUntil", "appealUntil"] {
            cycle["calendar"][day] = json!("2026-04-05");
        }
        let cycle = draft(&hr, cycle).await;
        for step in ["Open", "Review"] {
            go(&hr, step, &cycle).await.fine();
        }
        assert_eq!(go(&hr, "Count", &cycle).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let reply = go(&hr, "Cancel", &cycle).await.fine();
        assert_eq!(reply.data("appraisalCycleCancel.cycle.stage"), "CANCELLED");
        assert_eq!(go(&hr, "Open", &cycle).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn another_reviewer_is_named_and_never_the_member(app: TestApp) {
        let hr = app.as_("hr").await;
        let name = async |actor: &Actor, appraisal: usize, reviewer: &str, version: i64| {
            let input = json!({ "id": id(Table::Appraisal, appraisal), "expectedVersion": version, "reviewerId": reviewer });
            actor.change("appraisalReviewerSet", "cycle { progress { reviewers } }", input).await
        };
        let member = |n: usize| id(Table::Member, n);
        for who in ["team_lead", "service_manager", "agent"] {
            assert_eq!(name(&app.as_(who).await, 1, &member(7), 1).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        assert_eq!(name(&hr, 1, &member(2), 1).await.user_errors(), [("RULE_VIOLATED", "input.reviewerId".to_owned())]);
        assert_eq!(name(&hr, 1, &member(6), 1).await.user_errors(), [("RULE_VIOLATED", "input.reviewerId".to_owned())], "the leaver doesn't work here");
        assert_eq!(name(&hr, 1, &encode("member", Uuid::from_u128(1)), 1).await.user_errors(), [("NOT_FOUND", "input.reviewerId".to_owned())]);
        assert_eq!(name(&hr, 99, &member(7), 1).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(name(&hr, 1, &member(7), 2).await.error_codes(), ["CONFLICT"]);
        assert_eq!(name(&hr, 11, &member(7), 1).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "January is out");
        assert_eq!(name(&hr, 1, &member(5), 1).await.user_errors(), [("RULE_VIOLATED", "input.reviewerId".to_owned())], "a colleague has no right to review");
        let reply = name(&hr, 1, &member(7), 1).await.fine();
        assert_eq!(reply.data("appraisalReviewerSet.cycle.progress.reviewers"), 4);
        let row = appraisal::Entity::find_by_id(key(Table::Appraisal, 1)).one(app.db.reader()).await.expect("a read").expect("the appraisal");
        assert_eq!((row.reviewer_id, row.version), (Some(key(Table::Member, 7)), 2));
    }

    async fn what_is_due_is_in_the_list_of_tasks(app: TestApp) {
        let tasks = async |login: &str| {
            let reply = app.as_(login).await.ask("{ myTasks(filter: { kinds: [APPRAISAL] }) { totalCount nodes { id kind title dueOn overdue } } }").await.fine();
            reply.list("myTasks.nodes").to_vec()
        };
        // February is in review until the 7th of March.
        let lead = tasks("team_lead").await;
        let titles: Vec<&str> = lead.iter().filter_map(|one| one["title"].as_str()).collect();
        assert_eq!(titles, ["Appraise Li Na: Cycle 1", "Appraise Liu Yang: Cycle 1"]);
        assert_eq!((&lead[0]["id"], &lead[0]["dueOn"], &lead[0]["overdue"]), (&json!(id(Table::Appraisal, 1)), &json!(days_ago(-5)), &json!(false)));
        assert_eq!(tasks("service_manager").await.len(), 2);
        assert!(tasks("agent").await.is_empty(), "January is to be acknowledged in twelve days");
        put_into(&app, 1, AppraisalStage::SelfAssessment).await;
        assert!(tasks("agent").await.is_empty(), "the agent has assessed herself");
        let engineer = tasks("engineer").await;
        assert_eq!((&engineer[0]["title"], &engineer[0]["overdue"]), (&json!("Assess yourself: Cycle 1"), &json!(true)));
        let days = json!({ "key": "appraisal.reminder_days", "value": "12", "expectedVersion": 0 });
        app.as_("admin").await.change("settingChange", "setting { value }", days).await.fine();
        let agent = tasks("agent").await;
        assert_eq!((agent.len(), &agent[0]["title"], &agent[0]["id"]), (1, &json!("Take note of your result: Cycle 2"), &json!(id(Table::Appraisal, 11))));
        put_into(&app, 2, AppraisalStage::Closed).await;
        assert!(tasks("agent").await.is_empty());
        // The lead sees what those below have to do, and nobody else's.
        let of = "query($of: TasksOfInput!) { tasks(of: $of, filter: { kinds: [APPRAISAL] }) { nodes { memberId } } }";
        let reply = app.as_("team_lead").await.send(of, json!({ "of": { "teamId": id(Table::Team, 2) } })).await.fine();
        assert_eq!(reply.data("tasks.nodes"), &json!([{ "memberId": id(Table::Member, 5) }]), "the mover has still to assess himself");
    }

    async fn a_longer_list_takes_no_more_statements(app: TestApp) {
        let hr = app.as_("hr").await;
        let document = "{ appraisalCycles { nodes { code snapshot { id } templates { family templateVersion { number template { code } content { cap } } } population { departments { code } }
            progress { appraisals blocked { reasons member { name } } } absences(first: 3) { totalCount nodes { cause member { name } } } } }
            appraisalTemplates { nodes { current { number } versions { state content { full } } } } }";
        let statements = async || app.statements(async || { hr.ask(document).await.fine(); }).await;
        let few = statements().await;
        give_positions(&app).await;
        for code in ["one", "two"] {
            let mut cycle = february();
            cycle["code"] = json!(code);
            cycle["population"]["departmentIds"] = json!([id(Table::Department, 1)]);
            let reply = hr.change("appraisalCycleCreate", SELECT, json!({ "cycle": cycle })).await.fine();
            let cycle = reply.text("appraisalCycleCreate.cycle.id").to_owned();
            for step in ["Open", "Review", "Count"] {
                go(&hr, step, &cycle).await.fine();
            }
        }
        count(&app).await;
        // Departments and snapshots are looked for where there are some.
        assert!(statements().await <= few + 3, "{} statements instead of {few}", statements().await);
    }
}
