//! Auditors are asked in surveys of the staff like everybody: now they may answer.

use sea_orm_migration::prelude::*;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(STATEMENT)
            .await?;
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The role has never had it, so that nobody can have taken it away.
const STATEMENT: &str = "INSERT INTO role_grants (role_id, permission, reach) \
     SELECT id, 'staff.survey.answer', 'own' FROM roles \
     WHERE key = 'auditor' AND builtin AND NOT EXISTS ( \
       SELECT 1 FROM role_grants \
       WHERE role_id = roles.id AND permission = 'staff.survey.answer' AND reach = 'own')";
