//! Requests that are refused as a whole, always answered as GraphQL errors in JSON.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::caller::Caller;
use super::negotiation::Media;
use crate::error::{ApiError, Error, ErrorCode, Text};
use crate::graphql::errors;

/// Why nothing was done, with the status that says so.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    error: Box<ApiError>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A refusal with its status.
    #[must_use]
    pub fn new(status: StatusCode, error: ApiError) -> Self {
        Self {
            status,
            error: Box::new(error),
            headers: Vec::new(),
        }
    }

    /// A request that can't be understood or breaks a bound of form.
    #[must_use]
    pub fn bad_input(status: StatusCode, en: impl Into<String>, zh: impl Into<String>) -> Self {
        let text = Text::new(en.into(), zh.into());
        Self::new(status, ApiError::new(ErrorCode::BadInput, text))
    }

    /// A value that is over a limit; names limit, value (if it is known) and maximum.
    #[must_use]
    pub fn over_limit(
        status: StatusCode,
        code: ErrorCode,
        limit: &str,
        value: Option<u64>,
        maximum: u64,
        text: Text,
    ) -> Self {
        let mut error = ApiError::new(code, text).with("limit", limit);
        if let Some(value) = value {
            error = error.with("value", value);
        }
        Self::new(status, error.with("maximum", maximum))
    }

    /// Something that didn't arrive in time; after it the connection is of no more use.
    #[must_use]
    pub fn too_slow(limit: &str, most: Duration, text: Text) -> Self {
        let status = StatusCode::REQUEST_TIMEOUT;
        let maximum = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
        Self::over_limit(status, ErrorCode::BadInput, limit, None, maximum, text).closing()
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The connection is of no more use after this: something unread may still be coming.
    #[must_use]
    pub fn closing(self) -> Self {
        self.with_header(header::CONNECTION, HeaderValue::from_static("close"))
    }

    /// It may be tried again after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.error = Box::new(self.error.with("retryAfter", seconds));
        self.with_header(header::RETRY_AFTER, seconds.into())
    }

    /// The refusal of any failure.
    #[must_use]
    pub fn from_error(error: Error, caller: &Caller) -> Self {
        match error {
            Error::Api(error) => Self::from_api(*error),
            Error::User(errors) => {
                let join = |pick: fn(&Text) -> &str| {
                    let texts: Vec<&str> = errors.iter().map(|error| pick(&error.text)).collect();
                    texts.join(" ")
                };
                Self::bad_input(
                    StatusCode::BAD_REQUEST,
                    join(|text| &text.en),
                    join(|text| &text.zh),
                )
            }
            Error::Internal(cause) => {
                tracing::error!(request_id = %caller.request_id, %cause, "internal error");
                Self::internal(caller)
            }
        }
    }

    /// Our fault; the log has the cause.
    #[must_use]
    pub fn internal(caller: &Caller) -> Self {
        let id = &caller.request_id;
        let text = Text::new(
            format!("Something went wrong on our side; the log has it under request {id}."),
            format!("服务器内部错误，请提供请求编号 {id} 以便查询。"),
        );
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ApiError::new(ErrorCode::Internal, text),
        )
    }

    fn from_api(error: ApiError) -> Self {
        let status = match error.code {
            ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            ErrorCode::Forbidden => StatusCode::FORBIDDEN,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::BadInput
            | ErrorCode::CostExceeded
            | ErrorCode::PersistedQueryNotFound
            | ErrorCode::PersistedQueryNotSupported => StatusCode::BAD_REQUEST,
            ErrorCode::Conflict => StatusCode::CONFLICT,
            ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let retry_after = error
            .facts
            .get("retryAfter")
            .and_then(serde_json::Value::as_u64);
        let refusal = Self::new(status, error);
        match (status, retry_after) {
            (StatusCode::UNAUTHORIZED, _) => refusal.with_header(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"aftercare\", error=\"invalid_token\""),
            ),
            (StatusCode::TOO_MANY_REQUESTS, seconds) => {
                refusal.with_header(header::RETRY_AFTER, seconds.unwrap_or(1).into())
            }
            _ => refusal,
        }
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The refusal as a GraphQL error.
    #[must_use]
    pub fn json(&self, caller: &Caller) -> serde_json::Value {
        errors::json(
            &self.error,
            caller.locale.unwrap_or(entity::enums::Locale::En),
            &caller.request_id,
        )
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self, caller: &Caller) -> String {
        json!({ "errors": [self.json(caller)] }).to_string()
    }

    /// The answer in plain JSON.
    #[must_use]
    pub fn response(&self, caller: &Caller) -> Response {
        self.response_as(caller, Media::Json)
    }

    /// The answer in the media type that the client asked for.
    #[must_use]
    pub fn response_as(&self, caller: &Caller, media: Media) -> Response {
        let mut response = Response::new(Body::from(self.body(caller)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, media.content_type());
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        response
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::from_api(error)
    }
}
