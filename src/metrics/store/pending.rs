//! What waits to be counted: events whose records changed, and days whose sums no longer fit.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{metric, metric_dirty_day, outbox};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::error::Result;
use crate::events::Event;

/// Rows in one statement.
const CHUNK: usize = 1_000;

/// Lets one transaction at a time count: all that count lock the register first.
///
/// # Errors
/// When the database fails.
pub async fn lock(connection: &impl ConnectionTrait) -> Result<()> {
    metric::Entity::find()
        .order_by_asc(metric::Column::Id)
        .limit(1)
        .lock_exclusive()
        .one(connection)
        .await?;
    Ok(())
}

/// The first events that nothing has been counted for.
///
/// # Errors
/// When the database fails.
pub async fn waiting_events(
    connection: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<(i64, Event)>> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::CountedAt.is_null())
        .order_by_asc(outbox::Column::Seq)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.seq, row.into())).collect())
}

/// Notes that these events have been counted.
///
/// # Errors
/// When the database fails.
pub async fn forget_events(
    connection: &impl ConnectionTrait,
    seqs: &[i64],
    at: DateTime<Utc>,
) -> Result<()> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::CountedAt, Expr::value(at))
        .filter(outbox::Column::Seq.is_in(seqs.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes days that have to be summed up again.
///
/// # Errors
/// When the database fails.
pub async fn mark_days(
    connection: &impl ConnectionTrait,
    days: impl IntoIterator<Item = (String, NaiveDate)>,
) -> Result<()> {
    let days: Vec<_> = days.into_iter().collect();
    for some in days.chunks(CHUNK) {
        let rows = some
            .iter()
            .map(|(source, day)| metric_dirty_day::ActiveModel {
                source: Set(source.clone()),
                day: Set(*day),
            });
        metric_dirty_day::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([
                    metric_dirty_day::Column::Source,
                    metric_dirty_day::Column::Day,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// Takes some of the days that wait, those of one source together.
///
/// # Errors
/// When the database fails.
pub async fn take_days(
    connection: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<metric_dirty_day::Model>> {
    let days = metric_dirty_day::Entity::find()
        .order_by_asc(metric_dirty_day::Column::Source)
        .order_by_asc(metric_dirty_day::Column::Day)
        .limit(limit)
        .all(connection)
        .await?;
    let mut left = days.as_slice();
    while let Some(first) = left.first() {
        let of_source = left
            .iter()
            .take_while(|day| day.source == first.source)
            .count();
        let (some, rest) = left.split_at(of_source);
        metric_dirty_day::Entity::delete_many()
            .filter(metric_dirty_day::Column::Source.eq(first.source.clone()))
            .filter(metric_dirty_day::Column::Day.is_in(some.iter().map(|day| day.day)))
            .exec(connection)
            .await?;
        left = rest;
    }
    Ok(days)
}
