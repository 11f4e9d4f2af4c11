use entity::{tag, ticket_change};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::{change, found, history, row, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

async fn words(actor: &Actor, id: &str) -> Vec<String> {
    let document = "query($id: ID!) { ticket(id: $id) { tags { name } } }";
    let reply = actor.send(document, json!({ "id": id })).await.fine();
    let tags = reply.list("ticket.tags").iter();
    tags.filter_map(|tag| tag["name"].as_str().map(str::to_owned))
        .collect()
}

both_databases! {
    async fn tags_go_on_and_off_by_word_or_id(app: TestApp) {
        let agent = app.as_("agent").await;
        let id = company::ticket(1);
        change(&agent, "ticketTagAdd", &id, json!({ "tags": ["vip", company::id(Table::Tag, 1)] })).await.fine();
        assert_eq!(words(&agent, &id).await, ["Battery", "VIP"]);
        assert_eq!(version(&agent, &id).await, 2);
        change(&agent, "ticketTagAdd", &id, json!({ "tags": ["VIP"] })).await.fine();
        assert_eq!(version(&agent, &id).await, 2, "it has it already");
        change(&agent, "ticketTagRemove", &id, json!({ "tags": ["BATTERY"] })).await.fine();
        assert_eq!(words(&agent, &id).await, ["VIP"]);
        let rows = history(&agent, &id).await;
        assert!(rows.contains(&row("tag", "tags", "Battery", "Battery, VIP")), "{rows:?}");
        assert!(rows.contains(&row("untag", "tags", "Battery, VIP", "VIP")), "{rows:?}");
        let reply = change(&agent, "ticketTagAdd", &id, json!({ "tags": ["nonsense"] })).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.tags".to_owned())]);
        assert!(reply.body.to_string().contains("nonsense"), "{reply}");
    }

    async fn a_repeated_request_tags_once(app: TestApp) {
        let agent = app.as_("agent").await;
        let input = json!({ "id": company::ticket(2), "expectedVersion": 1, "tags": ["VIP"], "idempotencyKey": "t-1" });
        let first = agent.change("ticketTagAdd", "ticket { version }", input.clone()).await.fine();
        let again = agent.change("ticketTagAdd", "ticket { version }", input).await.fine();
        assert_eq!(first.body["data"], again.body["data"]);
    }

    async fn tickets_are_found_by_their_tags(app: TestApp) {
        let manager = app.as_("service_manager").await;
        change(&manager, "ticketTagAdd", &company::ticket(4), json!({ "tags": ["VIP"] })).await.fine();
        change(&manager, "ticketTagAdd", &company::ticket(5), json!({ "tags": ["VIP"] })).await.fine();
        for (filter, expected) in [
            (json!({ "tag": { "in": ["battery"] } }), vec![1, 4]),
            (json!({ "tag": { "in": ["battery", company::id(Table::Tag, 2)] } }), vec![1, 4, 5]),
            (json!({ "tag": { "all": ["battery", "vip"] } }), vec![4]),
            (json!({ "tag": { "isNull": false } }), vec![1, 4, 5]),
            (json!({ "tag": { "isNull": true }, "number": { "lt": 100_004 } }), vec![2, 3]),
            (json!({ "not": { "tag": { "in": ["vip"] } }, "number": { "lt": 100_006 } }), vec![1, 2, 3]),
            (json!({ "tag": { "in": ["nonsense"] } }), vec![]),
        ] {
            assert_eq!(found(&manager, filter.clone()).await, expected, "{filter}");
        }
    }

    async fn tags_are_for_staff(app: TestApp) {
        for login in ["partner", "customer"] {
            let outsider = app.as_(login).await;
            for document in [
                "{ tickets { nodes { tags { name } } } }",
                "{ tags { nodes { name } } }",
                "{ tickets(filter: { tag: { in: [\"battery\"] } }) { totalCount } }",
                "{ tickets(filter: { not: { tag: { isNull: true } } }) { totalCount } }",
            ] {
                let reply = outsider.ask(document).await;
                assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login} {document}: {reply}");
                assert!(!reply.body.to_string().contains("Battery"), "{reply}");
            }
        }
    }

    async fn thirty_are_the_most(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let names: Vec<String> = (0..30).map(|n| format!("tag number {n}")).collect();
        for name in &names {
            manager.change("tagCreate", "tag { id }", json!({ "name": name })).await.fine();
        }
        let id = company::ticket(2);
        change(&manager, "ticketTagAdd", &id, json!({ "tags": names })).await.fine();
        let reply = change(&manager, "ticketTagAdd", &id, json!({ "tags": ["VIP"] })).await;
        assert_eq!(reply.user_errors(), [("TOO_LONG", "input.tags".to_owned())]);
    }

    async fn the_words_are_kept_in_order(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let made = lead.change("tagCreate", "tag { id version name nameZh }", json!({ "name": " Recall ", "nameZh": "召回" })).await.fine();
        assert_eq!((made.data("tagCreate.tag.name"), made.data("tagCreate.tag.nameZh")), (&json!("Recall"), &json!("召回")));
        for (name, code) in [("RECALL", "TAKEN"), ("", "BLANK"), ("tag_x", "INVALID")] {
            let reply = lead.change("tagCreate", "tag { id }", json!({ "name": name })).await;
            assert_eq!(reply.user_errors(), [(code, "input.name".to_owned())], "{name}");
        }
        let id = made.text("tagCreate.tag.id");
        let reply = lead.change("tagUpdate", "tag { name version }", json!({ "id": id, "expectedVersion": 1, "name": "vip" })).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.name".to_owned())]);
        let reply = lead.change("tagUpdate", "tag { name nameZh version }", json!({ "id": id, "expectedVersion": 1, "name": "recall", "nameZh": null })).await.fine();
        assert_eq!(reply.data("tagUpdate.tag"), &json!({ "name": "recall", "nameZh": null, "version": 2 }));
        let reply = lead.change("tagDelete", "tag { name }", json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"]);
        lead.change("tagDelete", "tag { name }", json!({ "id": id, "expectedVersion": 2 })).await.fine();
    }

    async fn a_tag_in_use_goes_only_when_that_is_said(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let input = json!({ "id": company::id(Table::Tag, 1), "expectedVersion": 1 });
        let reply = manager.change("tagDelete", "tag { id }", input.clone()).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.removeFromTickets".to_owned())]);
        let mut input = input;
        input["removeFromTickets"] = true.into();
        manager.change("tagDelete", "tag { id }", input).await.fine();
        assert!(tag::Entity::find_by_id(key(Table::Tag, 1)).one(app.db.reader()).await.expect("a read").is_none());
        let rows = ticket_change::Entity::find().filter(ticket_change::Column::Action.eq("untag"));
        assert_eq!(rows.count(app.db.reader()).await.expect("a count"), 2, "both tickets remember");
        assert_eq!(version(&manager, &company::ticket(1)).await, 2);
    }
}
