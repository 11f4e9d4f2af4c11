use std::time::Duration;

use aftercare::access::Call;
use aftercare::incentives::runs::verify::{Difference, verify};
use aftercare::incentives::runs::work::step;
use entity::{incentive_run, member};
use sea_orm::{ActiveModelTrait, QueryOrder, Set};
use uuid::Uuid;

use super::*;
use crate::support::data::{bonus, days_ago};

/// So many members beside those of the company: more than a batch.
const STAFF: usize = 620;

pub async fn hire(app: &TestApp) {
    let rows = (0..STAFF).map(|n| {
        let row = member::Model {
            id: key(Table::Member, 1_000 + n),
            number: format!("X{n:04}"),
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
    let written = insert.exec_without_returning(app.db.reader()).await;
    written.expect("members");
}

/// Another bonus, of which there is too little: everybody's is cut.
pub fn scarce() -> RuleContent {
    let mut content = serde_json::to_value(bonus(50)).expect("JSON");
    content["name"] = json!("Scarce");
    content["budget"] = json!({ "amount": 1_000_003, "period": "MONTH", "exhausted": "PRO_RATA" });
    serde_json::from_value(content).expect("a content")
}

pub async fn awards(app: &TestApp, run: Uuid) -> Vec<incentive_award::Model> {
    incentive_award::Entity::find()
        .filter(incentive_award::Column::RunId.eq(run))
        .order_by_asc(incentive_award::Column::Id)
        .all(app.db.reader())
        .await
        .expect("awards")
}

/// As if nothing of it had been worked out.
pub async fn forget(app: &TestApp, run: Uuid) {
    let db = app.db.reader();
    let gone =
        incentive_award::Entity::delete_many().filter(incentive_award::Column::RunId.eq(run));
    gone.exec(db).await.expect("awards go");
    let row = incentive_run::ActiveModel {
        id: Set(run),
        state: Set(IncentiveRunState::Evaluating),
        cursor: Set(None),
        spent: Set(None),
        evaluated: Set(0),
        awards: Set(0),
        calculated_at: Set(None),
        ..Default::default()
    };
    row.update(db).await.expect("it is evaluated again");
}

pub fn key_of(run: &Value) -> Uuid {
    let id = run["id"].as_str().expect("an id");
    aftercare::graphql::ids::decode(id).expect("an id").1
}

both_databases! {
    /// A run that is cut off again and again comes to the same bytes as one that isn't.
    async fn a_run_that_is_cut_off_goes_on_to_the_same_bytes(app: TestApp) {
        hire(&app).await;
        in_force(&app, 10, scarce()).await;
        let hr = app.as_("hr").await;
        let run = key_of(&calculated(&app, &hr).await);
        let whole = awards(&app, run).await;
        assert!(whole.len() > 2 * STAFF, "{}", whole.len());
        let cut: i64 = whole.iter().filter(|award| award.steps.is_some()).map(|award| award.amount).sum();
        assert_eq!(cut, 1_000_003, "what there is goes to the last fen");
        let found = verify(&app.db, &app.counter, Some(run)).await.expect("a verdict");
        assert_eq!((found.runs, found.awards, found.findings), (1, whole.len(), Vec::new()));

        forget(&app, run).await;
        let call = Call::system(start(), "incentives");
        let (mut wait, mut cuts) = (1, 0);
        loop {
            let one = step(&app.db, &app.counter, &call, run);
            match tokio::time::timeout(Duration::from_millis(wait), one).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => break,
                Ok(Err(error)) => panic!("{error}"),
                Err(_) => {
                    cuts += 1;
                    wait += 7;
                }
            }
        }
        assert!(cuts > 0, "it was never cut off");
        assert_eq!(awards(&app, run).await, whole);
    }

    async fn an_award_that_was_tampered_with_is_found(app: TestApp) {
        in_force(&app, 10, scarce()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = key_of(&booked(&app, &hr, &manager).await);
        let found = async || verify(&app.db, &app.counter, Some(run)).await.expect("a verdict").findings;
        assert_eq!(found().await, []);
        let all = awards(&app, run).await;
        let first = all.first().expect("an award").clone();
        let tamper = async |row: incentive_award::Model| {
            row.into_active_model().reset_all().update(app.db.reader()).await.expect("it is tampered with");
        };
        let differences = async || {
            let all = found().await.into_iter();
            all.filter(|one| one.award() == Some(first.id)).map(|one| one.difference).collect::<Vec<_>>()
        };

        // More than was given, consistently in row and trace.
        let more = incentive_award::Model {
            amount: first.amount + 1,
            reckoned: first.reckoned + 1,
            trace: first.trace.replace(&format!("\"amount\":{}", first.reckoned), &format!("\"amount\":{}", first.reckoned + 1)),
            ..first.clone()
        };
        tamper(more).await;
        let differ = differences().await;
        assert!(differ.contains(&Difference::Trace) && differ.contains(&Difference::Records) && differ.contains(&Difference::Ledger), "{differ:?}");

        // Another fact: the trace holds by itself, the records say otherwise.
        let fact = incentive_award::Model { trace: first.trace.replace("\"tenure.months\"", "\"tenure.monthz\""), ..first.clone() };
        tamper(fact).await;
        assert!(!differences().await.is_empty());

        // One that nobody gave, and one that is gone.
        tamper(first.clone()).await;
        assert_eq!(found().await, []);
        let lost = all.last().expect("an award").id;
        let forged = incentive_award::Model { id: Uuid::from_u128(lost.as_u128() ^ 1), ..all.last().expect("an award").clone() };
        incentive_award::Entity::insert(forged.clone().into_active_model().reset_all()).exec_without_returning(app.db.reader()).await.expect("a forged award");
        let findings = found().await;
        assert!(findings.iter().any(|one| one.award() == Some(forged.id) && one.difference == Difference::Surplus), "{findings:?}");
    }
}
