//! Computing one result anew after something was put right (更正结果).

use entity::enums::AppraisalResultCause;
use entity::{appraisal, appraisal_cycle};
use uuid::Uuid;

use super::count::{judge, of, told};
use super::freeze::anew;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, never_oneself, to_work_on};
use crate::appraisals::rules::scoring::score;
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::{gather, store};
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::{Work, expect_version};

/// A result to compute anew.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The appraisal.
    pub step: Step,
    /// What was put right.
    pub reason: String,
    /// Are its figures frozen anew, because records behind them were put right?
    pub figures_anew: bool,
}

/// Computes a result anew from the frozen figures and what is judged now, as a further result, and returns the cycle's id. After a dispute was upheld the figures can be frozen anew, for this appraisal alone.
///
/// # Errors
/// User errors about the reason, about figures that nothing was put right of, about what keeps the result from being computed, and
/// while sums are still being made; refusals of permission, reach, stage and version.
pub async fn recount(app: &App, call: &Call, input: &Recount) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let snapshot = if input.figures_anew {
        let work = Work::begin(&app.db, call).await?;
        let (row, cycle, _) = ready(&work, input).await?;
        // Freezing is a transaction of its own; what it leaves is a snapshot like any other, whatever becomes of the rest.
        drop(work);
        Some(anew(&app.db, &app.counter, call, &cycle, &row).await?)
    } else {
        None
    };
    let mut work = Work::begin(&app.db, call).await?;
    let (row, cycle, reason) = ready(&work, input).await?;
    let row = appraisal::Model {
        snapshot_id: snapshot.or(row.snapshot_id),
        ..row
    };
    let rows = std::slice::from_ref(&row);
    let mut inputs = gather::inputs(work.tx(), &app.counter.sources, &cycle, rows).await?;
    let inputs = inputs.remove(&row.id).unwrap_or_default();
    let contents = store::content_of(work.tx(), [row.version_id].into()).await?;
    let content = of(&contents, &row)?;
    if let Err(obstacles) = score(content, &inputs) {
        return Err(blocked(&told(content, &obstacles)).into());
    }
    let why = (AppraisalResultCause::Corrected, Some(reason));
    judge(&mut work, row, content, &inputs, why).await?;
    work.commit().await?;
    Ok(cycle.id)
}

fn blocked(reasons: &str) -> UserError {
    let text = Text::new(
        format!("There is no result yet: {reasons} Put it right, then compute it anew."),
        format!("仍无法得出结果：{reasons} 请补正后再重新计算。"),
    );
    UserError::new(UserErrorCode::RuleViolated, "input.id", text)
}

/// The appraisal, locked, with its cycle and the reason, when all that is asked of a new result is there.
async fn ready(
    work: &Work<'_>,
    input: &Recount,
) -> Result<(appraisal::Model, appraisal_cycle::Model, String)> {
    let (permission, id) = (Permission::AppraisalManage, input.step.id);
    let (row, cycle) = to_work_on(work, permission, id, Deed::Calibrate).await?;
    // First: the version of one's own would tell that something was done to it.
    never_oneself(work.call(), &row)?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    let put_right = !input.figures_anew || store::is_put_right(work.tx(), row.id).await?;
    checks.ensure(put_right, UserErrorCode::RuleViolated, "input.figuresAnew", || {
        Text::new(
            "Frozen figures stay as they are until a dispute about a record behind them is upheld; leave this out.",
            "未有数据异议成立时，已冻结的指标不可更改，请不要填写此项。",
        )
    });
    checks.done()?;
    Ok((row, cycle, reason))
}
