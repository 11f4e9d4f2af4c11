use aftercare::graphql::ids::encode;
use entity::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::{SELECT, content, create, latest, step};
use crate::support::app::{Reply, TestApp};
use crate::support::company::id;
use crate::support::data::Table;
use crate::support::database::both_databases;

const APPROVE: &str = "incentiveRuleVersionApprove";
const ACTIVATE: &str = "incentiveRuleVersionActivate";

fn states(reply: &Reply, mutation: &str) -> Vec<(i64, String)> {
    let versions = reply.list(&format!("{mutation}.rule.versions"));
    let state = |one: &Value| {
        (
            one["number"].as_i64().expect("a number"),
            one["state"].as_str().expect("a state").to_owned(),
        )
    };
    versions.iter().map(state).collect()
}

both_databases! {
    async fn a_rule_from_draft_to_retirement(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        assert_eq!(create(&agent, "service", content()).await.error_codes(), ["FORBIDDEN"]);
        let made = create(&hr, "service", content()).await.fine();
        let draft = latest(&made, "incentiveRuleCreate");
        assert_eq!((&draft["state"], &draft["content"]["amount"]), (&json!("DRAFT"), &json!("money(base)")));
        assert_eq!(create(&hr, "service", content()).await.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let rule = made.data("incentiveRuleCreate.rule.id").clone();
        let read = "query($id: ID!) { incentiveRule(id: $id) { name versions { number } } }";
        assert_eq!(agent.send(read, json!({ "id": rule })).await.data("incentiveRule"), &Value::Null, "nobody sees drafts");

        // Never simulated: a reason is needed; and whoever wrote it doesn't agree to it.
        let reply = step(&manager, APPROVE, &draft, json!({})).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.reason".to_owned())]);
        assert_eq!(step(&hr, APPROVE, &draft, json!({ "reason": "Mine." })).await.error_codes(), ["FORBIDDEN"], "no permission");
        let admin = app.as_("admin").await;
        let own = create(&admin, "mine", content()).await.fine();
        let reply = step(&admin, APPROVE, &latest(&own, "incentiveRuleCreate"), json!({ "reason": "Mine." })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "the author");
        assert_eq!(step(&agent, APPROVE, &draft, json!({ "reason": "x" })).await.error_codes(), ["FORBIDDEN"]);
        let reply = step(&manager, APPROVE, &draft, json!({ "reason": "A new product." })).await.fine();
        let approved = latest(&reply, APPROVE);
        assert_eq!((&approved["state"], &approved["reason"]), (&json!("APPROVED"), &json!("A new product.")));
        assert_eq!(step(&manager, APPROVE, &draft, json!({ "reason": "x" })).await.error_codes(), ["CONFLICT"]);

        // What is approved never changes, unless it is sent back.
        let revise = json!({ "content": content() });
        assert_eq!(step(&hr, "incentiveRuleVersionRevise", &approved, revise).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        assert_eq!(step(&manager, "incentiveRuleVersionReject", &approved, json!({})).await.user_errors(), [("BLANK", "input.reason".to_owned())]);

        assert_eq!(step(&manager, ACTIVATE, &approved, json!({ "from": "2026-03-01" })).await.error_codes(), ["FORBIDDEN"]);
        let reply = step(&hr, ACTIVATE, &approved, json!({ "from": "2026-03-01" })).await.fine();
        let active = latest(&reply, ACTIVATE);
        assert_eq!((&active["state"], &active["activeFrom"]), (&json!("ACTIVE"), &json!("2026-03-01")));
        assert_eq!(reply.data(&format!("{ACTIVATE}.rule.inForce.number")), 1);
        assert_eq!(agent.send(read, json!({ "id": rule })).await.fine().data("incentiveRule.name"), "Good service", "everybody sees what is in force");

        // The next version ends the former one on its first day.
        let mut better = content();
        better["amount"] = json!("money(base) + money(100)");
        better["name"] = json!("Better service");
        let next = json!({ "id": rule, "content": better, "note": "More." });
        let reply = hr.change("incentiveRuleDraft", SELECT, next.clone()).await.fine();
        assert_eq!(states(&reply, "incentiveRuleDraft"), [(2, "DRAFT".to_owned()), (1, "ACTIVE".to_owned())]);
        assert_eq!(hr.change("incentiveRuleDraft", SELECT, next).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let seen = agent.send(read, json!({ "id": rule })).await.fine();
        assert_eq!((seen.data("incentiveRule.name"), seen.list("incentiveRule.versions").len()), (&json!("Good service"), 1), "the draft doesn't show");
        let draft = latest(&reply, "incentiveRuleDraft");
        let reply = step(&manager, APPROVE, &draft, json!({ "reason": "Agreed." })).await.fine();
        let reply = step(&hr, ACTIVATE, &latest(&reply, APPROVE), json!({ "from": "2026-04-01" })).await.fine();
        assert_eq!(states(&reply, ACTIVATE), [(2, "ACTIVE".to_owned()), (1, "ACTIVE".to_owned())], "until April");
        assert_eq!(reply.data(&format!("{ACTIVATE}.rule.versions.1.activeUntil")), "2026-04-01");
        assert_eq!(reply.data(&format!("{ACTIVATE}.rule.inForce.number")), 1);

        let reply = step(&hr, "incentiveRuleVersionRetire", &latest(&reply, ACTIVATE), json!({ "from": "2026-05-01" })).await.fine();
        assert_eq!(latest(&reply, "incentiveRuleVersionRetire")["activeUntil"], "2026-05-01");
        let zone = app.counter.zone;
        let later = crate::support::data::start() + chrono::TimeDelta::days(90);
        let ended = aftercare::incentives::definitions::actions::round(&app.db, zone, later).await.expect("a round");
        assert_eq!(ended, 2, "both are over by then");
        assert_eq!(aftercare::incentives::definitions::actions::round(&app.db, zone, later).await.expect("a round"), 0);
        let kept = audit_log::Entity::find().filter(audit_log::Column::Action.eq("incentive.rule.retire")).count(app.db.reader()).await.expect("a count");
        assert_eq!(kept, 3);
    }

    async fn who_wrote_a_rule_does_not_activate_it_where_that_is_switched_on(app: TestApp) {
        let (hr, manager, admin) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("admin").await);
        let made = create(&hr, "service", content()).await.fine();
        let reply = step(&manager, APPROVE, &latest(&made, "incentiveRuleCreate"), json!({ "reason": "New." })).await.fine();
        let approved = latest(&reply, APPROVE);
        let set = json!({ "key": "incentive.author_never_activates", "value": "true", "expectedVersion": 0 });
        let query = "mutation($input: SettingChangeInput!) { settingChange(input: $input) { userErrors { code } } }";
        admin.send(query, json!({ "input": set })).await.fine();
        let from = json!({ "from": "2026-03-01" });
        assert_eq!(step(&hr, ACTIVATE, &approved, from.clone()).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        step(&admin, ACTIVATE, &approved, from).await.fine();
    }

    async fn mistakes_are_told_where_they_stand(app: TestApp) {
        let hr = app.as_("hr").await;
        let check = "query($content: IncentiveRuleContentInput!) { incentiveRuleCheck(content: $content) { passed facts faults { path place { line column length } messageEn messageZh } } }";
        let fine = hr.send(check, json!({ "content": content() })).await.fine();
        assert_eq!((fine.data("incentiveRuleCheck.passed"), fine.data("incentiveRuleCheck.facts")), (&json!(true), &json!(["tenure.months"])));
        let mut wrong = content();
        wrong["condition"] = json!("tenure.months > 3 &&\n  no.such_fact > 1");
        wrong["currency"] = Value::Null;
        wrong["population"] = json!({ "teamIds": [encode("team", uuid::Uuid::from_u128(7))] });
        let reply = hr.send(check, json!({ "content": wrong })).await.fine();
        assert_eq!(reply.data("incentiveRuleCheck.passed"), false);
        let faults = reply.list("incentiveRuleCheck.faults");
        let at = |path: &str| faults.iter().find(|one| one["path"] == path).unwrap_or_else(|| panic!("{path} in {faults:#?}"));
        assert_eq!(at("condition")["place"], json!({ "line": 2, "column": 3, "length": 12 }));
        assert_ne!(at("currency")["messageEn"], at("currency")["messageZh"]);
        assert_eq!(at("population.teamIds")["place"], Value::Null);
        let reply = create(&hr, "wrong", wrong).await;
        assert!(reply.user_errors().contains(&("INVALID", "input.content.condition".to_owned())), "{reply}");
        let mut cents = content();
        cents["caps"] = json!({ "perMember": "0.001" });
        assert!(create(&hr, "cents", cents).await.user_errors().iter().any(|(_, field)| field == "input.content.caps.perMember"));
        assert_eq!(app.as_("agent").await.send(check, json!({ "content": content() })).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn templates_can_be_taken_as_they_are(app: TestApp) {
        let hr = app.as_("hr").await;
        let query = "{ incentiveTemplates { key content { name nameZh purpose purposeZh kind method period population { leastMonths } trigger { on source } condition amount currency parameters { key name nameZh value least most } tiers { base method steps { from to pays { by value } } } split { by roles { role basisPoints } unfilled } caps { perAward perMember perRule } budget { amount period exhausted } stacking { group mode priority } rounding { mode step } monotoneIn citation { title titleZh text textZh } onRefund } } incentiveFacts { key type currency level source name nameZh } }";
        let reply = hr.send(query, json!({})).await.fine();
        assert!(reply.list("incentiveFacts").iter().any(|fact| fact["key"] == "payment.amount" && fact["type"] == "MONEY" && fact["source"] == "payment"));
        let templates = reply.list("incentiveTemplates");
        assert!(templates.iter().any(|one| one["content"]["method"] == "RENEWAL"));
        for template in templates {
            let key = template["key"].as_str().expect("a key").replace('_', ".");
            create(&hr, &key, template["content"].clone()).await.fine();
        }
        for who in ["partner", "customer"] {
            assert_eq!(app.as_(who).await.send("{ incentiveTemplates { key } }", json!({})).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        app.as_("agent").await.send("{ incentiveTemplates { key } }", json!({})).await.fine();
    }

    async fn everybody_sees_what_is_in_force_and_no_more(app: TestApp) {
        let query = "query($filter: IncentiveRuleFilter) { incentiveRules(filter: $filter) { totalCount nodes { code inForce { number } versions { number rule { code } } } } incentiveSimulations { totalCount } }";
        for (who, rules, versions, simulations) in [("agent", 1, 1, 0), ("engineer", 1, 1, 0), ("hr", 2, 2, 1), ("auditor", 2, 2, 1), ("admin", 2, 2, 1)] {
            let reply = app.as_(who).await.send(query, json!({})).await.fine();
            assert_eq!(reply.data("incentiveRules.totalCount"), rules, "{who}");
            assert_eq!(reply.list("incentiveRules.nodes.0.versions").len(), versions, "{who}");
            assert_eq!(reply.data("incentiveSimulations.totalCount"), simulations, "{who}");
        }
        let drafts = json!({ "filter": { "state": { "eq": "DRAFT" } } });
        assert_eq!(app.as_("agent").await.send(query, drafts.clone()).await.fine().data("incentiveRules.totalCount"), 0);
        assert_eq!(app.as_("hr").await.send(query, drafts).await.fine().data("incentiveRules.totalCount"), 2);
        let node = "query($id: ID!) { node(id: $id) { __typename } }";
        for (version, seen) in [(1, json!("IncentiveRuleVersion")), (2, Value::Null)] {
            let reply = app.as_("agent").await.send(node, json!({ "id": id(Table::IncentiveVersion, version) })).await.fine();
            let name = if seen.is_null() { reply.data("node") } else { reply.data("node.__typename") };
            assert_eq!(name, &seen);
        }
        for who in ["partner", "customer"] {
            assert_eq!(app.as_(who).await.send(query, json!({})).await.error_codes(), ["FORBIDDEN", "FORBIDDEN"], "{who}");
        }
    }

    async fn what_the_documentation_asks_can_be_asked(app: TestApp) {
        let hr = app.as_("hr").await;
        let page = include_str!("../../../docs/incentives.md");
        let blocks = page.split("```graphql").skip(1).filter_map(|part| part.split("```").next());
        let queries: Vec<&str> = blocks.filter(|block| block.trim_start().starts_with("query")).collect();
        assert!(queries.len() >= 2);
        // Ids are no matter here: of what isn't there, nothing is answered.
        let nothing = json!({ "id": encode("simulation", uuid::Uuid::nil()) });
        for query in queries {
            hr.send(query, nothing.clone()).await.fine();
        }
    }
}
