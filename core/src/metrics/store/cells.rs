//! Cells: made anew for a day, summed up for a month, read for figures.

use chrono::{Months, NaiveDate};
use entity::enums::{Dimension, Grain};
use entity::metric_cell::{Column, Entity, Model};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::frozen::cells_at;
use crate::error::{ApiError, Result};
use crate::metrics::rules::at::At;
use crate::metrics::rules::period::Period;

/// Rows written in one statement.
const CHUNK: usize = 2_000;

/// Puts the cells of a day in the place of those that a version had.
///
/// # Errors
/// When the database fails.
pub async fn replace_day(
    connection: &impl ConnectionTrait,
    version: Uuid,
    day: NaiveDate,
    cells: Vec<Model>,
) -> Result<()> {
    Entity::delete_many()
        .filter(of(version, Grain::Day, day))
        .exec(connection)
        .await?;
    for some in cells.chunks(CHUNK) {
        let rows = some
            .iter()
            .map(|cell| cell.clone().into_active_model().reset_all());
        Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// Sums up the days of a month again. At least so many people are behind a month as behind its best day.
///
/// # Errors
/// When the database fails.
pub async fn months_anew(
    connection: &impl ConnectionTrait,
    version: Uuid,
    month: NaiveDate,
) -> Result<()> {
    Entity::delete_many()
        .filter(of(version, Grain::Month, month))
        .exec(connection)
        .await?;
    let Some(next) = month.checked_add_months(Months::new(1)) else {
        return Ok(());
    };
    // PostgreSQL sums whole numbers to a decimal one.
    let sum =
        |column: Column| Expr::expr(Func::sum(Expr::col(column))).cast_as(Alias::new("bigint"));
    let days = Query::select()
        .column(Column::VersionId)
        .column(Column::Dimension)
        .expr(Expr::value(Grain::Month.to_value()))
        .expr(Expr::value(month).cast_as(Alias::new(date_type(connection))))
        .column(Column::Key)
        .expr(sum(Column::Weight))
        .expr(sum(Column::Counted))
        .expr(sum(Column::Total))
        .expr(Expr::expr(Func::max(Expr::col(Column::People))))
        .from(Entity)
        .and_where(Column::VersionId.eq(version))
        .and_where(Column::Grain.eq(Grain::Day))
        .and_where(Column::Start.gte(month))
        .and_where(Column::Start.lt(next))
        .group_by_columns([Column::VersionId, Column::Dimension, Column::Key])
        .take();
    let mut insert = Query::insert();
    insert
        .into_table(Entity)
        .columns([
            Column::VersionId,
            Column::Dimension,
            Column::Grain,
            Column::Start,
            Column::Key,
            Column::Weight,
            Column::Counted,
            Column::Total,
            Column::People,
        ])
        .select_from(days)
        .map_err(|error| crate::error::Error::internal(error.to_string()))?;
    connection.execute(&insert).await?;
    Ok(())
}

/// The days that a version has cells of.
///
/// # Errors
/// When the database fails.
pub async fn days_of_cells(
    connection: &impl ConnectionTrait,
    version: Uuid,
) -> Result<Vec<NaiveDate>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Start)
        .filter(Column::VersionId.eq(version))
        .filter(Column::Dimension.eq(Dimension::Company))
        .filter(Column::Grain.eq(Grain::Day))
        .into_tuple()
        .all(connection)
        .await?)
}

/// SQLite keeps days as text, and a cast to `date` would make numbers of them.
fn date_type(connection: &impl ConnectionTrait) -> &'static str {
    match connection.get_database_backend() {
        sea_orm::DbBackend::Postgres => "date",
        _ => "text",
    }
}

fn of(version: Uuid, grain: Grain, start: NaiveDate) -> Condition {
    Condition::all()
        .add(Column::VersionId.eq(version))
        .add(Column::Grain.eq(grain))
        .add(Column::Start.eq(start))
        .add(Column::Dimension.is_in(crate::metrics::rules::cells::DIMENSIONS))
}

/// Which cells are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// As of when.
    pub at: At,
    /// Of which version.
    pub version: Uuid,
    /// By what they are kept apart.
    pub dimension: Dimension,
    /// Of which keys; of all when none are named.
    pub keys: Option<Vec<String>>,
    /// The runs of days and months.
    pub runs: Vec<(Grain, Period)>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        let mut runs = Condition::any();
        for (grain, run) in &self.runs {
            runs = runs.add(
                Condition::all()
                    .add(Column::Grain.eq(*grain))
                    .add(Column::Start.gte(run.from))
                    .add(Column::Start.lt(run.to)),
            );
        }
        let keys = self.keys.as_ref();
        Condition::all()
            .add(Column::VersionId.eq(self.version))
            .add(Column::Dimension.eq(self.dimension))
            .add_option(keys.map(|keys| Column::Key.is_in(keys.iter().map(String::as_str))))
            .add(runs)
    }

    /// The same in plain words.
    fn has(&self, cell: &Model) -> bool {
        let among = |keys: &Vec<String>| keys.contains(&cell.key);
        let mut runs = self.runs.iter();
        cell.version_id == self.version
            && cell.dimension == self.dimension
            && self.keys.as_ref().is_none_or(among)
            && runs.any(|(grain, run)| cell.grain == *grain && run.contains(cell.start))
    }
}

/// The cells that are wanted, in one statement.
///
/// # Errors
/// `BAD_INPUT` when they are too many; an internal one when the database fails.
pub async fn read_cells(connection: &impl ConnectionTrait, wanted: &Wanted) -> Result<Vec<Model>> {
    let found = read_each(connection, &wanted.at, std::slice::from_ref(wanted)).await?;
    Ok(found.into_iter().flatten().collect())
}

/// The cells of several wishes, all as of one moment, in one statement.
///
/// # Errors
/// `BAD_INPUT` when they are too many; an internal one when the database fails.
pub async fn read_each(
    connection: &impl ConnectionTrait,
    at: &At,
    wanted: &[Wanted],
) -> Result<Vec<Vec<Model>>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let any = wanted
        .iter()
        .fold(Condition::any(), |any, one| any.add(one.condition()));
    let select = cells_at(at).filter(any).limit(MOST_CELLS + 1);
    let cells = select.all(connection).await?;
    if cells.len() as u64 > MOST_CELLS {
        return Err(ApiError::bad_input(
            "period",
            "these are too many figures at once; ask for a shorter period, a coarser granularity or fewer groups",
            "数据量过大，请缩短周期、调粗粒度或减少分组",
        )
        .into());
    }
    if wanted.len() == 1 {
        return Ok(vec![cells]);
    }
    let of = |one: &Wanted| cells.iter().filter(|cell| one.has(cell)).cloned().collect();
    Ok(wanted.iter().map(of).collect())
}

/// The most cells that one read takes: some 400 days of 500 members.
const MOST_CELLS: u64 = 250_000;
