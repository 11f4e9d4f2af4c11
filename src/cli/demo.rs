//! `aftercare demo`: a running server with the demo company, and what to type next.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use clap::Args;
use tokio::process::Command;

use super::{output, schema, serve};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, DataDir, Overrides};
use crate::demo::{self, Options, Summary};
use crate::error::{Error, Result};
use crate::metrics::counting::rebuild;

/// What to type next, kept for the next start.
const NEXT_STEPS: &str = "demo-next-steps.txt";
/// Stands in that text for the address, which the next start may change.
const ADDRESS: &str = "http://<address>";

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    serve: serve::Arguments,
    /// How many tickets
    #[arg(long, value_name = "NUMBER")]
    tickets: Option<u64>,
    /// How many members, former ones counted too; the usual company has 59
    #[arg(long, value_name = "NUMBER")]
    members: Option<usize>,
    /// How many comments a ticket has on average; without it, some three
    #[arg(long, value_name = "NUMBER")]
    comments: Option<u64>,
    /// Another seed gives another company; the same seed always the same
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Load the company and stop, without serving
    #[arg(long)]
    load_only: bool,
    /// Don't build the GraphiQL page
    #[arg(long)]
    no_page: bool,
}

impl Arguments {
    pub(super) fn overrides(&self) -> Overrides {
        self.serve.overrides().with("demo", Some(true))
    }
}

/// Loads the company unless it is there, builds the page unless it is there, and serves.
pub(super) async fn run(arguments: Arguments, mut config: Config) -> Result<()> {
    if config.data_dir == DataDir::default() {
        // The demo never mixes with a real server's data.
        config.data_dir.0.push("demo");
    }
    if !arguments.no_page && !arguments.load_only {
        build_page(Path::new("web")).await;
    }
    let steps = config.data_dir.0.join(NEXT_STEPS);
    let users = config.data_dir.0.join("demo-users.json");
    if arguments.load_only {
        // Nobody waits for a request behind it.
        config.database.statement_timeout = Duration::ZERO;
    }
    let app = App::open(config, Clock::System).await?;
    if demo::is_loaded(&app.db).await? {
        if !steps.is_file() {
            return Err(Error::internal(
                "The database has members, but this data directory knows no demo company of it. Give the data directory it was loaded with, or an empty database. · 数据库已有数据，但此数据目录没有对应的演示记录。",
            ));
        }
    } else {
        output::note("Loading the demo company · 正在生成演示数据 ...");
        let loaded = load(&app, &arguments).await?;
        std::fs::create_dir_all(&app.config.data_dir.0).map_err(Error::internal)?;
        let shown = serde_json::to_vec_pretty(&demo::demo_users())?;
        std::fs::write(&users, shown).map_err(Error::internal)?;
        // Written last: it says that everything is there.
        std::fs::write(&steps, loaded.next_steps(ADDRESS)).map_err(Error::internal)?;
    }
    let next_steps = std::fs::read_to_string(&steps).map_err(Error::internal)?;
    if arguments.load_only {
        app.shutdown().await;
        return Ok(());
    }
    let endpoint = schema::endpoint(&app.config)?;
    serve::listen(app, endpoint, |address| {
        output::say(&next_steps.replace(ADDRESS, &format!("http://{address}")));
    })
    .await
}

async fn load(app: &App, arguments: &Arguments) -> Result<Summary> {
    let mut options = Options::as_of(app.clock.now());
    options.seed = arguments.seed.unwrap_or(options.seed);
    if let Some(tickets) = arguments.tickets {
        options = options.with_tickets(tickets);
    }
    options.members = arguments.members.unwrap_or(options.members);
    options.comments = arguments.comments.unwrap_or(options.comments);
    options.progress = true;
    let hasher = app.identity.hasher();
    let summary = demo::load(&app.db, &options, async |password| {
        hasher.hash(password).await
    })
    .await?;
    output::note("Counting · 正在统计指标 ...");
    rebuild(&app.db, &app.counter, app.clock.now()).await?;
    demo::freeze_and_correct(app).await?;
    demo::appraise(app).await?;
    demo::reward(app).await?;
    Ok(summary)
}

/// Builds GraphiQL when its sources and npm are here; without it `/` serves the plain page.
async fn build_page(folder: &Path) {
    if !folder.join("package.json").is_file() || folder.join("dist/index.html").is_file() {
        return;
    }
    output::note("Building the GraphiQL page (npm) · 正在构建 GraphiQL 页面 ...");
    for arguments in [
        ["ci", "--no-fund", "--no-audit"].as_slice(),
        &["run", "build"],
    ] {
        let status = Command::new("npm")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .await;
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => {
                return output::note(&format!(
                    "npm {} failed ({status}); `/` serves a plain page.",
                    arguments.join(" ")
                ));
            }
            Err(_) => return output::note("There is no npm here; `/` serves a plain page."),
        }
    }
}
