//! The server and its database, and what befalls them.

use std::sync::Arc;
use std::time::Duration;

use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::demo::{self, Options};
use aftercare::identity::PasswordSettings;
use aftercare::metrics::counting::rebuild;
use rand::Rng;
use rand::rngs::StdRng;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tokio::time::sleep;

use super::weather::Weather;
use crate::support::cluster::Cluster;
use crate::support::database::Backend;
use crate::support::disk::Disk;
use crate::support::postgres;
use crate::support::process::Process;

/// The name of the database.
const NAME: &str = "soak";
/// How large a disk is at first, and by how much larger for each second.
const DISK: (u64, u64) = (192 << 20, 1 << 20);
/// Nobody is slowed down, as there is no time to lose; warnings are enough to look at afterwards.
const SETTINGS: [(&str, &str); 3] = [
    ("BUDGET__BURST", "1000000000"),
    ("BUDGET__PER_SECOND", "1000000"),
    ("LOG__FILTER", "warn"),
];
/// How long a soak is at least for leases of the dead to run out by themselves.
const LONG: u64 = 300;

/// What can befall them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server is killed and started again.
    Kill,
    /// All connections to the database are cut, some times.
    Cut,
    /// The database itself ends without a word and comes back.
    Crash,
    /// The disk is full for a while.
    Full,
    /// The server is killed while the disk is full.
    FullAndKill,
}

/// A server on a database of its own.
pub struct Stage {
    /// The address of the database.
    pub url: String,
    /// Whether something is going on.
    pub weather: Arc<Weather>,
    place: Place,
    server: Option<Process>,
    long: bool,
}

enum Place {
    Disk(Disk),
    Cluster(Cluster),
}

impl Stage {
    /// Starts a server with a small demo company; none when there is no such database here, which has then been said.
    pub async fn arrange(backend: Backend, seconds: u64) -> Option<Self> {
        let (place, url) = match backend {
            Backend::Sqlite => {
                let disk = Disk::of(DISK.0 + DISK.1 * seconds);
                let file = disk.directory.join("aftercare.sqlite");
                let url = format!("sqlite://{}?mode=rwc", file.display());
                (Place::Disk(disk), url)
            }
            Backend::Postgres => {
                let cluster = blocking(Cluster::start).await.expect("a cluster");
                let Some(cluster) = cluster else {
                    postgres::report_skipped();
                    return None;
                };
                let url = cluster
                    .url()
                    .replacen("/postgres?", &format!("/{NAME}?"), 1);
                let keeper = connect(&cluster.url()).await;
                for statement in [
                    format!("CREATE DATABASE {NAME}"),
                    // The tests' clusters forget the last moments in a crash, this one must not.
                    format!("ALTER DATABASE {NAME} SET synchronous_commit = on"),
                ] {
                    let done = keeper.execute_unprepared(&statement).await;
                    done.expect("the database is made");
                }
                keeper.close().await.expect("it closes");
                (Place::Cluster(cluster), url)
            }
        };
        fill(&url).await;
        let server = serve(&place, &url).await;
        Some(Self {
            weather: Arc::new(Weather::new(server.address)),
            url,
            place,
            server: Some(server),
            long: seconds >= LONG,
        })
    }

    /// What it stands on, in words.
    pub fn kind(&self) -> &'static str {
        match &self.place {
            Place::Disk(disk) => disk.kind(),
            Place::Cluster(_) => "a cluster of its own",
        }
    }

    /// What can befall it.
    pub fn troubles(&self) -> &'static [Trouble] {
        match &self.place {
            Place::Disk(_) => &[Trouble::Kill, Trouble::Full, Trouble::FullAndKill],
            Place::Cluster(_) => &[Trouble::Kill, Trouble::Cut, Trouble::Crash],
        }
    }

    /// Lets it befall, and sets right what doesn't come right by itself.
    pub async fn befall(&mut self, trouble: Trouble, chance: &mut StdRng) {
        let length = Duration::from_millis(chance.random_range(500..2_000));
        let id = self.server.as_ref().expect("it runs").id();
        match (trouble, &self.place) {
            (Trouble::Cut, Place::Cluster(cluster)) => {
                for _ in 0..3 {
                    cut(cluster).await;
                    sleep(length / 3).await;
                }
            }
            (Trouble::Crash, Place::Cluster(cluster)) => {
                // Blocks one of two threads for a moment; nobody needs both.
                tokio::task::block_in_place(|| cluster.crash());
                sleep(length).await;
                tokio::task::block_in_place(|| cluster.recover());
            }
            (Trouble::Full, Place::Disk(disk)) => {
                tokio::task::block_in_place(|| disk.fill(id));
                sleep(length).await;
                disk.clear(id);
            }
            (Trouble::FullAndKill, Place::Disk(disk)) => {
                tokio::task::block_in_place(|| disk.fill(id));
                sleep(length).await;
                self.server.take().expect("it runs").kill().await;
                if !disk.is_limit() {
                    disk.clear(id);
                }
                self.start_again().await;
            }
            _ => {
                self.server.take().expect("it runs").kill().await;
                self.start_again().await;
            }
        }
    }

    async fn start_again(&mut self) {
        if !self.long {
            // As if the time had passed for which a dead server holds its leases.
            let connection = connect(&self.url).await;
            let done = connection.execute_unprepared("DELETE FROM job_leases");
            done.await.expect("no lease");
            connection.close().await.expect("it closes");
        }
        let server = serve(&self.place, &self.url).await;
        self.weather.moves(server.address);
        self.server = Some(server);
    }

    /// Tells the server to stop, which it does in good order.
    pub async fn stop(&mut self) {
        let server = self.server.take().expect("it runs");
        server.terminate().await;
        let log = server.log();
        assert!(!log.contains("panicked"), "{log}");
        assert!(server.ended().await.success());
    }

    /// A connection behind the server's back.
    pub async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }
}

async fn serve(place: &Place, url: &str) -> Process {
    match place {
        Place::Disk(disk) => Process::serve_on(disk, url, &SETTINGS).await,
        Place::Cluster(_) => Process::serve(url, &SETTINGS).await,
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("it connects")
}

/// Ends every connection to the database at once.
async fn cut(cluster: &Cluster) {
    let keeper = connect(&cluster.url()).await;
    let statement =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NAME}'");
    let done = keeper.execute_unprepared(&statement).await;
    done.expect("they are cut");
    keeper.close().await.expect("it closes");
}

/// Loads a small demo company as of now, whose passwords are quickly checked, with awards of its last months.
async fn fill(url: &str) {
    let mut config = Config::default();
    config.database.url = Some(DatabaseUrl::new(url.to_owned()));
    config.identity.passwords = PasswordSettings::cheap();
    let app = App::open(config, Clock::System).await.expect("it opens");
    let now = app.clock.now();
    let options = Options {
        customers: 100,
        ..Options::as_of(now).with_tickets(200)
    };
    let hasher = app.identity.hasher();
    demo::load(&app.db, &options, async |password| {
        hasher.hash(password).await
    })
    .await
    .expect("it loads");
    rebuild(&app.db, &app.counter, now).await.expect("counted");
    demo::reward(&app).await.expect("rewarded");
    app.shutdown().await;
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(work).await;
    done.expect("it doesn't panic")
}
