//! Training: courses, learning paths, sessions with their enrolments and feedback, studies elsewhere, the ledger of hours
//! with its targets, and the feeds for calendar programs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            courses(),
            paths(),
            path_courses(),
            sessions(),
            trainers(),
            enrolments(),
            feedbacks(),
            studies(),
            hours(),
            targets(),
            feeds(),
        ] {
            table.create(manager).await?;
        }
        only_grows(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A whole number that must be there.
fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// The column is within these bounds.
fn within(name: &'static str, least: i32, most: i32) -> Expr {
    Expr::col(name).between(least, most)
}

/// Courses that can be taught (培训课程).
fn courses() -> NewTable {
    NewTable::named("training_courses")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .one_of(
            "subject",
            &[
                "product_knowledge",
                "technical_skill",
                "service_skill",
                "communication",
                "emotion_management",
                "company_policy",
                "teamwork",
            ],
        )
        .one_of("kind", &["course", "case_study", "drill", "sharing"])
        .one_of("audience", &["staff", "customers"])
        .column(&mut number("minutes"))
        .text("description")
        .text_null("description_zh")
        .json("materials")
        .time_null("retired_at")
        .versioned()
        .check("minutes", within("minutes", 1, 60_000))
        .unique(&["code"])
        .index(&["subject", "code"])
}

/// Courses in an order, for a position or for whoever likes (学习路径).
fn paths() -> NewTable {
    let given = |name: &'static str| Expr::col(name).is_not_null();
    let absent = |name: &'static str| Expr::col(name).is_null();
    let must = given("position_id")
        .and(given("days_limit"))
        .and(given("mandatory_from"));
    let may = absent("position_id")
        .and(absent("days_limit"))
        .and(absent("mandatory_from"));
    NewTable::named("training_paths")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .text("description")
        .reference_null("position_id", "positions")
        .column(ColumnDef::new("days_limit").integer().null())
        .date_null("mandatory_from")
        .time_null("retired_at")
        .versioned()
        .check("mandatory", must.or(may))
        .unique(&["code"])
        .index(&["position_id"])
}

/// The courses of a learning path.
fn path_courses() -> NewTable {
    NewTable::named("training_path_courses")
        .id()
        .part_of("path_id", "training_paths")
        .reference("course_id", "training_courses")
        .column(&mut number("place"))
        .unique(&["path_id", "course_id"])
        .index(&["course_id"])
}

/// A course on a day (培训场次).
fn sessions() -> NewTable {
    NewTable::named("training_sessions")
        .id()
        .reference("course_id", "training_courses")
        .text_null("place")
        .text_null("link")
        .text_null("guest_trainer")
        .time("starts_at")
        .time("ends_at")
        .column(&mut number("minutes"))
        .column(&mut number("capacity"))
        .time("enrol_until")
        .one_of(
            "state",
            &["planned", "open", "running", "held", "cancelled"],
        )
        .text_null("reason")
        .time_null("held_at")
        .time_null("feedback_until")
        .uuid("created_by")
        .versioned()
        .check("times", Expr::col("ends_at").gt(Expr::col("starts_at")))
        .check("minutes", within("minutes", 1, 60_000))
        .check("capacity", within("capacity", 1, 1_000))
        .index(&["starts_at", "id"])
        .index(&["state", "starts_at", "id"])
        .index(&["course_id", "starts_at", "id"])
}

/// Who gives a session (讲师).
fn trainers() -> NewTable {
    NewTable::named("training_session_trainers")
        .id()
        .part_of("session_id", "training_sessions")
        .reference("member_id", "members")
        .text("name")
        .unique(&["session_id", "member_id"])
        .index(&["member_id"])
}

/// A member's place in a session, or in its waiting list (报名).
fn enrolments() -> NewTable {
    NewTable::named("training_enrolments")
        .id()
        .reference("session_id", "training_sessions")
        .reference("member_id", "members")
        .one_of("state", &["enrolled", "waiting", "cancelled"])
        .time("queued_at")
        .column(ColumnDef::new("turn").big_integer().not_null())
        .uuid("enrolled_by")
        .time_null("promoted_at")
        .time_null("cancelled_at")
        .one_of_null("attendance", &["present", "part", "absent"])
        .column(ColumnDef::new("minutes").integer().null())
        .time_null("checked_in_at")
        .versioned()
        .check("minutes", within("minutes", 0, 60_000))
        .unique(&["session_id", "member_id"])
        .unique(&["session_id", "turn"])
        .index(&["session_id", "state", "turn"])
        .index(&["member_id", "state"])
        .index(&["created_at", "id"])
}

/// What somebody who was there says of a session (培训反馈).
fn feedbacks() -> NewTable {
    NewTable::named("training_feedbacks")
        .id()
        .reference("session_id", "training_sessions")
        .reference("enrolment_id", "training_enrolments")
        .column(&mut number("rating"))
        .text_null("comment")
        .time("given_at")
        .check("rating", within("rating", 1, 5))
        .unique(&["enrolment_id"])
        .index(&["session_id"])
}

/// What a member learnt elsewhere (外部学习).
fn studies() -> NewTable {
    NewTable::named("training_studies")
        .id()
        .reference("member_id", "members")
        .text("title")
        .text("provider")
        .column(&mut number("minutes"))
        .date("studied_on")
        .text_null("proof")
        .text_null("proof_link")
        .one_of("state", &["submitted", "approved", "rejected", "withdrawn"])
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision_note")
        .versioned()
        .check("minutes", within("minutes", 1, 60_000))
        .index(&["member_id", "studied_on", "id"])
        .index(&["state", "studied_on", "id"])
        .index(&["studied_on", "id"])
}

/// The ledger of hours (学时台账).
fn hours() -> NewTable {
    let corrects = Expr::col("corrects_id");
    let kind = |values: [&'static str; 2]| Expr::col("kind").is_in(values);
    let named = kind(["correction", "reversal"]).and(corrects.clone().is_not_null());
    let first = kind(["attendance", "external"]).and(corrects.is_null());
    NewTable::named("training_hours")
        .id()
        .reference("member_id", "members")
        .date("day")
        .column(&mut number("minutes"))
        .one_of(
            "kind",
            &["attendance", "external", "correction", "reversal"],
        )
        .reference_null("enrolment_id", "training_enrolments")
        .reference_null("study_id", "training_studies")
        .reference_null("corrects_id", "training_hours")
        .text_null("reason")
        .uuid_null("booked_by")
        .text("booked_by_name")
        .time("booked_at")
        .check("corrects", named.or(first))
        .check("minutes", Expr::col("minutes").ne(0))
        .index(&["member_id", "day", "id"])
        .index(&["day", "id"])
        .index(&["enrolment_id"])
        .index(&["study_id"])
        .index(&["corrects_id"])
}

/// How much the holders of a position have to learn in a year (学时目标).
fn targets() -> NewTable {
    NewTable::named("training_targets")
        .id()
        .reference("position_id", "positions")
        .column(&mut number("year"))
        .column(&mut number("minutes"))
        .versioned()
        .check("minutes", within("minutes", 0, 120_000))
        .check("year", within("year", 2000, 2100))
        .unique(&["position_id", "year"])
}

/// The secret under which a calendar program reads a member's sessions (日历订阅).
fn feeds() -> NewTable {
    NewTable::named("training_feeds")
        .id()
        .reference("member_id", "members")
        .text("token_hash")
        .time("created_at")
        .unique(&["member_id"])
        .unique(&["token_hash"])
}

/// Rows of the ledger can't be changed or deleted, whoever tries.
async fn only_grows(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statements: &[&str] = match manager.get_database_backend() {
        DbBackend::Postgres => &[
            "CREATE FUNCTION training_hours_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger of hours only grows'; END $$",
            "CREATE TRIGGER training_hours_only_grow BEFORE UPDATE OR DELETE ON training_hours FOR EACH ROW EXECUTE FUNCTION training_hours_only_grow()",
        ],
        _ => &[
            "CREATE TRIGGER training_hours_no_update BEFORE UPDATE ON training_hours BEGIN SELECT RAISE(ABORT, 'the ledger of hours only grows'); END",
            "CREATE TRIGGER training_hours_no_delete BEFORE DELETE ON training_hours BEGIN SELECT RAISE(ABORT, 'the ledger of hours only grows'); END",
        ],
    };
    for statement in statements {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}
