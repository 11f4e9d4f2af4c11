use aftercare::incentives::runs::verify::verify;
use aftercare::incentives::runs::work::round;
use chrono::{NaiveDate, TimeDelta};
use entity::incentive_run;
use sea_orm::QueryOrder;

use super::bytes::key_of;
use super::refunds::{commission, yuan};
use super::*;

/// Runs a month that is over at the clock's time, approves and books it.
async fn month(app: &TestApp, from: &str) -> Value {
    let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
    let input = json!({ "period": "MONTH", "from": from });
    let reply = hr.change("incentiveRunStart", RUN, input).await.fine();
    let work = async || {
        let done = round(&app.db, &app.counter, app.clock.now()).await;
        done.expect("a round")
    };
    work().await;
    let run = seen(&hr, reply.data("incentiveRunStart.run.id")).await;
    let input = json!({ "id": run["id"], "expectedVersion": run["version"] });
    manager
        .change("incentiveRunApprove", RUN, input)
        .await
        .fine();
    work().await;
    seen(&hr, &run["id"]).await
}

/// The days of the payments for which a run gives commission.
async fn days(app: &TestApp, run: &Value) -> Vec<NaiveDate> {
    let awards = incentive_award::Entity::find()
        .filter(incentive_award::Column::RunId.eq(key_of(run)))
        .filter(incentive_award::Column::RuleId.eq(key(Table::IncentiveRule, 10)))
        .filter(incentive_award::Column::MemberId.eq(key(Table::Member, 2)))
        .order_by_asc(incentive_award::Column::Day);
    let awards = awards.all(app.db.reader()).await.expect("awards");
    awards.into_iter().map(|award| award.day).collect()
}

async fn collect(app: &TestApp, paid_on: &str) {
    let input =
        json!({ "contractId": id(Table::Contract, 1), "amount": yuan("1000"), "paidOn": paid_on });
    let manager = app.as_("service_manager").await;
    manager
        .change("contractPaymentCollect", "payment { id }", input)
        .await
        .fine();
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

both_databases! {
    async fn a_payment_that_is_recorded_late_counts_in_the_next_month_and_only_there(app: TestApp) {
        in_force(&app, 10, commission()).await;
        collect(&app, "2026-02-10").await;
        let february = month(&app, "2026-02-01").await;
        assert_eq!(days(&app, &february).await, [day("2026-02-10")]);
        app.clock.advance(TimeDelta::hours(1));
        collect(&app, "2026-02-20").await;
        app.clock.advance(TimeDelta::days(30));
        collect(&app, "2026-03-05").await;
        let march = month(&app, "2026-03-01").await;
        assert_eq!(days(&app, &march).await, [day("2026-02-20"), day("2026-03-05")]);
        let found = verify(&app.db, &app.counter, Some(key_of(&march))).await.expect("a verdict");
        assert_eq!(found.findings, []);
        app.clock.advance(TimeDelta::days(30));
        let april = month(&app, "2026-04-01").await;
        assert_eq!(days(&app, &april).await, Vec::<NaiveDate>::new(), "it was paid");
    }

    /// Periods are decided in their order, or a late payment could count twice.
    async fn periods_are_run_in_their_order(app: TestApp) {
        let hr = app.as_("hr").await;
        let early = json!({ "period": "MONTH", "from": "2025-12-01" });
        assert_eq!(mistakes(&hr.change("incentiveRunStart", RUN, early).await), mistake("WRONG_STATE", "input.from"), "January is approved");

        // One that was started before another one was approved isn't approved after it.
        let run = calculated(&app, &hr).await;
        let mut later = incentive_run::Entity::find_by_id(key(Table::IncentiveRun, 1)).one(app.db.reader()).await.expect("an answer").expect("a run");
        (later.id, later.from_day, later.until_day) = (key(Table::IncentiveRun, 9), day("2026-03-01"), day("2026-04-01"));
        incentive_run::Entity::insert(later.into_active_model().reset_all()).exec_without_returning(app.db.reader()).await.expect("a later run");
        let approve = json!({ "id": run["id"], "expectedVersion": run["version"] });
        let manager = app.as_("service_manager").await;
        assert_eq!(mistakes(&manager.change("incentiveRunApprove", RUN, approve).await), mistake("WRONG_STATE", "input.id"));
    }
}
