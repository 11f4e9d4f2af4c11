//! The configuration: defaults, then the TOML file, then the environment, then flags; the later one wins.
//!
//! - File: `--config <file>` or `AFTERCARE_CONFIG`.
//! - Environment: `AFTERCARE__SECTION__KEY`, such as `AFTERCARE__SERVER__ADDRESS`; lists by commas. `DATABASE_URL` is the
//!   same as `AFTERCARE__DATABASE__URL`, which wins.
//! - `aftercare config` prints the outcome with secrets masked, in the form of the file.
//!
//! To add a key: a field with its default in the section below, its bounds in `check.rs`. A key that nobody knows and a
//! value that makes no sense keep the server from starting; each is named with the reason.

mod budget;
mod check;
mod limits;
mod load;
mod persisted;
mod secret;
pub mod span;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::identity;

pub use budget::BudgetSettings;
pub use limits::{Limit, Limits};
pub use load::{Overrides, Sources};
pub use persisted::PersistedSettings;
pub use secret::{DatabaseUrl, Secret};

/// Everything that can be configured.
#[derive(Clone, Debug, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where files live: the SQLite database, the built page.
    pub data_dir: DataDir,
    /// Is this a server with the demo company, whose sign-ins are shown to everybody?
    pub demo: bool,
    /// Listening, and the bounds of connections and requests.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// Tokens and sign-in.
    pub identity: identity::Settings,
    /// Bounds of what a document may ask.
    pub limits: Limits,
    /// How much a principal may ask in a while.
    pub budget: BudgetSettings,
    /// Documents that are remembered by their hash.
    pub persisted: PersistedSettings,
    /// Bounds of one exported file.
    pub export: Export,
    /// Facts about the organisation.
    pub organisation: Organisation,
    /// The customers' surveys.
    pub survey: Survey,
    /// Logs.
    pub log: Log,
}

/// A folder, `./data` unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DataDir(pub PathBuf);

impl Default for DataDir {
    fn default() -> Self {
        Self(PathBuf::from("data"))
    }
}

/// Listening, and the bounds of connections and requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub address: SocketAddr,
    /// How clients reach the server, when it stands behind a proxy: `https://care.example.com`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Origins of foreign web pages that may call the API: `https://desk.example.com`. None by default.
    pub allowed_origins: Vec<String>,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// A token that `/metrics` asks for; open to everybody who reaches the port when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_token: Option<Secret>,
    /// Where the built GraphiQL page lies; looked for in `<data_dir>/web` and `web/dist` when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_dir: Option<PathBuf>,
    /// How long a request may run.
    #[serde(with = "span")]
    pub request_timeout: Duration,
    /// How long the headers of a request may take to arrive.
    #[serde(with = "span")]
    pub header_timeout: Duration,
    /// How long the body of a request may take to arrive.
    #[serde(with = "span")]
    pub body_timeout: Duration,
    /// How long requests under way may take to finish when the server is told to stop.
    #[serde(with = "span")]
    pub shutdown_grace: Duration,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Bytes of a request's headers.
    pub header_bytes: usize,
    /// Number of a request's headers.
    pub headers: usize,
    /// How long a connection may be without a request before it is told to go.
    #[serde(with = "span")]
    pub idle_timeout: Duration,
    /// How long a client may take for the next 64 KiB of an answer.
    #[serde(with = "span")]
    pub write_timeout: Duration,
    /// Connections at the same time; more wait until one ends.
    pub connections: usize,
    /// Connections of one address at the same time; more are refused. Trusted proxies may have any number.
    pub connections_per_address: usize,
    /// WebSockets and event streams.
    pub live: Live,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics_token: None,
            web_dir: None,
            request_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            shutdown_grace: Duration::from_secs(20),
            body_bytes: 256 * 1024,
            header_bytes: 64 * 1024,
            headers: 100,
            idle_timeout: Duration::from_secs(300),
            write_timeout: Duration::from_secs(30),
            connections: 10_000,
            connections_per_address: 2_000,
            live: Live::default(),
        }
    }
}

