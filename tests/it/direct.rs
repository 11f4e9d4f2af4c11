//! Rows that are written straight are the rows that the library would make: the same values, errors, order and cost, whoever asks.
//!
//! A document that asks for an object twice under one key is left to the library, so each question is put in both ways.

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

/// Looks at more than a plain column or the id, so that tickets are read whole for it.
const WHOLE: &str = "merged: mergedInto { id }";

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
        let fields = fields(&app.as_("admin").await, "Ticket").await;
        assert!(fields.len() > 30, "{fields:?}");
        let mut told = 0;
        for login in ["service_manager", "partner"] {
            let actor = app.as_(login).await;
            for (field, asked) in &fields {
                for order in ["CREATED_AT_DESC", "UPDATED_AT_DESC"] {
                    let query = |more: &str| {
                        let rows = format!("asked: {field} {asked} {more}");
                        format!("{{ tickets(first: 50, orderBy: {order}) {{ nodes {{ {rows} }} edges {{ node {{ {rows} }} }} }} }}")
                    };
                    let alone = actor.send(&query(""), json!({})).await;
                    let whole = actor.send(&query(WHOLE), json!({})).await;
                    for at in ["/nodes", "/edges"] {
                        let rows = |reply: &Value| -> Vec<Value> {
                            let rows = reply.pointer(&format!("/data/tickets{at}")).and_then(Value::as_array).expect("rows");
                            rows.iter().map(|row| row.get("node").unwrap_or(row)["asked"].clone()).collect()
                        };
                        let (alone, whole) = (rows(&alone.body), rows(&whole.body));
                        assert!(!alone.is_empty(), "{login} has tickets");
                        assert_eq!(alone, whole, "{login} {field}");
                        told += alone.iter().filter(|value| !value.is_null()).count();
                    }
                }
            }
        }
        assert!(told > 2_000, "there is something to compare: {told}");
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
