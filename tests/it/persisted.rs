//! Automatic persisted queries: a document is sent once, then by its hash; what is remembered is bounded.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::app::{Reply, TestApp};
use crate::support::database::both_databases;
use crate::support::server::Server;
use crate::support::socket::{hear, introduced, tell};

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

/// A document that no other test sends: they share what is remembered.
fn own(app: &TestApp, text: &str) -> String {
    format!("{text} # {}", app.database().url)
}

fn missed(reply: &Reply) -> bool {
    let error = &reply.errors()[0];
    assert_eq!(reply.body.get("data"), None, "{reply}");
    error["message"] == "PersistedQueryNotFound"
        && error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
}

both_databases! {
    async fn a_document_is_sent_once_and_then_by_its_hash(app: TestApp) {
        let agent = app.as_("agent").await;
        let text = own(&app, "query One($first: Int) { tickets(first: $first) { nodes { number } } }");
        let hash = hash(&text);
        let short = json!({ "extensions": persisted(&hash), "variables": { "first": 1 } });
        let missing = agent.post(short.clone()).await;
        assert!(missed(&missing) && missing.status == 400, "{missing}");
        let whole = json!({ "query": text, "extensions": persisted(&hash), "variables": { "first": 1 } });
        let first = agent.post(whole).await.fine();
        let again = agent.post(short.clone()).await.fine();
        assert_eq!(again.list("tickets.nodes").len(), 1);
        assert_eq!(again.comparable(), first.comparable());
        let extensions = persisted(&hash).to_string();
        let by_get = agent.get(&[("extensions", extensions.as_str()), ("variables", r#"{"first":1}"#)]).await.fine();
        assert_eq!(by_get.comparable(), first.comparable());
        let upper = json!({ "query": "", "extensions": persisted(&hash.to_uppercase()), "variables": { "first": 1 } });
        assert_eq!(agent.post(upper).await.fine().comparable(), first.comparable());
        let by_id = json!({ "documentId": format!("sha256:{hash}"), "variables": { "first": 1 } });
        assert_eq!(agent.post(by_id).await.fine().comparable(), first.comparable());
        // A hash is a shorter way to send a document, and nothing more: rights are those of whoever sends it.
        let stranger = app.stranger().post(short).await;
        assert_eq!(stranger.error_codes(), ["UNAUTHENTICATED"]);

        let text = own(&app, "query Two { viewer { name } }");
        let extensions = persisted(&self::hash(&text)).to_string();
        assert!(missed(&agent.get(&[("extensions", extensions.as_str())]).await));
        agent.get(&[("query", text.as_str()), ("extensions", extensions.as_str())]).await.fine();
        agent.get(&[("extensions", extensions.as_str())]).await.fine();
    }

    async fn what_may_not_run_may_not_run_by_its_hash(app: TestApp) {
        let agent = app.as_("agent").await;
        let text = own(&app, "mutation Out { signOut { userErrors { code } } }");
        let extensions = persisted(&hash(&text)).to_string();
        let refused = agent.get(&[("query", text.as_str()), ("extensions", extensions.as_str())]).await;
        assert_eq!((refused.status, refused.error_codes()), (405, vec!["BAD_INPUT"]));
        let refused = agent.get(&[("extensions", extensions.as_str())]).await;
        assert_eq!((refused.status, refused.error_codes()), (405, vec!["BAD_INPUT"]));

        let bomb = own(&app, &format!("{{ {} }}", "viewer { name } ".repeat(800)));
        let refused = agent.post(json!({ "query": bomb, "extensions": persisted(&hash(&bomb)) })).await;
        assert!(!refused.errors().is_empty());
        assert!(missed(&agent.post(json!({ "extensions": persisted(&hash(&bomb)) })).await), "it is not remembered");

        let file = agent.export("csv", &own(&app, "query Four { tickets { nodes { number } } }"), json!({})).await;
        assert_eq!(file.status, 200);
    }

    async fn what_is_wrong_with_a_hash_is_named(app: TestApp) {
        let agent = app.as_("agent").await;
        let text = own(&app, "query Three { viewer { name } }");
        let other = agent.post(json!({ "query": text, "extensions": persisted(&hash("{ a }")) })).await;
        assert_eq!(other.error_codes(), ["BAD_INPUT"]);
        assert_eq!(other.errors()[0]["extensions"]["field"], "extensions.persistedQuery.sha256Hash");
        assert!(missed(&agent.post(json!({ "extensions": persisted(&hash(&text)) })).await));
        let newer = json!({ "persistedQuery": { "version": 2, "sha256Hash": hash(&text) } });
        let refused = agent.post(json!({ "query": text, "extensions": newer })).await;
        assert_eq!(refused.error_codes(), ["PERSISTED_QUERY_NOT_SUPPORTED"]);
        assert_eq!(refused.errors()[0]["message"], "PersistedQueryNotSupported");
        for malformed in [
            json!({ "extensions": { "persistedQuery": "x" } }),
            json!({ "extensions": persisted("") }),
            json!({ "documentId": "a b" }),
            json!({ "documentId": 1 }),
            json!({ "documentId": "x", "query": text }),
            json!({ "documentId": "x", "extensions": persisted(&hash(&text)) }),
        ] {
            let refused = agent.post(malformed.clone()).await;
            assert_eq!((refused.status, refused.error_codes()), (400, vec!["BAD_INPUT"]), "{malformed}");
        }
        assert!(missed(&agent.post(json!({ "documentId": "nothing" })).await));
    }

    async fn what_strangers_send_is_not_remembered(app: TestApp) {
        let stranger = app.stranger();
        let text = own(&app, "{ __typename }");
        let whole = json!({ "query": text, "extensions": persisted(&hash(&text)) });
        stranger.post(whole.clone()).await.fine();
        let short = json!({ "extensions": persisted(&hash(&text)) });
        assert!(missed(&stranger.post(short.clone()).await));
        app.as_("agent").await.post(whole).await.fine();
        stranger.post(short).await.fine();
    }
}

fn body(text: Option<&str>, hash: &str) -> String {
    let mut body = json!({ "extensions": persisted(hash) });
    if let Some(text) = text {
        body["query"] = text.into();
    }
    body.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_principal_has_its_share_of_what_is_remembered() {
    let server = Server::start(|config| config.persisted.per_principal = 3).await;
    let of_ann = format!("authorization: Bearer {}", server.token("ann").await);
    let of_bob = format!("authorization: Bearer {}", server.token("bob").await);
    let text = |n: usize| format!("query Q{n} {{ __typename }}");
    let known = async |n: usize| {
        let answer = server.post(&[&of_ann], &body(None, &hash(&text(n)))).await;
        answer.json().get("data").is_some()
    };
    let first = body(Some(&text(0)), &hash(&text(0)));
    server.post(&[&of_ann], &first).await;
    for n in 1..=50 {
        let whole = body(Some(&text(n)), &hash(&text(n)));
        assert_eq!(server.post(&[&of_bob], &whole).await.status, 200);
    }
    let mut left = Vec::new();
    for n in 0..=50 {
        if known(n).await {
            left.push(n);
        }
    }
    assert_eq!(left, [0, 48, 49, 50]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_hashes_to_a_server_that_remembers_none_is_told() {
    let server = Server::start(|config| config.persisted.automatic = false).await;
    let token = format!("authorization: Bearer {}", server.token("ann").await);
    let text = "{ __typename }";
    let whole = server.post(&[&token], &body(Some(text), &hash(text))).await;
    assert_eq!(whole.json()["data"]["__typename"], "Query");
    let short = server.post(&[&token], &body(None, &hash(text))).await;
    // A plain JSON client is answered with 200, as Apollo's server does it.
    assert_eq!(
        (short.status, short.code().as_str()),
        (200, "PERSISTED_QUERY_NOT_SUPPORTED")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_and_streams_take_hashes_too() {
    let server = Server::start(|_| {}).await;
    let token = server.token("ann").await;
    let text = "query Who { viewer { name } }";
    let mut socket = introduced(server.address, &token).await;
    let mut operation = 0;
    let mut answer = async |payload: Value| {
        operation += 1;
        let id = operation.to_string();
        let message = json!({ "type": "subscribe", "id": id, "payload": payload });
        tell(&mut socket, message).await;
        let first = hear(&mut socket).await.expect("an answer");
        if first["type"] == "next" {
            assert_eq!(hear(&mut socket).await.expect("an end")["type"], "complete");
        }
        first
    };
    let short = json!({ "extensions": persisted(&hash(text)) });
    let missing = answer(short.clone()).await;
    assert_eq!(missing["type"], "error");
    assert_eq!(missing["payload"][0]["message"], "PersistedQueryNotFound");
    let whole = json!({ "query": text, "extensions": persisted(&hash(text)) });
    assert_eq!(
        answer(whole).await["payload"]["data"]["viewer"]["name"],
        "ann"
    );
    assert_eq!(
        answer(short).await["payload"]["data"]["viewer"]["name"],
        "ann"
    );

    let token = format!("authorization: Bearer {token}");
    let headers = [token.as_str(), "accept: text/event-stream"];
    let hit = server.post(&headers, &body(None, &hash(text))).await;
    assert!(hit.body.contains(r#""name":"ann""#), "{hit:?}");
    let miss = server.post(&headers, &body(None, &hash("{ a }"))).await;
    assert_eq!(miss.status, 200, "{miss:?}");
    let said = miss.body;
    assert!(
        said.contains("PersistedQueryNotFound") && said.contains("event: complete"),
        "{said}"
    );
}
