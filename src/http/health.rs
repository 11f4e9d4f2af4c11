//! `/healthz` for whoever restarts the process, `/readyz` for whoever sends it requests.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sea_orm::ConnectionTrait;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::Http;
use crate::app::App;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process is alive.
pub async fn alive() -> Response {
    plain_json(StatusCode::OK, &json!({ "status": "alive" }))
}

/// `GET /readyz`: requests can be served; names what can't.
pub async fn ready(State(http): State<Http>) -> Response {
    let checks = [
        ("database", database(&http.app).await),
        ("migrations", migrations(&http.app).await),
        ("events", http.app.delivery.problem().map(str::to_owned)),
        (
            "serving",
            http.app
                .stopping
                .is_cancelled()
                .then(|| "the server is stopping".to_owned()),
        ),
    ];
    let ready = checks.iter().all(|(_, problem)| problem.is_none());
    let shown: Map<String, Value> = checks
        .into_iter()
        .map(|(name, problem)| {
            (
                name.to_owned(),
                problem.unwrap_or_else(|| "ok".to_owned()).into(),
            )
        })
        .collect();
    let (status, word) = if ready {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    };
    plain_json(status, &json!({ "status": word, "checks": shown }))
}

async fn database(app: &App) -> Option<String> {
    match timeout(PATIENCE, app.db.reader().execute_unprepared("SELECT 1")).await {
        Ok(Ok(_)) => None,
        // The cause may name hosts and users; it is for the log.
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database doesn't answer");
            Some("the database doesn't answer".to_owned())
        }
        Err(_) => Some("the database doesn't answer in time".to_owned()),
    }
}

async fn migrations(app: &App) -> Option<String> {
    match timeout(PATIENCE, app.db.pending_migrations()).await {
        Ok(Ok(0)) => None,
        Ok(Ok(pending)) => Some(format!("{pending} migrations wait to be applied")),
        _ => Some("unknown while the database doesn't answer".to_owned()),
    }
}

fn plain_json(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}
