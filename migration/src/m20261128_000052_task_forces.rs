//! Joint task forces: teams with a goal and an end.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        task_forces().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Joint task forces.
fn task_forces() -> NewTable {
    let (dissolved, result) = (Expr::col("dissolved_on"), Expr::col("result"));
    let at_work = dissolved.clone().is_null().and(result.clone().is_null());
    let over = dissolved.is_not_null().and(result.is_not_null());
    NewTable::named("task_forces")
        .id()
        .reference("team_id", "teams")
        .text("goal")
        .reference("lead_id", "members")
        .date("planned_end")
        .date_null("dissolved_on")
        .text_null("result")
        .versioned()
        .check("ended", at_work.or(over))
        .unique(&["team_id"])
        .index(&["lead_id"])
        .index(&["planned_end", "id"])
}
