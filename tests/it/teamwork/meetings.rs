use axum::body::Body;
use axum::http::Request;
use chrono::TimeDelta;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{change, id};
use crate::support::app::{Actor, TestApp};
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn ahead(days: i64) -> String {
    days_ago(-days).to_string()
}

fn series() -> Value {
    json!({
        "kind": "MEETING", "title": "Desk", "teamId": id(Table::Team, 1), "rhythm": "BIWEEKLY", "firstDay": ahead(1), "time": "09:30", "minutes": 30,
        "memberIds": [id(Table::Member, 2), id(Table::Member, 3)], "planUntil": ahead(30), "idempotencyKey": "s1",
    })
}

async fn meetings(actor: &Actor, of: &str) -> Vec<Value> {
    let query = "query($of: ID!) { meetings(filter: { seriesId: { eq: $of } }, orderBy: STARTS_AT_ASC) { nodes {
        id version startsAt endsAt state agenda { title actionItem { id } } invitees { member { number } attendance } } } }";
    let reply = actor.send(query, json!({ "of": of })).await.fine();
    reply.list("meetings.nodes").to_vec()
}

both_databases! {
    async fn a_series_is_planned_bit_by_bit(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let made = lead.change("meetingSeriesCreate", "series { id version plannedUntil }", series()).await.fine();
        let again = lead.change("meetingSeriesCreate", "series { id }", series()).await.fine();
        let one = made.text("meetingSeriesCreate.series.id").to_owned();
        assert_eq!(again.text("meetingSeriesCreate.series.id"), one);
        let planned = meetings(&lead, &one).await;
        let starts: Vec<_> = planned.iter().map(|row| row["startsAt"].as_str().expect("a time")).collect();
        assert_eq!(starts, ["2026-03-03T01:30:00Z", "2026-03-17T01:30:00Z", "2026-03-31T01:30:00Z"]);
        assert_eq!(planned[0]["invitees"].as_array().map(Vec::len), Some(3), "the organiser too");
        let earlier = json!({ "id": one, "until": ahead(20) });
        assert_eq!(change(&lead, "meetingSeriesPlan", "series { id }", 1, earlier).await.user_errors(), [("INVALID", "input.until".to_owned())]);
        change(&lead, "meetingSeriesPlan", "series { id }", 1, json!({ "id": one, "until": ahead(60) })).await.fine();
        assert_eq!(meetings(&lead, &one).await.len(), 5, "each day once");

        // One is put off; another time for all leaves it where it was put.
        let later = json!({
            "id": planned[1]["id"], "title": "Desk", "startsAt": "2026-03-18T01:30:00Z", "endsAt": "2026-03-18T02:00:00Z",
            "inviteeIds": [id(Table::Member, 2), id(Table::Member, 3)],
        });
        change(&lead, "meetingUpdate", "meeting { id }", 1, later).await.fine();
        let update = json!({ "id": one, "title": "Desk", "time": "10:00", "minutes": 45, "memberIds": [id(Table::Member, 2)] });
        change(&lead, "meetingSeriesUpdate", "series { time }", 2, update).await.fine();
        let now = meetings(&lead, &one).await;
        let starts: Vec<_> = now.iter().take(3).map(|row| row["startsAt"].as_str().expect("a time")).collect();
        assert_eq!(starts, ["2026-03-03T02:00:00Z", "2026-03-18T01:30:00Z", "2026-03-31T02:00:00Z"]);
        assert!(now.iter().all(|row| row["invitees"].as_array().map(Vec::len) == Some(2)), "{now:?}");
        let agent = app.as_("agent").await;
        assert_eq!(change(&agent, "meetingSeriesEnd", "series { id }", 3, json!({ "id": one })).await.error_codes(), ["FORBIDDEN"], "seen, not run");
        change(&lead, "meetingSeriesEnd", "series { endedAt }", 3, json!({ "id": one })).await.fine();
        assert!(meetings(&lead, &one).await.iter().all(|row| row["state"] == "CANCELLED"));
        for (field, value) in [("time", json!("9:30")), ("minutes", json!(3)), ("planUntil", json!(ahead(0))), ("firstDay", json!(ahead(-1)))] {
            let mut wrong = series();
            wrong[field] = value;
            wrong["idempotencyKey"] = Value::Null;
            let errors = lead.change("meetingSeriesCreate", "series { id }", wrong).await;
            assert_eq!(errors.user_errors()[0], ("INVALID", format!("input.{field}")), "{errors}");
        }
    }

    async fn what_is_not_done_goes_on_the_next_agenda(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let made = lead.change("meetingSeriesCreate", "series { id }", series()).await.fine();
        let one = made.text("meetingSeriesCreate.series.id").to_owned();
        let planned = meetings(&lead, &one).await;
        let (first, second) = (planned[0]["id"].clone(), planned[1]["id"].clone());
        let agenda = json!({ "id": first, "items": [{ "title": "Waiting times", "minutes": 10, "presenterId": id(Table::Member, 2) }] });
        change(&lead, "meetingAgendaSet", "meeting { version }", 1, agenda).await.fine();
        assert_eq!(change(&lead, "meetingFinish", "meeting { id }", 2, json!({ "id": first })).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "it hasn't begun");
        app.clock.advance(TimeDelta::days(2));
        let lead = app.as_("team_lead").await;
        let item = async |title: &str, owner: usize| {
            let input = json!({ "meetingId": first, "title": title, "ownerId": id(Table::Member, owner), "dueOn": ahead(9) });
            let made = lead.change("actionItemCreate", "actionItem { id }", input).await.fine();
            made.text("actionItemCreate.actionItem.id").to_owned()
        };
        let (done, left) = (item("Write the template", 2).await, item("Ask the customers", 3).await);
        let (agent, colleague) = (app.as_("agent").await, app.as_("colleague").await);
        change(&agent, "actionItemAdvance", "actionItem { state }", 1, json!({ "id": done, "state": "DONE", "note": "See knowledge." })).await.fine();
        assert_eq!(change(&agent, "actionItemAdvance", "actionItem { id }", 1, json!({ "id": left, "state": "DONE" })).await.error_codes(), ["FORBIDDEN"], "somebody else's");
        assert_eq!(change(&colleague, "actionItemAdvance", "actionItem { id }", 1, json!({ "id": left, "state": "DROPPED" })).await.user_errors(), [("BLANK", "input.note".to_owned())]);
        change(&colleague, "actionItemAdvance", "actionItem { state }", 1, json!({ "id": left, "state": "IN_PROGRESS" })).await.fine();
        let mine = json!({ "id": left, "title": "Ask nobody", "ownerId": id(Table::Member, 3), "dueOn": ahead(300) });
        assert_eq!(change(&colleague, "actionItemUpdate", "actionItem { id }", 2, mine).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);

        let record = json!({ "id": first, "rows": [{ "memberId": id(Table::Member, 2), "attendance": "PRESENT" }, { "memberId": id(Table::Member, 3), "attendance": "EXCUSED" }] });
        change(&lead, "meetingAttendanceRecord", "meeting { id }", 2, record).await.fine();
        change(&lead, "meetingMinutesWrite", "meeting { id }", 3, json!({ "id": first, "body": "We talked." })).await.fine();
        change(&lead, "meetingFinish", "meeting { state }", 4, json!({ "id": first })).await.fine();
        let written = change(&lead, "meetingMinutesWrite", "meeting { minutes { number body } }", 5, json!({ "id": first, "body": "We talked a lot." })).await.fine();
        assert_eq!(written.data("meetingMinutesWrite.meeting.minutes.1"), &json!({ "number": 1, "body": "We talked." }), "the first version stays");
        lead.change("meetingDecisionAdd", "meeting { decisions { number } }", json!({ "meetingId": first, "body": "An hour at most." })).await.fine();

        let now = meetings(&lead, &one).await;
        assert_eq!(now[1]["agenda"], json!([{ "title": "Ask the customers", "actionItem": { "id": left } }]), "what is done isn't carried");
        // The agenda is written anew: what was carried stays at its end, once.
        change(&lead, "meetingAgendaSet", "meeting { id }", 1, json!({ "id": second, "items": [{ "title": "Holidays" }] })).await.fine();
        item("Count the calls", 2).await;
        let now = meetings(&lead, &one).await;
        let titles: Vec<_> = now[1]["agenda"].as_array().expect("an agenda").iter().map(|row| row["title"].as_str().expect("a title")).collect();
        assert_eq!(titles, ["Holidays", "Ask the customers", "Count the calls"]);

        // Overdue is seen by owner and lead, and counted by a filter.
        app.clock.advance(TimeDelta::days(10));
        let overdue = "{ actionItems(filter: { overdue: true }) { nodes { title overdue } } }";
        let seen = app.as_("colleague").await.ask(overdue).await.fine();
        assert_eq!(seen.data("actionItems.nodes"), &json!([{ "title": "Ask the customers", "overdue": true }, { "title": "Count the calls", "overdue": true }]), "of a meeting in common");
        let seen = app.as_("team_lead").await.ask(overdue).await.fine();
        assert_eq!(seen.list("actionItems.nodes").len(), 3, "{seen}");
        // Cancelled: it goes on to the one after.
        let lead = app.as_("team_lead").await;
        change(&lead, "meetingCancel", "meeting { id }", 2, json!({ "id": second, "reason": "Holiday." })).await.fine();
        let now = meetings(&lead, &one).await;
        assert_eq!(now[2]["agenda"].as_array().map(Vec::len), Some(2), "{now:?}");
    }

    async fn who_may_do_what_with_a_meeting(app: TestApp) {
        // Seen by invitees, changed by the organiser and by whoever manages all.
        for (login, expected) in [("agent", "FORBIDDEN"), ("colleague", "NOT_FOUND"), ("engineer", "NOT_FOUND"), ("trainer", "NOT_FOUND"), ("auditor", "FORBIDDEN"), ("partner", "FORBIDDEN")] {
            let input = json!({ "id": id(Table::Meeting, 2), "reason": "No." });
            let reply = change(&app.as_(login).await, "meetingCancel", "meeting { id }", 1, input).await;
            assert_eq!(reply.error_codes(), [expected], "{login}");
        }
        let outsider = json!({
            "kind": "SHARING", "title": "How I mend arrays", "startsAt": "2026-03-05T06:00:00Z", "endsAt": "2026-03-05T07:00:00Z", "inviteeIds": [id(Table::Member, 2)],
        });
        let reply = app.as_("engineer").await.change("meetingCreate", "meeting { id }", outsider.clone()).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.inviteeIds".to_owned())], "out of the engineer's sight");
        let coordinator = app.as_("coordinator").await;
        coordinator.change("meetingCreate", "meeting { kind organiser { number } }", outsider).await.fine();
        let manager = app.as_("service_manager").await;
        change(&manager, "meetingCancel", "meeting { reason }", 1, json!({ "id": id(Table::Meeting, 2), "reason": "Snow." })).await.fine();
    }

    async fn meetings_stand_in_the_calendar(app: TestApp) {
        let agent = app.as_("agent").await;
        let renewed = agent.ask("mutation { trainingCalendarRenew { url userErrors { code } } }").await.fine();
        let url = renewed.text("trainingCalendarRenew.url");
        let path = url[url.find("/calendar/").expect("a path")..].to_owned();
        let text = async || {
            let request = Request::get(&path).body(Body::empty()).expect("a request");
            let response = app.router.clone().oneshot(request).await.expect("an answer");
            let bytes = response.into_body().collect().await.expect("a body").to_bytes();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let shown = text().await;
        assert!(shown.contains("SUMMARY:Meeting 2") && shown.contains("UID:meeting_"), "{shown}");
        assert!(shown.contains("UID:trainingsession_"), "trainings beside it: {shown}");
        assert!(!shown.contains("Meeting 3"), "not what others meet for");
        let manager = app.as_("service_manager").await;
        change(&manager, "meetingCancel", "meeting { id }", 1, json!({ "id": id(Table::Meeting, 2), "reason": "Snow." })).await.fine();
        assert!(text().await.contains("STATUS:CANCELLED"));
    }
}
