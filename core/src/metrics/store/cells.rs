//! Cells: made anew for a day, summed up for a month, read for figures.

use chrono::{Months, NaiveDate};
use entity::enums::{Dimension, Grain};
use entity::metric_cell::{Column, Entity, Model};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, OnConflict, Query, SelectStatement, UnionType,
};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, Iterable, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::frozen::cells_at;
use crate::error::{ApiError, Error, Result};
use crate::metrics::rules::at::At;
use crate::metrics::rules::cells::{DIMENSIONS, difference};
use crate::metrics::rules::definition::Sums;
use crate::metrics::rules::grouping::Row;
use crate::metrics::rules::period::Period;

/// Rows written in one statement.
const CHUNK: usize = 2_000;

/// Puts the cells of a day in the place of those that a version had, and writes only those that differ; says whether any did.
///
/// # Errors
/// When the database fails.
pub async fn replace_day(
    connection: &impl ConnectionTrait,
    version: Uuid,
    day: NaiveDate,
    cells: Vec<Model>,
) -> Result<bool> {
    let of_day = of(version, Grain::Day, day);
    let present = Entity::find()
        .filter(of_day.clone())
        .all(connection)
        .await?;
    let (gone, come) = difference(present, cells);
    for of_dimension in gone.chunk_by(|(one, _), (next, _)| one == next) {
        let Some((dimension, _)) = of_dimension.first() else {
            continue;
        };
        Entity::delete_many()
            .filter(of_day.clone())
            .filter(Column::Dimension.eq(*dimension))
            .filter(Column::Key.is_in(of_dimension.iter().map(|(_, key)| key.as_str())))
            .exec(connection)
            .await?;
    }
    for some in come.chunks(CHUNK) {
        let rows = some
            .iter()
            .map(|cell| cell.clone().into_active_model().reset_all());
        let mut over = OnConflict::columns(<Entity as EntityTrait>::PrimaryKey::iter());
        over.update_columns([
            Column::Weight,
            Column::Counted,
            Column::Total,
            Column::People,
        ]);
        Entity::insert_many(rows)
            .on_conflict(over)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(!(gone.is_empty() && come.is_empty()))
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
        .map_err(|error| Error::internal(error.to_string()))?;
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
        .add(Column::Dimension.is_in(DIMENSIONS))
}

/// Which cells are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of which version.
    pub version: Uuid,
    /// By what they are kept apart.
    pub dimension: Dimension,
    /// Of which keys; of all when none are named.
    pub keys: Option<Vec<String>>,
    /// The runs of days and months.
    pub runs: Vec<(Grain, Period)>,
    /// Only what each key adds up to over all runs?
    pub whole: bool,
}

impl Wanted {
    /// What the cells are, run by run: SQLite then finds the ends of each in the primary key, where it would read every day of the
    /// dimension for runs joined by `OR`. A long list of keys is written once.
    fn conditions(&self) -> Vec<Condition> {
        let keys = self.keys.as_ref();
        let of = Condition::all()
            .add(Column::VersionId.eq(self.version))
            .add(Column::Dimension.eq(self.dimension))
            .add_option(keys.map(|keys| Column::Key.is_in(keys.iter().map(String::as_str))));
        let runs = self.runs.iter().map(of_run);
        if keys.is_some_and(|keys| keys.len() > FEW_KEYS) {
            return vec![of.add(runs.fold(Condition::any(), Condition::add))];
        }
        runs.map(|run| of.clone().add(run)).collect()
    }

