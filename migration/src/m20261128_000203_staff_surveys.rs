//! How the staff are, asked so that nobody learns who answered what.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rounds().create(manager).await?;
        questions().create(manager).await?;
        cells().create(manager).await?;
        tallies().create(manager).await?;
        invitations().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Rounds.
fn rounds() -> NewTable {
    NewTable::named("staff_survey_rounds")
        .id()
        .text("title")
        .text("title_zh")
        .one_of("state", &["draft", "open", "closed"])
        .date_null("opened_on")
        .date("closes_on")
        .column(ColumnDef::new("minimum").integer().null())
        .column(ColumnDef::new("invited").integer().null())
        .uuid("created_by")
        .versioned()
        .index(&["closes_on", "id"])
}

/// Questions of rounds.
fn questions() -> NewTable {
    NewTable::named("staff_survey_questions")
        .id()
        .part_of("round_id", "staff_survey_rounds")
        .column(ColumnDef::new("place").integer().not_null())
        .one_of("kind", &["rating", "choice"])
        .text("text")
        .text("text_zh")
        .json("options")
        .unique(&["round_id", "place"])
}

/// Places in which people were asked.
fn cells() -> NewTable {
    NewTable::named("staff_survey_cells")
        .id()
        .part_of("round_id", "staff_survey_rounds")
        .reference_null("department_id", "departments")
        .reference_null("team_id", "teams")
        .column(ColumnDef::new("people").integer().not_null())
        .index(&["round_id"])
}

/// How often something was chosen.
fn tallies() -> NewTable {
    NewTable::named("staff_survey_tallies")
        .id()
        .part_of("cell_id", "staff_survey_cells")
        .part_of("question_id", "staff_survey_questions")
        .column(ColumnDef::new("choice").integer().not_null())
        .column(ColumnDef::new("people").integer().not_null())
        .unique(&["cell_id", "question_id", "choice"])
        .index(&["question_id"])
}

/// Who was asked, and whether they have answered.
fn invitations() -> NewTable {
    NewTable::named("staff_survey_invitations")
        .id()
        .part_of("round_id", "staff_survey_rounds")
        .reference("member_id", "members")
        .part_of("cell_id", "staff_survey_cells")
        .flag("answered")
        .unique(&["round_id", "member_id"])
        .index(&["member_id"])
}
