//! `aftercare schema`: the schema in its language, whole (as `schema.graphql` is committed) or as one role sees it.

use clap::Args;

use super::{open, output};
use crate::access::roles;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::graphql::endpoint::Endpoint;
use crate::graphql::sdl;

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// As this role sees it: its key, such as partner (read from the database, as roles are data)
    #[arg(long, value_name = "KEY")]
    role: Option<String>,
}

/// Prints it. Without a role no database is needed.
pub(super) async fn run(arguments: &Arguments, config: Config) -> Result<()> {
    let endpoint = endpoint(&config)?;
    let facts = endpoint.facts();
    let grants = match &arguments.role {
        None => None,
        Some(role) => {
            let (app, _) = open(config, "cli schema").await?;
            let grants = roles::grants_by_key(app.db.reader(), role).await?;
            app.shutdown().await;
            Some(grants.ok_or_else(|| Error::internal(format!("there is no role {role}")))?)
        }
    };
    output::print(&sdl::print(&facts.model, &facts.registry, grants.as_ref()));
    Ok(())
}

/// The schema with its checks; refuses to exist when a field has no access rule.
pub(super) fn endpoint(config: &Config) -> Result<Endpoint> {
    Endpoint::new(config.limits.clone(), config.budget)
        .map(|endpoint| endpoint.remembering(config.persisted))
        .map_err(|problems| Error::internal(problems.join("; ")))
}

/// The same, made on a thread of its own meanwhile.
pub(super) fn endpoint_meanwhile(
    config: &Config,
) -> impl Future<Output = Result<Endpoint>> + use<> {
    let config = config.clone();
    let made = tokio::task::spawn_blocking(move || endpoint(&config));
    async { made.await.map_err(Error::internal)? }
}
