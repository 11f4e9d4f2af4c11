//! What people ask, and what makes no sense.

use serde_json::{Value, json};

use super::person::Person;

/// Questions that are in order, whoever asks; who may not have a part of the answer is told so.
const QUESTIONS: [&str; 9] = [
    "{ viewer { id permissions { permission reach } } }",
    "{ tickets(first: 20) { totalCount nodes { id number state customer { id name } assignee { id name } comments(first: 3) { nodes { id body } } } } }",
    "{ tickets(first: 50, orderBy: UPDATED_AT_DESC, filter: { state: { eq: OPEN } }) { nodes { id subject stage } pageInfo { hasNextPage endCursor } } }",
    "{ customers(first: 20) { totalCount nodes { id name units(first: 3) { nodes { id } } } } }",
    "{ teams(first: 20) { nodes { id name } } members(first: 20) { nodes { id name } } }",
    "{ myTasks(first: 20) { nodes { __typename } } }",
    "{ suggestions(first: 10) { nodes { id title state } } }",
    "{ ticketAlerts(first: 10) { nodes { id } } surveys(first: 10) { nodes { id state } } }",
    "{ metricDefinitions { __typename } auditEntries(first: 5) { nodes { action } } }",
];

/// What is refused: documents and variables that don't fit, ids of nothing, cursors of another list, too much at once.
fn nonsense() -> Vec<(String, Value)> {
    let hold = "mutation($input: TicketHoldInput!) { ticketHold(input: $input) { ticket { id } userErrors { code } } }";
    let say = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { comment { id } userErrors { code } } }";
    let nobody = "ticket_01h455vb4pex5vsknk084sn02q";
    let deep = format!("{{ {} id {} }}", "viewer {".repeat(40), "}".repeat(40));
    let many = format!(
        "{{ {} }}",
        (0..200)
            .map(|n| format!("a{n}: viewer {{ id }} "))
            .collect::<String>()
    );
    vec![
        ("{".to_owned(), json!({})),
        ("{ nothing }".to_owned(), json!({})),
        (deep, json!({})),
        (many, json!({})),
        (
            "{ tickets(first: -1) { totalCount } }".to_owned(),
            json!({}),
        ),
        (
            "{ tickets(first: 5, after: \"W10\") { nodes { id } } }".to_owned(),
            json!({}),
        ),
        (
            "query($id: ID!) { ticket(id: $id) { id } }".to_owned(),
            json!({ "id": "team_1" }),
        ),
        (
            "query($id: ID!) { ticket(id: $id) { id } }".to_owned(),
            json!({}),
        ),
        (
            hold.to_owned(),
            json!({ "input": { "id": nobody, "expectedVersion": 1, "state": "OPEN" } }),
        ),
        (
            hold.to_owned(),
            json!({ "input": { "id": nobody, "expectedVersion": 1, "state": "ON_HOLD" } }),
        ),
        (
            say.to_owned(),
            json!({ "input": { "ticketId": nobody, "body": "\u{0}" } }),
        ),
        (
            say.to_owned(),
            json!({ "input": { "ticketId": nobody, "body": "x".repeat(20_000) } }),
        ),
        (
            say.to_owned(),
            json!({ "input": { "ticketId": nobody, "body": "Hello?", "idempotencyKey": "" } }),
        ),
    ]
}

/// Asks one of the questions.
pub async fn read(person: &mut Person) {
    let question = *person.pick(&QUESTIONS);
    let Some(answer) = person.ask(question, json!({})).await else {
        return;
    };
    for error in answer["errors"].as_array().into_iter().flatten() {
        let code = &error["extensions"]["code"];
        assert_eq!(code, "FORBIDDEN", "{}: {question}: {answer}", person.login);
    }
}

/// Tries something that makes no sense, and is told so.
pub async fn try_nonsense(person: &mut Person) {
    let choices = nonsense();
    let (document, variables) = person.pick(&choices).clone();
    let Some(answer) = person.ask(&document, variables).await else {
        return;
    };
    let errors = |value: &Value| value.as_array().is_some_and(|errors| !errors.is_empty());
    let payloads = answer["data"].as_object().into_iter().flatten();
    let told = errors(&answer["errors"])
        || payloads
            .into_iter()
            .any(|(_, payload)| errors(&payload["userErrors"]));
    assert!(told, "{document}: {answer}");
}
