//! One socket from its introduction to its end.

use std::pin::pin;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Map, Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::operations::{Operations, Relay};
use super::protocol::{self, Close, FromClient};
use crate::access::Viewer;
use crate::error::{Error, ErrorCode, Text};
use crate::events::Event;
use crate::http::caller::Caller;
use crate::http::live::{self, Slot};
use crate::http::refusal::Refusal;
use crate::http::{Http, bearer, graphql, params};
use crate::identity;

/// How long a client may take to read one message of ours before it counts as gone.
const SLOWEST_READER: Duration = Duration::from_secs(10);
/// How long we wait for a client to close after we have.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a socket ends.
enum End {
    /// We close it, and say why.
    Close(Close),
    /// The client closes it.
    Left,
    /// The client is gone.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// Who has introduced itself.
struct Known {
    /// As it introduced itself, with all roles of its token: what a later look starts at, so that a role that is taken
    /// and given back is there again.
    introduced: Viewer,
    /// With the rights of the last look.
    viewer: Viewer,
    expires: Instant,
    _slot: Slot,
}

/// One socket.
pub(super) struct Session {
    http: Http,
    caller: Caller,
    authorization: Option<String>,
    known: Option<Known>,
    operations: Operations,
    answered: bool,
}

impl Session {
    pub(super) fn new(http: Http, caller: Caller, authorization: Option<String>) -> Self {
        Self {
            http,
            caller,
            authorization,
            known: None,
            operations: Operations::new(),
            answered: true,
        }
    }

    /// Serves the socket until it ends.
    pub(super) async fn run(mut self, mut socket: WebSocket) {
        let Err(mut end) = self.converse(&mut socket).await;
        if let End::Close(close) = &end
            && close.lets_finish()
            && let Err(gone) = self.finish(&mut socket).await
        {
            end = gone;
        }
        drop(self);
        let said = match end {
            End::Close(close) => {
                tracing::debug!(code = close.code, reason = %close.reason, "closing a socket");
                Some(close.message())
            }
            End::Left => None,
            End::Gone => return,
        };
        let farewell = async {
            if let Some(said) = said {
                socket.send(said).await?;
            }
            // Reading on lets the client's own close arrive and ours be read, and sends the library's answer to a close.
            while socket.recv().await.transpose()?.is_some() {}
            Ok::<(), axum::Error>(())
        };
        let _ = timeout(FAREWELL, farewell).await;
    }

    async fn converse(&mut self, socket: &mut WebSocket) -> Result<std::convert::Infallible, End> {
        let settings = self.http.app.config.server.live.clone();
        let begun = Instant::now();
        let mut pings = interval_at(begun + settings.ping_interval, settings.ping_interval);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut changes = self.http.app.bus.subscribe_to_rights();
        let stopping = self.http.app.stopping.clone();
        // Set once and not for each message: thousands of sockets share the timers and this one signal.
        let mut stopped = pin!(stopping.cancelled());
        let mut deadline = pin!(sleep_until(begun + settings.init_timeout));
        loop {
            if let Some(known) = &self.known
                && deadline.deadline() != known.expires
            {
                deadline.as_mut().reset(known.expires);
            }
            tokio::select! {
                () = &mut stopped => return Err(Close::going_away().into()),
                () = &mut deadline => return Err(match self.known {
                    None => Close::init_timeout(),
                    Some(_) => Close::forbidden("the token has expired"),
                }.into()),
                _ = pings.tick() => self.ping(socket).await?,
                change = changes.recv() => match change {
                    Ok(event) => if self.concerns(&event) { self.revalidate().await?; },
                    Err(RecvError::Lagged(_)) => self.revalidate().await?,
                    Err(RecvError::Closed) => return Err(Close::going_away().into()),
                },
                Some(said) = self.operations.said() => match self.operations.relay(said) {
                    Relay::Send(message) => send(socket, message).await?,
                    Relay::Close => return Err(Close::forbidden("token or rights have ended").into()),
                    Relay::Nothing => {}
                },
                message = socket.recv() => match message {
                    // Boxed: an introduction is large, and the socket would keep the room for one.
                    Some(Ok(message)) => Box::pin(self.hear(socket, message)).await?,
                    Some(Err(error)) => return Err(Close::unreadable(&error, settings.message_bytes).into()),
                    None => return Err(End::Gone),
                },
            }
        }
    }

