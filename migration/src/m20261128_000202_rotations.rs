//! Placements elsewhere for a time.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rotations().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Rotations. Where somebody really is, assignments say.
fn rotations() -> NewTable {
    NewTable::named("rotations")
        .id()
        .reference("member_id", "members")
        .reference("team_id", "teams")
        .reference_null("position_id", "positions")
        .text("role")
        .text("goal")
        .date("starts_on")
        .date("ends_on")
        .one_of("state", &["planned", "running", "finished", "withdrawn"])
        .reference_null("origin_id", "assignments")
        .reference_null("assignment_id", "assignments")
        .date_null("finished_on")
        .column(ColumnDef::new("returned").boolean().null())
        .text_null("result")
        .uuid_null("created_by")
        .versioned()
        .check("days", Expr::col("ends_on").gt(Expr::col("starts_on")))
        .index(&["member_id", "starts_on"])
        .index(&["team_id"])
        .index(&["state", "starts_on", "id"])
}
