//! Event streams: graphql-sse in its "distinct connections" mode, one stream an operation.

use std::convert::Infallible;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::caller::Caller;
use super::metrics::{self, Transport};
use super::negotiation::Media;
use super::refusal::Refusal;
use super::{Http, graphql, live};
use crate::access::Call;
use crate::error::ApiError;
use crate::graphql::endpoint::{Allow, Incoming};

/// How often something is sent on a silent stream, so that nobody in between takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// Answers a request as a stream of `next` events and one `complete`.
pub fn respond(
    http: &Http,
    caller: &Caller,
    call: Call,
    incoming: Incoming,
    allow: Allow,
) -> Response {
    let kind = http.endpoint.operation_kind(&incoming);
    let slot = match call.viewer.actor.id {
        Some(principal) => {
            let most = http.app.config.server.live.per_principal;
            match http.live.take(principal, most) {
                Ok(slot) => Some(slot),
                Err(refusal) => return refusal.response(caller),
            }
        }
        None => None,
    };
    if kind == Some(OperationType::Subscription) && slot.is_none() {
        return Refusal::from(ApiError::unauthenticated()).response(caller);
    }
    let stream = if kind == Some(OperationType::Subscription) {
        let ends = Instant::now() + live::remaining(call.viewer.expires_at, http.app.clock.now());
        match http.endpoint.subscribe(&http.app, call, &incoming) {
            Ok(responses) => follow(http.clone(), caller.clone(), ends, responses).boxed(),
            Err(answer) => return graphql::response(*answer, Media::Json),
        }
    } else {
        single(http.clone(), caller.clone(), call, incoming, allow).boxed()
    };
    // What the stream holds lives as long as it does.
    let (slot, task) = (slot, http.app.tasks.token());
    let events = stream.map(move |event| {
        let _held = (&slot, &task);
        Ok::<_, Infallible>(event)
    });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that buffer would hold the events back.
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response
}

fn follow(
    http: Http,
    caller: Caller,
    ends: Instant,
    mut responses: BoxStream<'static, Value>,
) -> impl Stream<Item = Event> + Send {
    async_stream::stream! {
        metrics::subscription(Transport::Events);
        loop {
            let response = tokio::select! {
                biased;
                () = http.app.stopping.cancelled() => break,
                () = sleep_until(ends) => {
                    let refusal = Refusal::from(ApiError::unauthenticated());
                    yield next(&json!({ "errors": [refusal.json(&caller)] }));
                    break;
                }
                response = responses.next() => response,
            };
            let Some(response) = response else { break };
            yield next(&response);
            if live::ended(&response) {
                break;
            }
        }
        yield complete();
    }
}

fn single(
    http: Http,
    caller: Caller,
    call: Call,
    incoming: Incoming,
    allow: Allow,
) -> impl Stream<Item = Event> + Send {
    async_stream::stream! {
        let answer = graphql::execute(&http, call, incoming, allow, Transport::Events).await;
        yield match answer {
            Ok(answer) => next(&answer.body),
            Err(refusal) => next(&json!({ "errors": [refusal.json(&caller)] })),
        };
        yield complete();
    }
}

fn next(response: &Value) -> Event {
    // JSON on one line has no line breaks that an event's data could break at.
    Event::default().event("next").data(response.to_string())
}

fn complete() -> Event {
    Event::default().event("complete").data("")
}
