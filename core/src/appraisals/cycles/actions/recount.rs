//! Computing one result anew after something was put right (更正结果).

use entity::enums::AppraisalResultCause;
use uuid::Uuid;

use super::count::{judge, of};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, never_oneself, to_work_on};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::{gather, store};
use crate::check::Checks;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// A result to compute anew.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The appraisal.
    pub step: Step,
    /// What was put right.
    pub reason: String,
}

/// Computes a result anew from the frozen figures and what is judged now, and returns the cycle's id: a further result, or what
/// keeps it from being computed.
///
/// # Errors
/// User errors about the reason; refusals of permission, reach, stage and version.
pub async fn recount(app: &App, call: &Call, input: &Recount) -> Result<Uuid> {
    let permission = Permission::AppraisalManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, cycle) = to_work_on(&work, permission, input.step.id, Deed::Calibrate).await?;
    expect_version(row.version, input.step.expected_version)?;
    never_oneself(call, &row)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let rows = std::slice::from_ref(&row);
    let mut inputs = gather::inputs(work.tx(), &app.counter.sources, &cycle, rows).await?;
    let inputs = inputs.remove(&row.id).unwrap_or_default();
    let contents = store::content_of(work.tx(), [row.version_id].into()).await?;
    let content = of(&contents, &row)?;
    let why = (AppraisalResultCause::Corrected, Some(reason));
    judge(&mut work, row, content, &inputs, why).await?;
    work.commit().await?;
    Ok(cycle.id)
}
