//! Writes many rows at once: multi-row statements on SQLite, `COPY` on PostgreSQL.

use std::fmt::Write as _;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, Statement,
    Value,
};
use sqlx::{Connection, Executor, PgConnection};

use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

/// The most values that a statement may carry on SQLite.
const SQLITE_VALUES: usize = 32_766;
/// Longer statements aren't faster.
const SQLITE_ROWS: usize = 250;

/// An open transaction for bulk writes.
pub enum Sink {
    /// A transaction of the writer.
    Sqlite(Box<Transaction>),
    /// A connection of its own in a transaction, which ends with it.
    Postgres(Box<PgConnection>),
}

impl Sink {
    /// Begins a transaction.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(db: &Db) -> Result<Self> {
        if db.backend() == DbBackend::Sqlite {
            return Ok(Self::Sqlite(Box::new(db.begin().await?)));
        }
        let connection = PgConnection::connect(db.url()).await;
        let mut connection = connection.map_err(Error::internal)?;
        // A large batch on a slow disk may well outlast a request's time.
        let begun = connection.execute("BEGIN; SET LOCAL statement_timeout = 0");
        begun.await.map_err(Error::internal)?;
        Ok(Self::Postgres(Box::new(connection)))
    }

    /// Makes everything since the beginning last.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.commit().await?),
            Self::Postgres(mut connection) => {
                let committed = connection.execute("COMMIT").await;
                committed.map_err(Error::internal)?;
                connection.close().await.map_err(Error::internal)
            }
        }
    }

    /// Writes rows of a table.
    ///
    /// # Errors
    /// When the database refuses a row.
    pub async fn insert<E>(&mut self, rows: &[E::Model]) -> Result<()>
    where
        E: EntityTrait,
        E::Model: ModelTrait<Entity = E>,
    {
        if rows.is_empty() {
            return Ok(());
        }
        match self {
            Self::Sqlite(transaction) => Ok(insert_sqlite::<E>(transaction, rows).await?),
            Self::Postgres(connection) => copy_postgres::<E>(connection, rows).await,
        }
    }

    /// Sets a counter of the server.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count(&mut self, name: &str, value: i64) -> Result<()> {
        const SQLITE: &str = "UPDATE counters SET value = ? WHERE name = ?";
        const POSTGRES: &str = "UPDATE counters SET value = $1 WHERE name = $2";
        match self {
            Self::Sqlite(transaction) => {
                let values = [Value::from(value), Value::from(name)];
                let statement = Statement::from_sql_and_values(DbBackend::Sqlite, SQLITE, values);
                transaction.execute_raw(statement).await?;
            }
            Self::Postgres(connection) => {
                sqlx::query(POSTGRES)
                    .bind(value)
                    .bind(name)
                    .execute(&mut **connection)
                    .await
                    .map_err(Error::internal)?;
            }
        }
        Ok(())
    }
}

fn columns<E: EntityTrait>() -> Vec<E::Column> {
    E::Column::iter().collect()
}

fn names<E: EntityTrait>(columns: &[E::Column]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("\"{}\"", column.as_str()))
        .collect();
    names.join(", ")
}

async fn insert_sqlite<E>(transaction: &Transaction, rows: &[E::Model]) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let columns = columns::<E>();
    let at_once = (SQLITE_VALUES / columns.len()).clamp(1, SQLITE_ROWS);
    let places = format!("({})", vec!["?"; columns.len()].join(", "));
    for chunk in rows.chunks(at_once) {
        let sql = format!(
            "INSERT INTO \"{}\" ({}) VALUES {}",
            E::default().table_name(),
            names::<E>(&columns),
            vec![places.as_str(); chunk.len()].join(", ")
        );
        let values = chunk
            .iter()
            .flat_map(|row| columns.iter().map(|column| row.get(*column)));
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        transaction.execute_raw(statement).await?;
    }
    Ok(())
}

async fn copy_postgres<E>(connection: &mut PgConnection, rows: &[E::Model]) -> Result<()>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let columns = columns::<E>();
    let mut text = String::with_capacity(rows.len() * 256);
    for row in rows {
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            write_field(row.get(*column), &mut text)?;
        }
        text.push('\n');
    }
    let sql = format!(
        "COPY \"{}\" ({}) FROM STDIN",
        E::default().table_name(),
        names::<E>(&columns)
    );
    let mut copy = connection
        .copy_in_raw(&sql)
        .await
        .map_err(Error::internal)?;
    copy.send(text.into_bytes())
        .await
        .map_err(Error::internal)?;
    copy.finish().await.map_err(Error::internal)?;
    Ok(())
}

/// Writes a value as `COPY` reads it.
fn write_field(value: Value, out: &mut String) -> Result<()> {
    let text = match value {
        Value::String(Some(text)) => {
            escape(&text, out);
            return Ok(());
        }
        Value::Json(Some(json)) => {
            escape(&json.to_string(), out);
            return Ok(());
        }
        Value::Bool(value) => value.map(|value| value.to_string()),
        Value::Int(value) => value.map(|value| value.to_string()),
        Value::BigInt(value) => value.map(|value| value.to_string()),
        Value::Uuid(value) => value.map(|value| value.to_string()),
        Value::ChronoDate(value) => value.map(|value| value.to_string()),
        Value::ChronoDateTimeUtc(value) => value.map(|value| value.to_rfc3339()),
        Value::String(None) | Value::Json(None) => None,
        other => return Err(Error::internal(format!("no COPY form for {other:?}"))),
    };
    match text {
        Some(text) => write!(out, "{text}").map_err(Error::internal),
        None => {
            out.push_str("\\N");
            Ok(())
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_copy_reads_them() {
        let written = |value| {
            let mut out = String::new();
            write_field(value, &mut out).expect("it has a form");
            out
        };
        assert_eq!(written(Value::from("a\tb\\c\n工单")), "a\\tb\\\\c\\n工单");
        assert_eq!(written(Value::String(None)), "\\N");
        assert_eq!(written(Value::from("\\N")), "\\\\N");
        assert_eq!(written(Value::from(true)), "true");
        assert_eq!(
            written(Value::from(serde_json::json!("A\"B"))),
            "\"A\\\\\"B\""
        );
    }
}
