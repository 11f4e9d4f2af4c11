//! From bytes to a question, and from rows to bytes.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The question in a body.
pub struct Question<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Question<T> {
    type Rejection = Failed;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Failed> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| Failed(error.to_string()))?;
        Ok(Self(serde_json::from_slice(&body)?))
    }
}

/// An answer, `{"data":{"<name>":...}}`.
pub struct Answer(Vec<u8>);

impl Answer {
    /// With one value.
    pub fn of(name: &str, value: &impl Serialize) -> Self {
        let mut bytes = Vec::with_capacity(16 * 1024);
        bytes.extend_from_slice(b"{\"data\":{\"");
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b"\":");
        // Rows have no maps with other keys than texts, so this can't fail.
        let written = serde_json::to_writer(&mut bytes, value);
        debug_assert!(written.is_ok(), "rows are always JSON");
        bytes.extend_from_slice(b"}}");
        Self(bytes)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// Why there is no answer.
pub struct Failed(pub String);

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0).into_response()
    }
}
