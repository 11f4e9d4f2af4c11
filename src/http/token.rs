//! `/oauth/token`: access tokens for API clients by their credentials, as OAuth 2.0 says.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::caller::Caller;
use super::refusal::Refusal;
use super::{Http, bearer, body};
use crate::access::Viewer;
use crate::identity::oauth::{self, TokenForm};

/// `POST /oauth/token`: a form, answered in JSON.
pub async fn post(
    State(http): State<Http>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, content) = request.into_parts();
    let form = match read(&http, &parts.headers, content).await {
        Ok(form) => form,
        Err(refusal) => return refusal.response(&caller),
    };
    let call = caller.call(Viewer::anonymous());
    let (status, answer) = match (&form, bearer::given(&parts.headers)) {
        (Some(form), Ok(authorization)) => {
            oauth::token(&http.app, &call, form, authorization).await
        }
        (Some(_), Err(_)) => oauth::ambiguous(),
        (None, _) => oauth::unreadable(),
    };
    let mut response = Response::new(Body::from(answer.to_string()));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match status {
        401 => {
            let challenge = HeaderValue::from_static("Basic realm=\"aftercare\"");
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        429 => {
            let seconds = answer
                .get("retry_after")
                .and_then(serde_json::Value::as_u64);
            headers.insert(header::RETRY_AFTER, seconds.unwrap_or(1).into());
        }
        _ => {}
    }
    response
}

/// The form; none when it can't be read as one.
async fn read(
    http: &Http,
    headers: &HeaderMap,
    content: Body,
) -> Result<Option<TokenForm>, Refusal> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase());
    if content_type.as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(Refusal::bad_input(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Type: send the request as application/x-www-form-urlencoded.",
            "Content-Type：请以 application/x-www-form-urlencoded 发送请求。",
        ));
    }
    let bytes = body::read(content, &http.app.config.server).await?;
    Ok(serde_urlencoded::from_bytes(&bytes).ok())
}
