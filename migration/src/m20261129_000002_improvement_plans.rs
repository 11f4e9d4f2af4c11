//! Plans by which teams, departments and regions improve what results of a cycle are weak in.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        improvement_plans().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What a team, a department or a region does about the results of a cycle (改进计划).
fn improvement_plans() -> NewTable {
    let named = |column| Expr::case(Expr::col(column).is_not_null(), 1).finally(0);
    NewTable::named("improvement_plans")
        .id()
        .reference("cycle_id", "appraisal_cycles")
        .reference_null("team_id", "teams")
        .reference_null("department_id", "departments")
        .reference_null("region_id", "regions")
        .text("aim")
        .text("measures")
        .reference("owner_id", "members")
        .date("due_on")
        .one_of("state", &["running", "done", "dropped"])
        .text_null("result")
        .time_null("ended_at")
        .uuid("written_by")
        .text("written_by_name")
        .versioned()
        .check(
            "group",
            Expr::expr(named("team_id"))
                .add(Expr::expr(named("department_id")))
                .add(Expr::expr(named("region_id")))
                .eq(1),
        )
        .index(&["cycle_id", "id"])
        .index(&["owner_id", "state", "id"])
        .index(&["team_id"])
        .index(&["department_id"])
        .index(&["region_id"])
}