/// WebSockets and event streams.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Live {
    /// How long a client may take to introduce itself.
    #[serde(with = "span")]
    pub init_timeout: Duration,
    /// How often the server asks whether the client is still there; one that doesn't answer until the next time is cut off.
    #[serde(with = "span")]
    pub ping_interval: Duration,
    /// Bytes of one message from a client.
    pub message_bytes: usize,
    /// Operations under way on one socket.
    pub operations: usize,
    /// Sockets and event streams of one principal.
    pub per_principal: usize,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            init_timeout: Duration::from_secs(10),
            ping_interval: Duration::from_secs(20),
            message_bytes: 64 * 1024,
            operations: 50,
            per_principal: 50,
        }
    }
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite:<file>` or `postgres://...`; `aftercare.db` in the data directory when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<DatabaseUrl>,
    /// Connections of the pool; on SQLite of readers, of which there are no more than twice as many as processors, but four anyway.
    pub connections: u32,
    /// How long one statement may take.
    #[serde(with = "span")]
    pub statement_timeout: Duration,
    /// Bring the schema up to date at start; otherwise pending migrations keep the server from starting.
    pub migrate: bool,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: None,
            connections: 10,
            statement_timeout: Duration::from_secs(5),
            migrate: true,
        }
    }
}

/// Bounds of one exported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Export {
    /// Rows.
    pub rows: usize,
    /// Bytes of the values in them, which wait in memory until the file is written.
    pub bytes: usize,
    /// How long all pages may take, waits for the budget included.
    #[serde(with = "span")]
    pub time: Duration,
}

impl Default for Export {
    fn default() -> Self {
        Self {
            rows: 20_000,
            bytes: 16 << 20,
            time: Duration::from_secs(60),
        }
    }
}

/// Facts about the organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// The time zone in which its days begin and end.
    pub time_zone: String,
}

impl Default for Organisation {
    fn default() -> Self {
        Self {
            time_zone: "Asia/Shanghai".to_owned(),
        }
    }
}

/// The customers' surveys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Survey {
    /// The page of a portal where surveys are answered, with `{token}` in place of the pass:
    /// `https://desk.example.com/rate/{token}`. Our own page when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Pretty,
    /// For machines: one JSON object a line.
    Json,
}

/// Logs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// What is logged, as `tracing` filters are written: `info,aftercare=debug`.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: LogFormat::Pretty,
            filter: "info,sea_orm_migration=warn,sqlx=warn".to_owned(),
        }
    }
}

impl Config {
    /// The address of the database, also when it follows from the data directory.
    #[must_use]
    pub fn database_url(&self) -> DatabaseUrl {
        self.database.url.clone().unwrap_or_else(|| {
            let file = self.data_dir.0.join("aftercare.db");
            DatabaseUrl::new(format!("sqlite:{}", file.display()))
        })
    }

    /// How clients reach the server.
    #[must_use]
    pub fn public_url(&self) -> String {
        match &self.server.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.server.address),
        }
    }

    /// Tokens and sign-in, with the issuer filled in.
    #[must_use]
    pub fn identity_settings(&self) -> identity::Settings {
        let mut settings = self.identity.clone();
        settings.issuer.get_or_insert_with(|| self.public_url());
        settings
    }

    /// The time zone in which days begin and end.
    #[must_use]
    pub fn time_zone(&self) -> chrono_tz::Tz {
        // It was read when the configuration was checked.
        self.organisation
            .time_zone
            .parse()
            .unwrap_or(chrono_tz::Asia::Shanghai)
    }

    /// The effective configuration as TOML, with what follows from other keys filled in and secrets masked.
    ///
    /// # Errors
    /// When it can't be written as TOML.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let mut effective = self.clone();
        effective.database.url = Some(self.database_url());
        effective.server.public_url = Some(self.public_url());
        effective.identity = self.identity_settings();
        toml::to_string_pretty(&effective)
    }
}
