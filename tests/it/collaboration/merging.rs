use chrono::TimeDelta;
use entity::enums::WatchSource;
use entity::ticket_watcher;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};

use super::{change, found, history, kept, row, version};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, SECRET_WORD};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

async fn merge(actor: &Actor, n: usize, into: usize) -> Reply {
    let (id, into) = (company::ticket(n), company::ticket(into));
    let input = json!({
        "id": id, "expectedVersion": version(actor, &id).await,
        "intoId": into, "intoExpectedVersion": version(actor, &into).await,
        "reason": format!("{SECRET_WORD}: the same fan"),
    });
    actor
        .change(
            "ticketMerge",
            "ticket { number state } merged { number state }",
            input,
        )
        .await
}

async fn watch(app: &TestApp, n: usize, ticket: usize, member: usize) {
    let row = ticket_watcher::Model {
        id: key(Table::Change, 900 + n),
        ticket_id: key(Table::Ticket, ticket),
        member_id: key(Table::Member, member),
        source: WatchSource::Own,
        since: start(),
    };
    row.into_active_model()
        .insert(app.db.reader())
        .await
        .expect("a watcher");
}

const READ: &str = "query($id: ID!) { ticket(id: $id) { number state closedAt mergedInto { number }
    mergedTickets { number subject comments(first: 50) { nodes { body } } history(first: 50) { totalCount } } } }";

