//! Tests against the real program: what is small to send and large to work on is refused by name before it costs anything,
//! and whoever pretends to be somebody is nobody. Times are only looked at to see that nothing hangs.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::office::{CLERK, Office, open_ticket, sign_in};
use crate::support::process::Process;
use crate::support::socket::{hear, introduced, tell};
use crate::support::wire::{Answer, ask, post, read};

/// Others work on while it is attacked.
mod beside;
/// Who pretends to be somebody.
mod pretenders;
/// Every trick with a token.
mod tokens;
/// Connections that are slow, many, or no HTTP.
mod transport;

/// Whatever takes longer hangs.
const HANG: Duration = Duration::from_secs(30);
const MEGABYTE: u64 = 1 << 20;

/// A server on SQLite, with its database.
pub async fn serve(settings: &[(&str, &str)]) -> (Process, Office) {
    let office = Office::arrange(Backend::Sqlite).await;
    let office = office.expect("SQLite is always there");
    (Process::serve(&office.0.url, settings).await, office)
}

fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}")
}

/// 967 bytes whose fragments spread each other: a hundred million selections.
fn fragment_bomb() -> String {
    let mut text = "{...f0}".to_owned();
    for level in 0..26 {
        let next = level + 1;
        text += &format!("fragment f{level} on Query{{...f{next} ...f{next}}}");
    }
    text += "fragment f26 on Query{version}";
    format!("{text:967}")
}

