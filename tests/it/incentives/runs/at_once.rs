use entity::incentive_payout;

use super::*;
use crate::incentives::{SELECT, content, create, latest, step};
use crate::support::data::bonus;

const APPROVE: &str = "incentiveRuleVersionApprove";
const ACTIVATE: &str = "incentiveRuleVersionActivate";
const RETIRE: &str = "incentiveRuleVersionRetire";

/// The version of that number, as a mutation shows it.
fn version(reply: &Reply, mutation: &str, number: i64) -> Value {
    let versions = reply.list(&format!("{mutation}.rule.versions"));
    let found = versions.iter().find(|one| one["number"] == number);
    found.expect("the version").clone()
}

/// The next version of a rule, approved.
async fn approved(app: &TestApp, rule: &Value) -> Value {
    let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
    let input = json!({ "id": rule, "content": content(), "note": "Once more." });
    let drafted = hr.change("incentiveRuleDraft", SELECT, input).await.fine();
    let draft = latest(&drafted, "incentiveRuleDraft");
    let reply = step(&manager, APPROVE, &draft, json!({ "reason": "Agreed." })).await;
    latest(&reply.fine(), APPROVE)
}

both_databases! {
    async fn two_starts_at_once_make_one_run_and_two_payouts_pay_once(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let (one, other) = tokio::join!(february(&hr), february(&hr));
        assert_eq!(one.fine().data("incentiveRunStart.run.id"), other.fine().data("incentiveRunStart.run.id"));
        booked(&app, &hr, &manager).await;
        let pay = async |key: &str| {
            let input = json!({ "name": "February", "currency": "CNY", "until": "2026-03-01", "idempotencyKey": key });
            hr.change("incentivePayoutMake", "payout { total { amount } }", input).await
        };
        let (one, other) = tokio::join!(pay("one"), pay("other"));
        let refused = [&one, &other].into_iter().filter(|reply| !reply.user_errors().is_empty()).count();
        assert_eq!(refused, 1, "{one} {other}");
        assert_eq!(incentive_payout::Entity::find().count(app.db.reader()).await.expect("a count"), 2, "January's and this one");
    }

    async fn a_run_by_rules_of_yesterday_isnt_approved(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = calculated(&app, &hr).await;
        in_force(&app, 10, bonus(5)).await;
        let decide = json!({ "id": run["id"], "expectedVersion": run["version"] });
        assert_eq!(mistakes(&manager.change("incentiveRunApprove", RUN, decide.clone()).await), mistake("WRONG_STATE", "input.id"));
        let mut back = decide;
        back["reason"] = json!("There is another rule. 另有规则");
        manager.change("incentiveRunReject", RUN, back).await.fine();
        let run = booked(&app, &hr, &manager).await;
        assert_eq!(run["attempt"], 2);
    }

    /// Whatever is retired and activated in whatever order, one version of a rule holds on a day.
    async fn a_version_ends_once_and_for_all(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let made = create(&hr, "service", content()).await.fine();
        let rule = made.data("incentiveRuleCreate.rule.id").clone();
        let reply = step(&manager, APPROVE, &latest(&made, "incentiveRuleCreate"), json!({ "reason": "New." })).await.fine();
        let reply = step(&hr, ACTIVATE, &latest(&reply, APPROVE), json!({ "from": "2026-02-01" })).await.fine();
        let reply = step(&hr, RETIRE, &latest(&reply, ACTIVATE), json!({ "from": "2026-03-01" })).await.fine();
        assert_eq!(version(&reply, RETIRE, 1)["state"], "RETIRED");

        // Retired, it would hold in February still: the next version takes its place there.
        let next = approved(&app, &rule).await;
        let reply = step(&hr, ACTIVATE, &next, json!({ "from": "2026-02-01" })).await.fine();
        let first = version(&reply, ACTIVATE, 1);
        assert_eq!((&first["state"], &first["activeUntil"]), (&json!("RETIRED"), &json!("2026-02-01")));

        // One that ends in April can't be made to end in June.
        let next = approved(&app, &rule).await;
        let reply = step(&hr, ACTIVATE, &next, json!({ "from": "2026-04-01" })).await.fine();
        let reply = step(&hr, RETIRE, &version(&reply, ACTIVATE, 2), json!({ "from": "2026-06-01" })).await.fine();
        let second = version(&reply, RETIRE, 2);
        assert_eq!((&second["state"], &second["activeUntil"]), (&json!("ACTIVE"), &json!("2026-04-01")));
    }

    async fn two_versions_of_a_rule_on_one_day_arent_run(app: TestApp) {
        in_force(&app, 10, bonus(5)).await;
        let row = incentive_rule_version::Entity::find_by_id(key(Table::IncentiveVersion, 10)).one(app.db.reader()).await.expect("an answer").expect("a version");
        let row = incentive_rule_version::Model { id: key(Table::IncentiveVersion, 11), number: 2, ..row };
        incentive_rule_version::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(app.db.reader()).await.expect("a version");
        let hr = app.as_("hr").await;
        assert_eq!(mistakes(&february(&hr).await), mistake("RULE_VIOLATED", "input.period"));
    }
}
