//! Planned reorganisations and their changes.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        reorganisations().create(manager).await?;
        reorganisation_changes().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Plans.
fn reorganisations() -> NewTable {
    NewTable::named("reorganisations")
        .id()
        .text("title")
        .text("reason")
        .date("takes_effect_on")
        .one_of(
            "state",
            &["draft", "approved", "applied", "failed", "cancelled"],
        )
        .uuid_null("approved_by")
        .time_null("approved_at")
        .time_null("applied_at")
        .text_null("ended_reason")
        .uuid("created_by")
        .versioned()
        .index(&["state", "takes_effect_on"])
        .index(&["takes_effect_on", "id"])
}

/// Their changes, in order.
fn reorganisation_changes() -> NewTable {
    NewTable::named("reorganisation_changes")
        .id()
        .part_of("reorganisation_id", "reorganisations")
        .column(ColumnDef::new("place").integer().not_null())
        .one_of(
            "step",
            &["found_team", "move_team", "move_member", "close_team"],
        )
        .reference_null("member_id", "members")
        .uuid_null("team_id")
        .reference_null("department_id", "departments")
        .uuid_null("parent_id")
        .reference_null("position_id", "positions")
        .text_null("code")
        .text_null("name")
        .text_null("name_zh")
        .text_null("role")
        .unique(&["reorganisation_id", "place"])
        .index(&["member_id"])
}
