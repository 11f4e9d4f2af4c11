//! The hand-written servers that are the limit: no GraphQL, no authorisation, the fewest statements, the same rows.
//!
//! Each listens at `/D`, `/L`, `/C`, `/P`, `/A` and `/W`, takes the variables of the GraphQL document as JSON, and answers in
//! the shape of its `data`.

mod answer;
mod postgres;
pub mod question;
mod shape;
mod sqlite;

use std::net::SocketAddr;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::error::Result;

/// Serves one of them until the process is ended.
///
/// # Errors
/// When the address is in use or the database can't be opened.
pub async fn serve(database: &str, address: SocketAddr, connections: usize) -> Result<()> {
    let routes = match database.strip_prefix("sqlite:") {
        Some(file) => sqlite::routes(file, connections)?,
        None => postgres::routes(database, connections).await?,
    };
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        // Without it a small answer may wait for the client's acknowledgement; a failure only costs time.
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, routes).await?)
}
