//! What happens to every request, whatever its path.

use std::panic::AssertUnwindSafe;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use tokio::time::Instant;
use tracing::{Instrument, field};

use super::caller::{Caller, REQUEST_ID};
use super::refusal::Refusal;
use super::{Http, metrics, security};

/// Gives the request its [`Caller`] and log span, turns a panic into an answer, counts, and adds the headers that every
/// answer carries.
pub async fn attend(State(http): State<Http>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (mut parts, body) = request.into_parts();
    let caller = Caller::of(&http.app, &parts);
    let route = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!(
        "request",
        request_id = %caller.request_id,
        method = %parts.method,
        route,
        principal = field::Empty,
        operation = field::Empty,
    );
    parts.extensions.insert(caller.clone());
    let answer = next.run(Request::from_parts(parts, body));
    let answer = AssertUnwindSafe(answer)
        .catch_unwind()
        .instrument(span.clone());
    let mut response = match answer.await {
        Ok(response) => response,
        Err(panic) => {
            let cause = panic
                .downcast_ref::<&str>()
                .copied()
                .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            span.in_scope(|| tracing::error!(cause, "a request panicked"));
            Refusal::internal(&caller).response(&caller)
        }
    };
    let took = begun.elapsed();
    metrics::request(&route, response.status(), took);
    span.in_scope(|| {
        let millis = took.as_secs_f64() * 1_000.0;
        tracing::debug!(status = response.status().as_u16(), millis, "answered");
    });
    let headers = response.headers_mut();
    security::secure(headers, &http.app.config);
    if let Ok(id) = HeaderValue::from_str(&caller.request_id) {
        headers.insert(REQUEST_ID.clone(), id);
    }
    response
}
