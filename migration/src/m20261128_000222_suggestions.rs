//! Suggestions of members, and what became of them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [suggestions(), suggestion_steps(), suggestion_supports()] {
            table.create(manager).await?;
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

/// What a member would do better (改进建议).
fn suggestions() -> NewTable {
    NewTable::named("suggestions")
        .id()
        .text("title")
        .text("body")
        .one_of(
            "area",
            &[
                "process",
                "product",
                "customer_service",
                "tools",
                "teamwork",
                "workplace",
                "other",
            ],
        )
        .reference("author_id", "members")
        .flag("anonymous")
        .reference_null("handler_id", "members")
        .one_of(
            "state",
            &[
                "submitted",
                "received",
                "accepted",
                "declined",
                "realising",
                "done",
                "withdrawn",
            ],
        )
        .text_null("outcome")
        .column(ColumnDef::new("supporters").integer().not_null())
        .time_null("closed_at")
        .versioned()
        .index(&["state", "created_at", "id"])
        .index(&["created_at", "id"])
        .index(&["supporters", "id"])
        .index(&["author_id"])
        .index(&["handler_id", "state"])
}

/// What was done with a suggestion (处理记录).
fn suggestion_steps() -> NewTable {
    NewTable::named("suggestion_steps")
        .id()
        .part_of("suggestion_id", "suggestions")
        .one_of(
            "kind",
            &[
                "submitted",
                "received",
                "answered",
                "accepted",
                "declined",
                "started",
                "done",
                "withdrawn",
            ],
        )
        .text_null("note")
        .reference_null("actor_id", "members")
        .text_null("actor_name")
        .time("at")
        .index(&["suggestion_id", "at", "id"])
}

/// A member supports a suggestion (附议).
fn suggestion_supports() -> NewTable {
    NewTable::named("suggestion_supports")
        .id()
        .part_of("suggestion_id", "suggestions")
        .reference("member_id", "members")
        .time("at")
        .unique(&["suggestion_id", "member_id"])
        .index(&["member_id"])
}
