//! Rows of a wide table read in part: only the columns that somebody is going to look at.
//!
//! Most of the time that a page of fifty tickets takes goes into columns that nobody has asked for. A table may say how its rows are
//! read in part ([`in_part!`](crate::in_part)); the columns that weren't read are blank then, so whoever asks must know what will be
//! looked at. That is decided in one place, where the fields of a query are known; everywhere else rows are whole.

use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable,
    QueryResult, TryGetable,
};
use uuid::Uuid;

use super::along::{Along, Alongside};
use super::pool::Pool;
use super::question::Question;
use super::totals::Total;

/// Which columns of a table are read, by their place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Columns(u64);

impl Columns {
    /// Every one.
    pub const ALL: Self = Self(u64::MAX);
    /// None.
    pub const NONE: Self = Self(0);

    /// The same and that one too; a column that isn't found is as good as all of them.
    #[must_use]
    pub fn and<C: Iterable + IdenStatic>(self, wanted: impl Fn(&str) -> bool) -> Self {
        let place = C::iter().position(|column| wanted(column.as_str()));
        match place {
            Some(place) if place < 64 => Self(self.0 | 1 << place),
            _ => Self::ALL,
        }
    }

    /// The same and those.
    #[must_use]
    pub fn with<C: Iterable + IdenStatic>(self, also: impl IntoIterator<Item = C>) -> Self {
        also.into_iter().fold(self, |columns, column| {
            columns.and::<C>(|name| name == column.as_str())
        })
    }

    /// Those of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// They themselves, in the table's order.
    pub fn of<C: Iterable>(self) -> impl Iterator<Item = C> {
        let all = C::iter().enumerate();
        all.filter_map(move |(place, column)| self.has(place).then_some(column))
    }

    const fn has(self, place: usize) -> bool {
        self.0 >> place & 1 != 0
    }
}

/// How a row of a table is read in part, from a column of the answer on; its columns stand in the table's order.
pub type InPart<E> = fn(&QueryResult, Columns, usize) -> Result<<E as EntityTrait>::Model, DbErr>;

/// How the rows of a list are read, and what comes along.
pub struct Reads<'a, E: EntityTrait> {
    /// How they are read in part, if their table knows.
    pub in_part: Option<InPart<E>>,
    /// What they point at that comes along; nothing does where rows aren't read in part.
    pub along: &'a [Along],
    /// The pool, if the rows are read outside of a transaction.
    pub pool: Option<&'a Pool>,
}

impl<E: EntityTrait> Clone for Reads<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: EntityTrait> Copy for Reads<'_, E> {}

impl<E: EntityTrait> Default for Reads<'_, E> {
    fn default() -> Self {
        Self {
            in_part: None,
            along: &[],
            pool: None,
        }
    }
}

impl<E> Reads<'_, E>
where
    E: EntityTrait<Model: FromQueryResult>,
{
    /// The rows of a query, from the pool together with those who ask the same.
    pub(super) async fn asked(
        self,
        query: &SelectStatement,
        connection: &impl ConnectionTrait,
    ) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(pool) = self.pool {
            return pool.ask(query).await;
        }
        let backend = connection.get_database_backend();
        let question = Question::of(query, backend);
        connection.query_all_raw(question.alone(backend)).await
    }

    /// Reads the rows of a query, or so many first ones: `columns` of them and `also` those, or whole ones. Rows in part bring
    /// the total of their list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(
        self,
        mut query: SelectStatement,
        total: Option<&Total<'_>>,
        limit: Option<u64>,
        columns: Columns,
        also: impl IntoIterator<Item = E::Column>,
        connection: &impl ConnectionTrait,
    ) -> Result<Rows<E::Model>, DbErr> {
        let columns = columns.with(also);
        let along = self.select(&mut query, columns);
        let total = total.filter(|_| self.in_part.is_some());
        let now = Instant::now();
        if let Some(total) = total {
            total.select(&mut query, now);
        }
        if let Some(limit) = limit {
            query.limit(limit);
        }
        let rows = self.asked(&query, connection).await?;
        let Some(in_part) = self.in_part else {
            let models = rows.iter().map(|row| E::Model::from_query_result(row, ""));
            return Ok(Rows {
                models: all(models)?,
                along: Alongside::default(),
                total: None,
            });
        };
        let (along, end) = came_along::<E>(&rows, columns, along)?;
        let total = total.zip(rows.first());
        let total = total.map(|(total, row)| total.read(row, end, now));
        let models = rows.iter().map(|row| in_part(row, columns, 0));
        Ok(Rows {
            models: all(models)?,
            along,
            total: total.transpose()?,
        })
    }
}

