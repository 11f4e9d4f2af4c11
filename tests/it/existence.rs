//! What is out of reach looks exactly like what isn't there: the same bytes, and the same number of statements.

use aftercare::graphql::ids::encode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

/// A row that isn't there.
fn missing() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_ffff_ffff_ffff)
}

/// Sends the document with either id and compares answer and work; returns the answer.
async fn alike(
    app: &TestApp,
    actor: &Actor,
    document: &str,
    variables: impl Fn(Value) -> Value,
    hidden: Value,
    absent: Value,
) -> String {
    let mut seen = Vec::new();
    // The first round fills what is kept in memory.
    for round in 0..2 {
        for id in [&hidden, &absent] {
            // Whether the epoch has to be read again is a matter of the moment, and tells nothing.
            app.db.recent_epoch().forget();
            let before = app.db.statements();
            let reply = actor.send(document, variables(id.clone())).await;
            let statements = app.db.statements() - before;
            let plain = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            let said = reply.comparable().replace(&plain, "ID");
            assert!(
                !reply.error_codes().contains(&"INTERNAL"),
                "{document}: {reply}"
            );
            if round == 1 {
                seen.push((said, statements));
            }
        }
    }
    assert_eq!(
        seen[0], seen[1],
        "{} can tell {hidden} from {absent} by {document}",
        actor.who
    );
    seen.swap_remove(0).0
}

/// The same for a document with one variable `$id` (or `$ids` with one).
async fn hidden_as_absent(
    app: &TestApp,
    actor: &Actor,
    document: &str,
    prefix: &str,
    hidden: Uuid,
) -> String {
    let ids = [hidden, missing()].map(|id| Value::from(encode(prefix, id)));
    let [hidden, absent] = ids;
    alike(
        app,
        actor,
        document,
        |id| json!({ "id": id, "ids": [id] }),
        hidden,
        absent,
    )
    .await
}

/// What each of these may not see: (login, prefix, row).
fn out_of_reach() -> Vec<(&'static str, &'static str, Uuid)> {
    let mut rows = Vec::new();
    for (login, tickets, customers, members) in [
        ("agent", &[3, 6, 10][..], &[3, 6][..], &[3, 4, 6][..]),
        ("mover", &[3, 11], &[3, 6], &[3, 6]),
        ("engineer", &[1, 7, 10], &[1, 2], &[1, 2]),
        ("partner", &[4, 6, 8, 13], &[3, 4], &[]),
        ("partner_b", &[1, 5], &[1], &[]),
        ("customer", &[1, 3, 8], &[1, 4], &[]),
    ] {
        rows.extend(
            tickets
                .iter()
                .map(|n| (login, "ticket", key(Table::Ticket, *n))),
        );
        rows.extend(
            customers
                .iter()
                .map(|n| (login, "customer", key(Table::Customer, *n))),
        );
        rows.extend(
            customers
                .iter()
                .map(|n| (login, "unit", key(Table::Unit, *n))),
        );
        rows.extend(
            members
                .iter()
                .map(|n| (login, "member", key(Table::Member, *n))),
        );
    }
    rows.push(("partner", "partner", key(Table::Partner, 2)));
    rows
}

