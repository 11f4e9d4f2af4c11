//! The demo company's incentives: rules that are in force since some months, one that is being written, a
//! month that was paid and one that waits for approval.

mod definitions;
mod honours;
mod runs;

use crate::app::App;
use crate::error::Result;

/// Puts rules into force, begins another one, runs the last two months, and honours.
///
/// # Errors
/// When the database fails.
pub async fn reward(app: &App) -> Result<()> {
    definitions::put_into_force(app).await?;
    runs::run_and_pay(app).await?;
    honours::honour(app).await
}