/// All rows, unless one can't be read: a list that knows how long it gets, as its rows are wide.
fn all<M>(models: impl ExactSizeIterator<Item = Result<M, DbErr>>) -> Result<Vec<M>, DbErr> {
    let mut rows = Vec::with_capacity(models.len());
    for model in models {
        rows.push(model?);
    }
    Ok(rows)
}

/// Rows as they were read.
pub struct Rows<M> {
    /// They themselves.
    pub models: Vec<M>,
    /// What they point at, as far as it has come along.
    pub along: Alongside,
    /// The total that came with them; without a row there is none.
    pub total: Option<i64>,
}

impl<'a, E: EntityTrait> Reads<'a, E> {
    /// Selects `columns`, and what comes along after them; says what that is. Nothing changes where rows are read whole.
    pub(super) fn select(
        &self,
        query: &mut SelectStatement,
        columns: Columns,
    ) -> Vec<(&'a Along, E::Column)> {
        if self.in_part.is_none() {
            return Vec::new();
        }
        query.clear_selects();
        for column in columns.of::<E::Column>() {
            query.expr(column.select_as(column.into_expr()));
        }
        let along = self.along.iter();
        let along = along.filter_map(|along| Some((along, along.column::<E>()?)));
        let along: Vec<(&Along, E::Column)> = along.collect();
        for (place, (along, points)) in along.iter().enumerate() {
            along.join(query, *points, place);
        }
        along
    }
}

/// Reads what came along after the `columns`, and says with which column of the answer it ends.
pub(super) fn came_along<E: EntityTrait>(
    rows: &[QueryResult],
    columns: Columns,
    along: Vec<(&Along, E::Column)>,
) -> Result<(Alongside, usize), DbErr> {
    let mut alongside = Alongside::default();
    let mut end = columns.of::<E::Column>().count();
    for (along, _) in along {
        let (next, found) = along.read(rows, end)?;
        alongside.add(along, found);
        end = next;
    }
    Ok((alongside, end))
}

/// Reads the columns of one row in the table's order.
pub struct Reading<'a> {
    row: &'a QueryResult,
    columns: Columns,
    place: usize,
    next: usize,
}

impl<'a> Reading<'a> {
    /// Begins with the first column, at `from` in the answer.
    #[must_use]
    pub const fn new(row: &'a QueryResult, columns: Columns, from: usize) -> Self {
        Self {
            row,
            columns,
            place: 0,
            next: from,
        }
    }

    /// The next column's value; blank if it isn't read.
    ///
    /// # Errors
    /// When the value isn't what the column holds.
    pub fn column<T: TryGetable + Blank>(&mut self) -> Result<T, DbErr> {
        let wanted = self.columns.has(self.place);
        self.place += 1;
        if !wanted {
            return Ok(T::blank());
        }
        self.next += 1;
        self.row.try_get_by_index(self.next - 1)
    }
}

/// What stands in a column that wasn't read.
pub trait Blank {
    /// A value that costs nothing.
    fn blank() -> Self;
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

macro_rules! blank {
    ($($type:ty),*) => {
        $(impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        })*
    };
}

blank!(Uuid, String, i32, i64, bool, DateTime<Utc>, NaiveDate);

/// Says how rows of a table are read in part: all its columns in their order, and the enums among their types.
#[macro_export]
macro_rules! in_part {
    ($table:ident: $($column:ident),*; $($kind:ty = $blank:ident),*) => {
        $(impl $crate::db::part::Blank for $kind {
            fn blank() -> Self {
                Self::$blank
            }
        })*

        /// Reads a row in part.
        pub(super) fn $table(
            row: &sea_orm::QueryResult,
            columns: $crate::db::part::Columns,
            from: usize,
        ) -> Result<entity::$table::Model, sea_orm::DbErr> {
            let mut reading = $crate::db::part::Reading::new(row, columns, from);
            Ok(entity::$table::Model { $($column: reading.column()?),* })
        }

        #[cfg(test)]
        mod $table {
            #[test]
            fn columns_are_read_in_their_order() {
                use sea_orm::{IdenStatic, Iterable};
                let columns: Vec<&str> = entity::$table::Column::iter()
                    .map(|column| column.as_str())
                    .collect();
                assert_eq!(columns, [$(stringify!($column)),*]);
                assert!(columns.len() < 64, "a bit for each");
            }
        }
    };
}
