//! The tickets of a team that are in one state, the newest first: what most queues show.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::MoreColumns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("tickets")
            .index(&["team_id", "state", "created_at", "id"])
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
