//! Logs: for people, or one JSON object a line. The span of a request carries its id, operation and principal; tokens,
//! passwords and bodies are in none.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::util::TryInitError;

use crate::config::{Log, LogFormat};

/// Begins to log, to the standard error, so that what commands print stays clean.
///
/// # Errors
/// When this process logs already.
pub fn init(log: &Log) -> Result<(), TryInitError> {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Pretty => subscriber.with_target(false).finish().try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).finish().try_init(),
    }
}
