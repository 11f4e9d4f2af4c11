//! Goals on metrics, and the alerts about them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        goals().create(manager).await?;
        goal_alerts().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What is to be reached by when, measured by a metric (目标).
fn goals() -> NewTable {
    NewTable::named("goals")
        .id()
        .text("title")
        .text_null("title_zh")
        .text("specific")
        .text("relevant")
        .text("achievable")
        .text("metric_key")
        .one_of("bound", &["at_least", "at_most"])
        .column(ColumnDef::new("target").big_integer().not_null())
        .one_of("population", POPULATIONS)
        .reference_null("department_id", "departments")
        .reference_null("region_id", "regions")
        .reference_null("team_id", "teams")
        .reference_null("member_id", "members")
        .date("from_day")
        .date("until_day")
        .reference("owner_id", "members")
        .one_of(
            "state",
            &["draft", "active", "achieved", "missed", "cancelled"],
        )
        .text_null("reason")
        .time_null("activated_at")
        .time_null("closed_at")
        .column(ColumnDef::new("result").big_integer().null())
        .time_null("off_course_since")
        .uuid("created_by")
        .versioned()
        .check("days", Expr::col("until_day").gt(Expr::col("from_day")))
        .check("part", whose())
        .index(&["state", "until_day", "id"])
        .index(&["until_day", "id"])
        .index(&["created_at", "id"])
        .index(&["metric_key"])
        .index(&["department_id"])
        .index(&["region_id"])
        .index(&["team_id"])
        .index(&["member_id"])
        .index(&["owner_id"])
}

/// Whose figures a goal can be about.
const POPULATIONS: &[&str] = &["company", "department", "region", "team", "member"];

/// The part of the company that the kind of population says is named, and no other.
fn whose() -> Expr {
    let named = |column: &'static str, kind: &'static str| {
        let (value, is) = (Expr::col(column), Expr::col("population").eq(kind));
        let other = Expr::col("population").ne(kind);
        is.and(value.clone().is_not_null())
            .or(other.and(value.is_null()))
    };
    named("department_id", "department")
        .and(named("region_id", "region"))
        .and(named("team_id", "team"))
        .and(named("member_id", "member"))
}

/// What was told about a goal (目标提醒).
fn goal_alerts() -> NewTable {
    NewTable::named("goal_alerts")
        .id()
        .part_of("goal_id", "goals")
        .one_of(
            "kind",
            &["off_course", "back_on_course", "achieved", "missed"],
        )
        .column(ColumnDef::new("value").big_integer().null())
        .column(ColumnDef::new("forecast").big_integer().null())
        .column(ColumnDef::new("forecast_low").big_integer().null())
        .column(ColumnDef::new("forecast_high").big_integer().null())
        .column(ColumnDef::new("chance").integer().null())
        .time("raised_at")
        .index(&["goal_id", "raised_at", "id"])
}
