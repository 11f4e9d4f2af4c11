//! `aftercare access-matrix`: the built-in roles against every field, as `docs/access-matrix.md` is committed.

use super::{output, schema};
use crate::access::matrix;
use crate::config::Config;
use crate::error::Result;

/// Prints it.
pub(super) fn run(config: &Config) -> Result<()> {
    let endpoint = schema::endpoint(config)?;
    output::print(&matrix::markdown(&endpoint.facts().registry));
    Ok(())
}
