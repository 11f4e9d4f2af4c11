//! Trainings that are proposed from needs.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        proposals().create(manager).await?;
        members().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Proposals (培训建议).
fn proposals() -> NewTable {
    NewTable::named("training_proposals")
        .id()
        .reference("course_id", "training_courses")
        .text("purpose")
        .column(ColumnDef::new("priority").integer().not_null())
        .json("evidence")
        .one_of("state", &["proposed", "accepted", "declined"])
        .reference_null("session_id", "training_sessions")
        .text_null("reason")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .uuid("created_by")
        .versioned()
        .check("priority", Expr::col("priority").between(1, 3))
        .index(&["priority", "id"])
        .index(&["created_at", "id"])
        .index(&["course_id"])
        .index(&["session_id"])
}

/// For whom (建议参训人员).
fn members() -> NewTable {
    NewTable::named("training_proposal_members")
        .id()
        .part_of("proposal_id", "training_proposals")
        .reference("member_id", "members")
        .unique(&["proposal_id", "member_id"])
        .index(&["member_id"])
}
