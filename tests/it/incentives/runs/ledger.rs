use aftercare::graphql::ids::encode;
use aftercare::incentives::runs::verify::{About, Difference, Finding, verify};
use entity::enums::{IncentiveAccount, IncentiveKind, IncentiveReason};
use entity::{incentive_payout, incentive_posting};
use sea_orm::Set;
use uuid::Uuid;

use super::bytes::{awards, key_of};
use super::*;

/// An entry of the agent's with its two sides, as somebody would forge it.
async fn forge(app: &TestApp, entry: incentive_transaction::Model, sides: [i64; 2]) -> Uuid {
    let db = app.db.reader();
    let id = entry.id;
    let accounts = [
        (IncentiveAccount::Expense, key(Table::IncentiveRule, 1)),
        (IncentiveAccount::Payable, entry.member_id),
    ];
    let rows = accounts.into_iter().zip(sides).zip(0..);
    let rows = rows.map(|(((account, account_of), amount), place)| {
        let row = incentive_posting::Model {
            transaction_id: id,
            place,
            account,
            account_of,
            currency: "CNY".to_owned(),
            amount,
        };
        row.into_active_model().reset_all()
    });
    let insert = incentive_transaction::Entity::insert(entry.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("an entry");
    let insert = incentive_posting::Entity::insert_many(rows);
    insert.exec_without_returning(db).await.expect("its sides");
    id
}

pub async fn correct(app: &TestApp, award: Uuid, amount: &str, less: bool) {
    let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
    let input = json!({
        "awardId": encode("incentiveaward", award), "amount": { "amount": amount, "currency": "CNY" }, "less": less, "reason": "A mistake. 有误",
    });
    let made = hr
        .change("incentiveCorrect", "correction { id version }", input)
        .await
        .fine();
    let made = made.data("incentiveCorrect.correction");
    let decide = json!({ "id": made["id"], "expectedVersion": made["version"], "approve": true });
    let decided = manager.change("incentiveCorrectionDecide", "correction { state }", decide);
    decided.await.fine();
}

both_databases! {
    async fn what_nothing_stands_behind_is_found(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = key_of(&booked(&app, &hr, &manager).await);
        let award = awards(&app, run).await.into_iter().find(|award| award.member_id == key(Table::Member, 2)).expect("the agent's");
        correct(&app, award.id, "30", true).await;
        // January's run of the fixed company has no frozen figures: all else is in order.
        let fixed = Finding { about: About::Run(key(Table::IncentiveRun, 1)), difference: Difference::Unreadable };
        let found = async || {
            let mut all = verify(&app.db, &app.counter, None).await.expect("a verdict").findings;
            all.retain(|one| *one != fixed);
            all.into_iter().map(|one| one.about).collect::<Vec<_>>()
        };
        assert_eq!(found().await, []);
        let of_award = About::Award { run, award: award.id };
        let plain = incentive_transaction::Model {
            id: Uuid::from_u128(1), reason: IncentiveReason::Correction, day: start().date_naive(), member_id: award.member_id, rule_id: Some(award.rule_id),
            award_id: Some(award.id), payout_id: None, reference: "forged".to_owned(), currency: "CNY".to_owned(), amount: 500, line: None, note: None,
            made_by_name: "Nobody".to_owned(), created_at: start(),
        };

        // Neither an award nor a payout.
        let loose = forge(&app, incentive_transaction::Model { award_id: None, ..plain.clone() }, [500, -500]).await;
        assert_eq!(found().await, [About::Entry(loose)]);
        // A correction that nobody approved.
        forge(&app, incentive_transaction::Model { id: Uuid::from_u128(2), ..plain.clone() }, [500, -500]).await;
        assert_eq!(found().await, [of_award, About::Entry(loose)]);
        // Of a payout as well; and a payout that says another total than its lines.
        let payout = key(Table::IncentivePayout, 1);
        let row = incentive_payout::ActiveModel { id: Set(payout), total: Set(10_001), ..Default::default() };
        row.update(app.db.reader()).await.expect("it is tampered with");
        assert_eq!(found().await, [of_award, About::Entry(loose), About::Payout(payout)]);
    }

    async fn a_claw_back_without_a_refund_and_doubled_sides_are_found(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = key_of(&booked(&app, &hr, &manager).await);
        let all = awards(&app, run).await;
        let plain = |n: u128, place: usize, reason, amount| incentive_transaction::Model {
            id: Uuid::from_u128(n), reason, day: start().date_naive(), member_id: all[place].member_id, rule_id: Some(all[place].rule_id),
            award_id: Some(all[place].id), payout_id: None, reference: "forged".to_owned(), currency: "CNY".to_owned(), amount, line: None, note: None,
            made_by_name: "Nobody".to_owned(), created_at: start(),
        };
        forge(&app, plain(1, 0, IncentiveReason::ClawBack, -500), [-500, 500]).await;
        // Both sides say twice what the entry does.
        forge(&app, plain(2, 1, IncentiveReason::Award, 0), [10_000, -10_000]).await;
        let found = verify(&app.db, &app.counter, Some(run)).await.expect("a verdict").findings;
        let told: Vec<(Option<Uuid>, Difference)> = found.iter().map(|one| (one.award(), one.difference)).collect();
        assert_eq!(told, [(Some(all[0].id), Difference::Ledger), (Some(all[1].id), Difference::Ledger)]);
    }

    async fn a_rule_that_cant_be_computed_any_more_is_a_finding(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = key_of(&booked(&app, &hr, &manager).await);
        let id = key(Table::IncentiveVersion, 1);
        let row = incentive_rule_version::Entity::find_by_id(id).one(app.db.reader()).await.expect("an answer").expect("a version");
        let mut content = row.content.clone();
        content["condition"] = json!("no.such_fact > 1");
        let row = incentive_rule_version::ActiveModel { id: Set(id), content: Set(content), ..Default::default() };
        row.update(app.db.reader()).await.expect("it is tampered with");
        let verdict = verify(&app.db, &app.counter, Some(run)).await.expect("a verdict");
        assert_eq!(verdict.findings, [Finding { about: About::Run(run), difference: Difference::Unreadable }]);
        assert!(verdict.awards > 0, "the ledger is held against the awards all the same");
    }

    async fn a_payout_is_of_what_was_asked_for(app: TestApp) {
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        booked(&app, &hr, &manager).await;
        let pay = async |until: &str| {
            let input = json!({ "name": "February", "currency": "CNY", "until": until });
            hr.change("incentivePayoutMake", "payout { members total { amount } }", input).await
        };
        pay("2026-03-01").await.fine();
        // What is booked in March isn't owed for February.
        correct(&app, key(Table::IncentiveAward, 1), "30", false).await;
        assert_eq!(mistakes(&pay("2026-03-01").await), mistake("RULE_VIOLATED", "input.until"));
        let reply = pay("2026-04-01").await.fine();
        assert_eq!(reply.data("incentivePayoutMake.payout"), &json!({ "members": 1, "total": { "amount": "30" } }));
    }

    async fn an_adjustment_of_pay_isnt_corrected_in_the_ledger(app: TestApp) {
        let id = key(Table::IncentiveAward, 9);
        let row = incentive_award::Entity::find_by_id(key(Table::IncentiveAward, 1)).one(app.db.reader()).await.expect("an answer").expect("an award");
        let row = incentive_award::Model { id, kind: IncentiveKind::PayAdjustment, ..row };
        incentive_award::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(app.db.reader()).await.expect("an award");
        let input = json!({ "awardId": encode("incentiveaward", id), "amount": { "amount": "30", "currency": "CNY" }, "less": false, "reason": "More. 补发" });
        let reply = app.as_("hr").await.change("incentiveCorrect", "correction { id }", input).await;
        assert_eq!(mistakes(&reply), mistake("RULE_VIOLATED", "input.awardId"));
    }

    async fn what_was_corrected_isnt_earned_any_more(app: TestApp) {
        let query = "query { myIncentives(period: MONTH, day: \"2026-01-10\") { earned { awards amount { amount } } } }";
        let agent = app.as_("agent").await;
        let earned = async || agent.ask(query).await.fine().data("myIncentives.earned").clone();
        assert_eq!(earned().await, json!([{ "awards": 1, "amount": { "amount": "100" } }]));
        correct(&app, key(Table::IncentiveAward, 1), "30", true).await;
        assert_eq!(earned().await, json!([{ "awards": 1, "amount": { "amount": "70" } }]));
    }
}
