//! Departments, regions, teams, positions, members, and where the members are placed.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::PROVINCES;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        departments().create(manager).await?;
        regions().create(manager).await?;
        region_provinces().create(manager).await?;
        teams().create(manager).await?;
        positions().create(manager).await?;
        members().create(manager).await?;
        assignments().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Departments.
fn departments() -> NewTable {
    NewTable::named("departments")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .dated()
        .versioned()
        .unique(&["code"])
}

/// Regions.
fn regions() -> NewTable {
    NewTable::named("regions")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .dated()
        .versioned()
        .unique(&["code"])
}

/// Which province belongs to which region.
fn region_provinces() -> NewTable {
    NewTable::named("region_provinces")
        .id()
        .reference("region_id", "regions")
        .one_of("province", &PROVINCES)
        .dated()
        .index(&["province"])
        .unique(&["region_id", "province", "valid_from"])
}

/// Teams, in a tree.
fn teams() -> NewTable {
    NewTable::named("teams")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .reference("department_id", "departments")
        .reference_null("parent_id", "teams")
        .reference_null("region_id", "regions")
        .dated()
        .versioned()
        .unique(&["code"])
        .index(&["department_id"])
        .index(&["parent_id"])
        .index(&["region_id"])
}

/// Positions.
fn positions() -> NewTable {
    NewTable::named("positions")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .one_of(
            "family",
            &[
                "service_desk",
                "technical_support",
                "field_service",
                "coordination",
                "management",
                "support_function",
            ],
        )
        .text("duties")
        .text("goals")
        .text("standards")
        .dated()
        .versioned()
        .unique(&["code"])
}

/// Members.
fn members() -> NewTable {
    NewTable::named("members")
        .id()
        .text("number")
        .text("name")
        .text_null("name_en")
        .date("joined_on")
        .date_null("left_on")
        .versioned()
        .unique(&["number"])
}

/// Where members are placed: each line of the matrix needs its own target.
fn assignments() -> NewTable {
    let kind = || Expr::col("kind");
    NewTable::named("assignments")
        .id()
        .reference("member_id", "members")
        .one_of("kind", &["home", "project", "regional"])
        .reference_null("department_id", "departments")
        .reference_null("team_id", "teams")
        .reference_null("region_id", "regions")
        .reference_null("position_id", "positions")
        .text("role")
        .column(ColumnDef::new("percent").integer().not_null())
        .check("percent", Expr::col("percent").between(1, 100))
        .check(
            "home",
            kind()
                .ne("home")
                .or(Expr::col("department_id").is_not_null()),
        )
        .check(
            "project",
            kind().ne("project").or(Expr::col("team_id").is_not_null()),
        )
        .check(
            "regional",
            kind()
                .ne("regional")
                .or(Expr::col("region_id").is_not_null()),
        )
        .dated()
        .versioned()
        .index(&["member_id", "valid_from"])
        .index(&["department_id"])
        .index(&["team_id"])
        .index(&["region_id"])
        .index(&["position_id"])
}
