use aftercare::access::Call;
use aftercare::incentives::runs::verify::{About, Difference, Finding, verify};
use aftercare::incentives::runs::work::claw_back;
use entity::enums::IncentiveReason;
use entity::{incentive_posting, incentive_run};
use sea_orm::{ConnectionTrait, DbBackend, Set};
use uuid::Uuid;

use super::bytes::{awards, key_of};
use super::refunds::{commission, refund, yuan};
use super::*;

/// Somebody who may do everything with the database lets the ledger be changed.
async fn unlock(app: &TestApp) {
    let db = app.db.reader();
    for table in ["incentive_transactions", "incentive_postings"] {
        let statements = match db.get_database_backend() {
            DbBackend::Postgres => vec![format!("DROP TRIGGER {table}_only_grow ON {table}")],
            _ => vec![
                format!("DROP TRIGGER {table}_no_update"),
                format!("DROP TRIGGER {table}_no_delete"),
            ],
        };
        for statement in statements {
            db.execute_unprepared(&statement).await.expect("no trigger");
        }
    }
}

async fn delete(app: &TestApp, entry: Uuid) {
    let db = app.db.reader();
    let sides = incentive_posting::Entity::delete_many()
        .filter(incentive_posting::Column::TransactionId.eq(entry));
    sides.exec(db).await.expect("its sides go");
    let gone = incentive_transaction::Entity::delete_by_id(entry);
    gone.exec(db).await.expect("an entry goes");
}

async fn on(app: &TestApp, entry: Uuid, day: &str) {
    let row = incentive_transaction::ActiveModel {
        id: Set(entry),
        day: Set(day.parse().expect("a day")),
        ..Default::default()
    };
    row.update(app.db.reader()).await.expect("another day");
}

async fn halve(app: &TestApp, entry: Uuid, amount: i64) {
    let db = app.db.reader();
    let row = incentive_transaction::ActiveModel {
        id: Set(entry),
        amount: Set(amount),
        ..Default::default()
    };
    row.update(db).await.expect("half of it");
    for (place, amount) in [(0, -amount), (1, amount)] {
        let side = incentive_posting::ActiveModel {
            transaction_id: Set(entry),
            place: Set(place),
            amount: Set(amount),
            ..Default::default()
        };
        side.update(db).await.expect("half a side");
    }
}

async fn found(app: &TestApp, run: Option<Uuid>) -> Vec<Finding> {
    let mut found = verify(&app.db, &app.counter, run)
        .await
        .expect("a verdict")
        .findings;
    // January's run of the fixed company has no frozen figures.
    found.retain(|one| one.difference != Difference::Unreadable);
    found
}

async fn claw_backs(app: &TestApp) -> Vec<incentive_transaction::Model> {
    incentive_transaction::Entity::find()
        .filter(incentive_transaction::Column::Reason.eq(IncentiveReason::ClawBack))
        .all(app.db.reader())
        .await
        .expect("entries")
}

