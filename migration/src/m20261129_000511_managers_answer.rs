//! Service managers answer questions about awards, so that somebody can where HR asks.

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

/// The role has never had it, so that nobody can have taken it away. A database that is new or doesn't know the permission yet gets
/// it when the roles are installed.
const STATEMENT: &str = "INSERT INTO role_grants (role_id, permission, reach) \
     SELECT id, 'incentive.question.answer', 'all' FROM roles \
     WHERE key = 'service_manager' AND builtin AND EXISTS ( \
       SELECT 1 FROM known_permissions WHERE key = 'incentive.question.answer') AND NOT EXISTS ( \
       SELECT 1 FROM role_grants \
       WHERE role_id = roles.id AND permission = 'incentive.question.answer' AND reach = 'all')";