both_databases! {
    async fn single_objects(app: TestApp) {
        let mut last: Option<Actor> = None;
        for (login, prefix, hidden) in out_of_reach() {
            let actor = match last.take().filter(|actor| actor.who == login) {
                Some(actor) => actor,
                None => app.as_(login).await,
            };
            for document in [
                format!("query($id: ID!) {{ {prefix}(id: $id) {{ __typename id version }} }}"),
                "query($id: ID!) { node(id: $id) { __typename id } }".to_owned(),
                "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }".to_owned(),
            ] {
                let said = hidden_as_absent(&app, &actor, &document, prefix, hidden).await;
                assert!(said.contains("null") && !said.contains("errors"), "{login} {prefix}: {said}");
            }
            last = Some(actor);
        }
    }

    /// Whoever may see no figures can't tell either what was frozen.
    async fn frozen_periods(app: TestApp) {
        let hidden = key(Table::MetricSnapshot, 1);
        for login in ["partner", "customer"] {
            let actor = app.as_(login).await;
            for document in [
                "query($id: ID!) { node(id: $id) { __typename id } }",
                "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
                "query($id: ID!) { metricSnapshot(id: $id) { id name } }",
                "query($id: ID!) { metric(key: \"calls_answered\", period: { from: \"2026-02-01\", to: \"2026-03-01\" }, snapshot: $id) { upToDate } }",
            ] {
                let said = hidden_as_absent(&app, &actor, document, "metricsnapshot", hidden).await;
                assert!(said.contains("null") && !said.contains("February"), "{login}: {said}");
            }
        }
    }

    async fn templates_for_tickets(app: TestApp) {
        let document = "query($id: ID!, $template: ID!) { replyTemplateRender(id: $template, ticketId: $id) { text missing } }";
        let agent = app.as_("agent").await;
        let template = company::id(Table::ReplyTemplate, 1);
        let ids = [key(Table::Ticket, 3), missing()].map(|id| Value::from(encode("ticket", id)));
        let [hidden, absent] = ids;
        let said = alike(&app, &agent, document, |id| json!({ "id": id, "template": template }), hidden, absent).await;
        assert!(said.ends_with(r#"{"data":{"replyTemplateRender":null}}"#), "{said}");
    }

    async fn tickets_by_number(app: TestApp) {
        let document = "query($number: Int!) { ticketByNumber(number: $number) { id } }";
        for (login, number) in [("agent", 100_003), ("partner", 100_006), ("customer", 100_001)] {
            let actor = app.as_(login).await;
            let said = alike(&app, &actor, document, |number| json!({ "number": number }), number.into(), 999_999.into()).await;
            assert!(said.ends_with(r#"{"data":{"ticketByNumber":null}}"#), "{said}");
        }
    }

    async fn every_change_of_a_ticket(app: TestApp) {
        let hidden = key(Table::Ticket, 3);
        // All that each may do at all; the rest is refused before any row is looked for.
        for (login, mutation, type_name, more) in [
            ("agent", "ticketAdvance", "TicketAdvanceInput", json!({ "expectedVersion": 1, "to": "ANALYSIS" })),
            ("agent", "ticketHold", "TicketHoldInput", json!({ "expectedVersion": 1, "state": "ON_HOLD" })),
            ("agent", "ticketResume", "TicketResumeInput", json!({ "expectedVersion": 1 })),
            ("agent", "ticketClose", "TicketCloseInput", json!({ "expectedVersion": 1 })),
            ("agent", "ticketCancel", "TicketReasonInput", json!({ "expectedVersion": 1, "reason": "r" })),
            ("agent", "ticketReopen", "TicketReasonInput", json!({ "expectedVersion": 1, "reason": "r" })),
            ("agent", "ticketAssign", "TicketAssignInput", json!({ "expectedVersion": 1 })),
            ("agent", "ticketHandoverOffer", "TicketHandoverOfferInput", json!({ "expectedVersion": 1, "toMemberId": company::id(Table::Member, 5), "reason": "r" })),
            ("agent", "ticketCommentAdd", "TicketTextInput", json!({ "body": "b" })),
            ("agent", "ticketNoteAdd", "TicketTextInput", json!({ "body": "b" })),
            ("agent", "ticketWatch", "TicketWatchInput", json!({})),
            ("agent", "ticketUnwatch", "TicketUnwatchInput", json!({})),
            ("agent", "ticketWatcherAdd", "TicketWatcherAddInput", json!({ "memberId": company::id(Table::Member, 5) })),
            ("agent", "ticketWatcherRemove", "TicketWatcherRemoveInput", json!({ "memberId": company::id(Table::Member, 5) })),
            ("agent", "ticketPresenceSet", "TicketPresenceSetInput", json!({ "doing": "VIEWING" })),
            ("agent", "ticketEdit", "TicketEditInput", json!({ "expectedVersion": 1, "subject": "s" })),
            ("agent", "ticketPrioritySet", "TicketPrioritySetInput", json!({ "expectedVersion": 1, "priority": "HIGH", "reason": "r" })),
            ("agent", "ticketTagAdd", "TicketTagAddInput", json!({ "expectedVersion": 1, "tags": ["VIP"] })),
            ("agent", "ticketTagRemove", "TicketTagRemoveInput", json!({ "expectedVersion": 1, "tags": ["VIP"] })),
            ("agent", "ticketFieldsSet", "TicketFieldsSetInput", json!({ "expectedVersion": 1, "values": [] })),
            ("agent", "ticketLink", "TicketLinkInput", json!({ "expectedVersion": 1, "relation": "RELATED_TO", "otherId": company::ticket(2) })),
            ("agent", "ticketUnlink", "TicketUnlinkInput", json!({ "expectedVersion": 1, "linkId": company::id(Table::Link, 2) })),
            ("agent", "ticketMerge", "TicketMergeInput", json!({ "expectedVersion": 1, "intoId": company::ticket(1), "intoExpectedVersion": 1, "reason": "r" })),
            ("agent", "ticketSplit", "TicketSplitInput", json!({ "expectedVersion": 1, "subject": "s", "kind": "COMPLAINT" })),
            ("partner_b", "ticketCommentAdd", "TicketTextInput", json!({ "body": "b" })),
            ("customer", "ticketCommentAdd", "TicketTextInput", json!({ "body": "b" })),
        ] {
            let actor = app.as_(login).await;
            let document = format!("mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ userErrors {{ code field message }} }} }}");
            let hangs_on = ["TicketText", "TicketWatch", "TicketUnwatch", "TicketPresence"];
            let name = if hangs_on.iter().any(|begin| type_name.starts_with(begin)) { "ticketId" } else { "id" };
            let input = |id: Value| {
                let mut input = more.clone();
                input[name] = id;
                json!({ "input": input })
            };
            let ids = [hidden, missing()].map(|id| Value::from(encode("ticket", id)));
            let [hidden, absent] = ids;
            let said = alike(&app, &actor, &document, input, hidden, absent).await;
            assert!(said.contains("NOT_FOUND"), "{login} {mutation}: {said}");
        }
    }

    async fn ids_in_inputs(app: TestApp) {
        let base = json!({ "kind": "COMPLAINT", "subject": "s", "description": "d", "customerId": company::id(Table::Customer, 1) });
        let document = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { id } userErrors { code field message } } }";
        let agent = app.as_("agent").await;
        for (field, prefix, hidden) in [
            ("customerId", "customer", key(Table::Customer, 3)),
            ("contactId", "contact", key(Table::Contact, 3)),
            ("unitId", "unit", key(Table::Unit, 3)),
        ] {
            let input = |id: Value| {
                let mut input = base.clone();
                input[field] = id;
                json!({ "input": input })
            };
            let ids = [hidden, missing()].map(|id| Value::from(encode(prefix, id)));
            let [hidden, absent] = ids;
            let said = alike(&app, &agent, document, input, hidden, absent).await;
            assert!(said.contains("NOT_FOUND") && said.contains(field), "{said}");
        }
        let document = "mutation($input: TicketAssignInput!) { ticketAssign(input: $input) { userErrors { code field message } } }";
        let lead = app.as_("team_lead").await;
        let input = |id: Value| json!({ "input": { "id": company::ticket(1), "expectedVersion": 1, "assigneeId": id } });
        let ids = [key(Table::Member, 4), missing()].map(|id| Value::from(encode("member", id)));
        let [hidden, absent] = ids;
        let said = alike(&app, &lead, document, input, hidden, absent).await;
        assert!(said.contains("NOT_FOUND") && said.contains("assigneeId"), "{said}");
    }

    /// The other ticket of a link or a merge, and fields that only staff know of.
    async fn what_a_change_names(app: TestApp) {
        let agent = app.as_("agent").await;
        for (mutation, type_name, field, more) in [
            ("ticketLink", "TicketLinkInput", "otherId", json!({ "relation": "PARENT_OF" })),
            ("ticketMerge", "TicketMergeInput", "intoId", json!({ "intoExpectedVersion": 1, "reason": "r" })),
        ] {
            let document = format!("mutation($input: {type_name}!) {{ {mutation}(input: $input) {{ userErrors {{ code field message }} }} }}");
            let input = |id: Value| {
                let mut input = more.clone();
                (input["id"], input["expectedVersion"]) = (company::ticket(1).into(), 1.into());
                input[field] = id;
                json!({ "input": input })
            };
            let [hidden, absent] = [key(Table::Ticket, 3), missing()].map(|id| Value::from(encode("ticket", id)));
            let said = alike(&app, &agent, &document, input, hidden, absent).await;
            assert!(said.contains("NOT_FOUND") && said.contains(field), "{said}");
        }
        let partner = app.as_("partner").await;
        let document = "query($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }";
        let filter = |code: Value| json!({ "filter": { "not": { "fields": [{ "field": code, "isNull": true }] } } });
        let said = alike(&app, &partner, document, filter, "internal_cost".into(), "no_such_thing".into()).await;
        assert!(said.contains("BAD_INPUT"), "{said}");
        let document = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { userErrors { code field message } } }";
        let input = |code: Value| json!({ "input": { "kind": "COMPLAINT", "subject": "s", "description": "d", "customerId": company::id(Table::Customer, 1),
            "fields": [{ "field": code, "value": { "number": "1" } }] } });
        let said = alike(&app, &partner, document, input, "internal_cost".into(), "no_such_thing".into()).await;
        assert!(said.contains("NOT_FOUND"), "{said}");
        let document = "query($id: ID!) { savedView(id: $id) { id } }";
        let said = hidden_as_absent(&app, &partner, document, "view", key(Table::View, 1)).await;
        assert!(said.contains("null") && !said.contains("errors"), "{said}");
    }

    /// A ticket is seen, its customer isn't: filtering by that customer tells nothing that a wrong id wouldn't tell.
    async fn filters_by_what_is_out_of_reach(app: TestApp) {
        for (login, field, prefix, hidden) in [
            ("engineer", "customerId", "customer", key(Table::Customer, 7)),
            ("agent", "assigneeId", "member", key(Table::Member, 8)),
            ("engineer", "ownerId", "member", key(Table::Member, 1)),
        ] {
            let actor = app.as_(login).await;
            let ids = [hidden, missing()].map(|id| Value::from(encode(prefix, id)));
            let [hidden, absent] = ids;
            for shape in ["eq", "in", "not"] {
                let filter = |id: Value| match shape {
                    "eq" => json!({ "filter": { field: { "eq": id } } }),
                    "in" => json!({ "filter": { field: { "in": [id] } } }),
                    _ => json!({ "filter": { "not": { field: { "eq": id } } } }),
                };
                let document = "query($filter: TicketFilter) { tickets(first: 50, filter: $filter) { totalCount nodes { id } } }";
                alike(&app, &actor, document, filter, hidden.clone(), absent.clone()).await;
            }
        }
        let partner = app.as_("partner").await;
        let document = "query($id: ID!) { units(filter: { customerId: { eq: $id } }) { totalCount nodes { id } } }";
        hidden_as_absent(&app, &partner, document, "customer", key(Table::Customer, 4)).await;
    }

    async fn totals_count_only_what_is_seen(app: TestApp) {
        for (login, total) in [("agent", 5), ("colleague", 2), ("mover", 4), ("leaver", 0), ("team_lead", 8), ("engineer", 2), ("partner", 6), ("partner_b", 3), ("customer", 2), ("auditor", 14)] {
            let reply = app.as_(login).await.ask("{ tickets(first: 1) { totalCount } none: tickets(first: 0) { totalCount } }").await.fine();
            assert_eq!((reply.data("tickets.totalCount"), reply.data("none.totalCount")), (&json!(total), &json!(total)), "{login}");
        }
    }

    async fn where_one_works_counts_from_the_day_on(app: TestApp) {
        // The mover left the south yesterday: the south's tickets are gone at once, the north's are there.
        let mover = app.as_("mover").await;
        let numbers = async |actor: &Actor| -> Vec<i64> {
            let reply = actor.ask("{ tickets(orderBy: CREATED_AT_ASC) { nodes { number } } }").await.fine();
            reply.list("tickets.nodes").iter().filter_map(|node| node["number"].as_i64()).map(|number| number - 100_000).collect()
        };
        assert_eq!(numbers(&mover).await, [1, 2, 12, 14]);
        assert!(numbers(&app.as_("leaver").await).await.is_empty());
    }
}
