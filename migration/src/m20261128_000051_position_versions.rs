//! What is expected of whoever holds a position, version by version.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        position_versions().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Versions of positions: they never change.
fn position_versions() -> NewTable {
    NewTable::named("position_versions")
        .id()
        .reference("position_id", "positions")
        .column(ColumnDef::new("number").integer().not_null())
        .text("duties")
        .text("duties_zh")
        .text("goals")
        .text("goals_zh")
        .text("standards")
        .text("standards_zh")
        .date("valid_from")
        .text_null("note")
        .uuid_null("created_by")
        .time("created_at")
        .unique(&["position_id", "number"])
        .unique(&["position_id", "valid_from"])
}
