//! `aftercare migrate`: brings the database's schema and the built-in roles up to date.

use super::{open, output};
use crate::config::Config;
use crate::error::Result;

/// Applies what is pending; doing it twice changes nothing.
pub(super) async fn run(mut config: Config) -> Result<()> {
    config.database.migrate = true;
    let shown = config.database_url().masked();
    let (app, _) = open(config, "cli migrate").await?;
    output::say(&format!("{shown} is up to date."));
    app.shutdown().await;
    Ok(())
}
