//! The page at `/`: GraphiQL when it was built, else a plain page of our own. Nothing comes from elsewhere.

use std::path::{Path, PathBuf};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::Http;
use super::caller::Caller;
use super::refusal::Refusal;
use crate::config::Config;

const PLAIN_PAGE: &str = include_str!("page/index.html");
const PLAIN_SCRIPT: &str = include_str!("page/page.js");
const PLAIN_STYLE: &str = include_str!("page/page.css");

/// Adds the page to the routes.
pub fn add(router: Router<Http>, config: &Config) -> Router<Http> {
    match built(config) {
        Some(folder) => {
            router.fallback(move |caller, request| serve(folder.clone(), caller, request))
        }
        None => router
            .route(
                "/",
                get(|| async { text("text/html; charset=utf-8", PLAIN_PAGE) }),
            )
            .route(
                "/page.js",
                get(|| async { text("text/javascript; charset=utf-8", PLAIN_SCRIPT) }),
            )
            .route(
                "/page.css",
                get(|| async { text("text/css; charset=utf-8", PLAIN_STYLE) }),
            )
            .fallback(nothing),
    }
}

/// Where the built page lies, if it does.
fn built(config: &Config) -> Option<PathBuf> {
    let candidates = match &config.server.web_dir {
        Some(folder) => vec![folder.clone()],
        None => vec![config.data_dir.0.join("web"), PathBuf::from("web/dist")],
    };
    candidates
        .into_iter()
        .find(|folder| folder.join("index.html").is_file())
}

async fn serve(folder: PathBuf, caller: Extension<Caller>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return nothing(caller).await;
    }
    let keep = lasting(request.uri().path());
    let Ok(found) = ServeDir::new(Path::new(&folder)).oneshot(request).await;
    if found.status() == StatusCode::NOT_FOUND {
        return nothing(caller).await;
    }
    let mut response = found.map(axum::body::Body::new);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// Names under `/assets/` carry a hash of their content, all but that of the notices.
fn lasting(path: &str) -> &'static str {
    if path.starts_with("/assets/") && path != "/assets/licenses.md" {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

async fn nothing(Extension(caller): Extension<Caller>) -> Response {
    Refusal::bad_input(
        StatusCode::NOT_FOUND,
        "There is nothing at this path; the API is at /graphql.",
        "此路径不存在；API 地址为 /graphql。",
    )
    .response(&caller)
}

fn text(content_type: &'static str, body: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, body).into_response()
}

/// `GET /demo-users.json`: the sign-ins of the demo company, on a demo server only.
pub async fn demo_users(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let file = http.app.config.data_dir.0.join("demo-users.json");
    let users = if http.app.config.demo {
        tokio::fs::read(&file).await.ok()
    } else {
        None
    };
    match users {
        Some(users) => (
            [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
            users,
        )
            .into_response(),
        None => nothing(Extension(caller)).await,
    }
}
