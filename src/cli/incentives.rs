//! `aftercare incentives`: looks after what members are awarded.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{FAILED, open, output};
use crate::config::Config;
use crate::error::{ApiError, Result};
use crate::graphql::ids::{Node, decode};
use crate::incentives::runs::verify::{Verified, verify_by_parts};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// Compute every award again, from its trace and from the records; exits with 1 and names what differs
    Verify {
        /// Only this run, such as incentiverun_01h455vb4pex5vsknk084sn02q
        #[arg(long, value_name = "ID")]
        run: Option<String>,
    },
}

/// The most findings that are named.
const SHOWN: usize = 20;

/// Does it.
pub(super) async fn run(arguments: &Arguments, config: Config) -> Result<ExitCode> {
    let What::Verify { run } = &arguments.what;
    let only = match run {
        None => None,
        Some(text) => Some(run_id(text)?),
    };
    let (app, _) = open(config, "cli incentives").await?;
    let verdict = verify_by_parts(&app.db, &app.counter, only, tell).await?;
    let code = if only.is_some() && verdict.runs == 0 {
        output::complain("there is no such run that is worked out");
        ExitCode::from(FAILED)
    } else if verdict.findings.is_empty() {
        output::say(&format!(
            "{} awards of {} runs follow from their traces and from the records.",
            verdict.awards, verdict.runs
        ));
        ExitCode::SUCCESS
    } else {
        for finding in verdict.findings.iter().take(SHOWN) {
            output::complain(&finding.to_string());
        }
        output::complain(&format!(
            "{} differences in {} awards of {} runs",
            verdict.findings.len(),
            verdict.awards,
            verdict.runs
        ));
        ExitCode::from(FAILED)
    };
    app.shutdown().await;
    Ok(code)
}

/// A line for each part that is done: a year of a large company takes its time.
fn tell(part: Verified) {
    output::note(&match part {
        Verified::Run {
            from,
            until,
            awards,
            differences,
        } => format!("{from} to before {until}: {awards} awards, {differences} differences"),
        Verified::Ledger { differences } => {
            format!("what stands behind the ledger: {differences} differences")
        }
    });
}

fn run_id(text: &str) -> Result<uuid::Uuid> {
    let prefix = entity::incentive_run::Entity::PREFIX;
    let wrong = || ApiError::bad_input("run", "give the id of a run", "请填写计算批次标识");
    match decode(text) {
        Ok((found, id)) if found == prefix => Ok(id),
        _ => Err(wrong().into()),
    }
}