both_databases! {
    async fn a_merged_ticket_is_over_and_nothing_of_it_is_lost(app: TestApp) {
        let agent = app.as_("agent").await;
        let before = kept(&app).await;
        change(&agent, "ticketTagAdd", &company::ticket(11), json!({ "tags": ["VIP", "Battery"] })).await.fine();
        watch(&app, 1, 11, 1).await;
        watch(&app, 2, 11, 4).await;
        watch(&app, 3, 1, 4).await;
        let watched = ticket_watcher::Entity::find().count(app.db.reader()).await.expect("a count");
        let tagged = kept(&app).await;
        let reply = merge(&agent, 11, 1).await.fine();
        assert_eq!(reply.data("ticketMerge.merged"), &json!({ "number": 100_011, "state": "CANCELLED" }));
        assert_eq!(reply.data("ticketMerge.ticket"), &json!({ "number": 100_001, "state": "OPEN" }));
        let after = kept(&app).await;
        assert_eq!(after.0, before.0, "no comment moves or goes");
        assert_eq!(after.1, tagged.1 + 6, "three rows on either side");

        let reply = agent.send(READ, json!({ "id": company::ticket(1) })).await.fine();
        let merged = reply.list("ticket.mergedTickets");
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0]["comments"]["nodes"].as_array().map(Vec::len), Some(3), "{reply}");
        let (one, eleven) = (company::ticket(1), company::ticket(11));
        let rows = history(&agent, &eleven).await;
        assert!(rows.contains(&row("merge", "state", "PENDING_CUSTOMER", "CANCELLED")), "{rows:?}");
        assert!(rows.contains(&row("merge", "mergedIntoId", "", &one)), "{rows:?}");
        let rows = history(&agent, &one).await;
        assert!(rows.contains(&row("merge", "mergedTickets", "", &eleven)), "{rows:?}");
        assert!(rows.contains(&row("merge", "tags", "Battery", "Battery, VIP")), "{rows:?}");
        assert_eq!(found(&agent, json!({ "tag": { "in": ["VIP"] } })).await, [1, 11]);
        let watchers = ticket_watcher::Entity::find().count(app.db.reader()).await.expect("a count");
        assert_eq!(watchers, watched + 1, "the second watcher goes on with the other ticket, nobody twice");

        let partner = app.as_("partner").await;
        let reply = partner.send(READ, json!({ "id": eleven })).await.fine();
        assert_eq!(reply.data("ticket.mergedInto.number"), 100_001);
        let outside = history(&partner, &eleven).await;
        assert!(outside.contains(&row("merge", "mergedIntoId", "", &one)), "the same partner sees both: {outside:?}");
        assert!(!format!("{outside:?}").contains(SECRET_WORD));
    }

    /// Work that goes on as another ticket counts once, and what is cancelled isn't resolved, whatever stage it had reached.
    async fn what_was_resolved_and_is_given_up_counts_no_more(app: TestApp) {
        let (agent, coordinator, engineer) = (app.as_("agent").await, app.as_("coordinator").await, app.as_("engineer").await);
        let made = async || {
            let input = json!({ "kind": "FAULT_REPAIR", "subject": "The fan", "description": "It beeps.", "customerId": company::id(Table::Customer, 1) });
            let reply = agent.change("ticketCreate", "ticket { id }", input).await.fine();
            reply.text("ticketCreate.ticket.id").to_owned()
        };
        let resolved = async || {
            let id = made().await;
            let give = json!({ "teamId": company::id(Table::Team, 5), "assigneeId": company::id(Table::Member, 4) });
            change(&coordinator, "ticketAssign", &id, give).await.fine();
            for stage in ["ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"] {
                change(&engineer, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
            }
            id
        };
        let figures = async || {
            app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
            let of = |key: &str| {
                let member = company::id(Table::Member, 2);
                format!("{key}: metric(key: \"{key}\", period: {{ from: \"2026-03-02\", to: \"2026-03-03\" }}, filter: {{ memberIds: [\"{member}\"] }}) {{ groups {{ figure {{ value count }} }} }}")
            };
            let query = format!("{{ {} {} {} }}", of("tickets_resolved"), of("workload"), of("resolutions_held"));
            agent.ask(&query).await.fine().body["data"].clone()
        };
        let before = figures().await;
        let (first, second) = (resolved().await, resolved().await);
        for key in ["tickets_resolved", "workload", "resolutions_held"] {
            assert_ne!(figures().await[key], before[key], "{key}");
        }
        app.clock.advance(TimeDelta::minutes(10));
        let goes_on = made().await;
        let input = json!({
            "id": first, "expectedVersion": version(&agent, &first).await,
            "intoId": goes_on, "intoExpectedVersion": version(&agent, &goes_on).await, "reason": "the same fan",
        });
        agent.change("ticketMerge", "merged { state }", input).await.fine();
        change(&agent, "ticketCancel", &second, json!({ "reason": "opened by mistake" })).await.fine();
        assert_eq!(figures().await, before);
    }

    async fn a_merged_ticket_stays_merged(app: TestApp) {
        let agent = app.as_("agent").await;
        merge(&agent, 11, 1).await.fine();
        let eleven = company::ticket(11);
        let input = json!({ "id": eleven, "expectedVersion": version(&agent, &eleven).await, "reason": "again" });
        let reply = agent.change("ticketReopen", "ticket { id }", input).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);
        assert!(reply.body.to_string().contains(&company::ticket(1)), "the way out: {reply}");
        let reply = agent.change("ticketCommentAdd", "comment { id }", json!({ "ticketId": eleven, "body": "hello?" })).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);
        let reply = merge(&agent, 1, 11).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.intoId".to_owned())]);
        let reply = merge(&agent, 11, 14).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        // What it went into may go on in its turn.
        merge(&agent, 1, 14).await.fine();
        let reply = agent.send("query($id: ID!) { ticket(id: $id) { mergedInto { number mergedInto { number } } } }", json!({ "id": eleven })).await.fine();
        assert_eq!(reply.data("ticket.mergedInto.mergedInto.number"), 100_014);
    }

    async fn what_cant_be_merged_is_refused_in_words(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let before = kept(&app).await;
        for (n, into, code, field) in [
            (1, 1, "INVALID", "input.intoId"),
            (1, 3, "RULE_VIOLATED", "input.intoId"),
            (12, 3, "WRONG_STATE", "input.id"),
            (3, 12, "WRONG_STATE", "input.intoId"),
        ] {
            let reply = merge(&manager, n, into).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{n} into {into}: {reply}");
        }
        assert_eq!(kept(&app).await, before);
        // The agent's permission reaches their own tickets only.
        let reply = merge(&app.as_("agent").await, 2, 1).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
    }

    async fn of_two_who_merge_at_once_one_wins(app: TestApp) {
        let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
        let input = |n: usize, into: usize| json!({
            "id": company::ticket(n), "expectedVersion": 1, "intoId": company::ticket(into), "intoExpectedVersion": 1, "reason": "the same",
        });
        let select = "ticket { number } merged { number }";
        let (one, other) = tokio::join!(
            agent.change("ticketMerge", select, input(1, 11)),
            manager.change("ticketMerge", select, input(11, 1)),
        );
        let (won, lost) = if one.errors().is_empty() { (one, other) } else { (other, one) };
        let won = won.fine();
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        let ended = won.data("ticketMerge.merged.number").as_i64().expect("a number") - 100_000;
        let reply = manager.send(READ, json!({ "id": company::ticket(ended as usize) })).await.fine();
        assert_eq!(reply.data("ticket.state"), "CANCELLED");
        assert_eq!(found(&manager, json!({ "number": { "in": [100_001, 100_011] }, "state": { "eq": "CANCELLED" } })).await, [ended]);
    }

    async fn a_second_matter_becomes_a_ticket_of_its_own(app: TestApp) {
        let agent = app.as_("agent").await;
        let document = "query($id: ID!) { ticket(id: $id) { comments(first: 50) { nodes { id body visibility copied createdAt authorName } } } }";
        let reply = agent.send(document, json!({ "id": company::ticket(1) })).await.fine();
        let comments: Vec<Value> = reply.list("ticket.comments.nodes").iter().take(2).cloned().collect();
        let before = kept(&app).await;
        let input = json!({
            "id": company::ticket(1), "expectedVersion": 1, "subject": "The second fan", "kind": "ON_SITE_SERVICE", "relation": "PARENT_OF",
            "commentIds": [comments[0]["id"], comments[1]["id"]], "idempotencyKey": "split-1",
        });
        let select = "ticket { id number stage state subject owner { name } customer { id } links { relation ticket { number } } } source { version links { relation ticket { number } } }";
        let reply = agent.change("ticketSplit", select, input.clone()).await.fine();
        let again = agent.change("ticketSplit", select, input).await.fine();
        assert_eq!(reply.data("ticketSplit"), again.data("ticketSplit"), "once");
        assert_eq!(reply.data("ticketSplit.ticket.number"), 500_001);
        assert_eq!((reply.data("ticketSplit.ticket.stage"), reply.data("ticketSplit.source.version")), (&json!("INTAKE"), &json!(2)));
        assert_eq!(reply.data("ticketSplit.ticket.customer.id"), company::id(Table::Customer, 1).as_str());
        assert_eq!(reply.data("ticketSplit.ticket.links"), &json!([{ "relation": "CHILD_OF", "ticket": { "number": 100_001 } }]));
        let after = kept(&app).await;
        assert_eq!(after, (before.0 + 2, before.1 + 4), "copies; three rows there and one here");

        let id = reply.text("ticketSplit.ticket.id");
        let copies = agent.send(document, json!({ "id": id })).await.fine();
        let copies = copies.list("ticket.comments.nodes");
        assert_eq!(copies.len(), 2);
        for (copy, original) in copies.iter().zip(&comments) {
            for part in ["body", "visibility", "createdAt", "authorName"] {
                assert_eq!(copy[part], original[part], "{part}");
            }
            assert_eq!((&copy["copied"], &original["copied"]), (&json!(true), &json!(false)));
        }
        let rows = history(&agent, &company::ticket(1)).await;
        assert!(rows.contains(&row("split", "splitTickets", "", id)), "{rows:?}");
        let rows = history(&agent, id).await;
        assert!(rows.contains(&row("create", "splitFromId", "", &company::ticket(1))), "{rows:?}");
        let seen = app.as_("partner").await.send(document, json!({ "id": id })).await.fine();
        assert!(!seen.body.to_string().contains(SECRET_WORD), "a copied note stays a note: {seen}");
    }

    async fn a_split_takes_only_comments_of_its_ticket(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = agent.send("query($id: ID!) { ticket(id: $id) { comments { nodes { id } } } }", json!({ "id": company::ticket(2) })).await.fine();
        let foreign = reply.data("ticket.comments.nodes.0.id").clone();
        let base = json!({ "subject": "s", "kind": "COMPLAINT" });
        for (part, value, code, field) in [
            ("commentIds", json!([foreign]), "NOT_FOUND", "input.commentIds"),
            ("relation", json!("DUPLICATE_OF"), "INVALID", "input.relation"),
            ("subject", json!(""), "BLANK", "input.subject"),
        ] {
            let mut input = base.clone();
            input[part] = value;
            let reply = change(&agent, "ticketSplit", &company::ticket(1), input).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{reply}");
        }
        assert_eq!(version(&agent, &company::ticket(1)).await, 1);
    }
}
