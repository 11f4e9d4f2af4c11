//! WebSockets to a server that listens, in the words of `graphql-transport-ws`.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// An open WebSocket.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens one, or gives the status of the refusal.
pub async fn open(
    address: SocketAddr,
    origin: Option<&str>,
    protocol: &str,
) -> Result<Socket, u16> {
    let mut request = format!("ws://{}/graphql", address)
        .into_client_request()
        .expect("a request");
    let headers = request.headers_mut();
    headers.insert(
        "sec-websocket-protocol",
        protocol.parse().expect("a header"),
    );
    if let Some(origin) = origin {
        headers.insert("origin", origin.parse().expect("a header"));
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
            Err(response.status().as_u16())
        }
        Err(error) => panic!("{error}"),
    }
}

/// Sends a message.
pub async fn tell(socket: &mut Socket, message: Value) {
    let sent = socket.send(Message::text(message.to_string())).await;
    sent.expect("the socket is open");
}

/// The next message, or the code with which the socket is closed. Something is said soon.
pub async fn hear(socket: &mut Socket) -> Result<Value, u16> {
    timeout(Duration::from_secs(10), listen(socket))
        .await
        .expect("something is said")
}

/// The next message, however long it takes, or the code with which the socket is closed.
pub async fn listen(socket: &mut Socket) -> Result<Value, u16> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                return Ok(serde_json::from_str(&text).expect("JSON"));
            }
            Some(Ok(Message::Close(frame))) => {
                return Err(frame.map_or(1005, |frame| frame.code.into()));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(1006),
        }
    }
}

/// One that has introduced itself with a token.
pub async fn introduced(address: SocketAddr, token: &str) -> Socket {
    let mut socket = open(address, None, "graphql-transport-ws")
        .await
        .expect("it opens");
    let payload = json!({ "authorization": format!("Bearer {token}") });
    tell(
        &mut socket,
        json!({ "type": "connection_init", "payload": payload }),
    )
    .await;
    assert_eq!(
        hear(&mut socket).await,
        Ok(json!({ "type": "connection_ack" }))
    );
    socket
}

/// One that follows something, under the id `1`: what happens from now on is heard.
pub async fn following(address: SocketAddr, token: &str, query: &str, variables: Value) -> Socket {
    let mut socket = introduced(address, token).await;
    // A query on the same socket is answered after the subscription has begun.
    for (id, payload) in [
        ("1", json!({ "query": query, "variables": variables })),
        ("2", json!({ "query": "{ __typename }" })),
    ] {
        let message = json!({ "type": "subscribe", "id": id, "payload": payload });
        tell(&mut socket, message).await;
    }
    for _ in 0..2 {
        let message = hear(&mut socket).await.expect("an answer");
        assert_eq!(message["id"], "2", "{message}");
    }
    socket
}

/// The same as [`introduced`] at a server that may be gone, or refuse; then there is none.
pub async fn try_introduced(address: SocketAddr, token: &str) -> Option<Socket> {
    let mut request = format!("ws://{address}/graphql")
        .into_client_request()
        .ok()?;
    let protocol = "graphql-transport-ws".parse().ok()?;
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = connect_async(request).await.ok()?;
    let payload = json!({ "authorization": format!("Bearer {token}") });
    let init = json!({ "type": "connection_init", "payload": payload });
    socket.send(Message::text(init.to_string())).await.ok()?;
    let heard = timeout(Duration::from_secs(10), listen(&mut socket)).await;
    (heard.ok()? == Ok(json!({ "type": "connection_ack" }))).then_some(socket)
}
