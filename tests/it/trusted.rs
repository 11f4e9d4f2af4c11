//! Trusted documents: a client runs those of its list by their ids, some clients nothing else, and rights are what they were.

use std::time::Duration;

use aftercare::access::Call;
use aftercare::graphql::endpoint::Incoming;
use aftercare::identity::authenticate;
use entity::{api_client, audit_log};
use futures_util::StreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, TRUSTED};
use crate::support::data::{Table, key};
use crate::support::database::both_databases;
use crate::support::{process, scratch};

const TICKETS: &str = "query Tickets { tickets { nodes { number } } }";

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn client() -> String {
    company::id(Table::ApiClient, 1)
}

async fn version(app: &TestApp) -> i32 {
    let client = api_client::Entity::find_by_id(key(Table::ApiClient, 1));
    let client = client.one(app.db.reader()).await.expect("it can be read");
    client.expect("the client of partner A").version
}

async fn trust(app: &TestApp, by: &Actor, documents: Value) -> Reply {
    let input =
        json!({ "id": client(), "expectedVersion": version(app).await, "documents": documents });
    by.change(
        "apiClientDocumentsTrust",
        "apiClient { id version trustedDocumentsOnly }",
        input,
    )
    .await
}

async fn forget(app: &TestApp, by: &Actor, ids: &[&str]) -> Reply {
    let input =
        json!({ "id": client(), "expectedVersion": version(app).await, "documentIds": ids });
    by.change("apiClientDocumentsForget", "apiClient { version }", input)
        .await
}

async fn restrict(app: &TestApp, by: &Actor, only: bool) -> Reply {
    let input = json!({ "id": client(), "expectedVersion": version(app).await, "trustedDocumentsOnly": only });
    by.change(
        "apiClientDocumentsRestrict",
        "apiClient { version trustedDocumentsOnly }",
        input,
    )
    .await
}

