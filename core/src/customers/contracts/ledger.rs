//! Money as it came and went, with who is credited: what incentives pay by, whoever asks.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{ContractKind, PaymentKind, Province};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use super::rules::credit::Credit;
use super::store::{credited, paid_between};
use crate::error::Result;

/// An entry of money, with what decides what is paid for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub payment_id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// Its number on the paper.
    pub contract_number: String,
    /// New, or a renewal.
    pub contract_kind: ContractKind,
    /// Was it the customer's first contract, so that the customer was new?
    pub is_first_contract: bool,
    /// When the contract was signed.
    pub signed_on: NaiveDate,
    /// The customer.
    pub customer_id: Uuid,
    /// Where the customer was when the contract was recorded.
    pub province: Province,
    /// The product that the contract is about.
    pub product_id: Option<Uuid>,
    /// Which way the money went.
    pub kind: PaymentKind,
    /// For a refund: the collection that it takes back, as a whole or in part.
    pub refunds: Option<Uuid>,
    /// How much, in minor units; above nought both ways.
    pub amount: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day of the payment.
    pub paid_on: NaiveDate,
    /// When it was recorded: entries of a period may come after it is over.
    pub recorded_at: DateTime<Utc>,
    /// Who is credited, role by role. The parts of a role add up to the amount; a role that nobody had is absent. Those of a
    /// refund are what each member gives up of the collection.
    pub credits: Vec<Credit>,
}

/// The entries paid on the days from `from` to before `to`, in the order of their keys, after the entry `after`; so many at most,
/// in three statements. The next page begins after the last entry of this one; an empty page is the end.
///
/// # Errors
/// When the database fails.
pub async fn entries_between(
    connection: &impl ConnectionTrait,
    (from, to): (NaiveDate, NaiveDate),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Entry>> {
    entries_with_late(connection, (from, to), None, after, limit).await
}

/// Entries of earlier days that were recorded after something had been worked out from those days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Paid from this day on.
    pub from: NaiveDate,
    /// Paid before this day.
    pub before: NaiveDate,
    /// Recorded after this moment.
    pub since: DateTime<Utc>,
}

/// The same as [`entries_between`], with late entries of earlier days among them.
///
/// # Errors
/// When the database fails.
pub async fn entries_with_late(
    connection: &impl ConnectionTrait,
    (from, to): (NaiveDate, NaiveDate),
    late: Option<Late>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Entry>> {
    let ids = paid_between(connection, (from, to), late, after, limit).await?;
    entries_by_id(connection, &ids).await
}

/// Those of some entries that there are, in the order of their keys, in two statements.
///
/// # Errors
/// When the database fails.
pub async fn entries_by_id(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let rows = credited(connection, ids).await?;
    Ok(rows
        .into_iter()
        .map(|(payment, contract, credits)| Entry {
            payment_id: payment.id,
            contract_id: contract.id,
            contract_number: contract.number,
            contract_kind: contract.kind,
            is_first_contract: contract.is_first,
            signed_on: contract.signed_on,
            customer_id: contract.customer_id,
            province: contract.province,
            product_id: contract.product_id,
            kind: payment.kind,
            refunds: payment.refunds_id,
            amount: payment.amount,
            currency: payment.currency,
            paid_on: payment.paid_on,
            recorded_at: payment.created_at,
            credits,
        })
        .collect())
}

/// A collection with what was refunded of it, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refunded {
    /// The collection.
    pub payment_id: Uuid,
    /// How much was collected.
    pub collected: i64,
    /// How much of it was refunded so far.
    pub refunded: i64,
    /// On which days refunds were paid, the first one first.
    pub days: Vec<NaiveDate>,
}

impl Refunded {
    /// On which day the last refund was paid.
    #[must_use]
    pub fn last_on(&self) -> Option<NaiveDate> {
        self.days.last().copied()
    }
}

/// Those of some collections of which something was refunded; one statement.
///
/// # Errors
/// When the database fails.
pub async fn refunded_of(
    connection: &impl ConnectionTrait,
    payments: &[Uuid],
) -> Result<Vec<Refunded>> {
    super::store::refunded_of(connection, payments).await
}

/// The collections of which something was refunded, by id after one, so many at most; two statements.
///
/// # Errors
/// When the database fails.
pub async fn refunded_after(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Refunded>> {
    super::store::refunded_after(connection, after, limit).await
}

/// Money credited to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collected {
    /// The entry.
    pub payment_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// Of a new contract, or a renewal.
    pub contract_kind: ContractKind,
    /// The member's part in minor units; below nought for a refund.
    pub amount: i64,
}

/// What these members are credited with of the money of some days in one currency that was recorded by a moment: of renewals as
/// collectors, of new contracts as sellers; by entry. One statement.
///
/// # Errors
/// When the database fails.
pub async fn collected_by(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    currency: &str,
    known_at: DateTime<Utc>,
) -> Result<Vec<Collected>> {
    super::store::collected_by(connection, members, (from, to), currency, known_at).await
}
