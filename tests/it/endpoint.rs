//! The endpoint as a client meets it: the schema can be read, every object asked for its id, answers come as asked.

use serde_json::{Value, json};

use crate::support::server::Server;

async fn ask(server: &Server, token: Option<&str>, body: Value) -> Value {
    let header = token.map(|token| format!("authorization: Bearer {token}"));
    let headers: Vec<&str> = header.iter().map(String::as_str).collect();
    server.post(&headers, &body.to_string()).await.json()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_signed_in_can_read_the_schema() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    let query = json!({ "query": "{ __schema { queryType { name } } __type(name: \"Ticket\") { fields { name } } }" });
    let answer = ask(&server, Some(&token), query.clone()).await;
    assert_eq!(
        answer["data"]["__schema"]["queryType"]["name"], "Query",
        "{answer}"
    );
    assert!(
        answer["data"]["__type"]["fields"]
            .as_array()
            .is_some_and(|fields| fields.len() > 20),
        "{answer}"
    );
    let refused = ask(&server, None, query).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fields_come_in_the_order_of_the_document() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    let query = "query { z: viewer { name kind id } a: viewer { id } permissions { key } b: viewer { id name } }";
    let answer = server
        .post(
            &[&format!("authorization: Bearer {token}")],
            &json!({ "query": query }).to_string(),
        )
        .await;
    let places: Vec<usize> = [
        "\"z\"",
        "\"name\"",
        "\"kind\"",
        "\"a\"",
        "\"permissions\"",
        "\"b\"",
    ]
    .iter()
    .map(|key| answer.body.find(key).expect(key))
    .collect();
    assert!(places.is_sorted(), "{}", answer.body);
}

/// The default of a variable that isn't sent counts in directives too: what it leaves out isn't there, and what is asked for
/// by a sent value is denied to whoever may not have it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn directives_know_the_defaults_of_variables() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    for (directive, default) in [("@skip", true), ("@include", false)] {
        let query = format!(
            "query($given: Boolean = {default}) {{ viewer {{ name }} users {directive}(if: $given) {{ totalCount }} }}"
        );
        let left_out = ask(&server, Some(&token), json!({ "query": query })).await;
        let nothing_else = json!({ "viewer": { "name": "reader" } });
        assert_eq!(left_out["data"], nothing_else, "{left_out}");
        assert!(left_out["errors"].is_null(), "{left_out}");
        let variables = json!({ "given": !default });
        let sent = json!({ "query": query, "variables": variables });
        let asked = ask(&server, Some(&token), sent).await;
        assert_eq!(asked["errors"][0]["path"], json!(["users"]), "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_denied_field_is_null_with_one_error_and_the_rest_is_intact() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    let answer = ask(
        &server,
        Some(&token),
        json!({ "query": "{ viewer { name } tickets { totalCount } users { totalCount } }" }),
    )
    .await;
    assert_eq!(
        answer["data"],
        json!({ "viewer": { "name": "reader" }, "tickets": null, "users": null })
    );
    let told: Vec<(&Value, &Value)> = answer["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| (&error["path"][0], &error["extensions"]["permission"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("tickets"), &json!("ticket.read")),
            (&json!("users"), &json!("user.read"))
        ]
    );
    for error in answer["errors"].as_array().expect("errors") {
        assert_eq!(error["extensions"]["code"], "FORBIDDEN");
        assert!(error["extensions"]["requestId"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variable_without_its_value_is_refused_before_anything_runs() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    for variables in [json!({}), json!({ "n": null })] {
        let body = json!({ "query": "query($n: Int!) { ticketByNumber(number: $n) { id } }", "variables": variables });
        let answer = ask(&server, Some(&token), body).await;
        assert!(answer.get("data").is_none(), "{answer}");
        assert_eq!(
            answer["errors"][0]["message"], "The variable $n of type Int! needs a value.",
            "{answer}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_arguments_are_named() {
    let server = Server::start(|_| {}).await;
    let token = server.token("reader").await;
    let first = |query: &'static str| {
        let (server, token) = (&server, &token);
        async move {
            ask(server, Some(token), json!({ "query": query })).await["errors"][0]["message"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        }
    };
    assert!(
        first("{ node(id: \"nonsense\") { id } }")
            .await
            .contains("not an id such as")
    );
    let bearer = format!("authorization: Bearer {token}");
    let body = json!({ "query": "{ node(id: \"A-17\") { id } }" }).to_string();
    let chinese = server
        .post(&[bearer.as_str(), "accept-language: zh-CN"], &body)
        .await
        .json();
    assert_eq!(
        chinese["errors"][0]["message"],
        "id：“A-17”不是有效的 ID（例如 ticket_01h455vb4pex5vsknk084sn02q）",
        "{chinese}"
    );
    assert!(
        first("{ node(id: \"audit_01h455vb4pex5vsknk084sn02q\") { id } }")
            .await
            .contains("audit")
    );
    let answer = ask(
        &server,
        Some(&token),
        json!({ "query": "{ node(id: \"team_01h455vb4pex5vsknk084sn02q\") { id } }" }),
    )
    .await;
    assert_eq!(answer["data"], json!({ "node": null }), "{answer}");
    assert!(answer.get("errors").is_none(), "{answer}");
}
