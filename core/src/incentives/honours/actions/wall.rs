//! Saying whether one wants to stand on the wall (荣誉墙公开设置).

use serde_json::json;

use super::common::me;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit;
use crate::error::Result;
use crate::incentives::honours::store;
use crate::work::Work;

/// Shows one's honours and recognitions to colleagues from now on, or no longer; returns what holds.
///
/// # Errors
/// A missing permission; a user error when the account is no member's.
pub async fn set_shown(app: &App, call: &Call, shown: bool) -> Result<bool> {
    let me = me(call, Permission::HonourRead)?;
    let mut work = Work::begin(&app.db, call).await?;
    if store::set_opted_out(work.tx(), me, !shown, call.at).await? {
        work.audit(audit::Entry {
            action: "incentive.honour.wall",
            entity_type: "member",
            entity_id: Some(me),
            detail: json!({ "shown": shown }),
        });
        work.commit().await?;
    }
    Ok(shown)
}
