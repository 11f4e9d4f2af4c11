//! HTTP: what comes in over the wire, bounded before it is believed, and what goes out.
//!
//! | path | file |
//! |---|---|
//! | `/graphql` (POST, GET, event streams, WebSockets) | [`graphql`], [`sse`], [`websocket`] |
//! | `/export/csv`, `/export/xlsx` | [`export`] |
//! | `/oauth/token`, `/.well-known/jwks.json` | [`token`], [`jwks`] |
//! | `/schema.graphql` | [`schema`] |
//! | `/survey/{token}` | [`survey`] |
//! | `/calendar/{token}.ics` | [`calendar`] |
//! | `/healthz`, `/readyz`, `/metrics` | [`health`], [`metrics`] |
//! | `/`, `/demo-users.json` | [`page`] |
//!
//! Every request passes [`attend`](layer::attend): it gets its id, language and log span there, and a panic becomes an
//! answer. Every refusal is a GraphQL error in JSON ([`refusal`]), also of what never becomes a request (`unheard`). Nothing here knows
//! what a ticket is.

pub mod bearer;
pub mod body;
pub mod calendar;
pub mod caller;
pub mod export;
pub mod graphql;
pub mod health;
pub mod jwks;
pub mod layer;
pub mod live;
pub mod metrics;
pub mod negotiation;
pub mod origin;
mod pace;
pub mod page;
pub mod params;
mod patience;
pub mod refusal;
pub mod schema;
pub mod security;
pub mod server;
pub mod sse;
pub mod survey;
pub mod token;
mod unheard;
pub mod websocket;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::graphql::endpoint::Endpoint;
use caller::Caller;
use live::Slots;
use refusal::Refusal;

pub use server::serve;

/// What the handlers use.
#[derive(Clone)]
pub struct Http {
    /// The wired server.
    pub app: Arc<App>,
    /// The way into the schema.
    pub endpoint: Arc<Endpoint>,
    /// Open sockets and event streams.
    pub live: Slots,
}

/// All routes.
pub fn router(app: Arc<App>, endpoint: Arc<Endpoint>) -> Router {
    metrics::install();
    let config = &app.config;
    let router = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/export/csv", post(export::csv))
        .route("/export/xlsx", post(export::xlsx))
        .route("/schema.graphql", get(schema::get))
        .route("/oauth/token", post(token::post))
        .route("/.well-known/jwks.json", get(jwks::get))
        .route("/survey/{token}", get(survey::get).post(survey::post))
        .route("/calendar/{file}", get(calendar::get))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::get))
        .route("/demo-users.json", get(page::demo_users));
    let router = page::add(router, config)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CompressionLayer::new())
        .layer(security::cors(config));
    let http = Http {
        app,
        endpoint,
        live: Slots::default(),
    };
    router
        .layer(middleware::from_fn_with_state(http.clone(), layer::attend))
        .with_state(http)
}

async fn method_not_allowed(Extension(caller): Extension<Caller>) -> Response {
    Refusal::bad_input(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path doesn't take that method; the Allow header names those it takes.",
        "此路径不支持该方法；Allow 头列出了支持的方法。",
    )
    .response(&caller)
}
