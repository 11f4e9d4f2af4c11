//! The pool's two faces for queries: any connection for one statement, and one connection for a transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, prelude::async_trait,
};
use sqlx::{Postgres, Sqlite};
use tokio::sync::Mutex;

use super::lending::{Left, Lender, Lent};
use super::totals::{Lists, Totals};

/// A pool of connections, any of which runs a statement.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: Connections,
    statements: Arc<AtomicU64>,
    totals: Arc<Totals>,
}

#[derive(Clone, Debug)]
enum Connections {
    Sqlite(Lender<Sqlite>),
    Postgres(Lender<Postgres>),
}

#[derive(Debug)]
enum Borrowed {
    Sqlite(Lent<Sqlite>),
    Postgres(Lent<Postgres>),
}

/// Does the same with a connection of either database.
macro_rules! with {
    ($connection:expr, $lent:ident => $asked:expr) => {
        match $connection {
            Borrowed::Sqlite($lent) => $asked,
            Borrowed::Postgres($lent) => $asked,
        }
    };
}

impl Pool {
    /// A pool for SQLite, whose statements are counted there.
    pub(super) fn sqlite(lender: Lender<Sqlite>, statements: Arc<AtomicU64>) -> Self {
        Self {
            connections: Connections::Sqlite(lender),
            statements,
            totals: Arc::default(),
        }
    }

    /// A pool for PostgreSQL, whose statements are counted there.
    pub(super) fn postgres(lender: Lender<Postgres>, statements: Arc<AtomicU64>) -> Self {
        Self {
            connections: Connections::Postgres(lender),
            statements,
            totals: Arc::default(),
        }
    }

    async fn borrow(&self) -> Result<Borrowed, DbErr> {
        Ok(match &self.connections {
            Connections::Sqlite(lender) => Borrowed::Sqlite(lender.lend().await?),
            Connections::Postgres(lender) => Borrowed::Postgres(lender.lend().await?),
        })
    }

    /// Begins a transaction with the statement.
    pub(super) async fn begin(&self, statement: &str) -> Result<Transaction, DbErr> {
        let mut connection = self.borrow().await?;
        with!(&mut connection, lent => {
            // Whatever becomes of it from here on is taken back; a refusal leaves nothing to take back.
            lent.left = Left::Transacting;
            if let Err(error) = lent.tell(statement).await {
                lent.left = Left::Doubtful;
                return Err(error);
            }
        });
        Ok(Transaction {
            backend: self.get_database_backend(),
            connection: Mutex::new(connection),
            statements: Arc::clone(&self.statements),
            failed: AtomicBool::new(false),
        })
    }

    /// Closes all connections, after the statements under way.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        match &self.connections {
            Connections::Sqlite(lender) => lender.close().await,
            Connections::Postgres(lender) => lender.close().await,
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        match self.connections {
            Connections::Sqlite(_) => DbBackend::Sqlite,
            Connections::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        with!(&mut self.borrow().await?, lent => lent.execute(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        with!(&mut self.borrow().await?, lent => lent.tell(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        with!(&mut self.borrow().await?, lent => lent.one(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        with!(&mut self.borrow().await?, lent => lent.all(statement).await)
    }
}

impl Lists for Pool {
    fn totals(&self) -> Option<&Totals> {
        matches!(self.connections, Connections::Postgres(_)).then_some(&*self.totals)
    }
}

/// Statements that become true together. Dropped before its end it is taken back.
#[derive(Debug)]
pub struct Transaction {
    backend: DbBackend,
    connection: Mutex<Borrowed>,
    statements: Arc<AtomicU64>,
    failed: AtomicBool,
}

impl Transaction {
    /// Makes everything since its beginning last.
    ///
    /// # Errors
    /// When the database fails; whether the transaction is committed isn't always known then.
    pub async fn commit(self) -> Result<(), DbErr> {
        // PostgreSQL would take it back, and call that a success.
        if self.backend == DbBackend::Postgres && self.failed.load(Ordering::Relaxed) {
            let reason = "the transaction can't be committed: one of its statements failed";
            return Err(DbErr::Custom(reason.to_owned()));
        }
        self.end("COMMIT").await
    }

    /// Takes everything since its beginning back.
    ///
    /// # Errors
    /// When the database fails; it takes the transaction back then too.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.end("ROLLBACK").await
    }

    async fn end(self, statement: &str) -> Result<(), DbErr> {
        let mut connection = self.connection.into_inner();
        with!(&mut connection, lent => {
            lent.tell(statement).await?;
            lent.left = Left::AtRest;
        });
        Ok(())
    }

    fn noted<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        if done.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        done
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut connection = self.connection.lock().await;
        self.noted(with!(&mut *connection, lent => lent.execute(statement).await))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut connection = self.connection.lock().await;
        self.noted(with!(&mut *connection, lent => lent.tell(sql).await))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut connection = self.connection.lock().await;
        self.noted(with!(&mut *connection, lent => lent.one(statement).await))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut connection = self.connection.lock().await;
        self.noted(with!(&mut *connection, lent => lent.all(statement).await))
    }
}

impl Lists for Transaction {
    fn totals(&self) -> Option<&Totals> {
        None
    }
}
