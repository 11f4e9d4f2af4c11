//! `/metrics`: what Prometheus reads. Labels take few values: never an id, a path with an id, or anything a client wrote.

use std::sync::OnceLock;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use subtle::ConstantTimeEq;

use super::caller::Caller;
use super::refusal::Refusal;
use super::{Http, bearer};
use crate::error::ApiError;
use crate::graphql::endpoint::{Answer, AnswerKind};

const OPERATIONS: &str = "aftercare_graphql_operations_total";
const OPERATION_SECONDS: &str = "aftercare_graphql_operation_seconds";
const SUBSCRIPTIONS: &str = "aftercare_graphql_subscriptions_total";
const REQUESTS: &str = "aftercare_http_requests_total";
const REQUEST_SECONDS: &str = "aftercare_http_request_seconds";
const STATEMENTS: &str = "aftercare_sql_statements_total";
const LIVE: &str = "aftercare_live_connections";
const OUTBOX: &str = "aftercare_outbox_waiting_events";
const OUTBOX_SECONDS: &str = "aftercare_outbox_lag_seconds";

/// Upper ends of the buckets of latencies, in seconds.
const BUCKETS: [f64; 11] = [
    0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

/// How an operation came in.
#[derive(Clone, Copy, Debug)]
pub enum Transport {
    /// POST or GET.
    Http,
    /// A WebSocket.
    Socket,
    /// An event stream.
    Events,
}

impl Transport {
    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Socket => "websocket",
            Self::Events => "sse",
        }
    }
}

/// The process's recorder. There is one, however many servers a process has; none when another one was installed.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to record; later calls change nothing.
pub fn install() {
    RECORDER.get_or_init(|| {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .and_then(PrometheusBuilder::install_recorder);
        describe();
        handle
            .inspect_err(|error| tracing::warn!(%error, "there will be no metrics"))
            .ok()
    });
}

fn describe() {
    describe_counter!(
        OPERATIONS,
        "GraphQL operations by kind, transport and outcome"
    );
    describe_histogram!(
        OPERATION_SECONDS,
        Unit::Seconds,
        "Time of GraphQL operations"
    );
    describe_counter!(SUBSCRIPTIONS, "Subscriptions begun, by transport");
    describe_counter!(REQUESTS, "HTTP requests by route and class of status");
    describe_histogram!(
        REQUEST_SECONDS,
        Unit::Seconds,
        "Time until the answer to an HTTP request began"
    );
    describe_counter!(STATEMENTS, "SQL statements sent");
    describe_gauge!(
        LIVE,
        "Open WebSockets and event streams of signed-in principals"
    );
    describe_gauge!(OUTBOX, "Events that wait to be delivered");
    describe_gauge!(
        OUTBOX_SECONDS,
        Unit::Seconds,
        "Age of the oldest event that waits to be delivered"
    );
}

/// Counts a query or mutation; no answer means that it took too long.
pub fn operation(
    transport: Transport,
    kind: Option<OperationType>,
    answer: Option<&Answer>,
    took: Duration,
) {
    let kind = match kind {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "unknown",
    };
    let outcome = match answer.map(|answer| answer.kind) {
        None => "timeout",
        Some(AnswerKind::Executed) => {
            let errors = answer.is_some_and(|answer| answer.body.errors().is_some());
            if errors { "errors" } else { "ok" }
        }
        Some(AnswerKind::RequestError) => "request_error",
        Some(AnswerKind::NotAllowed) => "not_allowed",
        Some(AnswerKind::RateLimited { .. }) => "rate_limited",
    };
    counter!(OPERATIONS, "kind" => kind, "transport" => transport.name(), "outcome" => outcome)
        .increment(1);
    histogram!(OPERATION_SECONDS, "kind" => kind).record(took.as_secs_f64());
}

/// Counts a subscription that begins.
pub fn subscription(transport: Transport) {
    counter!(SUBSCRIPTIONS, "transport" => transport.name()).increment(1);
}

/// Counts an HTTP request by the route that took it.
pub fn request(route: &str, status: StatusCode, took: Duration) {
    let class = match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    counter!(REQUESTS, "route" => route.to_owned(), "status" => class).increment(1);
    histogram!(REQUEST_SECONDS, "route" => route.to_owned()).record(took.as_secs_f64());
}

/// `GET /metrics`.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    if let Some(expected) = &http.app.config.server.metrics_token {
        let given = bearer::given(&headers)
            .ok()
            .flatten()
            .and_then(bearer::token)
            .unwrap_or_default();
        if !bool::from(given.as_bytes().ct_eq(expected.expose().as_bytes())) {
            return Refusal::from(ApiError::unauthenticated()).response(&caller);
        }
    }
    let Some(Some(recorder)) = RECORDER.get() else {
        return Refusal::from(ApiError::not_found()).response(&caller);
    };
    counter!(STATEMENTS).absolute(http.app.db.statements());
    gauge!(LIVE).set(http.live.count() as f64);
    if let Ok(backlog) = crate::events::backlog(http.app.db.reader()).await {
        gauge!(OUTBOX).set(backlog.waiting as f64);
        let age = backlog
            .oldest
            .map_or(0, |at| (caller.at - at).num_milliseconds().max(0));
        gauge!(OUTBOX_SECONDS).set(age as f64 / 1_000.0);
    }
    recorder.run_upkeep();
    let content_type = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (content_type, recorder.render()).into_response()
}
