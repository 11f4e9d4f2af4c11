//! The pool's two faces for queries: any connection for one statement, and one connection for a transaction.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, StatementBuilder,
    prelude::async_trait,
};
use sqlx::{Postgres, Sqlite};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

use super::asking::Asking;
use super::glance::{Glance, stale};
use super::lending::{Left, Lender, Lent};
use super::totals::Totals;
use super::unsaid::Unsaid;

const COMMIT: &str = "COMMIT";

/// A connection from which rows are read.
pub trait Reader: ConnectionTrait {
    /// The pool, if that is what it is: there totals are remembered, and questions asked together. Not within a transaction, which sees what
    /// nobody else does.
    fn pool(&self) -> Option<&Pool>;
}

/// A pool of connections, any of which runs a statement.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: Connections,
    statements: Arc<AtomicU64>,
    totals: Option<Arc<Totals>>,
    asking: Option<Arc<Asking>>,
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
    /// A pool for SQLite, whose statements are counted there: of connections that only read, or of the one that writes.
    pub(super) fn sqlite(
        lender: Lender<Sqlite>,
        statements: Arc<AtomicU64>,
        only_reads: bool,
    ) -> Self {
        // What a connection writes itself doesn't show in what it sees.
        let totals = only_reads.then(|| Totals::none(DbBackend::Sqlite));
        Self {
            connections: Connections::Sqlite(lender),
            statements,
            totals: totals.map(Arc::new),
            asking: None,
        }
    }

    /// A pool for PostgreSQL, whose statements are counted there.
    pub(super) fn postgres(lender: Lender<Postgres>, statements: Arc<AtomicU64>) -> Self {
        Self {
            connections: Connections::Postgres(lender),
            statements,
            totals: Some(Arc::new(Totals::none(DbBackend::Postgres))),
            asking: Some(Arc::default()),
        }
    }

    /// What it remembers of the totals of lists.
    pub(super) fn totals(&self) -> Option<&Totals> {
        self.totals.as_deref()
    }

    /// Those who ask it, where they are answered together.
    pub(super) fn asking(&self) -> Option<&Asking> {
        self.asking.as_deref()
    }

    /// The rows of a statement, and how long the database took for them.
    pub(super) async fn timed(
        &self,
        statement: Statement,
    ) -> Result<(Vec<QueryResult>, Duration), DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut borrowed = self.borrow().await?;
        let began = Instant::now();
        let rows = with!(&mut borrowed, lent => lent.all(statement).await)?;
        Ok((rows, began.elapsed()))
    }

    async fn borrow(&self) -> Result<Borrowed, DbErr> {
        Ok(match &self.connections {
            Connections::Sqlite(lender) => Borrowed::Sqlite(lender.lend().await?),
            Connections::Postgres(lender) => Borrowed::Postgres(lender.lend().await?),
        })
    }

    /// Begins a transaction with the statement.
    pub(super) async fn begin(&self, statement: &'static str) -> Result<Transaction, DbErr> {
        let transaction = self.begin_late(statement);
        drop(transaction.opened().await?);
        Ok(transaction)
    }

    /// A transaction that begins with the first thing that is asked of it.
    pub(super) fn begin_late(&self, statement: &'static str) -> Transaction {
        Transaction {
            pool: self.clone(),
            begin: statement,
            connection: Mutex::default(),
            glance: OnceLock::new(),
            failed: AtomicBool::new(false),
        }
    }

    /// A connection in a transaction; on SQLite it begins with the first thing that is asked of it.
    async fn begun(&self, begin: &'static str) -> Result<Open, DbErr> {
        let mut open = Open {
            connection: self.borrow().await?,
            unsaid: Unsaid::beginning(begin),
        };
        if matches!(open.connection, Borrowed::Postgres(_)) {
            open.begin().await?;
        }
        Ok(open)
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
        let (rows, _) = self.timed(statement).await?;
        Ok(rows)
    }
}

impl Reader for Pool {
    fn pool(&self) -> Option<&Pool> {
        Some(self)
    }
}

/// A transaction's connection, and what it hasn't said to it.
#[derive(Debug)]
struct Open {
    connection: Borrowed,
    unsaid: Unsaid,
}

impl Open {
    /// Whatever becomes of the connection from here on is taken back.
    fn transacting(&mut self) {
        with!(&mut self.connection, lent => lent.left = Left::Transacting);
    }

    /// Says that it begins, if it hasn't.
    async fn begin(&mut self) -> Result<(), DbErr> {
        if !self.unsaid.begins() {
            return Ok(());
        }
        self.transacting();
        let begin = self.unsaid.together(None).sql;
        with!(&mut self.connection, lent => {
            if let Err(error) = lent.tell(&begin).await {
                // A refusal leaves nothing to take back.
                lent.left = Left::Doubtful;
                return Err(error);
            }
        });
        Ok(())
    }

    /// Says everything, before something whose answer counts.
    async fn say(&mut self) -> Result<(), DbErr> {
        if !self.unsaid.writes() {
            return self.begin().await;
        }
        self.transacting();
        let all = self.unsaid.together(None);
        with!(&mut self.connection, lent => lent.execute(all).await)?;
        Ok(())
    }