/// Asks, and gives the codes of the errors with the limits that they name.
async fn refusals(
    address: SocketAddr,
    token: &str,
    query: &str,
    variables: Value,
) -> Vec<(String, String)> {
    let header = bearer(token);
    let answer = timeout(HANG, ask(address, &[&header], query, variables)).await;
    let answer = answer.expect("it doesn't hang").expect("an answer");
    assert!(answer.get("data").is_none(), "it was executed: {answer}");
    let errors = answer["errors"].as_array().expect("errors");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .iter()
        .map(|error| {
            (
                text(&error["extensions"]["code"]),
                text(&error["extensions"]["limit"]),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_that_explode_are_refused_by_name() {
    let (server, _office) = serve(&[]).await;
    let token = sign_in(server.address, CLERK).await;
    let aliases = |count: usize| -> String {
        let fields: Vec<_> = (0..count).map(|at| format!("a{at}:__typename")).collect();
        format!("{{{}}}", fields.join(" "))
    };
    assert_eq!(fragment_bomb().len(), 967);
    let before = server.resident();
    for (query, code, limit) in [
        (fragment_bomb(), "COST_EXCEEDED", "selections"),
        (aliases(5_000), "BAD_INPUT", "documentCharacters"),
        (aliases(400), "COST_EXCEEDED", "aliases"),
        (
            format!("{{{}}}", "id ".repeat(900)),
            "COST_EXCEEDED",
            "rootFields",
        ),
        ("{a".repeat(4_000), "BAD_INPUT", "documentNesting"),
        ("{a}".repeat(800), "BAD_INPUT", "documentTokens"),
        (
            format!("{{__typename {}}}", "@skip(if:false)".repeat(6)),
            "BAD_INPUT",
            "directives",
        ),
        (
            "{tickets(first:100){nodes{comments(first:100){nodes{id}}}}}".to_owned(),
            "COST_EXCEEDED",
            "complexity",
        ),
        (
            "mutation{a:signOut{userErrors{code}}".to_owned()
                + &" b:signOut{userErrors{code}}".repeat(5)
                + "}",
            "COST_EXCEEDED",
            "mutations",
        ),
        (
            format!(
                "{{__type(name:\"Node\"){{{}name{}}}}}",
                "possibleTypes{interfaces{".repeat(5),
                "}}".repeat(5)
            ),
            "COST_EXCEEDED",
            "introspectionItems",
        ),
        (
            format!(
                "{{__schema{{types{{{}name{}}}}}}}",
                "fields{type{".repeat(10),
                "}}".repeat(10)
            ),
            "COST_EXCEEDED",
            "introspectionDepth",
        ),
    ] {
        let refused = refusals(server.address, &token, &query, json!({})).await;
        let expected = (code.to_owned(), limit.to_owned());
        assert!(refused.contains(&expected), "{limit}: {refused:?}");
    }
    let filter = (0..15).fold(json!({}), |inner, _| json!({ "and": [inner] }));
    let ids = vec!["ticket_01h455vb4pex5vsknk084sn02q"; 5_000];
    for (query, variables, limit) in [
        (
            "query($a: JSON) { __typename }",
            json!({ "a": vec![1; 12_000] }),
            "variableValues",
        ),
        (
            "query($i: [ID!]!) { nodes(ids: $i) { id } }",
            json!({ "i": ids }),
            "listItems",
        ),
        (
            "query($f: TicketFilter) { tickets(filter: $f) { totalCount } }",
            json!({ "f": filter }),
            "filterNesting",
        ),
    ] {
        let refused = refusals(server.address, &token, query, variables).await;
        let expected = ("BAD_INPUT".to_owned(), limit.to_owned());
        assert!(refused.contains(&expected), "{limit}: {refused:?}");
    }
    let batch = format!("[{}]", vec![r#"{"query":"{__typename}"}"#; 5_000].join(","));
    let batch = post(server.address, &[], &batch).await;
    assert_eq!((batch.status, batch.code().as_str()), (400, "BAD_INPUT"));
    let grown = server.resident().saturating_sub(before);
    assert!(grown < 40 * MEGABYTE, "{grown} bytes more");
}

/// Sends a body of 100 MB, whatever is answered meanwhile.
async fn send_large(address: SocketAddr, chunked: bool) -> Answer {
    let stream = TcpStream::connect(address).await.expect("it listens");
    let (mut incoming, mut outgoing) = stream.into_split();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let framing = if chunked {
        "transfer-encoding: chunked"
    } else {
        "content-length: 100000000"
    };
    let block = [b' '; 0x10000];
    let block = if chunked {
        [b"10000\r\n", block.as_slice(), b"\r\n"].concat()
    } else {
        block.to_vec()
    };
    let sending = tokio::spawn(async move {
        let head = format!("{head}{framing}\r\n\r\n");
        let mut sent = outgoing.write_all(head.as_bytes()).await;
        // Whoever refuses doesn't have to read to the end.
        for _ in 0..100_000_000 / 0x10000 {
            if sent.is_err() {
                break;
            }
            sent = outgoing.write_all(&block).await;
        }
        outgoing
    });
    let mut bytes = Vec::new();
    let answered = timeout(HANG, incoming.read_to_end(&mut bytes)).await;
    // A reset after the answer is as good as an end.
    drop(answered.expect("it doesn't hang"));
    drop(sending.await);
    Answer::of(&bytes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_of_100_megabytes_takes_no_memory() {
    let (server, _office) = serve(&[]).await;
    // What the first request of all takes doesn't count.
    post(server.address, &[], r#"{"query":"{__typename}"}"#).await;
    let before = server.resident();
    for chunked in [false, true] {
        let answer = send_large(server.address, chunked).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (413, "BAD_INPUT"),
            "{answer:?}"
        );
        let extensions = &answer.json()["errors"][0]["extensions"];
        assert_eq!(
            (&extensions["limit"], &extensions["maximum"]),
            (&json!("bodyBytes"), &json!(262_144))
        );
        // What the server's jobs begin with is in it too.
        let grown = server.resident().saturating_sub(before);
        assert!(grown < 50 * MEGABYTE, "{grown} bytes more");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_bodies_and_headers_are_cut_off() {
    let (server, _office) = serve(&[
        ("SERVER__BODY_TIMEOUT", "300ms"),
        ("SERVER__HEADER_TIMEOUT", "300ms"),
    ])
    .await;
    let begun = Instant::now();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    for (beginning, limit) in [
        (format!("{head}content-length: 1000\r\n\r\n"), "bodyTimeout"),
        (head.to_owned(), "headerTimeout"),
        ("P".to_owned(), "headerTimeout"),
    ] {
        let stream = TcpStream::connect(server.address)
            .await
            .expect("it listens");
        let (mut incoming, mut outgoing) = stream.into_split();
        // A byte at a time keeps nobody waiting: the bound is for the whole.
        let dripping = tokio::spawn(async move {
            let mut sent = outgoing.write_all(beginning.as_bytes()).await;
            while sent.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
                sent = outgoing.write_all(b" ").await;
            }
        });
        let mut bytes = Vec::new();
        let ended = timeout(HANG, incoming.read_to_end(&mut bytes)).await;
        drop(ended.expect("it doesn't hang"));
        dripping.abort();
        let answer = Answer::of(&bytes);
        assert_eq!(answer.status, 408, "{answer:?}");
        assert_eq!(
            answer.json()["errors"][0]["extensions"]["limit"],
            limit,
            "{answer:?}"
        );
    }
    // Who says nothing is told nothing, also between two requests.
    let mut stream = TcpStream::connect(server.address)
        .await
        .expect("it listens");
    let request = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request).await.expect("it reads");
    let mut bytes = Vec::new();
    let ended = timeout(HANG, stream.read_to_end(&mut bytes)).await;
    drop(ended.expect("it doesn't hang"));
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{text}");
    let large = format!("x: {}", "a".repeat(200_000));
    let mut stream = TcpStream::connect(server.address)
        .await
        .expect("it listens");
    let request = format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{large}\r\n\r\n");
    drop(stream.write_all(request.as_bytes()).await);
    assert_eq!(read(&mut stream).await.status, 431);
    assert!(begun.elapsed() < HANG, "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_socket_takes_so_many_subscriptions_and_no_more() {
    let (server, _office) = serve(&[]).await;
    let token = sign_in(server.address, CLERK).await;
    let mut socket = introduced(server.address, &token).await;
    let before = server.resident();
    let payload = json!({ "query": "subscription { ticketChanged { action } }" });
    for id in 0..500 {
        let message = json!({ "type": "subscribe", "id": id.to_string(), "payload": payload });
        tell(&mut socket, message).await;
    }
    for _ in 50..500 {
        let refused = hear(&mut socket).await.expect("an answer");
        let extensions = &refused["payload"][0]["extensions"];
        assert_eq!(
            (&refused["type"], &extensions["code"], &extensions["limit"]),
            (
                &json!("error"),
                &json!("RATE_LIMITED"),
                &json!("liveOperations")
            )
        );
    }
    let grown = server.resident().saturating_sub(before);
    assert!(grown < 20 * MEGABYTE, "{grown} bytes more");
}

both_databases! {
    /// Texts that a database may not be able to hold are refused or found nowhere, never a failure of the server.
    async fn strange_texts_break_nothing(office: Office) {
        let server = Process::serve(&office.0.url, &[]).await;
        let token = sign_in(server.address, CLERK).await;
        let ticket = open_ticket(server.address, &token, "Pump").await;
        let header = bearer(&token);
        for text in ["a\0b", "\u{feff}\u{202e}\u{7}", "%_\\", "'; drop table tickets; --", "名\u{10ffff}", "__proto__"] {
            let input = json!({ "ticketId": ticket, "body": text, "idempotencyKey": text });
            for (query, variables) in [
                ("query($t: String!) { tickets(filter: { subject: { contains: $t } }) { totalCount } }", json!({ "t": text })),
                ("query($t: String!) { customers(filter: { name: { eq: $t } }) { totalCount } }", json!({ "t": text })),
                ("query($t: String!) { tickets(after: $t) { totalCount } }", json!({ "t": text })),
                ("query($t: ID!) { ticket(id: $t) { id } }", json!({ "t": text })),
                ("query($t: ID!) { node(id: $t) { id } }", json!({ "t": text })),
                ("query($t: String!) { accessCheck(document: $t) { cost } }", json!({ "t": text })),
                ("mutation($t: String!) { signIn(input: { login: $t, password: $t }) { userErrors { code } } }", json!({ "t": text })),
                ("mutation($t: String!) { tokenRefresh(input: { refreshToken: $t }) { userErrors { code } } }", json!({ "t": text })),
                ("mutation($t: String!) { apiClientSignIn(input: { clientId: $t, clientSecret: $t }) { userErrors { code } } }", json!({ "t": text })),
                ("mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { userErrors { code } } }", json!({ "input": input })),
            ] {
                let answer = ask(server.address, &[&header], query, variables).await.expect("an answer");
                assert!(!answer.to_string().contains("INTERNAL"), "{text:?} in {query}: {answer}");
            }
        }
    }
}
