//! Taking leave back, or coming back early (撤销请假、提前销假).

use entity::{leave, member};
use serde_json::json;
use uuid::Uuid;

use super::common::leave_trace;
use super::leave_decide::refused;
use crate::access::{Call, to_change};
use crate::app::App;
use crate::error::Result;
use crate::organisation::workforce::rules::leave::{Action, permission, step, taken_back};
use crate::organisation::workforce::store::save;
use crate::work::{Work, expect_version};

/// Which leave is taken back.
#[derive(Clone, Debug)]
pub struct LeaveCancel {
    /// The leave.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// Takes leave back and returns its id; granted leave that has begun ends now and stays granted.
///
/// # Errors
/// User errors when it can't be taken back; refusals of permission, reach and version.
pub async fn leave_cancel(app: &App, call: &Call, input: &LeaveCancel) -> Result<Uuid> {
    let permission = permission(Action::Cancel);
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_change::<leave::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    to_change::<member::Entity>(work.tx(), &call.viewer, permission, seen.member_id).await?;
    expect_version(seen.version, input.expected_version)?;
    let actor = call.viewer.standing.member_id;
    let step = step(&seen, Action::Cancel, actor, call.at).map_err(refused)?;
    let until = seen.ends_at;
    let row = save(work.tx(), taken_back(&seen, step.to, call.at), call.at).await?;
    let detail = json!({
        "leave": row.id,
        "from": row.starts_at,
        "to": row.ends_at,
        "toBefore": until,
        "state": row.state,
    });
    leave_trace(&mut work, row.member_id, "leave.cancel", detail);
    work.commit().await?;
    Ok(row.id)
}
