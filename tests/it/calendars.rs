//! Business calendars: shipped, made, versioned, and tried.

use aftercare::calendars::shipped::install;
use aftercare::calendars::{Calendar, store};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{calendar, calendar_version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, Set,
};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::start;
use crate::support::database::both_databases;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// The id of a calendar as clients write it.
async fn id_of(actor: &Actor, code: &str) -> String {
    let query =
        "query($code: String!) { calendars(filter: { code: { eq: $code } }) { nodes { id } } }";
    let reply = actor.send(query, json!({ "code": code })).await;
    reply.text("calendars.nodes.0.id").to_owned()
}

async fn add(actor: &Actor, input: Value) -> Reply {
    actor
        .change(
            "calendarVersionAdd",
            "calendar { version current { number } }",
            input,
        )
        .await
}

/// The office's present version.
async fn office(app: &TestApp) -> (calendar::Model, calendar_version::Model) {
    let row = store::by_code(app.db.reader(), "cn_office")
        .await
        .expect("an answer")
        .expect("the office");
    let version = store::current(app.db.reader(), row.id)
        .await
        .expect("its version");
    (row, version)
}

async fn install_again(app: &TestApp) {
    let transaction = app.db.begin().await.expect("a transaction");
    install(&transaction, start()).await.expect("it installs");
    transaction.commit().await.expect("it commits");
}

/// Takes the days from 2026 on out of the office's present version, as an older program would have installed it.
async fn forget_2026(app: &TestApp) {
    let (_, version) = office(app).await;
    let mut days = version.days.as_object().expect("days").clone();
    days.retain(|date, _| !date.starts_with("2026"));
    let mut row = version.into_active_model();
    row.days = Set(Value::Object(days));
    let transaction = app.db.begin().await.expect("a transaction");
    row.update(&transaction).await.expect("it is written");
    transaction.commit().await.expect("it commits");
}

