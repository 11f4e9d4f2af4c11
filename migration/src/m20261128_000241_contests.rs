//! Skill contests: rounds, entrants, judges, scores, results and prizes.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        contests().create(manager).await?;
        rounds().create(manager).await?;
        entrants().create(manager).await?;
        judges().create(manager).await?;
        conflicts().create(manager).await?;
        scores().create(manager).await?;
        results().create(manager).await?;
        awards().create(manager).await
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

fn within(table: NewTable, name: &'static str, least: i32, most: i32) -> NewTable {
    number(table, name).check(name, Expr::col(name).between(least, most))
}

/// Contests (技能竞赛).
fn contests() -> NewTable {
    NewTable::named("contests")
        .id()
        .text("code")
        .text("title")
        .text("title_zh")
        .text_null("description")
        .one_of(
            "state",
            &["draft", "open", "running", "published", "cancelled"],
        )
        .reference("owner_id", "members")
        .json("prizes")
        .uuid("created_by")
        .time_null("published_at")
        .text_null("reason")
        .versioned()
        .unique(&["code"])
        .index(&["state", "created_at", "id"])
        .index(&["created_at", "id"])
        .index(&["owner_id"])
}

/// Their rounds (赛程轮次).
fn rounds() -> NewTable {
    let table = NewTable::named("contest_rounds")
        .id()
        .part_of("contest_id", "contests");
    let table = within(table, "number", 1, 10)
        .text("title")
        .text("title_zh")
        .one_of("kind", &["judged", "exam"])
        .reference_null("exam_id", "exams")
        .json("criteria");
    let table = within(table, "drop_each", 0, 5);
    let table = within(table, "drop_from", 1, 50);
    let (kind, exam) = (Expr::col("kind"), Expr::col("exam_id"));
    let judged = kind.clone().eq("judged").and(exam.clone().is_null());
    let by_exam = kind.eq("exam").and(exam.is_not_null());
    within(table, "least_judges", 1, 20)
        .column(ColumnDef::new("advance").integer().null())
        .one_of("state", &["waiting", "open", "closed"])
        .time_null("closed_at")
        .versioned()
        .check("scored", judged.or(by_exam))
        .unique(&["contest_id", "number"])
        .index(&["exam_id"])
}

/// Who takes part (参赛选手).
fn entrants() -> NewTable {
    NewTable::named("contest_entrants")
        .id()
        .reference("contest_id", "contests")
        .reference("member_id", "members")
        .time_null("withdrawn_at")
        .versioned()
        .unique(&["contest_id", "member_id"])
        .index(&["member_id"])
}

/// Who judges (评委).
fn judges() -> NewTable {
    NewTable::named("contest_judges")
        .id()
        .reference("contest_id", "contests")
        .reference("member_id", "members")
        .time("created_at")
        .unique(&["contest_id", "member_id"])
        .index(&["member_id"])
}

/// Who doesn't judge whom (利益冲突回避).
fn conflicts() -> NewTable {
    NewTable::named("contest_conflicts")
        .id()
        .reference("contest_id", "contests")
        .reference("judge_id", "members")
        .reference("entrant_id", "contest_entrants")
        .text("reason")
        .uuid("declared_by")
        .time("created_at")
        .unique(&["entrant_id", "judge_id"])
        .index(&["contest_id", "id"])
        .index(&["judge_id"])
}

/// What judges gave (评委打分).
fn scores() -> NewTable {
    NewTable::named("contest_scores")
        .id()
        .reference("round_id", "contest_rounds")
        .reference("entrant_id", "contest_entrants")
        .reference("judge_id", "members")
        .json("points")
        .column(ColumnDef::new("total").big_integer().not_null())
        .text_null("comment")
        .versioned()
        .unique(&["round_id", "entrant_id", "judge_id"])
        .index(&["entrant_id"])
        .index(&["judge_id"])
}

/// What closed rounds came to (轮次成绩).
fn results() -> NewTable {
    let table = NewTable::named("contest_results")
        .id()
        .reference("contest_id", "contests")
        .reference("round_id", "contest_rounds")
        .reference("entrant_id", "contest_entrants")
        .column(ColumnDef::new("score").big_integer().null())
        .column(ColumnDef::new("rank").integer().null());
    number(table, "scores")
        .flag("advanced")
        .time("created_at")
        .unique(&["round_id", "entrant_id"])
        .index(&["contest_id", "id"])
        .index(&["entrant_id"])
}

/// Who won what (奖项).
fn awards() -> NewTable {
    let table = NewTable::named("contest_awards")
        .id()
        .reference("contest_id", "contests")
        .reference("entrant_id", "contest_entrants")
        .reference("member_id", "members");
    number(table, "rank")
        .text("name")
        .text("name_zh")
        .time("created_at")
        .index(&["contest_id", "rank", "id"])
        .index(&["entrant_id"])
        .index(&["member_id"])
}
