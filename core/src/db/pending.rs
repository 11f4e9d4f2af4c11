//! Rows that nobody reads before they are committed, and so needn't be written one statement at a time.
//!
//! On PostgreSQL each statement is a round trip and some tens of microseconds of both sides, whatever it does. There inserts become
//! `WITH` parts of another statement; SQLite doesn't know writes in `WITH`, and is told several statements
//! [together](Transaction::write_soon).

use sea_orm::sea_query::{
    CommonTableExpression, Condition, Expr, ExprTrait, Func, InsertStatement, Query,
    SubQueryStatement, WithClause,
};
use sea_orm::{ActiveModelTrait, DbErr, EntityName, EntityTrait, QueryTrait};

use super::Transaction;

/// So many inserts are written in one statement: more of them save little, and each number of them is a statement to be prepared.
const MOST_TOGETHER: usize = 6;

/// Inserts that wait to be written.
#[derive(Clone, Debug, Default)]
pub struct Pending(Vec<Insert>);

#[derive(Clone, Debug)]
struct Insert {
    table: &'static str,
    rows: usize,
    statement: InsertStatement,
}

impl Pending {
    /// Takes in rows of one table; they must not be taken for there before something is written after them.
    pub fn add<A: ActiveModelTrait>(&mut self, rows: impl IntoIterator<Item = A>) {
        let rows: Vec<A> = rows.into_iter().collect();
        if !rows.is_empty() {
            self.0.push(Insert {
                table: A::Entity::default().table_name(),
                rows: rows.len(),
                statement: A::Entity::insert_many(rows).into_query(),
            });
        }
    }

    /// Takes in what waits elsewhere.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// So many rows of which tables: what is alike in this is the same statement with other values.
    #[must_use]
    pub fn shape(&self) -> Vec<(&'static str, usize)> {
        let inserts = self.0.iter();
        inserts.map(|insert| (insert.table, insert.rows)).collect()
    }

    /// Can they all be parts of one statement?
    #[must_use]
    pub fn fits(&self) -> bool {
        self.0.len() <= MOST_TOGETHER
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(self, transaction: &Transaction) -> Result<(), DbErr> {
        for insert in &self.0 {
            transaction.write_soon(&insert.statement).await?;
        }
        Ok(())
    }

    /// The inserts as parts of a statement of PostgreSQL, and the condition that they are done: a part that nothing looks at is done
    /// after everything else.
    pub fn parts(self) -> (WithClause, Condition) {
        let (mut clause, mut done) = (WithClause::new(), Condition::all());
        for (place, insert) in self.0.into_iter().enumerate() {
            let name = format!("written_{place}");
            let mut statement = insert.statement;
            statement.returning(Query::returning().exprs([Expr::cust("1")]));
            clause.cte(part(name.clone(), statement));
            let rows = Query::select()
                .expr(Func::count(Expr::cust("*")))
                .from(name)
                .take();
            done = done.add(Expr::from(rows).gt(Expr::cust("0")));
        }
        (clause, done)
    }
}

/// A part of a statement with its name.
pub fn part(name: String, statement: impl Into<SubQueryStatement>) -> CommonTableExpression {
    let mut part = CommonTableExpression::new();
    part.table_name(name).query(statement);
    part
}
