//! Keys that sign access tokens (签名密钥).

use sea_orm::entity::prelude::*;

use crate::enums::KeyAlgorithm;

/// A row of `signing_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// With what it signs.
    pub algorithm: KeyAlgorithm,
    /// Public half, as published at `/.well-known/jwks.json`.
    #[sea_orm(column_type = "JsonBinary")]
    pub public_jwk: Json,
    /// Private half, PKCS#8 in PEM.
    pub private_pem: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// From when it signs no more.
    pub retired_at: Option<DateTimeUtc>,
    /// From when it verifies no more.
    pub expires_at: Option<DateTimeUtc>,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
