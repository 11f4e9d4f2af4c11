//! Where teams stood over time, and what departments, teams and positions were called.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        team_places().create(manager).await?;
        structure_names().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Where a team stands after a move.
fn team_places() -> NewTable {
    NewTable::named("team_places")
        .id()
        .reference("team_id", "teams")
        .uuid("move_id")
        .reference("department_id", "departments")
        .reference_null("parent_id", "teams")
        .reference_null("region_id", "regions")
        .dated()
        .time("created_at")
        .unique(&["team_id", "valid_from"])
        .index(&["department_id"])
        .index(&["parent_id"])
        .index(&["move_id"])
}

/// What something is called from a day on: exactly one of department, team, position.
fn structure_names() -> NewTable {
    let only = |named: &'static str, others: [&'static str; 2]| {
        let [one, other] = others.map(|column| Expr::col(column).is_null());
        Expr::col(named).is_not_null().and(one).and(other)
    };
    let whose = only("department_id", ["team_id", "position_id"])
        .or(only("team_id", ["department_id", "position_id"]))
        .or(only("position_id", ["department_id", "team_id"]));
    NewTable::named("structure_names")
        .id()
        .reference_null("department_id", "departments")
        .reference_null("team_id", "teams")
        .reference_null("position_id", "positions")
        .text("name")
        .text("name_zh")
        .dated()
        .time("created_at")
        .check("whose", whose)
        .index(&["department_id", "valid_from"])
        .index(&["team_id", "valid_from"])
        .index(&["position_id", "valid_from"])
        .index(&["valid_from"])
}
