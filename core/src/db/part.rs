//! Rows of a wide table read in part: only the columns that somebody is going to look at.
//!
//! Most of the time that a page of fifty tickets takes goes into columns that nobody has asked for. A table may say how its rows are
//! read in part ([`in_part!`](crate::in_part)); the columns that weren't read are blank then, so whoever asks must know what will be
//! looked at. That is decided in one place, where the fields of a query are known; everywhere else rows are whole.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, FromQueryResult, Select, TryGetable};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, QueryResult, QueryTrait};
use uuid::Uuid;

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

    /// Those of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Are whole rows read?
    #[must_use]
    pub const fn is_all(self) -> bool {
        self.0 == Self::ALL.0
    }

    const fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }
}

/// How rows of a table are read in part; the columns stand in the table's order.
pub type InPart<E> = fn(&QueryResult, Columns) -> Result<<E as EntityTrait>::Model, DbErr>;

/// Reads the first rows: in part if the table knows how and anybody says which columns, and `also` those.
///
/// # Errors
/// When the database fails.
pub async fn first<E: EntityTrait>(
    select: Select<E>,
    limit: u64,
    columns: Columns,
    in_part: Option<InPart<E>>,
    also: impl IntoIterator<Item = E::Column>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<E::Model>, DbErr>
where
    E::Model: FromQueryResult,
{
    let mut query = select.into_query();
    let columns = also.into_iter().fold(columns, |columns, column| {
        columns.and::<E::Column>(|name| name == column.as_str())
    });
    let in_part = in_part.filter(|_| !columns.is_all());
    if in_part.is_some() {
        query.clear_selects();
        for (place, column) in E::Column::iter().enumerate() {
            if columns.has(place) {
                query.expr(column.select_as(column.into_expr()));
            }
        }
    }
    let mut statement = connection.get_database_backend().build(&query);
    // In the text: a limit that PostgreSQL doesn't know it takes for a tenth of the table, and so plans every page anew.
    statement.sql.push_str(&format!(" LIMIT {limit}"));
    let rows = connection.query_all_raw(statement).await?;
    let rows = rows.iter();
    match in_part {
        Some(in_part) => rows.map(|row| in_part(row, columns)).collect(),
        None => rows
            .map(|row| E::Model::from_query_result(row, ""))
            .collect(),
    }
}

/// Reads the columns of one row in the table's order.
pub struct Reading<'a> {
    row: &'a QueryResult,
    columns: Columns,
    place: usize,
    read: usize,
}

impl<'a> Reading<'a> {
    /// Begins with the first column.
    #[must_use]
    pub const fn new(row: &'a QueryResult, columns: Columns) -> Self {
        Self {
            row,
            columns,
            place: 0,
            read: 0,
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
        self.read += 1;
        self.row.try_get_by_index(self.read - 1)
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

blank!(Uuid, String, i32, i64, bool, DateTime<Utc>);

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
        pub(crate) fn in_part(
            row: &sea_orm::QueryResult,
            columns: $crate::db::part::Columns,
        ) -> Result<entity::$table::Model, sea_orm::DbErr> {
            let mut reading = $crate::db::part::Reading::new(row, columns);
            Ok(entity::$table::Model { $($column: reading.column()?),* })
        }

        #[cfg(test)]
        #[test]
        fn columns_are_read_in_their_order() {
            use sea_orm::{IdenStatic, Iterable};
            let columns: Vec<&str> = entity::$table::Column::iter()
                .map(|column| column.as_str())
                .collect();
            assert_eq!(columns, [$(stringify!($column)),*]);
        }
    };
}
