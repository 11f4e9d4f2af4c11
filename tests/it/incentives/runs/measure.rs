use std::time::Instant;

use entity::member;

use super::*;
use crate::support::data::{bonus, days_ago};
use crate::support::database::Backend;

const MEMBERS: usize = 10_000;
const RULES: usize = 30;

/// How long a month of a large company takes: `cargo test --release --test it -- --ignored how_long_a_month --nocapture`.
#[tokio::test]
#[ignore = "it takes a minute, and measures"]
async fn how_long_a_month_takes() {
    let data = company::data();
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
                joined_on: days_ago(300),
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
        in_force(&app, n, bonus(i64::try_from(n).expect("a number"))).await;
    }
    let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
    let before = Instant::now();
    let run = calculated(&app, &hr).await;
    println!("worked out in {:?}: {}", before.elapsed(), run["awards"]);
    let before = Instant::now();
    let input = json!({ "id": run["id"], "expectedVersion": run["version"] });
    let reply = manager.change("incentiveRunApprove", RUN, input).await;
    reply.fine();
    work(&app).await;
    println!("booked in {:?}", before.elapsed());
    let before = Instant::now();
    let id = run["id"].as_str().expect("an id");
    let id = aftercare::graphql::ids::decode(id).expect("an id").1;
    let verdict = aftercare::incentives::runs::verify::verify(&app.db, &app.counter, Some(id));
    let verdict = verdict.await.expect("a verdict");
    println!("verified in {:?}", before.elapsed());
    assert_eq!(verdict.findings, []);
}
