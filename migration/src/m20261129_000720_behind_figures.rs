//! Who is behind a mean, rate or sum is counted anew without those who have no value, and tickets once more: what was cancelled or
//! merged isn't resolved.

use sea_orm_migration::prelude::*;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            COUNTED.to_owned(),
            format!("UPDATE metric_versions SET counted_at = NULL WHERE {OF_VALUES}"),
            format!(
                "UPDATE metric_frozen_cells SET people = 0 \
                WHERE version_id IN (SELECT id FROM metric_versions WHERE {OF_VALUES})"
            ),
        ] {
            manager
                .get_connection()
                .execute_unprepared(&statement)
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

/// What was never counted is counted at start. So are sums that aren't complete filled, and figures read from facts until then; those
/// that are frozen stay, with nobody known behind them, so that members are counted when somebody asks.
const COUNTED: &str = "DELETE FROM metric_counted_sources WHERE source = 'ticket.resolved'";

/// Versions of metrics that make something of values. One more than needed does no harm, but a derived one has no sums to wait for.
const OF_VALUES: &str = "CAST(definition AS text) LIKE '%\"facts\":%' \
    AND (CAST(definition AS text) LIKE '%\"mean\"%' \
    OR CAST(definition AS text) LIKE '%\"rate\"%' \
    OR CAST(definition AS text) LIKE '%\"sum\"%')";
