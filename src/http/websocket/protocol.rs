//! The messages and close codes of `graphql-transport-ws`.

use axum::extract::ws::{CloseFrame, Message};
use serde_json::{Map, Value, json};

use crate::graphql::body::Body;

/// Longest id of an operation.
const LONGEST_ID: usize = 128;
/// Longest reason that fits into a close frame.
const LONGEST_REASON: usize = 123;

/// Why a socket is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The close code.
    pub code: u16,
    /// The reason, for people.
    pub reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        let mut end = LONGEST_REASON.min(reason.len());
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        reason.truncate(end);
        Self { code, reason }
    }

    /// May what is being changed answer first?
    pub(super) const fn lets_finish(&self) -> bool {
        matches!(self.code, 1001 | 4403)
    }

    pub(super) fn going_away() -> Self {
        Self::new(1001, "The server stops")
    }

    /// For a frame that the library couldn't read. Its errors come without their type, so that only their words say of which kind
    /// they are; a test sends such frames.
    pub(super) fn unreadable(error: &axum::Error, longest: usize) -> Self {
        let said = error.to_string();
        if said.starts_with("Space limit exceeded") {
            Self::new(1009, format!("Message longer than {longest} bytes"))
        } else if said.starts_with("UTF-8 encoding error") {
            Self::new(1007, "Text that is no UTF-8")
        } else {
            Self::new(1002, "No frame of the WebSocket protocol")
        }
    }

    pub(super) fn invalid(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    pub(super) fn forbidden(reason: &str) -> Self {
        Self::new(4403, format!("Forbidden: {reason}"))
    }

    pub(super) fn init_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    pub(super) fn duplicate(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(super) fn too_many_inits() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    pub(super) fn too_many_sockets(most: usize) -> Self {
        Self::new(4429, format!("Too many open connections: at most {most}"))
    }

    pub(super) fn internal() -> Self {
        Self::new(1011, "Internal error")
    }

    /// The frame that says it.
    pub(super) fn message(self) -> Message {
        Message::Close(Some(CloseFrame {
            code: self.code,
            reason: self.reason.into(),
        }))
    }
}

/// What a client says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FromClient {
    Init(Map<String, Value>),
    Ping,
    Pong,
    Subscribe { id: String, payload: Value },
    Complete { id: String },
}

/// Reads a client's message.
pub(super) fn read(text: &str) -> Result<FromClient, Close> {
    let value: Value =
        serde_json::from_str(text).map_err(|_| Close::invalid("Invalid message: no JSON"))?;
    let Value::Object(mut message) = value else {
        return Err(Close::invalid("Invalid message: no JSON object"));
    };
    let payload = message.remove("payload");
    match message.get("type").and_then(Value::as_str) {
        Some("connection_init") => Ok(FromClient::Init(object(payload)?)),
        Some("ping") => object(payload).map(|_| FromClient::Ping),
        Some("pong") => object(payload).map(|_| FromClient::Pong),
        Some("subscribe") => Ok(FromClient::Subscribe {
            id: id(&message)?,
            payload: request(payload)?,
        }),
        Some("complete") => Ok(FromClient::Complete { id: id(&message)? }),
        Some(_) => Err(Close::invalid("Invalid message: unknown type")),
        None => Err(Close::invalid("Invalid message: no type")),
    }
}

fn object(payload: Option<Value>) -> Result<Map<String, Value>, Close> {
    match payload {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(Close::invalid("Invalid message: the payload is an object")),
    }
}

/// The payload of a `subscribe`. Its form belongs to the protocol; what the document says does not.
fn request(payload: Option<Value>) -> Result<Value, Close> {
    let Some(Value::Object(request)) = payload else {
        return Err(Close::invalid("Invalid message: subscribe needs a payload"));
    };
    let absent = |name: &str| request.get(name).is_none_or(Value::is_null);
    let persisted = |extensions: &Value| extensions.get("persistedQuery").is_some();
    let named = !absent("documentId") || request.get("extensions").is_some_and(persisted);
    let written = request.get("query").is_some_and(Value::is_string);
    if !written && (!named || !absent("query")) {
        return Err(Close::invalid("Invalid message: query is a string"));
    }
    if !absent("documentId") && !request.get("documentId").is_some_and(Value::is_string) {
        return Err(Close::invalid("Invalid message: documentId is a string"));
    }
    if !absent("operationName") && !request.get("operationName").is_some_and(Value::is_string) {
        return Err(Close::invalid("Invalid message: operationName is a string"));
    }
    for name in ["variables", "extensions"] {
        if !absent(name) && !request.get(name).is_some_and(Value::is_object) {
            return Err(Close::invalid(format!(
                "Invalid message: {name} is an object"
            )));
        }
    }
    Ok(Value::Object(request))
}

fn id(message: &Map<String, Value>) -> Result<String, Close> {
    message
        .get("id")
        .and_then(Value::as_str)
        .filter(|id| !id.is_empty() && id.len() <= LONGEST_ID)
        .map(str::to_owned)
        .ok_or_else(|| {
            Close::invalid(format!(
                "Invalid message: id is a string of 1 to {LONGEST_ID} bytes"
            ))
        })
}

pub(super) fn ack() -> Message {
    text(&json!({ "type": "connection_ack" }))
}

pub(super) fn pong() -> Message {
    text(&json!({ "type": "pong" }))
}

pub(super) fn next(id: &str, response: &Body) -> Message {
    let mut next = serde_json::to_vec(&json!({ "id": id, "type": "next" })).unwrap_or_default();
    next.pop();
    next.extend_from_slice(b",\"payload\":");
    next.extend(response.bytes());
    next.push(b'}');
    Message::Text(String::from_utf8(next).unwrap_or_default().into())
}

pub(super) fn error(id: &str, errors: &Value) -> Message {
    text(&json!({ "id": id, "type": "error", "payload": errors }))
}

pub(super) fn complete(id: &str) -> Message {
    text(&json!({ "id": id, "type": "complete" }))
}

fn text(value: &Value) -> Message {
    Message::Text(value.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_outside_of_the_protocol_close_the_socket() {
        for wrong in [
            "",
            "[]",
            "\"ping\"",
            "{}",
            "{\"type\":1}",
            "{\"type\":\"start\"}",
            "{\"type\":\"ping\",\"payload\":1}",
            "{\"type\":\"connection_init\",\"payload\":\"token\"}",
            "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
            "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{a}\"}}",
            "{\"type\":\"subscribe\",\"id\":\"1\"}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":1}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\",\"variables\":[]}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\",\"operationName\":1}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":null}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"documentId\":1}}",
            "{\"type\":\"complete\"}",
        ] {
            assert_eq!(read(wrong).expect_err(wrong).code, 4400, "{wrong}");
        }
        assert_eq!(read("{\"type\":\"ping\"}"), Ok(FromClient::Ping));
        for named in [
            "{\"documentId\":\"one\"}",
            "{\"query\":null,\"extensions\":{\"persistedQuery\":{}}}",
        ] {
            let message = format!("{{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{named}}}");
            assert!(read(&message).is_ok(), "{message}");
        }
    }

    #[test]
    fn a_reason_fits_into_its_frame() {
        let close = Close::duplicate(&"号".repeat(60));
        assert!(close.reason.len() <= LONGEST_REASON);
    }
}
