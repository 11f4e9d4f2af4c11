//! Putting the ledger of hours right (更正学时): by another entry, never by changing one.

use entity::training_hour;
use uuid::Uuid;

use super::common::{About, MINUTES, book};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::organisation::lock_members;
use crate::training::store;
use crate::work::{Once, Work};
use serde::Serialize;

/// What an entry should come to.
#[derive(Clone, Debug, Serialize)]
pub struct HoursCorrect {
    /// The entry, or one that corrects it.
    pub id: Uuid,
    /// The minutes that it should come to; nought takes it back.
    pub minutes: i32,
    /// Why.
    pub reason: String,
}

/// Writes the entry that corrects or takes back another one, and returns its id.
///
/// # Errors
/// User errors about the values and about one's own hours; refusals of permission and reach.
pub async fn hours_correct(
    app: &App,
    call: &Call,
    input: &HoursCorrect,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TrainingHoursManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingHoursCorrect", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let named =
        to_change::<training_hour::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    let first = match named.corrects_id {
        None => named,
        Some(id) => find::<training_hour::Entity>(work.tx(), &call.viewer, permission, id)
            .await?
            .ok_or_else(ApiError::not_found)?,
    };
    if Some(first.member_id) == call.viewer.standing.member_id {
        let text = Text::new(
            "Nobody corrects their own hours: ask somebody else who may.",
            "不能更正本人的学时，请由其他有权限的人更正。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.entryId", text).into());
    }
    // Two corrections at once are made one after the other.
    lock_members(work.tx(), [first.member_id]).await?;
    let mut checks = Checks::default();
    let reason = checks.text("input.reason", &input.reason, 500);
    checks.ensure(
        (0..=MINUTES).contains(&input.minutes),
        UserErrorCode::Invalid,
        "input.minutes",
        || {
            Text::new(
                format!("An entry comes to 0 to {MINUTES} minutes."),
                format!("学时须为 0 至 {MINUTES} 分钟。"),
            )
        },
    );
    checks.done()?;
    let booked = store::entries_about(work.tx(), first.id).await?;
    let about = About {
        member: first.member_id,
        day: first.day,
        kind: first.kind,
        enrolment: first.enrolment_id,
        study: first.study_id,
        reason: Some(reason),
    };
    let Some(id) = book(&mut work, about, &booked, input.minutes).await? else {
        let text = Text::new(
            "The ledger comes to these minutes already.",
            "台账已是该学时，无需更正。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.minutes", text).into());
    };
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
