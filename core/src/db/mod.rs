//! The database: connections, ids, transactions' options, keyset pages, and what differs between SQLite and PostgreSQL.
//!
//! One set of queries serves both. SQLite has one writer at a time, so there it gets a connection of its own
//! (and readers never wait for it: WAL); on PostgreSQL reader and writer are the same pool.

pub mod along;
mod asking;
pub mod children;
mod connection;
mod driver;
mod durable;
pub mod filter;
pub mod first_page;
pub mod flight;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod glance;
pub mod keyset;
mod lending;
pub(crate) mod line;
pub mod part;
pub mod pending;
mod pool;
mod question;
pub mod recent;
mod rows;
#[cfg(test)]
mod scratch;
pub mod totals;
mod unsaid;

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sea_orm::{DbErr, SqlErr};
use uuid::{ContextV7, Timestamp, Uuid};

pub use connection::{Db, Settings};
pub use pool::{Pool, Reader, Transaction};

/// Keeps ids made in the same millisecond in the order in which they were made.
static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A new row's id: UUIDv7, sortable by `at`.
#[must_use]
pub fn new_id(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    let order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(Timestamp::from_unix(
        &*order,
        seconds,
        at.timestamp_subsec_nanos(),
    ))
}

/// The same ids, with the last one repeated until there are 1, 2, 4, 8 ...: lists of all lengths then share a few prepared
/// statements.
pub fn padded(ids: impl IntoIterator<Item = Uuid>) -> impl Iterator<Item = Uuid> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids.into_iter()
}

/// Did a delete fail because another row names the one that was to go?
#[must_use]
pub fn is_referenced(error: &DbErr) -> bool {
    // A restricted delete has a code of its own on SQLite and on newer PostgreSQL, which sea-orm doesn't know.
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    ) || error
        .to_string()
        .to_lowercase()
        .contains("foreign key constraint")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_ids_grow_to_powers_of_two() {
        let ids: Vec<Uuid> = (0..5_u128).map(Uuid::from_u128).collect();
        for (given, made) in [(0, 0), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8)] {
            let padded: Vec<Uuid> = padded(ids[..given].to_vec()).collect();
            assert_eq!(padded.len(), made);
            assert_eq!(padded[..given], ids[..given]);
            assert!(
                padded[given..]
                    .iter()
                    .all(|id| ids[..given].last() == Some(id))
            );
        }
    }

    #[test]
    fn ids_of_one_instant_keep_their_order() {
        let at = DateTime::from_timestamp(1_760_000_000, 123_000_000).expect("a valid time");
        let ids: Vec<Uuid> = (0..1000).map(|_| new_id(at)).collect();
        let mut sorted = ids.clone();
        sorted.sort();
        assert_eq!(ids, sorted);
    }
}
