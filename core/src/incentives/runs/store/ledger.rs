//! The ledger: rows that are only ever added, and what they come to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::IncentiveReason;
use entity::{incentive_lock, incentive_posting, incentive_transaction};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::{Error, Result};

/// Transactions that are written by one statement.
const AT_ONCE: usize = 1_500;

/// A row of the ledger with its postings.
type Entry = (incentive_transaction::Model, Vec<incentive_posting::Model>);

/// Writes transactions that can't be there yet.
///
/// # Errors
/// When one of them is there already: the ledger has something that whoever made them doesn't know of. When the database fails.
pub async fn insert_new(tx: &impl ConnectionTrait, rows: Vec<Entry>) -> Result<()> {
    let count = rows.len() as u64;
    if insert_transactions(tx, rows).await? == count {
        return Ok(());
    }
    Err(Error::internal(
        "the ledger has an entry already that is to be booked now: verify it",
    ))
}

/// Writes transactions with their postings, and says how many; the ids of those that were there already stay out of both.
///
/// # Errors
/// When the database fails.
pub async fn insert_transactions(tx: &impl ConnectionTrait, rows: Vec<Entry>) -> Result<u64> {
    let mut written = 0;
    for some in rows.chunks(AT_ONCE) {
        let transactions = some
            .iter()
            .map(|(row, _)| row.clone().into_active_model().reset_all());
        let there = OnConflict::column(incentive_transaction::Column::Id)
            .do_nothing()
            .to_owned();
        written += incentive_transaction::Entity::insert_many(transactions)
            .on_conflict(there)
            .exec_without_returning(tx)
            .await?;
        let postings = some
            .iter()
            .flat_map(|(_, postings)| postings)
            .map(|row| row.clone().into_active_model().reset_all());
        let there = OnConflict::columns([
            incentive_posting::Column::TransactionId,
            incentive_posting::Column::Place,
        ])
        .do_nothing()
        .to_owned();
        incentive_posting::Entity::insert_many(postings)
            .on_conflict(there)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(written)
}

/// All days from which on could be booked once months were locked, by day.
///
/// # Errors
/// When the database fails.
pub async fn opened(connection: &impl ConnectionTrait) -> Result<BTreeSet<NaiveDate>> {
    let rows: Vec<NaiveDate> = incentive_lock::Entity::find()
        .select_only()
        .column(incentive_lock::Column::OpenFrom)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The first day on which can be booked; none while no month is locked.
///
/// # Errors
/// When the database fails.
pub async fn open_from(connection: &impl ConnectionTrait) -> Result<Option<NaiveDate>> {
    Ok(incentive_lock::Entity::find()
        .order_by_desc(incentive_lock::Column::OpenFrom)
        .one(connection)
        .await?
        .map(|row| row.open_from))
}

/// What is owed to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The member.
    pub member_id: Uuid,
    /// How much, in minor units.
    pub amount: i64,
}

/// What is owed to members in a currency by entries before a day, less all that was ever paid, or by all entries; those only to whom
/// something is owed, by member. One statement.
///
/// # Errors
/// When the database fails.
pub async fn balances_until(
    connection: &impl ConnectionTrait,
    currency: &str,
    until: Option<NaiveDate>,
) -> Result<Vec<Owed>> {
    use incentive_transaction::Column::{Amount, Currency, Day, MemberId, Reason};
    let sum = || Expr::col(Amount).sum();
    // A payout is booked after the days that it is for.
    let counts = until.map(|until| {
        Condition::any()
            .add(Day.lt(until))
            .add(Reason.eq(IncentiveReason::Payout))
    });
    let rows: Vec<(Uuid, i64)> = incentive_transaction::Entity::find()
        .select_only()
        .column(MemberId)
        .column_as(sum().cast_as(Alias::new("bigint")), "total")
        .filter(Currency.eq(currency))
        .filter(Condition::all().add_option(counts))
        .group_by(MemberId)
        .having(sum().gt(0))
        .order_by_asc(MemberId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(member_id, amount)| Owed { member_id, amount })
        .collect())
}

