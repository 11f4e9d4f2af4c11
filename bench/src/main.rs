//! Measures Aftercare against hand-written servers over the same rows. See `docs/performance.md`.

mod api;
mod baseline;
mod cluster;
mod compare;
mod contestants;
mod data;
mod error;
mod load;
mod measure;
mod process;
mod report;
mod run;
mod stats;
mod subscribers;
mod works;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

use crate::data::Sizes;
use crate::error::Result;
use crate::measure::Plan;
use crate::run::Task;
use crate::works::Work;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Aftercare against hand-written servers over the same rows
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Loads the data, starts both servers, compares their answers, measures, and prints the tables
    Measure(Measure),
    /// Serves the hand-written baseline until it is ended
    Baseline(Baseline),
}

#[derive(clap::Args)]
struct Measure {
    /// The program of Aftercare that is measured
    #[arg(long)]
    server: PathBuf,
    /// Where the cluster and the data are kept for the next time
    #[arg(long)]
    folder: PathBuf,
    /// Names the version of the data; another one is loaded anew
    #[arg(long, default_value = "0")]
    data_version: String,
    /// How many tickets
    #[arg(long, default_value_t = 200_000)]
    tickets: u64,
    /// How many members
    #[arg(long, default_value_t = 500)]
    members: u64,
    /// How many comments a ticket, on average
    #[arg(long, default_value_t = 4)]
    comments: u64,
    /// On which database
    #[arg(long, value_enum, default_value = "both")]
    on: On,
    /// Which works, by their letters
    #[arg(long, default_value = "DLCPAW")]
    works: String,
    /// At how many connections
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    connections: Vec<usize>,
    /// How often each is driven; their order alternates
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Seconds of a round that are measured
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Seconds of a round before anything counts
    #[arg(long, default_value_t = 2)]
    warm_up: u64,
    /// The address of a larger PostgreSQL database, to see whether time grows with it
    #[arg(long)]
    million: Option<String>,
    /// How many subscribers; none for no such measurement
    #[arg(long, default_value_t = 10_000)]
    subscribers: usize,
    /// The document whose tables are written
    #[arg(long)]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum On {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
    /// One after the other.
    Both,
}

#[derive(clap::Args)]
struct Baseline {
    /// `postgres://...` or `sqlite:<file>`
    #[arg(long)]
    database: String,
    /// Where it listens
    #[arg(long)]
    address: SocketAddr,
    /// Connections of the pool, as many as the server has by default
    #[arg(long, default_value_t = 10)]
    connections: usize,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::note(&format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Baseline(arguments) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?
            .block_on(baseline::serve(
                &arguments.database,
                arguments.address,
                arguments.connections,
            )),
        // One thread, so that the driver takes no more of the machine than it must.
        Command::Measure(arguments) => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(measure(arguments)),
    }
}

async fn measure(arguments: Measure) -> Result<()> {
    let wanted = |work: &Work| arguments.works.contains(work.letter());
    let task = Task {
        server: std::path::absolute(arguments.server)?,
        sizes: Sizes {
            tickets: arguments.tickets,
            members: arguments.members,
            comments: arguments.comments,
            version: arguments.data_version,
        },
        plan: Plan {
            works: Work::ALL.into_iter().filter(wanted).collect(),
            connections: arguments.connections,
            rounds: arguments.rounds,
            warm_up: Duration::from_secs(arguments.warm_up),
            measured: Duration::from_secs(arguments.seconds),
        },
        folder: std::path::absolute(arguments.folder)?,
        report: arguments.report,
    };
    if arguments.on != On::Sqlite {
        task.on_postgres(arguments.million.as_deref(), arguments.subscribers)
            .await?;
    }
    if arguments.on != On::Postgres {
        task.on_sqlite().await?;
    }
    Ok(())
}
