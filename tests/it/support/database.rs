//! A database for each test, on SQLite and on PostgreSQL: a copy of a template that is made once in a process.
//!
//! - [`fresh`]: migrated and otherwise empty.
//! - [`fresh_from`]: with what a closure has put in, once for all tests that ask by the same name.
//! - [`both_databases!`]: a test that runs on both. The parameter may be a [`TestDatabase`] or whatever else says with
//!   [`Arrange`] how it comes out of one, such as a whole running application.
//!
//! On SQLite a copy is a file, never `:memory:` (each connection of a pool would have a database of its own); on PostgreSQL
//! it is `CREATE DATABASE ... TEMPLATE`. A database is removed when its [`TestDatabase`] is dropped.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use aftercare::db::{Db, Settings};
use migration::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tokio::sync::OnceCell;

use super::postgres::{self, Server};
use super::scratch;

/// The kinds of database Aftercare runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A database in the server of this process.
    Postgres,
}

/// A database of one test; dropped with it.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its address, as the configuration of Aftercare takes it.
    pub url: String,
    /// Its kind.
    pub backend: Backend,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// A directory that holds nothing but the database file and what SQLite puts beside it.
    Directory(PathBuf),
    /// A database of that name.
    Server(&'static Server, String),
}

/// What a test of [`both_databases!`] can ask for.
pub trait Arrange: Sized {
    /// Makes one on a database of its own; `None` skips the test, as there is no such database here.
    fn arrange(backend: Backend) -> impl Future<Output = Option<Self>>;
}

impl Arrange for TestDatabase {
    async fn arrange(backend: Backend) -> Option<Self> {
        fresh(backend).await
    }
}

/// A migrated, otherwise empty database; `None` when the backend isn't available, which has then been said.
pub async fn fresh(backend: Backend) -> Option<TestDatabase> {
    let database = copy_of("", backend, async |_| {}).await;
    if database.is_none() {
        postgres::report_skipped();
    }
    database
}

/// A copy of the template `name`: a migrated database into which `fill` has put something, which happens once in a
/// process. When `fill` returns, it must have closed all its connections.
pub async fn fresh_from<F>(name: &str, backend: Backend, fill: F) -> Option<TestDatabase>
where
    F: AsyncFnOnce(String),
{
    assert!(!name.is_empty(), "a template needs a name");
    let database = copy_of(name, backend, fill).await;
    if database.is_none() {
        postgres::report_skipped();
    }
    database
}

/// A copy of the template `name`; the unnamed one is migrated and empty, and the others start from it.
async fn copy_of<F>(name: &str, backend: Backend, fill: F) -> Option<TestDatabase>
where
    F: AsyncFnOnce(String),
{
    type Templates = HashMap<(String, Backend), Arc<OnceCell<Option<TestDatabase>>>>;
    static TEMPLATES: LazyLock<Mutex<Templates>> = LazyLock::new(Mutex::default);
    let cell = |name: &str| {
        let mut templates = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
        templates
            .entry((name.to_owned(), backend))
            .or_default()
            .clone()
    };
    let migrated = cell("");
    let migrated = migrated
        .get_or_init(|| migrated_template(backend))
        .await
        .as_ref()?;
    if name.is_empty() {
        return Some(migrated.copy().await);
    }
    let template = cell(name);
    let template = template.get_or_init(async || {
        let template = migrated.copy().await;
        fill(template.url.clone()).await;
        template.settle().await;
        Some(template)
    });
    Some(template.await.as_ref()?.copy().await)
}

async fn migrated_template(backend: Backend) -> Option<TestDatabase> {
    let template = TestDatabase::blank(backend).await?;
    let connection = template.connect().await;
    Migrator::up(&connection, None)
        .await
        .expect("the migrations apply");
    connection.close().await.expect("the connection closes");
    template.settle().await;
    Some(template)
}

/// The database as the application opens it.
pub async fn open(database: &TestDatabase) -> Db {
    let settings = Settings {
        url: database.url.clone(),
        connections: 8,
        statement_timeout: Duration::from_secs(20),
    };
    Db::connect(&settings).await.expect("the database opens")
}

