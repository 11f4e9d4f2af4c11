//! The PostgreSQL server of this test process: the one `AFTERCARE_TEST_DATABASE_URL` names, or else a [`Cluster`] of our
//! own, started at the first need.
//!
//! One thread with one connection creates and drops the databases, one after the other: a template may be copied only
//! while nobody uses it, a connection must not be shared between the runtimes of two tests, and a destructor can't await.
//!
//! On a server of somebody else's, a second process of this binary (see [`janitor`]) drops what this one has made, when
//! it has ended in whatever way.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, mpsc};

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::cluster::Cluster;

/// Names a server to use instead of starting one; its user must be allowed to create databases.
pub const SERVER_VARIABLE: &str = "AFTERCARE_TEST_DATABASE_URL";
/// Set to 1, a missing PostgreSQL fails the tests that need it instead of skipping them.
pub const REQUIRE_VARIABLE: &str = "AFTERCARE_REQUIRE_POSTGRES";
const JANITOR_VARIABLE: &str = "AFTERCARE_TEST_JANITOR";

/// A server in which this process may create databases.
#[derive(Debug)]
pub struct Server {
    url: String,
    prefix: String,
    /// How to copy a template, if not in the server's own way.
    strategy: &'static str,
    orders: mpsc::Sender<Order>,
    _keeper: Keeper,
}

/// Who tidies up when this process has ended.
#[derive(Debug)]
#[expect(
    dead_code,
    reason = "they are held for what happens when this process lets go of them"
)]
enum Keeper {
    Cluster(Cluster),
    Janitor(Child),
}

#[derive(Debug)]
struct Order {
    sql: String,
    reply: mpsc::Sender<Result<(), String>>,
}

/// The server of this process; `None`, with a line on standard error, when there is no PostgreSQL and none is required.
/// Blocks for the second or two that a cluster takes to start.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Result<Option<Server>, String>> = OnceLock::new();
    match SERVER.get_or_init(Server::find) {
        Ok(Some(server)) => Some(server),
        Ok(None) if std::env::var(REQUIRE_VARIABLE).is_ok_and(|value| value == "1") => {
            panic!(
                "{REQUIRE_VARIABLE}=1, but no PostgreSQL is installed and {SERVER_VARIABLE} isn't set"
            )
        }
        Ok(None) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Says that the running test is skipped; past the capture of the test harness, which would swallow it.
pub fn report_skipped() {
    let test = std::thread::current();
    let _ = writeln!(
        std::io::stderr(),
        "skipped: no PostgreSQL ({})",
        test.name().unwrap_or("unnamed test")
    );
}

impl Server {
    fn find() -> Result<Option<Self>, String> {
        let prefix = format!("aftercare_test_{:016x}_", rand::random::<u64>());
        let (url, keeper) = match std::env::var(SERVER_VARIABLE) {
            Ok(url) if !url.is_empty() => {
                let janitor = employ_janitor(&url, &prefix)
                    .map_err(|error| format!("no janitor: {error}"))?;
                (url, Keeper::Janitor(janitor))
            }
            _ => match Cluster::start()? {
                Some(cluster) => (cluster.url(), Keeper::Cluster(cluster)),
                None => return Ok(None),
            },
        };
        let (orders, version) = open_office(&url)?;
        // Copying whole files saves a third of the time, but it waits for the disk where that isn't switched off.
        let by_file = matches!(keeper, Keeper::Cluster(_)) && version >= 150_000;
        let strategy = if by_file { " STRATEGY FILE_COPY" } else { "" };
        Ok(Some(Self {
            url,
            prefix,
            strategy,
            orders,
            _keeper: keeper,
        }))
    }

    /// A name for a new database, unlike any other.
    pub fn new_name(&self) -> String {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        format!("{}{}", self.prefix, COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// The address of its maintenance database, which was there before us.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of the database `name`.
    pub fn url_of(&self, name: &str) -> String {
        with_database(&self.url, name)
    }

    /// Creates the database `name`, empty or as a copy of `template`, which nobody may be connected to. Blocks.
    pub fn create(&self, name: &str, template: Option<&str>) -> Result<(), String> {
        let template = template.unwrap_or("template0");
        self.run(format!(
            "CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"{}",
            self.strategy
        ))
    }

    /// Drops the database `name`, whoever is still connected to it. Blocks.
    pub fn drop(&self, name: &str) -> Result<(), String> {
        self.run(drop_statement(name))
    }

    fn run(&self, sql: String) -> Result<(), String> {
        let (reply, answer) = mpsc::channel();
        self.orders
            .send(Order { sql, reply })
            .map_err(|error| error.to_string())?;
        answer.recv().map_err(|error| error.to_string())?
    }
}

fn drop_statement(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")
}

/// `url` with `name` for its database; everything else stays.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url
        .split_once('?')
        .map_or((url, None), |(address, query)| (address, Some(query)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..]
        .find('/')
        .map_or(address.len(), |at| authority + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}

/// Starts the thread that carries out orders over a connection to the maintenance database at `url`; returns where to
/// send them, and the version of the server.
fn open_office(url: &str) -> Result<(mpsc::Sender<Order>, u32), String> {
    let (orders, inbox) = mpsc::channel::<Order>();
    let (ready, opened) = mpsc::channel();
    let url = url.to_owned();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let mut connection = match PgConnection::connect(&url).await {
                Ok(connection) => connection,
                Err(error) => {
                    return drop(ready.send(Err(format!("no connection to {url}: {error}"))));
                }
            };
            drop(ready.send(Ok(connection.server_version_num().unwrap_or_default())));
            for Order { sql, reply } in inbox {
                let result = sqlx::raw_sql(AssertSqlSafe(sql.clone()))
                    .execute(&mut connection)
                    .await;
                drop(
                    reply.send(
                        result
                            .map(|_| ())
                            .map_err(|error| format!("{sql}: {error}")),
                    ),
                );
            }
        });
    });
    let version = opened.recv().map_err(|error| error.to_string())??;
    Ok((orders, version))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be built")
}

