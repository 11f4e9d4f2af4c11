//! Auditors are paid like everybody: now they read their own awards and may ask about them.

use sea_orm_migration::prelude::*;

use crate::forward_only;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for permission in ["incentive.award.read", "incentive.question.ask"] {
            manager
                .get_connection()
                .execute_unprepared(&statement(permission))
                .await?;
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

/// The role has never had them, so that nobody can have taken them away. A database that is new or doesn't know the permission yet
/// gets them when the roles are installed.
fn statement(permission: &str) -> String {
    format!(
        "INSERT INTO role_grants (role_id, permission, reach) \
         SELECT id, '{permission}', 'own' FROM roles \
         WHERE key = 'auditor' AND builtin AND EXISTS ( \
           SELECT 1 FROM known_permissions WHERE key = '{permission}') AND NOT EXISTS ( \
           SELECT 1 FROM role_grants \
           WHERE role_id = roles.id AND permission = '{permission}' AND reach = 'own')"
    )
}
