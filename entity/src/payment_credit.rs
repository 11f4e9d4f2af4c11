//! Who is credited with how much of a payment (回款业绩归属); never changed.

use sea_orm::entity::prelude::*;

use crate::enums::ContractRole;

/// A row of `payment_credits`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_credits")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The payment.
    pub payment_id: Uuid,
    /// In which role.
    pub role: ContractRole,
    /// The member.
    pub member_id: Uuid,
    /// The member's share in the role when the money was collected, in basis points.
    pub share: i32,
    /// The part of the payment, in minor units; the parts of one role add up to the payment.
    pub amount: i64,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The payment.
    #[sea_orm(
        belongs_to = "super::contract_payment::Entity",
        from = "Column::PaymentId",
        to = "super::contract_payment::Column::Id"
    )]
    Payment,
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
