//! What goes wrong is told to the person at the terminal, so an error is its words.

use std::fmt;

/// Why a measurement can't go on.
#[derive(Debug)]
pub struct Error(String);

/// The outcome of a step of a measurement.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with these words.
pub fn fail(words: impl Into<String>) -> Error {
    Error(words.into())
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

macro_rules! from {
    ($($kind:ty = $what:literal;)*) => {
        $(impl From<$kind> for Error {
            fn from(error: $kind) -> Self {
                // PostgreSQL's own words are in the source of its error.
                match std::error::Error::source(&error) {
                    Some(source) => Self(format!(concat!($what, ": {}: {}"), error, source)),
                    None => Self(format!(concat!($what, ": {}"), error)),
                }
            }
        })*
    };
}

from! {
    std::io::Error = "system";
    serde_json::Error = "JSON";
    tokio_postgres::Error = "PostgreSQL";
    deadpool_postgres::PoolError = "PostgreSQL";
    rusqlite::Error = "SQLite";
    tokio_tungstenite::tungstenite::Error = "WebSocket";
    tokio::task::JoinError = "task";
}
