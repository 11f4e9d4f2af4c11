//! `/graphql`: POST for everything, GET for queries, both also as event streams; WebSockets knock here too.

use async_graphql::parser::types::OperationType;
use axum::Extension;
use axum::body::Body;
use axum::extract::{FromRequestParts, Query, Request, State, WebSocketUpgrade};
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::Response;
use tokio::time::{Instant, timeout};

use super::caller::Caller;
use super::negotiation::{self, Media};
use super::params::{self, QueryString};
use super::refusal::Refusal;
use super::{Http, bearer, body, metrics, sse, websocket};
use crate::access::Call;
use crate::config::span;
use crate::error::{Error, ErrorCode, Text};
use crate::graphql::budget::{Payer, REFUSED};
use crate::graphql::endpoint::{Allow, Answer, AnswerKind, Asked, Incoming};
use crate::graphql::errors::spent;

/// `POST /graphql`.
pub async fn post(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let media = match negotiation::accepted(&parts.headers) {
        Ok(media) => media,
        Err(refusal) => return refusal.response(&caller),
    };
    let read = async {
        negotiation::json_body(&parts.headers)?;
        let call = authenticated(&http, &caller, &parts).await?;
        let bytes = body::read(body, &http.app.config.server).await?;
        Ok((call, params::of_json(&bytes)?))
    };
    match read.await {
        Ok((call, asked)) => {
            let allow = Allow::QueriesAndMutations;
            answer(&http, &caller, call, asked, allow, media).await
        }
        Err(refusal) => Refusal::response_as(&refusal, &caller, media),
    }
}

/// `GET /graphql`: a query in the query string, an event stream, or a WebSocket.
pub async fn get(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    if websocket::wanted(&parts.headers) {
        if let Err(refusal) = admitted(&http, &caller) {
            return refusal.response(&caller);
        }
        return match WebSocketUpgrade::from_request_parts(&mut parts, &http).await {
            Ok(upgrade) => websocket::accept(http, caller, &parts, upgrade),
            Err(rejection) => Refusal::bad_input(
                StatusCode::BAD_REQUEST,
                rejection.body_text(),
                "无效的 WebSocket 握手请求。",
            )
            .response(&caller),
        };
    }
    let media = match negotiation::accepted(&parts.headers) {
        Ok(media) => media,
        Err(refusal) => return refusal.response(&caller),
    };
    let read = async {
        let Query(parameters) = Query::<QueryString>::try_from_uri(&parts.uri).map_err(|_| {
            Refusal::bad_input(
                StatusCode::BAD_REQUEST,
                "The query string has query, documentId, variables, operationName and extensions, each at most once.",
                "查询参数为 query、documentId、variables、operationName、extensions，各最多出现一次。",
            )
        })?;
        let call = authenticated(&http, &caller, &parts).await?;
        Ok((call, params::of_query(parameters)?))
    };
    match read.await {
        Ok((call, asked)) => answer(&http, &caller, call, asked, Allow::QueriesOnly, media).await,
        Err(refusal) => Refusal::response_as(&refusal, &caller, media),
    }
}

/// The call of whoever sent the request.
///
/// # Errors
/// 401 for a bad token.
pub(super) async fn authenticated(
    http: &Http,
    caller: &Caller,
    parts: &Parts,
) -> Result<Call, Refusal> {
    admitted(http, caller)?;
    let viewer = bearer::viewer(&http.app, caller, &parts.headers)
        .await
        .map_err(|error| {
            charge(http, caller, &error);
            Refusal::from_error(error, caller)
        })?;
    if let Some(id) = viewer.actor.id {
        tracing::Span::current().record("principal", tracing::field::display(id));
    }
    Ok(caller.call(viewer))
}

