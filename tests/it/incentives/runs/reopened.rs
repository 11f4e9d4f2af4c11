use aftercare::access::Call;
use aftercare::appraisals::store::outcomes;
use aftercare::audit::Entry;
use aftercare::incentives::runs::verify::verify;
use aftercare::work::Work;
use chrono::{NaiveDate, TimeDelta};
use entity::appraisal_cycle;
use sea_orm::Set;

use super::bytes::{awards, key_of};
use super::*;
use crate::support::data::bonus;

/// As many yuan as points.
fn by_score() -> RuleContent {
    let mut content = serde_json::to_value(bonus(1)).expect("JSON");
    let change = json!({ "condition": "has(appraisal.score)", "amount": "money(appraisal.score)", "parameters": [] });
    for (key, value) in change.as_object().expect("an object") {
        content[key] = value.clone();
    }
    serde_json::from_value(content).expect("a content")
}

both_databases! {
    async fn a_cycle_that_is_reopened_later_was_out_when_a_run_was_frozen(app: TestApp) {
        in_force(&app, 10, by_score()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).expect("a day");
        let cycle = key(Table::AppraisalCycle, 2);
        let row = appraisal_cycle::ActiveModel { id: Set(cycle), until_day: Set(day(3)), ..Default::default() };
        row.update(app.db.reader()).await.expect("it ends with February");
        let run = key_of(&booked(&app, &hr, &manager).await);
        assert!(awards(&app, run).await.iter().any(|award| award.rule_id == key(Table::IncentiveRule, 10)));
        let found = async || verify(&app.db, &app.counter, Some(run)).await.expect("a verdict").findings;
        assert_eq!(found().await, []);

        app.clock.advance(TimeDelta::hours(1));
        let input = json!({ "id": id(Table::AppraisalCycle, 2), "expectedVersion": 3, "reason": "A figure was wrong. 数据有误" });
        let reply = hr.change("appraisalCycleReopen", "cycle { stage }", input).await.fine();
        assert_eq!(reply.data("appraisalCycleReopen.cycle.stage"), "CALIBRATION");
        assert_eq!(found().await, [], "it was out when the figures were frozen");

        let members = [2, 4].map(|n| key(Table::Member, n));
        let known = async |at| {
            let found = outcomes(app.db.reader(), &members, (day(2), day(3)), at).await;
            found.expect("results").len()
        };
        assert_eq!(known(start()).await, 2);
        let reopened = app.clock.now();
        assert_eq!(known(reopened).await, 0, "it is out no more");
        // Published once more, it is from then on, and wasn't between the two.
        app.clock.advance(TimeDelta::hours(1));
        let call = Call::system(app.clock.now(), "appraisals");
        let mut work = Work::begin(&app.db, &call).await.expect("a transaction");
        work.audit(Entry {
            action: "appraisal.cycle.publish", entity_type: "appraisal_cycle", entity_id: Some(cycle), detail: json!({}),
        });
        work.commit().await.expect("it is noted");
        assert_eq!(known(app.clock.now()).await, 2);
        assert_eq!((known(reopened).await, known(start()).await), (0, 2));
        assert_eq!(found().await, []);
    }
}
