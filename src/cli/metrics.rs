//! `aftercare metrics`: looks after what figures are read from.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{FAILED, open, output};
use crate::config::Config;
use crate::error::Result;
use crate::metrics::counting::{Finding, rebuild, verify};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum What {
    /// Check that all facts follow from their records and all sums from the facts; exits with 1 and names what doesn't fit
    Verify,
    /// Count everything anew from the records; the server can run meanwhile
    Rebuild,
}

/// The most findings that are named.
const SHOWN: usize = 20;

/// Does it.
pub(super) async fn run(arguments: &Arguments, config: Config) -> Result<ExitCode> {
    let (app, call) = open(config, "cli metrics").await?;
    let code = match arguments.what {
        What::Rebuild => {
            let records = rebuild(&app.db, &app.counter, call.at).await?;
            output::say(&format!("{records} records, counted anew."));
            ExitCode::SUCCESS
        }
        What::Verify => {
            // What has changed since the server last counted is no fault.
            app.counter.catch_up(&app.db, call.at).await?;
            let findings = verify(&app.db, &app.counter).await?;
            if findings.is_empty() {
                output::say(
                    "All facts follow from their records, all sums from the facts, frozen ones from frozen facts.",
                );
                ExitCode::SUCCESS
            } else {
                for finding in findings.iter().take(SHOWN) {
                    output::complain(&told(finding));
                }
                output::complain(&format!(
                    "{} things don't fit; `aftercare metrics rebuild` counts everything anew",
                    findings.len()
                ));
                ExitCode::from(FAILED)
            }
        }
    };
    app.shutdown().await;
    Ok(code)
}

fn told(finding: &Finding) -> String {
    match finding {
        Finding::Facts { kind, record } => {
            let id = crate::graphql::ids::encode(kind, *record);
            format!("the facts of {id} aren't what follows from it")
        }
        Finding::Cells {
            version,
            start,
            grain,
        } => format!(
            "the sums of version {version} from {start} by {grain:?} aren't those of the facts"
        ),
        Finding::Frozen {
            snapshot,
            version,
            start,
            grain,
        } => {
            let id = crate::graphql::ids::encode("metricsnapshot", *snapshot);
            format!(
                "in {id} the frozen sums of version {version} from {start} by {grain:?} aren't those of the frozen facts; no rebuild mends this, only a backup"
            )
        }
    }
}
