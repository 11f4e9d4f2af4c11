//! Handovers of ownership and shares of credit.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ticket_handovers().create(manager).await?;
        ticket_credits().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// An offer to hand over the ownership of a ticket (首问责任移交).
fn ticket_handovers() -> NewTable {
    NewTable::named("ticket_handovers")
        .id()
        .reference("ticket_id", "tickets")
        .reference_null("from_member_id", "members")
        .reference("to_member_id", "members")
        .one_of("state", &["offered", "accepted", "declined", "withdrawn"])
        .text("reason")
        .uuid("offered_by")
        .text_null("answer")
        .time_null("answered_at")
        .versioned()
        .index(&["ticket_id", "created_at"])
        .index(&["to_member_id", "state"])
        .index(&["from_member_id"])
}

/// Who is credited with how much of a ticket (工单计分份额). Shares are never overwritten: a new set replaces the old one.
fn ticket_credits() -> NewTable {
    NewTable::named("ticket_credits")
        .id()
        .reference("ticket_id", "tickets")
        .column(ColumnDef::new("round").integer().not_null())
        .reference("member_id", "members")
        .one_of("role", &["owner", "contributor"])
        .column(ColumnDef::new("share").integer().not_null())
        .one_of("source", &["rule", "manual"])
        .text_null("reason")
        .uuid_null("recorded_by")
        .time("recorded_at")
        .time_null("replaced_at")
        .index(&["ticket_id", "round"])
        .index(&["member_id", "recorded_at"])
        .check("share", Expr::col("share").between(0, 10000))
}
