//! A client that writes to one ticket and remembers what it was told.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::support::wire::ask;

const COMMENT: &str = "mutation($input: TicketTextInput!) {
    ticketCommentAdd(input: $input) { comment { id } userErrors { code message } } }";
const HOLD: &str = "mutation($input: TicketHoldInput!) {
    ticketHold(input: $input) { ticket { version } userErrors { code message } } }";
const RESUME: &str = "mutation($input: TicketResumeInput!) {
    ticketResume(input: $input) { ticket { version } userErrors { code message } } }";

/// What a writer does next, or did without hearing how it ended.
#[derive(Clone, Debug)]
enum Step {
    /// A comment with that text, which is its idempotency key too.
    Comment(String),
    /// To hold and back, from that version.
    Move(i64),
}

/// A client that writes to one ticket.
pub struct Writer {
    /// Its ticket.
    pub ticket: String,
    /// The ids of the comments that it was told are there, in order.
    pub comments: Vec<String>,
    /// The texts of these comments.
    pub bodies: BTreeSet<String>,
    /// The ticket's version as it knows it; it begins at 1, and each move raises it.
    pub version: i64,
    name: usize,
    steps: usize,
    authorization: String,
    unanswered: Option<Step>,
}

impl Writer {
    /// A client for a new ticket.
    pub fn new(name: usize, ticket: String, token: Arc<str>) -> Self {
        Self {
            ticket,
            comments: Vec::new(),
            bodies: BTreeSet::new(),
            version: 1,
            name,
            steps: 0,
            authorization: format!("authorization: Bearer {token}"),
            unanswered: None,
        }
    }

    /// Writes until the server is gone; what it then didn't answer is repeated first the next time.
    pub async fn write_until_it_dies(&mut self, address: SocketAddr, acknowledged: &AtomicUsize) {
        loop {
            let step = match self.unanswered.take() {
                Some(step) => self.take(address, step, true).await,
                None => {
                    let step = self.next();
                    self.take(address, step, false).await
                }
            };
            if let Err(step) = step {
                self.unanswered = Some(step);
                return;
            }
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes so many times to a server that stays.
    pub async fn write(&mut self, address: SocketAddr, times: usize) {
        self.finish(address).await;
        for _ in 0..times {
            let step = self.next();
            let taken = self.take(address, step, false).await;
            taken.expect("the server stays");
        }
    }

    /// Repeats what wasn't answered.
    pub async fn finish(&mut self, address: SocketAddr) {
        if let Some(step) = self.unanswered.take() {
            let taken = self.take(address, step, true).await;
            taken.expect("the server stays");
        }
    }

    fn next(&mut self) -> Step {
        self.steps += 1;
        if self.steps.is_multiple_of(4) {
            Step::Move(self.version)
        } else {
            Step::Comment(format!("comment-{}-{}", self.name, self.steps))
        }
    }

    /// Does it; gives it back when there was no answer.
    async fn take(&mut self, address: SocketAddr, step: Step, again: bool) -> Result<(), Step> {
        let (query, field, input) = match &step {
            Step::Comment(body) => {
                let input =
                    json!({ "ticketId": self.ticket, "body": body, "idempotencyKey": body });
                (COMMENT, "ticketCommentAdd", input)
            }
            // Of a new ticket the odd versions are at work and the even ones wait.
            Step::Move(version) if version % 2 == 1 => {
                let input =
                    json!({ "id": self.ticket, "expectedVersion": version, "state": "ON_HOLD" });
                (HOLD, "ticketHold", input)
            }
            Step::Move(version) => {
                let input = json!({ "id": self.ticket, "expectedVersion": version });
                (RESUME, "ticketResume", input)
            }
        };
        let headers = [self.authorization.as_str()];
        let Some(answer) = ask(address, &headers, query, json!({ "input": input })).await else {
            return Err(step);
        };
        let payload = &answer["data"][field];
        match step {
            Step::Comment(body) => {
                let id = payload["comment"]["id"].as_str();
                let id = id.unwrap_or_else(|| panic!("{body}: {answer}"));
                self.comments.push(id.to_owned());
                self.bodies.insert(body);
            }
            Step::Move(version) => {
                self.version = version + 1;
                // One that wasn't answered may have been made all the same.
                let made = again && is_conflict(&answer, self.version);
                let moved = payload["ticket"]["version"] == json!(self.version);
                assert!(moved || made, "from {version}: {answer}");
            }
        }
        Ok(())
    }
}

fn is_conflict(answer: &Value, version: i64) -> bool {
    let extensions = &answer["errors"][0]["extensions"];
    extensions["code"] == "CONFLICT" && extensions["currentVersion"] == json!(version)
}
