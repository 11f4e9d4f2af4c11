//! What people do: they open tickets, talk, move them on, suggest, rate; ask; try what can't be; sign out.

use rand::Rng;
use serde_json::{Value, json};

use super::person::Person;
use super::questions;

const CREATE: &str = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { id } userErrors { code message } } }";
const COMMENT: &str = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { comment { id } userErrors { code message } } }";
const NOTE: &str = "mutation($input: TicketTextInput!) { ticketNoteAdd(input: $input) { comment { id } userErrors { code message } } }";
const SUGGEST: &str = "mutation($input: SuggestionSubmitInput!) { suggestionSubmit(input: $input) { suggestion { id } userErrors { code message } } }";
const RENAME: &str = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { id version } userErrors { code message } } }";
const ASSIGN: &str = "mutation($input: TicketAssignInput!) { ticketAssign(input: $input) { ticket { id version } userErrors { code message } } }";
const RATE: &str = "mutation($input: SurveyAnswerInput!) { surveyAnswer(input: $input) { survey { state } userErrors { code message } } }";
const STAND: &str =
    "query($id: ID!) { ticket(id: $id) { version state stage survey { state link } } }";
const STAGES: [&str; 5] = ["INTAKE", "ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"];
const KINDS: [&str; 5] = [
    "FAULT_REPAIR",
    "CONSULTATION",
    "COMPLAINT",
    "TECHNICAL_SUPPORT",
    "RETURN_EXCHANGE",
];

/// One thing, by chance.
pub async fn do_something(person: &mut Person) {
    match person.chance.random_range(0..100) {
        0..12 => open(person).await,
        12..34 => talk(person).await,
        34..56 => work_on(person).await,
        56..62 => assign(person).await,
        62..66 => suggest(person).await,
        66..69 => rename(person).await,
        69..88 => questions::read(person).await,
        88..98 => questions::try_nonsense(person).await,
        _ => sign_out(person).await,
    }
}

async fn open(person: &mut Person) {
    let query = "{ customers(first: 10) { nodes { id } } }";
    let Some(found) = person.ask(query, json!({})).await else {
        return;
    };
    let customers = found["data"]["customers"]["nodes"].as_array();
    let customers = customers.cloned().unwrap_or_default();
    let word = person.word();
    let mut input = json!({
        "kind": person.pick(&KINDS),
        "subject": word,
        "description": "It makes a noise. 有噪音",
        "idempotencyKey": word,
    });
    if !customers.is_empty() {
        input["customerId"] = person.pick(&customers)["id"].clone();
    }
    let made = person.change("ticketCreate", CREATE, &input, Some(&word), "/ticket");
    if let Some(made) = made.await {
        is_there(person, &made["ticket"]["id"]).await;
    }
}

/// What was acknowledged is there at once, for whoever made it.
async fn is_there(person: &mut Person, id: &Value) {
    let query = "query($id: ID!) { node(id: $id) { id } }";
    if let Some(found) = person.ask(query, json!({ "id": id })).await {
        assert_eq!(
            &found["data"]["node"]["id"], id,
            "{}: {found}",
            person.login
        );
    }
}

async fn talk(person: &mut Person) {
    let Some(ticket) = person.some_ticket() else {
        return;
    };
    let word = person.word();
    let input = json!({ "ticketId": ticket, "body": word, "idempotencyKey": word });
    let (what, query) = if person.chance.random_ratio(1, 5) {
        ("ticketNoteAdd", NOTE)
    } else {
        ("ticketCommentAdd", COMMENT)
    };
    person
        .change(what, query, &input, Some(&word), "/comment")
        .await;
}

/// Moves a ticket from where it stands.
async fn work_on(person: &mut Person) {
    let Some(id) = person.some_ticket() else {
        return;
    };
    let Some(found) = person.ask(STAND, json!({ "id": id })).await else {
        return;
    };
    let ticket = &found["data"]["ticket"];
    let link = ticket["survey"]["link"].as_str();
    if let (Some(link), "OPEN") = (link, ticket["survey"]["state"].as_str().unwrap_or_default()) {
        return rate(person, link).await;
    }
    let Some(version) = ticket["version"].as_i64() else {
        return;
    };
    let mut input = json!({ "id": id, "expectedVersion": version });
    let (what, name) = match ticket["state"].as_str() {
        Some("OPEN") => a_move(person, ticket["stage"].as_str(), &mut input),
        Some("CLOSED" | "CANCELLED") => {
            input["reason"] = json!("It is noisy again.");
            ("ticketReopen", "TicketReason")
        }
        _ => ("ticketResume", "TicketResume"),
    };
    let query = format!(
        "mutation($input: {name}Input!) {{ {what}(input: $input) {{ ticket {{ id version }} userErrors {{ code message }} }} }}"
    );
    if let Some(moved) = person.change(what, &query, &input, None, "/ticket").await {
        let now = &moved["ticket"]["version"];
        assert_eq!(now, &json!(version + 1), "{what}: {moved}");
    }
}

