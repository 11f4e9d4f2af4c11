//! The wired server.

use crate::clock::Clock;
use crate::db::Db;
use crate::events::Bus;

/// Everything that actions and reads use, wired once at start.
pub struct App {
    /// The database.
    pub db: Db,
    /// The source of time.
    pub clock: Clock,
    /// Where this process hears of changes, its own and those of others.
    pub bus: Bus,
}
