//! Opening the database and beginning transactions.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use migration::Migrator;
use sea_orm::sea_query::SelectStatement;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection};
use sea_orm::{
    AccessMode, ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Notify;

use super::durable::Durable;
use super::recent::Recent;

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 250;

/// Where the database is and how many connections it gets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:<file>` or `postgres://...`.
    pub url: String,
    /// Connections of the pool (on SQLite: of readers).
    pub connections: u32,
    /// How long one statement may take (PostgreSQL); nought is as long as it needs.
    pub statement_timeout: Duration,
}

/// The open database.
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    backend: DbBackend,
    url: Arc<str>,
    statements: Arc<AtomicU64>,
    outbox: Arc<Notify>,
    epoch: Arc<Recent>,
    durable: Arc<Durable>,
}

impl Db {
    /// Opens the database; on SQLite the file is made when it isn't there.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn connect(settings: &Settings) -> Result<Self, DbErr> {
        let sqlite = settings.url.starts_with("sqlite:");
        let statements = Arc::new(AtomicU64::new(0));
        let open = async |connections: u32| -> Result<DatabaseConnection, DbErr> {
            let mut connection = match Database::connect(options(settings, connections)).await {
                Ok(connection) => connection,
                Err(error) => return Err(reason(&settings.url).await.unwrap_or(error)),
            };
            let count = Arc::clone(&statements);
            connection.set_metric_callback(move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            });
            Ok(connection)
        };
        let (reader, writer) = if sqlite {
            if let Some(file) = sqlite_file(&settings.url) {
                let folder = file
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                folder
                    .map_or(Ok(()), private_folder)
                    .and_then(|()| private_file(file))
                    .map_err(|error| {
                        DbErr::Custom(format!(
                            "the file {} can't be made: {error}",
                            file.display()
                        ))
                    })?;
            }
            let writer = open(1).await?;
            (open(settings.connections).await?, writer)
        } else {
            let pool = open(settings.connections).await?;
            (pool.clone(), pool)
        };
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
        })
    }

    /// For reads outside a transaction.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
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
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Commits a transaction and waits until it is on the disk, on PostgreSQL without holding its locks so long.
    ///
    /// # Errors
    /// When the database fails; whether the transaction is committed isn't always known then.
    pub async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), DbErr> {
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
    pub async fn free_locks_early(&self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
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
    pub async fn look(&self) -> Result<DatabaseTransaction, DbErr> {
        // SQLite's transactions always see one moment, and know no levels.
        let options = match self.backend {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        self.reader.begin_with_options(options).await
    }

    /// Brings the schema up to date; only forward.
    ///
    /// # Errors
    /// When a migration fails; it is then rolled back.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        Migrator::up(&self.writer, None).await
    }

    /// How many migrations wait to be applied.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn pending_migrations(&self) -> Result<usize, DbErr> {
        Ok(Migrator::get_pending_migrations_read_only(&self.reader)
            .await?
            .len())
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
    attempt
        .ok()?
        .err()
        .map(|error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error))))
}

/// Is no transaction open on the connection? One that isn't at rest is closed, and another one opened.
///
/// When a disk is full, SQLite may take a transaction back by itself. The driver's own rollback then fails and it goes on
/// counting the transaction; from the second such failure on every later one would only be a savepoint within one that nobody
/// ends. Whatever was written there would be acknowledged, seen by nobody, and gone with the process.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A rollback may still wait for its turn, which comes before the answer to this.
        connection.ping().await?;
    }
    let at_rest = !connection.is_in_transaction();
    if !at_rest {
        tracing::warn!(
            "a connection to the database is replaced: its transaction couldn't be ended"
        );
    }
    Ok(at_rest)
}

fn options(settings: &Settings, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.as_str());
    let timeout = settings.statement_timeout.as_millis().to_string();
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(8))
        // A connection that was used just now needn't prove that it lives: that would cost a round trip a statement.
        .test_before_acquire_if_idle_for(Duration::from_secs(1))
        .sqlx_logging(false)
        .map_sqlx_sqlite_before_acquire(|connection, _| Box::pin(is_at_rest(connection)))
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                // Full: what was acknowledged survives also a power cut, not only a killed process.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(STATEMENTS)
        })
        .map_sqlx_postgres_opts(move |postgres| {
            postgres
                .application_name("aftercare")
                .statement_cache_capacity(STATEMENTS)
                .options([("statement_timeout", timeout.as_str())])
        });
    options
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Statement};
    use uuid::Uuid;

    use super::*;

    async fn change(db: &Db, sql: &str) {
        let transaction = db.begin().await.expect("a transaction");
        let done = transaction.execute_unprepared(sql).await;
        done.expect("it can be done");
        transaction.commit().await.expect("it commits");
    }

    #[tokio::test]
    async fn what_is_committed_stays_also_after_transactions_that_were_taken_back() {
        let file = std::env::temp_dir().join(format!("aftercare-{}.sqlite", Uuid::new_v4()));
        let settings = Settings {
            url: format!("sqlite://{}", file.display()),
            connections: 2,
            statement_timeout: Duration::from_secs(5),
        };
        let db = Db::connect(&settings).await.expect("it opens");
        change(&db, "CREATE TABLE notes (text TEXT NOT NULL)").await;
        // As SQLite does by itself when the disk is full; the driver's own rollback fails then.
        let taken_back = db.begin().await.expect("a transaction");
        let done = taken_back.execute_unprepared("ROLLBACK").await;
        done.expect("it is taken back");
        drop(taken_back);
        drop(db.begin().await.expect("a transaction"));

        change(&db, "INSERT INTO notes VALUES ('kept')").await;
        let count = Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM notes");
        let count = db.reader().query_one_raw(count).await.expect("an answer");
        let count: i64 = count.expect("a row").try_get_by_index(0).expect("a number");
        assert_eq!(count, 1, "others see it");
        db.close().await.expect("it closes");
        for end in ["", "-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
    }
}