    /// The rows of the wish with that place: place, start, key, weight, counted, total, people.
    fn branches(&self, at: &At, place: i64) -> Vec<SelectStatement> {
        let place = || Expr::value(place).cast_as(Alias::new("bigint"));
        let conditions = self.conditions().into_iter();
        let select = || cells_at(at).select_only();
        if !self.whole {
            return conditions
                .map(|condition| {
                    let select = select().expr_as(place(), PLACE).columns(SUMMED);
                    select.filter(condition).into_query()
                })
                .collect();
        }
        let cells = conditions.map(|run| select().columns(SUMMED).filter(run).into_query());
        let Some(cells) = all_of(cells) else {
            return Vec::new();
        };
        // PostgreSQL sums whole numbers to a decimal one.
        let sum = |column| Expr::expr(Func::sum(Expr::col(column))).cast_as(Alias::new("bigint"));
        let whole = Query::select()
            .expr(place())
            .expr(Func::min(Expr::col(Column::Start)))
            .column(Column::Key)
            .expr(sum(Column::Weight))
            .expr(sum(Column::Counted))
            .expr(sum(Column::Total))
            .expr(Func::max(Expr::col(Column::People)))
            .from_subquery(cells, Alias::new("cells"))
            .group_by_col(Column::Key)
            .take();
        vec![whole]
    }
}

/// What rows are made of.
const SUMMED: [Column; 6] = [
    Column::Start,
    Column::Key,
    Column::Weight,
    Column::Counted,
    Column::Total,
    Column::People,
];
const PLACE: &str = "place";
/// So many keys are few.
const FEW_KEYS: usize = 10;
/// Branches of one statement: SQLite takes 500.
const MOST_BRANCHES: usize = 400;

fn of_run((grain, run): &(Grain, Period)) -> Condition {
    Condition::all()
        .add(Column::Grain.eq(*grain))
        .add(Column::Start.gte(run.from))
        .add(Column::Start.lt(run.to))
}

/// The rows of all of them; none when there are none.
fn all_of(selects: impl IntoIterator<Item = SelectStatement>) -> Option<SelectStatement> {
    let mut selects = selects.into_iter();
    let mut all = selects.next()?;
    all.unions(selects.map(|select| (UnionType::All, select)));
    Some(all)
}

/// The cells of one run, in one statement.
///
/// # Errors
/// When the database fails.
pub async fn read_cells(
    connection: &impl ConnectionTrait,
    at: &At,
    version: Uuid,
    dimension: Dimension,
    run: (Grain, Period),
) -> Result<Vec<Model>> {
    Ok(cells_at(at)
        .filter(Column::VersionId.eq(version))
        .filter(Column::Dimension.eq(dimension))
        .filter(of_run(&run))
        .all(connection)
        .await?)
}

/// What the cells of several wishes add up to, all as of one moment, in one statement up to some hundreds: of each key as a
/// whole, or cell by cell.
///
/// # Errors
/// `BAD_INPUT` when they are too many; an internal one when the database fails.
pub async fn read_each(
    connection: &impl ConnectionTrait,
    at: &At,
    wanted: &[Wanted],
) -> Result<Vec<Vec<Row>>> {
    let mut found: Vec<Vec<Row>> = vec![Vec::new(); wanted.len()];
    let branches: Vec<SelectStatement> = (0_i64..)
        .zip(wanted)
        .flat_map(|(place, one)| one.branches(at, place))
        .collect();
    let mut left = MOST_CELLS;
    for some in branches.chunks(MOST_BRANCHES) {
        let Some(mut statement) = all_of(some.iter().cloned()) else {
            continue;
        };
        let rows = connection.query_all(statement.limit(left + 1)).await?;
        left = match left.checked_sub(rows.len() as u64) {
            Some(left) => left,
            None => return Err(too_many()),
        };
        for row in rows {
            let place = usize::try_from(row.try_get_by_index::<i64>(0)?);
            let Some(of) = place.ok().and_then(|place| found.get_mut(place)) else {
                continue;
            };
            of.push(Row {
                start: row.try_get_by_index(1)?,
                key: row.try_get_by_index(2)?,
                sums: Sums {
                    weight: row.try_get_by_index(3)?,
                    counted: row.try_get_by_index(4)?,
                    total: row.try_get_by_index(5)?,
                },
                people: row.try_get_by_index(6)?,
            });
        }
    }
    Ok(found)
}

/// The most rows that one read takes: some 400 days of 500 members.
const MOST_CELLS: u64 = 250_000;

fn too_many() -> Error {
    ApiError::bad_input(
        "period",
        "these are too many figures at once; ask for a shorter period, a coarser granularity or fewer groups",
        "数据量过大，请缩短周期、调粗粒度或减少分组",
    )
    .into()
}
