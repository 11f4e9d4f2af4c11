//! Rows that are written straight are the rows that the library would make: the same values, errors, order and cost, whoever asks.
//!
//! A document that asks for an object twice under one key is left to the library, so each question is put in both ways.

use sea_orm::DbBackend;
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::database::both_databases;

/// What makes the library answer: the same object once more.
const TWICE: &str = "viewer { id } viewer { name }";

/// What is asked, with the names of fields that only some may have.
const QUESTIONS: &[&str] = &[
    // Plain fields, in another order than they are declared, under other names.
    "tickets(first: 50) { nodes { createdAt id no: number state kind priority channel province stage reopened version closedAt resolvedAt } totalCount }",
    "tickets(first: 3) { pageInfo { hasNextPage endCursor } nodes { __typename subject description updatedAt stageEnteredAt } edges { cursor node { id customer { name } comments(first: 1) { nodes { body } } } } }",
    // Rows that others point at, some of which aren't there.
    "tickets(first: 50) { nodes { id customer { id name number tier kind province owner { name } partner { code } } assignee { id name nameEn } owner { number } team { code name nameZh version } partner { code } unit { serial product { code } customer { name } } product { name } } }",
    // What is left to the library, between what isn't.
    "tickets(first: 50) { nodes { id comments(first: 2) { nodes { body authorKind visibility createdAt } totalCount } number tags { name } subject } }",
    "tickets(first: 50) { nodes { number assignee { name team { code region { code } } } customer { name units(first: 2) { nodes { serial } } } watchers { member { name } } } }",
    // Pages of lists that hang from rows, some of which the library has to make.
    "tickets(first: 20) { nodes { number comments { __typename totalCount all: totalCount totalCount pageInfo { hasNextPage endCursor start: startCursor } nodes { id authorName copied } } } }",
    "tickets(first: 20) { nodes { number none: comments(first: 0) { totalCount nodes { id } } notes: comments(first: 3, visibility: INTERNAL) { nodes { body } } last: comments(last: 2) { nodes { body } } } }",
    "tickets(first: 20) { nodes { comments(first: 2) { edges { cursor } ... { totalCount } nodes { id mentions { name } } } } }",
    "tickets(first: 20) { nodes { number comments(first: 101) { nodes { id } } } }",
    // What directives leave out.
    "tickets(first: 5) { nodes { id comments { totalCount @skip(if: true) } subject @include(if: false) } }",
    "tickets(first: 5) { nodes { number @skip(if: true) customer { name @include(if: true) number @skip(if: true) } comments(first: 2) { totalCount nodes { body @skip(if: true) id } } } }",
    // The same row twice, once with a fragment that can't apply.
    "tickets(first: 5) { nodes { a: customer { name } b: customer { number ... on Node { ... on Ticket { subject } } } } edges { node { customer { tier ... on Node { id } } } } }",
    // What not everybody may have.
    "tickets(first: 50) { nodes { number owner { name } assignee { id name } dispatchDecisions(first: 1) { nodes { id } } priority } }",
    "customers(first: 20) { nodes { id number name tier owner { id name } createdAt } }",
    // Failures of single fields, in a list and alone.
    "tickets(first: 5) { nodes { id comments(after: \"nonsense\") { nodes { id } } number } }",
    // Fragments.
    "tickets(first: 5) { nodes { ...A ... on Node { id } ... { state } } }",
    // No rows.
    "tickets(first: 5, filter: { number: { eq: 1 } }) { nodes { id customer { name } } totalCount }",
];

const FRAGMENT: &str =
    "fragment A on Ticket { id subject customer { ...B } } fragment B on Customer { name }";

/// One question in both ways.
async fn same(actor: &Actor, question: &str) -> Value {
    let fragment = if question.contains("...A") {
        FRAGMENT
    } else {
        ""
    };
    let direct = actor
        .send(
            &format!("{{ {question} viewer {{ id name }} }} {fragment}"),
            json!({}),
        )
        .await;
    let by_library = actor
        .send(&format!("{{ {question} {TWICE} }} {fragment}"), json!({}))
        .await;
    let (mut direct, mut by_library) = (direct.body, by_library.body);
    assert!(direct["data"].is_object(), "{question} {direct}");
    // As text, so that the order counts too.
    assert_eq!(
        direct["data"].to_string(),
        by_library["data"].to_string(),
        "{} {question}",
        actor.who
    );
    for errors in [&mut direct["errors"], &mut by_library["errors"]] {
        for error in errors.as_array_mut().into_iter().flatten() {
            error["extensions"]["requestId"] = Value::Null;
            error["locations"] = Value::Null;
        }
    }
    let in_order = |errors: &Value| {
        let mut texts: Vec<String> = errors
            .as_array()
            .into_iter()
            .flatten()
            .map(Value::to_string)
            .collect();
        texts.sort_unstable();
        texts
    };
    assert_eq!(
        in_order(&direct["errors"]),
        in_order(&by_library["errors"]),
        "{} {question}",
        actor.who
    );
    // The library makes the viewer twice.
    let cost = |answer: &Value| answer["extensions"]["cost"]["actual"].as_i64();
    assert_eq!(
        cost(&direct).map(|cost| cost + 1),
        cost(&by_library),
        "{} {question}",
        actor.who
    );
    direct
}

