//! Probations, and what was decided about them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        probations().create(manager).await?;
        probation_reviews().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Probations.
fn probations() -> NewTable {
    let (state, ended) = (Expr::col("state"), Expr::col("ended_on"));
    let running = state.clone().eq("running").and(ended.clone().is_null());
    let over = state.ne("running").and(ended.is_not_null());
    NewTable::named("probations")
        .id()
        .reference("member_id", "members")
        .date("starts_on")
        .date("planned_end")
        .one_of("state", &["running", "confirmed", "ended"])
        .date_null("ended_on")
        .uuid_null("created_by")
        .versioned()
        .check("days", Expr::col("planned_end").gt(Expr::col("starts_on")))
        .check("ended", running.or(over))
        .index(&["member_id", "starts_on"])
        .index(&["state", "planned_end", "id"])
}

/// Decisions: they never change.
fn probation_reviews() -> NewTable {
    NewTable::named("probation_reviews")
        .id()
        .part_of("probation_id", "probations")
        .reference("member_id", "members")
        .one_of("outcome", &["confirmed", "extended", "ended"])
        .text("reason")
        .date("effective_on")
        .date_null("new_end")
        .uuid_null("reviewed_by")
        .text("reviewed_by_name")
        .time("created_at")
        .index(&["probation_id", "id"])
        .index(&["member_id"])
}
