//! Declining to give feedback (谢绝评价邀请).

use entity::appraisal_rater;
use entity::enums::AppraisalRaterState;
use serde_json::json;
use uuid::Uuid;

use super::common::{own_request, settled};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, trace};
use crate::appraisals::feedback::store;
use crate::check::Checks;
use crate::error::Result;
use crate::work::Work;

/// A request that a rater doesn't want to answer.
#[derive(Clone, Debug)]
pub struct FeedbackDecline {
    /// The rater's own request.
    pub id: Uuid,
    /// Why.
    pub reason: String,
}

/// Declines a request and returns its id. That is seen by whoever sees who is asked, so that somebody else can be.
///
/// # Errors
/// User errors when it was answered or declined already; `NOT_FOUND` when it is somebody else's request.
pub async fn feedback_decline(app: &App, call: &Call, input: &FeedbackDecline) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalFeedbackGive)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (request, row, _) = own_request(&work, input.id).await?;
    if request.state != AppraisalRaterState::Asked {
        return Err(settled(request.state).into());
    }
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let id = request.id;
    let request = appraisal_rater::Model {
        state: AppraisalRaterState::Declined,
        reason: Some(reason),
        ..request
    };
    store::save(work.tx(), request, call.at).await?;
    trace(&mut work, row.id, "appraisal.feedback.decline", json!({}));
    work.commit().await?;
    Ok(id)
}
