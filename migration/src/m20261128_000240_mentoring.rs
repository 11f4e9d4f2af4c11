//! Mentoring: pairs with their plan, the tickets that they worked on together, and their talks.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        pairs().create(manager).await?;
        goals().create(manager).await?;
        tickets().create(manager).await?;
        check_ins().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Pairs of mentor and newcomer (师徒结对).
fn pairs() -> NewTable {
    let column = |name: &'static str| Expr::col(name);
    let over = column("ended_on")
        .is_not_null()
        .and(column("result").is_not_null())
        .and(column("state").eq("ended"));
    let at_work = column("ended_on")
        .is_null()
        .and(column("result").is_null())
        .and(column("state").eq("active"));
    NewTable::named("mentorings")
        .id()
        .reference("mentor_id", "members")
        .reference("newcomer_id", "members")
        .one_of("state", &["active", "ended"])
        .text("metric_key")
        .date("started_on")
        .date("planned_end")
        .date_null("ended_on")
        .one_of_null("result", &["reached", "not_reached", "broken_off"])
        .text_null("result_note")
        .uuid("created_by")
        .versioned()
        .check("ended", at_work.or(over))
        .check("two", column("mentor_id").ne(column("newcomer_id")))
        .check("planned", column("planned_end").gt(column("started_on")))
        .index(&["mentor_id", "state"])
        .index(&["newcomer_id", "state"])
        .index(&["started_on", "id"])
        .index(&["planned_end", "id"])
}

/// Goals in the plan of a pair (带教目标).
fn goals() -> NewTable {
    NewTable::named("mentoring_goals")
        .id()
        .part_of("mentoring_id", "mentorings")
        .text("goal")
        .date("due_on")
        .date_null("reached_on")
        .text_null("note")
        .versioned()
        .index(&["mentoring_id", "due_on", "id"])
}

/// Tickets on which a pair worked together (共同处理的工单).
fn tickets() -> NewTable {
    NewTable::named("mentoring_tickets")
        .id()
        .part_of("mentoring_id", "mentorings")
        .reference("ticket_id", "tickets")
        .text_null("note")
        .uuid("linked_by")
        .time("linked_at")
        .unique(&["mentoring_id", "ticket_id"])
        .index(&["ticket_id"])
}

/// What was noted about a pair on a day (带教记录).
fn check_ins() -> NewTable {
    let rating = Expr::col("rating");
    NewTable::named("mentoring_check_ins")
        .id()
        .part_of("mentoring_id", "mentorings")
        .date("held_on")
        .column(ColumnDef::new("rating").integer().null())
        .text("note")
        .uuid("written_by")
        .text("written_by_name")
        .time("created_at")
        .check("rating", rating.clone().is_null().or(rating.between(1, 5)))
        .index(&["mentoring_id", "held_on", "id"])
}