    /// The question with what can go along; the rest is said before.
    async fn before(&mut self, question: Statement) -> Result<Statement, DbErr> {
        if self.unsaid.writes() {
            self.say().await?;
        }
        if self.unsaid.begins() {
            self.transacting();
        }
        Ok(self.unsaid.before(question))
    }

    async fn one(&mut self, question: Statement) -> Result<Option<QueryResult>, DbErr> {
        let question = self.before(question).await?;
        with!(&mut self.connection, lent => lent.one(question).await)
    }

    async fn all(&mut self, question: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let question = self.before(question).await?;
        with!(&mut self.connection, lent => lent.all(question).await)
    }

    /// Says everything and commits.
    async fn commit(mut self) -> Result<(), DbErr> {
        if self.unsaid.begins() && !self.unsaid.writes() {
            return Ok(());
        }
        self.transacting();
        let all = self
            .unsaid
            .writes()
            .then(|| self.unsaid.together(Some(COMMIT)));
        with!(&mut self.connection, lent => {
            match all {
                Some(all) => lent.execute(all).await?,
                None => lent.tell(COMMIT).await?,
            };
            lent.left = Left::AtRest;
        });
        Ok(())
    }

    async fn roll_back(mut self) -> Result<(), DbErr> {
        if self.unsaid.begins() {
            return Ok(());
        }
        with!(&mut self.connection, lent => {
            lent.tell("ROLLBACK").await?;
            lent.left = Left::AtRest;
        });
        Ok(())
    }
}

/// Statements that become true together. Dropped before its end it is taken back.
#[derive(Debug)]
pub struct Transaction {
    pool: Pool,
    begin: &'static str,
    /// None before it has begun.
    connection: Mutex<Option<Open>>,
    glance: OnceLock<Glance>,
    failed: AtomicBool,
}

impl Transaction {
    /// Was anything asked of it?
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.connection
            .try_lock()
            .map_or(true, |connection| connection.is_some())
    }

    /// Notes what was seen without it before it has begun. It doesn't begin any more then: whoever wants more than one statement
    /// has to look again, under lock.
    pub(crate) fn rely_on(&self, glance: Glance) {
        let _ = self.glance.set(glance);
    }

    /// What was seen without it.
    pub(crate) fn glance(&self) -> Option<&Glance> {
        self.glance.get()
    }

    /// The same; who takes it sees to it that it still holds, and the transaction may begin.
    pub(crate) fn take_glance(&mut self) -> Option<Glance> {
        self.glance.take()
    }

    /// Its connection; it has begun then.
    async fn opened(&self) -> Result<MappedMutexGuard<'_, Open>, DbErr> {
        let mut connection = self.connection.lock().await;
        if connection.is_none() {
            if self.glance.get().is_some() {
                return Err(stale());
            }
            *connection = Some(self.pool.begun(self.begin).await?);
        }
        MutexGuard::try_map(connection, Option::as_mut)
            .map_err(|_| DbErr::Custom("a transaction that hasn't begun".to_owned()))
    }

    /// Makes everything since its beginning last.
    ///
    /// # Errors
    /// When the database fails; whether the transaction is committed isn't always known then.
    pub async fn commit(self) -> Result<(), DbErr> {
        // PostgreSQL would take it back, and call that a success.
        let postgres = self.get_database_backend() == DbBackend::Postgres;
        if postgres && self.failed.load(Ordering::Relaxed) {
            let reason = "the transaction can't be committed: one of its statements failed";
            return Err(DbErr::Custom(reason.to_owned()));
        }
        match self.connection.into_inner() {
            Some(open) => open.commit().await,
            None => Ok(()),
        }
    }

    /// Writes without waiting for it where waiting is what costs: on SQLite at the latest before the next question or with the commit,
    /// which then fails if this does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_soon(&self, write: &impl StatementBuilder) -> Result<(), DbErr> {
        if self.get_database_backend() != DbBackend::Sqlite {
            return self.execute(write).await.map(drop);
        }
        let mut open = self.opened().await?;
        self.counted();
        if open.unsaid.add(DbBackend::Sqlite.build(write)) {
            self.noted(open.say().await)?;
        }
        Ok(())
    }

    /// Takes everything since its beginning back.
    ///
    /// # Errors
    /// When the database fails; it takes the transaction back then too.
    pub async fn rollback(self) -> Result<(), DbErr> {
        match self.connection.into_inner() {
            Some(open) => open.roll_back().await,
            None => Ok(()),
        }
    }

    fn noted<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        if done.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        done
    }

    fn counted(&self) {
        self.pool.statements.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut open = self.opened().await?;
        self.counted();
        self.noted(open.say().await)?;
        self.noted(with!(&mut open.connection, lent => lent.execute(statement).await))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut open = self.opened().await?;
        self.noted(open.say().await)?;
        self.noted(with!(&mut open.connection, lent => lent.tell(sql).await))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut open = self.opened().await?;
        self.counted();
        self.noted(open.one(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut open = self.opened().await?;
        self.counted();
        self.noted(open.all(statement).await)
    }
}

impl Reader for Transaction {
    fn pool(&self) -> Option<&Pool> {
        None
    }
}
