use std::time::Instant;

use aftercare::incentives::runs::verify::verify;
use chrono::{Months, NaiveDate};
use entity::member;
use sea_orm::ConnectionTrait;

use super::*;
use crate::support::data::{IncentiveRuns, bonus, days_ago};
use crate::support::database::Backend;

const MEMBERS: usize = 10_000;
const RULES: usize = 30;
const MONTHS: u32 = 12;

/// A bonus for whom figures speak.
fn by_figures(yuan: i64) -> RuleContent {
    let mut content = serde_json::to_value(bonus(yuan)).expect("JSON");
    content["condition"] =
        json!("coalesce(metric.satisfaction, 5) >= 4 && coalesce(metric.tickets_resolved, 0) >= 0");
    serde_json::from_value(content).expect("a content")
}

/// How long a year of a large company takes, month by month:
/// `cargo test --release --test it -- --ignored how_long_a_year --nocapture`.
#[tokio::test]
#[ignore = "it takes minutes, and measures"]
async fn how_long_a_year_takes() {
    let mut data = company::data();
    // Months are run in their order: none is decided yet.
    data.incentive_runs = IncentiveRuns::default();
    let Some(app) = TestApp::with(Backend::Postgres, &data).await else {
        return;
    };
    let db = app.db.reader();
    let all: Vec<usize> = (0..MEMBERS).collect();
    for some in all.chunks(1_000) {
        let rows = some.iter().map(|n| {
            let row = member::Model {
                id: key(Table::Member, 1_000 + n),
                number: format!("X{n:05}"),
                name: format!("Member {n}"),
                name_en: None,
                joined_on: days_ago(600),
                left_on: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            };
            row.into_active_model().reset_all()
        });
        let insert = member::Entity::insert_many(rows);
        insert.exec_without_returning(db).await.expect("members");
    }
    for n in 10..10 + RULES - 1 {
        let yuan = i64::try_from(n).expect("a number");
        let content = if n % 2 == 0 {
            bonus(yuan)
        } else {
            by_figures(yuan)
        };
        in_force(&app, n, content).await;
    }
    let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
    let (year, mut awards) = (Instant::now(), 0);
    let first: NaiveDate = "2025-03-01".parse().expect("a day");
    for month in 0..MONTHS {
        let from = first.checked_add_months(Months::new(month)).expect("a day");
        let before = Instant::now();
        let input = json!({ "period": "MONTH", "from": from.to_string() });
        let reply = hr.change("incentiveRunStart", RUN, input).await.fine();
        work(&app).await;
        let run = seen(&hr, reply.data("incentiveRunStart.run.id")).await;
        assert_eq!(run["state"], "CALCULATED");
        let calculated = before.elapsed();
        let before = Instant::now();
        let input = json!({ "id": run["id"], "expectedVersion": run["version"] });
        let reply = manager.change("incentiveRunApprove", RUN, input).await;
        reply.fine();
        work(&app).await;
        eprintln!(
            "{from}: {} awards worked out in {calculated:?}, booked in {:?}",
            run["awards"],
            before.elapsed()
        );
        awards += run["awards"].as_u64().expect("a number");
    }
    eprintln!("{awards} awards of {MONTHS} months in {:?}", year.elapsed());
    // What autovacuum would have done by now; the tests' cluster has none.
    db.execute_unprepared("ANALYZE").await.expect("statistics");
    let before = Instant::now();
    let verdict = verify(&app.db, &app.counter, None)
        .await
        .expect("a verdict");
    eprintln!("{} runs verified in {:?}", verdict.runs, before.elapsed());
    assert_eq!(verdict.findings, []);
}
