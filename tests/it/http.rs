mod clients;
mod waiting;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use aftercare::access::Call;
use aftercare::db::new_id;
use aftercare::events::Event;
use aftercare::identity;
use aftercare::work::Work;
use entity::{role, role_assignment};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::server::Server;
use crate::support::socket::{self, hear, introduced, tell};
use crate::support::wire::read;

const QUERY: &str = r#"{"query":"{ __typename }"}"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn status_and_media_type_follow_graphql_over_http() {
    let server = Server::start(|_| {}).await;
    let new = "accept: application/graphql-response+json";
    let old = "accept: application/json";
    for (accept, body, status, media) in [
        (new, QUERY, 200, "graphql-response+json"),
        (old, QUERY, 200, "application/json"),
        (
            new,
            r#"{"query":"{ nothing }"}"#,
            400,
            "graphql-response+json",
        ),
        (old, r#"{"query":"{ nothing }"}"#, 200, "application/json"),
        (new, r#"{"query":"{"}"#, 400, "graphql-response+json"),
        (old, r#"{"query":"{"}"#, 200, "application/json"),
        (old, "{", 400, "application/json"),
        (old, "{}", 400, "application/json"),
        ("accept: text/html", QUERY, 406, "application/json"),
    ] {
        let answer = server.post(&[accept], body).await;
        assert_eq!(answer.status, status, "{accept} {body}: {answer:?}");
        assert!(answer.head.contains(media), "{answer:?}");
        assert_eq!(
            answer.json().get("data").is_some(),
            body == QUERY && status == 200,
            "{answer:?}"
        );
    }
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let header = format!("content-type: {content_type}");
        let answer = server.request("POST /graphql", &[&header], QUERY).await;
        assert_eq!((answer.status, answer.code().as_str()), (415, "BAD_INPUT"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_not_run_is_refused() {
    let server = Server::start(|_| {}).await;
    let by_get = server
        .request("GET /graphql?query=%7B__typename%7D", &[], "")
        .await;
    assert_eq!(by_get.status, 200, "{by_get:?}");
    let mutation = server
        .request("GET /graphql?query=mutation%7B__typename%7D", &[], "")
        .await;
    assert_eq!(
        (mutation.status, mutation.head.contains("allow: post")),
        (405, true)
    );
    let batch = server
        .post(&[], &format!("[{}]", vec![QUERY; 5_000].join(",")))
        .await;
    assert_eq!((batch.status, batch.code().as_str()), (400, "BAD_INPUT"));
    assert!(batch.body.contains("batches"), "{batch:?}");
    let subscription = server
        .post(&[], r#"{"query":"subscription { __typename }"}"#)
        .await;
    assert_eq!(subscription.status, 400, "{subscription:?}");

    let bad_token = server
        .post(
            &[
                "authorization: Bearer x",
                "x-request-id: my-id",
                "accept-language: zh-CN",
            ],
            QUERY,
        )
        .await;
    assert_eq!(
        (bad_token.status, bad_token.code().as_str()),
        (401, "UNAUTHENTICATED")
    );
    assert!(
        bad_token.head.contains("www-authenticate: bearer"),
        "{bad_token:?}"
    );
    assert!(
        bad_token.head.contains("x-request-id: my-id"),
        "{bad_token:?}"
    );
    assert_eq!(
        bad_token.json()["errors"][0]["extensions"]["requestId"],
        "my-id"
    );
    assert!(bad_token.body.contains("令牌"), "{bad_token:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_body_is_refused_before_it_is_read() {
    let server = Server::start(|_| {}).await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let begun = Instant::now();
    let announced = server
        .send(format!("{head}content-length: 100000000\r\n\r\n{{"))
        .await;
    assert_eq!(
        (announced.status, announced.code().as_str()),
        (413, "BAD_INPUT")
    );
    assert_eq!(
        announced.json()["errors"][0]["extensions"]["maximum"],
        262_144
    );

    let mut stream = TcpStream::connect(server.address)
        .await
        .expect("it listens");
    stream
        .write_all(format!("{head}transfer-encoding: chunked\r\n\r\n").as_bytes())
        .await
        .expect("it reads");
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    for _ in 0..8 {
        if stream.write_all(&chunk).await.is_err() {
            break;
        }
    }
    let counted = read(&mut stream).await;
    assert_eq!(counted.status, 413, "{counted:?}");
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_slow_is_not_waited_for() {
    let server = Server::start(|config| {
        config.server.body_timeout = Duration::from_millis(300);
        config.server.header_timeout = Duration::from_millis(300);
    })
    .await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let body = server
        .send(format!("{head}content-length: 30\r\n\r\n{{"))
        .await;
    assert_eq!(body.status, 408, "{body:?}");
    assert!(body.head.contains("connection: close"), "{body:?}");
    for silent in ["", "P", "POST /graphql HTTP/1.1\r\nhost:"] {
        let begun = Instant::now();
        server.send(silent).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{silent:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_pages_that_are_named_may_read_answers() {
    let server = Server::start(|config| {
        config.server.allowed_origins = vec!["https://desk.example".to_owned()];
    })
    .await;
    for (origin, allowed) in [
        ("https://desk.example", true),
        ("https://evil.example", false),
    ] {
        let header = format!("origin: {origin}");
        let asks = "access-control-request-method: POST";
        for answer in [
            server
                .request("OPTIONS /graphql", &[&header, asks], "")
                .await,
            server.post(&[&header], QUERY).await,
        ] {
            let granted = format!("access-control-allow-origin: {origin}");
            assert_eq!(answer.head.contains(&granted), allowed, "{answer:?}");
            assert!(!answer.head.contains("allow-origin: *"), "{answer:?}");
            assert!(
                answer.head.contains("content-security-policy"),
                "{answer:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_how_it_is() {
    let server = Server::start(|config| {
        config.server.metrics_token = Some(aftercare::config::Secret::new("scrape"));
    })
    .await;
    assert_eq!(server.request("GET /healthz", &[], "").await.status, 200);
    let mut ready = server.request("GET /readyz", &[], "").await;
    for _ in 0..50 {
        if ready.status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        ready = server.request("GET /readyz", &[], "").await;
    }
    assert_eq!(ready.status, 200, "{ready:?}");
    assert_eq!(server.request("GET /metrics", &[], "").await.status, 401);
    let metrics = server
        .request("GET /metrics", &["authorization: Bearer scrape"], "")
        .await;
    assert!(
        metrics.body.contains("aftercare_http_requests_total"),
        "{metrics:?}"
    );
    let keys = server.request("GET /.well-known/jwks.json", &[], "").await;
    assert!(
        keys.json()["keys"].is_array() && !keys.body.contains("\"d\""),
        "{keys:?}"
    );
    let page = server.request("GET /", &[], "").await;
    assert!(
        page.head.contains("text/html") && page.head.contains("nosniff"),
        "{page:?}"
    );
    let schema = server.request("GET /schema.graphql", &[], "").await;
    assert_eq!(schema.status, 401, "{schema:?}");
    let twice = server.request("GET /schema.graphql?role=agent&role=admin", &[], "");
    let twice = twice.await;
    assert_eq!(
        (twice.status, twice.code().as_str()),
        (400, "BAD_INPUT"),
        "{twice:?}"
    );
    let scrape = "authorization: Bearer scrape";
    let twice = server.request("GET /metrics", &[scrape, scrape], "").await;
    assert_eq!(twice.status, 401, "{twice:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_speak_the_protocol_and_close_with_its_codes() {
    let server = Server::start(|config| {
        config.server.live.init_timeout = Duration::from_millis(500);
    })
    .await;
    let token = server.token("ann").await;
    assert_eq!(
        socket::open(server.address, None, "graphql-ws").await.err(),
        Some(400)
    );
    let foreign = socket::open(
        server.address,
        Some("https://evil.example"),
        "graphql-transport-ws",
    )
    .await;
    assert_eq!(foreign.err(), Some(403));

    let subscribe =
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ __typename }" } });
    let init = json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } });
    for (messages, code) in [
        (vec![], 4408),
        (vec![subscribe.clone()], 4401),
        (vec![json!({ "type": "connection_init" })], 4403),
        (
            vec![json!({ "type": "connection_init", "payload": { "authorization": "Bearer x" } })],
            4403,
        ),
        (vec![init.clone(), init.clone()], 4429),
        (vec![init.clone(), json!({ "type": "start" })], 4400),
        (vec![init.clone(), json!([])], 4400),
        (
            vec![json!({ "type": "ping", "payload": { "x": "x".repeat(70_000) } })],
            1009,
        ),
    ] {
        let mut open = socket::open(server.address, None, "graphql-transport-ws")
            .await
            .expect("it opens");
        for message in &messages {
            tell(&mut open, message.clone()).await;
        }
        let closed = loop {
            if let Err(code) = hear(&mut open).await {
                break code;
            }
        };
        assert_eq!(closed, code, "{messages:?}");
    }

    let mut open = introduced(server.address, &token).await;
    tell(&mut open, json!({ "type": "ping" })).await;
    assert_eq!(hear(&mut open).await, Ok(json!({ "type": "pong" })));
    tell(&mut open, subscribe).await;
    let next = hear(&mut open).await.expect("an answer");
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("1")));
    assert_eq!(next["payload"]["data"], json!({ "__typename": "Query" }));
    assert_eq!(
        hear(&mut open).await,
        Ok(json!({ "id": "1", "type": "complete" }))
    );
    tell(
        &mut open,
        json!({ "type": "subscribe", "id": "2", "payload": { "query": "{ nothing }" } }),
    )
    .await;
    let error = hear(&mut open).await.expect("an answer");
    assert_eq!(
        (&error["type"], error["payload"].is_array()),
        (&json!("error"), true)
    );
}

/// The code with which a fresh socket is closed after these bytes.
async fn closed_after(address: SocketAddr, bytes: &[u8]) -> u16 {
    let request = format!(
        "GET /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the whole head"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{head:?}");
    stream.write_all(bytes).await.expect("it reads");
    let mut close = [0; 4];
    let read = timeout(Duration::from_secs(10), stream.read_exact(&mut close)).await;
    read.expect("something is said").expect("a whole frame");
    assert_eq!(close[0], 0x88, "it closes: {close:?}");
    u16::from_be_bytes([close[2], close[3]])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_frames_close_a_socket_with_the_code_of_what_is_broken() {
    let server = Server::start(|_| {}).await;
    // The first byte of a frame has its end, three reserved bits and its kind, the second one its mask and length.
    for (what, bytes, code) in [
        (
            "a kind that isn't known",
            b"\x83\x80\0\0\0\0".as_slice(),
            1002,
        ),
        ("a reserved bit", b"\xc1\x80\0\0\0\0".as_slice(), 1002),
        (
            "nothing to go on with",
            b"\x80\x80\0\0\0\0".as_slice(),
            1002,
        ),
        ("half a ping", b"\x09\x80\0\0\0\0".as_slice(), 1002),
        ("no mask", b"\x81\x01x".as_slice(), 1002),
        (
            "a text that isn't UTF-8",
            b"\x81\x82\0\0\0\0\xc3\x28".as_slice(),
            1007,
        ),
        (
            "a length of 70,000",
            b"\x81\xff\0\0\0\0\0\x01\x11\x70\0\0\0\0".as_slice(),
            1009,
        ),
    ] {
        assert_eq!(closed_after(server.address, bytes).await, code, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_names_a_parameter_twice_is_refused_as_oauth_says() {
    let server = Server::start(|_| {}).await;
    let form = "grant_type=client_credentials&client_id=a&client_id=b&client_secret=c";
    let content_type = "content-type: application/x-www-form-urlencoded";
    let answer = server
        .request("POST /oauth/token", &[content_type], form)
        .await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(answer.json()["error"], "invalid_request", "{answer:?}");
    assert!(answer.json()["error_description"].is_string(), "{answer:?}");
    assert!(
        answer.head.contains("cache-control: no-store"),
        "{answer:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_ends_with_the_session_and_with_the_server() {
    let server = Server::start(|_| {}).await;
    let token = server.token("ann").await;
    let mut ended = introduced(server.address, &token).await;
    let at = server.app.clock.now();
    let viewer = identity::authenticate(&server.app, &token, at)
        .await
        .expect("a good token");
    let call = Call {
        viewer,
        ..Call::system(at, "test")
    };
    identity::sign_out_everywhere(&server.app, &call)
        .await
        .expect("signed out");
    assert_eq!(hear(&mut ended).await, Err(4403));

    let other = server.token("bob").await;
    let mut open = introduced(server.address, &other).await;
    let app = std::sync::Arc::clone(&server.app);
    let stopping = tokio::spawn(async move { app.shutdown().await });
    assert_eq!(hear(&mut open).await, Err(1001));
    let stopped = timeout(Duration::from_secs(4), stopping).await;
    stopped
        .expect("it doesn't wait for the grace to end")
        .expect("it stops");
}

/// Gives a built-in role to a user or takes it back, as every action does it that changes rights.
pub async fn set_role(server: &Server, user: uuid::Uuid, key: &str, given: bool) {
    let at = server.app.clock.now();
    let call = Call::system(at, "test");
    let mut work = Work::begin(&server.app.db, &call)
        .await
        .expect("a transaction");
    work.raise_epoch().await.expect("the epoch rises");
    let role = role::Entity::find().filter(role::Column::Key.eq(key));
    let role = role.one(work.tx()).await.expect("the roles are read");
    let role_id = role.expect("a built-in role").id;
    if given {
        let gift = role_assignment::ActiveModel {
            id: Set(new_id(at)),
            role_id: Set(role_id),
            user_id: Set(Some(user)),
            api_client_id: Set(None),
            given_by: Set(None),
            given_at: Set(at),
            valid_until: Set(None),
        };
        gift.insert(work.tx()).await.expect("the role is given");
    } else {
        let gifts = role_assignment::Entity::delete_many()
            .filter(role_assignment::Column::UserId.eq(user))
            .filter(role_assignment::Column::RoleId.eq(role_id));
        gifts.exec(work.tx()).await.expect("the role is taken");
    }
    work.emit(Event::new(at, Event::PRINCIPAL_CHANGED, user, json!({})));
    work.commit().await.expect("it commits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_regains_a_role_that_was_taken_and_given_back() {
    let server = Server::start(|_| {}).await;
    let first = server.token("ann").await;
    let viewer = identity::authenticate(&server.app, &first, server.app.clock.now()).await;
    let user = viewer.expect("a good token").actor.id.expect("a user");
    for role in ["agent", "trainer"] {
        set_role(&server, user, role, true).await;
    }
    let token = server.sign_in("ann").await;
    let mut socket = introduced(server.address, &token).await;
    let mut operation = 0;
    let mut may_read_tickets = async || -> bool {
        operation += 1;
        let payload = json!({ "query": "{ tickets { totalCount } }" });
        let id = operation.to_string();
        tell(
            &mut socket,
            json!({ "type": "subscribe", "id": id, "payload": payload }),
        )
        .await;
        let next: Value = hear(&mut socket).await.expect("an answer");
        let done = hear(&mut socket).await.expect("an end");
        assert_eq!(done["type"], "complete", "{next} {done}");
        next["payload"]["data"]["tickets"]["totalCount"] == 0
    };
    assert!(may_read_tickets().await);
    set_role(&server, user, "agent", false).await;
    assert!(!may_read_tickets().await, "taken at once");
    set_role(&server, user, "agent", true).await;
    assert!(may_read_tickets().await, "and back without a new socket");
}
