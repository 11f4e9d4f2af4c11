//! Results of appraisals have one more measure: they are counted once more at the next start.

use sea_orm_migration::prelude::*;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(STATEMENT)
            .await?;
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What was never counted is counted at start; facts are only ever made from records.
const STATEMENT: &str = "DELETE FROM metric_counted_sources WHERE source = 'appraisal.result'";
