use entity::{
    audit_log, idempotency_key, outbox, ticket, ticket_change, ticket_comment, ticket_stage_entry,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{TICKET, change};
use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// How many rows an action could have left behind.
async fn rows(app: &TestApp) -> [u64; 7] {
    let db = app.db.reader();
    let counted = "it can be counted";
    [
        ticket::Entity::find().count(db).await.expect(counted),
        ticket_comment::Entity::find()
            .count(db)
            .await
            .expect(counted),
        ticket_change::Entity::find()
            .count(db)
            .await
            .expect(counted),
        ticket_stage_entry::Entity::find()
            .count(db)
            .await
            .expect(counted),
        outbox::Entity::find().count(db).await.expect(counted),
        audit_log::Entity::find().count(db).await.expect(counted),
        idempotency_key::Entity::find()
            .count(db)
            .await
            .expect(counted),
    ]
}

fn good() -> Value {
    json!({ "kind": "COMPLAINT", "subject": "s", "description": "d", "customerId": company::id(Table::Customer, 1), "idempotencyKey": "k" })
}

both_databases! {
    async fn bad_input_names_every_field_and_writes_nothing(app: TestApp) {
        let agent = app.as_("agent").await;
        let before = rows(&app).await;
        let long = |n: usize| json!("x".repeat(n));
        for (field, value, code) in [
            ("subject", json!(""), "BLANK"),
            ("subject", json!(" \t\n"), "BLANK"),
            ("subject", long(201), "TOO_LONG"),
            ("description", json!(""), "BLANK"),
            ("description", long(10_001), "TOO_LONG"),
            ("customerId", Value::Null, "BLANK"),
            ("customerId", json!(company::id(Table::Customer, 99)), "NOT_FOUND"),
            ("customerId", json!(company::id(Table::Customer, 3)), "NOT_FOUND"),
            ("contactId", json!(company::id(Table::Contact, 99)), "NOT_FOUND"),
            ("contactId", json!(company::id(Table::Contact, 4)), "NOT_FOUND"),
            ("unitId", json!(company::id(Table::Unit, 99)), "NOT_FOUND"),
            ("unitId", json!(company::id(Table::Unit, 2)), "NOT_FOUND"),
            ("idempotencyKey", json!(""), "INVALID"),
            ("idempotencyKey", json!("钥匙"), "INVALID"),
            ("idempotencyKey", long(101), "INVALID"),
        ] {
            let mut input = good();
            input[field] = value.clone();
            let reply = agent.change("ticketCreate", "ticket { id }", input).await;
            assert_eq!(reply.user_errors(), [(code, format!("input.{field}"))], "{field} = {value}: {reply}");
            assert_eq!(reply.data("ticketCreate.ticket"), &Value::Null);
        }
        let both = json!({ "kind": "COMPLAINT", "subject": "", "description": "", "customerId": company::id(Table::Customer, 99) });
        let reply = agent.change("ticketCreate", "ticket { id }", both).await;
        assert_eq!(reply.user_errors().len(), 3, "all mistakes at once: {reply}");
        assert_eq!(rows(&app).await, before);
        agent.change("ticketCreate", "ticket { id }", good()).await.fine();
    }

    async fn what_isnt_an_input_at_all_is_a_request_error_with_a_reason(app: TestApp) {
        let agent = app.as_("agent").await;
        for (input, word) in [
            (json!({ "kind": "NO_SUCH_KIND", "subject": "s", "description": "d" }), "NO_SUCH_KIND"),
            (json!({ "kind": "COMPLAINT", "description": "d" }), "subject"),
            (json!({ "kind": "COMPLAINT", "subject": "s", "description": "d", "color": "red" }), "color"),
            (json!({ "kind": "COMPLAINT", "subject": "s", "description": "d", "customerId": company::id(Table::Partner, 1) }), "partner"),
            (json!({ "kind": "COMPLAINT", "subject": "s", "description": "d", "customerId": "42" }), "42"),
            (json!({ "kind": "COMPLAINT", "subject": 5, "description": "d" }), "subject"),
        ] {
            let reply = agent.change("ticketCreate", "ticket { id }", input.clone()).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{input}: {reply}");
            assert!(reply.errors()[0]["message"].as_str().is_some_and(|text| text.contains(word)), "{word}: {reply}");
        }
    }

    async fn a_value_that_cant_be_read_is_named_by_its_field(app: TestApp) {
        let agent = app.as_("agent").await;
        let create = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { userErrors { message } } }";
        let list = "query($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }";
        let with = |field: &str, value: Value| {
            let mut input = good();
            input[field] = value;
            json!({ "input": input })
        };
        let partner = company::id(Table::Partner, 1);
        let before = rows(&app).await;
        for (document, variables, field, says) in [
            (create, with("unitId", json!("A-17")), "input.unitId", "`A-17` is not an id such as ticket_01h455vb4pex5vsknk084sn02q".to_owned()),
            (create, with("unitId", json!(17)), "input.unitId", "`17` is not an id such as ticket_01h455vb4pex5vsknk084sn02q".to_owned()),
            (create, with("customerId", json!(partner)), "input.customerId", format!("`{partner}` is an id of the type partner; here one of the type customer is needed (customer_...)")),
            (list, json!({ "filter": { "and": [{ "not": { "createdAt": { "lt": 7 } } }] } }), "filter.and.not.createdAt.lt", "`7` is not a time such as 2026-03-01T08:00:00Z".to_owned()),
            (list, json!({ "filter": { "or": [{ "customerId": { "in": ["A-17"] } }] } }), "filter.customerId", "`A-17` is not an id such as ticket_01h455vb4pex5vsknk084sn02q".to_owned()),
            ("{ tickets(filter: {or: [{createdAt: {gte: \"soon\"}}]}) { totalCount } }", json!({}), "filter.or.createdAt.gte", "`soon` is not a time such as 2026-03-01T08:00:00Z".to_owned()),
            ("{ partners(filter: {holdsOn: \"2026-02-30\"}) { totalCount } }", json!({}), "filter.holdsOn", "`2026-02-30` is not a day such as 2026-03-01".to_owned()),
            ("query($id: ID!) { t: ticket(id: $id) { id } }", json!({ "id": "42" }), "id", "`42` is not an id such as ticket_01h455vb4pex5vsknk084sn02q".to_owned()),
            ("{ node(id: \"A-17\") { id } }", json!({}), "id", "`A-17` is not an id such as ticket_01h455vb4pex5vsknk084sn02q".to_owned()),
        ] {
            let reply = agent.send(document, variables).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{document}: {reply}");
            let error = &reply.errors()[0];
            assert_eq!(error["extensions"]["field"], field, "{document}: {reply}");
            assert_eq!(error["message"], format!("{field}: {says}"), "{document}: {reply}");
            assert_eq!(error["extensions"]["unread"], Value::Null, "{reply}");
        }
        assert_eq!(rows(&app).await, before);
    }

    async fn moves_that_arent_in_the_table_are_refused_in_words(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let before = rows(&app).await;
        let (open, waiting, closed, cancelled, told) = (1, 7, 12, 13, 14);
        for (ticket, mutation, input, code, field) in [
            (open, "ticketAdvance", json!({ "to": "SOLUTION" }), "WRONG_STATE", "input.to"),
            (open, "ticketAdvance", json!({ "to": "INTAKE" }), "WRONG_STATE", "input.to"),
            (told, "ticketAdvance", json!({ "to": "ANALYSIS" }), "BLANK", "input.reason"),
            (told, "ticketAdvance", json!({ "to": "ANALYSIS", "reason": " " }), "BLANK", "input.reason"),
            (waiting, "ticketAdvance", json!({ "to": "ANALYSIS" }), "WRONG_STATE", ""),
            (closed, "ticketAdvance", json!({ "to": "EXECUTION", "reason": "r" }), "WRONG_STATE", ""),
            (open, "ticketHold", json!({ "state": "CLOSED" }), "INVALID", "input.state"),
            (open, "ticketHold", json!({ "state": "OPEN" }), "INVALID", "input.state"),
            (waiting, "ticketHold", json!({ "state": "PENDING_PARTS" }), "WRONG_STATE", "input.state"),
            (closed, "ticketHold", json!({ "state": "ON_HOLD" }), "WRONG_STATE", ""),
            (open, "ticketResume", json!({}), "WRONG_STATE", ""),
            (open, "ticketClose", json!({}), "WRONG_STATE", ""),
            (waiting, "ticketClose", json!({}), "WRONG_STATE", ""),
            (closed, "ticketClose", json!({}), "WRONG_STATE", ""),
            (open, "ticketCancel", json!({ "reason": "" }), "BLANK", "input.reason"),
            (closed, "ticketCancel", json!({ "reason": "r" }), "WRONG_STATE", ""),
            (cancelled, "ticketCancel", json!({ "reason": "r" }), "WRONG_STATE", ""),
            (open, "ticketReopen", json!({ "reason": "r" }), "WRONG_STATE", ""),
            (closed, "ticketReopen", json!({ "reason": "" }), "BLANK", "input.reason"),
            (closed, "ticketAssign", json!({ "assigneeId": company::id(Table::Member, 2) }), "WRONG_STATE", ""),
            (open, "ticketAssign", json!({ "assigneeId": company::id(Table::Member, 6) }), "NOT_FOUND", "input.assigneeId"),
            (open, "ticketAssign", json!({ "assigneeId": company::id(Table::Member, 99) }), "NOT_FOUND", "input.assigneeId"),
            (open, "ticketAssign", json!({ "teamId": company::id(Table::Team, 99) }), "NOT_FOUND", "input.teamId"),
        ] {
            let reply = change(&manager, mutation, &company::ticket(ticket), input.clone()).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{mutation} of {ticket} {input}: {reply}");
            assert!(reply.errors().is_empty(), "{reply}");
        }
        for mutation in ["ticketCommentAdd", "ticketNoteAdd"] {
            for (body, code) in [("", "BLANK".to_owned()), (&"x".repeat(10_001), "TOO_LONG".to_owned())] {
                let reply = manager.change(mutation, "comment { id }", json!({ "ticketId": company::ticket(1), "body": body })).await;
                assert_eq!(reply.user_errors(), [(code.as_str(), "input.body".to_owned())], "{reply}");
            }
        }
        assert_eq!(rows(&app).await, before);
    }

    async fn a_row_that_is_seen_but_out_of_the_permissions_reach_is_forbidden_with_the_reach(app: TestApp) {
        // She sees her team's tickets but assigns only her own.
        let agent = app.as_("agent").await;
        let before = rows(&app).await;
        let reply = change(&agent, "ticketAssign", &company::ticket(2), json!({ "assigneeId": company::id(Table::Member, 2) })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
        assert_eq!(reply.errors()[0]["extensions"]["permission"], "ticket.assign");
        assert_eq!(reply.errors()[0]["extensions"]["reach"], json!(["OWN"]));
        assert_eq!(rows(&app).await, before);
    }

    async fn an_action_that_breaks_in_the_middle_leaves_nothing(app: TestApp) {
        let agent = app.as_("agent").await;
        let before = rows(&app).await;
        // The history is written after the ticket and its stage; the audit log last of all.
        for table in ["ticket_changes", "outbox", "audit_log"] {
            let connection = app.database().connect().await;
            rename(&connection, table, "hidden").await;
            let reply = agent.change("ticketCreate", "ticket { id }", good()).await;
            assert_eq!(reply.error_codes(), ["INTERNAL"], "{table}: {reply}");
            assert!(!reply.body.to_string().contains(table), "the cause stays in the log: {reply}");
            let input = json!({ "id": company::ticket(1), "expectedVersion": 1, "to": "ANALYSIS" });
            let reply = agent.change("ticketAdvance", TICKET, input).await;
            assert_eq!(reply.error_codes(), ["INTERNAL"], "{table}: {reply}");
            rename(&connection, "hidden", table).await;
            connection.close().await.expect("it closes");
            assert_eq!(rows(&app).await, before, "{table}");
        }
        agent.change("ticketCreate", "ticket { id }", good()).await.fine();
    }
}

async fn rename(connection: &sea_orm::DatabaseConnection, from: &str, to: &str) {
    use sea_orm::ConnectionTrait;
    connection
        .execute_unprepared(&format!("ALTER TABLE {from} RENAME TO {to}"))
        .await
        .expect("it is renamed");
}