/// What can be done with an open ticket.
fn a_move(
    person: &mut Person,
    stage: Option<&str>,
    input: &mut Value,
) -> (&'static str, &'static str) {
    let place = STAGES.iter().position(|known| Some(*known) == stage);
    match (person.chance.random_range(0..10), place) {
        (0, _) => {
            input["state"] = json!("ON_HOLD");
            ("ticketHold", "TicketHold")
        }
        (1, _) => {
            input["priority"] = json!(person.pick(&["LOW", "NORMAL", "HIGH", "URGENT"]));
            input["reason"] = json!("The customer waits.");
            ("ticketPrioritySet", "TicketPrioritySet")
        }
        (2, _) => {
            input["description"] = json!(person.word());
            ("ticketEdit", "TicketEdit")
        }
        (3, Some(0)) => {
            input["reason"] = json!("Never mind.");
            ("ticketCancel", "TicketReason")
        }
        (_, Some(4)) => ("ticketClose", "TicketClose"),
        (_, place) => {
            input["to"] = json!(STAGES[place.unwrap_or_default() + 1]);
            ("ticketAdvance", "TicketAdvance")
        }
    }
}

/// Gives a ticket to a member and the member's team.
async fn assign(person: &mut Person) {
    let Some(id) = person.some_ticket() else {
        return;
    };
    let Some(found) = person.ask(STAND, json!({ "id": id })).await else {
        return;
    };
    let Some(version) = found["data"]["ticket"]["version"].as_i64() else {
        return;
    };
    let query = "{ members(first: 60) { nodes { id team { id } } } }";
    let Some(found) = person.ask(query, json!({})).await else {
        return;
    };
    let members = found["data"]["members"]["nodes"].as_array();
    let placed = |member: &&Value| member["team"]["id"].is_string();
    let members: Vec<&Value> = members.into_iter().flatten().filter(placed).collect();
    if members.is_empty() {
        return;
    }
    let member = *person.pick(&members);
    let input = json!({
        "id": id,
        "expectedVersion": version,
        "teamId": member["team"]["id"],
        "assigneeId": member["id"],
    });
    person
        .change("ticketAssign", ASSIGN, &input, None, "/ticket")
        .await;
}

async fn rate(person: &mut Person, link: &str) {
    let token = link.rsplit('/').next().unwrap_or_default();
    let rating = person.chance.random_range(1..=5);
    let input = json!({ "token": token, "rating": rating, "comment": "谢谢" });
    person
        .change("surveyAnswer", RATE, &input, None, "/survey")
        .await;
}

/// Submits a suggestion.
pub async fn suggest(person: &mut Person) {
    let word = person.word();
    let input = json!({
        "area": "TOOLS",
        "title": word,
        "body": "A shorter form. 表单更短",
        "idempotencyKey": word,
    });
    let made = person.change(
        "suggestionSubmit",
        SUGGEST,
        &input,
        Some(&word),
        "/suggestion",
    );
    made.await;
}

async fn rename(person: &mut Person) {
    let query = "{ customers(first: 5) { nodes { id version } } }";
    let Some(found) = person.ask(query, json!({})).await else {
        return;
    };
    let customers = found["data"]["customers"]["nodes"].as_array();
    let Some(customer) = customers.and_then(|customers| customers.first()) else {
        return;
    };
    let version = customer["version"].as_i64().unwrap_or_default();
    let word = person.word();
    let input = json!({ "id": customer["id"], "expectedVersion": version, "name": word });
    let made = person.change("customerUpdate", RENAME, &input, None, "/customer");
    if let Some(made) = made.await {
        assert_eq!(made["customer"]["version"], json!(version + 1), "{made}");
    }
}

/// Signs out; the token is then good for nothing.
async fn sign_out(person: &mut Person) {
    let query = "mutation { signOut { userErrors { code message } } }";
    person.ask(query, json!({})).await;
    person.forget_token();
}
