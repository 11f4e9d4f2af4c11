//! Opening and closing a session (召开与结束校准会).

use entity::enums::AppraisalStage;
use entity::{appraisal_calibration, appraisal_cycle, department};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, find, to_change};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, TITLE};
use crate::appraisals::calibration::{CHANGED, store};
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::{Once, Work, expect_version};

/// A session to open.
#[derive(Clone, Debug, Serialize)]
pub struct SessionOpen {
    /// The cycle, in calibration.
    pub cycle_id: Uuid,
    /// What it is called.
    pub name: String,
    /// Only appraisals of this department.
    pub department_id: Option<Uuid>,
    /// Only appraisals by this version of a template.
    pub version_id: Option<Uuid>,
}

/// Opens a session over a group of a cycle and returns its id.
///
/// # Errors
/// User errors about the values and the stage; refusal of permission.
pub async fn open(
    app: &App,
    call: &Call,
    input: &SessionOpen,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalCalibrate;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalCalibrationOpen", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let name = checks.text("input.name", &input.name, TITLE);
    let viewer = &call.viewer;
    let read = <appraisal_cycle::Entity as Scoped>::READ;
    let seen = find::<appraisal_cycle::Entity>(work.tx(), viewer, read, input.cycle_id).await?;
    if checks.found("input.cycleId", seen).is_some() {
        let cycle = store::cycle_held(work.tx(), input.cycle_id).await?;
        checks.ensure(
            cycle.is_some_and(|cycle| cycle.stage == AppraisalStage::Calibration),
            UserErrorCode::WrongState,
            "input.cycleId",
            || {
                Text::new(
                    "Results are calibrated once they are computed and before they are out; see `appraisalCycle { stage }`.",
                    "仅在结果计算完成至公布前可校准，请查看 appraisalCycle { stage }。",
                )
            },
        );
    }
    if let Some(id) = input.department_id {
        let read = <department::Entity as Scoped>::READ;
        let row = find::<department::Entity>(work.tx(), viewer, read, id).await?;
        checks.found("input.departmentId", row);
    }
    if let Some(id) = input.version_id {
        let used = store::appraises_by(work.tx(), (input.cycle_id, id)).await?;
        checks.found("input.versionId", used.then_some(()));
    }
    checks.done()?;
    let row = appraisal_calibration::Model {
        id: new_id(call.at),
        cycle_id: input.cycle_id,
        name,
        department_id: input.department_id,
        version_id: input.version_id,
        led_by: viewer.actor.id.unwrap_or(Uuid::nil()),
        led_by_name: viewer.actor.name.clone(),
        closed_at: None,
        conclusion: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "cycle": row.cycle_id,
        "department": row.department_id,
        "version": row.version_id,
    });
    store::insert(work.tx(), row).await?;
    trace(&mut work, id, "appraisal.calibration.open", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A session to close.
#[derive(Clone, Debug)]
pub struct SessionClose {
    /// Which one.
    pub step: Step,
    /// What came of it.
    pub conclusion: String,
}

/// Closes a session with its conclusion and returns its id.
///
/// # Errors
/// User errors when it is closed already; refusals of permission and version.
pub async fn close(app: &App, call: &Call, input: &SessionClose) -> Result<Uuid> {
    let permission = Permission::AppraisalCalibrate;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.step.id;
    let row =
        to_change::<appraisal_calibration::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, input.step.expected_version)?;
    if row.closed_at.is_some() {
        return Err(closed("input.id").into());
    }
    let mut checks = Checks::default();
    let conclusion = checks.body("input.conclusion", &input.conclusion, BODY);
    checks.done()?;
    let row = appraisal_calibration::Model {
        closed_at: Some(call.at),
        conclusion: Some(conclusion),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.calibration.close", json!({}));
    work.commit().await?;
    Ok(id)
}

/// The refusal of what a closed session doesn't allow.
pub(super) fn closed(field: &str) -> UserError {
    let text = Text::new(
        "This session is closed; open another one.",
        "该校准会已结束，请另开校准会。",
    );
    UserError::new(UserErrorCode::WrongState, field, text)
}

fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "appraisal_calibration",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, CHANGED, id, payload));
}
