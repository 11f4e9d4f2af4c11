//! A side of a transaction of the ledger: never changed (记账).

use sea_orm::entity::prelude::*;

use crate::enums::IncentiveAccount;

/// A row of `incentive_postings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_postings")]
pub struct Model {
    /// The transaction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub transaction_id: Uuid,
    /// Which side, from 0 on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// Which kind of account.
    pub account: IncentiveAccount,
    /// Whose: the rule's or the member's.
    pub account_of: Uuid,
    /// The currency by ISO 4217.
    pub currency: String,
    /// In minor units: debit above nought, credit below.
    pub amount: i64,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The transaction.
    #[sea_orm(
        belongs_to = "super::incentive_transaction::Entity",
        from = "Column::TransactionId",
        to = "super::incentive_transaction::Column::Id"
    )]
    Transaction,
}

impl ActiveModelBehavior for ActiveModel {}
