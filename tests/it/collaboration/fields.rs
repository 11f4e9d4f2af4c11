use aftercare::tickets::collaboration::fields::filled;
use serde_json::{Value, json};

use super::{change, found, history, row, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company::{self, SECRET_WORD};
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

const FIELDS: &str = "query($id: ID!) { ticket(id: $id) { fields { field { code } text number date flag choice { code } } } }";

/// The values of a ticket as somebody sees them: code and value.
async fn values(actor: &Actor, id: &str) -> Vec<(String, Value)> {
    let reply = actor.send(FIELDS, json!({ "id": id })).await.fine();
    let fields = reply.list("ticket.fields").iter();
    fields
        .map(|held| {
            let parts = ["text", "number", "date", "flag", "choice"].map(|part| held[part].clone());
            let value = parts.into_iter().find(|part| !part.is_null());
            let code = held["field"]["code"].as_str().unwrap_or_default();
            (code.to_owned(), value.unwrap_or_default())
        })
        .collect()
}

fn new_field(code: &str, value_type: &str) -> Value {
    json!({ "code": code, "valueType": value_type, "name": "A name", "nameZh": "名称" })
}

both_databases! {
    async fn a_field_is_made_filled_changed_and_cleared(app: TestApp) {
        let (manager, agent) = (app.as_("service_manager").await, app.as_("agent").await);
        let mut input = new_field("due_on", "DATE");
        input["kinds"] = json!(["FAULT_REPAIR"]);
        manager.change("customFieldCreate", "customField { id }", input).await.fine();
        let id = company::ticket(2);
        let set = json!({ "values": [
            { "field": "due_on", "value": { "date": "2026-04-01" } },
            { "field": "internal_cost", "value": { "number": "12.50" } },
            { "field": "site_access", "value": { "choice": "free" } },
        ] });
        change(&agent, "ticketFieldsSet", &id, set.clone()).await.fine();
        assert_eq!(values(&agent, &id).await, [
            ("due_on".to_owned(), json!("2026-04-01")),
            ("internal_cost".to_owned(), json!("12.5")),
            ("site_access".to_owned(), json!({ "code": "free" })),
        ]);
        let codes = filled(app.db.reader(), key(Table::Ticket, 2)).await.expect("a read");
        assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["due_on", "internal_cost", "site_access"]);
        change(&agent, "ticketFieldsSet", &id, set).await.fine();
        assert_eq!(version(&agent, &id).await, 2, "the same values are no change");
        let set = json!({ "values": [
            { "field": "due_on", "value": { "clear": true } },
            { "field": "internal_cost", "value": { "number": 13 } },
        ] });
        change(&agent, "ticketFieldsSet", &id, set).await.fine();
        let rows = history(&agent, &id).await;
        assert!(rows.contains(&row("fill", "fields.internal_cost", "12.5", "13")), "{rows:?}");
        assert!(rows.contains(&row("fill", "fields.due_on", "2026-04-01", "")), "{rows:?}");
        let outside = history(&app.as_("partner").await, &id).await;
        assert!(outside.contains(&row("fill", "fields.site_access", "", "free")), "{outside:?}");
        assert!(!format!("{outside:?}").contains("internal_cost"), "{outside:?}");
    }

    async fn values_that_dont_fit_are_named_all_at_once_and_nothing_is_written(app: TestApp) {
        let (manager, agent) = (app.as_("service_manager").await, app.as_("agent").await);
        let mut input = new_field("percent", "INTEGER");
        (input["min"], input["max"], input["kinds"]) = (json!("0"), json!("100"), json!(["COMPLAINT"]));
        manager.change("customFieldCreate", "customField { id }", input).await.fine();
        let id = company::ticket(1);
        let set = json!({ "values": [
            { "field": "rack_height", "value": { "number": "1.5" } },
            { "field": "site_access", "value": { "choice": "window" } },
            { "field": "percent", "value": { "number": "50" } },
            { "field": "no_such", "value": { "flag": true } },
            { "field": "suspicion", "value": { "text": "fine" } },
            { "field": "suspicion", "value": { "text": "twice" } },
        ] });
        let reply = change(&agent, "ticketFieldsSet", &id, set).await;
        assert_eq!(reply.user_errors(), [
            ("INVALID", "input.values.0".to_owned()),
            ("INVALID", "input.values.1".to_owned()),
            ("INVALID", "input.values.2".to_owned()),
            ("NOT_FOUND", "input.values.3".to_owned()),
            ("INVALID", "input.values.5".to_owned()),
        ]);
        assert_eq!(version(&agent, &id).await, 1);
        assert_eq!(values(&agent, &id).await.len(), 3, "as before");
        let reply = change(&agent, "ticketFieldsSet", &id, json!({ "values": [{ "field": "rack_height", "value": { "number": "1", "flag": true } }] })).await;
        assert_eq!(reply.error_codes(), ["BAD_INPUT"], "exactly one value: {reply}");
    }

    async fn outsiders_see_and_fill_public_fields_only(app: TestApp) {
        let (partner, customer) = (app.as_("partner").await, app.as_("customer").await);
        let seen = values(&partner, &company::ticket(1)).await;
        assert_eq!(seen.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["rack_height", "site_access"]);
        let reply = customer.send(FIELDS, json!({ "id": company::ticket(4) })).await.fine();
        assert!(!reply.body.to_string().contains(SECRET_WORD), "{reply}");
        let reply = partner.ask("{ customFields { totalCount nodes { code public } } }").await.fine();
        assert_eq!(reply.data("customFields.totalCount"), 2);

        let mut input = json!({ "kind": "FAULT_REPAIR", "subject": "s", "description": "d",
            "fields": [{ "field": "rack_height", "value": { "number": "42" } }] });
        let reply = customer.change("ticketCreate", "ticket { id fields { field { code } number } }", input.clone()).await.fine();
        assert_eq!(reply.data("ticketCreate.ticket.fields"), &json!([{ "field": { "code": "rack_height" }, "number": "42" }]));
        input["fields"] = json!([{ "field": "suspicion", "value": { "text": "t" } }, { "field": "no_such", "value": { "text": "t" } }]);
        let reply = customer.change("ticketCreate", "ticket { id }", input).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.fields.0".to_owned()), ("NOT_FOUND", "input.fields.1".to_owned())]);
    }

    async fn tickets_are_found_by_their_fields(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (fields, expected) in [
            (json!([{ "field": "rack_height", "number": { "gte": "42", "lt": "48" } }]), vec![1]),
            (json!([{ "field": "rack_height", "number": { "in": ["42", "48"] } }]), vec![1, 4]),
            (json!([{ "field": "internal_cost", "number": { "eq": "123.4567" } }]), vec![1]),
            (json!([{ "field": "site_access", "choice": { "eq": "escort" } }]), vec![1]),
            (json!([{ "field": "suspicion", "text": { "contains": "ZINN" } }]), vec![4]),
            (json!([{ "field": "rack_height", "isNull": false }, { "field": "suspicion", "isNull": true }]), vec![1]),
            (json!([{ "field": "suspicion", "text": { "isNull": false } }]), vec![4]),
        ] {
            assert_eq!(found(&manager, json!({ "fields": fields })).await, expected, "{fields}");
        }
        let rest = json!({ "not": { "fields": [{ "field": "rack_height", "number": { "eq": "42" } }] }, "number": { "lt": 100_004 } });
        assert_eq!(found(&manager, rest).await, [2, 3], "no value is not that value");
        for (field, word) in [
            (json!({ "field": "no_such", "isNull": true }), "no_such"),
            (json!({ "field": "rack_height", "text": { "eq": "42" } }), "number"),
        ] {
            let reply = manager.send("query($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }", json!({ "filter": { "fields": [field] } })).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{reply}");
            assert!(reply.body.to_string().contains(word), "{reply}");
        }
    }

    async fn an_outsider_cant_search_by_what_is_hidden(app: TestApp) {
        let partner = app.as_("partner").await;
        assert_eq!(found(&partner, json!({ "fields": [{ "field": "rack_height", "number": { "eq": "42" } }] })).await, [1]);
        for shape in [
            json!({ "fields": [{ "field": "internal_cost", "isNull": false }] }),
            json!({ "not": { "fields": [{ "field": "internal_cost", "number": { "gte": "0" } }] } }),
            json!({ "or": [{ "fields": [{ "field": "internal_cost", "isNull": true }] }] }),
        ] {
            let reply = partner.send("query($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }", json!({ "filter": shape })).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{reply}");
        }
    }

    async fn fields_are_changed_without_harm_to_values(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let id = company::id(Table::Field, 3);
        let choice = |code: &str| json!({ "code": code, "name": code, "nameZh": code });
        let update = |version: i64, more: Value| {
            let mut input = more;
            (input["id"], input["expectedVersion"]) = (id.clone().into(), version.into());
            input
        };
        let reply = manager.change("customFieldUpdate", "customField { id }", update(1, json!({ "choices": [choice("free")] }))).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.choices".to_owned())], "a ticket holds the other one");
        let reply = manager.change("customFieldUpdate", "customField { version name choices { code } }", update(1, json!({ "name": "Access", "choices": [choice("escort"), choice("night")] }))).await.fine();
        assert_eq!(reply.data("customFieldUpdate.customField"), &json!({ "version": 2, "name": "Access", "choices": [{ "code": "escort" }, { "code": "night" }] }));
        manager.change("customFieldRetire", "customField { retiredAt }", update(2, json!({}))).await.fine();
        let ticket = company::ticket(1);
        assert_eq!(values(&manager, &ticket).await.len(), 3, "the value stays");
        let reply = change(&manager, "ticketFieldsSet", &ticket, json!({ "values": [{ "field": "site_access", "value": { "choice": "night" } }] })).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.values.0".to_owned())]);
        change(&manager, "ticketFieldsSet", &ticket, json!({ "values": [{ "field": "site_access", "value": { "clear": true } }] })).await.fine();
        let reply = manager.change("customFieldRetire", "customField { retiredAt version }", update(3, json!({ "retired": false }))).await.fine();
        assert_eq!(reply.data("customFieldRetire.customField.retiredAt"), &Value::Null);
        let reply = manager.change("customFieldCreate", "customField { id }", new_field("site_access", "TEXT")).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let reply = manager.change("customFieldCreate", "customField { id }", json!({ "code": "Bad Code", "valueType": "CHOICE", "name": "", "nameZh": "名" })).await;
        assert_eq!(reply.user_errors().len(), 3, "{reply}");
    }
}
