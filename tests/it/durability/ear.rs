//! Somebody who follows something at one server and notes what it hears.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use aftercare::graphql::ids::decode;
use chrono::{DateTime, SubsecRound, Utc};
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::support::socket::{Socket, introduced, listen, try_introduced};

/// One event, as a subscriber hears it and as the outbox has it: no two are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// The ticket.
    pub ticket: Uuid,
    /// When it happened, to the microsecond.
    pub at: DateTime<Utc>,
    /// What happened.
    pub action: String,
}

impl Heard {
    /// The event of a ticket.
    pub fn new(ticket: Uuid, at: DateTime<Utc>, action: &str) -> Self {
        Self {
            ticket,
            at: at.trunc_subsecs(6),
            action: action.to_owned(),
        }
    }

    /// What a subscriber of `ticketChanged` was told; nothing when it wasn't an event.
    pub fn of(message: &Value) -> Option<Self> {
        let event = &message["payload"]["data"]["ticketChanged"];
        let at = DateTime::parse_from_rfc3339(event["at"].as_str()?).ok()?;
        let (_, ticket) = decode(event["ticket"]["id"].as_str()?).ok()?;
        Some(Self::new(ticket, at.to_utc(), event["action"].as_str()?))
    }
}

/// An open subscription, of tickets where nothing else is said, whose events are noted until it ends.
pub struct Ear<T = Heard> {
    heard: Arc<Mutex<Vec<T>>>,
    listening: JoinHandle<Value>,
}

impl Ear {
    /// Subscribes to tickets; what happens before the server has read that isn't heard.
    pub async fn open(address: SocketAddr, token: &str) -> Self {
        Self::on(introduced(address, token).await).await
    }

    /// The same at a server that may be gone; then there is none.
    pub async fn try_open(address: SocketAddr, token: &str) -> Option<Self> {
        let socket = try_introduced(address, token).await?;
        Some(Self::on(socket).await)
    }

    async fn on(mut socket: Socket) -> Self {
        let query = "subscription { ticketChanged { action at ticket { id } } }";
        let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": query } });
        // Whether it still could be sent shows when there is nothing to hear.
        let _ = socket.send(Message::text(subscribe.to_string())).await;
        Self::to(socket, Heard::of)
    }
}

impl<T: Clone + Send + 'static> Ear<T> {
    /// Listens to what has been subscribed to; `of` reads an event out of a message, and finds none in the last one.
    pub fn to(mut socket: Socket, of: fn(&Value) -> Option<T>) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&heard);
        let listening = tokio::spawn(async move {
            loop {
                match listen(&mut socket).await {
                    Err(code) => return json!(code),
                    Ok(message) => match of(&message) {
                        Some(event) => notes
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(event),
                        None => return message,
                    },
                }
            }
        });
        Self { heard, listening }
    }

    /// What it has heard so far, in that order.
    pub fn heard(&self) -> Vec<T> {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How much that is.
    pub fn count(&self) -> usize {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.len()
    }

    /// Has it ended?
    pub fn is_over(&self) -> bool {
        self.listening.is_finished()
    }

    /// The code with which its socket was closed, or the last message, which was no event.
    pub async fn end(self) -> Value {
        let mut ear = self;
        let listening = &mut ear.listening;
        listening.await.expect("it doesn't panic")
    }
}

impl<T> Drop for Ear<T> {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