/// Types whose rows are read in part: their lists, in which orders, and what looks at more than a plain column or the id, if
/// anything does.
const LISTS: &[(&str, &str, &[&str], &str)] = &[
    (
        "Ticket",
        "tickets",
        &[", orderBy: CREATED_AT_DESC", ", orderBy: UPDATED_AT_DESC"],
        "merged: mergedInto { id }",
    ),
    (
        "Customer",
        "customers",
        &[""],
        "all: units(first: 1) { totalCount }",
    ),
    ("Partner", "partners", &[""], ""),
    ("Product", "products", &[""], ""),
];

/// The fields of a type with what each is asked for.
async fn fields(actor: &Actor, type_name: &str) -> Vec<(String, String)> {
    let named = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
    let query = format!(
        "{{ __type(name: \"{type_name}\") {{ fields {{ name args {{ type {{ kind }} }} type {{ {named} }} }} }} }}"
    );
    let reply = actor.send(&query, json!({})).await.fine();
    let mut fields = Vec::new();
    for field in reply.list("__type.fields") {
        let mut kind = &field["type"];
        while !kind["ofType"].is_null() {
            kind = &kind["ofType"];
        }
        let asked = match kind["kind"].as_str() {
            Some("OBJECT") => {
                let name = kind["name"].as_str().expect("a name");
                if name.ends_with("Connection") {
                    "{ totalCount edges { cursor } }"
                } else if [
                    "Customer", "Member", "Team", "Partner", "Product", "Unit", "Tag",
                ]
                .contains(&name)
                {
                    "{ id name: __typename }"
                } else {
                    "{ __typename }"
                }
            }
            _ => "",
        };
        let name = field["name"].as_str().expect("a name").to_owned();
        fields.push((name, asked.to_owned()));
    }
    fields
}

