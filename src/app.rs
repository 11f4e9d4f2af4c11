//! The wired server.

use crate::clock::Clock;
use crate::db::Db;

/// Everything that actions and reads use, wired once at start.
pub struct App {
    /// The database.
    pub db: Db,
    /// The source of time.
    pub clock: Clock,
}
