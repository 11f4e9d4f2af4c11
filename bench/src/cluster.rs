//! A throw-away PostgreSQL cluster, and the data set in it as a template.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tokio_postgres::NoTls;

use crate::error::{Result, fail};

/// The settings that differ from PostgreSQL's defaults; the same cluster serves both contestants. Commits wait for the
/// disk, as they do by default.
const SETTINGS: &str = "\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 1GB
effective_cache_size = 4GB
max_connections = 200
random_page_cost = 1.1
jit = off
max_wal_size = 8GB
checkpoint_timeout = 30min
";

/// A running cluster; it is stopped when this is dropped, and its folder kept for the next time.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// The process whose children serve connections.
    pub postmaster: u32,
}

impl Cluster {
    /// Starts the cluster of a folder, which is made when it isn't there.
    ///
    /// # Errors
    /// When PostgreSQL isn't installed or doesn't start.
    pub fn start(folder: &Path) -> Result<Self> {
        let programs = programs()?;
        let folder = std::path::absolute(folder)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let data = folder.join("data");
        if !data.join("PG_VERSION").is_file() {
            fs::create_dir_all(&folder)?;
            if is_root() {
                run(Command::new("chown").arg("postgres").arg(&folder))?;
            }
            let initdb = programs.join("initdb");
            run(as_postgres(&initdb).arg("-D").arg(&data).args([
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ]))?;
        }
        fs::write(
            data.join("postgresql.auto.conf"),
            format!("{SETTINGS}port = {port}\n"),
        )?;
        run(as_postgres(&programs.join("pg_ctl"))
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(folder.join("log"))
            .args(["-w", "-t", "120", "start"]))?;
        let lock = fs::read_to_string(data.join("postmaster.pid"))?;
        let postmaster = lock
            .lines()
            .next()
            .and_then(|line| line.trim().parse().ok());
        Ok(Self {
            programs,
            folder,
            port,
            postmaster: postmaster.ok_or_else(|| fail("postmaster.pid has no number"))?,
        })
    }

    /// The address of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Is there such a database?
    ///
    /// # Errors
    /// When the cluster can't be reached.
    pub async fn has(&self, database: &str) -> Result<bool> {
        let client = self.client("postgres").await?;
        let found = client
            .query("SELECT 1 FROM pg_database WHERE datname = $1", &[&database])
            .await?;
        Ok(!found.is_empty())
    }

    /// Makes a database anew, empty or as a copy of a template.
    ///
    /// # Errors
    /// When somebody is connected to one of them.
    pub async fn create(&self, database: &str, template: Option<&str>) -> Result<()> {
        let client = self.client("postgres").await?;
        client
            .batch_execute(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))
            .await?;
        let template = template.map_or_else(String::new, |name| {
            format!(" TEMPLATE {name} STRATEGY file_copy")
        });
        client
            .batch_execute(&format!("CREATE DATABASE {database}{template}"))
            .await?;
        Ok(())
    }

    /// Gives a database that is complete its name.
    ///
    /// # Errors
    /// When somebody is connected to it.
    pub async fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.client("postgres")
            .await?
            .batch_execute(&format!("ALTER DATABASE {from} RENAME TO {to}"))
            .await?;
        Ok(())
    }

    /// Cleans up what loading left, so that it isn't done while something is measured.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn tidy(&self, database: &str) -> Result<()> {
        let client = self.client(database).await?;
        client.batch_execute("VACUUM (ANALYZE)").await?;
        client.batch_execute("CHECKPOINT").await?;
        Ok(())
    }

    async fn client(&self, database: &str) -> Result<tokio_postgres::Client> {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_postgres(&self.programs.join("pg_ctl"));
        stop.arg("-D")
            .arg(self.folder.join("data"))
            .args(["-m", "fast", "-w", "stop"]);
        if let Err(error) = run(&mut stop) {
            crate::report::note(&error.to_string());
        }
    }
}

/// Where the newest PostgreSQL has its programs.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("PG_BIN") {
        return Ok(folder.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let newest = versions
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    newest.ok_or_else(|| {
        fail("PostgreSQL isn't installed; name the folder of its programs in PG_BIN")
    })
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command.current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

/// Runs a command to its end, in silence unless it fails.
fn run(command: &mut Command) -> Result<()> {
    // pg_ctl's server keeps what it inherits open, so its output can't be waited for through a pipe.
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(fail(format!("{command:?}: {status}")))
    }
}