both_databases! {
    /// Of wide rows only the columns are read that the selected fields look at: a field alone is the field among all.
    async fn no_field_misses_a_column_that_it_looks_at(app: TestApp) {
        let admin = app.as_("admin").await;
        let mut told = 0;
        for (type_name, list, orders, whole) in LISTS {
            let fields = fields(&admin, type_name).await;
            assert!(fields.len() >= 9, "{fields:?}");
            let plain = fields.iter().filter(|(_, asked)| asked.is_empty());
            let plain: String = plain.map(|(field, _)| format!("{field} ")).collect();
            for login in ["service_manager", "partner"] {
                let actor = app.as_(login).await;
                let rows = async |asked: &str, order: &str| -> Value {
                    let query = format!("{{ {list}(first: 50{order}) {{ nodes {{ {asked} }} edges {{ node {{ {asked} }} }} }} }}");
                    let reply = actor.send(&query, json!({})).await.body;
                    let rows = |at: &str, inner: &str| -> Vec<Value> {
                        let rows = reply.pointer(&format!("/data/{list}/{at}")).and_then(Value::as_array).cloned().unwrap_or_default();
                        rows.iter().map(|row| row.pointer(inner).expect("the field").clone()).collect()
                    };
                    json!([rows("nodes", "/asked"), rows("edges", "/node/asked")])
                };
                for (field, asked) in &fields {
                    for order in *orders {
                        let alone = rows(&format!("asked: {field} {asked}"), order).await;
                        let among = rows(&format!("asked: {field} {asked} {plain} {whole}"), order).await;
                        assert_eq!(alone, among, "{login} {list} {field}");
                        let values = alone.as_array().into_iter().flatten().flat_map(|rows| rows.as_array().cloned().unwrap_or_default());
                        told += values.filter(|value| !value.is_null()).count();
                    }
                }
            }
        }
        assert!(told > 2_500, "there is something to compare: {told}");
    }

    /// What rows point at comes along with them for whoever reaches every row of that table, in part like the rows themselves.
    async fn rows_that_others_point_at_come_along(app: TestApp) {
        let list = "tickets(first: 50) { nodes { number customer { name tier } partner { code } product { name } team { code } } }";
        let views = "tickets(first: 50) { nodes { customer { name } } edges { node { client: customer { number } } } }";
        let one = format!("ticket(id: \"{}\") {{ number customer {{ name partner {{ code }} }} }}", company::ticket(1));
        let cost = async |login: &str, question: &str| {
            let actor = app.as_(login).await;
            same(&actor, question).await;
            app.statements(async || drop(actor.ask(&format!("{{ {question} }}")).await.fine())).await
        };
        for (login, more) in [("service_manager", [0, 0, 1]), ("agent", [1, 1, 2])] {
            // What every request costs here.
            let alone = cost(login, "tickets(first: 50) { nodes { number } }").await;
            let costs = [cost(login, list).await, cost(login, views).await, cost(login, &one).await];
            assert_eq!(costs.map(|cost| cost - alone), more, "{login}: the partner of a customer isn't the ticket's");
        }
    }

    /// A list that is read in part is counted in the statement of its page, also where the page is empty.
    async fn a_list_is_counted_with_its_page(app: TestApp) {
        for login in ["service_manager", "agent", "partner"] {
            let actor = app.as_(login).await;
            let cost = async |question: &str| {
                let answer = same(&actor, question).await["data"]["tickets"].clone();
                let read = app.statements(async || drop(actor.ask(&format!("{{ {question} }}")).await.fine())).await;
                (answer, read)
            };
            let (all, alone) = cost("tickets(first: 100) { nodes { number } pageInfo { endCursor } }").await;
            let rows = all["nodes"].as_array().map_or(0, Vec::len);
            assert!((1..100).contains(&rows), "{login} sees {rows}");
            let end = all["pageInfo"]["endCursor"].as_str().expect("a cursor");
            for (arguments, shown, total, more) in [
                ("first: 1".to_owned(), 1, rows, 0),
                ("first: 0".to_owned(), 0, rows, 0),
                ("last: 2".to_owned(), 2.min(rows), rows, 0),
                ("first: 5, filter: { number: { eq: 1 } }".to_owned(), 0, 0, 0),
                // Behind the last row nothing tells how many there are.
                (format!("first: 5, after: \"{end}\""), 0, rows, 1),
            ] {
                let (page, read) = cost(&format!("tickets({arguments}) {{ totalCount nodes {{ number }} }}")).await;
                assert_eq!(page["nodes"].as_array().map(Vec::len), Some(shown), "{login} {arguments}");
                assert_eq!(page["totalCount"], total, "{login} {arguments}");
                assert_eq!(read - alone, more, "{login} {arguments}");
            }
        }
    }

    /// Its first comments come with a ticket, on PostgreSQL in one statement, alike for everybody who may read it; what else is
    /// asked of them costs what it did.
    async fn the_first_comments_come_with_their_ticket(app: TestApp) {
        let mut seen = 0;
        for login in ["service_manager", "agent", "partner", "customer", "engineer"] {
            let actor = app.as_(login).await;
            let cost = async |question: &str| {
                let answer = same(&actor, question).await;
                let read = app.statements(async || drop(actor.ask(&format!("{{ {question} }}")).await)).await;
                (answer["data"]["ticket"].clone(), read)
            };
            for number in 1..=6 {
                let ticket = format!("ticket(id: \"{}\")", company::ticket(number));
                let (_, alone) = cost(&format!("{ticket} {{ number }}")).await;
                let page = "__typename nodes { id body visibility authorKind authorName createdAt } pageInfo { hasNextPage endCursor }";
                for (asked, more) in [
                    (format!("comments {{ {page} }}"), 0),
                    (format!("description comments(first: 1) {{ {page} }} customer {{ name }} subject"), 0),
                    ("comments(first: 0) { pageInfo { hasNextPage } nodes { id } }".to_owned(), 0),
                    ("talk: comments(first: 2) { nodes { body mentions { name } } edges { cursor } }".to_owned(), 0),
                    (format!("comments(visibility: PUBLIC) {{ {page} }}"), 1),
                    (format!("comments(last: 2) {{ {page} }}"), 1),
                    (format!("comments {{ totalCount {page} }}"), 2),
                    (format!("a: comments(first: 1) {{ {page} }} b: comments(first: 2) {{ {page} }}"), 2),
                    (format!("... {{ comments {{ {page} }} }}"), 1),
                    (format!("comments(first: 101) {{ {page} }}"), 0),
                ] {
                    let (ticket, read) = cost(&format!("{ticket} {{ number {asked} }}")).await;
                    // Mentions and customers out of reach are read for themselves, and there is nothing to read of what isn't there.
                    let plain = !asked.contains("mentions") && (!asked.contains("customer") || login == "service_manager");
                    if plain && !ticket.is_null() {
                        let apart = more == 0 && !asked.contains("101") && app.db.backend() == DbBackend::Sqlite;
                        assert_eq!(read - alone, more + u64::from(apart), "{login} {number} {asked}");
                    }
                    seen += ticket["comments"]["nodes"].as_array().map_or(0, Vec::len);
                }
            }
        }
        assert!(seen > 60, "there is something to compare: {seen}");
    }

    async fn rows_are_those_of_the_library_for_everybody(app: TestApp) {
        let mut seen = 0;
        for login in ["service_manager", "agent", "partner", "customer", "engineer"] {
            let actor = app.as_(login).await;
            for question in QUESTIONS {
                let answer = same(&actor, question).await;
                seen += answer.to_string().len();
            }
            let one = format!(
                "ticket(id: \"{}\") {{ number subject customer {{ name }} assignee {{ name team {{ code region {{ code }} }} }} comments(first: 3) {{ nodes {{ id body }} }} history(first: 1) {{ totalCount }} }}",
                company::ticket(1)
            );
            same(&actor, &one).await;
        }
        assert!(seen > 50_000, "there is something to compare: {seen}");
    }
}
