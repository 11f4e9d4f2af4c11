use aftercare::incentives::definitions::simulations::work::round;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{GoalPopulation, GoalState, SurveyState, TicketState};
use entity::{goal, survey, ticket};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::{Actor, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const WARNINGS: &str = "query($id: ID!) { incentiveSimulationResult(id: $id) { warnings { risk versionId member { id } message } } }";

/// So many tickets of the agent's went well in February, so many others were reopened and closed in February.
const WELL: usize = 14;
const REOPENED: usize = 12;

/// A moment of a day, the same one in the whole company.
fn at(month: u32, day: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    day.and_hms_opt(4, 0, 0).expect("a time").and_utc()
}

/// The agent's tickets; customers were asked about all of them, about those that were reopened in January.
async fn worked(app: &TestApp) {
    let db = app.db.reader();
    let (like, asked) = (key(Table::Ticket, 12), key(Table::Survey, 1));
    let like = ticket::Entity::find_by_id(like).one(db).await;
    let like = like.expect("a query").expect("a ticket");
    let asked = survey::Entity::find_by_id(asked).one(db).await;
    let asked = asked.expect("a query").expect("a survey");
    for n in 0..WELL + REOPENED {
        let reopened = n >= WELL;
        let sent = if reopened { at(1, 28) } else { at(2, 10) };
        let row = ticket::Model {
            id: key(Table::Ticket, 900 + n),
            number: 900_900 + i64::try_from(n).expect("a number"),
            subject: format!("Worked on {n}"),
            state: TicketState::Closed,
            owner_id: Some(key(Table::Member, 2)),
            reopened: i32::from(reopened),
            breached_at: None,
            created_at: at(1, 20),
            updated_at: at(2, 10),
            stage_entered_at: at(1, 20),
            resolved_at: Some(sent),
            closed_at: Some(at(2, 10) + TimeDelta::hours(1)),
            ..like.clone()
        };
        let survey = survey::Model {
            id: key(Table::Survey, 900 + n),
            ticket_id: row.id,
            state: SurveyState::Expired,
            sent_at: sent,
            expires_at: sent + TimeDelta::days(7),
            created_at: sent,
            updated_at: sent,
            ..asked.clone()
        };
        let row = row.into_active_model().reset_all();
        row.insert(db).await.expect("a ticket");
        let survey = survey.into_active_model().reset_all();
        survey.insert(db).await.expect("a survey");
    }
}

/// Nobody was asked about the tickets that were reopened.
async fn not_asked(app: &TestApp) {
    let tickets = (WELL..WELL + REOPENED).map(|n| key(Table::Ticket, 900 + n));
    survey::Entity::delete_many()
        .filter(survey::Column::TicketId.is_in(tickets))
        .exec(app.db.reader())
        .await
        .expect("they are taken away");
}

fn everybody() -> Value {
    json!({ "leastMonths": 0 })
}

/// A bonus with a condition, for some: a draft, by its id.
async fn draft(hr: &Actor, code: &str, condition: &str, population: Value) -> Value {
    let mut rule = super::content();
    rule["condition"] = json!(condition);
    rule["population"] = population;
    let made = super::create(hr, code, rule).await.fine();
    super::latest(&made, "incentiveRuleCreate")["id"].clone()
}

/// What is warned of about members when these versions are tried on February, but for how awards are spread.
async fn warned(app: &TestApp, hr: &Actor, versions: &[&Value]) -> Vec<Value> {
    let input = json!({ "candidateIds": versions, "periods": 1 });
    let made = hr
        .change("incentiveSimulationStart", "simulation { id }", input)
        .await
        .fine();
    round(&app.db, &app.counter, start())
        .await
        .expect("a round");
    let which = json!({ "id": made.data("incentiveSimulationStart.simulation.id") });
    let reply = hr.send(WARNINGS, which).await.fine();
    let warnings = reply.list("incentiveSimulationResult.warnings").to_vec();
    let of_members = |one: &Value| one["risk"] != "CONCENTRATION";
    warnings.into_iter().filter(of_members).collect()
}

both_databases! {
    async fn a_customer_who_was_asked_before_a_ticket_was_reopened_was_asked(app: TestApp) {
        let hr = app.as_("hr").await;
        worked(&app).await;
        let rated = draft(&hr, "rated", "coalesce(metric.satisfaction, 5) >= 0", everybody()).await;
        assert_eq!(warned(&app, &hr, &[&rated]).await, Vec::<Value>::new());
        not_asked(&app).await;
        let [found] = warned(&app, &hr, &[&rated]).await.try_into().expect("one warning");
        assert_eq!((&found["risk"], &found["versionId"]), (&json!("SELECTIVE_RATINGS"), &rated));
        assert_eq!(found["member"]["id"], id(Table::Member, 2));
        let told = found["message"].as_str().expect("a sentence");
        assert!(told.contains("but for 0 % of the others") && told.ends_with(": ratings may be asked only where they will be good."), "{told}");
    }

    async fn a_warning_names_the_version_and_is_about_whom_it_gives_something(app: TestApp) {
        let hr = app.as_("hr").await;
        worked(&app).await;
        not_asked(&app).await;
        let looks = "coalesce(metric.satisfaction, 5) >= 0";
        let plain = draft(&hr, "plain", "tenure.months >= 0", everybody()).await;
        let leads = draft(&hr, "leads", looks, json!({ "positionIds": [id(Table::Position, 3)], "leastMonths": 0 })).await;
        let none = draft(&hr, "none", "coalesce(metric.satisfaction, 5) < 0", everybody()).await;
        let rated = draft(&hr, "rated", looks, everybody()).await;
        assert_eq!(warned(&app, &hr, &[&plain]).await, Vec::<Value>::new(), "it looks at no ratings");
        assert_eq!(warned(&app, &hr, &[&leads]).await, Vec::<Value>::new(), "it isn't for the agent");
        assert_eq!(warned(&app, &hr, &[&none]).await, Vec::<Value>::new(), "it gives nothing");
        let found = warned(&app, &hr, &[&plain, &leads, &none, &rated]).await;
        let by: Vec<&Value> = found.iter().map(|one| &one["versionId"]).collect();
        assert_eq!(by, [&rated]);
    }

    async fn a_rule_that_pays_by_goals_looks_at_what_they_are_measured_by(app: TestApp) {
        let hr = app.as_("hr").await;
        worked(&app).await;
        not_asked(&app).await;
        let goals = draft(&hr, "goals", "coalesce(goal.progress, 0) >= 0", everybody()).await;
        assert_eq!(warned(&app, &hr, &[&goals]).await, Vec::<Value>::new(), "nobody has a goal");
        let db = app.db.reader();
        let like = goal::Entity::find().one(db).await.expect("a query").expect("a goal");
        let of = |n: usize, member: Uuid, metric: &str| goal::Model {
            id: key(Table::Goal, n),
            metric_key: metric.to_owned(),
            population: GoalPopulation::Member,
            department_id: None,
            region_id: None,
            team_id: None,
            member_id: Some(member),
            from_day: NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day"),
            until_day: NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day"),
            state: GoalState::Missed,
            activated_at: Some(at(2, 1)),
            closed_at: Some(at(3, 1)),
            ..like.clone()
        };
        // The colleague's goal is about ratings, the agent's is about calls.
        for row in [of(901, key(Table::Member, 3), "satisfaction"), of(902, key(Table::Member, 2), "calls_answered")] {
            row.into_active_model().reset_all().insert(db).await.expect("a goal");
        }
        let risks = |found: &[Value]| found.iter().map(|one| one["risk"].clone()).collect::<Vec<_>>();
        assert_eq!(risks(&warned(&app, &hr, &[&goals]).await), Vec::<Value>::new());
        let row = of(903, key(Table::Member, 2), "satisfaction");
        row.into_active_model().reset_all().insert(db).await.expect("a goal");
        let found = warned(&app, &hr, &[&goals]).await;
        assert_eq!(risks(&found), ["SELECTIVE_RATINGS"]);
        assert_eq!(found[0]["member"]["id"], id(Table::Member, 2));
    }
}
