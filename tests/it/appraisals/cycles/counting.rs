use std::collections::BTreeSet;
use std::time::Duration;

use entity::enums::{AppraisalFeedbackSource, AssignmentKind};
use entity::{appraisal_cycle, appraisal_feedback, member, metric_snapshot};
use sea_orm::{ActiveModelTrait, PaginatorTrait};

use super::*;
use crate::support::database::Backend;

/// So many members of technical support beside those of the company: together as many as the largest organisations have, and
/// fewer on SQLite, where nothing else is to be seen.
const fn staff(backend: Backend) -> usize {
    match backend {
        Backend::Postgres => 995,
        Backend::Sqlite => 90,
    }
}

fn extra(n: usize) -> Uuid {
    key(Table::Member, 1_000 + n)
}

async fn hire(app: &TestApp, staff: usize) {
    let (mut members, mut homes) = (Vec::new(), Vec::new());
    for n in 0..staff {
        let row = member::Model {
            id: extra(n),
            number: format!("X{n:04}"),
            name: format!("Member {n}"),
            name_en: None,
            joined_on: days_ago(300),
            left_on: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        };
        members.push(row.into_active_model().reset_all());
        let row = assignment::Model {
            id: key(Table::Assignment, 1_000 + n),
            member_id: extra(n),
            kind: AssignmentKind::Home,
            department_id: Some(key(Table::Department, 2)),
            team_id: Some(key(Table::Team, 5)),
            region_id: None,
            position_id: Some(key(Table::Position, 2)),
            role: "engineer".to_owned(),
            percent: 100,
            valid_from: days_ago(300),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        };
        homes.push(row.into_active_model().reset_all());
    }
    let db = app.db.reader();
    let written = member::Entity::insert_many(members).exec_without_returning(db);
    written.await.expect("members");
    let written = assignment::Entity::insert_many(homes).exec_without_returning(db);
    written.await.expect("homes");
}

/// What seven colleagues and the superior say: eight ratings of each member.
async fn say(app: &TestApp, row: &appraisal::Model, n: usize) {
    use AppraisalFeedbackSource::{Peer, Superior};
    let sides = [Peer; 7].into_iter().chain([Superior]).enumerate();
    let said = sides.map(|(place, source)| {
        let rating = (n + place) % 5 + 1;
        let row = appraisal_feedback::Model {
            id: Uuid::from_u128(row.id.as_u128() ^ ((place as u128 + 10) << 8)),
            appraisal_id: row.id,
            source,
            answers: json!({ "expertise": rating, "cooperation": 3 }),
            comment: None,
        };
        row.into_active_model().reset_all()
    });
    let written = appraisal_feedback::Entity::insert_many(said);
    let written = written.exec_without_returning(app.db.reader());
    written.await.expect("feedback");
}

/// What was found out about an appraisal.
#[derive(Debug, PartialEq)]
struct Found {
    member: Uuid,
    score: Option<i64>,
    band: Option<String>,
    inputs: Option<Value>,
    blocked: Option<String>,
    results: Vec<(i32, Value)>,
}

async fn found(app: &TestApp, cycle: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for row in rows(app, cycle).await {
        let results = appraisal_result::Entity::find()
            .filter(appraisal_result::Column::AppraisalId.eq(row.id))
            .order_by_asc(appraisal_result::Column::Number)
            .all(app.db.reader())
            .await
            .expect("results");
        let results = results.into_iter().map(|one| (one.number, one.outcome));
        found.push(Found {
            member: row.member_id,
            score: row.score,
            band: row.band,
            inputs: row.inputs,
            blocked: row.blocked,
            results: results.collect(),
        });
    }
    found
}

/// As if nothing had been counted.
async fn forget(app: &TestApp, cycle: &str) {
    let db = app.db.reader();
    for row in rows(app, cycle).await {
        appraisal_result::Entity::delete_many()
            .filter(appraisal_result::Column::AppraisalId.eq(row.id))
            .exec(db)
            .await
            .expect("results go");
        let row = appraisal::Model {
            inputs: None,
            result: 0,
            score: None,
            band: None,
            blocked: None,
            ..row
        };
        let row = row.into_active_model().reset_all();
        row.update(db).await.expect("an appraisal");
    }
    appraisal_cycle::Entity::update_many()
        .col_expr(
            appraisal_cycle::Column::Stage,
            Expr::value(AppraisalStage::Counting),
        )
        .filter(appraisal_cycle::Column::Code.eq("february"))
        .exec(db)
        .await
        .expect("it counts again");
}

both_databases! {
    /// A round that is cut off again and again comes to the same results as one that isn't.
    async fn a_round_that_is_cut_off_goes_on_where_it_was(app: TestApp) {
        give_positions(&app).await;
        let staff = staff(app.database().backend);
        hire(&app, staff).await;
        let hr = app.as_("hr").await;
        let cycle = draft(&hr, february()).await;
        for step in ["Open", "Review"] {
            go(&hr, step, &cycle).await.fine();
        }
        let all = rows(&app, &cycle).await;
        assert_eq!(all.len(), staff + 5);
        // Every ninth has no plan, and waits.
        for (n, row) in all.iter().enumerate() {
            say(&app, row, n).await;
        }
        let hired = all.iter().filter(|row| row.member_id >= extra(0)).enumerate();
        for (n, row) in hired {
            if n % 9 != 0 {
                judge(&app, row, 50 + (n % 45) as i64).await;
            }
        }
        go(&hr, "Count", &cycle).await.fine();
        let (mut between, mut cut) = (false, 0);
        for statements in (25..).step_by(25) {
            let until = app.db.statements() + statements;
            let enough = async {
                while app.db.statements() < until {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let over = tokio::select! {
                done = round(&app.db, &app.counter, app.clock.now()) => done.is_ok(),
                () = enough => false,
            };
            let there = rows(&app, &cycle).await.iter().filter(|row| row.result > 0 || row.blocked.is_some()).count();
            between |= 0 < there && there < all.len();
            if over {
                break;
            }
            cut += 1;
        }
        assert!(cut > 0 && between, "it was cut off {cut} times, between batches: {between}");
        let interrupted = found(&app, &cycle).await;
        let waiting = interrupted.iter().filter(|one| one.blocked.is_some()).count();
        assert_eq!(waiting, staff.div_ceil(9) + 2, "the engineer and the coordinator have no plan either");
        assert!(interrupted.iter().all(|one| one.results.len() == usize::from(one.blocked.is_none())), "each is counted once");
        let scores: BTreeSet<_> = interrupted.iter().map(|one| one.score).collect();
        assert!(scores.len() > 20, "they differ: {scores:?}");
        let snapshots = metric_snapshot::Entity::find().filter(metric_snapshot::Column::Name.starts_with("Appraisals february"));
        assert_eq!(snapshots.count(app.db.reader()).await.expect("a count"), 1, "figures are frozen once");

        forget(&app, &cycle).await;
        assert_eq!(count(&app).await, all.len());
        assert_eq!(found(&app, &cycle).await, interrupted);
        let query = "query($id: ID!) { appraisalCycle(id: $id) { stage progress { results blockedCount } } }";
        let reply = hr.send(query, json!({ "id": cycle })).await.fine();
        let progress = json!({ "results": all.len() - waiting, "blockedCount": waiting });
        assert_eq!(reply.data("appraisalCycle"), &json!({ "stage": "CALIBRATION", "progress": progress }));
    }
}
