//! Certificates that attending a course grants, and which attendance granted one.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::MoreColumns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("training_courses")
            .reference_null("certificate_id", "certificates")
            .index(&["certificate_id"])
            .add(manager)
            .await?;
        MoreColumns::of("training_enrolments")
            .reference_null("granted_id", "member_certificates")
            .index(&["granted_id"])
            .add(manager)
            .await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
