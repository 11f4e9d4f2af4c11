//! `aftercare config`: the effective configuration in the form of its file, secrets masked.

use super::output;
use crate::config::Config;
use crate::error::{Error, Result};

/// Prints it.
pub(super) fn run(config: &Config) -> Result<()> {
    output::print(&config.to_toml().map_err(Error::internal)?);
    Ok(())
}
