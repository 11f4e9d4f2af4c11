//! How long somebody waits for an answer, and how long in silence.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::database::both_databases;
use crate::support::server::Server;
use crate::support::socket::{hear, introduced, tell};
use crate::support::wire::{post, request};

const REPLY: &str = "mutation($input: TicketTextInput!) {
    ticketCommentAdd(input: $input) { comment { id } userErrors { code message } } }";

/// A reply to a ticket, with a key of its own.
fn reply(body: &str) -> Value {
    let key = body.replace(' ', "-");
    let input = json!({ "ticketId": company::ticket(1), "body": body, "idempotencyKey": key });
    json!({ "query": REPLY, "variables": { "input": input } })
}

/// An error says that the time of a request was over.
#[track_caller]
fn too_late(error: &Value) {
    let told = &error["extensions"];
    assert_eq!(
        (&told["code"], &told["limit"], &told["maximum"]),
        (
            &json!("COST_EXCEEDED"),
            &json!("requestTimeout"),
            &json!(300)
        ),
        "{error}"
    );
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("idempotencyKey"), "{error}");
}

both_databases! {
    async fn a_request_has_so_much_time_wherever_it_comes_in(app: TestApp) {
        let agent = app.as_("agent").await;
        let hasty = app.another(|config| config.server.request_timeout = Duration::from_millis(300)).await;
        let mut socket = introduced(hasty, agent.token()).await;
        // Until this ends, nobody changes a ticket.
        let held = app.db.begin().await.expect("a transaction");
        let lock = match app.db.backend() {
            DbBackend::Sqlite => "SELECT 1",
            _ => "SELECT 1 FROM tickets FOR UPDATE",
        };
        held.execute_unprepared(lock).await.expect("it is locked");

        let header = format!("authorization: Bearer {}", agent.token());
        let answer = post(hasty, &[&header], &reply("by POST").to_string()).await;
        assert_eq!(answer.status, 504, "{answer:?}");
        too_late(&answer.json()["errors"][0]);

        let headers = [header.as_str(), "accept: text/event-stream", "content-type: application/json"];
        let stream = request(hasty, "POST /graphql", &headers, &reply("by a stream").to_string()).await;
        let data = stream.body.lines().find_map(|line| line.strip_prefix("data: "));
        let data = data.unwrap_or_else(|| panic!("{stream:?}"));
        let said: Value = serde_json::from_str(data).expect("JSON");
        too_late(&said["errors"][0]);
        assert!(stream.body.contains("event: complete"), "{stream:?}");

        let message = json!({ "type": "subscribe", "id": "1", "payload": reply("by a socket") });
        tell(&mut socket, message).await;
        let said = hear(&mut socket).await.expect("an answer");
        assert_eq!(said["type"], "error", "{said}");
        too_late(&said["payload"][0]);

        held.rollback().await.expect("it ends");
        // Whether it was done isn't known; repeated with its key, it is done once.
        let replies = ["by POST", "by a stream", "by a socket"];
        for body in replies {
            agent.post(reply(body)).await.fine();
        }
        let query = "query($id: ID!) { ticket(id: $id) { comments(first: 100) { nodes { body } } } }";
        let shown = agent.send(query, json!({ "id": company::ticket(1) })).await.fine();
        let comments = shown.list("ticket.comments.nodes");
        for body in replies {
            let times = comments.iter().filter(|comment| comment["body"] == body).count();
            assert_eq!(times, 1, "{body}: {shown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_stream_is_kept_awake() {
    let server = Server::start(|_| {}).await;
    let token = server.token("ann").await;
    let body = r#"{"query":"subscription { viewerChanged { id } }"}"#;
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n\
        authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address)
        .await
        .expect("it listens");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut said = Vec::new();
    // A comment in a chunk of its own, and nothing before it.
    let awake = timeout(Duration::from_secs(60), async {
        while !said.ends_with(b"\r\n\r\n3\r\n:\n\n\r\n") {
            let read = stream.read_buf(&mut said).await.expect("it is open");
            assert!(read > 0, "it ends");
        }
    });
    awake.await.expect("something is said");
    let head = String::from_utf8_lossy(&said).to_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("content-type: text/event-stream"), "{head}");
}
