//! The documents that API clients are trusted with, and which clients may run no others.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        MoreColumns::of("api_clients")
            .flag_unset("trusted_documents_only")
            .add(manager)
            .await?;
        api_client_documents().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What a client may send by its id.
fn api_client_documents() -> NewTable {
    NewTable::named("api_client_documents")
        .id()
        .reference("api_client_id", "api_clients")
        .text("document_id")
        .text("sha256")
        .text_null("operation_name")
        .text("text")
        .time("created_at")
        .unique(&["api_client_id", "document_id"])
        .index(&["created_at", "id"])
}
