//! The question bank, exams, attempts with their papers, marks and appeals.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            questions(),
            question_versions(),
            exams(),
            pools(),
            people("exam_candidates"),
            people("exam_assessors"),
            attempts(),
            items(),
            marks(),
            appeals(),
        ] {
            table.create(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn number(table: NewTable, name: &'static str) -> NewTable {
    table.column(ColumnDef::new(name).integer().not_null())
}

fn large(table: NewTable, name: &'static str) -> NewTable {
    table.column(ColumnDef::new(name).big_integer().not_null())
}

fn within(table: NewTable, name: &'static str, least: i32, most: i32) -> NewTable {
    number(table, name).check(name, Expr::col(name).between(least, most))
}

/// The bank (题库).
fn questions() -> NewTable {
    let kinds = &[
        "single",
        "multiple",
        "true_false",
        "number",
        "text",
        "practical",
    ];
    let table = NewTable::named("exam_questions")
        .id()
        .one_of("kind", kinds)
        .text("topic");
    let table = within(table, "difficulty", 1, 5).one_of("state", &["draft", "active", "retired"]);
    number(table, "current")
        .uuid("created_by")
        .versioned()
        .index(&["state", "topic", "difficulty", "id"])
        .index(&["topic", "id"])
        .index(&["created_at", "id"])
}

/// What questions ask, version by version (题目版本).
fn question_versions() -> NewTable {
    let table = NewTable::named("exam_question_versions")
        .id()
        .reference("question_id", "exam_questions");
    within(number(table, "number"), "difficulty", 1, 5)
        .text("text")
        .text("text_zh")
        .json("options")
        .json("key")
        .text_null("explanation")
        .text_null("note")
        .uuid("created_by")
        .time("created_at")
        .unique(&["question_id", "number"])
}

/// Exams (考试).
fn exams() -> NewTable {
    let table = NewTable::named("exams")
        .id()
        .text("code")
        .text("title")
        .text("title_zh")
        .text_null("description")
        .one_of("state", &["draft", "active", "closed"])
        .json("blueprint")
        .one_of("partial_credit", &["none", "proportional"]);
    let table = within(table, "penalty_percent", 0, 100);
    let table = within(table, "pass_percent", 1, 100);
    let table = within(table, "time_limit_minutes", 1, 1440);
    let table = within(table, "attempts_allowed", 1, 20);
    let table = within(table, "wait_hours", 0, 8760)
        .time("opens_at")
        .time("closes_at")
        .flag("shuffle_questions")
        .flag("shuffle_options")
        .one_of("publication", &["graded", "closed", "manual"])
        .flag("reveal");
    let table = within(table, "third_percent", 0, 100)
        .flag("open_to_all")
        .reference_null("certificate_id", "certificates")
        .reference("owner_id", "members")
        .uuid("created_by");
    number(table, "pool")
        .time_null("activated_at")
        .time_null("closed_at")
        .versioned()
        .check("window", Expr::col("closes_at").gt(Expr::col("opens_at")))
        .unique(&["code"])
        .index(&["state", "closes_at", "id"])
        .index(&["opens_at", "id"])
        .index(&["created_at", "id"])
        .index(&["owner_id"])
        .index(&["certificate_id"])
}

/// Frozen questions of exams (题池).
fn pools() -> NewTable {
    let table = NewTable::named("exam_pools")
        .id()
        .reference("exam_id", "exams");
    number(table, "number")
        .json("entries")
        .time("created_at")
        .unique(&["exam_id", "number"])
}

/// Those who sit, and those who mark.
fn people(name: &'static str) -> NewTable {
    NewTable::named(name)
        .id()
        .reference("exam_id", "exams")
        .reference("member_id", "members")
        .time("created_at")
        .unique(&["exam_id", "member_id"])
        .index(&["member_id"])
}

/// Attempts (作答).
fn attempts() -> NewTable {
    let table = NewTable::named("exam_attempts")
        .id()
        .reference("exam_id", "exams")
        .reference("member_id", "members");
    let table = number(table, "number").reference("pool_id", "exam_pools");
    let table = large(table, "seed")
        .one_of("state", &["in_progress", "handed_in", "graded"])
        .time("started_at")
        .time("deadline")
        .time_null("handed_in_at")
        .one_of_null("handed_in_by", &["member", "deadline", "closing"]);
    large(table, "max_points")
        .column(ColumnDef::new("points").big_integer().null())
        .column(ColumnDef::new("passed").boolean().null())
        .time_null("graded_at")
        .time_null("published_at")
        .reference_null("granted_id", "member_certificates")
        .versioned()
        .check(
            "deadline",
            Expr::col("deadline").gt(Expr::col("started_at")),
        )
        .check(
            "graded",
            Expr::col("state")
                .ne("graded")
                .or(Expr::col("points").is_not_null()),
        )
        .unique(&["exam_id", "member_id", "number"])
        .index(&["member_id", "exam_id"])
        .index(&["state", "deadline", "id"])
        .index(&["started_at", "id"])
        .index(&["granted_id"])
}

/// Papers with the answers (试卷).
fn items() -> NewTable {
    let table = NewTable::named("exam_items")
        .id()
        .reference("attempt_id", "exam_attempts");
    let table = number(table, "position").reference("version_id", "exam_question_versions");
    let table = large(table, "max_points")
        .json("option_order")
        .json_null("answer");
    let table = large(table, "sequence")
        .time_null("answered_at")
        .flag("by_hand");
    within(table, "awaits", 0, 3)
        .column(ColumnDef::new("points").big_integer().null())
        .unique(&["attempt_id", "position"])
        .index(&["version_id"])
        .index(&["awaits", "id"])
}

/// Marks, which are only ever added (评分记录).
fn marks() -> NewTable {
    let table = NewTable::named("exam_marks")
        .id()
        .reference("item_id", "exam_items");
    let table = number(table, "slot")
        .one_of("kind", &["rule", "assessor", "regrade"])
        .reference_null("assessor_id", "members");
    large(table, "points")
        .json_null("criteria")
        .text_null("comment")
        .time("created_at")
        .unique(&["item_id", "slot"])
}

/// Appeals (申诉).
fn appeals() -> NewTable {
    NewTable::named("exam_appeals")
        .id()
        .reference("attempt_id", "exam_attempts")
        .reference_null("item_id", "exam_items")
        .text("reason")
        .one_of("state", &["open", "upheld", "rejected"])
        .text_null("answer")
        .uuid_null("decided_by")
        .time_null("decided_at")
        .versioned()
        .index(&["attempt_id"])
        .index(&["state", "created_at", "id"])
        .index(&["created_at", "id"])
}
