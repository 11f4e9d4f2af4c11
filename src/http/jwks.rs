//! `/.well-known/jwks.json`: the public keys by which anybody can check our access tokens.

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Http;
use super::caller::Caller;
use super::refusal::Refusal;
use crate::identity;

/// `GET /.well-known/jwks.json`.
pub async fn get(State(http): State<Http>, Extension(caller): Extension<Caller>) -> Response {
    match identity::jwks(&http.app).await {
        Ok(keys) => {
            let headers = [
                (header::CONTENT_TYPE, "application/jwk-set+json"),
                // A new key signs at once, so whoever meets an unknown `kid` must soon be able to find it here.
                (header::CACHE_CONTROL, "public, max-age=30"),
            ];
            (headers, keys.to_string()).into_response()
        }
        Err(error) => Refusal::from_error(error, &caller).response(&caller),
    }
}
