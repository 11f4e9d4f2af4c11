//! Who could take over which position.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        proposals().create(manager).await?;
        evidences().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Proposals.
fn proposals() -> NewTable {
    NewTable::named("talent_proposals")
        .id()
        .reference("member_id", "members")
        .reference("position_id", "positions")
        .one_of(
            "readiness",
            &[
                "ready_now",
                "within_one_year",
                "one_to_two_years",
                "not_yet",
            ],
        )
        .text("reason")
        .one_of(
            "state",
            &[
                "proposed",
                "accepted",
                "declined",
                "withdrawn",
                "superseded",
            ],
        )
        .uuid_null("proposed_by")
        .text("proposed_by_name")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision_note")
        .versioned()
        .index(&["position_id", "state", "id"])
        .index(&["member_id"])
}

/// What proposals stand on.
fn evidences() -> NewTable {
    NewTable::named("talent_evidences")
        .id()
        .part_of("proposal_id", "talent_proposals")
        .column(ColumnDef::new("place").integer().not_null())
        .one_of(
            "kind",
            &[
                "competency",
                "certificate",
                "exam",
                "training_hours",
                "other",
            ],
        )
        .text_null("note")
        .reference_null("assessment_id", "competency_assessments")
        .reference_null("certificate_id", "member_certificates")
        .reference_null("attempt_id", "exam_attempts")
        .column(ColumnDef::new("hours_year").integer().null())
        .unique(&["proposal_id", "place"])
        .index(&["assessment_id"])
        .index(&["certificate_id"])
        .index(&["attempt_id"])
}
