//! What counts in figures, whoever asks.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::{ContractRole, ContractState, RenewalState};
use entity::{contract, contract_payment, contract_share, renewal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::money::credits_of;
use super::rows::share;
use crate::customers::contracts::ledger::Late;
use crate::customers::contracts::rules::credit::Credit;
use crate::customers::contracts::rules::shares::Share;
use crate::error::Result;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident of $table:ident;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// When the database fails.
            pub async fn $name(
                connection: &impl ConnectionTrait,
                after: Option<Uuid>,
                limit: u64,
            ) -> Result<Vec<Uuid>> {
                let mut select = $table::Entity::find()
                    .select_only()
                    .column($table::Column::Id)
                    .order_by_asc($table::Column::Id)
                    .limit(limit);
                if let Some(after) = after {
                    select = select.filter($table::Column::Id.gt(after));
                }
                Ok(select.into_tuple().all(connection).await?)
            }
        )*
    };
}

ids! {
    /// The next contracts after one, in the order of their keys.
    contract_ids of contract;
    /// The next payments after one, in the order of their keys.
    payment_ids of contract_payment;
    /// The next renewals after one, in the order of their keys.
    renewal_ids of renewal;
}

/// A contract with who sold it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The contract.
    pub contract: contract::Model,
    /// The sellers.
    pub sellers: Vec<Share>,
}

/// Those of some contracts that weren't called off, in two statements.
///
/// # Errors
/// When the database fails.
pub async fn signed(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Signed>> {
    let contracts = contract::Entity::find()
        .filter(contract::Column::Id.is_in(ids.iter().copied()))
        .filter(contract::Column::State.eq(ContractState::Active))
        .order_by_asc(contract::Column::Id)
        .all(connection)
        .await?;
    let mut sellers = shares_in(connection, ids, ContractRole::Seller).await?;
    let signed = |contract: contract::Model| Signed {
        sellers: sellers.remove(&contract.id).unwrap_or_default(),
        contract,
    };
    Ok(contracts.into_iter().map(signed).collect())
}

/// The people of some contracts in one role, in the order of their keys.
async fn shares_in(
    connection: &impl ConnectionTrait,
    contracts: &[Uuid],
    role: ContractRole,
) -> Result<HashMap<Uuid, Vec<Share>>> {
    let rows = contract_share::Entity::find()
        .filter(contract_share::Column::ContractId.is_in(contracts.iter().copied()))
        .filter(contract_share::Column::Role.eq(role))
        .order_by_asc(contract_share::Column::MemberId)
        .all(connection)
        .await?;
    let mut shares: HashMap<Uuid, Vec<Share>> = HashMap::new();
    for row in rows {
        shares.entry(row.contract_id).or_default().push(share(&row));
    }
    Ok(shares)
}

/// Payments with their contracts and credit, in two statements.
///
/// # Errors
/// When the database fails.
pub async fn credited(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<(contract_payment::Model, contract::Model, Vec<Credit>)>> {
    let rows = contract_payment::Entity::find()
        .find_also_related(contract::Entity)
        .filter(contract_payment::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(contract_payment::Column::Id)
        .all(connection)
        .await?;
    let mut credits = credits_of(connection, ids).await?;
    let whole = |(payment, contract): (contract_payment::Model, Option<contract::Model>)| {
        let credits = credits.remove(&payment.id).unwrap_or_default();
        Some((payment, contract?, credits))
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// The payments of some days after one, and late ones of earlier days with them, in the order of their keys.
///
/// # Errors
/// When the database fails.
pub async fn paid_between(
    connection: &impl ConnectionTrait,
    (from, to): (NaiveDate, NaiveDate),
    late: Option<Late>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    use contract_payment::Column::{CreatedAt, Id, PaidOn};
    let paid =
        |from: NaiveDate, to: NaiveDate| Condition::all().add(PaidOn.gte(from)).add(PaidOn.lt(to));
    let late = late.map(|late| paid(late.from, late.before).add(CreatedAt.gt(late.since)));
    let mut select = contract_payment::Entity::find()
        .select_only()
        .column(Id)
        .filter(Condition::any().add(paid(from, to)).add_option(late))
        .order_by_asc(Id)
        .limit(limit);
    if let Some(after) = after {
        select = select.filter(Id.gt(after));
    }
    Ok(select.into_tuple().all(connection).await?)
}

/// A renewal that was or is to be decided.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The renewal.
    pub renewal: renewal::Model,
    /// The contract that ends.
    pub contract: contract::Model,
    /// Who collects it, or collected it when it was decided.
    pub collectors: Vec<Share>,
}

/// Those of some renewals that count, in two statements: all whose contract wasn't called off before.
///
/// # Errors
/// When the database fails.
pub async fn renewed(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Renewed>> {
    let rows = renewal::Entity::find()
        .find_also_related(contract::Entity)
        .filter(renewal::Column::Id.is_in(ids.iter().copied()))
        .filter(renewal::Column::State.ne(RenewalState::Void))
        .order_by_asc(renewal::Column::Id)
        .all(connection)
        .await?;
    let contracts: Vec<Uuid> = rows.iter().map(|(row, _)| row.contract_id).collect();
    let mut shares = shares_in(connection, &contracts, ContractRole::Collector).await?;
    let mut renewed = Vec::with_capacity(rows.len());
    for (renewal, contract) in rows {
        let Some(contract) = contract else { continue };
        let now = shares.remove(&contract.id).unwrap_or_default();
        let collectors = match &renewal.collectors {
            Some(then) => serde_json::from_value(then.clone())?,
            None => now,
        };
        renewed.push(Renewed {
            renewal,
            contract,
            collectors,
        });
    }
    Ok(renewed)
}
