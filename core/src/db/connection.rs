//! Opening the database and beginning transactions.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use migration::Migrator;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
};
use sea_orm_migration::MigratorTrait;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection};
use tokio::sync::Notify;

use super::durable::Durable;
use super::glance::Decided;
use super::lending::Lender;
use super::line::Line;
use super::pool::{Pool, Transaction};
use super::recent::Recent;

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 250;
/// Rows that SQLite's thread may be ahead of whoever reads them: the longest page, so that neither waits for the other in the middle.
const ROWS_AHEAD: usize = 128;

/// So many readers SQLite may have on any machine.
const FEWEST_READERS: u32 = 4;

/// So many changes that are decided are written together, on SQLite in one transaction, which waits for the disk once.
const TOGETHER_ON_SQLITE: usize = 16;
/// On PostgreSQL in one statement.
const TOGETHER: usize = 8;

/// Where the database is and how many connections it gets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:<file>` or `postgres://...`.
    pub url: String,
    /// Connections of the pool; on SQLite of readers, of which there are no more than twice as many as processors, but four anyway.
    pub connections: u32,
    /// How long one statement may take (PostgreSQL); nought is as long as it needs.
    pub statement_timeout: Duration,
}

/// The open database.
#[derive(Clone, Debug)]
pub struct Db {
    reader: Pool,
    writer: Pool,
    backend: DbBackend,
    url: Arc<str>,
    statements: Arc<AtomicU64>,
    outbox: Arc<Notify>,
    epoch: Arc<Recent>,
    durable: Arc<Durable>,
    decided: Arc<Line<Decided, Result<(), DbErr>>>,
}

impl Db {
    /// Opens the database; on SQLite the file is made when it isn't there.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn connect(settings: &Settings) -> Result<Self, DbErr> {
        let statements = Arc::new(AtomicU64::new(0));
        let (reader, writer) = if settings.url.starts_with("sqlite:") {
            if let Some(file) = sqlite_file(&settings.url) {
                private(file).map_err(|error| {
                    DbErr::Custom(format!(
                        "the file {} can't be made: {error}",
                        file.display()
                    ))
                })?;
            }
            let pool = |connections, only_reads| {
                let lender = Lender::new(sqlite(&settings.url)?, connections)?;
                let statements = Arc::clone(&statements);
                Ok::<_, DbErr>(Pool::sqlite(lender, statements, only_reads))
            };
            (pool(readers(settings.connections), true)?, pool(1, false)?)
        } else {
            let lender = Lender::new(postgres(settings)?, settings.connections)?;
            let pool = Pool::postgres(lender, Arc::clone(&statements));
            (pool.clone(), pool)
        };
        // The writer first: it makes SQLite's file what it is to be.
        for pool in [&writer, &reader] {
            if let Err(error) = pool.execute_unprepared("SELECT 1").await {
                return Err(reason(&settings.url).await.unwrap_or(error));
            }
        }
        let backend = reader.get_database_backend();
        Ok(Self {
            reader,
            writer,
            backend,
            url: settings.url.as_str().into(),
            statements,
            outbox: Arc::default(),
            epoch: Arc::default(),
            durable: Arc::default(),
            decided: Arc::new(match backend {
                DbBackend::Sqlite => Line::new(1, |waiting| waiting.min(TOGETHER_ON_SQLITE)),
                _ => Line::new(1, a_power_of_two),
            }),
        })
    }

    /// For reads outside a transaction.
    #[must_use]
    pub fn reader(&self) -> &Pool {
        &self.reader
    }

    /// Which of the two databases this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.backend
    }

    /// The URL it was opened with; it may hold a password, so it is never logged.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Begins a transaction that may write. SQLite takes its write lock at once, so that it can't fail later for
    /// having read first.
    ///
    /// # Errors
    /// When the database can't be reached or stays locked.
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        self.writer.begin(self.beginning()).await
    }

    /// A transaction that begins when it is needed: not at all, if what it looks at is left unlocked and all that it writes is decided
    /// by that ([`glance`](super::glance)).
    #[must_use]
    pub fn begin_late(&self) -> Transaction {
        self.writer.begin_late(self.beginning())
    }

    fn beginning(&self) -> &'static str {
        match self.backend {
            DbBackend::Sqlite => "BEGIN IMMEDIATE",
            _ => "BEGIN",
        }
    }

    /// Where changes that are decided wait to be written; whoever waits there must hold no lock.
    pub(crate) fn decided(&self) -> &Line<Decided, Result<(), DbErr>> {
        &self.decided
    }

    /// Commits a transaction and waits until it is on the disk, on PostgreSQL without holding its locks so long.
    ///
    /// # Errors
    /// When the database fails; whether the transaction is committed isn't always known then.
    pub async fn commit(&self, transaction: Transaction) -> Result<(), DbErr> {
        transaction.commit().await?;
        match self.backend {
            // Nobody may be told to try again, as after other waits in vain for a connection: it is done.
            DbBackend::Postgres => self.durable.wait(&self.writer).await.map_err(|error| {
                DbErr::Custom(format!(
                    "committed, and not known to be on the disk: {error}"
                ))
            }),
            _ => Ok(()),
        }
    }

    /// Lets a transaction that [`Self::commit`] ends free its locks before it is on the disk.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn free_locks_early(&self, transaction: &Transaction) -> Result<(), DbErr> {
        match self.backend {
            DbBackend::Postgres => Durable::defer(transaction).await,
            _ => Ok(()),
        }
    }

    /// The same along with a row that is read anyway.
    pub fn free_locks_early_with(&self, select: &mut SelectStatement) {
        if self.backend == DbBackend::Postgres {
            Durable::defer_with(select);
        }
    }

    /// Begins a transaction that only reads, and sees everything as of one moment.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn look(&self) -> Result<Transaction, DbErr> {
        // SQLite's transactions always see one moment, and know no levels.
        let statement = match self.backend {
            DbBackend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            _ => "BEGIN",
        };
        self.reader.begin(statement).await
    }

    /// Brings the schema up to date; only forward.
    ///
    /// # Errors
    /// When a migration fails; it is then rolled back.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        let connection = migrating(&self.url).await?;
        let done = Migrator::up(&connection, None).await;
        connection.close().await?;
        done
    }

    /// How many migrations wait to be applied.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn pending_migrations(&self) -> Result<usize, DbErr> {
        let pending = Migrator::get_pending_migrations_read_only(&self.reader).await?;
        Ok(pending.len())
    }

    /// Statements sent so far; tests count with it that no list asks once per row.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Raised after a commit that left events in the outbox, so that the dispatcher needn't wait for its next look.
    #[must_use]
    pub fn outbox_signal(&self) -> Arc<Notify> {
        Arc::clone(&self.outbox)
    }

    /// The access epoch as this process last read it; forgotten by whoever raises it, and when another process says it has.
    #[must_use]
    pub fn recent_epoch(&self) -> Arc<Recent> {
        Arc::clone(&self.epoch)
    }

    /// Closes all connections, after the statements under way.
    ///
    /// # Errors
    /// When a connection can't be closed properly.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        if self.backend == DbBackend::Sqlite {
            self.writer.close().await
        } else {
            Ok(())
        }
    }
}

