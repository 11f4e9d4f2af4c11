//! Training as the people of the company live with it.

use std::collections::BTreeMap;

use aftercare::identity;
use aftercare::organisation::MemberFacts;
use aftercare::training::{EnrolmentFacts, SessionFacts};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use entity::{
    training_enrolment, training_hour, training_session, training_session_trainer, training_study,
};
use http_body_util::BodyExt;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::scopes::{hold_equal, hold_equal_with};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const ENROLMENTS: &str = "query($filter: TrainingEnrolmentFilter) { trainingEnrolments(filter: $filter, orderBy: TURN_ASC) {
    totalCount nodes { id version state waitingPosition attendance minutes } } }";

fn session(n: usize) -> String {
    company::id(Table::TrainingSession, n)
}

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

async fn enrol(actor: &Actor, members: Value) -> Reply {
    let input = json!({ "sessionId": session(1), "memberIds": members });
    actor
        .change("trainingEnrol", "session { enrolled waiting }", input)
        .await
}

/// The path of a new link to somebody's calendar.
async fn calendar_link(actor: &Actor) -> String {
    let reply = actor
        .ask("mutation { trainingCalendarRenew { url userErrors { code } } }")
        .await
        .fine();
    let url = reply.text("trainingCalendarRenew.url");
    url[url.find("/calendar/").expect("a path")..].to_owned()
}

/// The enrolments of a session that somebody sees.
async fn seen(actor: &Actor, n: usize) -> Vec<Value> {
    let filter = json!({ "filter": { "sessionId": { "eq": session(n) } } });
    let reply = actor.send(ENROLMENTS, filter).await.fine();
    reply.list("trainingEnrolments.nodes").to_vec()
}

async fn step(actor: &Actor, mutation: &str, more: Value) -> Reply {
    let version = actor
        .send(
            "query($id: ID!) { trainingSession(id: $id) { version } }",
            json!({ "id": session(1) }),
        )
        .await;
    let mut input =
        json!({ "id": session(1), "expectedVersion": version.data("trainingSession.version") });
    input
        .as_object_mut()
        .expect("an object")
        .extend(more.as_object().cloned().unwrap_or_default());
    actor
        .change(
            mutation,
            "session { state capacity enrolled waiting }",
            input,
        )
        .await
}

fn states(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["state"].as_str().expect("a state"))
        .collect()
}

