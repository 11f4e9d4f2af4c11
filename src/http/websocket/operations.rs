//! The operations under way on one socket, each a task of its own.

use std::collections::HashMap;

use async_graphql::parser::types::OperationType;
use axum::extract::ws::Message;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::protocol;
use crate::access::Call;
use crate::graphql::body::Body;
use crate::graphql::endpoint::{Allow, AnswerKind, Asked, Incoming};
use crate::http::caller::Caller;
use crate::http::metrics::{self, Transport};
use crate::http::{Http, graphql, live};

/// Messages that wait for a slow client; then the operations wait.
const WAITING: usize = 16;

/// What a task has to say. The serial number tells a late word of an operation that is gone from one of a newer
/// operation under the same id.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) id: String,
    serial: u64,
    what: What,
}

#[derive(Debug)]
enum What {
    Next(Box<Body>),
    /// Refused before it began.
    Error(Value),
    Complete,
    /// The viewer's rights or token have ended.
    Ended,
}

/// What a socket does with what was said.
#[derive(Debug)]
pub(super) enum Relay {
    /// Send this.
    Send(Message),
    /// The viewer's rights or token have ended.
    Close,
    /// Nobody waits for it any more.
    Nothing,
}

/// The operations under way.
#[derive(Debug)]
pub(super) struct Operations {
    running: HashMap<String, Running>,
    serial: u64,
    /// Boxed: the channel keeps room for some dozens of words as long as the socket is open.
    sender: mpsc::Sender<Box<Said>>,
    receiver: mpsc::Receiver<Box<Said>>,
}

#[derive(Debug)]
struct Running {
    serial: u64,
    task: AbortHandle,
    mutation: bool,
}

impl Operations {
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self {
            running: HashMap::new(),
            serial: 0,
            sender,
            receiver,
        }
    }

    pub(super) fn is_running(&self, id: &str) -> bool {
        self.running.contains_key(id)
    }

    pub(super) fn count(&self) -> usize {
        self.running.len()
    }

    /// Begins an operation.
    pub(super) fn start(
        &mut self,
        id: String,
        http: Http,
        caller: Caller,
        call: Call,
        asked: Asked,
    ) {
        self.serial += 1;
        let voice = Voice {
            id: id.clone(),
            serial: self.serial,
            sender: self.sender.clone(),
        };
        let incoming = http.endpoint.admit(&call, asked);
        let kind = incoming
            .as_ref()
            .ok()
            .and_then(|incoming| http.endpoint.operation_kind(incoming));
        // Tasks of their own kind, each with the room that it needs: a subscription stays for hours.
        let task = match incoming {
            Ok(incoming) if kind == Some(OperationType::Subscription) => {
                tokio::spawn(voice.subscribe(http, call, incoming))
            }
            Ok(incoming) => tokio::spawn(voice.execute(http, caller, call, incoming)),
            Err(answer) => tokio::spawn(voice.refuse(answer.body.into_errors())),
        };
        let task = task.abort_handle();
        let running = Running {
            serial: self.serial,
            task,
            mutation: kind == Some(OperationType::Mutation),
        };
        self.running.insert(id, running);
    }

    /// Ends everything that changes nothing.
    pub(super) fn keep_mutations(&mut self) {
        self.running.retain(|_, running| {
            if !running.mutation {
                running.task.abort();
            }
            running.mutation
        });
    }

    /// Ends an operation, as its client asked.
    pub(super) fn stop(&mut self, id: &str) {
        if let Some(running) = self.running.remove(id) {
            running.task.abort();
        }
    }

    /// The next word of any operation; waits for ever while there is none.
    pub(super) async fn said(&mut self) -> Option<Said> {
        self.receiver.recv().await.map(|said| *said)
    }

    /// What becomes of a word.
    pub(super) fn relay(&mut self, said: Said) -> Relay {
        let Said { id, serial, what } = said;
        if self
            .running
            .get(&id)
            .is_none_or(|running| running.serial != serial)
        {
            return Relay::Nothing;
        }
        match what {
            What::Next(response) => Relay::Send(protocol::next(&id, &response)),
            What::Error(errors) => {
                self.running.remove(&id);
                Relay::Send(protocol::error(&id, &errors))
            }
            What::Complete => {
                self.running.remove(&id);
                Relay::Send(protocol::complete(&id))
            }
            What::Ended => Relay::Close,
        }
    }
}

impl Drop for Operations {
    fn drop(&mut self) {
        for running in self.running.values() {
            running.task.abort();
        }
    }
}

struct Voice {
    id: String,
    serial: u64,
    sender: mpsc::Sender<Box<Said>>,
}

impl Voice {
    async fn say(&self, what: What) {
        let said = Said {
            id: self.id.clone(),
            serial: self.serial,
            what,
        };
        // The socket may be gone; then this task is about to be aborted.
        let _ = self.sender.send(Box::new(said)).await;
    }

    async fn refuse(self, errors: Value) {
        self.say(What::Error(errors)).await;
    }

    async fn subscribe(self, http: Http, call: Call, incoming: Incoming) {
        metrics::subscription(Transport::Socket);
        let begun = http.endpoint.subscribe(&http.app, call, &incoming);
        // All of it has been read; the text of a document may be long.
        drop(incoming);
        let mut responses = match begun {
            Ok(responses) => responses,
            Err(answer) => return self.say(What::Error(answer.body.into_errors())).await,
        };
        let mut first = true;
        while let Some(response) = responses.next().await {
            let ended = live::ended(&response);
            if first && live::refused(&response) {
                return self.say(What::Error(response.into_errors())).await;
            }
            first = false;
            self.say(What::Next(Box::new(response))).await;
            if ended {
                return self.say(What::Ended).await;
            }
        }
        self.say(What::Complete).await;
    }

    async fn execute(self, http: Http, caller: Caller, call: Call, incoming: Incoming) {
        let allow = Allow::QueriesAndMutations;
        match graphql::execute(&http, call, incoming, allow, Transport::Socket).await {
            Ok(answer) if answer.kind == AnswerKind::Executed => {
                self.say(What::Next(Box::new(answer.body))).await;
                self.say(What::Complete).await;
            }
            Ok(answer) => self.say(What::Error(answer.body.into_errors())).await,
            Err(refusal) => self.say(What::Error(json!([refusal.json(&caller)]))).await,
        }
    }
}
