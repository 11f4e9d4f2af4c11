//! What was frozen stays as it was, whatever is found out later, and the difference is told with its causes.

/// Random companies: everything is frozen, corrected, counted anew.
mod random;

use aftercare::metrics::counting::{self, Finding};
use chrono::{NaiveDate, TimeDelta};
use entity::enums::{Attribution, Province};
use entity::{
    audit_log, metric_cell, metric_fact, metric_frozen_cell, metric_frozen_fact, metric_snapshot,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::figures::{catch_up, minimum};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

const FEBRUARY: [&str; 2] = ["2026-02-01", "2026-03-01"];

/// The n-th rating: of a member in a team on a day of February.
fn rated(n: u128, member: usize, team: usize, day: u32, rating: i64) -> metric_fact::Model {
    let day = NaiveDate::from_ymd_opt(2026, 2, day).expect("a day");
    metric_fact::Model {
        id: Uuid::from_u128(n),
        source: "ticket.rated".to_owned(),
        attribution: Attribution::Owner,
        record_kind: "ticket".to_owned(),
        record_id: key(Table::Ticket, n as usize),
        part: 0,
        at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
        day,
        weight: 10_000,
        member_id: Some(key(Table::Member, member)),
        team_id: Some(key(Table::Team, team)),
        department_id: Some(key(Table::Department, 1)),
        province: Some(Province::Hebei),
        product_id: None,
        channel: Some("phone".to_owned()),
        kind: Some("complaint".to_owned()),
        detail: None,
        value0: Some(rating),
        value1: None,
        value2: None,
        value3: None,
    }
}

/// Facts that the register has from now on, in place of all of its source, summed up.
async fn only(app: &TestApp, facts: &[metric_fact::Model]) {
    catch_up(app).await;
    let db = app.db.reader();
    metric_fact::Entity::delete_many()
        .filter(metric_fact::Column::Source.eq("ticket.rated"))
        .exec(db)
        .await
        .expect("facts go");
    let rows = facts.iter().map(|row| {
        let row = row.clone().into_active_model();
        sea_orm::ActiveModelTrait::reset_all(row)
    });
    metric_fact::Entity::insert_many(rows)
        .exec(db)
        .await
        .expect("facts come");
    counting::sum_all(&app.db, &app.counter)
        .await
        .expect("sums");
}

fn input([from, to]: [&str; 2]) -> Value {
    json!({ "name": " February ", "nameZh": "二月", "period": { "from": from, "to": to }, "note": "For the appraisals." })
}

const SNAPSHOT: &str =
    "snapshot { id name nameZh from to note frozenAt metrics { key version { number } } }";

async fn freeze(who: &Actor, input: Value) -> Reply {
    who.change("metricSnapshotFreeze", SNAPSHOT, input).await
}

async fn frozen(who: &Actor) -> String {
    let reply = freeze(who, input(FEBRUARY)).await.fine();
    reply.text("metricSnapshotFreeze.snapshot.id").to_owned()
}

/// Asks for satisfaction in February.
async fn satisfaction(who: &Actor, snapshot: &str, arguments: &str, fields: &str) -> Reply {
    let snapshot = if snapshot.is_empty() {
        String::new()
    } else {
        format!("snapshot: \"{snapshot}\", ")
    };
    who.ask(&format!("{{ metric(key: \"satisfaction\", {snapshot}period: {{ from: \"2026-02-01\", to: \"2026-03-01\" }}, granularity: MONTH{arguments}) {{ {fields} }} }}")).await
}

const DIFFERENCE: &str =
    "key then now change withheld retired redefined causes { kind change count }";

fn kinds(difference: &Value) -> Vec<(&str, &str, i64)> {
    let causes = difference["causes"].as_array().expect("causes");
    causes
        .iter()
        .map(|cause| {
            (
                cause["kind"].as_str().expect("a kind"),
                cause["change"].as_str().unwrap_or("-"),
                cause["count"].as_i64().unwrap_or(-1),
            )
        })
        .collect()
}

both_databases! {
    async fn a_period_is_frozen_once_and_found_again(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let mut order = input(FEBRUARY);
        order["idempotencyKey"] = "february".into();
        let reply = freeze(&manager, order.clone()).await.fine();
        let made = reply.data("metricSnapshotFreeze.snapshot").clone();
        assert_eq!((&made["name"], &made["nameZh"], &made["note"]), (&json!("February"), &json!("二月"), &json!("For the appraisals.")));
        assert_eq!((&made["from"], &made["to"], &made["frozenAt"]), (&json!("2026-02-01"), &json!("2026-03-01"), &json!("2026-03-02T02:00:00Z")));
        let metrics = made["metrics"].as_array().expect("metrics");
        assert!(metrics.len() > 20 && metrics.iter().all(|one| one["version"]["number"] == 1), "{made}");
        let again = freeze(&manager, order.clone()).await.fine();
        assert_eq!(again.data("metricSnapshotFreeze.snapshot.id"), &made["id"]);
        order["note"] = "Something else.".into();
        let other = freeze(&manager, order).await;
        assert_eq!(other.user_errors(), [("IDEMPOTENCY_MISMATCH", "input.idempotencyKey".to_owned())]);
        let count = metric_snapshot::Entity::find().count(app.db.reader()).await;
        assert_eq!(count.expect("a count"), 2, "with that of the company");
        let audit = audit_log::Entity::find().filter(audit_log::Column::Action.eq("metric.snapshot.freeze"));
        assert_eq!(audit.count(app.db.reader()).await.expect("a count"), 1);

        // Whoever may see any figures finds it; by id, among others, as a node.
        let agent = app.as_("agent").await;
        let id = made["id"].as_str().expect("an id");
        let found = agent.send("query($id: ID!) { metricSnapshot(id: $id) { id } node(id: $id) { __typename id } }", json!({ "id": id })).await.fine();
        assert_eq!((found.data("metricSnapshot.id"), found.data("node.__typename")), (&json!(id), &json!("MetricSnapshot")));
        let list = agent.ask("{ metricSnapshots(filter: { name: { contains: \"febru\" }, day: \"2026-02-28\" }, orderBy: FROZEN_AT_ASC) { totalCount nodes { id } }
            none: metricSnapshots(filter: { day: \"2026-03-01\" }) { totalCount } }").await.fine();
        assert_eq!((list.data("metricSnapshots.totalCount"), list.data("none.totalCount")), (&json!(2), &json!(0)));
        let by = agent.send("query($id: ID!) { metricSnapshot(id: $id) { frozenBy { id } } }", json!({ "id": id })).await;
        assert_eq!(by.error_codes(), ["FORBIDDEN"], "an agent doesn't see accounts");
        let by = app.as_("admin").await.send("query($id: ID!) { metricSnapshot(id: $id) { frozenBy { login } } }", json!({ "id": id })).await.fine();
        assert_eq!(by.data("metricSnapshot.frozenBy.login"), "service_manager");
    }

    async fn what_cannot_be_frozen(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (period, code, field) in [
            (["2026-02-01", "2026-02-01"], "INVALID", "input.period"),
            (["2026-02-02", "2026-02-01"], "INVALID", "input.period"),
            (["2020-01-01", "2026-01-01"], "INVALID", "input.period"),
            (["2026-03-03", "2026-04-01"], "RULE_VIOLATED", "input.period.from"),
        ] {
            let reply = freeze(&manager, input(period)).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{period:?}: {reply}");
        }
        let mut order = input(FEBRUARY);
        (order["name"], order["nameZh"], order["note"]) = (" ".into(), "".into(), "x".repeat(2_001).into());
        let reply = freeze(&manager, order).await;
        let fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.name", "input.nameZh", "input.note"], "{reply}");
        for login in ["team_lead", "agent", "coordinator", "hr", "auditor", "partner", "customer"] {
            let reply = freeze(&app.as_(login).await, input(FEBRUARY)).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}: {reply}");
        }
        assert_eq!(metric_snapshot::Entity::find().count(app.db.reader()).await.expect("a count"), 1);

        let id = frozen(&manager).await;
        let ask = |key: &str, from: &str, to: &str, id: &str| format!("{{ metric(key: \"{key}\", period: {{ from: \"{from}\", to: \"{to}\" }}, snapshot: \"{id}\") {{ upToDate }} }}");
        for (query, field) in [
            (ask("satisfaction", "2026-01-31", "2026-03-01", &id), "period"),
            (ask("satisfaction", "2026-02-01", "2026-03-02", &id), "period"),
            (ask("nothing", "2026-02-01", "2026-03-01", &id), "key"),
            (ask("satisfaction", "2026-02-01", "2026-03-01", &company::id(Table::MetricSnapshot, 77)), "snapshot"),
            // It was made before the shipped metrics were counted.
            (ask("satisfaction", "2026-02-01", "2026-03-01", &company::id(Table::MetricSnapshot, 1)), "key"),
        ] {
            let reply = manager.ask(&query).await;
            assert_eq!((reply.error_codes(), &reply.errors()[0]["extensions"]["field"]), (vec!["BAD_INPUT"], &json!(field)), "{query}: {reply}");
        }
        let wrong = manager.ask(&ask("satisfaction", "2026-02-01", "2026-03-01", &company::ticket(1))).await;
        assert_eq!(wrong.errors().len(), 1, "{wrong}");
    }

    /// One rating of each fate: the figures stay, the causes add up, and lead to the records.
    async fn a_difference_with_its_causes(app: TestApp) {
        let before = [rated(1, 2, 2, 3, 5), rated(2, 2, 2, 4, 3), rated(3, 3, 3, 5, 4), rated(4, 5, 3, 6, 2), rated(5, 5, 3, 7, 4)];
        only(&app, &before).await;
        let manager = app.as_("service_manager").await;
        let id = frozen(&manager).await;
        let figures = "version { number } snapshot { id } groups { key figure { value count records { totalCount } } series { value } previous { value } yearBefore { value } }";
        let shown = satisfaction(&manager, &id, ", groupBy: TEAM", figures).await.fine();
        let live = satisfaction(&manager, "", ", groupBy: TEAM", figures).await.fine();
        assert_eq!(shown.data("metric.groups.0.figure"), live.data("metric.groups.0.figure"));
        assert_eq!((shown.data("metric.snapshot.id"), live.data("metric.snapshot")), (&json!(id), &Value::Null));
        assert_eq!((shown.data("metric.groups.0.previous"), shown.data("metric.groups.0.yearBefore")), (&Value::Null, &Value::Null), "the snapshot has neither");
        let nothing = satisfaction(&manager, &id, ", groupBy: TEAM", &format!("differences {{ {DIFFERENCE} }} groups {{ difference {{ {DIFFERENCE} }} }}")).await.fine();
        for one in nothing.list("metric.differences") {
            assert_eq!((&one["then"], &one["change"], &one["causes"]), (&one["now"], &json!("0"), &json!([])), "{nothing}");
        }

        // The 5 went, the 3 was a 1, the 2 moved to team 2, and a 5 came to team 5.
        let mut moved = rated(4, 2, 2, 6, 2);
        moved.id = Uuid::from_u128(104);
        let mut corrected = rated(2, 2, 2, 4, 1);
        corrected.id = Uuid::from_u128(102);
        only(&app, &[corrected, rated(3, 3, 3, 5, 4), moved, rated(5, 5, 3, 7, 4), rated(6, 4, 5, 8, 5)]).await;
        let after = satisfaction(&manager, &id, ", groupBy: TEAM", figures).await.fine();
        assert_eq!(after.data("metric"), shown.data("metric"), "frozen");

        let fields = format!("differences {{ subject {{ id }} {DIFFERENCE} }} groups {{ key difference {{ key change }} }}");
        let reply = satisfaction(&manager, &id, ", groupBy: TEAM", &fields).await.fine();
        let of = |team: usize| reply.list("metric.differences").iter().find(|one| one["key"] == company::id(Table::Team, team)).expect("the team");
        assert_eq!((&of(2)["then"], &of(2)["now"], &of(2)["change"]), (&json!("4"), &json!("1.5"), &json!("-2.5")), "{reply}");
        // 4 -> 3 as the 3 is a 1 -> 2.6667 with the 2 -> 1.5 without the 5.
        assert_eq!(kinds(of(2)), [("CORRECTED", "-1", 1), ("MOVED_IN", "-0.3333", 1), ("WENT", "-1.1667", 1)], "{reply}");
        assert_eq!(of(2)["subject"]["id"], company::id(Table::Team, 2));
        assert_eq!((&of(3)["then"], &of(3)["now"]), (&json!("3.3333"), &json!("4")));
        assert_eq!(kinds(of(3)), [("MOVED_OUT", "0.6667", 1)]);
        // A team that had nothing then has no figure to differ from.
        assert_eq!((&of(5)["then"], &of(5)["now"], &of(5)["change"]), (&Value::Null, &json!("5"), &Value::Null));
        assert_eq!(kinds(of(5)), [("CAME", "-", 1)]);
        assert_eq!(reply.list("metric.groups").len(), 2, "only those of then are groups");

        // Of the company the one that moved is none of the causes.
        let records = "differences { then now change causes { kind change count records(first: 1) { totalCount pageInfo { hasNextPage } nodes { recordId record { id } source then { values share } now { values day member { id } } } } } }";
        let reply = satisfaction(&manager, &id, "", records).await.fine();
        let one = reply.data("metric.differences.0");
        assert_eq!((&one["then"], &one["now"], &one["change"]), (&json!("3.6"), &json!("3.2"), &json!("-0.4")));
        assert_eq!(kinds(one), [("CAME", "0.2333", 1), ("CORRECTED", "-0.3333", 1), ("WENT", "-0.3", 1)], "{reply}");
        let record = &one["causes"][1]["records"];
        assert_eq!((&record["totalCount"], &record["nodes"][0]["recordId"], &record["nodes"][0]["record"]["id"]), (&json!(1), &json!(company::ticket(2)), &json!(company::ticket(2))));
        assert_eq!(record["nodes"][0]["then"], json!([{ "values": [3, null, null, null], "share": "1" }]));
        assert_eq!(record["nodes"][0]["now"], json!([{ "values": [1, null, null, null], "day": "2026-02-04", "member": { "id": company::id(Table::Member, 2) } }]));
        assert_eq!(one["causes"][2]["records"]["nodes"][0]["now"], json!([]));

        // A rebuild follows the records and leaves what is frozen alone.
        counting::rebuild(&app.db, &app.counter, app.clock.now()).await.expect("it counts");
        assert_eq!(satisfaction(&manager, &id, ", groupBy: TEAM", figures).await.data("metric"), shown.data("metric"));
    }

    /// Without the right to see members a difference tells about several or nothing, and never which records.
    async fn a_difference_does_not_reveal_a_person(app: TestApp) {
        let before = [rated(1, 2, 2, 3, 5), rated(2, 3, 2, 4, 3), rated(3, 3, 3, 5, 4), rated(4, 5, 3, 6, 2), rated(5, 2, 5, 7, 3), rated(6, 4, 5, 7, 3)];
        only(&app, &before).await;
        minimum(&app, 2).await;
        let manager = app.as_("service_manager").await;
        let id = frozen(&manager).await;
        // In team 2 both members' ratings change, in team 3 one, in team 5 both.
        let mut after = before;
        for (n, row) in after.iter_mut().enumerate() {
            if n != 2 {
                row.id = Uuid::from_u128(row.id.as_u128() + 100);
                row.value0 = Some(1);
            }
        }
        only(&app, &after).await;
        let coordinator = app.as_("coordinator").await;
        let fields = format!("differences {{ {DIFFERENCE} }}");
        let company = satisfaction(&coordinator, &id, "", &fields).await.fine();
        let one = company.data("metric.differences.0");
        assert_eq!((&one["withheld"], one["change"].is_string()), (&json!(false), true), "{company}");
        assert_eq!(kinds(one), [("CORRECTED", "-", -1)], "what happened, but neither how much nor to how many");
        let teams = satisfaction(&coordinator, &id, ", groupBy: TEAM", &fields).await.fine();
        let withheld: Vec<_> = teams.list("metric.differences").iter().map(|one| one["withheld"] == true).collect();
        assert_eq!(withheld.iter().filter(|one| **one).count(), 2, "the one of one person, and another one that would tell it: {teams}");
        for one in teams.list("metric.differences").iter().filter(|one| one["withheld"] == true) {
            assert_eq!((&one["then"], &one["now"], &one["change"], &one["causes"]), (&Value::Null, &Value::Null, &Value::Null, &json!([])));
        }
        let records = satisfaction(&coordinator, &id, "", "differences { causes { records { totalCount } } }").await;
        assert_eq!(records.error_codes(), ["FORBIDDEN"], "{records}");
        let daily = coordinator.ask(&format!("{{ metric(key: \"satisfaction\", snapshot: \"{id}\", period: {{ from: \"2026-02-01\", to: \"2026-03-01\" }}, granularity: DAY) {{ upToDate }} }}")).await;
        assert_eq!(daily.error_codes(), ["BAD_INPUT"], "{daily}");
        let members = satisfaction(&coordinator, &id, ", groupBy: MEMBER", &fields).await;
        assert_eq!(members.error_codes(), ["FORBIDDEN"], "{members}");
        // Whose reach ends at some teams asks for them; a snapshot widens nothing.
        let lead = app.as_("team_lead").await;
        assert_eq!(satisfaction(&lead, &id, "", "groups { figure { value } }").await.error_codes(), ["FORBIDDEN"]);
        let own = format!(", filter: {{ teamIds: [\"{}\"] }}", company::id(Table::Team, 3));
        let own = satisfaction(&lead, &id, &own, &fields).await.fine();
        assert_eq!(kinds(own.data("metric.differences.0")), [("CORRECTED", "-0.5", 1)], "{own}");
        for outsider in ["partner", "customer"] {
            let reply = satisfaction(&app.as_(outsider).await, &id, "", "groups { figure { value } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{outsider}: {reply}");
        }
    }

    /// A new version, a retired metric and regions drawn anew change nothing that is frozen, and are told as causes.
    async fn definitions_and_regions_of_then(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let content = |name: &str, aggregate: &str| json!({
            "name": name, "nameZh": "评价", "meaning": "Ratings.", "meaningZh": "评价",
            "definition": { "unit": "NUMBER", "direction": "UP", "body": { "facts": { "source": "ticket.rated", "attribution": "OWNER", "aggregate": aggregate, "measure": "rating" } } },
        });
        let made = manager.change("metricDefine", "metric { id }", json!({ "key": "ratings", "content": content("Ratings", "SUM") })).await.fine();
        let metric = made.text("metricDefine.metric.id").to_owned();
        only(&app, &[rated(1, 2, 2, 3, 5), rated(2, 3, 2, 4, 3), rated(3, 5, 2, 5, 4)]).await;
        catch_up(&app).await;
        let id = frozen(&manager).await;
        let ask = |by: &str| format!("{{ metric(key: \"ratings\", snapshot: \"{id}\", period: {{ from: \"2026-02-01\", to: \"2026-03-01\" }}{by}) {{ metric {{ name current }} version {{ number }} groups {{ figure {{ value }} }} differences {{ {DIFFERENCE} }} }} }}");
        let revise = json!({ "id": metric, "expectedVersion": 1, "content": content("Mean rating", "MEAN"), "note": "Clearer." });
        manager.change("metricRevise", "metric { current }", revise).await.fine();
        for caught_up in [false, true] {
            if caught_up {
                catch_up(&app).await;
            }
            let reply = manager.ask(&ask("")).await.fine();
            assert_eq!((reply.data("metric.metric.name"), reply.data("metric.version.number"), reply.data("metric.metric.current")), (&json!("Ratings"), &json!(1), &json!(2)));
            assert_eq!(reply.data("metric.groups.0.figure.value"), "12");
            let one = reply.data("metric.differences.0");
            assert_eq!((&one["then"], &one["now"], &one["redefined"]), (&json!("12"), &json!("4"), &json!(true)), "{reply}");
            assert_eq!(kinds(one), [("DEFINITION", "-8", -1)]);
        }
        let guarded = app.as_("coordinator").await.ask(&ask(", granularity: MONTH")).await.fine();
        assert_eq!(guarded.data("metric.differences.0.withheld"), true, "nobody knows how many are behind a definition");
        let retire = json!({ "id": metric, "expectedVersion": 2 });
        manager.change("metricRetire", "metric { active }", retire).await.fine();
        let reply = manager.ask(&ask("")).await.fine();
        assert_eq!((reply.data("metric.groups.0.figure.value"), reply.data("metric.differences.0.retired")), (&json!("12"), &json!(true)));

        // Hebei belonged to the south until the day before; it turns out that it had been the north's all along.
        let before = manager.ask(&ask(", groupBy: REGION")).await.fine();
        let moved = entity::region_province::Entity::delete_many()
            .filter(entity::region_province::Column::Province.eq(Province::Hebei))
            .filter(entity::region_province::Column::ValidTo.is_not_null())
            .exec(app.db.reader()).await.expect("a correction");
        assert_eq!(moved.rows_affected, 1);
        let after = manager.ask(&ask(", groupBy: REGION")).await.fine();
        assert_eq!(after.data("metric.groups"), before.data("metric.groups"), "frozen");
        let told: Vec<_> = after.list("metric.differences").iter().map(kinds).collect();
        assert!(told.iter().any(|kinds| kinds.iter().any(|(kind, ..)| *kind == "REGIONS")), "{after}");
    }

    /// A month that still runs is frozen as far as it has come.
    async fn a_running_month(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let march = ["2026-03-01", "2026-04-01"];
        let reply = freeze(&manager, input(march)).await.fine();
        let id = reply.text("metricSnapshotFreeze.snapshot.id").to_owned();
        let ask = format!("{{ metric(key: \"tickets_opened\", snapshot: \"{id}\", period: {{ from: \"2026-03-01\", to: \"2026-04-01\" }}) {{ groups {{ figure {{ value }} difference {{ {DIFFERENCE} }} }} }} }}");
        let before = manager.ask(&ask).await.fine();
        app.clock.advance(TimeDelta::seconds(1));
        let ticket = json!({ "kind": "FAULT_REPAIR", "subject": "Pump", "description": "It leaks.", "customerId": company::id(Table::Customer, 1) });
        app.as_("agent").await.change("ticketCreate", "ticket { id }", ticket).await.fine();
        catch_up(&app).await;
        let after = manager.ask(&ask).await.fine();
        assert_eq!(after.data("metric.groups.0.figure"), before.data("metric.groups.0.figure"));
        assert_eq!(kinds(after.data("metric.groups.0.difference")), [("CAME", "1", 1)], "{after}");
        // What nothing has counted yet is counted before it is frozen.
        app.clock.advance(TimeDelta::seconds(1));
        let ticket = json!({ "kind": "FAULT_REPAIR", "subject": "Fan", "description": "It hums.", "customerId": company::id(Table::Customer, 1) });
        app.as_("agent").await.change("ticketCreate", "ticket { id }", ticket).await.fine();
        let reply = freeze(&manager, input(march)).await.fine();
        let ask = ask.replace(&id, reply.text("metricSnapshotFreeze.snapshot.id"));
        let now = manager.ask(&ask).await.fine();
        let value = |reply: &Reply| reply.text("metric.groups.0.figure.value").parse::<i64>().expect("a number");
        assert_eq!(value(&now), value(&before) + 2);
    }

    /// A fixed number of statements for one group and for many, for one changed fact and for many.
    async fn a_difference_takes_a_fixed_number_of_statements(app: TestApp) {
        let facts: Vec<_> = (1..=12).map(|n| rated(n, n as usize % 5 + 1, n as usize % 5 + 1, 3, 3)).collect();
        only(&app, &facts).await;
        let manager = app.as_("service_manager").await;
        let id = frozen(&manager).await;
        let mut counts = Vec::new();
        for changed in [1, 12] {
            let mut after = facts.clone();
            for row in after.iter_mut().take(changed) {
                row.id = Uuid::from_u128(row.id.as_u128() + 100 * changed as u128);
                row.value0 = Some(5);
            }
            only(&app, &after).await;
            for by in ["", ", groupBy: TEAM", ", groupBy: MEMBER"] {
                counts.push(app.statements(async || {
                    satisfaction(&manager, &id, by, &format!("differences {{ {DIFFERENCE} }} groups {{ difference {{ change }} }}")).await.fine();
                }).await);
            }
        }
        assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
        assert!(counts[0] <= 16, "{counts:?}");
    }

    /// Verifying finds what somebody has changed behind the server's back.
    async fn tampering_is_found(app: TestApp) {
        let manager = app.as_("service_manager").await;
        // What the company's other tests have put there has no facts behind it.
        let id = frozen(&manager).await;
        let of_frozen = |findings: Vec<Finding>| findings.into_iter().filter(|finding| matches!(finding, Finding::Frozen { .. })).count();
        let verify = async || of_frozen(counting::verify(&app.db, &app.counter).await.expect("a verification"));
        assert_eq!(verify().await, 0);
        let (_, uuid) = aftercare::graphql::ids::decode(&id).expect("an id");
        let facts = metric_frozen_fact::Entity::find().filter(metric_frozen_fact::Column::SnapshotId.eq(uuid));
        assert!(facts.count(app.db.reader()).await.expect("a count") > 0);
        metric_frozen_cell::Entity::update_many()
            .col_expr(metric_frozen_cell::Column::Weight, Expr::col(metric_frozen_cell::Column::Weight).add(1))
            .filter(metric_frozen_cell::Column::SnapshotId.eq(uuid))
            .exec(app.db.reader()).await.expect("somebody tampers");
        assert!(verify().await > 0);
    }

    /// Sums of an older program may count members without a value: today's are made anew, frozen ones are looked into.
    async fn older_sums_hide_nobody_behind_members_without_a_value(app: TestApp) {
        let (manager, coordinator) = (app.as_("service_manager").await, app.as_("coordinator").await);
        let unrated = |n, member| metric_fact::Model { value0: None, ..rated(n, member, 2, 3, 1) };
        only(&app, &[rated(1, 2, 2, 3, 5), unrated(2, 3), unrated(3, 5)]).await;
        let id = frozen(&manager).await;
        let reply = manager.ask("{ metricDefinition(key: \"satisfaction\") { versions { id } } }").await.fine();
        let (_, version) = aftercare::graphql::ids::decode(reply.text("metricDefinition.versions.0.id")).expect("an id");
        metric_cell::Entity::update_many()
            .col_expr(metric_cell::Column::People, Expr::value(3))
            .filter(metric_cell::Column::VersionId.eq(version))
            .exec(app.db.reader()).await.expect("as it was");
        metric_frozen_cell::Entity::update_many()
            .col_expr(metric_frozen_cell::Column::People, Expr::value(3))
            .filter(metric_frozen_cell::Column::VersionId.eq(version))
            .exec(app.db.reader()).await.expect("as it was");
        let figure = async || {
            let reply = satisfaction(&coordinator, &id, "", "groups { figure { value withheld } }").await.fine();
            reply.data("metric.groups.0.figure").clone()
        };
        assert_eq!(figure().await, json!({ "value": "5", "withheld": false }));
        let wrong = async || {
            let findings = counting::verify(&app.db, &app.counter).await.expect("a verification").into_iter();
            findings.filter(|finding| match finding {
                Finding::Cells { version: of, .. } | Finding::Frozen { version: of, .. } => *of == version,
                Finding::Facts { .. } => false,
            }).count()
        };
        assert!(wrong().await > 0);

        let tx = app.db.begin().await.expect("a transaction");
        let applied = "DELETE FROM seaql_migrations WHERE version = 'm20261129_000720_behind_figures'";
        tx.execute_unprepared(applied).await.expect("it is forgotten");
        tx.commit().await.expect("it commits");
        app.db.migrate().await.expect("it migrates");
        assert_eq!(figure().await, json!({ "value": null, "withheld": true }));
        catch_up(&app).await;
        assert_eq!(wrong().await, 0);
    }

    /// Sums of days whose facts went while a metric was retired go when it is restored.
    async fn a_restored_metric_has_no_sums_of_days_without_facts(app: TestApp) {
        let manager = app.as_("service_manager").await;
        only(&app, &[rated(1, 2, 2, 3, 5), rated(2, 2, 2, 4, 3)]).await;
        let metric = aftercare::graphql::ids::encode("metric", aftercare::metrics::definitions::metric_id("satisfaction"));
        let version = async || {
            let reply = manager.ask("{ metricDefinition(key: \"satisfaction\") { version } }").await.fine();
            reply.data("metricDefinition.version").clone()
        };
        let retire = json!({ "id": metric, "expectedVersion": version().await });
        manager.change("metricRetire", "metric { active }", retire).await.fine();
        only(&app, &[rated(1, 2, 2, 3, 5)]).await;
        let restore = json!({ "id": metric, "expectedVersion": version().await });
        manager.change("metricRestore", "metric { active }", restore).await.fine();
        catch_up(&app).await;
        let reply = satisfaction(&manager, "", "", "groups { figure { value count } }").await.fine();
        assert_eq!(reply.data("metric.groups.0.figure"), &json!({ "value": "5", "count": "1" }));
        let day = NaiveDate::from_ymd_opt(2026, 2, 4).expect("a day");
        let reply = manager.ask("{ metricDefinition(key: \"satisfaction\") { versions { id } } }").await.fine();
        let (_, id) = aftercare::graphql::ids::decode(reply.text("metricDefinition.versions.0.id")).expect("an id");
        let left = metric_cell::Entity::find().filter(metric_cell::Column::VersionId.eq(id)).filter(metric_cell::Column::Start.eq(day));
        assert_eq!(left.count(app.db.reader()).await.expect("a count"), 0);
    }
}
