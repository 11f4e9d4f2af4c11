//! `aftercare audit`: looks after the audit log.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{FAILED, open, output};
use crate::audit::{Verdict, verify};
use crate::config::Config;
use crate::error::Result;

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check that every row is there as it was written; exits with 1 and names the first one that isn't
    Verify,
}

/// Does it.
pub(super) async fn run(arguments: &Arguments, config: Config) -> Result<ExitCode> {
    let What::Verify = arguments.what;
    let (app, _) = open(config, "cli audit verify").await?;
    let verdict = verify(&app.db).await?;
    app.shutdown().await;
    Ok(match verdict {
        Verdict::Whole { count, head } => {
            output::say(&format!(
                "{count} rows, all as they were written. Head: {head}"
            ));
            ExitCode::SUCCESS
        }
        Verdict::Broken { seq, fault } => {
            output::complain(&format!("the audit log is broken at row {seq}: {fault}"));
            ExitCode::from(FAILED)
        }
    })
}
