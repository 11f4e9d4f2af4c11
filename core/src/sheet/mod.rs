//! A table for people and their spreadsheets: rows of typed cells, written as CSV or XLSX (导出表格).
//!
//! Nothing here knows what the table is about. A file is made as a whole or not at all.

mod csv;
mod xlsx;

use chrono::{DateTime, NaiveDate, Utc};

pub use self::csv::csv;
pub use self::xlsx::xlsx;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Numbers, whole or with decimals.
    Number,
    /// Yes or no.
    Flag,
    /// Days.
    Day,
    /// Points in time.
    Moment,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// What its cells are.
    pub kind: ColumnKind,
}

/// What stands in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number as it is written, exactly: digits, a point, a sign.
    Number(String),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// A point in time.
    Moment(DateTime<Utc>),
}

impl Cell {
    /// About how many bytes it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Number(text) => text.len(),
            Self::Empty | Self::Flag(_) | Self::Day(_) | Self::Moment(_) => 8,
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

#[cfg(test)]
mod tests;
