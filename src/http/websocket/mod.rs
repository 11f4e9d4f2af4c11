//! WebSockets at `/graphql`, in the words of the `graphql-transport-ws` protocol.
//!
//! A client introduces itself with a token, then runs operations, each under an id of its own. What ends a socket:
//!
//! | code | why |
//! |---|---|
//! | 1001 | the server stops |
//! | 1002 | a frame isn't one of a WebSocket |
//! | 1007 | a text isn't UTF-8 |
//! | 1009 | a message is too long |
//! | 4400 | a message isn't one of the protocol |
//! | 4401 | an operation before the introduction |
//! | 4403 | no token, a bad one, or token or rights have ended |
//! | 4408 | no introduction in time |
//! | 4409 | the id of an operation is in use |
//! | 4429 | a second introduction, or too many sockets |

mod operations;
mod protocol;
mod session;

use std::sync::Arc;

use axum::extract::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::Response;

use super::caller::Caller;
use super::refusal::Refusal;
use super::server::Place;
use super::{Http, bearer, origin};
use session::Session;

/// The protocol that a client has to offer.
const PROTOCOL: &str = "graphql-transport-ws";

/// Bytes that a socket keeps for what comes in: most say little for hours, and the library's 128 KiB times 10,000 are a gigabyte.
const READ_BUFFER: usize = 4 << 10;

/// Does the request ask for a WebSocket?
#[must_use]
pub fn wanted(headers: &HeaderMap) -> bool {
    headers
        .get(header::UPGRADE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Takes the socket over, or says why not.
pub fn accept(http: Http, caller: Caller, parts: &Parts, upgrade: WebSocketUpgrade) -> Response {
    let headers = &parts.headers;
    // Browsers let any page open a socket to anywhere: it is on us to look at where the page came from.
    if !origin::allowed(headers, &http.app.config) {
        let refusal = Refusal::bad_input(
            StatusCode::FORBIDDEN,
            "Origin: pages of this origin may not open a socket here (server.allowed_origins).",
            "Origin：不允许该来源的页面建立 WebSocket 连接（server.allowed_origins）。",
        );
        return refusal.response(&caller);
    }
    let longest = http.app.config.server.live.message_bytes;
    let mut upgrade = upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(READ_BUFFER)
        .max_message_size(longest)
        .max_frame_size(longest);
    if upgrade.selected_protocol().is_none() {
        let refusal = Refusal::bad_input(
            StatusCode::BAD_REQUEST,
            "Sec-WebSocket-Protocol: offer graphql-transport-ws.",
            "Sec-WebSocket-Protocol：请使用 graphql-transport-ws 子协议。",
        );
        return refusal.response(&caller);
    }
    upgrade = upgrade.write_buffer_size(0);
    let authorization = match bearer::given(headers) {
        Ok(given) => given.map(str::to_owned),
        Err(error) => return Refusal::from_error(error, &caller).response(&caller),
    };
    // The server waits for this socket to be closed properly when it stops.
    let task = http.app.tasks.token();
    // And it goes on taking a place among the connections.
    let place = parts.extensions.get::<Arc<Place>>().cloned();
    upgrade.on_upgrade(async move |socket| {
        Session::new(http, caller, authorization).run(socket).await;
        drop((task, place));
    })
}
