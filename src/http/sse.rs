//! Event streams: graphql-sse in its "distinct connections" mode, one stream an operation.

use std::convert::Infallible;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use serde_json::json;
use tokio::time::{Instant, sleep_until, timeout};

use super::caller::Caller;
use super::metrics::{self, Transport};
use super::negotiation::Media;
use super::refusal::Refusal;
use super::{Http, graphql, live};
use crate::access::Call;
use crate::error::ApiError;
use crate::graphql::body::Body as GraphqlBody;
use crate::graphql::endpoint::{self, Allow, Answer, AnswerKind, Incoming};

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
            // A status that means "later" is for the client's own retries; every other refusal is an event, as the
            // protocol says: a browser's `EventSource` can't read anything else.
            Err(answer) if matches!(answer.kind, AnswerKind::RateLimited { .. }) => {
                return graphql::response(*answer, Media::Json);
            }
            Err(answer) => {
                follow(http.clone(), caller.clone(), ends, endpoint::only(*answer)).boxed()
            }
        }
    } else {
        single(http.clone(), caller.clone(), call, incoming, allow).boxed()
    };
    open(http, slot, stream)
}

/// A stream that says why the request is refused, and ends.
pub fn refuse(http: &Http, answer: Answer) -> Response {
    let events = [next(&answer.body), complete()];
    open(http, None, futures_util::stream::iter(events).boxed())
}

fn open(http: &Http, slot: Option<live::Slot>, stream: BoxStream<'static, Bytes>) -> Response {
    // What the stream holds lives as long as it does.
    let held = (slot, http.app.tasks.token());
    let frames = alive(stream).map(move |frame| {
        let _held = &held;
        Ok::<_, Infallible>(frame)
    });
    let mut response = Response::new(Body::from_stream(frames));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // Proxies that buffer would hold the events back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Puts a comment into every silence.
fn alive(mut events: BoxStream<'static, Bytes>) -> impl Stream<Item = Bytes> + Send {
    async_stream::stream! {
        loop {
            match timeout(KEEP_ALIVE, events.next()).await {
                Ok(Some(event)) => yield event,
                Ok(None) => break,
                Err(_) => yield Bytes::from_static(b":\n\n"),
            }
        }
    }
}

fn follow(
    http: Http,
    caller: Caller,
    ends: Instant,
    mut responses: BoxStream<'static, GraphqlBody>,
) -> impl Stream<Item = Bytes> + Send {
    async_stream::stream! {
        metrics::subscription(Transport::Events);
        loop {
            let response = tokio::select! {
                biased;
                () = http.app.stopping.cancelled() => break,
                () = sleep_until(ends) => {
                    let refusal = Refusal::from(ApiError::unauthenticated());
                    yield next(&GraphqlBody::refused(json!([refusal.json(&caller)])));
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
) -> impl Stream<Item = Bytes> + Send {
    async_stream::stream! {
        let answer = graphql::execute(&http, call, incoming, allow, Transport::Events).await;
        yield match answer {
            Ok(answer) => next(&answer.body),
            Err(refusal) => next(&GraphqlBody::refused(json!([refusal.json(&caller)]))),
        };
        yield complete();
    }
}

fn next(response: &GraphqlBody) -> Bytes {
    // JSON in one line has no line breaks that an event's data could break at.
    Bytes::from([&b"event: next\ndata: "[..], &response.bytes(), b"\n\n"].concat())
}

fn complete() -> Bytes {
    // Without a line of data a browser would drop the event.
    Bytes::from_static(b"event: complete\ndata:\n\n")
}
