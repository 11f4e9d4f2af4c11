//! What teams stand for, period by period.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        team_pledges().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Slogans and goals of teams, one a period.
fn team_pledges() -> NewTable {
    NewTable::named("team_pledges")
        .id()
        .reference("team_id", "teams")
        .date("from_day")
        .date("until_day")
        .text("slogan")
        .text("does")
        .text("finishes")
        .text("gets")
        .uuid("created_by")
        .versioned()
        .check("days", Expr::col("until_day").gt(Expr::col("from_day")))
        .unique(&["team_id", "from_day"])
        .index(&["from_day", "id"])
}
