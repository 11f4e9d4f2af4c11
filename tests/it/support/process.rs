//! The program itself, as a process of its own that can be killed.

use std::net::SocketAddr;
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::disk::Disk;
use super::scratch;

/// Longer than a start or an end takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_aftercare");
/// What the program says when it listens.
const READY: &str = "Aftercare is at http://";

/// A server on a port of its own; killed with the test.
pub struct Process {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Process {
    /// Starts a server on a database, with settings such as `("SERVER__BODY_TIMEOUT", "1s")`.
    pub async fn serve(database: &str, settings: &[(&str, &str)]) -> Self {
        Self::start(command(database, settings)).await
    }

    /// The same, as a process that isn't ended by the signal of a file that may grow no longer: its write fails instead.
    pub async fn serve_on(disk: &Disk, database: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", PROGRAM]);
        surround(&mut command, database, settings).current_dir(&disk.directory);
        Self::start(command).await
    }

    async fn start(mut command: Command) -> Self {
        command.args(["serve", "--address", "127.0.0.1:0"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let said = Arc::new(Mutex::new(String::new()));
        let address = timeout(PATIENCE, async {
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some((_, rest)) = line.split_once(READY) {
                    return rest.split(' ').next().and_then(|text| text.parse().ok());
                }
                note(&said, &line);
            }
            None
        });
        let address = address.await.expect("it starts in time");
        let address = address.unwrap_or_else(|| panic!("it doesn't listen: {}", read(&said)));
        let listening = Arc::clone(&said);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                note(&listening, &line);
            }
        });
        Self {
            address,
            child,
            said,
        }
    }

    /// `kill -9`: it has no chance to finish anything.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it can be killed");
    }

    /// SIGTERM, as a service manager sends it.
    pub async fn terminate(&self) {
        let id = self.child.id().expect("it runs");
        let status = Command::new("/bin/sh")
            .args(["-c", &format!("kill -TERM {id}")])
            .status();
        assert!(status.await.expect("a shell").success());
    }

    /// How it ends.
    pub async fn ended(mut self) -> ExitStatus {
        let ended = timeout(PATIENCE, self.child.wait()).await;
        ended
            .expect("it ends in time")
            .expect("it can be waited for")
    }

    /// Its number among the processes.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// The memory it holds, in bytes.
    pub fn resident(&self) -> u64 {
        let id = self.child.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        kib.expect("a number of KiB") * 1024
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        read(&self.said)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the server at {} said:\n{}", self.address, self.log());
        }
    }
}

/// Runs a command of the program to its end.
pub async fn run(database: &str, arguments: &[&str]) -> Output {
    let output = command(database, &[]).args(arguments).output();
    output.await.expect("the program starts")
}

fn command(database: &str, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(PROGRAM);
    surround(&mut command, database, settings);
    command
}

fn surround<'c>(
    command: &'c mut Command,
    database: &str,
    settings: &[(&str, &str)],
) -> &'c mut Command {
    // Nothing of the surroundings has a say.
    command
        .env_clear()
        .current_dir(scratch::directory())
        .env("DATABASE_URL", database)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    for (name, value) in settings {
        command.env(format!("AFTERCARE__{name}"), value);
    }
    command
}

fn note(said: &Mutex<String>, line: &str) {
    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
    said.push_str(line);
    said.push('\n');
}

fn read(said: &Mutex<String>) -> String {
    said.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
