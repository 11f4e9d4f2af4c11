//! What contracts are worth and came to, and whom money is credited to.

use std::collections::{HashMap, HashSet};

use entity::enums::{PaymentKind, RenewalState};
use entity::{contract, contract_payment, payment_credit, renewal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::access::{Permission, Viewer, by_ids, visible};
use crate::customers::contracts::rules::credit::Credit;
use crate::error::Result;

/// What a contract is worth and came to, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// What was agreed.
    pub value: i64,
    /// What was collected, less what was refunded.
    pub collected: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// What those of some contracts are worth whose value the viewer may see, in two statements.
///
/// # Errors
/// When the database fails.
pub async fn worth(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<HashMap<Uuid, Worth>> {
    let permission = Permission::ContractValueRead;
    let rows = by_ids::<contract::Entity>(connection, viewer, permission, contracts).await?;
    let seen: Vec<Uuid> = rows.keys().copied().collect();
    let collected = collected(connection, &seen).await?;
    let worth = |(id, row): (Uuid, contract::Model)| {
        let worth = Worth {
            value: row.value,
            collected: collected.get(&id).copied().unwrap_or_default(),
            currency: row.currency,
        };
        (id, worth)
    };
    Ok(rows.into_iter().map(worth).collect())
}

/// What was collected for contracts, less what was refunded, in minor units; nothing for those without entries.
///
/// # Errors
/// When the database fails.
pub(super) async fn collected(
    connection: &impl ConnectionTrait,
    contracts: &[Uuid],
) -> Result<HashMap<Uuid, i64>> {
    let entries: Vec<(Uuid, PaymentKind, i64)> = contract_payment::Entity::find()
        .select_only()
        .columns([
            contract_payment::Column::ContractId,
            contract_payment::Column::Kind,
            contract_payment::Column::Amount,
        ])
        .filter(contract_payment::Column::ContractId.is_in(contracts.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let mut collected: HashMap<Uuid, i64> = HashMap::new();
    for (contract, kind, amount) in entries {
        let sum = collected.entry(contract).or_default();
        *sum = sum.saturating_add(match kind {
            PaymentKind::Collected => amount,
            PaymentKind::Refunded => -amount,
        });
    }
    Ok(collected)
}

/// The refunds of a collection.
///
/// # Errors
/// When the database fails.
pub async fn refunds_of(
    connection: &impl ConnectionTrait,
    collection: Uuid,
) -> Result<Vec<contract_payment::Model>> {
    Ok(contract_payment::Entity::find()
        .filter(contract_payment::Column::RefundsId.eq(collection))
        .all(connection)
        .await?)
}

/// The credit for some payments.
///
/// # Errors
/// When the database fails.
pub async fn credits_of(
    connection: &impl ConnectionTrait,
    payments: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Credit>>> {
    let rows = payment_credit::Entity::find()
        .filter(payment_credit::Column::PaymentId.is_in(payments.iter().copied()))
        .all(connection)
        .await?;
    let mut credits: HashMap<Uuid, Vec<Credit>> = HashMap::new();
    for row in rows {
        credits.entry(row.payment_id).or_default().push(Credit {
            role: row.role,
            member_id: row.member_id,
            share: row.share,
            amount: row.amount,
        });
    }
    for one in credits.values_mut() {
        one.sort_unstable();
    }
    Ok(credits)
}

/// Those of some customers who were lost at a renewal that the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn lost_before(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    customers: &[Uuid],
) -> Result<HashSet<Uuid>> {
    let lost: Vec<Uuid> = visible::<renewal::Entity>(viewer, Permission::RenewalRead)
        .select_only()
        .column(renewal::Column::CustomerId)
        .filter(renewal::Column::CustomerId.is_in(customers.iter().copied()))
        .filter(renewal::Column::State.eq(RenewalState::Lost))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(lost.into_iter().collect())
}
