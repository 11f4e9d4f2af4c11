//! Tests against the real program: forged and ended tokens, headers that stand twice, and whoever isn't signed in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{bearer, serve};
use crate::support::office::{BOSS, CLERK, sign_in, told};
use crate::support::wire::{ask, post};

/// The same claims under another header, without a signature or with that of the original.
fn with_header(token: &str, change: impl FnOnce(&mut Value), signed: bool) -> String {
    let mut parts = token.split('.');
    let mut part = || parts.next().expect("three parts");
    let (header, claims, signature) = (part(), part(), part());
    let header = URL_SAFE_NO_PAD.decode(header).expect("base64url");
    let mut header: Value = serde_json::from_slice(&header).expect("JSON");
    change(&mut header);
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    format!("{header}.{claims}.{}", if signed { signature } else { "" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_and_ended_tokens_are_nobodys() {
    let (server, _office) = serve(&[]).await;
    let (token, boss) = (
        sign_in(server.address, CLERK).await,
        sign_in(server.address, BOSS).await,
    );
    let query = "{ tickets { totalCount } }";
    told(server.address, &token, query, json!({})).await;
    let claims = token.split('.').nth(1).expect("claims");
    let more = URL_SAFE_NO_PAD.decode(claims).expect("base64url");
    let more = String::from_utf8(more)
        .expect("JSON")
        .replace("service_manager", "admin");
    let forged = [
        with_header(&token, |header| header["alg"] = json!("none"), false),
        with_header(&token, |header| header["alg"] = json!("none"), true),
        with_header(&token, |header| header["alg"] = json!("HS256"), true),
        with_header(&token, |header| header["typ"] = json!("JWT"), true),
        with_header(
            &token,
            |header| header["kid"] = json!("../../dev/null"),
            true,
        ),
        with_header(&token, |header| header["kid"] = json!("' or 1=1 --"), true),
        with_header(
            &token,
            |header| header["jku"] = json!("http://127.0.0.1/keys"),
            true,
        ),
        token.replace(claims, &URL_SAFE_NO_PAD.encode(more)),
        token[..token.len() - 2].to_owned(),
        "..".to_owned(),
        "a".repeat(50_000),
    ];
    let refused = async |token: &str| {
        let body = json!({ "query": query }).to_string();
        let answer = post(server.address, &[&bearer(token)], &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, "UNAUTHENTICATED"),
            "{token}: {answer:?}"
        );
    };
    for forged in &forged {
        refused(forged).await;
    }
    told(
        server.address,
        &token,
        "mutation { signOut { userErrors { code } } }",
        json!({}),
    )
    .await;
    refused(&token).await;

    let token = sign_in(server.address, CLERK).await;
    let found = told(
        server.address,
        &boss,
        r#"{ users(filter: { login: { eq: "clerk" } }) { nodes { id version } } }"#,
        json!({}),
    )
    .await;
    let user = &found["users"]["nodes"][0];
    let input = json!({ "id": user["id"], "expectedVersion": user["version"] });
    let disable = "mutation($input: UserDisableInput!) { userDisable(input: $input) { userErrors { message } } }";
    let disabled = told(server.address, &boss, disable, json!({ "input": input })).await;
    assert_eq!(
        disabled["userDisable"]["userErrors"],
        json!([]),
        "{disabled}"
    );
    refused(&token).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_that_stand_twice_are_not_chosen_from() {
    let (server, _office) = serve(&[]).await;
    let token = sign_in(server.address, CLERK).await;
    let body = r#"{"query":"{__typename}"}"#;
    let twice = post(
        server.address,
        &[&bearer(&token), "authorization: Bearer x"],
        body,
    )
    .await;
    assert_eq!(
        (twice.status, twice.code().as_str()),
        (401, "UNAUTHENTICATED")
    );
    let twice = post(server.address, &["content-type: text/plain"], body).await;
    assert_eq!((twice.status, twice.code().as_str()), (415, "BAD_INPUT"));
    let own = format!("origin: http://{}", server.address);
    let good = bearer(&token);
    for (one, other, status) in [
        (own.as_str(), "origin: https://evil.example", 403),
        (good.as_str(), "authorization: Bearer x", 401),
    ] {
        let upgrade = format!(
            "GET /graphql HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
            sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n{one}\r\n\
            {other}\r\n\r\n",
            server.address
        );
        let mut stream = TcpStream::connect(server.address)
            .await
            .expect("it listens");
        stream
            .write_all(upgrade.as_bytes())
            .await
            .expect("it reads");
        // It stays open for more requests, so only the status is read.
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        assert_eq!(answer, format!("HTTP/1.1 {status}"), "{other}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_schema_is_shown_to_whoever_is_signed_in() {
    let (server, _office) = serve(&[]).await;
    let query = r#"{ __schema { queryType { name } types { name } } __type(name: "Ticket") { fields { name } } }"#;
    let token = sign_in(server.address, CLERK).await;
    let shown = told(server.address, &token, query, json!({})).await;
    assert_eq!(shown["__schema"]["queryType"]["name"], "Query");
    let fields = shown["__type"]["fields"].as_array().expect("fields");
    assert!(fields.contains(&json!({ "name": "subject" })), "{shown}");

    let unsigned = ask(server.address, &[], query, json!({}))
        .await
        .expect("an answer");
    assert!(unsigned.get("data").is_none(), "{unsigned}");
    assert_eq!(
        unsigned["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
}
