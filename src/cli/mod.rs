//! The command line: one file a command. `main.rs` parses and calls [`run`]; what goes wrong is one clear line on the
//! standard error.

mod access_matrix;
mod api_client;
mod audit;
mod config;
mod demo;
mod incentives;
mod keys;
mod metrics;
mod migrate;
mod output;
mod password;
mod schema;
mod serve;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::access::Call;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Overrides, Sources};
use crate::error::{Error, Result};
use crate::telemetry;

/// Wrong usage or configuration; as clap itself exits.
const USAGE: u8 = 2;
/// The command couldn't do what it was asked to.
const FAILED: u8 = 1;

/// Aftercare: the GraphQL API server for after-sales service organisations. 售后服务团队 GraphQL API 服务器
#[derive(Debug, Parser)]
#[command(name = "aftercare", version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Configuration file (TOML)
    #[arg(long, global = true, env = "AFTERCARE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where files live [default: data; the demo: data/demo]
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// sqlite:<file> or postgres://... (a password is better given by DATABASE_URL)
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// What is logged, such as info,aftercare=debug
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
    /// pretty or json
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Arguments),
    /// Run a server with the demo company
    Demo(demo::Arguments),
    /// Bring the database's schema up to date
    Migrate,
    /// Print the GraphQL schema, whole or as one role sees it
    Schema(schema::Arguments),
    /// Print who may have which field: the built-in roles against the schema
    AccessMatrix,
    /// The keys that sign access tokens
    Keys(keys::Arguments),
    /// Users: create, disable, enable, password, roles
    User(user::Arguments),
    /// API clients: the documents that they are trusted with
    ApiClient(api_client::Arguments),
    /// The audit log
    Audit(audit::Arguments),
    /// What figures are read from: check it, make it anew
    Metrics(metrics::Arguments),
    /// What members are awarded: check it
    Incentives(incentives::Arguments),
    /// Print the effective configuration, secrets masked
    Config,
}

impl Common {
    fn load(&self, flags: Overrides) -> Result<Config, Failure> {
        let flags = flags
            .with(
                "data_dir",
                self.data_dir.as_ref().map(|folder| folder.display()),
            )
            .with("database.url", self.database_url.as_ref())
            .with("log.filter", self.log.as_ref())
            .with("log.format", self.log_format.as_ref());
        Sources::of_process(self.config.clone(), flags)
            .load()
            .map_err(Failure::Usage)
    }
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// Wrong usage or configuration.
    Usage(String),
    /// It couldn't be done.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How much stack the workers may use: the futures of a large schema lie deep in one another, and without optimisation each
/// takes more. It is address space; memory is taken as it is used.
const STACK: usize = 16 << 20;

/// Runs the command.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(FAILED, &format!("the runtime can't be started: {error}")),
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(code) => code,
        Err(Failure::Usage(message)) => fail(USAGE, &message),
        Err(Failure::Failed(error)) => fail(FAILED, &one_line(error)),
    }
}

async fn dispatch(cli: Cli) -> Result<ExitCode, Failure> {
    let Cli { common, command } = cli;
    let flags = match &command {
        Command::Serve(arguments) => arguments.overrides(),
        Command::Demo(arguments) => arguments.overrides(),
        _ => Overrides::default(),
    };
    let config = common.load(flags)?;
    if let Err(error) = telemetry::init(&config.log) {
        return Err(Failure::Failed(Error::internal(error)));
    }
    match command {
        Command::Serve(_) => serve::run(config).await?,
        Command::Demo(arguments) => demo::run(arguments, config).await?,
        Command::Migrate => migrate::run(config).await?,
        Command::Schema(arguments) => schema::run(&arguments, config).await?,
        Command::AccessMatrix => access_matrix::run(&config)?,
        Command::Keys(arguments) => keys::run(arguments, config).await?,
        Command::User(arguments) => user::run(arguments, config).await?,
        Command::ApiClient(arguments) => api_client::run(arguments, config).await?,
        Command::Audit(arguments) => return Ok(audit::run(&arguments, config).await?),
        Command::Metrics(arguments) => return Ok(metrics::run(&arguments, config).await?),
        Command::Incentives(arguments) => return Ok(incentives::run(&arguments, config).await?),
        Command::Config => config::run(&config)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The wired server for one command, and the call that the command makes. Nobody waits for a request behind it: a statement over
/// everything that there is may take as long as it needs.
async fn open(mut config: Config, task: &str) -> Result<(Arc<App>, Call)> {
    config.database.statement_timeout = Duration::ZERO;
    let app = App::open(config, Clock::System).await?;
    let call = Call::system(app.clock.now(), task);
    Ok((app, call))
}

fn one_line(error: Error) -> String {
    match error {
        Error::User(errors) => {
            let texts: Vec<&str> = errors.iter().map(|error| error.text.en.as_ref()).collect();
            texts.join(" ")
        }
        Error::Api(error) => error.text.en.into_owned(),
        Error::Internal(cause) => cause.to_string(),
    }
}

fn fail(code: u8, message: &str) -> ExitCode {
    output::complain(message);
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