/// How many of those that wait are written together on PostgreSQL: each number of them is a statement that it has to plan, on each connection
/// some times.
fn a_power_of_two(waiting: usize) -> usize {
    1 << waiting.clamp(1, TOGETHER).ilog2()
}

/// Makes the database's file and its folder, if they aren't there.
fn private(file: &Path) -> std::io::Result<()> {
    let folder = file.parent();
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder)?;
    }
    private_file(file)
}

/// Makes a folder that only its owner can read: the database in it holds keys and password hashes.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the database's file, if it isn't there, so that only its owner can read it.
fn private_file(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// The file of a `sqlite:` URL.
fn sqlite_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
    Some(Path::new(path.split('?').next().unwrap_or(path)))
}

/// Why a PostgreSQL server can't be reached: the pool only says that its time ran out, one plain connection says more.
async fn reason(url: &str) -> Option<DbErr> {
    if url.starts_with("sqlite:") {
        return None;
    }
    let attempt = tokio::time::timeout(Duration::from_secs(3), PgConnection::connect(url)).await;
    attempt.ok()?.err().map(connecting)
}

/// How many readers SQLite gets of so many. They work themselves, where those of PostgreSQL wait for somebody else: with many more of them
/// than processors each takes longer, and has a cache of its own.
fn readers(most: u32) -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let enough = u32::try_from(2 * processors).unwrap_or(u32::MAX);
    most.min(enough.max(FEWEST_READERS))
}

/// How SQLite's file is opened.
fn sqlite(url: &str) -> Result<SqliteConnectOptions, DbErr> {
    let options: SqliteConnectOptions = url.parse().map_err(connecting)?;
    Ok(durably(options)
        .row_buffer_size(ROWS_AHEAD)
        .disable_statement_logging())
}

fn durably(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Full: what was acknowledged survives also a power cut, not only a killed process.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(STATEMENTS)
}

/// How PostgreSQL is spoken to.
fn postgres(settings: &Settings) -> Result<PgConnectOptions, DbErr> {
    let options: PgConnectOptions = settings.url.parse().map_err(connecting)?;
    let timeout = settings.statement_timeout.as_millis().to_string();
    Ok(options
        .application_name("aftercare")
        .statement_cache_capacity(STATEMENTS)
        .options([("statement_timeout", timeout.as_str())])
        .disable_statement_logging())
}