impl TestDatabase {
    /// A plain connection, for a look behind the application's back.
    pub async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(2).sqlx_logging(false);
        Database::connect(options)
            .await
            .unwrap_or_else(|error| panic!("no connection to {}: {error}", self.url))
    }

    /// A database without a table, or `None` when the backend isn't available.
    async fn blank(backend: Backend) -> Option<Self> {
        match backend {
            Backend::Sqlite => Some(Self::in_directory(scratch::subdirectory())),
            Backend::Postgres => {
                let server = blocking(postgres::server).await?;
                Some(Self::on_server(server, None).await)
            }
        }
    }

    /// A new database with the same content; nobody may be connected to this one.
    async fn copy(&self) -> Self {
        match &self.place {
            Place::Directory(directory) => {
                let copy = scratch::subdirectory();
                let (from, to) = (file_in(directory), file_in(&copy));
                blocking(move || std::fs::copy(from, to))
                    .await
                    .expect("the template can be copied");
                Self::in_directory(copy)
            }
            Place::Server(server, name) => Self::on_server(server, Some(name.clone())).await,
        }
    }

    fn in_directory(directory: PathBuf) -> Self {
        let url = format!("sqlite://{}?mode=rwc", file_in(&directory).display());
        Self {
            url,
            backend: Backend::Sqlite,
            place: Place::Directory(directory),
        }
    }

    async fn on_server(server: &'static Server, template: Option<String>) -> Self {
        let name = server.new_name();
        let database = Self {
            url: server.url_of(&name),
            backend: Backend::Postgres,
            place: Place::Server(server, name.clone()),
        };
        let created = blocking(move || server.create(&name, template.as_deref())).await;
        created.unwrap_or_else(|error| panic!("no new database: {error}"));
        database
    }

    /// Makes a filled database fit to be copied.
    async fn settle(&self) {
        let connection = self.connect().await;
        let sql = match self.backend {
            // All that was written must be in the file itself, not in the log beside it.
            Backend::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
            // What autovacuum would do; our own cluster has none.
            Backend::Postgres => "ANALYZE",
        };
        connection
            .execute_unprepared(sql)
            .await
            .expect("the template can be settled");
        connection.close().await.expect("the connection closes");
        if let Place::Directory(directory) = &self.place {
            let log = directory.join("aftercare.sqlite-wal");
            let left = std::fs::metadata(&log).map_or(0, |metadata| metadata.len());
            assert_eq!(
                left,
                0,
                "{} isn't empty: who filled the template is still connected",
                log.display()
            );
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let removed = match &self.place {
            Place::Directory(directory) => {
                std::fs::remove_dir_all(directory).map_err(|error| error.to_string())
            }
            Place::Server(server, name) => server.drop(name),
        };
        // A panic here would hide that of a failing test, or end the process.
        if let Err(error) = removed {
            eprintln!("a test's database stays behind: {error}");
        }
    }
}

fn file_in(directory: &Path) -> PathBuf {
    directory.join("aftercare.sqlite")
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Runs one half of a test of [`both_databases!`].
pub async fn run<A: Arrange, Ran: Future<Output = ()>>(
    backend: Backend,
    test: impl FnOnce(A) -> Ran,
) {
    if let Some(arranged) = A::arrange(backend).await {
        test(arranged).await;
    }
}

/// Makes of each function a test on either backend: `name::sqlite` and `name::postgres`.
///
/// ```ignore
/// both_databases! {
///     /// A partner sees its own tickets.
///     async fn partner_sees_own_ticket(db: TestDatabase) { ... }
/// }
/// ```
macro_rules! both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($argument:ident : $kind:ty) $body:block)+) => {$(
        $(#[$attribute])*
        async fn $name($argument: $kind) $body

        mod $name {
            use $crate::support::database::{Backend, run};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run(Backend::Sqlite, super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run(Backend::Postgres, super::$name).await;
            }
        }
    )+};
}
pub(crate) use both_databases;
