//! Frozen copies of facts and cells: written once in bulk, never changed. Whoever reads facts or cells says as of when,
//! and the same selects read the one or the other.

use chrono::NaiveDate;
use entity::enums::{Attribution, Grain};
use entity::{metric_cell, metric_fact, metric_frozen_cell, metric_frozen_fact, metric_snapshot};
use sea_orm::sea_query::{
    Alias, BinOper, CaseStatement, Condition, Expr, ExprTrait, Query, SelectStatement,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, FromQueryResult, Iterable,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::metrics::rules::at::{At, Frozen};
use crate::metrics::rules::cells::DIMENSIONS;
use crate::metrics::rules::period::{Granularity, Period};

/// The facts as of a moment.
#[must_use]
pub fn facts_at(at: &At) -> Select<metric_fact::Entity> {
    let select = metric_fact::Entity::find();
    match at {
        At::Now => select,
        At::Frozen(frozen) => {
            let rows = Query::select()
                .columns(metric_fact::Column::iter())
                .from(metric_frozen_fact::Entity)
                .and_where(metric_frozen_fact::Column::SnapshotId.eq(frozen.id))
                .take();
            instead(select, rows, metric_fact::Entity.table_name())
        }
    }
}

/// The cells as of a moment.
#[must_use]
pub fn cells_at(at: &At) -> Select<metric_cell::Entity> {
    let select = metric_cell::Entity::find();
    match at {
        At::Now => select,
        At::Frozen(frozen) => {
            let rows = Query::select()
                .columns(metric_cell::Column::iter())
                .from(metric_frozen_cell::Entity)
                .and_where(metric_frozen_cell::Column::SnapshotId.eq(frozen.id))
                .take();
            instead(select, rows, metric_cell::Entity.table_name())
        }
    }
}

/// The same select from other rows in the place of its table.
fn instead<E: EntityTrait>(mut select: Select<E>, rows: SelectStatement, table: &str) -> Select<E> {
    QueryTrait::query(&mut select)
        .from_clear()
        .from_subquery(rows, Alias::new(table));
    select
}

/// The facts of a source under one rule of attribution on a day, as of a moment.
///
/// # Errors
/// When the database fails.
pub async fn facts_of_day_at(
    connection: &impl ConnectionTrait,
    at: &At,
    (source, attribution): (&str, Attribution),
    day: NaiveDate,
) -> Result<Vec<metric_fact::Model>> {
    use metric_fact::Column;
    Ok(facts_at(at)
        .filter(Column::Source.eq(source))
        .filter(Column::Attribution.eq(attribution))
        .filter(Column::Day.eq(day))
        .all(connection)
        .await?)
}

/// The days on which a source has facts, as of a moment.
///
/// # Errors
/// When the database fails.
pub async fn days_of_source_at(
    connection: &impl ConnectionTrait,
    at: &At,
    source: &str,
) -> Result<Vec<NaiveDate>> {
    use metric_fact::Column;
    Ok(facts_at(at)
        .select_only()
        .column(Column::Day)
        .distinct()
        .filter(Column::Source.eq(source))
        .order_by_asc(Column::Day)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Copies the facts of a source under one rule of attribution into a snapshot, month by month.
///
/// # Errors
/// When the database fails.
pub async fn freeze_facts(
    tx: &impl ConnectionTrait,
    snapshot: Uuid,
    (source, attribution): (&str, Attribution),
    period: Period,
) -> Result<()> {
    for month in period.cut(Granularity::Month) {
        let days = month
            .of_facts()
            .add(metric_fact::Column::Source.eq(source))
            .add(metric_fact::Column::Attribution.eq(attribution));
        let rows = of_snapshot(
            snapshot,
            metric_fact::Entity,
            metric_fact::Column::iter(),
            days,
        );
        let mut insert = Query::insert();
        insert
            .into_table(metric_frozen_fact::Entity)
            .columns(metric_frozen_fact::Column::iter())
            .select_from(rows)
            .map_err(|error| Error::internal(error.to_string()))?;
        tx.execute(&insert).await?;
    }
    Ok(())
}

/// Copies the sums of a version into a snapshot: those of all days of the period, and of the months that it has whole.
///
/// # Errors
/// When the database fails.
pub async fn freeze_cells(
    tx: &impl ConnectionTrait,
    snapshot: Uuid,
    version: Uuid,
    period: Period,
) -> Result<()> {
    use metric_cell::Column;
    for piece in period.cut(Granularity::Quarter) {
        let mut grains = Condition::any().add(Column::Grain.eq(Grain::Day));
        for month in piece.cut(Granularity::Month) {
            if month.is_of_months() {
                grains = grains.add(
                    Condition::all()
                        .add(Column::Grain.eq(Grain::Month))
                        .add(Column::Start.eq(month.from)),
                );
            }
        }
        let which = Condition::all()
            .add(Column::VersionId.eq(version))
            .add(Column::Dimension.is_in(DIMENSIONS))
            .add(Column::Start.gte(piece.from))
            .add(Column::Start.lt(piece.to))
            .add(grains);
        let rows = of_snapshot(snapshot, metric_cell::Entity, Column::iter(), which);
        let mut insert = Query::insert();
        insert
            .into_table(metric_frozen_cell::Entity)
            .columns(metric_frozen_cell::Column::iter())
            .select_from(rows)
            .map_err(|error| Error::internal(error.to_string()))?;
        tx.execute(&insert).await?;
    }
    Ok(())
}

/// Rows of a table with the snapshot's id before their columns.
fn of_snapshot<E: EntityTrait>(
    snapshot: Uuid,
    table: E,
    columns: impl Iterator<Item = E::Column>,
    which: Condition,
) -> SelectStatement {
    let mut select = Query::select();
    select
        .column(metric_snapshot::Column::Id.as_column_ref())
        .columns(columns.map(|column| column.as_column_ref()))
        .from(table)
        .from(metric_snapshot::Entity)
        .and_where(metric_snapshot::Column::Id.eq(snapshot))
        .cond_where(which);
    select
}

/// A fact that is on one side only, frozen or today, with the same content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The fact.
    pub fact: metric_fact::Model,
    /// Does its record have a fact of that source and part on the other side, anywhere?
    pub elsewhere: bool,
}

impl FromQueryResult for Differing {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            fact: metric_fact::Model::from_query_result(row, prefix)?,
            elsewhere: row.try_get::<i32>(prefix, "elsewhere")? != 0,
        })
    }
}

