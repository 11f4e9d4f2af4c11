//! What is asked of a connection of either database, through the drivers and with the types of the data layer.

use std::fmt;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::Values;
use sea_orm::{ExecResult, QueryResult, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, Database, Executor, Postgres, Sqlite, query_with};

use super::totals::NAME_OF_THE_CONNECTION;

/// What the driver answers.
pub type Answer<'c, T> = BoxFuture<'c, Result<T, sqlx::Error>>;

/// A driver whose rows the data layer can read.
pub trait Driver: Database<Connection: fmt::Debug> {
    /// What a connection is told before anything else.
    const FIRST: Option<&'static str>;

    /// Tells it that.
    fn made(connection: &mut Self::Connection) -> Answer<'_, ()> {
        Box::pin(async move {
            if let Some(first) = Self::FIRST {
                Self::tell(connection, first).await?;
            }
            Ok(())
        })
    }

    /// Runs a statement without values, which isn't kept prepared.
    fn tell<'c>(connection: &'c mut Self::Connection, sql: &str) -> Answer<'c, ExecResult>;

    /// Runs a statement.
    fn execute(connection: &mut Self::Connection, statement: Statement) -> Answer<'_, ExecResult>;

    /// Reads a row.
    fn one(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> Answer<'_, Option<QueryResult>>;

    /// Reads rows.
    fn all(connection: &mut Self::Connection, statement: Statement)
    -> Answer<'_, Vec<QueryResult>>;
}

macro_rules! drivers {
    ($($driver:ty: $first:expr),*) => {$(
        impl Driver for $driver {
            const FIRST: Option<&'static str> = $first;

            fn tell<'c>(connection: &'c mut Self::Connection, sql: &str) -> Answer<'c, ExecResult> {
                let sql = AssertSqlSafe(sql.to_owned());
                Box::pin(async move { connection.execute(sql).await.map(ExecResult::from) })
            }

            fn execute(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<'_, ExecResult> {
                Box::pin(async move {
                    let (sql, values) = parts(statement);
                    let done = query_with(sql, values).execute(connection).await?;
                    Ok(done.into())
                })
            }

            fn one(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<'_, Option<QueryResult>> {
                Box::pin(async move {
                    let (sql, values) = parts(statement);
                    let row = query_with(sql, values).fetch_optional(connection).await?;
                    Ok(row.map(QueryResult::from))
                })
            }

            fn all(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Answer<'_, Vec<QueryResult>> {
                Box::pin(async move {
                    let (sql, values) = parts(statement);
                    let rows = query_with(sql, values).fetch_all(connection).await?;
                    Ok(rows.into_iter().map(QueryResult::from).collect())
                })
            }
        }
    )*};
}

drivers!(Sqlite: Some(NAME_OF_THE_CONNECTION), Postgres: None);

fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    // The text comes from the query builder or from our own code; values are bound.
    let values = statement.values.unwrap_or_else(|| Values(Vec::new()));
    (AssertSqlSafe(statement.sql), SqlxValues(values))
}