/// Other server processes know of a change within a second.
async fn soon_untrusted(erp: &Actor, request: &Value) {
    for _ in 0..20 {
        if untrusted(&erp.post(request.clone()).await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("another server process still takes {request} after a second");
}

fn untrusted(reply: &Reply) -> bool {
    reply.body.get("data").is_none()
        && reply.error_codes() == ["FORBIDDEN"]
        && reply.errors()[0]["extensions"]["trustedDocumentsOnly"] == true
}

both_databases! {
    async fn a_restricted_client_runs_its_documents_and_nothing_else(app: TestApp) {
        let admin = app.as_("admin").await;
        let erp = app.as_client().await;
        let there = app.elsewhere(&erp).await;
        erp.ask("{ tickets { totalCount } }").await.fine();
        there.ask("{ tickets { totalCount } }").await.fine();
        let free = app.statements(async || drop(erp.ask(TICKETS).await.fine())).await;

        let users = "query Users { users { nodes { login } } }";
        let documents = json!([
            { "documentId": "tickets", "text": TICKETS },
            { "documentId": "users", "text": users },
            { "text": "query Mine { tickets { totalCount } }" },
        ]);
        let trusted = trust(&app, &admin, documents).await.fine();
        assert_eq!(trusted.data("apiClientDocumentsTrust.apiClient.trustedDocumentsOnly"), false);
        let seen = erp.ask(TICKETS).await.fine();
        let by_id = json!({ "documentId": "tickets" });
        assert_eq!(erp.post(by_id.clone()).await.fine().comparable(), seen.comparable());
        erp.ask("{ tickets { totalCount } }").await.fine();

        let restricted = restrict(&app, &admin, true).await.fine();
        assert_eq!(restricted.data("apiClientDocumentsRestrict.apiClient.trustedDocumentsOnly"), true);
        // At once here, and soon on every server process.
        soon_untrusted(&there, &json!({ "query": "{ __typename }" })).await;
        for erp in [&erp, &there] {
            for refused in [
                json!({ "query": "{ tickets { totalCount } }" }),
                json!({ "query": TICKETS.replace("nodes", " nodes") }),
                json!({ "query": format!("{TICKETS}\n") }),
                json!({ "query": "{ __schema { types { name } } }" }),
                json!({ "query": "{ __typename }" }),
                json!({ "query": "mutation { signOut { userErrors { code } } }" }),
                json!({ "query": format!("{TICKETS} query More {{ __typename }}"), "operationName": "Tickets" }),
                json!({ "documentId": "others" }),
                json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash("{ __typename }") } } }),
                json!({ "query": "{ __typename }", "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash("{ __typename }") } } }),
            ] {
                let reply = erp.post(refused.clone()).await;
                assert!(untrusted(&reply), "{refused} {reply}");
            }
            let hash = hash(TICKETS);
            for allowed in [
                by_id.clone(),
                json!({ "query": TICKETS }),
                json!({ "query": TICKETS, "operationName": "Tickets" }),
                json!({ "documentId": format!("sha256:{hash}") }),
                json!({ "documentId": hash }),
                json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } }),
                json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "tickets" } } }),
                json!({ "query": TICKETS, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } }),
            ] {
                let reply = erp.post(allowed.clone()).await;
                assert_eq!(reply.comparable(), seen.comparable(), "{allowed}");
            }
            let by_get = erp.get(&[("documentId", "tickets")]).await;
            assert_eq!(by_get.comparable(), seen.comparable());
            assert!(untrusted(&erp.get(&[("query", "{ __typename }")]).await));
            // What a document may show stays a matter of rights.
            let users = erp.post(json!({ "documentId": "users" })).await;
            assert_eq!((users.data("users"), users.error_codes()), (&Value::Null, vec!["FORBIDDEN"]));
            assert_eq!(users.errors()[0]["extensions"]["permission"], "user.read");
        }
        let file = erp.export("csv", "query Own { tickets { nodes { subject } } }", json!({})).await;
        assert_ne!(file.status, 200);
        assert_eq!(erp.export("csv", TICKETS, json!({})).await.status, 200);
        let statements = app.statements(async || drop(erp.post(by_id.clone()).await.fine())).await;
        assert_eq!(statements, free, "the list is in memory");
        // Nobody else is concerned.
        app.as_("partner").await.ask("{ tickets { totalCount } }").await.fine();
        app.as_("agent").await.ask("{ __schema { queryType { name } } }").await.fine();
        // The token of before still serves; a new one begins the same way.
        assert!(untrusted(&app.as_client().await.ask("{ __typename }").await));

        forget(&app, &admin, &["tickets"]).await.fine();
        soon_untrusted(&there, &by_id).await;
        for erp in [&erp, &there] {
            assert!(untrusted(&erp.post(by_id.clone()).await));
            assert!(untrusted(&erp.ask(TICKETS).await));
        }
        restrict(&app, &admin, false).await.fine();
        erp.ask("{ __typename }").await.fine();
        let missing = erp.post(by_id).await;
        assert_eq!(missing.error_codes(), ["PERSISTED_QUERY_NOT_FOUND"]);
        let entries = audit_log::Entity::find().filter(audit_log::Column::Action.starts_with("api_client.documents_"));
        let entries = entries.all(app.db.reader()).await.expect("the log");
        assert_eq!(entries.len(), 4);
        assert!(entries.iter().any(|entry| entry.detail["sha256"].to_string().contains(&hash(TICKETS))));
    }

    async fn a_list_is_one_clients_own(app: TestApp) {
        let admin = app.as_("admin").await;
        let input = json!({ "name": "Portal", "partnerId": company::id(Table::Partner, 2) });
        let made = admin.change("apiClientCreate", "credentials { clientId clientSecret apiClient { version } }", input).await.fine();
        let (id, secret) = (made.text("apiClientCreate.credentials.clientId"), made.text("apiClientCreate.credentials.clientSecret"));
        let version = made.data("apiClientCreate.credentials.apiClient.version");
        let mine = "query Portal { viewer { isApiClient } }";
        let input = json!({ "id": id, "expectedVersion": version, "documents": [{ "documentId": "portal", "text": mine }] });
        admin.change("apiClientDocumentsTrust", "apiClient { version }", input).await.fine();
        let input = json!({ "id": id, "expectedVersion": 2, "trustedDocumentsOnly": true });
        admin.change("apiClientDocumentsRestrict", "apiClient { version }", input).await.fine();
        restrict(&app, &admin, true).await.fine();
        let document = "mutation($input: ApiClientSignInInput!) { apiClientSignIn(input: $input) { session { accessToken } } }";
        let input = json!({ "input": { "clientId": id, "clientSecret": secret } });
        let session = app.stranger().send(document, input).await.fine();
        let portal = app.bearer("portal", session.text("apiClientSignIn.session.accessToken"));
        let erp = app.as_client().await;

        portal.post(json!({ "documentId": "portal" })).await.fine();
        erp.post(json!({ "documentId": "who" })).await.fine();
        for (client, other, text) in [(&portal, "who", TRUSTED), (&erp, "portal", mine)] {
            assert!(untrusted(&client.post(json!({ "documentId": other })).await));
            assert!(untrusted(&client.post(json!({ "documentId": hash(text) })).await));
            assert!(untrusted(&client.ask(text).await));
        }
        let list = admin.send(
            "query($id: ID!) { apiClientDocuments(filter: { apiClientId: { eq: $id } }) { totalCount nodes { documentId sha256 operationName text } } apiClient(id: $id) { trustedDocumentsOnly } }",
            json!({ "id": id }),
        ).await.fine();
        let row = json!({ "documentId": "portal", "sha256": hash(mine), "operationName": "Portal", "text": mine });
        assert_eq!((list.data("apiClientDocuments.totalCount"), list.data("apiClientDocuments.nodes.0")), (&json!(1), &row));
        assert_eq!(list.data("apiClient.trustedDocumentsOnly"), true);
    }

    async fn what_is_wrong_is_told_and_nothing_is_changed(app: TestApp) {
        let admin = app.as_("admin").await;
        let before = version(&app).await;
        let wrong = trust(&app, &admin, json!([
            { "documentId": "fine", "text": TICKETS },
            { "documentId": "who", "text": TICKETS },
            { "text": "query {\n  nothing\n}" },
            { "text": "query { tickets {" },
            { "text": "query($id: ID!) { ticket(id: $id, by: 1) { id number { x } } }" },
            { "text": format!("{{ {} }}", "viewer { name } ".repeat(800)) },
            { "documentId": "0".repeat(64), "text": TICKETS },
            { "documentId": "a b", "text": TICKETS },
        ])).await;
        let errors = wrong.user_errors();
        let at = |code, place: usize, part: &str| (code, format!("input.documents.{place}.{part}"));
        for expected in [
            at("TAKEN", 1, "documentId"), at("INVALID", 2, "text"), at("INVALID", 3, "text"), at("INVALID", 4, "text"),
            at("INVALID", 5, "text"), at("INVALID", 6, "documentId"), at("INVALID", 7, "documentId"),
        ] {
            assert!(errors.contains(&expected), "{expected:?} {wrong}");
        }
        assert!(!errors.iter().any(|(_, field)| field.starts_with("input.documents.0")), "{wrong}");
        assert!(wrong.body.to_string().contains("Line 2, column 3: "), "{wrong}");
        assert_eq!(trust(&app, &admin, json!([])).await.user_errors(), [("BLANK", "input.documents".to_owned())]);
        assert_eq!(forget(&app, &admin, &["who", "nothing"]).await.user_errors(), [("NOT_FOUND", "input.documentIds.1".to_owned())]);
        assert_eq!(restrict(&app, &admin, false).await.user_errors(), [("WRONG_STATE", "input.trustedDocumentsOnly".to_owned())]);
        let many: Vec<Value> = (0..201).map(|n| json!({ "text": format!("query Q{n} {{ __typename }}") })).collect();
        assert_eq!(trust(&app, &admin, json!(many)).await.errors()[0]["extensions"]["limit"], "listItems");
        assert_eq!(version(&app).await, before);

        let same = json!([{ "documentId": "who", "text": TRUSTED }]);
        trust(&app, &admin, same).await.fine();
        assert_eq!(version(&app).await, before, "it is trusted with it already");
        let stale = json!({ "id": client(), "expectedVersion": before + 1, "documents": [{ "text": TICKETS }] });
        let stale = admin.change("apiClientDocumentsTrust", "apiClient { id }", stale).await;
        assert_eq!(stale.error_codes(), ["CONFLICT"]);
        for who in ["service_manager", "agent", "auditor", "partner", "customer"] {
            let who = app.as_(who).await;
            for reply in [trust(&app, &who, json!([{ "text": TICKETS }])).await, forget(&app, &who, &["who"]).await, restrict(&app, &who, true).await] {
                assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
                assert_eq!(reply.errors()[0]["extensions"]["permission"], "user.manage");
            }
        }
        let itself = app.as_client().await;
        assert_eq!(trust(&app, &itself, json!([{ "text": TICKETS }])).await.error_codes(), ["FORBIDDEN"]);
        forget(&app, &admin, &["who"]).await.fine();
        assert_eq!(restrict(&app, &admin, true).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    /// A subscription under way ends with the trust in its document.
    async fn a_subscription_ends_when_its_document_is_forgotten(app: TestApp) {
        app.start();
        while app.delivery.problem().is_some() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let admin = app.as_("admin").await;
        let text = "subscription Me { viewerChanged { name } }";
        trust(&app, &admin, json!([{ "documentId": "me", "text": text }])).await.fine();
        restrict(&app, &admin, true).await.fine();
        let erp = app.as_client().await;
        let viewer = authenticate(&app, erp.token(), app.clock.now()).await.expect("a good token");
        let call = Call { viewer, ..Call::system(app.clock.now(), "test") };
        let incoming = Incoming::new(text.to_owned(), None, Map::default());
        let mut events = app.endpoint.subscribe(&app, call, &incoming).expect("it begins");
        let mut next = async || timeout(Duration::from_secs(20), events.next()).await.expect("in time");

        // A stream listens from when it is first asked.
        let later = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            trust(&app, &admin, json!([{ "text": TICKETS }])).await.fine();
        };
        let (first, ()) = tokio::join!(next(), later);
        let first = first.expect("an event");
        assert!(first.data()["viewerChanged"]["name"].is_string(), "{}", first.json());
        forget(&app, &admin, &["me"]).await.fine();
        let last = next().await.expect("an event");
        assert_eq!(last.json()["errors"][0]["extensions"]["code"], "FORBIDDEN", "{}", last.json());
        assert!(!last.has_data());
        assert!(next().await.is_none(), "and it ends");
        app.shutdown().await;
    }

    async fn the_command_line_takes_manifests(app: TestApp) {
        let folder = scratch::directory();
        let name = hash(&app.database().url);
        let run = async |manifest: &Value, arguments: &[&str]| {
            let file = folder.join(format!("{name}.json"));
            std::fs::write(&file, manifest.to_string()).expect("a file");
            let file = file.display().to_string();
            let client = client();
            let mut all = vec!["api-client", arguments[0], "--client", &client];
            if arguments[0] == "trust" {
                all.extend(["--manifest", &file]);
            }
            all.extend(&arguments[1..]);
            let output = process::run(&app.database().url, &all).await;
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            (output.status.code(), said, String::from_utf8_lossy(&output.stderr).into_owned())
        };
        let none = json!({});
        // As codegen writes it, with SHA-256, and as relay-compiler does, with MD5.
        let codegen = json!({ (hash(TICKETS)): TICKETS });
        let relay = json!({ "8b1a9953c4611296a827abf8c47804d7": "query RelayTickets { tickets { totalCount } }" });
        let done = run(&codegen, &["trust"]).await;
        assert!(done.0 == Some(0) && done.1.contains("1 more"), "{done:?}");
        let done = run(&relay, &["trust", "--forget-others"]).await;
        assert!(done.0 == Some(0) && done.1.contains("with 1 more documents, and with 2 no longer"), "{done:?}");
        let again = run(&relay, &["trust", "--forget-others"]).await;
        assert!(again.0 == Some(0) && again.1.contains("with 0 more documents, and with 0 no longer"), "{again:?}");
        let done = run(&none, &["restrict", "on"]).await;
        assert!(done.0 == Some(0) && done.1.contains("only the documents"), "{done:?}");
        let listed = run(&none, &["documents"]).await;
        assert!(listed.1.contains("1 documents, nothing else may be run\n8b1a9953c4611296a827abf8c47804d7  RelayTickets"), "{listed:?}");
        let erp = app.as_client().await;
        erp.post(json!({ "documentId": "8b1a9953c4611296a827abf8c47804d7" })).await.fine();
        assert!(untrusted(&erp.ask(TICKETS).await));

        let wrong = run(&json!({ "one": "{ nothing }", "two": "{" }), &["trust"]).await;
        assert_eq!(wrong.0, Some(1));
        for said in ["one: Line 1, column 3: ", "two: ", "2 documents can't be run; nothing was changed"] {
            assert!(wrong.2.contains(said), "{wrong:?}");
        }
        assert_eq!(run(&json!(["{ a }"]), &["trust"]).await.0, Some(1));
        assert_eq!(run(&none, &["forget", "nothing"]).await.0, Some(1));
        assert_eq!(run(&none, &["forget", "8b1a9953c4611296a827abf8c47804d7"]).await.0, Some(0));
        assert_eq!(run(&none, &["restrict", "off"]).await.0, Some(0));
        let unknown = process::run(&app.database().url, &["api-client", "documents", "--client", "client_nobody"]).await;
        assert_eq!(unknown.status.code(), Some(1));
    }
}