/// The frozen facts that aren't any more as they were; at most so many.
///
/// # Errors
/// When the database fails.
pub async fn only_then(
    connection: &impl ConnectionTrait,
    frozen: &At,
    which: Condition,
    most: u64,
) -> Result<Vec<Differing>> {
    let other = Query::select()
        .expr(Expr::value(1))
        .from_as(metric_fact::Entity, OTHER)
        .take();
    differing(connection, facts_at(frozen).filter(which), &other, most).await
}

/// Today's facts that weren't as they are when the snapshot was frozen; at most so many.
///
/// # Errors
/// When the database fails.
pub async fn only_now(
    connection: &impl ConnectionTrait,
    frozen: &Frozen,
    which: Condition,
    most: u64,
) -> Result<Vec<Differing>> {
    let other = Query::select()
        .expr(Expr::value(1))
        .from_as(metric_frozen_fact::Entity, OTHER)
        .and_where(Expr::col((OTHER, metric_frozen_fact::Column::SnapshotId)).eq(frozen.id))
        .take();
    differing(
        connection,
        metric_fact::Entity::find().filter(which),
        &other,
        most,
    )
    .await
}

/// What the facts of the other side are called within a statement.
const OTHER: &str = "other";

async fn differing(
    connection: &impl ConnectionTrait,
    select: Select<metric_fact::Entity>,
    other: &SelectStatement,
    most: u64,
) -> Result<Vec<Differing>> {
    use metric_fact::Column;
    // Both sides can lack a value; facts that stay as they are keep their ids.
    let same = |column: Column| {
        Expr::col((OTHER, column)).binary(
            BinOper::Custom("IS NOT DISTINCT FROM"),
            Expr::col((metric_fact::Entity, column)),
        )
    };
    let equal = |column: Column| Expr::col((OTHER, column)).equals((metric_fact::Entity, column));
    let mut twin = other.clone();
    twin.and_where(equal(Column::Id));
    for column in Column::iter().filter(|column| !matches!(column, Column::Id)) {
        twin.and_where(same(column));
    }
    let mut anywhere = other.clone();
    for column in [
        Column::RecordId,
        Column::Source,
        Column::Attribution,
        Column::Part,
    ] {
        anywhere.and_where(equal(column));
    }
    let elsewhere: Expr = CaseStatement::new()
        .case(Expr::exists(anywhere), 1)
        .finally(0)
        .into();
    Ok(select
        .column_as(elsewhere, "elsewhere")
        .filter(Expr::exists(twin).not())
        .order_by_asc(Column::RecordId)
        .order_by_asc(Column::Id)
        .limit(most)
        .into_model::<Differing>()
        .all(connection)
        .await?)
}
