use serde_json::{Value, json};

use super::*;
use crate::support::database::both_databases;

const REQUIREMENT: &str =
    "requirement { id version kind forAllProducts product { id } skill { id } minLevel }";

both_databases! {
    async fn requirements_are_made_changed_and_removed(app: TestApp) {
        teach(&app, SKILL, &[]).await;
        let manager = app.as_("service_manager").await;
        let create = json!({ "kind": "FAULT_REPAIR", "productId": company::id(Table::Product, 1), "skillId": skill_id(), "minLevel": 2, "idempotencyKey": "once" });
        let made = manager.change("dispatchRequirementCreate", REQUIREMENT, create.clone()).await.fine();
        let row = made.data("dispatchRequirementCreate.requirement");
        assert_eq!((&row["kind"], &row["forAllProducts"], &row["minLevel"]), (&json!("FAULT_REPAIR"), &json!(false), &json!(2)));
        let again = manager.change("dispatchRequirementCreate", REQUIREMENT, create.clone()).await.fine();
        assert_eq!(again.data("dispatchRequirementCreate.requirement"), row);
        let mut twice = create.clone();
        twice["idempotencyKey"] = Value::Null;
        let reply = manager.change("dispatchRequirementCreate", REQUIREMENT, twice).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.skillId".to_owned())]);
        let wrong = json!({ "productId": company::id(Table::Product, 99), "skillId": aftercare::graphql::ids::encode("skill", Uuid::from_u128(5)), "minLevel": 6 });
        let reply = manager.change("dispatchRequirementCreate", REQUIREMENT, wrong).await;
        let fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.minLevel", "input.skillId", "input.productId"]);

        let id = row["id"].clone();
        let update = json!({ "id": id, "expectedVersion": 1, "productId": null, "minLevel": 4 });
        let changed = manager.change("dispatchRequirementUpdate", REQUIREMENT, update.clone()).await.fine();
        let row = changed.data("dispatchRequirementUpdate.requirement");
        assert_eq!((&row["kind"], &row["forAllProducts"], &row["minLevel"], &row["version"]), (&json!("FAULT_REPAIR"), &json!(true), &json!(4), &json!(2)));
        let stale = manager.change("dispatchRequirementUpdate", REQUIREMENT, update).await;
        assert_eq!(stale.error_codes(), ["CONFLICT"]);

        let listed = manager.send("query($skill: ID!) { dispatchRequirements(filter: { skillId: { eq: $skill } }) { totalCount nodes { id } } }", json!({ "skill": skill_id() })).await.fine();
        assert_eq!(listed.data("dispatchRequirements.totalCount"), 1);
        let removed = manager.change("dispatchRequirementDelete", REQUIREMENT, json!({ "id": id, "expectedVersion": 2 })).await.fine();
        assert_eq!(removed.data("dispatchRequirementDelete.requirement.minLevel"), 4);
        let gone = manager.change("dispatchRequirementDelete", REQUIREMENT, json!({ "id": id, "expectedVersion": 2 })).await;
        assert_eq!(gone.error_codes(), ["NOT_FOUND"]);
        let lead = app.as_("team_lead").await.change("dispatchRequirementCreate", REQUIREMENT, create).await;
        assert_eq!(lead.error_codes(), ["FORBIDDEN"]);
    }
}
