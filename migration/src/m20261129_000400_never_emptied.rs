//! Ledgers that only grow can't be emptied either: PostgreSQL has a statement of its own for that, which no trigger for rows sees.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

const LEDGERS: [&str; 5] = [
    "training_hours",
    "contract_payments",
    "payment_credits",
    "incentive_transactions",
    "incentive_postings",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let connection = manager.get_connection();
        connection
            .execute_unprepared(
                "CREATE FUNCTION never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$",
            )
            .await?;
        for table in LEDGERS {
            connection
                .execute_unprepared(&format!(
                    "CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION never_emptied()"
                ))
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
