//! The demo company's incentives: rules that are in force since some months, and one that is being written.

mod rules;

use crate::app::App;
use crate::error::Result;

/// Puts rules into force, and begins another one.
///
/// # Errors
/// When the database fails.
pub async fn reward(app: &App) -> Result<()> {
    rules::put_into_force(app).await
}
