//! What people do: they open tickets, talk, move them on, suggest, rate; ask for leave; ask; try what can't be; sign out.

use aftercare::clock::Clock;
use chrono::TimeDelta;
use rand::Rng;
use serde_json::{Value, json};

use super::person::Person;
use super::{money, questions};

const CREATE: &str = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { id } userErrors { code message } } }";
const COMMENT: &str = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { comment { id } userErrors { code message } } }";
const NOTE: &str = "mutation($input: TicketTextInput!) { ticketNoteAdd(input: $input) { comment { id } userErrors { code message } } }";
const SUGGEST: &str = "mutation($input: SuggestionSubmitInput!) { suggestionSubmit(input: $input) { suggestion { id } userErrors { code message } } }";
const RENAME: &str = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { id version } userErrors { code message } } }";
const RATE: &str = "mutation($input: SurveyAnswerInput!) { surveyAnswer(input: $input) { survey { state } userErrors { code message } } }";
const LEAVE: &str = "mutation($input: LeaveRequestInput!) { leaveRequest(input: $input) { leave { id } userErrors { code message } } }";
/// How a ticket stands.
pub const STAND: &str =
    "query($id: ID!) { ticket(id: $id) { version state stage survey { state link } } }";
/// The stages in their order.
pub const STAGES: [&str; 5] = ["INTAKE", "ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"];
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
        69..71 => leave(person).await,
        71 => money::look_after(person).await,
        72..89 => questions::read(person).await,
        89..98 => questions::try_nonsense(person).await,
        _ => person.sign_out().await,
    }
}

async fn open(person: &mut Person) {
    let kind = *person.pick(&KINDS);
    open_one(person, kind).await;
}

/// Opens a ticket of a kind; its id.
pub async fn open_one(person: &mut Person, kind: &str) -> Option<String> {
    let query = "{ customers(first: 10) { nodes { id } } }";
    let found = person.ask(query, json!({})).await?;
    let customers = found["data"]["customers"]["nodes"].as_array();
    let customers = customers.cloned().unwrap_or_default();
    let word = person.word();
    let mut input = json!({
        "kind": kind,
        "subject": word,
        "description": "It makes a noise. 有噪音",
        "idempotencyKey": word,
    });
    if !customers.is_empty() {
        input["customerId"] = person.pick(&customers)["id"].clone();
    }
    let made = person.change("ticketCreate", CREATE, &input, Some(&word), "/ticket");
    let made = made.await?;
    let id = &made["ticket"]["id"];
    is_there(person, id).await;
    id.as_str().map(str::to_owned)
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
    let internally = person.chance.random_ratio(1, 5);
    say(person, &ticket, internally).await;
}

/// Writes a note, or a reply that everybody may read.
pub async fn say(person: &mut Person, ticket: &str, internally: bool) {
    let word = person.word();
    let input = json!({ "ticketId": ticket, "body": word, "idempotencyKey": word });
    let (what, query) = if internally {
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
        rate(person, link).await;
        return;
    }
    let Some(version) = ticket["version"].as_i64() else {
        return;
    };
    let mut input = json!({ "id": id, "expectedVersion": version });
    let step = match ticket["state"].as_str() {
        Some("OPEN") => a_move(person, ticket["stage"].as_str(), &mut input),
        Some("CLOSED" | "CANCELLED") => {
            input["reason"] = json!("It is noisy again.");
            ("ticketReopen", "TicketReason")
        }
        _ => ("ticketResume", "TicketResume"),
    };
    take_step(person, step, &input).await;
}

/// Makes one change to a ticket, which then has the next version: the mutation, the name of its input, and that. Says whether it is done.
pub async fn take_step(
    person: &mut Person,
    (what, name): (&'static str, &'static str),
    input: &Value,
) -> bool {
    let query = format!(
        "mutation($input: {name}Input!) {{ {what}(input: $input) {{ ticket {{ id version }} userErrors {{ code message }} }} }}"
    );
    let moved = person.change(what, &query, input, None, "/ticket").await;
    let Some(moved) = moved else { return false };
    let version = input["expectedVersion"].as_i64().map(|seen| seen + 1);
    assert_eq!(
        moved["ticket"]["version"],
        json!(version),
        "{what}: {moved}"
    );
    true
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

async fn assign(person: &mut Person) {
    if let Some(id) = person.some_ticket() {
        give(person, &id).await;
    }
}

/// Gives a ticket to a member and the member's team; says whether that is done.
pub async fn give(person: &mut Person, id: &str) -> bool {
    let Some(found) = person.ask(STAND, json!({ "id": id })).await else {
        return false;
    };
    let Some(version) = found["data"]["ticket"]["version"].as_i64() else {
        return false;
    };
    let query = "{ members(first: 60) { nodes { id team { id } } } }";
    let Some(found) = person.ask(query, json!({})).await else {
        return false;
    };
    let members = found["data"]["members"]["nodes"].as_array();
    let placed = |member: &&Value| member["team"]["id"].is_string();
    let members: Vec<&Value> = members.into_iter().flatten().filter(placed).collect();
    if members.is_empty() {
        return false;
    }
    let member = *person.pick(&members);
    let input = json!({
        "id": id,
        "expectedVersion": version,
        "teamId": member["team"]["id"],
        "assigneeId": member["id"],
    });
    take_step(person, ("ticketAssign", "TicketAssign"), &input).await
}

/// Answers the survey behind a link.
pub async fn rate(person: &mut Person, link: &str) {
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

/// Renames a customer.
pub async fn rename(person: &mut Person) {
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

/// Asks for an hour of leave on some day of the years to come.
pub async fn leave(person: &mut Person) {
    let day = Clock::System.now() + TimeDelta::days(person.chance.random_range(400..3_000));
    let word = person.word();
    let input = json!({
        "kind": "ANNUAL",
        "startsAt": day.format("%Y-%m-%dT06:00:00Z").to_string(),
        "endsAt": day.format("%Y-%m-%dT07:00:00Z").to_string(),
        "reason": word,
        "idempotencyKey": word,
    });
    let made = person.change("leaveRequest", LEAVE, &input, Some(&word), "/leave");
    made.await;
}
