use chrono::TimeDelta;
use entity::incentive_run;
use sea_orm::Set;

use super::bytes::{awards, key_of};
use super::*;
use crate::support::data::bonus;

const APPROVE: &str = "incentiveRunApprove";
const REJECT: &str = "incentiveRunReject";

/// Fifty yuan for everybody, as long as a hundred a year last.
fn scarce() -> RuleContent {
    let mut content = serde_json::to_value(bonus(50)).expect("JSON");
    content["budget"] = json!({ "amount": 10_000, "period": "YEAR", "exhausted": "PRO_RATA" });
    serde_json::from_value(content).expect("a content")
}

/// The run of a month that is over at the clock's time, worked out.
async fn worked_out(app: &TestApp, from: &str) -> Value {
    let hr = app.as_("hr").await;
    let input = json!({ "period": "MONTH", "from": from });
    let reply = hr.change("incentiveRunStart", RUN, input).await.fine();
    let done = round(&app.db, &app.counter, app.clock.now()).await;
    done.expect("a round");
    let run = seen(&hr, reply.data("incentiveRunStart.run.id")).await;
    assert_eq!(run["state"], "CALCULATED");
    run
}

/// Approves a run or sends it back.
async fn decide(app: &TestApp, mutation: &str, run: &Value) -> Reply {
    let manager = app.as_("service_manager").await;
    let mut input = json!({ "id": run["id"], "expectedVersion": run["version"] });
    if mutation == REJECT {
        input["reason"] = json!("Something lacks. 有遗漏");
    }
    manager.change(mutation, RUN, input).await
}

/// Why a run isn't approved.
async fn refused(app: &TestApp, run: &Value) -> String {
    let reply = decide(app, APPROVE, run).await;
    assert_eq!(mistakes(&reply), mistake("WRONG_STATE", "input.id"));
    let told = reply.data("incentiveRunApprove.userErrors.0.message");
    told.to_string()
}

/// What the scarce rule gives in a run, in fen.
async fn given(app: &TestApp, run: &Value) -> i64 {
    let rule = key(Table::IncentiveRule, 10);
    let all = awards(app, key_of(run)).await;
    let of = all.iter().filter(|award| award.rule_id == rule);
    of.map(|award| award.amount).sum()
}

/// What a run notes as spent before.
async fn notes(app: &TestApp, run: &Value, spent: Value) {
    let row = incentive_run::ActiveModel {
        id: Set(key_of(run)),
        spent: Set(Some(spent)),
        ..Default::default()
    };
    row.update(app.db.reader()).await.expect("it is noted");
}

both_databases! {
    /// Approved first, the later one would leave the earlier one without a way to be paid.
    async fn a_period_waits_for_those_before_it(app: TestApp) {
        let february = worked_out(&app, "2026-02-01").await;
        app.clock.advance(TimeDelta::days(31));
        let march = worked_out(&app, "2026-03-01").await;
        assert!(refused(&app, &march).await.contains("2026-02-01"), "it waits");
        decide(&app, REJECT, &february).await.fine();
        assert!(refused(&app, &march).await.contains("2026-02-01"), "it was sent back");
        let february = worked_out(&app, "2026-02-01").await;
        assert_eq!(february["attempt"], 2);
        decide(&app, APPROVE, &february).await.fine();
        assert!(refused(&app, &march).await.contains("Other periods"), "late payments are others now");
        decide(&app, REJECT, &march).await.fine();
        let march = worked_out(&app, "2026-03-01").await;
        decide(&app, APPROVE, &march).await.fine();
    }

    async fn what_was_sent_back_isnt_spent_and_locked_it_isnt_waited_for(app: TestApp) {
        in_force(&app, 10, scarce()).await;
        let february = worked_out(&app, "2026-02-01").await;
        assert_eq!(given(&app, &february).await, 10_000);
        app.clock.advance(TimeDelta::days(31));
        let march = worked_out(&app, "2026-03-01").await;
        assert_eq!(given(&app, &march).await, 10_000, "what waits isn't spent");
        decide(&app, REJECT, &february).await.fine();
        assert!(refused(&app, &march).await.contains("2026-02-01"));
        let lock = json!({ "month": "2026-02-01" });
        app.as_("hr").await.change("incentiveMonthLock", "lock { openFrom }", lock).await.fine();
        // Worked out by an older version, for which what waited was spent.
        notes(&app, &march, json!({ (key(Table::IncentiveRule, 10).to_string()): 10_000 })).await;
        assert!(refused(&app, &march).await.contains("budget"));
        notes(&app, &march, json!({})).await;
        decide(&app, APPROVE, &march).await.fine();
    }

    async fn a_budget_is_what_approved_periods_leave(app: TestApp) {
        in_force(&app, 10, scarce()).await;
        let february = worked_out(&app, "2026-02-01").await;
        decide(&app, APPROVE, &february).await.fine();
        app.clock.advance(TimeDelta::days(31));
        let march = worked_out(&app, "2026-03-01").await;
        assert_eq!((given(&app, &february).await, given(&app, &march).await), (10_000, 0));
        decide(&app, APPROVE, &march).await.fine();
    }
}