/// Has anything been left to the address that a request comes from? Asked before anybody is known.
///
/// # Errors
/// 429 when all of it is spent.
pub(super) fn admitted(http: &Http, caller: &Caller) -> Result<(), Refusal> {
    http.endpoint
        .budget()
        .admit(&Payer::at(caller.address), caller.at)
        .map_err(|retry_after| Refusal::from(spent(retry_after)))
}

/// The address pays for a token that was looked at for nothing.
pub(super) fn charge(http: &Http, caller: &Caller, error: &Error) {
    if matches!(error, Error::Api(error) if error.code == ErrorCode::Unauthenticated) {
        let payer = Payer::at(caller.address);
        http.endpoint.budget().charge(&payer, REFUSED, caller.at);
    }
}

async fn answer(
    http: &Http,
    caller: &Caller,
    call: Call,
    asked: Asked,
    allow: Allow,
    media: Media,
) -> Response {
    let incoming = match http.endpoint.admit(&call, asked) {
        Ok(incoming) => incoming,
        Err(refused) if media == Media::Events => return sse::refuse(http, *refused),
        Err(refused) => return response(*refused, media),
    };
    if let Some(name) = &incoming.operation_name {
        tracing::Span::current().record("operation", name.chars().take(80).collect::<String>());
    }
    if media == Media::Events {
        return sse::respond(http, caller, call, incoming, allow);
    }
    if http.endpoint.operation_kind(&incoming) == Some(OperationType::Subscription) {
        let refusal = Refusal::bad_input(
            StatusCode::BAD_REQUEST,
            "A subscription needs a WebSocket (graphql-transport-ws) or Accept: text/event-stream.",
            "订阅需要 WebSocket（graphql-transport-ws）或 Accept: text/event-stream。",
        );
        return refusal.response_as(caller, media);
    }
    match execute(http, call, incoming, allow, metrics::Transport::Http).await {
        Ok(answer) => response(answer, media),
        Err(refusal) => refusal.response_as(caller, media),
    }
}

/// Runs a query or mutation within the time a request may take, and counts it.
///
/// # Errors
/// 504 when it takes too long.
pub(super) async fn execute(
    http: &Http,
    call: Call,
    incoming: Incoming,
    allow: Allow,
    transport: metrics::Transport,
) -> Result<Answer, Refusal> {
    let most = http.app.config.server.request_timeout;
    let kind = http.endpoint.operation_kind(&incoming);
    let begun = Instant::now();
    let answer = timeout(
        most,
        http.endpoint.execute(&http.app, call, incoming, allow),
    )
    .await;
    metrics::operation(transport, kind, answer.as_ref().ok(), begun.elapsed());
    answer.map_err(|_| {
        let shown = span::print(most);
        let text = Text::new(
            format!(
                "The request took longer than {shown} (limit requestTimeout). Whether a change was made is unknown: repeat it with the same idempotencyKey."
            ),
            format!("请求超过 {shown}（requestTimeout）。变更是否生效未知：请使用相同的 idempotencyKey 重试。"),
        );
        let maximum = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
        let status = StatusCode::GATEWAY_TIMEOUT;
        Refusal::over_limit(status, ErrorCode::CostExceeded, "requestTimeout", None, maximum, text)
    })
}

pub(super) fn response(answer: Answer, media: Media) -> Response {
    let status = match (answer.kind, media) {
        (AnswerKind::Executed, _) | (AnswerKind::RequestError, Media::Json | Media::Events) => {
            StatusCode::OK
        }
        (AnswerKind::RequestError, Media::Response) => StatusCode::BAD_REQUEST,
        (AnswerKind::NotAllowed, _) => StatusCode::METHOD_NOT_ALLOWED,
        (AnswerKind::RateLimited { .. }, _) => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut response = Response::new(Body::from(answer.body.bytes()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    match answer.kind {
        AnswerKind::NotAllowed => {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        AnswerKind::RateLimited { retry_after } => {
            headers.insert(header::RETRY_AFTER, retry_after.into());
        }
        AnswerKind::Executed | AnswerKind::RequestError => {}
    }
    response
}
