//! What the metrics are called that templates name.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use crate::error::{Result, Text};
use crate::metrics::definitions;

/// The names of all metrics by key, in use or retired: results of past cycles may stand on either.
///
/// # Errors
/// When the database fails.
pub async fn metric_names(connection: &impl ConnectionTrait) -> Result<HashMap<String, Text>> {
    let defined = definitions::all_latest(connection).await?;
    let named = defined.into_iter().map(|one| {
        (
            one.metric.key,
            Text::new(one.version.name, one.version.name_zh),
        )
    });
    Ok(named.collect())
}
