use entity::enums::Province;
use entity::ticket;
use futures_util::future::join_all;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Data, Held, Table, key, long_ago, start};
use crate::support::database::{Arrange, Backend, both_databases};

/// Every order with what it sorts by, as a second implementation would.
const ORDERS: [&str; 7] = [
    "CREATED_AT_DESC",
    "CREATED_AT_ASC",
    "UPDATED_AT_DESC",
    "UPDATED_AT_ASC",
    "PRIORITY_DESC",
    "RESOLVED_AT_DESC",
    "RESOLVED_AT_ASC",
];

const PAGE: &str =
    "query($first: Int, $after: String, $last: Int, $before: String, $order: TicketOrder!) {
    tickets(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
        totalCount nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

/// The numbers of all tickets in an order, by hand.
fn sorted(data: &Data, order: &str) -> Vec<i64> {
    let mut rows: Vec<&ticket::Model> = data.tickets.iter().collect();
    let missing_last = |row: &ticket::Model| (row.resolved_at.is_none(), row.resolved_at);
    match order {
        "CREATED_AT_ASC" | "CREATED_AT_DESC" => rows.sort_by_key(|row| (row.created_at, row.id)),
        "UPDATED_AT_ASC" | "UPDATED_AT_DESC" => rows.sort_by_key(|row| (row.updated_at, row.id)),
        "PRIORITY_DESC" => {
            rows.sort_by_key(|row| (std::cmp::Reverse(row.priority), row.created_at, row.id))
        }
        _ => rows.sort_by_key(|row| (missing_last(row), row.id)),
    }
    // Of equal priority the oldest comes first.
    if order.ends_with("_DESC") && order != "PRIORITY_DESC" {
        rows.reverse();
    }
    rows.iter().map(|row| row.number).collect()
}

/// Walks a list page by page, forward or backward; `between` runs after every page.
async fn walk<F>(actor: &Actor, order: &str, size: i64, backward: bool, mut between: F) -> Vec<i64>
where
    F: AsyncFnMut(),
{
    let (mut pages, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let variables = if backward {
            json!({ "order": order, "last": size, "before": cursor })
        } else {
            json!({ "order": order, "first": size, "after": cursor })
        };
        let reply = actor.send(PAGE, variables).await.fine();
        let numbers: Vec<i64> = reply
            .list("tickets.nodes")
            .iter()
            .filter_map(|node| node["number"].as_i64())
            .collect();
        let (more, next) = if backward {
            ("hasPreviousPage", "startCursor")
        } else {
            ("hasNextPage", "endCursor")
        };
        cursor = reply.data(&format!("tickets.pageInfo.{next}")).clone();
        assert!(numbers.len() as i64 <= size);
        let more = reply.data(&format!("tickets.pageInfo.{more}")) == true;
        assert!(
            !more || numbers.len() as i64 == size,
            "no short page before the end: {reply}"
        );
        pages.push(numbers);
        if !more {
            break;
        }
        between().await;
    }
    if backward {
        pages.reverse();
    }
    pages.concat()
}

/// Fifty tickets of an agent's team, each with a customer, a contact, a unit, an owner and an assignee of its own.
async fn fifty(backend: Backend) -> Option<TestApp> {
    let mut data = company::data();
    for n in 100..150 {
        let (owner, assignee) = (
            data.member(n, "An owner"),
            data.member(n + 100, "An assignee"),
        );
        for member in [owner, assignee] {
            data.home(
                member,
                key(Table::Department, 1),
                Some(key(Table::Team, 2)),
                (long_ago(), None),
            );
        }
        data.customer(
            n,
            Province::Beijing,
            Some(key(Table::Partner, 1)),
            Some(key(Table::Member, 2)),
        );
        data.ticket(n, n, |row| {
            (row.team_id, row.owner_id, row.assignee_id) =
                (Some(key(Table::Team, 2)), Some(owner), Some(assignee));
            // Another one than the unit's: what is read at the same time isn't always read in the same order.
            row.product_id = Some(key(Table::Product, 2));
        });
        let ticket = data.tickets.last()?.id;
        for tag in [1, 2] {
            data.tagged(ticket, key(Table::Tag, tag));
        }
        data.filled(ticket, key(Table::Field, 1), Held::Number(420_000));
        data.filled(ticket, key(Table::Field, 2), Held::Number(5_000));
        data.link(
            n,
            ticket,
            entity::enums::LinkKind::RelatedTo,
            key(Table::Ticket, 1),
        );
        data.comment(ticket, entity::enums::CommentVisibility::Public, "first");
        data.comment(ticket, entity::enums::CommentVisibility::Internal, "second");
        data.change(ticket, "create", "stage", "INTAKE", true);
        data.timed.push(ticket);
        data.watch(ticket, owner);
        data.watch(ticket, assignee);
        data.credit(ticket, &[(owner, 6_000), (assignee, 4_000)]);
        data.handover(ticket, owner, assignee);
        let survey = data.survey(ticket, Some(1));
        data.follow_up(survey, owner);
    }
    TestApp::with(backend, &data).await
}

/// How many statements a list of so many tickets takes.
async fn fewest(app: &TestApp, actor: &Actor, document: &str, first: i64) -> u64 {
    app.statements(async || {
        let reply = actor.send(document, json!({ "first": first })).await;
        assert_eq!(reply.list("tickets.nodes").len() as i64, first, "{reply}");
    })
    .await
}

struct Fifty(TestApp);

impl Arrange for Fifty {
    async fn arrange(backend: Backend) -> Option<Self> {
        fifty(backend).await.map(Self)
    }
}

both_databases! {
    async fn every_order_page_by_page_is_the_whole_sorted_list(app: TestApp) {
        let auditor = app.as_("auditor").await;
        let data = company::data();
        for order in ORDERS {
            let expected = sorted(&data, order);
            for size in [1, 3, 14, 100] {
                for backward in [false, true] {
                    let found = walk(&auditor, order, size, backward, async || ()).await;
                    assert_eq!(found, expected, "{order} by {size}, backward: {backward}");
                }
            }
        }
    }

    async fn rows_that_change_meanwhile_lose_or_double_no_other(app: TestApp) {
        let auditor = app.as_("auditor").await;
        let data = company::data();
        // A ticket before the place where we are is deleted in effect: it gets the latest place of all, and the earliest again.
        for order in ORDERS {
            let mut late = false;
            let restless = 100_008;
            let found = walk(&auditor, order, 2, false, async || {
                late = !late;
                let at = if late { start() + chrono::TimeDelta::days(1) } else { start() - chrono::TimeDelta::days(100) };
                ticket::Entity::update_many()
                    .col_expr(ticket::Column::CreatedAt, Expr::value(at))
                    .col_expr(ticket::Column::UpdatedAt, Expr::value(at))
                    .col_expr(ticket::Column::ResolvedAt, Expr::value(Some(at)))
                    .col_expr(ticket::Column::Priority, Expr::value(if late { 4 } else { 1 }))
                    .filter(ticket::Column::Number.eq(restless))
                    .exec(app.db.reader())
                    .await
                    .expect("it moves");
            }).await;
            let still = |numbers: Vec<i64>| numbers.into_iter().filter(|number| *number != restless).collect::<Vec<_>>();
            assert_eq!(still(found), still(sorted(&data, order)), "{order}");
        }
    }

    async fn wrong_pages_are_errors_that_name_the_argument(app: TestApp) {
        let auditor = app.as_("auditor").await;
        let reply = auditor.send(PAGE, json!({ "first": 1, "order": "PRIORITY_DESC" })).await.fine();
        let cursor = reply.data("tickets.pageInfo.endCursor").clone();
        for (variables, word) in [
            (json!({ "first": -1 }), "first"),
            (json!({ "first": 101 }), "first"),
            (json!({ "last": 101 }), "last"),
            (json!({ "first": 1, "last": 1 }), "last"),
            (json!({ "after": "rubbish" }), "after"),
            (json!({ "after": cursor }), "after"),
            (json!({ "first": 1, "before": cursor }), "before"),
        ] {
            let mut variables = variables;
            variables["order"] = "CREATED_AT_ASC".into();
            let reply = auditor.send(PAGE, variables.clone()).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{variables}: {reply}");
            let message = reply.errors()[0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(word) || message.contains("cursor"), "{variables}: {reply}");
        }
        let reply = auditor.send(PAGE, json!({ "first": 0, "order": "PRIORITY_DESC" })).await.fine();
        assert!(reply.list("tickets.nodes").is_empty());
        assert_eq!(reply.data("tickets.totalCount"), 14);
    }

    async fn filters_find_what_they_say(app: TestApp) {
        let auditor = app.as_("auditor").await;
        let document = "query($filter: TicketFilter) { tickets(first: 100, filter: $filter, orderBy: CREATED_AT_ASC) { totalCount nodes { number } } }";
        for (filter, expected) in [
            (json!({ "number": { "in": [100_002, 100_009] } }), vec![2, 9]),
            (json!({ "subject": { "contains": "MATTER 1" } }), vec![1, 10, 11, 12, 13, 14]),
            (json!({ "subject": { "contains": "100%" } }), vec![]),
            (json!({ "stage": { "eq": "FEEDBACK" } }), vec![12, 14]),
            (json!({ "state": { "in": ["CLOSED", "CANCELLED"] } }), vec![12, 13]),
            (json!({ "province": { "eq": "GUANGDONG" } }), vec![4, 5]),
            (json!({ "partnerId": { "eq": company::id(Table::Partner, 2) } }), vec![6, 7, 13]),
            (json!({ "teamId": { "eq": company::id(Table::Team, 5) } }), vec![6, 9]),
            (json!({ "teamId": { "isNull": true } }), vec![5, 8]),
            (json!({ "not": { "teamId": { "in": [company::id(Table::Team, 1), company::id(Table::Team, 2), company::id(Table::Team, 3)] } } }), vec![5, 6, 7, 8, 9, 11, 13]),
            (json!({ "or": [{ "priority": { "eq": "URGENT" } }, { "priority": { "eq": "HIGH" } }] }), vec![4, 8]),
            (json!({ "and": [{ "teamId": { "eq": company::id(Table::Team, 2) } }, { "not": { "state": { "eq": "CLOSED" } } }] }), vec![1, 2, 14]),
            (json!({ "resolvedAt": { "isNull": false } }), vec![12, 14]),
            (json!({ "createdAt": { "gte": "2026-02-22T06:00:00Z" } }), vec![12, 13, 14]),
            (json!({ "or": [] }), vec![]),
            (json!({ "or": [{ "or": [] }, { "priority": { "in": ["URGENT", "HIGH"] } }] }), vec![4, 8]),
            (json!({ "or": [{}] }), (1..=14).collect()),
            (json!({ "not": { "or": [] } }), (1..=14).collect()),
            (json!({ "or": null }), (1..=14).collect()),
            (json!({ "and": [] }), (1..=14).collect()),
            (json!({}), (1..=14).collect()),
        ] {
            let reply = auditor.send(document, json!({ "filter": filter })).await.fine();
            let numbers: Vec<i64> = reply.list("tickets.nodes").iter().filter_map(|node| node["number"].as_i64()).map(|number| number - 100_000).collect();
            assert_eq!(numbers, expected, "{filter}");
            assert_eq!(reply.data("tickets.totalCount"), expected.len(), "{filter}");
        }
    }

    async fn a_list_costs_as_many_statements_for_fifty_rows_as_for_one(app: Fifty) {
        let app = app.0;
        let document = "query($first: Int!) { tickets(first: $first, filter: { number: { gte: 100100 } }) { totalCount nodes {
            id number customer { id name owner { id } } contact { id } partner { id } product { id } unit { id product { id } } team { id department { id } }
            owner { id name } assignee { id name }
            process { version { number } step { code } entries { visit step { code } } allowedSteps { code } missingFields }
            sla { state dueAt clocks { kind state intervals { number from } } }
            lastMessage { id body authorName mentions { id } } watchers { since member { id name } } presence { name member { id } }
            responsibility { owner { id } handovers { id to { id } } openHandover { id } credits { share member { id } } }
            survey { state answer { rating } followUp { id member { id } } }
            sla { state dueAt clocks { kind due: dueAt explanation policyVersion { number policy { code } } intervals { number policyVersion { number } } } }
            tags { name } fields { field { code } number } links { relation ticket { number } } mergedInto { number } mergedTickets { number }
            progress { stage } comments(first: 5) { totalCount nodes { id body } } history(first: 5) { totalCount nodes { id } }
        } } }";
        for login in ["service_manager", "agent", "partner"] {
            let actor = app.as_(login).await;
            actor.send(document, json!({ "first": 1 })).await;
            let mut counts = Vec::new();
            for first in [1, 10, 50] {
                counts.push(fewest(&app, &actor, document, first).await);
            }
            assert_eq!(counts[1], counts[2], "{login}: {counts:?}");
            // Looks at more contacts than go into the statement that links the audit log take two more.
            assert!((counts[0]..=counts[0] + 2).contains(&counts[1]), "{login}: {counts:?}");
            assert!(counts[0] < 50, "{login}: {counts:?}");
        }
    }

    /// The list that people have before them all day, of tickets with clocks that run and messages that came.
    async fn the_working_list_takes_a_fixed_number_of_statements(app: TestApp) {
        let agent = app.as_("agent").await;
        for n in 0..12 {
            let input = json!({ "kind": "FAULT_REPAIR", "subject": format!("Pump {n}"), "description": "It makes a noise.", "customerId": company::id(Table::Customer, 1 + n % 2) });
            let reply = agent.change("ticketCreate", "ticket { id }", input).await.fine();
            let text = json!({ "ticketId": reply.text("ticketCreate.ticket.id"), "body": format!("message {n}") });
            agent.change("ticketCommentAdd", "comment { id }", text).await.fine();
        }
        let document = "query($first: Int!) { tickets(first: $first) { nodes {
            number subject stage state priority customer { name tier } owner { name } assignee { name }
            sla { state dueAt clocks { kind state dueAt } } lastMessage { body authorName createdAt }
        } } }";
        for login in ["agent", "service_manager"] {
            let actor = app.as_(login).await;
            actor.send(document, json!({ "first": 1 })).await;
            let mut counts = Vec::new();
            for first in [1, 5, 12] {
                counts.push(fewest(&app, &actor, document, first).await);
            }
            assert!(counts.iter().all(|count| *count == counts[0]), "{login}: {counts:?}");
            assert!(counts[0] <= 10, "{login}: {counts:?}");
            let reply = actor.send(document, json!({ "first": 1 })).await;
            assert!(!reply.data("tickets.nodes.0.lastMessage.body").is_null(), "{login}: {reply}");
        }
    }

    /// It is remembered until anybody changes anything, and never longer.
    async fn the_total_is_that_of_the_moment(app: TestApp) {
        let agent = app.as_("agent").await;
        let total = async || {
            let reply = agent.send("{ tickets(first: 1) { totalCount nodes { id } } }", json!({})).await;
            reply.data("tickets.totalCount").as_i64().expect("a number")
        };
        let before = total().await;
        assert_eq!(total().await, before);
        for more in 1..=3 {
            let input = json!({ "kind": "FAULT_REPAIR", "subject": "Pump", "description": "It makes a noise.", "customerId": company::id(Table::Customer, 1) });
            agent.change("ticketCreate", "ticket { id }", input).await.fine();
            assert_eq!(total().await, before + more);
            // On SQLite each connection sees for itself.
            for _ in 0..2 {
                assert_eq!(join_all((0..8).map(|_| total())).await, [before + more; 8]);
            }
        }
        let connection = app.database().connect().await;
        connection.execute_unprepared("UPDATE tickets SET assignee_id = NULL, owner_id = NULL, created_by = customer_id, team_id = NULL WHERE subject = 'Pump'").await.expect("they are out of reach");
        assert_eq!(total().await, before, "whoever changes it");
        connection.close().await.expect("it closes");
    }

    /// A list that is read in part is counted with its page, others in a statement of their own.
    async fn the_total_is_counted_only_when_asked_for(app: TestApp) {
        let auditor = app.as_("auditor").await;
        for (list, more) in [("tickets", 0), ("members", 1)] {
            let mut counts = Vec::new();
            for total in ["", "totalCount"] {
                let document = format!("{{ {list} {{ {total} nodes {{ id }} }} }}");
                counts.push(app.statements(async || { auditor.ask(&document).await.fine(); }).await);
            }
            assert_eq!(counts[1], counts[0] + more, "{list}");
        }
    }
}