/// Starts this binary once more, to run only [`janitor`].
fn employ_janitor(url: &str, prefix: &str) -> std::io::Result<Child> {
    let (_, module) = module_path!()
        .split_once("::")
        .expect("this module is inside the crate");
    Command::new(std::env::current_exe()?)
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            &format!("{module}::janitor"),
        ])
        .env(JANITOR_VARIABLE, prefix)
        .env(SERVER_VARIABLE, url)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// No test: the process that waits until the one that started it has ended, and then drops all its databases.
#[test]
#[ignore = "a helper process of the tests on a given server"]
fn janitor() {
    let (Ok(prefix), Ok(url)) = (
        std::env::var(JANITOR_VARIABLE),
        std::env::var(SERVER_VARIABLE),
    ) else {
        return;
    };
    let mut nothing = Vec::new();
    std::io::stdin()
        .read_to_end(&mut nothing)
        .expect("standard input is a pipe");
    runtime().block_on(async {
        let mut connection = PgConnection::connect(&url)
            .await
            .expect("the server still runs");
        let names = sqlx::query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)")
            .bind(&prefix)
            .fetch_all(&mut connection)
            .await
            .expect("the databases can be listed");
        for row in names {
            let sql = drop_statement(&row.get::<String, _>(0));
            // Nobody reads a complaint here, and one that can't be dropped is no reason to keep the others.
            drop(
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await,
            );
        }
    });
}

#[test]
fn an_address_gets_another_database() {
    let of = |url| with_database(url, "x");
    assert_eq!(of("postgres://u:p@host:1/main"), "postgres://u:p@host:1/x");
    assert_eq!(of("postgres://host"), "postgres://host/x");
    assert_eq!(
        of("postgres://u@localhost/postgres?host=/tmp/a&b=c"),
        "postgres://u@localhost/x?host=/tmp/a&b=c"
    );
    assert_eq!(of("postgres://%2Ftmp%2Fa/main"), "postgres://%2Ftmp%2Fa/x");
}
