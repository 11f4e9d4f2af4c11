//! The events that wait to be delivered or counted, in their order, and no others.
//!
//! Nearly all rows of the outbox are done with. An index over all of them is one that a database with old statistics passes over,
//! and then every look walks through what was done in the last hours.

use sea_orm_migration::prelude::*;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in STATEMENTS {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const STATEMENTS: [&str; 3] = [
    "CREATE INDEX ix_outbox_waiting ON outbox (seq) WHERE dispatched_at IS NULL",
    "CREATE INDEX ix_outbox_uncounted ON outbox (seq) WHERE counted_at IS NULL",
    "DROP INDEX ix_outbox_counted_at_seq",
];
