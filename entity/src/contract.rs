//! A contract with a customer (合同).

use sea_orm::entity::prelude::*;

use crate::enums::{ContractKind, ContractState, Province};

/// A row of `contracts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contracts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number on the paper, unique.
    #[sea_orm(unique)]
    pub number: String,
    /// With which customer.
    pub customer_id: Uuid,
    /// About which product.
    pub product_id: Option<Uuid>,
    /// New, or a renewal.
    pub kind: ContractKind,
    /// The contract that it goes on from; there for renewals only.
    pub renews_id: Option<Uuid>,
    /// Was it the customer's first contract when it was recorded? It stays so.
    pub is_first: bool,
    /// Where the customer was then; it stays so.
    pub province: Province,
    /// What it is worth, in minor units of its currency.
    pub value: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day of the signature.
    pub signed_on: Date,
    /// The first day on which it holds.
    pub starts_on: Date,
    /// The first day on which it no longer holds; then its renewal is due.
    pub until: Date,
    /// What has become of it.
    pub state: ContractState,
    /// The day on which it was called off.
    pub cancelled_on: Option<Date>,
    /// Why it was.
    pub reason: Option<String>,
    /// The user who recorded it.
    pub created_by: Uuid,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The customer.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::Id"
    )]
    Customer,
    /// The product.
    #[sea_orm(
        belongs_to = "super::product::Entity",
        from = "Column::ProductId",
        to = "super::product::Column::Id"
    )]
    Product,
}

impl ActiveModelBehavior for ActiveModel {}
