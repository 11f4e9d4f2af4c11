//! `aftercare keys`: the keys that sign access tokens.

use clap::{Args, Subcommand};

use super::{open, output};
use crate::config::Config;
use crate::error::Result;
use crate::identity::keys;

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show the keys, without their private halves
    List,
    /// Sign with a new key from now on; the old one verifies until its last token has expired
    Rotate,
}

/// Does it.
pub(super) async fn run(arguments: Arguments, config: Config) -> Result<()> {
    let (app, call) = open(config, "cli keys").await?;
    let shown = match arguments.what {
        What::List => keys::list(&app, &call).await?,
        What::Rotate => vec![keys::rotate(&app, &call, None).await?],
    };
    for key in shown {
        let state = match (key.retired_at, key.expires_at) {
            (_, Some(end)) if end <= call.at => format!("over since {end}"),
            (Some(_), Some(end)) => format!("verifies until {end}"),
            (Some(since), None) => format!("retired {since}"),
            _ => "signs".to_owned(),
        };
        output::say(&format!(
            "{}  {:?}  made {}  {state}",
            key.id, key.algorithm, key.created_at
        ));
    }
    app.shutdown().await;
    Ok(())
}
