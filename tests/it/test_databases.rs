//! Tests of the tests' databases: each is independent of the others, and none stays behind.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::support::cluster::{Cluster, is_installed};
use crate::support::database::{Arrange, Backend, TestDatabase, both_databases, fresh, fresh_from};
use crate::support::postgres::{REQUIRE_VARIABLE, SERVER_VARIABLE, report_skipped, server};

const RESIDENT_VARIABLE: &str = "AFTERCARE_TEST_RESIDENT";

/// Two databases made in the same way.
struct Pair(TestDatabase, TestDatabase);

impl Arrange for Pair {
    async fn arrange(backend: Backend) -> Option<Self> {
        let (one, other) = tokio::join!(fresh(backend), fresh(backend));
        Some(Self(one?, other?))
    }
}

both_databases! {
    async fn two_databases_are_independent(pair: Pair) {
        let (one, other) = (pair.0.connect().await, pair.1.connect().await);
        one.execute_unprepared("CREATE TABLE mine (n integer)").await.expect("a table can be made");
        assert_eq!(numbers(&one, "SELECT count(*) FROM mine").await, [0]);
        assert!(other.execute_unprepared("SELECT * FROM mine").await.is_err(), "the other database has it too");
    }

    async fn a_dropped_database_is_gone(pair: Pair) {
        let Pair(kept, dropped) = pair;
        let url = dropped.url.replace("mode=rwc", "mode=rw");
        let still_connected = Database::connect(&url).await.expect("it is there");
        drop(dropped);
        assert!(Database::connect(&url).await.is_err(), "{url} is still there");
        kept.connect().await.ping().await.expect("the other one stays");
        drop(still_connected);
    }

    async fn a_filled_template_is_filled_once_and_copied(db: TestDatabase) {
        static FILLED: [AtomicU32; 2] = [AtomicU32::new(0), AtomicU32::new(0)];
        let backend = db.backend;
        let arrange = || fresh_from("numbers", backend, async |url| {
            FILLED[backend as usize].fetch_add(1, Ordering::Relaxed);
            let connection = Database::connect(&url).await.expect("the template is there");
            if backend == Backend::Sqlite {
                connection.execute_unprepared("PRAGMA journal_mode = WAL").await.expect("as the server does it");
            }
            connection.execute_unprepared("CREATE TABLE numbers (n bigint)").await.expect("a table can be made");
            connection.execute_unprepared("INSERT INTO numbers VALUES (1), (2)").await.expect("rows can be written");
            connection.close().await.expect("the connection closes");
        });
        let (one, other) = tokio::join!(arrange(), arrange());
        let (one, other) = (one.expect("it is available"), other.expect("it is available"));
        let (one, other) = (one.connect().await, other.connect().await);
        one.execute_unprepared("DELETE FROM numbers WHERE n = 1").await.expect("rows can be deleted");
        assert_eq!(numbers(&one, "SELECT n FROM numbers ORDER BY n").await, [2]);
        assert_eq!(numbers(&other, "SELECT n FROM numbers ORDER BY n").await, [1, 2]);
        assert_eq!(FILLED[backend as usize].load(Ordering::Relaxed), 1);
        assert!(db.connect().await.execute_unprepared("SELECT * FROM numbers").await.is_err(), "it is in every template");
    }
}

async fn numbers(connection: &DatabaseConnection, sql: &str) -> Vec<i64> {
    let rows = connection
        .query_all_raw(Statement::from_string(
            connection.get_database_backend(),
            sql,
        ))
        .await;
    let rows = rows.expect("the query runs");
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("it is a number"))
        .collect()
}

#[test]
fn a_dropped_cluster_leaves_nothing_behind() {
    let Some(cluster) = Cluster::start().expect("a cluster starts") else {
        return report_skipped();
    };
    let directory = cluster.directory.clone();
    let process = postmaster_of(&directory);
    assert!(is_running(process));
    drop(cluster);
    assert!(
        !directory.exists(),
        "{} is still there",
        directory.display()
    );
    // It is told to stop and has said goodbye; the last of it goes a moment later.
    wait_until(
        || !is_running(process),
        &format!("process {process} still runs"),
    );
}

#[test]
fn a_killed_process_leaves_no_files_and_no_cluster() {
    let mut resident = resident_process();
    let urls = start_and_kill(resident.env_remove(SERVER_VARIABLE), |urls| {
        assert!(file_of(&urls[0]).exists());
        urls.get(1).map(|url| postmaster_of(&directory_of(url)))
    });
    let (urls, process) = urls;
    let file = file_of(&urls[0]);
    // The directory of the process holds that of the database, which holds the file.
    let scratch = file.ancestors().nth(2).expect("it has a parent");
    wait_until(
        || !scratch.exists(),
        &format!("{} is still there", scratch.display()),
    );
    let Some(process) = process else {
        return report_skipped();
    };
    let directory = directory_of(&urls[1]);
    wait_until(
        || !directory.exists(),
        &format!("{} is still there", directory.display()),
    );
    assert!(!is_running(process), "process {process} still runs");
}

