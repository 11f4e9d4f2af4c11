//! Tickets, their stays in stages, comments and history.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::{ACTOR_KINDS, PROVINCES, TICKET_STAGES};
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tickets().create(manager).await?;
        stage_entries().create(manager).await?;
        comments().create(manager).await?;
        changes().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Tickets. The priority is a number, so that the database sorts it; the lists' orderings each have an index.
fn tickets() -> NewTable {
    NewTable::named("tickets")
        .id()
        .column(ColumnDef::new("number").big_integer().not_null())
        .one_of(
            "kind",
            &[
                "consultation",
                "complaint",
                "technical_support",
                "fault_repair",
                "return_exchange",
                "on_site_service",
                "upgrade_campaign",
            ],
        )
        .text("subject")
        .text("description")
        .one_of("stage", &TICKET_STAGES)
        .one_of(
            "state",
            &[
                "open",
                "pending_customer",
                "pending_parts",
                "on_hold",
                "closed",
                "cancelled",
            ],
        )
        .column(ColumnDef::new("priority").integer().not_null())
        .check("priority", Expr::col("priority").between(1, 4))
        .one_of(
            "channel",
            &["phone", "email", "web", "chat", "social", "wechat", "api"],
        )
        .reference("customer_id", "customers")
        .reference_null("contact_id", "contacts")
        .reference_null("partner_id", "partners")
        .reference_null("unit_id", "units")
        .reference_null("product_id", "products")
        .one_of("province", &PROVINCES)
        .reference_null("team_id", "teams")
        .reference_null("owner_id", "members")
        .reference_null("assignee_id", "members")
        .uuid("created_by")
        .one_of("created_by_kind", &ACTOR_KINDS)
        .time("stage_entered_at")
        .time_null("resolved_at")
        .time_null("closed_at")
        .column(ColumnDef::new("reopened").integer().not_null().default(0))
        .versioned()
        .unique(&["number"])
        .index(&["created_at", "id"])
        .index(&["updated_at", "id"])
        .index(&["priority", "id"])
        .index(&["team_id", "created_at", "id"])
        .index(&["assignee_id", "created_at", "id"])
        .index(&["owner_id"])
        .index(&["customer_id", "created_at", "id"])
        .index(&["partner_id", "created_at", "id"])
        .index(&["province", "created_at", "id"])
        .index(&["created_by"])
        .index(&["contact_id"])
        .index(&["unit_id"])
        .index(&["product_id"])
}

/// Each stay in a stage.
fn stage_entries() -> NewTable {
    NewTable::named("ticket_stage_entries")
        .id()
        .reference("ticket_id", "tickets")
        .one_of("stage", &TICKET_STAGES)
        .time("entered_at")
        .time_null("left_at")
        .column(ColumnDef::new("visit").integer().not_null())
        .index(&["ticket_id", "entered_at"])
}

/// Comments.
fn comments() -> NewTable {
    NewTable::named("ticket_comments")
        .id()
        .reference("ticket_id", "tickets")
        .one_of("visibility", &["public", "internal"])
        .text("body")
        .one_of("author_kind", &ACTOR_KINDS)
        .uuid_null("author_id")
        .text("author_name")
        .versioned()
        .index(&["ticket_id", "created_at", "id"])
}

/// The history.
fn changes() -> NewTable {
    NewTable::named("ticket_changes")
        .id()
        .reference("ticket_id", "tickets")
        .time("at")
        .one_of("actor_kind", &ACTOR_KINDS)
        .uuid_null("actor_id")
        .text("actor_name")
        .text("action")
        .text_null("field")
        .json_null("old_value")
        .json_null("new_value")
        .flag("public")
        .text_null("request_id")
        .index(&["ticket_id", "at", "id"])
}
