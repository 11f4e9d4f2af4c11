//! What a member's calendar shows (日程), from all domains.
//!
//! Each domain that has something with a time hands in its [`AgendaSource`] when `app.rs` wires the server.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use crate::access::Viewer;
use crate::db::Pool;
use crate::error::{Result, Text};

/// Something in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The table of what it is, in the singular.
    pub table: &'static str,
    /// The key of that row: a calendar program knows it again by both.
    pub id: Uuid,
    /// Counts up with every change.
    pub version: i32,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// What it is called.
    pub name: Text,
    /// More about it.
    pub description: Option<Text>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is online.
    pub link: Option<String>,
    /// It doesn't take place.
    pub cancelled: bool,
}

/// The time that a calendar shows: from when, and until when.
pub type Window = (DateTime<Utc>, DateTime<Utc>);

/// The most that a calendar shows.
pub const MOST: u64 = 500;

/// The time that a calendar shows at some moment: three months back and a year ahead.
#[must_use]
pub fn window(at: DateTime<Utc>) -> Window {
    (at - TimeDelta::days(92), at + TimeDelta::days(366))
}

/// Whoever has something for calendars.
pub trait AgendaSource: Send + Sync {
    /// What the viewer's member takes part in, the viewer may see, and begins within some time, the earliest first, at most so
    /// many.
    fn entries<'a>(
        &'a self,
        db: &'a Pool,
        viewer: &'a Viewer,
        window: Window,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Entry>>>;
}

/// The sources of all domains, as the server was wired.
#[derive(Clone, Default)]
pub struct Agenda(Arc<Vec<Arc<dyn AgendaSource>>>);

impl Agenda {
    /// These sources.
    #[must_use]
    pub fn new(sources: Vec<Arc<dyn AgendaSource>>) -> Self {
        Self(Arc::new(sources))
    }

    /// Everything in the calendar of the viewer's member, in the order of time, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        &self,
        db: &Pool,
        viewer: &Viewer,
        window: Window,
        limit: u64,
    ) -> Result<Vec<Entry>> {
        let parts = self
            .0
            .iter()
            .map(|source| source.entries(db, viewer, window, limit));
        let mut all: Vec<Entry> = try_join_all(parts).await?.into_iter().flatten().collect();
        all.sort_by_key(|entry| (entry.starts_at, entry.id));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(all)
    }
}
