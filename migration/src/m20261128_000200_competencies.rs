//! What positions want of people, and what people were found to have.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        competencies().create(manager).await?;
        competency_profiles().create(manager).await?;
        competency_wants().create(manager).await?;
        competency_assessments().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The catalogue of competencies.
fn competencies() -> NewTable {
    NewTable::named("competencies")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .text("meaning")
        .text("meaning_zh")
        .flag("active")
        .versioned()
        .unique(&["code"])
}

/// Profiles of positions: they never change.
fn competency_profiles() -> NewTable {
    NewTable::named("competency_profiles")
        .id()
        .reference("position_id", "positions")
        .column(ColumnDef::new("number").integer().not_null())
        .date("valid_from")
        .text_null("note")
        .uuid_null("created_by")
        .time("created_at")
        .unique(&["position_id", "number"])
        .unique(&["position_id", "valid_from"])
}

/// What profiles want.
fn competency_wants() -> NewTable {
    NewTable::named("competency_wants")
        .id()
        .part_of("profile_id", "competency_profiles")
        .reference("competency_id", "competencies")
        .column(ColumnDef::new("level").integer().not_null())
        .check("level", of_level())
        .unique(&["profile_id", "competency_id"])
}

/// Assessments: they never change, a later one counts.
fn competency_assessments() -> NewTable {
    NewTable::named("competency_assessments")
        .id()
        .reference("member_id", "members")
        .reference("competency_id", "competencies")
        .column(ColumnDef::new("level").integer().not_null())
        .text("evidence")
        .date("assessed_on")
        .uuid_null("assessed_by")
        .text("assessed_by_name")
        .time("created_at")
        .check("level", of_level())
        .index(&["member_id", "assessed_on", "id"])
}

/// A level is 1 to 5.
fn of_level() -> Expr {
    Expr::col("level").between(1, 5)
}