    /// Lets the mutations under way answer before the socket is closed: what they changed is changed, and one of them may
    /// be what ended the session. Everything else ends at once, and nothing more is taken.
    async fn finish(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        self.operations.keep_mutations();
        let deadline = Instant::now() + self.http.app.config.server.request_timeout;
        while self.operations.count() > 0 {
            tokio::select! {
                () = sleep_until(deadline) => break,
                Some(said) = self.operations.said() => {
                    if let Relay::Send(message) = self.operations.relay(said) {
                        send(socket, message).await?;
                    }
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Close(_))) => return Err(End::Left),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Err(End::Gone),
                },
            }
        }
        Ok(())
    }

    /// Asks whether the client is still there; one that hasn't answered the last time isn't.
    async fn ping(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if !std::mem::take(&mut self.answered) {
            return Err(End::Gone);
        }
        send(socket, Message::Ping(bytes::Bytes::new())).await
    }

    async fn hear(&mut self, socket: &mut WebSocket, message: Message) -> Result<(), End> {
        self.answered = true;
        match message {
            Message::Text(text) => match protocol::read(&text)? {
                FromClient::Init(payload) => self.introduce(socket, &payload).await,
                FromClient::Ping => send(socket, protocol::pong()).await,
                FromClient::Pong => Ok(()),
                FromClient::Subscribe { id, payload } => self.subscribe(socket, id, payload).await,
                FromClient::Complete { id } => {
                    self.operations.stop(&id);
                    Ok(())
                }
            },
            Message::Binary(_) => Err(Close::invalid("Invalid message: send text").into()),
            // The library answers pings by itself.
            Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Left),
        }
    }

    async fn introduce(
        &mut self,
        socket: &mut WebSocket,
        payload: &Map<String, Value>,
    ) -> Result<(), End> {
        if self.known.is_some() {
            return Err(Close::too_many_inits().into());
        }
        let given = payload
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("authorization"))
            .and_then(|(_, value)| value.as_str())
            .map(str::to_owned)
            .or(self.authorization.take());
        let Some(given) = given else {
            return Err(
                Close::forbidden("send a token as payload.authorization: Bearer <token>").into(),
            );
        };
        let app = &self.http.app;
        let caller = self.caller.later(app.clock.now());
        let viewer = match bearer::of_authorization(app, &caller, &given).await {
            Ok(viewer) => viewer,
            Err(error) => {
                graphql::charge(&self.http, &caller, &error);
                return Err(self.closed_by(error).into());
            }
        };
        let most = app.config.server.live.per_principal;
        let slot = viewer.actor.id.map(|id| self.http.live.take(id, most));
        let Some(Ok(slot)) = slot else {
            return Err(Close::too_many_sockets(most).into());
        };
        let expires = Instant::now() + live::remaining(viewer.expires_at, caller.at);
        self.known = Some(Known {
            introduced: viewer.clone(),
            viewer,
            expires,
            _slot: slot,
        });
        send(socket, protocol::ack()).await
    }

    async fn subscribe(
        &mut self,
        socket: &mut WebSocket,
        id: String,
        payload: Value,
    ) -> Result<(), End> {
        if self.known.is_none() {
            return Err(Close::unauthorized().into());
        }
        if self.operations.is_running(&id) {
            return Err(Close::duplicate(&id).into());
        }
        self.revalidate().await?;
        let Some(known) = &self.known else {
            return Err(Close::unauthorized().into());
        };
        let caller = self.caller.later(self.http.app.clock.now());
        let most = self.http.app.config.server.live.operations;
        let incoming = if self.operations.count() >= most {
            Err(too_many_operations(most))
        } else {
            params::of_value(payload)
        };
        match incoming {
            Ok(asked) => {
                let call = caller.call(known.viewer.clone());
                self.operations
                    .start(id, self.http.clone(), caller, call, asked);
                Ok(())
            }
            Err(refusal) => {
                let errors = json!([refusal.json(&caller)]);
                send(socket, protocol::error(&id, &errors)).await
            }
        }
    }

    /// Can this event end or change the rights of whoever is on this socket?
    fn concerns(&self, event: &Event) -> bool {
        let principal = self.known.as_ref().and_then(|known| known.viewer.actor.id);
        event.changes_rights_of(principal)
    }

    /// Looks at the viewer again: the socket ends with its rights.
    async fn revalidate(&mut self) -> Result<(), End> {
        let Some(known) = &mut self.known else {
            return Ok(());
        };
        let at = self.http.app.clock.now();
        match identity::revalidate(&self.http.app, &known.introduced, at).await {
            Ok(viewer) => {
                known.viewer = viewer;
                Ok(())
            }
            Err(error) => Err(self.closed_by(error).into()),
        }
    }

    fn closed_by(&self, error: Error) -> Close {
        match error {
            Error::Api(error) if error.code == ErrorCode::Internal => Close::internal(),
            Error::Api(error) => Close::forbidden(
                error
                    .text
                    .in_locale(self.caller.locale.unwrap_or(entity::enums::Locale::En)),
            ),
            Error::User(_) => Close::forbidden("the token isn't accepted"),
            Error::Internal(cause) => {
                tracing::error!(request_id = %self.caller.request_id, %cause, "internal error");
                Close::internal()
            }
        }
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    match timeout(SLOWEST_READER, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Gone),
    }
}

fn too_many_operations(most: usize) -> Refusal {
    let text = Text::new(
        format!(
            "Too many operations on this socket: at most {most} at a time (limit liveOperations)."
        ),
        format!("此连接上的操作过多：同时最多 {most} 个（liveOperations）。"),
    );
    let status = axum::http::StatusCode::TOO_MANY_REQUESTS;
    Refusal::over_limit(
        status,
        ErrorCode::RateLimited,
        "liveOperations",
        None,
        most as u64,
        text,
    )
}
