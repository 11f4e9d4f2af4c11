//! Giving feedback (填写 360 度评价).

use entity::appraisal_feedback;
use entity::enums::AppraisalRaterState;
use uuid::Uuid;

use super::common::{form_of, own_request, settled};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::BODY;
use crate::appraisals::feedback::store;
use crate::check::Checks;
use crate::error::Result;
use crate::work::Work;

/// Feedback about a colleague. It can't be printed, so that it doesn't come into a log.
#[derive(Clone)]
pub struct FeedbackGive {
    /// The rater's own request.
    pub id: Uuid,
    /// The rating of each question, 1 to 5.
    pub answers: Vec<(String, i32)>,
    /// In words.
    pub comment: Option<String>,
}

/// Gives feedback, once and as a whole, and returns the request's id.
///
/// It leaves no audit entry, no event and no idempotency key, not even one that names nobody: an entry has its actor and its time,
/// and whoever was asked once in a cycle would be known to have answered, and when. What is written is the state of the request,
/// which only the rater is shown, and the answers without a rater and a time, under a key drawn by chance.
///
/// # Errors
/// User errors about the answers, or when it was given already; `NOT_FOUND` when it is somebody else's request.
pub async fn feedback_give(app: &App, call: &Call, input: &FeedbackGive) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalFeedbackGive)?;
    let work = Work::begin(&app.db, call).await?;
    let (request, row, _) = own_request(&work, input.id).await?;
    if request.state != AppraisalRaterState::Asked {
        return Err(settled(request.state).into());
    }
    let form = form_of(&work, &row).await?;
    let mut checks = Checks::default();
    let ratings = checks
        .taken(form.filled(&input.answers))
        .unwrap_or_default();
    let comment = checks.optional_body("input.comment", input.comment.as_deref(), BODY);
    checks.done()?;
    if !store::mark_given(work.tx(), request.id).await? {
        return Err(settled(AppraisalRaterState::Given).into());
    }
    let said = appraisal_feedback::Model {
        id: Uuid::new_v4(),
        appraisal_id: row.id,
        source: request.source,
        answers: serde_json::to_value(ratings)?,
        comment,
    };
    store::insert(work.tx(), said).await?;
    work.commit().await?;
    Ok(request.id)
}
