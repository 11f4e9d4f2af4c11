use std::collections::BTreeMap;

use aftercare::incentives::rules::content::Period;
use aftercare::incentives::rules::templates;
use chrono::TimeDelta;
use entity::contest_award;

use super::*;

/// The content of a rule that ships.
pub fn template(key: &str) -> RuleContent {
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

    /// Who comes first where there is a prize for the first place and one for the first three has two prizes and is paid once.
    async fn a_place_in_a_contest_is_paid_once(app: TestApp) {
        in_force(&app, 10, RuleContent { period: Period::Month, ..template("contest_prize") }).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        for (n, entrant, member, rank) in [(11, 2, 3, 1), (12, 2, 3, 1), (13, 3, 5, 2)] {
            let award = contest_award::Model {
                id: key(Table::Award, n),
                contest_id: key(Table::Contest, 1),
                entrant_id: key(Table::Entrant, entrant),
                member_id: key(Table::Member, member),
                rank,
                name: "A prize".to_owned(),
                name_zh: "奖项".to_owned(),
                created_at: start() - TimeDelta::days(10),
            };
            let insert = contest_award::Entity::insert(award.into_active_model().reset_all());
            insert.exec_without_returning(app.db.reader()).await.expect("an award");
        }
        booked(&app, &hr, &manager).await;
        let rows = incentive_transaction::Entity::find().all(app.db.reader()).await.expect("entries");
        let of_rule = rows.iter().filter(|row| row.rule_id == Some(key(Table::IncentiveRule, 10)));
        let mut paid: Vec<_> = of_rule.map(|row| (row.member_id, row.amount)).collect();
        paid.sort_unstable();
        let mut expected = [(key(Table::Member, 3), 200_000), (key(Table::Member, 5), 100_000)];
        expected.sort_unstable();
        assert_eq!(paid, expected);
    }
}
