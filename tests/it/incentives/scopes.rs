use aftercare::identity;
use aftercare::incentives::definitions::RuleFacts;
use entity::{incentive_rule, incentive_rule_version, incentive_simulation};
use serde_json::json;

use crate::scopes::hold_equal;
use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS};
use crate::support::data::start;
use crate::support::database::both_databases;

both_databases! {
    /// What a reach means for these tables is the same in SQL and in plain words.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let rows = company::data().incentive_rules;
        let facts = |rule: &incentive_rule::Model| RuleFacts { rule: rule.clone(), versions: rows.versions.clone() };
        let rules: Vec<_> = rows.rules.iter().map(|row| (row.id, facts(row))).collect();
        let versions: Vec<_> = rows.versions.iter().map(|row| (row.id, row.clone())).collect();
        let simulations: Vec<_> = rows.simulations.iter().map(|row| (row.id, row.clone())).collect();
        for login in LOGINS {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            hold_equal::<incentive_rule::Entity>(&app.db, &rules, standing).await;
            hold_equal::<incentive_rule_version::Entity>(&app.db, &versions, standing).await;
            hold_equal::<incentive_simulation::Entity>(&app.db, &simulations, standing).await;
        }
    }

    /// A longer list takes no more statements.
    async fn a_page_takes_as_many_statements_as_a_rule(app: TestApp) {
        let hr = app.as_("hr").await;
        let document = "query($first: Int!) { incentiveRules(first: $first) { totalCount nodes { code inForce { number } versions { number rule { name } content { name caps { perMember } } } } } }";
        let page = async |first: usize| app.statements(async || {
            let reply = hr.send(document, json!({ "first": first })).await.fine();
            assert_eq!(reply.list("incentiveRules.nodes").len(), first);
        }).await;
        assert_eq!(page(1).await, page(2).await);
    }
}
