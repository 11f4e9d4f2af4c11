//! The circumstances of a request: its id, language, time and where it comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, header, request::Parts};
use chrono::{DateTime, Utc};
use entity::enums::Locale;

use crate::access::{Call, Viewer};
use crate::app::App;
use crate::db;

/// The header under which the log knows a request; a sane one of the client's is kept.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Longest request id that is taken from a client.
const LONGEST_ID: usize = 64;

/// Who calls, as far as the connection and the headers tell.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The id under which the log knows the request.
    pub request_id: String,
    /// The language that the request names.
    pub locale: Option<Locale>,
    /// When the request arrived.
    pub at: DateTime<Utc>,
    /// The client's address, also behind a trusted proxy.
    pub address: Option<IpAddr>,
    /// What the client calls itself.
    pub user_agent: Option<String>,
}

impl Caller {
    /// Reads it from a request.
    #[must_use]
    pub fn of(app: &App, parts: &Parts) -> Self {
        let at = app.clock.now();
        let headers = &parts.headers;
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        Self {
            request_id: request_id(headers)
                .map_or_else(|| db::new_id(at).to_string(), str::to_owned),
            locale: locale(headers),
            at,
            address: peer.map(|peer| client(peer, headers, &app.config.server.trusted_proxies)),
            user_agent: headers
                .get(header::USER_AGENT)
                .and_then(|value| value.to_str().ok())
                .map(|value| value.chars().take(200).collect()),
        }
    }

    /// Somebody of whom nothing was heard but where they are.
    #[must_use]
    pub fn unheard(app: &App, peer: IpAddr) -> Self {
        let at = app.clock.now();
        Self {
            request_id: db::new_id(at).to_string(),
            locale: None,
            at,
            address: Some(peer.to_canonical()),
            user_agent: None,
        }
    }

    /// The call that a viewer makes with this request.
    #[must_use]
    pub fn call(&self, viewer: Viewer) -> Call {
        Call {
            at: self.at,
            request_id: self.request_id.clone(),
            locale: self.locale_for(&viewer),
            viewer,
            address: self.address.map(|address| address.to_string()),
            part: None,
        }
    }

    /// The language of messages: the one that the request names, else the account's.
    #[must_use]
    pub fn locale_for(&self, viewer: &Viewer) -> Locale {
        self.locale.or(viewer.locale).unwrap_or(Locale::En)
    }

    /// The same client a while later, with something of its own: an operation on an open socket.
    #[must_use]
    pub fn later(&self, at: DateTime<Utc>) -> Self {
        Self {
            request_id: db::new_id(at).to_string(),
            at,
            ..self.clone()
        }
    }
}

pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(&REQUEST_ID)?.to_str().ok()?;
    let sane = !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(|b| b.is_ascii_graphic());
    sane.then_some(id)
}

/// The best of our languages that `Accept-Language` names, if it names any.
pub(super) fn locale(headers: &HeaderMap) -> Option<Locale> {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best = (0.0, None);
    for range in wanted.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
        let locale = match tag.split('-').next() {
            Some("zh") => Locale::Zh,
            Some("en") => Locale::En,
            _ => continue,
        };
        if quality > best.0 {
            best = (quality, Some(locale));
        }
    }
    best.1
}

/// The first address from the right that isn't one of our proxies. What stands left of it anybody may have written.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    if !trusted.contains(&client) {
        return client;
    }
    let forwarded: Vec<&str> = headers
        .get_all(&FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for address in forwarded.into_iter().rev() {
        let Ok(address) = address.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
        if !trusted.contains(&client) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&HeaderName, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                let value = HeaderValue::from_str(value).expect("a header's value");
                ((*name).clone(), value)
            })
            .collect()
    }

    #[test]
    fn the_best_language_wins() {
        for (wanted, locale_wanted) in [
            ("", None),
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Locale::Zh)),
            ("en-GB;q=0.5, zh-Hans;q=0.7", Some(Locale::Zh)),
            ("fr, de;q=0.9", None),
            ("zh;q=0, en;q=0.1", Some(Locale::En)),
        ] {
            let headers = headers(&[(&header::ACCEPT_LANGUAGE, wanted)]);
            assert_eq!(locale(&headers), locale_wanted, "{wanted}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_says_who_the_client_is() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        for (peer, forwarded, expected) in [
            ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
            ("10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
            ("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("::ffff:10.0.0.1", "1.1.1.1", "1.1.1.1"),
        ] {
            let headers = headers(&[(&FORWARDED_FOR, forwarded)]);
            assert_eq!(
                client(ip(peer), &headers, &trusted),
                ip(expected),
                "{peer} {forwarded}"
            );
        }
    }

    #[test]
    fn an_insane_request_id_is_replaced() {
        let long = "x".repeat(65);
        for (id, kept) in [
            ("abc-123", true),
            ("", false),
            ("a b", false),
            (long.as_str(), false),
        ] {
            let headers = headers(&[(&REQUEST_ID, id)]);
            assert_eq!(request_id(&headers).is_some(), kept, "{id}");
        }
    }
}