both_databases! {
    async fn two_at_once_get_the_last_place_once(app: TestApp) {
        let (agent, mover, engineer) = (app.as_("agent").await, app.as_("mover").await, app.as_("engineer").await);
        let (one, two, three) = tokio::join!(enrol(&agent, json!([])), enrol(&mover, json!([])), enrol(&engineer, json!([])));
        for reply in [one, two, three] {
            reply.fine();
        }
        let manager = app.as_("service_manager").await;
        let rows = seen(&manager, 1).await;
        assert_eq!(states(&rows), ["ENROLLED", "WAITING", "WAITING"]);
        assert_eq!((&rows[1]["waitingPosition"], &rows[2]["waitingPosition"]), (&json!(1), &json!(2)));

        // Taken back: the first who waits moves up in the same moment. More room: the next one does.
        let input = json!({ "id": rows[0]["id"], "expectedVersion": rows[0]["version"] });
        manager.change("trainingEnrolmentCancel", "enrolment { state }", input).await.fine();
        let rows = seen(&manager, 1).await;
        assert_eq!(states(&rows), ["CANCELLED", "ENROLLED", "WAITING"]);
        let reply = step(&manager, "trainingSessionUpdate", json!({ "capacity": 2 })).await.fine();
        assert_eq!((reply.data("trainingSessionUpdate.session.enrolled"), reply.data("trainingSessionUpdate.session.waiting")), (&json!(2), &json!(0)));
        let reply = step(&manager, "trainingSessionUpdate", json!({ "capacity": 1 })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.capacity".to_owned())]);

        // Whoever comes back waits behind all others; whoever has a place doesn't get another.
        let reply = enrol(&manager, json!([member(1)])).await.fine();
        assert_eq!(reply.data("trainingEnrol.session.waiting"), &json!(1));
        let reply = enrol(&manager, json!([member(1)])).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.memberIds".to_owned())]);
    }

    async fn who_enrols_whom(app: TestApp) {
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        // A colleague who can be seen, and somebody who can't.
        let reply = enrol(&agent, json!([member(5)])).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
        let reply = enrol(&agent, json!([member(4)])).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.memberIds".to_owned())]);
        let reply = enrol(&lead, json!([member(2), member(5)])).await.fine();
        assert_eq!(reply.data("trainingEnrol.session.enrolled"), &json!(1));
        // Who gives it doesn't take part; who has left neither.
        let manager = app.as_("service_manager").await;
        for n in [3, 6] {
            let reply = enrol(&manager, json!([member(n)])).await;
            assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.memberIds".to_owned())]);
        }
        let key = json!({ "sessionId": session(1), "memberIds": [member(4)], "idempotencyKey": "e1" });
        for _ in 0..2 {
            manager.change("trainingEnrol", "session { id }", key.clone()).await.fine();
        }
        app.clock.advance(TimeDelta::days(10));
        assert_eq!(enrol(&app.as_("team_lead").await, json!([member(1)])).await.user_errors(), [("WRONG_STATE", "input.sessionId".to_owned())]);
    }

    async fn a_session_is_held_and_hours_follow(app: TestApp) {
        let manager = app.as_("service_manager").await;
        step(&manager, "trainingSessionUpdate", json!({ "capacity": 2 })).await.fine();
        enrol(&manager, json!([member(2), member(5)])).await.fine();
        assert_eq!(step(&manager, "trainingSessionBegin", json!({})).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        app.clock.advance(TimeDelta::days(10));
        let (manager, trainer, agent) = (app.as_("service_manager").await, app.as_("colleague").await, app.as_("agent").await);
        step(&manager, "trainingSessionBegin", json!({})).await.fine();
        let rows = seen(&trainer, 1).await;
        assert_eq!(rows.len(), 2, "a trainer sees who takes part");
        assert_eq!(seen(&agent, 1).await.len(), 1, "a participant sees themselves");
        let record = async |actor: &Actor, version: i64, attendance: &str, minutes: Value| {
            let row = json!({ "enrolmentId": rows[0]["id"], "expectedVersion": version, "attendance": attendance, "minutes": minutes });
            let input = json!({ "sessionId": session(1), "rows": [row], "reason": "As it was." });
            actor.change("trainingAttendanceRecord", "session { id }", input).await
        };
        assert_eq!(record(&agent, 1, "PRESENT", Value::Null).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(record(&trainer, 1, "PART", json!(120)).await.user_errors(), [("INVALID", "input.rows.0.minutes".to_owned())]);
        record(&trainer, 1, "PRESENT", Value::Null).await.fine();
        assert_eq!(record(&trainer, 1, "ABSENT", Value::Null).await.error_codes(), ["CONFLICT"]);
        record(&trainer, 2, "PART", json!(50)).await.fine();
        assert_eq!(step(&manager, "trainingSessionCancel", json!({ "reason": "x" })).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        step(&manager, "trainingSessionFinish", json!({})).await.fine();
        let rows = seen(&manager, 1).await;
        assert_eq!((&rows[0]["minutes"], &rows[1]["attendance"]), (&json!(50), &json!("ABSENT")));
        // What is put right once it is over needs a reason.
        app.clock.advance(TimeDelta::seconds(1));
        let right = |reason: Value| json!({ "sessionId": session(1), "rows": [{ "enrolmentId": rows[0]["id"], "expectedVersion": rows[0]["version"], "attendance": "PART", "minutes": 30 }], "reason": reason });
        let bare = trainer.change("trainingAttendanceRecord", "session { id }", right(Value::Null)).await;
        assert_eq!(bare.user_errors(), [("BLANK", "input.reason".to_owned())]);
        trainer.change("trainingAttendanceRecord", "session { id }", right(json!("As it was."))).await.fine();

        let ledger = "{ trainingHoursEntries(orderBy: DAY_DESC) { nodes { id day minutes kind corrects reason } } }";
        let reply = agent.ask(ledger).await.fine();
        let nodes = reply.list("trainingHoursEntries.nodes");
        let mine: Vec<_> = nodes.iter().map(|row| (row["minutes"].as_i64(), row["kind"].as_str())).collect();
        assert_eq!(mine, [(Some(-20), Some("CORRECTION")), (Some(50), Some("ATTENDANCE")), (Some(120), Some("ATTENDANCE"))], "what was checked in and put right before it was over is no entry");
        assert_eq!(nodes[0]["corrects"], nodes[1]["id"], "a correction names what it corrects");

        // Feedback: from who was there, once.
        let say = async |actor: &Actor, rating: i64| {
            let input = json!({ "sessionId": session(1), "rating": rating, "comment": "Good." });
            actor.change("trainingFeedbackGive", "session { id }", input).await
        };
        assert_eq!(say(&app.as_("mover").await, 5).await.user_errors(), [("RULE_VIOLATED", "input.sessionId".to_owned())]);
        assert_eq!(say(&agent, 6).await.user_errors(), [("INVALID", "input.rating".to_owned())]);
        say(&agent, 5).await.fine();
        assert_eq!(say(&agent, 5).await.user_errors(), [("TAKEN", "input.sessionId".to_owned())]);
        // Of one person only, it is never shown.
        app.clock.advance(TimeDelta::days(20));
        let query = "query($id: ID!) { trainingSession(id: $id) { feedback { answers } } }";
        let reply = app.as_("service_manager").await.send(query, json!({ "id": session(1) })).await.fine();
        assert!(reply.data("trainingSession.feedback").is_null());
    }

    async fn attending_in_full_grants_what_the_course_names(app: TestApp) {
        let (manager, trainer) = (app.as_("service_manager").await, app.as_("trainer").await);
        let course = |certificate: Value| json!({ "id": company::id(Table::Course, 1), "expectedVersion": 1, "certificateId": certificate });
        let nobodys = course(json!(company::id(Table::Certificate, 99)));
        assert_eq!(trainer.change("trainingCourseUpdate", "course { id }", nobodys).await.user_errors(), [("NOT_FOUND", "input.certificateId".to_owned())]);
        let reply = trainer.change("trainingCourseUpdate", "course { certificate { id } }", course(json!(company::id(Table::Certificate, 1)))).await.fine();
        assert_eq!(reply.data("trainingCourseUpdate.course.certificate.id"), &json!(company::id(Table::Certificate, 1)));

        enrol(&manager, json!([member(2)])).await.fine();
        app.clock.advance(TimeDelta::days(10));
        let (manager, trainer) = (app.as_("service_manager").await, app.as_("colleague").await);
        step(&manager, "trainingSessionBegin", json!({})).await.fine();
        let place = seen(&trainer, 1).await[0]["id"].clone();
        let record = async |version: i64, attendance: &str, minutes: Value| {
            let row = json!({ "enrolmentId": place, "expectedVersion": version, "attendance": attendance, "minutes": minutes });
            let input = json!({ "sessionId": session(1), "rows": [row], "reason": "As it was." });
            trainer.change("trainingAttendanceRecord", "session { id }", input).await.fine();
        };
        let held = async || {
            let query = "query($id: ID!) { member(id: $id) { certificates { number revokedOn } } }";
            let reply = manager.send(query, json!({ "id": member(2) })).await.fine();
            let of_course = |row: &&Value| row["number"].as_str().is_some_and(|number| number.starts_with("listening/"));
            reply.list("member.certificates").iter().filter(of_course).map(|row| row["revokedOn"].is_null()).collect::<Vec<_>>()
        };
        record(1, "PRESENT", Value::Null).await;
        assert_eq!(held().await, Vec::<bool>::new(), "who is checked in hasn't attended yet");
        step(&manager, "trainingSessionFinish", json!({})).await.fine();
        assert_eq!(held().await, [true]);
        record(3, "PRESENT", Value::Null).await;
        assert_eq!(held().await, [true], "once");
        record(4, "PART", json!(60)).await;
        assert_eq!(held().await, [false], "half of it grants nothing");
        app.clock.advance(TimeDelta::seconds(1));
        record(5, "PRESENT", Value::Null).await;
        let mut held = held().await;
        held.sort_unstable();
        assert_eq!(held, [false, true]);
    }

    async fn feedback_is_for_who_gives_the_session(app: TestApp) {
        let query = "query($id: ID!) { trainingSession(id: $id) { feedback { answers rating comments } } }";
        let ask = async |login: &str| app.as_(login).await.send(query, json!({ "id": session(2) })).await.fine();
        let reply = ask("colleague").await;
        assert_eq!(reply.data("trainingSession.feedback"), &json!({ "answers": 3, "rating": "4", "comments": ["Said 1", "Said 2", "Said 3"] }));
        assert!(ask("agent").await.data("trainingSession.feedback").is_null(), "who took part doesn't");
        let input = json!({ "key": "training.minimum_group", "value": "4", "expectedVersion": 0 });
        app.as_("admin").await.change("settingChange", "setting { value }", input).await.fine();
        assert!(ask("colleague").await.data("trainingSession.feedback").is_null());
    }

    async fn studies_count_when_somebody_else_approves_them(app: TestApp) {
        let study = company::id(Table::Study, 1);
        let decide = async |actor: &Actor, version: i64, approve: bool, note: Value| {
            let input = json!({ "id": study, "expectedVersion": version, "approve": approve, "note": note });
            actor.change("trainingStudyDecide", "study { state decidedByName }", input).await
        };
        let lead = app.as_("team_lead").await;
        assert_eq!(decide(&app.as_("agent").await, 1, true, Value::Null).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(decide(&lead, 1, false, Value::Null).await.user_errors(), [("BLANK", "input.note".to_owned())]);
        decide(&lead, 1, true, Value::Null).await.fine();
        assert_eq!(decide(&lead, 2, true, Value::Null).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let mine = json!({ "title": "Law", "provider": "Night school", "minutes": 60, "studiedOn": "2026-02-01", "proof": "No. 3" });
        let reply = lead.change("trainingStudySubmit", "study { id }", mine.clone()).await.fine();
        let own = json!({ "id": reply.data("trainingStudySubmit.study.id"), "expectedVersion": 1, "approve": true });
        assert_eq!(lead.change("trainingStudyDecide", "study { id }", own).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let mut bare = mine;
        bare["proof"] = Value::Null;
        assert_eq!(lead.change("trainingStudySubmit", "study { id }", bare).await.user_errors(), [("BLANK", "input.proof".to_owned())]);

        let hours = "{ trainingHours { total members { booked target verdict } } }";
        let reply = app.as_("agent").await.ask(hours).await.fine();
        assert_eq!(reply.data("trainingHours.total"), &json!(1));
        assert_eq!(reply.data("trainingHours.members.0.booked"), &json!(210));
    }

    async fn hours_are_seen_within_reach_and_put_right(app: TestApp) {
        let hours = "{ trainingHours(first: 200) { total behind members { member { name } booked missing verdict } } }";
        for (login, total) in [("agent", 1), ("engineer", 1), ("trainer", 0), ("hr", 8), ("auditor", 8)] {
            let reply = app.as_(login).await.ask(hours).await.fine();
            assert_eq!(reply.data("trainingHours.total"), &json!(total), "{login}");
        }
        let duties = "{ trainingDuties { due state courses { done course { code } } } }";
        let reply = app.as_("team_lead").await.ask(duties).await.fine();
        assert_eq!(reply.data("trainingDuties.0.state"), "OPEN");
        assert_eq!(reply.data("trainingDuties.0.due"), "2026-03-22");
        assert!(app.as_("agent").await.ask(duties).await.fine().list("trainingDuties").is_empty());
        let turnout = "{ trainingTurnout(from: \"2026-01-01T00:00:00Z\", until: \"2026-12-01T00:00:00Z\") { places people absent minutes } }";
        for (login, expected) in [
            ("hr", json!([{ "places": 3, "people": 3, "absent": 1, "minutes": 300 }])),
            ("agent", json!([{ "places": 1, "people": 1, "absent": 0, "minutes": 120 }])),
            ("trainer", json!([])),
        ] {
            let reply = app.as_(login).await.ask(turnout).await.fine();
            assert_eq!(reply.data("trainingTurnout"), &expected, "{login} learns nothing of others");
        }

        let hr = app.as_("hr").await;
        let correct = async |minutes: i64| {
            let input = json!({ "entryId": company::id(Table::HoursEntry, 1), "minutes": minutes, "reason": "Came late." });
            hr.change("trainingHoursCorrect", "entry { minutes kind corrects }", input).await
        };
        let reply = correct(100).await.fine();
        assert_eq!(reply.data("trainingHoursCorrect.entry.minutes"), &json!(-20));
        assert_eq!(correct(100).await.user_errors(), [("RULE_VIOLATED", "input.minutes".to_owned())]);
        let reply = correct(0).await.fine();
        assert_eq!(reply.data("trainingHoursCorrect.entry.kind"), "REVERSAL");
        assert_eq!(reply.data("trainingHoursCorrect.entry.minutes"), &json!(-100));
    }

    async fn attendance_that_is_saved_again_leaves_corrected_hours_alone(app: TestApp) {
        let (hr, trainer) = (app.as_("hr").await, app.as_("colleague").await);
        let input = json!({ "entryId": company::id(Table::HoursEntry, 1), "minutes": 10, "reason": "Left early." });
        hr.change("trainingHoursCorrect", "entry { id }", input).await.fine();
        let row = |n: usize, version: i64, attendance: &str, minutes: Value| json!({
            "enrolmentId": company::id(Table::Enrolment, n), "expectedVersion": version, "attendance": attendance, "minutes": minutes,
        });
        let record = async |rows: Value, reason: Value| {
            let input = json!({ "sessionId": session(2), "rows": rows, "reason": reason });
            trainer.change("trainingAttendanceRecord", "session { id }", input).await.fine();
        };
        let booked = async |n: usize| {
            let rows = training_hour::Entity::find().filter(training_hour::Column::EnrolmentId.eq(key(Table::Enrolment, n)));
            rows.all(app.db.reader()).await.expect("the ledger").iter().map(|row| row.minutes).collect::<Vec<_>>()
        };
        record(json!([row(1, 1, "PRESENT", Value::Null)]), Value::Null).await;
        assert_eq!(booked(1).await.iter().sum::<i32>(), 10, "the same attendance undoes no correction");
        // Nor beside one that is put right.
        record(json!([row(1, 2, "PRESENT", Value::Null), row(3, 1, "PART", json!(30))]), json!("As it was.")).await;
        assert_eq!((booked(1).await.len(), booked(1).await.iter().sum::<i32>()), (2, 10));
        assert_eq!(booked(3).await.iter().sum::<i32>(), 30);
        // Put right, it counts anew.
        record(json!([row(1, 3, "PART", json!(60))]), json!("As it was.")).await;
        assert_eq!(booked(1).await.iter().sum::<i32>(), 60);
    }

    async fn what_was_learnt_counts_in_figures(app: TestApp) {
        let hr = app.as_("hr").await;
        let figure = async |key: &str| {
            let now = app.clock.now();
            app.counter.catch_up(&app.db, now).await.expect("it counts");
            let query = "query($key: String!) { metric(key: $key, period: { from: \"2026-01-01\", to: \"2026-12-01\" }) { groups { figure { value records { totalCount nodes { recordId record { id } } } } } } }";
            let reply = hr.send(query, json!({ "key": key })).await.fine();
            let group = reply.data("metric.groups.0.figure").clone();
            assert!(group["records"]["nodes"].as_array().expect("records").iter().all(|row| row["recordId"].is_string() && row["record"]["id"] == row["recordId"]), "each leads to its record: {reply}");
            (group["value"].clone(), group["records"]["totalCount"].clone())
        };
        let ledger = training_hour::Entity::find().all(app.db.reader()).await.expect("the ledger");
        let seconds: i32 = ledger.iter().map(|row| row.minutes * 60).sum();
        assert_eq!(figure("training_hours").await, (json!(seconds.to_string()), json!(ledger.len())));
        // Three came, one didn't, as the turnout says too.
        assert_eq!(figure("training_places").await, (json!("3"), json!(4)));
        assert_eq!(figure("training_attendance").await, (json!("75"), json!(4)));

        // What is put right counts on the day of the training.
        let input = json!({ "entryId": company::id(Table::HoursEntry, 1), "minutes": 100, "reason": "Came late." });
        hr.change("trainingHoursCorrect", "entry { id }", input).await.fine();
        assert_eq!(figure("training_hours").await, (json!((seconds - 20 * 60).to_string()), json!(ledger.len() + 1)));
    }

    async fn the_ledger_only_grows(app: TestApp) {
        let db = app.db.reader();
        let connection = app.database().connect().await;
        let first = training_hour::Column::Id.eq(key(Table::HoursEntry, 1));
        let changed = training_hour::Entity::update_many()
            .col_expr(training_hour::Column::Minutes, Expr::value(1))
            .filter(first.clone())
            .exec(&connection)
            .await;
        assert!(changed.is_err(), "nobody changes an entry");
        let deleted = training_hour::Entity::delete_many().filter(first).exec(&connection).await;
        assert!(deleted.is_err(), "nobody deletes an entry");
        assert_eq!(training_hour::Entity::find().all(db).await.expect("rows").len(), 3);
    }

    async fn a_calendar_by_secret_link(app: TestApp) {
        let agent = app.as_("agent").await;
        enrol(&agent, json!([])).await.fine();
        let get = async |path: &str, tag: Option<&str>| {
            let mut request = Request::get(path);
            if let Some(tag) = tag {
                request = request.header(header::IF_NONE_MATCH, tag);
            }
            let response = app.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.expect("a body").to_bytes();
            (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&bytes).into_owned())
        };
        let path = calendar_link(&agent).await;
        let (status, headers, text) = get(&path, None).await;
        assert_eq!(status, 200);
        assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 4, "two sessions and two meetings: {text}");
        assert!(text.contains("DTSTART:20260312T020000Z") && text.contains("LOCATION:Room 1"), "{text}");
        let tag = headers[header::ETAG].to_str().expect("a tag").to_owned();
        assert_eq!(get(&path, Some(&tag)).await.0, 304);
        let other = calendar_link(&agent).await;
        assert_eq!(get(&path, None).await.0, 404, "the former link opens nothing");
        assert_eq!(get(&other, None).await.0, 200);
        agent.ask("mutation { trainingCalendarRevoke { revoked userErrors { code } } }").await.fine();
        assert_eq!(get(&other, None).await.0, 404);
        for wrong in ["/calendar/acal_guess.ics", "/calendar/%ff.ics"] {
            let (status, headers, text) = get(wrong, None).await;
            assert_eq!(status, 404, "{wrong}: {text}");
            assert_eq!(headers[header::CONTENT_TYPE], "application/json; charset=utf-8", "{wrong}");
            assert!(text.contains("NOT_FOUND"), "{wrong}: {text}");
        }
    }

    async fn a_calendar_link_ends_with_the_rights_behind_it(app: TestApp) {
        let (admin, agent, colleague) = (app.as_("admin").await, app.as_("agent").await, app.as_("colleague").await);
        let (path, of_colleague) = (calendar_link(&agent).await, calendar_link(&colleague).await);
        let get = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let response = app.router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.expect("a body").to_bytes();
            (parts.status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
        };
        let (status, text) = get(&path).await;
        assert_eq!(status, 200);
        assert!(text.contains("UID:meeting_") && text.contains("UID:trainingsession_"), "{text}");
        assert_eq!(get(&of_colleague).await.0, 200);

        let roles = admin.ask("{ roles(first: 100) { nodes { id key version } } }").await.fine();
        let role = roles.list("roles.nodes").iter().find(|role| role["key"] == "agent").expect("a built-in role");
        let meetings = json!({
            "id": role["id"], "expectedVersion": role["version"], "revoke": [{ "permission": "meeting.read", "reach": "OWN" }],
        });
        admin.change("roleGrantsChange", "role { version }", meetings).await.fine();
        let (status, text) = get(&path).await;
        assert_eq!(status, 200);
        assert!(!text.contains("UID:meeting_") && text.contains("UID:trainingsession_"), "no meetings without the permission: {text}");

        let whose = json!({ "id": company::id(Table::User, 20), "expectedVersion": 1 });
        admin.change("userDisable", "user { status }", whose).await.fine();
        assert_eq!(get(&of_colleague).await.0, 404, "the account is disabled");

        let taken = json!({ "roleId": role["id"], "principal": { "userId": company::id(Table::User, 3) } });
        admin.change("roleTake", "", taken).await.fine();
        assert_eq!(get(&path).await.0, 404, "no role is left");
        let revoke = "mutation { trainingCalendarRevoke { revoked userErrors { code } } }";
        let revoked = agent.ask(revoke).await.fine();
        assert_eq!(revoked.data("trainingCalendarRevoke.revoked"), true, "that needs no right");
        assert_eq!(app.stranger().ask(revoke).await.error_codes(), ["UNAUTHENTICATED"]);
    }

    async fn reaches_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let data = company::data();
        let facts = |member| MemberFacts {
            member: data.members.iter().find(|row| row.id == member).expect("a member").clone(),
            assignments: data.assignments.iter().filter(|row| row.member_id == member).cloned().collect(),
        };
        let rows = &data.training;
        let trainers = |session| -> Vec<_> { rows.trainers.iter().filter(|row| row.session_id == session).map(|row| row.member_id).collect() };
        let sessions: BTreeMap<_, _> = rows.sessions.iter().map(|row| {
            let enrolled = rows.enrolments.iter().filter(|it| it.session_id == row.id).map(|it| facts(it.member_id).assignments);
            (row.id, SessionFacts { trainers: trainers(row.id), enrolled: enrolled.collect() })
        }).collect();
        let enrolments: Vec<_> = rows.enrolments.iter().map(|row| {
            (row.id, EnrolmentFacts { member: facts(row.member_id), trainers: trainers(row.session_id) })
        }).collect();
        let of_sessions: Vec<_> = sessions.iter().map(|(id, facts)| (*id, facts.clone())).collect();
        let of_trainers: Vec<_> = rows.trainers.iter().map(|row| (row.id, sessions[&row.session_id].clone())).collect();
        let hours: Vec<_> = rows.hours.iter().map(|row| (row.id, facts(row.member_id))).collect();
        let studies: Vec<_> = rows.studies.iter().map(|row| (row.id, facts(row.member_id))).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let me = viewer.standing.member_id;
            let lends = |id| {
                let open = id == key(Table::TrainingSession, 1);
                me.is_some_and(|me| open || rows.enrolments.iter().any(|row| row.session_id == id && row.member_id == me))
            };
            let lent = rows.sessions.iter().map(|row| row.id).filter(|id| lends(*id)).collect();
            hold_equal_with::<training_session::Entity>(&app.db, &of_sessions, &viewer.standing, &lent).await;
            let lent = rows.trainers.iter().filter(|row| lends(row.session_id)).map(|row| row.id).collect();
            hold_equal_with::<training_session_trainer::Entity>(&app.db, &of_trainers, &viewer.standing, &lent).await;
            hold_equal::<training_enrolment::Entity>(&app.db, &enrolments, &viewer.standing).await;
            hold_equal::<training_hour::Entity>(&app.db, &hours, &viewer.standing).await;
            hold_equal::<training_study::Entity>(&app.db, &studies, &viewer.standing).await;
        }
    }
}
