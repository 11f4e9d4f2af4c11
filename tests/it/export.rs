//! The answer of a query as a file: with the rights of the answer, whole or not at all.

use aftercare::config::Config;
use entity::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::database::both_databases;
use crate::support::server::Server;

const TICKETS: &str = "query Tickets($endCursor: String) { tickets(first: 2, after: $endCursor) { totalCount pageInfo { hasNextPage endCursor } nodes { number subject createdAt customer { name } } } }";

/// The records of a CSV file, the headings first.
fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a record"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// The code of the first error in a refusal, which has no data.
fn refused(bytes: &[u8]) -> String {
    let body: Value = serde_json::from_slice(bytes).expect("JSON");
    assert_eq!(body.get("data"), None, "{body}");
    body["errors"][0]["extensions"]["code"]
        .as_str()
        .expect("a code")
        .to_owned()
}

both_databases! {
    async fn a_file_has_all_pages_of_what_its_reader_sees_and_leaves_a_trace(app: TestApp) {
        for login in ["service_manager", "agent", "partner", "customer"] {
            let actor = app.as_(login).await;
            let total = actor.ask("{ tickets(first: 100) { totalCount nodes { number } } }").await;
            let numbers: Vec<String> = total
                .list("tickets.nodes")
                .iter()
                .map(|node| node["number"].to_string())
                .collect();
            assert!(!numbers.is_empty(), "{login}");

            let file = actor.export("csv", TICKETS, json!({})).await;

            assert_eq!(file.status, 200, "{login}: {}", String::from_utf8_lossy(&file.bytes));
            assert!(file.head("content-disposition").contains("\"Tickets.csv\""));
            assert!(file.head("cache-control").contains("no-store"));
            let records = records(&file.bytes);
            assert_eq!(records[0], ["totalCount", "number", "subject", "createdAt", "customer.name"]);
            let mut exported: Vec<String> = records[1..].iter().map(|row| row[1].clone()).collect();
            let mut expected = numbers.clone();
            exported.sort();
            expected.sort();
            assert_eq!(exported, expected, "{login}");

            let sheet = actor.export("xlsx", TICKETS, json!({})).await;
            assert_eq!((sheet.status, &sheet.bytes[..2]), (200, &b"PK"[..]), "{login}");

            let traces = audit_log::Entity::find()
                .filter(audit_log::Column::Action.eq("export.make"))
                .filter(audit_log::Column::ActorName.contains(login))
                .all(app.db.reader())
                .await
                .expect("the log");
            assert_eq!(traces.len(), 2, "{login}");
            assert_eq!(traces[0].detail["rows"], json!(numbers.len()), "{login}");
        }
    }

    async fn what_the_answer_would_refuse_is_no_file(app: TestApp) {
        let agent = app.as_("agent").await;
        let partner = app.as_("partner").await;
        let denied = "{ tickets { nodes { number assignee { name } } } }";
        let file = partner.export("csv", denied, json!({})).await;
        assert_eq!((file.status, refused(&file.bytes)), (422, "FORBIDDEN".to_owned()));
        let whole = partner.export("xlsx", "{ members { nodes { name } } }", json!({})).await;
        assert_eq!((whole.status, refused(&whole.bytes)), (422, "FORBIDDEN".to_owned()));

        let two = "{ tickets { nodes { number } } customers { nodes { name } } }";
        let file = agent.export("csv", two, json!({})).await;
        assert_eq!((file.status, refused(&file.bytes)), (422, "BAD_INPUT".to_owned()));
        let file = agent.export("csv", "mutation { signOut { userErrors { code } } }", json!({})).await;
        assert_eq!((file.status, refused(&file.bytes)), (405, "BAD_INPUT".to_owned()));
        let said = String::from_utf8_lossy(&file.bytes);
        assert!(said.contains("send mutations to /graphql by POST"), "{said}");
        let file = agent.export("csv", "{ nothing }", json!({})).await;
        assert_eq!((file.status, refused(&file.bytes)), (400, "BAD_INPUT".to_owned()));
        let file = app.stranger().export("csv", "{ __typename }", json!({})).await;
        assert_eq!((file.status, refused(&file.bytes)), (401, "UNAUTHENTICATED".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_would_be_too_large_is_refused_by_the_name_of_its_limit() {
    let server = Server::start(|config: &mut Config| config.export.bytes = 1_024).await;
    let token = server.token(&"long".repeat(15)).await;
    let authorization = format!("authorization: Bearer {token}");
    let json = "content-type: application/json";
    let query = |times: usize| {
        let names: Vec<String> = (0..times).map(|n| format!("n{n}: name")).collect();
        json!({ "query": format!("{{ viewer {{ {} }} }}", names.join(" ")) }).to_string()
    };
    for (times, status, word) in [(15, 200, "longlong"), (20, 413, "export.bytes")] {
        let answer = server
            .request("POST /export/csv", &[&authorization, json], &query(times))
            .await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body.contains(word), "{answer:?}");
    }
    let headers = [authorization.as_str(), "content-type: text/plain"];
    let plain = server.request("POST /export/csv", &headers, "{}").await;
    assert_eq!(plain.status, 415, "{plain:?}");
    let get = server
        .request("GET /export/csv", &[&authorization], "")
        .await;
    assert_eq!(get.status, 405, "{get:?}");
}
