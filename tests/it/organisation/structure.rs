//! Departments, teams and positions are founded, moved, renamed and closed from a day on; what was stays, also in figures.

use aftercare::organisation;
use aftercare::organisation::structure::actions::round;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Asia::Shanghai;
use entity::{metric_fact, team_place};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago, key, today};
use crate::support::database::both_databases;

/// So many days after today, as clients write it.
fn ahead(days: i64) -> String {
    days_ago(-days).to_string()
}

both_databases! {
    async fn a_team_moves_with_those_below_it_and_nothing_before_changes(app: TestApp) {
        let hr = app.as_("hr").await;
        let input = json!({ "id": id(Table::Team, 1), "expectedVersion": 1, "on": ahead(10), "departmentId": id(Table::Department, 2) });
        hr.change("teamMove", "team { version }", input.clone()).await.fine();
        let document = format!(
            "{{ team(id: \"{}\") {{ before: department(on: \"{}\") {{ code }} after: department(on: \"{}\") {{ code }} parent(on: \"{}\") {{ code }} moves {{ department {{ code }} validFrom }} }} member(id: \"{}\") {{ before: department(on: \"{}\") {{ code }} after: department(on: \"{}\") {{ code }} }} }}",
            id(Table::Team, 2), ahead(9), ahead(10), ahead(10), id(Table::Member, 2), ahead(9), ahead(10),
        );
        let shown = hr.ask(&document).await.fine();
        assert_eq!(shown.data("team"), &json!({
            "before": { "code": "D1" }, "after": { "code": "D2" }, "parent": { "code": "T1" },
            "moves": [{ "department": { "code": "D2" }, "validFrom": ahead(10) }],
        }));
        assert_eq!(shown.data("member"), &json!({ "before": { "code": "D1" }, "after": { "code": "D2" } }));
        // Lists follow the day that is asked for.
        let listed = hr.ask(&format!(
            "{{ now: teams(filter: {{ departmentId: {{ eq: \"{d}\" }} }}) {{ totalCount }} then: teams(filter: {{ departmentId: {{ eq: \"{d}\" }}, holdsOn: \"{on}\" }}) {{ totalCount }} members(filter: {{ departmentId: {{ eq: \"{d}\" }}, on: \"{on}\" }}) {{ totalCount }} }}",
            d = id(Table::Department, 2), on = ahead(10),
        )).await.fine();
        assert_eq!((listed.data("now.totalCount"), listed.data("then.totalCount")), (&json!(2), &json!(5)));
        assert_eq!(listed.data("members.totalCount"), &json!(6), "the lead, the agent, the colleague, the mover, the engineer, the coordinator");
        // Who may see whom follows too.
        for (day, department) in [(days_ago(-9), 1), (days_ago(-10), 2)] {
            let standing = organisation::standing(app.db.reader(), key(Table::Member, 2), day).await.expect("a standing");
            assert_eq!(standing.departments.into_iter().collect::<Vec<_>>(), [key(Table::Department, department)]);
        }
        // A stale version, and a move that builds on what is planned.
        let stale = hr.change("teamMove", "team { id }", input).await;
        assert_eq!(stale.error_codes(), ["CONFLICT"]);
        let again = json!({ "id": id(Table::Team, 2), "expectedVersion": 1, "on": ahead(5), "parentId": null });
        let planned = hr.change("teamMove", "team { id }", again).await;
        assert_eq!(planned.user_errors(), [("WRONG_STATE", "input.on".to_owned())]);
        // It is taken back as a whole.
        let back = json!({ "id": id(Table::Team, 1), "expectedVersion": 2, "on": ahead(10) });
        hr.change("teamMoveWithdraw", "team { id }", back.clone()).await.fine();
        let left = team_place::Entity::find().all(app.db.reader()).await.expect("read");
        assert!(left.iter().all(|row| row.team_id == key(Table::Team, 6)), "only that of the company: {left:?}");
        let gone = hr.change("teamMoveWithdraw", "team { id }", json!({ "expectedVersion": 3, "id": back["id"], "on": back["on"] })).await;
        assert_eq!(gone.user_errors(), [("NOT_FOUND", "input.on".to_owned())]);
    }

    async fn places_that_do_not_fit_are_refused(app: TestApp) {
        let hr = app.as_("hr").await;
        let refused = async |input: serde_json::Value| hr.change("teamMove", "team { id }", input).await.user_errors().into_iter().map(|(code, field)| (code.to_owned(), field)).collect::<Vec<_>>();
        let named = |code: &str, field: &str| vec![(code.to_owned(), field.to_owned())];
        let desk = json!({ "id": id(Table::Team, 1), "expectedVersion": 1, "on": ahead(1) });
        let with = |more: serde_json::Value| {
            let mut all = desk.clone();
            all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            all
        };
        assert_eq!(refused(with(json!({ "parentId": id(Table::Team, 2) }))).await, named("RULE_VIOLATED", "input.parentId"));
        assert_eq!(refused(with(json!({ "parentId": id(Table::Team, 4) }))).await, named("RULE_VIOLATED", "input.parentId"));
        assert_eq!(refused(with(json!({ "departmentId": id(Table::Department, 9) }))).await, named("NOT_FOUND", "input.departmentId"));
        assert_eq!(refused(with(json!({ "on": days_ago(1).to_string(), "departmentId": id(Table::Department, 2) }))).await, named("RULE_VIOLATED", "input.on"));
        for who in ["team_lead", "agent", "trainer", "auditor", "partner", "customer"] {
            let reply = app.as_(who).await.change("teamMove", "team { id }", desk.clone()).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who}: {reply}");
        }
    }

    async fn what_is_in_use_is_not_closed(app: TestApp) {
        let hr = app.as_("hr").await;
        let closing = |table, n, version| json!({ "id": id(table, n), "expectedVersion": version, "on": ahead(3) });
        let used = hr.change("teamClose", "team { id }", closing(Table::Team, 1, 1)).await;
        assert_eq!(used.user_errors(), [("RULE_VIOLATED", "input.on".to_owned()), ("RULE_VIOLATED", "input.on".to_owned())], "members and teams are in it: {used}");
        let used = hr.change("departmentClose", "department { id }", closing(Table::Department, 1, 1)).await;
        assert_eq!(used.user_errors().len(), 2, "{used}");
        let held = hr.change("positionClose", "position { id }", closing(Table::Position, 3, 1)).await;
        assert_eq!(held.user_errors(), [("RULE_VIOLATED", "input.on".to_owned())], "{held}");
        let closed = hr.change("teamClose", "team { validTo version }", closing(Table::Team, 6, 1)).await.fine();
        assert_eq!(closed.data("teamClose.team"), &json!({ "validTo": ahead(3), "version": 2 }));
        let closed = hr.change("positionClose", "position { validTo }", closing(Table::Position, 1, 1)).await.fine();
        assert_eq!(closed.data("positionClose.position.validTo"), &json!(ahead(3)));
    }

    async fn a_department_and_a_team_are_founded(app: TestApp) {
        let hr = app.as_("hr").await;
        let input = json!({ "code": "QA", "name": "Quality", "nameZh": "质量部", "validFrom": ahead(5), "idempotencyKey": "one" });
        let made = hr.change("departmentCreate", "department { id code }", input.clone()).await.fine();
        let again = hr.change("departmentCreate", "department { id code }", input.clone()).await.fine();
        assert_eq!(made.data("departmentCreate"), again.data("departmentCreate"));
        let taken = hr.change("departmentCreate", "department { id }", json!({ "code": "QA", "name": "Q", "nameZh": "质", "validFrom": ahead(5) })).await;
        assert_eq!(taken.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let department = made.text("departmentCreate.department.id");
        let early = json!({ "code": "QA 1", "name": "Audit", "nameZh": "", "departmentId": department, "validFrom": ahead(4) });
        let early = hr.change("teamCreate", "team { id }", early).await;
        assert_eq!(early.user_errors(), [("INVALID", "input.code".to_owned()), ("BLANK", "input.nameZh".to_owned()), ("WRONG_STATE", "input.departmentId".to_owned())]);
        let team = json!({ "code": "QA-1", "name": "Audit", "nameZh": "稽核组", "departmentId": department, "validFrom": ahead(5) });
        let team = hr.change("teamCreate", "team { department { code } validFrom }", team).await.fine();
        assert_eq!(team.data("teamCreate.team"), &json!({ "department": { "code": "QA" }, "validFrom": ahead(5) }));
    }

    async fn a_planned_name_comes_on_its_day(app: TestApp) {
        let hr = app.as_("hr").await;
        let input = json!({ "id": id(Table::Team, 1), "expectedVersion": 1, "name": "Front desk", "nameZh": "前台组", "on": ahead(2) });
        let told = hr.change("teamRename", "team { name names { name validFrom validTo } version }", input).await.fine();
        assert_eq!(told.data("teamRename.team.name"), "Team 1");
        assert_eq!(told.list("teamRename.team.names").len(), 2);
        assert_eq!(told.data("teamRename.team.names.0.validTo"), &json!(ahead(2)));
        let midnight = |days: i64| (days_ago(-days).and_hms_opt(0, 0, 30).expect("a time").and_local_timezone(Shanghai).unwrap()).to_utc();
        assert_eq!(round(&app.db, Shanghai, midnight(1)).await.expect("a round"), 0);
        assert_eq!(round(&app.db, Shanghai, midnight(2)).await.expect("a round"), 1);
        assert_eq!(round(&app.db, Shanghai, midnight(2)).await.expect("a round"), 0, "again is harmless");
        let shown = hr.ask(&format!("{{ team(id: \"{}\") {{ name nameZh }} }}", id(Table::Team, 1))).await.fine();
        assert_eq!(shown.data("team"), &json!({ "name": "Front desk", "nameZh": "前台组" }));
    }

    /// Of days before the move every fact stays in the old department, from its day on it is in the new one.
    async fn figures_of_past_days_stay_when_a_team_moves(app: TestApp) {
        let catch_up = async || app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
        catch_up().await;
        let of_desk = async |from: Option<NaiveDate>| {
            let teams = [1, 2, 3].map(|n| key(Table::Team, n));
            let mut facts = metric_fact::Entity::find().filter(metric_fact::Column::TeamId.is_in(teams));
            if let Some(from) = from { facts = facts.filter(metric_fact::Column::Day.gte(from)); }
            facts.all(app.db.reader()).await.expect("facts")
        };
        let before = of_desk(None).await;
        assert!(before.len() > 5, "there is something to look at");
        let hr = app.as_("hr").await;
        let input = json!({ "id": id(Table::Team, 1), "expectedVersion": 1, "on": today().to_string(), "departmentId": id(Table::Department, 2) });
        hr.change("teamMove", "team { id }", input).await.fine();
        app.clock.advance(TimeDelta::seconds(1));
        let agent = app.as_("agent").await;
        let opened = json!({ "kind": "FAULT_REPAIR", "subject": "Pump", "description": "It leaks.", "customerId": id(Table::Customer, 1) });
        agent.change("ticketCreate", "ticket { id }", opened).await.fine();
        catch_up().await;
        let after = of_desk(None).await;
        for fact in before.iter().filter(|fact| fact.day < today()) {
            let same = after.iter().find(|row| row.id == fact.id).expect("it stays");
            assert_eq!(same, fact);
        }
        let todays = of_desk(Some(today())).await;
        assert!(!todays.is_empty());
        assert!(todays.iter().all(|fact| fact.department_id == Some(key(Table::Department, 2))), "{todays:#?}");
    }
}