fn connecting(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

/// A connection of the kind that migrations ask for. An index on a large table takes as long as it needs.
async fn migrating(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(durably)
        .map_sqlx_postgres_opts(|postgres| postgres.application_name("aftercare"));
    Database::connect(options).await
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{InsertStatement, Query};
    use sea_orm::{ConnectionTrait, Statement};

    use super::*;
    use crate::db::scratch::Scratch;
    use crate::error::{Error, ErrorCode};

    #[test]
    fn a_few_statements_serve_all_who_wait() {
        let next = [1, 2, 3, 4, 7, 8, 9, 100].map(a_power_of_two);
        assert_eq!(next, [1, 2, 2, 4, 4, 8, 8, 8]);
    }

    async fn change(db: &Db, sql: &str) {
        let transaction = db.begin().await.expect("a transaction");
        let done = transaction.execute_unprepared(sql).await;
        done.expect("it can be done");
        transaction.commit().await.expect("it commits");
    }

    /// A database of its own with the table `notes`.
    async fn opened() -> Scratch {
        let db = Scratch::open().await;
        change(&db, "CREATE TABLE notes (text TEXT NOT NULL UNIQUE)").await;
        db
    }

    async fn notes(connection: &impl ConnectionTrait) -> i64 {
        let count = Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM notes");
        let count = connection.query_one_raw(count).await.expect("an answer");
        let count = count.expect("a row").try_get_by_index(0);
        count.expect("a number")
    }

    fn note(text: &str) -> InsertStatement {
        let mut insert = Query::insert();
        insert.into_table("notes").columns(["text"]);
        insert.values_panic([text.into()]).take()
    }

    #[tokio::test]
    async fn what_is_committed_stays_also_after_transactions_that_were_taken_back() {
        let db = opened().await;
        // As SQLite does by itself when the disk is full; the driver's own rollback fails then.
        let taken_back = db.begin().await.expect("a transaction");
        let done = taken_back.execute_unprepared("ROLLBACK").await;
        done.expect("it is taken back");
        drop(taken_back);
        drop(db.begin().await.expect("a transaction"));

        change(&db, "INSERT INTO notes VALUES ('kept')").await;
        assert_eq!(notes(db.reader()).await, 1, "others see it");
        db.close().await;
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_written_before_the_next_question_or_with_the_commit() {
        let db = opened().await;
        let asked = db.begin().await.expect("a transaction");
        asked.write_soon(&note("one")).await.expect("it is noted");
        assert_eq!(notes(&asked).await, 1, "a question sees it");
        asked.write_soon(&note("two")).await.expect("it is noted");
        asked.write_soon(&note("three")).await.expect("it is noted");
        assert_eq!(notes(db.reader()).await, 0, "nobody else sees it yet");
        asked.commit().await.expect("it commits");
        assert_eq!(notes(db.reader()).await, 3);

        let only_written = db.begin().await.expect("a transaction");
        only_written.write_soon(&note("four")).await.expect("noted");
        only_written.commit().await.expect("it commits");
        assert_eq!(notes(db.reader()).await, 4);

        for text in ["five", "six"] {
            let dropped = db.begin().await.expect("a transaction");
            if text == "six" {
                assert_eq!(notes(&dropped).await, 4);
            }
            dropped.write_soon(&note(text)).await.expect("it is noted");
            drop(dropped);
        }
        let refused = db.begin().await.expect("a transaction");
        refused.write_soon(&note("seven")).await.expect("noted");
        refused.write_soon(&note("one")).await.expect("it is noted");
        refused.commit().await.expect_err("one is there already");
        let nothing = db.begin().await.expect("a transaction");
        nothing.rollback().await.expect("there is nothing to do");
        let changed = db.begin().await.expect("a transaction");
        changed.write_soon(&note("eight")).await.expect("noted");
        let all = "UPDATE notes SET text = text || '!'";
        let all = Statement::from_string(DbBackend::Sqlite, all);
        let all = changed.execute_raw(all).await.expect("they change");
        assert_eq!(all.rows_affected(), 5, "its own rows alone are counted");
        changed.rollback().await.expect("it is taken back");
        assert_eq!(notes(db.reader()).await, 4, "all of it or nothing");
        db.close().await;
    }

    #[tokio::test]
    async fn a_file_that_another_process_keeps_to_itself_is_a_reason_to_come_again() {
        let db = opened().await;
        let settings = Settings {
            url: db.url().to_owned(),
            connections: 1,
            statement_timeout: Duration::from_secs(5),
        };
        let other = Db::connect(&settings).await.expect("it opens");
        let held = other.begin().await.expect("a transaction");
        held.write_soon(&note("theirs")).await.expect("it is noted");
        assert_eq!(notes(&held).await, 1);

        let ours = db.begin().await.expect("a transaction");
        let refused = ours.execute_unprepared("DELETE FROM notes").await;
        let refused = Error::from(refused.expect_err("it is held"));
        assert!(matches!(refused, Error::Api(error) if error.code == ErrorCode::RateLimited));
        drop(ours);
        held.commit().await.expect("it commits");
        change(&db, "INSERT INTO notes VALUES ('ours')").await;
        assert_eq!(notes(db.reader()).await, 2);
        other.close().await.expect("it closes");
        db.close().await;
    }
}
