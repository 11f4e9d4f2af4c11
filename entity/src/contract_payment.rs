//! An entry of the money for a contract (回款记录); never changed.

use sea_orm::entity::prelude::*;

use crate::enums::PaymentKind;

/// A row of `contract_payments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract_payments")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// Its customer.
    pub customer_id: Uuid,
    /// Which way the money went.
    pub kind: PaymentKind,
    /// The collection that a refund takes back; there for refunds only.
    pub refunds_id: Option<Uuid>,
    /// How much, in minor units of the contract's currency; above nought both ways.
    pub amount: i64,
    /// That of the contract.
    pub currency: String,
    /// The day of the payment.
    pub paid_on: Date,
    /// How the bank calls it, or the receipt.
    pub reference: Option<String>,
    /// What is said about it.
    pub note: Option<String>,
    /// The user who recorded it.
    pub recorded_by: Uuid,
    /// What that user was called then.
    pub recorded_by_name: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The contract.
    #[sea_orm(
        belongs_to = "super::contract::Entity",
        from = "Column::ContractId",
        to = "super::contract::Column::Id"
    )]
    Contract,
    /// The customer.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::Id"
    )]
    Customer,
}

impl Related<super::contract::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contract.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
