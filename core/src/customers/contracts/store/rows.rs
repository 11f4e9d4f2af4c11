//! Single rows of contracts and renewals.

use chrono::{Days as Span, NaiveDate};
use entity::enums::ContractState;
use entity::{contract, contract_share, renewal};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::money::collected;
use crate::customers::contracts::rules::renewals::Days;
use crate::customers::contracts::rules::shares::Share;
use crate::error::Result;
use crate::settings;

crate::rows!(versioned: contract, renewal; written: contract_share, contract_payment, payment_credit);

/// Writes a new contract; false when its number is taken, by whomever. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_contract(tx: &impl ConnectionTrait, row: contract::Model) -> Result<bool> {
    let same = contract::Entity::find().filter(contract::Column::Number.eq(&row.number));
    if same.count(tx).await? > 0 {
        return Ok(false);
    }
    let inserted = contract::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        // Somebody recorded it between the look and the write.
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}

/// Has the customer had a contract already? One that was called off counts only while money for it is left: else it is taken for
/// one that was recorded wrongly.
///
/// # Errors
/// When the database fails.
pub async fn has_contract(connection: &impl ConnectionTrait, customer: Uuid) -> Result<bool> {
    let contracts = contract::Entity::find()
        .filter(contract::Column::CustomerId.eq(customer))
        .all(connection)
        .await?;
    let mut states = contracts.iter().map(|row| row.state);
    if states.any(|state| state != ContractState::Cancelled) {
        return Ok(true);
    }
    let called_off: Vec<Uuid> = contracts.iter().map(|row| row.id).collect();
    let left = collected(connection, &called_off).await?;
    Ok(left.values().any(|amount| *amount > 0))
}

/// The people behind a contract, role by role, the largest share first.
///
/// # Errors
/// When the database fails.
pub async fn shares_of(connection: &impl ConnectionTrait, contract: Uuid) -> Result<Vec<Share>> {
    let rows = contract_share::Entity::find()
        .filter(contract_share::Column::ContractId.eq(contract))
        .all(connection)
        .await?;
    let mut shares: Vec<Share> = rows.iter().map(share).collect();
    shares.sort_by_key(|one| (one.role, std::cmp::Reverse(one.share), one.member_id));
    Ok(shares)
}

/// A row as a plain share.
pub(super) const fn share(row: &contract_share::Model) -> Share {
    Share {
        role: row.role,
        member_id: row.member_id,
        share: row.share,
    }
}

/// Takes all people from a contract, for others to be written.
///
/// # Errors
/// When the database fails.
pub async fn remove_shares(tx: &impl ConnectionTrait, contract: Uuid) -> Result<()> {
    contract_share::Entity::delete_many()
        .filter(contract_share::Column::ContractId.eq(contract))
        .exec(tx)
        .await?;
    Ok(())
}

/// The renewal of a contract.
///
/// # Errors
/// When the database fails.
pub async fn renewal_of(
    connection: &impl ConnectionTrait,
    contract: Uuid,
) -> Result<Option<renewal::Model>> {
    Ok(renewal::Entity::find()
        .filter(renewal::Column::ContractId.eq(contract))
        .one(connection)
        .await?)
}

/// The renewal of a contract, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock_renewal_of(
    tx: &impl ConnectionTrait,
    contract: Uuid,
) -> Result<Option<renewal::Model>> {
    Ok(renewal::Entity::find()
        .filter(renewal::Column::ContractId.eq(contract))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The renewal that was won by a contract, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn renewal_won_by(
    tx: &impl ConnectionTrait,
    contract: Uuid,
) -> Result<Option<renewal::Model>> {
    Ok(renewal::Entity::find()
        .filter(renewal::Column::NewContractId.eq(contract))
        .order_by_asc(renewal::Column::Id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Was a contract called off?
///
/// # Errors
/// When the database fails.
pub async fn is_cancelled(connection: &impl ConnectionTrait, contract: Uuid) -> Result<bool> {
    let row = contract::Entity::find_by_id(contract)
        .one(connection)
        .await?;
    Ok(row.is_some_and(|row| row.state == ContractState::Cancelled))
}

/// The days that the worklist and risks go by, seen from a day.
///
/// # Errors
/// When the database fails.
pub async fn days(connection: &impl ConnectionTrait, today: NaiveDate) -> Result<Days> {
    let figures = settings::read_all(connection).await?;
    let later = |days: i64| {
        let span = Span::new(u64::try_from(days).unwrap_or_default());
        today.checked_add_days(span).unwrap_or(today)
    };
    Ok(Days {
        today,
        notice: later(figures.get(&settings::RENEWAL_NOTICE_DAYS)?),
        risk: later(figures.get(&settings::RENEWAL_RISK_DAYS)?),
    })
}
