//! The renewal of a contract that ends (续约跟进).

use sea_orm::entity::prelude::*;

use crate::enums::{RenewalLoss, RenewalState};

/// A row of `renewals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "renewals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract that ends; each has one.
    #[sea_orm(unique)]
    pub contract_id: Uuid,
    /// Its customer.
    pub customer_id: Uuid,
    /// The first day without the contract.
    pub due_on: Date,
    /// How far it is.
    pub state: RenewalState,
    /// How often the customer was contacted about it.
    pub attempts: i32,
    /// When that was last.
    pub last_contacted_on: Option<Date>,
    /// Did the customer answer the last time?
    pub answered: bool,
    /// What was said last.
    pub note: Option<String>,
    /// The contract that goes on; there when won.
    pub new_contract_id: Option<Uuid>,
    /// Why the customer doesn't go on; there when lost.
    pub lost_reason: Option<RenewalLoss>,
    /// The day on which it was won, lost or became void.
    pub decided_on: Option<Date>,
    /// Who collected when it was won or lost, as `Share` of the contracts' rules: it stays so.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub collectors: Option<Json>,
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
    /// The contract that ends.
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
    /// The contract that goes on.
    #[sea_orm(
        belongs_to = "super::contract::Entity",
        from = "Column::NewContractId",
        to = "super::contract::Column::Id"
    )]
    NewContract,
}

impl Related<super::contract::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contract.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