both_databases! {
    async fn claw_backs_that_lack_or_were_changed_are_found_and_made_up_for(app: TestApp) {
        in_force(&app, 10, commission()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let input = json!({ "contractId": id(Table::Contract, 1), "amount": yuan("1000"), "paidOn": "2026-02-10" });
        let paid = manager.change("contractPaymentCollect", "payment { id }", input).await.fine();
        let payment = paid.data("contractPaymentCollect.payment.id").clone();
        let run = key_of(&booked(&app, &hr, &manager).await);
        refund(&manager, &payment, "500").await;
        let call = Call::system(start(), "incentives");
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 2);
        assert_eq!(found(&app, None).await, []);
        unlock(&app).await;
        let all = claw_backs(&app).await;
        let [one, other] = &all[..] else { panic!("{all:?}") };
        let of = |entry: &incentive_transaction::Model| Finding {
            about: About::Award { run, award: entry.award_id.expect("an award") }, difference: Difference::Ledger,
        };

        // Into another month: before there was an award, or a refund.
        on(&app, one.id, "2026-01-15").await;
        assert_eq!(found(&app, None).await, [of(one)]);
        on(&app, one.id, &one.day.to_string()).await;
        assert_eq!(found(&app, None).await, []);
        // Halved with its sides: found, and the rest is taken all the same.
        halve(&app, one.id, one.amount / 2).await;
        assert_eq!(found(&app, None).await, [of(one)]);
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 1);
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 0);
        let sum: i64 = claw_backs(&app).await.iter().filter(|row| row.award_id == one.award_id).map(|row| row.amount).sum();
        assert_eq!(sum, one.amount);
        assert_eq!(found(&app, None).await, [of(one)], "it was changed still");
        // Gone: the log knows it.
        delete(&app, other.id).await;
        let gone = Finding { about: About::Entry(other.id), difference: Difference::Ledger };
        assert_eq!(found(&app, None).await, [of(one), gone]);
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 1);
        assert_eq!(found(&app, None).await, [of(one)], "it is booked once more, as it was");
    }

    async fn moved_days_lost_payouts_and_altered_runs_are_found(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = key_of(&booked(&app, &hr, &manager).await);
        let pay = json!({ "name": "February", "currency": "CNY", "until": "2026-03-01" });
        let made = hr.change("incentivePayoutMake", "payout { id }", pay).await.fine();
        let payout = key_of(made.data("incentivePayoutMake.payout"));
        assert_eq!(found(&app, None).await, []);
        unlock(&app).await;
        let award = awards(&app, run).await.remove(0);
        let entry = incentive_transaction::Entity::find().filter(incentive_transaction::Column::AwardId.eq(award.id));
        let entry = entry.one(app.db.reader()).await.expect("an answer").expect("an entry");
        let of_award = Finding { about: About::Award { run, award: award.id }, difference: Difference::Ledger };

        // The day of an award's entry.
        for day in ["2026-01-29", "2026-04-30"] {
            on(&app, entry.id, day).await;
            assert_eq!(found(&app, None).await, [of_award], "{day}");
        }
        // A run that says it isn't booked is looked at all the same.
        let row = incentive_run::ActiveModel { id: Set(run), booked_at: Set(None), ..Default::default() };
        row.update(app.db.reader()).await.expect("it is tampered with");
        assert_eq!(found(&app, None).await, [of_award]);
        on(&app, entry.id, &entry.day.to_string()).await;
        assert_eq!(found(&app, None).await, []);
        // And one that says more awards than it has.
        let count = i32::try_from(awards(&app, run).await.len()).expect("few");
        let row = incentive_run::ActiveModel { id: Set(run), awards: Set(count + 5), ..Default::default() };
        row.update(app.db.reader()).await.expect("it is tampered with");
        let counted = Finding { about: About::Run(run), difference: Difference::Count };
        assert_eq!(found(&app, Some(run)).await, [counted]);
        // The lines of a payout on another day, and without their payout.
        let lines = incentive_transaction::Entity::find().filter(incentive_transaction::Column::PayoutId.eq(payout));
        let line = lines.one(app.db.reader()).await.expect("an answer").expect("a line");
        on(&app, line.id, "2026-01-29").await;
        let of_payout = Finding { about: About::Payout(payout), difference: Difference::Ledger };
        assert_eq!(found(&app, None).await, [counted, of_payout]);
        on(&app, line.id, &line.day.to_string()).await;
        let db = app.db.reader();
        if db.get_database_backend() == DbBackend::Postgres {
            let free = "ALTER TABLE incentive_transactions DROP CONSTRAINT fk_incentive_transactions_payout_id";
            db.execute_unprepared(free).await.expect("no constraint");
        }
        // SQLite lets nobody delete it while its lines are there, but for connections that don't look.
        let gone = entity::incentive_payout::Entity::delete_by_id(payout).exec(db).await;
        assert!(gone.is_ok() || db.get_database_backend() == DbBackend::Sqlite);
        if gone.is_ok() {
            assert_eq!(found(&app, None).await, [counted, of_payout]);
        }
    }
}
