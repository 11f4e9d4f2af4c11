//! Reading a request's body within its bounds of size and time.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout, timeout_at};

use super::refusal::Refusal;
use crate::config::{Server, span};
use crate::error::{ErrorCode, Text};

/// How long, and for how many bytes, the rest of a refused body is read and thrown away, so that a client that is still
/// sending reads our answer instead of a broken connection.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 256 << 20;

/// The whole body.
///
/// # Errors
/// 413 when it is too large (by what it says of itself, before a byte is read; else by counting), 408 when it takes
/// too long, 400 when it breaks off.
pub async fn read(body: Body, server: &Server) -> Result<Bytes, Refusal> {
    let most = server.body_bytes;
    let announced = body.size_hint().lower();
    if announced > most as u64 {
        linger(body.into_data_stream());
        return Err(too_large(Some(announced), most));
    }
    let deadline = Instant::now() + server.body_timeout;
    let mut stream = body.into_data_stream();
    let mut read = BytesMut::new();
    loop {
        match timeout_at(deadline, stream.next()).await {
            Ok(Some(Ok(chunk))) => {
                if read.len() + chunk.len() > most {
                    linger(stream);
                    return Err(too_large(None, most));
                }
                read.extend_from_slice(&chunk);
            }
            Ok(None) => return Ok(read.freeze()),
            Ok(Some(Err(_))) => {
                return Err(Refusal::bad_input(
                    StatusCode::BAD_REQUEST,
                    "The body broke off.",
                    "请求体传输中断。",
                )
                .closing());
            }
            Err(_) => return Err(too_slow(server.body_timeout)),
        }
    }
}

fn linger(mut stream: BodyDataStream) {
    tokio::spawn(timeout(LINGER, async move {
        let mut thrown = 0;
        while let Some(Ok(chunk)) = stream.next().await {
            thrown += chunk.len();
            if thrown > LINGER_BYTES {
                break;
            }
        }
    }));
}

fn too_large(value: Option<u64>, most: usize) -> Refusal {
    let seen = value.map_or(String::new(), |value| format!(" of {value} bytes"));
    let seen_zh = value.map_or(String::new(), |value| format!("为 {value} 字节，"));
    let text = Text::new(
        format!("The body{seen} is too large: at most {most} bytes (limit bodyBytes)."),
        format!("请求体{seen_zh}超过上限 {most} 字节（bodyBytes）。"),
    );
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    Refusal::over_limit(
        status,
        ErrorCode::BadInput,
        "bodyBytes",
        value,
        most as u64,
        text,
    )
    .closing()
}

fn too_slow(most: Duration) -> Refusal {
    let shown = span::print(most);
    let text = Text::new(
        format!("The body took longer than {shown} to arrive (limit bodyTimeout)."),
        format!("请求体未在 {shown} 内到达（bodyTimeout）。"),
    );
    Refusal::too_slow("bodyTimeout", most, text)
}
