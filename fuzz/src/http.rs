//! What requests and messages are read with.

use axum::extract::Query;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::config::Config;

#[path = "../../src/http/bearer.rs"]
pub mod bearer;
#[path = "../../src/http/caller.rs"]
pub mod caller;
#[path = "../../src/http/negotiation.rs"]
pub mod negotiation;
#[path = "../../src/http/origin.rs"]
pub mod origin;
#[path = "../../src/http/params.rs"]
pub mod params;
#[path = "../../src/http/websocket/protocol.rs"]
mod protocol;
#[path = "../../src/http/refusal.rs"]
pub mod refusal;

/// Reads a body and a query string; a request that is read has a document, or something that stands for it.
pub fn request(bytes: &[u8]) {
    let whole = |asked: crate::graphql::incoming::Asked| {
        let document = asked.query.is_some_and(|query| !query.trim().is_empty());
        assert!(document || asked.reference.is_some());
    };
    if let Ok(asked) = params::of_json(bytes) {
        whole(asked);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(uri) = format!("/graphql?{text}").parse::<Uri>() else {
        return;
    };
    if let Ok(Query(parameters)) = Query::<params::QueryString>::try_from_uri(&uri)
        && let Ok(asked) = params::of_query(parameters)
    {
        whole(asked);
    }
}

/// Reads headers, a line each, for all that we take from them.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n').take(40) {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else {
            continue;
        };
        let name = HeaderName::from_bytes(name);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let _ = negotiation::accepted(&headers);
    let _ = negotiation::json_body(&headers);
    let _ = caller::locale(&headers);
    let _ = caller::request_id(&headers);
    let config = Config::default();
    let _ = origin::allowed(&headers, &config);
    let proxy = [127, 0, 0, 1].into();
    let _ = caller::client(proxy, &headers, &[proxy]);
    for value in headers.values() {
        if let Some(token) = value.to_str().ok().and_then(bearer::token) {
            assert!(!token.is_empty());
        }
    }
}

/// Reads a message of a socket; what isn't one closes it with a reason that fits into its frame.
pub fn message(text: &str) {
    if let Err(close) = protocol::read(text) {
        assert_eq!(close.code, 4400);
        assert!(close.reason.len() <= 123);
    }
}
