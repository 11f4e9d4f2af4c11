//! Days whose sums no longer fit.

use chrono::NaiveDate;
use entity::metric_dirty_day;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::error::Result;

/// Rows in one statement.
const CHUNK: usize = 1_000;

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
