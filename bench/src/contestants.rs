//! Starting the two servers, waiting for them, ending them.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::error::{Result, fail};
use crate::process;

/// How the server is configured, beside its defaults. All limits are on; but one principal asks for as much as thousands
/// would, so that its budget, its sockets and the life of its tokens have to be larger.
pub const CONFIGURATION: [(&str, &str); 9] = [
    ("AFTERCARE__BUDGET__BURST", "1000000000000"),
    ("AFTERCARE__BUDGET__PER_SECOND", "1000000000"),
    ("AFTERCARE__BUDGET__ADDRESS_BURST", "1000000000000"),
    ("AFTERCARE__BUDGET__ADDRESS_PER_SECOND", "1000000000"),
    ("AFTERCARE__IDENTITY__ACCESS_TOKEN_LIFETIME", "1h"),
    ("AFTERCARE__SERVER__CONNECTIONS", "15000"),
    ("AFTERCARE__SERVER__CONNECTIONS_PER_ADDRESS", "15000"),
    ("AFTERCARE__SERVER__LIVE__PER_PRINCIPAL", "1000"),
    ("AFTERCARE__LOG__FILTER", "warn"),
];

/// A server under way; it is ended when this is dropped.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub pid: u32,
    /// How long it took from the start of the process to the first answer.
    pub started_in: Duration,
}

/// What a server works on.
#[derive(Clone, Copy, Debug)]
pub enum Database<'d> {
    /// The address of a PostgreSQL database.
    Postgres(&'d str),
    /// A folder with the file of SQLite.
    Sqlite(&'d Path),
}

impl Running {
    /// Starts Aftercare and waits until it is ready.
    ///
    /// # Errors
    /// When it isn't ready within a minute.
    pub async fn server(program: &Path, database: Database<'_>) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(program);
        command
            .arg("serve")
            .envs(CONFIGURATION)
            .env("AFTERCARE__SERVER__ADDRESS", address.to_string());
        match database {
            Database::Postgres(url) => {
                let folder = std::env::temp_dir().join("aftercare-bench");
                command
                    .arg("--data-dir")
                    .arg(folder)
                    .args(["--database-url", url])
            }
            Database::Sqlite(folder) => command.arg("--data-dir").arg(folder),
        };
        Self::start(command, address, "GET /readyz HTTP/1.0\r\n\r\n").await
    }

    /// Starts this program as the baseline and waits until it answers.
    ///
    /// # Errors
    /// When it doesn't within a minute.
    pub async fn baseline(database: Database<'_>) -> Result<Self> {
        let address = free_address()?;
        let database = match database {
            Database::Postgres(url) => url.to_owned(),
            Database::Sqlite(folder) => format!("sqlite:{}", folder.join("aftercare.db").display()),
        };
        let mut command = Command::new(std::env::current_exe()?);
        command.args([
            "baseline",
            "--database",
            &database,
            "--address",
            &address.to_string(),
        ]);
        let ask = "POST /D HTTP/1.0\r\ncontent-length: 45\r\n\r\n{\"id\":\"00000000-0000-0000-0000-000000000000\"}";
        Self::start(command, address, ask).await
    }

    async fn start(mut command: Command, address: SocketAddr, ask: &str) -> Result<Self> {
        let begin = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let pid = child.id().ok_or_else(|| fail("a server ended at once"))?;
        while !answers(address, ask).await {
            if let Some(status) = child.try_wait()? {
                return Err(fail(format!("a server ended while it started: {status}")));
            }
            if begin.elapsed() > Duration::from_secs(60) {
                return Err(fail("a server isn't ready after a minute"));
            }
            sleep(Duration::from_millis(1)).await;
        }
        Ok(Self {
            child,
            address,
            pid,
            started_in: begin.elapsed(),
        })
    }

    /// Waits until it has nothing to do but to answer: events of the load, sums to be counted.
    pub async fn settle(&self) {
        const QUIET: Duration = Duration::from_millis(100);
        let begin = Instant::now();
        loop {
            let before = process::cpu(self.pid);
            sleep(Duration::from_secs(2)).await;
            let busy = process::cpu(self.pid).saturating_sub(before);
            if busy <= QUIET || begin.elapsed() > Duration::from_secs(300) {
                return;
            }
        }
    }

    /// Ends it as its operator would.
    ///
    /// # Errors
    /// When it can't be told.
    pub async fn stop(mut self) -> Result<()> {
        Command::new("kill")
            .args(["-TERM", &self.pid.to_string()])
            .status()
            .await?;
        if tokio::time::timeout(Duration::from_secs(30), self.child.wait())
            .await
            .is_err()
        {
            self.child.kill().await?;
        }
        Ok(())
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// Is a plain request answered with 200?
async fn answers(address: SocketAddr, ask: &str) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(ask.as_bytes()).await?;
        let mut status = [0; 12];
        stream.read_exact(&mut status).await?;
        std::io::Result::Ok(status.ends_with(b"200"))
    };
    matches!(
        tokio::time::timeout(Duration::from_secs(2), asked).await,
        Ok(Ok(true))
    )
}
