use entity::ticket_change;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::version;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

const BULK: &str = "mutation($input: TicketBulkInput!) { ticketBulk(input: $input) {
    results { id ticket { version stage state team { code } } userErrors { code field } error { code message currentVersion } }
    userErrors { code field }
} }";

fn rows(of: &[(usize, i64)]) -> Value {
    of.iter()
        .map(|(n, version)| json!({ "id": company::ticket(*n), "expectedVersion": version }))
        .collect()
}

async fn bulk(actor: &Actor, tickets: Value, action: Value, key: Option<&str>) -> Reply {
    let input = json!({ "tickets": tickets, "do": action, "idempotencyKey": key });
    actor.send(BULK, json!({ "input": input })).await
}

/// What became of each row, in a word.
fn outcomes(reply: &Reply) -> Vec<String> {
    let one = |row: &Value| {
        let mistake = row["userErrors"][0]["code"].as_str();
        let code = row["error"]["code"].as_str();
        mistake.or(code).unwrap_or("done").to_owned()
    };
    reply.list("ticketBulk.results").iter().map(one).collect()
}

both_databases! {
    async fn each_row_has_its_own_outcome_in_the_order_given(app: TestApp) {
        let agent = app.as_("agent").await;
        // Hers; a stale version; out of reach; closed; another team's, hers as owner; her team's.
        let tickets = rows(&[(1, 1), (14, 7), (3, 1), (12, 1), (11, 1), (2, 1)]);
        let reply = bulk(&agent, tickets, json!({ "hold": { "state": "ON_HOLD", "reason": "fair" } }), None).await.fine();
        assert_eq!(outcomes(&reply), ["done", "CONFLICT", "NOT_FOUND", "WRONG_STATE", "done", "done"], "{reply}");
        assert_eq!(reply.data("ticketBulk.results.1.error.currentVersion"), 1);
        assert_eq!(reply.data("ticketBulk.results.0.ticket.state"), "ON_HOLD");
        assert_eq!(reply.data("ticketBulk.results.2.id"), company::ticket(3).as_str());
        assert_eq!(version(&agent, &company::ticket(2)).await, 2);
        assert_eq!(version(&agent, &company::ticket(14)).await, 1);
    }

    async fn every_single_action_has_its_bulk_form(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let team = company::id(Table::Team, 4);
        manager.change("tagCreate", "tag { name }", json!({ "name": "recall" })).await.fine();
        let actions = [
            (json!({ "assign": { "teamId": team } }), "team", json!({ "code": "T4" })),
            (json!({ "advance": { "to": "ANALYSIS" } }), "stage", json!("ANALYSIS")),
            (json!({ "prioritySet": { "priority": "URGENT", "reason": "the line stands still" } }), "stage", json!("ANALYSIS")),
            (json!({ "tagAdd": { "tags": ["recall"] } }), "stage", json!("ANALYSIS")),
            (json!({ "tagRemove": { "tags": ["Recall"] } }), "stage", json!("ANALYSIS")),
            (json!({ "hold": { "state": "PENDING_PARTS" } }), "state", json!("PENDING_PARTS")),
            (json!({ "resume": true }), "state", json!("OPEN")),
            (json!({ "cancel": { "reason": "a duplicate" } }), "state", json!("CANCELLED")),
        ];
        for (at, (action, path, expected)) in (1..).zip(actions) {
            let reply = bulk(&manager, rows(&[(1, at), (2, at)]), action.clone(), None).await.fine();
            assert_eq!(outcomes(&reply), ["done", "done"], "{action}: {reply}");
            if path != "team" {
                assert_eq!(reply.data("ticketBulk.results.1.ticket")[path], expected, "{action}: {reply}");
            }
        }
        let reply = bulk(&manager, rows(&[(14, 1)]), json!({ "close": {} }), None).await.fine();
        assert_eq!(reply.data("ticketBulk.results.0.ticket.state"), "CLOSED");
        let reply = bulk(&manager, rows(&[(3, 1), (4, 99)]), json!({ "watch": true }), None).await.fine();
        assert_eq!(outcomes(&reply), ["done", "done"], "{reply}");
    }

    async fn a_row_needs_what_the_single_action_needs(app: TestApp) {
        // The auditor reads everything and changes nothing; the coordinator closes nothing.
        for (login, action) in [("auditor", json!({ "resume": true })), ("coordinator", json!({ "close": {} }))] {
            let actor = app.as_(login).await;
            let reply = bulk(&actor, rows(&[(1, 1), (14, 1)]), action, None).await.fine();
            assert_eq!(outcomes(&reply), ["FORBIDDEN", "FORBIDDEN"], "{login}: {reply}");
        }
        for login in ["partner", "customer", "trainer"] {
            let actor = app.as_(login).await;
            let reply = bulk(&actor, rows(&[(1, 1)]), json!({ "watch": true }), None).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}: {reply}");
        }
    }

    async fn the_request_as_a_whole_is_looked_over_first(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let many: Vec<(usize, i64)> = (1..=51).map(|n| (n, 1)).collect();
        for (tickets, code, field) in [
            (rows(&[]), "BLANK", "input.tickets"),
            (rows(&many), "TOO_LONG", "input.tickets"),
            (rows(&[(1, 1), (2, 1), (1, 1)]), "INVALID", "input.tickets.2.id"),
        ] {
            let reply = bulk(&manager, tickets, json!({ "watch": true }), None).await;
            assert!(reply.data("ticketBulk.results").is_null(), "{reply}");
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{reply}");
        }
        for action in [json!({}), json!({ "watch": true, "resume": true })] {
            let reply = bulk(&manager, rows(&[(1, 1)]), action.clone(), None).await;
            assert!(!reply.errors().is_empty(), "{action}: {reply}");
        }
    }

    async fn repeated_with_its_key_nothing_is_done_twice(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let action = json!({ "advance": { "to": "ANALYSIS" } });
        let tickets = rows(&[(1, 1), (3, 9), (2, 1)]);
        let first = bulk(&manager, tickets.clone(), action.clone(), Some("key-1")).await.fine();
        assert_eq!(outcomes(&first), ["done", "CONFLICT", "done"], "{first}");
        let count = async || ticket_change::Entity::find().count(app.db.reader()).await.expect("a count");
        let before = count().await;
        let again = bulk(&manager, tickets, action.clone(), Some("key-1")).await.fine();
        assert_eq!(again.data("ticketBulk.results"), first.data("ticketBulk.results"));
        assert_eq!(count().await, before);
        let reply = bulk(&manager, rows(&[(4, 1)]), action, Some("key-1")).await;
        assert_eq!(reply.user_errors(), [("IDEMPOTENCY_MISMATCH", "input.idempotencyKey".to_owned())], "{reply}");
    }

    async fn sent_twice_at_once_with_its_key_both_are_answered_alike(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let tickets = rows(&[(1, 1), (2, 1), (3, 1), (4, 1)]);
        let count = async || ticket_change::Entity::find().count(app.db.reader()).await.expect("a count");
        // One of them the manager watches already.
        for (key, action, changes) in [("key-2", json!({ "hold": { "state": "ON_HOLD" } }), 4), ("key-3", json!({ "watch": true }), 3)] {
            let before = count().await;
            let send = || bulk(&manager, tickets.clone(), action.clone(), Some(key));
            let (one, other, third) = tokio::join!(send(), send(), send());
            for reply in [one, other, third] {
                assert_eq!(outcomes(&reply.fine()), ["done"; 4], "{key}");
            }
            assert_eq!(count().await, before + changes, "{key}");
        }
    }

    async fn of_two_bulks_at_once_each_row_is_done_once(app: TestApp) {
        let (one, other) = (app.as_("service_manager").await, app.as_("team_lead").await);
        let tickets = rows(&[(1, 1), (2, 1), (3, 1), (4, 1)]);
        let (a, b) = tokio::join!(
            bulk(&one, tickets.clone(), json!({ "hold": { "state": "ON_HOLD" } }), None),
            bulk(&other, tickets.clone(), json!({ "hold": { "state": "PENDING_PARTS" } }), None),
        );
        let (a, b) = (outcomes(&a.fine()), outcomes(&b.fine()));
        for (one, other) in a.iter().zip(&b) {
            let mut both = [one.as_str(), other.as_str()];
            both.sort_unstable();
            assert_eq!(both, ["CONFLICT", "done"], "{a:?} {b:?}");
        }
    }

    async fn it_costs_as_much_as_that_many_mutations(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let cost = async |of: &[(usize, i64)]| {
            let reply = bulk(&manager, rows(of), json!({ "watch": true }), None).await.fine();
            reply.body["extensions"]["cost"]["requested"].as_i64().expect("a cost")
        };
        let (one, four) = (cost(&[(1, 1)]).await, cost(&[(1, 1), (2, 1), (3, 1), (4, 1)]).await);
        assert_eq!(four - 1, 4 * (one - 1), "{one} {four}");
        // The same with everything written in the document.
        let literal = format!(
            "mutation {{ ticketBulk(input: {{ tickets: [{{ id: \"{}\", expectedVersion: 1 }}, {{ id: \"{}\", expectedVersion: 1 }}], do: {{ watch: true }} }}) {{ userErrors {{ code }} }} }}",
            company::ticket(1),
            company::ticket(2)
        );
        let reply = manager.ask(&literal).await.fine();
        assert!(reply.body["extensions"]["cost"]["requested"].as_i64().expect("a cost") >= 21, "{reply}");
    }
}
