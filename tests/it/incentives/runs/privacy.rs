use std::collections::BTreeSet;
use std::sync::Arc;

use aftercare::access::{Grants, Permission, Viewer, visible};
use entity::enums::Reach;
use entity::{incentive_run, role_grant};
use uuid::Uuid;

use super::bytes::key_of;
use super::*;
use crate::support::data::bonus;

const TOTALS: &str = "query($id: ID!) { incentiveRun(id: $id) { awards totals { members awards amount { amount } } sums { amount { amount } } } }";

/// A bonus for whoever has been here for a hundred years.
fn nobodys() -> RuleContent {
    let mut content = serde_json::to_value(bonus(5)).expect("JSON");
    content["condition"] = json!("tenure.months >= 1200");
    serde_json::from_value(content).expect("a content")
}

/// A bonus of which there is one yuan for everybody together.
fn scarce() -> RuleContent {
    let mut content = serde_json::to_value(bonus(5)).expect("JSON");
    content["budget"] = json!({ "amount": 100, "period": "YEAR", "exhausted": "PRO_RATA" });
    serde_json::from_value(content).expect("a content")
}

both_databases! {
    async fn nobody_and_few_look_the_same_to_who_doesnt_see_pay(app: TestApp) {
        in_force(&app, 10, nobodys()).await;
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let run = calculated(&app, &hr).await;
        let which = json!({ "id": run["id"] });
        let all = hr.send(TOTALS, which.clone()).await.fine();
        assert_eq!(all.data("incentiveRun.totals.1"), &json!({ "members": 0, "awards": 0, "amount": { "amount": "0" } }));
        assert_eq!(all.data("incentiveRun.awards"), &run["awards"]);
        let few = admin.send(TOTALS, which.clone()).await.fine();
        assert_eq!(few.list("incentiveRun.totals").len(), 2, "every rule of the run is told");
        assert_eq!(few.data("incentiveRun.totals.1"), &json!({ "members": null, "awards": null, "amount": null }));
        assert_eq!((few.data("incentiveRun.awards"), few.data("incentiveRun.sums.0.amount")), (&Value::Null, &Value::Null));

        // Nothing is told of one that is still being worked out.
        let evaluating = incentive_run::Entity::update_many().col_expr(incentive_run::Column::State, Expr::value("evaluating"));
        evaluating.filter(incentive_run::Column::Id.eq(key_of(&run))).exec(app.db.reader()).await.expect("it is evaluated");
        let untold = admin.send(TOTALS, which).await.fine();
        assert_eq!(untold.data("incentiveRun"), &json!({ "awards": null, "totals": [], "sums": [] }));
        let log = audit_log::Entity::find().filter(audit_log::Column::Action.is_in(["incentive.run.evaluated", "incentive.run.calculated"]));
        let log = log.all(app.db.reader()).await.expect("entries");
        assert!(log.len() == 2 && log.iter().all(|entry| !entry.detail.to_string().contains("awards")), "{log:?}");
    }

    /// Of two rules that pay the same people but one, the difference of exact totals would be that one's amount.
    async fn totals_of_many_are_rounded_for_who_doesnt_see_pay(app: TestApp) {
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let least = json!({ "key": "metrics.minimum_group", "value": "2", "expectedVersion": 0 });
        admin.change("settingChange", "setting { key }", least).await.fine();
        let run = calculated(&app, &hr).await;
        let query = "query($id: ID!) { incentiveRun(id: $id) { totals { members amount { amount } isRounded } sums { amount { amount } isRounded } } }";
        let told = async |who: &Actor| who.send(query, json!({ "id": run["id"] })).await.fine();
        let (exact, rounded) = (told(&hr).await, told(&admin).await);
        let members = exact.data("incentiveRun.totals.0.members").as_i64().expect("a number");
        assert!(members >= 3, "{exact}");
        assert_eq!(rounded.data("incentiveRun.totals.0.members"), members);
        // Everybody gets 100, so that the step is 200; halves are rounded up.
        for (reply, amount, is_rounded) in [(exact, members * 100, false), (rounded, (members + 1) / 2 * 200, true)] {
            let one = json!({ "amount": { "amount": amount.to_string() }, "isRounded": is_rounded });
            assert_eq!(reply.data("incentiveRun.sums.0"), &one);
            assert_eq!(reply.data("incentiveRun.totals.0.amount"), &one["amount"]);
            assert_eq!(reply.data("incentiveRun.totals.0.isRounded"), is_rounded);
        }
    }

    async fn an_explanation_names_the_budget_and_not_what_others_left_of_it(app: TestApp) {
        in_force(&app, 10, scarce()).await;
        let (hr, agent) = (app.as_("hr").await, app.as_("agent").await);
        calculated(&app, &hr).await;
        let query = "query($rule: ID!) { incentiveAwards(filter: { ruleId: { eq: $rule } }) { nodes { explanation { text } } } }";
        let reply = agent.send(query, json!({ "rule": id(Table::IncentiveRule, 10) })).await.fine();
        let told = reply.data("incentiveAwards.nodes.0.explanation").to_string();
        assert!(told.contains("The budget is 1.00 CNY"), "{told}");
    }

    async fn the_total_of_a_payout_is_for_who_sees_all_pay(app: TestApp) {
        let query = "query($id: ID!) { incentivePayout(id: $id) { members total { amount } } }";
        let which = json!({ "id": id(Table::IncentivePayout, 1) });
        let total = async |login: &str| app.as_(login).await.send(query, which.clone()).await;
        assert_eq!(total("admin").await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(total("hr").await.fine().data("incentivePayout.total"), &json!({ "amount": "100" }));
        // With the pay of a team only.
        let all = role_grant::Entity::update_many().col_expr(role_grant::Column::Reach, Expr::value("team"));
        all.filter(role_grant::Column::Permission.eq("member.pay.read")).exec(app.db.reader()).await.expect("grants");
        assert_eq!(total("hr").await.fine().data("incentivePayout.total"), &Value::Null);
    }

    /// An award of somebody else takes both permissions, each as far as it reaches.
    async fn the_narrower_of_two_reaches_holds(app: TestApp) {
        let agent = identity::authenticate(&app, app.as_("agent").await.token(), start()).await.expect("a viewer");
        let found = async |award: &[Reach], pay: &[Reach]| {
            let award = award.iter().map(|reach| (Permission::IncentiveAwardRead, *reach));
            let grants: Grants = award.chain(pay.iter().map(|reach| (Permission::MemberPayRead, *reach))).collect();
            let viewer = Viewer { grants: Arc::new(grants), standing: Arc::clone(&agent.standing), ..Viewer::anonymous() };
            let rows = visible::<incentive_award::Entity>(&viewer, Permission::IncentiveAwardRead).all(app.db.reader()).await.expect("awards");
            rows.into_iter().map(|row| row.member_id).collect::<BTreeSet<Uuid>>()
        };
        let own = BTreeSet::from([key(Table::Member, 2)]);
        assert_eq!(found(&[Reach::All], &[Reach::All]).await.len(), 3);
        assert_eq!(found(&[Reach::All, Reach::Own], &[]).await, own);
        assert_eq!(found(&[Reach::Own], &[Reach::All]).await, own);
        assert_eq!(found(&[Reach::All], &[Reach::Own]).await, own);
        assert_eq!(found(&[], &[Reach::All]).await, BTreeSet::new());
    }
}
