use aftercare::access::Call;
use aftercare::graphql::ids::encode;
use aftercare::incentives::runs::verify::verify;
use aftercare::incentives::runs::work::claw_back;

use super::bytes::key_of;
use super::ledger::correct;
use super::*;
use crate::support::data::bonus;

/// Three percent of what was collected to whoever collected it, by their shares.
pub fn commission() -> RuleContent {
    let mut content = serde_json::to_value(bonus(1)).expect("JSON");
    let change = json!({
        "name": "Commission", "nameZh": "提成", "kind": "COMMISSION", "method": "RENEWAL",
        "trigger": { "on": "PER_RECORD", "source": "payment" }, "condition": "payment.role == \"collector\"",
        "amount": "payment.amount * 0.03 * payment.share", "parameters": [],
    });
    for (key, value) in change.as_object().expect("an object") {
        content[key] = value.clone();
    }
    serde_json::from_value(content).expect("a content")
}

pub fn yuan(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "CNY" })
}

pub async fn refund(manager: &Actor, payment: &Value, amount: &str) {
    let input = json!({ "paymentId": payment, "amount": yuan(amount), "paidOn": "2026-03-01", "note": "Not satisfied. 不满意" });
    manager
        .change("contractPaymentRefund", "payment { id }", input)
        .await
        .fine();
}

/// What was given and taken back of commission, in fen, by member.
async fn sums(app: &TestApp) -> Vec<(i64, i64)> {
    use entity::enums::IncentiveReason::{Award, ClawBack};
    let rule = incentive_transaction::Column::RuleId.eq(key(Table::IncentiveRule, 10));
    let rows = incentive_transaction::Entity::find()
        .filter(rule)
        .all(app.db.reader())
        .await
        .expect("entries");
    [2, 3]
        .map(|member| {
            let of = |reason| {
                rows.iter()
                    .filter(|row| {
                        row.member_id == key(Table::Member, member) && row.reason == reason
                    })
                    .map(|row| row.amount)
                    .sum()
            };
            (of(Award), of(ClawBack))
        })
        .to_vec()
}

