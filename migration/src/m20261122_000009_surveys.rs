//! Surveys, answers and follow-ups.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        surveys().create(manager).await?;
        survey_answers().create(manager).await?;
        survey_follow_ups().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A question to the customer how it was (满意度调查).
fn surveys() -> NewTable {
    NewTable::named("surveys")
        .id()
        .reference("ticket_id", "tickets")
        .reference("customer_id", "customers")
        .reference_null("contact_id", "contacts")
        .column(ColumnDef::new("round").integer().not_null())
        .one_of("state", &["open", "answered", "expired", "withdrawn"])
        .time("sent_at")
        .time("expires_at")
        .versioned()
        .unique(&["ticket_id", "round"])
        .index(&["state", "expires_at"])
        .index(&["customer_id", "sent_at"])
        .index(&["contact_id"])
        .index(&["sent_at", "id"])
}

/// What the customer said (满意度评价).
fn survey_answers() -> NewTable {
    NewTable::named("survey_answers")
        .id()
        .reference("survey_id", "surveys")
        .reference("ticket_id", "tickets")
        .column(ColumnDef::new("rating").integer().not_null())
        .column(ColumnDef::new("response").integer().null())
        .column(ColumnDef::new("attitude").integer().null())
        .column(ColumnDef::new("solution").integer().null())
        .text_null("comment")
        .time("answered_at")
        .unique(&["survey_id"])
        .index(&["ticket_id"])
        .index(&["answered_at", "id"])
        .check("rating", Expr::col("rating").between(1, 5))
}

/// What is done about a bad rating (差评回访).
fn survey_follow_ups() -> NewTable {
    NewTable::named("survey_follow_ups")
        .id()
        .reference("survey_id", "surveys")
        .reference("ticket_id", "tickets")
        .reference_null("member_id", "members")
        .one_of("state", &["open", "done"])
        .time("due_at")
        .text_null("result")
        .uuid_null("closed_by")
        .time_null("closed_at")
        .versioned()
        .unique(&["survey_id"])
        .index(&["ticket_id"])
        .index(&["member_id", "state"])
        .index(&["state", "due_at"])
}
