//! Trying a definition without saving it (校验指标定义).

use super::content::{definition_of, in_use};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::Result;
use crate::metrics::definitions::store;
use crate::metrics::rules::checking::{Draft, Flaw};
use crate::metrics::rules::definition::Definition;

/// What would come of a definition: the definition as it would be saved, or everything that is wrong with it.
pub type Verdict = Result<Definition, Vec<Flaw>>;

/// Looks a definition over as if it were saved under `key`; without a key, as a new metric.
///
/// # Errors
/// `FORBIDDEN`.
pub async fn check(app: &App, call: &Call, key: Option<&str>, draft: &Draft) -> Result<Verdict> {
    call.viewer.require(Permission::MetricManage)?;
    let metrics = in_use(store::all_current(app.db.reader()).await?)?;
    Ok(definition_of(app, key, draft, &metrics))
}
