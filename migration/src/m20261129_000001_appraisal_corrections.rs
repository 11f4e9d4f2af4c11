//! Figures that were frozen anew for one appraisal, and which result a member took note of.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::MoreColumns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("appraisals")
            .reference_null("snapshot_id", "metric_snapshots")
            .index(&["snapshot_id"])
            .add(manager)
            .await?;
        MoreColumns::of("appraisal_results")
            .time_null("acknowledged_at")
            .text_null("acknowledgement")
            .add(manager)
            .await?;
        // Until now a note was taken of an appraisal; it was of the result that held then, which no later one could replace
        // without a reason, and the last one is the best that is known.
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE appraisal_results SET \
                 acknowledged_at = (SELECT a.acknowledged_at FROM appraisals a WHERE a.id = appraisal_results.appraisal_id), \
                 acknowledgement = (SELECT a.acknowledgement FROM appraisals a WHERE a.id = appraisal_results.appraisal_id) \
                 WHERE number = (SELECT a.result FROM appraisals a WHERE a.id = appraisal_results.appraisal_id)",
            )
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
