//! What a request may cost and how large an answer may be, on servers that listen.

mod estimate;
mod kinds;

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};

use crate::attacks::serve;
use crate::http::set_role;
use crate::support::office::{CLERK, open_ticket, sign_in, told};
use crate::support::server::Server;
use crate::support::socket::{Socket, hear, introduced, tell};
use crate::support::wire::{ask, request};

const MEGABYTE: u64 = 1 << 20;

/// Begins an operation on a socket.
async fn begin(socket: &mut Socket, id: &str, query: &str) {
    let payload = json!({ "query": query });
    tell(
        socket,
        json!({ "type": "subscribe", "id": id, "payload": payload }),
    )
    .await;
}

/// The next message about an operation.
async fn about(socket: &mut Socket, id: &str) -> Value {
    loop {
        let said = hear(socket).await.expect("the socket stays open");
        if said["id"] == id {
            return said;
        }
    }
}

async fn user_id(server: &Server, token: &str) -> uuid::Uuid {
    let viewer = aftercare::identity::authenticate(&server.app, token, server.app.clock.now());
    viewer
        .await
        .expect("a good token")
        .actor
        .id
        .expect("a user")
}

fn code(error: &Value) -> (&str, &str) {
    let text = |name: &str| error["extensions"][name].as_str().unwrap_or_default();
    (text("code"), text("limit"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_principal_spends_its_own_points_and_its_addresss() {
    let server = Server::start(|config| {
        (config.budget.burst, config.budget.per_second) = (100, 1);
        (
            config.budget.address_burst,
            config.budget.address_per_second,
        ) = (250, 1);
    })
    .await;
    let (ann, bob, eve) = (
        server.token("ann").await,
        server.token("bob").await,
        server.token("eve").await,
    );
    let introspect = json!({ "query": "{ __schema { queryType { name } } }" }).to_string();
    let send = async |token: &str, body: &str| {
        let header = format!("authorization: Bearer {token}");
        server.post(&[&header], body).await
    };
    let first = send(&ann, &introspect).await;
    let cost = &first.json()["extensions"]["cost"];
    assert_eq!(cost["requested"], 51, "{first:?}");
    // What it didn't need was given back, as of the moment in which it was taken.
    assert_eq!(cost["actual"], 3, "{first:?}");
    assert_eq!(cost["remaining"], 100 - 3, "{first:?}");
    let mut spent = send(&ann, &introspect).await;
    while spent.status == 200 {
        spent = send(&ann, &introspect).await;
    }
    assert_eq!((spent.status, spent.code().as_str()), (429, "RATE_LIMITED"));
    assert!(spent.head.contains("retry-after: "), "{spent:?}");
    let wait = spent.json()["errors"][0]["extensions"]["retryAfter"].as_u64();
    assert!(
        wait.is_some_and(|seconds| (1..=51).contains(&seconds)),
        "{spent:?}"
    );

    // Somebody else at the same address still has points, until the address has none.
    assert_eq!(send(&bob, &introspect).await.status, 200);
    let mut refused = 200;
    for _ in 0..60 {
        let mut answer = send(&bob, r#"{"query":"{ nothing }"}"#).await;
        if answer.status == 429 {
            answer = send(&eve, r#"{"query":"{ nothing }"}"#).await;
        }
        refused = answer.status;
        if refused == 429 {
            break;
        }
    }
    assert_eq!(refused, 429, "also what is refused costs something");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_pays_for_tokens_that_are_no_good() {
    let server = Server::start(|config| {
        (
            config.budget.address_burst,
            config.budget.address_per_second,
        ) = (200, 1);
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let answer = server
            .post(
                &["authorization: Bearer a.b.c"],
                r#"{"query":"{__typename}"}"#,
            )
            .await;
        assert!(answer.json()["errors"].is_array(), "{answer:?}");
        statuses.push(answer.status);
    }
    assert_eq!(statuses[..9], [401; 9], "{statuses:?}");
    assert_eq!(statuses[11], 429, "{statuses:?}");
    let knock = crate::support::socket::open(server.address, None, "graphql-transport-ws").await;
    assert_eq!(knock.err(), Some(429));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_and_events_of_a_socket_are_paid() {
    let server = Server::start(|config| {
        (config.budget.burst, config.budget.per_second) = (100, 1);
    })
    .await;
    let token = server.token("ann").await;
    let user = user_id(&server, &token).await;
    let mut socket = introduced(server.address, &token).await;
    begin(
        &mut socket,
        "events",
        "subscription { viewerChanged { id roles { key } } }",
    )
    .await;
    let mut shown = 0;
    let mut given = false;
    // It begins at 100, less 10 for the subscription and the estimate of each event until that is settled.
    let unpaid = loop {
        given = !given;
        tokio::time::sleep(Duration::from_millis(20)).await;
        set_role(&server, user, "agent", given).await;
        let event = about(&mut socket, "events").await;
        if event["payload"]["data"].is_object() {
            shown += 1;
            assert!(shown < 100, "{event}");
        } else {
            break event;
        }
    };
    let error = &unpaid["payload"]["errors"][0];
    assert_eq!(
        (&unpaid["payload"]["data"], code(error).0),
        (&Value::Null, "RATE_LIMITED")
    );
    assert!(error["extensions"]["retryAfter"].is_u64(), "{error}");
    assert!(shown > 10, "{shown} events were paid");
    begin(&mut socket, "dear", "{ __schema { queryType { name } } }").await;
    let refused = about(&mut socket, "dear").await;
    assert_eq!(refused["type"], "error", "{refused}");
    assert_eq!(code(&refused["payload"][0]).0, "RATE_LIMITED");
}

/// Opens a ticket and writes long comments to it; its id.
async fn long_ticket(address: SocketAddr, token: &str, comments: usize) -> String {
    let ticket = open_ticket(address, token, "Pump").await;
    for at in 0..comments {
        let input = json!({ "ticketId": ticket, "body": "泵".repeat(3_300), "idempotencyKey": at.to_string() });
        let query = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { userErrors { message } } }";
        let added = told(address, token, query, json!({ "input": input })).await;
        assert_eq!(added["ticketCommentAdd"]["userErrors"], json!([]));
    }
    ticket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_has_so_many_bytes_and_no_more() {
    let (server, _office) = serve(&[("LIMITS__ANSWER_BYTES", "65536")]).await;
    let token = sign_in(server.address, CLERK).await;
    let header = format!("authorization: Bearer {token}");
    let ticket = long_ticket(server.address, &token, 10).await;
    let comments = "comments(first: 100) { nodes { body } }";
    let query = format!(r#"{{ ticket(id: "{ticket}") {{ {comments} }} }}"#);
    let above = |answer: &Value, what: &str| {
        let error = &answer["errors"][0];
        assert_eq!(
            code(error),
            ("COST_EXCEEDED", "answerBytes"),
            "{what}: {answer}"
        );
        let number = |name: &str| error["extensions"][name].as_u64().unwrap_or_default();
        assert!(
            number("value") > 65_536 && number("maximum") == 65_536,
            "{answer}"
        );
        assert_eq!(answer["data"], Value::Null);
        assert!(error["extensions"]["requestId"].is_string());
    };
    let answer = ask(server.address, &[&header], &query, json!({}))
        .await
        .expect("an answer");
    above(&answer, "HTTP");
    assert!(
        answer["extensions"]["cost"]["actual"]
            .as_u64()
            .is_some_and(|cost| cost > 6)
    );

    let body = json!({ "query": query }).to_string();
    let headers = [
        header.as_str(),
        "accept: text/event-stream",
        "content-type: application/json",
    ];
    let stream = request(server.address, "POST /graphql", &headers, &body).await;
    let event = stream.body.lines().find_map(|line| {
        line.trim()
            .strip_prefix("data: {")
            .map(|rest| format!("{{{rest}"))
    });
    let event = event.unwrap_or_else(|| panic!("{stream:?}"));
    above(&serde_json::from_str(&event).expect("JSON"), "SSE");

    let mut socket = introduced(server.address, &token).await;
    begin(&mut socket, "1", &query).await;
    above(&about(&mut socket, "1").await["payload"], "socket");

    // A mutation is done all the same, and says so.
    let seen = format!(r#"{{ ticket(id: "{ticket}") {{ version priority }} }}"#);
    let before = told(server.address, &token, &seen, json!({})).await;
    let input = json!({
        "id": ticket,
        "expectedVersion": before["ticket"]["version"],
        "priority": "URGENT",
        "reason": "The whole plant stands still.",
    });
    let change = format!(
        "mutation($input: TicketPrioritySetInput!) {{ ticketPrioritySet(input: $input) {{ ticket {{ {comments} }} userErrors {{ message }} }} }}"
    );
    let variables = json!({ "input": input });
    let answer = ask(server.address, &[&header], &change, variables)
        .await
        .expect("an answer");
    above(&answer, "mutation");
    let message = answer["errors"][0]["message"].as_str();
    assert!(
        message.is_some_and(|text| text.contains("was changed")),
        "{answer}"
    );
    let after = told(server.address, &token, &seen, json!({})).await;
    assert_eq!(after["ticket"]["priority"], "URGENT", "{before}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_would_be_huge_is_not_made() {
    let (server, _office) = serve(&[]).await;
    let token = sign_in(server.address, CLERK).await;
    let header = format!("authorization: Bearer {token}");
    let ticket = long_ticket(server.address, &token, 30).await;
    let many: Vec<String> = (0..19)
        .map(|at| format!(r#"a{at}: ticket(id: "{ticket}") {{ comments(first: 30) {{ nodes {{ body }} edges {{ node {{ body }} }} }} }}"#))
        .collect();
    // 19 × 60 × 9.9 kB would be 11 MB.
    let query = format!("{{ {} }}", many.join(" "));
    let before = server.resident();
    for _ in 0..3 {
        let answer = ask(server.address, &[&header], &query, json!({}))
            .await
            .expect("an answer");
        let error = code(&answer["errors"][0]);
        assert_eq!(error, ("COST_EXCEEDED", "answerBytes"), "{answer}");
    }
    let grown = server.resident().saturating_sub(before) / MEGABYTE;
    eprintln!("{grown} MB more after three answers");
    assert!(grown < 120, "{grown} MB more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_errors_the_first_are_shown() {
    let server = Server::start(|_| {}).await;
    let token = server.token("ann").await;
    let header = format!("authorization: Bearer {token}");
    let fields: Vec<String> = (0..900).map(|at| format!("n{at}")).collect();
    let query = format!("{{ viewer {{ {} }} }}", fields.join(" "));
    let answer = ask(server.address, &[&header], &query, json!({}))
        .await
        .expect("an answer");
    let errors = answer["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 101, "{answer}");
    let last = &errors[100]["extensions"];
    assert_eq!(
        (&last["limit"], &last["value"], &last["maximum"]),
        (&json!("errors"), &json!(900), &json!(100))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_out_over_a_socket_hears_that_it_is_done() {
    let server = Server::start(|_| {}).await;
    server.token("ann").await;
    for round in 0..25 {
        let token = server.sign_in("ann").await;
        let mut socket = introduced(server.address, &token).await;
        begin(
            &mut socket,
            "events",
            "subscription { viewerChanged { id } }",
        )
        .await;
        // Others keep the server busy meanwhile.
        let busy: Vec<_> = (0..4)
            .map(|_| {
                let (address, body) = (server.address, r#"{"query":"{ __typename }"}"#);
                tokio::spawn(async move { crate::support::wire::post(address, &[], body).await })
            })
            .collect();
        begin(
            &mut socket,
            "out",
            "mutation { signOut { userErrors { message } } }",
        )
        .await;
        let mut said = Vec::new();
        let closed = loop {
            match hear(&mut socket).await {
                Ok(message) => said.push(message),
                Err(code) => break code,
            }
        };
        let of = |kind: &str| {
            said.iter()
                .any(|message| message["id"] == "out" && message["type"] == kind)
        };
        assert!(
            of("next") && of("complete"),
            "round {round}: {said:?}, then {closed}"
        );
        assert_eq!(closed, 4403);
        for other in busy {
            other.await.expect("an answer");
        }
    }
}