#[test]
fn a_process_killed_while_its_cluster_starts_leaves_nothing() {
    if !is_installed() {
        return report_skipped();
    }
    // Open to whomever the cluster runs as, and empty again when all is gone.
    let directory = format!("/tmp/aftercare-early.{}", std::process::id());
    std::fs::create_dir(&directory).expect("a directory can be made");
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(&directory, open).expect("its mode can be set");
    let mut process = resident_process()
        .env_remove(SERVER_VARIABLE)
        .env("TMPDIR", &directory)
        .spawn()
        .expect("it starts");
    let begun = || {
        let mut entries = std::fs::read_dir(&directory)
            .expect("it can be read")
            .flatten();
        entries.any(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with("aftercare-pg")
        })
    };
    wait_until(begun, "no cluster is begun");
    process.kill().expect("it can be killed");
    process.wait().expect("it can be waited for");
    let gone = || std::fs::remove_dir(&directory).is_ok();
    wait_until(gone, &format!("{directory} isn't empty"));
}

#[test]
fn a_killed_process_leaves_no_database_on_a_given_server() {
    let Some(server) = server() else {
        return report_skipped();
    };
    let mut resident = resident_process();
    let (urls, ()) = start_and_kill(resident.env(SERVER_VARIABLE, server.url()), |urls| {
        let name = database_of(&urls[1]);
        assert_eq!(databases_like(&name), [name]);
    });
    let name = database_of(&urls[1]);
    let (prefix, _) = name.rsplit_once('_').expect("the name ends in a number");
    wait_until(
        || databases_like(prefix).is_empty(),
        &format!("databases {prefix}* are still there"),
    );
}

/// A process of this binary that runs [`resident`].
fn resident_process() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary has a path"));
    command
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "test_databases::resident",
        ])
        .env(RESIDENT_VARIABLE, "1")
        .env_remove(REQUIRE_VARIABLE)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Starts a [`resident_process`], kills it when it has its databases, and returns their addresses and what `look` saw
/// before the kill.
fn start_and_kill<T>(command: &mut Command, look: impl FnOnce(&[String]) -> T) -> (Vec<String>, T) {
    let mut process = command.spawn().expect("it starts");
    let output = BufReader::new(process.stdout.take().expect("it has an output"));
    let lines = output.lines().map_while(Result::ok);
    let urls: Vec<_> = lines
        .take_while(|line| line != "resident")
        .filter_map(|line| Some(line.split_once("database ")?.1.to_owned()))
        .collect();
    let seen = look(&urls);
    process.kill().expect("it can be killed");
    process.wait().expect("it can be waited for");
    (urls, seen)
}

/// No test: a process that has a database of each kind and keeps them until it is killed.
#[tokio::test]
#[ignore = "a helper process of the tests that kill it"]
#[expect(clippy::print_stdout, reason = "it speaks to the test that started it")]
async fn resident() {
    if std::env::var_os(RESIDENT_VARIABLE).is_none() {
        return;
    }
    let databases = [fresh(Backend::Sqlite).await, fresh(Backend::Postgres).await];
    for database in databases.iter().flatten() {
        println!("\ndatabase {}", database.url);
    }
    println!("resident");
    // Not for ever, should the one who is to kill it have been killed.
    tokio::time::sleep(Duration::from_secs(120)).await;
}

fn file_of(url: &str) -> &Path {
    let path = url
        .strip_prefix("sqlite://")
        .and_then(|url| url.split_once('?'));
    Path::new(path.expect("it is the address of a file").0)
}

fn directory_of(url: &str) -> std::path::PathBuf {
    let (_, host) = url
        .split_once("host=")
        .expect("it is the address of a socket");
    host.split('&').next().unwrap_or_default().into()
}

fn database_of(url: &str) -> String {
    let (address, _) = url.split_once('?').unwrap_or((url, ""));
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

fn postmaster_of(directory: &Path) -> u32 {
    let file =
        std::fs::read_to_string(directory.join("data/postmaster.pid")).expect("the cluster runs");
    file.lines()
        .next()
        .and_then(|line| line.parse().ok())
        .expect("its first line is a process id")
}

fn is_running(process: u32) -> bool {
    let found = Command::new("ps")
        .args(["-o", "stat=", "-p", &process.to_string()])
        .output()
        .expect("ps runs");
    let state = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

/// The names of the databases of our server that begin with `prefix`.
fn databases_like(prefix: &str) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be built");
    runtime.block_on(async {
        let connection = Database::connect(server().expect("there is a server").url())
            .await
            .expect("the server runs");
        let sql =
            format!("SELECT datname::text FROM pg_database WHERE starts_with(datname, '{prefix}')");
        let rows = connection
            .query_all_raw(Statement::from_string(
                connection.get_database_backend(),
                sql,
            ))
            .await;
        let names = rows
            .expect("the query runs")
            .iter()
            .map(|row| row.try_get_by_index(0).expect("a name"))
            .collect();
        connection.close().await.expect("the connection closes");
        names
    })
}

fn wait_until(condition: impl Fn() -> bool, otherwise: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "{otherwise}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
