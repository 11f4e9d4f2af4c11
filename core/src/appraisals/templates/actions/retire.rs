//! Taking a template out of use (停用考核模板).

use entity::appraisal_template;
use serde_json::json;
use uuid::Uuid;

use super::common::{in_use, trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::appraisals::actions::common::Step;
use crate::appraisals::templates::store;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// Takes a template out of use and returns its id: it can't be chosen for cycles any more; those that use it go on.
///
/// # Errors
/// A user error when it is retired already; refusals of permission, reach and version.
pub async fn template_retire(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let permission = Permission::AppraisalTemplateManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (tx, viewer) = (work.tx(), &call.viewer);
    let before = to_change::<appraisal_template::Entity>(tx, viewer, permission, step.id);
    let before = before.await?;
    expect_version(before.version, step.expected_version)?;
    in_use(&before)?;
    let (id, detail) = (before.id, json!({ "code": before.code }));
    let row = appraisal_template::Model {
        retired_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.template.retire", detail);
    work.commit().await?;
    Ok(id)
}