/// What is owed to a member by currency, by entries before a day or by all; one statement.
///
/// # Errors
/// When the database fails.
pub async fn owed_of(
    connection: &impl ConnectionTrait,
    member: Uuid,
    until: Option<NaiveDate>,
) -> Result<BTreeMap<String, i64>> {
    use incentive_transaction::Column::{Amount, Currency, Day, MemberId};
    let sum = Expr::col(Amount).sum().cast_as(Alias::new("bigint"));
    let rows: Vec<(String, i64)> = incentive_transaction::Entity::find()
        .select_only()
        .column(Currency)
        .column_as(sum, "total")
        .filter(MemberId.eq(member))
        .filter(Condition::all().add_option(until.map(|until| Day.lt(until))))
        .group_by(Currency)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What came and went for a member within some days, by currency and reason; one statement.
///
/// # Errors
/// When the database fails.
pub async fn sums_of_member(
    connection: &impl ConnectionTrait,
    member: Uuid,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<BTreeMap<(String, IncentiveReason), i64>> {
    use incentive_transaction::Column::{Amount, Currency, Day, MemberId, Reason};
    let sum = Expr::col(Amount).sum().cast_as(Alias::new("bigint"));
    let rows: Vec<(String, IncentiveReason, i64)> = incentive_transaction::Entity::find()
        .select_only()
        .columns([Currency, Reason])
        .column_as(sum, "total")
        .filter(MemberId.eq(member))
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .group_by(Currency)
        .group_by(Reason)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(currency, reason, amount)| ((currency, reason), amount))
        .collect())
}

/// What was corrected and what was taken back of awards: by award, above nought for more and below for less. One statement.
///
/// # Errors
/// When the database fails.
pub async fn net_of_awards(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<HashMap<(Uuid, IncentiveReason), i64>> {
    use incentive_transaction::Column::{Amount, AwardId, Reason};
    let sum = Expr::col(Amount).sum().cast_as(Alias::new("bigint"));
    let rows: Vec<(Option<Uuid>, IncentiveReason, i64)> = incentive_transaction::Entity::find()
        .select_only()
        .columns([AwardId, Reason])
        .column_as(sum, "total")
        .filter(AwardId.is_in(awards.iter().copied()))
        .group_by(AwardId)
        .group_by(Reason)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(award, reason, amount)| Some(((award?, reason), amount)))
        .collect())
}

/// The transactions about awards, by id.
///
/// # Errors
/// When the database fails.
pub async fn entries_of_awards(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<Vec<incentive_transaction::Model>> {
    Ok(incentive_transaction::Entity::find()
        .filter(incentive_transaction::Column::AwardId.is_in(awards.iter().copied()))
        .order_by_asc(incentive_transaction::Column::Id)
        .all(connection)
        .await?)
}

/// The lines of a payout, by number.
///
/// # Errors
/// When the database fails.
pub async fn lines_of(
    connection: &impl ConnectionTrait,
    payout: Uuid,
) -> Result<Vec<incentive_transaction::Model>> {
    use incentive_transaction::Column::{Id, Line, PayoutId};
    Ok(incentive_transaction::Entity::find()
        .filter(PayoutId.eq(payout))
        .order_by_asc(Line)
        .order_by_asc(Id)
        .all(connection)
        .await?)
}

/// Those of some entries that are in the ledger.
///
/// # Errors
/// When the database fails.
pub async fn there_of(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    use incentive_transaction::Column::Id;
    let rows: Vec<Uuid> = incentive_transaction::Entity::find()
        .select_only()
        .column(Id)
        .filter(Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The postings of transactions, by transaction.
///
/// # Errors
/// When the database fails.
pub async fn postings_of(
    connection: &impl ConnectionTrait,
    transactions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<incentive_posting::Model>>> {
    let rows = incentive_posting::Entity::find()
        .filter(incentive_posting::Column::TransactionId.is_in(transactions.iter().copied()))
        .order_by_asc(incentive_posting::Column::Place)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<incentive_posting::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.transaction_id).or_default().push(row);
    }
    Ok(found)
}
