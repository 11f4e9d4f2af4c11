//! Rows that nobody reads before they are committed, and so needn't be written one statement at a time.
//!
//! On PostgreSQL each statement is a round trip and some tens of microseconds of both sides, whatever it does. There inserts are put
//! before another statement as `WITH` parts of it; SQLite doesn't know writes in `WITH`, and has no trips to save.

use sea_orm::sea_query::{
    CommonTableExpression, InsertStatement, SelectStatement, SubQueryStatement, UpdateStatement,
    WithClause, WithQuery,
};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryResult, QueryTrait,
};

/// So many inserts are written in one statement: more of them save little, and each number of them is a statement to be prepared.
const MOST_TOGETHER: usize = 6;

/// Inserts that wait to be written.
#[derive(Debug, Default)]
pub struct Pending(Vec<InsertStatement>);

impl Pending {
    /// Takes in rows of one table; they must not be taken for there before something is written after them.
    pub fn add<A: ActiveModelTrait>(&mut self, rows: impl IntoIterator<Item = A>) {
        let rows: Vec<A> = rows.into_iter().collect();
        if !rows.is_empty() {
            self.0.push(A::Entity::insert_many(rows).into_query());
        }
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        for insert in &self.0 {
            connection.execute(insert).await?;
        }
        Ok(())
    }

    /// Writes them and reads a row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_and_read(
        self,
        connection: &impl ConnectionTrait,
        select: SelectStatement,
    ) -> Result<Option<QueryResult>, DbErr> {
        if self.goes_before(connection) {
            return connection.query_one(&self.before(select)).await;
        }
        self.write(connection).await?;
        connection.query_one(&select).await
    }

    /// Writes them and changes rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_and_update(
        self,
        connection: &impl ConnectionTrait,
        update: UpdateStatement,
    ) -> Result<(), DbErr> {
        if self.goes_before(connection) {
            return connection.execute(&self.before(update)).await.map(drop);
        }
        self.write(connection).await?;
        connection.execute(&update).await.map(drop)
    }

    fn goes_before(&self, connection: &impl ConnectionTrait) -> bool {
        let few = (1..=MOST_TOGETHER).contains(&self.0.len());
        few && connection.get_database_backend() == DbBackend::Postgres
    }

    fn before(self, statement: impl Into<SubQueryStatement>) -> WithQuery {
        let mut clause = WithClause::new();
        for (place, insert) in self.0.into_iter().enumerate() {
            let mut part = CommonTableExpression::new();
            part.table_name(format!("written_{place}")).query(insert);
            clause.cte(part);
        }
        clause.query(statement)
    }
}
