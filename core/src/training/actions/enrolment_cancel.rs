//! Taking an enrolment back (取消报名): whoever waits longest gets the place in the same transaction.

use entity::enums::TrainingEnrolmentState;
use entity::{member, training_enrolment};
use serde_json::json;
use uuid::Uuid;

use super::common::{enrolment_trace, move_up, wrong_state};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::training::rules::sessions::is_ahead;
use crate::training::store;
use crate::work::{Work, expect_version};

/// Takes an enrolment back and returns its id.
///
/// # Errors
/// User errors when the session has begun or it is taken back already; refusals of permission, reach and version.
pub async fn enrolment_cancel(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<Uuid> {
    let permission = Permission::TrainingEnrol;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let read = Permission::TrainingEnrolmentRead;
    let seen = find::<training_enrolment::Entity>(work.tx(), &call.viewer, read, id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let reached =
        find::<member::Entity>(work.tx(), &call.viewer, permission, seen.member_id).await?;
    if reached.is_none() {
        return Err(call.viewer.reach_too_small(permission).into());
    }
    // First the session, then its enrolments: whoever changes places goes that way.
    let session = store::lock_session(work.tx(), seen.session_id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let before = store::enrolment(work.tx(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    expect_version(before.version, expected_version)?;
    if before.state == TrainingEnrolmentState::Cancelled {
        return Err(wrong_state(
            "input.id",
            "This enrolment is taken back already.",
            "该报名已取消。",
        )
        .into());
    }
    if !is_ahead(session.state) || call.at >= session.starts_at {
        return Err(wrong_state(
            "input.id",
            "The session has begun: an enrolment can't be taken back any more.",
            "场次已开始，不能再取消报名。",
        )
        .into());
    }
    let row = training_enrolment::Model {
        state: TrainingEnrolmentState::Cancelled,
        cancelled_at: Some(call.at),
        ..before
    };
    let row = store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "session": row.session_id, "member": row.member_id });
    enrolment_trace(&mut work, &row, "training.enrolment.cancel", detail);
    move_up(&mut work, &session).await?;
    work.commit().await?;
    Ok(id)
}
