//! Documents that an API client is trusted with (受信文档).

use sea_orm::entity::prelude::*;

/// A row of `api_client_documents`. It is made and deleted, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_client_documents")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The client.
    pub api_client_id: Uuid,
    /// What the client sends instead of the text; unique for the client.
    pub document_id: String,
    /// SHA-256 of the text, in lower-case hex.
    pub sha256: String,
    /// The name of its operation; none when it has several or one without a name.
    pub operation_name: Option<String>,
    /// The document.
    pub text: String,
    /// When it was trusted.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The client.
    #[sea_orm(
        belongs_to = "super::api_client::Entity",
        from = "Column::ApiClientId",
        to = "super::api_client::Column::Id"
    )]
    ApiClient,
}

impl Related<super::api_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ApiClient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
