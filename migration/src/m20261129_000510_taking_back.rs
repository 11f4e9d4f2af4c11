//! What was made in error can be taken back: payouts are reversed, corrections and questions withdrawn. The lines of a payout are
//! numbered.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::MoreColumns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("incentive_payouts")
            .time_null("reversed_at")
            .date_null("reversed_on")
            .text_null("reversed_by_name")
            .text_null("reversal_reason")
            .add(manager)
            .await?;
        for table in ["incentive_corrections", "incentive_questions"] {
            MoreColumns::of(table)
                .time_null("withdrawn_at")
                .add(manager)
                .await?;
        }
        MoreColumns::of("incentive_transactions")
            .whole_null("line")
            .add(manager)
            .await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