both_databases! {
    async fn what_is_refunded_takes_its_share_back_to_the_last_fen(app: TestApp) {
        in_force(&app, 10, commission()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        // Contract 1 is collected by the agent with 60 % and the colleague with 40 %.
        let input = json!({ "contractId": id(Table::Contract, 1), "amount": yuan("1000.01"), "paidOn": "2026-02-10" });
        let paid = manager.change("contractPaymentCollect", "payment { id }", input).await.fine();
        let payment = paid.data("contractPaymentCollect.payment.id").clone();
        booked(&app, &hr, &manager).await;
        assert_eq!(sums(&app).await, [(1_800, 0), (1_200, 0)]);

        let take = async || {
            let reply = hr.send("mutation { incentiveClawBack { entries userErrors { message } } }", json!({})).await.fine();
            reply.data("incentiveClawBack.entries").as_i64().expect("a count")
        };
        assert_eq!(take().await, 0);
        refund(&manager, &payment, "333.33").await;
        assert_eq!(take().await, 2);
        assert_eq!(sums(&app).await, [(1_800, -600), (1_200, -400)]);
        assert_eq!(take().await, 0, "nothing is taken back twice");
        refund(&manager, &payment, "0.01").await;
        take().await;
        refund(&manager, &payment, "666.67").await;
        take().await;
        assert_eq!(sums(&app).await, [(1_800, -1_800), (1_200, -1_200)], "all of it, and never more");
        assert_eq!(take().await, 0);
        assert_eq!(app.as_("agent").await.send("mutation { incentiveClawBack { entries } }", json!({})).await.error_codes(), ["FORBIDDEN"]);
    }

    /// The same amount is due once more: half of what was corrected upwards is as much as half of the award.
    async fn what_is_due_again_is_taken_again_and_two_at_once_take_it_once(app: TestApp) {
        in_force(&app, 10, commission()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let input = json!({ "contractId": id(Table::Contract, 1), "amount": yuan("1000"), "paidOn": "2026-02-10" });
        let paid = manager.change("contractPaymentCollect", "payment { id }", input).await.fine();
        let payment = paid.data("contractPaymentCollect.payment.id").clone();
        booked(&app, &hr, &manager).await;
        refund(&manager, &payment, "500").await;
        let call = Call::system(start(), "incentives");
        let (one, other) = tokio::join!(claw_back(&app.db, &call), claw_back(&app.db, &call));
        assert_eq!(one.expect("an answer") + other.expect("an answer"), 2, "one of the two takes both");
        assert_eq!(sums(&app).await, [(1_800, -900), (1_200, -600)]);

        let award = incentive_award::Entity::find()
            .filter(incentive_award::Column::RuleId.eq(key(Table::IncentiveRule, 10)))
            .filter(incentive_award::Column::MemberId.eq(key(Table::Member, 2)));
        let award = award.one(app.db.reader()).await.expect("an answer").expect("an award");
        let input = json!({ "awardId": encode("incentiveaward", award.id), "amount": yuan("18"), "less": false, "reason": "Forgotten. 漏计" });
        let made = hr.change("incentiveCorrect", "correction { id version }", input).await.fine();
        let made = made.data("incentiveCorrect.correction");
        let decide = json!({ "id": made["id"], "expectedVersion": made["version"], "approve": true });
        manager.change("incentiveCorrectionDecide", "correction { state }", decide).await.fine();
        assert_eq!(sums(&app).await, [(1_800, -1_800), (1_200, -600)], "half of both, at once");
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 0);
    }

    /// Refunded or corrected first: the same is left, what was taken too much comes back, and never before the day of the correction.
    async fn the_order_of_refund_and_correction_doesnt_matter(app: TestApp) {
        in_force(&app, 10, commission()).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let mut payments = Vec::new();
        for _ in 0..2 {
            let input = json!({ "contractId": id(Table::Contract, 1), "amount": yuan("1000"), "paidOn": "2026-02-10" });
            let paid = manager.change("contractPaymentCollect", "payment { id }", input).await.fine();
            payments.push(paid.data("contractPaymentCollect.payment.id").clone());
        }
        let run = booked(&app, &hr, &manager).await;
        let awards = incentive_award::Entity::find()
            .filter(incentive_award::Column::RuleId.eq(key(Table::IncentiveRule, 10)))
            .filter(incentive_award::Column::MemberId.eq(key(Table::Member, 2)));
        let awards = awards.all(app.db.reader()).await.expect("awards");
        let of = |payment: &Value| awards.iter().find(|award| Some(award.subject_id.as_str()) == payment.as_str()).expect("an award").id;
        let (first, second) = (of(&payments[0]), of(&payments[1]));
        let call = Call::system(start(), "incentives");
        let entries = async |award| {
            let rows = aftercare::incentives::runs::store::entries_of_awards(app.db.reader(), &[award]).await.expect("entries");
            let given = rows.iter().filter(|row| row.reason != entity::enums::IncentiveReason::ClawBack).map(|row| row.day).max();
            assert!(rows.iter().filter(|row| row.amount > 0).all(|row| Some(row.day) <= given));
            (rows.iter().map(|row| row.amount).sum::<i64>(), rows.len())
        };

        correct(&app, first, "5.41", true).await;
        refund(&manager, &payments[0], "500").await;
        refund(&manager, &payments[1], "500").await;
        // Both of the colleague, and two of the agent.
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 4);
        assert_eq!((entries(first).await, entries(second).await), ((629, 3), (900, 2)));
        correct(&app, second, "5.41", true).await;
        assert_eq!(entries(second).await, (629, 4), "what was taken too much came back at once");
        assert_eq!(claw_back(&app.db, &call).await.expect("an answer"), 0);
        // All of it was wrong.
        correct(&app, second, "12.59", true).await;
        assert_eq!(entries(second).await, (0, 6));
        let found = verify(&app.db, &app.counter, Some(key_of(&run))).await.expect("a verdict");
        assert_eq!(found.findings, []);
    }
}
