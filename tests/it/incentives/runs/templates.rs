use std::collections::BTreeMap;

use aftercare::incentives::rules::templates;

use super::*;

fn template(key: &str) -> RuleContent {
    let all = templates::all("CNY").into_iter();
    let mut found = all.filter(|template| template.key == key);
    found.next().expect("a template").content
}

both_databases! {
    /// The rules that come with the product pay as they are, from money that is recorded as people record it.
    async fn commissions_are_paid_by_the_rules_that_ship(app: TestApp) {
        in_force(&app, 10, template("new_customer_commission")).await;
        in_force(&app, 11, template("renewal_commission")).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        // The agent sold the first contract of customer 1 and collects its renewal.
        for (contract, amount) in [(1, "1000.01"), (2, "2000")] {
            let amount = json!({ "amount": amount, "currency": "CNY" });
            let input = json!({ "contractId": id(Table::Contract, contract), "amount": amount, "paidOn": "2026-02-10" });
            manager.change("contractPaymentCollect", "payment { id }", input).await.fine();
        }
        booked(&app, &hr, &manager).await;
        let rows = incentive_transaction::Entity::find().all(app.db.reader()).await.expect("entries");
        let mut paid: BTreeMap<_, i64> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.member_id == key(Table::Member, 2)) {
            *paid.entry(row.rule_id).or_default() += row.amount;
        }
        // 15 % of 1000.01, and nobody assisted; 5 % of 2000, of which four fifths are the collector's.
        assert_eq!(paid.get(&Some(key(Table::IncentiveRule, 10))), Some(&15_000));
        assert_eq!(paid.get(&Some(key(Table::IncentiveRule, 11))), Some(&8_000));
    }
}
