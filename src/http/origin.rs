//! Where a page came from that calls us.

use axum::http::{HeaderMap, header};

use crate::config::Config;

/// May a page of the request's `Origin` open a socket? Yes for our own pages, for those that the configuration names,
/// and for whoever isn't a browser (and so sends no origin).
#[must_use]
pub fn allowed(headers: &HeaderMap, config: &Config) -> bool {
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        origin
            .to_str()
            .is_ok_and(|origin| named(origin, headers, config))
    })
}

fn named(origin: &str, headers: &HeaderMap, config: &Config) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let of_origin = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let own = of_origin.is_some() && of_origin == host;
    own || origin == config.public_url()
        || config
            .server
            .allowed_origins
            .iter()
            .any(|allowed| allowed == origin)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn foreign_pages_are_kept_out() {
        let mut config = Config::default();
        config.server.allowed_origins = vec!["https://desk.example".to_owned()];
        for (origin, ok) in [
            (None, true),
            (Some("http://care.example:8080"), true),
            (Some("https://desk.example"), true),
            (Some("https://evil.example"), false),
            (Some("http://care.example"), false),
            (Some("https://desk.example.evil"), false),
            (Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("care.example:8080"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(allowed(&headers, &config), ok, "{origin:?}");
        }
    }
}
