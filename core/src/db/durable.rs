//! Durable commits whose locks don't wait for the disk (PostgreSQL).
//!
//! A commit that waits for the disk holds its row locks meanwhile, and whatever everybody locks - the head of the audit chain -
//! is then free once per write to the disk. So a change commits without waiting, its locks go, and it is acknowledged after a
//! later commit has brought the log of both to the disk: one for all who wait. Until then others may read what a crash would
//! still undo; whoever made the change hasn't been told yet that it is done, and what follows from it stands behind it in the same
//! log.

use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr};
use tokio::sync::Mutex;

/// Who waits for the disk.
#[derive(Debug, Default)]
pub struct Durable {
    asked: AtomicU64,
    reached: AtomicU64,
    turn: Mutex<()>,
}

impl Durable {
    /// Lets a transaction commit without waiting; [`Self::wait`] after its commit, before anybody is told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn defer(transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
        transaction
            .execute_unprepared("SET LOCAL synchronous_commit TO off")
            .await
            .map(drop)
    }

    /// The same along with a row that is read anyway.
    pub fn defer_with(select: &mut SelectStatement) {
        select.expr_as(
            Expr::cust("set_config('synchronous_commit', 'off', true)"),
            "deferred",
        );
    }

    /// Waits until everything that this process has committed is on the disk.
    ///
    /// # Errors
    /// When the database fails: whether the commit outlives that isn't known then.
    pub async fn wait(&self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        let mine = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let _turn = self.turn.lock().await;
        if self.reached.load(Ordering::SeqCst) >= mine {
            return Ok(());
        }
        let all = self.asked.load(Ordering::SeqCst);
        // A transaction that writes nothing wouldn't wait.
        connection
            .execute_unprepared("SELECT pg_logical_emit_message(true, 'aftercare', '')")
            .await?;
        self.reached.store(all, Ordering::SeqCst);
        Ok(())
    }
}
