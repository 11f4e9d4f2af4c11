//! What one kind of user may ask for is too much for another.

use aftercare::config::Config;
use serde_json::json;

use crate::support::app::{Actor, TestApp};
use crate::support::database::both_databases;
use crate::support::wire::post;

/// More than partners and customers may ask for (1,000), and less than staff may (5,000).
const DOCUMENT: &str = "{ tickets(first: 100) { nodes { comments(first: 14) { nodes { id } } } } }";

both_databases! {
    async fn staff_may_ask_for_more_than_partners_and_customers(app: TestApp) {
        let address = app.another(|config| config.limits = Config::default().limits).await;
        let body = json!({ "query": DOCUMENT }).to_string();
        let ask = async |actor: &Actor| {
            let header = format!("authorization: Bearer {}", actor.token());
            post(address, &[&header], &body).await.json()
        };
        let answer = ask(&app.as_("service_manager").await).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        assert!(answer["data"]["tickets"]["nodes"].is_array(), "{answer}");
        let cost = &answer["extensions"]["cost"]["requested"];
        assert_eq!(cost, &json!(1 + 1 + 100 * (1 + 1 + 14)), "{answer}");
        for actor in [app.as_("partner").await, app.as_("customer").await, app.as_client().await] {
            let answer = ask(&actor).await;
            assert!(answer.get("data").is_none(), "{}: {answer}", actor.who);
            let told = &answer["errors"][0]["extensions"];
            assert_eq!(
                (&told["code"], &told["limit"], &told["value"], &told["maximum"]),
                (&json!("COST_EXCEEDED"), &json!("complexity"), cost, &json!(1_000)),
                "{}: {answer}", actor.who
            );
        }
    }
}
