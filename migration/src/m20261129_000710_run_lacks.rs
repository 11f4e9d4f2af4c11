//! Runs say for how many nothing came out of a rule because a fact wasn't known or the rule couldn't be computed.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::MoreColumns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("incentive_runs")
            .json_null("lacks")
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
