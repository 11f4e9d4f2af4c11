//! OAuth 2.0 client credentials (RFC 6749, section 4.4) for `POST /oauth/token`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::api_client_sign_in;
use crate::access::Call;
use crate::app::App;
use crate::error::{Error, ErrorCode};

/// The fields of the form. Others are ignored, as the RFC asks.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// Must be `client_credentials`.
    pub grant_type: String,
    /// The client's id, unless it stands in `Authorization`.
    pub client_id: Option<String>,
    /// The client's secret, unless it stands in `Authorization`.
    pub client_secret: Option<String>,
}

/// Status and body of the answer to a request for a token. `authorization` is that header of the request. Whoever mounts
/// this adds `Cache-Control: no-store`, for a 401 `WWW-Authenticate: Basic`, and for a 429 `Retry-After` from
/// `retry_after`.
pub async fn token(
    app: &App,
    call: &Call,
    form: &TokenForm,
    authorization: Option<&str>,
) -> (u16, Value) {
    if form.grant_type.is_empty() {
        return refuse(400, "invalid_request", "grant_type is missing");
    }
    if form.grant_type != "client_credentials" {
        let why = "the only grant_type is client_credentials";
        return refuse(400, "unsupported_grant_type", why);
    }
    let (id, secret) = match credentials(form, authorization) {
        Ok(credentials) => credentials,
        Err(answer) => return answer,
    };
    match api_client_sign_in(app, call, &id, &secret).await {
        Ok(tokens) => (
            200,
            json!({
                "access_token": tokens.access_token,
                "token_type": "Bearer",
                "expires_in": (tokens.expires_at - call.at).num_seconds(),
            }),
        ),
        Err(Error::User(_)) => refuse(401, "invalid_client", "client id or secret is wrong"),
        Err(Error::Api(error)) if error.code == ErrorCode::RateLimited => {
            let (_, mut body) = refuse(429, "temporarily_unavailable", "too many attempts");
            body["retry_after"] = error.facts.get("retryAfter").cloned().unwrap_or(1.into());
            (429, body)
        }
        Err(cause) => {
            tracing::error!(request_id = %call.request_id, %cause, "internal error");
            let why = format!("request {}", call.request_id);
            refuse(500, "server_error", &why)
        }
    }
}

/// Status and body of the answer to a form that can't be read, such as one with a parameter that stands twice.
#[must_use]
pub fn unreadable() -> (u16, Value) {
    let why = "the form can't be read; every parameter stands in it once at most";
    refuse(400, "invalid_request", why)
}

/// Status and body of the answer to a request whose `Authorization` stands there twice, or is no text.
#[must_use]
pub fn ambiguous() -> (u16, Value) {
    let why = "Authorization stands in the request once at most, as text";
    refuse(400, "invalid_request", why)
}

/// Id and secret from the form or from `Authorization: Basic`, but not from both.
fn credentials(
    form: &TokenForm,
    authorization: Option<&str>,
) -> Result<(String, String), (u16, Value)> {
    let Some(authorization) = authorization else {
        return match (&form.client_id, &form.client_secret) {
            (Some(id), Some(secret)) => Ok((id.clone(), secret.clone())),
            _ => Err(refuse(
                401,
                "invalid_client",
                "client_id and client_secret are needed",
            )),
        };
    };
    if form.client_secret.is_some() {
        let why = "credentials stand in the form and in Authorization";
        return Err(refuse(400, "invalid_request", why));
    }
    let (id, secret) = basic(authorization)
        .ok_or_else(|| refuse(401, "invalid_client", "Authorization is not Basic"))?;
    if form.client_id.as_ref().is_some_and(|named| *named != id) {
        let why = "client_id is another than in Authorization";
        return Err(refuse(400, "invalid_request", why));
    }
    Ok((id, secret))
}

/// Our ids and secrets have no character that would be escaped in either part.
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn refuse(status: u16, error: &str, description: &str) -> (u16, Value) {
    (
        status,
        json!({ "error": error, "error_description": description }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_come_from_one_place() {
        let form = |id: Option<&str>, secret: Option<&str>| TokenForm {
            grant_type: "client_credentials".to_owned(),
            client_id: id.map(str::to_owned),
            client_secret: secret.map(str::to_owned),
        };
        let header = format!("Basic {}", STANDARD.encode("client_a:acs_b"));
        let good = Ok(("client_a".to_owned(), "acs_b".to_owned()));
        let status = |form: &TokenForm, header: Option<&str>| {
            credentials(form, header).map_err(|(status, _)| status)
        };
        for (form, header, expected) in [
            (form(Some("client_a"), Some("acs_b")), None, good.clone()),
            (form(None, None), Some(header.as_str()), good.clone()),
            (form(Some("client_a"), None), Some(&header), good),
            (form(Some("client_x"), None), Some(&header), Err(400)),
            (
                form(Some("client_a"), Some("acs_b")),
                Some(&header),
                Err(400),
            ),
            (form(Some("client_a"), None), None, Err(401)),
            (form(None, None), None, Err(401)),
            (form(None, None), Some("Bearer x"), Err(401)),
            (form(None, None), Some("Basic !!"), Err(401)),
        ] {
            assert_eq!(status(&form, header), expected);
        }
    }
}