both_databases! {
    async fn the_shipped_calendars_are_there(app: TestApp) {
        let agent = app.as_("agent").await;
        let query = "{ calendars(filter: { code: { in: [\"always\", \"cn_office\", \"cn_service\"] } }) { totalCount nodes { code nameZh version current { number shipped timeZone
            days(from: \"2026-02-14\", to: \"2026-02-16\") { date kind like windows { from } name nameZh }
            weekly { weekday windows { from to } } } versions { totalCount } } } }";
        let reply = agent.ask(query).await;
        assert_eq!(reply.data("calendars.totalCount"), 3, "{reply}");
        let codes: Vec<&Value> = reply.list("calendars.nodes").iter().map(|node| &node["code"]).collect();
        assert_eq!(codes, ["always", "cn_office", "cn_service"]);
        let current = reply.data("calendars.nodes.1.current");
        assert_eq!(current["days"], json!([
            { "date": "2026-02-14", "kind": "LIKE_WEEKDAY", "like": "MONDAY", "windows": null,
              "name": "Spring Festival, working day", "nameZh": "春节调休上班" },
            { "date": "2026-02-15", "kind": "HOLIDAY", "like": null, "windows": null, "name": "Spring Festival", "nameZh": "春节" },
        ]));
        assert_eq!(current["weekly"][0], json!({ "weekday": "MONDAY", "windows": [
            { "from": "09:00", "to": "12:00" }, { "from": "13:30", "to": "18:00" },
        ] }));
        assert_eq!(current["weekly"][6], json!({ "weekday": "SUNDAY", "windows": [] }));
        assert_eq!(current["shipped"], true);
        assert_eq!(reply.data("calendars.nodes.0.current.weekly.6.windows.0"), &json!({ "from": "00:00", "to": "24:00" }));
        let before = calendar_version::Entity::find().count(app.db.reader()).await.expect("a count");
        install_again(&app).await;
        let after = calendar_version::Entity::find().count(app.db.reader()).await.expect("a count");
        assert_eq!(after, before);
    }

    async fn a_calendar_can_be_tried(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = id_of(&agent, "cn_office").await;
        let preview = "query($id: ID!, $from: DateTime!, $to: DateTime!) {
            calendarPreview(id: $id, from: $from, to: $to) { workingTime version { number } spans { from to length } } }";
        // The last working day before the Spring Festival of 2026, a Saturday, to the first one after it.
        let variables = json!({ "id": id, "from": "2026-02-14T17:00:00+08:00", "to": "2026-02-24T10:00:00+08:00" });
        let reply = agent.send(preview, variables).await;
        assert_eq!(reply.data("calendarPreview"), &json!({
            "workingTime": "PT2H", "version": { "number": 1 },
            "spans": [
                { "from": "2026-02-14T09:00:00Z", "to": "2026-02-14T10:00:00Z", "length": "PT1H" },
                { "from": "2026-02-24T01:00:00Z", "to": "2026-02-24T02:00:00Z", "length": "PT1H" },
            ],
        }));
        let due = "query($id: ID!, $time: Duration!, $version: Int) {
            calendarDue(id: $id, version: $version, from: \"2026-02-14T09:00:00Z\", workingTime: $time) { dueAt version { number } } }";
        for (time, expected) in [("PT1H30M", json!("2026-02-24T01:30:00Z")), ("PT0S", json!("2026-02-14T09:00:00Z")), ("P3000D", Value::Null)] {
            let reply = agent.send(due, json!({ "id": id, "time": time })).await;
            assert_eq!(reply.data("calendarDue.dueAt"), &expected, "{time} {reply}");
        }
        let reply = agent.send(due, json!({ "id": id, "time": "PT1H", "version": 7 })).await;
        assert_eq!(reply.data("calendarDue"), &Value::Null);
        for (from, to) in [("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"), ("2026-01-01T00:00:00Z", "2026-04-12T00:00:00Z")] {
            let reply = agent.send(preview, json!({ "id": id, "from": from, "to": to })).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{from} {to}");
        }
        for time in ["-PT1H", "P4000D"] {
            let reply = agent.send(due, json!({ "id": id, "time": time })).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{time}");
        }
    }

    async fn calendars_are_made_once_and_looked_over_first(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let weekly = json!([{ "weekday": "MONDAY", "windows": [{ "from": "22:00", "to": "06:00" }] }]);
        let good = json!({
            "code": "berlin_nights", "name": "Nights", "nameZh": "夜班", "timeZone": "Europe/Berlin", "weekly": weekly,
            "days": [{ "date": "2026-12-24", "windows": [{ "from": "10:00", "to": "12:00" }], "nameZh": "平安夜" }],
            "idempotencyKey": "night-1",
        });
        let with = |field: &str, value: Value| { let mut input = good.clone(); input[field] = value; input };
        let select = "calendar { id code current { number shipped days { date kind windows { from to } nameZh } } }";
        let reply = manager.change("calendarCreate", select, with("checkOnly", json!(true))).await;
        assert_eq!(reply.data("calendarCreate"), &json!({ "calendar": null, "userErrors": [] }));
        let reply = manager.change("calendarCreate", select, with("checkOnly", json!(false))).await;
        let made = reply.data("calendarCreate.calendar").clone();
        assert_eq!(made["current"], json!({ "number": 1, "shipped": false, "days": [
            { "date": "2026-12-24", "kind": "WINDOWS", "windows": [{ "from": "10:00", "to": "12:00" }], "nameZh": "平安夜" },
        ] }));
        let again = manager.change("calendarCreate", select, with("checkOnly", json!(false))).await;
        assert_eq!(again.data("calendarCreate.calendar.id"), &made["id"], "the same key does nothing twice");

        let wrong = json!({
            "code": "Night", "name": "", "nameZh": "夜", "timeZone": "Mars/Olympus",
            "weekly": [{ "weekday": "MONDAY", "windows": [{ "from": "9", "to": "12:00" }] }],
            "days": [{ "date": "2026-12-24", "windows": [{ "from": "10:00", "to": "12:00" }, { "from": "11:00", "to": "13:00" }] }],
        });
        let reply = manager.change("calendarCreate", select, wrong).await;
        let fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.code", "input.name", "input.timeZone", "input.weekly.0.windows.0", "input.days.0.windows"], "{reply}");
        let taken = manager.change("calendarCreate", select, with("idempotencyKey", Value::Null)).await;
        assert_eq!(taken.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let agent = app.as_("agent").await;
        let reply = agent.change("calendarCreate", "calendar { id }", with("code", json!("mine"))).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
    }

    async fn a_new_version_leaves_the_old_one_as_it_was(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let id = id_of(&manager, "cn_office").await;
        let (_, before) = office(&app).await;
        let day_off = json!({ "id": id, "expectedVersion": 1, "days": [{ "date": "2026-11-23", "name": "Stocktaking" }], "note": "Stocktaking" });
        let reply = add(&manager, day_off.clone()).await;
        assert_eq!(reply.data("calendarVersionAdd.calendar"), &json!({ "version": 2, "current": { "number": 2 } }), "{reply}");
        let stale = add(&manager, day_off).await;
        assert_eq!(stale.error_codes(), ["CONFLICT"]);
        // The same content again isn't a version.
        let same = add(&manager, json!({ "id": id, "expectedVersion": 2, "timeZone": "Asia/Shanghai" })).await;
        assert_eq!(same.data("calendarVersionAdd.calendar.version"), 2);

        let (row, after) = office(&app).await;
        assert_eq!(after.number, 2);
        let kept = store::versions(app.db.reader(), &[before.id, after.id]).await.expect("both");
        assert_eq!(kept[&before.id], before);
        let (old, new) = (Calendar::from_version(&before).expect("a calendar"), Calendar::from_version(&after).expect("a calendar"));
        let (from, to) = (at("2026-11-22T16:00:00Z"), at("2026-11-23T16:00:00Z"));
        assert_eq!((old.working_seconds(from, to), new.working_seconds(from, to)), (27_000, 0));
        let query = "query($id: ID!) { calendar(id: $id) { versions { nodes { number note shipped calendar { code } } } } node(id: $id) { id } }";
        let reply = manager.send(query, json!({ "id": id })).await;
        assert_eq!(reply.data("calendar.versions.nodes"), &json!([
            { "number": 2, "note": "Stocktaking", "shipped": false, "calendar": { "code": "cn_office" } },
            { "number": 1, "note": "Installed", "shipped": true, "calendar": { "code": "cn_office" } },
        ]));

        let removed = add(&manager, json!({ "id": id, "expectedVersion": 2, "removeDays": ["2026-11-23", "2026-11-24"] })).await;
        assert_eq!(removed.user_errors(), [("INVALID", "input.removeDays.1".to_owned())]);
        let removed = add(&manager, json!({ "id": id, "expectedVersion": 2, "removeDays": ["2026-11-23"], "removeDaysBefore": "2026-01-01" })).await;
        assert_eq!(removed.data("calendarVersionAdd.calendar.current.number"), 3);
        let (_, latest) = office(&app).await;
        assert_eq!(latest.days.as_object().expect("days").len(), 39, "33 holidays and 6 worked days of 2026");
        assert_eq!(row.version, 2);
    }

    async fn of_two_versions_at_once_one_is_added(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let admin = app.as_("admin").await;
        let id = id_of(&manager, "cn_service").await;
        let input = |date: &str| json!({ "id": id, "expectedVersion": 1, "days": [{ "date": date }] });
        let (one, other) = tokio::join!(add(&manager, input("2026-11-23")), add(&admin, input("2026-11-24")));
        let refused = [&one, &other].iter().filter(|reply| reply.error_codes() == ["CONFLICT"]).count();
        assert_eq!(refused, 1, "{one} {other}");
    }

    async fn shipped_days_grow_unless_somebody_made_a_version(app: TestApp) {
        forget_2026(&app).await;
        install_again(&app).await;
        let (row, version) = office(&app).await;
        assert_eq!((row.current, version.number, row.version), (2, 2, 2));
        assert_eq!(version.note.as_deref(), Some("Special days brought up to date"));
        assert!(version.days.as_object().expect("days").contains_key("2026-10-10"));
        install_again(&app).await;
        assert_eq!(office(&app).await.0.current, 2, "a second time changes nothing");

        let manager = app.as_("service_manager").await;
        let id = id_of(&manager, "cn_office").await;
        let own = add(&manager, json!({ "id": id, "expectedVersion": 2, "days": [{ "date": "2026-11-23" }] })).await;
        assert_eq!(own.data("calendarVersionAdd.calendar.version"), 3);
        forget_2026(&app).await;
        install_again(&app).await;
        assert_eq!(office(&app).await.0.current, 3, "what an admin made stays");
    }

    async fn present_versions_of_many_are_one_statement(app: TestApp) {
        let rows = calendar::Entity::find().filter(calendar::Column::Code.ne("")).all(app.db.reader()).await.expect("rows");
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let before = app.db.statements();
        let current = store::current_of(app.db.reader(), &ids).await.expect("versions");
        assert_eq!(app.db.statements() - before, 1);
        assert!(ids.len() >= 3 && current.len() == ids.len());
        let always = rows.iter().find(|row| row.code == "always").expect("it is there");
        let always = Calendar::from_version(&current[&always.id]).expect("a calendar");
        assert_eq!(always.working_time(start(), start() + TimeDelta::days(400)), TimeDelta::days(400));
    }
}
